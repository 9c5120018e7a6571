"""Commands about amendments: `compare`, `new`."""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli import compared
from zhunsheng.cli.shared import (
    BAD_INPUT,
    DONE,
    NOT_SHOWN,
    common,
    keeps_answers,
    kept_answers,
    language,
    progress_of,
    say,
    show,
)
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.comparing.comparison import Comparison
    from zhunsheng.ask.comparing.guarantees import Guarantees
    from zhunsheng.ask.comparing.register import Register
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem
    from zhunsheng.read.registry import Row


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _compare(
        commands.add_parser("compare", help="比较修改方案：变了什么，别的都没变 / what an amendment changes, and nothing else")
    )
    new = commands.add_parser("new", help="新建文件 / begin a new file")
    asked = new.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    _new(asked.add_parser("amendment", help="修改方案的样板 / a commented skeleton of an amendment"))


def _compare(command: argparse.ArgumentParser) -> None:
    command.add_argument("amendments", nargs="*", metavar="AMENDMENT", help="修改方案文件，依次叠加 / amendments, one on another")
    command.add_argument(
        "--against", nargs="+", action="extend", metavar="BASE", default=[],
        help="与已有这些修改的规则比较 / amendments that already belong to the law",
    )  # fmt: skip
    command.add_argument(
        "--under", choices=("default", "all"), default="default", help="对条文的理解：缺省或全部 / under which readings"
    )
    command.add_argument(
        "--answer", nargs="+", action="extend", metavar="NAME", default=[], help="只比较这些事项 / only these answers"
    )
    command.add_argument(
        "--guarantees", action="store_true",
        help="命题、检查结果和案例是否受影响 / theorems, findings and scenarios that come out otherwise",
    )  # fmt: skip
    command.add_argument(
        "--effect", action="store_true", help="按过渡规定施行时如何 / also as it takes effect, cases under way among them"
    )
    command.add_argument(
        "--registry", metavar="FILE", help="企业名单（.csv、.xlsx或.jsonl） / which of these enterprises change"
    )
    command.add_argument(
        "--fix", metavar="THEOREM",
        help="哪些改动使命题成立，或者消除空白、冲突 / which single edits make a theorem hold, or remove a gap or conflict",
    )  # fmt: skip
    command.add_argument("--watch", action="store_true", help="每次保存后重新比较 / compare again whenever a file is saved")
    command.add_argument(
        "--report", metavar="FILE", help="写成草案附件（.md、.html或.docx） / write it as an annex (.md, .html or .docx)"
    )
    compared.writes(command)
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")
    keeps_answers(command)
    common(command, compare)


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="新文件 / the new file")
    common(command, new_amendment, as_json=False)


def compare(args: argparse.Namespace) -> int:
    """`compare AMENDMENT`: 3 where it is not shown that nothing else changes."""
    from zhunsheng.cli.fixing import fix, watch

    if args.fix:
        return fix(args, _folder(args))
    if not args.amendments:
        what = "no amendment is named"
        raise InputError([Problem(Place("AMENDMENT"), what, "name a file, or a theorem with --fix")])
    if args.watch:
        files = [Path(file) for file in (*args.amendments, *args.against)]
        return watch(files, lambda: _told(args, lambda: _compared(args)), waiting=lambda: _waiting(args))
    return _compared(args)


def _told(args: argparse.Namespace, run: Callable[[], int]) -> int:
    """The exit code; what is wrong with the files is said, and the watch goes on. What one run wrote, the next may replace."""
    from zhunsheng.show.mistakes import problems

    try:
        code = run()
    except InputError as error:
        sys.stderr.write(problems.input_problems(error, language(args)))
        return BAD_INPUT
    args.force = True
    return code


def _waiting(args: argparse.Namespace) -> None:
    from zhunsheng.show.comparing.words import WAITING

    sys.stderr.write(WAITING[language(args)] + "\n")
    sys.stderr.flush()


def _compared(args: argparse.Namespace) -> int:
    from zhunsheng.ask.comparing.compare import compare as ask
    from zhunsheng.read.amendment import load_amended
    from zhunsheng.read.kinds import load_kinds
    from zhunsheng.read.registry import load_registry
    from zhunsheng.show.checking.health import rendered
    from zhunsheng.show.comparing import json as comparison_json
    from zhunsheng.show.comparing.comparison import comparison_document
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import write_all

    if args.report:
        rendered(Path(args.report), None)
    compared.refuse_taken(args)
    folder = _folder(args)
    amended = load_amended(folder, args.amendments, args.against)
    args.loaded = amended.base
    _known(args.answer, amended.base)
    kinds = load_kinds(folder, amended.base)
    rows = load_registry(args.registry, amended.base) if args.registry else ()
    with progress_of(args) as progress:
        found = ask(amended, kinds, under=args.under, answers=args.answer, progress=progress, workers=os.cpu_count() or 1)
    if rows:
        found = replace(found, register=_register(args, found, rows))
    if args.effect:
        found = replace(found, effect=_effect(args, folder, found))
    if args.guarantees:
        found = replace(found, guarantees=_guarantees(args, folder, found))
    if args.json:
        say(json.dumps(comparison_json.comparison_json(found)))
    else:
        show(comparison_document(found, language(args)))
    if args.report:
        document = comparison_document(found, language(args))
        write_all({Path(args.report): rendered(Path(args.report), document)}, args.force)
    if args.certificate and not compared.write(args, found) and comparison_code(found) == DONE:
        return NOT_SHOWN
    return comparison_code(found)


