"""Expressions from outside a pack: on the command line, in a theorem."""

from __future__ import annotations

from collections.abc import Mapping

from zhunsheng.errors import InputError
from zhunsheng.lang.expr import Expr
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.scope import Scope, Signature
from zhunsheng.lang.types import Type
from zhunsheng.lang.typing import Reader, Refused, Source, plain_source


def pack_scope(pack: Pack) -> Scope:
    """The vocabulary of a pack."""
    return Scope(
        enumerations=pack.enumerations,
        specials=frozenset(pack.specials),
        facts=pack.facts,
        collections=pack.collections,
        parameters={name: spec.type for name, spec in pack.parameters.items()},
        readings={name: spec.type for name, spec in pack.readings.items()},
        discretions={name: spec.type for name, spec in pack.discretions.items()},
        definitions={name: Signature(spec.parameters, spec.type) for name, spec in pack.definitions.items()},
        calendars=tuple(pack.calendars),
    )


def parse_expression(
    text: str | Source, pack: Pack, expected: Type | None = None, variables: Mapping[str, Type] | None = None
) -> Expr:
    """The expression a text is, in the pack's vocabulary with these variables bound. InputError where it is none."""
    scope = pack_scope(pack)
    for name, type_ in (variables or {}).items():
        scope = scope.bind(name, type_)
    try:
        return Reader(scope).read(plain_source(text) if isinstance(text, str) else text, expected)
    except Refused as refused:
        raise InputError([refused.problem]) from None
