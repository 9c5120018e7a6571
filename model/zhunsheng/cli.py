"""The command line: reads the words, asks, shows. Heavy modules are imported where they are used, so that help is fast.

Exit codes: 0 done; 1 an expectation was missed; 2 bad input or contradictory facts; 3 an answer was not shown;
4 a defect of this program; 130 interrupted; 141 nobody read the output to its end.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng import __version__
from zhunsheng.errors import ContradictoryFacts, Disagreement, InputError, NotShown, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.report import Decision
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.narrate.document import Document
    from zhunsheng.show.progress import Progress

DONE, FAILED, BAD_INPUT, NOT_SHOWN, DEFECT, INTERRUPTED, CUT_OFF = 0, 1, 2, 3, 4, 130, 141
SCENARIOS = "scenarios"


Command = Callable[[argparse.Namespace], int]


def main(argv: list[str] | None = None, command: Command | None = None) -> int:
    """Runs one command and returns its exit code; `command` takes the place of the one that is named.

    Never raises, and never shows a stack trace.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        args = parser().parse_args(argv)
        code = run(args, command or args.run)
        sys.stdout.flush()
    except SystemExit as left:  # argparse: help was shown, or the words were wrong
        return left.code if isinstance(left.code, int) else BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    return code


def run(args: argparse.Namespace, command: Command) -> int:
    """A command's exit code, its failures told on the error stream."""
    from zhunsheng.show import problems

    lang = language(args)
    try:
        return command(args)
    except InputError as error:
        return _tell(problems.input_problems(error, lang), BAD_INPUT)
    except ContradictoryFacts as error:
        return _tell(problems.contradictory_facts(error, getattr(args, "loaded", None), lang), BAD_INPUT)
    except NotShown as error:
        return _tell(problems.not_shown(error, lang), NOT_SHOWN)
    except Disagreement as error:
        return _tell(problems.disagreement(error, lang), DEFECT)
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("ZHUNSHENG_DEBUG"):
            raise
        return _tell(problems.defect(error, lang), DEFECT)


def language(args: argparse.Namespace) -> str:
    """`--lang`, else the language of the locale if that is English, else Chinese."""
    chosen = getattr(args, "lang", None)
    if chosen:
        return str(chosen)
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next((word for word in words if word), "").lower().startswith("en") else "zh"


# -- the words of the command line


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each help line in Chinese and in English."""
    root = _Parser("zhunsheng", "依法规推算，说明依据 / decide by a regulation and say why")
    root.add_argument("--version", action="version", version=f"zhunsheng {__version__}", help="版本 / version")
    commands = root.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    _decide(commands.add_parser("decide", help="推算一个案件 / decide a case"))
    _test(commands.add_parser("test", help="核对案例是否符合预期 / run scenarios against what they expect"))
    text = commands.add_parser("text", help="条文落实情况 / the account of the text")
    asked = text.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    _text(asked.add_parser("coverage", help="逐条列出规则、义务和限定词 / what encodes each provision"))
    _schema(commands.add_parser("schema", help="文件格式的说明（JSON Schema） / the schema of a format"))
    _export(commands.add_parser("export", help="导出 / write out in another form"))
    version = commands.add_parser("version", help="版本 / version")
    version.set_defaults(run=lambda _: _say(f"zhunsheng {__version__}\n"))
    return root


class _Parser(argparse.ArgumentParser):
    """argparse with bilingual headings."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数 / arguments", "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示帮助 / show this help")


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
    _common(command, decide)


def _test(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenarios", nargs="*", metavar="SCENARIOS", help="案例文件或文件夹 / scenario files or folders")
    command.add_argument("--coverage", action="store_true", help="同时报告覆盖情况 / report coverage too")
    _common(command, test)


def _text(command: argparse.ArgumentParser) -> None:
    _common(command, text_coverage)


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("case", "decision", "pack"), help="哪种文件 / of what")
    _common(command, schema, as_json=False)


