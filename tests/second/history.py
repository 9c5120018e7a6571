"""Articles 17 to 19 over time: results, publicity, downgrades, and the grade of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from second.ladders import UNGRADED, below, bottom_rung, is_upper, lowest_of
from second.reading import Case, Facts, day_of, get, names_line, stated

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Result:
    """What was publicised together: a grade for the whole enterprise (None) or for each line by name."""

    first: date
    last: date
    year: int
    confirmed: bool
    grades: tuple[tuple[str | None, str], ...]

    @property
    def stands_from(self) -> date | None:
        """The day after a publicity that ended without objection (16(3): "预公示无异议")."""
        return self.last + ONE_DAY if self.confirmed else None

    def of(self, line: str) -> str:
        named = dict(self.grades)
        return named.get(line, named.get(None, UNGRADED))


def results(c: Case) -> list[Result]:
    """Every publicity; ratings of one publicity are one result."""
    windows: dict[tuple[date, date], list[Facts]] = {}
    for rating in c.many("ratings"):
        windows.setdefault((stated(rating["publicity_from"]), stated(rating["publicity_to"])), []).append(rating)
    return [
        Result(
            first,
            last,
            max(one["year"] for one in together),
            all(one["objection"] == "none" for one in together),
            tuple((names_line(one), one["grade"]) for one in together),
        )
        for (first, last), together in windows.items()
    ]


def standing(c: Case, day: date) -> Result | None:
    """The newest result that has come out of its publicity by the day."""
    out = [one for one in results(c) if one.stands_from is not None and one.stands_from <= day]
    return max(out, key=lambda one: one.last, default=None)


def in_publicity(c: Case, day: date) -> Result | None:
    return next((one for one in results(c) if one.first <= day <= one.last), None)


# -- downgrades


def takes_effect(d: Facts, c: Case) -> date | None:
    """Articles 18, 20, 24: when a downgrade begins to apply; None: it has not."""
    match c.readings["downgrade_effect"]:
        case "city":
            return day_of(d, "meeting_on")
        case "after_publicity":
            shown = day_of(d, "publicity_to")
            return shown + ONE_DAY if shown else day_of(d, "published_on")
        case _:
            return region_or_meeting(d)


def region_or_meeting(d: Facts) -> date | None:
    """Article 20: A, B (with B-) and leading go to the region; the rest end with the bureau's meeting."""
    return day_of(d, "reviewed_on") if is_upper(d["from"]) else day_of(d, "meeting_on")


def lowers(d: Facts, c: Case) -> bool:
    return below(d["to"], d["from"], c)


def live_downgrades(c: Case, day: date) -> list[Facts]:
    """Downgrades in effect on the day that no later result has overtaken."""
    newest = standing(c, day)
    since = None
    if newest is not None:
        since = newest.first if c.reads("downgrade_in_publicity", "strikes") else newest.stands_from
    effects = [(d, takes_effect(d, c)) for d in c.many("downgrades")]
    return [d for d, on in effects if on is not None and on <= day and (since is None or on >= since)]


# -- the grade of a day


def settled(c: Case, day: date) -> str:
    """What results and downgrades come to on the day, publicity left aside."""
    newest = standing(c, day)
    base = [grade for _, grade in newest.grades] if newest else []
    return lowest_of([*base, *(d["to"] for d in live_downgrades(c, day))], c)


def settled_for_line(c: Case, line: Facts, day: date) -> str:
    newest = standing(c, day)
    base = newest.of(line["name"]) if newest else UNGRADED
    fallen = [d["to"] for d in live_downgrades(c, day) if names_line(d) in (None, line["name"])]
    return lowest_of([base, *fallen], c)


def graded_apart(c: Case, line: Facts, day: date) -> bool:
    """Article 5: "可分行业或工序分别评定". The result that the day goes by names the line."""
    applied = _applied(c, day)
    return applied is not None and line["name"] in dict(applied.grades)


