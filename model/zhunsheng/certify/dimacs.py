"""Clauses and proofs of certificates in the forms of the trade, for checkers that others wrote: DIMACS, DRUP, LRAT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhunsheng.certify.clauses import unpacked
from zhunsheng.certify.proofs import Gates, clauses_of


@dataclass(frozen=True)
class Formula:
    """Clauses that cannot all hold, and a proof of it as a certificate holds it."""

    name: str
    gates: Gates
    asserted: Sequence[int]
    lrat: str


@dataclass(frozen=True)
class Exported:
    """The same as text. `drup`: the steps alone; `lrat`: each with what it follows from."""

    cnf: str
    drup: str
    lrat: str


def exported(formula: Formula) -> Exported:
    """Clauses are numbered from 1 in the order of the file; steps go on from there."""
    if 0 in formula.asserted:
        return Exported("p cnf 0 1\n0\n", "0\n", "2 0 1 0\n")
    numbers: dict[int, int] = {}
    lines = []
    for number, clause in clauses_of(formula.gates, formula.asserted):
        lines.append(" ".join(map(str, (*clause, 0))))
        numbers[number] = len(lines)
    first = 3 * len(formula.gates)
    by_literal = {formula.asserted[number - first]: line for number, line in numbers.items() if number >= first}
    numbers |= {first + n: by_literal[literal] for n, literal in enumerate(formula.asserted) if literal in by_literal}
    steps = list(_steps(unpacked(formula.lrat)))
    numbers |= {first + len(formula.asserted) + n: len(lines) + n + 1 for n in range(len(steps))}
    cnf = f"p cnf {len(formula.gates) - 1} {len(lines)}\n" + "".join(f"{line}\n" for line in lines)
    drup = "".join(" ".join(map(str, (*literals, 0))) + "\n" for literals, _ in steps)
    lrat = "".join(
        " ".join(map(str, (len(lines) + n + 1, *literals, 0, *(numbers[hint] for hint in hints), 0))) + "\n"
        for n, (literals, hints) in enumerate(steps)
    )
    return Exported(cnf, drup, lrat)


def _steps(proof: Iterator[int]) -> Iterator[tuple[list[int], list[int]]]:
    parts: tuple[list[int], list[int]] = ([], [])
    place = 0
    for number in proof:
        if number:
            parts[place].append(number)
        elif place:
            yield parts
            parts, place = ([], []), 0
        else:
            place = 1
