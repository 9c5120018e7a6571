"""A page of the site: its body, and what stands under every page (the cautions, then version and digest)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.cautions import cautions

LANGS = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}
OTHER = {"zh": "en", "en": "zh"}
SWITCH = Text("中文", "English")
"""What the link to the other language says, in that language."""
CLOSING = '<div class="zs-closing">'


@dataclass(frozen=True)
class Page:
    """`path`: below the folder of its language, `text/article-19.md`. `blocks`: Markdown, a blank line between two of them.
    `twin`: whether the other language has a page at the same path; else its front page is linked."""

    path: str
    lang: str
    title: str
    blocks: tuple[str, ...]
    twin: bool = True

    @property
    def body(self) -> str:
        """The page without what stands on every page."""
        return "\n\n".join(block for block in self.blocks if block) + "\n"


def page(path: str, lang: str, title: str, blocks: Iterable[str]) -> Page:
    return Page(path, lang, title, tuple(blocks))


def whole(pack: Pack, one: Page) -> str:
    """The file of a page: its title for the builder, the switch of languages, the body, the closing."""
    head = f"---\ntitle: {json.dumps(markup_free(one.title), ensure_ascii=False)}\n---"
    return "\n\n".join((head, switch(one), one.body.rstrip("\n"), closing(pack, one.lang))) + "\n"


def markup_free(title: str) -> str:
    """A title for a builder, which puts it into its pages as it stands."""
    return escape(title, quote=False)


def switch(one: Page) -> str:
    """The link to the same page in the other language. It leads out of this language's folder, so it is plain HTML."""
    other = OTHER[one.lang]
    target = up(one.path, one.lang) + ("en/" if other == "en" else "") + (html(one.path) if one.twin else "index.html")
    return (
        f'<p class="zs-switch"><a href="{escape(target)}" hreflang="{TAGS[other]}" lang="{TAGS[other]}">{SWITCH[other]}</a></p>'
    )


def up(path: str, lang: str) -> str:
    """From a page to the top of the built site: Chinese stands at the top, English in `en/`."""
    return "../" * (path.count("/") + (lang == "en"))


def html(path: str) -> str:
    """The built page of a page's path, with or without an anchor."""
    return path.replace(".md", ".html", 1)


def closing(pack: Pack, lang: str) -> str:
    """Cautions, who interprets, version and digest. The digest stands on a line of its own: it is no part of any body."""
    said = "\n".join(f"<p>{escape(one)}</p>" for one in cautions(pack, lang))
    version = escape(fill(words.VERSION, lang, version=pack.version, digest=pack.digest))
    title = escape(words.CAUTIONS[lang])
    return f'{CLOSING}\n<p class="zs-closing-title">{title}</p>\n{said}\n<p class="zs-digest">{version}</p>\n</div>'
