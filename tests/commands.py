"""A command run in this process, as a test of commands runs it."""

from __future__ import annotations

import pytest

from zhunsheng import cli


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was said on the error stream."""
    code = cli.main(list(words))
    streams = capsys.readouterr()
    return code, streams.out, streams.err
