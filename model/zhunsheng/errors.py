"""Everything that can go wrong, drawn once.

    ZhunshengError
    ├── InputError          the user's files or words: exit 2, every problem with its place
    ├── ContradictoryFacts  the facts of a case cannot all be true: exit 2
    ├── Unmatched           two laws that cannot be put side by side: told as bad input
    ├── NotShown            the budget ended before an answer was shown: exit 3
    │   └── NoCertificate   … an answer, but not in the way the kernel checks
    ├── Incomplete          the reference meaning looked at what a case leaves out
    │   ├── UnknownFact     … a fact, or whether a list holds others
    │   ├── ReadingMissing  … an open question of the text
    │   └── ChoiceMissing   … a choice within a discretion
    └── Disagreement        two of our own meanings differ: a defect of ours, never of the user

What a check finds about the law (a gap, a conflict) is not an error but an outcome.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: `line` and `column` count from 1, in characters. 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to write instead."""

    place: Place
    what: str
    instead: str = ""

    def __str__(self) -> str:
        mend = f"\n    {self.instead}" if self.instead else ""
        return f"{self.place}: {self.what}{mend}"


class ZhunshengError(Exception):
    """The root of our own errors."""


class InputError(ZhunshengError):
    """Bad input. `problems` holds all that was found, in the order of their places."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ContradictoryFacts(ZhunshengError):
    """No completion of the facts satisfies the pack's assumptions.

    `facts` are the paths and `assumptions` the identifiers of an irreducible set that clashes;
    `says` explains it, zh and en.
    """

    def __init__(self, facts: tuple[str, ...], assumptions: tuple[str, ...], says: dict[str, str]) -> None:
        self.facts, self.assumptions, self.says = facts, assumptions, says
        super().__init__(f"facts {', '.join(facts)} contradict {', '.join(assumptions)}: {says['en']}")


class Unmatched(ZhunshengError):
    """Two laws cannot be put side by side: `about` names the object (as edits do), `what` says why, `instead` what to write."""

    def __init__(self, about: str, what: str, instead: str) -> None:
        self.about, self.what, self.instead = about, what, instead
        super().__init__(what)


class NotShown(ZhunshengError):
    """The budget ended. `why` says at which step."""

    def kept(self) -> NotShown:
        """The same to be kept, or raised again: what was raised holds all that it came through, solvers and their memory too."""
        return NotShown(str(self))


class NoCertificate(NotShown):
    """No certificate can be made of `answer`; `reason` is `incomplete`, `coarse` or `no case`."""

    def __init__(self, answer: str, reason: str, why: str) -> None:
        self.answer, self.reason = answer, reason
        super().__init__(f"{answer}: {why}")


class Incomplete(ZhunshengError):
    """The reference meaning is for complete cases, and this one leaves out something that an answer looks at."""


class UnknownFact(Incomplete):
    """`path` is the fact as a person writes it (`lines[1号窑].ladder`), or `violations.others`: there may be more."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path} is unknown, and the answer looks at it: state it, or ask for all outcomes")


class ReadingMissing(Incomplete):
    """No option is taken of the reading `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"no option is taken of the reading {name}, and the answer looks at it")


class ChoiceMissing(Incomplete):
    """Nothing is chosen within the discretion `name`, though some choice is lawful."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"nothing is chosen within the discretion {name}, and the answer looks at it")


class Disagreement(ZhunshengError):
    """A model of the solver and the reference meaning differ. `detail` holds both."""