def _export(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    pack = kinds.add_parser("pack", help="规则的规范形式（JSON） / the pack's canonical JSON")
    pack.add_argument("file", metavar="FILE", help="写入的文件 / the file to write")
    pack.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    _common(pack, export_pack, as_json=False)


def _common(command: argparse.ArgumentParser, run: Command, as_json: bool = True) -> None:
    if as_json:
        command.add_argument("--json", action="store_true", help="输出JSON / write JSON")
    command.add_argument("--pack", metavar="DIR|NAME", help="规则所在文件夹或名称 / the pack's folder or name")
    command.add_argument("--lang", choices=("zh", "en"), help="输出语言，缺省为中文 / language of the output")
    command.set_defaults(run=run)


# -- the commands


def decide(args: argparse.Namespace) -> int:
    """`decide CASE`: 3 if an answer was not shown."""
    from zhunsheng.ask.decide import decide as ask
    from zhunsheng.read import load_case
    from zhunsheng.show import json
    from zhunsheng.show.decision import decision_document

    pack = args.loaded = _pack(args, Path(args.case))
    case = _read_as(load_case(args.case, pack), args.readings, pack)
    with _progress(args) as progress:
        decision = ask(pack, case, args.answer, args.open_future, progress)
    if args.json:
        _say(json.dumps(json.decision_json(pack, decision)))
    else:
        _show(decision_document(pack, decision, language(args)))
    return exit_code(decision)


def test(args: argparse.Namespace) -> int:
    """`test [SCENARIOS]`: 1 if an expectation was missed."""
    from zhunsheng.ask.scenarios import coverage, run_scenarios
    from zhunsheng.show import json
    from zhunsheng.show.reports import scenarios_document

    paths = _scenario_files(args.scenarios)
    pack = args.loaded = _pack(args, paths[0])
    with _progress(args) as progress:
        report = run_scenarios(pack, paths, progress, workers=os.cpu_count() or 1)
    covered = coverage(pack, report) if args.coverage else None
    if args.json:
        _say(json.dumps(json.scenarios_json(report, covered)))
    else:
        _show(scenarios_document(report, language(args), covered))
    return FAILED if any(result.missed for result in report.results) else DONE


def text_coverage(args: argparse.Namespace) -> int:
    """`text coverage`."""
    from zhunsheng.ask.text import account
    from zhunsheng.show import json
    from zhunsheng.show.reports import text_document

    pack = _pack(args)
    report = account(pack)
    if args.json:
        _say(json.dumps(json.text_report_json(report)))
    else:
        _show(text_document(pack, report, language(args)))
    return DONE


def schema(args: argparse.Namespace) -> int:
    """`schema case|decision|pack`."""
    from zhunsheng.read import case_schema
    from zhunsheng.show import json
    from zhunsheng.show.pack_schema import pack_schema
    from zhunsheng.show.schema import decision_schema

    match args.what:
        case "decision":
            found = decision_schema()
        case "pack":
            found = pack_schema()
        case _:
            found = case_schema(_pack(args))
    return _say(json.dumps(found))


def export_pack(args: argparse.Namespace) -> int:
    """`export pack FILE`: the bytes whose SHA-256 is the pack's digest."""
    from zhunsheng.show.files import write_new

    write_new(Path(args.file), _pack(args).canonical.encode(), args.force)
    return DONE


# -- what the commands share


def _pack(args: argparse.Namespace, case: Path | None = None) -> Pack:
    """The pack that `--pack` or the case names; without either, the only one there is."""
    from zhunsheng.read import load_pack
    from zhunsheng.show.packs import only_pack, pack_folder, pack_named_in

    if args.pack:
        return load_pack(pack_folder(args.pack, Place("--pack")))
    return load_pack(only_pack() if case is None else pack_folder(*pack_named_in(case)))


def _read_as(case: Case, readings: Iterable[str], pack: Pack) -> Case:
    """The case under the readings of `--readings name=option`."""
    from zhunsheng.read import set_fact

    problems: list[Problem] = []
    for words in readings:
        name, equals, option = words.partition("=")
        place = Place(f"--readings {words}")
        if not equals or not option:
            problems.append(Problem(place, "this is not name=option", f"write --readings {name}=…"))
            continue
        try:
            case = set_fact(case, f"readings.{name}", option, pack)
        except InputError as error:
            problems += [Problem(place, one.what, one.instead) for one in error.problems]
    if problems:
        raise InputError(problems)
    return case


def _scenario_files(given: list[str]) -> list[Path]:
    """The files named, and those in the folders named, in order. Finding none is a mistake, not a success."""
    found: list[Path] = []
    for name in given or [SCENARIOS]:
        path = Path(name)
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not found:
        raise InputError([Problem(Place(" ".join(given) or SCENARIOS), "there are no scenarios here (files *.yaml)")])
    return found


def _progress(args: argparse.Namespace) -> Progress:
    from zhunsheng.show.progress import Progress

    return Progress(sys.stderr, language(args))


def exit_code(decision: Decision) -> int:
    """3 if an answer, or whether or when a duty is owed, was not shown."""
    duties = [answer for duty in decision.duties for answer in (duty.owed, duty.by) if answer is not None]
    return NOT_SHOWN if any(one.status.value == "not_shown" for one in (*decision.answers, *duties)) else DONE


def _show(document: Document) -> None:
    from zhunsheng.show.terminal import write

    write(document, sys.stdout)


def _say(text: str) -> int:
    sys.stdout.write(text)
    return DONE


def _tell(text: str, code: int) -> int:
    sys.stderr.write(text)
    return code
