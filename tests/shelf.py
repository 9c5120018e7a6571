"""What each amendment of the shelf comes to, in a few lines: kept in `tests/compare/shelf`, written anew by

    python tests/shelf.py [NAME…]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Compared, Comparison
from zhunsheng.read.amendment import load_amended
from zhunsheng.read.kinds import load_kinds

ROOT = Path(__file__).parents[1]
PACK = ROOT / "policy" / "urumqi-2025"
AMENDMENTS = ROOT / "policy" / "amendments"
KEPT = Path(__file__).parent / "compare" / "shelf"


def compared(name: str, answers: tuple[str, ...] = (), workers: int = 1) -> Comparison:
    amended = load_amended(PACK, [AMENDMENTS / f"{name}.yaml"])
    return compare(amended, load_kinds(PACK, amended.base), answers=answers, workers=workers)


def summary(comparison: Comparison) -> str:
    """The verdict, each answer that changes with its classes and kinds, and what is not shown."""
    lines = [f"{comparison.direction.value}, {'complete' if comparison.complete else 'not shown complete'}"]
    for each in comparison.answers:
        if each.changes or not each.complete:
            lines += told(each)
    return "\n".join(lines) + "\n"


def told(compared: Compared) -> list[str]:
    follows = f", follows from {', '.join(compared.follows)}" if compared.follows else ""
    shown = "" if compared.complete else ", not shown complete"
    lines = [f"{compared.answer}: {compared.direction.value}{follows}{shown}"]
    for change in compared.changes:
        sets = [" or ".join(sorted(map(str, each))) for each in (change.key.before, change.key.after)]
        by = f" {change.key.shift.value} by {change.shift}" if change.shift else ""
        lines.append(f"    {sets[0]} -> {sets[1]}{by}: {change.direction.value} ({', '.join(change.causes)})")
    lines += [f"    {way} {part}: {each.value}" for (way, part), each in compared.by_kind.items()]
    return lines


def main(names: list[str]) -> None:
    KEPT.mkdir(exist_ok=True)
    for name in names or sorted(path.stem for path in AMENDMENTS.glob("*.yaml")):
        start = time.monotonic()
        comparison = compared(name)  # by one worker, as the test does: what is not shown can turn on what was asked before
        (KEPT / f"{name}.txt").write_text(summary(comparison), encoding="utf-8")
        sys.stdout.write(f"{name}: {time.monotonic() - start:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
