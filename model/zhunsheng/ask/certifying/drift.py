"""Whether today's rules would decide otherwise than a certificate, and what differs among what the decision rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from zhunsheng.ask.certifying.claimed import Claimed, Recalled
from zhunsheng.ask.certifying.lineage import Lineage, Step
from zhunsheng.ask.deciding import contradiction
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.report import Answer, Between, Status
from zhunsheng.errors import ContradictoryFacts, InputError
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Pack


class Verdict(Enum):
    """`UNSETTLED`: today's rules look at facts that the certificate does not hold. `IMPOSSIBLE`: what it holds cannot be put to
    today's rules at all."""

    SAME_RULES = "same rules"
    SAME = "same"
    OTHERWISE = "otherwise"
    UNSETTLED = "unsettled"
    IMPOSSIBLE = "impossible"


class How(Enum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """What differs: a rule (`definition` names what it decides), a parameter, a reading, a discretion or a calendar. `before`
    and `after` are its canonical data. `took_part`: the certificate lists it."""

    kind: str
    name: str
    how: How
    definition: str = ""
    before: Any = None
    after: Any = None
    took_part: bool = False


@dataclass(frozen=True)
class Drift:
    """What today's rules say. `changes` is None where the rules of then are not at hand. `lineage`: the known amendments that led
    from those to today's, where that was asked; `by`: the first of them after which the outcome is another."""

    verdict: Verdict
    digest: str
    answer: Answer | None = None
    changes: tuple[Change, ...] | None = None
    why: tuple[str, ...] = ()
    lineage: Lineage | None = None
    by: Step | None = None


def drift(claim: Claimed, now: Pack, then: Pack | None, lineage: Callable[[Pack], Lineage] | None = None) -> Drift:
    """A certificate put to today's rules. Nothing is taken over from it but the facts, readings and choices it lists; readings
    it does not list are taken by today's defaults, and so are those it has from a default of then that is another today.
    `lineage` finds the amendments that led from the rules of then to today's; it is asked only where the outcome is another."""
    if claim.pack_digest == now.digest:
        return Drift(Verdict.SAME_RULES, now.digest, changes=())
    if then is None:
        return _put(claim, now)
    found = replace(_put(_by_default(claim, then, now), now), changes=tuple(changed(claim, then, now)))
    if found.verdict is Verdict.SAME or lineage is None:
        return found
    led = lineage(then)
    return replace(found, lineage=led, by=next((step for step in led.steps if _otherwise(claim, then, step.pack)), None))


def _otherwise(claim: Claimed, then: Pack, pack: Pack) -> bool:
    return _put(_by_default(claim, then, pack), pack).verdict is not Verdict.SAME


def _by_default(claim: Claimed, then: Pack, now: Pack) -> Claimed:
    """The certificate without the readings that were taken because they were the default, where that is another by now."""

    def stays(atom: Any) -> bool:
        was, is_ = (pack.readings.get(str(atom.get("reading"))) for pack in (then, now))
        return was is None or is_ is None or was.default == is_.default or was.default != atom.get("is")

    return replace(claim, atoms=tuple(atom for atom in claim.atoms if stays(atom)))


def _put(claim: Claimed, now: Pack) -> Drift:
    """What a certificate lists put to some rules."""
    recalled = Recalled(now, claim)
    try:
        case, asked = recalled.case(), recalled.asked()
        deciding = Deciding(now, case, with_firmness=False)
        contradiction.refuse(deciding.problems)
        answer = deciding.answer(asked)
        before = {recalled.outcome(data, answer.type) for data in claim.outcomes}
    except InputError as error:
        return Drift(Verdict.IMPOSSIBLE, now.digest, why=tuple(problem.what for problem in error.problems))
    except ContradictoryFacts as error:
        return Drift(Verdict.IMPOSSIBLE, now.digest, why=(f"{error.says['zh']} / {error.says['en']}",))
    except (LookupError, ValueError):
        why = "these rules do not know an outcome of which the certificate speaks"
        return Drift(Verdict.IMPOSSIBLE, now.digest, why=(why,))
    return Drift(_verdict(before, answer), now.digest, answer)


def _verdict(before: set[Any], answer: Answer) -> Verdict:
    outcomes = (one.outcome for one in answer.outcomes)
    after = {(one.least, one.greatest) if isinstance(one, Between) else one for one in outcomes}
    if not answer.complete or answer.status is Status.NOT_SHOWN:
        return Verdict.UNSETTLED
    if _exactly(before) == _exactly(after):
        return Verdict.SAME
    spans = any(isinstance(one, tuple) for one in before | after)
    shared = spans or not _exactly(before).isdisjoint(_exactly(after))
    return Verdict.UNSETTLED if answer.depends_on.facts and shared else Verdict.OTHERWISE


def _exactly(outcomes: set[Any]) -> set[tuple[str, Any]]:
    """`True` is not 1."""
    return {(type(one).__name__, one) for one in outcomes}


# -- what differs


def changed(claim: Claimed, then: Pack, now: Pack) -> Iterator[Change]:
    """What differs between two editions among what the answer may consult in either."""
    cone = _cone(then, claim.definition) | _cone(now, claim.definition)
    before, after = json.loads(then.canonical), json.loads(now.canonical)
    took_part = {(rule.get("definition"), rule.get("rule")) for rule in claim.rules}
    yield from _rules(cone, before, after, took_part)
    kinds = (("parameter", "parameters", cone.parameters), ("reading", "readings", cone.readings),
             ("discretion", "discretions", cone.choices), ("calendar", "calendars", None))  # fmt: skip
    for kind, key, names in kinds:
        for name, old, new in _pairs(_named(before, key), _named(after, key)):
            if names is None or name in names:
                yield Change(kind, name, _how(old, new), "", old, new)


def _rules(
    cone: Cone, before: Mapping[str, Any], after: Mapping[str, Any], took_part: set[tuple[Any, Any]]
) -> Iterator[Change]:
    old, new = _named(before, "definitions"), _named(after, "definitions")
    for name in sorted(cone.definitions):
        one, other = old.get(name, {}), new.get(name, {})
        for rule, was, is_ in _pairs(_named(one, "rules"), _named(other, "rules")):
            yield Change("rule", rule, _how(was, is_), name, was, is_, (name, rule) in took_part)
        was, is_ = ({"otherwise": data["otherwise"]} if "otherwise" in data else None for data in (one, other))
        if was != is_:
            yield Change("otherwise", name, _how(was, is_), name, was, is_)


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What differs, by name, in the order of what is new, then of what is gone."""
    for name in [*new, *(name for name in old if name not in new)]:
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _how(old: Any, new: Any) -> How:
    return How.ADDED if old is None else How.REMOVED if new is None else How.CHANGED


def _named(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {one["name"]: one for one in data.get(key, ())}


def _cone(pack: Pack, definition: str) -> Cone:
    return Cones(pack).definition(definition) if definition in pack.definitions else Cone()
