"""What a certificate leaves open: definitions whose rules the claim does not turn on, so that its proof is short.

Whatever such a definition comes to, no case breaks the claim; so nothing that it calls has to be looked at, nor the elements
that only it speaks of. Which they are is tried: ring by ring, everything that far from the claim; then one by one, from the
nearest on, and each stays open where there is still a proof and the certificate does not get longer. Small cases say as well what
may be left open: that is soon asked, and of what no small case objects to, there is often a proof for all. The kernel judges the
result like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zhunsheng.ask.certifying.few_assumptions import Attempt
from zhunsheng.lang.pack import Pack

Names = frozenset[str]
WORK = 1_500_000
"""Gates that may be made in all while definitions are tried for one theorem, each by itself."""
SLACK = 1.05
"""By how much a step on the way may make it longer: what it costs, the next may save."""
SHORT = 40_000
"""From which cost on it is worth looking."""
SMALL = (1, 2)
"""How many elements of each list small cases have."""


@dataclass(frozen=True)
class Opened(Attempt[frozenset[str]]):
    """Proofs with definitions left open. `into`: the definitions whose rules are looked into; `gates`: of the formulas."""

    open: Names
    into: Names
    gates: int

    @property
    def cost(self) -> int:
        """What it takes to keep and to check: characters, and two for each gate that the kernel has to make."""
        return self.size + 2 * self.gates

    @property
    def size(self) -> int:
        """The characters of the proofs."""
        return sum(len(proof["lrat"]) for proof in self.proofs)


Trial = Callable[[Names], Opened | None]
"""The proofs with these definitions left open; None where there are none, or none that is found soon."""


def opened_further(attempt: Trial, found: Opened, order: Sequence[str]) -> Opened:
    """The cheapest that is found by leaving more and more open, in this order."""
    here, best, left = found, found, WORK
    for name in order:
        if best.cost <= SHORT or left < 0:
            break
        if name in here.open or name not in here.into:
            continue
        left -= here.gates
        tried = attempt(here.open | {name})
        if tried is not None and tried.cost <= SLACK * best.cost:
            here = tried
            best = min(best, tried, key=lambda one: one.cost)
    return best


def first_opened(attempt: Trial, around: Sequence[Names]) -> Opened | None:
    """The first for which there is a proof: everything left open that the claim calls; all but that; all but that and what it
    calls; and so on."""
    return next((found for names in from_ring_on(around) if (found := attempt(names)) is not None), None)


def opened_by_small_cases(
    attempt: Trial, holds: Callable[[Names, int], bool], around: Sequence[Names]
) -> Opened | None:
    """As much left open, from the nearest on, as no small case objects to (`holds`, with so many elements of each list), and then
    a proof for all cases. None where there is none."""
    for number in SMALL:
        names = next((names for names in from_ring_on(around) if holds(names, number)), frozenset[str]())
        for name in [name for ring in around for name in sorted(ring)]:
            if name not in names and holds(names | {name}, number):
                names |= {name}
        if (found := attempt(names)) is not None:
            return found
    return None


def from_ring_on(around: Sequence[Names]) -> Iterator[Names]:
    """All that these rings hold; all from the second on; and so on."""
    for number in range(len(around)):
        yield frozenset[str]().union(*around[number:])


def that_can_be_open(pack: Pack, names: Names) -> Names:
    """Elements are nothing that the kernel could leave open."""
    return frozenset(name for name in names if pack.element_of(pack.definitions[name].type.base) is None)
