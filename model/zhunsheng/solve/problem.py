"""One case as a problem: the outcomes of an answer under conditions, and completions that show them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from zhunsheng.errors import NotShown
from zhunsheng.lang.case import UNKNOWN, Case, Entry, Listing
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Type, Value
from zhunsheng.solve.cases import Atom, Cases, ElementRef
from zhunsheng.solve.climb import Climb
from zhunsheng.solve.constrain import Constrainer
from zhunsheng.solve.formula import Node, Terms, support
from zhunsheng.solve.sample import Sample
from zhunsheng.solve.smt import BITS_RLIMIT, RLIMIT, Prover
from zhunsheng.solve.symbols import Assignment, Free, SymbolMaker
from zhunsheng.solve.twins import Twins
from zhunsheng.solve.valued import Valued

MOST_VALUES = 8
MOST_STEPS = 2
"""How often an end is asked whether anything lies beyond it, before what may lie beyond is halved."""

MOST_FOR_BITS = 4_000
"""So many constraints are not put in words of bits: where whole numbers come to no end, those come to none either, and take as
much memory again."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """An answer's outcomes under conditions that exclude each other and leave nothing out.

    `finite`: values and failure kinds; `term`: a computed number or day with the condition under which it is the value."""

    finite: Mapping[Value | FailureKind, Node]
    term: tuple[Node, Node] | None = None

    def nodes(self) -> list[Node]:
        return [*self.finite.values(), *(self.term or ())]

    def key(self) -> tuple[frozenset[tuple[Value | FailureKind, Node]], tuple[Node, Node] | None]:
        """Equal for encodings with the same outcomes under the same conditions."""
        return frozenset(self.finite.items()), self.term


@dataclass(frozen=True)
class Span:
    """Values too many to list: both ends occur, and none lies outside."""

    least: Value
    greatest: Value


@dataclass(frozen=True)
class Found:
    """An outcome that occurs, and a model that shows it (None where none was needed)."""

    outcome: Value | FailureKind | Span
    model: Mapping[Node, int] | None


class Searched:
    """An answer's outcomes, looked for among completions near those known, and then, each new one, with the solver."""

    def __init__(self, problem: Problem, encoded: Encoded, world: World, lawful: Node) -> None:
        self.problem, self.terms, self.encoded, self.world, self.lawful = problem, problem.terms, encoded, world, lawful

    def found(self, type_: Type) -> list[Found]:
        """Every outcome, in the encoding's order; days and numbers in theirs, as a span where there are many."""
        models = self._seen()
        while len(numbers := [outcome for outcome in models if isinstance(outcome, tuple)]) <= MOST_VALUES:
            model = self.world.satisfy(self._none_of(models), self.lawful)
            if model is None:
                break
            self.world.sample.add(model, self.encoded)
            models = {self._outcome(model): model, **self._many(model), **self._seen(), **models}
        models |= self._finite(models) if len(numbers) > MOST_VALUES else {}
        finite = [Found(outcome, models[outcome]) for outcome in self.encoded.finite if outcome in models]
        if len(numbers) > MOST_VALUES:
            return [*finite, self._span(numbers, models, type_)]
        values = [Found(self._decoded(type_, outcome[0]), models[outcome]) for outcome in numbers]
        return [*finite, *sorted(values, key=lambda one: one.outcome)]  # type: ignore[arg-type,return-value]  # days or numbers

    def each(self, type_: Type) -> Iterator[Found]:
        """One outcome after the other, as the solver comes upon them."""
        seen: list[Hashable] = []
        while (model := self.world.satisfy(self._none_of(seen), self.lawful)) is not None:
            outcome = self._outcome(model)
            seen.append(outcome)
            value = self._decoded(type_, outcome[0]) if isinstance(outcome, tuple) else outcome
            yield Found(value, model)  # type: ignore[arg-type]

    def _seen(self) -> dict[Hashable, Assignment]:
        return self.world.seeded(self.encoded).outcomes(self.encoded, self.lawful)

    def _many(self, model: Assignment) -> dict[Hashable, Assignment]:
        """Days or numbers that lie around one that a model comes to, where they are too many to list."""
        if self.encoded.term is None or not isinstance(self._outcome(model), tuple):
            return {}
        term, condition = self.encoded.term
        found = Climb(term, [*self.world.everything, condition, self.lawful]).values(model)
        return {(value,): there for value, there in found.items()} if len(found) > MOST_VALUES else {}

    def _finite(self, models: Mapping[Hashable, Assignment]) -> dict[Hashable, Assignment]:
        """Outcomes other than days and numbers that are not among these yet."""
        more: dict[Hashable, Assignment] = {}
        while True:
            left = [node for outcome, node in self.encoded.finite.items() if outcome not in models and outcome not in more]
            model = self.world.satisfy(self.terms.or_(left), self.lawful)
            if model is None:
                return more
            more[self._outcome(model)] = model

    def _span(self, numbers: Sequence[tuple[int]], models: Mapping[Hashable, Assignment], type_: Type) -> Found:
        if self.encoded.term is None:
            raise ValueError("there is no number")
        term, condition = self.encoded.term
        low, high = models[min(numbers)], models[max(numbers)]
        given = (condition, self.lawful)
        least, first = self.problem.extreme(term, given, least=True, world=self.world, likely=low)
        greatest, _ = self.problem.extreme(term, given, least=False, world=self.world, likely=high)
        return Found(Span(self._decoded(type_, least), self._decoded(type_, greatest)), first)

    def _none_of(self, outcomes: Iterable[Hashable]) -> Node:
        terms, known = self.terms, set(outcomes)
        others = [node for outcome, node in self.encoded.finite.items() if outcome not in known]
        if self.encoded.term is not None:
            term, condition = self.encoded.term
            new = [terms.not_(terms.eq(term, terms.number(one[0]))) for one in outcomes if isinstance(one, tuple)]
            others.append(terms.and_((condition, *new)))
        return terms.or_(others)

    def _outcome(self, model: Assignment) -> Hashable:
        for outcome, condition in self.encoded.finite.items():
            if self.problem.valuation(condition, model):
                return outcome
        if self.encoded.term is None:
            raise ValueError("a completion has no outcome")
        return (self.problem.valuation(self.encoded.term[0], model),)

    def _decoded(self, type_: Type, number: int) -> Value:
        return self.problem.decode(type_, self.terms.number(number))


