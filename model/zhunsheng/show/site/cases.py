"""Worked cases: each scenario as a story, what it comes to and why, and what its variations change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from zhunsheng.ask.report import Answer
from zhunsheng.ask.testing.worked import Certificate, Worked
from zhunsheng.ask.timelines.story_days import happening, happens, reckoned
from zhunsheng.lang.case import Case
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, paths
from zhunsheng.narrate.document import Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import bare
from zhunsheng.show import words
from zhunsheng.show.deciding.decision import decision_document
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.deciding.story import Stories
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places
from zhunsheng.show.site.prepared import PreparedCase

CASES = Text("案例", "Worked cases")
ABOUT = Text(
    "每个案例说明一条规则的一侧：恰好在界限上，或者差一天、差一项。同一案例的变化列在后面。",
    "Each case shows one side of a rule: just at a boundary, or a day or an item short of it. Its variations follow.",
)
CERTIFICATES = Text("证明书", "Certificates")
CHECKED = Text(
    "下列结论可以不用本程序核验：把证明书、{checker}和{pack}放在一个文件夹里，运行",
    "These answers can be checked without this program: put the certificate, {checker} and {pack} into one folder, and run",
)
RESTS_ON_PROOF = Text(
    "下列结论靠一段证明，用另一个程序核验：把证明书、{checker}和{pack}放在一个文件夹里，运行",
    "These answers rest on a proof, which another program checks: put the certificate, {checker} and {pack} into one folder, and"
    " run",
)
NOT_ATTACHED = Text(
    "下列结论的证明书要靠一段证明，需要较长时间，本站生成时没有附上：{names}。",
    "The certificates of these answers rest on a proof that takes long to find; they were not attached when this site was made:"
    " {names}.",
)
NONE_MADE = Text("下列结论没有证明书：{names}。", "There is no certificate for: {names}.")
ALONG = Text("时间线", "Along time")
NO_PICTURE = Text(
    "本站生成时没有附上这一案例的时间线。", "No picture of this case along time was attached when this site was made."
)
NOTHING_HAPPENS = Text(
    "案情中没有时间线所展示的事项，所以没有画时间线。时间线展示{lists}，以及由案情所载日期算出的期限。",
    "Nothing in this case is among what is shown along time, so no picture is drawn. Shown are {lists}, and time limits that"
    " follow from a day stated in the case.",
)
DAY_OPEN = Text(
    "案情没有写明所问的是哪一天，所以没有画时间线。",
    "The case does not say which day the question is about, so no picture along time is drawn.",
)
LARGER = Text("单独打开这幅图（可以打印）", "The picture by itself, to enlarge or print")
IN_WORDS = Text("时间线的文字说明", "The same in words")
CHECK = "python {program} {file} pack.json"
FACTS = Text("案情", "The facts")
VARIATIONS = Text("如果情况不同", "If things were otherwise")
RESULT = Text("结果", "What comes of it")
CHANGES = Text("不同之处", "What differs")
READ = Text("“{question}”一问理解为“{option}”", "“{question}” read as “{option}”")
NUMBERED = Text("变化{n}", "Variation {n}")
OF_PROVISION = Text("有关条文：", "Provisions: ")


def contents(pack: Pack, cases: Mapping[str, Case], lang: str) -> Page:
    """Every case under the first provision it names, in the order of the text."""
    at = Places(pack, lang, places.CASES)
    order = {ref: number for number, ref in enumerate(pack.provisions)}
    groups: dict[str, list[str]] = {}
    for stem, case in cases.items():
        groups.setdefault(places.article(case.provisions[0]) if case.provisions else "", []).append(stem)
    blocks = [markup.heading(1, CASES[lang]), ABOUT[lang]]
    for ref in sorted(groups, key=lambda one: order.get(one, len(order))):
        blocks += [f"## {at.provision(ref)}"] if ref else []
        blocks.append(markup.bullets(at.to(cases[stem].title[lang], places.case_page(stem)) for stem in groups[ref]))
    return page(places.CASES, lang, CASES[lang], blocks)


def case_page(pack: Pack, stem: str, found: Worked, lang: str, prepared: PreparedCase | None = None) -> Page:
    """One case. Its document's cautions and version stand at the foot of the page already."""
    at = Places(pack, lang, places.case_page(stem))
    case = found.case
    document = decision_document(pack, found.decision, lang)
    kept = [one for one in document.sections if one.title != words.CAUTIONS[lang]]
    story = Section(FACTS[lang], Stories(pack, lang, _cone(pack, found)).told(case))
    blocks = [markup.heading(1, case.title[lang]), *map(markup.text, warned(found.decision.warnings, lang))]
    blocks += [OF_PROVISION[lang] + at.provisions(case.provisions)] if case.provisions else []
    blocks += [*markup.sections([story], lang), *_along(pack, stem, case, prepared, at), *markup.sections(kept, lang)]
    blocks += [*_variations(pack, found, lang), *_certificates(pack, stem, found, prepared, at)]
    return page(at.here, lang, case.title[lang], blocks)


