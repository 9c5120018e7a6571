"""A decided answer as a certificate: its outcomes, with facts that suffice for them and none to spare.

The kernel is the judge: an atom is left out where the kernel still reaches the same outcomes without it. Atoms are tried
in one order (facts, then readings and choices, in the pack's order; that a list holds no others comes last), so the set is
reproducible. It is irreducible under its evidence, not the smallest there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhunsheng import __version__
from zhunsheng.ask.answers import Asked, ElementAt
from zhunsheng.ask.replay import for_reference
from zhunsheng.ask.report import Answer, Between, Possible
from zhunsheng.certify import kernel
from zhunsheng.errors import Incomplete, NotShown
from zhunsheng.evaluate import Element, Run
from zhunsheng.lang.case import UNKNOWN, Case, Entry, Listing
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import NONE, Period, Special, Value
from zhunsheng.read.vocabulary import canonical

Atom = Mapping[str, Any]
MOST_LEAVES = 64
"""Larger splits are not looked for: the kernel would take them, but finding one takes too long."""
MOST_STEPS = 200_000
"""Of the kernel's, for finding a split: about half a second."""


def as_data(value: Value) -> Any:
    """A value as certificates write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Special(name=name):
            return name
        case date():
            return value.isoformat()
        case Period():
            return {"years": value.years, "months": value.months, "days": value.days}
        case _:
            return value


def atoms_of(
    pack: Pack, facts: Mapping[str, Any], readings: Mapping[str, str], choices: Mapping[str, Value]
) -> list[Atom]:
    """All that is stated of a case, in the order in which it is tried to do without."""
    closures: list[Atom] = []
    found: list[Atom] = [atom for name, spec in pack.facts.items() for atom in _fact(spec, facts.get(name, UNKNOWN))]
    for name, collection in pack.collections.items():
        listing = facts.get(name, UNKNOWN)
        if not isinstance(listing, Listing):
            continue
        for index, element in enumerate(listing.elements):
            found += _fields(f"{name}[{index}]", collection.fields, element)
            found.append({"fact": f"{name}[{index}]", "is": "present"})
        if listing.complete:
            closures.append({"fact": name, "is": len(listing.elements)})
    found += [{"reading": name, "is": readings[name]} for name in pack.readings if name in readings]
    found += [{"choice": name, "is": as_data(choices[name])} for name in pack.discretions if name in choices]
    return closures + found


def _fact(spec: FactSpec, value: Any) -> Iterator[Atom]:
    if spec.type is not None:
        yield from _fields("", (spec,), {spec.name: value})
    elif value is NONE:
        yield {"fact": spec.name, "is": "none"}
    elif isinstance(value, Mapping):
        yield {"fact": spec.name, "is": "present"}
        yield from _fields(spec.name, spec.record, value)


def _fields(path: str, specs: Sequence[FactSpec], entry: Entry) -> Iterator[Atom]:
    for spec in specs:
        value = entry.get(spec.name, UNKNOWN)
        here = f"{path}.{spec.name}" if path else spec.name
        if spec.inert or value is UNKNOWN:
            continue
        if isinstance(value, Mapping):
            yield from ({"fact": f"{here}.{key}", "is": as_data(one)} for key, one in value.items() if one is not UNKNOWN)
        else:
            yield {"fact": here, "is": as_data(value)}


def certificate(pack: Pack, case: Case, asked: Asked, answer: Answer, loaded: kernel.Pack | None = None) -> str:
    """The certificate of a decided answer, as canonical JSON: `python kernel.py` accepts it with the pack's canonical form.

    `loaded` is the pack as the kernel reads it, where many certificates are made. Raises `NotShown` where possibilities do
    not show that there is no other outcome, split or not, or where an outcome has no case of its own.
    """
    loaded = loaded or kernel.Pack(pack.canonical.encode())
    if not answer.complete or not answer.outcomes:
        raise NotShown(f"{asked.key}: there is no complete answer to certify")
    question = Question(loaded, asked, tuple(_outcome_data(one) for one in answer.outcomes))
    defaults = {name: spec.default for name, spec in pack.readings.items() if spec.default is not None}
    choices = {name: made.value for name, made in case.choices.items()}
    atoms = atoms_of(pack, case.facts, {**defaults, **case.readings}, choices)
    cone = Cones(pack).definition(asked.definition)
    atoms = [atom for atom in atoms if _spoken_of(cone, atom)]
    split = _split(pack, case, question, atoms, cone)
    near = _touched(pack, case, asked, atoms, {**defaults, **case.readings}, choices)
    close = not split and question.shown(near, split)
    atoms = irreducible(near if close else atoms, lambda kept: question.shown(kept, split), 1 if close else 8)
    split = irreducible(split, lambda kept: question.shown(atoms, kept), 1)
    evidence: dict[str, Any] = {"rules": _statuses(question, atoms, split)}
    evidence |= {"split": split} if split else {}
    if len(answer.outcomes) > 1:
        evidence["cases"] = [{"atoms": _witness(pack, asked, one)} for one in answer.outcomes]
    return canonical({
        "format": 1, "kind": "decision" if len(answer.outcomes) == 1 else "open decision",
        "pack": {"id": pack.name, "digest": pack.digest},
        "claim": {"answer": asked.key, **question.data(), "atoms": atoms}, "evidence": evidence,
        "trusted": list(kernel.TRUSTED), "made_by": f"zhunsheng {__version__}",
    })  # fmt: skip


def _spoken_of(cone: Cone, atom: Atom) -> bool:
    """Whether the rules that the answer may look at speak of it at all."""
    head = re.split(r"[\[.]", str(atom.get("fact", "")))[0]
    return head in cone.facts | cone.collections or atom.get("reading") in cone.readings or atom.get("choice") in cone.choices


def _touched(
    pack: Pack, case: Case, asked: Asked, atoms: list[Atom], readings: Mapping[str, str], choices: Mapping[str, Value]
) -> list[Atom]:
    """The atoms that the derivation rests on, where the case says enough for one; else all. Only saves time."""
    run = Run(pack, case.facts, readings, choices)
    try:
        rests = run.touched(asked.definition, for_reference(asked.args))
    except Incomplete:
        return atoms
    elements = [(name, n) for name in pack.collections for n in range(len(case.facts[name].elements))]
    labels = {f"{name}[{n}]": run.facts.path(Element(name, n)) for name, n in elements}
    found = []
    for atom in atoms:
        path = str(atom.get("fact", ""))
        head, bracket, rest = path.partition("]")
        shown = labels.get(head + bracket, head + bracket) + rest
        records = {fact.partition(".")[0] for fact in rests.facts}
        named = shown in rests.facts or path in rests.lists or path in records or path in labels
        if named or atom.get("reading") in rests.readings or atom.get("choice") in rests.choices:
            found.append(atom)
    return found


@dataclass(frozen=True)
class Question:
    """What is claimed: an answer has these outcomes and no others. The kernel judges."""

    loaded: kernel.Pack
    asked: Asked
    outcomes: tuple[Mapping[str, Any], ...]
    judge: kernel.Asked = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "judge", kernel.Asked(self.loaded, self.data()))

    def data(self) -> dict[str, Any]:
        args = [f"{a.collection}[{a.index}]" if isinstance(a, ElementAt) else as_data(a) for a in self.asked.args]
        return {"definition": self.asked.definition, "args": args, "outcomes": list(self.outcomes)}

    def worlds(self, atoms: Sequence[Atom], split: Sequence[Atom]) -> Iterator[kernel.World]:
        self.loaded.steps = 0
        return kernel.worlds_of(self.loaded, list(atoms), list(split))

    def shown(self, atoms: Sequence[Atom], split: Sequence[Atom]) -> bool:
        """Whether the kernel finds no other outcome possible."""
        try:
            verdicts = []
            for world in self.worlds(atoms, split):
                verdicts.append(self._within(world))
                if not verdicts[-1]:
                    return False
            return bool(verdicts)
        except kernel.Refused:
            return False

    def _within(self, world: kernel.World) -> bool:
        found, _ = world.settle(self.asked.definition, self.judge.args(world))
        return self.judge.covers(found, list(self.outcomes))


def irreducible(atoms: Sequence[Atom], suffices: Callable[[list[Atom]], bool], at_once: int) -> list[Atom]:
    """Those atoms, tried in order, that cannot be done without. `suffices` holds of more atoms where it holds of fewer, so
    stretches of `at_once` atoms may be tried together, with the result of trying one by one."""
    kept = list(atoms)

    def reduce(stretch: list[Atom]) -> None:
        nonlocal kept
        without = [atom for atom in kept if atom not in stretch]
        if suffices(without):
            kept = without
        elif len(stretch) > 1:
            half = len(stretch) // 2
            reduce(stretch[:half])
            reduce(stretch[half:])

    for first in range(0, len(atoms), at_once):
        reduce(list(atoms[first : first + at_once]))
    return kept


def _split(pack: Pack, case: Case, question: Question, atoms: Sequence[Atom], cone: Cone) -> list[Atom]:
    """Nothing where possibilities show it as it stands; else readings, choices and facts that are open and can be listed."""
    if question.shown(atoms, []):
        return []
    unread = [n for n in pack.readings if n in cone.readings and n not in case.readings and pack.readings[n].default is None]
    candidates: list[Atom] = [{"reading": name} for name in unread]
    candidates += [{"choice": name} for name in pack.discretions if name in cone.choices and name not in case.choices]
    candidates += [{"fact": path} for path in _open_facts(pack, case, cone)]
    split: list[Atom] = []
    leaves, steps = 1, 0
    for candidate in candidates:
        size = _options(question, candidate)
        if size * leaves > MOST_LEAVES:
            continue
        split, leaves = [*split, candidate], leaves * size
        if question.shown(atoms, split):
            return split
        steps += question.loaded.steps
        if steps > MOST_STEPS:
            break
    raise NotShown(f"{question.asked.key}: possibilities do not show that nothing else is possible, whatever is split")


def _options(question: Question, candidate: Atom) -> int:
    """How many ways a symbol may go; more than can be looked at where they cannot be listed."""
    try:
        return len(kernel.ways(question.loaded, candidate))
    except kernel.Refused:
        return MOST_LEAVES + 1


def _open_facts(pack: Pack, case: Case, cone: Cone) -> Iterator[str]:
    """The unknown facts of few values that the answer may look at, those of the case before those of its elements."""
    for name, spec in pack.facts.items():
        value = case.facts[name]
        if name not in cone.facts:
            continue
        if value is UNKNOWN and (spec.type is None or spec.type.base not in ("day", "number", "text")):
            yield name
        elif isinstance(value, Mapping):
            yield from _open_fields(name, spec.record, value)
    for name, collection in pack.collections.items():
        for index, element in enumerate(case.facts[name].elements if name in cone.collections else ()):
            yield from _open_fields(f"{name}[{index}]", collection.fields, element)


def _open_fields(path: str, specs: Sequence[FactSpec], entry: Entry) -> Iterator[str]:
    for spec in specs:
        listable = spec.type is not None and spec.type.base not in ("day", "number", "text") and not spec.type.keyed_by
        if listable and not spec.inert and entry.get(spec.name, UNKNOWN) is UNKNOWN:
            yield f"{path}.{spec.name}"


def _outcome_data(possible: Possible) -> Mapping[str, Any]:
    match possible.outcome:
        case FailureKind() as kind:
            return {"failure": kind.word}
        case Between(least=least, greatest=greatest):
            return {"from": as_data(least), "to": as_data(greatest)}
        case value:
            return {"value": as_data(value)}


def _witness(pack: Pack, asked: Asked, possible: Possible) -> list[Atom]:
    witness = possible.witness
    if witness is None or isinstance(possible.outcome, Between):
        raise NotShown(f"{asked.key}: an outcome comes without a case that shows it")
    choices = {name: made.value for name, made in witness.choices.items()}
    run = Run(pack, witness.facts, witness.readings, choices)
    lawful = {name: value for name, value in choices.items() if value in run.lawful(name)}
    return atoms_of(pack, witness.facts, witness.readings, lawful)


def _statuses(question: Question, atoms: Sequence[Atom], split: Sequence[Atom]) -> list[dict[str, Any]]:
    """The rules that surely fired or were defeated, in every leaf, where their arguments can be written down."""
    shared: dict[str, dict[str, Any]] | None = None
    for world in question.worlds(atoms, split):
        question._within(world)
        found = {canonical(one): one for one in _standing(question.loaded, world)}
        shared = found if shared is None else {key: one for key, one in shared.items() if key in found}
    return [one for _, one in sorted((shared or {}).items())]


def _standing(loaded: kernel.Pack, world: kernel.World) -> Iterator[dict[str, Any]]:
    for (key, supposed), (_, statuses) in world.settled.items():
        name, *possible = key
        types = [type_ for _, type_ in loaded.signature(name)[0]]
        args = [_argument(type_, one) for type_, one in zip(types, possible, strict=True)]
        if supposed or any(arg is None for arg in args):
            continue
        for rule, (status, by) in zip(loaded.definition(name)[0], statuses, strict=True):
            if status:
                defeaters = {"by": by} if status == "defeated" else {}
                yield {"definition": name, "args": args, "rule": rule.name, "status": status, **defeaters}


def _argument(type_: kernel.Type, possible: kernel.Possible) -> Any:
    """An argument that is one thing, as certificates write it; None for any other."""
    if not kernel.single(possible) or possible.fails:
        return None
    if possible.span is not None:
        number = possible.span[0]
        return date.fromordinal(number).isoformat() if type_.base == "day" else number
    (atom,) = possible.atoms
    if isinstance(atom, tuple):
        if len(atom) == 1:
            return atom[0]
        return f"{atom[1]}[{atom[2]}]" if len(atom) == 3 and isinstance(atom[2], int) and atom[2] >= 0 else None
    return as_data(atom)
