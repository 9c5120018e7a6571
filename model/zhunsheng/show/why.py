"""Why an answer is so, or is not, as a document: the answer, what is enough for it, the rules, what did not decide."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhunsheng.ask.missing import Blocker, Candidate, Condition, Missing, Standing
from zhunsheng.ask.report import Looked, Rejected, Status
from zhunsheng.ask.why import Sufficient, Why
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import paths, rules, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provisions
from zhunsheng.narrate.rules import bare, cited, ended
from zhunsheng.show import words
from zhunsheng.show.along import bare_question
from zhunsheng.show.decision import ended_as_is
from zhunsheng.show.outcomes import Outcomes
from zhunsheng.show.reasons import Reasons

TITLE = Text("{case}：为什么", "{case}: why")
ANSWER = Text("结论", "The answer")
IT_IS = Text("所问的“{value}”正是这一结论", "“{value}”, which was asked about, is what comes out")
MAY_BE = Text("所问的“{value}”是可能的结果之一", "“{value}”, which was asked about, is one of the possible outcomes")
ENOUGH = Text("单凭下列事实和规定即可得出这一结论", "From these alone the answer follows")
IRREDUCIBLE = Text(
    "无论其他事实如何，结论都是这样。逐项按各事实可能的取值推算，缺了其中任何一项就得不出来；"
    "换一种推算也许可以更少，这样的组合也可能不止一组，不一定是项数最少的一组",
    "Whatever else may be true, the answer is the same. Reckoned from the values that each fact may take, it does not follow "
    "once any of these is left out; reckoned otherwise, fewer might do, and there may be other, smaller sets",
)
SMALLEST = Text(
    "无论其他事实如何，结论都是这样；逐项按各事实可能的取值推算，没有项数更少的组合",
    "Whatever else may be true, the answer is the same; reckoned from the values that each fact may take, no fewer are enough",
)
NOTHING = Text("不需要任何事实：无论事实如何，结论都是这样", "No fact is needed: whatever the facts, the answer is the same")
NOT_FOUND = Text(
    "没有找到单独足够的一组事实：只看各事实各自可能的取值，不能排除其他结果",
    "No set of facts that is enough by itself was found: the values that facts may take one by one do not exclude other outcomes",
)
EXISTS = Text("有{what}", "there is {what}")
READ_AS = Text("“{question}”按“{option}”理解", "“{question}” is read as “{option}”")
CHOSEN = Text("“{title}”选择“{value}”", "on “{title}”, “{value}” is chosen")
WHATEVER = Text("不论以下各项如何：{symbols}", "Whatever is true of: {symbols}")
UNDER = Text("有关规定：{provisions}", "Provisions: {provisions}")
REASONS = Text("理由", "Reasons")
EXAMPLE = Text("以下以结果为“{outcome}”的情形为例", "The following takes the case in which it is “{outcome}”")
REJECTED = Text("考虑过而没有采用的规定", "Rules considered that did not decide")
NONE_REJECTED = Text("没有其他规定可供考虑", "No other rule came into question")
NOT_SO = Text("为什么不是“{value}”", "Why it is not “{value}”")
NO_RULE = Text("没有任何规定能够给出这一结果", "No rule can give this outcome")
LACKS = Text("未满足的条件：{condition}", "Not met: {condition}")
HOLDS = Text("它适用，因为：{condition}", "It applies, because {condition}")
FAR = Text("另有{n}条规定条件不满足，其结果也不是这样", "{n} more rules neither apply nor would give this")
FACTS = Text("事实：{facts}", "The facts: {facts}")
DEFEATED = Text("已被优先适用的规定排除：{by}", "Set aside by: {by}")
OVERRULED = Text(
    "没有其他规定适用时才是这一结果，而已有规定适用：{by}", "It would be so only if no rule applied, and these do: {by}"
)
OTHERWISE = Text("没有其他规定适用时的结果", "What holds where no rule applies")
COMES_TO = Text("适用，但得出的是“{value}”", "It applies, but comes to “{value}”")
FAILS = Text("其条件无法判断：{failure}", "Whether it applies cannot be told: {failure}")
BELOW = {
    "true": Text("“{what}”不成立。能使其成立的规定：", "“{what}” does not hold. What would have made it hold:"),
    "false": Text("“{what}”成立。能使其不成立的情形：", "“{what}” holds. What would have made it not hold:"),
    "value": Text(
        "“{what}”是“{is_}”而不是“{wanted}”。能得出“{wanted}”的规定：",
        "“{what}” is “{is_}” and not “{wanted}”. What would have given “{wanted}”:",
    ),
}
MOST = 12
NEAR = (Standing.OTHER_VALUE, Standing.OVERRULED, Standing.FAILED)


def why_document(pack: Pack, why: Why, lang: str) -> Document:
    """The whole explanation, for any renderer."""
    return _Writer(pack, why, lang).document()


@dataclass(frozen=True)
class _Writer:
    pack: Pack
    why: Why
    lang: str
    outcomes: Outcomes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcomes", Outcomes(self.pack, self.lang))

    def document(self) -> Document:
        case = self.why.case.title[self.lang] or words.UNTITLED[self.lang]
        opening = (fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang]),)
        sections = (self._answer(), self._not_so(), self._enough(), self._reasons(), self._rejected())
        version = fill(words.VERSION, self.lang, version=self.pack.version, digest=self.why.pack_digest[:16])
        return Document(fill(TITLE, self.lang, case=case), self.lang, opening, tuple(filter(None, sections)), (version,))

    # -- the answer

    def _answer(self) -> Section:
        answer = self.why.answer
        label = paths.answer_name(self.pack, answer.name, answer.definition, self.lang, whole=True)
        said = [Item(ended_as_is(self.outcomes.headline(answer), self.lang), label)]
        if self.why.wanted is not None and self.why.is_outcome:
            phrase = IT_IS if answer.status is Status.DETERMINED else MAY_BE
            said.append(Item(ended(fill(phrase, self.lang, value=self._wanted()), self.lang)))
        return Section(ANSWER[self.lang], (), tuple(said))

    def _wanted(self) -> str:
        return "" if self.why.wanted is None else self.outcomes.value(self.why.answer.type, self.why.wanted)

    # -- what is enough

    def _enough(self) -> Section:
        enough = self.why.sufficient
        if enough.why_not:
            return Section(ENOUGH[self.lang], (ended(NOT_FOUND[self.lang], self.lang),))
        said = [*self._facts(enough.facts), *self._readings(enough), *self._whatever(enough)]
        refs = dict.fromkeys(step.provision for step in self.why.answer.because if step.provision and step.depth <= 1)
        said.append(ended(fill(UNDER, self.lang, provisions=provisions(refs, self.lang)), self.lang))
        head = NOTHING if not enough.facts else SMALLEST if enough.smallest else IRREDUCIBLE
        return Section(ENOUGH[self.lang], (ended(head[self.lang], self.lang),), tuple(Item(one) for one in said))

    def _facts(self, facts: tuple[Looked, ...]) -> list[str]:
        said = []
        for fact in facts:
            if fact.value == "present":
                if any(other.path.startswith(f"{fact.path}.") for other in facts):
                    continue  # told by what is said of it
                clause = fill(EXISTS, self.lang, what=paths.fact_name(self.pack, fact.path, self.lang))
            else:
                clause = paths.fact_says(self.pack, fact.path, fact.value, self.lang)
            said.append(fill(words.SOURCE, self.lang, fact=clause, source=fact.source) if fact.source else clause)
        return [ended(one, self.lang) for one in said]

    def _readings(self, enough: Sufficient) -> list[str]:
        said = []
        for name, option in enough.readings:
            spec = self.pack.readings[name]
            question = bare_question(spec.question[self.lang])
            clause = fill(READ_AS, self.lang, question=question, option=bare(spec.option(option).says[self.lang]))
            said.append(cited(clause, spec.provisions[0] if spec.provisions else "", self.lang))
        for name, chosen in enough.choices:
            choice = self.pack.discretions[name]
            value = values.spoken_written(self.pack, chosen, choice.type, self.lang)
            said.append(cited(fill(CHOSEN, self.lang, title=choice.title[self.lang], value=value), choice.provision, self.lang))
        return [ended(one, self.lang) for one in said]

    def _whatever(self, enough: Sufficient) -> list[str]:
        if not enough.whatever:
            return []
        named = [self._symbol(name) for name in enough.whatever]
        return [ended(fill(WHATEVER, self.lang, symbols=("、" if self.lang == "zh" else ", ").join(named)), self.lang)]

    def _symbol(self, name: str) -> str:
        if name in self.pack.readings:
            return bare_question(self.pack.readings[name].question[self.lang])
        if name in self.pack.discretions:
            return self.pack.discretions[name].title[self.lang]
        return paths.fact_name(self.pack, name, self.lang)

    # -- reasons

    def _reasons(self) -> Section:
        items = Reasons(self.pack, self.lang).of(self.why.answer)
        kept = tuple(item for item in items if item.label != words.NOT_APPLIED[self.lang])
        return Section(REASONS[self.lang], self._example(), kept)

    def _example(self) -> tuple[str, ...]:
        if not self.why.example:
            return ()
        first = self.why.answer.outcomes[0].outcome
        return (ended(fill(EXAMPLE, self.lang, outcome=self.outcomes.outcome(self.why.answer.type, first)), self.lang),)

    def _rejected(self) -> Section:
        items = tuple(self._one_rejected(one) for one in self.why.rejected)
        return Section(REJECTED[self.lang], () if items else (ended(NONE_REJECTED[self.lang], self.lang),), items)

    def _one_rejected(self, one: Rejected) -> Item:
        definition = self.pack.definitions[one.definition]
        below = []
        if one.lacked is not None:
            condition = Prose(self.pack, self.lang).within(definition).condition(one.lacked)
            below.append(fill(LACKS, self.lang, condition=condition))
        if one.defeated_by:
            below.append(fill(DEFEATED, self.lang, by=self._rules(definition, tuple(one.defeated_by.split(", ")))))
        below += self._of_facts(one.facts)
        return Item(self._rule(definition, one.rule), "", tuple(Item(ended(said, self.lang)) for said in below))

    # -- why not

    def _not_so(self) -> Section:
        if self.why.missing is None:
            return Section("")
        title = fill(NOT_SO, self.lang, value=self._wanted())
        items = self._candidates(self.why.missing)
        example = self._example()
        return Section(title, example if items else (*example, ended(NO_RULE[self.lang], self.lang)), items)

    def _candidates(self, missing: Missing) -> tuple[Item, ...]:
        """The rules that need but one thing more; then, by their number only, those that would not give the value either."""
        near = [one for one in missing.candidates if one.standing in NEAR or not one.comes_to]
        far = len(missing.candidates) - len(near)
        items = [self._candidate(missing, one) for one in near]
        if far:
            items.append(Item(ended(fill(FAR, self.lang, n=far), self.lang)))
        return tuple(items)

    def _candidate(self, missing: Missing, one: Candidate) -> Item:
        definition = self.pack.definitions[missing.definition]
        said = self._rule(definition, one.rule) if one.rule else ended(OTHERWISE[self.lang], self.lang)
        below: list[Item] = []
        match one.standing:
            case Standing.LACKS:
                below += [self._condition(definition, condition, LACKS) for condition in one.lacks]
            case Standing.DEFEATED:
                below += [self._blocker(definition, by, DEFEATED) for by in one.by]
            case Standing.OVERRULED if one.by:
                below += [self._blocker(definition, by, OVERRULED) for by in one.by]
            case Standing.FAILED:
                kind = next(kind for kind in FailureKind if kind.word == one.comes_to)
                below.append(Item(ended(fill(FAILS, self.lang, failure=values.failure(kind, self.lang)), self.lang)))
            case Standing.OTHER_VALUE | Standing.OVERRULED:
                value = self._spoken(definition, one.comes_to)
                text = ended(fill(COMES_TO, self.lang, value=value), self.lang)
                more = (self._below(one.below),) if one.below is not None else self._items(self._of_facts(one.facts))
                below.append(Item(text, "", more))
        return Item(said, "", tuple(below))

    def _blocker(self, definition: Definition, by: Blocker, phrase: Text) -> Item:
        said = ended(fill(phrase, self.lang, by=bare(self._rule(definition, by.rule))), self.lang)
        return Item(said, "", tuple(self._condition(definition, one, HOLDS) for one in by.holds))

    def _condition(self, definition: Definition, one: Condition, phrase: Text) -> Item:
        prose = Prose(self.pack, self.lang).within(definition)
        truth = one.wanted if phrase is LACKS else not one.wanted
        said = ended(fill(phrase, self.lang, condition=prose.condition(one.condition, truth)), self.lang)
        below = self._items(self._of_facts(one.facts))
        return Item(said, "", (*below, self._below(one.below)) if one.below is not None else below)

    def _items(self, said: list[str]) -> tuple[Item, ...]:
        return tuple(Item(ended(one, self.lang)) for one in said)

    def _below(self, missing: Missing) -> Item:
        definition = self.pack.definitions[missing.definition]
        what = paths.called(self.pack, missing.definition, tuple(at for at in missing.at if "[" in at), self.lang)
        kind = missing.wanted if missing.wanted in ("true", "false") else "value"
        spoken = {"is_": self._spoken(definition, missing.outcome), "wanted": self._spoken(definition, missing.wanted)}
        said = fill(BELOW[kind], self.lang, what=what, **(spoken if kind == "value" else {}))
        items = self._candidates(missing)
        return Item(said, "", items or (Item(ended(NO_RULE[self.lang], self.lang)),))

    # -- words

    def _of_facts(self, facts: tuple[Looked, ...]) -> list[str]:
        told = [fact for fact in facts if fact.path != self.pack.as_of][:MOST]
        said = [paths.fact_says(self.pack, fact.path, fact.value, self.lang) for fact in told]
        return [fill(FACTS, self.lang, facts=words.SEMICOLON[self.lang].join(said))] if said else []

    def _rule(self, definition: Definition, name: str) -> str:
        rule = definition.rule(name)
        return cited(rules.rule_sentence(self.pack, definition, rule, self.lang), rule.provision, self.lang)

    def _rules(self, definition: Definition, names: tuple[str, ...]) -> str:
        return words.SEMICOLON[self.lang].join(bare(self._rule(definition, name)) for name in names)

    def _spoken(self, definition: Definition, text: str) -> str:
        kinds = {kind.word: kind for kind in FailureKind}
        if text in kinds:
            return values.failure(kinds[text], self.lang)
        return values.spoken_written(self.pack, text, definition.type, self.lang)
