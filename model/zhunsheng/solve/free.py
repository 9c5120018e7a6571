"""One unknown scalar: its options, which of them an assignment chooses, and the plain value where nothing is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import Special, Type, Value
from zhunsheng.solve.cases import Atom
from zhunsheng.solve.formula import Node

Assignment = Mapping[Node, int]
"""What variables are: a number's value, 1 or 0 for a condition."""


@dataclass(frozen=True, eq=False)
class Free:
    """One unknown scalar. `options`: each atom (a value's name, a special, or the term) with its condition.

    `path` is the fact's own path, `symbol` what `depends_on` calls it (an unknown list counts as one symbol)."""

    path: str
    symbol: str
    kind: str  # facts | readings | discretion
    type: Type
    options: Mapping[Atom, Node]
    plain: Value

    def value(self, assignment: Assignment, decode: Callable[[Type, int], Value]) -> Value:
        """The value a model gives, or the plain one where the model does not speak of it."""
        spoken = False
        for atom, condition in self.options.items():
            verdict = _holds(condition, assignment)
            spoken = spoken or verdict is not None
            if not verdict:
                continue
            if isinstance(atom, Node):
                if atom.op == "int":
                    return decode(self.type, atom.args[0])
                return decode(self.type, assignment[atom]) if atom in assignment else self._plain(atom)
            return atom  # type: ignore[return-value]  # atoms of a scalar are values
        return self.plain

    def _plain(self, atom: Node) -> Value:
        if isinstance(self.plain, Special):
            return date.fromordinal(atom.least) if self.type.base == "day" else atom.least
        return self.plain

    def plain_number(self, term: Node) -> int:
        """The plain value as a number a term may have."""
        plain = self.plain.toordinal() if isinstance(self.plain, date) else self.plain
        number = plain if isinstance(plain, int) else term.least
        return min(max(number, term.least), term.greatest)

    def choosing(self, chosen: Atom) -> dict[Node, int]:
        """The variables of the options, so that this one holds."""
        change = {}
        for atom, condition in self.options.items():
            if condition.op == "var":
                change[condition] = int(atom is chosen)
            elif condition.op == "not":
                change[condition.args[0]] = int(atom is not chosen)
        return change

    def is_plain(self, atom: Atom) -> bool:
        """Whether the plain value is this option."""
        if isinstance(atom, Node):
            return not isinstance(self.plain, Special)
        return type(atom) is type(self.plain) and atom == self.plain


def _holds(condition: Node, assignment: Assignment) -> bool | None:
    """The truth of a literal under a model; None if the model does not speak of it."""
    match condition.op:
        case "true":
            return True
        case "false":
            return False
        case "not":
            inner = _holds(condition.args[0], assignment)
            return None if inner is None else not inner
        case _:
            found = assignment.get(condition)
            return None if found is None else bool(found)


def plain_value(pack: Pack, case: Case, spec: FactSpec) -> Value:
    """The plainest value of a fact: what an example takes where nothing else is asked of it."""
    type_ = spec.type
    if type_ is None:
        raise TypeError(f"{spec.name} is a record")
    if spec.plain is not None:
        return spec.plain
    if spec.left_out is not None:
        return spec.left_out
    if enumeration := pack.enumerations.get(type_.base):
        return spec.among[0] if spec.among else next(v.name for v in enumeration.values if not v.answer_only)
    match type_.base:
        case "yes/no":
            return False
        case "number":
            return max(spec.least or 0, 0)
        case "text":
            return f"{spec.name}"
        case _:
            today = case.facts.get(pack.as_of)
            day = today if isinstance(today, date) else pack.in_force[0]
            return min(max(day, pack.horizon[0]), pack.horizon[1])
