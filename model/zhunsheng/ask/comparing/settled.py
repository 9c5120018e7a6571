"""What authorities may choose, and what comes to the same whatever they do.

A definition may speak of a choice and yet come to one outcome in each case, whatever is chosen: whether a downgrade is required,
where only how far is left open. Two ways of which nothing is known take few elements; where no two of them lead to different
outcomes, the definition is *settled*. So is one that speaks of choices only by calling others that are. An answer that is settled
under both laws is compared as if there were no choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhunsheng.ask.comparing.bothlaws import SMALL_WORK, Comparing
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import calls, expressions
from zhunsheng.lang.pack import Definition
from zhunsheng.lang.types import YES_NO
from zhunsheng.solve.loose import LooseEverywhere, can_be_cut
from zhunsheng.solve.paired import Laws
from zhunsheng.solve.ways import TwoWays


def without_choices(comparing: Comparing, laws: Laws) -> Laws:
    """What is asked of two laws, with no choices where none has a part in what comes out under either. Some way to choose is
    lawful in every case, since what is lawful of one choice turns on others in no circle: so there is one outcome."""
    if not any(laws.choices) or not all(is_settled(comparing, each.name) for each in (laws.before, laws.after)):
        return laws
    return replace(laws, choices=((), ()))


def is_settled(comparing: Comparing, name: str) -> bool:
    """Whether it is seen that a definition has one outcome in each case, at any arguments, whatever is chosen."""
    if name not in comparing.settled:
        comparing.settled[name] = False  # until it is seen
        comparing.settled[name] = _is_settled(comparing, name)
    return comparing.settled[name]


def _is_settled(comparing: Comparing, name: str) -> bool:
    definitions, cones = comparing.union.pack.definitions, comparing.cones
    if not cones.definition(name).choices:
        return True
    if _asked_of_one_thing(comparing, definitions[name]) and _no_two_ways_differ(comparing, name):
        return True
    chosen = any(isinstance(part, e.Choice) for expr in expressions(definitions[name]) for part in e.walk(expr))
    below = [each for each in calls(definitions[name]) if cones.definition(each).choices]
    return not chosen and all(is_settled(comparing, each) for each in below)


def _asked_of_one_thing(comparing: Comparing, definition: Definition) -> bool:
    """Whether all that a definition can be asked of can be looked at: one element, and values that are listed."""
    pack, bases = comparing.union.pack, [type_.base for _, type_ in definition.parameters]
    elements = [base for base in bases if pack.element_of(base) is not None]
    listed = all(base in elements or base in pack.enumerations or base == YES_NO.base for base in bases)
    return can_be_cut(definition.type) and listed and len(elements) == 1


def _no_two_ways_differ(comparing: Comparing, name: str) -> bool:
    definition, nothing = comparing.union.pack.definitions[name], e.Literal(False, YES_NO)
    choices = tuple(sorted(comparing.cones.definition(name).choices))
    laws = Laws(comparing.union.pack, definition, definition, ((), choices), (nothing, nothing), ({}, {}))
    try:
        for everywhere in _in_rounds(comparing, name, laws, ways=2):
            if not TwoWays(everywhere, comparing.cutting.as_cut(laws), choices, answers=True).differ():
                return True
    except NotShown:
        pass
    return False


def _in_rounds(comparing: Comparing, name: str, laws: Laws, ways: int) -> Iterator[LooseEverywhere]:
    """Every case of both laws with what lies deeper cut off: first all that can be, then only what looks at lists itself. Each
    time it is to be asked something before the next."""
    for late in (False, True):
        everywhere = comparing.cut_off(name, laws, comparing.cutting.cuts(name, laws, late=late), work=SMALL_WORK, ways=ways)
        if everywhere is None:
            return
        yield everywhere
