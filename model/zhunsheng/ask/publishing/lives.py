"""The life of a thing: the days that a pack knows of an element (a downgrade, a loan) or of the case itself, and which of them
follow from which. Seen from the form of the pack alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import expressions
from zhunsheng.lang.pack import Definition, Pack


@dataclass(frozen=True)
class Moment:
    """A day that is stated (a fact: `record.field`, `list.field`, or a fact's name) or that follows (`definition`).

    `after`: the moments it is reckoned from, by their keys; `parameters`: those it is reckoned with."""

    key: str
    definition: str = ""
    after: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Life:
    """`of`: the collection whose elements have this life; empty for the case itself."""

    of: str
    moments: tuple[Moment, ...]


def lives(pack: Pack) -> tuple[Life, ...]:
    """One for each collection of which days follow, then that of the case. Stated days that nothing follows from are left out."""
    of_elements = (_Life(pack, name, spec.element).life() for name, spec in pack.collections.items())
    return tuple(life for life in (*of_elements, _Life(pack, "", "").life()) if any(one.definition for one in life.moments))


@dataclass
class _Life:
    pack: Pack
    of: str
    element: str
    days: Mapping[str, Definition] = field(init=False)

    def __post_init__(self) -> None:
        self.days = self._days()

    def life(self) -> Life:
        follow = [self._following(definition) for definition in self.days.values()]
        used = {key for one in follow for key in one.after}
        tied = [one for one in follow if one.after or one.key in used]
        stated = [Moment(key) for key in self._stated() if any(key in one.after for one in tied)]
        return Life(self.of, (*stated, *tied))

    def _days(self) -> Mapping[str, Definition]:
        """Definitions that come to a day of this thing and of nothing else."""
        wanted = [self.element] if self.element else []
        return {
            name: one for name, one in self.pack.definitions.items()
            if one.type.base == "day" and one.type.keyed_by is None and not name.startswith("duty ")
            and [type_.base for _, type_ in one.parameters] == wanted
        }  # fmt: skip

    def _stated(self) -> list[str]:
        if self.of:
            return [f"{self.of}.{spec.name}" for spec in self.pack.collections[self.of].fields if _is_day(spec.type)]
        alone = [name for name, spec in self.pack.facts.items() if _is_day(spec.type)]
        return alone + [
            f"{name}.{one.name}" for name, spec in self.pack.facts.items() for one in spec.record if _is_day(one.type)
        ]

    def _following(self, definition: Definition) -> Moment:
        after, parameters = dict[str, None](), dict[str, None]()
        for kind, name in self._looked(definition, {definition.name}):
            (parameters if kind == "parameter" else after)[name] = None
        return Moment(definition.name, definition.name, tuple(after), tuple(parameters))

    def _looked(self, definition: Definition, seen: set[str]) -> Iterator[tuple[str, str]]:
        """What a definition looks at: days of this thing and parameters, by itself or through helpers that are no days of it."""
        for expr in expressions(definition):
            for part in e.walk(expr):
                match part:
                    case e.Parameter(name=name):
                        yield "parameter", name
                    case e.Fact(name=name) if not self.of and _is_day(part.type):
                        yield "moment", name
                    case e.Field(of=of, name=name) if _is_day(part.type) and self._owner(of):
                        yield "moment", f"{self._owner(of)}.{name}"
                    case e.Call(name=name) if name in self.days:
                        yield "moment", name
                    case e.Call(name=name) if name not in seen:
                        seen.add(name)
                        yield from self._looked(self.pack.definitions[name], seen)
                    case _:
                        pass

    def _owner(self, of: e.Expr) -> str:
        if self.of:
            return self.of if of.type.base == self.element else ""
        return of.name if isinstance(of, e.Fact) else ""


def _is_day(type_: object) -> bool:
    return getattr(type_, "base", "") == "day"
