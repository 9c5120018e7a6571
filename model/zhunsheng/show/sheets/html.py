"""The sheet as one HTML page that needs nothing else and prints on one page of A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from zhunsheng.show.media.html import LANGUAGES
from zhunsheng.show.media.width import clean
from zhunsheng.show.sheets import words as sw
from zhunsheng.show.sheets.qr import svg
from zhunsheng.show.sheets.sheet import Part, Sheet, Told

STYLE = """
:root { color-scheme: light; --ink: #8c1c13; }
body { margin: 0; color: #1a1a1a; background: #fff; line-height: 1.55; font-size: 15px;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, Georgia, serif; }
:lang(en) body { font-family: Georgia, "Times New Roman", "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 2rem; }
h1 { font-size: 1.7em; margin: 0 0 .2em; }
h2 { font-size: 1.05em; margin: .8em 0 .15em; color: var(--ink); break-after: avoid; }
p { margin: .2em 0; }
ul { margin: .15em 0; padding-left: 1.2em; }
.opening { color: #444; font-size: .92em; border-bottom: 1px solid var(--ink); padding-bottom: .4em; }
.outcome { border-left: 3px solid var(--ink); background: #f7f3ee; padding: .5em .9em; margin: .8em 0 .5em; }
.outcome p { font-size: 1.15em; }
.outcome { break-inside: avoid; break-after: avoid; }
.part, li, p { break-inside: avoid; }
.check { display: flex; gap: 1rem; align-items: center; margin: .8em 0; font-size: .82em; break-inside: avoid;
  break-before: avoid; }
.check svg { width: 6rem; height: 6rem; flex: none; }
code { overflow-wrap: anywhere; font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
footer { margin-top: .8em; border-top: 1px solid #999; padding-top: .4rem; font-size: .8em; color: #444;
  overflow-wrap: anywhere; }
footer h2 { color: inherit; margin: 0; }
footer { break-inside: avoid; }
@page { size: A4; margin: 11mm 17mm; }
@media print { body { font-size: 8.4pt; line-height: 1.36; } main { max-width: none; padding: 0; } }
"""


def html(sheet: Sheet) -> str:
    """The page. Every text is escaped."""
    lang = LANGUAGES[sheet.lang]
    body = [
        f"<h1>{_text(sheet.heading)}</h1>",
        f"<p><strong>{_text(sheet.title)}</strong></p>" if sheet.title else "",
        f'<div class="opening">{_paragraphs(sheet.opening)}</div>',
        *(_told(sheet, one) for one in sheet.answers),
        *(_part(one) for one in sheet.parts),
        f"<footer><h2>{_text(sheet.cautions.title)}</h2>{_paragraphs((*sheet.cautions.sentences, *sheet.closing))}</footer>",
    ]
    title = f"<title>{_text(sheet.heading)}</title>\n<style>{STYLE}</style>"
    head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
    inner = "\n".join(part for part in body if part)
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n{head}\n{title}\n</head>\n<body>\n<main>\n'
        f"{inner}\n</main>\n</body>\n</html>\n"
    )


def _told(sheet: Sheet, one: Told) -> str:
    parts = "\n".join(map(_part, one.parts))
    said = f'<section>\n<div class="outcome"><strong>{_text(one.name)}</strong><p>{_text(one.outcome)}</p></div>\n{parts}'
    if one.digest:
        checked = f"<p>{_text(sw.CHECKSUM[sheet.lang])}</p><p><code>{one.digest}</code></p>{_paragraphs(sheet.checked)}"
        said += f'\n<div class="check">{svg(one.digest)}<div>{checked}</div></div>'
    return f"{said}\n</section>"


def _part(part: Part) -> str:
    items = "\n".join(f"<li>{_text(text)}</li>" for text in part.sentences)
    return f'<div class="part">\n<h2>{_text(part.title)}</h2>\n<ul>\n{items}\n</ul>\n</div>'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{_text(text)}</p>" for text in texts)


def _text(text: str) -> str:
    return escape(" ".join(clean(text).split()))
