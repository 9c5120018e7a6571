"""Times of `whatif`, `timeline` and `interview` over many scenarios, in CPU seconds of one warm process; and what they said.

    python tests/bench/questions.py KIND … [--every 7] [--save DIR]
    python tests/bench/questions.py --compare DIR OTHER

`--save` keeps each report as JSON, to be compared with that of another state of the code: `--compare` names every file that
differs. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from interviewing import interviewed, wanted  # beside the tests
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.unstated import VALUE, missing
from zhunsheng.ask.interviewing.interview import Interviewer, Standing
from zhunsheng.ask.planning.plans import reach
from zhunsheng.ask.planning.steps import Length
from zhunsheng.ask.supposing.varying import vary
from zhunsheng.ask.supposing.whatif import side_by_side
from zhunsheng.ask.supposing.when import when
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.certify import kernel
from zhunsheng.errors import ZhunshengError
from zhunsheng.lang.case import UNKNOWN, Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, path_of, scalars, type_at, value_at
from zhunsheng.read import load_case, load_pack
from zhunsheng.show.deciding import json
from zhunsheng.show.supposing.json import side_by_side_json, variation_json
from zhunsheng.show.supposing.plans import reach_json, when_json
from zhunsheng.show.timelines.json import timeline_json

ROOT = Path(__file__).parents[2]
MILLI = 1000.0
YEARS = date(2024, 1, 1), date(2028, 12, 31)
TOO_EARLY = timedelta(days=20)
"""From the day of the question: less than a filing, its review and its publicity take."""
LENGTHS = {"review": Length(30, working=False), "publicity": Length(7, working=False)}
GOAL = "at_least(grade_in_force, B)"
VARIED = ("as_of", ["grade_in_force"]), ("application.filed_on", ["may_apply"]), ("violations", None)
BUDGETS = {"next": 100}
USUAL_BUDGET = 500


@dataclass
class Asking:
    """One process in which questions about many cases are asked, each timed."""

    pack: Pack
    save: Path | None
    times: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    shared: Shared = field(init=False)
    loaded: kernel.Pack = field(init=False)

    def __post_init__(self) -> None:
        self.shared, self.loaded = Shared(Cones(self.pack)), kernel.Pack(self.pack.canonical.encode())

    def ask(self, kind: str, name: str, work: Callable[[], Any]) -> None:
        """Times one question and keeps what it came to."""
        start = time.process_time()
        try:
            found = work()
        except ZhunshengError as error:
            found = {"error": type(error).__name__, "says": str(error)}
        self.note(kind, name, start)
        if self.save is not None:
            path = self.save / kind / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(found), encoding="utf-8")

    def note(self, kind: str, name: str, start: float) -> None:
        spent = (time.process_time() - start) * MILLI
        self.times.setdefault(kind, []).append((spent, name))

    # -- the questions

    def timeline(self, name: str, case: Case) -> None:
        def work() -> Any:
            return timeline_json(self.pack, timeline(self.pack, case, *YEARS, shared=self.shared, loaded=self.loaded))

        self.ask("timeline", name, work)

    def set(self, name: str, case: Case) -> None:
        for number, one in enumerate(assignments(self.pack, case)):

            def work(one: tuple[str, str] = one) -> Any:
                return side_by_side_json(self.pack, side_by_side(self.pack, case, [one]))

            self.ask("set", f"{name} {number} {one[0]}", work)

    def vary(self, name: str, case: Case) -> None:
        for path, answers in VARIED:

            def work(path: str = path, answers: list[str] | None = answers) -> Any:
                return variation_json(self.pack, vary(self.pack, case, path, answers))

            self.ask("vary", f"{name} {path}", work)

    def earliest(self, name: str, case: Case) -> None:
        self.ask("earliest", name, lambda: when_json(self.pack, when(self.pack, case, "may_apply")))

    def reach(self, name: str, case: Case) -> None:
        self._reach("reach", name, case, None)

    def early(self, name: str, case: Case) -> None:
        today = case.facts.get(self.pack.as_of)
        if isinstance(today, date):
            self._reach("early", name, case, today + TOO_EARLY)

    def _reach(self, kind: str, name: str, case: Case, day: date | None) -> None:
        self.ask(kind, name, lambda: reach_json(self.pack, reach(self.pack, case, GOAL, day, lengths=LENGTHS)))

    def next(self, name: str, case: Case) -> None:
        """Each question of an interview with a person who knows the case."""
        names = wanted(self.pack, case)
        if not names:
            return
        interviewer, asking = Interviewer(self.pack, names), self

        class Timed:
            pack = interviewer.pack
            number = 0

            def standing(self, *given: Any) -> Standing:
                start = time.process_time()
                found = interviewer.standing(*given)
                self.number += 1
                asking.note("next", f"{name} {self.number}", start)
                return found

        def work() -> Any:
            told = interviewed(Timed(), case)  # type: ignore[arg-type]  # it stands for the interviewer
            return {"asked": [f"{one.path} {one.kind}" for one in told.asked], "settled": sorted(told.standing.settled)}

        self.ask("interview", name, work)


def assignments(pack: Pack, case: Case) -> Iterator[tuple[str, str]]:
    """Facts to set: two that the case states, to another value each; and one that it leaves open."""
    stated = [one for one in scalars(pack, case.facts) if other_value(pack, case.facts, one) is not None]
    for here in dict.fromkeys(stated[number] for number in (len(stated) // 3, (2 * len(stated)) // 3) if stated):
        yield path_of(case.facts, here), str(other_value(pack, case.facts, here))
    for here, kind in missing(pack, case):
        type_ = type_at(pack, here)
        if kind == VALUE and type_ is not None and (type_.base == "yes/no" or type_.base in pack.enumerations):
            yield path_of(case.facts, here), "yes" if type_.base == "yes/no" else pack.enumerations[type_.base].values[0].name
            return


def other_value(pack: Pack, facts: Any, here: Spot) -> str | None:
    """Another value of a stated fact, as one writes it; None for what is not changed here."""
    type_, value = type_at(pack, here), value_at(facts, here)
    if type_ is None or value is UNKNOWN:
        return None
    if isinstance(value, bool):
        return "no" if value else "yes"
    if isinstance(value, date):
        return (value + timedelta(days=90)).isoformat()
    if type_.base in pack.enumerations:
        names = [one.name for one in pack.enumerations[type_.base].values if not one.answer_only]
        return names[(names.index(value) + 1) % len(names)] if value in names else None
    return None


KINDS = ("timeline", "set", "vary", "earliest", "reach", "early", "next")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--every", type=int, default=7, help="each so many-th scenario")
    parser.add_argument("--only", default="", help="scenarios with this in their names")
    parser.add_argument("--save", type=Path, metavar="DIR")
    parser.add_argument("--compare", type=Path, nargs=2, metavar="DIR")
    given = parser.parse_args()
    if given.compare:
        compared(*given.compare)
        return
    pack = load_pack(ROOT / "policy" / "urumqi-2025")
    files = [path for path in sorted((ROOT / "scenarios").glob("*.yaml")) if given.only in path.stem][:: given.every]
    cases = {path.stem: load_case(path, pack) for path in files}
    for kind in given.kinds or KINDS:
        asking = Asking(pack, given.save)
        warm = load_case(ROOT / "scenarios" / "a-file-that-states-every-fact-answers-every-question.yaml", pack)
        Asking.__dict__[kind](asking, "warm", warm)
        asking.times.clear()
        for name, case in cases.items():
            Asking.__dict__[kind](asking, name, case)
        for what, times in asking.times.items():
            told(what, sorted(times))


def told(kind: str, times: list[tuple[float, str]]) -> None:
    budget = BUDGETS.get(kind, USUAL_BUDGET)
    within = sum(spent <= budget for spent, _ in times) * 100 / len(times)
    median, tenth = (times[int(len(times) * part)][0] for part in (0.5, 0.9))
    print(f"{kind}: {len(times)}, median {median:.0f} ms, 90 % {tenth:.0f} ms, {within:.0f} % within {budget} ms; slowest:")
    for spent, name in islice(reversed(times), 5):
        print(f"    {spent:8.0f} ms  {name}", flush=True)


def compared(here: Path, there: Path) -> None:
    """Names the reports that differ, and those that only one has."""
    left, right = ({path.relative_to(each): path for path in each.rglob("*.json")} for each in (here, there))
    for name in sorted(left.keys() ^ right.keys()):
        print(f"only in {here if name in left else there}: {name}")
    same = [name for name in left.keys() & right.keys() if left[name].read_bytes() == right[name].read_bytes()]
    for name in sorted((left.keys() & right.keys()) - set(same)):
        print(f"differs: {name}")
    print(f"{len(same)} the same")


if __name__ == "__main__":
    main()