def _along(pack: Pack, stem: str, case: Case, prepared: PreparedCase | None, at: Places) -> list[str]:
    """The picture of the case along time, the same in words; or why there is none."""
    if not pack.timeline:
        return []
    lang, blocks = at.lang, [markup.heading(2, ALONG[at.lang])]
    picture = prepared.pictures.get(lang) if prepared is not None else None
    if picture is None:
        return [*blocks, _no_picture(pack, case, prepared is not None, lang)]
    where = places.relative(at.here, _picture_path(stem))
    return [*blocks, f"![{markup.text(picture.alt)}]({where})", f"[{LARGER[lang]}]({where})",
            markup.folded(IN_WORDS[lang], picture.told.sections, lang)]  # fmt: skip


def _no_picture(pack: Pack, case: Case, prepared: bool, lang: str) -> str:
    """Why a case has no picture. Whether a day that it states brings a deadline is known where it was prepared."""
    if not isinstance(case.facts.get(pack.as_of), date):
        return DAY_OPEN[lang]
    if happens(pack, case) or (reckoned(pack, case) and not prepared):
        return NO_PICTURE[lang]
    shown = [nouns.elements(pack, pack.collections[name], lang) for name in happening(pack)]
    return fill(NOTHING_HAPPENS, lang, lists=("、" if lang == "zh" else ", ").join(shown))


def _picture_path(stem: str) -> str:
    return f"cases/timelines/{places.slug(stem)}.svg"


def picture_files(stem: str, prepared: PreparedCase | None) -> dict[str, bytes]:
    """The pictures of a case, by their paths with the folder of their language."""
    if prepared is None:
        return {}
    return {f"{lang}/{_picture_path(stem)}": one.svg.encode() for lang, one in prepared.pictures.items()}


def _cone(pack: Pack, found: Worked) -> Cone:
    """What bears on the answers that the case is about: nothing else is told."""
    cones = Cones(pack)
    duties = [f"duty {duty.name} {part}" for duty in found.decision.duties for part in ("owed", "by")]
    names = [*(answer.definition for answer in found.decision.answers), *(name for name in duties if name in pack.definitions)]
    return reduce(or_, map(cones.definition, names), Cone())


def _variations(pack: Pack, found: Worked, lang: str) -> list[str]:
    if not found.variations:
        return []
    blocks = [markup.heading(2, VARIATIONS[lang])]
    for number, (case, answers) in enumerate(found.variations, 1):
        changes = _changes(pack, found.case, case, lang)
        lines = [f"- {markup.strong(CHANGES[lang])}{words.COLON[lang].rstrip()}"] if changes else []
        lines += [f"{markup.INDENT}- {markup.text(one)}" for one in changes]
        lines += [
            f"- {markup.strong(RESULT[lang])}{words.COLON[lang].rstrip()}",
            *(f"{markup.INDENT}- {_answer(pack, one, lang)}" for one in answers),
        ]
        blocks += [markup.heading(3, _titled(found.case, case, number, lang)), "\n".join(lines)]
    return blocks


