"""Cases that only one of two laws takes to be possible: where an assumption is another."""

from __future__ import annotations

from collections.abc import Iterator

from zhunsheng.ask.comparing.bothlaws import SMALL, Comparing
from zhunsheng.ask.comparing.comparison import Excluded
from zhunsheng.lang.case import Case
from zhunsheng.solve.paired import Everywhere


def ruled_out(both: Comparing) -> Iterator[Excluded]:
    """For each assumption that differs: a case that it rules out and the other law's assumptions do not."""
    mine = [a.name for a in both.amended.base.assumptions]
    theirs = [a.name for a in both.union.laws[1].assumptions]
    added = {a.name for a in both.union.pack.assumptions} - set(mine)
    for side, names, others in ((0, mine, theirs), (1, theirs, mine)):
        for name in names:
            if side == 0 and name in others and f"{name}__after" not in added:
                continue
            if side == 1 and f"{name}__after" not in added:
                continue
            found = _excluded(both, f"{name}__after" if side else name, side)
            if found is not None:
                yield Excluded(name, side, found)

def _excluded(both: Comparing, name: str, side: int) -> Case | None:
    """A case that satisfies the other side's assumptions and breaks this one, among small cases."""
    pack = both.union.pack
    other = [a for a in pack.assumptions if a.name.endswith("__after") != bool(side) or f"{a.name}__after" not in
             {each.name for each in pack.assumptions}]  # fmt: skip
    kept = frozenset(a.name for a in other if a.name != name and (side == 1) != a.name.endswith("__after"))
    assumption = next(a for a in pack.assumptions if a.name == name)
    for few in SMALL:
        everywhere = Everywhere(pack, {}, dict.fromkeys(pack.collections, few), kept, both.readings)
        terms = everywhere.problem.terms
        holds = terms.and_(everywhere.problem.constrainer.assumption(assumption))
        model = everywhere.world.satisfy(terms.not_(holds))
        if model is not None:
            completion = everywhere.problem.complete(model, both.readings)
            run = both.laws.run(completion, 1 - side)
            return Case(assumption.says, run.pack.name, run.facts.facts, dict(run.readings), {}, None)
    return None
