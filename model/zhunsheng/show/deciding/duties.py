"""What happens next: the duties of a decision, those with a day first, then those whose day is over, then by who is to act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from zhunsheng.ask.report import DutyAnswer, Status
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Special
from zhunsheng.narrate import nouns
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import Outcomes


class Kind(Enum):
    """How duties stand, each with its heading: by a day to come, by a day that is over, by no day, perhaps not at all."""

    DATED = words.DATED
    OVER = words.OVER
    UNDATED = words.UNDATED
    PERHAPS = words.PERHAPS


@dataclass(frozen=True)
class Group:
    """Duties that stand alike, in sentences. `by_actor`: below who owes them, where no sentence says it."""

    kind: Kind
    dated: tuple[str, ...] = ()
    by_actor: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Duties:
    """Tells the duties of one pack."""

    pack: Pack
    lang: str
    outcomes: Outcomes

    def section(self, duties: Iterable[DutyAnswer], case: Case) -> Section:
        """An empty section where no duty was asked for; a sentence where none is owed."""
        asked = list(duties)
        items = tuple(self._item(group) for group in self.groups(asked, case))
        said = (words.NO_DUTIES[self.lang],) if asked and not items else ()
        return Section(words.NEXT[self.lang], said, items)

    def groups(self, duties: Iterable[DutyAnswer], case: Case) -> list[Group]:
        """Those that hold a duty, in the order in which they are told."""
        today = case.facts.get(self.pack.as_of)
        asked = list(duties)
        owed = [duty for duty in asked if _owed(duty) is True]
        dated = sorted(((day, duty) for duty in owed if (day := _day(duty)) is not None), key=lambda pair: pair[0])
        groups = (
            Group(Kind.DATED, tuple(self._dated(day, duty) for day, duty in dated if not _over(day, today))),
            Group(Kind.OVER, tuple(self._dated(day, duty) for day, duty in dated if _over(day, today))),
            Group(Kind.UNDATED, (), self._by_actor(duty for duty in owed if _day(duty) is None)),
            Group(Kind.PERHAPS, (), self._by_actor(duty for duty in asked if _owed(duty) is None)),
        )
        return [group for group in groups if group.dated or group.by_actor]

    def _item(self, group: Group) -> Item:
        below = [Item(said) for said in group.dated]
        below += [Item("", who, tuple(Item(said) for said in each)) for who, each in group.by_actor]
        return Item("", group.kind.value[self.lang], tuple(below))

    def _by_actor(self, duties: Iterable[DutyAnswer]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        by_actor: dict[str, list[str]] = {}
        for duty in duties:
            by_actor.setdefault(self._who(duty), []).append(self._undated(duty))
        return tuple((who, tuple(said)) for who, said in by_actor.items())

    def _dated(self, day: date, duty: DutyAnswer) -> str:
        said = self.outcomes.value(duty.by.type, day) if duty.by is not None else ""
        return fill(words.OWED_BY, self.lang, day=said, who=self._who(duty), **self._parts(duty))

    def _undated(self, duty: DutyAnswer) -> str:
        by = duty.by
        if by is None or _owed(duty) is None:
            return fill(words.OWED, self.lang, **self._parts(duty))
        none = by.status is Status.DETERMINED and by.outcomes[0].outcome == Special("none")
        if none:
            return fill(words.OWED, self.lang, **self._parts(duty))
        return fill(words.OWED_WHEN, self.lang, by=self.outcomes.headline(by), **self._parts(duty))

    def _who(self, duty: DutyAnswer) -> str:
        return nouns.actor(self.pack, self.pack.duties[duty.name].who, self.lang)

    def _parts(self, duty: DutyAnswer) -> dict[str, str]:
        spec = self.pack.duties[duty.name]
        what = nouns.inside(bare(spec.what[self.lang]), self.lang)
        return {"what": what, "provision": provision(spec.provision, self.lang)}


def _owed(duty: DutyAnswer) -> bool | None:
    """Whether a duty is owed; None where that is not settled."""
    if duty.owed.status is not Status.DETERMINED:
        return None
    return bool(duty.owed.outcomes[0].outcome)


def _over(day: date, today: object) -> bool:
    """Whether a day is before the one asked about, where that is known."""
    return isinstance(today, date) and day < today


def _day(duty: DutyAnswer) -> date | None:
    """The day by which a duty is owed, where there is one."""
    if duty.by is None or duty.by.status is not Status.DETERMINED:
        return None
    outcome = duty.by.outcomes[0].outcome
    return outcome if isinstance(outcome, date) else None
