"""Times against the budgets of the design: prints a table and never asserts, for machines are noisy.

    python tests/bench/bench.py [SCENARIO …]

Times of one process, warm, unless a line says `cold`. Where two ways of doing one thing are compared, both run here and now, and
the ratio is what counts.
"""

from __future__ import annotations

import gc
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

import z3

from zhunsheng.ask.certifying.certificates import Certifier
from zhunsheng.ask.deciding.answers import Asked, all_asked
from zhunsheng.ask.deciding.decide import Deciding, decide
from zhunsheng.ask.deciding.problems import Problems, Shared
from zhunsheng.ask.deciding.replay import for_reference
from zhunsheng.ask.deciding.sealing import Sealing
from zhunsheng.ask.explaining.why import why
from zhunsheng.ask.interviewing.interview import Interviewer
from zhunsheng.ask.planning.plans import reach
from zhunsheng.ask.planning.steps import Length
from zhunsheng.ask.proving.proving import Proving
from zhunsheng.ask.supposing.varying import vary
from zhunsheng.ask.supposing.whatif import side_by_side
from zhunsheng.ask.supposing.when import when
from zhunsheng.ask.testing.scenarios import run_scenarios
from zhunsheng.ask.timelines.timeline import timeline
from zhunsheng.certify import claims, kernel
from zhunsheng.cli import CLEARED
from zhunsheng.errors import NotShown
from zhunsheng.evaluate import Run
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_case, load_pack, load_theorems
from zhunsheng.read.reply import blank_facts
from zhunsheng.solve.problem import Completion, Problem

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy" / "urumqi-2025"
SCENARIOS, PROOFS = ROOT / "scenarios", ROOT / "proofs"
CASES = (
    "a-file-that-states-every-fact-answers-every-question",
    "the-year-after-a-downgrade-ends-with-the-anniversary-day",
    "an-a-plant-over-its-permitted-concentration-falls-to-c-or-d",
    "a-list-of-downgrades-that-may-not-be-complete",
)
BY_PROOF = ("a-list-of-downgrades-that-may-not-be-complete", "may_apply_for[D]")
"""A case and an answer that is determined, but not by possibilities: hardly one in a hundred is."""
NAMED = ("may_apply", "locked_out_until")
MILLI = 1000.0


@dataclass(frozen=True)
class Line:
    """One measurement: in milliseconds, unless a unit is given. `budget` 0: none is set."""

    what: str
    found: float
    budget: float = 0
    unit: str = "ms"


def main(names: list[str]) -> None:
    gc.set_threshold(*CLEARED)  # as every command has it
    heading()
    pack = load_pack(PACK)
    cases = [load_case(SCENARIOS / f"{Path(name).stem}.yaml", pack) for name in names or CASES]
    parts = (reading, reference, encoding, deciding, along_time, explaining, supposing, peers, certifying, cold, suite, memory,
             theorems, whole_law)
    for part in parts:
        for line in part(pack, cases):
            show(line)


def heading() -> None:
    print(f"Python {platform.python_version()}, z3 {z3.get_version_string()}, {platform.machine()}, times in ms")
    print(f"\n{'what':72} {'found':>10} {'budget':>8}")


def show(line: Line) -> None:
    budget = f"{line.budget:g}" if line.budget else "-"
    mark = "  over" if line.budget and line.found > line.budget else ""
    unit = "" if line.unit == "ms" else f" {line.unit}"
    print(f"{line.what:72} {line.found:10.2f} {budget:>8}{unit}{mark}", flush=True)


