"""Documents as one HTML page that needs nothing else: no script, no font, no picture. It prints well."""

from __future__ import annotations

from html import escape

from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.show.media.width import clean
from zhunsheng.show.words import COLON

LANGUAGES = {"zh": "zh-CN", "en": "en"}
CONTENTS = {"zh": "目录", "en": "Contents"}
STYLE = """
:root { color-scheme: light; }
body { margin: 0; color: #1a1a1a; background: #fff; line-height: 1.7;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, Georgia, serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.3; border-bottom: 2px solid #1a1a1a; padding-bottom: .5rem; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #999; }
ul { padding-left: 1.3rem; }
section > ul > li { margin-bottom: 1.2rem; }
li ul { font-size: .95em; }
nav { font-size: .95em; }
a { color: #0b4f8a; }
footer { margin-top: 3rem; border-top: 1px solid #999; font-size: .85em; color: #444; overflow-wrap: anywhere; }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  main { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; }
  li, p { break-inside: avoid; }
  section > ul > li { break-inside: auto; }
  li > ul { break-before: avoid; }
  li > ul > li:last-child:not(:only-child, :has(ul)) { break-before: avoid; }
}
"""


def render(document: Document) -> str:
    """The page. Every text is escaped."""
    title = _text(document.title)
    parts = [
        "<!doctype html>",
        f'<html lang="{LANGUAGES[document.lang]}">',
        '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
        f"<h1>{title}</h1>",
        *(f"<p>{_text(text)}</p>" for text in document.opening),
        _contents(document),
        *(_section(section, number, document.lang) for number, section in enumerate(document.sections, 1)),
        "<footer>",
        *(f"<p>{_text(text)}</p>" for text in document.closing),
        "</footer>\n</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _contents(document: Document) -> str:
    entries = (
        f'<li><a href="#part-{number}">{_text(section.title)}</a></li>' for number, section in enumerate(document.sections, 1)
    )
    return f'<nav aria-label="{CONTENTS[document.lang]}">\n<ul>\n' + "\n".join(entries) + "\n</ul>\n</nav>"


def _section(section: Section, number: int, lang: str) -> str:
    head = f'<section id="part-{number}">\n<h2>{_text(section.title)}</h2>'
    said = [f"<p>{_text(text)}</p>" for text in section.paragraphs]
    return "\n".join([head, *said, *_items(section.items, lang), "</section>"])


def _items(items: tuple[Item, ...], lang: str) -> list[str]:
    return ["<ul>", *(_item(item, lang) for item in items), "</ul>"] if items else []


def _item(item: Item, lang: str) -> str:
    text = _text(item.text)
    if item.label:
        colon = COLON[lang] if text or item.items else ""
        text = f"<strong>{_text(item.label)}</strong>{colon}{text}"
    return "\n".join([f"<li>{text}", *_items(item.items, lang)]) + "</li>"


def _text(text: str) -> str:
    return escape(" ".join(clean(text).split()))
