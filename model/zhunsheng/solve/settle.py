"""Which symbols settle an answer: a smallest set, by implicit hitting sets over two copies of the constraints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import Prover


def differ(problem: Problem, left: Encoded, right: Encoded) -> Node:
    """The condition under which two encodings have different outcomes."""
    terms = problem.terms
    parts = []
    for outcome in {**left.finite, **right.finite}:
        here = left.finite.get(outcome, terms.false)
        there = right.finite.get(outcome, terms.false)
        parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
    if left.term and right.term:
        both = terms.and_((left.term[1], right.term[1]))
        parts.append(terms.and_((both, terms.not_(terms.eq(left.term[0], right.term[0])))))
    if left.term or right.term:
        here = left.term[1] if left.term else terms.false
        there = right.term[1] if right.term else terms.false
        parts += [terms.and_((here, terms.not_(there))), terms.and_((there, terms.not_(here)))]
    return terms.or_(parts)


def settling(problem: Problem, encoded: Encoded, vector: Mapping[Node, Node], lawful: Node) -> tuple[str, ...]:
    """A smallest set of symbols (`<kind> <symbol>`, in the pack's order) that settles an answer under these readings.

    Two completions that agree on it have the same outcome. Raises `NotShown`.
    """
    return _Copies(problem, encoded, vector, lawful).smallest()


class _Copies:
    """Two copies of one problem that share the symbols tied together.

    What is shared is one node in both copies, so what speaks of nothing else folds away before the solver sees it."""

    def __init__(self, problem: Problem, encoded: Encoded, vector: Mapping[Node, Node], lawful: Node) -> None:
        self.problem, self.terms, self.encoded = problem, problem.terms, encoded
        memo: dict[Node, Node] = {}
        self.constraints = [self.terms.restrict(node, vector, memo) for node in (*problem.constraints(), lawful)]
        self.variables = self._connected(encoded, vector)
        self.prover = Prover()
        self.prover.add(self.constraints)
        self.rename = {
            symbol: {
                node: self.terms.var(f"{node.args[0]}'")
                if node.op == "var"
                else self.terms.ivar(f"{node.args[0]}'", node.least, node.greatest)
                for node in nodes
            }
            for symbol, nodes in self.variables.items()
        }
        self._speaks = [(node, support([node])) for node in self.constraints]

    def _connected(self, encoded: Encoded, vector: Mapping[Node, Node]) -> dict[str, list[Node]]:
        """The symbols that the answer, or a constraint that binds one of them, speaks of."""
        reached = support(encoded.nodes())
        speaks = [variables for node in self.constraints if (variables := support([node]))]
        grown = True
        while grown:
            grown = False
            for variables in speaks:
                if variables & reached and not variables <= reached:
                    reached |= variables
                    grown = True
        found = {}
        for symbol, nodes in self.problem.variables().items():
            if any(node in reached for node in nodes):
                found[symbol] = [node for node in nodes if node not in vector]
        return {symbol: nodes for symbol, nodes in found.items() if nodes}

    def smallest(self) -> tuple[str, ...]:
        order = list(self.variables)
        to_hit: list[frozenset[str]] = []
        while True:
            candidate = hitting_set(to_hit, order)
            if not self._may_differ(candidate):
                return candidate
            to_hit.append(self._difference(candidate))

    def _may_differ(self, tied: Iterable[str]) -> bool:
        """Whether two completions that agree on `tied` can have different outcomes."""
        tied = set(tied)
        rename = {node: copy for symbol, names in self.rename.items() if symbol not in tied for node, copy in names.items()}
        memo: dict[Node, Node] = {}
        terms = self.terms
        other = Encoded(
            {key: terms.restrict(node, rename, memo) for key, node in self.encoded.finite.items()},
            self.encoded.term
            and (terms.restrict(self.encoded.term[0], rename, memo), terms.restrict(self.encoded.term[1], rename, memo)),
        )
        different = differ(self.problem, self.encoded, other)
        if different is terms.false:
            return False
        binding = [terms.restrict(node, rename, memo) for node, variables in self._speaks if variables & rename.keys()]
        return self.prover.satisfy(terms.and_((different, *binding))) is not None

    def _difference(self, tied: tuple[str, ...]) -> frozenset[str]:
        """A smallest-by-inclusion set of symbols on which two completions that agree on `tied` must be allowed to differ."""
        agreed = list(tied)
        for symbol in self.variables:
            if symbol not in agreed and self._may_differ([*agreed, symbol]):
                agreed.append(symbol)
        return frozenset(self.variables) - set(agreed)


def hitting_set(sets: list[frozenset[str]], order: list[str]) -> tuple[str, ...]:
    """A smallest set that meets every one of `sets`; of several, the first in the order of their members."""
    rank = {name: number for number, name in enumerate(order)}

    def search(left: list[frozenset[str]], budget: int) -> tuple[str, ...] | None:
        if not left:
            return ()
        if budget == 0:
            return None
        for name in sorted(left[0], key=rank.__getitem__):
            rest = search([each for each in left if name not in each], budget - 1)
            if rest is not None:
                return tuple(sorted((name, *rest), key=rank.__getitem__))
        return None

    for budget in range(len(order) + 1):
        found = search(sets, budget)
        if found is not None:
            return found
    return tuple(order)
