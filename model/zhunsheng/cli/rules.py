"""The rules that a certificate is about: a file, a folder, or what its name finds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.lang.pack import Pack

MOST_BYTES = 16_000_000
"""Of a certificate, in its envelope or not: the kernel reads half of that."""


def rules_of(given: str | None, certificate: bytes, path: Path) -> tuple[bytes, Pack | None]:
    """The rules that a certificate is about, as `--pack` or the certificate names them."""
    from zhunsheng.ask.certifying.claimed import pack_named

    return rules_named(given, pack_named(certificate), path)


def rules_named(given: str | None, named: str, path: Path) -> tuple[bytes, Pack | None]:
    """The rules: a file that was exported, a folder, or what is found by the name the certificate gives."""
    from zhunsheng.read.from_canonical import read_canonical
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.packs import pack_folder

    if given and Path(given).is_file():
        raw = read_bytes(Path(given))
        if not raw.startswith(b"{"):
            what = "these are no rules as `zhunsheng export pack` writes them"
            raise InputError([Problem(Place(given), what, "name the file that was exported, or the folder of the rules")])
        try:
            return raw, read_canonical(raw.decode("utf-8"), given)
        except (InputError, ValueError):
            return raw, None  # the kernel reads it by itself; names and sentences are ours
    if not given and not named:
        raise InputError([Problem(Place(str(path)), "this is no certificate: it does not say which rules it is about")])
    pack = _loaded(pack_folder(given or named, Place("--pack") if given else Place(str(path))))
    return pack.canonical.encode(), pack


@cache
def _loaded(folder: Path) -> Pack:
    """Rules, read once for all the certificates of a call."""
    from zhunsheng.read import load_pack

    return load_pack(folder)
