"""Commands about cases: `decide`, `test`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli import outputs
from zhunsheng.cli.shared import DONE, FAILED, NOT_SHOWN, common, language, pack_of, progress_of, say, show, with_equals
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.report import Decision
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack

SCENARIOS = "scenarios"
NEITHER = "there is neither a file nor a folder of this name"
WRITE_CASES = "write the name of a scenario file (*.yaml), or of a folder that holds some"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _decide(commands.add_parser("decide", help="推算一个案件 / decide a case"))
    _test(commands.add_parser("test", help="核对案例是否符合预期 / run scenarios against what they expect"))


def _decide(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", metavar="CASE", help="案件文件 / the case file")
    command.add_argument("--answer", nargs="+", action="extend", metavar="NAME", help="只问这些事项 / only these answers")
    command.add_argument(
        "--readings", nargs="+", action="extend", metavar="NAME=OPTION", default=[],
        help="指定对条文的理解 / fix readings of the text",
    )  # fmt: skip
    command.add_argument(
        "--open-future", action="store_true", help="不假定今后无新情况 / do not assume that nothing further happens"
    )
    outputs.writes(command)
    common(command, decide)


def _test(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenarios", nargs="*", metavar="SCENARIOS", help="案例文件或文件夹 / scenario files or folders")
    command.add_argument("--coverage", action="store_true", help="同时报告覆盖情况 / report coverage too")
    common(command, test)


def decide(args: argparse.Namespace) -> int:
    """`decide CASE`: 3 if an answer was not shown."""
    from zhunsheng.ask.deciding.decide import decide as ask
    from zhunsheng.read import load_case
    from zhunsheng.show.deciding import json
    from zhunsheng.show.deciding.decision import decision_document

    writes = outputs.asked_for(args)
    pack = pack_of(args, Path(args.case))
    case = read_as(load_case(args.case, pack), args.readings, pack)
    plan = outputs.planned(args, pack, case) if writes else None
    with progress_of(args) as progress:
        decision = ask(pack, case, args.answer, args.open_future, progress)
    if args.json:
        say(json.dumps(json.decision_json(pack, decision)))
    else:
        show(decision_document(pack, decision, language(args)))
    written = outputs.write(args, pack, case, decision, plan) if plan else DONE
    return max(exit_code(decision), written)


def test(args: argparse.Namespace) -> int:
    """`test [SCENARIOS]`: 1 if an expectation was missed."""
    from zhunsheng.ask.testing.scenarios import coverage, run_scenarios
    from zhunsheng.show.checking.reports import scenarios_document
    from zhunsheng.show.deciding import json

    paths = scenario_files(args.scenarios)
    pack = pack_of(args, paths[0])
    with progress_of(args) as progress:
        report = run_scenarios(pack, paths, progress, workers=os.cpu_count() or 1)
    covered = coverage(pack, report) if args.coverage else None
    if args.json:
        say(json.dumps(json.scenarios_json(report, covered)))
    else:
        show(scenarios_document(report, language(args), covered))
    return FAILED if any(result.missed for result in report.results) else DONE


def read_as(case: Case, readings: Iterable[str], pack: Pack) -> Case:
    """The case under the readings of `--readings name=option`."""
    from zhunsheng.read import set_fact

    problems: list[Problem] = []
    for words in readings:
        name, equals, option = words.partition("=")
        place = Place(f"--readings {words}")
        if not equals or not option:
            problems.append(Problem(place, "this is not name=option", f"write --readings {with_equals(words, f'{name}=…')}"))
            continue
        try:
            case = set_fact(case, f"readings.{name}", option, pack)
        except InputError as error:
            problems += [Problem(place, one.what, one.instead) for one in error.problems]
    if problems:
        raise InputError(problems)
    return case


def scenario_files(given: list[str]) -> list[Path]:
    """The files named, and those in the folders named, in order. Finding none is a mistake, not a success."""
    paths = [Path(name) for name in given or [SCENARIOS]]
    missing = [Problem(Place(str(path)), NEITHER, WRITE_CASES) for path in paths if not path.exists()]
    if missing:
        raise InputError(missing)
    found = [one for path in paths for one in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    if not found:
        raise InputError([Problem(Place(" ".join(given) or SCENARIOS), "there are no scenarios here (files *.yaml)")])
    return found


def exit_code(decision: Decision) -> int:
    """3 if an answer, or whether or when a duty is owed, was not shown."""
    duties = [answer for duty in decision.duties for answer in (duty.owed, duty.by) if answer is not None]
    return NOT_SHOWN if any(one.status.value == "not_shown" for one in (*decision.answers, *duties)) else DONE
