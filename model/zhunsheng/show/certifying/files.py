"""The certificates of theorems as files: one for each variant that was proved or refuted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhunsheng.ask.certifying.theorem_certificates import made_anew, taken_over
from zhunsheng.ask.proving.proof import Proof
from zhunsheng.ask.workers import as_done
from zhunsheng.certify import kernel
from zhunsheng.errors import InputError, NotShown, Place, Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.show.files import EXISTS, make_folder, write_new

CERTIFIED = (Verdict.PROVED, Verdict.REFUTED)
Progress = Callable[[str, int, int], None]


def file_name(proof: Proof) -> str:
    """The theorem's name, and the number of its variant but for the first."""
    return variant_file(proof.theorem, proof.theorem.variants.index(proof.variant))


def variant_file(theorem: Theorem, number: int) -> str:
    return f"{theorem.name}{f'.{number}' if number else ''}.json"


@dataclass
class Keeping:
    """The certificates of theorems, each written as soon as it is made. What stands in the folder already is made use of."""

    pack: Pack
    proofs: Sequence[Proof]
    folder: Path
    force: bool = False
    workers: int = 1
    missing: dict[str, str] = field(default_factory=dict)
    """By name why some could not be made."""
    stand: set[str] = field(default_factory=set)
    """The names of the files that are known to show their theorems."""

    def __post_init__(self) -> None:
        self.loaded = kernel.Pack(self.pack.canonical.encode())
        self.shown = [proof for proof in self.proofs if proof.verdict in CERTIFIED]

    @property
    def left(self) -> int:
        return len(self.shown) - len(self.stand) - len(self.missing)

    def run(self, progress: Progress | None = None) -> None:
        """All of them. Raises InputError, before any is made, where a file would have to be replaced without `force`."""
        replaced = self._looked_at(progress)
        if replaced and not self.force:
            raise InputError([Problem(Place(str(self._path(proof))), *EXISTS) for proof in replaced])
        self._made(progress)

    def _looked_at(self, progress: Progress | None) -> list[Proof]:
        """Those of the files there that do not stand as they are. With `force`, those are written whose evidence holds."""
        there = [proof for proof in self.shown if os.path.exists(self._path(proof))]
        replaced: dict[int, Proof] = {}

        def work(number: int) -> bytes:
            return taken_over(self.pack, there[number], self.loaded, self._earlier(there[number])).encode()

        for done, (number, text) in enumerate(as_done(work, len(there), self.workers)):
            proof = there[number]
            if text == _held(self._path(proof)):
                self.stand.add(file_name(proof))
            else:
                replaced[number] = proof
                if text and self.force:
                    self._write(proof, text)
            if progress:
                progress(proof.theorem.name, done, len(there))
        return [replaced[number] for number in sorted(replaced)]

    def _made(self, progress: Progress | None) -> None:
        todo = [proof for proof in self.shown if file_name(proof) not in self.stand]
        if todo:
            make_folder(self.folder)  # first: what cannot be written need not be made

        def work(number: int) -> tuple[bytes, str]:
            try:
                return made_anew(self.pack, todo[number], self.loaded, self._earlier(todo[number])).encode(), ""
            except NotShown as reason:
                return b"", str(reason)

        for done, (number, (text, why)) in enumerate(as_done(work, len(todo), self.workers)):
            proof = todo[number]
            if text:
                self._write(proof, text)
            else:
                self.missing[self._path(proof).stem] = why
            if progress:
                progress(proof.theorem.name, done, len(todo))

    def _write(self, proof: Proof, text: bytes) -> None:
        write_new(self._path(proof), text, self.force)
        self.stand.add(file_name(proof))

    def _path(self, proof: Proof) -> Path:
        return self.folder / file_name(proof)

    def _earlier(self, proof: Proof) -> str:
        return _held(self._path(proof)).decode("utf-8", "replace")


def _held(path: Path) -> bytes:
    """What a file holds; nothing where it is none."""
    return path.read_bytes() if path.is_file() else b""


def said_of_missing(missing: Mapping[str, str], language: str) -> Iterator[str]:
    """A line for each certificate that could not be made."""
    for name, reason in sorted(missing.items()):
        yield f"未能写出证明书：{name}（{reason}）" if language == "zh" else f"no certificate: {name} ({reason})"


def said_of_left(keeping: Keeping, language: str) -> str:
    """What is said where it was interrupted."""
    done, left, folder = len(keeping.stand), keeping.left, keeping.folder
    if language == "zh":
        return f"已中断：{folder}中已有{done}份证明书，还有{left}份未作出；再次运行同一命令即可继续"
    return f"interrupted: {done} certificates stand in {folder}; still to be made: {left}. The same command goes on with them"
