"""In which kinds of case an answer changes, and in which none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhunsheng.ask.comparing.bothlaws import Comparing
from zhunsheng.ask.comparing.comparison import Direction, together
from zhunsheng.ask.comparing.twolaws import Seen
from zhunsheng.errors import Disagreement, NotShown
from zhunsheng.lang.case import Case
from zhunsheng.lang.kinds import Part, Partition
from zhunsheng.solve.formula import Node
from zhunsheng.solve.paired import Key, Laws, Paired
from zhunsheng.solve.problem import Completion
from zhunsheng.solve.symbols import Assignment

LOOKED_AT = (1, 2)
"""How many elements of each list the cases have that show in which kinds of case a change occurs: few first."""
Replay = Callable[[Paired, Key, Assignment], tuple[Completion, tuple[Any, ...], Seen, Seen]]


@dataclass
class CaseKinds:
    """One answer's classes of change against the ways to divide cases: each class with its direction."""

    comparing: Comparing
    name: str
    laws: Laws
    ways: Sequence[Partition]
    directions: Mapping[Key, Direction]
    replay: Replay
    proved: bool
    _found: dict[tuple[Key, str, str], Case] = field(default_factory=dict)
    _small: dict[int, tuple[Paired, dict[tuple[str, str], Node]]] = field(default_factory=dict)
    _none: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.directions and self.ways:
            for few in LOOKED_AT if self.proved else LOOKED_AT[:1]:
                self._look(few)

    def of(self, completion: Completion) -> tuple[str, ...]:
        """The kind of a case, part by part."""
        parts = [[(part.name, part.when) for part in way.parts] for way in self.ways]
        return tuple(self.comparing.laws.part(completion, each) for each in parts)

    def cases(self, key: Key) -> dict[tuple[str, str], Case]:
        """The kinds of case among which a class occurs, each with a case: as far as small cases show it."""
        return {(way, part): case for (each, way, part), case in self._found.items() if each == key}

    def verdicts(self) -> dict[tuple[str, str], Direction]:
        """The verdict for each kind of case. That a kind is untouched is shown of cases of every size, or not said."""
        found: dict[tuple[str, str], Direction] = {}
        for way in self.ways:
            for part in way.parts:
                here = self._directions(way.name, part.name)
                if here:
                    found[way.name, part.name] = together(sorted(here, key=lambda each: each.value))
                elif not self.directions:
                    found[way.name, part.name] = Direction.EQUIVALENT if self.proved else Direction.NOT_SHOWN
                else:
                    none = self.proved and self._untouched(way.parts, part.name, whole=True)
                    found[way.name, part.name] = Direction.EQUIVALENT if none else Direction.NOT_SHOWN
        return found

    def _directions(self, way: str, part: str) -> set[Direction]:
        return {self.directions[key] for key, own, each in self._found if (own, each) == (way, part)}

    # -- kinds in which there is a change

    def _look(self, few: int) -> None:
        """A case of each class in each kind of which none is known that changes in this direction."""
        small = self._paired(few)
        conditions = [small.kind([part.when for part in way.parts]) for way in self.ways]
        nodes = {
            (way.name, part.name): node
            for way, own in zip(self.ways, conditions, strict=True)
            for part, node in zip(way.parts, own, strict=True)
        }
        for key, direction in self.directions.items():
            for index, way in enumerate(self.ways):
                for part in way.parts:
                    if direction in self._directions(way.name, part.name) and few > LOOKED_AT[0]:
                        continue
                    if not self._directions(way.name, part.name) and few > LOOKED_AT[0] and self._untouched(way.parts, part.name):
                        continue
                    self._try(small, key, nodes[way.name, part.name], index, way.name, part.name)

    def _try(self, small: Paired, key: Key, node: Node, index: int, way: str, part: str) -> None:
        try:
            model = small.satisfy(small.has(key), node)
        except NotShown:
            return
        if model is not None:
            completion, _, before, _ = self.replay(small, key, model)
            if self.of(completion)[index] != part:
                raise Disagreement(f"{self.name}: the reference meaning takes a case of {part} for another kind")
            self._found[key, way, part] = before.case

    def _paired(self, few: int) -> Paired:
        comparing = self.comparing
        cone = comparing.cones.exprs(part.when for way in self.ways for part in way.parts if part.when is not None)
        cone = cone | comparing.cones.definition(self.name) | comparing.cones.definition(self.laws.after.name)
        slots = dict.fromkeys(sorted(cone.collections), few)
        return Paired(comparing.everywhere(self.name, slots, comparing.everything), self.laws)

    # -- kinds in which there is none

    def _untouched(self, parts: Sequence[Part], name: str, *, whole: bool = False) -> bool:
        """Whether it is shown that no case of a kind changes, however many elements it has: with what lies deeper cut off, or
        (`whole`) without."""
        comparing, key = self.comparing, (parts[0].name, name)
        index = [part.name for part in parts].index(name)
        if key not in self._none:
            self._none[key] = self._loose is not None and self._none_of(self._loose, parts, index)
        if self._none[key] or not whole:
            return self._none[key]
        try:
            conditions = [part.when for part in parts[: index + 1] if part.when is not None]
            lean = comparing.bound_of(self.laws, comparing.lean, conditions)
            comparing.refuse(lean)
        except NotShown:
            return False
        return self._none_of(Paired(comparing.everywhere(self.name, lean.slots, comparing.lean), self.laws), parts, index)

    @cached_property
    def _loose(self) -> Paired | None:
        conditions = [part.when for way in self.ways for part in way.parts if part.when is not None]
        return self.comparing.loosely(self.name, self.laws, conditions)

    def _none_of(self, paired: Paired, parts: Sequence[Part], index: int) -> bool:
        try:
            node = paired.kind([part.when for part in parts])[index]
            return paired.satisfy(paired.differs(), node) is None
        except NotShown:
            return False
