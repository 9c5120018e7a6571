"""Commands about why and when: `why`, `timeline`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from zhunsheng.cli.cases import read_as
from zhunsheng.cli.shared import DONE, NOT_SHOWN, common, language, pack_of, say, show
from zhunsheng.cli.whatif import day_of
from zhunsheng.errors import InputError, Place, Problem


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _why(commands.add_parser("why", help="为什么是（不是）这个结果 / why an answer is, or is not, so"))
    _timeline(commands.add_parser("timeline", help="每一天的结果 / what holds on each day"))


def _why(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", metavar="CASE", help="案件文件 / the case file")
    command.add_argument("answer", metavar="ANSWER[=VALUE]", help="哪一事项，为何不是某一结果 / which answer, or why not a value")
    command.add_argument(
        "--readings", nargs="+", action="extend", metavar="NAME=OPTION", default=[],
        help="指定对条文的理解 / fix readings of the text",
    )  # fmt: skip
    command.add_argument("--smallest", action="store_true", help="找出项数最少的一组事实 / a smallest set of facts")
    common(command, why)


def _timeline(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", metavar="CASE", help="案件文件 / the case file")
    command.add_argument("--from", dest="first", metavar="DAY", required=True, help="第一日 / the first day")
    command.add_argument("--to", dest="last", metavar="DAY", required=True, help="最后一日 / the last day")
    command.add_argument(
        "--readings", nargs="+", action="extend", metavar="NAME=OPTION", default=[],
        help="指定对条文的理解 / fix readings of the text",
    )  # fmt: skip
    command.add_argument(
        "--open-future", action="store_true", help="不假定今后无新情况 / do not assume that nothing further happens"
    )
    command.add_argument("--svg", metavar="FILE", help="另画成图 / draw it too, as an SVG picture")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    common(command, timeline)


def why(args: argparse.Namespace) -> int:
    """`why CASE ANSWER[=VALUE]`: 3 if the answer was not shown."""
    from zhunsheng.ask.explaining.why import why as ask
    from zhunsheng.read import load_case
    from zhunsheng.show.deciding import json
    from zhunsheng.show.explaining.json import why_json
    from zhunsheng.show.explaining.why import why_document

    pack = pack_of(args, Path(args.case))
    case = read_as(load_case(args.case, pack), args.readings, pack)
    report = ask(pack, case, args.answer, fewest=args.smallest)
    if args.json:
        say(json.dumps(why_json(pack, report)))
    else:
        show(why_document(pack, report, language(args)))
    return NOT_SHOWN if report.answer.status.value == "not_shown" else DONE


def timeline(args: argparse.Namespace) -> int:
    """`timeline CASE --from DAY --to DAY`: 3 if nothing is claimed of some days."""
    from zhunsheng.ask.timelines.timeline import timeline as ask
    from zhunsheng.read import load_case
    from zhunsheng.show.deciding import json
    from zhunsheng.show.files import write_new
    from zhunsheng.show.timelines.json import timeline_json
    from zhunsheng.show.timelines.picture import timeline_svg
    from zhunsheng.show.timelines.timeline import timeline_document

    if args.svg and Path(args.svg).suffix.lower() != ".svg":  # or --force would put the picture over the case
        what = f"a picture cannot be written as {Path(args.svg).suffix!r}" if Path(args.svg).suffix else (
            "the name does not say in which form to write it"
        )
        raise InputError([Problem(Place(f"--svg {args.svg}"), what, "end the name in .svg")])
    pack = pack_of(args, Path(args.case))
    case = read_as(load_case(args.case, pack), args.readings, pack)
    found = ask(pack, case, *_days(args.first, args.last), open_future=args.open_future)
    if args.svg:
        write_new(Path(args.svg), timeline_svg(pack, found, language(args)).encode(), args.force)
    if args.json:
        say(json.dumps(timeline_json(pack, found)))
    else:
        show(timeline_document(pack, found, language(args)))
    return DONE if found.complete else NOT_SHOWN


def _days(first: str, last: str) -> tuple[date, date]:
    """The days of `--from` and `--to`; both are refused at once where both are wrong."""
    found: list[date] = []
    problems: list[Problem] = []
    for option, text in (("--from", first), ("--to", last)):
        try:
            found.append(day_of(text, option) or date.min)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found[0], found[1]
