"""The contracts about imports hold, and would not if somebody broke them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CONTRACTS = len(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"])

BROKEN = {
    "a lower layer imports a higher one": (
        "lang/planted.py",
        "import zhunsheng.ask\n",
        "zhunsheng.lang is not allowed to import zhunsheng.ask:",
    ),
    "one meaning imports another": (
        "evaluate/planted.py",
        "import zhunsheng.solve.smt\n",
        "zhunsheng.evaluate is not allowed to import zhunsheng.solve:",
    ),
    "a question builds on one that builds on it": (
        "ask/deciding/planted.py",
        "import zhunsheng.ask.comparing.compare\n",
        "zhunsheng.ask.deciding is not allowed to import zhunsheng.ask.comparing:",
    ),
    "a report builds on one that holds it": (
        "show/deciding/planted.py",
        "import zhunsheng.show.checking.check\n",
        "zhunsheng.show.deciding is not allowed to import zhunsheng.show.checking:",
    ),
    "two reports beside each other do not know each other": (
        "show/timelines/planted.py",
        "import zhunsheng.show.texts.akn\n",
        "zhunsheng.show.timelines is not allowed to import zhunsheng.show.texts:",
    ),
    "a report has no place in the list": (
        "show/planted.py",
        "",
        "The following modules are not listed as layers:",
    ),
    "a second module imports z3": (
        "solve/planted.py",
        "import z3\n",
        "zhunsheng is not allowed to import z3:",
    ),
    "a second module imports the SAT solver": (
        "certify/planted.py",
        "import pysat\n",
        "zhunsheng is not allowed to import pysat:",
    ),
    "the kernel imports something of ours": (
        "certify/reading.py",
        "import zhunsheng.errors\n",
        "zhunsheng.certify.reading is not allowed to import zhunsheng.errors:",
    ),
    "a package has no place in the list": (
        "planted/__init__.py",
        "",
        "The following modules are not listed as layers:",
    ),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of `pyproject.toml`, checked over the packages under `folder`/model."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "model"), "PYTHONIOENCODING": "utf-8"}
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache", "--config", ROOT / "pyproject.toml"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "model", tmp_path / "model", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_contracts_hold(copied: Path) -> None:
    run = lint_imports(copied)

    assert run.stdout.splitlines()[-1] == f"Contracts: {CONTRACTS} kept, 0 broken."
    assert run.returncode == 0


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_contract_is_noticed(what: str, copied: Path) -> None:
    path, source, message = BROKEN[what]
    planted = copied / "model" / "zhunsheng" / path
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(source, encoding="utf-8")

    run = lint_imports(copied)

    assert run.returncode == 1
    assert message in run.stdout.splitlines()
    assert f"Contracts: {CONTRACTS - 1} kept, 1 broken." in run.stdout.splitlines()


@pytest.mark.xdist_group("groups")
def test_tests_that_share_a_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    distributed = hasattr(request.config, "workerinput")

    assert not distributed or request.node.nodeid.endswith("@groups")
