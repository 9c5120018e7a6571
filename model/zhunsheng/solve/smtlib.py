"""Conditions as an SMT-LIB 2.6 script (logic QF_LIA), written without z3: anyone can put it to a solver of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhunsheng.solve.formula import Node


def script(conditions: Iterable[Node], says: Sequence[str] = ()) -> str:
    """A script that asserts all the conditions and asks whether they can hold together. `says`: lines of comment above it."""
    wanted = list(conditions)
    order = _in_order(wanted)
    uses: dict[Node, int] = {}
    for node in order:
        for arg in node.args:
            if isinstance(arg, Node):
                uses[arg] = uses.get(arg, 0) + (2 if node.op in ("steps", "within") else 1)
    lines = [*(f"; {line}" for line in says), "(set-logic QF_LIA)"]
    text: dict[Node, str] = {}
    for node in order:
        if node.op in ("var", "ivar"):
            text[node] = f"|{node.args[0]}|"
            lines += _declared(node, text[node])
            continue
        written = _written(node, text)
        if uses.get(node, 0) > 1 and node.op not in ("int", "true", "false", "not"):
            sort = "Int" if node.op in ("add", "sum", "scale", "ite", "steps") else "Bool"
            lines.append(f"(define-fun n{node.index} () {sort} {written})")
            written = f"n{node.index}"
        text[node] = written
    lines += [f"(assert {text[node]})" for node in wanted]
    return "\n".join([*lines, "(check-sat)", ""])


def _in_order(wanted: Iterable[Node]) -> list[Node]:
    """Every node, each after those it is made of."""
    found: dict[Node, None] = {}
    todo = [(node, False) for node in wanted]
    while todo:
        node, made = todo.pop()
        if node in found:
            continue
        if made:
            found[node] = None
        else:
            todo.append((node, True))
            todo.extend((arg, False) for arg in node.args if isinstance(arg, Node))
    return list(found)


def _declared(node: Node, name: str) -> list[str]:
    if node.op == "var":
        return [f"(declare-const {name} Bool)"]
    limits = f"(assert (and (<= {_number(node.least)} {name}) (<= {name} {_number(node.greatest)})))"
    return [f"(declare-const {name} Int)", limits]


def _written(node: Node, text: dict[Node, str]) -> str:
    parts = [text[arg] for arg in node.args if isinstance(arg, Node)]
    match node.op:
        case "true" | "false":
            return node.op
        case "int":
            return _number(node.args[0])
        case "not" | "and" | "or" | "ite":
            return f"({node.op} {' '.join(parts)})"
        case "le":
            return f"(<= {' '.join(parts)})"
        case "eq":
            return f"(= {' '.join(parts)})"
        case "add":
            return f"(+ {parts[0]} {_number(node.args[1])})"
        case "sum":
            return f"({'+' if node.args[2] == 1 else '-'} {' '.join(parts)})"
        case "scale":
            return f"(* {_number(node.args[1])} {parts[0]})"
        case "steps":
            return _by_pieces(parts[0], node.args[0].pieces(node.args[1].least, node.args[1].greatest))
        case "within":
            spans = node.args[0].between(node.args[1].least, node.args[1].greatest)
            ways = (f"(and (<= {_number(first)} {parts[0]}) (<= {parts[0]} {_number(last)}))" for first, last in spans)
            return f"(or {' '.join(ways)} false)"
        case op:
            raise ValueError(f"{op} is no node")


def _by_pieces(of: str, pieces: list[tuple[int, bool, int]]) -> str:
    """A function of a number, by halving the pieces it is made of."""
    if len(pieces) == 1:
        ((_, fixed, kept),) = pieces
        return _number(kept) if fixed else f"(+ {of} {_number(kept)})"
    middle = (len(pieces) + 1) // 2
    halves = _by_pieces(of, pieces[:middle]), _by_pieces(of, pieces[middle:])
    return f"(ite (< {of} {_number(pieces[middle][0])}) {' '.join(halves)})"


def _number(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"
