"""The parser of the command line: argparse, with headings in both languages and its complaints in the reader's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from zhunsheng.cli.shared import BAD_INPUT, language
from zhunsheng.lang.types import Text

USAGE = "usage: "
WRONG = Text("用法：{usage}\n{prog}：命令有误：{what}\n", "usage: {usage}\n{prog}: error: {what}\n")


class Parser(argparse.ArgumentParser):
    """One command, or all of them."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数 / arguments", "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示帮助 / show this help")
        self.given: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; the words are kept, for the language in which to complain of them."""
        self.given = sys.argv[1:] if args is None else args
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Tells how the command is used and what is wrong with these words; exit code 2."""
        from zhunsheng.show.mistakes.problems import message as told

        lang = language(argparse.Namespace(lang=_asked(self.given)))
        usage = self.format_usage().removeprefix(USAGE).rstrip()
        self.exit(BAD_INPUT, WRONG[lang].format(usage=usage, prog=self.prog, what=told(message, lang)))


def _asked(given: Sequence[str]) -> str | None:
    """The language that the words ask for, before anything is known of them."""
    pairs = zip(given, [*given, ""][1:], strict=True)
    said = [word.partition("=")[2] or after for word, after in pairs if word.partition("=")[0] == "--lang"]
    return next((lang for lang in reversed(said) if lang in ("zh", "en")), None)
