"""What conditions and terms come to in one completion, looking no further than it takes."""

from __future__ import annotations

from zhunsheng.solve.formula import Node
from zhunsheng.solve.symbols import Assignment


class Valued:
    """One assignment. Variables of which nothing is said take their least value (false)."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self._known: dict[Node, int] = {}

    def of(self, node: Node) -> int:
        """The value of a term; 1 or 0 for a condition. Without recursion: some formulas nest deeper than Python goes."""
        known, todo = self._known, [node]
        while todo:
            here = todo[-1]
            if here not in known:
                found = self._step(here)
                if isinstance(found, Node):
                    todo.append(found)
                    continue
                known[here] = found
            todo.pop()
        return known[node]

    def _step(self, node: Node) -> int | Node:
        """The value of a node, or a part that has to be known first."""
        known = self._known
        match node.op:
            case "and" | "or":
                return self._junction(node, int(node.op == "or"))
            case "var" | "ivar":
                return int(self.assignment.get(node, node.least))
            case "ite":
                test = known.get(node.args[0])
                taken: Node = node.args[0] if test is None else node.args[1] if test else node.args[2]
                return known.get(taken, taken) if test is not None else taken
            case "true" | "false":
                return int(node.op == "true")
            case "int":
                return int(node.args[0])
        for part in node.parts:
            if part not in known:
                return part
        return self._reckoned(node, [known[part] for part in node.parts])

    def _junction(self, node: Node, ruling: int) -> int | Node:
        for part in node.parts:
            found = self._known.get(part)
            if found is None:
                return part
            if found == ruling:
                return ruling
        return 1 - ruling

    def _reckoned(self, node: Node, parts: list[int]) -> int:
        match node.op:
            case "not":
                return 1 - parts[0]
            case "le":
                return int(parts[0] <= parts[1])
            case "eq":
                return int(parts[0] == parts[1])
            case "add":
                return parts[0] + int(node.args[1])
            case "sum":
                return parts[0] + int(node.args[2]) * parts[1]
            case "scale":
                return parts[0] * int(node.args[1])
            case "within":
                return int(node.args[0].holds(parts[0]))
            case "steps":
                return int(node.args[0].at(parts[0]))
            case op:
                raise ValueError(f"{op} is no node")
