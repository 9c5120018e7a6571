"""An answer written out once for every way to choose, or for a few of which nothing is known: for the bound of a question about
several lawful choices at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.rewriting import Names, renamed, rewritten
from zhunsheng.solve.symbols import discretion_values


def by_choice(
    pack: Pack, definition: Definition, choices: Sequence[str], ways: Iterable[int] | None = None
) -> tuple[Pack, list[str]]:
    """The pack with a copy of the definition, and of all it calls that turns on these choices, for each way to choose (or for
    each of `ways`, whatever is chosen there); and the names of the copies. What no choice has a part in stands once."""
    if not choices:
        return pack, [definition.name]
    cones = Cones(pack)
    inside = sorted(cones.definition(definition.name).definitions)
    turning = [name for name in inside if cones.definition(name).choices & set(choices)]
    if not turning:
        return pack, [definition.name]
    definitions, discretions, found = dict(pack.definitions), dict(pack.discretions), []
    if ways is None:
        ways = range(math.prod(len(discretion_values(pack, name)) for name in choices))
    for number in ways:
        names = Names(definitions={n: f"{n}#{number}" for n in turning}, choices={c: f"{c}#{number}" for c in choices})
        definitions |= {f"{n}#{number}": renamed(pack.definitions[n], f"{n}#{number}", names) for n in turning}
        for choice in choices:
            spec = pack.discretions[choice]
            otherwise = None if spec.otherwise is None else rewritten(spec.otherwise, names)
            lawful = rewritten(spec.lawful, names)
            discretions[f"{choice}#{number}"] = replace(spec, name=f"{choice}#{number}", lawful=lawful, otherwise=otherwise)
        found.append(f"{definition.name}#{number}")
    return replace(pack, definitions=definitions, discretions=discretions), found


def calls(pack: Pack, names: Sequence[str], parameters: Sequence[str]) -> list[e.Expr]:
    """Each definition, called at variables of these names."""
    found: list[e.Expr] = []
    for name in names:
        spec = pack.definitions[name]
        args = tuple(e.Var(own, type_) for own, (_, type_) in zip(parameters, spec.parameters, strict=True))
        found.append(e.Call(name, args, spec.type))
    return found
