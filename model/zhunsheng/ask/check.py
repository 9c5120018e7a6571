"""Where a pack contradicts itself, where it is silent, what in it never matters: over all cases, by general means only."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.answers import all_asked
from zhunsheng.ask.explain import written
from zhunsheng.ask.findings import Checked, Finding, Kind
from zhunsheng.ask.prove import Proof, prove
from zhunsheng.ask.replay import for_reference, refuse_broken
from zhunsheng.ask.unused import static_findings
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.evaluate import Element, Run
from zhunsheng.evaluate.derivation import Derivation
from zhunsheng.lang import expr as e
from zhunsheng.lang.bound import Bound, Goal, Use, bound
from zhunsheng.lang.case import Case, ChoiceMade, Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import Failed, Failure, FailureKind, strongest
from zhunsheng.lang.pack import CollectionSpec, Definition, Note, Pack, ReadingSpec, Rule
from zhunsheng.lang.theorem import Theorem, Touched, Verdict
from zhunsheng.lang.types import YES_NO, Text, Type, Value
from zhunsheng.lang.unparse import unparse
from zhunsheng.solve.cases import ElementRef
from zhunsheng.solve.formula import Node
from zhunsheng.solve.local import Anywhere, Local
from zhunsheng.solve.problem import Completion

ASSUMPTIONS = "assumptions"
MOST_SLOTS = 60
"""Where more elements than this would have to be looked at, a question is left open and listed as such."""
MOST_KEPT = 12
"""How many problems are kept for further questions."""
SMALL = (0, 1, 2)
"""How many further elements of each list are looked at first, before as many as can matter."""
Progress = Callable[[str, int, int], None]
Condition = Callable[[Local], Node]
"""What is looked for in a definition."""


def check(
    pack: Pack,
    theorems: Sequence[Theorem] = (),
    *,
    under: str = "default",
    ignore_records: bool = False,
    progress: Progress | None = None,
    workers: int = 1,
) -> Checked:
    """Every finding of a pack. `under`: the readings gaps, conflicts and priorities are looked for under (`default`, `each`
    change of one, `all`); what says *never* is looked at under all of them in any case."""
    parts = _parts(pack, under, progress, workers)
    proofs = prove(pack, theorems, progress=progress, workers=workers)
    everything = [*static_findings(pack, theorems), *(each for part in parts for each in part.findings), *_hopes(proofs)]
    findings = {finding.key: finding for finding in reversed(everything)}  # of one thing seen through several answers, the first
    records = {} if ignore_records else _records(pack)
    asked: dict[Kind, int] = {}
    for part in parts:
        for kind, number in part.asked.items():
            asked[kind] = asked.get(kind, 0) + number
    return Checked(
        tuple(replace(found, recorded=records.get(found.key, found.recorded)) for found in reversed(findings.values())),
        tuple((owner, key) for key, owner in records.items() if key not in findings),
        tuple(each for part in parts for each in part.not_shown),
        asked,
        proofs,
    )


@dataclass(frozen=True)
class _Part:
    """What one definition or reading gave."""

    findings: tuple[Finding, ...]
    not_shown: tuple[tuple[str, str], ...]
    asked: Mapping[Kind, int]


_checking: list[Checking] = []


def _parts(pack: Pack, under: str, progress: Progress | None, workers: int) -> list[_Part]:
    """Every part of the pack, looked at on so many processors."""
    checking = Checking(pack, under)
    names = checking.parts()
    _checking[:] = [checking]
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [_told(_part(name), name, number, len(names), progress) for number, name in enumerate(names)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        found = pool.map(_part, names, chunksize=4)
        pairs = enumerate(zip(names, found, strict=True))
        return [_told(part, name, number, len(names), progress) for number, (name, part) in pairs]


def _part(name: str) -> _Part:
    return _checking[0].part(name)


def _told(part: _Part, name: str, number: int, total: int, progress: Progress | None) -> _Part:
    if progress:
        progress(name, number, total)
    return part


def _records(pack: Pack) -> dict[str, str]:
    """Each recorded finding's key with the reading or note that owns it."""
    owners: list[ReadingSpec | Note] = [*pack.readings.values(), *pack.notes.values()]
    return {key: owner.name for owner in owners for key in owner.findings}


