"""The command line: reads the words, asks, shows. Heavy modules are imported where they are used, so that help is fast.

Exit codes: 0 done; 1 an expectation was missed, or something was found that nobody has recorded; 2 bad input or contradictory
facts; 3 an answer was not shown; 4 a defect of this program; 130 interrupted; 141 nobody read the output to its end.
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
    from zhunsheng.ask.findings import Checked
    from zhunsheng.ask.prove import Proof
    from zhunsheng.ask.report import Decision
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem
    from zhunsheng.narrate.document import Document
    from zhunsheng.show.progress import Progress

DONE, FAILED, BAD_INPUT, NOT_SHOWN, DEFECT, INTERRUPTED, CUT_OFF = 0, 1, 2, 3, 4, 130, 141
SCENARIOS, PROOFS = "scenarios", "proofs"


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
    _check(commands.add_parser("check", help="条文体检：漏洞、冲突、无用的规定 / gaps, conflicts, rules that do nothing"))
    _prove(commands.add_parser("prove", help="证明命题 / prove theorems about every case"))
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


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--under", choices=("default", "each", "all"), default="default",
        help="对条文如何理解：缺省、逐一改变、全部 / under which readings",
    )  # fmt: skip
    command.add_argument("--ignore-records", action="store_true", help="不理会已有的记录 / as if nothing were recorded")
    command.add_argument("--proofs", metavar="DIR", help="命题所在文件夹 / the folder of theorems")
    command.add_argument("--report", metavar="FILE", help="写成报告（.md或.html） / write a report (.md or .html)")
    _writes_cases(command)
    _common(command, check)


def _prove(command: argparse.ArgumentParser) -> None:
    command.add_argument("theorems", nargs="*", metavar="FILES", help="命题文件或文件夹 / files or folders of theorems")
    command.add_argument(
        "--more", type=_number, default=0, metavar="N", help="每个清单多看N项 / look at N more elements of each list"
    )
    command.add_argument(
        "--rules", action="store_true", help="找出各项证明所依据的规则 / find the rules that each proof rests on"
    )
    command.add_argument(
        "--export", nargs=2, metavar=("smt2", "DIR"), help="写出SMT-LIB脚本 / write the formulas for other solvers"
    )
    _writes_cases(command)
    _common(command, prove)


def _writes_cases(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cases", metavar="DIR", help="把各个情形写成案件文件 / write each case as a file")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")


def _number(text: str) -> int:
    """A whole number, not below nought."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"不是自然数 / no whole number: {text!r}")
    return int(text)


def _text(command: argparse.ArgumentParser) -> None:
    _common(command, text_coverage)


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("case", "decision", "pack", "check", "proofs"), help="哪种文件 / of what")
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


def check(args: argparse.Namespace) -> int:
    """`check`: 1 if something is found that nobody has recorded, or a record no longer holds; 3 if something was not settled."""
    from zhunsheng.ask.check import check as ask
    from zhunsheng.show import check_json, json
    from zhunsheng.show.check import check_document
    from zhunsheng.show.examples import example_files
    from zhunsheng.show.files import write_all
    from zhunsheng.show.health import health_document, rendered

    if args.report:
        rendered(Path(args.report), None)
    folder, pack = _folder_and_pack(args)
    theorems = _theorems(args.proofs, folder, pack)
    with _progress(args) as progress:
        checked = ask(pack, theorems, under=args.under, ignore_records=args.ignore_records, progress=progress,
                      workers=os.cpu_count() or 1)
    if args.json:
        _say(json.dumps(check_json.checked_json(pack, checked)))
    else:
        _show(check_document(pack, checked, language(args)))
    files = example_files(pack, checked, Path(args.cases)) if args.cases else {}
    if args.report:
        files[Path(args.report)] = rendered(Path(args.report), health_document(pack, checked, language(args)))
    write_all(files, args.force)
    return check_code(checked)


