"""Scenarios as worked cases: what each comes to, what its variations come to, and what the options of a reading make of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.report import Answer, Decision, DutyAnswer
from zhunsheng.ask.testing.scenarios import asked_of
from zhunsheng.errors import NoCertificate
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack, ReadingSpec

DUTIES = "duties["


@dataclass(frozen=True)
class Certificate:
    """The certificate of an answer: its key, the definition, and the text that the kernel takes."""

    answer: str
    definition: str
    text: str


@dataclass(frozen=True)
class Worked:
    """A scenario's case decided in the answers it is about, with how firm they are; and each variation, its answers alone.

    `unproved`: keys of answers whose certificate would rest on a proof, where none was to be looked for."""

    case: Case
    decision: Decision
    variations: tuple[tuple[Case, tuple[Answer, ...]], ...]
    certificates: tuple[Certificate, ...] = ()
    unproved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What a case comes to under each option of a reading: for each option, the answers in one order."""

    reading: str
    case: Case
    under: tuple[tuple[str, tuple[Answer, ...]], ...]


def worked(pack: Pack, cases: Sequence[Case], shared: Shared | None = None, certifier: Certifier | None = None) -> Worked:
    """The first of `cases` in full, the others briefly; with a `certifier`, a certificate for each answer for which it makes one.

    Raises `ContradictoryFacts` where the facts cannot all be true.
    """
    first = cases[0]
    deciding = Deciding(pack, first, shared=shared)
    contradiction.refuse(deciding.problems)
    answers = _answers(deciding)
    decision = Decision(first, pack.name, pack.digest, answers, _duties(deciding), warnings(pack, first))
    deciding.problems.release()
    certificates, unproved = ((), ()) if certifier is None else certified(certifier, decision)
    variations = tuple((case, _briefly(pack, case, shared)) for case in cases[1:])
    return Worked(first, decision, variations, certificates, unproved)


def certified(
    certifier: Certifier, decision: Decision, only: Collection[str] | None = None
) -> tuple[tuple[Certificate, ...], tuple[str, ...]]:
    """A certificate for each answer that has one (`only`: for these alone), and the answers that may have one by a proof, where
    the certifier looks for none."""
    found, unproved = [], []
    for one in decision.answers:
        if only is not None and one.name not in only:
            continue
        (asked,) = asked_by_name(certifier.pack, decision.case, [one.name])
        try:
            found.append(Certificate(one.name, one.definition, certifier.certificate(decision.case, asked, one)))
        except NoCertificate as reason:
            unproved += [one.name] if reason.reason == "coarse" and not certifier.proofs else []
    return tuple(found), tuple(unproved)


def compared(pack: Pack, spec: ReadingSpec, case: Case, shared: Shared | None = None) -> Compared:
    """The answers that the case is about, under each option; the other readings as the case and the pack have them."""
    under = [
        (option.name, _briefly(pack, replace(case, readings={**case.readings, spec.name: option.name}), shared))
        for option in spec.options
    ]
    return Compared(spec.name, case, tuple(under))


def _briefly(pack: Pack, case: Case, shared: Shared | None) -> tuple[Answer, ...]:
    """The answers without how firm they are and what they depend on."""
    deciding = Deciding(pack, case, with_firmness=False, with_dependence=False, shared=shared)
    contradiction.refuse(deciding.problems)
    answers = (*_answers(deciding), *(answer for duty in _duties(deciding) for answer in (duty.owed, duty.by) if answer))
    deciding.problems.release()
    return answers


def _answers(deciding: Deciding) -> tuple[Answer, ...]:
    asked = [asked_of(deciding.pack, deciding.case, one) for one in deciding.case.expect if not one.answer.startswith(DUTIES)]
    return tuple(deciding.answer(one) for one in dict.fromkeys(asked))


def _duties(deciding: Deciding) -> tuple[DutyAnswer, ...]:
    names = (one.answer.removeprefix(DUTIES).rpartition("]")[0] for one in deciding.case.expect if one.answer.startswith(DUTIES))
    return tuple(deciding.duty(name) for name in dict.fromkeys(names))
