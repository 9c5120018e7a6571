"""What `compare` writes beside its answer, the certificate of a comparison; and what `verify` needs to check one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.shared import language, progress_of
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.comparing.comparison import Comparison
    from zhunsheng.lang.pack import Pack

MOST_BYTES = 16_000_000
"""Of a law in canonical form, as the kernel has it."""
BESIDE = ".amended.json"
"""How the file of the amended law ends that is written beside a certificate."""


def writes(command: argparse.ArgumentParser) -> None:
    """The option of `compare` that writes a certificate."""
    command.add_argument(
        "--certificate", metavar="FILE.json",
        help="写出可独立核验的证明书，旁边附修改后的规则 / write a certificate, and the amended law beside it",
    )  # fmt: skip


def refuse_taken(args: argparse.Namespace) -> None:
    """Before anything long begins: the files that would be written. Raises `InputError`."""
    if not args.certificate:
        return
    path = Path(args.certificate)
    if path.suffix != ".json" or path.is_dir():
        what = "a certificate is one file, and its name ends in .json"
        raise InputError([Problem(Place("--certificate"), what, f"write --certificate {path}.json")])
    taken = [each for each in (path, beside(path)) if each.exists() and not args.force]
    if taken:
        again = "choose another name, or add --force"
        raise InputError([Problem(Place(str(each)), "this file exists already", again) for each in taken])


def beside(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".json") + BESIDE)


def write(args: argparse.Namespace, found: Comparison) -> bool:
    """The certificate, and the amended law beside it. False where something was left out of it, which is told on standard error,
    like what was written."""
    from zhunsheng.ask.comparing.comparison_certificates import comparison_certificate
    from zhunsheng.show.certifying.made import comparison_told
    from zhunsheng.show.files import write_all

    path = Path(args.certificate)
    with progress_of(args) as progress:
        sealed = comparison_certificate(found, progress)
    if sealed.text:
        write_all({path: sealed.text.encode(), beside(path): found.amended.pack.canonical.encode()}, args.force)
    print(comparison_told(found.amended.base, sealed, (path, beside(path)), language(args)), file=sys.stderr)
    return bool(sealed.text) and not sealed.left_out and not sealed.no_verdict


def amended_law(args: argparse.Namespace, certificate: Path, rules: Pack | None) -> bytes | None:
    """The amended law in canonical form: as a file, by the amendments, or where `compare` writes it. None where there is none."""
    from zhunsheng.read.amendment import load_amended
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.packs import pack_folder

    if not args.amended:
        return read_bytes(beside(certificate), MOST_BYTES) if beside(certificate).is_file() else None
    first = Path(args.amended[0])
    if first.suffix == ".json" and len(args.amended) == 1:
        return read_bytes(first, MOST_BYTES)
    named = args.pack or (rules.name if rules is not None else "")
    return load_amended(pack_folder(named, Place("--pack")), args.amended, []).pack.canonical.encode()
