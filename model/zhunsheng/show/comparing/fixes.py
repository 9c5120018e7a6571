"""Edits that make a theorem hold, or close a gap or end a conflict: in sentences, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.ask.fixing.cure import Cures
from zhunsheng.ask.fixing.editing import Way
from zhunsheng.ask.fixing.fix import Fix, Fixes
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Pack, Rule
from zhunsheng.lang.types import Text
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.narrate.rules import made_sentence, otherwise_sentence
from zhunsheng.show.checking.findings import Findings
from zhunsheng.show.checking.json import proof_json
from zhunsheng.show.checking.proofs import VERDICTS, Proofs
from zhunsheng.show.comparing import words
from zhunsheng.show.comparing.comparison import Telling, edit_words
from zhunsheng.show.deciding.json import FORMAT, Json

TITLE = Text("使命题成立的改动：{says}", "Edits that make this hold: {says}")
CURES = Text("消除这个问题的改动：{says}", "Edits that remove this fault: {says}")
UNSETTLED = Text(
    "另有{count}项改动，没有判明能否消除这个问题。", "Of {count} more it is not shown whether they remove the fault."
)
NOW = Text("命题现在{verdict}；{readings}。", "As the law stands the claim {verdict}; {readings}.")
HOLDS = Text("命题现在就成立，无须改动。", "The claim holds as the law stands; nothing need be edited.")
TRIED = Text(
    "与此有关的单独改动，逐一试过{tried}项（明确一处理解；把一个数值、日期、期限挪动一格；把规则中的一处界限挪动一日或者一；"
    "在规则列举或者排除的情形中补上一项；删去规则的一项条件；写明没有可取之项时的结果，或者没有规定适用时的结果；"
    "定明两条规则以哪一条为准），有{found}项{does}。",
    "{tried} single edits of what bears on it were tried (a reading settled; a number, day or period moved by one; a boundary in"
    " a rule moved by a day or by one; an item added to those that a rule lists or excepts; a condition of a rule dropped; what"
    " comes out where there is nothing to choose from, or where no rule applies; which of two rules prevails);"
    " edits among them that {does}: {found}.",
)
MAKE_HOLD, REMOVE = Text("使命题成立", "make it hold"), Text("消除这个问题", "remove the fault")
NOT_TRIED = Text(
    "没有试过增加整条规则和其他条件，也没有试过删去整条规则或者改动义务；没有列出的改动，不等于不可行。"
    "各项改动还改变什么，只推算各事项，没有推算义务。",
    "Whole rules and other conditions were not added, whole rules not taken away, duties not touched; an edit that is not listed"
    " may do all the same. Which duties change with an edit was not worked out, only which answers.",
)
VACUOUS = Text(
    "注意：前提已不可能出现，命题因此空泛成立；这样改没有意义，没有推算它还改变什么。",
    "Note: its premises have become impossible, so it holds of nothing. What else it changes was not worked out.",
)
UNTOLD = Text(
    "下列改动中没有说明还改变什么的，没有推算：在同一处填入其他内容也能做到，这样的改动较多，只推算了第一项。"
    "选定后，可用zhunsheng new amendment写成修改方案，再行比较。",
    "Where nothing is said of what else an edit changes, it was not worked out: other values do in the same place, and they are"
    " many, so it was worked out of the first alone. To see it of another, write that one as an amendment (zhunsheng new"
    " amendment) and compare.",
)
STANDS_FOR = Text("“{value}”的由来：{says}", "where “{value}” comes from: {says}")
OPENS = Text("注意：新出现下列问题", "Note: it opens these faults")
OPENS_MORE = Text("是否还新出现其他问题，未能全部查明", "It is not settled of every fault whether it is opened")
BOUNDARY = Text("把界限“{was}”改为“{now}”", "the boundary “{was}” becomes “{now}”")
ADDED = Text("在“{was}”所列之外，补上“{now}”", "to what “{was}” lists, “{now}” is added")
EXCEPTED = Text("在“{was}”所排除的之外，再排除“{now}”", "to what “{was}” rules out, “{now}” is added")
DROPPED = Text("删去条件“{was}”", "the condition “{was}” is dropped")
DEFAULT = Text(
    "写明“{was}”没有可取之项时为“{now}”", "where “{was}” has nothing to choose from, it comes to “{now}”"
)
OF_A_RULE = {
    Way.BOUNDARY: BOUNDARY, Way.ADDED: ADDED, Way.EXCEPTED: EXCEPTED, Way.DROPPED: DROPPED, Way.DEFAULT: DEFAULT,
}  # fmt: skip
PREVAILS = Text("与下列规则不一致时，以本条规则为准：{other}", "it prevails over this rule: {other}")
SILENT = Text("{where}：补上没有规定适用时的结果“{now}”", "{where}: what holds where no rule applies is added, “{now}”")
IN_RULE = Text("{where}的规则：{what}", "{where}: {what}")
NOW_SAYS = Text("改后：{says}", "the rule then says: {says}")
THIS_RULE = Text("本条规则：{says}", "the rule that prevails: {says}")
FIXES = Text("可行的改动", "Edits that would do")
CHANGED = Text("{name}（{how}）", "{name} ({how})")
ALSO = Text("按缺省理解，同时改变：{names}", "under the default readings it also changes: {names}")
UNSETTLED_OF = Text("未能判明是否改变：{names}", "it is not shown whether it changes: {names}")
ALONE = Text(
    "按缺省理解，各事项都不因此改变（已证明）。", "Under the default readings no answer changes with it (proved)."
)
UNSURE = Text("（未能证明没有其他变化）", " (it is not shown that nothing else changes)")


def fixes_document(pack: Pack, found: Fixes, lang: str) -> Document:
    """The edits that make a theorem hold, each with what else it changes."""
    theorem, tell = found.proof.theorem, Proofs(pack, lang)
    title = fill(TITLE, lang, says=theorem.says[lang].rstrip("。."))
    now = fill(NOW, lang, verdict=VERDICTS[found.proof.verdict][lang], readings=tell.readings(found.proof.variant))
    if found.holds:
        return Document(title, lang, (HOLDS[lang],), (), ())
    return _document(title, (now, _tried(found, MAKE_HOLD, lang), NOT_TRIED[lang]), found.found, lang)


def cures_document(pack: Pack, found: Cures, lang: str) -> Document:
    """The edits that close a gap or end a conflict, each with what else it changes."""
    title = fill(CURES, lang, says=Findings(pack, lang).sentence(found.finding).rstrip("。."))
    unsettled = (fill(UNSETTLED, lang, count=str(found.unsettled)),) if found.unsettled else ()
    return _document(title, (_tried(found, REMOVE, lang), *unsettled, NOT_TRIED[lang]), found.found, lang)


def _tried(found: Fixes | Cures, does: Text, lang: str) -> str:
    return fill(TRIED, lang, tried=str(found.tried), found=str(len(found.found)), does=does[lang])


def _document(title: str, said: tuple[str, ...], found: Sequence[Fix], lang: str) -> Document:
    items = tuple(_item(each, lang) for each in found)
    brief = (UNTOLD[lang],) if any(each.comparison is None and not each.vacuous for each in found) else ()
    return Document(title, lang, said, (Section(FIXES[lang], brief, items),) if items else ())


def _item(fix: Fix, lang: str) -> Item:
    return Item(_edit(fix, lang), "", tuple(_below(fix, lang)))


def _edit(fix: Fix, lang: str) -> str:
    """The edit in words; a boundary or condition as the rules of the pack write it."""
    match fix.way:
        case Way.SETTLED | Way.MOVED:
            return edit_words(fix.amended, fix.edit, lang)
        case Way.OTHERWISE:
            return fill(SILENT, lang, where=provision(fix.edit.provision, lang), now=str(fix.value))
        case Way.PREVAILING:
            definition = fix.amended.base.definitions[fix.edit.name.partition("/")[0]]
            other = made_sentence(fix.amended.base, definition, definition.rule(str(fix.value)), lang)
            return fill(IN_RULE, lang, where=provision(fix.edit.provision, lang), what=fill(PREVAILS, lang, other=other))
        case Way.BOUNDARY | Way.ADDED | Way.EXCEPTED | Way.DROPPED | Way.DEFAULT:
            what = fill(OF_A_RULE[fix.way], lang, was=fix.candidate.was, now=fix.value)
            return fill(IN_RULE, lang, where=provision(fix.edit.provision, lang), what=what)


def _says(fix: Fix, lang: str) -> Iterable[Item]:
    """The edited rule, or what now holds where there is none, as a sentence."""
    name, _, rule = fix.edit.name.partition("/")
    definition = fix.amended.pack.definitions.get(name)
    if definition is None:
        return
    if fix.way is Way.OTHERWISE and (said := otherwise_sentence(fix.amended.pack, definition, lang)) is not None:
        yield Item(said)
    elif fix.way is Way.PREVAILING:
        yield Item(fill(THIS_RULE, lang, says=made_sentence(fix.amended.pack, definition, definition.rule(rule), lang)))
    elif fix.way in OF_A_RULE:
        yield Item(fill(NOW_SAYS, lang, says=made_sentence(fix.amended.pack, definition, definition.rule(rule), lang)))
    if fix.way is Way.DEFAULT:
        yield from _stands_for(fix, definition.rule(rule), lang)


def _stands_for(fix: Fix, rule: Rule, lang: str) -> Iterable[Item]:
    """What a number means that is taken from the rules of what is compared: what the rule says that gives it."""
    pack = fix.amended.pack
    names = [part.body.name for part in e.walk(rule.value) if isinstance(part, e.Aggregate) and isinstance(part.body, e.Call)]
    for definition in (pack.definitions[name] for name in names if name in pack.definitions):
        said = [one.says[lang] for one in definition.rules if unparse(one.value) == fix.value and one.says is not None]
        if definition.otherwise is not None and unparse(definition.otherwise) == fix.value:
            said.append(otherwise_sentence(pack, definition, lang) or "")
        yield from (Item(fill(STANDS_FOR, lang, value=str(fix.value), says=each)) for each in said if each)


def _below(fix: Fix, lang: str) -> Iterable[Item]:
    yield from _says(fix, lang)
    if fix.vacuous:
        yield Item(VACUOUS[lang])
    if fix.comparison is None:
        return
    tell, comma = Telling(fix.comparison, lang), "；" if lang == "zh" else "; "
    changed = [each for each in fix.comparison.changed if not each.duty]
    said = [
        fill(CHANGED, lang, name=tell.name(each.answer), how=words.VERDICTS[each.direction][lang])
        for each in changed if each.direction is not Direction.NOT_SHOWN
    ]  # fmt: skip
    open_ = [tell.name(each.answer) for each in changed if each.direction is Direction.NOT_SHOWN]
    unsure = "" if fix.comparison.complete else UNSURE[lang]
    yield Item(fill(ALSO, lang, names=comma.join(said)) + unsure if said else ALONE[lang] if not unsure else unsure.strip())
    if open_:
        yield Item(fill(UNSETTLED_OF, lang, names=comma.join(open_)))
    if fix.opens:
        findings = Findings(fix.amended.pack, lang)
        yield Item("", OPENS[lang], tuple(findings.item(each, story=False) for each in fix.opens))
    if fix.opens_more:
        yield Item(fill(OPENS_MORE, lang))


def fixes_json(pack: Pack, found: Fixes) -> Json:
    """The same as data."""
    return _json(pack, found, theorem=proof_json(pack, found.proof))


def cures_json(pack: Pack, found: Cures) -> Json:
    """The same of a gap or conflict."""
    return _json(pack, found, finding=found.finding.key, unsettled=found.unsettled)


def _json(
    pack: Pack, found: Fixes | Cures, *, theorem: Json | None = None, finding: str | None = None, unsettled: int = 0
) -> Json:
    return {
        "format": FORMAT,
        "theorem": theorem,
        "finding": finding,
        "tried": found.tried,
        "unsettled": unsettled,
        "fixes": [_fix(pack, each) for each in found.found],
    }


def _fix(pack: Pack, each: Fix) -> Json:
    return {
        "edit": each.edit.label,
        "way": each.way.value,
        "was": each.candidate.was,
        "value": _written(pack, each),
        "vacuous": each.vacuous,
        "complete": each.comparison is not None and each.comparison.complete,
        "changes": None if each.comparison is None else [
            {"answer": one.answer, "verdict": one.direction.value} for one in each.comparison.changed
        ],
        "opens": None if each.comparison is None else [one.key for one in each.opens],
        "opens_more": None if each.comparison is None else each.opens_more,
    }  # fmt: skip


def _written(pack: Pack, fix: Fix) -> object:
    spec = pack.parameters.get(fix.edit.name)
    return fix.value if spec is None else values.written(pack, fix.value, spec.type)
