"""The life of a thing as a picture: boxes for days, stated ones above, those that follow below them, arrows between; and a
procedure: a box for each stage. Black on white, so that they print; drawn from what the pack says, never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from zhunsheng.ask.publishing.lives import Life, Moment
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, rules, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.media.width import wrap

COLUMNS = 22
"""How many columns of text a box is wide."""
SIZE, LEADING, PAD, GAP_ACROSS, GAP_DOWN = 13, 18, 10, 24, 44
WIDTH = COLUMNS * SIZE // 2 + 2 * PAD
OF = Text("{thing}的各个日期", "The days of {thing}")
OF_CASE = Text("案件中的各个日期", "The days of a case")
STATED = Text("写明的日期", "a day that is stated")
FOLLOWS = Text("{what}由{days}推出", "{what} follows from {days}")


@dataclass(frozen=True)
class Picture:
    """`alt`: the same in words; `title` names it."""

    title: str
    alt: str
    svg: str


@dataclass(frozen=True)
class _Box:
    """`after`: the boxes that lead to it; `double`: whether it has a double frame."""

    key: str
    lines: tuple[str, ...]
    x: int
    y: int
    after: tuple[str, ...]
    double: bool

    @property
    def height(self) -> int:
        return len(self.lines) * LEADING + 2 * PAD


def picture(pack: Pack, life: Life, lang: str) -> Picture:
    """The picture of one life, in one language."""
    rows = _rows(life)
    boxes = _placed(pack, life, rows, lang)
    title = life_title(pack, life, lang)
    alt = title + words.COLON[lang] + words.SEMICOLON[lang].join(_sentences(pack, life, lang)) + words.STOP[lang]
    return Picture(title, alt, _svg(boxes, title, lang))


def life_title(pack: Pack, life: Life, lang: str) -> str:
    if not life.of:
        return OF_CASE[lang]
    noun = nouns.element(pack, pack.collections[life.of], lang)
    return fill(OF, lang, thing=noun if lang == "zh" else nouns.articled(noun, "a"))


def called(pack: Pack, life: Life, key: str, lang: str) -> str:
    """What a moment is called."""
    if key in pack.definitions:
        return rules.bare(nouns.definition(pack, key, lang))
    owner, _, name = key.partition(".")
    if not name:
        return nouns.fact(pack.facts[owner], lang)
    fields = pack.collections[owner].fields if life.of else pack.facts[owner].record
    return nouns.fact(next(spec for spec in fields if spec.name == name), lang)


def _sentences(pack: Pack, life: Life, lang: str) -> list[str]:
    """Each day that follows, with those it is reckoned from."""
    said = []
    for moment in life.moments:
        if moment.after:
            days = values.both([f"“{called(pack, life, key, lang)}”" for key in moment.after], lang)
            said.append(fill(FOLLOWS, lang, what=f"“{called(pack, life, moment.key, lang)}”", days=days))
    return said


def _rows(life: Life) -> Mapping[str, int]:
    """How deep each moment lies: below all it is reckoned from."""
    after = {moment.key: moment.after for moment in life.moments}
    rows: dict[str, int] = {}

    def depth(key: str) -> int:
        if key not in rows:
            rows[key] = 1 + max((depth(one) for one in after[key] if one in after), default=-1)
        return rows[key]

    for key in after:
        depth(key)
    return rows


def _placed(pack: Pack, life: Life, rows: Mapping[str, int], lang: str) -> dict[str, _Box]:
    by_row: dict[int, list[Moment]] = {}
    for moment in life.moments:
        by_row.setdefault(rows[moment.key], []).append(moment)
    widest = max(len(row) for row in by_row.values())
    across = widest * WIDTH + (widest - 1) * GAP_ACROSS
    boxes: dict[str, _Box] = {}
    y = PAD
    for number in sorted(by_row):
        row = by_row[number]
        left = PAD + (across - len(row) * WIDTH - (len(row) - 1) * GAP_ACROSS) // 2
        placed = [
            _Box(
                moment.key, _lines(pack, life, moment, lang), left + index * (WIDTH + GAP_ACROSS), y, moment.after,
                not moment.definition,
            )
            for index, moment in enumerate(row)
        ]  # fmt: skip
        boxes |= {box.key: box for box in placed}
        y += max(box.height for box in placed) + GAP_DOWN
    return boxes


def _lines(pack: Pack, life: Life, moment: Moment, lang: str) -> tuple[str, ...]:
    """What stands in a box: its name, the provision of one that follows, and the parameters it is reckoned with."""
    lines = wrap(called(pack, life, moment.key, lang), COLUMNS)
    if moment.definition:
        lines += wrap(provision(pack.definitions[moment.definition].provision, lang), COLUMNS)
    for name in moment.parameters:
        spec = pack.parameters[name]
        said = f"{spec.title[lang]}{words.COLON[lang]}{values.spoken(pack, spec.value, spec.type, lang)}"
        lines += wrap(said, COLUMNS, "· ", "  ")
    return tuple(lines)


def chain(title: str, alt: str, stages: Sequence[Sequence[str]], lang: str) -> Picture:
    """Stages one below the other, each with its lines of text; the first, which somebody chooses to take, has a double frame."""
    boxes: dict[str, _Box] = {}
    y = PAD
    for number, said in enumerate(stages):
        lines = tuple(line for one in said for line in wrap(one, COLUMNS - 2))
        after = (str(number - 1),) if number else ()
        boxes[str(number)] = box = _Box(str(number), lines, PAD, y, after, not number)
        y += box.height + GAP_DOWN
    return Picture(title, alt, _svg(boxes, title, lang))


# -- drawing


def _svg(boxes: Mapping[str, _Box], title: str, lang: str) -> str:
    width = max(box.x + WIDTH for box in boxes.values()) + PAD
    height = max(box.y + box.height for box in boxes.values()) + PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' lang="{"zh-CN" if lang == "zh" else "en"}" role="img">',
        f"<title>{escape(title)}</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 L10 5 L0 10 z"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_arrow(boxes[key], box) for box in boxes.values() for key in box.after if key in boxes),
        *(_drawn(box) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrow(start: _Box, end: _Box) -> str:
    x1, y1, x2, y2 = start.x + WIDTH // 2, start.y + start.height, end.x + WIDTH // 2, end.y
    middle = (y1 + y2) // 2
    return f'<path d="M{x1} {y1} C{x1} {middle} {x2} {middle} {x2} {y2}" fill="none" stroke="#000" marker-end="url(#tip)"/>'


def _drawn(box: _Box) -> str:
    """A day that is stated has a double frame, so that the two kinds differ without colour."""
    style = 'fill="#fff" stroke="#000"'
    frame = f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="4" {style}/>'
    if box.double:
        frame += f'\n<rect x="{box.x + 3}" y="{box.y + 3}" width="{WIDTH - 6}" height="{box.height - 6}" rx="2" {style}/>'
    x, y = box.x + WIDTH // 2, box.y + PAD + SIZE
    lines = "".join(f'<tspan x="{x}" y="{y + number * LEADING}">{escape(line)}</tspan>' for number, line in enumerate(box.lines))
    font = 'font-family="Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"'
    return f'{frame}\n<text text-anchor="middle" font-size="{SIZE}" {font}>{lines}</text>'
