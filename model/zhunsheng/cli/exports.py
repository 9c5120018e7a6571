"""Kinds of `export` for those who work elsewhere: `akn`, `xlsx`, `docx`, `smt2`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from zhunsheng.cli.shared import DONE, common, folder_and_pack, language, pack_of, progress_of, theorems_of
from zhunsheng.errors import InputError, Place, Problem


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The kinds of this module, with their options."""
    akn = _kind(kinds, "akn", "条文的Akoma Ntoso（XML） / the provisions as Akoma Ntoso (XML)")
    akn.add_argument("--country", default="cn", metavar="CODE", help="国家代码，缺省为cn / the country's two letters")
    common(akn, export_akn, as_json=False)
    common(_kind(kinds, "xlsx", "判定表（Excel） / decision tables as a workbook"), export_xlsx, as_json=False)
    docx = _kind(kinds, "docx", "体检报告（Word） / the health report as a Word file")
    docx.add_argument("--results", metavar="FILE", help="check以JSON写出的结果 / what check wrote as JSON")
    docx.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    common(docx, export_docx, as_json=False)
    smt2 = kinds.add_parser("smt2", help="命题的SMT-LIB脚本 / the formulas of theorems for other solvers")
    smt2.add_argument("folder", metavar="DIR", help="写入的文件夹 / the folder to write into")
    smt2.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    smt2.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")
    common(smt2, export_smt2, as_json=False)


def _kind(kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, told: str) -> argparse.ArgumentParser:
    command = kinds.add_parser(name, help=told)
    command.add_argument("file", metavar="FILE", help="写入的文件 / the file to write")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    return command


def export_akn(args: argparse.Namespace) -> int:
    """`export akn FILE`: the restatement in the language of the output."""
    from zhunsheng.show.files import write_new
    from zhunsheng.show.texts.akn import akoma_ntoso

    if not (len(args.country) == 2 and args.country.isascii() and args.country.isalpha()):
        what = f"{args.country!r} is no country"
        raise InputError([Problem(Place("--country"), what, "write two letters, such as cn")])
    write_new(Path(args.file), akoma_ntoso(pack_of(args), language(args), args.country), args.force)
    return DONE


def export_xlsx(args: argparse.Namespace) -> int:
    """`export xlsx FILE`."""
    from zhunsheng.show.files import write_new
    from zhunsheng.show.site.spreadsheet import workbook

    write_new(Path(args.file), workbook(pack_of(args), language(args)), args.force)
    return DONE


def export_docx(args: argparse.Namespace) -> int:
    """`export docx FILE`: of the results given; without any, the check is made now."""
    from zhunsheng.ask.checking.check import check
    from zhunsheng.ask.checking.results import results_in
    from zhunsheng.show.checking.health import health_document
    from zhunsheng.show.files import refuse_existing, write_new
    from zhunsheng.show.media.word import render

    path = Path(args.file)
    refuse_existing(path, args.force)
    folder, pack = folder_and_pack(args)
    theorems = theorems_of(args.proofs, folder, pack)
    if args.results:
        checked = results_in(pack, theorems, args.results).checked
        if checked is None:
            what = "these are results of proofs alone"
            raise InputError([Problem(Place(args.results), what, "name a file that `zhunsheng check --json` wrote")])
    else:
        with progress_of(args) as progress:
            checked = check(pack, theorems, progress=progress, workers=os.cpu_count() or 1)
    write_new(path, render(health_document(pack, checked, language(args)), pack.in_force[0]), args.force)
    return DONE


def export_smt2(args: argparse.Namespace) -> int:
    """`export smt2 DIR`: a script for each variant of each theorem."""
    from zhunsheng.ask.proving.prove import scripts
    from zhunsheng.show.files import write_all

    folder, pack = folder_and_pack(args)
    theorems = theorems_of(args.proofs, folder, pack)
    if not theorems:
        raise InputError([Problem(Place("--proofs"), "there are no theorems here", "name their folder")])
    write_all({Path(args.folder) / f"{name}.smt2": text.encode() for name, text in scripts(pack, theorems).items()}, args.force)
    return DONE
