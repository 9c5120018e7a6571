"""What theorems come to, as a document: one line for each variant, and the case that refutes it as a short story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhunsheng.ask.proving.prove import Counterexample, Proof
from zhunsheng.ask.proving.retell import Came, came, chosen
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Put, Ranges, Theorem, Variant, Verdict
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, phrases, rules, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provisions
from zhunsheng.show import words
from zhunsheng.show.deciding.story import Stories, named
from zhunsheng.show.mistakes import reason

PROVED_TITLE = Text("命题证明", "Theorems")
VERDICTS = {
    Verdict.PROVED: Text("成立", "holds"),
    Verdict.REFUTED: Text("不成立", "does not hold"),
    Verdict.VACUOUS: Text("没有意义：前提不可能出现", "says nothing: its premises cannot occur"),
    Verdict.BOUNDED: Text("在有限的规模内没有反例，不是证明", "no counterexample within a bounded size, which is no proof"),
    Verdict.NOT_SHOWN: Text("未能查明", "not shown"),
}
STANDS = Text("{verdict}（{expected}）", "{verdict} ({expected})")
AS_EXPECTED = Text("符合预期", "as expected")
NOT_AS_EXPECTED = Text("预期{expect}", "expected: {expect}")
ALL_AS_EXPECTED = Text("共{n}项，全部符合预期。", "{n} claims: all came out as expected.")
SOME_NOT = Text("共{n}项，其中{failed}项不符合预期。", "{n} claims: {failed} did not come out as expected.")
NOTHING = Text("没有命题。", "There are no theorems.")
UNDER_DEFAULT = Text("对条文按缺省理解", "under the default readings")
UNDER_ALL = Text("对条文不论如何理解", "however the text is read")
UNDER_OPTION = Text("“{question}”一问理解为“{option}”，其余按缺省理解", "“{question}” read as “{option}”, the rest by default")
LOOKED_AT = Text("看过的规模：{slots}；日期范围：{first}至{last}", "Looked at: {slots}; days from {first} to {last}")
ANY_SIZE = Text("{what}；这一规模足以代表任意数目", "{what}; so many stand for any number")
BEYOND = Text("除所涉的之外，{lists}", "beyond those named, {lists}")
SLOTS = Text("{noun}{n}项", "{n} {nouns}")
NO_SLOTS = Text("不需要另外的事项", "nothing beyond those named")
WHY = Text("原因：{why}", "Why: {why}")
NO_PREMISE = Text(
    "前提不可能同时出现，命题等于什么也没说。请核对前提", "No case satisfies the premises, so it claims nothing. Check them"
)
UNNEEDED = Text("不需要这一前提也成立：{premise}", "It holds without this premise: {premise}")
TRIVIAL = Text("证明没有用到任何规定：换成别的法规也成立", "Its proof rests on no rule: it is true of any law")
REFUTED_BY = Text("反例", "A case against it")
BEFORE = Text("变动前", "Before")
CHANGE = Text("变动", "The change")
IN_IT = Text("结果", "What comes of it")
DAY_MEANT = Text("命题所说的日{mark}", "the day the theorem speaks of {mark}")
STANDS_FOR = Text("所说的{noun}为{value}", "The {noun} meant is {value}")
COMES_TO = Text("{what}为{outcome}", "{what} is {outcome}")
FAILS = Text("关于{what}，{outcome}", "on {what}, {outcome}")
COUNTS = Text("合计", "Counts")
COUNT = Text("{n}项", "{n}")
EXPECTATION = Text("不符合预期的", "Not as expected")


def proofs_document(pack: Pack, proofs: Sequence[Proof], lang: str) -> Document:
    """Every theorem with its variants, those that came out otherwise than expected told first of all, and counts by verdict."""
    teller = Proofs(pack, lang)
    failed = [proof for proof in proofs if not proof.as_expected]
    summary = NOTHING if not proofs else SOME_NOT if failed else ALL_AS_EXPECTED
    sections = []
    if failed:
        sections.append(Section(EXPECTATION[lang], (), teller.items(failed)))
    met = [proof for proof in proofs if proof.as_expected]
    for verdict in Verdict:
        these = [proof for proof in met if proof.verdict is verdict]
        if these:
            sections.append(Section(_heading(verdict, lang), (), teller.items(these)))
    if proofs:
        sections.append(Section(COUNTS[lang], (), tuple(counts(proofs, lang))))
    said = fill(summary, lang, n=len(proofs), failed=len(failed))
    based = fill(words.BASED_ON, lang, title=pack.title[lang])
    return Document(PROVED_TITLE[lang], lang, (based, said), tuple(sections), (_version(pack, lang),))


def counts(proofs: Iterable[Proof], lang: str) -> list[Item]:
    """How many came to each verdict."""
    found = [proof.verdict for proof in proofs]
    return [
        Item(fill(COUNT, lang, n=found.count(verdict)), VERDICTS[verdict][lang]) for verdict in Verdict if verdict in found
    ]


@dataclass
class Proofs:
    """Tells proofs of one pack in one language."""

    pack: Pack
    lang: str
    cones: Cones = field(init=False)

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)

    def items(self, proofs: Sequence[Proof], *, story: bool = True) -> tuple[Item, ...]:
        return tuple(self.item(proof, story=story) for proof in proofs)

    def item(self, proof: Proof, *, story: bool = True) -> Item:
        """A theorem's sentence with how it stands, under which readings, how far that was looked at, and what it warns of."""
        expected = AS_EXPECTED[self.lang] if proof.as_expected else fill(
            NOT_AS_EXPECTED, self.lang, expect=VERDICTS[proof.variant.expect][self.lang]
        )  # fmt: skip
        stands = fill(STANDS, self.lang, verdict=VERDICTS[proof.verdict][self.lang], expected=expected)
        below = [Item(rules.ended(said, self.lang)) for said in (self.readings(proof.variant), *self.warnings(proof))]
        if proof.verdict not in (Verdict.REFUTED, Verdict.NOT_SHOWN):
            below.append(Item(rules.ended(self.extent(proof), self.lang)))
        if story and proof.counterexample is not None:
            below.append(Item("", REFUTED_BY[self.lang], self.story(proof.theorem, proof.counterexample)))
        where = provisions(proof.theorem.provisions, self.lang)
        said = rules.ended(proof.theorem.says[self.lang], self.lang)
        return Item(f"{said}{'' if self.lang == 'zh' else ' '}{rules.ended(stands, self.lang)}", where, tuple(below))

    # -- how it stands

    def readings(self, variant: Variant) -> str:
        """Under which readings it is claimed."""
        if variant.every:
            return UNDER_ALL[self.lang]
        said = []
        for name, option in variant.readings.items():
            spec = self.pack.readings[name]
            says = rules.bare(spec.option(option).says[self.lang])
            said.append(fill(UNDER_OPTION, self.lang, question=spec.question[self.lang], option=says))
        return words.SEMICOLON[self.lang].join(said) or UNDER_DEFAULT[self.lang]

    def warnings(self, proof: Proof) -> list[str]:
        """What makes it weaker than it sounds."""
        said = [NO_PREMISE[self.lang]] if proof.verdict is Verdict.VACUOUS else []
        say = self._prose(proof.theorem)
        said += [fill(UNNEEDED, self.lang, premise=say.condition(proof.theorem.given[index])) for index in proof.unneeded]
        said += [TRIVIAL[self.lang]] if proof.trivial else []
        return said + ([fill(WHY, self.lang, why=reason(proof.why, self.lang))] if proof.why else [])

    def extent(self, proof: Proof) -> str:
        """How many elements of each list, and which days."""
        lists = [
            fill(SLOTS, self.lang, noun=nouns.element(self.pack, spec, self.lang), n=number,
                 nouns=nouns.element(self.pack, spec, "en") if number == 1 else nouns.elements(self.pack, spec, "en"))
            for name, number in proof.slots.items() if (spec := self.pack.collections.get(name)) is not None
        ]  # fmt: skip
        slots = fill(BEYOND, self.lang, lists=values.both(lists, self.lang)) if lists else NO_SLOTS[self.lang]
        if proof.verdict is Verdict.PROVED and lists:
            slots = fill(ANY_SIZE, self.lang, what=slots)
        first, last = (values.spoken_day(day, self.lang) for day in proof.horizon)
        return fill(LOOKED_AT, self.lang, slots=slots, first=first, last=last)

    # -- the case against it

    def story(self, theorem: Theorem, found: Counterexample) -> tuple[Item, ...]:
        """The case; where the theorem changes something, what changes; and what the claim speaks of comes to."""
        tell = Stories(self.pack, self.lang, replace(self.cone(theorem), choices=chosen(theorem, found)))
        days = self._days(theorem, found)
        case = tuple(Item(said) for said in (*tell.told(found.before, days), *self._meant(theorem, found)))
        outcome = tuple(Item(said) for said in self.outcomes(theorem, found))
        if found.after is None:
            return (*case, Item("", IN_IT[self.lang], outcome)) if outcome else case
        changes = tuple(Item(said) for said in tell.changes(found.before, found.after))
        parts = ((BEFORE, case), (CHANGE, changes), (IN_IT, outcome))
        return tuple(Item("", label[self.lang], items) for label, items in parts if items)

    def cone(self, theorem: Theorem) -> Cone:
        """What the theorem can consult."""
        put = [edit.to for edit in theorem.change if isinstance(edit, Put)]
        return self.cones.exprs([*theorem.given, theorem.claim, *put])

    def outcomes(self, theorem: Theorem, found: Counterexample) -> tuple[str, ...]:
        """What the claim compares, each in a sentence."""
        names = {
            name.name: named(self.pack, name.type, found.names[name.name], self.lang)
            for name in theorem.names
            if name.name in found.names
        }
        say = self._prose(theorem, names)
        return tuple(rules.ended(self._came(say, one), self.lang) for one in came(theorem, found))

    def _came(self, say: Prose, one: Came) -> str:
        what = say.value(one.of)
        if one.side:
            what = fill(phrases.OF_SIDE[one.side], self.lang, what=what)
        if isinstance(one.outcome, FailureKind):
            said = values.failure(one.outcome, self.lang)
        else:
            said = values.spoken(self.pack, one.outcome, one.of.type, self.lang)
        return fill(FAILS if isinstance(one.outcome, FailureKind) else COMES_TO, self.lang, what=what, outcome=said)

    def _days(self, theorem: Theorem, found: Counterexample) -> dict[str, date]:
        """The days that the theorem speaks of, numbered where there are several."""
        days = [day for name in theorem.names if isinstance(day := found.names.get(name.name), date)]
        marks = phrases.MARKS[self.lang] if len(days) > 1 else [""]
        return {fill(DAY_MEANT, self.lang, mark=mark).strip(): day for mark, day in zip(marks, days, strict=False)}

    def _meant(self, theorem: Theorem, found: Counterexample) -> list[str]:
        """The values that the theorem speaks of, and elements where their list holds more than one."""
        said = []
        kinds = [name.type for name in theorem.names]
        for index, name in enumerate(theorem.names):
            value = found.names.get(name.name)
            if name.ranges is Ranges.NEW or value is None or isinstance(value, date):
                continue
            listing = found.before.facts.get(name.collection) if name.collection else None
            if listing is not None and len(listing.elements) < 2:
                continue
            noun = nouns.of_type(self.pack, name.type, self.lang)
            if kinds.count(name.type) > 1:
                mark = phrases.MARKS[self.lang][kinds[: index + 1].count(name.type) - 1]
                noun = fill(phrases.FURTHER, self.lang, noun=noun, mark=mark)
            spoken = named(self.pack, name.type, value, self.lang)
            said.append(rules.ended(fill(STANDS_FOR, self.lang, noun=noun, value=spoken), self.lang))
        return said

    def _prose(self, theorem: Theorem, names: dict[str, str] | None = None) -> Prose:
        """Prose that calls each name by what it stands for, else by its kind."""
        given = names or {}
        kinds = [nouns.of_type(self.pack, name.type, self.lang) for name in theorem.names]
        called: dict[str, str] = {}
        for index, (name, noun) in enumerate(zip(theorem.names, kinds, strict=True)):
            phrase = phrases.FURTHER if kinds.count(noun) > 1 else phrases.THAT
            plain = fill(phrase, self.lang, noun=noun, mark=phrases.MARKS[self.lang][kinds[: index + 1].count(noun) - 1])
            called[name.name] = given.get(name.name, plain)
        return Prose(self.pack, self.lang, called)


def _heading(verdict: Verdict, lang: str) -> str:
    said = VERDICTS[verdict][lang]
    return f"{said}的" if lang == "zh" and verdict in (Verdict.PROVED, Verdict.REFUTED) else said[:1].upper() + said[1:]


def _version(pack: Pack, lang: str) -> str:
    return fill(words.VERSION, lang, version=pack.version, digest=pack.digest[:16])
