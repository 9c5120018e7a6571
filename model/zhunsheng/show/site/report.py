"""What was published, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhunsheng.errors import Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.show import words
from zhunsheng.show.deciding.json import FORMAT, Json
from zhunsheng.show.mistakes.problems import problem
from zhunsheng.show.site.amendments import UNFIT
from zhunsheng.show.site.changes import Changes

PUBLISHED = Text("网站", "Site")
WROTE = Text("共写成{n}个文件。", "{n} files in all.")
SAME = Text("网站与规则现在所说的一致。", "The site is what the rules now say.")
DIFFERS = Text("网站与规则现在所说的不一致，须重新生成。", "The site is not what the rules now say: publish it again.")
ADDED = Text("新增的页面", "Pages added")
CHANGED = Text("内容有变化的页面", "Pages whose content changed")
REMOVED = Text("删去的页面", "Pages removed")
STALE = Text("与现在所说不一致的文件", "Files that differ")
PREPARED = Text("网站所需的结果", "Results for a site")
MADE = {
    "cases": Text("案例：共{all}个，本次推算{made}个", "Worked cases: {all}, of which {made} were worked out now"),
    "amendments": Text("修改方案：共{all}个，本次比较{made}个", "Amendments: {all}, of which {made} were compared now"),
}
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


def prepared_document(
    pack: Pack, made: Mapping[str, tuple[int, int]], unfit: Mapping[str, Sequence[Problem]], lang: str
) -> Document:
    """`made`: of each kind, how many there are and how many were worked out now; `unfit`: amendments that cannot be put on the
    rules as they are, with what is wrong."""
    said = tuple(fill(MADE[kind], lang, all=number, made=new) + words.STOP[lang] for kind, (number, new) in made.items())
    version = fill(words.VERSION, lang, version=pack.version, digest=pack.digest[:16])
    items = tuple(Item("", name, tuple(Item(problem(one, lang)) for one in problems)) for name, problems in unfit.items())
    return Document(PREPARED[lang], lang, said, (Section(UNFIT[lang], (), items),) if items else (), (version,))


def prepared_json(pack: Pack, made: Mapping[str, tuple[int, int]], unfit: Mapping[str, Sequence[Problem]]) -> Json:
    """The same as data."""
    counts = {kind: {"all": number, "made": new} for kind, (number, new) in made.items()}
    pack_data = {"id": pack.name, "version": pack.version, "digest": pack.digest}
    return {"format": FORMAT, "pack": pack_data, **counts, "unfit": list(unfit)}
