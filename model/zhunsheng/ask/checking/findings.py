"""What a check of a whole pack comes back with, as data. Nothing here decides or prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from zhunsheng.ask.proving.prove import Proof
from zhunsheng.lang.case import Case
from zhunsheng.lang.types import Value


class Kind(Enum):
    """What is found. `fault`: something a drafter should look at, or record; the others are listed for information.

    GAP facts for which no rule speaks; CONFLICT two rules that speak against each other with none prevailing; PRIORITY an
    override that decides some case; DEAD a rule no case reaches; IDLE a rule, or a condition of one, whose removal changes
    nothing; UNUSED a parameter, fact, reading or term nobody uses; NOBODY an outcome nobody can get; IMPOSSIBLE assumptions
    that contradict each other; NO_CHOICE an authority left without a lawful choice; UNBOUNDED a choice for which no provision
    gives a criterion; UNOWNED a duty without an actor or a deadline; MATTERS a reading whose options differ in some case;
    SAME a reading that no case tells apart; HOPE a theorem that is refuted."""

    GAP = "gap"
    CONFLICT = "conflict"
    PRIORITY = "priority"
    DEAD = "dead"
    IDLE = "idle"
    UNUSED = "unused"
    NOBODY = "nobody"
    IMPOSSIBLE = "impossible"
    NO_CHOICE = "no_choice"
    UNBOUNDED = "unbounded"
    UNOWNED = "unowned"
    MATTERS = "matters"
    SAME = "same"
    HOPE = "hope"

    @property
    def fault(self) -> bool:
        return self not in (Kind.PRIORITY, Kind.MATTERS, Kind.HOPE)


@dataclass(frozen=True)
class Finding:
    """One finding. `key` names it for records and never changes with the wording: `gap downgrade_to`,
    `conflict grade_on rule-a rule-b`, `unowned some-duty`.

    `subject`: what it is about (a definition, parameter, fact, reading, discretion, duty, theorem, assumption); `parts`: the
    rules, the condition (as text), the outcome or the options concerned. `answer`: a public answer of `case` (its key) that
    shows it, where one does; else the definition is `subject` at `arguments`. `outcomes`: what comes out under each option of a
    reading that matters.
    `readings`: the readings other than defaults that it takes. `recorded`: the reading or note that records it. `bounded`: why
    it is not shown of cases of every size (only findings that say *never* need that)."""

    kind: Kind
    key: str
    provisions: tuple[str, ...]
    subject: str
    parts: tuple[str, ...] = ()
    arguments: Mapping[str, Value] = field(default_factory=dict)
    answer: str = ""
    outcomes: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    case: Case | None = None
    recorded: str = ""
    bounded: str = ""


@dataclass(frozen=True)
class Checked:
    """Every finding of a pack, in its order. `stale`: records (owner, key) of findings that no longer hold. `not_shown`: what
    the budget did not suffice for, each with the reason. `asked`: how many questions were put, by kind."""

    findings: tuple[Finding, ...]
    stale: tuple[tuple[str, str], ...]
    not_shown: tuple[tuple[str, str], ...]
    asked: Mapping[Kind, int]
    proofs: tuple[Proof, ...] = ()

    @property
    def unrecorded(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.kind.fault and not each.recorded)
