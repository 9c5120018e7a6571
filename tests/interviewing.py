"""A person who knows a whole case and answers an interview from it; and how few facts would have been enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhunsheng.ask.certifying.atoms import as_data, atoms_of
from zhunsheng.ask.deciding.answers import Asked, ElementAt, asked_by_name
from zhunsheng.ask.deciding.worlds import expected
from zhunsheng.ask.interviewing.interview import EXISTS, HOW_MANY, Interviewer, Question, Standing
from zhunsheng.certify import kernel
from zhunsheng.lang.case import UNKNOWN, Case, Listing
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import value_at, with_value
from zhunsheng.lang.types import NONE
from zhunsheng.read.reply import blank_facts, nothing_known
from zhunsheng.solve.hitting import hitting_set

MOST = 120


@dataclass
class Interviewed:
    """One interview, told to the end. `asked` holds the questions in order."""

    case: Case
    standing: Standing
    asked: list[Question] = field(default_factory=list)


def wanted(pack: Pack, case: Case) -> list[str]:
    """The answers a scenario expects something of, as an interview takes them; duties left aside."""
    asked = [one for one in expected(pack, case) if not one.key.startswith("duties[")]
    names = [one.definition if any(isinstance(arg, ElementAt) for arg in one.args) else one.key for one in asked]
    return list(dict.fromkeys(names))


def interviewed(interviewer: Interviewer, full: Case) -> Interviewed:
    """Puts the questions to a person who knows `full`, and says so where it is not known there either."""
    case = replace(full, facts=blank_facts(interviewer.pack), expect=(), places={}, sources={})
    found = Interviewed(case, interviewer.standing(case))
    skipped: frozenset[str] = frozenset()
    while found.standing.question is not None:
        question = found.standing.question
        found.asked.append(question)
        assert len(found.asked) < MOST, "the interview does not end"
        told = told_by(interviewer.pack, found.case, full, question)
        if told is None:
            skipped |= {question.path}
        else:
            found.case = replace(found.case, facts=told)
        found.standing = interviewer.standing(found.case, skipped, found.standing.settled)
    return found


def told_by(pack: Pack, case: Case, full: Case, question: Question) -> Mapping[str, Any] | None:
    """The facts with the answer; None where it is not known."""
    name = question.spot.name
    if question.kind == HOW_MANY:
        return _listing_told(pack, case, full, name)
    if question.kind == EXISTS:
        known = full.facts[name]
        if known is UNKNOWN:
            return None
        return {**case.facts, name: NONE if known is NONE else nothing_known(pack, pack.facts[name].record)}
    value = value_at(full.facts, question.spot)
    return None if value is UNKNOWN else with_value(case.facts, question.spot, value)


def _listing_told(pack: Pack, case: Case, full: Case, name: str) -> Mapping[str, Any] | None:
    here, known = case.facts[name], full.facts[name]
    if not known.stated or (here.stated and not known.complete):
        return None
    fields = pack.collections[name].fields
    more = [nothing_known(pack, fields) for _ in known.elements[len(here.elements) :]]
    return {**case.facts, name: Listing((*here.elements, *more), known.complete, True, known.labels)}


@dataclass(frozen=True)
class Claim:
    """That an answer has these outcomes and no others; the kernel judges."""

    loaded: kernel.Pack
    asked: Asked
    outcomes: list[Mapping[str, Any]]

    def shown(self, atoms: Sequence[Mapping[str, Any]]) -> bool:
        args = [f"{a.collection}[{a.index}]" if isinstance(a, ElementAt) else as_data(a) for a in self.asked.args]
        judge = kernel.Asked(self.loaded, {"definition": self.asked.definition, "args": args})
        self.loaded.steps = 0
        try:
            return judge.covers(judge.settled(kernel.World(self.loaded, list(atoms)))[0], self.outcomes)
        except kernel.Refused:
            return False


def smallest(pack: Pack, loaded: kernel.Pack, case: Case, names: Sequence[str], outcomes: Mapping[Asked, frozenset[Any]]) -> int:
    """How many facts a smallest set has that suffices for these outcomes, the kernel being the judge; 0 where not even all of
    them suffice for it."""
    defaults = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    choices = {name: made.value for name, made in case.choices.items()}
    atoms = atoms_of(pack, case.facts, {**defaults, **case.readings}, choices)
    free = [atom for atom in atoms if "fact" not in atom or atom["is"] == "present"]
    facts = [atom for atom in atoms if atom not in free]
    claims = [
        Claim(loaded, one, [_data(outcome) for outcome in outcomes[one]])
        for name in names
        for one in asked_by_name(pack, case, [name])
    ]

    def suffices(kept: Sequence[Mapping[str, Any]]) -> bool:
        spoken = {str(atom["fact"]).partition(".")[0] for atom in kept}
        present = [atom for atom in free if "fact" not in atom or str(atom["fact"]) in spoken]
        return all(claim.shown([*kept, *present]) for claim in claims)

    return len(_smallest(facts, suffices)) if suffices(facts) else 0


def _smallest(atoms: list[Mapping[str, Any]], suffices: Callable[[Sequence[Mapping[str, Any]]], bool]) -> list[Mapping[str, Any]]:
    """A smallest hitting set of the complements of maximal sets that do not suffice."""
    by_name = {str(number): atom for number, atom in enumerate(atoms)}
    cores: list[frozenset[str]] = []
    while True:
        kept = [by_name[name] for name in hitting_set(cores, list(by_name))] if cores else []
        if suffices(kept):
            return kept
        grown = list(kept)
        _grow(grown, [atom for atom in atoms if atom not in kept], suffices)
        cores.append(frozenset(name for name, atom in by_name.items() if atom not in grown))


def _grow(grown: list[Mapping[str, Any]], more: list[Mapping[str, Any]], suffices: Callable[..., bool]) -> None:
    """Adds what can be added without sufficing, halves first."""
    if not more:
        return
    if not suffices([*grown, *more]):
        grown += more
    elif len(more) > 1:
        _grow(grown, more[: len(more) // 2], suffices)
        _grow(grown, more[len(more) // 2 :], suffices)


def _data(outcome: Any) -> Mapping[str, Any]:
    return {"failure": outcome.word} if isinstance(outcome, FailureKind) else {"value": as_data(outcome)}
