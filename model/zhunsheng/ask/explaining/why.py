"""Why an answer is what it is, and why it is not something else."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zhunsheng.ask.certifying.atoms import Atom, path_of
from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.certifying.smallest import smallest
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, all_asked, asked_by_name
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.explain import fact_type, rejections, written
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.worlds import worlds
from zhunsheng.ask.explaining.lacking import Missing
from zhunsheng.ask.explaining.missing import Seeking, tells
from zhunsheng.ask.report import Answer, Looked, Rejected, Status
from zhunsheng.errors import InputError, NotShown, Place, Problem
from zhunsheng.evaluate import Derivation, Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case, Listing
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import Special, Type, Value
from zhunsheng.narrate import values


@dataclass(frozen=True)
class Sufficient:
    """From these alone the answer follows, whatever else may be true. `facts` may hold a list's name with how many elements it
    has (`2 listed`): there are no others. With `smallest`, no fewer will do; else none can be left out, though other sets may be
    smaller: both as possibilities see it, which take fact by fact, so that what they need may be no matter. `whatever`: what was
    gone through one by one, and is no matter. `why_not`: why no such set was shown."""

    facts: tuple[Looked, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    whatever: tuple[str, ...] = ()
    smallest: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class Why:
    """`answer` with its reasons; where it is open they are those of its first outcome (`example`).

    `wanted` is the value that was asked about (None: none was), and `missing` why it did not come out; None where it is the
    outcome, or one of them. `rejected`: every rule that might have decided and did not, of the answer and of the definitions
    whose outcome it takes over.
    """

    case: Case
    pack_name: str
    pack_digest: str
    answer: Answer
    sufficient: Sufficient
    rejected: tuple[Rejected, ...]
    wanted: Value | None = None
    missing: Missing | None = None
    example: bool = False

    @property
    def is_outcome(self) -> bool:
        """Whether the value asked about is (one of) the outcomes."""
        return any(_same(one.outcome, self.wanted) for one in self.answer.outcomes)


def why(pack: Pack, case: Case, question: str, *, fewest: bool = False, certifier: Certifier | None = None) -> Why:
    """Why an answer is so (`may_apply`), or why it is not a value (`may_apply=true`, the value as case files write it).

    With `fewest`, a smallest sufficient set of facts in place of an irreducible one. Raises `InputError` for an answer or a value
    that does not exist, `ContradictoryFacts` where the facts cannot all be true.
    """
    asked, wanted = _asked(pack, case, question)
    deciding = Deciding(pack, case, with_firmness=False)
    contradiction.refuse(deciding.problems)
    try:
        answer = deciding.answer(asked)
    finally:
        deciding.problems.release()
    run = _run(pack, case, answer, deciding)
    if run is None:
        rejected, missing = answer.rejected, None
    else:
        derivation = run.derivation(asked.definition, for_reference(asked.args))
        rejected = _rejected(pack, case, derivation)
        out = wanted is None or any(_same(one.outcome, wanted) for one in answer.outcomes)
        missing = None if out or wanted is None else Seeking(run, case).missing(derivation.definition, derivation.args, wanted)
    enough = _sufficient(pack, case, asked, answer, fewest, certifier)
    return Why(case, pack.name, pack.digest, answer, enough, rejected, wanted, missing, example=len(answer.outcomes) > 1)


# -- what is asked


def _asked(pack: Pack, case: Case, question: str) -> tuple[Asked, Value | None]:
    name, equals, text = question, "", ""
    known = {one.key for one in all_asked(pack, case)} | set(pack.definitions)
    if question not in known and "=" in question.rpartition("]")[2]:
        name, equals, text = question.rpartition("=")
        name = name.rstrip("!=").strip()
    found = asked_by_name(pack, case, [name], "ANSWER")
    if len(found) != 1:
        keys = ", ".join(one.key for one in found)
        raise InputError([Problem(Place("ANSWER"), f"{name!r} is {len(found)} answers", f"name one of them: {keys}")])
    if not equals:
        return found[0], None
    type_ = pack.definitions[found[0].definition].type
    value = _value(pack, text.strip(), type_)
    if value is None:
        raise InputError([Problem(Place("ANSWER"), f"{name} cannot be {text!r}: it is {type_}", _values(pack, type_, text))])
    return found[0], value


def _value(pack: Pack, text: str, type_: Type) -> Value | None:
    """The value, in any way in which a case file may write it."""
    found = values.value_of(pack, text, type_)
    if found is None and type_.base == "yes/no":
        return {"yes": True, "是": True, "no": False, "否": False}.get(text)
    if found is None and type_.base in pack.enumerations:
        every = pack.enumerations[type_.base].values
        return next((one.name for one in every if text in (one.title.zh, *one.also)), None)
    return found


def _values(pack: Pack, type_: Type, text: str) -> str:
    """What to write instead of a value that does not exist."""
    enumeration = pack.enumerations.get(type_.base)
    known = [values.special_written(pack, Special(name)) for name in sorted(type_.special)]
    if enumeration is not None:
        known = [*(one.written for one in enumeration.values), *known]
        return nearest(unicodedata.normalize("NFKC", text), known) or f"it may be: {', '.join(known)}"
    plain = {"yes/no": ["true", "false"], "day": ["2025-11-03"], "number": ["12"]}.get(type_.base, [])
    return f"write {' or '.join([*plain, *known])}"


def _run(pack: Pack, case: Case, answer: Answer, deciding: Deciding) -> Run | None:
    """A complete case that comes to the first outcome, with an option of every reading and a lawful choice wherever there is
    one: what the answer itself does not look at, the rules that did not decide may."""
    witness = answer.outcomes[0].witness if answer.outcomes else None
    if witness is not None:
        return Run(pack, witness.facts, witness.readings, {name: made.value for name, made in witness.choices.items()})
    found = worlds(pack, case, deciding.problems.cones) if answer.outcomes else None
    if found is None:
        return None
    asked = asked_by_name(pack, case, [answer.name])[0]
    seen = found.seen(asked)
    return _with_all(pack, seen[0].run) if seen else None


def _with_all(pack: Pack, run: Run) -> Run:
    readings = {name: spec.stand_in for name, spec in pack.readings.items()} | dict(run.readings)
    every = Run(pack, run.facts.facts, readings, run.choices)
    lawful = {name: every.lawful(name) for name in pack.discretions if name not in run.choices}
    return every.choosing({**run.choices, **{name: choices[0] for name, choices in lawful.items() if choices}})


# -- what did not decide


def _rejected(pack: Pack, case: Case, derivation: Derivation) -> tuple[Rejected, ...]:
    """The rules that did not decide, of a definition and of those whose outcome it takes over as it is."""
    found = list(rejections(pack, case, derivation))
    taken = _taken_over(pack, derivation)
    return (*found, *(_rejected(pack, case, taken) if taken is not None else ()))


def _taken_over(pack: Pack, derivation: Derivation) -> Derivation | None:
    """The derivation whose outcome this one takes over: its one rule that fired has a call for its value."""
    fired = [step.rule for step in derivation.rules if step.status.value == "fired"]
    if len(fired) != 1:
        return None
    value = pack.definitions[derivation.definition].rule(fired[0]).value
    if not isinstance(value, e.Call) or not tells(pack, value.name):
        return None
    below = [part for part in derivation.called if part.definition == value.name and part.outcome == derivation.outcome]
    return below[0] if len(below) == 1 else None


# -- what suffices


def _sufficient(pack: Pack, case: Case, asked: Asked, answer: Answer, fewest: bool, certifier: Certifier | None) -> Sufficient:
    certifier = certifier or Certifier(pack)
    try:
        if answer.status in (Status.NOT_SHOWN, Status.UNLAWFUL_CHOICE):
            raise NotShown(answer.why_not_shown or "there is no answer that facts could be enough for")
        if fewest:
            least = smallest(certifier, case, asked, answer)
            return _told(pack, case, least.atoms, least.split, smallest=True)
        found = certifier.sufficient(case, asked, answer)
        return _told(pack, case, found.atoms, found.split, smallest=False)
    except NotShown as reason:
        return Sufficient(why_not=str(reason))


def _told(pack: Pack, case: Case, atoms: Sequence[Atom], split: Sequence[Atom], *, smallest: bool) -> Sufficient:
    facts = [_looked(pack, case, atom) for atom in atoms if "fact" in atom]
    readings = tuple((atom["reading"], str(atom["is"])) for atom in atoms if "reading" in atom)
    choices = tuple(
        (atom["choice"], _written(pack, pack.discretions[atom["choice"]].type, atom["is"])) for atom in atoms if "choice" in atom
    )
    whatever = tuple(str(next(iter(atom.values()))) for atom in split)
    return Sufficient(tuple(fact for fact in facts if fact), readings, choices, whatever, smallest)


def _looked(pack: Pack, case: Case, atom: Atom) -> Looked | None:
    path, said = path_of(case, atom), atom["is"]
    if isinstance(said, int) and isinstance(case.facts.get(path), Listing):
        return Looked(path, f"{said} listed")
    source = case.sources.get(path)
    if said == "present":
        return Looked(path, "present")
    return Looked(path, _written(pack, fact_type(pack, path), said), source.source if source else "")


def _written(pack: Pack, type_: Type | None, said: object) -> str:
    """What an atom says, as case files write it: atoms hold identifiers."""
    if isinstance(said, str) and type_ is not None and said in type_.special:
        return written(pack, type_, Special(said))
    return written(pack, type_, said) if isinstance(said, str | int) else str(said)


def _same(a: object, b: object) -> bool:
    return type(a) is type(b) and a == b
