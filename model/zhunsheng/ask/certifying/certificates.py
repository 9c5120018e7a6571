"""A decided answer as a certificate: its outcomes, with facts that suffice for them and none to spare.

The kernel is the judge: an atom is left out where the kernel still reaches the same outcomes without it. Atoms are tried
in one order (that a list holds no others, then facts, then readings and choices, in the pack's order), so the set is
reproducible. It is irreducible under its evidence, not the smallest there is (see `smallest`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng import __version__
from zhunsheng.ask.certifying.atoms import Atom, as_data, atoms_of, head_of, readings_taken, spoken_of, stated
from zhunsheng.ask.certifying.judge import Judge
from zhunsheng.ask.certifying.proved_decisions import proved
from zhunsheng.ask.certifying.remembered import Memory
from zhunsheng.ask.certifying.splitting import split_for
from zhunsheng.ask.collecting import without_collecting
from zhunsheng.ask.deciding.answers import Asked, ElementAt
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.report import Answer, Between, Decision, Possible
from zhunsheng.certify import claims, kernel
from zhunsheng.errors import Disagreement, Incomplete, NoCertificate
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.read.vocabulary import canonical


def certificate(
    pack: Pack, case: Case, asked: Asked, answer: Answer, loaded: kernel.Pack | None = None, redact: bool = False
) -> str:
    """The certificate of a decided answer, as canonical JSON: `python kernel.py` accepts it with the pack's canonical form.

    `loaded` is the pack as the kernel reads it. Where many certificates are made, keep one `Certifier`.
    """
    return Certifier(pack, loaded).certificate(case, asked, answer, redact)


@dataclass(frozen=True)
class Made:
    """An answer's certificate; where there can be none, `text` is empty and `why` the reason (as `NoCertificate` has it).

    `facts`: how many it rests on; `left`: how many of the case's facts it does without."""

    key: str
    definition: str
    text: str
    why: str = ""
    facts: int = 0
    left: int = 0


def made(pack: Pack, case: Case, asked: Sequence[Asked], decision: Decision, redact: bool = False) -> tuple[Made, ...]:
    """A certificate for each answer of a decision."""
    certifier = Certifier(pack)
    found = []
    for one in asked:
        key = unnamed(one) if redact else one.key
        try:
            text = certifier.certificate(case, one, decision.answer(one.key), redact)
        except NoCertificate as reason:
            found.append(Made(key, one.definition, "", reason.reason))
            continue
        kept = _facts(json.loads(text)["claim"]["atoms"])
        found.append(Made(key, one.definition, text, "", kept, _facts(stated(pack, case)) - kept))
    return tuple(found)


@dataclass(frozen=True)
class Sufficient:
    """Atoms from which an answer follows, none of which can be dropped under the same split, and who judged it."""

    atoms: tuple[Atom, ...]
    split: tuple[Atom, ...]
    judge: Judge


