"""Which symbols settle an answer: a smallest set, by implicit hitting sets over two copies of the constraints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from zhunsheng.errors import NotShown
from zhunsheng.solve.formula import Node, support
from zhunsheng.solve.hitting import hitting_set
from zhunsheng.solve.problem import Encoded, Problem
from zhunsheng.solve.smt import RLIMIT
from zhunsheng.solve.sparing import tell_broken
from zhunsheng.solve.steps import Steps
from zhunsheng.solve.symbols import Assignment
from zhunsheng.solve.twins import differ

Budgets = Sequence[tuple[bool, int]]
BUDGETS: Budgets = ((True, 4 * RLIMIT), (False, 9 * RLIMIT))
"""That no pair is left is one query, and harder than those for outcomes: it speaks of two completions at once. A large one is put
in words of bits (true) first, where most end soon, but comparing many days with each other is hard; a small one with whole
numbers first, and what does not end in the other way."""
EASY: Budgets = ((False, 3 * RLIMIT), (True, RLIMIT // 2))
"""For looking for a pair where not to find one says little: mostly small."""
LARGE = 1_000
"""With more constraints than this, a question about two completions is large."""
FEW_LATER = 400
"""So few constraints that speak of days or numbers are told the solver all at once: to tell it more takes a while each time."""
MOST_ROUNDS = 120
"""Pairs of completions looked for one after another, each of which a smallest set so far did not tell apart."""


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


@dataclass(frozen=True)
class Pair:
    """Two completions at once: what is renamed in the second, and the constraints that say so, those that speak of days or
    numbers apart (`later`)."""

    rename: Mapping[Node, Node]
    at_once: Sequence[Node]
    later: Sequence[Node]

    @property
    def stated(self) -> list[Node]:
        return [*self.at_once, *self.later]

    @property
    def large(self) -> bool:
        return len(self.at_once) + len(self.later) > LARGE

    @property
    def impossible(self) -> bool:
        """Whether it is seen that there are none."""
        return any(node.op == "false" for node in self.stated)


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
        self.parts: list[tuple[Node, set[Node], bool]] = [
            (part, spoken, any(node.op == "ivar" for node in spoken))
            for node, _ in self.speaks
            for part in (node.args if node.op == "and" else (node,))
            if (spoken := support([part]))
        ]
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

    def _model(self, pair: Pair, budgets: Budgets) -> Assignment | None:
        """Two completions with different outcomes, as one model: a variable of which it says nothing has its least value. Raises
        `NotShown`.

        Few of the constraints that compare days bear on an answer, and they are the hard ones: so they are told as they are
        broken, and all at once only where that does not come to an end."""
        if pair.impossible:
            return None
        order, easy = self._in_order(pair, budgets), budgets is EASY
        as_broken = [(bits, budget, pair.at_once, pair.later) for bits, budget in order]
        at_once = [(bits, budget, pair.stated, ()) for bits, budget in order]
        *ways, last = as_broken if easy or not pair.later else [*as_broken, *at_once]
        for number, (bits, budget, told, later) in enumerate(ways):
            with suppress(NotShown):
                found = tell_broken(told, later, budget, bits=bits)
                if number:
                    self._did(pair, order, bits)
                return found
        bits, budget, told, later = last
        found = tell_broken(told, later, budget, bits=bits)
        self._did(pair, order, bits)
        return found

    def _did(self, pair: Pair, order: Budgets, bits: bool) -> None:
        """Keeps what did after something else had not: what is hard for one large question is hard for the next."""
        if len(order) > 1 and order is not EASY and pair.large:
            self.problem.bits_do = bits

    def _in_order(self, pair: Pair, budgets: Budgets) -> Budgets:
        """Of whole numbers and words of bits, the one first that is likely to do."""
        if not all(node.countless for node in pair.stated):
            return [one for one in budgets if not one[0]]
        if budgets is EASY or (pair.large and self.problem.bits_do):
            return budgets
        return budgets[::-1]

    def _not_tied(self, tied: tuple[str, ...], budgets: Budgets) -> list[frozenset[str]]:
        """Sets of symbols, none of them tied, on which completions with different outcomes may differ; [] if there is none.

        One symbol each where a walk from one of two such completions to the other has a step of one symbol."""
        if set(tied) >= self.variables.keys():
            return []
        pair = self._differing(tied)
        rename, model = pair.rename, self._model(pair, budgets)
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

    def _differing(self, tied: Iterable[str]) -> Pair:
        """Two completions, the second with another outcome, that have the tied symbols in common."""
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
            return Pair(rename, [different], [])
        many = sum(compares for _, _, compares in self.parts) > FEW_LATER
        at_once, later = [different], list[Node]()
        for part, spoken, compares in self.parts:
            binding = later if compares and many else at_once
            binding.append(part)
            if not spoken.isdisjoint(rename):
                binding.append(terms.restrict(part, rename, memo))
        return Pair(rename, at_once, later)

    def _fewer(self, differing: frozenset[str], budgets: Budgets) -> frozenset[str]:
        """A smallest-by-inclusion part of these symbols on which completions with different outcomes may differ."""
        left = sorted(differing)
        for symbol in sorted(differing):
            fewer = [each for each in left if each != symbol]
            if self._model(self._differing(set(self.variables).difference(fewer)), budgets) is not None:
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
