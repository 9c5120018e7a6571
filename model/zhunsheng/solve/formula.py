"""Conditions (yes/no) and terms (whole numbers; days are ordinals), folded as they are built.

A `Node` is interned in its `Terms`, so equal nodes are one object. Every term knows its least and greatest value; a
comparison that these decide is already `TRUE` or `FALSE`. What folds to a constant needs no solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Protocol

TERMS = ("int", "ivar", "add", "sum", "scale", "ite", "steps")
RECKONING = ("sum", "scale")
JUNCTIONS = ("and", "or")
STEPPED_INSIDE = ("ite", "add")
MOST_COUNTLESS = 2**22


class Steps(Protocol):
    """A function of a whole number that never falls. What it gives outside its domain does not matter."""

    def at(self, number: int) -> int:
        """The value at a number."""

    def last(self, most: int) -> int:
        """The greatest number at which the value is not above `most`; below the domain where there is none."""

    def pieces(self, least: int, greatest: int) -> list[tuple[int, bool, int]]:
        """What it is made of between two numbers: where each piece begins (the first may begin before `least`), whether its
        value is the same throughout, and that value, else what is added to the number."""

    def tree(self, terms: Terms, of: Node) -> Node:
        """The value at a term, written out by cases."""


class Spans(Protocol):
    """Numbers, as spans that do not touch."""

    def holds(self, number: int) -> bool:
        """Whether a number lies in one of them."""

    def between(self, least: int, greatest: int) -> list[tuple[int, int]]:
        """What of them lies between two numbers: the first and last of each."""

    def moved(self, by: int) -> Spans:
        """The same, each number so much greater."""

    def reached(self, function: Steps) -> Spans:
        """The numbers at which a function's value lies in one of them."""


class Node:
    """A condition or a term. `op` is one of
    conditions: true false var not and or le(a, b: a <= b) eq(a, b) within(spans, a)
    terms: int ivar add(a, constant) sum scale ite(condition, a, b) steps(function, a).

    A comparison of `steps` with a constant is one about its argument; a reckoning with it is about its pieces, written out.
    What a solver is told of any other is written out by who tells it: everyone else has one node for hundreds.
    `parts`: those of `args` that are nodes.
    `countless`: nothing in it is reckoned with but by adding a constant, and no number is large."""

    __slots__ = ("args", "countless", "greatest", "index", "least", "op", "parts", "stepped")

    def __init__(self, op: str, args: tuple[Any, ...], index: int, least: int, greatest: int) -> None:
        self.op, self.args, self.index, self.least, self.greatest = op, args, index, least, greatest
        self.parts: tuple[Node, ...] = args if op in JUNCTIONS else tuple([arg for arg in args if isinstance(arg, Node)])
        self.stepped: bool = op == "steps" or (op in STEPPED_INSIDE and any(part.stepped for part in self.parts))
        self.countless: bool = op not in RECKONING and -MOST_COUNTLESS <= least and greatest <= MOST_COUNTLESS
        for part in self.parts if self.countless else ():
            if not part.countless:
                self.countless = False
                break

    def __repr__(self) -> str:
        """Short: parts are shared, and written out they can be longer than any memory."""
        return f"{self.op}#{self.index}"


