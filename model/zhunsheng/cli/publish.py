"""The command that makes a site of a pack: `publish`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from zhunsheng.cli import attaching
from zhunsheng.cli.prepare import Scenario, refuse_file, scenarios_of, shelf_of, shown_of
from zhunsheng.cli.shared import DONE, FAILED, common, folder_and_pack, language, progress_of, say, show, theorems_of
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.checking.results import Results
    from zhunsheng.ask.kept import Kept
    from zhunsheng.ask.testing.worked import Compared
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem
    from zhunsheng.show.media.progress import Progress
    from zhunsheng.show.site.building import MadeOf
    from zhunsheng.show.site.engine import Help
    from zhunsheng.show.site.guarantees import Certificates
    from zhunsheng.show.site.pages import Page


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command with its options."""
    command = commands.add_parser("publish", help="把规则写成网站 / write the rules as a site")
    command.add_argument("folder", metavar="DIR", help="写入的文件夹 / the folder to write into")
    shown_of(command)
    command.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    command.add_argument(
        "--results", nargs="+", action="extend", metavar="FILE", default=[],
        help="check或prove以JSON写出的结果 / what check or prove wrote as JSON",
    )  # fmt: skip
    command.add_argument(
        "--certificates", metavar="DIR", help="命题的证明书所在文件夹 / the folder of certificates of theorems"
    )
    command.add_argument("--prepared", metavar="DIR", help="prepare存放结果的文件夹 / where prepare keeps its results")
    command.add_argument("--docs", metavar="DIR", help="手写的说明文档所在文件夹 / the folder of hand-written pages")
    attaching.takes_wording(command)
    command.add_argument("--check", action="store_true", help="只核对，不写入 / compare only, write nothing")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")
    common(command, publish)


def publish(args: argparse.Namespace) -> int:
    """`publish DIR`: with `--check`, 1 if the folder holds another site than the pack now gives."""
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import remove_all, write_all
    from zhunsheng.show.site import changes
    from zhunsheng.show.site.building import site
    from zhunsheng.show.site.report import published_document, published_json

    target = Path(args.folder)
    before = _pages_in(target, args)
    folder, pack = folder_and_pack(args)
    with progress_of(args) as progress:
        found = site(pack, _made_of(args, folder, pack, progress))
    differ = changes.changes(before, changes.pages_of(found[changes.MANIFEST]))
    stale = [path for path, data in found.items() if not _holds(target / path, data)] if args.check else []
    if not args.check:
        write_all({target / path: data for path, data in found.items()}, args.force)
        remove_all([target / path for path in differ.removed])
    if args.json:
        say(json.dumps(published_json(pack, len(found), differ, stale)))
    else:
        show(published_document(pack, len(found), differ, stale, checked=args.check, lang=language(args)))
    return FAILED if args.check and (stale or differ) else DONE


def _pages_in(target: Path, args: argparse.Namespace) -> Mapping[str, str]:
    """The digests of the pages that were published here before; none where nothing was. Refuses before anything is worked out."""
    from zhunsheng.show.site import changes

    path = target / changes.MANIFEST
    if not path.is_file():
        if args.check:
            raise InputError(
                [Problem(Place(str(target)), "no site was published here", "run `zhunsheng publish` without --check")]
            )
        return {}
    if not (args.check or args.force):
        what = "a site was published here before"
        raise InputError([Problem(Place(str(target)), what, "choose another folder, or add --force to replace it")])
    try:
        return changes.pages_of(path.read_bytes())
    except ValueError:
        hint = "delete it, and publish with --force"
        raise InputError([Problem(Place(str(path)), "this is no list of published pages", hint)]) from None


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


# -- what the site is made of


def _made_of(args: argparse.Namespace, folder: Path, pack: Pack, progress: Progress) -> MadeOf:
    from zhunsheng.show.site.amendments import Shelved
    from zhunsheng.show.site.building import MadeOf
    from zhunsheng.show.site.prepared import prepared_comparison

    theorems = theorems_of(args.proofs, folder, pack)
    results = _results(args.results, pack, theorems)
    scenarios, (shelf, unfit) = scenarios_of(args.scenarios, folder, pack), shelf_of(args.amendments, folder, pack)
    kept = _prepared(args.prepared)
    decided = _decided(pack, scenarios, kept, progress)
    checked = next((one.checked for one in results if one.checked is not None), None)
    proofs = {(one.theorem.name, one.theorem.variants.index(one.variant)): one for result in results for one in result.proofs}
    return MadeOf(
        {stem: one.cases[0] for stem, one in scenarios.items()}, decided.pages, decided.pictures, decided.compared, theorems,
        tuple(proofs.values()), checked, decided.certificates, _attached(args.certificates, folder, pack, theorems),
        [Shelved(one.name, one.amended, prepared_comparison(kept, one.key)) for one in shelf], unfit,
        _handwritten(args.docs), _helps(), _modules(), attaching.wording_of(args, pack),
    )  # fmt: skip


def _results(files: Sequence[str], pack: Pack, theorems: Sequence[Theorem]) -> list[Results]:
    from zhunsheng.ask.checking.results import results_in

    return [results_in(pack, theorems, name) for name in files]


