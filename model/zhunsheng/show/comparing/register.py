"""What an amendment does to the enterprises of a register: in sentences, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.ask.comparing.register import Outcomes, Register
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import FactSpec, Pack
from zhunsheng.lang.types import Text, Value
from zhunsheng.narrate import paths, values
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.comparing import words
from zhunsheng.show.deciding.json import Json

MOST_LISTED = 40
TITLE = Text("名单中的企业", "Enterprises of the register")
COUNTS = Text(
    "名单共{rows}家：有变化的{changing}家，没有变化的{same}家，还须查明事实才能判断的{open}家。",
    "Of {rows} enterprises listed, {changing} change and {same} do not; {open} cannot be told until more facts are known.",
)
NOT_ASKED = Text("没有任何事项会变化，名单不必逐一比较。", "No answer can change, so no row had to be looked at.")
FROM_TO = Text("{answer}：由{before}变为{after}，{number}家", "{answer}: from {before} to {after}: {number}")
BY = Text("有变化的企业，按“{what}”计", "Those that change, by {what}")
ENTRY = Text("{value}：{number}家", "{value}: {number}")
WHICH = Text("有变化的企业", "The enterprises that change")
CHANGED = Text("{answer}由{before}变为{after}", "{answer}: from {before} to {after}")
OPEN = Text("还须查明事实的企业", "The enterprises of which more must be known")
NEEDS = Text("先须查明：{facts}", "to be found out first: {facts}")
MORE = Text("另有{number}家，全部见JSON输出", "{number} more; JSON lists them all")
Name = Callable[[str], str]


@dataclass(frozen=True)
class Enterprises:
    """Tells a register under two laws. `name` gives an answer's noun."""

    comparison: Comparison
    found: Register
    lang: str
    name: Name

    def section(self) -> Section:
        found = self.found
        changing, left = len(found.changing), len(found.open)
        numbers = {"rows": found.rows, "changing": changing, "same": found.rows - changing - left, "open": left}
        lines = [fill(COUNTS, self.lang, **{name: str(number) for name, number in numbers.items()})]
        if not found.asked:
            lines.append(NOT_ASKED[self.lang])
        items = [*self._counts(), *self._groups()]
        items += [Item("", WHICH[self.lang], tuple(self._which()))] if changing else []
        items += [Item("", OPEN[self.lang], tuple(self._needs()))] if left else []
        return Section(TITLE[self.lang], tuple(lines), tuple(items))

    def _counts(self) -> Iterable[Item]:
        for (answer, before, after), number in sorted(self.found.counts().items(), key=lambda each: (-each[1], str(each[0]))):
            said = fill(FROM_TO, self.lang, answer=self._asked(answer), before=self._said(answer, before, 0),
                        after=self._said(answer, after, 1), number=str(number))  # fmt: skip
            yield Item(said)

    def _groups(self) -> Iterable[Item]:
        for place, path in enumerate(self.found.by):
            counted = self.found.by_group(place)
            if counted:
                what = fill(BY, self.lang, what=self._noun(path))
                below = tuple(Item(self._entry(path, value, number)) for value, number in _ordered(counted))
                yield Item("", what, below)

    def _entry(self, path: str, value: str, number: int) -> str:
        return fill(ENTRY, self.lang, value=self._value(path, value), number=str(number))

    def _noun(self, path: str) -> str:
        spec = self._spec(path)
        return spec.title[self.lang] if spec is not None and spec.title else paths.fact_name(self._law(0), path, self.lang)

    def _value(self, path: str, value: str) -> str:
        spec = self._spec(path)
        return values.spoken(self._law(0), value, spec.type, self.lang) if spec is not None and spec.type is not None else value

    def _spec(self, path: str) -> FactSpec | None:
        first, _, rest = path.partition(".")
        law = self._law(0)
        return law.collections[first].field(rest) if first in law.collections else law.facts[first].field(rest)

    def _which(self) -> Iterable[Item]:
        rows = sorted(self.found.changing)
        for row in rows[:MOST_LISTED]:
            said = [
                fill(CHANGED, self.lang, answer=self._asked(one.answer), before=self._said(one.answer, one.before, 0),
                     after=self._said(one.answer, one.after, 1))
                for one in self.found.affected if one.row == row
            ]  # fmt: skip
            yield Item(self._listed(said), self.found.names[row])
        yield from self._more(len(rows))

    def _needs(self) -> Iterable[Item]:
        rows = sorted(self.found.open)
        for row in rows[:MOST_LISTED]:
            facts = dict.fromkeys(fact for one in self.found.unsettled if one.row == row for fact in one.first)
            said = self._listed(f"{paths.fact_name(self._law(0), fact, self.lang)} ({fact})" for fact in facts)
            yield Item(fill(NEEDS, self.lang, facts=said), self.found.names[row])
        yield from self._more(len(rows))

    def _more(self, number: int) -> Iterable[Item]:
        if number > MOST_LISTED:
            yield Item(fill(MORE, self.lang, number=str(number - MOST_LISTED)))

    # -- words

    def _asked(self, key: str) -> str:
        name, _, rest = key.partition("[")
        definition = _definition(self._law(0), key)
        said = self.name(definition) if definition else name
        return f"{said} [{rest}" if rest else said

    def _said(self, key: str, outcomes: Outcomes, side: int) -> str:
        law, definition = self._law(side), _definition(self._law(side), key)
        said = sorted(self._outcome(law, definition, value) for _, value in outcomes)
        if not said:
            return words.NOTHING[self.lang]
        return said[0] if len(said) == 1 else fill(words.ONE_OF, self.lang, outcomes=self._listed(said))

    def _outcome(self, law: Pack, definition: str, value: Value | FailureKind) -> str:
        if isinstance(value, FailureKind):
            return values.failure(value, self.lang)
        return values.spoken(law, value, law.definitions[definition].type, self.lang) if definition else str(value)

    def _law(self, side: int) -> Pack:
        return self.comparison.amended.base if side == 0 else self.comparison.amended.pack

    def _listed(self, said: Iterable[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(said)


def register_json(comparison: Comparison) -> Json | None:
    """The register under both laws."""
    found = comparison.register
    if found is None:
        return None
    laws = (comparison.amended.base, comparison.amended.pack)
    return {
        "rows": found.rows,
        "changing": len(found.changing),
        "open": len(found.open),
        "asked": list(found.asked),
        "counts": [
            {"answer": answer, "before": _written(laws[0], answer, before), "after": _written(laws[1], answer, after),
             "enterprises": number}
            for (answer, before, after), number in sorted(found.counts().items(), key=lambda each: (-each[1], str(each[0])))
        ],
        "by": [
            {"fact": path, "enterprises": dict(_ordered(found.by_group(place)))} for place, path in enumerate(found.by)
        ],
        "affected": [
            {"enterprise": found.names[one.row], "place": str(found.places[one.row]), "answer": one.answer,
             "before": _written(laws[0], one.answer, one.before), "after": _written(laws[1], one.answer, one.after)}
            for one in found.affected
        ],
        "unsettled": [
            {"enterprise": found.names[one.row], "place": str(found.places[one.row]), "answer": one.answer,
             "first": list(one.first)}
            for one in found.unsettled
        ],
    }  # fmt: skip


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def _definition(law: Pack, key: str) -> str:
    """The definition that a key asks for: `lines[1号窑].level` is `line.level`."""
    first, _, rest = key.partition("[")
    after = rest.rpartition("].")[2] if "]." in rest else ""
    name = f"{law.collections[first].element}.{after}" if after and first in law.collections else first
    return name if name in law.definitions else ""


def _written(law: Pack, key: str, outcomes: Outcomes) -> list[object]:
    definition = _definition(law, key)
    said = [
        {value.word: True} if isinstance(value, FailureKind)
        else values.written(law, value, law.definitions[definition].type) if definition else str(value)
        for _, value in outcomes
    ]  # fmt: skip
    return sorted(said, key=str)
