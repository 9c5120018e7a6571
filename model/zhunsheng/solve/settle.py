"""Which symbols settle an answer: a smallest set, by implicit hitting sets over two copies of the constraints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import RLIMIT, Prover
from zhunsheng.solve.steps import Steps
from zhunsheng.solve.symbols import Assignment
from zhunsheng.solve.twins import differ

Budgets = Sequence[tuple[bool, int]]
BUDGETS: Budgets = ((True, 4 * RLIMIT), (False, 9 * RLIMIT))
"""That no pair is left is one query, and harder than those for outcomes: it speaks of two completions at once. It is put in words
of bits (true), where most end soon, but comparing many days with each other is hard, then with whole numbers."""
EASY: Budgets = ((True, RLIMIT // 2), (False, 3 * RLIMIT))
"""For looking for a pair where not to find one says little."""
MOST_ROUNDS = 120
"""Pairs of completions looked for one after another, each of which a smallest set so far did not tell apart."""
MOST_LOOKED = 300_000
"""Sets looked at, over and over, in looking for a smallest set that meets them all."""


@dataclass(frozen=True)
class Question:
    """An answer put to a problem: its encoding, the readings fixed, and the condition that choices are lawful."""

    problem: Problem
    encoded: Encoded
    vector: Mapping[Node, Node]
    lawful: Node

    def key(self) -> tuple[Hashable, ...]:
        """Equal for questions that the same symbols settle: what each outcome is called does not matter."""
        return self.problem, frozenset(self.encoded.finite.values()), self.encoded.term, self.lawful

    def turning(self) -> set[str]:
        """Symbols seen to change the outcome by themselves."""
        return self.problem.world(self.vector).sample.turning(self.encoded, self.lawful)


@dataclass(frozen=True)
class Settled:
    """`symbols` settle an answer, and no fewer do. Where `unfinished` says why that was not shown, they are those that alone
    change the outcome of some completion: every settling set has them, and may have more."""

    symbols: tuple[str, ...]
    unfinished: str = ""


def settling(
    small: Copies, few: Callable[[], Copies], wide: Callable[[tuple[str, ...]], Copies], models: Sequence[Assignment] = ()
) -> Settled:
    """A smallest set of symbols (`<kind> <symbol>`, in the pack's order) that settles an answer with several outcomes.

    Two completions that agree on it have the same outcome. Symbols whose change alone changes the outcome of some completion are
    seen first, among completions looked at already and around `models`, completions of `small` with different outcomes: no
    settling set can do without them, and they are mostly all of it. So it is asked at once whether any pair of completions that
    agree on them differs: first among those with `few` further elements, where most pairs are found in no time, and where there
    is none, with the slots that such a pair may need (`wide`).
    """
    order = list(small.variables)
    to_hit = small.seen(models)
    try:
        for _ in range(MOST_ROUNDS):
            candidate = hitting_set(to_hit, order)
            found = few().easily_untied(candidate, order) or wide(candidate).untied(candidate)
            if not found:
                return Settled(candidate)
            to_hit += found
        raise NotShown("too many sets of facts were looked at")
    except NotShown as reason:
        return Settled(_alone(to_hit, order), str(reason))


def _alone(sets: Iterable[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """Symbols that no set which meets all of these can do without."""
    single = {name for each in sets if len(each) == 1 for name in each}
    return tuple(name for name in order if name in single)


class Copies:
    """Two copies of one problem that share the symbols tied together.

    What is shared is one node in both copies, so what speaks of nothing else folds away before the solver sees it. Constraints
    that nothing connects with the answer are left out: they can be met, whatever the rest is. What is found of an answer is kept
    for others that are always the same."""

    def __init__(self, question: Question) -> None:
        problem, vector = question.problem, question.vector
        self.question = question
        self.problem, self.terms, self.encoded = problem, problem.terms, question.encoded
        memo: dict[Node, Node] = {}
        speaks = []
        for node, spoken in (*problem.spoken(), (question.lawful, support([question.lawful]))):
            if not spoken.isdisjoint(vector):
                node = self.terms.restrict(node, vector, memo)
                spoken = support([node])
            if spoken:
                speaks.append((node, spoken))
        connected = reached(support(question.encoded.nodes()), [spoken for _, spoken in speaks])
        self.speaks = [(node, spoken) for node, spoken in speaks if spoken & connected]
        self.variables = {
            symbol: here
            for symbol, nodes in problem.variables().items()
            if (here := [node for node in nodes if node in connected])
        }
        self.steps = Steps(problem, question.encoded, [node for node, _ in self.speaks], self.variables)
        self.names = problem.names()
        self.rename = {symbol: {node: self._copy(node) for node in nodes} for symbol, nodes in self.variables.items()}
        self._looked = False
        self._found: dict[frozenset[str], None] = {}
        self._untied: dict[tuple[str, ...], list[frozenset[str]]] = {}
        self._not_shown: dict[tuple[tuple[str, ...], Budgets], NotShown] = {}

    def seen(self, models: Sequence[Assignment]) -> list[frozenset[str]]:
        """Sets of symbols that every settling set meets: those found before; at first, those seen without a solver."""
        if not self._looked:
            self._looked = True
            known = self.question.turning()
            if not known >= self.variables.keys():
                known |= self.steps.indispensable(models)
            self._found = {**{frozenset({symbol}): None for symbol in sorted(known)}, **self._found}
        return list(self._found)

    def untied(self, tied: tuple[str, ...], budgets: Budgets = BUDGETS) -> list[frozenset[str]]:
        """Sets of symbols, none of them tied, on which completions with different outcomes may differ; [] if there is none.
        Raises `NotShown`, each time it is asked what it could not show."""
        if tied not in self._untied:
            key = tied, budgets
            if key in self._not_shown:
                raise self._not_shown[key].kept()
            try:
                self._untied[tied] = self._not_tied(tied, budgets)
            except NotShown as reason:
                self._not_shown[key] = reason.kept()
                raise
        self._found |= dict.fromkeys(self._untied[tied])
        return self._untied[tied]

    def easily_untied(self, tied: tuple[str, ...], known: Collection[str]) -> list[frozenset[str]]:
        """Those of symbols in `known` that are found without much effort: [] does not say that there are no others."""
        with suppress(NotShown):
            return [found for found in self.untied(tied, EASY) if found.issubset(known)]
        return []

    def _copy(self, node: Node) -> Node:
        """A variable of the other completion. An unknown name there may be one that the first has nowhere: for one completion
        alone as many names are enough as there are unknown ones, for two they are not."""
        if node.op == "var":
            return self.terms.var(f"{node.args[0]}'")
        greatest = max(name.greatest for name in self.names) + len(self.names) if node in self.names else node.greatest
        return self.terms.ivar(f"{node.args[0]}'", node.least, greatest)

    def _model(self, asked: Node, budgets: Budgets) -> Assignment | None:
        """A model of the constraints and this. Raises `NotShown`."""
        if asked is self.terms.false:
            return None
        stated = [*(node for node, _ in self.speaks), asked]
        if not all(node.countless for node in stated):
            budgets = budgets[-1:]
        elif not self.problem.bits_do:
            budgets = budgets[::-1]
        for bits, budget in budgets[:-1]:
            with suppress(NotShown):
                return self._first(bits, budget, stated)
        found = self._first(*budgets[-1], stated)
        if len(budgets) > 1:
            self.problem.bits_do = budgets[-1][0]  # what is hard for one question is hard for the next
        return found

    def _first(self, bits: bool, budget: int, stated: list[Node]) -> Assignment | None:
        prover = Prover(budget, bits=bits)
        prover.add(stated)
        return prover.satisfy()

    def _not_tied(self, tied: tuple[str, ...], budgets: Budgets) -> list[frozenset[str]]:
        """Sets of symbols, none of them tied, on which completions with different outcomes may differ; [] if there is none.

        One symbol each where a walk from one of two such completions to the other has a step of one symbol."""
        if set(tied) >= self.variables.keys():
            return []
        rename, asked = self._differing(tied)
        model = self._model(asked, budgets)
        if model is None:
            return []
        other = {**model, **{node: model[copy] for node, copy in rename.items() if copy in model}}
        for node, copy in rename.items():
            if copy not in model:
                other.pop(node, None)
        single = self.steps.indispensable((model, other)) - set(tied)  # a tied one may matter too, but tells this pair not apart
        if single:
            return [frozenset({symbol}) for symbol in sorted(single)]
        return [self._fewer(self.steps.leap(model, other), budgets)]

    def _differing(self, tied: Iterable[str]) -> tuple[dict[Node, Node], Node]:
        """What is renamed in the second copy, and the condition that it is a completion with another outcome."""
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
            return rename, different
        binding = [terms.restrict(node, rename, memo) for node, spoken in self.speaks if not spoken.isdisjoint(rename)]
        return rename, terms.and_((different, *binding))

    def _fewer(self, differing: frozenset[str], budgets: Budgets) -> frozenset[str]:
        """A smallest-by-inclusion part of these symbols on which completions with different outcomes may differ."""
        left = sorted(differing)
        for symbol in sorted(differing):
            fewer = [each for each in left if each != symbol]
            _, asked = self._differing(set(self.variables).difference(fewer))
            if self._model(asked, budgets) is not None:
                left = fewer
        return frozenset(left)


def reached(start: set[Node], speaks: list[set[Node]]) -> set[Node]:
    """The variables that constraints connect with some, each constraint given by those it speaks of."""
    found = set(start)
    waiting = speaks
    while True:
        touched = [spoken for spoken in waiting if not spoken.isdisjoint(found)]
        if not touched:
            return found
        waiting = [spoken for spoken in waiting if spoken.isdisjoint(found)]
        found.update(*touched)


def hitting_set(sets: Sequence[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """A smallest set that meets every one of `sets`; of several, the first in the order of their members. Raises `NotShown`."""
    rank = {name: number for number, name in enumerate(order)}
    single = {name for each in sets if len(each) == 1 for name in each}
    left = _inclusion_minimal([each for each in sets if single.isdisjoint(each)])
    useful = sorted({name for each in left for name in each}, key=rank.__getitem__)
    hitting = _Hitting()
    number = next(n for n in range(len(useful) + 1) if hitting.possible(left, n))
    found: list[str] = []
    for name in useful:
        rest = [each for each in left if name not in each]
        if len(rest) < len(left) and hitting.possible(rest, number - 1):
            found, left, number = [*found, name], rest, number - 1
        else:
            left = _inclusion_minimal([each - {name} for each in left])
    return tuple(sorted((*single, *found), key=rank.__getitem__))


def _inclusion_minimal(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Those that no other is part of: what meets them meets all."""
    kept: list[frozenset[str]] = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(one <= each for one in kept):
            kept.append(each)
    return kept


@dataclass
class _Hitting:
    """Whether few names meet many sets: one of each set has to be among them, so it is tried with each name of the smallest."""

    looked: int = 0

    def possible(self, sets: list[frozenset[str]], number: int) -> bool:
        """Whether so many names can meet all of these. Raises `NotShown`."""
        self.looked += 1 + len(sets)
        if self.looked > MOST_LOOKED:
            raise NotShown("too many sets of facts were looked at")
        if not sets:
            return number >= 0
        if number < _apart(sets):
            return False
        least = min(sets, key=lambda one: (len(one), sorted(one)))
        left = sets
        for name in sorted(least):
            if self.possible([each for each in left if name not in each], number - 1):
                return True
            left = [each - {name} for each in left]  # it is not among them
        return False


def _apart(sets: Sequence[frozenset[str]]) -> int:
    """How many of these have nothing in common, at least: so many names are needed."""
    met: frozenset[str] = frozenset()
    number = 0
    for each in sorted(sets, key=len):
        if met.isdisjoint(each):
            number, met = number + 1, met | each
    return number
