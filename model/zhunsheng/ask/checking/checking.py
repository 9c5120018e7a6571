"""One pass over a pack: what its definitions, its readings and its assumptions are asked, one by one."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.ask.checking.failures import Failures, public
from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.ask.checking.memory import Memory, Notes
from zhunsheng.ask.checking.met_findings import Telling, provisions_of, useless
from zhunsheng.ask.checking.questions import Comes, Differs, Holds, NoChoice, OneHolds, Prevails, Question, ToldApart, seen, under
from zhunsheng.ask.checking.questions import Met as Reached
from zhunsheng.ask.checking.search import Met, Search
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack, ReadingSpec, Rule
from zhunsheng.lang.theorem import Touched
from zhunsheng.lang.unparse import unparse

ASSUMPTIONS = "assumptions"
FAILING = (Kind.GAP, Kind.CONFLICT)


@dataclass(frozen=True)
class Part:
    """What one definition or reading gave, and what is to be remembered of it."""

    findings: tuple[Finding, ...]
    not_shown: tuple[tuple[str, str], ...]
    asked: Mapping[Kind, int]
    new: Notes


@dataclass
class Checking:
    """One pass over a pack's definitions, readings and discretions."""

    pack: Pack
    under: str
    memory: Memory = field(default_factory=Memory)
    kinds: frozenset[Kind] = frozenset(Kind)
    not_shown: list[tuple[str, str]] = field(default_factory=list)
    asked: dict[Kind, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.search = Search(self.pack, self.memory)
        self.cones = self.search.cones
        self.defaults = {n: spec.default for n, spec in self.pack.readings.items() if spec.default is not None}
        self.telling = Telling(self.pack, self.cones, self.defaults)
        self.failures = Failures(self.pack, self.search, self.telling, self._vectors)

    def parts(self) -> list[str]:
        """What is looked at one by one, in the order of the pack: the assumptions, each definition, each reading."""
        readings = [f"reading {name}" for name in self.pack.readings] if self.kinds & {Kind.MATTERS, Kind.SAME} else []
        return [*([ASSUMPTIONS] if Kind.IMPOSSIBLE in self.kinds else []), *self.pack.definitions, *readings]

    def part(self, name: str, *, afresh: bool = True) -> Part:
        """What is found in one part. `afresh`: without the cases that the parts before it met."""
        self.not_shown, self.asked = [], {}
        if afresh:
            self.search.cases_met.clear()
        if name == ASSUMPTIONS:
            found = self._impossible()
        elif name in self.pack.definitions:
            found = self._definition(self.pack.definitions[name])
        else:
            found = self._reading(name.removeprefix("reading "))
        findings = tuple(self._guarded(name.removeprefix("reading "), found))
        return Part(findings, tuple(self.not_shown), self.asked, self.memory.fetch())

    def sources(self, names: Collection[str]) -> list[str]:
        """The definitions besides these in which a gap or conflict may arise, seen from their form, that comes through to one of
        these: an answer, or whether or when a duty is owed."""
        asked = [each for each in self.pack.definitions.values() if each.name in names and public(self.pack, each)]
        consulted = frozenset[str]().union(*(self.cones.definition(each.name).definitions for each in asked))
        kinds = (FailureKind.GAP, FailureKind.CONFLICT)
        return [
            name for name in self.pack.definitions
            if name in consulted - set(names) and any(self.search.arises_by_form(name, kind, self.defaults) for kind in kinds)
        ]  # fmt: skip

    def failing(self, name: str) -> Part:
        """The gaps and conflicts that arise in one definition, and nothing else."""
        self.not_shown, self.asked = [], {}
        definition = self.pack.definitions[name]
        found = tuple(each for kind in FAILING for each in self._guarded(name, self.failures.of(definition, kind)))
        return Part(found, tuple(self.not_shown), self.asked, self.memory.fetch())

    def _guarded(self, subject: str, found: Iterator[Finding]) -> Iterator[Finding]:
        """What is found until the budget ends, if it does; then it is listed as not shown."""
        try:
            yield from found
        except NotShown as reason:
            if (subject, str(reason)) not in self.not_shown:
                self.not_shown.append((subject, str(reason)))

    def _some(self, kind: Kind, definition: Definition, question: Question, readings: Mapping[str, str]) -> Met | None:
        self._count(kind)
        return self.search.some(definition, question, readings)

    def _count(self, kind: Kind, number: int = 1) -> None:
        self.asked[kind] = self.asked.get(kind, 0) + number

    def _never(self, kind: Kind, definition: Definition, question: Question) -> bool:
        """Whether it is so in no case, under any readings; counted among what was asked."""
        self._count(kind)
        return not self.search.ever(definition, question, self.defaults)

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

    def _first(self, kind: Kind, definition: Definition, question: Question) -> Met | None:
        return next((met for v in self._vectors(definition) if (met := self._some(kind, definition, question, v))), None)

    def _definition(self, definition: Definition) -> Iterator[Finding]:
        """Everything about one definition on its own. A question that is not settled keeps no other from being asked."""
        if public(self.pack, definition):
            for kind in self.kinds.intersection(FAILING):
                self._count(kind, sum(1 for _ in self._vectors(definition)))
        questions: list[tuple[Kind, Iterator[Finding]]] = [(kind, self.failures.of(definition, kind)) for kind in FAILING]
        questions.append((Kind.PRIORITY, self._priorities(definition)))
        dead, unsettled = self._never_holding(definition) if self.kinds & {Kind.DEAD, Kind.IDLE} else (frozenset[str](), {})
        for rule in definition.rules:
            questions.append((Kind.DEAD, self._dead(definition, rule, dead, unsettled)))
            if rule.name not in dead and rule.name not in unsettled:
                questions.append((Kind.IDLE, self._idle(definition, rule)))
        questions += [(Kind.NO_CHOICE, self._no_choice(definition, name)) for name in self.pack.discretions]
        if definition.name in self.pack.answers:
            questions.append((Kind.NOBODY, self._nobody(definition)))
        for kind, question in questions:
            if kind in self.kinds:
                yield from self._guarded(definition.name, question)

    def _never_holding(self, definition: Definition) -> tuple[frozenset[str], Mapping[str, NotShown]]:
        """The rules that hold in no case, under any readings; and those of which that is not shown, with the reason."""
        try:
            return self._never_holding_together(definition), {}
        except NotShown:
            dead, unsettled = set[str](), dict[str, NotShown]()
            for rule in definition.rules:
                try:
                    if not self.search.ever(definition, Holds(rule.name), self.defaults):
                        dead.add(rule.name)
                except NotShown as reason:
                    unsettled[rule.name] = reason.kept()
            return frozenset(dead), unsettled

    def _never_holding_together(self, definition: Definition) -> frozenset[str]:
        """What no small case reaches is looked for together, until no case reaches any of the rest."""
        left = [r.name for r in definition.rules if not self.search.seen_among_few(definition, Holds(r.name), self.defaults)]
        while left:
            question = OneHolds(tuple(left)) if len(left) > 1 else Holds(*left)
            met = self.search.some(definition, question, {}, plain=False)
            if met is None:
                break
            left = [name for name in left if not seen(Holds(name), met.run, definition, met.args)]
        return frozenset(left)

    def _dead(
        self, definition: Definition, rule: Rule, dead: frozenset[str], unsettled: Mapping[str, NotShown]
    ) -> Iterator[Finding]:
        """Whether a rule, and each alternative in its condition, is ever reached."""
        self._count(Kind.DEAD)
        if rule.name in unsettled:
            raise unsettled[rule.name]
        if rule.name in dead:
            yield useless(Kind.DEAD, definition, rule, ())
            return
        yield from self._conditions(definition, rule)

    def _idle(self, definition: Definition, rule: Rule) -> Iterator[Finding]:
        """Whether a rule that is reached makes a difference."""
        if self._never(Kind.IDLE, definition, Differs(rule.name)):
            yield useless(Kind.IDLE, definition, rule, ())

    def _no_choice(self, definition: Definition, name: str) -> Iterator[Finding]:
        """Where a rule that applies leaves a choice to an authority and none is lawful; what a discretion says of that itself
        (its `otherwise`) is an answer to it."""
        if self.pack.discretions[name].otherwise is not None:
            return
        for rule in definition.rules:
            if any(isinstance(part, e.Choice) and part.name == name for part in e.walk(rule.value)):
                met = self._first(Kind.NO_CHOICE, definition, NoChoice(rule.name, name))
                if met is not None:
                    finding = self.telling.finding(Kind.NO_CHOICE, definition, (rule.name,), met, (rule.provision,))
                    yield replace(finding, key=f"no_choice {name} {rule.name}", subject=name)

    def _priorities(self, definition: Definition) -> Iterator[Finding]:
        for rule in definition.rules:
            for lower in rule.overrides:
                met = self._first(Kind.PRIORITY, definition, Prevails(rule.name, lower))
                if met is not None:
                    provisions = provisions_of(rule, definition.rule(lower))
                    yield self.telling.finding(Kind.PRIORITY, definition, (rule.name, lower), met, provisions)

    def _conditions(self, definition: Definition, rule: Rule) -> Iterator[Finding]:
        """The alternatives of a rule's condition that no case reaches."""
        whole = rule.when.parts if isinstance(rule.when, e.And) else (rule.when,)
        for part in (part for either in whole if isinstance(either, e.Or) for part in either.parts):
            if self._never(Kind.DEAD, definition, Reached(part)):
                yield useless(Kind.DEAD, definition, rule, (unparse(part),))

    def _nobody(self, definition: Definition) -> Iterator[Finding]:
        enumeration = self.pack.enumerations.get(definition.type.base)
        for value in (value for value in enumeration.values if not value.answer_only) if enumeration else ():
            if self._never(Kind.NOBODY, definition, Comes(value.name)):
                key = f"nobody {definition.name} {value.name}"
                yield Finding(Kind.NOBODY, key, (definition.provision,), definition.name, (value.name,))

    def _impossible(self) -> Iterator[Finding]:
        if not self.search.possible():
            provisions = tuple(dict.fromkeys(a.provision for a in self.pack.assumptions))
            names = tuple(assumption.name for assumption in self.pack.assumptions)
            yield Finding(Kind.IMPOSSIBLE, "impossible", provisions, ASSUMPTIONS, names)

    # -- readings

    def _reading(self, name: str) -> Iterator[Finding]:
        """Whether any case tells the options of a reading apart, and the simplest that does."""
        spec = self.pack.readings[name]
        usual = spec.stand_in
        for option in (option.name for option in spec.options if option.name != usual):
            yield from self._guarded(name, self._options(spec, usual, option))

    def _options(self, spec: ReadingSpec, usual: str, option: str) -> Iterator[Finding]:
        """The first answer, or failing that the first definition, that comes to something else under another option: in a small
        case, or else in any; with the other readings as usual, or else under any. One that is not settled keeps no other from
        being looked at."""
        self._count(Kind.MATTERS)
        rest = {key: value for key, value in self.defaults.items() if key != spec.name}
        names = dict.fromkeys((*self.pack.answers, *self.pack.definitions))
        concerned = [self.pack.definitions[n] for n in names if spec.name in self.cones.definition(n).readings]
        unsettled: NotShown | None = None
        for few, readings, definition in itertools.product((True, False), (rest, {}), concerned):
            try:
                found = self._told_apart(definition, spec, (usual, option), readings, few=few)
            except NotShown as reason:
                unsettled = unsettled or reason.kept()
                continue
            if found is not None:
                yield found
                return
        if unsettled is not None:
            raise unsettled
        yield Finding(Kind.SAME, f"same {spec.name} {option}", spec.provisions, spec.name, (usual, option))

    def _told_apart(
        self, definition: Definition, spec: ReadingSpec, options: tuple[str, str], readings: Mapping[str, str], *, few: bool
    ) -> Finding | None:
        question = ToldApart(spec.name, *options, self.cones.definition(definition.name).choices)
        touched = Touched(readings=frozenset({spec.name}))
        met = self.search.some(definition, question, readings, touched=touched, few=few)
        if met is None:
            return None
        given = tuple(met.args.values())
        outcomes = [under(met.run, definition, given, {spec.name: option}) for option in options]
        finding = self.telling.finding(Kind.MATTERS, definition, options, met, spec.provisions)
        shown = tuple(self.telling.written(definition, outcome) for outcome in outcomes)
        key = f"matters {spec.name} {options[1]}"
        return replace(finding, key=key, subject=spec.name, answer=self.telling.key(met, definition), outcomes=shown)
