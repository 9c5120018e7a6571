"""The kernel is one file that somebody reads in one sitting and runs anywhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.certify import kernel

FILE = Path(kernel.__file__)
TEXT = FILE.read_text(encoding="utf-8")
TREE = ast.parse(TEXT)
LINES = 1180


def test_it_is_short_enough_to_read() -> None:
    lines = TEXT.splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if len(line) > 100] == []


def test_no_function_is_longer_than_forty_lines() -> None:
    functions = [node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 40] == []


def test_it_imports_the_standard_library_only() -> None:
    imported = {alias.name for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_it_executes_no_text_and_asserts_nothing() -> None:
    assert not [node for node in ast.walk(TREE) if isinstance(node, ast.Assert)]
    called = {node.func.id for node in ast.walk(TREE) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"eval", "exec", "compile", "__import__"})


@pytest.mark.parametrize("options", [[], ["-O"], ["-I", "-S"], ["-I", "-S", "-O"]])
def test_it_runs_alone_from_an_empty_folder(options: list[str], tmp_path: Path, certified: tuple[bytes, bytes]) -> None:
    for name, raw in zip(("certificate.json", "pack.json"), certified, strict=True):
        (tmp_path / name).write_bytes(raw)
    command = [sys.executable, *options, str(FILE), "certificate.json", "pack.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("HOLDS\n")
    assert done.stderr == b""
    (tmp_path / "certificate.json").write_bytes(certified[0].replace(b'"false"', b'"true"'))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("REFUSED: ")
    assert done.stderr == b""