class World:
    """A problem's constraints with some variables fixed, put to a solver of its own when first asked. With `bits`, numbers are
    put as words of bits if they can be, where whole numbers do not come to an end; and first from then on."""

    def __init__(
        self,
        problem: Problem,
        vector: Mapping[Node, Node],
        constraints: list[Node],
        rlimit: int = RLIMIT,
        *,
        bits: bool = False,
    ) -> None:
        self.problem, self.vector, self.constraints, self.rlimit = problem, vector, constraints, rlimit
        self._provers: dict[bool, Prover] = {}
        self._queries_before = 0
        few = bits and len(constraints) <= MOST_FOR_BITS
        self._kinds = [False, True] if few and all(node.countless for node in constraints) else [False]
        """Whole numbers, words of bits (true): in the order in which they are tried."""
        self.sample = Sample(problem, constraints)
        self._twins = Twins()

    @property
    def everything(self) -> list[Node]:
        """All that binds it, told to a solver or not."""
        return self.constraints

    @property
    def queries(self) -> int:
        return self._queries_before + sum(prover.queries for prover in self._provers.values())

    @property
    def size(self) -> int:
        """How much of the formula the solvers hold: their memory grows with it."""
        return sum(map(len, self._provers.values()))

    def forget(self, *, bits: bool | None = None) -> None:
        """Gives solvers' memory back (of one kind, or of both): they are made anew when asked again."""
        for kind in list(self._provers) if bits is None else [bits]:
            self._queries_before += self._provers.pop(kind).queries

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A model of the constraints and these conditions, or None. Raises `NotShown`."""
        prover = self._asked(conditions)
        if prover is None:
            return None
        true = self.problem.terms.true
        model = prover.values()
        model.update({node: int(value is true) for node, value in self.vector.items()})
        return self.problem.filled(model)

    def possible(self, *conditions: Node) -> bool:
        """Whether there is one. Raises `NotShown`."""
        return self._asked(conditions) is not None

    def ruled_out(self, *conditions: Node) -> bool:
        """Whether it is shown, at the first try, that these cannot be true together."""
        try:
            return not self._prover(bits=self._able(conditions)[0]).possible(*conditions)
        except NotShown:
            return False

    def first(self, encoded: Encoded, lawful: Node) -> Encoded:
        """The first answer met that is the same as this one in every completion: see `Twins`."""
        return self._twins.first(self, encoded, lawful)

    def seeded(self, encoded: Encoded) -> Sample:
        """The completions looked at, those near the plain one among them."""
        if not self.sample:
            fixed = {node: int(value is self.problem.terms.true) for node, value in self.vector.items()}
            self.sample.add({**self.problem.plain(), **fixed}, encoded)
        return self.sample

    def add(self, nodes: Iterable[Node]) -> None:
        """Further constraints."""
        more = list(nodes)
        self.constraints += more
        self._kinds = self._able(more)
        for bits, prover in list(self._provers.items()):
            if bits in self._kinds:
                prover.add(more)
            else:
                self.forget(bits=bits)

    def _able(self, nodes: Sequence[Node]) -> list[bool]:
        """The ways in which these may be put, in the order in which they are tried."""
        return self._kinds if all(node.countless for node in nodes) else [False]

    def _asked(self, conditions: Sequence[Node]) -> Prover | None:
        """The solver that has a model of the constraints and these conditions; None if there is none."""
        kinds, ended, fresh = list(self._able(conditions)), "", True
        for bits in kinds:
            try:
                found = self._by(conditions, bits=bits)
            except NotShown as reason:
                if not bits:
                    ended, fresh = str(reason), self._prover(bits=False).queries < 2
                self._failed(bits=bits)
            else:
                self._kinds = [True, False] if bits else self._kinds
                return found
        if fresh:
            raise NotShown(ended)
        return self._by(conditions, bits=False)  # what was asked before can lead it astray: once more from the beginning

    def _failed(self, *, bits: bool) -> None:
        """Gives the memory back that a question which did not come to an end has taken, before the next takes as much."""
        self.forget(bits=bits)
        if bits:  # comparing many days with each other is hard in clauses: not tried again here
            self._kinds = [False]

    def _by(self, conditions: Sequence[Node], *, bits: bool) -> Prover | None:
        prover = self._prover(bits=bits)
        return prover if prover.possible(*conditions) else None

    def _prover(self, *, bits: bool) -> Prover:
        if bits not in self._provers:
            self._provers[bits] = Prover(BITS_RLIMIT if bits else self.rlimit, bits=bits)
            self._provers[bits].add(self.constraints)
        return self._provers[bits]


@dataclass(frozen=True)
class Completion:
    """A complete case: every fact, reading and choice."""

    facts: Mapping[str, Any]
    readings: Mapping[str, str]
    choices: Mapping[str, Value]


class Problem:
    """A pack and a case, with `slots` further elements for each list that may have others.

    With `after`, complete lists too may grow by elements that come about after that day. `terms`: those of another problem of the
    pack with which this one is to be compared: what is the same in both is then one node."""

    def __init__(
        self,
        pack: Pack,
        case: Case,
        slots: Mapping[str, int] | None = None,
        after: date | None = None,
        terms: Terms | None = None,
    ) -> None:
        self.pack, self.case = pack, case
        self.further = {name: (slots or {}).get(name, 0) for name in pack.collections}
        self.slots = sum(self.further.values())
        self.terms = terms or Terms()
        self.symbols = SymbolMaker(pack, case, self.terms, slots or {}, after).build()
        self.constrainer = Constrainer(pack, self.terms, self.symbols)
        self._assumptions: dict[str, list[Node]] | None = None
        self._vectors: dict[tuple[tuple[str, str], ...], dict[Node, Node]] = {}
        self._variables: dict[str, list[Node]] | None = None
        self._spoken: frozenset[Node] | None = None
        self._worlds: dict[frozenset[tuple[Node, Node]], World] = {}
        self._bits: list[tuple[Free, frozenset[Node]]] | None = None
        self._constraints: list[Node] | None = None
        self._speaks: list[tuple[Node, set[Node]]] | None = None
        self._plain: Assignment | None = None
        self._queries_before = 0
        self.kept: dict[Hashable, Any] = {}
        """What is found of questions put to it, for who asks them again."""
        self.bits_do = True
        """Until a large question about two completions at once proves too hard in words of bits, and not with whole numbers."""

    # -- what is asked

    def encode(self, name: str, args: tuple[Atom, ...] = ()) -> Encoded:
        """A definition's outcomes, at an element (`ElementRef`), an enumeration value, or a day."""
        atoms = tuple(self.terms.number(arg.toordinal()) if isinstance(arg, date) else arg for arg in args)
        return self.outcomes_of(self.constrainer.definition(name, atoms), self.pack.definitions[name].type)

    def outcomes_of(self, cases: Cases, type_: Type) -> Encoded:
        terms = self.terms
        finite: dict[Value | FailureKind, Node] = {}
        term: tuple[Node, Node] | None = None
        stronger = terms.false
        failed = []
        for kind in sorted(cases.fails, reverse=True):
            failed.append((kind, terms.and_((cases.fails[kind], terms.not_(stronger)))))
            stronger = terms.or_((stronger, cases.fails[kind]))
        for atom, condition in cases.atoms.items():
            if isinstance(atom, Node) and atom.op != "int":
                term = (atom, condition)
            else:
                finite[self.decode(type_, atom)] = condition
        finite.update(failed)
        return Encoded({key: node for key, node in finite.items() if node is not terms.false}, term)

    def decode(self, type_: Type, atom: Any) -> Value:
        """An atom as a value of the language."""
        number = atom.args[0] if isinstance(atom, Node) else atom
        if isinstance(number, bool) or not isinstance(number, int):
            value: Value = number
            return value
        if type_.base == "day":
            return date.fromordinal(number)
        if type_.base == "text":
            texts = self.symbols.texts
            return texts[number] if number < len(texts) else f"?{number - len(texts)}"
        return number

    def assumptions(self) -> dict[str, list[Node]]:
        """Each assumption's conditions."""
        if self._assumptions is None:
            self._assumptions = {a.name: self.constrainer.assumption(a) for a in self.pack.assumptions}
        return self._assumptions

    def constraints(self) -> list[Node]:
        """What every completion satisfies."""
        if self._constraints is None:
            stated = [node for nodes in self.assumptions().values() for node in nodes]
            self._constraints = [*self.symbols.constraints, *stated]
        return self._constraints

    def spoken(self) -> list[tuple[Node, set[Node]]]:
        """The constraints that speak of any variable, each with those it speaks of."""
        if self._speaks is None:
            self._speaks = [(node, speaks) for node in self.constraints() if (speaks := support([node]))]
        return self._speaks

    def lawful(self, choices: Iterable[str]) -> Node:
        """The condition under which these discretions are used lawfully."""
        return self.terms.and_(node for name in sorted(choices) for node in self.constrainer.lawful_choice(name))

    def vector(self, readings: Mapping[str, str]) -> dict[Node, Node]:
        """The variables of readings, fixed to these options (for `restrict`, and for `literals`)."""
        key = tuple(readings.items())
        if key not in self._vectors:
            self._vectors[key] = self._fixed(readings)
        return self._vectors[key]

    def _fixed(self, readings: Mapping[str, str]) -> dict[Node, Node]:
        fixed: dict[Node, Node] = {}
        for name, option in readings.items():
            for atom, condition in self.symbols.readings[name].atoms.items():
                truth = self.terms.const(atom == option)
                if condition.op == "not":
                    fixed[condition.args[0]] = self.terms.not_(truth)
                elif condition.op == "var":
                    fixed[condition] = truth
        return fixed

    def literals(self, vector: Mapping[Node, Node]) -> list[Node]:
        return [var if truth is self.terms.true else self.terms.not_(var) for var, truth in vector.items()]

    def restrict(self, encoded: Encoded, vector: Mapping[Node, Node], memo: dict[Node, Node]) -> Encoded:
        """The same outcomes under fixed readings."""
        finite = {key: self.terms.restrict(node, vector, memo) for key, node in encoded.finite.items()}
        finite = {key: node for key, node in finite.items() if node is not self.terms.false}
        if encoded.term is None:
            return Encoded(finite)
        term, condition = (self.terms.restrict(node, vector, memo) for node in encoded.term)
        return Encoded(finite, None if condition is self.terms.false else (term, condition))

    # -- what the solver says

    @property
    def queries(self) -> int:
        return self._queries_before + sum(world.queries for world in self._worlds.values())

    def release(self) -> None:
        """Gives the solvers' memory back at once: it is large, and lies outside what the garbage collector counts."""
        self._queries_before = self.queries
        self._worlds.clear()

    def satisfy(self, *conditions: Node) -> Assignment | None:
        """A model of the constraints and these conditions, or None. Raises `NotShown`."""
        return self.world({}).satisfy(*conditions)

    def world(self, vector: Mapping[Node, Node]) -> World:
        """The constraints with these variables fixed."""
        key = frozenset(vector.items())
        if key not in self._worlds:
            memo: dict[Node, Node] = {}
            self._worlds[key] = World(self, vector, [self.terms.restrict(n, vector, memo) for n in self.constraints()], bits=True)
        self._worlds[key] = self._worlds.pop(key)  # the one used last goes last
        return self._worlds[key]

    @property
    def worlds(self) -> list[World]:
        """Those asked so far, the one used last at the end."""
        return list(self._worlds.values())

    def plain(self) -> Assignment:
        """Every scalar at its plain value, and no further elements: not always a case."""
        if self._plain is None:
            self._plain = self.filled({})
        return self._plain

    def from_other(self, model: Assignment) -> Assignment:
        """A model of another problem of the same case, in this one's variables. Elements only this one has are not there."""
        terms = self.terms
        return {
            terms.var(node.args[0]) if node.op == "var" else terms.ivar(node.args[0], node.least, node.greatest): value
            for node, value in model.items()
        }

    def filled(self, model: dict[Node, int]) -> Assignment:
        """The model, with the plain value of whatever it does not speak of (and so could be anything)."""
        for free, bits in self.bits:
            spoken = not bits.isdisjoint(model)
            for atom, condition in free.options.items():
                if isinstance(atom, Node) and atom.op == "ivar" and atom not in model:
                    model[atom] = free.plain_number(atom)
                if not spoken and condition.op in ("var", "not"):
                    bit = condition if condition.op == "var" else condition.args[0]
                    model[bit] = int(free.is_plain(atom) == (condition.op == "var"))
        return model

    @property
    def bits(self) -> list[tuple[Free, frozenset[Node]]]:
        """Every free scalar with the variables its options speak of."""
        if self._bits is None:
            self._bits = [(free, frozenset(support(free.options.values()))) for free in self.symbols.free.values()]
        return self._bits

    @cached_property
    def days(self) -> frozenset[Node]:
        """The variables that stand for days."""
        free = self.symbols.free.values()
        return frozenset(atom for one in free if one.type.base == "day" for atom in one.options
                         if isinstance(atom, Node) and atom.op == "ivar")  # fmt: skip

    def possible(self) -> bool:
        """Whether any completion of the facts satisfies the assumptions."""
        conditions = [node for nodes in self.assumptions().values() for node in nodes if node is not self.terms.true]
        if not conditions:
            return True  # what binds the symbols themselves can always be met
        if any(node is self.terms.false for node in conditions):
            return False
        return self.world({}).possible()

    def same(self, encoded: Encoded, known: list[Found], vector: Mapping[Node, Node], lawful: Node) -> bool:
        """Whether the outcomes under these readings are those known (a span by its ends), without searching for others."""
        literals = (lawful, *self.literals(vector))
        world = self.world({})
        wanted = {found.outcome for found in known if not isinstance(found.outcome, Span)}
        spans = [found.outcome for found in known if isinstance(found.outcome, Span)]
        for outcome, condition in encoded.finite.items():
            if world.possible(condition, *literals) != (outcome in wanted):
                return False
        if encoded.term is None or len(spans) != 1:
            return encoded.term is None and not spans
        term, condition = encoded.term
        least, greatest = (self.terms.number(_number(end)) for end in (spans[0].least, spans[0].greatest))
        outside = self.terms.or_((self.terms.lt(term, least), self.terms.lt(greatest, term)))
        reached = (self.terms.eq(term, least), self.terms.eq(term, greatest))
        return (
            all(world.possible(condition, end, *literals) for end in reached)
            and not world.possible(condition, outside, *literals)
        )

    def outcomes(self, encoded: Encoded, type_: Type, vector: Mapping[Node, Node], lawful: Node) -> list[Found]:
        """Every outcome that occurs under these readings and lawful choices, to completeness. Raises `NotShown`."""
        only = self.single(encoded, type_)
        if only is not None and lawful is self.terms.true:
            return [Found(only, None)]
        return Searched(self, encoded, self.world(vector), lawful).found(type_)

    def each_outcome(self, encoded: Encoded, type_: Type, lawful: Node) -> Iterator[Found]:
        """The outcomes that occur under lawful choices, one after the other, as the solver comes upon them. Raises `NotShown`."""
        only = self.single(encoded, type_)
        if only is not None and lawful is self.terms.true:
            yield Found(only, None)
        else:
            yield from Searched(self, encoded, self.world({}), lawful).each(type_)

    def single(self, encoded: Encoded, type_: Type) -> Value | FailureKind | None:
        """The one outcome, where folding has left one."""
        if len(encoded.finite) == 1 and encoded.term is None:
            return next(iter(encoded.finite))
        if not encoded.finite and encoded.term is not None and encoded.term[0].op == "int":
            return self.decode(type_, encoded.term[0])
        return None

    def extreme(
        self,
        term: Node,
        conditions: Iterable[Node],
        *,
        least: bool,
        world: World | None = None,
        likely: Assignment | None = None,
    ) -> tuple[int, Assignment]:
        """The least (greatest) value of a term under satisfiable conditions, and a model for it: what is seen from a model
        (`likely`, where one is known), then whether anything lies beyond; by halving where that goes on."""
        world = world or self.world({})
        conditions = tuple(conditions)
        start = likely or world.satisfy(*conditions)
        if start is None:
            raise ValueError("the conditions cannot hold")
        climb = Climb(term, [*world.everything, *conditions], self.days)
        best, model = climb.farthest(start, least=least)
        bound = term.least if least else term.greatest
        steps = 0
        while best != bound:
            middle = _between(best, bound) if steps > MOST_STEPS else best + (-1 if least else 1)
            edge = self.terms.number(middle)
            closer = self.terms.le(term, edge) if least else self.terms.le(edge, term)
            better = world.satisfy(*conditions, closer)
            if better is None:
                bound = middle + 1 if least else middle - 1
                continue
            best, model = climb.farthest(better, least=least)
            steps += 1
        return best, model

    def valuation(self, node: Node, model: Assignment) -> int:
        """A value under a model (1 or 0 for a condition). Variables it does not speak of take their least value (false)."""
        return Valued(model).of(node)

    # -- completions

    def complete(self, model: Assignment | None, readings: Mapping[str, str]) -> Completion:
        """The complete case a model describes; what it does not speak of takes its plain value."""
        assignment = model or {}
        values = {name: free.value(assignment, self._decoded) for name, free in self.symbols.free.items()}
        full = {
            name: self.case.readings.get(name) or readings.get(name) or str(values[f"readings {name}"])
            for name in self.pack.readings
        }
        chosen = {
            name: made.value if (made := self.case.choices.get(name)) else values[f"discretion {name}"]
            for name in self.pack.discretions
        }
        return Completion(self._facts(assignment, values), full, chosen)

    def _decoded(self, type_: Type, number: int) -> Value:
        return self.decode(type_, self.terms.number(number))

    def _facts(self, assignment: Assignment, values: Mapping[str, Value]) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for name, spec in self.pack.facts.items():
            stated = self.case.facts[name]
            if spec.type is not None:
                facts[name] = self._scalar(name, spec.type, stated, values)
            elif (stated is UNKNOWN and not self._exists(name, assignment)) or stated is NONE:
                facts[name] = NONE
            else:
                facts[name] = self._entry(name, spec.record, {} if stated is UNKNOWN else stated, values)
        for name, collection in self.pack.collections.items():
            listing = self.case.facts[name]
            slots = self.symbols.collections[name]
            elements, labels = [], []
            for index, slot in enumerate(slots):
                if slot.known:
                    elements.append(self._entry(slot.label, collection.fields, listing.elements[index], values))
                    labels.append(slot.label)
                elif self._exists(slot.label, assignment):
                    elements.append(self._entry(slot.label, collection.fields, {}, values))
                    labels.append(f"{name}[{len(labels)}]")
            facts[name] = Listing(tuple(elements), complete=True, labels=tuple(labels))
        return facts

    def _exists(self, label: str, assignment: Assignment) -> bool:
        if label not in self.symbols.presence:
            return True
        return bool(assignment.get(self.symbols.presence[label][1], 0))

    def _entry(self, path: str, specs: tuple[FactSpec, ...], stated: Entry, values: Mapping[str, Value]) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        for spec in specs:
            entry[spec.name] = self._scalar(f"{path}.{spec.name}", spec.type, stated.get(spec.name, UNKNOWN), values)
        return entry

    def _scalar(self, path: str, type_: Type | None, stated: Any, values: Mapping[str, Value]) -> Any:
        """A value, or a table with a value for each of its entries."""
        if type_ is None or not type_.keyed_by:
            return values.get(path, stated)
        table = {} if stated is UNKNOWN else stated
        return {
            key: values.get(f"{path}.{key}", table.get(key, UNKNOWN)) for key in self.pack.enumerations[type_.keyed_by].names
        }

    # -- symbols

    def elements(self, collection: str) -> list[tuple[str, ElementRef]]:
        """The elements the case states, by label."""
        slots = self.symbols.collections[collection]
        return [(slot.label, ElementRef(collection, index)) for index, slot in enumerate(slots) if slot.known]

    def openings(self) -> list[tuple[str, Node, list[Free]]]:
        """Of each list that may hold more, its first further element, and each record that may be: the symbol it belongs to, the
        condition that it is there, and its fields."""
        first: dict[str, str] = {}
        for label, (symbol, _) in self.symbols.presence.items():
            first.setdefault(symbol, label)
        return [
            (f"facts {symbol}", self.symbols.presence[label][1],
             [free for path, free in self.symbols.free.items() if path.startswith(f"{label}.")])
            for symbol, label in first.items()
        ]  # fmt: skip

    def free(self) -> dict[str, list[Free]]:
        """Every free symbol, in the pack's order; an unknown list or record is one."""
        groups: dict[str, list[Free]] = {}
        for free in self.symbols.free.values():
            groups.setdefault(f"{free.kind} {free.symbol}", []).append(free)
        for symbol, _ in self.symbols.presence.values():
            groups.setdefault(f"facts {symbol}", [])
        return groups

    def variables(self) -> Mapping[str, list[Node]]:
        """The variables of each free symbol (`<kind> <symbol>`)."""
        if self._variables is None:
            self._variables = self._by_symbol()
        return self._variables

    def names(self) -> frozenset[Node]:
        """The variables that stand for unknown names."""
        texts = (free for free in self.symbols.free.values() if free.type.base == "text")
        return frozenset(atom for free in texts for atom in free.options if isinstance(atom, Node))

    def spoken_by_assumptions(self) -> frozenset[Node]:
        """The variables that the assumptions speak of."""
        if self._spoken is None:
            self._spoken = frozenset(support(node for nodes in self.assumptions().values() for node in nodes))
        return self._spoken

    def _by_symbol(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for key, frees in self.free().items():
            nodes: list[Node] = []
            for free in frees:
                nodes.extend(support(node for pair in free.options.items() for node in pair if isinstance(node, Node)))
            found[key] = nodes
        for symbol, condition in self.symbols.presence.values():
            found[f"facts {symbol}"].extend(support([condition]))
        return {key: sorted(set(nodes), key=lambda node: node.index) for key, nodes in found.items()}


def _between(best: int, bound: int) -> int:
    """Half way from the best value known to what it cannot be beyond, nearer to that."""
    return (best + bound) // 2 if bound < best else -((-best - bound) // 2)


def _number(value: Value) -> int:
    """A day's ordinal, or the number itself."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int):
        return value
    raise TypeError(f"{value!r} is neither a day nor a number")
