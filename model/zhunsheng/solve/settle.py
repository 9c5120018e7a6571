"""Which symbols settle an answer: a smallest set, by implicit hitting sets over two copies of the constraints."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import Prover
from zhunsheng.solve.symbols import Assignment

MOST_WALKS = 12


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


@dataclass(frozen=True)
class Question:
    """An answer put to a problem: its encoding, the readings fixed, and the condition that choices are lawful."""

    problem: Problem
    encoded: Encoded
    vector: Mapping[Node, Node]
    lawful: Node


Probe = Callable[[Assignment], Hashable | None]
"""What an answer comes to in a completed case, seen without the solver; None where it is no case at all."""


def settling(small: Question, large: Question, models: Sequence[Assignment], probe: Probe) -> tuple[str, ...]:
    """A smallest set of symbols (`<kind> <symbol>`, in the pack's order) that settles an answer with several outcomes.

    Two completions that agree on it have the same outcome. `models` show different outcomes: walking from one to another
    symbol by symbol, a step at which the outcome changes names a symbol no settling set can do without. Further pairs that
    differ are looked for with the slots one completion needs (`small`); that none is left is shown with the slots that two
    completions sharing their lists need (`large`). Raises `NotShown`.
    """
    quick = _Copies(small)
    thorough = quick if large.problem is small.problem else _Copies(large)
    order = list(quick.variables)
    to_hit = [frozenset({symbol}) for symbol in sorted(indispensable(quick.variables, models, probe))]
    candidate = hitting_set(to_hit, order)
    differing = _differing(candidate, quick, thorough) if to_hit else quick
    while differing is not None:
        to_hit.append(differing.difference(candidate))
        candidate = hitting_set(to_hit, order)
        differing = _differing(candidate, quick, thorough)
    return candidate


def _differing(candidate: tuple[str, ...], quick: _Copies, thorough: _Copies) -> _Copies | None:
    """Where two completions that agree on the candidate still differ."""
    if quick.may_differ(candidate):
        return quick
    return thorough if thorough is not quick and thorough.may_differ(candidate) else None


def indispensable(variables: Mapping[str, list[Node]], models: Sequence[Assignment], probe: Probe) -> set[str]:
    """Symbols that alone tell two completions with different outcomes apart."""
    found: set[str] = set()
    for start, end in itertools.islice(itertools.permutations(models, 2), MOST_WALKS):
        here = dict(start)
        outcome = probe(here)
        left = [symbol for symbol, nodes in variables.items() if any(start.get(n) != end.get(n) for n in nodes)]
        for _ in range(2):  # a step that leaves the cases may be possible once others have been taken
            waiting = []
            for symbol in left:
                step = here | {node: end[node] for node in variables[symbol] if node in end}
                there = probe(step)
                if there is None:
                    waiting.append(symbol)
                    continue
                if there != outcome:
                    found.add(symbol)
                here, outcome = step, there
            left = waiting
    return found


class _Copies:
    """Two copies of one problem that share the symbols tied together.

    What is shared is one node in both copies, so what speaks of nothing else folds away before the solver sees it."""

    def __init__(self, question: Question) -> None:
        problem, vector = question.problem, question.vector
        self.problem, self.terms, self.encoded = problem, problem.terms, question.encoded
        memo: dict[Node, Node] = {}
        stated = (*problem.constraints(), question.lawful)
        self.constraints = [self.terms.restrict(node, vector, memo) for node in stated]
        self.variables = self._connected(question.encoded, vector)
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

    def may_differ(self, tied: Iterable[str]) -> bool:
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

    def difference(self, tied: tuple[str, ...]) -> frozenset[str]:
        """A smallest-by-inclusion set of symbols on which two completions that agree on `tied` must be allowed to differ."""
        agreed = list(tied)
        for symbol in self.variables:
            if symbol not in agreed and self.may_differ([*agreed, symbol]):
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
