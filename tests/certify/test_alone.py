"""The kernel's files alone, in a folder that holds nothing else, however Python is started: truth is accepted, a lie is not.

By default each certificate meets some of the ways to start Python, with ALL=1 all of them.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from certify import test_many_attacks as attacks
from certify.test_file import FILES, FOLDER, FOR_DECISIONS
from zhunsheng.read.vocabulary import canonical

ALL = bool(os.environ.get("ALL"))
STARTED = ((), ("-O",), ("-OO",), ("-I", "-S"), ("-I", "-S", "-O"))
SOME = {"decision": 3, "open decision": 2, "refuted": 2}
"""How many certificates of a kind are put to it by default, where it is not one."""


def nothing_fails(data: Any, _: Any, __: Random) -> str:
    data["claim"]["theorem"]["claim"] = "True"
    return attacks.FALSE


@dataclass(frozen=True)
class Kind:
    """By which file certificates of a kind are checked, and what makes them false."""

    started: str
    lie: Callable[[Any, Any, Random], str]


KINDS = {
    "decision": Kind("kernel.py", attacks.other_outcome), "open decision": Kind("kernel.py", attacks.outcome_left_out),
    "by proof": Kind("claims.py", attacks.fact_withheld), "theorem": Kind("claims.py", attacks.weaker_premises),
    "left open": Kind("claims.py", attacks.what_is_no_definition_left_open), "refuted": Kind("claims.py", nothing_fails),
    "comparison": Kind("compared.py", attacks.class_turned), "pack": Kind("compared.py", attacks.with_evidence),
}  # fmt: skip


def alone(
    folder: Path, started: str, options: tuple[str, ...], data: Any, pack: Any, amended: bytes | None
) -> tuple[int, str, str]:
    """What `python started certificate pack` says in a folder of its own."""
    folder.mkdir()
    for name in FOR_DECISIONS if started == "kernel.py" else FILES:
        shutil.copy(FOLDER / name, folder)
    parts = {"certificate.json": canonical(data).encode(), "pack.json": canonical(pack).encode()}
    parts |= {"amended.json": amended} if amended else {}
    for name, raw in parts.items():
        (folder / name).write_bytes(raw)
    done = subprocess.run([sys.executable, *options, started, *parts], cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_however_it_is_started_the_kernel_takes_what_is_true_and_refuses_a_lie(kind: str, tmp_path: Path) -> None:
    base, how, tried = attacks.base_of(kind), KINDS[kind], 0
    for place, data in enumerate(attacks.of_kind(kind)[: None if ALL else SOME.get(kind, 1)]):
        lie = copy.deepcopy(data)
        how.lie(lie, copy.deepcopy(base.pack), Random(place))
        for turn, options in enumerate(STARTED):
            if not ALL and (turn + place + list(KINDS).index(kind)) % 3:
                continue
            folder = tmp_path / f"{place}-{turn}"
            code, said, errors = alone(folder, how.started, options, data, base.pack, base.amended)
            assert (code, said.partition("\n")[0], errors) == (0, "HOLDS", ""), (options, said)
            code, said, errors = alone(Path(f"{folder}-lie"), how.started, options, lie, base.pack, base.amended)
            assert (code, said[:9], said.count("\n"), errors) == (1, "REFUSED: ", 1, ""), (options, said)
            tried += 1
    assert tried >= 1


def test_every_way_to_start_python_is_met_by_default_too() -> None:
    """By a kind each at least; the sample must not leave one out."""
    met = {turn for kind in range(len(KINDS)) for turn in range(len(STARTED)) if not (turn + kind) % 3}

    assert met == set(range(len(STARTED)))
