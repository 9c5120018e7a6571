"""A pack's assumptions as goals of a bound: all of them, some of them, of one case or of the two of a theorem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Bound, Goal, Use, bound
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.forms import Forms
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import YES_NO, Type


def every_assumption(pack: Pack) -> frozenset[str]:
    """The names of all assumptions."""
    return frozenset(assumption.name for assumption in pack.assumptions)


def assumed(pack: Pack, names: Collection[str] | None = None, sides: Sequence[str] = ()) -> list[Goal]:
    """Goals for the assumptions of these names (None: all), once for each of `sides` (none: of the one case there is)."""
    goals = []
    for assumption in pack.assumptions:
        if names is None or assumption.name in names:
            variables = tuple((name, Type(pack.collections[c].element)) for name, c in assumption.each)
            holds = e.Not(e.Not(assumption.that, YES_NO), YES_NO)  # one that fails is not broken
            wanted: list[e.Expr] = [e.At(side, holds, YES_NO) for side in sides] or [holds]
            goals += [Goal(each, Use.TRUE, variables) for each in wanted]
    return goals


def demanding(pack: Pack, readings: Mapping[str, str], forms: Forms | None = None) -> frozenset[str]:
    """The assumptions that call for elements of their own: what is shown without them is shown of more cases, with fewer
    elements to look at."""
    wanted = _called_for(pack, readings, 1, forms)
    return frozenset(name for name, found in wanted.items() if found.outside or any(found.slots.values()))


def growing(pack: Pack, readings: Mapping[str, str], forms: Forms | None = None) -> frozenset[str]:
    """Those of them that call for the more elements, the more there are already."""
    one, two = (_called_for(pack, readings, stated, forms) for stated in (1, 2))
    return frozenset(name for name, found in two.items() if found.outside or found.slots != one[name].slots)


def _called_for(pack: Pack, readings: Mapping[str, str], stated: int, forms: Forms | None) -> dict[str, Bound]:
    """What each assumption calls for where so many elements of each list are stated."""
    forms, there = forms or Forms(pack, Cones(pack)), dict.fromkeys(pack.collections, stated)
    return {
        name: bound(pack, assumed(pack, {name}), there, frozenset(), readings, forms=forms) for name in every_assumption(pack)
    }
