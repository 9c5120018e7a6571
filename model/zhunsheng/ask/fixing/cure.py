"""Single edits that close a gap or end a conflict.

As for a theorem: each edit of the catalogue is tried, first by the reference meaning on cases that are already known to fail,
then by asking anew, under the law so amended, whether a fault that arises in the same definition comes through to any answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from zhunsheng.ask.checking.checking import Checking
from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.ask.checking.memory import Memory
from zhunsheng.ask.checking.questions import Met, origins
from zhunsheng.ask.deciding.answers import Asked, all_asked
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.fixing.editing import Candidate
from zhunsheng.ask.fixing.edits import candidates
from zhunsheng.ask.fixing.fix import Fix, all_told
from zhunsheng.ask.kept import Kept
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.evaluate import Derivation, Run, Status
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.outcome import Failed, Failure, FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Variant, Verdict
from zhunsheng.lang.types import YES_NO

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

    def of(self, names: Iterable[str]) -> Iterator[Finding]:
        """What arises in these definitions, as it is found; `unsettled` then says whether something was not."""
        for name in names:
            part = self.checking.part(name)
            self.checking.memory.keep(part.new)
            self.unsettled = self.unsettled or bool(part.not_shown)
            yield from part.findings

    def again(self, finding: Finding) -> Finding | None:
        """A finding of another law seen in this one, told as that one is. Where other conflicts of the definition are found, it
        may be told with one of them, unless no two of its rules ever speak together."""
        found = list(self.of([finding.subject]))
        for one in found:
            same = replace(finding, case=one.case, answer=one.answer)
            if one.key == finding.key or shows(self.pack, same):
                return same
        if found and not self._apart(finding):
            self.unsettled = True
        return None

    def _apart(self, finding: Finding) -> bool:
        """Whether of each two rules of a conflict one overrides the other, or both hold in no case."""
        definition, search = self.pack.definitions[finding.subject], self.checking.search
        rules = [rule for rule in definition.rules if rule.name in finding.parts]
        for one, other in itertools.combinations(rules, 2):
            both = Met(e.And((one.when, other.when), YES_NO))
            if other.name not in one.overrides and one.name not in other.overrides:
                try:
                    if search.some(definition, both, self.checking.defaults, plain=False) is not None:
                        return False
                except NotShown:
                    return False
        return bool(rules)


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
    tried = candidates(pack, [e.Call(finding.subject, (), pack.definitions[finding.subject].type)], AS_USUAL)
    known, unsettled = [finding], 0
    found: list[tuple[Candidate, None]] = []
    for number, each in enumerate(tried):
        if progress:
            progress(each.edit.name, number, len(tried))
        if any(shows(each.law, one) for one in known):
            continue
        looked = Faults(each.law, finding.kind, kept)
        again = looked.again(finding)
        if again is not None:
            known.insert(0, again)
        elif looked.unsettled:
            unsettled += 1
        else:
            found.append((each, None))
    return Cures(finding, all_told(pack, found, kinds or Kinds(), progress, workers, kept), len(tried), unsettled)


# -- whether a fault is the same


def shows(law: Pack, finding: Finding) -> bool:
    """Whether the case of a finding comes to the same fault under another law, by the reference meaning. A case that leaves out
    what this law looks at, or contradicts itself under it, shows nothing."""
    case = finding.case
    if case is None:
        return False
    defaults = {name: spec.default for name, spec in law.readings.items() if spec.default is not None}
    choices = {name: made.value for name, made in case.choices.items()}
    run = Run(law, case.facts, {**case.readings, **defaults}, choices)
    try:
        possible = not any(run.assumption(assumption) for assumption in law.assumptions)
        return possible and any(_comes_to(run, asked, finding) for asked in _asked(law, case, finding))
    except Incomplete:
        return False


def _asked(law: Pack, case: Case, finding: Finding) -> list[Asked]:
    """The answer in which a fault was seen; where it was seen in no answer that has a name, whether and when duties are owed."""
    if finding.answer:
        return [asked for asked in all_asked(law, case) if asked.key == finding.answer]
    return [Asked(name, name) for name, one in law.definitions.items() if name.startswith("duty ") and not one.parameters]


def _comes_to(run: Run, asked: Asked, finding: Finding) -> bool:
    """Whether an answer fails for a fault that arises where that of the finding does: in its subject itself, whatever part of
    that fails, and not in what the subject consults."""
    args, kind = for_reference(asked.args), CURABLE[finding.kind]
    outcome = run.definition(asked.definition, args)
    if not isinstance(outcome, Failed):
        return False
    derivation = run.derivation(asked.definition, args)
    failures = (failure for failure in outcome.failures if failure.kind is kind)
    steps = [(failure, step) for failure in failures for step in origins(derivation, failure)]
    return any(step.definition == finding.subject and _alike(failure, step, finding) for failure, step in steps)


def _alike(failure: Failure, step: Derivation, finding: Finding) -> bool:
    """Whether a failure that arises in the subject is that of the finding. A gap is one; so is a conflict of no rules, as of
    elements; a conflict of rules is where two of these say different things, whatever others say beside them."""
    if finding.kind is Kind.GAP:
        return True
    if not finding.parts:
        return failure.name != step.definition
    said = {one.outcome for one in step.rules if one.rule in finding.parts and one.status is Status.FIRED}
    return len({one for one in said if not isinstance(one, Failed)}) > 1