class Certifier:
    """Makes certificates under one pack. Without `proofs`, none is looked for where possibilities are too coarse: it may take
    minutes. What definitions come to is kept while answers of one case are certified: they have much in common."""

    def __init__(self, pack: Pack, loaded: kernel.Pack | None = None, *, proofs: bool = True) -> None:
        self.pack, self.cones, self.proofs = pack, Cones(pack), proofs
        self.loaded = loaded or kernel.Pack(pack.canonical.encode())
        self.memory, self.of = Memory(), None  # type: Memory, Case | None

    @without_collecting()
    def certificate(self, case: Case, asked: Asked, answer: Answer, redact: bool = False) -> str:
        """A decided answer's certificate. With `redact`, an element is called by its place instead of its name, and the cases
        of an open decision are cut down as well.

        Raises `NoCertificate` where possibilities do not show that there is no other outcome, split or not, or where
        an outcome has no case of its own.
        """
        try:
            found = self.sufficient(case, asked, answer)
        except NoCertificate as reason:
            if reason.reason != "coarse" or not self.proofs:
                raise
            by_proof = self._by_proof(case, asked, answer, redact)
            if by_proof is None:
                raise
            return by_proof
        evidence: dict[str, Any] = {"rules": found.judge.statuses(found.atoms, found.split)}
        evidence |= {"split": list(found.split)} if found.split else {}
        if len(answer.outcomes) > 1:
            evidence["cases"] = [{"atoms": _witness(self.pack, asked, one)} for one in answer.outcomes]
        claim = {"answer": unnamed(asked) if redact else asked.key, **found.judge.data(), "atoms": list(found.atoms)}
        return self._sealed(asked, claim, evidence, kernel.TRUSTED, redact)

    def _by_proof(self, case: Case, asked: Asked, answer: Answer, redact: bool) -> str | None:
        """With a proof where possibilities are too coarse; None where there is none."""
        cases = [{"atoms": _witness(self.pack, asked, one)} for one in answer.outcomes]  # first: there may be none
        claim = {"answer": unnamed(asked) if redact else asked.key, **self._question(case, asked, answer)[0].data()}
        found = proved(self.pack, self.loaded, claim, stated(self.pack, case))  # assumptions may bear on any fact
        if found is None:
            return None
        evidence = {**found.evidence, "cases": cases}
        return self._sealed(asked, {**claim, "atoms": list(found.atoms)}, evidence, claims.TRUSTED, redact)

    def _sealed(
        self, asked: Asked, claim: Mapping[str, Any], evidence: dict[str, Any], trusted: Sequence[str], redact: bool
    ) -> str:
        data: dict[str, Any] = {
            "format": 1, "kind": "decision" if len(claim["outcomes"]) == 1 else "open decision",
            "pack": {"id": self.pack.name, "digest": self.pack.digest}, "claim": claim, "evidence": evidence,
            "trusted": list(trusted), "made_by": f"zhunsheng {__version__}",
        }  # fmt: skip
        if redact:
            self._cut_cases(data, claim["atoms"], evidence.get("cases", []))
        if reason := self._refusal(data):
            raise Disagreement(f"{asked.key}: the kernel refuses as a whole what it took part by part: {reason}")
        return canonical(data)

    def sufficient(self, case: Case, asked: Asked, answer: Answer) -> Sufficient:
        """An irreducible set of the case's atoms that suffices. Raises `NoCertificate`."""
        judge, atoms, split = self.question(case, asked, answer)
        near = _touched(self.pack, case, asked, atoms) if not split and not judge.open else None
        kept = (judge.rests_on(near, split) if near is not None else None) or judge.rests_on(atoms, split) or atoms
        kept = irreducible(kept, lambda fewer: judge.rests_on(fewer, split))
        less = irreducible(split, lambda fewer: fewer if judge.shown(kept, fewer) else None)
        lost = {head_of(one) for one in split if one not in less} - {""}
        if lost:  # that an element is there may have been needed only to split what is known of it; nothing else may
            kept = irreducible(kept, lambda fewer: judge.rests_on(fewer, less), lambda atom: head_of(atom) in lost)
        return Sufficient(tuple(kept), tuple(less), judge)

    def question(self, case: Case, asked: Asked, answer: Answer) -> tuple[Judge, list[Atom], list[Atom]]:
        """What is to be judged, all atoms that may bear on it, and a split under which they suffice. Raises `NoCertificate`."""
        judge, atoms, cone = self._question(case, asked, answer)
        return judge, atoms, split_for(self.pack, case, judge, atoms, cone)

    def _question(self, case: Case, asked: Asked, answer: Answer) -> tuple[Judge, list[Atom], Cone]:
        if not answer.complete or not answer.outcomes:
            raise NoCertificate(asked.key, "incomplete", "there is no complete answer to certify")
        if case is not self.of:
            self.memory, self.of = Memory(), case
        judge = Judge(self.loaded, asked, tuple(_outcome_data(one) for one in answer.outcomes), self.memory)
        given = frozenset(arg.collection for arg in asked.args if isinstance(arg, ElementAt))
        cone = self.cones.definition(asked.definition) | Cone(collections=given)
        atoms = [atom for atom in stated(self.pack, case) if spoken_of(cone, atom)]
        return judge, atoms, cone

    def _cut_cases(self, data: dict[str, Any], claimed: list[Atom], cases: list[dict[str, Any]]) -> None:
        """Takes from each case of an open decision what the kernel does not need to see there."""
        for case in cases:
            for atom in [atom for atom in case["atoms"] if atom not in claimed]:
                before = case["atoms"]
                case["atoms"] = [one for one in before if one != atom]
                if self._refusal(data):
                    case["atoms"] = before

    def _refusal(self, data: dict[str, Any]) -> str:
        """Why the kernel refuses a certificate; nothing where it does not."""
        try:
            claims.check(canonical(data).encode(), self.loaded)
        except kernel.Refused as reason:
            return str(reason) or "refused"
        return ""


