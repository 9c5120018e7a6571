"""What a site shows and takes minutes to work out, worked out beforehand: comparisons of amendments, cases along time, and
certificates that rest on a proof. Each is kept under a digest of everything it depends on, so it is never out of date; what does
not have its form is as if it were not there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.comparing.comparison import Comparison, Direction
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.kept import Kept, read, written
from zhunsheng.ask.testing.worked import certified, worked
from zhunsheng.ask.timelines.story_days import story_days
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.read.answers import MEANING, AnswersOnDisk, meaning
from zhunsheng.show.comparing.comparison import comparison_document
from zhunsheng.show.timelines.picture import timeline_alt, timeline_svg
from zhunsheng.show.timelines.timeline import timeline_document

PARTS = (*MEANING, "certify", "narrate", "show/*")
"""The parts of the program that have a part in what is kept: not the pages it is shown on."""
LANGS = ("zh", "en")


@dataclass(frozen=True)
class Picture:
    """A case along time: the picture, the same in a sentence, and the same in full."""

    svg: str
    alt: str
    told: Document


@dataclass(frozen=True)
class PreparedCase:
    """`pictures`: by language, none where nothing happens along time; `certificates`: by an answer's key, the text, empty where
    there can be none."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PreparedComparison:
    """`direction`, `complete`: as the comparison has them; `told`: its report, by language."""

    direction: Direction
    complete: bool
    told: Mapping[str, Document]


def store(folder: Path) -> AnswersOnDisk:
    """Where prepared results are."""
    return AnswersOnDisk(folder, meaning(PARTS))


# -- cases


def case_key(pack: Pack, source: bytes) -> str:
    """`source`: the scenario's file."""
    return f"case of a site {pack.digest} {hashlib.sha256(source).hexdigest()}"


def prepare_case(pack: Pack, case: Case, shared: Shared, certifier: Certifier) -> str:
    """What publishing leaves out of a worked case, in the form in which it is kept. `certifier` looks for proofs."""
    days = story_days(pack, case, shared, certifier.loaded)
    pictures: dict[str, Any] = {}
    if days is not None:
        found = timeline(pack, case, *days, shared=shared, loaded=certifier.loaded)
        for lang in LANGS:
            svg = timeline_svg(pack, found, lang, versioned=False)
            told = timeline_document(pack, found, lang)
            pictures[lang] = {"svg": svg, "alt": timeline_alt(pack, found, lang), "told": asdict(told)}
    return written({"pictures": pictures, "certificates": _by_proof(pack, case, shared, certifier)})


def _by_proof(pack: Pack, case: Case, shared: Shared, certifier: Certifier) -> dict[str, str]:
    """The certificates that need a proof."""
    found = worked(pack, [case], shared, Certifier(pack, certifier.loaded, proofs=False))
    made = certified(certifier, found.decision, found.unproved)[0] if found.unproved else ()
    return dict.fromkeys(found.unproved, "") | {one.answer: one.text for one in made}


def prepared_case(kept: Kept, key: str) -> PreparedCase | None:
    """What was prepared of a case; None where nothing was."""
    data = read(kept.get(key))
    try:
        if data is None:
            return None
        pictures = {lang: _picture(one) for lang, one in data["pictures"].items() if lang in LANGS}
        return PreparedCase(pictures, {str(name): str(text) for name, text in data["certificates"].items()})
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def _picture(data: Any) -> Picture:
    return Picture(str(data["svg"]), str(data["alt"]), document_of(data["told"]))


# -- comparisons


def comparison_key(amended: Amended, sources: Sequence[bytes]) -> str:
    """The two laws, and the files of the amendment and of how cases are told apart."""
    said = " ".join(hashlib.sha256(source).hexdigest() for source in sources)
    return f"comparison of a site {amended.base.digest} {amended.pack.digest} {said}"


def prepare_comparison(found: Comparison) -> str:
    """A comparison's report in the form in which it is kept."""
    told = {lang: asdict(comparison_document(found, lang)) for lang in LANGS}
    return written({"direction": found.direction.value, "complete": found.complete, "told": told})


def prepared_comparison(kept: Kept, key: str) -> PreparedComparison | None:
    """What was prepared of an amendment; None where nothing was."""
    data = read(kept.get(key))
    try:
        if data is None:
            return None
        told = {lang: document_of(data["told"][lang]) for lang in LANGS}
        return PreparedComparison(Direction(data["direction"]), data["complete"] is True, told)
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


# -- documents as data


def document_of(data: Mapping[str, Any]) -> Document:
    """The document that was written as data. Raises KeyError or TypeError where it is none."""
    sections = tuple(Section(str(one["title"]), _texts(one["paragraphs"]), _items(one["items"])) for one in data["sections"])
    return Document(str(data["title"]), str(data["lang"]), _texts(data["opening"]), sections, _texts(data["closing"]))


def _texts(data: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, data))


def _items(data: Sequence[Any]) -> tuple[Item, ...]:
    return tuple(Item(str(one["text"]), str(one["label"]), _items(one["items"])) for one in data)
