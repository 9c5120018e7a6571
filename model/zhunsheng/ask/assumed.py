"""A pack's assumptions as goals of a bound: all of them, some of them, of one case or of the two of a theorem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Goal, Use, bound
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
    stated = dict.fromkeys(pack.collections, 1)
    forms = forms or Forms(pack, Cones(pack))
    bounds = {
        name: bound(pack, assumed(pack, {name}), stated, frozenset(), readings, forms=forms) for name in every_assumption(pack)
    }
    return frozenset(name for name, found in bounds.items() if found.outside or any(found.slots.values()))
