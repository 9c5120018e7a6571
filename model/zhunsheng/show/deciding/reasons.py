"""Why an answer is what it is: the rules that fired, the facts they looked at, and the rules that did not apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhunsheng.ask.report import Answer, Because, Looked, Rejected
from zhunsheng.lang.expr import Aggregate, Call
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE
from zhunsheng.narrate import paths, phrases, rules, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.show import words
from zhunsheng.show.deciding.grounds import Grounds, empty_lists, is_negative, looks_up_a_number
from zhunsheng.show.deciding.idle import end, idle

DEEPEST = 1
"""Rules are told down to this depth below the answer; below it, one for each further provision."""
MOST_FACTS = 12
MOST_REJECTED = 3


@dataclass(frozen=True)
class Reasons:
    """Tells the reasons of one decision's answers. `elsewhere`: definitions that are answers of their own."""

    pack: Pack
    lang: str
    elsewhere: frozenset[str] = frozenset()
    told: dict[str, Looked] = field(default_factory=dict)
    """The facts told so far, by their paths."""

    def of(self, answer: Answer) -> tuple[Item, ...]:
        """The rules, callers first and those they call below them; then facts not told before; then, where the answer is
        no or none, the rules that did not apply."""
        steps = self._steps(answer)
        items = list(_nested(steps))
        items += self._grounds(answer)
        negative = any(one.outcome is False or one.outcome == NONE for one in answer.outcomes)
        if negative and (rejected := self._rejected(answer.rejected)):
            items.append(Item("", words.NOT_APPLIED[self.lang], rejected))
        return tuple(items)

    def _steps(self, answer: Answer) -> list[tuple[int, str]]:
        """Each step that is told, with the number of told steps above it. What an answer of its own explains is referred to,
        and not entered."""
        told: list[tuple[int, str]] = []
        above: list[tuple[int, int]] = []  # of each step on the way here: its depth, and the told steps down to it
        hidden: int | None = None
        for step, tells in self._telling(answer.because):
            if hidden is not None and step.depth > hidden:
                continue
            hidden = None
            while above and above[-1][0] >= step.depth:
                above.pop()
            level = above[-1][1] if above else 0
            above.append((step.depth, level + 1 if tells else level))
            if not tells:
                continue
            if step.depth and step.definition in self.elsewhere and not step.arguments:
                what = paths.called(self.pack, step.definition, (), self.lang)
                told.append((level, fill(words.SEE, self.lang, result=self._grounded.result(step), what=what)))
                hidden = step.depth
            else:
                told.append((level, self.step(step)))
        return told

    def tell(self, steps: Iterable[Because]) -> list[Because]:
        """The steps, in the order of reasons, that tell a reader something."""
        return [step for step, tells in self._telling(tuple(steps)) if tells]

    def _telling(self, steps: tuple[Because, ...]) -> list[tuple[Because, bool]]:
        """Each step, and whether it tells a reader something; a provision is cited where it is first told of. What came to
        nothing close to the answer is told where something below it is, or that would seem to be a ground of what it is not."""
        cited: set[str] = set()
        tells: list[bool] = []
        reckoned, passed_over = depths(self.pack, steps), idle(self.pack, steps)
        for at, (step, depth) in enumerate(zip(steps, reckoned, strict=True)):
            tells.append(at not in passed_over and self._tells(step, depth, cited))
            if tells[-1]:
                cited.add(step.provision)
        for at, (step, depth) in enumerate(zip(steps, reckoned, strict=True)):
            if not tells[at] and depth <= DEEPEST and self._stands_alone(step):
                tells[at] = any(tells[at + 1 : end(steps, at)])
        return list(zip(steps, tells, strict=True))

    def _stands_alone(self, step: Because) -> bool:
        """Whether a step that came to nothing says something by itself: it has a name, and is about nothing else."""
        definition = self.pack.definitions.get(step.definition)
        return definition is not None and definition.title is not None and not definition.parameters and not step.rule

    def step(self, step: Because) -> str:
        """One rule that fired, with what it came to."""
        return self._grounded.step(step)

    @property
    def _grounded(self) -> Grounds:
        return Grounds(self.pack, self.lang)

    def _tells(self, step: Because, depth: int, cited: set[str]) -> bool:
        """Whether a step tells a reader something: the answer's own rules do, and those of what it merely passes on; below
        them a rule that fired, on the case and not on values given to it; far below, only one of a provision not cited."""
        if step.depth == 0:
            return True
        definition = self.pack.definitions.get(step.definition)
        if definition is None or definition.title is None or looks_up_a_number(self.pack, step):
            return False
        if depth == 0:
            return True
        if not step.rule and step.outcome in ("false", "none"):
            return False
        if depth > DEEPEST and step.provision in cited:
            return False
        about = [type_ for _, type_ in definition.parameters if type_.base == "day" or self.pack.element_of(type_.base)]
        return not definition.parameters or bool(about) or step.definition in self.elsewhere

    def _grounds(self, answer: Answer) -> list[Item]:
        looked: dict[str, Looked] = {}
        for step in answer.because:
            for fact in step.facts:
                if fact.path != self.pack.as_of:  # the day of the question stands at the head of the document
                    looked.setdefault(fact.path, fact)
        stated = {path: fact for path, fact in looked.items() if not fact.supposed}
        supposed = [fact for fact in looked.values() if fact.supposed]  # each example has its own
        return [*self._stated(stated), *([Item("", words.SUPPOSED[self.lang], self._facts(supposed))] if supposed else ())]

    def _stated(self, looked: Mapping[str, Looked]) -> list[Item]:
        """What the case states, each fact once in a document."""
        if not looked:
            return []
        new = [fact for path, fact in looked.items() if path not in self.told]
        known = len(looked) - len(new)
        self.told.update(looked)
        if not new:
            return [Item(words.SAME_GROUNDS[self.lang], words.GROUNDS[self.lang])]
        items = self._facts(new) + ((Item(words.GROUNDS_BEFORE[self.lang]),) if known else ())
        return [Item("", words.GROUNDS[self.lang], items)]

    def _facts(self, looked: list[Looked]) -> tuple[Item, ...]:
        said = [self._fact(fact) for fact in looked if paths.table_entry(self.pack, fact.path, self.lang) is None]
        said += self._tables(looked)
        items = [Item(text) for text in said[:MOST_FACTS]]
        if len(said) > MOST_FACTS:
            items.append(Item(fill(words.MORE_FACTS, self.lang, n=len(said) - MOST_FACTS)))
        return tuple(items)

    def _tables(self, looked: list[Looked]) -> list[str]:
        """The entries of each table in one line."""
        tables: dict[str, list[str]] = {}
        for fact in looked:
            if (entry := paths.table_entry(self.pack, fact.path, self.lang)) is not None:
                type_ = paths.type_at(self.pack, fact.path)
                value = values.spoken_written(self.pack, fact.value, type_, self.lang)
                said = fill(words.ENTRY_IS, self.lang, entry=entry[1], value=value)
                tables.setdefault(entry[0], []).append(
                    fill(words.SOURCE, self.lang, fact=said, source=fact.source) if fact.source else said
                )
        return [name + words.COLON[self.lang] + self._comma.join(entries) for name, entries in tables.items()]

    @property
    def _comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def _fact(self, fact: Looked) -> str:
        value = fact.value.replace("listed", "in all") if fact.supposed else fact.value
        said = paths.fact_says(self.pack, fact.path, value, self.lang)
        return fill(words.SOURCE, self.lang, fact=said, source=fact.source) if fact.source else said

    def _rejected(self, rejected: tuple[Rejected, ...]) -> tuple[Item, ...]:
        said = [self._rejection(one) for one in rejected]
        items = [Item(text) for text in said[:MOST_REJECTED] if text]
        if len(said) > MOST_REJECTED:
            items.append(Item(fill(words.MORE_RULES, self.lang, n=len(said) - MOST_REJECTED)))
        return tuple(items)

    def _rejection(self, one: Rejected) -> str:
        definition = self.pack.definitions.get(one.definition)
        rule = next((rule for rule in definition.rules if rule.name == one.rule), None) if definition else None
        if definition is None or rule is None:
            return ""
        sentence = rules.cited(rules.rule_sentence(self.pack, definition, rule, self.lang), one.provision, self.lang)
        if isinstance(one.lacked, Aggregate) and (lists := empty_lists(one.lacked, one.facts)):
            return fill(words.NOT_FOR, self.lang, rule=sentence, reason=self._grounded.none_in(lists))
        if one.lacked is not None:
            say = Prose(self.pack, self.lang).within(definition)
            if is_negative(one.lacked):
                return fill(words.NOT_FOR, self.lang, rule=sentence, reason=say.condition(one.lacked, False))
            return fill(words.LACKED, self.lang, rule=sentence, lacked=say.condition(one.lacked))
        names = set(filter(None, one.defeated_by.split(", ")))
        by = [
            fill(phrases.QUOTE, self.lang, what=rules.bare(rules.rule_sentence(self.pack, definition, other, self.lang)))
            for other in definition.rules
            if other.name in names
        ]
        if by:
            return fill(words.DEFEATED, self.lang, rule=sentence, by=values.both(by, self.lang))
        return fill(words.NOT_APPLYING, self.lang, rule=sentence)