def _register(args: argparse.Namespace, found: Comparison, rows: tuple[Row, ...]) -> Register:
    """The rows of a register under both laws: of the answers, not the duties, that can change at all."""
    from zhunsheng.ask.comparing.registry import register

    answers = [each.answer for each in found.changed if not each.duty]
    cases, places = [row.case for row in rows], [row.place for row in rows]
    with progress_of(args) as progress:
        return register(found.amended, found.kinds, cases, places, answers, progress, os.cpu_count() or 1)


def _effect(args: argparse.Namespace, folder: Path, found: Comparison) -> Comparison:
    """The comparison with the law as the amendments take effect, one upon the other."""
    from zhunsheng.ask.comparing.effect import taking_effect
    from zhunsheng.read.amendment import load_amended

    files = args.amendments
    steps = [found.amended]
    if len(files) > 1:
        steps = [load_amended(folder, [file], [*args.against, *files[:number]]) for number, file in enumerate(files)]
    with progress_of(args) as progress:
        return taking_effect(
            steps, found.kinds, under=args.under, answers=args.answer, progress=progress, workers=os.cpu_count() or 1
        )


def _guarantees(args: argparse.Namespace, folder: Path, found: Comparison) -> Guarantees:
    """Theorems and scenarios beside the pack, under both laws."""
    from zhunsheng.ask.comparing.guarantees import Guarantees, flipped, moved
    from zhunsheng.ask.comparing.opened import opened
    from zhunsheng.show.packs import proofs_beside, scenarios_beside

    laws, touched = (found.amended.base, found.amended.pack), frozenset(found.touched)
    proofs = proofs_beside(folder)
    old, new, unstated = _theorems(proofs, laws) if proofs else ((), (), ())
    kept, workers = kept_answers(args), os.cpu_count() or 1
    with progress_of(args) as progress:
        flips, asked = flipped(laws, (old, new), touched, progress=progress, workers=workers, kept=kept)
        faults = opened(laws, touched, (old, new), progress=progress, workers=workers, kept=kept)
    cases = _scenarios(scenarios_beside(folder), laws)
    return Guarantees(flips, asked, unstated, moved(laws, cases, touched), len(cases), faults)


def _theorems(
    folders: list[Path], laws: tuple[Pack, Pack]
) -> tuple[tuple[Theorem, ...], tuple[Theorem, ...], tuple[Problem, ...]]:
    """The theorems as each law reads them, file by file, and why some can no longer be stated."""
    from zhunsheng.read.theorems import load_theorems

    old = load_theorems(folders, laws[0])
    new: list[Theorem] = []
    problems: list[Problem] = []
    for path in sorted(file for folder in folders for file in folder.glob("*.yaml")):
        try:
            new += load_theorems([path], laws[1])
        except InputError as error:
            problems += error.problems
    return old, tuple(new), tuple(problems)


def _scenarios(folders: list[Path], laws: tuple[Pack, Pack]) -> list[tuple[Case, Case]]:
    """The scenarios that both laws can read."""
    from zhunsheng.read import load_scenario

    found: list[tuple[Case, Case]] = []
    for path in sorted(file for folder in folders for file in folder.rglob("*.yaml")):
        try:
            found += zip(load_scenario(path, laws[0]), load_scenario(path, laws[1]), strict=True)
        except InputError:
            continue
    return found


def new_amendment(args: argparse.Namespace) -> int:
    """`new amendment FILE`: never over a file that exists, and none that could not be compared as it stands."""
    from zhunsheng.read import load_pack
    from zhunsheng.show.comparing.skeleton import skeleton
    from zhunsheng.show.files import write_new

    path = Path(args.file)
    if not os.path.isdir(path):
        _fit_to_name(path)
    pack = load_pack(_folder(args))
    instead = f"choose another name, such as {_another(path)}" if os.path.isfile(path) else ""
    write_new(path, skeleton(pack, path.stem).encode(), instead=instead)
    return DONE


def _fit_to_name(path: Path) -> None:
    """InputError where a file cannot be called so, since an amendment has the name of its file."""
    from zhunsheng.read.words import LABEL

    folded = unicodedata.normalize("NFKC", path.stem)
    fit = folded if LABEL.fullmatch(folded) else re.sub(r"[^\w.-]+", "-", folded).strip("-.") or "draft"
    if fit != path.stem:
        what = f"{path.stem!r} cannot be the name of an amendment, which is that of its file"
    elif path.suffix not in ("", ".yaml"):
        what = f"an amendment cannot be written as {path.suffix!r}"
    elif not path.suffix:
        what = "the name of an amendment's file ends in .yaml"
    else:
        return
    raise InputError([Problem(Place(str(path)), what, f"choose another name, such as {path.with_name(fit + '.yaml')}")])


def _another(path: Path) -> Path:
    """A name beside one that is taken."""
    return next(free for n in count(2) if not (free := path.with_name(f"{path.stem}-{n}{path.suffix}")).exists())


def comparison_code(found: Comparison) -> int:
    """3 where the list of changes is not shown to be complete."""
    complete = found.complete and (found.effect is None or found.effect.complete)
    return DONE if complete else NOT_SHOWN


def _folder(args: argparse.Namespace) -> Path:
    from zhunsheng.show.packs import only_pack, pack_folder, pack_named_in_amendment

    if args.pack:
        return pack_folder(args.pack, Place("--pack"))
    named = getattr(args, "amendments", None)
    return pack_folder(*pack_named_in_amendment(Path(named[0]))) if named else only_pack()


def _known(asked: list[str], pack: Pack) -> None:
    from zhunsheng.ask.deciding.answers import no_answer

    problems = [no_answer(pack, name, pack.definitions, "--answer") for name in asked if name not in pack.definitions]
    if problems:
        raise InputError(problems)