def held_by_line(c: Case, line: Facts, day: date) -> str:
    """A line's own grade where it was graded apart, and otherwise that of its enterprise."""
    if not graded_apart(c, line, day):
        return grade_on(c, day)
    if to_the_letter(c, day):
        applied = _applied(c, day)
        return applied.of(line["name"]) if applied else UNGRADED
    if neither_change_nor_report(c, day):
        return bottom_rung([line], c)
    return settled_for_line(c, line, day)


def to_the_letter(c: Case, day: date) -> bool:
    return in_publicity(c, day) is not None and standing(c, day) is not None and not c.reads("prev_result", "last_in_force")


def _applied(c: Case, day: date) -> Result | None:
    return _of_last_year(c, day) if to_the_letter(c, day) else standing(c, day)


def grade_on(c: Case, day: date) -> str:
    """The grade in force on the day. `gap`: article 18 names last year's result, and to the letter there is none."""
    if neither_change_nor_report(c, day):
        return bottom_rung(c.lines(), c)
    shown = in_publicity(c, day)
    if shown is None:
        return settled(c, day)
    before = settled(c, day)
    if before == UNGRADED:
        return _first_time(c, shown)
    if c.reads("prev_result", "last_in_force") or standing(c, day) is None:  # a downgrade, and no rating on record
        return before
    return _literally_last_year(c, day)


def _first_time(c: Case, shown: Result) -> str:
    match c.readings["new_in_publicity"]:
        case "lowest":
            return bottom_rung(c.lines(), c)
        case "proposed":
            return lowest_of((grade for _, grade in shown.grades), c)
        case _:
            return UNGRADED


def _literally_last_year(c: Case, day: date) -> str:
    """Article 18, second sentence, to the letter: the result of the year before, whatever downgrade followed."""
    applied = _of_last_year(c, day)
    return "gap" if applied is None else lowest_of((grade for _, grade in applied.grades), c)


def _of_last_year(c: Case, day: date) -> Result | None:
    label = c.reads("prev_result", "label")
    last_year = day.year - 1
    of_it = [
        one
        for one in results(c)
        if one.stands_from is not None and one.stands_from <= day and (one.year if label else one.first.year) == last_year
    ]
    return max(of_it, key=lambda one: one.last, default=None)


def neither_change_nor_report(c: Case, day: date) -> bool:
    """Article 17, under `no_report: lowest`: nothing was filed in the year before, and no newer result has come since."""
    if c.reads("no_report", "keep"):
        return False
    year = day.year - 1
    newest = standing(c, day)
    if newest is None or (newest.stands_from or newest.first) > date(year, 12, 31):
        return False
    return not (_reported_for(c, year) or _change_filed_in(c, year))


def _reported_for(c: Case, year: int) -> bool:
    told = c.facts["self_assessment_filed"] is True and year == c.day().year - 1
    return told or any(one["year"] == year for one in c.many("self_assessments"))


def _change_filed_in(c: Case, year: int) -> bool:
    filed = c.application()
    days = [stated(filed["filed_on"])] if filed else []
    days += [get(rating, "applied_on") for rating in c.many("ratings")]
    days += [stated(refused["filed_on"]) for refused in c.many("refused_under_15")]  # refused, but filed
    return any(day is not None and day.year == year for day in days)


def result_basis(c: Case) -> str | None:
    """What the grade in force rests on. None: the text gives no name to it."""
    day = c.day()
    if neither_change_nor_report(c, day):
        return None
    before = settled(c, day)
    if before == UNGRADED:
        return "none"
    shown = in_publicity(c, day) is not None
    newest = standing(c, day)
    if shown and newest is not None and not c.reads("prev_result", "last_in_force"):
        return "previous_result"
    result = lowest_of((grade for _, grade in newest.grades), c) if newest else UNGRADED
    if before != result:
        return "downgrade"
    if shown:
        return "previous_result"
    return "region_publicity" if is_upper(before) else "city_publicity"