def depths(pack: Pack, steps: Iterable[Because]) -> list[int]:
    """How far below the answer each step lies. What a rule only passes on lies no deeper than the rule: a rule whose value is
    another definition's says nothing by itself, and the ground of the answer is in the one it passes on."""
    found: list[int] = []
    above: list[_Caller] = []
    for step in steps:
        while above and above[-1].at >= step.depth and not above[-1].is_of(step):
            above.pop()
        if above and above[-1].is_of(step):  # another rule of the same step
            above[-1].passes_on.update(_passed_on(pack, step))
        else:
            caller = above[-1] if above else None
            depth = step.depth if caller is None else caller.depth + step.depth - caller.at
            if caller is not None and step.definition in caller.passes_on:
                depth = caller.depth
            above.append(_Caller((step.definition, step.arguments), step.depth, depth, _passed_on(pack, step)))
        found.append(above[-1].depth)
    return found


@dataclass
class _Caller:
    step: tuple[str, tuple[str, ...]]
    at: int
    depth: int
    passes_on: set[str]

    def is_of(self, step: Because) -> bool:
        return (self.at, self.step) == (step.depth, (step.definition, step.arguments))


def _passed_on(pack: Pack, step: Because) -> set[str]:
    """The definition whose value is this step's value as it stands, if there is one."""
    definition = pack.definitions.get(step.definition)
    if definition is None:
        return set()
    rule = next((rule for rule in definition.rules if rule.name == step.rule), None)
    value = rule.value if rule is not None else definition.otherwise
    return {value.name} if isinstance(value, Call) else set()


def _nested(steps: list[tuple[int, str]]) -> tuple[Item, ...]:
    """Each step below the last one before it that lies less deep."""
    items: list[Item] = []
    position = 0
    while position < len(steps):
        depth, text = steps[position]
        end = position + 1
        while end < len(steps) and steps[end][0] > depth:
            end += 1
        items.append(Item(text, "", _nested(steps[position + 1 : end])))
        position = end
    return tuple(items)
