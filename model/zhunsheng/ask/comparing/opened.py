"""What a check finds in the law as amended and not in the law as it was, and the other way round, where the amendment reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhunsheng.ask.checking.checking import Checking
from zhunsheng.ask.checking.findings import Finding
from zhunsheng.ask.checking.memory import Memory
from zhunsheng.ask.checking.unused import static_findings
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.workers import shared_out
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Opened:
    """`new`: findings of the law as amended only; `cured`: of the law as it was only; `not_shown`: what was not settled of
    either (0 the old law), with the reason; `looked_at`: how many definitions the amendment reaches."""

    new: tuple[Finding, ...]
    cured: tuple[Finding, ...]
    not_shown: tuple[tuple[int, str, str], ...]
    looked_at: int


def opened(
    laws: tuple[Pack, Pack],
    touched: frozenset[str],
    theorems: tuple[Sequence[Theorem], Sequence[Theorem]] = ((), ()),
    *,
    progress: Progress | None = None,
    workers: int = 1,
    kept: Kept | None = None,
) -> Opened:
    """The faults that an amendment opens or cures, under the default readings, of the definitions that it reaches (`touched`, in
    the old law's names). A gap or conflict that they come to may arise in one that it does not reach: those are looked at too."""
    memories = [Memory() if kept is None else Memory(kept) for _ in laws]
    checking = [Checking(law, "default", memory) for law, memory in zip(laws, memories, strict=True)]
    work = [(side, name, True) for side, law in enumerate(laws) for name in law.definitions if name in touched]
    work += [(side, name, False) for side, each in enumerate(checking) for name in each.sources(touched)]
    found: list[list[Finding]] = [list(static_findings(law, each)) for law, each in zip(laws, theorems, strict=True)]
    left: list[tuple[int, str, str]] = []

    def part(number: int) -> tuple[tuple[Finding, ...], tuple[tuple[str, str], ...], object]:
        side, name, reached = work[number]
        one = checking[side].part(name) if reached else checking[side].failing(name)
        return one.findings, one.not_shown, one.new

    for number, (findings, not_shown, new) in enumerate(shared_out(part, len(work), workers)):
        side, name, _ = work[number]
        if progress:
            progress(name, number, len(work))
        memories[side].keep(new)  # type: ignore[arg-type]  # what `part` of a check is to remember
        found[side] += findings
        left += [(side, subject, why) for subject, why in not_shown]
    return Opened(_only(found[1], found[0]), _only(found[0], found[1]), tuple(left), len(touched))


def _only(mine: Sequence[Finding], other: Sequence[Finding]) -> tuple[Finding, ...]:
    """The faults among some findings that are not among others, each once."""
    known = {finding.key for finding in other}
    found = {finding.key: finding for finding in mine if finding.kind.fault and finding.key not in known}
    return tuple(found.values())