def timed(work: Callable[[], object], times: int = 1) -> float:
    """The median of several runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * MILLI)
    return median(found)


# -- what is measured


def reading(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    yield Line("load the pack", timed(lambda: load_pack(PACK), 3))
    yield Line("load a case", timed(lambda: load_case(cases[0].file, pack), 3))


def reference(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    """The reference meaning over a complete case."""
    completion = completed(pack, cases[0])
    asked = all_asked(pack, cases[0])
    each = [
        timed(lambda one=one: fresh(pack, completion).derivation(one.definition, for_reference(one.args)), 5) for one in asked
    ]
    yield Line("evaluate one answer with its derivation, median of all", median(each), 0.5)
    yield Line("evaluate one answer with its derivation, the slowest", max(each))
    yield Line(f"evaluate all {len(asked)} answers of a case", timed(lambda: evaluate_all(pack, completion, asked), 9), 5)


def encoding(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    case = cases[0]
    asked = all_asked(pack, case)

    def encode() -> None:
        problems = Problems(pack, case)
        problem = Problem(pack, case, {})
        for one in asked:
            problems.encode(problem, one)

    yield Line(f"encode all {len(asked)} answers of a case", timed(encode, 3))


def deciding(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    for case in cases:
        start = time.perf_counter()
        decision = decide(pack, case)
        spent = (time.perf_counter() - start) * MILLI
        needed, total = decision.solver["needed"], decision.solver["answers"]
        yield Line(f"decide all: {short(case)}", spent, 100)
        yield Line(f"  answers and duties that needed the solver, of {total}", 100 * needed / total, 20, "%")
        yield Line("  queries to the solver", decision.solver["queries"], unit="")


def along_time(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    """Five years of what the pack shows along time."""
    shared, loaded = Shared(Cones(pack)), kernel.Pack(pack.canonical.encode())
    for case in cases:

        def draw(case: Case = case) -> None:
            timeline(pack, case, date(2024, 1, 1), date(2028, 12, 31), shared=shared, loaded=loaded)

        draw()
        budget = 500 if case is cases[0] else 0
        yield Line(f"timeline, five years: {short(case)}", timed(draw, 3), budget)


def explaining(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    certifier = Certifier(pack)
    for case in cases:
        yield Line(f"why may_apply: {short(case)}", timed(lambda case=case: why(pack, case, "may_apply", certifier=certifier), 3))


def peers(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    """The same answer from the reference meaning and from the constraints, without other readings."""
    case = cases[0]
    completion = completed(pack, case)
    for name in NAMED:
        evaluated = timed(lambda name=name: fresh(pack, completion).derivation(name), 9)
        decided = timed(lambda name=name: decide(pack, case, [name], firmness=False), 3)
        yield Line(f"decide {name} under the readings taken, against evaluating it", decided / evaluated, unit="times")


def certifying(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    """Certificates of every answer that has one: made from an answer already there, checked by a kernel that has the rules. Those
    that rest on a proof are more than `kernel.py` checks alone, and are told apart."""
    certifier, undecided = Certifier(pack), load_case(SCENARIOS / f"{BY_PROOF[0]}.yaml", pack)
    made: dict[tuple[bool, bool], list[float]] = {}
    checked: dict[tuple[bool, bool], list[float]] = {}
    simple = ""
    for case in (*cases[:3], undecided):
        deciding = Deciding(pack, case, with_firmness=False, with_dependence=False)
        for asked in all_asked(pack, case):
            if case is undecided and asked.key != BY_PROOF[1]:
                continue
            answer = deciding.answer(asked)
            start = time.perf_counter()
            try:
                text = certifier.certificate(case, asked, answer)
            except NotShown:
                continue
            spent = (time.perf_counter() - start) * MILLI
            proved = "lrat" in json.loads(text)["evidence"]
            simple = simple or ("" if proved else text)
            judge = claims.check if proved else kernel.check
            of = (len(answer.outcomes) == 1, proved)
            made.setdefault(of, []).append(spent)
            checked.setdefault(of, []).append(timed(lambda j=judge, t=text: j(t.encode(), certifier.loaded), 3))
    number, settled = sum(map(len, made.values())), len(made.get((True, True), ()))
    yield Line(f"of {number} certificates determined, by a proof (one was sought out)", settled, unit="")
    for single, proved in sorted(made, reverse=True):
        make, check = (100, 10) if single else (500, 200)
        times, again = made[single, proved], checked[single, proved]
        what = f"{len(times)} certificates, {'determined' if single else 'open'}, by {'a proof' if proved else 'possibilities'}"
        yield Line(f"{what}: made, median", median(times), make)
        yield Line(f"{what}: made, the slowest", max(times), make)
        yield Line(f"{what}: checked, median", median(again), check)
        yield Line(f"{what}: checked, the slowest", max(again), check)
    yield Line("cold: python -I -S kernel.py certificate pack", alone(pack, simple), 500)


def alone(pack: Pack, certificate: str) -> float:
    """The kernel as a process of its own, in a folder that holds nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        for module in Path(kernel.__file__).parent.glob("*.py"):
            if module.stem in ("kernel", "reading"):
                shutil.copy(module, folder)
        for name, text in (("certificate.json", certificate), ("pack.json", pack.canonical)):
            Path(folder, name).write_text(text, encoding="utf-8")
        words = [sys.executable, "-I", "-S", "kernel.py", "certificate.json", "pack.json"]
        return timed(lambda: subprocess.run(words, cwd=folder, check=True, capture_output=True), 3)