def prove(args: argparse.Namespace) -> int:
    """`prove [FILES]`: 1 if a verdict is not what is expected; 3 if one was not shown and should have been."""
    from zhunsheng.ask.prove import prove as ask
    from zhunsheng.show import check_json, json
    from zhunsheng.show.examples import counterexample_files
    from zhunsheng.show.files import write_all
    from zhunsheng.show.proofs import proofs_document

    folder, pack = _folder_and_pack(args)
    theorems = _theorems(args.theorems, folder, pack)
    if not theorems:
        raise InputError([Problem(Place(PROOFS), "there are no theorems here", "name their files or folder")])
    if args.export:
        return _export_scripts(pack, theorems, *args.export, force=args.force)
    with _progress(args) as progress:
        proofs = ask(pack, theorems, more=args.more, rules=args.rules, progress=progress, workers=os.cpu_count() or 1)
    if args.json:
        _say(json.dumps(check_json.proofs_json(pack, proofs)))
    else:
        _show(proofs_document(pack, proofs, language(args)))
    if args.cases:
        write_all(counterexample_files(pack, proofs, Path(args.cases)), args.force)
    return proofs_code(proofs)


def _export_scripts(pack: Pack, theorems: tuple[Theorem, ...], kind: str, folder: str, *, force: bool) -> int:
    """`prove --export smt2 DIR`: the formulas for any other solver."""
    from zhunsheng.ask.prove import scripts
    from zhunsheng.show.files import write_all

    if kind != "smt2":
        raise InputError([Problem(Place(f"--export {kind}"), f"there is no form {kind!r}", "write --export smt2 DIR")])
    files = {Path(folder) / f"{name}.smt2": text.encode() for name, text in scripts(pack, theorems).items()}
    write_all(files, force)
    return DONE


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
    """`schema case|decision|pack|check|proofs`."""
    from zhunsheng.read import case_schema
    from zhunsheng.show import json
    from zhunsheng.show.check_schema import check_schema, proofs_schema
    from zhunsheng.show.pack_schema import pack_schema
    from zhunsheng.show.schema import decision_schema

    match args.what:
        case "decision":
            found = decision_schema()
        case "pack":
            found = pack_schema()
        case "check":
            found = check_schema()
        case "proofs":
            found = proofs_schema()
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
    return _folder_and_pack(args, case)[1]


def _folder_and_pack(args: argparse.Namespace, case: Path | None = None) -> tuple[Path, Pack]:
    from zhunsheng.read import load_pack
    from zhunsheng.show.packs import only_pack, pack_folder, pack_named_in

    if args.pack:
        folder = pack_folder(args.pack, Place("--pack"))
    else:
        folder = only_pack() if case is None else pack_folder(*pack_named_in(case))
    return folder, load_pack(folder)


def _theorems(given: str | list[str] | None, folder: Path, pack: Pack) -> tuple[Theorem, ...]:
    """The theorems named, else those beside the pack; none where there is no such folder."""
    from zhunsheng.read.theorems import load_theorems
    from zhunsheng.show.packs import proofs_beside

    paths = [given] if isinstance(given, str) else given or proofs_beside(folder)
    return load_theorems([Path(path) for path in paths], pack) if paths else ()


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


def check_code(checked: Checked) -> int:
    """1 for what somebody should look at, 3 where something was not settled."""
    if checked.unrecorded or checked.stale:
        return FAILED
    return NOT_SHOWN if checked.not_shown else DONE


def proofs_code(proofs: Iterable[Proof]) -> int:
    """1 where a verdict differs from what is expected, 3 where it differs only in that nothing was shown."""
    missed = [proof.verdict.value for proof in proofs if not proof.as_expected]
    if not missed:
        return DONE
    return NOT_SHOWN if set(missed) == {"not_shown"} else FAILED


def _show(document: Document) -> None:
    from zhunsheng.show.terminal import write

    write(document, sys.stdout)


def _say(text: str) -> int:
    sys.stdout.write(text)
    return DONE


def _tell(text: str, code: int) -> int:
    sys.stderr.write(text)
    return code
