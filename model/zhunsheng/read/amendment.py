"""Amendments: files of edits, and what they make of a pack.

text -> strict tree -> drafts of edits -> the pack's trees, edited -> typed and checked as any pack -> Amended
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhunsheng.lang.amendment import Amended
from zhunsheng.read.drafts import drafted
from zhunsheng.read.governing import typed
from zhunsheng.read.pack import assemble
from zhunsheng.read.stacking import Stack
from zhunsheng.read.trees import read_trees
from zhunsheng.read.words import Report


def load_amended(folder: Path | str, paths: Sequence[Path | str], below: Sequence[Path | str] = ()) -> Amended:
    """The pack in a folder, and what the amendments of these files make of it, one on top of the other. `below` are amendments
    that belong to the base. InputError with every problem found."""
    folder = Path(folder)
    report = Report()
    trees = read_trees(folder, report)
    report.stop_if_any()
    lower = [drafted(Path(path), report) for path in below]
    upper = [drafted(Path(path), report) for path in paths]
    report.stop_if_any()
    stack = Stack(dict(trees), report)
    for one in lower:
        stack.apply(one)
    base = assemble(folder, stack.trees, Report() if not report.problems else report)
    for one in upper:
        stack.apply(one, base)
    report.stop_if_any()
    pack = assemble(folder, stack.trees, report)
    amendments = tuple(typed(one, base, pack, report) for one in upper)
    report.stop_if_any()
    return Amended(base, pack, amendments)
