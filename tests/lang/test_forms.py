"""How a definition can fail, seen from its form: too much rather than too little."""

from __future__ import annotations

from building import define, rule, tiny_pack
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.forms import Forms, FormsWhere
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack

LAW = tiny_pack(
    enumerations={"grade": "D C B A"},
    facts={"a": "yes/no", "b": "yes/no"},
    discretions={"pick": ("grade", "a and pick == A", "torn")},
    definitions=[
        define("torn", "grade", rule("one", "a", "A"), rule("two", "b", "B"), otherwise="C"),
        define("chosen", "grade", otherwise="pick"),
        define("plain", "grade", otherwise="A"),
    ],
)


def forms(law: Pack) -> FormsWhere:
    return Forms(law, Cones(law)).where({}, frozenset())


def test_what_a_choice_comes_to_where_nothing_is_lawful_can_fail_as_well() -> None:
    chosen = e.Call("chosen", (), LAW.definitions["chosen"].type)

    assert FailureKind.CONFLICT in forms(LAW).failures(chosen)


def test_a_failure_is_traced_to_the_definitions_in_which_it_may_arise() -> None:
    assert forms(LAW).arising("chosen", FailureKind.CONFLICT) == {"torn"}
    assert forms(LAW).arising("plain", FailureKind.CONFLICT) == frozenset()
