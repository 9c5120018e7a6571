"""Every word that narrows or widens is accounted for: the pack's list against a second reading made without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from official_text import official
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack
from zhunsheng.read.articles import citable

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
OWN_REMARK = re.compile(r"（(?!含B-|非最低级|县)[^（）]*）$")
"""What the pack adds after a word, to say which question about it is meant: 上一年度（年度）."""


@dataclass(frozen=True)
class Word:
    provision: str
    word: str


@cache
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return found


def second_reading() -> list[Word]:
    return [Word(row["provision"], word) for row in rows("qualifiers-second-reading.yaml") for word in row["words"]]


def settled() -> dict[Word, str]:
    return {Word(row["provision"], row["word"]): row["reason"] for row in rows("qualifiers-settled.yaml")}


def own_words(provision: str) -> list[str]:
    """The words the pack lists there, without its own remarks on them."""
    if provision not in pack().provisions:
        return []
    return [OWN_REMARK.sub("", one.word) for one in pack().provisions[provision].qualifiers]


def has_counterpart(word: Word, listed: list[str]) -> bool:
    return any(word.word in other or other in word.word for other in listed)


def covering() -> list[tuple[str, str, str, str]]:
    """(provision, word, kind, name) of everything that covers a word."""
    return [
        (ref, one.word, kind, name)
        for ref, provision in pack().provisions.items()
        for one in provision.qualifiers
        for kind, name in one.covered_by
    ]


def provisions_of(kind: str, name: str) -> tuple[str, ...] | None:
    """The provisions that something which covers a word says it is about; None where it names none."""
    match kind:
        case "reading":
            return pack().readings[name].provisions
        case "note" | "not_modelled":
            return pack().notes[name].provisions
        case "discretion":
            return (pack().discretions[name].provision,)
        case "duty":
            return (pack().duties[name].provision,)
        case _:
            return None


def test_no_word_of_the_second_reading_lacks_a_counterpart_or_a_reason() -> None:
    words = second_reading()
    assert len(words) > 290
    assert [word for word in words if not has_counterpart(word, own_words(word.provision)) and word not in settled()] == []


def test_no_reason_is_on_record_for_a_word_that_has_a_counterpart_or_was_never_read() -> None:
    words = set(second_reading())
    assert [one for one in settled() if one not in words or has_counterpart(one, own_words(one.provision))] == []
    assert all(len(reason) > 40 for reason in settled().values())


def test_a_word_that_the_pack_passes_over_would_be_noticed() -> None:
    assert has_counterpart(Word("19(5)", "一年内"), own_words("19(5)"))
    assert not has_counterpart(Word("19(5)", "三年内"), own_words("19(5)"))
    assert not has_counterpart(Word("19(5)", "施行前"), own_words("19(5)")), "a remark of the pack's own is no word of the text"


def test_every_provision_was_read_a_second_time() -> None:
    read = {word.provision for word in second_reading()}
    assert [ref for ref in pack().provisions if ref not in read] == []


def test_both_lists_hold_words_of_the_text() -> None:
    text = official()
    mistaken = [word for word in second_reading() if word.provision in text and word.word not in text[word.provision]]
    assert mistaken == []
    assert [
        (ref, one.word)
        for ref, provision in pack().provisions.items()
        for one in provision.qualifiers
        for piece in OWN_REMARK.sub("", one.word).split("…")
        if piece not in text[ref]
    ] == []


def test_every_word_is_covered() -> None:
    words = [(ref, one.word) for ref, provision in pack().provisions.items() for one in provision.qualifiers]
    assert len(words) > 280
    assert [at for at in words if not any((ref, word) == at for ref, word, _, _ in covering())] == []


def test_what_covers_a_word_is_about_the_provision_in_which_the_word_stands() -> None:
    astray = []
    for ref, word, kind, name in covering():
        about = provisions_of(kind, name)
        if about is not None and not any(one in citable([ref]) or ref in citable([one]) for one in about):
            astray.append((ref, word, kind, name, about))
    # the short board of article 5 is what item (4) names; the two articles share one principle
    assert astray == [("19(4)", "短板原则", "reading", "shortboard", ("5",))]


def test_every_reading_note_and_discretion_is_tied_to_a_word_of_the_text() -> None:
    tied = {(kind, name) for _, _, kind, name in covering()}
    openings = [("reading", name) for name in pack().readings]
    openings += [("discretion", name) for name in pack().discretions]
    openings += [(note.kind, name) for name, note in pack().notes.items()]
    assert [one for one in openings if one not in tied] == []
