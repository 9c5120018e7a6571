"""What was written beside an answer: certificates and where they went; keys and signatures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from zhunsheng.ask.certifying.certificates import Made
from zhunsheng.ask.comparing.comparison_certificates import Sealed
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate import nouns, paths, phrases, values
from zhunsheng.narrate.document import Document
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.certifying import words as cw
from zhunsheng.show.certifying.refusals import told as refusal

UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|]')
"""What a file's name may not hold on one system or another."""


def certificate_files(target: Path, made: Sequence[Made]) -> list[tuple[Made, Path]]:
    """Where each certificate goes: into `target`, or, where that is a folder or no name of a JSON file, into files in it.

    InputError where several certificates would go into one file: the kernel reads one certificate a file."""
    refuse_one_file(target, len(made))
    if _is_file(target):
        return [(one, target) for one in made]
    return [(one, target / f"{UNFIT.sub('_', one.key)}.json") for one in made]


def refuse_one_file(target: Path, number: int) -> None:
    """InputError where several certificates would go into one file: asked before they are made."""
    if _is_file(target) and number > 1:
        what = f"{number} answers cannot go into one file: each is checked by itself"
        raise InputError([Problem(Place(str(target)), what, "name a folder, or one answer with --answer")])


def _is_file(target: Path) -> bool:
    return target.suffix == ".json" and not target.is_dir()


def made_document(
    pack: Pack, files: Iterable[tuple[Made, Path]], lang: str, redacted: bool, sheet: Path | None = None
) -> Document:
    """Which certificates were written, and which could not be made, and why."""
    told: list[str] = []
    without: dict[str, list[str]] = {}
    for one, path in files:
        answer = paths.answer_name(pack, one.key, one.definition, lang)
        if one.why:
            without.setdefault(one.why, []).append(answer)
            continue
        digest = hashlib.sha256(one.text.encode()).hexdigest()
        said = fill(cw.WRITTEN, lang, answer=answer, file=path, n=one.facts, digest=digest)
        left = [fill(cw.REDACTED, lang, left=one.left, kept=one.facts)] if redacted else []
        told += [said, *left]
    for why, answers in without.items():
        named = ("、" if lang == "zh" else ", ").join(fill(phrases.QUOTE, lang, what=answer) for answer in answers)
        told.append(fill(cw.NOT_MADE, lang, answers=named, why=cw.WHY_NOT[why][lang]))
    if sheet is not None:
        told.append(fill(cw.DOCUMENT_WRITTEN, lang, file=sheet))
    return Document(cw.MADE[lang], lang, tuple(told))


def key_told(private: Path, public: Path, issuer: str, last: date, lang: str) -> str:
    return fill(cw.KEY_WRITTEN, lang, private=private, public=public, issuer=issuer, last=values.spoken_day(last, lang))


def signed_told(file: Path, issuer: str, signed: date, until: date, lang: str) -> str:
    days = {"signed": values.spoken_day(signed, lang), "until": values.spoken_day(until, lang)}
    return fill(cw.SIGNED, lang, file=file, issuer=issuer, **days)


def comparison_told(pack: Pack, sealed: Sealed, files: tuple[Path, Path], lang: str) -> str:
    """Where a comparison's certificate went, what it claims, and what is not in it, and why."""
    said = []
    if sealed.text:
        digest = hashlib.sha256(sealed.text.encode()).hexdigest()
        counts = {"answers": len(sealed.answers), "untouched": len(sealed.untouched)}
        said.append(fill(cw.COMPARISON_WRITTEN, lang, file=files[0], law=files[1], digest=digest, **counts))
    for phrase, reasons in ((cw.NOT_IN_COMPARISON, sealed.left_out), (cw.NO_VERDICT, sealed.no_verdict)):
        for name, why in reasons.items():
            called = nouns.definition(pack, name, lang) if name in pack.definitions else name
            said.append(fill(phrase, lang, answer=called, why=refusal(why, lang) or why))
    return "\n".join(said)
