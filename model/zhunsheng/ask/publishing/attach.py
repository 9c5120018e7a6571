"""An official text beside the pack: which provisions match, and what differs from the text that was attached before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from zhunsheng.ask.publishing.reread import Reread, Rereading, lost_words, stands_in
from zhunsheng.ask.publishing.worddiff import Piece, likeness, pieces
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.wording import Official, Worded, levels, normal

ALIKE = 0.75
"""From this likeness on, a provision under another number is the same one, reworded."""
MOST_PAIRS = 20_000
"""So many pairs of provisions are held against each other for likeness; a text that differs in more is told number by number."""


class Change(Enum):
    """What became of a provision."""

    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    RENUMBERED_AND_REWORDED = "renumbered_and_reworded"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Differs:
    """One provision whose words or number differ. `before` is None for one that is added, `after` for one that is gone; `reread`:
    what is to be read again; `lost`: qualifying words of the pack that no longer stand in it."""

    change: Change
    before: Worded | None
    after: Worded | None
    pieces: tuple[Piece, ...]
    reread: Reread
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """A text held against the pack, provision by provision. `unknown`: those of the text that the pack does not have; `lacking`:
    the other way round; `astray`: those that stand after one they should precede; `chapters`: where titles, or the chapter of an
    article, differ; `words`: qualifying words of the pack that do not stand in their provision."""

    text: Official
    matched: tuple[str, ...]
    unknown: tuple[Worded, ...]
    lacking: tuple[str, ...]
    astray: tuple[Worded, ...]
    chapters: tuple[ChapterDiffers, ...]
    words: tuple[tuple[str, str], ...]

    @property
    def fits(self) -> bool:
        return not (self.unknown or self.lacking or self.astray or self.chapters or self.words)


@dataclass(frozen=True)
class ChapterDiffers:
    """A chapter's title, or the chapter in which a provision stands; `ref` is empty for a title. Empty or 0: there is none."""

    ref: str
    number: int
    text: str
    pack: str
    line: int


@dataclass(frozen=True)
class NotTheText:
    """Why a text is not that of the pack: how many of the pack's articles it has, and how many of its qualifying words."""

    articles: tuple[int, int]
    words: tuple[int, int]


def not_the_text(pack: Pack, text: Official) -> NotTheText | None:
    """None for a text of this regulation, an earlier or later one too: it has at least half of the articles, by number, and
    half of the words that the pack takes from the text, wherever they stand."""
    articles = {levels(ref)[0] for ref in pack.provisions}
    there = articles & {levels(ref)[0] for ref in text.provisions}
    whole = "\n".join(one.text for one in text.provisions.values())
    words = [one.word for provision in pack.provisions.values() for one in provision.qualifiers]
    found = sum(stands_in(word, whole) for word in words)
    wrong = NotTheText((len(there), len(articles)), (found, len(words)))
    return wrong if 2 * len(there) < len(articles) or 2 * found < len(words) else None


def beside(pack: Pack, text: Official) -> Beside:
    """The text held against the pack."""
    return Beside(
        text,
        tuple(ref for ref in text.provisions if ref in pack.provisions),
        tuple(one for ref, one in text.provisions.items() if ref not in pack.provisions),
        tuple(ref for ref in pack.provisions if ref not in text.provisions),
        tuple(_astray(text)),
        tuple(_chapters(pack, text)),
        tuple((ref, word) for ref in pack.provisions if (one := text.provisions.get(ref)) for word in _lost(pack, ref, one)),
    )


def differences(
    pack: Pack, attached: Official, text: Official, cases: Mapping[str, Case], theorems: Sequence[Theorem] = ()
) -> tuple[Differs, ...]:
    """Where a later text differs from the one attached, in the order of the later text, with what is to be read again."""
    rereading = Rereading(pack, cases, theorems)
    return tuple(_differs(pack, before, after, rereading) for before, after in _pairs(attached.provisions, text.provisions))


# -- the text and the pack


def _lost(pack: Pack, ref: str, now: Worded | None) -> tuple[str, ...]:
    return lost_words(pack.provisions[ref], now.text if now else "") if ref in pack.provisions else ()