def irreducible(
    atoms: Sequence[Atom], rests_on: Callable[[list[Atom]], list[Atom] | None], may_go: Callable[[Atom], bool] = lambda _: True
) -> list[Atom]:
    """Those atoms, tried in order (only such as `may_go`), that cannot be done without. `rests_on` gives those of some atoms that
    are enough, None where they are not; more atoms are enough where fewer are."""
    kept, needed = list(atoms), 0
    while needed < len(kept):
        fewer = rests_on(kept[:needed] + kept[needed + 1 :]) if may_go(kept[needed]) else None
        if fewer is None:
            needed += 1
        else:
            kept = fewer
    return kept


def _facts(atoms: Sequence[Atom]) -> int:
    """How many facts there are, that a record or an element is there not counted beside what is said of it."""
    return sum(1 for atom in atoms if "fact" in atom and atom["is"] != "present")


def unnamed(asked: Asked) -> str:
    """The answer's key with elements by their places: names stay out."""
    args = [f"{a.collection}[{a.index}]" if isinstance(a, ElementAt) else str(as_data(a)) for a in asked.args]
    return f"{asked.definition}({', '.join(args)})" if args else asked.definition


def _touched(pack: Pack, case: Case, asked: Asked, atoms: list[Atom]) -> list[Atom] | None:
    """The atoms that the derivation rests on, where the case says enough for one (as it mostly does if possibilities looked at
    nothing that is unknown). Only saves time."""
    run = Run(pack, case.facts, readings_taken(pack, case), {name: made.value for name, made in case.choices.items()})
    try:
        rests = run.touched(asked.definition, for_reference(asked.args))
    except Incomplete:
        return None
    elements = [(name, n) for name in pack.collections for n in range(len(case.facts[name].elements))]
    labels = {f"{name}[{n}]": run.facts.path(Element(name, n)) for name, n in elements}
    records = {fact.partition(".")[0] for fact in rests.facts}
    found = []
    for atom in atoms:
        path = str(atom.get("fact", ""))
        head, bracket, rest = path.partition("]")
        shown = labels.get(head + bracket, head + bracket) + rest
        named = shown in rests.facts or path in rests.lists or path in records or path in labels
        if named or atom.get("reading") in rests.readings or atom.get("choice") in rests.choices:
            found.append(atom)
    return found


def _outcome_data(possible: Possible) -> Mapping[str, Any]:
    match possible.outcome:
        case FailureKind() as kind:
            return {"failure": kind.word}
        case Between(least=least, greatest=greatest):
            return {"from": as_data(least), "to": as_data(greatest)}
        case value:
            return {"value": as_data(value)}


def _witness(pack: Pack, asked: Asked, possible: Possible) -> list[Atom]:
    witness = possible.witness
    if witness is None or isinstance(possible.outcome, Between):
        raise NoCertificate(asked.key, "no case", "an outcome comes without a case that shows it")
    choices = {name: made.value for name, made in witness.choices.items()}
    run = Run(pack, witness.facts, witness.readings, choices)
    lawful = {name: value for name, value in choices.items() if value in run.lawful(name)}
    return atoms_of(pack, witness.facts, witness.readings, lawful)
