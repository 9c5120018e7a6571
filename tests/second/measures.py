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
    grade = _grade(line, c)
    if grade is None or grade == "gap":
        return grade
    if line["industry"] != "水泥" or line["ladder"] != "abcd":
        return "no_table"
    return CLINKER[grade][ALERTS.index(alert)]


def _grade(line: Facts, c: Case) -> str | None:
    """The overall grade on the line's own ladder; a rung that ladder lacks is its lowest (B7), and so is no grade (A8)."""
    if not c.reads("measures_scope", "overall_grade_own_table") and len(c.lines()) > 1:
        return None
    overall = history.grade_on(c, c.day())
    if overall == "gap":
        return "gap"
    ladder = LADDERS[line["ladder"]]
    parts = [part for part in overall.split("=") if part in ladder]
    return ladder[-1] if overall == UNGRADED or not parts else parts[0]
