"""Questions of interpretation: each reading with its options and arguments and what the case that tells them apart comes to under
each; the choices left to authorities; and what is settled in writing or not modelled."""

from __future__ import annotations

from collections.abc import Mapping

from zhunsheng.ask.testing.worked import Compared
from zhunsheng.lang.pack import Pack, ReadingSpec
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, paths, values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places

QUESTIONS = Text("条文疑义", "Questions of interpretation")
ABOUT = Text(
    "条文在这些地方可以有不止一种理解。推算时先按缺省理解，再看其他理解是否改变结论。有权机关作出正式解释的，可以固定其中一种。",
    "Here the text bears more than one meaning. Answers are first given under the default, and then it is looked at whether"
    " another reading changes them. An official interpretation can fix one.",
)
OPTIONS = Text("各种理解", "The readings")
DEFAULT = Text("（缺省）", " (default)")
NO_DEFAULT = Text("没有缺省：各种理解结论一致时，才有确定的结论。", "No default: an answer stands only where all readings agree.")
ARGUMENT = Text("理由：{argument}", "For it: {argument}")
CASE = Text("区分各种理解的案例", "The case that tells them apart")
UNDER = Text("按这一理解", "Read so")
CHOICES = Text("由机关裁量的事项", "Choices left to an authority")
WHO = Text("由{who}决定", "For {who} to decide")
LAWFUL = Text("法律允许的选择：{lawful}", "Lawful where {lawful}")
SETTLED = Text("已作说明的问题和未纳入推算的事项", "Questions settled in writing, and what is not modelled")
KINDS = {"note": Text("已作说明的问题", "Settled in writing"), "not_modelled": Text("未纳入推算的事项", "Not modelled")}


def pages(pack: Pack, compared: Mapping[str, Compared], lang: str) -> list[Page]:
    """`compared`: by reading, where the case it names is there."""
    return [
        _contents(pack, lang),
        *(_reading(pack, spec, compared.get(spec.name), lang) for spec in pack.readings.values()),
        _settled(pack, lang),
    ]


def _contents(pack: Pack, lang: str) -> Page:
    at = Places(pack, lang, places.READINGS)
    lines = [at.reading(spec.name) + _bracketed(at.provisions(spec.provisions), lang) for spec in pack.readings.values()]
    blocks = [markup.heading(1, QUESTIONS[lang]), ABOUT[lang], markup.bullets(lines)]
    if pack.discretions:
        blocks.append(markup.heading(2, CHOICES[lang]))
    for choice in pack.discretions.values():
        who = fill(WHO, lang, who=nouns.actor(pack, choice.who, lang))
        said = [f"{markup.text(who)}{_bracketed(at.provision(choice.provision), lang)}"]
        said.append(markup.text(fill(LAWFUL, lang, lawful=Prose(pack, lang).condition(choice.lawful))))
        said += [markup.text(fill(words.CRITERION, lang, criterion=choice.criterion[lang]))] if choice.criterion else []
        blocks += [markup.heading(3, choice.title[lang], f"choice-{places.slug(choice.name)}"), markup.bullets(said)]
    if pack.notes:
        blocks.append(at.to(SETTLED[lang], places.SETTLED))
    return page(places.READINGS, lang, QUESTIONS[lang], blocks)


def _bracketed(inner: str, lang: str) -> str:
    return f"（{inner}）" if lang == "zh" else f" ({inner})"


def _reading(pack: Pack, spec: ReadingSpec, found: Compared | None, lang: str) -> Page:
    at = Places(pack, lang, places.reading_page(spec.name))
    blocks = [markup.heading(1, spec.question[lang]), at.provisions(spec.provisions), markup.heading(2, OPTIONS[lang])]
    blocks += [] if spec.default is not None else [NO_DEFAULT[lang]]
    for number, option in enumerate(spec.options, 1):
        mark = DEFAULT[lang] if option.name == spec.default else ""
        argument = markup.text(fill(ARGUMENT, lang, argument=option.argument[lang]))
        blocks.append(f"{number}. {markup.strong(option.says[lang] + mark)}\n\n{markup.INDENT}{argument}")
    if found is not None:
        blocks += [markup.heading(2, CASE[lang]), at.to(found.case.title[lang], places.case_page(spec.case))]
        blocks.append(_compared(pack, spec, found, lang))
    return page(at.here, lang, spec.question[lang], blocks)


def _compared(pack: Pack, spec: ReadingSpec, found: Compared, lang: str) -> str:
    """A row for each option, a column for each answer of the case."""
    say = Outcomes(pack, lang)
    first = found.under[0][1]
    head = [UNDER[lang], *(paths.answer_name(pack, one.name, one.definition, lang) for one in first)]
    rows = [
        [
            markup.text(spec.option(option).says[lang]),
            *(
                markup.text(say.listed(one.type, tuple(p.outcome for p in one.outcomes)) or values.status(one.status.value, lang))
                for one in answers
            ),
        ]
        for option, answers in found.under
    ]
    return markup.table([markup.text(cell) for cell in head], rows)


def _settled(pack: Pack, lang: str) -> Page:
    at = Places(pack, lang, places.SETTLED)
    blocks = [markup.heading(1, SETTLED[lang])]
    for kind, title in KINDS.items():
        notes = [one for one in pack.notes.values() if one.kind == kind]
        blocks += [markup.heading(2, title[lang])] if notes else []
        for one in notes:
            blocks += [markup.heading(3, one.question[lang], f"n-{places.slug(one.name)}"), markup.text(one.settled[lang])]
            blocks += [at.provisions(one.provisions)] if one.provisions else []
    return page(at.here, lang, SETTLED[lang], blocks)
