"""The kernel is a few files that somebody reads in one sitting each, and that run anywhere."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison_certificates import comparison_certificate
from zhunsheng.certify import kernel
from zhunsheng.read.amendment import load_amended

ROOT = Path(__file__).parents[2]
FOLDER = Path(kernel.__file__).parent
FILES = ("reading.py", "kernel.py", "tables.py", "clauses.py", "bounds.py", "claims.py", "agreed.py", "compared.py")
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
@pytest.mark.parametrize("started", ["kernel.py", "claims.py", "compared.py"])
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


@pytest.mark.parametrize("started", [name for name in FILES if name != "reading.py"])
def test_it_says_which_file_is_missing_beside_it(started: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / started, tmp_path)
    command = [sys.executable, "-I", "-S", started, "certificate.json", "pack.json"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)

    others = {"clauses.py": "kernel", "claims.py": "bounds", "compared.py": "agreed"}
    first = "reading" if started in ("kernel.py", "tables.py") else others.get(started, "clauses")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"REFUSED: {first}.py is missing: it has to stand beside this file\n"


def test_a_comparison_is_checked_with_the_files_alone(tmp_path: Path) -> None:
    amendment = ROOT / "tests" / "amendments" / "month-in-other-words.yaml"
    laws = load_amended(ROOT / "tests" / "packs" / "garden", [str(amendment)], [])
    for name in FILES:
        shutil.copy(FOLDER / name, tmp_path)
    texts = (comparison_certificate(compare(laws)).text, laws.base.canonical, laws.pack.canonical)
    for name, text in zip(("certificate.json", "pack.json", "amended.json"), texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-O", "compared.py", "certificate.json", "pack.json"]

    done = subprocess.run([*command, "amended.json"], cwd=tmp_path, capture_output=True, check=False, text=True)
    alone = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("HOLDS\nPack garden, SHA-256 ")
    assert (alone.returncode, alone.stderr) == (1, "")
    assert alone.stdout == "REFUSED: a comparison is about two laws: name the pack as amended too\n"


def test_the_file_for_decisions_says_where_claims_about_all_cases_are_checked(
    certified: tuple[bytes, bytes],
) -> None:
    other = certified[0].replace(b'"kind":"decision"', b'"kind":"theorem"')

    with pytest.raises(kernel.Refused, match=r"^a claim of the kind 'theorem' is checked by claims\.py, if it is one$"):
        kernel.check(other, certified[1])
