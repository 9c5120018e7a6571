"""Definitions and duties as blocks of a page: each rule as the sentence people say, then its exact condition in words."""

from __future__ import annotations

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import calls, expressions
from zhunsheng.lang.pack import Definition, Duty, Pack, Rule
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, rules
from zhunsheng.show import words
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.places import Places

EXACTLY = Text("确切地说", "Exactly")
PREVAILS = Text("优先于", "Prevails over")
SILENT = Text("没有规则适用的，条文未作规定。", "Where no rule applies, the text does not say.")
RESTS_ON = Text("所依据的", "Rests on")


def definition_blocks(pack: Pack, name: str, at: Places, level: int) -> list[str]:
    """A heading, a list of its rules, and what it rests on."""
    definition = pack.definitions[name]
    lines = [line for rule in definition.rules for line in _rule(pack, definition, rule, at)]
    otherwise = rules.otherwise_sentence(pack, definition, at.lang)
    lines.append(f"- {markup.text(otherwise or SILENT[at.lang])}")
    blocks = [markup.heading(level, nouns.definition(pack, name, at.lang), places.definition_anchor(name)), "\n".join(lines)]
    rests = rests_on(definition, at)
    return [*blocks, *([f"{markup.text(RESTS_ON[at.lang] + words.COLON[at.lang])}{rests}"] if rests else [])]


def rests_on(definition: Definition, at: Places) -> str:
    """What a definition itself calls and asks: definitions, open questions, choices, parameters, each with a link."""
    parts = [part for expr in expressions(definition) for part in e.walk(expr)]
    links = [at.definition(name) for name in calls(definition)]
    for part in parts:
        match part:
            case e.Reading(name=name):
                links.append(at.reading(name))
            case e.Choice(name=name):
                links.append(at.discretion(name))
            case e.Parameter(name=name):
                links.append(at.parameter(name))
            case _:
                pass
    return ("；" if at.lang == "zh" else "; ").join(dict.fromkeys(links))


def _rule(pack: Pack, definition: Definition, rule: Rule, at: Places) -> list[str]:
    """The rule's sentence; below it the exact one where they differ, and the rules it prevails over."""
    lang = at.lang
    elsewhere = rule.provision and rule.provision != definition.provision
    where = f"（{at.provision(rule.provision)}）" if lang == "zh" else f" ({at.provision(rule.provision)})"
    said, exact = rules.rule_sentence(pack, definition, rule, lang), rules.made_sentence(pack, definition, rule, lang)
    lines = [f"- {markup.text(said)}{where if elsewhere else ''}"]
    if said != exact:
        lines.append(f"{markup.INDENT}- {markup.text(EXACTLY[lang] + words.COLON[lang] + exact)}")
    for other in rule.overrides:
        sentence = rules.rule_sentence(pack, definition, definition.rule(other), lang)
        lines.append(f"{markup.INDENT}- {markup.text(PREVAILS[lang] + words.COLON[lang] + sentence)}")
    return lines


def duty_blocks(pack: Pack, duty: Duty, at: Places, level: int) -> list[str]:
    """A heading with what is to be done, and when, by which day, by whom."""
    lines = rules.duty_aloud(pack, duty, at.lang)
    return [
        markup.heading(level, rules.bare(duty.what[at.lang]), places.duty_anchor(duty.name)),
        markup.bullets(map(markup.text, lines)),
    ]
