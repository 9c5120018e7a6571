"""What an amendment does to what was guaranteed: theorems that held and no longer do, and scenarios that come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhunsheng.ask.comparing.opened import Opened
from zhunsheng.ask.deciding.worlds import Found, expected, worlds
from zhunsheng.ask.kept import Kept
from zhunsheng.ask.proving.prove import Proof, prove
from zhunsheng.errors import Problem
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Theorem, Verdict

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Flip:
    """One variant of a theorem that comes to something else under the new law than its file records for the old."""

    recorded: Verdict
    after: Proof


@dataclass(frozen=True)
class Moved:
    """A scenario of which one answer comes out otherwise. The outcomes are those over open readings and lawful choices."""

    scenario: Case
    answer: str
    before: frozenset[Found]
    after: frozenset[Found]


@dataclass(frozen=True)
class Guarantees:
    """`asked`: how many variants of theorems consult anything that changed. `unstated`: why theorems can no longer be stated in
    the new law's words. `tried`: how many scenarios were worked out under both laws. `opened`: findings that come or go."""

    flips: tuple[Flip, ...] = ()
    asked: int = 0
    unstated: tuple[Problem, ...] = ()
    moved: tuple[Moved, ...] = ()
    tried: int = 0
    opened: Opened | None = None


def flipped(
    laws: tuple[Pack, Pack],
    theorems: tuple[Sequence[Theorem], Sequence[Theorem]],
    touched: frozenset[str],
    *,
    progress: Progress | None = None,
    workers: int = 1,
    kept: Kept | None = None,
) -> tuple[tuple[Flip, ...], int]:
    """The variants that come to something else than their files record, of the theorems that consult what changed; and how many
    those are. What holds of the old law is what `prove` checks of it; a theorem that consults nothing that changed comes to the
    same."""
    after = {theorem.name: theorem for theorem in theorems[1]}
    cones = Cones(laws[0])
    concerned = [each for each in theorems[0] if each.name in after and _definitions(cones, each) & touched]
    proofs = prove(laws[1], [after[each.name] for each in concerned], progress=progress, workers=workers, kept=kept)
    return tuple(Flip(one.variant.expect, one) for one in proofs if not one.as_expected), len(proofs)


def moved(laws: tuple[Pack, Pack], cases: Sequence[tuple[Case, Case]], touched: frozenset[str]) -> tuple[Moved, ...]:
    """The answers that scenarios expect something of and that come out otherwise. `cases`: each as both laws read it."""
    cones = (Cones(laws[0]), Cones(laws[1]))
    found = []
    for case, there in cases:
        asked = [one for one in expected(laws[0], case) if one.definition in touched]
        if not asked:
            continue
        before, after = worlds(laws[0], case, cones[0]), worlds(laws[1], there, cones[1])
        for one in asked:
            if before is None or after is None or one.definition not in laws[1].definitions:
                continue
            outcomes = before.outcomes(one), after.outcomes(one)
            if outcomes[0] != outcomes[1]:
                found.append(Moved(case, one.key, *outcomes))
    return tuple(found)


def _definitions(cones: Cones, theorem: Theorem) -> frozenset[str]:
    """The definitions a theorem consults, its changes and the assumptions among them."""
    written: list[e.Expr] = [*theorem.given, theorem.claim]
    written += [edit.to for edit in theorem.change if isinstance(edit, Put)]
    written += [assumption.that for assumption in cones.pack.assumptions]
    cone = cones.exprs(written)
    lawful = [cones.pack.discretions[name].lawful for name in cone.choices]
    return (cone | cones.exprs(lawful)).definitions
