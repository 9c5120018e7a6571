"""What a further element can be, kind by kind, is exactly what the solver says of each value by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.matters import _OneMore
from zhunsheng.read import load_case, load_pack
from zhunsheng.solve.formula import Node
from zhunsheng.solve.ranges import Range, Ranges, term_of
from zhunsheng.solve.symbols import Free

ROOT = Path(__file__).parents[2]
CASES = [
    ("violations-left-out-of-the-file", "barred_from_upper_tier", "violations"),
    ("a-list-of-downgrades-that-may-not-be-complete", "may_apply", "downgrades"),
]


def one_more(scenario: str, answer: str, collection: str) -> _OneMore:
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    case = load_case(ROOT / "scenarios" / f"{scenario}.yaml", pack)
    deciding = Deciding(pack, case)
    return _OneMore(deciding.problems, asked_by_name(pack, case, [answer])[0], collection, deciding.defaults)


def wrong(more: _OneMore, kind: Node, free: Free, found: Range) -> Iterator[str]:
    """What the solver says otherwise of one field of one kind."""
    terms, term = more.problem.terms, term_of(free)
    for atom, condition in free.options.items():
        if atom is term:
            continue
        if more.world.possible(more.condition, kind, condition) != (atom in found.atoms):
            yield f"{free.path} {atom}"
    if term is None or found.least is None or found.greatest is None:
        if term is not None and more.world.possible(more.condition, kind, free.options[term]):
            yield f"{free.path} has a number"
        return
    ends = [terms.number(found.least), terms.number(found.greatest)]
    there = (more.condition, kind, free.options[term])
    if not all(more.world.possible(*there, terms.eq(term, end)) for end in ends):
        yield f"{free.path} does not reach its ends"
    if more.world.possible(*there, terms.or_((terms.lt(term, ends[0]), terms.lt(ends[1], term)))):
        yield f"{free.path} goes beyond its ends"


@pytest.mark.parametrize(("scenario", "answer", "collection"), CASES)
def test_each_range_is_what_the_solver_says_value_by_value(scenario: str, answer: str, collection: str) -> None:
    more = one_more(scenario, answer, collection)
    kinds = next(free.options for free in more.fields.values() if term_of(free) is None)

    found = Ranges(more.problem, more.world, more.fields, more.condition, kinds).found()

    assert found
    assert {kind for kind, node in kinds.items() if more.world.possible(more.condition, node)} == set(found)
    looked = [(kinds[kind], more.fields[name], one) for kind, ranges in found.items() for name, one in ranges.items()]
    assert [said for kind, free, one in looked for said in wrong(more, kind, free, one)] == []
