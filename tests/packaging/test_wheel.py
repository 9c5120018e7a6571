"""The wheel carries the packs, and works away from the sources."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADS = """
import sys, zhunsheng
from zhunsheng.errors import Place
from zhunsheng.read import load_pack
from zhunsheng.show.packs import pack_folder
print(zhunsheng.__file__)
print(load_pack(pack_folder("urumqi-2025", Place("here"))).name)
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources and unpacked: what an installation puts on the path."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_the_program_its_packs_and_nothing_else(unpacked: Path) -> None:
    top = sorted(path.name for path in unpacked.iterdir())
    packs = {path.relative_to(unpacked / "zhunsheng").as_posix() for path in unpacked.glob("zhunsheng/policy/**/*.yaml")}

    assert top == ["zhunsheng", top[1]]
    assert top[1].endswith(".dist-info")
    assert packs == {path.relative_to(ROOT).as_posix() for path in (ROOT / "policy").rglob("*.yaml")}
    assert (unpacked / "zhunsheng" / "policy" / "urumqi-2025" / "pack.yaml").is_file()


def test_the_wheel_holds_every_file_of_the_program(unpacked: Path) -> None:
    sources = ROOT / "model" / "zhunsheng"
    kept = {path.relative_to(sources) for path in sources.rglob("*") if path.is_file() and "__pycache__" not in path.parts}

    carried = {path.relative_to(unpacked / "zhunsheng") for path in (unpacked / "zhunsheng").rglob("*") if path.is_file()}

    assert Path("show/sheets/sheet.typ") in kept
    assert {path for path in carried if path.parts[0] != "policy"} == kept


def test_a_pack_is_loaded_by_its_name_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    run = subprocess.run(
        [sys.executable, "-c", LOADS], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert run.stderr == ""
    assert run.stdout.splitlines() == [str(unpacked / "zhunsheng" / "__init__.py"), "urumqi-2025"]


def test_edits_to_a_pack_are_live_where_the_program_is_installed_to_be_edited() -> None:
    import zhunsheng
    from zhunsheng.show.packs import packs

    assert Path(zhunsheng.__file__) == ROOT / "model" / "zhunsheng" / "__init__.py"
    assert packs()["urumqi-2025"].resolve() == ROOT / "policy" / "urumqi-2025"
