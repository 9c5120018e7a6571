"""The pack's answers about a plain case, in the second encoding's words, and where the two differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from second.encoding import answers
from second.reading import Facts, case
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.outcome import Failed, Outcome
from zhunsheng.lang.pack import Pack
from zhunsheng.read import parse_case

TIES = {
    "tie_a_leading": "A=leading",
    "tie_b_leading": "B=leading",
    "tie_c_non_leading": "C=non-leading",
    "tie_d_non_leading": "D=non-leading",
}
WRITTEN = {**TIES, "B_minus": "B-", "non_leading": "non-leading", "none": None, "none_": "none"}
IDENTIFIERS = {"B-": "B_minus", "non-leading": "non_leading"}
"""How grades are called as arguments of definitions."""


@dataclass(frozen=True)
class Difference:
    answer: str
    ours: frozenset[Any]
    theirs: frozenset[Any]


def text(facts: Facts, readings: Mapping[str, str]) -> str:
    """The case as a file: JSON is YAML, save that `none` in quotes would be a name."""
    whole = {"pack": "urumqi-2025", "facts": facts, "readings": readings}
    return json.dumps(whole, default=str, ensure_ascii=False).replace('"none"', "none")


class Theirs:
    """The pack's reference meaning of one case."""

    def __init__(self, pack: Pack, facts: Facts, readings: Mapping[str, str]) -> None:
        self.pack = pack
        self.names = [line["name"] for line in facts["lines"]]
        parsed = parse_case(text(facts, readings), "case.yaml", pack)
        self.run = Run(pack, parsed.facts, parsed.readings, {})

    def possible(self) -> bool:
        return not any(self.run.assumption(one) for one in self.pack.assumptions)

    def outcomes(self, names: Sequence[str]) -> dict[str, frozenset[Any]]:
        """Each answer under every lawful choice."""
        found: dict[str, set[Any]] = {name: set() for name in names}
        lawful = {name: self.run.lawful(name) for name in self.pack.discretions}
        open_ = {name: values for name, values in lawful.items() if values}
        for chosen in product(*open_.values()):
            run = self.run.choosing(dict(zip(open_, chosen, strict=True)))
            for name in names:
                found[name].add(self._outcome(run, name))
        return {name: frozenset(values) for name, values in found.items()}

    def _outcome(self, run: Run, name: str) -> Any:
        head, _, rest = name.partition("[")
        inside, _, field = rest.partition("]")
        if not rest:
            return plain(run.definition(name))
        if inside in self.names:
            element = Element("lines", self.names.index(inside))
            return plain(run.definition(_of_line(self.pack, head, field), (element,)))
        return plain(run.definition(head, (IDENTIFIERS.get(inside, inside),)))


def _of_line(pack: Pack, head: str, field: str) -> str:
    for name in (f"line.{field[1:]}", field[1:], f"{head}", f"line.{head}"):
        if name in pack.definitions:
            return name
    raise KeyError((head, field))


def plain(outcome: Outcome) -> Any:
    """The pack's outcome in the words of the second encoding."""
    if isinstance(outcome, Failed):
        return outcome.kind.word
    if isinstance(outcome, (bool, date)):
        return outcome
    return WRITTEN.get(str(outcome), str(outcome))


def differences(pack: Pack, facts: Facts, readings: Mapping[str, str]) -> list[Difference] | None:
    """Where the two encodings differ about a case; None: the case is not possible."""
    theirs = Theirs(pack, facts, readings)
    if not theirs.possible():
        return None
    ours = answers(case(facts, readings))
    told = theirs.outcomes(list(ours))
    return [Difference(name, ours[name], told[name]) for name in ours if not same(ours[name], told[name], readings)]


def same(ours: frozenset[Any], theirs: frozenset[Any], readings: Mapping[str, str]) -> bool:
    """Equal, save that B- and B are one grade where the reading says so (neither label is then more right)."""
    if readings["bminus"] == "rung":
        return ours == theirs
    return {_b(one) for one in ours} == {_b(one) for one in theirs}


def _b(one: Any) -> Any:
    return "B" if one == "B-" else one
