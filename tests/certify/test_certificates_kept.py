"""`prove --certificates DIR`: each certificate is written as it is made, and what stands is neither made again nor lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from garden_findings import THEOREMS, garden, theorems
from zhunsheng.ask.proving.prove import Proof, prove
from zhunsheng.certify import claims, kernel
from zhunsheng.errors import InputError
from zhunsheng.lang.pack import Pack
from zhunsheng.show.certifying import files
from zhunsheng.show.certifying.files import Keeping
from zhunsheng.show.files import EXISTS

ROOT = Path(__file__).parents[2]
PACK = garden()
LOADED = kernel.Pack(PACK.canonical.encode())
PROOFS = prove(PACK, theorems(PACK))


def keeping(folder: Path, force: bool = False, workers: int = 1) -> Keeping:
    return Keeping(PACK, PROOFS, folder, force, workers)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.exists() else {}


def holds(certificate: bytes) -> bool:
    return claims.check(certificate, LOADED)[0].startswith("Pack garden")


@pytest.mark.parametrize("workers", [1, 2])
def test_each_certificate_is_written_as_it_is_made_and_a_rerun_goes_on(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = files.made_anew
    last = files.file_name(keeping(tmp_path).shown[-1])

    def interrupted(pack: Pack, proof: Proof, loaded: kernel.Pack, earlier: str = "") -> str:
        if files.file_name(proof) == last:
            wait_for(lambda: len(held(tmp_path)) == len(PROOFS) - 1)
            raise KeyboardInterrupt
        return made(pack, proof, loaded, earlier)

    monkeypatch.setattr(files, "made_anew", interrupted)
    first = keeping(tmp_path, workers=workers)
    with pytest.raises(KeyboardInterrupt):
        first.run()
    done = held(tmp_path)

    assert list(done) == sorted(first.stand) == sorted({files.file_name(proof) for proof in first.shown} - {last})
    assert files.said_of_left(first, "en") == (
        f"interrupted: {len(done)} certificates stand in {tmp_path}; still to be made: 1. The same command goes on with them"
    )
    assert all(holds(text) for text in done.values())

    def only_the_last(pack: Pack, proof: Proof, loaded: kernel.Pack, earlier: str = "") -> str:
        assert files.file_name(proof) == last
        return made(pack, proof, loaded, earlier)

    monkeypatch.setattr(files, "made_anew", only_the_last)
    again = keeping(tmp_path, workers=workers)
    again.run()

    assert (again.left, again.missing) == (0, {})
    assert {**held(tmp_path), last: b""} == {**done, last: b""}


def test_what_no_longer_shows_its_theorem_is_replaced_where_that_is_asked_for_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping(tmp_path).run()
    whole = held(tmp_path)
    stale, gone = next(name for name, text in whole.items() if b'"lrat":"' in text), next(reversed(whole))
    broken = whole[stale].replace(b'"lrat":"', b'"lrat":"x')
    (tmp_path / stale).write_bytes(broken)
    (tmp_path / gone).unlink()
    before = held(tmp_path)

    with monkeypatch.context() as patched:
        patched.delattr(files, "made_anew")  # nothing is made, let alone written, before it is refused
        with pytest.raises(InputError) as refused:
            keeping(tmp_path).run()

    assert [(problem.place.file, problem.what) for problem in refused.value.problems] == [(str(tmp_path / stale), EXISTS[0])]
    assert held(tmp_path) == before

    keeping(tmp_path, force=True).run()

    assert list(held(tmp_path)) == sorted(whole)
    assert all(holds(text) for text in held(tmp_path).values())


def test_one_of_another_edition_whose_evidence_holds_is_replaced_without_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping(tmp_path).run()
    whole = held(tmp_path)
    for name, text in whole.items():
        (tmp_path / name).write_bytes(text.replace(PACK.digest.encode(), b"0" * 64))
    monkeypatch.delattr(files, "made_anew")

    with pytest.raises(InputError) as refused:
        keeping(tmp_path).run()
    keeping(tmp_path, force=True)._looked_at(None)

    assert len(refused.value.problems) == len(whole)
    assert held(tmp_path) == whole


def test_ctrl_c_keeps_what_is_done_says_how_many_are_left_and_leaves_nobody_working(tmp_path: Path) -> None:
    folder, words = tmp_path / "certificates", [str(THEOREMS), "--pack", str(ROOT / "tests" / "packs" / "garden")]
    program = (
        "import os, signal, sys, time\nfrom zhunsheng import cli\nfrom zhunsheng.show.certifying import files\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\nos.cpu_count = lambda: 2\nmade = files.made_anew\n"
        "def slow(pack, proof, loaded, earlier=''):\n"
        "    if proof.theorem.name == 'waste-bars':\n        time.sleep(300)\n    return made(pack, proof, loaded, earlier)\n"
        "files.made_anew = slow\nsys.exit(cli.main(sys.argv[1:]))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "prove", *words, "--certificates", str(folder), "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: len(list(folder.glob("*.json"))) == 4)

    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)

    assert (process.returncode, errors.decode()) == (
        130, f"interrupted: 4 certificates stand in {folder}; still to be made: 1. The same command goes on with them\n",
    )  # fmt: skip
    assert "waste-bars.json" not in held(folder)
    assert len(held(folder)) == 4
    wait_for(lambda: not in_session(process.pid))


def in_session(session: int) -> list[str]:
    """What still runs of it."""
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    return [fields[0] for fields in stats if fields[3] == str(session) and fields[0] != "Z"]


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(600):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")
