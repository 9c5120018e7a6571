"""What is shown of an answer without looking at every way an authority may choose.

One way to choose, of which nothing is known but that it is lawful, takes few elements. Where none tells two laws apart, the
answer does not change; where none does once other answers are taken not to change, no case is affected but those that change
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zhunsheng.ask.comparing.bothlaws import SMALL_WORK, Comparing
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition
from zhunsheng.solve.loose import Cuts
from zhunsheng.solve.paired import Laws
from zhunsheng.solve.ways import OneWay


def same_every_way(comparing: Comparing, name: str, laws: Laws) -> Mapping[str, int] | None:
    """How many elements were enough to look at to see that no way to choose tells the laws apart: with what lies deeper cut
    off, or with nothing cut off. None if that was not seen."""
    cuts = comparing.cutting.cuts(name, laws)
    for each in (cuts, replace(cuts, shared=frozenset(), pairs={})):
        if (seen := _told_apart_by_none(comparing, name, laws, each)) is not None:
            return seen[0]
    return None


def only_through(comparing: Comparing, name: str, laws: Laws) -> tuple[str, ...]:
    """Answers already compared such that no case changes but where one of them changes; none where that is not seen."""
    through = {each: call for each in comparing.turned if each != name and (call := _stands_for(comparing, each)) is not None}
    if not through:
        return ()
    union = comparing.union
    alike = {replace(call, name=there): call.name for call in through.values() for there in (call.name, union.after[call.name])}
    cuts = replace(comparing.cutting.cuts(name, laws), pairs={}, alike=alike)
    seen = _told_apart_by_none(comparing, name, laws, cuts)
    return () if seen is None else tuple(each for each, call in through.items() if call.name in seen[1])


def _told_apart_by_none(
    comparing: Comparing, name: str, laws: Laws, cuts: Cuts
) -> tuple[Mapping[str, int], frozenset[str]] | None:
    """How many elements were enough to see it, and what was taken to be alike."""
    pairing = [(each, comparing.union.choices.get(each, each)) for each in laws.choices[0]]
    if tuple(sorted(there for _, there in pairing)) != laws.choices[1]:
        return None
    try:
        alone = replace(laws, choices=((), ()))
        everywhere = comparing.cut_off(name, alone, cuts, work=SMALL_WORK, outcomes=False)  # what is lawful is asked too
        if everywhere is None or OneWay(everywhere, comparing.cutting.as_cut(laws), pairing).tells_apart():
            return None
    except NotShown:
        return None
    return everywhere.slots, everywhere.taken_alike


def _stands_for(comparing: Comparing, answer: str) -> e.Call | None:
    """The call that an answer is another word for: it comes to what a definition comes to at arguments that every case states."""
    definition = comparing.union.pack.definitions[answer]
    value = _sole_value(definition)
    if not isinstance(value, e.Call) or definition.parameters or comparing.cones.definition(answer).choices:
        return None
    if value.name not in comparing.union.after or answer not in comparing.union.touched - comparing.union.changed:
        return None
    plain = all(isinstance(arg, e.Fact) and not arg.type.special for arg in value.args)
    return value if plain and comparing.cutting.can_stand_for_itself(value.name) else None


def _sole_value(definition: Definition) -> e.Expr | None:
    """What a definition comes to whatever the case, as far as its form shows."""
    match definition.rules:
        case ():
            return definition.otherwise
        case (rule,) if rule.when == e.Literal(True, rule.when.type):
            return rule.value
    return None