def _titled(first: Case, case: Case, number: int, lang: str) -> str:
    """The variation's own title; its number where it has none."""
    own = not case.title[lang].startswith(first.title[lang])
    return case.title[lang] if own else fill(NUMBERED, lang, n=number)


def _changes(pack: Pack, first: Case, other: Case, lang: str) -> list[str]:
    """What differs: facts, then readings."""
    said = (
        [] if first.facts == other.facts and first.choices == other.choices else list(Stories(pack, lang).changes(first, other))
    )
    for name, option in other.readings.items():
        if first.readings.get(name) != option:
            spec = pack.readings[name]
            said.append(
                fill(READ, lang, question=spec.question[lang], option=bare(spec.option(option).says[lang])) + words.STOP[lang]
            )
    return said


def certificate_files(stem: str, found: Worked, prepared: PreparedCase | None = None) -> dict[str, bytes]:
    """The certificates of a case, by their paths below the folder of a language."""
    return {_certificate_path(stem, one): one.text.encode() for one in (*found.certificates, *_by_proof(found, prepared))}


def _by_proof(found: Worked, prepared: PreparedCase | None) -> list[Certificate]:
    """The certificates that rest on a proof and were prepared."""
    texts = prepared.certificates if prepared is not None else {}
    return [
        Certificate(one.name, one.definition, texts[one.name])
        for one in found.decision.answers
        if one.name in found.unproved and texts.get(one.name)
    ]


def _certificate_path(stem: str, one: Certificate) -> str:
    return f"cases/certificates/{places.slug(stem)}.{places.slug(one.answer)}.json"


def _certificates(pack: Pack, stem: str, found: Worked, prepared: PreparedCase | None, at: Places) -> list[str]:
    """Each certificate to download, with what checks it and the command; then which answers have none, and why."""
    proved = _by_proof(found, prepared)
    blocks = _to_check(pack, stem, found.certificates, CHECKED, places.CHECKER, at)
    blocks += _to_check(pack, stem, proved, RESTS_ON_PROOF, places.PROOF_CHECKER, at)
    without = [one for one in found.decision.answers if one.name not in {made.answer for made in (*found.certificates, *proved)}]
    later = [one for one in without if one.name in found.unproved and (prepared is None or one.name not in prepared.certificates)]
    for said, these in ((NOT_ATTACHED, later), (NONE_MADE, [one for one in without if one not in later])):
        names = at.comma.join(_named(pack, one.name, one.definition, at.lang) for one in these)
        blocks += [markup.text(fill(said, at.lang, names=names))] if these else []
    return [markup.heading(2, CERTIFICATES[at.lang]), *blocks] if blocks else []


def _to_check(
    pack: Pack, stem: str, certificates: Sequence[Certificate], said: Text, programs: tuple[str, ...], at: Places
) -> list[str]:
    if not certificates:
        return []
    checker = at.comma.join(at.to(name, f"assets/{name}") for name in programs)
    told = said[at.lang].format(checker=checker, pack=at.to("pack.json", places.RULES)) + words.COLON[at.lang].rstrip()
    links = [at.to(_named(pack, one.answer, one.definition, at.lang), _certificate_path(stem, one)) for one in certificates]
    file = _certificate_path(stem, certificates[0]).rpartition("/")[2]
    return [told, f"```text\n{CHECK.format(program=programs[0], file=file)}\n```", markup.bullets(links)]


def _named(pack: Pack, answer: str, definition: str, lang: str) -> str:
    return paths.answer_name(pack, answer, definition, lang)


def _answer(pack: Pack, answer: Answer, lang: str) -> str:
    name = _named(pack, answer.name, answer.definition, lang)
    return markup.text(name + words.COLON[lang] + Outcomes(pack, lang).headline(answer) + words.STOP[lang])
