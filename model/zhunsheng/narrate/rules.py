"""Rules, definitions and duties as sentences, for explaining a decision and for reading a pack aloud."""

from __future__ import annotations

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Duty, Pack, Rule
from zhunsheng.narrate import nouns, phrases
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provision


def rule_sentence(pack: Pack, definition: Definition, rule: Rule, lang: str) -> str:
    """What the pack says of a rule; a sentence made from its condition and value if it says nothing."""
    return rule.says[lang] if rule.says is not None else made_sentence(pack, definition, rule, lang)


def made_sentence(pack: Pack, definition: Definition, rule: Rule, lang: str) -> str:
    """The sentence made from a rule's condition and value, whatever the pack says of it."""
    say = Prose(pack, lang).within(definition)
    result = _result(say, definition, rule.value)
    if isinstance(rule.when, e.Literal) and rule.when.value is True:
        return ended(result, lang)
    return ended(fill(phrases.RULE, lang, when=say.condition(rule.when), result=result), lang)


def otherwise_sentence(pack: Pack, definition: Definition, lang: str) -> str | None:
    """What holds where no rule applies; None where the text is silent then."""
    if definition.otherwise is None:
        return None
    result = _result(Prose(pack, lang).within(definition), definition, definition.otherwise)
    return ended(fill(phrases.OTHERWISE, lang, result=result), lang)


def definition_aloud(pack: Pack, name: str, lang: str) -> tuple[str, ...]:
    """A whole definition, one sentence for each rule with its provision, and what holds otherwise."""
    definition = pack.definitions[name]
    lines = []
    for rule in definition.rules:
        sentence = cited(made_sentence(pack, definition, rule, lang), rule.provision or definition.provision, lang)
        if rule.overrides:
            others = [rule_sentence(pack, definition, definition.rule(other), lang) for other in rule.overrides]
            quoted = ("、" if lang == "zh" else ", ").join(fill(phrases.QUOTE, lang, what=bare(other)) for other in others)
            sentence = _joined(sentence, fill(phrases.PREVAILS, lang, rules=quoted), lang)
        lines.append(sentence)
    otherwise = otherwise_sentence(pack, definition, lang)
    return (*lines, otherwise) if otherwise is not None else tuple(lines)


def duty_aloud(pack: Pack, duty: Duty, lang: str) -> tuple[str, ...]:
    """Who must do what, when, and by which day."""
    say = Prose(pack, lang)
    who = nouns.actor(pack, duty.who, lang)
    lines = [
        cited(
            ended(fill(phrases.DUTY, lang, who=who, what=nouns.inside(bare(duty.what[lang]), lang)), lang),
            duty.provision,
            lang,
        )
    ]
    lines.append(ended(fill(phrases.DUTY_WHEN, lang, when=say.condition(duty.when)), lang))
    if duty.by is not None:
        lines.append(ended(fill(phrases.DUTY_BY, lang, by=say.value(duty.by)), lang))
    elif duty.no_deadline is not None:
        lines.append(ended(fill(phrases.DUTY_BY, lang, by=bare(duty.no_deadline[lang])), lang))
    return tuple(lines)


def cited(sentence: str, ref: str, lang: str) -> str:
    """A sentence with its provision in brackets before the full stop."""
    if not ref:
        return sentence
    return ended(fill(phrases.CITED, lang, sentence=bare(sentence), provision=provision(ref, lang)), lang)


def _result(say: Prose, definition: Definition, value: e.Expr) -> str:
    title = nouns.definition(say.pack, definition.name, say.lang)
    if definition.type.base == "yes/no" and not isinstance(value, e.Literal):
        that = fill(phrases.BRACKETS, say.lang, inner=say.condition(value))
        return fill(phrases.EXACTLY_IF, say.lang, what=title, that=that)
    if definition.type.base == "yes/no" and isinstance(value, e.Literal) and isinstance(value.value, bool):
        return fill(phrases.HOLDS[value.value], say.lang, what=title)
    return fill(phrases.RESULT, say.lang, what=f"“{title}”", value=say.value(value))


def bare(sentence: str) -> str:
    """A sentence without its full stop."""
    return sentence.strip().rstrip("。.")


def ended(sentence: str, lang: str) -> str:
    """A sentence with a capital and a full stop, as its language has them."""
    said = bare(sentence)
    return f"{said}。" if lang == "zh" else f"{said[:1].upper()}{said[1:]}."


def _joined(first: str, second: str, lang: str) -> str:
    return ended(f"{bare(first)}；{second}" if lang == "zh" else f"{bare(first)}; it {second}", lang)
