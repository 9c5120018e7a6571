"""What a report is made of before it is rendered: headings, paragraphs and items. No widths, no colours, no tags."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One entry of a list. `label` is what it is about (shown before the text, never alone); `items` stand below it."""

    text: str
    label: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, then items."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs or self.items)


@dataclass(frozen=True)
class Document:
    """`lang` tells a renderer how to number and join. `closing` stands at the end, in small."""

    title: str
    lang: str
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = field(default=())

    def section(self, title: str) -> Section:
        return next(section for section in self.sections if section.title == title)
