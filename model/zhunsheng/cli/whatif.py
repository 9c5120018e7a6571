"""`whatif`: what would be different, from which day, and what would have to change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.cases import read_as
from zhunsheng.cli.shared import DONE, NOT_SHOWN, common, language, pack_of, say, show
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack

WAYS = ("set", "vary", "earliest", "latest", "reach")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command of this module, with its options."""
    command = commands.add_parser("whatif", help="假设改动：结果、日期、须改什么 / what if, from when, what must change")
    command.add_argument("case", metavar="CASE", help="案件文件 / the case file")
    command.add_argument(
        "--set", nargs="+", action="extend", metavar="FACT=VALUE", help="改动事实，前后对照 / change facts and compare"
    )
    command.add_argument("--vary", metavar="FACT", help="一项事实取遍各值 / try every value of one fact")
    command.add_argument("--answer", nargs="+", action="extend", metavar="NAME", help="只问这些事项 / only these answers")
    command.add_argument(
        "--readings", nargs="+", action="extend", metavar="NAME=OPTION", default=[],
        help="指定对条文的理解 / fix readings of the text",
    )  # fmt: skip
    command.add_argument(
        "--open-future", action="store_true", help="不假定今后无新情况 / do not assume that nothing further happens"
    )
    common(command, whatif)


def whatif(args: argparse.Namespace) -> int:
    """`whatif CASE` in one of its ways: 3 if something was not shown."""
    from zhunsheng.read import load_case

    given = [way for way in WAYS if getattr(args, way, None)]
    if len(given) != 1:
        options = "、".join(f"--{way}" for way in WAYS)
        what = "nothing is asked" if not given else f"these are different questions: {', '.join(f'--{way}' for way in given)}"
        raise InputError([Problem(Place("whatif"), what, f"write one of {options}")])
    pack = args.loaded = pack_of(args, Path(args.case))
    case = read_as(load_case(args.case, pack), args.readings, pack)
    match given[0]:
        case "set":
            return _set(args, pack, case)
        case _:
            return _vary(args, pack, case)


def _set(args: argparse.Namespace, pack: Pack, case: Case) -> int:
    from zhunsheng.ask.whatif import side_by_side
    from zhunsheng.show import json
    from zhunsheng.show.whatif import side_by_side_document
    from zhunsheng.show.whatif_json import side_by_side_json

    report = side_by_side(pack, case, pairs(args.set, "--set"), args.answer, args.open_future)
    if args.json:
        say(json.dumps(side_by_side_json(pack, report)))
    else:
        show(side_by_side_document(pack, report, language(args)))
    answers = [*(one.after for one in report.changed), *(one.before for one in report.changed)]
    return NOT_SHOWN if any(one.status.value == "not_shown" for one in answers) else DONE


def _vary(args: argparse.Namespace, pack: Pack, case: Case) -> int:
    from zhunsheng.ask.whatif import vary
    from zhunsheng.show import json
    from zhunsheng.show.whatif import variation_document
    from zhunsheng.show.whatif_json import variation_json

    report = vary(pack, case, args.vary, args.answer, args.open_future)
    if args.json:
        say(json.dumps(variation_json(pack, report)))
    else:
        show(variation_document(pack, report, language(args)))
    return NOT_SHOWN if any(one.not_shown for one in report.answers) else DONE


def pairs(given: list[str], option: str) -> list[tuple[str, str]]:
    """`name=value` words, apart. `InputError` for those that are none."""
    problems = []
    found = []
    for words in given:
        name, equals, value = words.partition("=")
        if not name or not equals or not value:
            problems.append(Problem(Place(f"{option} {words}"), "this is not name=value", f"write {option} {name or 'fact'}=…"))
        found.append((name, value))
    if problems:
        raise InputError(problems)
    return found