def _astray(text: Official) -> Iterator[Worded]:
    """Each provision numbered lower than one that stands before it."""
    highest: tuple[tuple[int, ...], ...] = ()
    for one in text.provisions.values():
        order = _order(one.ref)
        if order < highest:
            yield one
        highest = max(highest, order)


def _order(ref: str) -> tuple[tuple[int, ...], ...]:
    """A further paragraph may stand before or after the items of its provision: the two are not compared."""
    return tuple(tuple(map(int, part.strip("().").split("-"))) for part in levels(ref) if not part.startswith("."))


def _chapters(pack: Pack, text: Official) -> Iterator[ChapterDiffers]:
    theirs = {one.number: one for one in text.chapters}
    titles = {one.number: one.title.zh for one in pack.chapters}
    for number in sorted(theirs.keys() | titles.keys()):
        own = theirs.get(number)
        if normal(own.title if own else "") != normal(titles.get(number, "")):
            yield ChapterDiffers("", number, own.title if own else "", titles.get(number, ""), own.line if own else 0)
    for ref, one in text.provisions.items():
        known = pack.provisions.get(ref)
        if known is not None and len(levels(ref)) == 1 and one.chapter != known.chapter:
            yield ChapterDiffers(ref, one.chapter, str(one.chapter or ""), str(known.chapter), one.line)


# -- an earlier text and a later one


def _differs(pack: Pack, before: Worded | None, after: Worded | None, rereading: Rereading) -> Differs:
    was, now = before.text if before else "", after.text if after else ""
    same = normal(was) == normal(now)
    if before is None or after is None:
        change = Change.ADDED if before is None else Change.REMOVED
    elif before.ref == after.ref:
        change = Change.REWORDED
    else:
        change = Change.RENUMBERED if same else Change.RENUMBERED_AND_REWORDED
    refs = [one.ref for one in (before, after) if one is not None]
    lost = _lost(pack, before.ref, after) if before is not None and not (same and after) else ()
    return Differs(change, before, after, () if same else pieces(was, now), rereading.of(refs), lost)


def _pairs(old: Mapping[str, Worded], new: Mapping[str, Worded]) -> Iterator[tuple[Worded | None, Worded | None]]:
    """What differs, each provision of the later text with the one of the earlier that it was: of the same words if there is one,
    else of much the same words, else of the same number. Those that are gone stand where they stood."""
    left = {ref: one for ref, one in old.items() if ref not in new or normal(one.text) != normal(new[ref].text)}
    rest = {ref: one for ref, one in new.items() if ref not in old or normal(one.text) != normal(old[ref].text)}
    was = _matched(left, rest)
    gone = [one for ref, one in left.items() if ref not in was.values()]
    places = list(old)
    for ref, one in rest.items():
        if ref in old:
            while gone and places.index(gone[0].ref) < places.index(ref):
                yield gone.pop(0), None
        yield (left[was[ref]] if ref in was else None), one
    yield from ((one, None) for one in gone)


def _matched(left: Mapping[str, Worded], rest: Mapping[str, Worded]) -> dict[str, str]:
    """For each provision of the later text the number of the one it was, where there is one."""
    was: dict[str, str] = {}
    free = dict(left)
    for ref, one in rest.items():
        twin = next((other for other in free if one.text and normal(free[other].text) == normal(one.text)), None)
        if twin is not None:
            was[ref] = twin
            del free[twin]
    open_ = {ref: one for ref, one in rest.items() if ref not in was}
    for _, ref, other in sorted(_alike(free, open_), key=lambda found: -found[0]):
        if ref not in was and other in free:
            was[ref] = other
            del free[other]
    was |= {ref: ref for ref in open_ if ref not in was and ref in free}
    return was


def _alike(left: Mapping[str, Worded], rest: Mapping[str, Worded]) -> Iterator[tuple[float, str, str]]:
    """Pairs of much the same words; of two as like, that of the same number comes first."""
    if len(left) * len(rest) > MOST_PAIRS:
        return
    for ref, one in rest.items():
        for other, two in left.items():
            found = likeness(two.text, one.text)
            if found >= ALIKE:
                yield found + (0.1 if ref == other else 0), ref, other
