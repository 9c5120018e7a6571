"""Which definitions the maker of a certificate leaves open: what small cases object to, what the bound allows, what is short."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhunsheng.ask.certifying.leaving_open import Opened, first_opened, opened_by_small_cases, opened_further

AROUND = (frozenset({"near", "other"}), frozenset({"middle"}), frozenset({"far", "farther"}))
ALL = frozenset().union(*AROUND)


def opened(names: frozenset[str], into: frozenset[str] = frozenset(), length: int = 1) -> Opened:
    return Opened(({"slots": {}, "lrat": "x" * length},), frozenset(), frozenset(), names, into, 0)


@dataclass
class Law:
    """What is true of every case while `needed` is looked into, and of cases of so many elements while only some of it is."""

    needed: frozenset[str]
    small: dict[int, frozenset[str]]
    most_looked_into: int = 9
    tried: list[frozenset[str]] = field(default_factory=list)

    def holds(self, names: frozenset[str], number: int) -> bool:
        return self.small[number].isdisjoint(names)

    def attempt(self, names: frozenset[str]) -> Opened | None:
        self.tried.append(names)
        bound_is_small = len(ALL - names) <= self.most_looked_into
        return opened(names) if bound_is_small and self.needed.isdisjoint(names) else None


def test_all_is_left_open_that_no_small_case_objects_to() -> None:
    law = Law(frozenset({"near", "far"}), {1: frozenset({"near", "far"}), 2: ALL})

    found = opened_by_small_cases(law.attempt, law.holds, AROUND)

    assert found is not None
    assert found.open == {"other", "middle", "farther"}
    assert law.tried == [found.open]


def test_so_there_is_a_proof_where_ring_by_ring_the_bound_asks_for_too_much() -> None:
    law = Law(frozenset({"near", "far"}), {1: frozenset({"near", "far"}), 2: ALL}, most_looked_into=2)

    assert first_opened(law.attempt, AROUND) is None
    assert opened_by_small_cases(law.attempt, law.holds, AROUND) is not None


def test_where_cases_with_one_element_allow_too_much_those_with_two_are_asked() -> None:
    law = Law(frozenset({"near", "far"}), {1: frozenset({"near"}), 2: frozenset({"near", "far"})})

    found = opened_by_small_cases(law.attempt, law.holds, AROUND)

    assert found is not None
    assert found.open == {"other", "middle", "farther"}
    assert len(law.tried) == 2


def test_where_a_proof_needs_more_than_small_cases_show_there_is_none() -> None:
    law = Law(frozenset({"near", "far"}), {1: frozenset({"near"}), 2: frozenset({"near"})})

    assert opened_by_small_cases(law.attempt, law.holds, AROUND) is None


def test_what_makes_the_certificate_longer_is_not_left_open() -> None:
    lengths = {"near": 200_000, "other": 50_000, "middle": 45_000}
    first = opened(frozenset(), ALL, 100_000)

    def attempt(names: frozenset[str]) -> Opened | None:
        longest = lengths["near"] if "near" in names else min(lengths[name] for name in names)
        return opened(names, ALL - names, longest)

    found = opened_further(attempt, first, ["near", "other", "middle"])

    assert found.open == {"other", "middle"}
    assert found.cost == 45_000
