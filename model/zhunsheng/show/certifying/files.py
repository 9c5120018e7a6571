"""The certificates of theorems as files: one for each variant that was proved or refuted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from zhunsheng.ask.certifying.theorem_certificates import theorem_certificate
from zhunsheng.ask.proving.proof import Proof
from zhunsheng.ask.workers import shared_out
from zhunsheng.certify import kernel
from zhunsheng.errors import NotShown
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict

CERTIFIED = (Verdict.PROVED, Verdict.REFUTED)
Progress = Callable[[str, int, int], None]


def file_name(proof: Proof) -> str:
    """The theorem's name, and the number of its variant but for the first."""
    return variant_file(proof.theorem, proof.theorem.variants.index(proof.variant))


def variant_file(theorem: Theorem, number: int) -> str:
    return f"{theorem.name}{f'.{number}' if number else ''}.json"


def kept_files(
    pack: Pack, proofs: Sequence[Proof], folder: Path, progress: Progress | None = None, workers: int = 1
) -> tuple[dict[Path, bytes], dict[str, str]]:
    """The files by their paths, and by name why some are missing. What stands in the folder already is made use of."""
    loaded = kernel.Pack(pack.canonical.encode())
    files: dict[Path, bytes] = {}
    missing: dict[str, str] = {}
    shown = [proof for proof in proofs if proof.verdict in CERTIFIED]

    def made(number: int) -> tuple[bytes, str]:
        path = folder / file_name(shown[number])
        earlier = path.read_text(encoding="utf-8") if path.exists() else ""
        try:
            return theorem_certificate(pack, shown[number], loaded, earlier).encode(), ""
        except NotShown as reason:
            return b"", str(reason)

    for number, (text, why) in enumerate(shared_out(made, len(shown), workers)):
        path = folder / file_name(shown[number])
        if text:
            files[path] = text
        else:
            missing[path.stem] = why
        if progress:
            progress(shown[number].theorem.name, number, len(shown))
    return files, missing


def said_of_missing(missing: Mapping[str, str], language: str) -> Iterator[str]:
    """A line for each certificate that could not be made."""
    for name, reason in missing.items():
        yield f"未能写出证明书：{name}（{reason}）" if language == "zh" else f"no certificate: {name} ({reason})"
