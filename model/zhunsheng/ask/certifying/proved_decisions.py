"""A decided answer where possibilities are too coarse: a proof that no other outcome follows, from facts none of which it can
do without."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhunsheng.ask.certifying.atoms import Atom
from zhunsheng.ask.certifying.few_assumptions import Attempt, rested_on, with_few
from zhunsheng.ask.certifying.few_facts import few_facts
from zhunsheng.ask.certifying.leaving_open import Names, from_ring_on, that_can_be_open
from zhunsheng.ask.deciding.assumed import demanding, every_assumption
from zhunsheng.ask.deciding.sealing import rings
from zhunsheng.certify import claims, kernel
from zhunsheng.certify.clauses import Side
from zhunsheng.certify.proofs import PLAIN, refutable, refutation
from zhunsheng.errors import NotShown
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Pack

CONFLICTS = 20_000
"""That the SAT solver may go through for one proof: a few seconds."""
SOON = 1_000
"""The same where it is only tried what may be left open."""
MANY = 0.4
"""Of the definitions that an answer may turn on, so many have to be left open: with fewer little is saved."""
SMALL = 5_000
"""Gates of a formula: where one larger than this leaves another outcome, no larger one is tried."""
MOST_GATES = 120_000
"""Of one formula: a larger one is neither made nor checked while anybody waits."""
MOST_WORK = 1_000_000
"""Gates of all formulas by which facts are tried one by one: half a minute."""
Assumed = frozenset[str]
NONE: Names = frozenset()


class Noting(Side):
    """A side that notes which lists, readings and choices it was asked of."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: set[tuple[str, str]] = set()

    def ranges(self, binders: Any) -> Any:
        self.asked |= {("list", over) for _, over, is_list in binders if is_list}
        return super().ranges(binders)

    def reading(self, name: str) -> Any:
        self.asked.add(("reading", name))
        return super().reading(name)

    def made_choice(self, name: str) -> Any:
        self.asked.add(("choice", name))
        return super().made_choice(name)


@dataclass(frozen=True)
class Proved:
    """Facts, the evidence of a certificate, and whether none of the facts can be dropped under it."""

    atoms: tuple[Atom, ...]
    evidence: Mapping[str, Any]


def proved(pack: Pack, loaded: kernel.Pack, claim: Mapping[str, Any], atoms: Sequence[Atom]) -> Proved | None:
    """Fewer of these atoms, with a proof that from them nothing but the outcomes of the claim follows. None where there is no
    proof, or not within the budget."""
    readings = {str(atom["reading"]): str(atom["is"]) for atom in atoms if "reading" in atom}
    everything = every_assumption(pack)
    tries = dict.fromkeys((everything - demanding(pack, readings), everything))
    claim = {**claim, "atoms": list(atoms)}
    fewest = next(iter(tries))
    worth = len(claim["outcomes"]) > 1 or _slots(loaded, claim, fewest) != {}  # else the formula is small as it stands
    opened = ((names, fewest, slots) for names, slots in (_left_open(pack, loaded, claim, fewest) if worth else ()))
    whole = ((NONE, assumed, _slots(loaded, claim, assumed)) for assumed in tries)
    for names, assumed, slots in itertools.chain(opened, whole):
        if slots is None:
            continue
        try:
            found = _from_few(loaded, claim, assumed, names, slots)
        except NotShown:
            if not names:
                return None  # with more assumptions, or fact by fact, formulas only get larger
            continue
        if found is not None:
            return found
    return _one_by_one(loaded, claim, tries)


def _left_open(
    pack: Pack, loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed
) -> Iterator[tuple[Names, Mapping[str, int]]]:
    """All definitions that are so far from the answer, or farther, wherever the claim follows from all that is stated whatever
    they come to, with how many further elements that calls for. Not where these are few, nor once a formula gets large."""
    asked = e.Call(claim["definition"], (), pack.definitions[claim["definition"]].type)
    around = [that_can_be_open(pack, ring) for ring in rings(pack, [asked])]
    enough = MANY * sum(len(ring) for ring in around)
    for names in from_ring_on(around):
        if len(names) < enough:
            break
        loaded.steps = 0
        settled, slots = _opened(loaded, claim, names), dict[str, int]()
        try:
            follows = _follows(settled, {}, assumed)
            if follows and (slots := settled.slots(assumed)):
                follows = _follows(settled, slots, assumed)
        except kernel.Refused:
            break
        if follows:
            yield names, slots
        elif follows is None:
            break


def _follows(settled: claims.Settled, slots: Mapping[str, int], assumed: Assumed) -> bool | None:
    """Whether nothing else comes out, with so many further elements (none: what is open then, more do not settle). None where the
    formula is large already and this is not soon shown."""
    side, asserted = settled.formula(dict(slots), assumed)
    if refutable(side.circuit.gates, asserted, SOON):
        return True
    return None if len(side.circuit.gates) > SMALL else False


def _opened(loaded: kernel.Pack, claim: Mapping[str, Any], names: Names) -> claims.Settled:
    settled = claims.Settled(loaded, claim)
    settled.leave_open(sorted(names))
    return settled


def _slots(loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed) -> dict[str, int] | None:
    """How many further elements the claim calls for; None where the kernel has no bound."""
    loaded.steps = 0
    try:
        return claims.Settled(loaded, claim).slots(assumed)
    except kernel.Refused:
        return None


