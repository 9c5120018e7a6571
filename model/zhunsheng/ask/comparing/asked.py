"""What there is to ask of two laws, and in which order."""

from __future__ import annotations

from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.union import Union


def names(before: Pack, both: Union) -> list[str]:
    """The answers of either law, in the old law's order, then the duties."""
    after = both.laws[1]
    back = {new: old for old, new in both.terms.renames.items()}
    theirs = [back.get(name, name) for name in after.answers]
    duties = [f"duty {name} {word}" for law in (before, after) for name in law.duties for word in ("owed", "by")]
    return list(dict.fromkeys((*before.answers, *theirs, *duties)))


def callees_first(both: Union) -> list[str]:
    """The definitions of the old law, each after those it calls."""
    order: list[str] = []
    cones = Cones(both.laws[0])
    for name in sorted(both.laws[0].definitions, key=lambda n: len(cones.definition(n).definitions)):
        order.append(name)
    return order
