"""What a reader has to be warned of before the answers: that they are about a day on which the rules were not in force."""

from __future__ import annotations

from datetime import date

from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text

NOT_YET = Text(
    "所依规定自{first}起施行，所问之日（{day}）尚未施行。以下只是假定当时已经施行的推算结果。",
    "These rules are in force from {first} and were not yet on the day of the question ({day}). What follows only says what they "
    "would come to if they had been in force then.",
)
NO_LONGER = Text(
    "所依规定施行至{last}为止，所问之日（{day}）已经失效。以下只是假定当时仍然施行的推算结果。",
    "These rules are in force until {last} and no longer are on the day of the question ({day}). What follows only says what "
    "they would come to if they still were in force then.",
)
SOME_NOT_YET = Text(
    "所依规定自{first}起施行。此前各日所列，只是假定当时已经施行的推算结果。",
    "These rules are in force from {first}. What is said of days before that is only what they would come to if they had been in "
    "force then.",
)
SOME_NO_LONGER = Text(
    "所依规定施行至{last}为止。此后各日所列，只是假定当时仍然施行的推算结果。",
    "These rules are in force until {last}. What is said of days after that is only what they would come to if they still were "
    "in force then.",
)


def warnings(pack: Pack, *cases: Case) -> tuple[Text, ...]:
    """Of cases asked about on a day on which the pack is not in force; their days in ISO form. None where the day is not known:
    nothing can be said of it, and what is open says that the day is missing."""
    days = dict.fromkeys(day for case in cases if isinstance(day := case.facts.get(pack.as_of), date))
    return tuple(said for day in days if (said := _warning(pack, day)) is not None)


def warnings_along(pack: Pack, first: date, last: date) -> tuple[Text, ...]:
    """Of days from `first` to `last`, on some of which the pack is not in force."""
    since, until = pack.in_force
    found = [_said(SOME_NOT_YET, first=since)] if first < since else []
    return tuple(found + ([_said(SOME_NO_LONGER, last=until)] if until is not None and last > until else []))


def _warning(pack: Pack, day: date) -> Text | None:
    since, until = pack.in_force
    if day < since:
        return _said(NOT_YET, day=day, first=since)
    return _said(NO_LONGER, day=day, last=until) if until is not None and day > until else None


def _said(phrase: Text, **days: date) -> Text:
    return Text(*(phrase[lang].format(**{name: day.isoformat() for name, day in days.items()}) for lang in ("zh", "en")))
