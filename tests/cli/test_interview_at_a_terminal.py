"""Interviews at a real terminal: what was answered is in the file, however the conversation ends."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_A_TERMINAL = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
)
"""Makes the standard streams the terminal that the process hears signals from, then becomes the program. What a shell
runs in the background ignores Ctrl-C, and what that starts would too."""
PATIENCE = 120.0
PROMPT = b"\n> "


@dataclass
class Terminal:
    """A person at a terminal in which an interview runs."""

    process: subprocess.Popen[bytes]
    screen: int
    seen: bytes = b""

    @classmethod
    def of(cls, file: Path, *words: str) -> Terminal:
        screen, inside = pty.openpty()
        command = [sys.executable, "-m", "zhunsheng", "interview", str(file), "--lang", "en", *words]
        process = subprocess.Popen(
            [sys.executable, "-c", AT_A_TERMINAL, *command],
            stdin=inside, stdout=inside, stderr=inside, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        os.close(inside)
        return cls(process, screen)

    def until_asked(self, number: int) -> None:
        """Waits until the question of this number waits for its answer."""
        self._until(lambda: b"Question %d:" % number in self.seen and self.seen.replace(b"\r", b"").endswith(PROMPT))

    def type(self, typed: bytes) -> None:
        os.write(self.screen, typed)

    def close(self) -> None:
        """The window is closed."""
        os.close(self.screen)
        self.screen = -1

    def ended(self) -> int:
        """The exit code; below nought for a signal."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read(0.05)
        return self.process.wait(1)

    def _until(self, done: object) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():  # type: ignore[operator]
            assert time.monotonic() < deadline, self.seen.decode(errors="replace")
            self._read(0.5)

    def _read(self, patience: float) -> None:
        if self.screen < 0:
            time.sleep(patience)
        elif select.select([self.screen], [], [], patience)[0]:
            try:
                self.seen += os.read(self.screen, 4096)
            except OSError:  # nobody is left at the other end
                time.sleep(patience)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        if one.screen >= 0:
            one.close()


def interrupt(terminal: Terminal) -> None:
    terminal.type(b"A\x03")


def end_of_input(terminal: Terminal) -> None:
    terminal.type(b"\x04")


def hang_up(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGHUP)


def terminate(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        (interrupt, 130, b"Stopped. Your answers are in"),
        (end_of_input, 0, b"Stopped. Your answers are in"),
        (Terminal.close, -signal.SIGHUP, b""),
        (hang_up, -signal.SIGHUP, b""),
        (terminate, -signal.SIGTERM, b""),
    ],
    ids=["Ctrl-C in the middle of an answer", "Ctrl-D", "the window closed", "hung up", "told to end"],
)
def test_however_it_ends_what_was_answered_is_in_the_file(
    end: object, code: int, said: bytes, tmp_path: Path, terminals: list[Terminal]
) -> None:
    file = tmp_path / "case.yaml"
    terminal = Terminal.of(file, "--answer", "attained")
    terminals.append(terminal)

    terminal.until_asked(1)
    terminal.type(b"\xff\xfe\n1\n")
    terminal.until_asked(2)
    terminal.type(b"B\n")
    terminal.until_asked(3)
    end(terminal)  # type: ignore[operator]

    assert terminal.ended() == code, terminal.seen.decode(errors="replace")
    assert b"That is no answer" in terminal.seen
    assert said in terminal.seen
    assert "organized: B" in file.read_text(encoding="utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["case.yaml"]
