"""What was published, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.json import FORMAT, Json
from zhunsheng.show.site.changes import Changes

PUBLISHED = Text("网站", "Site")
WROTE = Text("共写成{n}个文件。", "{n} files in all.")
SAME = Text("网站与规则现在所说的一致。", "The site is what the rules now say.")
DIFFERS = Text("网站与规则现在所说的不一致，须重新生成。", "The site is not what the rules now say: publish it again.")
ADDED = Text("新增的页面", "Pages added")
CHANGED = Text("内容有变化的页面", "Pages whose content changed")
REMOVED = Text("删去的页面", "Pages removed")
STALE = Text("与现在所说不一致的文件", "Files that differ")
COUNT = Text("{title}（{n}）", "{title} ({n})")


def published_document(pack: Pack, files: int, differ: Changes, stale: Sequence[str], *, checked: bool, lang: str) -> Document:
    """How many files, and each page that was added, changed or removed. Where there was no site before, none is listed."""
    fresh = not (differ.changed or differ.removed) and len(differ.added) > 0
    said = (DIFFERS if stale or differ else SAME)[lang] if checked else fill(WROTE, lang, n=files)
    groups = ((STALE, stale), (REMOVED, differ.removed)) if checked else (
        (ADDED, () if fresh else differ.added), (CHANGED, differ.changed), (REMOVED, differ.removed)
    )  # fmt: skip
    sections = [
        Section(fill(COUNT, lang, title=title[lang], n=len(paths)), (), tuple(map(Item, paths)))
        for title, paths in groups
        if paths
    ]
    version = fill(words.VERSION, lang, version=pack.version, digest=pack.digest[:16])
    return Document(PUBLISHED[lang], lang, (said,), tuple(sections), (version,))


def published_json(pack: Pack, files: int, differ: Changes, stale: Sequence[str]) -> Json:
    """The same as data."""
    return {
        "format": FORMAT,
        "pack": {"id": pack.name, "version": pack.version, "digest": pack.digest},
        "files": files,
        "added": list(differ.added),
        "changed": list(differ.changed),
        "removed": list(differ.removed),
        "stale": list(stale),
    }
