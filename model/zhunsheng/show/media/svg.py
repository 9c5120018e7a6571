"""A sheet to draw on: rectangles, lines, marks and selectable text, as an SVG picture that also reads in black and white."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from zhunsheng.show.media.width import clean, width, wrap

CHINESE = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','SimSun'"
FONTS = {"zh": f"{CHINESE},sans-serif", "en": f"'Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',{CHINESE},sans-serif"}
CODES = {"zh": "zh-CN", "en": "en"}
COLUMN = 0.55
"""The width of one column of text (half a wide character) in parts of the font's size, with a little to spare."""
PATTERNS = {
    "hatched": '<path d="M0 8 8 0M-2 2 2-2M6 10 10 6" stroke="#444" stroke-width="1.1"/>',
    "crossed": '<path d="M0 8 8 0M0 0 8 8" stroke="#222" stroke-width="1.1"/>',
    "barred": '<path d="M0 2H8M0 6H8" stroke="#444" stroke-width="1"/>',
    "ruled": '<path d="M2 0V8M6 0V8" stroke="#999" stroke-width="0.8"/>',
    "dotted": '<circle cx="2" cy="2" r="0.9" fill="#777"/><circle cx="6" cy="6" r="0.9" fill="#777"/>',
}
"""What patterns are made of, each on a white square of eight by eight."""


@dataclass
class Sheet:
    """A picture being drawn, `wide` units wide; `fill` is a pattern's name or a colour. Texts are cleaned and escaped here."""

    wide: int
    parts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Texts, drawn last: no line goes through them."""

    def rect(self, x: float, y: float, wide: float, high: float, fill: str, tip: str = "", dashed: bool = False) -> None:
        painted = f"url(#{fill})" if fill in PATTERNS else fill
        stroke = 'stroke="#222" stroke-width="1"' + (' stroke-dasharray="4 3"' if dashed else "")
        shape = f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0.8):.1f}" height="{high:.1f}" fill="{painted}" {stroke}'
        self.parts.append(f"{shape}><title>{escape(clean(tip))}</title></rect>" if tip else f"{shape}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = "#222", dashes: str = "", thick: float = 1) -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        self.parts.append(f'<line {ends} stroke="{stroke}" stroke-width="{thick}"{dashed}/>')

    def mark(self, x: float, y: float, shape: str, filled: bool, tip: str) -> None:
        """A mark whose point or middle is at (x, y): `event` stands above it, `deadline` around it."""
        path = {
            "event": f"M{x:.1f} {y:.1f}l-5 -10h10z",
            "deadline": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
        }[shape]
        fill = "#222" if filled else "#fff"
        self.parts.append(f'<path d="{path}" fill="{fill}" stroke="#222"><title>{escape(clean(tip))}</title></path>')

    def text(
        self, x: float, y: float, said: str, size: float = 12, anchor: str = "start", weight: str = "normal",
        *, crossed: float | None = None,
    ) -> None:
        """One line of text on its base line, with a white edge so that it can be read on any pattern; on a white plate where a
        line would go through it, upright at `crossed`."""
        start, end = extent(x, said, size, anchor)
        if crossed is not None and start < crossed < end:
            plate = f'x="{start:.1f}" y="{y - size:.1f}" width="{end - start:.1f}" height="{size * 1.3:.1f}"'
            self.words.append(f'<rect {plate} fill="#fff"/>')
        style = f'font-size="{size:g}" text-anchor="{anchor}" font-weight="{weight}"'
        edge = 'paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round"'
        self.words.append(f'<text x="{x:.1f}" y="{y:.1f}" {style} {edge}>{escape(clean(said))}</text>')

    def paragraph(self, x: float, y: float, said: str, wide: float, size: float = 12, weight: str = "normal") -> float:
        """Text in lines as wide as there is room; where the next line would stand."""
        for line in lines(said, wide, size):
            self.text(x, y, line, size, weight=weight)
            y += size * 1.4
        return y

    def svg(self, high: float, title: str, description: str, lang: str) -> str:
        """The whole picture."""
        size = f'viewBox="0 0 {self.wide} {high:.0f}" width="{self.wide}" height="{high:.0f}"'
        named = f'role="img" aria-labelledby="title description" xml:lang="{CODES[lang]}"'
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named} font-family={quoteattr(FONTS[lang])} fill="#111">',
            f'<title id="title">{escape(clean(title))}</title>',
            f'<desc id="description">{escape(clean(description))}</desc>',
            "<defs>", *_patterns(), "</defs>",
            f'<rect width="{self.wide}" height="{high:.0f}" fill="#fff"/>',
            *self.parts, *self.words, "</svg>", "",
        ])  # fmt: skip


def lines(said: str, wide: float, size: float) -> list[str]:
    """A text in lines of at most this width."""
    return wrap(clean(said), max(4, int(wide / (size * COLUMN))))


def length(said: str, size: float) -> float:
    """How wide a line of text is, at most."""
    return width(said) * size * COLUMN


def extent(x: float, said: str, size: float, anchor: str) -> tuple[float, float]:
    """From where to where a line of text goes, at most."""
    wide = length(said, size)
    start = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    return start, start + wide


def _patterns() -> Iterator[str]:
    for name, made in PATTERNS.items():
        square = '<rect width="8" height="8" fill="#fff"/>'
        yield f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">{square}{made}</pattern>'
