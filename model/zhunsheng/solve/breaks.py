"""Where conditions can change as one number or day moves and nothing else does.

Between two of these places every comparison of a formula stays as it is, so the formula does too: a finite list stands for all
the days of a horizon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, support

Form = tuple[int, int]
"""a·x + b."""
MOST_FORMS = 4000
"""More pieces of one term than this are not compared with each other."""


def breaks(nodes: Iterable[Node], variable: Node) -> list[int]:
    """Every value at which one of the conditions (or terms) may differ from what it is one below, least first.

    There may be more than there need be. Raises `NotShown` where `variable` is compared with another unknown number."""
    return _Finder(variable).found(nodes)


@dataclass
class _Finder:
    variable: Node
    _forms: dict[Node, frozenset[Form] | None] = field(default_factory=dict)

    def found(self, nodes: Iterable[Node]) -> list[int]:
        places: set[int] = set()
        seen: set[Node] = set()
        todo = list(nodes)
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            todo += node.parts
            if node.op in ("le", "eq"):
                places |= self._compared(node)
            elif node.op in ("steps", "within"):
                places |= self._turning(node)
        least, greatest = self.variable.least, self.variable.greatest
        return sorted(place for place in places if least < place <= greatest)

    def _compared(self, node: Node) -> set[int]:
        left, right = self._of(node.args[0]), self._of(node.args[1])
        if left is None or right is None:
            if self.variable in support([node]):
                raise NotShown("it is compared with another number or day that is not known")
            return set()
        if len(left) * len(right) > MOST_FORMS * MOST_FORMS // 16:
            raise NotShown("too many pieces to compare")
        return {place for a in left for b in right for place in _crossing(node.op, a, b)}

    def _turning(self, node: Node) -> set[int]:
        """Where a function of a number comes to another of its pieces, or a number comes into a span or leaves it."""
        of = self._of(node.parts[0])
        if of is None:
            if self.variable in support([node]):
                raise NotShown("it is compared with another number or day that is not known")
            return set()
        return {place for a in of for edge in _edges(node) for place in _crossing("le", a, (0, edge))}

    def _of(self, term: Node) -> frozenset[Form] | None:
        """The linear pieces of a term; None where it speaks of another unknown number."""
        if term not in self._forms:
            found = self._made(term)
            if found is not None and len(found) > MOST_FORMS:
                raise NotShown("too many pieces to compare")
            self._forms[term] = found
        return self._forms[term]

    def _made(self, term: Node) -> frozenset[Form] | None:
        match term.op:
            case "int":
                return frozenset({(0, term.args[0])})
            case "ivar":
                return frozenset({(1, 0)}) if term is self.variable else None
            case "add":
                inner = self._of(term.args[0])
                return None if inner is None else frozenset((a, b + term.args[1]) for a, b in inner)
            case "scale":
                inner = self._of(term.args[0])
                return None if inner is None else frozenset((a * term.args[1], b * term.args[1]) for a, b in inner)
            case "steps":
                inner, pieces = self._of(term.parts[0]), _pieces(term)
                if inner is None:
                    return None
                return frozenset((0, kept) if fixed else (a, b + kept) for a, b in inner for _, fixed, kept in pieces)
        parts = [self._of(arg) for arg in term.args[-2:]] if term.op == "ite" else [self._of(arg) for arg in term.args[:2]]
        if parts[0] is None or parts[1] is None:
            return None
        if term.op == "ite":
            return parts[0] | parts[1]
        sign = term.args[2]
        return frozenset((a + sign * c, b + sign * d) for a, b in parts[0] for c, d in parts[1])


def _edges(node: Node) -> list[int]:
    """The last number before each piece but the first; of spans, the last before and the last within."""
    if node.op == "steps":
        return [first - 1 for first, _, _ in _pieces(node)[1:]]
    spans = node.args[0].between(node.parts[0].least, node.parts[0].greatest)
    return [edge for first, last in spans for edge in (first - 1, last)]


def _pieces(node: Node) -> list[tuple[int, bool, int]]:
    found: list[tuple[int, bool, int]] = node.args[0].pieces(node.parts[0].least, node.parts[0].greatest)
    return found


def _crossing(op: str, left: Form, right: Form) -> tuple[int, ...]:
    """Where `left <= right` (or `==`) may begin or cease to hold."""
    slope, rise = left[0] - right[0], right[1] - left[1]
    if slope == 0:
        return ()
    if op == "eq":
        return (rise // slope, rise // slope + 1) if rise % slope == 0 else ()
    return (rise // slope + 1,) if slope > 0 else (-(-rise // slope),)