def _prepared(given: str | None) -> Kept:
    """What `prepare` kept; nothing without a folder."""
    from zhunsheng.show.site.prepared import store

    if given is None:
        return {}
    refuse_file(Path(given))
    return store(Path(given))


def _attached(given: str | None, folder: Path, pack: Pack, theorems: Sequence[Theorem]) -> Certificates:
    """Certificates of these theorems and rules: in the folder named, else in `certificates` below that of the theorems."""
    from zhunsheng.show.packs import proofs_beside
    from zhunsheng.show.site.attached import attached

    places = [Path(given)] if given else [place / "certificates" for place in proofs_beside(folder)]
    if given and not Path(given).is_dir():
        hint = "name the folder that prove --certificates wrote into"
        raise InputError([Problem(Place(given), "there is no such folder", hint)])
    return {key: one for place in places for key, one in attached(pack, theorems, place).items()}


@dataclass(frozen=True)
class _Decided:
    """The pages of the cases, their pictures and certificates by path, and what the options of readings make of theirs."""

    pages: list[Page]
    pictures: dict[str, bytes]
    certificates: dict[str, bytes]
    compared: dict[str, Compared]


def _decided(pack: Pack, scenarios: Mapping[str, Scenario], kept: Kept, progress: Progress) -> _Decided:
    """Every case decided anew, on every processor. A proof is not looked for: it is taken from what was prepared, or left out."""
    from zhunsheng.ask.certifying.certificates import Certifier
    from zhunsheng.ask.deciding.problems import Shared
    from zhunsheng.ask.testing.worked import compared, worked
    from zhunsheng.ask.workers import shared_out
    from zhunsheng.lang.cone import Cones
    from zhunsheng.show.site.cases import case_page, certificate_files, picture_files
    from zhunsheng.show.site.pages import LANGS
    from zhunsheng.show.site.prepared import case_key, prepared_case

    stems = list(scenarios)
    told = [spec for spec in pack.readings.values() if spec.case in scenarios]
    shared, certifier = Shared(Cones(pack)), Certifier(pack, proofs=False)

    def work(number: int) -> Any:
        if number < len(told):
            return compared(pack, told[number], scenarios[told[number].case].cases[0], shared)
        stem = stems[number - len(told)]
        found = worked(pack, scenarios[stem].cases, shared, certifier)
        prepared = prepared_case(kept, case_key(pack, scenarios[stem].source))
        pages = [case_page(pack, stem, found, lang, prepared) for lang in LANGS]
        return pages, picture_files(stem, prepared), certificate_files(stem, found, prepared)

    done = []
    total = len(told) + len(stems)
    for number, one in enumerate(shared_out(work, total, os.cpu_count() or 1)):
        progress(stems[max(0, number - len(told))] if stems else "", number, total)
        done.append(one)
    cases = done[len(told) :]
    return _Decided(
        [page for pages, _, _ in cases for page in pages],
        {path: data for _, pictures, _ in cases for path, data in pictures.items()},
        {path: data for _, _, certificates in cases for path, data in certificates.items()},
        {spec.name: one for spec, one in zip(told, done, strict=False)},
    )


def _handwritten(given: str | None) -> dict[tuple[str, str], str]:
    """Pages in `DIR/zh` and `DIR/en`, by language and name; none without a folder."""
    from zhunsheng.show.site.pages import LANGS

    if given is None:
        return {}
    found = {
        (lang, path.stem): path.read_text(encoding="utf-8") for lang in LANGS for path in sorted(Path(given, lang).glob("*.md"))
    }
    if not found:
        raise InputError([Problem(Place(given), "there are no pages here", "a folder with zh/*.md and en/*.md is wanted")])
    return found


def _modules() -> list[ModuleType]:
    """The modules of the Python API."""
    from zhunsheng import errors, read
    from zhunsheng.ask import report
    from zhunsheng.ask.checking import check, findings
    from zhunsheng.ask.deciding import decide
    from zhunsheng.ask.proving import prove
    from zhunsheng.ask.testing import scenarios

    return [read, decide, report, scenarios, check, findings, prove, errors]


# -- the program's own help, as data


def _helps() -> list[Help]:
    from zhunsheng.cli import parser

    return list(_each(parser(), ""))


def _each(command: argparse.ArgumentParser, words: str, does: str = "") -> Iterator[Help]:
    """A command and those below it, as their help has them."""
    from zhunsheng.show.site.engine import Help

    nested = [one for one in command._actions if isinstance(one, argparse._SubParsersAction)]
    if words and not nested:
        shown = [one for one in command._actions if one.dest != "help"]
        arguments = tuple((_named(one), one.help or "") for one in shown)
        yield Help(words, does, " ".join(command.format_usage().split()), arguments)
    for action in nested:
        helps = {one.dest: one.help or "" for one in action._choices_actions}
        for name, inner in action.choices.items():
            yield from _each(inner, f"{words} {name}".strip(), helps.get(name, ""))


def _named(action: argparse.Action) -> str:
    """An argument as the help writes it."""
    if action.nargs == 0:
        return ", ".join(action.option_strings)
    wanted = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper())
    said = " ".join(wanted) if isinstance(wanted, tuple) else wanted
    return " ".join(filter(None, (", ".join(action.option_strings), said)))
