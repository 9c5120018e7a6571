"""What an expression rests on in one case, as the reference meaning sees it: a first guess at what suffices for its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.condition import NAME, of_expression
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.errors import Incomplete
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack


@dataclass(frozen=True)
class Rests:
    """`facts`: paths, elements by their place, and the names of lists. `provisions`: those of the definitions looked at."""

    facts: frozenset[str]
    readings: frozenset[str]
    provisions: frozenset[str]


@dataclass
class Resting:
    """Expressions asked of variants of one case; what an expression's pack shares is made once."""

    pack: Pack
    case: Case
    _lookers: dict[Expr, Looker] = field(default_factory=dict)

    def of(self, facts: Mapping[str, Any], expr: Expr) -> Rests | None:
        """What its outcome rests on with these facts, in every way in which open readings and choices may go; None where the case
        does not tell."""
        try:
            seen = self._looker(expr).world(facts).seen(Asked(NAME, NAME))
        except Incomplete:
            return None
        paths: set[str] = set()
        readings: set[str] = set()
        provisions: set[str] = set()
        for one in seen:
            touched = one.run.touched(NAME, ())
            paths |= touched.facts | touched.lists
            readings |= touched.readings
            for step in one.run.derivation(NAME, ()).steps():
                definition = self.pack.definitions.get(step.definition)
                if definition is not None:
                    provisions |= {definition.provision, *(rule.provision for rule in definition.rules)}
        labels = {label: f"{name}[{index}]" for name in self.pack.collections for index, label in enumerate(facts[name].labels)}
        return Rests(frozenset(_by_place(path, labels) for path in paths), frozenset(readings), frozenset(provisions))

    def _looker(self, expr: Expr) -> Looker:
        """A looker whose pack has the expression for its condition."""
        if expr not in self._lookers:
            pack = of_expression(self.pack, expr).pack
            self._lookers[expr] = Looker(pack, self.case, Shared(Cones(pack)))
        return self._lookers[expr]


def _by_place(path: str, labels: Mapping[str, str]) -> str:
    for label, place in labels.items():
        if path.startswith(f"{label}."):
            return place + path[len(label) :]
    return path
