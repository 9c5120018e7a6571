"""Code blocks of the documents: commands with the output they show, and Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs" / "pages").rglob("*.md"))]
OMITTED = "[…]"


@dataclass(frozen=True)
class Block:
    """A fenced block: the language it names and its lines. `place` is file:line, relative to the project."""

    place: str
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """A command a document shows, the output below it, and the exit code (0 unless the document shows `echo $?`)."""

    place: str
    words: str
    output: tuple[str, ...] | None
    code: int = 0


def blocks(page: Path) -> list[Block]:
    """Every fenced block of a page."""
    found: list[Block] = []
    opened: tuple[int, str, str] | None = None
    inside: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = re.fullmatch(r"\s*(`{3,})(\w*)\s*", line)
        if opened is None and fence:
            opened, inside = (number, fence[2], fence[1]), []
        elif opened is not None and line.strip() == opened[2]:
            place = f"{page.relative_to(ROOT).as_posix()}:{opened[0]}"
            found.append(Block(place, opened[1], tuple(inside)))
            opened = None
        else:
            inside.append(line)
    if opened is not None:
        raise ValueError(f"{page}:{opened[0]}: this block is not closed")
    return found


def commands(block: Block) -> list[Command]:
    """The commands of our own program in a `sh` or `console` block; others are for the reader to run."""
    match block.language:
        case "sh":
            return [Command(block.place, line, None) for line in block.lines if line.startswith("zhunsheng ")]
        case "console":
            return list(_shown(block))
        case _:
            return []


def _shown(block: Block) -> Iterable[Command]:
    steps: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif steps:
            steps[-1][1].append(line)
    for (words, output), following in zip(steps, [*steps[1:], ("", [])], strict=True):
        if words.startswith("zhunsheng "):
            code = int(following[1][0]) if following[0] == "echo $?" else 0
            yield Command(block.place, words, tuple(output) or None, code)


def shows(output: str, shown: tuple[str, ...]) -> bool:
    """Whether an output is what a document shows. `[…]` stands for any text, on a line of its own or at the end of one."""
    pattern = "\n".join(re.escape(line.rstrip()) for line in shown).replace(re.escape(OMITTED), "(?s:.*?)")
    text = "\n".join(line.rstrip() for line in output.strip("\n").splitlines())
    return re.fullmatch(pattern, text) is not None
