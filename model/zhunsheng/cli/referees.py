"""Kinds of `export` for those who check proofs: `certificate` of the rules themselves, `dimacs` of a certificate's proofs."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from zhunsheng.cli.compared import amended_law
from zhunsheng.cli.shared import DONE, common, language, pack_of, show
from zhunsheng.errors import InputError, Place, Problem


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The kinds of this module, with their options."""
    own = kinds.add_parser("certificate", help="规则本身的证明书 / a certificate that the clauses mean what the rules mean")
    own.add_argument("file", metavar="FILE.json", help="写入的文件 / the file to write")
    own.add_argument("--points", type=int, default=32, metavar="N", help="试多少个情形，缺省32 / in how many cases it is tried")
    own.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    common(own, export_certificate, as_json=False)
    dimacs = kinds.add_parser("dimacs", help="证明书中的逻辑证明，供其他程序核验 / proofs of a certificate for other checkers")
    dimacs.add_argument("certificate", metavar="CERTIFICATE", help="证明书 / the certificate")
    dimacs.add_argument("folder", metavar="DIR", help="写入的文件夹 / the folder to write into")
    dimacs.add_argument(
        "--amended", nargs="+", metavar="FILE", help="修改后的规则文件或修改方案 / the amended law, of a comparison"
    )
    dimacs.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")
    common(dimacs, export_dimacs, as_json=False)


def export_certificate(args: argparse.Namespace) -> int:
    """`export certificate FILE`: written once the kernel has taken it."""
    from zhunsheng.ask.certifying.rules_certificate import rules_certificate
    from zhunsheng.ask.certifying.verify import verify
    from zhunsheng.certify import agreed
    from zhunsheng.show.certifying.verified import verified_document
    from zhunsheng.show.files import write_new

    if not 1 <= args.points <= agreed.MOST["points"]:
        what = f"{args.points} cases cannot be tried"
        raise InputError([Problem(Place("--points"), what, f"write 1 to {agreed.MOST['points']}")])
    pack = pack_of(args)
    text = rules_certificate(pack, args.points).encode()
    found = verify(args.file, text, pack.canonical.encode(), pack)
    write_new(Path(args.file), text, args.force)
    show(verified_document([found], language(args)))
    return DONE


def export_dimacs(args: argparse.Namespace) -> int:
    """`export dimacs CERTIFICATE DIR`: for each proof the clauses (.cnf), the steps (.drup), and both (.lrat)."""
    from zhunsheng.ask.certifying.formulas import formulas
    from zhunsheng.certify import kernel
    from zhunsheng.certify.dimacs import exported
    from zhunsheng.cli.rules import MOST_BYTES, rules_of
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.files import write_all

    path = Path(args.certificate)
    certificate = read_bytes(path, MOST_BYTES)
    raw, rules = rules_of(args.pack, certificate, path)
    files = {}
    try:
        for formula in formulas(certificate, raw, amended_law(args, path, rules)):
            name, text = re.sub(r"[^\w.-]", "-", formula.name), exported(formula)
            for ending in ("cnf", "drup", "lrat"):
                files[Path(args.folder) / f"{name}.{ending}"] = str(getattr(text, ending)).encode()
    except (kernel.Refused, ValueError) as reason:
        raise InputError([Problem(Place(str(path)), f"its proofs cannot be written out: {reason}")]) from None
    write_all(files, args.force)
    return DONE
