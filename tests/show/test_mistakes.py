"""Bad input is explained in Chinese: every message that a problem can have, whether a test meets it or not."""

from __future__ import annotations

import argparse
import ast
import re
from functools import cache
from pathlib import Path

import pytest

import goldens
from told_problems import VALUE, problem_messages
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.show.mistakes import problems, telling, told

INVALID = Path(__file__).parent.parent / "data" / "invalid"
SAMPLE = "zq"
"""What stands for a name or a number that only a run knows."""
CODE = re.compile(
    r"“[^”]*”|`[^`]*`|\"[^\"]*\"|'zhunsheng\[office\]'|--[\w-]+(?: smt2)?|\w*\.\w+|\w+\([^)]*\)+|\w+\[\w*\](?:\.\w+)?|calendar/"
    r"|date\(|known_until|x in \(A, B\)|pip install|apt install fonts-noto-cjk|some_duty|\d[a-z]+"
)
"""What is quoted, is to be written so, or is the name of a file, an option or a field: the same in every language."""
NAMES = set(re.findall(r"\S+", """
    Word txt prove YAML JSON UTF-8 UTF-16 GBK PDF DSSE NFKC Unicode Debian base64 html docx zh en cn none
    true false True False yes no and in for years months days duties readings things office CASE
"""))
"""Names, and words of the rules' language, that a Chinese sentence may hold."""


def english_in(said: str) -> list[str]:
    """The words of a Chinese sentence that a reader would take for English."""
    return [word for word in re.findall(r"[A-Za-z][A-Za-z0-9-]+", CODE.sub(" ", said).replace(SAMPLE, "")) if word not in NAMES]


@cache
def is_thing(text: str) -> bool:
    sample = text.replace(VALUE, SAMPLE)
    return telling.thing(sample) != sample


@pytest.fixture(scope="module")
def messages() -> dict[str, str]:
    return {message.replace(VALUE, SAMPLE): place for message, place in problem_messages(is_thing).items()}


def test_every_message_of_a_problem_has_its_sentence(messages: dict[str, str]) -> None:
    untold = {message: place for message, place in messages.items() if told(message, "zh") is None}

    assert untold == {}
    assert len(messages) > 800


def test_no_english_is_left_in_a_sentence(messages: dict[str, str]) -> None:
    said = {message: told(message, "zh") or "" for message in messages}

    assert {message: words for message, text in said.items() if (words := english_in(text))} == {}


def test_no_sentence_is_for_a_message_that_nobody_writes(messages: dict[str, str]) -> None:
    used = {telling.form_of(message) for message in (*messages, *ELSEWHERE, *of_argparse())}

    assert set(telling.FORMS) - used == set()


ELSEWHERE = (
    "these rules do not know an outcome of which the certificate speaks",
    *(f"'{SAMPLE}' cannot be {done}" for done in ("added", "removed", "swapped")),
)
"""No problem of the input, but told in the same words; and what a single word put into a message makes of it."""


def of_argparse() -> set[str]:
    """What argparse says through `error`, as its own source has it."""
    tree = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext")]
    given = [call.args for call in calls]
    found = {arg.value for args in given for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return {re.sub(r"%(\(\w+\))?[rs]", SAMPLE, text) for text in found} - OF_HELP


OF_HELP = {
    "usage: ", "positional arguments", "options", "subcommands", "show this help message and exit",
    "show program's version number and exit", " (default: zq)", "zq: error: zq\n", "conflicting option string: zq",
    "conflicting option strings: zq", "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named zq", "dest= is required for options like zq",
    "'required' is an invalid argument for positionals", "mutually exclusive arguments must be optional",
    "invalid conflict_resolution value: zq", "invalid option string zq: must start with a character zq",
    "argument \"-\" with mode zq", "unknown parser zq (choices: zq)", "can't open 'zq': zq", "zq is not callable",
    "conflicting subparser alias: zq", ".__call__() not defined", "conflicting subparser: zq",
}  # fmt: skip
"""Words of the help, and what only the author of a parser is told."""


def test_what_argparse_says_has_its_sentence() -> None:
    said = {message: told(message, "zh") for message in of_argparse()}

    assert {message for message, text in said.items() if text is None or english_in(text)} == set()


def expected_messages() -> list[str]:
    """What the tests of bad input expect, whole, each once."""
    found: dict[str, None] = {}
    for path in sorted(INVALID.rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            placed = re.fullmatch(r"[^ :]+(?::\d+:\d+)?: (.*)", line)
            found |= {line.strip(): None} if line.startswith("    ") else {placed[1]: None} if placed else {}
    return list(found)


def test_what_the_tests_of_bad_input_expect_is_told_in_chinese() -> None:
    said = [f"{told(message, 'zh')}\n    {message}\n" for message in expected_messages()]

    assert goldens.matches("".join(said), Path(__file__).parent / "goldens" / "mistakes.txt")


def test_what_has_no_sentence_is_shown_in_english_and_never_lost() -> None:
    error = InputError([Problem(Place("case.yaml", 3, 1), "the moon is full", "wait")])

    assert problems.input_problems(error, "zh") == "输入有误，共1处：\n\ncase.yaml:3:1: the moon is full\n    wait\n"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("'a' is of type day or none, but yes/no is wanted here", "“a”的类型是日期或无（none），此处应为是或否"),
        ("\"it's\" is no status", "“it's”不是结论的状态"),
        ("'there is no fact \\'x\\'' is no status", "“there is no fact 'x'”不是结论的状态"),
        ("期间有误 / the period is wrong", "期间有误"),
        ("期间有误\n    the period is wrong", "期间有误"),
        ("two of lines are called '1号窑' (the first at line 5)", "lines中有两项都叫“1号窑”（前一处在第5行）"),
        ("finding is a list", "finding是清单"),
        ("'x' is no fact, so it cannot be set (column 3)", "“x”不是事实，因此不能设定（第3列）"),
        ("write one of: a, b", "可以写的有：a、b"),
    ],
)
def test_a_message_is_told_by_its_form(message: str, said: str) -> None:
    assert told(message, "zh") == said


def test_english_stays_as_it_is() -> None:
    assert told("there is no fact 'x'", "en") == "there is no fact 'x'"
    assert told("期间有误 / the period is wrong", "en") == "the period is wrong"
