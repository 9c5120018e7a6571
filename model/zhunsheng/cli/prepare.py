"""The command that works out beforehand what a site shows and takes minutes: `prepare`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.shared import DONE, common, folder_and_pack, language, progress_of, say, show
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.kept import Kept
    from zhunsheng.lang.amendment import Amended
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.kinds import Kinds
    from zhunsheng.lang.pack import Pack
    from zhunsheng.show.media.progress import Progress


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command with its options."""
    command = commands.add_parser("prepare", help="先行推算网站所需的结果 / work out beforehand what a site shows")
    command.add_argument("folder", metavar="DIR", help="存放结果的文件夹 / the folder that keeps the results")
    shown_of(command)
    common(command, prepare)


def shown_of(command: argparse.ArgumentParser) -> None:
    """The options that name what a site shows beside the pack."""
    command.add_argument("--scenarios", metavar="DIR", help="案例所在文件夹 / the folder of scenarios")
    command.add_argument("--amendments", metavar="DIR", help="修改方案所在文件夹 / the folder of amendments")


def prepare(args: argparse.Namespace) -> int:
    """`prepare DIR`: what is kept there already is not worked out again."""
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import make_folder
    from zhunsheng.show.site.prepared import store
    from zhunsheng.show.site.report import prepared_document, prepared_json

    folder, pack = folder_and_pack(args)
    scenarios, (shelf, unfit) = scenarios_of(args.scenarios, folder, pack), shelf_of(args.amendments, folder, pack)
    refuse_file(Path(args.folder))
    make_folder(Path(args.folder))  # before many minutes' work, not after
    kept = store(Path(args.folder))
    with progress_of(args) as progress:
        cases = _prepare_cases(pack, scenarios, kept, progress)
        comparisons = _prepare_comparisons(shelf, kept, progress)
    made = {"cases": (len(scenarios), cases), "amendments": (len(shelf), comparisons)}
    if args.json:
        return say(json.dumps(prepared_json(pack, made, unfit)))
    show(prepared_document(pack, made, unfit, language(args)))
    return DONE


def refuse_file(folder: Path) -> None:
    """InputError where the folder of results is a file."""
    if folder.exists() and not folder.is_dir():
        raise InputError([Problem(Place(str(folder)), "this is no folder", "name a folder; it is made if it is not there")])


def _prepare_cases(pack: Pack, scenarios: Mapping[str, Scenario], kept: Kept, progress: Progress) -> int:
    """How many were worked out anew: on every processor, each kept by the process that worked it out, as soon as it is there."""
    from zhunsheng.ask.certifying.certificates import Certifier
    from zhunsheng.ask.deciding.problems import Shared
    from zhunsheng.ask.workers import shared_out
    from zhunsheng.lang.cone import Cones
    from zhunsheng.show.site.prepared import case_key, prepare_case, prepared_case

    keys = {stem: case_key(pack, one.source) for stem, one in scenarios.items()}
    missing = [stem for stem, key in keys.items() if prepared_case(kept, key) is None]
    shared, certifier = Shared(Cones(pack)), Certifier(pack)

    def work(number: int) -> str:
        stem = missing[number]
        kept[keys[stem]] = prepare_case(pack, scenarios[stem].cases[0], shared, certifier)
        return stem

    for number, stem in enumerate(shared_out(work, len(missing), os.cpu_count() or 1)):
        progress(stem, number, len(missing))
    return len(missing)


def _prepare_comparisons(shelf: Sequence[Shelved], kept: Kept, progress: Progress) -> int:
    """How many amendments were compared anew; each comparison is shared out by itself."""
    from zhunsheng.ask.comparing.compare import compare
    from zhunsheng.show.site.prepared import prepare_comparison, prepared_comparison

    missing = [one for one in shelf if prepared_comparison(kept, one.key) is None]
    for one in missing:
        found = compare(one.amended, one.kinds, progress=progress, workers=os.cpu_count() or 1)
        kept[one.key] = prepare_comparison(found)
    return len(missing)


# -- what there is to show


@dataclass(frozen=True)
class Scenario:
    """A scenario's file, and its case with its variations."""

    source: bytes
    cases: list[Case]


@dataclass(frozen=True)
class Shelved:
    """An amendment on the shelf, read, and the key under which its comparison is kept."""

    name: str
    amended: Amended
    kinds: Kinds
    key: str


def scenarios_of(given: str | None, folder: Path, pack: Pack) -> dict[str, Scenario]:
    """The scenarios named, else those beside the pack, by their files' stems."""
    from zhunsheng.ask.testing.scenarios import loaded
    from zhunsheng.show.packs import beside

    paths = _files(given, lambda: beside(folder, "scenarios"), "scenarios")
    return {
        path.stem: Scenario(path.read_bytes(), cases) for path, cases in zip(paths, loaded(pack, paths), strict=True)
    }  # fmt: skip


def shelf_of(given: str | None, folder: Path, pack: Pack) -> tuple[list[Shelved], dict[str, tuple[Problem, ...]]]:
    """The amendments named, else those beside the pack: each put on the pack alone. Those that do not fit the rules as they are
    come second, with what is wrong: rules may change under a shelf."""
    from zhunsheng.show.packs import amendments_beside, pack_named_in_amendment

    paths = _files(given, lambda: amendments_beside(folder), "amendments")
    shelf, unfit = [], {}
    for path in paths:
        try:
            if given or pack_named_in_amendment(path)[0] == pack.name:
                shelf.append(_shelved(path, folder))
        except InputError as error:
            unfit[path.stem] = tuple(error.problems)
    return shelf, unfit


def _shelved(path: Path, folder: Path) -> Shelved:
    from zhunsheng.read.amendment import load_amended
    from zhunsheng.read.kinds import FILE, load_kinds
    from zhunsheng.show.site.prepared import comparison_key

    told_apart = folder / FILE
    amended = load_amended(folder, [path])
    sources = [path.read_bytes(), *([told_apart.read_bytes()] if told_apart.is_file() else [])]
    return Shelved(path.stem, amended, load_kinds(folder, amended.base), comparison_key(amended, sources))


def _files(given: str | None, beside: Callable[[], Path | None], what: str) -> list[Path]:
    """The YAML files of a folder that was named, else of the one that belongs to the pack."""
    place = Path(given) if given else beside()
    paths = sorted(place.glob("*.yaml")) if place is not None else []
    if given and not paths:
        raise InputError([Problem(Place(given), f"there are no {what} here (files *.yaml)")])
    return paths
