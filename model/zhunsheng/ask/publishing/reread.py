"""What is to be read again where the wording of a provision differs: all that encodes it, speaks of it, or rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhunsheng.ask.publishing.gathered import gathered, holding
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Definition, Pack, Provision
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.wording import levels, normal


@dataclass(frozen=True)
class Reread:
    """Names, each list in the order of the pack. `rules`: definition and rule; `cases`: scenarios by their file's stem;
    `provisions`: those it was gathered for, with the parts under them; `answers`: what a case is asked for that rests on any."""

    provisions: tuple[str, ...]
    definitions: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    duties: tuple[str, ...]
    readings: tuple[str, ...]
    discretions: tuple[str, ...]
    parameters: tuple[str, ...]
    notes: tuple[str, ...]
    assumptions: tuple[str, ...]
    theorems: tuple[str, ...]
    cases: tuple[str, ...]
    answers: tuple[str, ...]


class Rereading:
    """The same question about many provisions of one pack."""

    def __init__(self, pack: Pack, cases: Mapping[str, Case], theorems: Sequence[Theorem]) -> None:
        self.pack, self.cones = pack, Cones(pack)
        self.concerning = gathered(pack, cases, theorems)

    def of(self, refs: Iterable[str]) -> Reread:
        """What concerns any of these provisions: they themselves, the parts that stand under their words, and whatever speaks of
        the whole that they are part of."""
        own = self._with_parts(refs)
        spoken = self._with_wholes(own)
        pack = self.pack
        rules = tuple((one.name, rule.name) for one in _written(pack) for rule in one.rules if rule.provision in own)
        names = dict.fromkeys([name for ref in own for name in pack.provisions[ref].definitions] + [name for name, _ in rules])
        duties = tuple(one.name for one in pack.duties.values() if one.provision in own)
        readings, discretions = self._named("readings", spoken), self._named("discretions", spoken)
        parameters = self._named("parameters", spoken)
        return Reread(
            own, tuple(names), rules, duties, readings, discretions, parameters, self._named("notes", spoken),
            tuple(one.name for one in pack.assumptions if holding(pack, one.provision) in own),
            self._named("theorems", spoken), self._named("cases", spoken),
            self._answers(frozenset(names), frozenset(readings), frozenset(discretions), frozenset(parameters)),
        )  # fmt: skip

    def _with_parts(self, refs: Iterable[str]) -> tuple[str, ...]:
        """The provisions, and the items under their words. A second paragraph does not stand under the first."""
        wanted = [levels(ref) for ref in dict.fromkeys(holding(self.pack, ref) for ref in refs) if ref]
        return tuple(ref for ref in self.pack.provisions if any(_under(levels(ref), whole) for whole in wanted))

    def _with_wholes(self, refs: Sequence[str]) -> tuple[str, ...]:
        wanted = [levels(ref) for ref in refs]
        return tuple(ref for ref in self.pack.provisions if any(part[: len(levels(ref))] == levels(ref) for part in wanted))

    def _named(self, kind: str, refs: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for ref in refs for name in getattr(self.concerning[ref], kind)))

    def _answers(
        self, names: frozenset[str], readings: frozenset[str], choices: frozenset[str], parameters: frozenset[str]
    ) -> tuple[str, ...]:
        found = []
        for answer in self.pack.answers:
            cone = self.cones.definition(answer)
            if cone.definitions & names or cone.readings & readings or cone.choices & choices or cone.parameters & parameters:
                found.append(answer)
        return tuple(found)


def _written(pack: Pack) -> Iterator[Definition]:
    """The definitions that stand in the pack's files; those that a duty is made of are read again with the duty."""
    return (one for one in pack.definitions.values() if not one.name.startswith("duty "))


def lost_words(provision: Provision, wording: str) -> tuple[str, ...]:
    """The qualifying words that the pack takes from a provision and that do not stand in this wording of it."""
    return tuple(one.word for one in provision.qualifiers if not stands_in(one.word, wording))


def stands_in(word: str, wording: str) -> bool:
    """Whether a qualifying word stands in a wording. A remark of the pack's own may follow in brackets; `…` leaves words out."""
    said = normal(wording)
    bare = word[: word.rindex("（")] if word.endswith("）") and "（" in word else word
    return any(_in_order([normal(piece) for piece in one.split("…")], said) for one in (word, bare) if one)


def _in_order(parts: Iterable[str], said: str) -> bool:
    at = 0
    for part in parts:
        found = said.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _under(ref: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return ref == whole or (ref[: len(whole)] == whole and not ref[len(whole)].startswith("."))