def _from_few(
    loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed, names: Names, slots: Mapping[str, int]
) -> Proved | None:
    """From what is enough among few elements, if it is enough among all that the bound asks for: first it is tried to do without
    the closures of lists, then with all of them; each time days are looked at first that are near those stated. `slots`: how many
    elements it calls for. Raises `NotShown` where it follows but takes a formula that is too large, either way."""
    too_large = 0
    for closing in (False, True):
        try:
            for narrow in (True, False):
                loaded.steps = 0
                few = few_facts(loaded, claim, assumed, slots, CONFLICTS, closing, names, narrow)
                if few is None:
                    break
                kept = _looked(loaded, {**claim, "atoms": list(few.atoms)}, few.assumed, names) if closing else few.atoms
                found = _attempt(loaded, {**claim, "atoms": list(kept)}, few.assumed, names)
                if found is not None:
                    return _with(kept, found)
        except (kernel.Refused, NotShown):  # where lists may hold more it may be too much, and not where they may not
            too_large += 1
    if too_large == 2:
        raise NotShown("the formula gets too large")
    return None


def _looked(loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed, names: Names) -> Sequence[Atom]:
    """The claim's atoms without those that nothing looks at: that lists hold no others is kept where it matters only."""
    loaded.steps = 0
    settled = _opened(loaded, claim, names)
    side, _ = settled.formula(settled.slots(assumed), assumed, Noting)
    return [atom for atom in claim["atoms"] if _looked_at(loaded, side, atom)]


def _with(atoms: Sequence[Atom], found: Attempt[Assumed]) -> Proved:
    (proof,) = found.proofs
    return Proved(tuple(atoms), {"assumed": sorted(found.assumed), **proof})


def _one_by_one(loaded: kernel.Pack, claim: Mapping[str, Any], tries: Iterable[Assumed]) -> Proved | None:
    """The same, where more elements are needed once facts are left out: each trial is a formula of its own."""
    atoms: list[Atom] = claim["atoms"]

    def attempt(of: Sequence[Atom]) -> Callable[[Assumed], Attempt[Assumed] | None]:
        return lambda assumed: _attempt(loaded, {**claim, "atoms": list(of)}, assumed)

    try:
        first = with_few(attempt(atoms), tries)
    except NotShown:
        return None
    if first is None:
        return None
    few, work = first.proofs[0]["slots"], Work()
    try:
        kept = _fewer(atoms, lambda fewer: _enough(loaded, {**claim, "atoms": list(fewer)}, first.assumed, few, work))
        last = with_few(attempt(kept), [first.assumed])
    except NotShown:
        return None
    return None if last is None else _with(kept, last)


def _fewer(atoms: Sequence[Atom], enough: Callable[[list[Atom]], list[Atom] | None]) -> list[Atom]:
    """Those atoms that cannot be done without. `enough` gives those of some atoms that were looked at, if they are enough.
    Pieces are tried that grow after each that could go and shrink after each that could not."""
    kept = enough(list(atoms)) or list(atoms)
    place, size = 0, max(len(kept) // 2, 1)
    while place < len(kept):
        fewer = enough(kept[:place] + kept[place + size :])
        if fewer is not None:
            kept, size = fewer, size * 2
        elif size == 1:
            place += 1
        else:
            size = max(size // 2, 1)
    return kept


@dataclass
class Work:
    """Gates written down so far."""

    gates: int = 0

    def refutable(self, side: Side, asserted: Sequence[int]) -> bool:
        """Whether there is a proof; False also where that takes too much. Raises `NotShown` once all took too much together."""
        self.gates += len(side.circuit.gates)
        if self.gates > MOST_WORK:
            raise NotShown("too much was tried")
        return len(side.circuit.gates) <= MOST_GATES and refutable(side.circuit.gates, asserted, CONFLICTS)


def _enough(
    loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed, few: Mapping[str, int], work: Work
) -> list[Atom] | None:
    """Those of the claim's atoms that were looked at, if nothing but its outcomes follows from them. It is tried with `few`
    elements first: what these leave open, more do not settle. Raises `NotShown`."""
    loaded.steps = 0
    try:
        settled = claims.Settled(loaded, claim)
        closed = kernel.World(loaded, list(claim["atoms"])).complete
        small = {name: number for name, number in few.items() if name not in closed}
        side, asserted = settled.formula(small, assumed, Noting)
        if not work.refutable(side, asserted):
            return None
        slots = settled.slots(assumed)
        if slots != small:
            side, asserted = settled.formula(slots, assumed, Noting)
            if not work.refutable(side, asserted):
                return None
    except kernel.Refused:
        return None
    return [atom for atom in claim["atoms"] if _looked_at(loaded, side, atom)]


def _looked_at(loaded: kernel.Pack, side: Noting, atom: Atom) -> bool:
    kind, name = kernel.symbol_of(atom)
    if kind != "fact":
        return (kind, name) in side.asked
    here, type_, _ = kernel.locate(kernel.World(loaded, []), name)
    if len(here) > 1 and here[1] in loaded.collections and ("list", here[1]) in side.asked:
        return type_ is None or here in side.problem.symbols
    return here in side.problem.symbols or (type_ is not None and here[:2] in side.problem.symbols)


def _attempt(
    loaded: kernel.Pack, claim: Mapping[str, Any], assumed: Assumed, names: Names = NONE
) -> Attempt[Assumed] | None:
    loaded.steps = 0
    try:
        settled = _opened(loaded, claim, names)
        slots = settled.slots(assumed)
        side, asserted = settled.formula(slots, assumed)
        kernel.need(len(side.circuit.gates) <= MOST_GATES, "the formula gets too large")
        found = refutation(side.circuit.gates, asserted, CONFLICTS, PLAIN, twice=False)
    except (kernel.Refused, TimeoutError) as reason:
        raise NotShown(str(reason)) from None
    if found is None:
        return None
    used = rested_on([side], assumed, found.rests_on)
    met = {"open": sorted(settled.left.met)} if settled.left and settled.left.met else {}
    return Attempt(({"slots": slots, "lrat": found.lrat, **met},), assumed, used)