def _hopes(proofs: Sequence[Proof]) -> Iterator[Finding]:
    """What one might take for granted and does not hold."""
    for proof in proofs:
        if proof.verdict is Verdict.REFUTED and proof.counterexample is not None:
            theorem = proof.theorem
            key = " ".join(["hope", theorem.name, *(f"{name}={option}" for name, option in proof.variant.readings.items())])
            yield Finding(
                Kind.HOPE, key, theorem.provisions, theorem.name, readings=proof.variant.readings,
                case=proof.counterexample.before,
            )  # fmt: skip


@dataclass
class Checking:
    """One pass over a pack's definitions, readings and discretions."""

    pack: Pack
    under: str
    not_shown: list[tuple[str, str]] = field(default_factory=list)
    asked: dict[Kind, int] = field(default_factory=dict)
    _anywhere: dict[tuple[Any, ...], Anywhere] = field(default_factory=dict)
    _bounds: dict[tuple[Any, ...], Bound] = field(default_factory=dict)
    _locals: dict[tuple[Any, ...], Local] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)
        self.defaults = {n: spec.default for n, spec in self.pack.readings.items() if spec.default is not None}
        self.everything = frozenset(assumption.name for assumption in self.pack.assumptions)
        self.costly = self._demanding()
        self.always_read = self.cones.exprs(assumption.that for assumption in self.pack.assumptions).readings

    def parts(self) -> list[str]:
        """What is looked at one by one, in the order of the pack: the assumptions, each definition, each reading."""
        return [ASSUMPTIONS, *self.pack.definitions, *(f"reading {name}" for name in self.pack.readings)]

    def part(self, name: str) -> _Part:
        """What is found in one part."""
        self.not_shown, self.asked = [], {}
        if name == ASSUMPTIONS:
            found = self._impossible()
        elif name in self.pack.definitions:
            found = self._definition(self.pack.definitions[name])
        else:
            found = self._reading(name.removeprefix("reading "))
        findings = tuple(self._guarded(name.removeprefix("reading "), found))
        return _Part(findings, tuple(self.not_shown), self.asked)

    def _guarded(self, subject: str, found: Iterator[Finding]) -> Iterator[Finding]:
        while True:
            try:
                yield next(found)
            except StopIteration:
                return
            except NotShown as reason:
                self.not_shown.append((subject, str(reason)))
                return

    # -- cases of any size

    def _demanding(self) -> frozenset[str]:
        """The assumptions that call for elements of their own."""
        stated = dict.fromkeys(self.pack.collections, 1)
        return frozenset(
            assumption.name
            for assumption in self.pack.assumptions
            if any(bound(self.pack, self._assumed(frozenset({assumption.name})), stated, frozenset()).slots.values())
        )

    def _assumed(self, assumed: frozenset[str]) -> list[Goal]:
        goals = []
        for assumption in self.pack.assumptions:
            if assumption.name in assumed:
                variables = tuple((name, Type(self.pack.collections[c].element)) for name, c in assumption.each)
                goals.append(Goal(e.Not(e.Not(assumption.that, YES_NO), YES_NO), Use.TRUE, variables))
        return goals

    def _named(self, definition: Definition) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for name, type_ in definition.parameters:
            collection = self.pack.element_of(type_.base)
            if collection is not None:
                named.setdefault(collection.name, []).append(name)
        return named

    def _bound(
        self, definition: Definition, readings: Mapping[str, str], assumed: frozenset[str], touched: Touched | None = None
    ) -> Bound:
        key = (definition.name, tuple(readings.items()), assumed, touched)
        if key not in self._bounds:
            self._bounds[key] = self._bounded(definition, readings, assumed, touched)
        return self._bounds[key]

    def _bounded(
        self, definition: Definition, readings: Mapping[str, str], assumed: frozenset[str], touched: Touched | None
    ) -> Bound:
        args = tuple(e.Var(name, type_) for name, type_ in definition.parameters)
        call = e.Call(definition.name, args, definition.type)
        names = tuple(name for name, _ in definition.parameters)
        sides = [e.At(side, call, call.type) for side in ("before", "after")] if touched else [call]
        goals = [Goal(side, constants=names) for side in sides]
        stated = {name: len(labels) for name, labels in self._named(definition).items()}
        stated = {**dict.fromkeys(self.pack.collections, 0), **stated}
        return bound(self.pack, [*goals, *self._assumed(assumed)], stated, frozenset(), readings, touched)

    def _local(
        self, definition: Definition, slots: Mapping[str, int], assumed: frozenset[str], readings: Mapping[str, str]
    ) -> Local:
        named = self._named(definition)
        shape = tuple((name, len(labels)) for name, labels in named.items())
        consulted = self.cones.definition(definition.name).readings | self.always_read
        fixed = {name: option for name, option in readings.items() if name in consulted}
        key = (shape, tuple((name, number) for name, number in slots.items() if number), assumed, tuple(fixed.items()))
        if key not in self._anywhere:
            if len(self._anywhere) >= MOST_KEPT:
                self._anywhere.clear()
                self._locals.clear()
            blanks = {name: [f"+{index}" for index in range(number)] for name, number in shape}
            self._anywhere[key] = Anywhere(self.pack, blanks, dict(slots), assumed, fixed)
        if (key, definition.name) not in self._locals:
            self._locals[key, definition.name] = self._anywhere[key].local(definition)
        return self._locals[key, definition.name]

    def _some(
        self,
        kind: Kind,
        definition: Definition,
        condition: Condition,
        readings: Mapping[str, str],
        touched: Touched | None = None,
    ) -> _Met | None:
        """The simplest case in which a condition on a definition is met; None where no case of whatever size meets it.

        Small cases first; then cases as large as can matter, without the assumptions that call for elements of their own;
        and with them only where some case is left. Raises `NotShown`."""
        self.asked[kind] = self.asked.get(kind, 0) + 1
        plain = kind not in (Kind.DEAD, Kind.IDLE, Kind.NOBODY)  # of these only that there is a case is told, not which
        lists = self.cones.definition(definition.name).collections
        whole = self._bound(definition, readings, self.everything, touched)
        tried = []
        for few in SMALL:
            slots = {name: few if whole.outside else min(number, few) for name, number in whole.slots.items() if name in lists}
            if slots not in tried:
                tried.append(slots)
                met = self._met(self._local(definition, slots, self.everything, readings), condition, plain=plain)
                if met is not None:
                    return met
        if whole.outside:
            raise NotShown(f"{whole.outside}; no case with {SMALL[-1]} elements of each list")
        lean = self._bound(definition, readings, self.everything - self.costly, touched)
        if sum(lean.slots.values()) > MOST_SLOTS:
            seen = f"no case with up to {SMALL[-1]} further elements of each list"
            raise NotShown(f"{seen}; {sum(lean.slots.values())} elements would have to be looked at to exclude it")
        if {name: number for name, number in lean.slots.items() if number} not in [_positive(each) for each in tried]:
            local = self._local(definition, lean.slots, self.everything - self.costly, readings)
            if local.satisfy(*self._conditions_of(local, condition)) is None:
                return None
            return self._met(self._local(definition, whole.slots, self.everything, readings), condition, plain=plain)
        return None

    def _met(self, local: Local, condition: Condition, *, plain: bool) -> _Met | None:
        conditions = self._conditions_of(local, condition)
        model = local.satisfy(*conditions)
        if model is None:
            return None
        if plain:
            model = local.simplest(model, *conditions)
        completion, args = local.shown(model)
        run = Run(self.pack, completion.facts, completion.readings, completion.choices)
        refuse_broken(self.pack, run, local.definition.name)
        values = tuple(Element(v.collection, v.index) if isinstance(v, ElementRef) else v for v in args.values())
        return _Met(completion, run, dict(zip(args, values, strict=True)))

    def _conditions_of(self, local: Local, condition: Condition) -> tuple[Node, ...]:
        return (condition(local), local.lawful(self.cones.definition(local.definition.name).choices))

    def _never_met(self, kind: Kind, definition: Definition, condition: Condition) -> bool:
        """Whether no case meets a condition under any readings. The usual readings are looked at first."""
        usual = self._some(kind, definition, condition, self.defaults)
        return usual is None and self._some(kind, definition, condition, {}) is None

    # -- what is found

    def _vectors(self, definition: Definition) -> Iterator[dict[str, str]]:
        """The readings that gaps, conflicts and priorities are looked for under."""
        if self.under == "all":
            yield {}
            return
        yield dict(self.defaults)
        if self.under == "each":
            for name in sorted(self.cones.definition(definition.name).readings & self.defaults.keys()):
                for option in self.pack.readings[name].options:
                    if option.name != self.defaults[name]:
                        yield {**self.defaults, name: option.name}

    def _first(self, kind: Kind, definition: Definition, condition: Condition) -> _Met | None:
        return next((met for v in self._vectors(definition) if (met := self._some(kind, definition, condition, v))), None)

    def _definition(self, definition: Definition) -> Iterator[Finding]:
        """Everything about one definition on its own."""
        public = definition.name in self.pack.answers or definition.name.startswith("duty ")
        if public:
            yield from self._failures(definition)
        yield from self._priorities(definition)
        for rule in definition.rules:
            if self._never_met(Kind.DEAD, definition, _holds(rule.name)):
                yield self._never(Kind.DEAD, definition, rule, ())
                continue
            if self._never_met(Kind.IDLE, definition, _missed(rule.name)):
                yield self._never(Kind.IDLE, definition, rule, ())
            yield from self._conditions(definition, rule)
        if definition.name in self.pack.answers:
            yield from self._nobody(definition)

    def _failures(self, definition: Definition) -> Iterator[Finding]:
        """Where an answer, or whether or when a duty is owed, comes to a gap or a conflict; of which definition, the reference
        meaning tells."""
        for kind, failing in ((Kind.GAP, FailureKind.GAP), (Kind.CONFLICT, FailureKind.CONFLICT)):

            def fails(local: Local, failing: FailureKind = failing) -> Node:
                return local.encoded.finite.get(failing, local.terms.false)

            met = self._first(kind, definition, fails)
            if met is None:
                continue
            outcome = met.run.definition(definition.name, tuple(met.args.values()))
            if not isinstance(outcome, Failed) or strongest(outcome) is not failing:
                raise Disagreement(f"{definition.name}: the solver shows a {kind.value}, the reference meaning {outcome}")
            for failure in sorted(outcome.failures):
                if failure.kind is failing:
                    yield self._failed(kind, definition, failure, met)

    def _failed(self, kind: Kind, definition: Definition, failure: Failure, met: _Met) -> Finding:
        """The finding belongs to the definition in which the failure arises."""
        derivation = met.run.derivation(definition.name, tuple(met.args.values()))
        at = self.pack.definitions[_source(derivation, failure).definition]
        rules = tuple(failure.detail.split(" | ")) if failure.name == at.name and failure.detail else ()
        provisions = _provisions(*(rule for rule in at.rules if rule.name in rules)) or (at.provision,)
        finding = self._finding(kind, definition, rules, met, provisions)
        key = " ".join([kind.value, at.name.replace(" ", "-"), *rules])
        return replace(finding, key=key, subject=at.name, arguments={}, answer=self._key(met, definition))

    def _priorities(self, definition: Definition) -> Iterator[Finding]:
        for rule in definition.rules:
            for under in rule.overrides:

                def decides(local: Local, over: str = rule.name, under: str = under) -> Node:
                    return local.prevails(over, under)

                met = self._first(Kind.PRIORITY, definition, decides)
                if met is not None:
                    lower = definition.rule(under)
                    yield self._finding(Kind.PRIORITY, definition, (rule.name, under), met, _provisions(rule, lower))

    def _conditions(self, definition: Definition, rule: Rule) -> Iterator[Finding]:
        """The alternatives of a rule's condition that no case reaches."""
        whole = rule.when.parts if isinstance(rule.when, e.And) else (rule.when,)
        for part in (part for either in whole if isinstance(either, e.Or) for part in either.parts):

            def reached(local: Local, part: e.Expr = part) -> Node:
                return local.true(part)

            if self._never_met(Kind.DEAD, definition, reached):
                yield self._never(Kind.DEAD, definition, rule, (unparse(part),))

    def _nobody(self, definition: Definition) -> Iterator[Finding]:
        enumeration = self.pack.enumerations.get(definition.type.base)
        for value in (value for value in enumeration.values if not value.answer_only) if enumeration else ():

            def comes_out(local: Local, value: str = value.name) -> Node:
                return local.encoded.finite.get(value, local.terms.false)

            if self._never_met(Kind.NOBODY, definition, comes_out):
                key = f"nobody {definition.name} {value.name}"
                yield Finding(Kind.NOBODY, key, (definition.provision,), definition.name, (value.name,))

    def _impossible(self) -> Iterator[Finding]:
        slots = dict.fromkeys(self.pack.collections, SMALL[0])
        if Anywhere(self.pack, {}, slots, self.everything, {}).world.satisfy() is None:
            provisions = tuple(dict.fromkeys(a.provision for a in self.pack.assumptions))
            names = tuple(assumption.name for assumption in self.pack.assumptions)
            yield Finding(Kind.IMPOSSIBLE, "impossible", provisions, "assumptions", names)

    # -- readings

    def _reading(self, name: str) -> Iterator[Finding]:
        """Whether any case tells the options of a reading apart, and the simplest that does."""
        spec = self.pack.readings[name]
        usual = spec.default or spec.options[0].name
        rest = {key: value for key, value in self.defaults.items() if key != name}
        for option in (option.name for option in spec.options if option.name != usual):
            found = self._told_apart(name, usual, option, rest) or self._told_apart(name, usual, option, {})
            yield found or Finding(Kind.SAME, f"same {name} {option}", spec.provisions, name, (usual, option))

    def _told_apart(self, name: str, usual: str, option: str, rest: Mapping[str, str]) -> Finding | None:
        """The first answer, or failing that the first definition, that comes to something else under another option."""
        spec = self.pack.readings[name]
        for definition in [self.pack.definitions[a] for a in self.pack.answers] + [*self.pack.definitions.values()]:
            if name not in self.cones.definition(definition.name).readings:
                continue

            def differs(local: Local) -> Node:
                return local.told_apart({name: usual}, {name: option}, self.cones.definition(local.definition.name).choices)

            met = self._some(Kind.MATTERS, definition, differs, rest, Touched(readings=frozenset({name})))
            if met is not None:
                outcomes = tuple(self._under(met, definition, {name: each}) for each in (usual, option))
                if outcomes[0] == outcomes[1]:
                    raise Disagreement(f"{name}: the solver tells its options apart where the reference meaning does not")
                finding = self._finding(Kind.MATTERS, definition, (usual, option), met, spec.provisions)
                key = f"matters {name} {option}"
                shown = tuple(self._written(definition, outcome) for outcome in outcomes)
                return replace(finding, key=key, subject=name, answer=self._key(met, definition), outcomes=shown)
        return None

    def _under(self, met: _Met, definition: Definition, readings: Mapping[str, str]) -> Value | FailureKind:
        taken = {**met.completion.readings, **readings}
        run = Run(self.pack, met.completion.facts, taken, met.completion.choices)
        return strongest(run.definition(definition.name, tuple(met.args.values())))

    def _written(self, definition: Definition, outcome: Value | FailureKind) -> str:
        return outcome.word if isinstance(outcome, FailureKind) else written(self.pack, definition.type, outcome)

    # -- findings

    def _finding(
        self, kind: Kind, definition: Definition, parts: tuple[str, ...], met: _Met, provisions: tuple[str, ...]
    ) -> Finding:
        key = " ".join([kind.value, definition.name.replace(" ", "-"), *parts])
        readings = {n: o for n, o in met.completion.readings.items() if n in self.defaults and o != self.defaults[n]}
        consulted = self.cones.definition(definition.name).readings
        return Finding(
            kind, key, tuple(dict.fromkeys(provisions)), definition.name, parts,
            arguments={name: _path(value) for name, value in met.args.items()},
            answer=self._answer(met, definition),
            readings={name: option for name, option in readings.items() if name in consulted},
            case=self._case(met, definition),
        )  # fmt: skip

    def _never(self, kind: Kind, definition: Definition, rule: Rule, condition: tuple[str, ...]) -> Finding:
        key = " ".join([kind.value, definition.name.replace(" ", "-"), rule.name, *condition])
        return Finding(kind, key, (rule.provision,), definition.name, (rule.name, *condition))

    def _answer(self, met: _Met, definition: Definition) -> str:
        """The first public answer of the case in whose derivation the definition at these arguments stands."""
        wanted = (definition.name, tuple(met.args.values()))
        for asked in all_asked(self.pack, self._case(met, definition)):
            derivation = met.run.derivation(asked.definition, for_reference(asked.args))
            if any((step.definition, step.args) == wanted for step in derivation.steps()):
                return asked.key
        return ""

    def _key(self, met: _Met, definition: Definition) -> str:
        args = tuple(met.args.values())
        for asked in all_asked(self.pack, self._case(met, definition)):
            if (asked.definition, for_reference(asked.args)) == (definition.name, args):
                return asked.key
        return ""

    def _case(self, met: _Met, definition: Definition) -> Case:
        facts = {
            name: replace(value, labels=_labels(self.pack.collections[name], value)) if isinstance(value, Listing) else value
            for name, value in met.completion.facts.items()
        }
        touched = met.run.touched(definition.name, tuple(met.args.values())).choices
        made = {name: ChoiceMade(met.completion.choices[name]) for name in sorted(touched)}
        return Case(Text("", ""), self.pack.name, facts, dict(met.completion.readings), made, None)


@dataclass(frozen=True)
class _Met:
    """A case in which a condition on a definition is met, run through the reference meaning, and the arguments there."""

    completion: Completion
    run: Run
    args: Mapping[str, Any]


def _holds(rule: str) -> Condition:
    return lambda local: local.ruled.holds[rule]


def _missed(rule: str) -> Condition:
    return lambda local: local.differs_without(rule)


def _source(derivation: Derivation, failure: Failure) -> Derivation:
    """The innermost step that fails so."""
    for called in derivation.called:
        if isinstance(called.outcome, Failed) and failure in called.outcome.failures:
            return _source(called, failure)
    return derivation


def _labels(spec: CollectionSpec, listing: Listing) -> tuple[str, ...]:
    """The elements' paths as they will be when the case is read from a file: by name where the list has names."""
    names = [element.get(spec.key) if spec.key else index for index, element in enumerate(listing.elements)]
    return tuple(f"{spec.name}[{name}]" for name in names)


def _path(value: Any) -> Value:
    return f"{value.collection}[{value.index}]" if isinstance(value, Element) else value


def _provisions(*rules: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.provision for rule in rules))


def _positive(slots: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in slots.items() if number}
