"""What the questions of one interview share: the plainest case in keeping with what is known, and what an answer may come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from zhunsheng.ask.deciding.answers import Asked
from zhunsheng.ask.deciding.decide import Deciding
from zhunsheng.ask.deciding.problems import Shared
from zhunsheng.ask.deciding.unstated import EXISTS, HOW_MANY, VALUE
from zhunsheng.ask.deciding.worlds import Worlds, worlds
from zhunsheng.ask.interviewing.around import Around
from zhunsheng.ask.interviewing.recalled import Recalled
from zhunsheng.ask.report import Answer
from zhunsheng.ask.settling.possibilities import Possibilities
from zhunsheng.ask.settling.spans import Looker
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.spots import Spot, path_of, spot


@dataclass(frozen=True)
class Question:
    """A fact to ask for. `kind`: `value` (of the fact at `path`), `exists` (whether there is such a record), `how many` (elements
    a list has). `swayed`: the answers seen to turn on it (none where only the constraints say that it may matter)."""

    path: str
    kind: str
    spot: Spot
    swayed: tuple[str, ...] = ()


@dataclass
class Inquiry:
    """A pack that is asked about, case after case."""

    pack: Pack
    cones: Cones = field(init=False)
    shared: Shared = field(init=False)
    possibilities: Possibilities = field(init=False)
    recalled: Recalled = field(init=False)
    _plain: tuple[Case, Worlds | None] | None = None

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)
        self.shared = Shared(self.cones)
        self.possibilities = Possibilities(self.pack, self.cones)
        self.recalled = Recalled(self.pack)

    def looker(self, case: Case) -> Looker:
        return Looker(self.pack, case, self.shared)

    def around(self, case: Case, plain: Worlds, asked: Sequence[Asked]) -> Around:
        return Around(self.pack, case, plain, list(asked), self.shared)

    def plain(self, case: Case) -> Worlds | None:
        """The plainest complete case in keeping with this one; None where none was found."""
        if self._plain is None or self._plain[0] is not case:
            looker = self.looker(case)
            recalled = partial(self.recalled.plainest, case, possible=lambda facts: not looker.impossible(facts))
            found = worlds(self.pack, case, self.cones, recalled)
            self._plain = case, found
            if found is not None:
                self.recalled.plain = found.facts
        return self._plain[1]

    def looked_at(self, case: Case, asked: Asked) -> Iterator[tuple[Spot, str]]:
        """What is missing that the answer looks at in the plainest case."""
        plain = self.plain(case)
        if plain is not None:
            yield from self.around(case, plain, [asked]).missing()

    def looks_at_nothing(self, case: Case, asked: Asked) -> bool:
        """Whether all that an answer rests on in the plainest case is known: then it comes to the same in every other."""
        return self.plain(case) is not None and next(self.looked_at(case, asked), None) is None

    def decided(self, case: Case, asked: Asked, *, thorough: bool) -> Answer:
        """What the constraints say of it: what it depends on where `thorough`, else which readings were taken."""
        deciding = Deciding(
            self.pack, case, with_firmness=False, with_dependence=thorough, with_assumed=not thorough, shared=self.shared
        )
        try:
            return deciding.answer(asked)
        finally:
            deciding.problems.release()

    def of_path(self, case: Case, path: str) -> Question | None:
        """The question that a symbol of `depends_on` comes to."""
        name = path.removesuffix(".others")
        if name in self.pack.collections:
            return Question(name, HOW_MANY, Spot(name))
        here = spot(self.pack, case.facts, path)
        if here is None:
            return None
        kind = EXISTS if here == Spot(here.name) and self.pack.facts[here.name].type is None else VALUE
        return Question(path_of(case.facts, here), kind, here)
