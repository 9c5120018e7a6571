"""A pack: a regulation as frozen values, its names resolved and its expressions typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhunsheng.errors import Place
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.timeline import TimelineSpec
from zhunsheng.lang.types import Enumeration, Text, Type, Value


@dataclass(frozen=True)
class FactSpec:
    """A fact, a field of a record, or a field of an element.

    `record` holds the fields of a record fact; `type` is None for it. `left_out` is what leaving it out means
    (None: unknown). `among` limits an enumeration, `least` and `greatest` a number.
    """

    name: str
    type: Type | None
    record: tuple[FactSpec, ...] = ()
    may_be_none: bool = False
    ask: Text | None = None
    title: Text | None = None
    changed_by: str = "nobody"
    left_out: Value | None = None
    among: tuple[str, ...] = ()
    least: int | None = None
    greatest: int | None = None
    plain: Value | None = None
    inert: bool = False
    provision: str = ""
    record_form: tuple[tuple[str, str], ...] = ()  # key in case files -> fact: several facts written as one

    def field(self, name: str) -> FactSpec | None:
        return next((spec for spec in self.record if spec.name == name), None)


@dataclass(frozen=True)
class CollectionSpec:
    """A list of elements. `element` names one; `key` is a text field unique in the list."""

    name: str
    element: str
    fields: tuple[FactSpec, ...]
    key: str | None = None
    single: bool = False
    happens_on: str | None = None
    split: tuple[str, str] | None = None  # (field, key in case files): one element for each name listed
    ask: Text | None = None
    title: Text | None = None
    changed_by: str = "nobody"
    provision: str = ""

    def field(self, name: str) -> FactSpec | None:
        return next((spec for spec in self.fields if spec.name == name), None)


@dataclass(frozen=True)
class Assumption:
    """What every case satisfies. `each` names element variables with their collections; with `apart` they are
    different elements of one collection. The sentence says what is wrong where it fails."""

    name: str
    says: Text
    provision: str
    each: tuple[tuple[str, str], ...]
    apart: bool
    that: Expr
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class ParameterSpec:
    name: str
    type: Type
    value: Value
    title: Text
    provision: str
    since: date
    source: Text
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Option:
    name: str
    says: Text
    argument: Text


@dataclass(frozen=True)
class ReadingSpec:
    """An open question of the text. `default` is None where no option may be preferred. `findings`: the keys of findings of a
    check that this question is known to bring about."""

    name: str
    provisions: tuple[str, ...]
    entries: tuple[str, ...]
    question: Text
    default: str | None
    options: tuple[Option, ...]
    case: str
    findings: tuple[str, ...] = ()
    at: Place = field(default=Place(""), compare=False)

    @property
    def type(self) -> Type:
        """A reading is its own enumeration, named `reading <name>`."""
        return Type(f"reading {self.name}")

    @property
    def stand_in(self) -> str:
        """The default, or where none may be preferred the first option: for what has to take one and does not rest on which."""
        return self.options[0].name if self.default is None else self.default

    def option(self, name: str) -> Option:
        return next(option for option in self.options if option.name == name)


@dataclass(frozen=True)
class DiscretionSpec:
    """A choice of an authority among the values of an enumeration (or yes/no). `lawful` speaks of the choice itself.

    `otherwise` is the value where no choice is lawful; without it that is a gap.
    """

    name: str
    type: Type
    title: Text
    provision: str
    who: str
    criterion: Text | None
    lawful: Expr
    otherwise: Expr | None = None
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Note:
    """An ambiguity settled in writing, or something the pack does not model (`kind`: note, not_modelled). `findings`: the keys
    of findings of a check that it explains."""

    name: str
    kind: str
    entries: tuple[str, ...]
    provisions: tuple[str, ...]
    question: Text
    settled: Text
    findings: tuple[str, ...] = ()
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Rule:
    name: str
    when: Expr
    value: Expr
    provision: str
    overrides: tuple[str, ...] = ()
    says: Text | None = None
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Definition:
    """`parameters` in order; for one that belongs to an element, the element first. `better` orders its outcomes."""

    name: str
    parameters: tuple[tuple[str, Type], ...]
    type: Type
    rules: tuple[Rule, ...]
    otherwise: Expr | None
    provision: str
    title: Text | None = None
    better: str = "none"
    at: Place = field(default=Place(""), compare=False)

    def rule(self, name: str) -> Rule:
        return next(rule for rule in self.rules if rule.name == name)


@dataclass(frozen=True)
class Duty:
    """Who must do what, when, by which day. `when` and `by` are the definitions `duty <name> owed` and `duty <name> by`
    (None: the provision sets no day, and `no_deadline` says why)."""

    name: str
    who: str
    what: Text
    provision: str
    when: Expr
    by: Expr | None
    no_deadline: Text | None
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Qualifier:
    """A word of the text that narrows or widens, and what covers it: (kind, name)."""

    word: str
    covered_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Review:
    by: str
    on: date
    fingerprint: str


@dataclass(frozen=True)
class Provision:
    """An article, item, point, subpoint or paragraph, restated. `definitions`, `duties` name what stands under it."""

    ref: str
    chapter: int
    says: Text
    qualifiers: tuple[Qualifier, ...]
    definitions: tuple[str, ...]
    duties: tuple[str, ...]
    not_computed: Text | None
    reviewed: Review | None
    fingerprint: str
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Chapter:
    number: int
    title: Text


@dataclass(frozen=True)
class CalendarYear:
    """`off`: days off on Monday–Friday; `work`: Saturdays and Sundays worked."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    source: Text


