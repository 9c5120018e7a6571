"""Why an answer is so, or is not, as a document: the answer, what is enough for it, the rules, what did not decide."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from zhunsheng.ask.deciding.warned import warnings
from zhunsheng.ask.explaining.lacking import Blocker, Branch, Candidate, Condition, Missing, Standing, Tried
from zhunsheng.ask.explaining.why import Sufficient, Why
from zhunsheng.ask.report import Looked, Rejected, Status
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Text, Type
from zhunsheng.narrate import paths, rules, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provisions
from zhunsheng.narrate.rules import bare, cited, ended
from zhunsheng.show import words
from zhunsheng.show.deciding.decision import ended_as_is
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.deciding.reasons import Reasons
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.explaining import words as ww
from zhunsheng.show.timelines.along import bare_question

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
        based = fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang])
        opening = (based, *warned(warnings(self.pack, self.why.case), self.lang))
        sections = (self._answer(), self._not_so(), self._enough(), self._reasons(), self._rejected())
        version = fill(words.VERSION, self.lang, version=self.pack.version, digest=self.why.pack_digest[:16])
        return Document(fill(ww.TITLE, self.lang, case=case), self.lang, opening, tuple(filter(None, sections)), (version,))

    # -- the answer

    def _answer(self) -> Section:
        answer = self.why.answer
        label = paths.answer_name(self.pack, answer.name, answer.definition, self.lang, whole=True)
        said = [Item(ended_as_is(self.outcomes.headline(answer), self.lang), label)]
        if self.why.wanted is not None and self.why.is_outcome:
            phrase = ww.IT_IS if answer.status is Status.DETERMINED else ww.MAY_BE
            said.append(Item(ended(fill(phrase, self.lang, value=self._wanted()), self.lang)))
        return Section(ww.ANSWER[self.lang], (), tuple(said))

    def _wanted(self) -> str:
        return "" if self.why.wanted is None else self.outcomes.value(self.why.answer.type, self.why.wanted)

    # -- what is enough

    def _enough(self) -> Section:
        enough = self.why.sufficient
        if enough.why_not:
            return Section(ww.ENOUGH[self.lang], (ended(ww.NOT_FOUND[self.lang], self.lang),))
        said = [*self._facts(enough.facts), *self._readings(enough), *self._whatever(enough)]
        refs = dict.fromkeys(step.provision for step in self.why.answer.because if step.provision and step.depth <= 1)
        said.append(ended(fill(ww.UNDER, self.lang, provisions=provisions(refs, self.lang)), self.lang))
        head = ww.NOTHING if not enough.facts else ww.SMALLEST if enough.smallest else ww.IRREDUCIBLE
        return Section(ww.ENOUGH[self.lang], (ended(head[self.lang], self.lang),), tuple(Item(one) for one in said))

    def _facts(self, facts: tuple[Looked, ...]) -> list[str]:
        said = []
        for fact in facts:
            if fact.value == "present":
                if any(other.path.startswith(f"{fact.path}.") for other in facts):
                    continue  # told by what is said of it
                clause = fill(ww.EXISTS, self.lang, what=paths.fact_name(self.pack, fact.path, self.lang))
            else:
                clause = paths.fact_says(self.pack, fact.path, fact.value, self.lang)
            said.append(fill(words.SOURCE, self.lang, fact=clause, source=fact.source) if fact.source else clause)
        return [ended(one, self.lang) for one in said]

    def _readings(self, enough: Sufficient) -> list[str]:
        said = []
        for name, option in enough.readings:
            spec = self.pack.readings[name]
            question = bare_question(spec.question[self.lang])
            clause = fill(ww.READ_AS, self.lang, question=question, option=bare(spec.option(option).says[self.lang]))
            said.append(cited(clause, spec.provisions[0] if spec.provisions else "", self.lang))
        for name, chosen in enough.choices:
            choice = self.pack.discretions[name]
            value = values.spoken_written(self.pack, chosen, choice.type, self.lang)
            clause = fill(ww.CHOSEN, self.lang, title=choice.title[self.lang], value=value)
            said.append(cited(clause, choice.provision, self.lang))
        return [ended(one, self.lang) for one in said]

    def _whatever(self, enough: Sufficient) -> list[str]:
        if not enough.whatever:
            return []
        named = [self._symbol(name) for name in enough.whatever]
        return [ended(fill(ww.WHATEVER, self.lang, symbols=("、" if self.lang == "zh" else ", ").join(named)), self.lang)]

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
        return Section(ww.REASONS[self.lang], self._example(), kept)

    def _example(self) -> tuple[str, ...]:
        if not self.why.example:
            return ()
        first = self.why.answer.outcomes[0].outcome
        return (ended(fill(ww.EXAMPLE, self.lang, outcome=self.outcomes.outcome(self.why.answer.type, first)), self.lang),)

    def _rejected(self) -> Section:
        items = tuple(self._one_rejected(one) for one in self.why.rejected)
        return Section(ww.REJECTED[self.lang], () if items else (ended(ww.NONE_REJECTED[self.lang], self.lang),), items)

    def _one_rejected(self, one: Rejected) -> Item:
        definition = self.pack.definitions[one.definition]
        below = []
        if one.lacked is not None:
            condition = Prose(self.pack, self.lang).within(definition).condition(one.lacked)
            below.append(fill(ww.LACKS, self.lang, condition=condition))
        if one.defeated_by:
            below.append(fill(ww.DEFEATED, self.lang, by=self._rules(definition, tuple(one.defeated_by.split(", ")))))
        below += self._of_facts(one.facts)
        return Item(self._rule(definition, one.rule), "", tuple(Item(ended(said, self.lang)) for said in below))

    # -- why not

    def _not_so(self) -> Section:
        if self.why.missing is None:
            return Section("")
        title = fill(ww.NOT_SO, self.lang, value=self._wanted())
        items = self._candidates(self.why.missing)
        example = self._example()
        return Section(title, example if items else (*example, ended(ww.NO_RULE[self.lang], self.lang)), items)

    def _candidates(self, missing: Missing) -> tuple[Item, ...]:
        """The rules that need but one thing more; then, by their number only, those that would not give the value either."""
        near = [one for one in missing.candidates if one.standing in NEAR or not one.comes_to]
        far = len(missing.candidates) - len(near)
        items = [self._candidate(missing, one) for one in near]
        if far:
            items.append(Item(ended(fill(ww.FAR, self.lang, n=far), self.lang)))
        return tuple(items)

    def _candidate(self, missing: Missing, one: Candidate) -> Item:
        definition = self.pack.definitions[missing.definition]
        said = self._rule(definition, one.rule) if one.rule else ended(ww.OTHERWISE[self.lang], self.lang)
        below: list[Item] = []
        prose = Prose(self.pack, self.lang).within(definition)
        match one.standing:
            case Standing.LACKS:
                below += [self._condition(prose, condition, ww.LACKS) for condition in one.lacks]
            case Standing.DEFEATED:
                below += [self._blocker(definition, by, ww.DEFEATED) for by in one.by]
            case Standing.OVERRULED if one.by:
                below += [self._blocker(definition, by, ww.OVERRULED) for by in one.by]
            case Standing.FAILED:
                kind = next(kind for kind in FailureKind if kind.word == one.comes_to)
                below.append(Item(ended(fill(ww.FAILS, self.lang, failure=values.failure(kind, self.lang)), self.lang)))
            case Standing.OTHER_VALUE | Standing.OVERRULED:
                value = self._spoken(definition, one.comes_to)
                text = ended(fill(ww.COMES_TO, self.lang, value=value), self.lang)
                more = [self._branch(prose, each, ww.LACKS) for each in one.branches]
                more += [self._condition(prose, each, ww.LACKS) for each in one.lacks]
                more += [self._below(one.below)] if one.below is not None else self._items(self._of_facts(one.facts))
                below.append(Item(text, "", tuple(more)))
        return Item(said, "", tuple(below))

    def _blocker(self, definition: Definition, by: Blocker, phrase: Text) -> Item:
        said = ended(fill(phrase, self.lang, by=bare(self._rule(definition, by.rule))), self.lang)
        prose = Prose(self.pack, self.lang).within(definition)
        return Item(said, "", tuple(self._condition(prose, one, ww.HOLDS) for one in by.holds))

    def _condition(self, prose: Prose, one: Condition, phrase: Text) -> Item:
        truth = one.wanted if phrase is ww.LACKS else not one.wanted
        said = ended(fill(phrase, self.lang, condition=prose.condition(one.condition, truth)), self.lang)
        below = [*self._sides(prose, one), *self._items(self._of_facts(one.facts))]
        below += [self._tried(prose, each, phrase) for each in one.tried]
        below += self._items([fill(ww.MORE_TRIED, self.lang, n=one.untold)] if one.untold else [])
        below += [self._branch(prose, each, phrase) for each in one.branches]
        return Item(said, "", (*below, self._below(one.below)) if one.below is not None else tuple(below))

    def _sides(self, prose: Prose, one: Condition) -> tuple[Item, ...]:
        spoken = [(prose.value(side.of), self._of_type(side.of.type, side.value)) for side in one.sides]
        said = [fill(ww.HERE_IS, self.lang, what=what, value=value) for what, value in spoken]
        return self._items([words.SEMICOLON[self.lang].join(said)] if said else [])

    def _tried(self, prose: Prose, one: Tried, phrase: Text) -> Item:
        """One element, by its own name, with what it lacks or has."""
        named = {variable: paths.argument(self.pack, said, type_, self.lang) for variable, type_, said in one.at}
        prose = replace(prose, names={**prose.names, **named})
        phrase = ww.LACKS if phrase is ww.LACKS else ww.HAS
        title = values.both(list(named.values()), self.lang)
        return Item("", title, tuple(self._condition(prose, condition, phrase) for condition in one.conditions))

    def _branch(self, prose: Prose, one: Branch, phrase: Text) -> Item:
        said = fill(ww.GOES[one.holds], self.lang, test=prose.condition(one.test, one.holds))
        below = [*self._items(self._of_facts(one.facts)), *(self._condition(prose, each, phrase) for each in one.conditions)]
        return Item(ended(said, self.lang), "", tuple(below))

    def _items(self, said: list[str]) -> tuple[Item, ...]:
        return tuple(Item(ended(one, self.lang)) for one in said)

    def _below(self, missing: Missing) -> Item:
        definition = self.pack.definitions[missing.definition]
        what = paths.called(self.pack, missing.definition, tuple(at for at in missing.at if "[" in at), self.lang)
        kind = missing.wanted if missing.wanted in ("true", "false") else "value"
        spoken = {"is_": self._spoken(definition, missing.outcome), "wanted": self._spoken(definition, missing.wanted)}
        said = fill(ww.BELOW[kind], self.lang, what=what, **(spoken if kind == "value" else {}))
        items = self._candidates(missing)
        return Item(said, "", items or (Item(ended(ww.NO_RULE[self.lang], self.lang)),))

    # -- words

    def _of_facts(self, facts: tuple[Looked, ...]) -> list[str]:
        told = [fact for fact in facts if fact.path != self.pack.as_of][:MOST]
        said = [paths.fact_says(self.pack, fact.path, fact.value, self.lang) for fact in told]
        return [fill(ww.FACTS, self.lang, facts=words.SEMICOLON[self.lang].join(said))] if said else []

    def _rule(self, definition: Definition, name: str) -> str:
        rule = definition.rule(name)
        return cited(rules.rule_sentence(self.pack, definition, rule, self.lang), rule.provision, self.lang)

    def _rules(self, definition: Definition, names: tuple[str, ...]) -> str:
        return words.SEMICOLON[self.lang].join(bare(self._rule(definition, name)) for name in names)

    def _spoken(self, definition: Definition, text: str) -> str:
        return self._of_type(definition.type, text)

    def _of_type(self, type_: Type, text: str) -> str:
        kinds = {kind.word: kind for kind in FailureKind}
        if text in kinds:
            return values.failure(kinds[text], self.lang)
        return values.spoken_written(self.pack, text, type_, self.lang)
