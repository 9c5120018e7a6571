"""`whatif`: what would be different, from which day, and what would have to change."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.cases import read_as
from zhunsheng.cli.shared import DONE, NOT_SHOWN, common, language, number, pack_of, say, show, with_equals
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.planning.steps import Length
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
    command.add_argument("--earliest", metavar="CONDITION", help="条件最早何时成立 / the first day on which it holds")
    command.add_argument("--latest", metavar="CONDITION", help="条件最后何时成立 / the last day on which it holds")
    command.add_argument("--by", metavar="FACT", help="逐日推算的日期 / the day that is moved")
    command.add_argument("--from", dest="since", metavar="DAY", help="自该日起 / not before this day")
    command.add_argument("--to", dest="until", metavar="DAY", help="至该日止 / not after this day")
    command.add_argument("--reach", metavar="CONDITION", help="至少须改什么 / the least that must change for it")
    command.add_argument("--on", metavar="DAY", help="要求成立之日 / the day on which it is wanted")
    command.add_argument("--cost", nargs="+", action="extend", default=[], metavar="FACT=N", help="改动的代价 / costs of changes")
    command.add_argument(
        "--assume", nargs="+", action="extend", default=[], metavar="STAGE=7wd",
        help="各环节时间：7d日、7wd工作日 / lengths of stages",
    )  # fmt: skip
    command.add_argument("--plans", type=number, default=5, metavar="N", help="最多列几个方案 / at most so many plans")
    command.add_argument("--answer", nargs="+", action="extend", metavar="NAME", help="只问这些事项 / only these answers")
    command.add_argument(
        "--readings", nargs="+", action="extend", metavar="NAME=OPTION", default=[],
        help="指定对条文的理解 / fix readings of the text",
    )  # fmt: skip
    command.add_argument(
        "--open-future", action="store_true", help="不假定今后无新情况 / do not assume that nothing further happens"
    )
    command.add_argument(
        "--smallest", action="store_true", help="达不到时，找出项数最少的一组原因 / a smallest set of what prevents it"
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
    pack = pack_of(args, Path(args.case))
    case = read_as(load_case(args.case, pack), args.readings, pack)
    match given[0]:
        case "set":
            return _set(args, pack, case)
        case "vary":
            return _vary(args, pack, case)
        case "reach":
            return _reach(args, pack, case)
        case way:
            return _when(args, pack, case, way)


def _when(args: argparse.Namespace, pack: Pack, case: Case, way: str) -> int:
    from zhunsheng.ask.supposing.when import when
    from zhunsheng.show.deciding import json
    from zhunsheng.show.supposing.plans import when_document, when_json

    within = (day_of(args.since, "--from") or pack.horizon[0], day_of(args.until, "--to") or pack.horizon[1])
    horizon = f"{pack.horizon[0]} to {pack.horizon[1]}"
    beyond = [one for one in (("--from", within[0]), ("--to", within[1])) if not pack.horizon[0] <= one[1] <= pack.horizon[1]]
    if beyond:
        what = "this lies outside the days that the rules cover"
        raise InputError([Problem(Place(f"{option} {day}"), what, horizon) for option, day in beyond])
    if within[0] > within[1]:
        raise InputError([Problem(Place("--from"), "the first day is after the last", "write --from DAY --to DAY")])
    text = getattr(args, way)
    report = when(pack, case, text, args.by, within, open_future=args.open_future, option=f"--{way}")
    if args.json:
        say(json.dumps(when_json(pack, report)))
    else:
        show(when_document(pack, report, language(args), latest=way == "latest"))
    return DONE


def _reach(args: argparse.Namespace, pack: Pack, case: Case) -> int:
    from zhunsheng.ask.planning.plans import reach
    from zhunsheng.show.deciding import json
    from zhunsheng.show.supposing.plans import reach_document, reach_json

    report = reach(
        pack, case, args.reach, day_of(args.on, "--on"),
        costs=costs_of(args.cost), lengths=lengths_of(args.assume), limit=max(1, args.plans), open_future=args.open_future,
        fewest=args.smallest,
    )  # fmt: skip
    if args.json:
        say(json.dumps(reach_json(pack, report)))
    else:
        show(reach_document(pack, report, language(args)))
    asked = [*report.plans, *([report.later] if report.later is not None else [])] if args.open_future else []
    return DONE if report.complete and all(one.whatever_happens is not None for one in asked) else NOT_SHOWN


def day_of(text: str | None, option: str) -> date | None:
    """A day as options give it."""
    from zhunsheng.read.words import ISO_DAY, SOME_DAY, last_day_instead, loosely_iso, no_such_day

    if text is None:
        return None
    place, match = Place(f"{option} {text}"), ISO_DAY.fullmatch(text)
    if match is None:
        if instead := no_such_day(text):
            raise InputError([Problem(place, "there is no such day", instead)])
        meant = loosely_iso(text)
        hint = f"write it as {meant}" if meant else f"write year, month and day, as in {SOME_DAY}"
        raise InputError([Problem(place, "this is no day", hint)])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError([Problem(place, "there is no such day", last_day_instead(*match.groups()))]) from None


def costs_of(given: list[str]) -> dict[str, int]:
    found = {}
    for name, text in pairs(given, "--cost"):
        if not text.isdecimal() or int(text) < 1:
            what = "a cost is a whole number from 1 up"
            raise InputError([Problem(Place(f"--cost {name}={text}"), what, f"write --cost {name}=3")])
        found[name] = int(text)
    return found


def lengths_of(given: list[str]) -> dict[str, Length]:
    from zhunsheng.ask.planning.steps import Length

    found = {}
    for name, text in pairs(given, "--assume"):
        match = re.fullmatch(r"(\d{1,4})(d|wd)", text)
        if match is None or int(match[1]) < 1:
            what = "this is no length of time"
            raise InputError([Problem(Place(f"--assume {name}={text}"), what, f"write --assume {name}=7wd (working days) or 7d")])
        found[name] = Length(int(match[1]), match[2] == "wd")
    return found


def _set(args: argparse.Namespace, pack: Pack, case: Case) -> int:
    from zhunsheng.ask.supposing.whatif import side_by_side
    from zhunsheng.show.deciding import json
    from zhunsheng.show.supposing.json import side_by_side_json
    from zhunsheng.show.supposing.whatif import side_by_side_document

    report = side_by_side(pack, case, pairs(args.set, "--set"), args.answer, args.open_future)
    if args.json:
        say(json.dumps(side_by_side_json(pack, report)))
    else:
        show(side_by_side_document(pack, report, language(args)))
    answers = [*(one.after for one in report.changed), *(one.before for one in report.changed)]
    return NOT_SHOWN if report.not_shown or any(one.status.value == "not_shown" for one in answers) else DONE


def _vary(args: argparse.Namespace, pack: Pack, case: Case) -> int:
    from zhunsheng.ask.supposing.varying import vary
    from zhunsheng.show.deciding import json
    from zhunsheng.show.supposing.json import variation_json
    from zhunsheng.show.supposing.whatif import variation_document

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
            meant = with_equals(words, f"{name or 'fact'}=…")
            problems.append(Problem(Place(f"{option} {words}"), "this is not name=value", f"write {option} {meant}"))
        found.append((name, value))
    if problems:
        raise InputError(problems)
    return found
