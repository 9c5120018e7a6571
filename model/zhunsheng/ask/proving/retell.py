"""What the case that refutes a theorem comes to, so that it can be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhunsheng.ask.proving.prove import Counterexample
from zhunsheng.evaluate import Argument, Element, Run
from zhunsheng.lang import expr as e
from zhunsheng.lang.case import Listing
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.outcome import Failed, FailureKind, strongest
from zhunsheng.lang.theorem import Ranges, Theorem
from zhunsheng.lang.types import Value

Called = tuple[str, e.Call]
"""The side that a call is about (`before`, `after`; empty where nothing changes), and the call."""


@dataclass(frozen=True)
class Came:
    """`of`, a definition called in the claim, came to `outcome`."""

    side: str
    of: e.Call
    outcome: Value | FailureKind


def came(theorem: Theorem, found: Counterexample) -> tuple[Came, ...]:
    """The definitions that the claim compares, as they come out in a case that refutes it; each once, before comes first."""
    env = _names(theorem, found)
    compared = [(side, call) for side, call in _called(theorem.claim, "") if not _calls_inside(call)]
    told = sorted(dict.fromkeys(compared), key=lambda one: one[0] == "after")
    return tuple(Came(side, call, strongest(_run(found, side).expression(call, env))) for side, call in told)


def chosen(theorem: Theorem, found: Counterexample) -> frozenset[str]:
    """The discretions whose choices the premises and the claim rest on in this case."""
    env, cones = _names(theorem, found), Cones(found.judged.before.pack)
    exprs = [*theorem.given, theorem.claim]
    names = set(cones.exprs(_aggregates(exprs)).choices)
    names |= {part.name for expr in exprs for part in e.walk(expr) if isinstance(part, e.Choice)}
    for side, call in (one for expr in exprs for one in _called(expr, "")):
        run = _run(found, side)
        args = tuple(run.expression(arg, env) for arg in call.args)
        known = tuple(arg for arg in args if not isinstance(arg, Failed))
        whole = len(known) == len(args)
        names |= run.touched(call.name, known).choices if whole else cones.definition(call.name).choices
    return frozenset(names)


def _run(found: Counterexample, side: str) -> Run:
    return found.judged.after if side == "after" else found.judged.before


def _names(theorem: Theorem, found: Counterexample) -> dict[str, Argument]:
    """What the names stand for, a new element by the place it has behind those of the case before."""
    env: dict[str, Argument] = {}
    joined: dict[str, int] = {}
    for name in theorem.names:
        if name.collection is None:
            env[name.name] = found.names[name.name]
        elif name.ranges is Ranges.NEW:
            listing: Listing = found.before.facts[name.collection]
            index = joined.get(name.collection, len(listing.elements))
            env[name.name], joined[name.collection] = Element(name.collection, index), index + 1
        else:
            path = str(found.names[name.name])
            env[name.name] = Element(name.collection, int(path.removeprefix(f"{name.collection}[").removesuffix("]")))
    return env


def _called(expr: e.Expr, side: str) -> Iterator[Called]:
    """Every call but those inside aggregates, which are about their elements."""
    match expr:
        case e.At(side=at, of=of):
            yield from _called(of, at)
        case e.Aggregate():
            return
        case _:
            if isinstance(expr, e.Call):
                yield side, expr
            for child in e.children(expr):
                yield from _called(child, side)


def _calls_inside(call: e.Call) -> bool:
    """Whether a call is about other calls: then those are what is compared."""
    return any(isinstance(part, e.Call) for arg in call.args for part in e.walk(arg))


def _aggregates(exprs: list[e.Expr]) -> list[e.Expr]:
    return [part for expr in exprs for part in e.walk(expr) if isinstance(part, e.Aggregate)]