def cold(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    program = [sys.executable, "-m", "zhunsheng"]

    def run(*words: str) -> None:
        subprocess.run([*program, *words], check=True, capture_output=True)

    yield Line("cold: zhunsheng version", timed(lambda: run("version"), 3))
    yield Line(
        "cold: zhunsheng decide CASE --answer may_apply",
        timed(lambda: run("decide", cases[0].file, "--answer", "may_apply"), 3),
        600,
    )
    yield Line("cold: zhunsheng decide CASE", timed(lambda: run("decide", cases[0].file)), 600)


def suite(pack: Pack, _: list[Case]) -> Iterator[Line]:
    files = sorted(SCENARIOS.glob("*.yaml"))
    report = run_scenarios(pack, files)
    missed = sum(1 for result in report.results if result.missed)
    yield Line(
        f"{len(files)} scenarios, {len(report.results)} cases, {missed} missing what they expect", report.seconds, unit="s"
    )


def memory(pack: Pack, cases: list[Case]) -> Iterator[Line]:
    """At its highest, of a process that decides one case and no other."""
    for case in cases:
        yield Line(f"memory: zhunsheng decide {short(case)}"[:72], command("decide", case.file)[1], 300, "MB")


def theorems(pack: Pack, _: list[Case]) -> Iterator[Line]:
    """Every theorem on its own, one after another in this process."""
    sealing = Sealing(pack)
    work = [Proving(pack, one, variant, sealing=sealing) for one in load_theorems(PROOFS, pack) for variant in one.variants]
    times = {f"{each.theorem.name} {dict(each.variant.readings)}": timed(each.proof) for each in work}
    slowest = max(times, key=times.__getitem__)
    yield Line(f"{len(work)} theorems under their readings, one after another", sum(times.values()) / MILLI, unit="s")
    yield Line(f"the slowest: {slowest}"[:72], times[slowest], 5000)


def whole_law(pack: Pack, _: list[Case]) -> Iterator[Line]:
    """Commands that look at the whole law, as processes of their own."""
    taken: dict[str, float] = {}

    def run(*words: str) -> float:
        seconds, megabytes = command(*words)
        taken[words[0]] = max(megabytes, taken.get(words[0], 0))
        return seconds

    amendment = "policy/amendments/bar-of-six-months.yaml"
    some = ("--only", "gap", "conflict", "dead")
    yield Line("check --only gap conflict dead, from nothing", run("check", *some, "--no-cache"), 10, "s")
    yield Line("prove, from nothing", run("prove", "--no-cache"), 60, "s")
    yield Line("prove, unchanged", (run("prove"), run("prove"))[1], 5, "s")
    yield Line("check, from nothing", run("check", "--no-cache"), 120, "s")
    yield Line("check, unchanged", (run("check"), run("check"))[1], 5, "s")
    yield Line("compare, the bar of six months", run("compare", amendment), 10, "s")
    yield Line("compare --guarantees, the same", run("compare", amendment, "--guarantees", "--no-cache"), 60, "s")
    for word, megabytes in taken.items():
        yield Line(f"memory: zhunsheng {word}, the largest of its processes", megabytes, 300, "MB")


def supposing(pack: Pack, _: list[Case]) -> Iterator[Line]:
    """What if, and the next question of an interview."""
    case = load_case(SCENARIOS / f"{CASES[0]}.yaml", pack)
    bar = load_case(SCENARIOS / "a-works-downgraded-to-d-may-not-apply-for-c-within-the-year.yaml", pack)
    yield Line("whatif --set, all answers", timed(lambda: side_by_side(pack, case, [("application.target", "B")]), 3), 500)
    yield Line("whatif --vary a day, one answer", timed(lambda: vary(pack, bar, "application.filed_on", ["may_apply"]), 3), 500)
    yield Line("whatif --earliest", timed(lambda: when(pack, bar, "may_apply"), 3), 500)
    lengths = {"review": Length(30, working=False), "publicity": Length(7, working=False)}
    for day in (None, date(2026, 10, 20)):
        goal = "at_least(grade_in_force, B)"
        what = "whatif --reach B" if day is None else "whatif --reach B, on a day too early"
        yield Line(what, timed(lambda d=day, g=goal: reach(pack, bar, g, d, lengths=lengths), 3), 500)
    for name in ("locked_out", "may_apply", "grade_in_force"):
        asker = Interviewer(pack, [name])
        blank = replace(case, facts=blank_facts(pack))
        yield Line(f"first question of an interview about {name}", timed(lambda a=asker, b=blank: a.standing(b), 3), 100)


# -- helpers


MEASURED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(os.wait4(process.pid, 0)[2].ru_maxrss)
"""
"""Run by a small process of its own: Linux counts to a command what the process that starts it holds."""


def command(*words: str) -> tuple[float, float]:
    """Seconds that a command took, and megabytes that the largest of its processes held at its highest."""
    program = [sys.executable, "-I", "-S", "-c", MEASURED, sys.executable, "-m", "zhunsheng", *words]
    began = time.perf_counter()
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


def completed(pack: Pack, case: Case) -> Completion:
    """The case with plain values for what it leaves unknown, and the first option of readings without a default."""
    readings = {name: spec.default or spec.options[0].name for name, spec in pack.readings.items()}
    return Problem(pack, case, {}).complete(None, {**readings, **case.readings})


def fresh(pack: Pack, completion: Completion) -> Run:
    return Run(pack, completion.facts, completion.readings, completion.choices)


def evaluate_all(pack: Pack, completion: Completion, asked: list[Asked]) -> None:
    run = fresh(pack, completion)
    for one in asked:
        run.definition(one.definition, for_reference(one.args))


def short(case: Case) -> str:
    name = Path(case.file).stem
    return name if len(name) <= 58 else f"{name[:57]}…"


if __name__ == "__main__":
    main(sys.argv[1:])
