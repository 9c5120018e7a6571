"""What `decide` writes beside its answer: certificates, and the sheet about them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.shared import DONE, NOT_SHOWN, language
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.certifying.certificates import Made
    from zhunsheng.ask.deciding.answers import Asked
    from zhunsheng.ask.report import Decision
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.show.sheets.sheet import Sheet


def writes(command: argparse.ArgumentParser) -> None:
    """The options of `decide` that write files."""
    command.add_argument(
        "--certificate",
        metavar="FILE|DIR",
        help="写出证明书，几项结论时写入文件夹 / write the certificate, of several answers into a folder",
    )
    command.add_argument(
        "--document",
        metavar="FILE",
        help="写出一页结论书（.html、.pdf、.docx），附证明书 / write a one-page sheet, and its certificate",
    )
    command.add_argument(
        "--redact",
        action="store_true",
        help="略去证明不需要的名称和事实 / leave out names and facts that the evidence does not need",
    )
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")


def asked_for(args: argparse.Namespace) -> bool:
    """Whether `decide` is to write anything. InputError where it is told to leave something out of nothing."""
    if args.redact and not (args.certificate or args.document):
        what = "there is nothing to leave anything out of: no certificate and no document is written"
        raise InputError([Problem(Place("--redact"), what, "add --certificate FILE or --document FILE")])
    return bool(args.certificate or args.document)


@dataclass(frozen=True)
class Planned:
    """What `decide` is to write: certificates of which answers and where, and a sheet about them in which form."""

    asked: tuple[Asked, ...]
    target: Path
    sheet: Path | None
    render: Callable[[Sheet], bytes] | None


def planned(args: argparse.Namespace, pack: Pack, case: Case) -> Planned:
    """What is to be written, refused (InputError) before anything is worked out where it cannot be."""
    from zhunsheng.ask.deciding.answers import all_asked, asked_by_name
    from zhunsheng.show.certifying.made import refuse_one_file

    if args.open_future:
        what = "a certificate speaks of lists as they will stand, and cannot leave open what may still happen"
        hint = "leave out --open-future, or write `others: unknown` in the case"
        raise InputError([Problem(Place("--certificate" if args.certificate else "--document"), what, hint)])
    asked = all_asked(pack, case) if args.answer is None else asked_by_name(pack, case, args.answer)
    sheet = Path(args.document) if args.document else None
    target = (
        Path(args.certificate) if args.certificate else sheet.with_suffix(".json" if len(asked) == 1 else "") if sheet else Path()
    )
    render = _renderer(sheet) if sheet else None
    refuse_one_file(target, len(asked))
    return Planned(tuple(asked), target, sheet, render)


def write(args: argparse.Namespace, pack: Pack, case: Case, decision: Decision, plan: Planned) -> int:
    """Writes what `decide` was told to: certificates, and the sheet about them. 3 where an answer has no certificate."""
    from zhunsheng.ask.certifying.certificates import made
    from zhunsheng.show.certifying.made import certificate_files, made_document
    from zhunsheng.show.files import write_all
    from zhunsheng.show.media.terminal import write as write_document

    found = made(pack, case, plan.asked, decision, args.redact)
    files = certificate_files(plan.target, found)
    contents = {path: one.text.encode() for one, path in files if one.text}
    if plan.sheet and plan.render:
        contents[plan.sheet] = _sheet(args, pack, case, decision, found, plan.render)
    write_all(contents, args.force)
    told = made_document(pack, files, language(args), args.redact, plan.sheet)
    write_document(told, sys.stderr if args.json else sys.stdout)
    return NOT_SHOWN if any(one.why for one in found) else DONE


def _sheet(
    args: argparse.Namespace, pack: Pack, case: Case, decision: Decision, found: Sequence[Made], render: Callable[[Sheet], bytes]
) -> bytes:
    """The sheet, with the duties of the case whether or not they were asked for."""
    from zhunsheng.ask.deciding.decide import Deciding
    from zhunsheng.show.sheets.sheet import sheet

    duties = list(decision.duties)
    if not duties:
        deciding = Deciding(pack, case, with_firmness=False)
        duties = [deciding.duty(name) for name in pack.duties]
    return render(sheet(pack, decision, found, duties, language(args), args.redact))


def _renderer(file: Path) -> Callable[[Sheet], bytes]:
    """What writes a sheet in the form a file's name asks for."""
    match file.suffix.lower():
        case ".html" | ".htm":
            from zhunsheng.show.sheets.html import html

            return lambda sheet: html(sheet).encode()
        case ".pdf":
            from zhunsheng.show.sheets.pdf import pdf

            return pdf
        case ".docx":
            from zhunsheng.show.sheets.docx import word

            return word
        case _:
            what = (
                f"a document cannot be written as {file.suffix!r}"
                if file.suffix
                else "the name does not say in which form to write it"
            )
            raise InputError([Problem(Place(f"--document {file}"), what, "end the name in .html, .pdf or .docx")])
