"""Reports: what a question comes back with, as data. Nothing here decides or prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from zhunsheng.lang.case import Case
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.outcome import Failure, FailureKind
from zhunsheng.lang.types import Text, Type, Value


class Status(Enum):
    """How an answer stands (docs: the statuses). `UNLAWFUL_CHOICE`: the case states a choice no completion makes lawful."""

    DETERMINED = "determined"
    OPEN = "open"
    GAP = "gap"
    CONFLICT = "conflict"
    NO_DATA = "no_data"
    UNLAWFUL_CHOICE = "unlawful_choice"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class Between:
    """Days or numbers too many to list: the outcomes lie from `least` to `greatest`, both of which occur."""

    least: Value
    greatest: Value


@dataclass(frozen=True)
class Possible:
    """One outcome: a value, a failure kind, or a span. `failures` say what fails where the outcome is a failure.

    `by` are the symbols' values in the witness that tell it from the others, by kind: facts (path -> written value),
    readings, discretion. `witness` is a complete case that shows it.
    """

    outcome: Value | FailureKind | Between
    failures: tuple[Failure, ...] = ()
    by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    witness: Case | None = None


@dataclass(frozen=True)
class DependsOn:
    """A smallest set of unknown facts, open readings and discretions that settles the answer."""

    facts: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    discretion: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.readings or self.discretion)


@dataclass(frozen=True)
class Difference:
    """Changing these readings (an inclusion-minimal change) gives other outcomes."""

    readings: Mapping[str, str]
    status: Status
    outcomes: tuple[Value | FailureKind | Between, ...]


@dataclass(frozen=True)
class Looked:
    """A fact a rule looked at: its path as a person writes it, its value (written form), and where it comes from. `supposed`:
    the case does not state it; it is so in the complete case that shows the outcome."""

    path: str
    value: str
    source: str = ""
    supposed: bool = False


@dataclass(frozen=True)
class Because:
    """A rule that fired, the definition it stands in, on which facts. `rule` is empty for an `otherwise`. `depth` 0 is the
    answer itself."""

    definition: str
    rule: str
    provision: str
    arguments: tuple[str, ...] = ()
    outcome: str = ""
    facts: tuple[Looked, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0


@dataclass(frozen=True)
class Rejected:
    """A rule of the answer's derivation that did not decide: it was `defeated` by a rule, or `lacked` a condition."""

    definition: str
    rule: str
    provision: str
    defeated_by: str = ""
    lacked: Expr | None = None
    facts: tuple[Looked, ...] = ()


@dataclass(frozen=True)
class Matters:
    """For an unknown list the answer depends on: for each field, the values or days at which one more element would change the
    answer."""

    fact: str
    fields: Mapping[str, tuple[Value, ...] | Between] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One answer of a case. `name` is its key (`grade_in_force`, `lines[1号窑].level`, `duties[…]`), `definition` what it asks.

    `firm`: `every` (the same under every combination of readings), `single` (under every single change looked at; larger ones
    were not all tried), `no`, `not_shown` (the budget ended), `not_asked`.
    `depends_at_least`: where the budget ended before it was known what an open answer depends on, what it surely does depend on.
    `assumed`: the readings taken that the answer rests on. `provided`: what the answer assumes about the future.
    """

    name: str
    definition: str
    type: Type
    status: Status
    outcomes: tuple[Possible, ...]
    complete: bool = True
    depends_on: DependsOn = field(default_factory=DependsOn)
    depends_at_least: DependsOn = field(default_factory=DependsOn)
    matters: tuple[Matters, ...] = ()
    firm: str = "every"
    assumed: Mapping[str, str] = field(default_factory=dict)
    differs_under: tuple[Difference, ...] = ()
    because: tuple[Because, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    provided: tuple[Text, ...] = ()
    lawful: tuple[Value, ...] = ()
    why_not_shown: str = ""
    needed_solver: bool = False


@dataclass(frozen=True)
class DutyAnswer:
    """A duty in this case: whether it is owed, and by which day."""

    name: str
    owed: Answer
    by: Answer | None


@dataclass(frozen=True)
class Decision:
    """Every answer of one case."""

    case: Case
    pack_name: str
    pack_digest: str
    answers: tuple[Answer, ...]
    duties: tuple[DutyAnswer, ...]
    warnings: tuple[Text, ...] = ()
    solver: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, name: str) -> Answer:
        return next(answer for answer in self.answers if answer.name == name)


@dataclass(frozen=True)
class Missed:
    """An expectation that did not come true: which key of which answer, what was expected, what came out (as written)."""

    answer: str
    key: str
    expected: str
    got: str


@dataclass(frozen=True)
class ScenarioResult:
    case: Case
    variation: int
    missed: tuple[Missed, ...]


@dataclass(frozen=True)
class TestReport:
    """Every scenario run, in the order of the files."""

    results: tuple[ScenarioResult, ...]
    seconds: float = 0.0


@dataclass(frozen=True)
class Count:
    """One line of a coverage: what is counted, how many are covered out of how many, and those that are not, with the reason if
    one is recorded."""

    what: Text
    covered: int
    total: int
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CoverageReport:
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class ProvisionAccount:
    """What encodes one provision, or why nothing does."""

    ref: str
    definitions: tuple[str, ...]
    duties: tuple[str, ...]
    qualifiers: tuple[tuple[str, tuple[str, ...]], ...]
    not_computed: Text | None
    reviewed: str
    fingerprint: str


@dataclass(frozen=True)
class TextReport:
    provisions: tuple[ProvisionAccount, ...]
    unaccounted: tuple[str, ...]
    unreviewed: tuple[str, ...]
