"""What is left of edits once both packs are typed: the provisions they are about, and the days that govern them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Amendment, Edit, Kind
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import nearest
from zhunsheng.lang.types import DAY, Type
from zhunsheng.lang.typing import Reader, Refused
from zhunsheng.read.drafts import Draft, Drafted
from zhunsheng.read.questions import pack_scope
from zhunsheng.read.words import Report


def typed(drafted: Drafted, base: Pack, pack: Pack, report: Report) -> Amendment:
    edits = tuple(_edit(draft, base, pack, report) for draft in drafted.edits)
    return Amendment(drafted.name, drafted.against[0], drafted.says, drafted.source, drafted.in_force_from,
                     drafted.issued_on, edits, drafted.renames, drafted.at)  # fmt: skip


def _edit(draft: Draft, base: Pack, pack: Pack, report: Report) -> Edit:
    becomes = ""
    if draft.becomes:
        enumeration = pack.enumerations.get(draft.name.partition("/")[0])
        left = () if enumeration is None else enumeration.values
        values = {value.written: value.name for value in left} | {value.name: value.name for value in left}
        becomes = values.get(draft.becomes, "")
        if not becomes:
            hint = nearest(draft.becomes, values) or f"values: {', '.join(dict.fromkeys(values.values()))}"
            report.add(draft.at, f"{draft.becomes!r} is no value that remains", hint)
    fixed = pack.readings[draft.name].default or "" if draft.act is Act.FIX and draft.name in pack.readings else ""
    days = {name: _governing(draft, name, base, pack, report) for name in _touched(draft, base, pack)}
    governs = {name: day for name, day in days.items() if day is not None}
    return Edit(draft.act, draft.kind, draft.name, _provision(draft, base, pack), governs, becomes, fixed, draft.at)


def _touched(draft: Draft, base: Pack, pack: Pack) -> list[str]:
    """The definitions that the edit itself changes, in which a governing day is looked for."""
    match draft.kind:
        case Kind.RULE:
            return [draft.name.partition("/")[0]]
        case Kind.DEFINITION | Kind.OTHERWISE:
            return [draft.name] if draft.name in base.definitions and draft.name in pack.definitions else []
        case Kind.DUTY:
            return [f"duty {draft.name} {word}" for word in ("owed", "by") if f"duty {draft.name} {word}" in pack.definitions]
        case Kind.DISCRETION:
            return [draft.name] if draft.name in base.discretions and draft.name in pack.discretions else []
        case Kind.PARAMETER | Kind.READING:
            form = e.Parameter if draft.kind is Kind.PARAMETER else e.Reading
            speaking = [
                name
                for law in (base, pack)
                for name, written in _wordings(law)
                for expr in written
                for part in e.walk(expr)
                if isinstance(part, form) and part.name == draft.name
            ]
            return [name for name in dict.fromkeys(speaking) if name in pack.definitions or name in pack.discretions]
        case _:
            return []


def _wordings(law: Pack) -> Iterator[tuple[str, Iterable[e.Expr]]]:
    """What a law's definitions say, and what it says of choices."""
    for name, definition in law.definitions.items():
        yield name, expressions(definition)
    for name, spec in law.discretions.items():
        yield name, (spec.lawful, *([spec.otherwise] if spec.otherwise is not None else []))


def _governing(draft: Draft, name: str, base: Pack, pack: Pack, report: Report) -> e.Expr | None:
    """The day that decides which law holds in a definition: an expression in its scope."""
    if draft.governs is None:
        return None
    scope = pack_scope(base)
    for parameter, type_ in _asked_of(pack, name):
        scope = scope.bind(parameter, type_)
    try:
        expr = Reader(scope).read(draft.governs, Type("day", frozenset(base.specials)))
    except Refused as refused:
        report.add(refused.problem.place, f"in {name!r}, {refused.problem.what}",
                   f"name a day that can be seen there{_days_in(base, name)}")  # fmt: skip
        return None
    if expr.type.base != DAY.base:
        report.add(draft.governs.locate(0), "a governing day is a day", "write a day that can be seen in the definition")
        return None
    return expr


def _asked_of(pack: Pack, name: str) -> tuple[tuple[str, Type], ...]:
    """The parameters of a definition; a choice has none."""
    return pack.definitions[name].parameters if name in pack.definitions else ()


def _days_in(pack: Pack, name: str) -> str:
    """The days a definition can see, for a message."""
    days = [parameter for parameter, type_ in _asked_of(pack, name) if type_.base == "day"]
    for parameter, type_ in _asked_of(pack, name):
        collection = pack.element_of(type_.base)
        fields = collection.fields if collection else ()
        days += [f"{parameter}.{field.name}" for field in fields if field.type is not None and field.type.base == "day"]
    days += [fact for fact, spec in pack.facts.items() if spec.type is not None and spec.type.base == "day"]
    return f": {', '.join(days)}" if days else ""


def _provision(draft: Draft, base: Pack, pack: Pack) -> str:
    """The provision an edit is about."""
    for law in (base, pack):
        match draft.kind:
            case Kind.PARAMETER if draft.name in law.parameters:
                return law.parameters[draft.name].provision
            case Kind.RULE:
                owner, _, rule = draft.name.partition("/")
                found = law.definitions.get(owner)
                for each in found.rules if found else ():
                    if each.name == rule:
                        return each.provision
            case Kind.DEFINITION | Kind.OTHERWISE if draft.name in law.definitions:
                return law.definitions[draft.name].provision
            case Kind.DUTY if draft.name in law.duties:
                return law.duties[draft.name].provision
            case Kind.READING if draft.name in law.readings:
                return law.readings[draft.name].provisions[0]
            case Kind.DISCRETION if draft.name in law.discretions:
                return law.discretions[draft.name].provision
            case Kind.PROVISION:
                return draft.name
            case Kind.VALUE | Kind.ENUMERATION if (known := law.enumerations.get(draft.name.partition("/")[0])) is not None:
                return known.provision
    return ""
