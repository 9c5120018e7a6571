"""Lines -> provisions: chapters, articles, items, points, subpoints and paragraphs, as a regulation numbers them.

    第十九条  …          19          （一）…   19(1)          1.…   19(1)1          （1）…   19(1)1(1)
    a line after a full stop that no number begins: the next paragraph, `20.2`, `16(1).2`
    any other line that no number begins: goes on with what stands before it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.wording import Heading, Official, Passed, Worded, tidy
from zhunsheng.read import labels
from zhunsheng.read.paper import Line

STOP = "。！？"
CLOSING = "”’」』）)》\"'"
GOES_ON = "：:；;，,、"
DEPTH = {"item": 1, "point": 2, "subpoint": 3}
BACK = re.compile(
    r"附\s*[件表图录]|抄\s*[送报]|[（(]此件|主题词|信息公开|联系[人电]|责任编辑|上一篇|下一篇|版权所有|主办单位|打印|关闭"
)
"""How a line begins that stands after a regulation and is no part of it."""
SHORT = 20
"""A line of plain text with fewer characters was not broken for want of room."""


def cut(lines: Sequence[Line], passed: Sequence[Passed], file: str, digest: str, *, wrapped: bool) -> Official:
    """The provisions of these lines. `passed`: lines that were set apart before; `wrapped`: a line may end within a paragraph.
    InputError where there is no article, or one provision twice."""
    starts = _articles(lines)
    if not starts:
        what = "no article was found in this text"
        raise InputError([Problem(Place(file), what, "each article begins a line: `第一条 …`")])
    cutter = _Cutter(file, _set_in(lines, starts))
    end = _back_matter(lines, starts[-1], wrapped)
    for at, line in enumerate(lines[:end]):
        cutter.line(line, begins=at in starts, within=at > starts[0])
    if cutter.problems:
        raise InputError(cutter.problems)
    found = {ref: Worded(ref, tidy(one.text), one.chapter, one.line, one.column) for ref, one in cutter.found.items()}
    cutter.passed += [Passed(line.number, line.number, "after", line.text) for line in lines[end:]]
    return Official(file, digest, tuple(cutter.chapters), found, _joined([*passed, *cutter.passed], cutter.headings))


# -- where articles begin and the text ends


def _articles(lines: Sequence[Line]) -> list[int]:
    """Which lines begin an article. 第十五条 may also begin a line in the middle of a sentence."""
    found: list[int] = []
    for at, line in enumerate(lines):
        article = labels.article(line.text)
        if article is None:
            continue
        new = at == 0 or _complete(lines[at - 1].text) or bool(labels.chapter(lines[at - 1].text))
        if article.parted or ((new or not found) and article.words[:1] not in labels.REFERS):
            found.append(at)
    return found


def _back_matter(lines: Sequence[Line], last: int, wrapped: bool) -> int:
    """Where what follows the last article begins: annexes, to whom it is sent, the foot of a page of a site."""
    for at in range(last + 1, len(lines)):
        text = lines[at].text
        if BACK.match(text) and not _ended(text):
            return at
        loose = not _complete(text) and text[-1] not in GOES_ON and not labels.part(text)
        if loose and _ended(lines[at - 1].text) and (not wrapped or len(text) < SHORT):
            return at
    return len(lines)


def _complete(text: str) -> bool:
    return text.rstrip(CLOSING)[-1:] in STOP or text[-1:] in GOES_ON[:4]


def _ended(text: str) -> bool:
    """Whether a paragraph may end here."""
    return text.rstrip(CLOSING)[-1:] in tuple(STOP)


def _set_in(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether paragraphs are set in, so that a line which is not goes on with the one before it."""
    return all(lines[at].indented for at in starts) and any(not line.indented for line in lines[starts[0] :])


