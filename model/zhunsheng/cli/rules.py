"""The rules that a certificate is about: a file, a folder, or what its name finds."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.lang.pack import Pack

MOST_BYTES = 16_000_000
"""Of a certificate, in its envelope or not: the kernel reads half of that."""


NAMED = "name a file that `decide --certificate`, `prove --certificates` or `compare --certificate` wrote"
"""What to do where a file is no certificate."""


def pack_named_in(certificate: bytes, path: Path) -> str:
    """The name of the rules a certificate is about; empty where it says none. InputError, with the place, where the file is not
    even JSON: what else may be wrong with a certificate, the kernel says."""
    from zhunsheng.ask.certifying.claimed import pack_named
    from zhunsheng.read.text import decode

    if named := pack_named(certificate):
        return named
    text = decode(certificate, str(path))
    if not text.strip():
        raise InputError([Problem(Place(str(path), 1, 1), "this file is empty, and no certificate", NAMED)])
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise InputError([Problem(place, "from here on this is no JSON, and so no certificate", NAMED)]) from None
    except (ValueError, RecursionError):
        return ""
    return ""


def rules_of(given: str | None, certificate: bytes, path: Path) -> tuple[bytes, Pack | None]:
    """The rules that a certificate is about, as `--pack` or the certificate names them."""
    return rules_named(given, pack_named_in(certificate, path), path)


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
        what = "this is no certificate: it does not say which rules it is about"
        raise InputError([Problem(Place(str(path)), what, NAMED)])
    pack = _loaded(pack_folder(given or named, Place("--pack") if given else Place(str(path))))
    return pack.canonical.encode(), pack


@cache
def _loaded(folder: Path) -> Pack:
    """Rules, read once for all the certificates of a call."""
    from zhunsheng.read import load_pack

    return load_pack(folder)
