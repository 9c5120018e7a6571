"""Article 5, last clause: "并执行相应应急减排措施". The one table with a source is that of cement clinker (2020 guide)."""

from __future__ import annotations

from second import history
from second.ladders import LADDERS, UNGRADED
from second.reading import Case, Facts

CLINKER = {
    "A": ("autonomous", "autonomous", "autonomous"),
    "B": ("old_trucks_barred", "output_cut", "stopped"),
    "C": ("lines_stopped", "stopped", "stopped"),
    "D": ("stopped_no_road_transport",) * 3,
}
"""At yellow, orange and red."""
ALERTS = ("yellow", "orange", "red")


def measure(line: Facts, c: Case) -> str | None:
    """What the line must do. None: nothing here says which table a mixed enterprise follows."""
    alert = c.facts["alert"]
    if alert == "none":
        return "not_required"
    if len(c.lines()) > 1 and not c.reads("measures_scope", "overall_grade_own_table"):
        return None
    if _owes_nothing_yet(c):
        return "not_required"
    if line["industry"] != "水泥" or line["ladder"] != "abcd":
        return "no_table"
    grade = _grade(line, c)
    return grade if grade in (None, "gap") else CLINKER[grade][ALERTS.index(alert)]


def _owes_nothing_yet(c: Case) -> bool:
    """The point of `new_in_publicity: none`: not graded, and nothing owed, until the first publicity ends (E1)."""
    shown = history.in_publicity(c, c.day())
    return bool(shown) and c.reads("new_in_publicity", "none") and history.grade_on(c, c.day()) == UNGRADED


def _grade(line: Facts, c: Case) -> str | None:
    """The overall grade on the line's own ladder; a rung that ladder lacks is its lowest (B7), and so is no grade (A8)."""
    overall = history.grade_on(c, c.day())
    if overall == "gap":
        return "gap"
    ladder = LADDERS[line["ladder"]]
    parts = [part for part in overall.split("=") if part in ladder]
    return ladder[-1] if overall == UNGRADED or not parts else parts[0]
