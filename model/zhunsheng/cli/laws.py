"""Commands about a whole regulation: `check`, `prove`, `text`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli import attaching
from zhunsheng.cli.shared import (
    DONE,
    FAILED,
    NOT_SHOWN,
    common,
    folder_and_pack,
    keeps_answers,
    kept_answers,
    language,
    number,
    pack_of,
    progress_of,
    say,
    show,
    theorems_of,
    writes_cases,
)
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.checking.findings import Checked, Kind
    from zhunsheng.ask.proving.prove import Proof
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem

PROOFS = "proofs"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _check(commands.add_parser("check", help="条文体检：漏洞、冲突、无用的规定 / gaps, conflicts, rules that do nothing"))
    _prove(commands.add_parser("prove", help="证明命题 / prove theorems about every case"))
    text = commands.add_parser("text", help="条文落实情况 / the account of the text")
    asked = text.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    _text(asked.add_parser("coverage", help="逐条列出规则、义务和限定词 / what encodes each provision"))
    attaching.add(asked)


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--under", choices=("default", "each", "all"), default="default",
        help="对条文如何理解：缺省、逐一改变、全部 / under which readings",
    )  # fmt: skip
    command.add_argument(
        "--only", nargs="+", action="extend", metavar="KIND", default=[],
        help="只找这几类，如gap conflict dead / only findings of these kinds",
    )  # fmt: skip
    command.add_argument("--ignore-records", action="store_true", help="不理会已有的记录 / as if nothing were recorded")
    command.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    command.add_argument("--report", metavar="FILE", help="写成报告（.md、.html或.docx） / write a report (.md, .html or .docx)")
    keeps_answers(command)
    writes_cases(command)
    common(command, check)


def _prove(command: argparse.ArgumentParser) -> None:
    command.add_argument("theorems", nargs="*", metavar="FILES", help="命题文件或文件夹 / files or folders of theorems")
    command.add_argument(
        "--more", type=number, default=0, metavar="N", help="每个清单多看N项 / look at N more elements of each list"
    )
    command.add_argument(
        "--rules", action="store_true", help="找出各项证明所依据的规则 / find the rules that each proof rests on"
    )
    command.add_argument(
        "--export", nargs=2, metavar=("smt2", "DIR"), help="写出SMT-LIB脚本 / write the formulas for other solvers"
    )
    command.add_argument(
        "--certificates", metavar="DIR", help="为每项命题写出可独立核验的证明书 / write a certificate for each theorem"
    )
    keeps_answers(command)
    writes_cases(command)
    common(command, prove)


def _text(command: argparse.ArgumentParser) -> None:
    attaching.takes_wording(command)
    common(command, text_coverage)


def check(args: argparse.Namespace) -> int:
    """`check`: 1 if something is found that nobody has recorded, or a record no longer holds; 3 if something was not settled."""
    from zhunsheng.ask.checking.check import check as ask
    from zhunsheng.ask.checking.findings import Kind
    from zhunsheng.show.checking import json as check_json
    from zhunsheng.show.checking.check import check_document
    from zhunsheng.show.checking.examples import example_files
    from zhunsheng.show.checking.health import health_document, rendered
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import write_all

    if args.report:
        rendered(Path(args.report), None)
    only = _kinds(args.only)
    folder, pack = folder_and_pack(args)
    theorems = theorems_of(args.proofs, folder, pack)
    with progress_of(args) as progress:
        checked = ask(
            pack, theorems, under=args.under, only=only or Kind, ignore_records=args.ignore_records, progress=progress,
            workers=os.cpu_count() or 1, kept=kept_answers(args),
        )  # fmt: skip
    if args.json:
        say(json.dumps(check_json.checked_json(pack, checked)))
    else:
        show(check_document(pack, checked, language(args)))
    files = example_files(pack, checked, Path(args.cases)) if args.cases else {}
    if args.report:
        files[Path(args.report)] = rendered(Path(args.report), health_document(pack, checked, language(args)))
    write_all(files, args.force)
    return check_code(checked)


def _kinds(words: list[str]) -> list[Kind]:
    """The kinds of findings that are named."""
    from zhunsheng.ask.checking.findings import Kind
    from zhunsheng.lang.scope import nearest

    names = [kind.value for kind in Kind]
    problems = [
        Problem(Place("--only"), f"there is no kind of finding {word!r}", nearest(word, names) or f"use {', '.join(names)}")
        for word in words if word not in names
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return [Kind(word) for word in words]


def prove(args: argparse.Namespace) -> int:
    """`prove [FILES]`: 1 if a verdict is not what is expected; 3 if one was not shown and should have been."""
    from zhunsheng.ask.proving.prove import prove as ask
    from zhunsheng.show.checking import json as check_json
    from zhunsheng.show.checking.examples import counterexample_files
    from zhunsheng.show.checking.proofs import proofs_document
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import write_all

    folder, pack = folder_and_pack(args)
    theorems = theorems_of(args.theorems, folder, pack)
    if not theorems:
        raise InputError([Problem(Place(PROOFS), "there are no theorems here", "name their files or folder")])
    if args.export:
        return _export_scripts(pack, theorems, *args.export, force=args.force)
    with progress_of(args) as progress:
        proofs = ask(
            pack, theorems, more=args.more, rules=args.rules, progress=progress,
            workers=os.cpu_count() or 1, kept=kept_answers(args),
        )  # fmt: skip
    if args.json:
        say(json.dumps(check_json.proofs_json(pack, proofs)))
    else:
        show(proofs_document(pack, proofs, language(args)))
    if args.cases:
        write_all(counterexample_files(pack, proofs, Path(args.cases)), args.force)
    code = proofs_code(proofs)
    if args.certificates and not _write_certificates(args, pack, proofs) and code == DONE:
        return NOT_SHOWN
    return code


def _write_certificates(args: argparse.Namespace, pack: Pack, proofs: tuple[Proof, ...]) -> bool:
    """`prove --certificates DIR`: False where one could not be made, which is said on standard error."""
    from zhunsheng.show.certifying.files import Keeping, said_of_left, said_of_missing

    keeping = Keeping(pack, proofs, Path(args.certificates), args.force, os.cpu_count() or 1)
    try:
        with progress_of(args) as progress:
            keeping.run(progress)
    except KeyboardInterrupt:
        print(said_of_left(keeping, language(args)), file=sys.stderr)
        raise
    for line in said_of_missing(keeping.missing, language(args)):
        print(line, file=sys.stderr)
    return not keeping.missing


def _export_scripts(pack: Pack, theorems: tuple[Theorem, ...], kind: str, folder: str, *, force: bool) -> int:
    """`prove --export smt2 DIR`: the formulas for any other solver."""
    from zhunsheng.ask.proving.prove import scripts
    from zhunsheng.show.files import write_all

    if kind != "smt2":
        raise InputError([Problem(Place(f"--export {kind}"), f"there is no form {kind!r}", "write --export smt2 DIR")])
    files = {Path(folder) / f"{name}.smt2": text.encode() for name, text in scripts(pack, theorems).items()}
    write_all(files, force)
    return DONE


def text_coverage(args: argparse.Namespace) -> int:
    """`text coverage`."""
    from zhunsheng.ask.publishing.text import account
    from zhunsheng.show.checking.reports import text_document
    from zhunsheng.show.deciding import json

    pack = pack_of(args)
    report, wording = account(pack), attaching.wording_of(args, pack)
    if args.json:
        say(json.dumps(json.text_report_json(report, wording)))
    else:
        show(text_document(pack, report, language(args), wording))
    return DONE


def check_code(checked: Checked) -> int:
    """1 for what somebody should look at, 3 where something was not settled."""
    if checked.unrecorded or checked.stale:
        return FAILED
    return NOT_SHOWN if checked.not_shown else DONE


def proofs_code(proofs: Iterable[Proof]) -> int:
    """1 where a verdict differs from what is expected, 3 where it differs only in that nothing was shown."""
    missed = [proof.verdict.value for proof in proofs if not proof.as_expected]
    if not missed:
        return DONE
    return NOT_SHOWN if set(missed) == {"not_shown"} else FAILED