class Terms:
    """The factory of nodes: one for each problem, or for two that are compared."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Node] = {}
        self._trees: dict[Node, Node] = {}
        self._spans: dict[tuple[Spans, Any], Spans] = {}
        self.true = self._make("true", ())
        self.false = self._make("false", ())

    def _make(self, op: str, args: tuple[Any, ...], least: int = 0, greatest: int = 0) -> Node:
        key = (op, *args)
        node = self._made.get(key)
        if node is None:
            node = self._made[key] = Node(op, args, len(self._made), least, greatest)
        return node

    def __len__(self) -> int:
        return len(self._made)

    # -- conditions

    def const(self, truth: bool) -> Node:
        return self.true if truth else self.false

    def var(self, name: str) -> Node:
        return self._make("var", (name,))

    def not_(self, a: Node) -> Node:
        if a is self.true:
            return self.false
        if a is self.false:
            return self.true
        if a.op == "not":
            inner: Node = a.args[0]
            return inner
        return self._make("not", (a,))

    def and_(self, parts: Iterable[Node]) -> Node:
        return self._junction("and", parts, self.true, self.false)

    def or_(self, parts: Iterable[Node]) -> Node:
        return self._junction("or", parts, self.false, self.true)

    def _junction(self, op: str, parts: Iterable[Node], neutral: Node, ruling: Node) -> Node:
        kept = [part for part in parts if part is not neutral]
        if len(kept) < 2:
            return kept[0] if kept else neutral
        flat: dict[Node, None] = {}
        for part in kept:
            if part is ruling:
                return ruling
            if part.op == op:
                flat.update(dict.fromkeys(part.args))
            else:
                flat[part] = None
        if len(flat) < 2:
            return next(iter(flat), neutral)
        for piece in flat:
            if piece.op == "not" and piece.args[0] in flat:
                return ruling
        return self._make(op, tuple(sorted(flat, key=_by_index)))

    def implies(self, a: Node, b: Node) -> Node:
        return self.or_((self.not_(a), b))

    # -- terms

    def number(self, value: int) -> Node:
        return self._make("int", (value,), value, value)

    def ivar(self, name: str, least: int, greatest: int) -> Node:
        return self._make("ivar", (name, least, greatest), least, greatest)

    def add(self, a: Node, constant: int) -> Node:
        if constant == 0:
            return a
        if a.op == "int":
            return self.number(a.args[0] + constant)
        if a.op == "add":
            return self.add(a.args[0], a.args[1] + constant)
        return self._make("add", (a, constant), a.least + constant, a.greatest + constant)

    def sum(self, a: Node, b: Node, sign: int = 1) -> Node:
        """a + b, or a - b."""
        a, b = self.written_out(a), self.written_out(b)
        if b.op == "int":
            return self.add(a, sign * b.args[0])
        if a.op == "int" and sign == 1:
            return self.add(b, a.args[0])
        ends = (sign * b.least, sign * b.greatest)
        return self._make("sum", (a, b, sign), a.least + min(ends), a.greatest + max(ends))

    def scale(self, a: Node, factor: int) -> Node:
        if a.op == "int":
            return self.number(a.args[0] * factor)
        if factor == 1:
            return a
        a = self.written_out(a)
        ends = (a.least * factor, a.greatest * factor)
        return self._make("scale", (a, factor), min(ends), max(ends))

    def ite(self, condition: Node, a: Node, b: Node) -> Node:
        if condition is self.true or a is b:
            return a
        if condition is self.false:
            return b
        return self._make("ite", (condition, a, b), min(a.least, b.least), max(a.greatest, b.greatest))

    def le(self, a: Node, b: Node) -> Node:
        if a.greatest <= b.least:
            return self.true
        if a.least > b.greatest:
            return self.false
        a, shift_a = _without_shift(a)
        b, shift_b = _without_shift(b)
        if a is b:
            return self.const(shift_a <= shift_b)
        if a.stepped or b.stepped:
            return self._stepped_le(a, b, shift_b - shift_a)
        return self._make("le", (self.add(a, shift_a - shift_b), b))

    def lt(self, a: Node, b: Node) -> Node:
        return self.le(self.add(a, 1), b)

    def eq(self, a: Node, b: Node) -> Node:
        if a.greatest < b.least or b.greatest < a.least:
            return self.false
        a, shift_a = _without_shift(a)
        b, shift_b = _without_shift(b)
        if a is b:
            return self.const(shift_a == shift_b)
        if a.op == "int" and b.op == "int":
            return self.const(a.args[0] + shift_a == b.args[0] + shift_b)
        if a.stepped or b.stepped:
            return self._stepped_eq(a, b, shift_b - shift_a)
        if a.index > b.index:
            a, b, shift_a, shift_b = b, a, shift_b, shift_a
        return self._make("eq", (self.add(a, shift_a - shift_b), b))

    def within(self, spans: Spans, a: Node) -> Node:
        """A term lies in one of these spans."""
        if a.stepped:
            return self._stepped_within(spans, a)
        here = spans.between(a.least, a.greatest)
        if not here or here == [(a.least, a.greatest)]:
            return self.const(bool(here))
        return self._make("within", (spans, a))

    def _stepped_within(self, spans: Spans, term: Node) -> Node:
        match term.op:
            case "steps":
                function, of = term.args
                return self.within(self._derived(spans, function), of)
            case "ite":
                condition, a, b = term.args
                yes, no = self.within(spans, a), self.within(spans, b)
                return self.or_((self.and_((condition, yes)), self.and_((self.not_(condition), no))))
            case _:
                return self.within(self._derived(spans, term.args[1]), term.args[0])

    def _derived(self, spans: Spans, through: Any) -> Spans:
        """Where a function's value, or a number so much greater, lies in these spans: made once."""
        key = (spans, through)
        if key not in self._spans:
            self._spans[key] = spans.moved(-through) if isinstance(through, int) else spans.reached(through)
        return self._spans[key]

    def steps(self, function: Steps, a: Node) -> Node:
        """A function that never falls, at a term."""
        if a.op == "int":
            return self.number(function.at(a.args[0]))
        return self._make("steps", (function, a), function.at(a.least), function.at(a.greatest))

    def _stepped_le(self, a: Node, b: Node, more: int) -> Node:
        """a <= b + more, where one of them is made of `steps`."""
        if a.op != "int" and b.op != "int":
            return self._make("le", (self.add(a, -more), b))
        if b.op == "int":
            return self._below(a, b.args[0] + more)
        return self.not_(self._below(b, a.args[0] - more - 1))

    def _stepped_eq(self, a: Node, b: Node, more: int) -> Node:
        """a == b + more, where one of them is made of `steps`."""
        if a.op != "int" and b.op != "int":
            if a.index > b.index:
                a, b, more = b, a, -more
            return self._make("eq", (self.add(a, -more), b))
        term, wanted = (a, b.args[0] + more) if b.op == "int" else (b, a.args[0] - more)
        return self.and_((self._below(term, wanted), self.not_(self._below(term, wanted - 1))))

    def _below(self, term: Node, most: int) -> Node:
        """A term made of `steps` is at most so much."""
        match term.op:
            case "steps":
                function, of = term.args
                return self.le(of, self.number(function.last(most)))
            case "ite":
                condition, a, b = term.args
                yes, no = self._below(a, most), self._below(b, most)
                return self.or_((self.and_((condition, yes)), self.and_((self.not_(condition), no))))
            case "add":
                return self._below(term.args[0], most - term.args[1])
            case _:
                return self.le(term, self.number(most))

    def written_out(self, term: Node) -> Node:
        """The same term without `steps`."""
        if not term.stepped:
            return term
        if term not in self._trees:
            args: list[Any] = [self.written_out(arg) if isinstance(arg, Node) else arg for arg in term.args]
            match term.op:
                case "steps":
                    self._trees[term] = args[0].tree(self, args[1])
                case "add":
                    self._trees[term] = self.add(args[0], args[1])
                case _:
                    self._trees[term] = self.ite(*args)
        return self._trees[term]

    # -- whole formulas

    def restrict(self, node: Node, known: Mapping[Node, Node], done: dict[Node, Node]) -> Node:
        """`node` with variables replaced (conditions by conditions, terms by terms). `done` is the memo of one `known`.

        Without recursion: the comparisons of one list's elements nest as deep as the list is long."""
        todo = [node]
        while todo:
            here = todo[-1]
            if here in done:
                todo.pop()
                continue
            result = known.get(here)
            if result is None:
                result = self._rebuilt(here, done, todo)
            if result is not None:
                done[here] = result
                todo.pop()
        return done[node]

    def _rebuilt(self, node: Node, done: Mapping[Node, Node], todo: list[Node]) -> Node | None:
        """The node out of its rebuilt parts; None where parts that matter are still to be rebuilt (they are put on `todo`)."""
        args = node.args
        match node.op:
            case "true" | "false" | "var" | "int" | "ivar":
                return node
            case "and":
                return self._junction_of(args, self.false, self.and_, done, todo)
            case "or":
                return self._junction_of(args, self.true, self.or_, done, todo)
            case "ite":
                condition = done.get(args[0])
                if condition is None:
                    todo.append(args[0])
                    return None
                if condition is self.true or condition is self.false:
                    taken = args[1] if condition is self.true else args[2]
                    if taken not in done:
                        todo.append(taken)
                    return done.get(taken)
        missing = [part for part in node.parts if part not in done]
        if missing:
            todo += missing
            return None
        return self._again(node, [done[part] for part in node.parts])

    def _again(self, node: Node, parts: list[Node]) -> Node:
        """The same operation on other parts."""
        match node.op:
            case "not":
                return self.not_(parts[0])
            case "add":
                return self.add(parts[0], node.args[1])
            case "sum":
                return self.sum(parts[0], parts[1], node.args[2])
            case "scale":
                return self.scale(parts[0], node.args[1])
            case "ite":
                return self.ite(*parts)
            case "steps":
                return self.steps(node.args[0], parts[0])
            case "le":
                return self.le(parts[0], parts[1])
            case "within":
                return self.within(node.args[0], parts[0])
            case _:
                return self.eq(parts[0], parts[1])

    def _junction_of(
        self,
        args: tuple[Node, ...],
        ruling: Node,
        join: Callable[[Iterable[Node]], Node],
        done: Mapping[Node, Node],
        todo: list[Node],
    ) -> Node | None:
        """Of a junction, no more parts are rebuilt once one of them rules."""
        rebuilt = []
        for part in args:
            here = done.get(part)
            if here is None:
                todo.append(part)
                return None
            if here is ruling:
                return ruling
            rebuilt.append(here)
        return join(rebuilt)


def support(nodes: Iterable[Node]) -> set[Node]:
    """The variables (`var`, `ivar`) that nodes speak of."""
    seen: set[Node] = set()
    found: set[Node] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if node.op in ("var", "ivar"):
            found.add(node)
        todo.extend(node.parts)
    return found


_by_index = attrgetter("index")


def _without_shift(node: Node) -> tuple[Node, int]:
    return (node.args[0], node.args[1]) if node.op == "add" else (node, 0)
