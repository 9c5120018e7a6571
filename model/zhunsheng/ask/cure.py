"""Single edits that close a gap or end a conflict.

As for a theorem: each edit of the catalogue is tried, first by the reference meaning on cases that are already known to fail,
then by asking anew, under the law so amended, every answer in which the fault can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhunsheng.ask.answers import all_asked, asked_by_name
from zhunsheng.ask.checking import Checking
from zhunsheng.ask.edits import candidates
from zhunsheng.ask.findings import Finding, Kind
from zhunsheng.ask.fix import Fix, told
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.memory import Memory
from zhunsheng.ask.replay import for_reference
from zhunsheng.errors import Incomplete
from zhunsheng.evaluate import Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.outcome import Failed, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Variant, Verdict

Progress = Callable[[str, int, int], None]
CURABLE = {Kind.GAP: FailureKind.GAP, Kind.CONFLICT: FailureKind.CONFLICT}
AS_USUAL = Variant({}, False, Verdict.PROVED)
"""Gaps and conflicts are looked for under the default readings."""


@dataclass(frozen=True)
class Cures:
    """A gap or conflict, and the edits under which no answer comes to it; `tried`: how many edits were tried; `unsettled`: of how
    many it is not shown whether they do."""

    finding: Finding
    found: tuple[Fix, ...]
    tried: int
    unsettled: int


@dataclass
class Faults:
    """The gaps and conflicts of one law, looked for answer by answer."""

    pack: Pack
    kind: Kind
    kept: Kept | None = None

    def __post_init__(self) -> None:
        memory = Memory() if self.kept is None else Memory(self.kept)
        self.checking = Checking(self.pack, "default", memory, frozenset({self.kind}))
        self.unsettled = False

    def of(self, names: list[str]) -> Iterator[Finding]:
        """What is found in these definitions, as it is found; `unsettled` then says whether something was not."""
        for name in names:
            part = self.checking.part(name)
            self.checking.memory.keep(part.new)
            self.unsettled = self.unsettled or bool(part.not_shown)
            yield from part.findings


def seen_in(pack: Pack, subject: str) -> list[str]:
    """The answers and duties in whose cone a definition stands: a fault in it shows in these or nowhere."""
    cones = Cones(pack)
    asked = [name for name in pack.definitions if name in pack.answers or name.startswith("duty ")]
    return [name for name in asked if subject in cones.definition(name).definitions]


def faults(pack: Pack, kind: Kind, kept: Kept | None = None) -> dict[str, Finding]:
    """Every gap, or conflict, of a law, by its key."""
    found: dict[str, Finding] = {}
    for finding in Faults(pack, kind, kept).of(list(pack.definitions)):
        found.setdefault(finding.key, finding)
    return found


def cures(
    pack: Pack,
    finding: Finding,
    kinds: Kinds | None = None,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    kept: Kept | None = None,
) -> Cures:
    """The single edits, of what bears on the definition in which a gap or conflict arises, under which no answer comes to it."""
    names = seen_in(pack, finding.subject)
    tried = candidates(pack, [e.Call(finding.subject, (), pack.definitions[finding.subject].type)], AS_USUAL)
    known, found, unsettled = [finding], [], 0
    for number, each in enumerate(tried):
        if progress:
            progress(each.edit.name, number, len(tried))
        if any(shows(each.law, one) for one in known):
            continue
        looked = Faults(each.law, finding.kind, kept)
        again = next((one for one in looked.of(names) if one.key == finding.key), None)
        if again is not None:
            known.insert(0, again)
        elif looked.unsettled:
            unsettled += 1
        else:
            found.append(told(pack, each, None, kinds or Kinds(), workers, kept))
    return Cures(finding, tuple(found), len(tried), unsettled)


def shows(law: Pack, finding: Finding) -> bool:
    """Whether the case of a finding comes to the same fault under another law, by the reference meaning. A case that leaves out
    what this law looks at, or contradicts itself under it, shows nothing."""
    case = finding.case
    if case is None or finding.answer not in {asked.key for asked in all_asked(law, case)}:
        return False
    (asked,) = asked_by_name(law, case, [finding.answer])
    defaults = {name: spec.default for name, spec in law.readings.items() if spec.default is not None}
    choices = {name: made.value for name, made in case.choices.items()}
    run = Run(law, case.facts, {**case.readings, **defaults}, choices)
    try:
        outcome = run.definition(asked.definition, for_reference(asked.args))
        possible = not any(run.assumption(assumption) for assumption in law.assumptions)
    except Incomplete:
        return False
    return possible and isinstance(outcome, Failed) and any(
        one.kind is CURABLE[finding.kind] and one.name == finding.subject for one in outcome.failures
    )  # fmt: skip
