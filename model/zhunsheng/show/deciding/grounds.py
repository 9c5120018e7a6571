"""One step of a reason in a sentence: what a definition came to, and the ground it has for that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhunsheng.ask.deciding.explain import written
from zhunsheng.ask.report import Because, Looked
from zhunsheng.lang.expr import Aggregate, Call, Compare, Expr, Literal, Not, Var
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.types import NONE, NUMBER, YES_NO
from zhunsheng.narrate import nouns, paths, rules, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import of_duty

NO_ELEMENT = "0 listed"
OF_WHAT = re.compile(r"(|(in|on|of|for|at|by|under)\b.*)")
"""What may follow a title in an English noun phrase that only says which one is meant."""


@dataclass(frozen=True)
class Grounds:
    """Tells the steps of reasons of one pack."""

    pack: Pack
    lang: str

    def step(self, step: Because) -> str:
        """What came out, and why: the rule that fired, or what holds where none did."""
        result = self.result(step)
        definition = self.pack.definitions.get(step.definition)
        rule = rule_of(self.pack, step)
        if definition is None:
            return rules.cited(rules.ended(result, self.lang), step.provision, self.lang)
        if (lists := emptied(self.pack, step)) is not None:
            result = fill(words.BECAUSE_OF, self.lang, result=result, conditions=self.none_in(lists))
        elif rule is None:
            result = self._by_default(definition, step, result)
        elif rule.says is not None and not self._only_names(definition, rule):
            sentence = rules.cited(rule.says[self.lang], step.provision, self.lang)
            return fill(words.BECAUSE, self.lang, result=result, rule=sentence)
        elif not always(rule.when):
            conditions = Prose(self.pack, self.lang).within(definition).condition(rule.when)
            result = fill(words.BECAUSE_OF, self.lang, result=result, conditions=conditions)
        return rules.cited(rules.ended(result, self.lang), step.provision, self.lang)

    def result(self, step: Because) -> str:
        """What the step's definition came to."""
        what = paths.called(self.pack, step.definition, step.arguments, self.lang)
        failures = {kind.word: values.failure(kind, self.lang) for kind in FailureKind}
        if step.outcome in failures:
            return fill(words.STEP_FAILS, self.lang, what=what, failure=failures[step.outcome])
        if (said := of_duty(step.definition, step.outcome, self.lang)) is not None:
            return fill(words.STEP_IS, self.lang, what=what, how=said)
        if step.outcome in ("true", "false"):
            return fill(words.STEP_HOLDS[step.outcome == "true"], self.lang, what=what)
        definition = self.pack.definitions.get(step.definition)
        type_ = definition.type if definition is not None else None
        value = values.spoken_written(self.pack, step.outcome, type_, self.lang)
        return fill(words.STEP, self.lang, what=what, value=value)

    def none_in(self, lists: list[str]) -> str:
        """That nothing stands in these lists."""
        said = [paths.fact_says(self.pack, name, NO_ELEMENT, self.lang) for name in lists]
        return values.both(list(dict.fromkeys(said)), self.lang)

    def _by_default(self, definition: Definition, step: Because, result: str) -> str:
        """The ground of what holds where no rule speaks: the expression that was worked out; of a fixed value, that no case
        listed is met. A variable says no more than its value, and nor does a definition that has no rules to be outside of."""
        otherwise = definition.otherwise
        if otherwise is None or isinstance(otherwise, Var) or step.outcome in {kind.word for kind in FailureKind}:
            return result
        if isinstance(otherwise, Literal):
            return fill(words.OTHERWISE, self.lang, result=result) if definition.rules else result
        say = Prose(self.pack, self.lang).within(definition)
        if step.outcome in ("true", "false"):
            conditions = say.condition(otherwise, step.outcome == "true")
            return fill(words.BECAUSE_OF, self.lang, result=result, conditions=conditions)
        if step.outcome == "none":
            absent = Compare("==", otherwise, Literal(NONE, otherwise.type), YES_NO)
            return fill(words.BECAUSE_OF, self.lang, result=result, conditions=say.condition(absent))
        return fill(words.WHICH_IS, self.lang, result=result, value=say.value(otherwise))

    def _only_names(self, definition: Definition, rule: Rule) -> bool:
        """Whether the sentence of a rule that always passes on another definition's value only says its own title again, with
        which one of those it is: “the grade in force on the day asked about”."""
        if rule.says is None or not always(rule.when) or not isinstance(rule.value, Call):
            return False
        title = nouns.definition(self.pack, definition.name, self.lang)
        sentence = rules.bare(rule.says[self.lang])
        if self.lang == "zh":
            before = sentence.removesuffix(title)
            return sentence.endswith(title) and (not before or (before.endswith("的") and not re.search("[，；为是]", before)))
        after = sentence.lower().removeprefix("the ").removeprefix(title.lower().removeprefix("the "))
        return after != sentence.lower().removeprefix("the ") and OF_WHAT.fullmatch(after.strip()) is not None


def always(condition: Expr) -> bool:
    """Whether a condition is no condition."""
    return isinstance(condition, Literal) and condition.value is True


def is_negative(condition: Expr) -> bool:
    """Whether a condition says that something is not so: to say that this is not met would be to deny a denial."""
    return isinstance(condition, Not) or (isinstance(condition, Compare) and condition.op == "!=")


def rule_of(pack: Pack, step: Because) -> Rule | None:
    """The rule that fired in a step; None for what holds otherwise."""
    definition = pack.definitions.get(step.definition)
    return next((rule for rule in definition.rules if rule.name == step.rule), None) if definition else None


def emptied(pack: Pack, step: Because) -> list[str] | None:
    """The lists in which nothing stands, where a step's value is what its rule has for just that: the rule then says nothing of
    how the value came about. None if it came about otherwise."""
    rule = rule_of(pack, step)
    value = rule.value if rule is not None else None
    if not isinstance(value, Aggregate) or not isinstance(value.default, Literal):
        return None
    if step.outcome != written(pack, value.type, value.default.value):
        return None
    return empty_lists(value, step.facts) or None


def empty_lists(value: Aggregate, facts: Iterable[Looked]) -> list[str]:
    """The lists that an aggregate goes through and in which, as was seen, nothing stands."""
    empty = {fact.path for fact in facts if fact.value == NO_ELEMENT}
    return [name for binder in value.binders if (name := binder.collection) in empty and name]


def looks_up_a_number(pack: Pack, step: Because) -> bool:
    """Whether a definition only turns one written number after another into a value: a code of the pack's, whose number no
    provision has."""
    definition = pack.definitions.get(step.definition)
    if definition is None or not definition.rules or [type_ for _, type_ in definition.parameters] != [NUMBER]:
        return False
    own = definition.parameters[0][0]
    return all(isinstance(rule.value, Literal) and _is_number(rule.when, own) for rule in definition.rules)


def _is_number(condition: Expr, own: str) -> bool:
    return (
        isinstance(condition, Compare) and condition.op == "=="
        and isinstance(condition.left, Var) and condition.left.name == own and isinstance(condition.right, Literal)
    )  # fmt: skip
