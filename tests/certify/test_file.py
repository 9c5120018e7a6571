"""The kernel is a few files that somebody reads in one sitting each, and that run anywhere."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.certify import kernel

FOLDER = Path(kernel.__file__).parent
FILES = ("reading.py", "kernel.py", "clauses.py", "claims.py")
"""In their order: each may import those before it."""
FOR_DECISIONS = FILES[:2]
MOST_LINES, MOST_CHARACTERS, MOST_OF_A_FUNCTION = 900, 100, 40

each_file = pytest.mark.parametrize("name", FILES)


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def nodes(name: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text(name))))


@each_file
def test_it_is_short_enough_to_read(name: str) -> None:
    lines = text(name).splitlines()

    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > MOST_CHARACTERS] == []


@each_file
def test_no_function_is_longer_than_forty_lines(name: str) -> None:
    functions = [node for node in nodes(name) if isinstance(node, ast.FunctionDef)]

    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MOST_OF_A_FUNCTION] == []


@each_file
def test_it_imports_the_standard_library_and_the_files_before_it_only(name: str) -> None:
    ours = {Path(file).stem for file in FILES[: FILES.index(name)]}
    imported = {alias.name for node in nodes(name) if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes(name):
        if isinstance(node, ast.ImportFrom):
            package = node.module == "zhunsheng.certify"
            imported |= {alias.name for alias in node.names} if package else {node.module or "."}

    found = {one.removeprefix("zhunsheng.certify.").partition(".")[0] for one in imported}

    assert found <= sys.stdlib_module_names | ours


@each_file
def test_it_executes_no_text_and_asserts_nothing(name: str) -> None:
    called = {n.func.id for n in nodes(name) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}

    assert not [node for node in nodes(name) if isinstance(node, ast.Assert)]
    assert called.isdisjoint({"eval", "exec", "compile", "__import__", "open"} - ({"open"} if name == "kernel.py" else set()))


@pytest.mark.parametrize("options", [[], ["-O"], ["-I", "-S"], ["-I", "-S", "-O"]])
@pytest.mark.parametrize("started", ["kernel.py", "claims.py"])
def test_it_runs_alone_from_an_empty_folder(
    started: str, options: list[str], tmp_path: Path, certified: tuple[bytes, bytes]
) -> None:
    for name in FOR_DECISIONS if started == "kernel.py" else FILES:
        shutil.copy(FOLDER / name, tmp_path)
    for name, raw in zip(("certificate.json", "pack.json"), certified, strict=True):
        (tmp_path / name).write_bytes(raw)
    command = [sys.executable, *options, started, "certificate.json", "pack.json"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert done.stderr == b""
    assert done.stdout.decode().startswith("HOLDS\n")
    assert done.returncode == 0
    (tmp_path / "certificate.json").write_bytes(certified[0].replace(b'"false"', b'"true"'))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("REFUSED: ")
    assert done.stderr == b""


def test_the_file_for_decisions_says_where_claims_about_all_cases_are_checked(
    certified: tuple[bytes, bytes],
) -> None:
    other = certified[0].replace(b'"kind":"decision"', b'"kind":"theorem"')

    with pytest.raises(kernel.Refused, match=r"^a claim of the kind 'theorem' is checked by claims\.py, if it is one$"):
        kernel.check(other, certified[1])
