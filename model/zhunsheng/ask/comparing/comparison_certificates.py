"""What an amendment changes as a certificate: of each answer the classes of change, a case of each, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhunsheng import __version__
from zhunsheng.ask.certifying.atoms import Atom, as_data, atoms_of
from zhunsheng.ask.certifying.few_assumptions import Attempt, rested_on, with_few
from zhunsheng.ask.comparing.compare import terms_of
from zhunsheng.ask.comparing.comparison import Change, Compared, Comparison, Direction
from zhunsheng.ask.deciding.assumed import demanding, every_assumption
from zhunsheng.certify import claims, compared, kernel
from zhunsheng.certify.proofs import refutation
from zhunsheng.errors import NotShown
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.read.vocabulary import canonical
from zhunsheng.solve.paired import NOT_EXPRESSIBLE, SOME, Member, Shift

Data = dict[str, Any]
Progress = Callable[[str, int, int], None]
BUDGET = 150_000
"""Conflicts that the SAT solver may go through for one proof."""
SIDES = ("before", "after")
Sided = tuple[int, str]


@dataclass(frozen=True)
class Sealed:
    """A comparison's certificate. `answers`: those whose changes it claims, `untouched` those it says consult nothing that
    differs; `left_out`: why others are not in it; `no_verdict`: why it does not say of an answer that it becomes only laxer or
    only stricter, as the comparison does. `text` is empty where nothing could be certified."""

    text: str
    answers: tuple[str, ...]
    untouched: tuple[str, ...]
    left_out: Mapping[str, str]
    no_verdict: Mapping[str, str] = field(default_factory=dict)


def comparison_certificate(comparison: Comparison, progress: Progress | None = None) -> Sealed:
    """The certificate of a comparison, as canonical JSON that the kernel accepts with the two packs. What cannot be certified is
    left out of its claim, with the reason."""
    maker = _Maker(comparison)
    left: dict[str, str] = {}
    found: list[tuple[str, Data, Data]] = []
    untouched: list[str] = []
    for number, one in enumerate(comparison.answers):
        if progress:
            progress(one.answer, number, len(comparison.answers))
        try:
            if not maker.untouched(one):
                found.append((one.answer, *maker.answer(one)))
            else:
                untouched.append(one.answer)
        except NotShown as reason:
            left[one.answer] = str(reason)
    text = maker.sealed([claim for _, claim, _ in found], [shown for _, _, shown in found], untouched)
    if not found and not untouched:
        return Sealed("", (), (), left)
    compared.check(text.encode(), *maker.loaded)
    return Sealed(text, tuple(name for name, _, _ in found), tuple(untouched), left, maker.no_verdict)


class _Maker:
    """Two laws as the kernel reads them, and the claim about both."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison, self.packs = comparison, (comparison.amended.base, comparison.amended.pack)
        before, after = (kernel.Pack(pack.canonical.encode()) for pack in self.packs)
        self.loaded = before, after
        self.readings = [self._readings(pack, side) for side, pack in enumerate(self.packs)]
        self.refusal, self.no_verdict = "", dict[str, str]()
        try:
            self.laws = compared.Laws(self.loaded, self.claim([], []))
        except kernel.Refused as reason:
            self.refusal = str(reason)
        terms = terms_of(comparison.amended)
        if terms.renames:
            self.refusal = "the amendment gives objects other names, which the kernel does not follow"

    def _readings(self, pack: Pack, side: int) -> dict[str, str]:
        fixed = terms_of(self.comparison.amended).fixed if side else {}
        known = {**self.comparison.readings, **fixed}
        return {name: option for name, option in sorted(known.items()) if name in pack.readings}

    def untouched(self, one: Compared) -> bool:
        """Whether the answer consults nothing in which the laws differ, word for word."""
        if self.refusal:
            raise NotShown(self.refusal)
        try:
            compared.word_for_word(self.laws, [one.answer])
        except kernel.Refused:
            return False
        return True

    def answer(self, one: Compared) -> tuple[Data, Data]:
        """The claim about one answer, and its evidence. Raises `NotShown`."""
        if one.direction in (Direction.ADDED, Direction.REMOVED):
            raise NotShown("only one law has it")
        if not one.complete:
            raise NotShown(one.why)
        claim = self._claim(one)
        cases = [{"atoms": self._atoms(change), "args": _args(change)} for change in one.changes]
        few, every = ([self._assumed(pack, side, all_of) for side, pack in enumerate(self.packs)] for all_of in (False, True))
        tries = dict.fromkeys((frozenset(_sided(few)), frozenset(_sided(every))))
        found = with_few(lambda assumed: self._attempt(claim, assumed), tries)
        if found is None:
            raise NotShown("the kernel's clauses can be met")
        assumed = dict(zip(SIDES, _of_each(found.assumed), strict=True))
        return claim, self._accepted(claim, {"assumed": assumed, "proofs": list(found.proofs), "cases": cases})

    def _claim(self, one: Compared) -> Data:
        """The classes of change, and whether they all go one way, as far as the kernel can tell."""
        claim: Data = {"definition": one.answer, "classes": [self._class(one.answer, change) for change in one.changes]}
        if one.direction not in (Direction.LAXER, Direction.STRICTER):
            return claim
        verdict = {**claim, "verdict": {"is": one.direction.value, **self._order(one)}}
        try:
            compared.Answer(self.laws, verdict)
        except kernel.Refused as reason:
            self.no_verdict[one.answer] = str(reason)
            return claim
        return verdict

    def _order(self, one: Compared) -> Data:
        """What is better than what, where the law does not say it at the answer: of values without an order the definition that
        gives them one, of special values which is best or worst."""
        kinds, members = self.comparison.kinds, frozenset[Member]().union(*(c.key.before | c.key.after for c in one.changes))
        enumeration = self.packs[0].enumerations.get(self.packs[0].definitions[one.answer].type.base)
        special = {member.name for member in members if isinstance(member, Special)}
        ends = {"best": kinds.best.get(one.answer), "worst": kinds.worst.get(one.answer)}
        found: dict[str, str | None] = {end: name for end, name in ends.items() if name in special}
        if enumeration is not None and not enumeration.ordered and any(isinstance(member, str) for member in members):
            found["by"] = kinds.orders.get(enumeration.name)
        return {key: name for key, name in found.items() if name is not None}

    def _accepted(self, claim: Data, evidence: Data) -> Data:
        """The evidence, if the kernel takes it by itself. Raises `NotShown`."""
        text = self.sealed([claim], [evidence], [])
        try:
            compared.check(text.encode(), *self.loaded)
        except kernel.Refused as reason:
            raise NotShown(f"the kernel does not take it: {reason}") from None
        return evidence

    def _attempt(self, claim: Data, assumed: frozenset[Sided]) -> Attempt[frozenset[Sided]] | None:
        """A proof for each way in which arguments can be elements; None where there is none."""
        each, proofs, used = _of_each(assumed), [], frozenset[Sided]()
        try:
            for pack in self.loaded:
                pack.steps = 0
            answer = compared.Answer(self.laws, claim)
            for places in claims.placings(answer.listed, set()):
                slots = compared.bound_of(answer, places, each)
                both, asserted = compared.asserted_of(answer, places, slots, each)
                shown = refutation(both.circuit.gates, asserted, BUDGET)
                if shown is None:
                    return None
                proofs.append({"slots": slots, "lrat": shown.lrat})
                needed = [rested_on([both.side(law)], names, shown.rests_on) for law, names in enumerate(each)]
                used |= frozenset(_sided(needed))
        except (kernel.Refused, TimeoutError) as reason:
            raise NotShown(str(reason)) from None
        return Attempt(tuple(proofs), assumed, used)

    def _assumed(self, pack: Pack, side: int, everything: bool) -> frozenset[str]:
        return every_assumption(pack) - (frozenset() if everything else demanding(pack, self.readings[side]))

    def _class(self, answer: str, change: Change) -> Data:
        base = self.packs[0].definitions[answer].type.base
        sets = [sorted((_member(one, base) for one in side), key=str) for side in (change.key.before, change.key.after)]
        shift = {} if change.key.shift is Shift.SAME else {"shift": change.key.shift.value}
        return {**dict(zip(SIDES, sets, strict=True)), **shift}

    def _atoms(self, change: Change) -> list[Atom]:
        """The facts of the case in the words of either law, and the readings that the claim leaves open."""
        found: list[Atom] = []
        for pack, case, readings in zip(self.packs, (change.shown.before, change.shown.after), self.readings, strict=True):
            left = {name: option for name, option in case.readings.items() if name not in readings}
            found += [atom for atom in atoms_of(pack, case.facts, left, {}) if atom not in found]
        return found

    def claim(self, answers: Sequence[Data], untouched: Sequence[str]) -> Data:
        first, last = self.packs[0].horizon
        return {
            "amended": {"id": self.packs[1].name, "digest": self.packs[1].digest},
            "amendments": [one.name for one in self.comparison.amended.amendments],
            "horizon": {"from": first.isoformat(), "to": last.isoformat()},
            "readings": dict(zip(SIDES, self.readings, strict=True)),
            "answers": list(answers), "untouched": list(untouched),
        }  # fmt: skip

    def sealed(self, answers: Sequence[Data], shown: Sequence[Data], untouched: Sequence[str]) -> str:
        return canonical({
            "format": 1, "kind": "comparison", "pack": {"id": self.packs[0].name, "digest": self.packs[0].digest},
            "claim": self.claim(answers, untouched), "evidence": {"answers": list(shown)},
            "trusted": list(claims.TRUSTED), "made_by": f"zhunsheng {__version__}",
        })  # fmt: skip


def _sided(names: Iterable[Iterable[str]]) -> Iterator[Sided]:
    """Assumptions of the old law (0) and of the new."""
    return ((side, name) for side, each in enumerate(names) for name in each)


def _of_each(assumed: Iterable[Sided]) -> list[list[str]]:
    return [sorted(name for side, name in assumed if side == wanted) for wanted in (0, 1)]


def _member(member: Member, base: str) -> Data:
    match member:
        case FailureKind() as kind:
            return {"failure": kind.word}
        case _ if member is SOME:
            return {"any": base}
        case _ if member is NOT_EXPRESSIBLE:
            raise NotShown("one law has no word for what a case holds, which the kernel does not compare")
        case value:
            return {"value": as_data(value)}


def _args(change: Change) -> list[Any]:
    return [value if isinstance(value, str) and "[" in value else as_data(value) for value in change.shown.args.values()]
