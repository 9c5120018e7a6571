"""What a definition can consult, seen from its form: the definitions, facts, readings, choices, parameters and tables of working
days in its cone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import TEXT


@dataclass(frozen=True)
class Cone:
    """Names, each set of one kind. `fields` are (record or element type, field)."""

    definitions: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    choices: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()
    calendars: frozenset[str] = frozenset()

    def __or__(self, other: Cone) -> Cone:
        return together((self, other))


NOTHING = Cone()


def together(cones: Collection[Cone]) -> Cone:
    """What any of these cones holds."""
    return Cone(*(frozenset().union(*(getattr(cone, kind.name) for cone in cones)) for kind in fields(Cone)))


@dataclass
class Cones:
    """The cones of one pack, each computed once. Into `sealed` definitions nobody looks."""

    pack: Pack
    sealed: frozenset[str] = frozenset()
    _of: dict[str, Cone] = field(default_factory=dict)

    def definition(self, name: str) -> Cone:
        if name not in self._of:
            cone = Cone() if name in self.sealed else self.exprs(expressions(self.pack.definitions[name]))
            self._of[name] = cone | Cone(definitions=frozenset({name}))
        return self._of[name]

    def exprs(self, exprs: Iterable[e.Expr]) -> Cone:
        return together({self._part(part) for expr in exprs for part in e.walk(expr)})

    def _part(self, part: e.Expr) -> Cone:
        match part:
            case e.Fact(name=name):
                return Cone(facts=frozenset({name}))
            case e.Reading(name=name):
                return Cone(readings=frozenset({name}))
            case e.Parameter(name=name):
                return Cone(parameters=frozenset({name}))
            case e.Field(of=of, name=name):
                return Cone(fields=frozenset({(of.type.base, name)}))
            case e.Call(name=name):
                return self.definition(name)
            case e.Choice(name=name):
                return Cone(choices=frozenset({name})) | self._lawful(name)
            case e.Function(args=args):
                tables = [arg.value for arg in args if isinstance(arg, e.Literal) and arg.type == TEXT]
                return Cone(calendars=frozenset(str(table) for table in tables))
            case e.Aggregate(binders=binders):
                return Cone(collections=frozenset(b.collection for b in binders if b.collection))
            case _:
                return NOTHING

    def _lawful(self, name: str) -> Cone:
        spec = self.pack.discretions[name]
        written = [spec.lawful, *([spec.otherwise] if spec.otherwise is not None else [])]
        parts = [part for expr in written for part in e.walk(expr) if not (isinstance(part, e.Choice) and part.name == name)]
        return together({self._part(part) for part in parts})


def expressions(definition: Definition) -> list[e.Expr]:
    """Every expression of a definition, in the order of its rules."""
    found = [expr for rule in definition.rules for expr in (rule.when, rule.value)]
    return found if definition.otherwise is None else [*found, definition.otherwise]


def calls(definition: Definition) -> tuple[str, ...]:
    """The definitions a definition calls directly, in order, each once."""
    parts = (part for expr in expressions(definition) for part in e.walk(expr))
    return tuple(dict.fromkeys(part.name for part in parts if isinstance(part, e.Call)))


def recursion(definitions: Mapping[str, Definition]) -> tuple[str, ...]:
    """A cycle of definitions that call each other, first name repeated at the end; empty if there is none."""
    state: dict[str, int] = {}
    for start in definitions:
        path: list[str] = []
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                state[name] = 2
                path.pop()
                continue
            if state.get(name) == 2 or name not in definitions:
                continue
            if state.get(name) == 1:
                return (*path[path.index(name) :], name)
            state[name] = 1
            path.append(name)
            todo.append((name, True))
            todo.extend((called, False) for called in reversed(calls(definitions[name])))
    return ()
