"""What the documents show is what happens."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from document_blocks import PAGES, ROOT, Block, Command, blocks, commands, shows

BLOCKS = [block for page in PAGES for block in blocks(page)]
COMMANDS = [command for block in BLOCKS for command in commands(block)]
PYTHON = [block for block in BLOCKS if block.language == "python"]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)


# A command may use what one before it on its page has made: the commands of a page run in one process, in its order.
IN_ORDER = [
    pytest.param(command, id=f"{command.place} {command.words[:60]}", marks=pytest.mark.xdist_group(command.place.split(":")[0]))
    for command in COMMANDS
]


@pytest.mark.parametrize("command", IN_ORDER)
def test_a_command_shown_in_the_documents_does_what_is_shown(command: Command) -> None:
    done = run(shlex.split(command.words))

    assert done.returncode == command.code, done.stderr
    assert command.output is None or shows(done.stdout + done.stderr, command.output), done.stdout + done.stderr


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.place)
def test_python_in_the_documents_runs(block: Block) -> None:
    done = run([sys.executable, "-c", "\n".join(block.lines)])

    assert (done.returncode, done.stderr) == (0, "")


def test_there_are_blocks_to_run() -> None:
    assert len(COMMANDS) >= 4
    assert len(PYTHON) >= 1


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        (("one", "two", "three"), True),
        (("[…]", "two", "[…]"), True),
        (("one", "tw[…]", "three"), True),
        (("one", "three"), False),
        (("[…]", "four", "[…]"), False),
        (("one", "two"), False),
    ],
)
def test_an_omission_stands_for_text_and_nothing_else_does(shown: tuple[str, ...], same: bool) -> None:
    assert shows("one\ntwo\nthree\n", shown) is same
