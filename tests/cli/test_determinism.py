"""The same input gives the same output, byte for byte, whatever the order in which Python happens to keep its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPEN = [
    ("violations-left-out-of-the-file", "barred_from_upper_tier"),
    ("an-a-plant-over-its-permitted-concentration-falls-to-c-or-d", "downgrade_to"),
    ("clinker-at-b-and-grinding-leading-needs-a-mapping", "attained"),
]


def decided(case: str, answer: str, seed: str) -> bytes:
    command = [sys.executable, "-m", "zhunsheng", "decide", f"scenarios/{case}.yaml", "--json", "--answer", answer]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "model")}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize(("case", "answer"), OPEN)
def test_the_hash_seed_changes_nothing(case: str, answer: str) -> None:
    first = decided(case, answer, "1")
    assert b'"open"' in first
    assert decided(case, answer, "4711") == first
