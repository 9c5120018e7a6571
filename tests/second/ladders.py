"""Articles 4 and 5: the grades, the ladders they stand on, the two tiers, and the short board.

A grade is written as in a case file. Two labels that rank alike (a mixed enterprise) are written `B=leading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from second.reading import Case, Facts

LADDERS: dict[str, tuple[str, ...]] = {
    "ab-bcd": ("A", "B", "B-", "C", "D"),
    "abcd": ("A", "B", "C", "D"),
    "abc": ("A", "B", "C"),
    "leading": ("leading", "non-leading"),
}
"""Article 4: "A级、B（含B-）级、C级、D级或者引领性、非引领性". Best first."""

UNGRADED = "ungraded"
BINARY = LADDERS["leading"]
UPPER = {"A", "B", "B-", "leading"}
"""Articles 6, 9, 15, 17, 18, 20 each set "A级、B（含B-）级和引领性企业" against the rest."""

NATIONAL = {"A": 8, "B": 6, "B-": 5, "C": 4, "D": 2}


def height(grade: str, c: Case) -> int:
    """How high a grade stands. Letters have their order; the two labels stand where `cross_ladder` puts them."""
    first = grade.split("=")[0]
    match first:
        case "leading":
            return NATIONAL["B" if c.reads("cross_ladder", "lead_b_non_c") else "A"]
        case "non-leading":
            return NATIONAL["D" if c.reads("cross_ladder", "lead_a_non_d") else "C"]
        case "B-" if c.reads("bminus", "same_as_b"):
            return NATIONAL["B"]
        case "ungraded":
            return 0
        case _:
            return NATIONAL[first]


def lowest_of(grades: Iterable[str], c: Case) -> str:
    """Article 5: "企业总体绩效以所含行业或工序中绩效评级最低级的为准". Nothing at all is not graded."""
    parts = [part for grade in grades if grade != UNGRADED for part in grade.split("=")]
    if not parts:
        return UNGRADED
    bottom = min(height(part, c) for part in parts)
    least = {part for part in parts if height(part, c) == bottom}
    letters = sorted((least - set(BINARY)), key=len)  # B before B-, where they are one
    labels = sorted(least & set(BINARY))
    return "=".join([*letters[:1], *labels])


def is_upper(grade: str) -> bool:
    return grade.split("=")[0] in UPPER


def below(grade: str, other: str, c: Case) -> bool:
    return height(grade, c) < height(other, c)


def bottom_rung(lines: Sequence[Facts], c: Case) -> str:
    """The lowest grade these lines have between them, each by the ladder of its own industry."""
    return lowest_of((LADDERS[line["ladder"]][-1] for line in lines), c)


def rungs(lines: Iterable[Facts]) -> list[str]:
    """Every grade that some of these lines can have."""
    found = dict.fromkeys(grade for line in lines for grade in LADDERS[line["ladder"]])
    return list(found)


def kin(grade: str, held: str) -> bool:
    """Both letters, or both of leading and non-leading: a grade falls on the ladder it stands on."""
    return any((grade in BINARY) == (part in BINARY) for part in held.split("="))


def line_level(line: Facts, c: Case) -> str | None:
    """The level of one line. None: every indicator is not applicable, and the text says nothing of that."""
    levels = [level for level in line["indicators"].values() if level != "n/a"]
    if not levels:
        return None
    least = lowest_of(levels, c)
    if c.reads("shortboard", "min"):
        return least
    ladder = LADDERS[line["ladder"]]
    aim = _aim(line, c) or min(levels, key=ladder.index)
    return _next_lower(aim, ladder, c) if below(least, aim, c) else least


def _aim(line: Facts, c: Case) -> str | None:
    """The level applied for, where the application reaches this line and its ladder has that level."""
    filed = c.application()
    if filed is None or filed.get("line", "none") not in ("none", line["name"]):
        return None
    return filed["target"] if filed["target"] in LADDERS[line["ladder"]] else None


def _next_lower(grade: str, ladder: Sequence[str], c: Case) -> str:
    return next(rung for rung in ladder if below(rung, grade, c))


def attained(lines: Iterable[Facts], c: Case) -> str | None:
    """The level of the lines together. None: undecided, since one of them is."""
    levels = [line_level(line, c) for line in lines]
    known = [level for level in levels if level is not None]
    return lowest_of(known, c) if len(known) == len(levels) else None