@dataclass(frozen=True)
class Calendar:
    """Working days by year. A year not listed is not known."""

    name: str
    title: Text
    years: Mapping[int, CalendarYear]


@dataclass(frozen=True)
class Term:
    name: str
    zh: str
    en: str
    provision: str
    identifier: str | None = None


@dataclass(frozen=True)
class Stage:
    """What follows a step, one after another: who acts, under which provision. How long it takes the law may not say."""

    name: str
    title: Text
    who: str
    provision: str


@dataclass(frozen=True)
class Step:
    """What an actor (`who`, as in `changed_by`) can set going on a day of its choosing, which then stands in the fact `acted`.

    `chooses`: facts the actor chooses with it, `sets`: facts that it makes so. On the day, `allowed` must hold, and `only_if`
    without which nobody would take it. When the last of the stages is over, the list `adds` has one element more."""

    name: str
    title: Text
    who: str
    provision: str
    acted: str
    chooses: tuple[str, ...]
    sets: Mapping[str, Expr]
    allowed: Expr
    only_if: Expr | None
    stages: tuple[Stage, ...]
    adds: str
    element: Mapping[str, Expr]
    at: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Pack:
    """The regulation. Mappings keep the order of the files. `digest` is the SHA-256 of `canonical`, its canonical JSON."""

    name: str
    version: str
    title: Text
    authority: Text
    in_force: tuple[date, date | None]
    horizon: tuple[date, date]
    as_of: str
    reference_days: tuple[str, ...]
    answers: tuple[str, ...]
    cautions: tuple[Text, ...]
    enumerations: Mapping[str, Enumeration]
    specials: Mapping[str, tuple[str, Text]]  # identifier -> (written form, title)
    facts: Mapping[str, FactSpec]
    collections: Mapping[str, CollectionSpec]
    assumptions: tuple[Assumption, ...]
    parameters: Mapping[str, ParameterSpec]
    readings: Mapping[str, ReadingSpec]
    discretions: Mapping[str, DiscretionSpec]
    notes: Mapping[str, Note]
    definitions: Mapping[str, Definition]
    duties: Mapping[str, Duty]
    chapters: tuple[Chapter, ...]
    provisions: Mapping[str, Provision]
    calendars: Mapping[str, Calendar]
    terms: Mapping[str, Term]
    digest: str
    canonical: str = field(repr=False, compare=False, default="")
    timeline: TimelineSpec = field(default=TimelineSpec())
    steps: Mapping[str, Step] = field(default_factory=dict)

    def element_of(self, element: str) -> CollectionSpec | None:
        """The collection whose element has this name."""
        return next((spec for spec in self.collections.values() if spec.element == element), None)