def _joined(passed: Sequence[Passed], headings: Sequence[int]) -> tuple[Passed, ...]:
    """Lines that follow one another, no heading between them, told as one stretch with its first words."""
    found: list[Passed] = []
    for one in sorted(passed, key=lambda each: each.first):
        parted = not found or any(found[-1].last < line < one.first for line in headings)
        if not parted and found[-1].why == one.why and one.why in ("before", "after"):
            found[-1] = Passed(found[-1].first, one.last, one.why, found[-1].text)
        else:
            found.append(one)
    return tuple(found)


# -- what each line is


@dataclass
class _Open:
    text: str
    chapter: int
    line: int
    column: int


@dataclass
class _Cutter:
    file: str
    set_in: bool
    found: dict[str, _Open] = field(default_factory=dict)
    chapters: list[Heading] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    paragraph: int = 1
    headings: list[int] = field(default_factory=list)
    heading: Heading | None = None
    untitled: bool = False
    items_in_digits: bool = False

    def line(self, line: Line, *, begins: bool, within: bool) -> None:
        """Takes the next line. `begins`: an article begins with it; `within`: the first article lies behind."""
        chapter = None if begins else labels.chapter(line.text)
        if begins:
            self._article(line)
        elif chapter is not None:
            self.heading, self.untitled = Heading(*chapter, line.number), not chapter[1]
            self.headings.append(line.number)
        elif self.untitled and self.heading is not None:
            self.heading, self.untitled = Heading(self.heading.number, line.text, self.heading.line), False
        elif not within:
            self.passed.append(Passed(line.number, line.number, "before", line.text))
        elif labels.DIVISION.fullmatch(line.text) and not _ended(line.text):
            self.passed.append(Passed(line.number, line.number, "heading", line.text))
        else:
            self._within(line)

    def _article(self, line: Line) -> None:
        article = labels.article(line.text)
        if article is None or article.number is None:
            numeral = article.numeral if article is not None else line.text
            self._problem(line, f"{numeral!r} is no number", "write the article's number, such as 第二十一条")
            return
        if self.heading is not None and (not self.chapters or self.chapters[-1] != self.heading):
            self.chapters.append(self.heading)
        self.path, self.items_in_digits = [article.number], False
        self._open(line, article.words)

    def _within(self, line: Line) -> None:
        part = labels.part(line.text)
        level = self._level(part) if part is not None else None
        if part is None or level is None:
            self._text(line)
            return
        label = str(part.number) if level == "point" else f"({part.number})"
        self.path = [*self.path[: DEPTH[level]], label]
        self._open(line, part.words)

    def _level(self, part: labels.Part) -> str | None:
        """The level at which a reference can name the part here; None where it has none."""
        depth = len(self.path)
        match part.level:
            case "subpoint" if depth == 1 or (depth == 2 and self.items_in_digits):
                self.items_in_digits = True  # （1）directly under an article is how some texts write （一）
                return "item"
            case "item":
                self.items_in_digits = False
                return "item"
            case level:
                return level if depth >= DEPTH[level] else None

    def _text(self, line: Line) -> None:
        last = self.found[self._last()]
        if _ended(last.text) and not (self.set_in and not line.indented):
            self.paragraph += 1
            self._put(self._last(), line, line.text)
        else:
            words = last.text[-1:] + line.text[:1]  # a line may break between two Latin words; of a number, anywhere
            last.text += (" " if words.isascii() and words.isalpha() else "") + line.text

    def _open(self, line: Line, words: str) -> None:
        self.paragraph = 1
        self._put("".join(self.path), line, words)

    def _put(self, ref: str, line: Line, words: str) -> None:
        if ref in self.found:
            what = f"the provision {ref} stands here twice (first at line {self.found[ref].line})"
            self._problem(line, what, "leave out what is not the text itself, or correct the number")
        else:
            self.found[ref] = _Open(words, self.heading.number if self.heading else 0, line.number, line.column)

    def _last(self) -> str:
        return "".join(self.path) + (f".{self.paragraph}" if self.paragraph > 1 else "")

    def _problem(self, line: Line, what: str, instead: str) -> None:
        self.problems.append(Problem(Place(self.file, line.number, line.column), what, instead))
