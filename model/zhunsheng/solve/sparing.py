"""A problem's constraints, told to the solver only as far as a question comes near them.

A case has far more facts than a question looks at. What binds a symbol is told when the symbol is first spoken of; what a law
assumes of a case, when a model breaks it. A question about two completions at once is told of days and numbers only what a model
breaks (`tell_broken`). What is impossible under fewer constraints is impossible under all of them; a model is
given out only if it satisfies every one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.lanes import Lanes
from zhunsheng.solve.problem import Problem, World
from zhunsheng.solve.smt import Prover
from zhunsheng.solve.symbols import Assignment

MOST_ROUNDS = 8
"""How often a solver is told what its model breaks before it is told the rest as well."""


def tell_broken(at_once: Sequence[Node], later: Sequence[Node], budget: int, *, bits: bool) -> Assignment | None:
    """A model of all these constraints, the later ones told to the solver when a model breaks them. What it says nothing of has
    its least value. Raises `NotShown`."""
    prover = Prover(budget, bits=bits, once=not (bits and later))
    prover.add(at_once)
    left = list(later)
    for number in range(1, MOST_ROUNDS + 1):
        model = prover.satisfy()
        broken = set(_broken(left, model) if model is not None else ())
        if not broken:
            return model
        last = number == MOST_ROUNDS
        prover.add(node for node in left if last or node in broken)
        left = [node for node in left if node not in broken]
    return prover.satisfy()


class Sparing(World):
    """`binding` are the constraints of the symbols themselves, `assumed` those of a case as a whole."""

    def __init__(self, problem: Problem, binding: Sequence[Node], assumed: Sequence[Node], rlimit: int) -> None:
        super().__init__(problem, {}, [], rlimit)
        self._near: dict[Node, list[Node]] = {}
        self._seen: set[Node] = set()
        for node in dict.fromkeys(binding):
            for variable in support([node]):
                self._near.setdefault(variable, []).append(node)
        self._left = [node for node in dict.fromkeys(assumed) if node is not problem.terms.true]
        self._whole = [*binding, *self._left]
        self._told: set[Node] = set()
        self._tell(_broken(binding, problem.plain()))

    @property
    def everything(self) -> list[Node]:
        """All that binds it, told to a solver or not."""
        return list(dict.fromkeys((*self._whole, *self.constraints)))

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A model of the constraints and these conditions, or None. Raises `NotShown`."""
        self._tell_near(conditions)
        while (model := super().satisfy(*conditions)) is not None:
            broken = _broken(self._left, model)
            if not broken:
                return model
            self._left = [node for node in self._left if node not in set(broken)]
            self._tell(broken)
        return None

    def possible(self, *conditions: Node) -> bool:
        """Whether there is one. Raises `NotShown`."""
        return self.satisfy(*conditions) is not None

    def add(self, nodes: Iterable[Node]) -> None:
        """Further constraints."""
        self._tell(list(nodes))

    def _tell(self, nodes: Sequence[Node]) -> None:
        new = [node for node in nodes if node not in self._told]
        self._told.update(new)
        super().add(new)
        self._tell_near(new)

    def _tell_near(self, nodes: Iterable[Node]) -> None:
        """What binds the symbols that these speak of."""
        todo = list(nodes)
        while todo:
            node = todo.pop()
            if node in self._seen:
                continue
            self._seen.add(node)
            todo += [arg for arg in node.args if isinstance(arg, Node)]
            if node.op in ("var", "ivar"):
                new = [each for each in self._near.get(node, ()) if each not in self._told]
                self._told.update(new)
                super().add(new)
                todo += new


def _broken(nodes: Sequence[Node], model: Assignment) -> list[Node]:
    """Those that a model breaks."""
    lanes = Lanes([model], [(0, {})])
    return [node for node in nodes if not lanes.holds(node)]
