"""What a single edit of a law is, and the making of one: a part of a rule put in another's place and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Edit, Kind
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.rewriting import Names, rewritten
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.types import YES_NO, Value
from zhunsheng.lang.typing import Reader, Refused, plain_source, ruled_out
from zhunsheng.lang.unparse import unparse
from zhunsheng.read import pack_scope

MOST_VALUES = 16
"""Of how many values each is put in a place: more than that nobody writes out, as of industries."""


class Way(Enum):
    """What kind of edit it is. EXCEPTED adds to what a rule excepts, DEFAULT says what the least or greatest of nothing is,
    OTHERWISE what holds where no rule does, PREVAILING which of two rules prevails."""

    SETTLED = "settled"
    MOVED = "moved"
    BOUNDARY = "boundary"
    ADDED = "added"
    EXCEPTED = "excepted"
    DROPPED = "dropped"
    DEFAULT = "default"
    OTHERWISE = "otherwise"
    PREVAILING = "prevailing"


@dataclass(frozen=True)
class Candidate:
    """An edit and the law it makes. `value`: the option, the number, day or period that is put there, the new comparison as text,
    the item added, what comes out where nothing did, or the rule that is prevailed over; of a dropped condition nothing. `was`:
    the comparison, list, condition or choice among elements as it stands, as text."""

    edit: Edit
    way: Way
    value: Value
    law: Pack
    was: str = ""


Changed = tuple[str, str, Rule]
"""What stands there, what is put there (both as text), and the rule that comes of it."""


def put(whole: e.Expr, part: e.Expr, other: e.Expr) -> e.Expr:
    """The whole with another expression in the place of this one part of it, and not of its like elsewhere."""
    return rewritten(whole, Names(put=lambda here: other if here is part else None))


def scope_of(pack: Pack, definition: Definition) -> Scope:
    """What the names in a definition may mean."""
    scope = pack_scope(pack)
    for name, type_ in definition.parameters:
        scope = scope.bind(name, type_)
    return scope


def read_again(scope: Scope, definition: Definition, rule: Rule) -> Rule | None:
    """The rule as the language reads it; None where nobody could write it, such as one that compares what may be `none`."""
    reader = Reader(scope)
    try:
        when = reader.read(plain_source(unparse(rule.when)), YES_NO)
        value = reader.read(plain_source(unparse(rule.value)), definition.type, ruled_out(when, True))
    except Refused:
        return None
    return replace(rule, when=when, value=value)


def of_rule(pack: Pack, definition: Definition, rule: Rule, way: Way, was: str, now: str) -> Candidate:
    """The edit that puts a rule in the place of the one of its name."""
    rules = tuple(rule if other.name == rule.name else other for other in definition.rules)
    law = law_with(pack, definitions={definition.name: replace(definition, rules=rules)})
    edit = Edit(Act.REPLACE, Kind.RULE, f"{definition.name}/{rule.name}", rule.provision)
    return Candidate(edit, way, now, law, was)


def law_with(
    pack: Pack, readings: Mapping[str, object] | None = None, parameters: Mapping[str, object] | None = None,
    definitions: Mapping[str, object] | None = None,
) -> Pack:  # fmt: skip
    """The pack with these in the place of those of the same names."""
    changed = {
        "readings": {**pack.readings, **(readings or {})},
        "parameters": {**pack.parameters, **(parameters or {})},
        "definitions": {**pack.definitions, **(definitions or {})},
    }
    return replace(pack, canonical="", digest="", **changed)  # type: ignore[arg-type]  # each of its own kind
