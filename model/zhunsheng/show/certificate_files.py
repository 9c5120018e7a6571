"""The certificates of theorems as files: one for each variant that was proved or refuted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from zhunsheng.ask.proving import Proof
from zhunsheng.ask.theorem_certificates import theorem_certificate
from zhunsheng.certify import kernel
from zhunsheng.errors import NotShown
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Verdict

CERTIFIED = (Verdict.PROVED, Verdict.REFUTED)
Progress = Callable[[str, int, int], None]


def file_name(proof: Proof) -> str:
    """The theorem's name, and the number of its variant but for the first."""
    number = proof.theorem.variants.index(proof.variant)
    return f"{proof.theorem.name}{f'.{number}' if number else ''}.json"


def kept_files(
    pack: Pack, proofs: Sequence[Proof], folder: Path, progress: Progress | None = None
) -> tuple[dict[Path, bytes], dict[str, str]]:
    """The files by their paths, and by name why some are missing. What stands in the folder already is made use of."""
    loaded = kernel.Pack(pack.canonical.encode())
    files: dict[Path, bytes] = {}
    missing: dict[str, str] = {}
    shown = [proof for proof in proofs if proof.verdict in CERTIFIED]
    for number, proof in enumerate(shown):
        path = folder / file_name(proof)
        earlier = path.read_text(encoding="utf-8") if path.exists() else ""
        try:
            files[path] = theorem_certificate(pack, proof, loaded, earlier).encode()
        except NotShown as reason:
            missing[path.stem] = str(reason)
        if progress:
            progress(proof.theorem.name, number, len(shown))
    return files, missing


def said_of_missing(missing: Mapping[str, str], language: str) -> Iterator[str]:
    """A line for each certificate that could not be made."""
    for name, reason in missing.items():
        yield f"未能出具证书：{name}（{reason}）" if language == "zh" else f"no certificate: {name} ({reason})"
