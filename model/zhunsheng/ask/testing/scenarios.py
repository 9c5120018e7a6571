"""Scenarios run: each file's case and its variations decided, and compared with what they expect.

Only the answers that a case expects something of are decided, and of these only the keys written are compared. Other readings
are tried, and what an answer depends on is worked out, only where the scenario says so.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.answers import Asked, asked_by_name, duties_asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.explain import written
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.report import Answer, Between, CoverageReport, Difference, Missed, ScenarioResult, TestReport
from zhunsheng.ask.testing import coverage as covering
from zhunsheng.errors import ContradictoryFacts, InputError, Problem
from zhunsheng.lang.case import Case, Expectation
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Type
from zhunsheng.read import load_scenario

Progress = Callable[[str, int, int], None]
FEW = 4
"""How many files a process takes at a time; fewer than this are run in one process."""
NEED_FIRMNESS = frozenset({"firm", "differs_under"})
NEED_DEPENDENCE = frozenset({"depends_on"})


def run_scenarios(
    pack: Pack, paths: Sequence[Path | str], progress: Progress | None = None, workers: int = 1
) -> TestReport:
    """Every case of every file and what it missed, in the order of the files, whatever the number of processes.

    Raises `InputError` with all that is wrong in the files. Facts that contradict each other are a miss of the case.
    """
    start = time.perf_counter()
    scenarios = loaded(pack, paths)
    if workers < 2 or len(scenarios) < FEW or "fork" not in multiprocessing.get_all_start_methods():
        results = _run_all(pack, scenarios, progress)
    else:
        results = _run_apart(pack, scenarios, progress, workers)
    return TestReport(tuple(results), time.perf_counter() - start)


def _run_all(pack: Pack, scenarios: Sequence[list[Case]], progress: Progress | None) -> list[ScenarioResult]:
    results = []
    shared = Shared(Cones(pack))
    for number, cases in enumerate(scenarios):
        if progress:
            progress(Path(cases[0].file).name, number, len(scenarios))
        results += [ScenarioResult(case, variation, missed(pack, case, shared)) for variation, case in enumerate(cases)]
    return results


def _run_apart(
    pack: Pack, scenarios: Sequence[list[Case]], progress: Progress | None, workers: int
) -> list[ScenarioResult]:
    """The files dealt out in small hands, so that a slow one holds nobody up. The processes are copies of this one, so
    only numbers go out and only what was missed comes back."""
    results: list[ScenarioResult] = []
    firsts = range(0, len(scenarios), FEW)
    _SHARED[:] = [(pack, scenarios, Shared(Cones(pack)))]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        for first, hand in zip(firsts, pool.map(_missed_from, firsts), strict=True):
            if progress:
                progress(Path(scenarios[first][0].file).name, first, len(scenarios))
            for cases, found in zip(scenarios[first : first + FEW], hand, strict=True):
                results += [ScenarioResult(c, n, miss) for n, (c, miss) in enumerate(zip(cases, found, strict=True))]
    _SHARED.clear()
    return results


_SHARED: list[tuple[Pack, Sequence[list[Case]], Shared]] = []
"""What the copies of this process work on: set only while they run."""


def _missed_from(first: int) -> list[list[tuple[Missed, ...]]]:
    pack, scenarios, shared = _SHARED[0]
    return [[missed(pack, case, shared) for case in cases] for cases in scenarios[first : first + FEW]]


def coverage(pack: Pack, report: TestReport) -> CoverageReport:
    """What the scenarios of a report try out."""
    return covering.coverage(pack, [result.case for result in report.results])


def missed(pack: Pack, case: Case, shared: Shared | None = None) -> tuple[Missed, ...]:
    """What a case expects and does not get, in the order in which it says so."""
    wanted = frozenset(key for expectation in case.expect for key in expectation.want)
    firmness, dependence = bool(NEED_FIRMNESS & wanted), bool(NEED_DEPENDENCE & wanted)
    deciding = Deciding(pack, case, with_firmness=firmness, with_dependence=dependence, shared=shared)
    try:
        contradiction.refuse(deciding.problems)
        return tuple(miss for one in case.expect for miss in _compared(pack, one, _answer(deciding, one)))
    except (ContradictoryFacts, InputError) as refused:
        expected = ", ".join(expectation.answer for expectation in case.expect)
        return (Missed("facts", "", expected, str(refused)),)
    finally:
        deciding.problems.release()


def asked_of(pack: Pack, case: Case, expectation: Expectation) -> Asked:
    """The one answer that an expectation speaks of. Raises `InputError` where there is none."""
    if expectation.answer.startswith("duties["):
        name = expectation.answer.removeprefix("duties[").rpartition("]")[0]
        return next(asked for asked in duties_asked(name) if asked.key == expectation.answer)
    return asked_by_name(pack, case, [expectation.answer])[0]


def loaded(pack: Pack, paths: Iterable[Path | str]) -> list[list[Case]]:
    """The cases of each file, in order. InputError with all that is wrong in the files."""
    scenarios = []
    problems: list[Problem] = []
    for path in paths:
        try:
            scenarios.append(load_scenario(path, pack))
        except InputError as wrong:
            problems += wrong.problems
    if problems:
        raise InputError(problems)
    return scenarios


def _answer(deciding: Deciding, expectation: Expectation) -> Answer:
    return deciding.answer(asked_of(deciding.pack, deciding.case, expectation))


def _compared(pack: Pack, expectation: Expectation, answer: Answer) -> list[Missed]:
    """The keys written that do not agree with the answer."""
    expected, got = _expected(pack, expectation.want, answer.type), _got(pack, expectation.want, answer)
    return [
        Missed(expectation.answer, key, _shown(expected[key]), _shown(got[key])) for key in expected if expected[key] != got[key]
    ]


# -- an expectation and an answer in one written form, so that what is compared is what is shown


def _expected(pack: Pack, want: Mapping[str, Any], type_: Type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in want.items():
        match key:
            case "outcomes":
                found[key] = frozenset(_outcome(pack, type_, one) for one in value)
            case "depends_on":
                found |= {f"depends_on.{kind}": frozenset(names) for kind, names in value.items()}
            case "differs_under":
                found[key] = frozenset(_difference(pack, type_, one, one) for one in value)
            case _:
                found[key] = value
    return found


def _got(pack: Pack, want: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    kinds = {kind: getattr(answer.depends_on, kind) for kind in ("facts", "readings", "discretion")}
    return {
        "status": answer.status.value,
        "outcomes": frozenset(_outcome(pack, answer.type, one.outcome) for one in answer.outcomes),
        "firm": answer.firm,
        "differs_under": _differences(pack, want.get("differs_under", ()), answer),
        **{f"depends_on.{kind}": frozenset(names) for kind, names in kinds.items()},
    }


def _differences(pack: Pack, wanted: Sequence[Mapping[str, Any]], answer: Answer) -> frozenset[str]:
    """Every difference of the answer; of those that are expected, the keys that the expectation writes."""
    keys = {tuple(sorted(one["readings"].items())): one for one in wanted}
    found = []
    for difference in answer.differs_under:
        keys_written = keys.get(tuple(sorted(difference.readings.items())), {"readings": ()})
        found.append(_difference(pack, answer.type, keys_written, _as_written(difference)))
    return frozenset(found)


def _as_written(difference: Difference) -> dict[str, Any]:
    return {"readings": difference.readings, "status": difference.status.value, "outcomes": difference.outcomes}


def _difference(pack: Pack, type_: Type, keys: Iterable[str], said: Mapping[str, Any]) -> str:
    parts = [", ".join(f"{name}: {option}" for name, option in sorted(said["readings"].items()))]
    if "status" in keys:
        parts.append(said["status"])
    if "outcomes" in keys:
        parts.append(_shown(frozenset(_outcome(pack, type_, one) for one in said["outcomes"])))
    return " → ".join(parts)


def _outcome(pack: Pack, type_: Type, outcome: Any) -> str:
    """An outcome as a case writes it; a failure in brackets, since a value may be spelt like it."""
    match outcome:
        case FailureKind():
            return f"({outcome.word})"
        case Between(least, greatest) | (least, greatest):
            return f"{written(pack, type_, least)} – {written(pack, type_, greatest)}"
        case _:
            return written(pack, type_, outcome)


def _shown(value: Any) -> str:
    return (", ".join(sorted(value)) or "–") if isinstance(value, frozenset) else str(value)
