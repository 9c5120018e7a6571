"""`text attach`: an official text beside the pack, kept where its user wants it, and held against the one kept before."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.shared import DONE, FAILED, common, folder_and_pack, language, say, show, theorems_of
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.publishing.attach import Differs
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem
    from zhunsheng.lang.wording import Official
    from zhunsheng.show.texts.words import Kept

ENDING = ".wording.json"
"""How the file ends that keeps a text; git is told not to take files of such names."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command with its options."""
    command = commands.add_parser("attach", help="附上官方文本，逐条核对 / put the official text beside the rules")
    command.add_argument("file", metavar="FILE", help="官方文本（.txt、.html或.docx） / the official text")
    command.add_argument(
        "--into", metavar="FILE.json", help=f"存放文本的文件，缺省为“规则名{ENDING}” / the file to keep it in"
    )
    command.add_argument("--scenarios", metavar="DIR", help="案例所在文件夹 / the folder of scenarios")
    command.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    command.add_argument("--force", action="store_true", help="替换已附的文本 / replace the text attached before")
    common(command, attach)


def takes_wording(command: argparse.ArgumentParser) -> None:
    """The option of commands that show the official wording beside the restatement."""
    command.add_argument("--wording", metavar="FILE", help="text attach所存的官方文本 / the official text that was attached")


def wording_of(args: argparse.Namespace, pack: Pack) -> Mapping[str, str]:
    """The official wording of each provision; nothing where none is named."""
    from zhunsheng.read.wording import load_wording

    if not args.wording:
        return {}
    return {ref: one.text for ref, one in load_wording(args.wording, pack).provisions.items() if ref in pack.provisions}


def attach(args: argparse.Namespace) -> int:
    """`text attach FILE`: 1 where the words differ from those kept, or text and pack do not match provision by provision."""
    from zhunsheng.ask.publishing.attach import beside
    from zhunsheng.read.official import load_official
    from zhunsheng.show.deciding import json
    from zhunsheng.show.texts.attached import attached_document
    from zhunsheng.show.texts.json import attached_json

    folder, pack = folder_and_pack(args)
    into = _into(args, pack)
    text = load_official(args.file)
    _of_this_pack(pack, text)
    found = beside(pack, text)
    cases, theorems = _cases(args.scenarios, folder, pack), theorems_of(args.proofs, folder, pack)
    differs = _differences(into, pack, text, cases, theorems)
    kept = _keep(into, pack, text, differs, args.force)
    if args.json:
        say(json.dumps(attached_json(pack, found, differs, kept)))
    else:
        show(attached_document(pack, found, differs, kept, language(args), cases, theorems))
    return DONE if found.fits and kept.how != "left" else FAILED


def _into(args: argparse.Namespace, pack: Pack) -> Path:
    into = Path(args.into or f"{pack.name}{ENDING}")
    if into.suffix != ".json" or into.is_dir():
        what = "the text is kept in one file, and its name ends in .json"
        raise InputError([Problem(Place("--into"), what, f"write --into {into}{ENDING}")])
    if into.resolve() == Path(args.file).resolve():
        raise InputError([Problem(Place("--into"), "this is the text itself", "name another file to keep it in")])
    return into


def _of_this_pack(pack: Pack, text: Official) -> None:
    from zhunsheng.ask.publishing.attach import not_the_text

    wrong = not_the_text(pack, text)
    if wrong is not None:
        first = next(iter(text.provisions.values()))
        what = f"this is not the text that the pack {pack.name!r} restates"
        said = "{} of its {} articles and {} of its {} qualifying words are found here".format(*wrong.articles, *wrong.words)
        raise InputError([Problem(Place(text.file, first.line, first.column), what, f"{said}; name another pack with --pack")])


def _differences(
    into: Path, pack: Pack, text: Official, cases: Mapping[str, Case], theorems: Sequence[Theorem]
) -> tuple[Differs, ...] | None:
    from zhunsheng.ask.publishing.attach import differences
    from zhunsheng.read.wording import load_wording

    return differences(pack, load_wording(into, pack), text, cases, theorems) if into.exists() else None


def _keep(into: Path, pack: Pack, text: Official, differs: tuple[Differs, ...] | None, force: bool) -> Kept:
    """Written where there is nothing yet, or where the words differ and that was asked for."""
    from zhunsheng.read.wording import wording_data
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import write_all
    from zhunsheng.show.texts.words import Kept

    if differs is not None and not differs:
        return Kept("same", str(into))
    if differs and not force:
        return Kept("left", str(into))
    write_all({into: json.dumps(wording_data(pack, text)).encode()}, force)
    return Kept("replaced" if differs else "new", str(into))


def _cases(given: str | None, folder: Path, pack: Pack) -> dict[str, Case]:
    """The first case of each scenario, by its file's stem."""
    from zhunsheng.ask.testing.scenarios import loaded
    from zhunsheng.show.packs import beside

    place = Path(given) if given else beside(folder, "scenarios")
    paths = sorted(place.glob("*.yaml")) if place is not None else []
    if given and not paths:
        raise InputError([Problem(Place(given), "there are no scenarios here (files *.yaml)")])
    return {path.stem: cases[0] for path, cases in zip(paths, loaded(pack, paths), strict=True)}
