"""The command line: reads the words, asks, shows. Heavy modules are imported where they are used, so that help is fast.

Exit codes: 0 done; 1 an expectation was missed, or something was found that nobody has recorded; 2 bad input or contradictory
facts; 3 an answer was not shown; 4 a defect of this program; 130 interrupted; 141 nobody read the output to its end.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys

from zhunsheng import __version__
from zhunsheng.cli import cases, certificates, changes, forms, interview, laws, prepare, publish, signing, times, whatif
from zhunsheng.cli.parsing import Parser
from zhunsheng.cli.shared import BAD_INPUT, CUT_OFF, DEFECT, INTERRUPTED, NOT_SHOWN, Command, language, say
from zhunsheng.errors import ContradictoryFacts, Disagreement, InputError, NotShown

CLEARED = (20_000, 20, 20)
"""How rarely Python looks for objects that only hold each other: formulas are many small objects that never do."""


def main(argv: list[str] | None = None, command: Command | None = None) -> int:
    """Runs one command and returns its exit code; `command` takes the place of the one that is named.

    Never raises, and never shows a stack trace.
    """
    gc.set_threshold(*CLEARED)
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
    from zhunsheng.show.mistakes import problems

    lang = language(args)
    try:
        return command(args)
    except InputError as error:
        return _tell(problems.input_problems(error, lang, getattr(args, "loaded", None)), BAD_INPUT)
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


def parser() -> argparse.ArgumentParser:
    """Every command with its options; each help line in Chinese and in English."""
    root = Parser("zhunsheng", "依法规推算，说明依据 / decide by a regulation and say why")
    root.add_argument("--version", action="version", version=f"zhunsheng {__version__}", help="版本 / version")
    commands = root.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for group in (cases, times, whatif, interview, laws, changes, certificates, signing, forms, prepare, publish):
        group.add(commands)
    version = commands.add_parser("version", help="版本 / version")
    version.set_defaults(run=lambda _: say(f"zhunsheng {__version__}\n"))
    return root


def _tell(text: str, code: int) -> int:
    sys.stderr.write(text)
    return code
