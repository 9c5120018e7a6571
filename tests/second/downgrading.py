"""Article 19: what each finding leads to. Where the authority chooses, every lawful choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from second import history
from second.ladders import UNGRADED, attained, below, bottom_rung, height, is_upper, kin, lowest_of, rungs
from second.reading import Case, Facts, get, names_line, stated

Outcome = str | None
"""A grade to fall to, or nothing."""


@dataclass(frozen=True)
class Lawful:
    """One lawful result of all findings together."""

    to: Outcome
    from_: frozenset[str]
    """The grades from which something falls; none where nothing does."""


def lawful_results(c: Case) -> frozenset[Lawful]:
    """Of several findings, the lowest. Where the authority chooses, one result for each way of choosing."""
    findings = c.many("finding")
    each = [sorted(leads_to(f, c), key=str) for f in findings]
    return frozenset(_together(findings, chosen, c) for chosen in product(*each))


def _together(findings: list[Facts], chosen: Iterable[Outcome], c: Case) -> Lawful:
    led = [(f, grade) for f, grade in zip(findings, chosen, strict=True) if grade is not None]
    from_ = frozenset(held_by(f, c) for f, grade in led if below(grade, held_by(f, c), c))
    return Lawful(lowest_of((grade for _, grade in led), c) if led else None, from_)


def leads_to(f: Facts, c: Case) -> frozenset[Outcome]:
    if not after_grading(f, c):
        return frozenset({None})
    held = held_by(f, c)
    match f["trigger"]:
        case "false_materials" | "bribery":  # items (1), (2): no word of how much it mattered
            grades: Iterable[str] = [_lowest_grade(f, c)]
        case "superior_request":
            grades = _requested(f, held, c)
        case "recheck_shortfall":
            grades = [_met(f, held, c)]
        case _:
            return _item_5(f, held, c)
    return _only_lower(grades, held, c)


def after_grading(f: Facts, c: Case) -> bool:
    """The chapeau: "绩效分级等级评定后，重点行业企业被发现"."""
    found = stated(f["found_on"])
    return bool(found <= c.day()) and history.settled(c, found) != UNGRADED


def concerned(f: Facts, c: Case) -> list[Facts]:
    return [line for line in c.lines() if names_line(f) in (None, line["name"])]


def held_by(f: Facts, c: Case) -> str:
    """The grade from which the finding would lower: that of the line named where lines were graded apart, and of several
    the highest where the whole enterprise is concerned."""
    overall = history.grade_on(c, c.day())
    if names_line(f) is not None:
        return history.held_by_line(c, concerned(f, c)[0], c.day())
    apart = [history.held_by_line(c, line, c.day()) for line in concerned(f, c) if history.graded_apart(c, line, c.day())]
    above = [grade for grade in apart if kin(grade, overall) and below(overall, grade, c)]
    return max(above, key=lambda grade: height(grade, c), default=overall)


def _only_lower(grades: Iterable[str], held: str, c: Case) -> frozenset[Outcome]:
    lower: frozenset[Outcome] = frozenset(grade for grade in grades if below(grade, held, c))
    return lower or frozenset({None})


def _rungs_under(f: Facts, held: str, c: Case) -> list[str]:
    """Lower grades of the lines concerned. Of the whole enterprise: on the ladder that its grade stands on."""
    lower = [grade for grade in rungs(concerned(f, c)) if below(grade, held, c)]
    return lower if names_line(f) else [grade for grade in lower if kin(grade, history.grade_on(c, c.day()))]


def _lowest_grade(f: Facts, c: Case) -> str:
    return "D" if c.reads("lowest", "always_d") else bottom_rung(concerned(f, c), c)


def _requested(f: Facts, held: str, c: Case) -> list[str]:
    """Item (3). No grade named: any lower one. One that the ladder lacks, or that is not lower: the nearest lawful one."""
    named = get(f, "requested_grade")
    lower = sorted(_rungs_under(f, held, c), key=lambda g: -height(g, c))
    if named is None or named in lower:
        return lower if named is None else [named]
    if below(named, held, c):  # on no ladder of these lines: the next rung under it, else the lowest they have
        return [g for g in lower if below(g, named, c)][:1] or lower[-1:]
    return lower[:1]


def _met(f: Facts, held: str, c: Case) -> str:
    """Item (4): "按照短板原则启动降级程序"."""
    met = get(f, "attained") or attained(concerned(f, c), c) or held
    if c.reads("shortboard", "one_step") and below(met, held, c):
        steps = _rungs_under(f, held, c)
        return max(steps, key=lambda rung: height(rung, c), default=held)
    return met


def _item_5(f: Facts, held: str, c: Case) -> frozenset[Outcome]:
    """Item (5): "视情况按照C级及以下或非引领性企业等级予以降级处理"."""
    lower = [rung for rung in _rungs_under(f, held, c) if not is_upper(rung)]
    if not lower:
        return frozenset({None})
    lawful: set[Outcome] = set(lower)
    if c.reads("item5_from_c", "may_stay") and held == "C":
        lawful.add("C")
    if c.reads("item5_discretion", "whether_and_how_far"):
        lawful.add(held)  # nothing is lowered
    return frozenset(lawful)
