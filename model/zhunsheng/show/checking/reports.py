"""The other reports as documents: scenarios run, coverage, the account of the text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from zhunsheng.ask.report import Count, CoverageReport, Missed, ProvisionAccount, ScenarioResult, TestReport, TextReport
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.texts.words import WORDING

TESTED = Text("案例核对", "Scenarios")
AS_EXPECTED = Text("共{files}个案例、{runs}次推算，全部符合预期。", "Files: {files}; runs: {runs}. All came out as expected.")
NOT_AS_EXPECTED = Text(
    "共{files}个案例、{runs}次推算，其中{failed}次不符合预期。",
    "Files: {files}; runs: {runs}. Not as expected: {failed}.",
)
NOTHING_RUN = Text("没有找到案例。", "No scenarios were found.")
MISSED = Text("不符合预期的案例", "Not as expected")
VARIATION = Text("{file}，第{n}个变化", "{file}, variation {n}")
EXPECTED = Text("预期{expected}，实得{got}", "expected {expected}, got {got}")
KEY = Text("{answer}（{key}）", "{answer} ({key})")
COVERED = Text("覆盖情况", "Coverage")
COVERS = Text("{covered}/{total}", "{covered} of {total}")
ACCOUNT = Text("条文落实情况", "Account of the text")
ACCOUNT_OF = Text(
    "共{total}条（款、项），{encoded}条有规则或义务，{explained}条说明了不作推算的理由。",
    "{total} provisions: {encoded} with rules or duties, {explained} with a reason why nothing is computed.",
)
UNACCOUNTED = Text("没有着落的条文", "Provisions without an account")
UNREVIEWED = Text("尚未经人审阅的条文", "Provisions nobody has reviewed")
ALL_REVIEWED = Text("全部条文都已经人审阅。", "Every provision has been reviewed.")
DEFINES = Text("规则：{names}", "rules: {names}")
OBLIGES = Text("义务：{names}", "duties: {names}")
QUALIFIED = Text("限定词：{names}", "qualifying words: {names}")
UNCOVERED_WORD = Text("{word}（没有着落）", "{word} (not covered)")
REVIEWED = Text("审阅：{by}", "reviewed: {by}")


def scenarios_document(report: TestReport, lang: str, coverage: CoverageReport | None = None) -> Document:
    """How many runs came out as expected, and each that did not."""
    failed = [result for result in report.results if result.missed]
    files = len({result.case.file for result in report.results})
    summary = NOTHING_RUN if not report.results else NOT_AS_EXPECTED if failed else AS_EXPECTED
    said = fill(summary, lang, files=files, runs=len(report.results), failed=len(failed))
    sections = [Section(MISSED[lang], (), tuple(_result(result, lang) for result in failed))] if failed else []
    if coverage is not None:
        sections.append(_coverage(coverage, lang))
    return Document(TESTED[lang], lang, (said,), tuple(sections))


def text_document(pack: Pack, report: TextReport, lang: str, wording: Mapping[str, str] | None = None) -> Document:
    """Provision by provision, what encodes it; first what nothing accounts for. `wording`: the official words, where attached."""
    total = len(report.provisions)
    encoded = sum(1 for one in report.provisions if one.definitions or one.duties)
    explained = sum(1 for one in report.provisions if one.not_computed is not None and not (one.definitions or one.duties))
    said = fill(ACCOUNT_OF, lang, total=total, encoded=encoded, explained=explained)
    sections = []
    if report.unaccounted:
        sections.append(_listed(UNACCOUNTED[lang], report.unaccounted, lang))
    reviewed = () if report.unreviewed else (ALL_REVIEWED[lang],)
    told = tuple(_account(pack, one, lang, wording or {}) for one in report.provisions)
    sections.append(Section(ACCOUNT[lang], reviewed, told))
    if report.unreviewed:
        sections.append(_listed(UNREVIEWED[lang], report.unreviewed, lang))
    return Document(pack.title[lang], lang, (said,), tuple(sections))


def _result(result: ScenarioResult, lang: str) -> Item:
    file = PurePath(result.case.file).name or words.UNTITLED[lang]
    label = file if result.variation == 0 else fill(VARIATION, lang, file=file, n=result.variation)
    return Item(result.case.title[lang], label, tuple(_missed(one, lang) for one in result.missed))


def _missed(missed: Missed, lang: str) -> Item:
    name = missed.answer if missed.key in ("", "value") else fill(KEY, lang, answer=missed.answer, key=missed.key)
    return Item(fill(EXPECTED, lang, expected=missed.expected, got=missed.got), name)


def _coverage(report: CoverageReport, lang: str) -> Section:
    return Section(COVERED[lang], (), tuple(_count(count, lang) for count in report.counts))


def _count(count: Count, lang: str) -> Item:
    said = fill(COVERS, lang, covered=count.covered, total=count.total)
    below = tuple(Item(why, what) if why else Item(what) for what, why in count.missing)
    return Item(said, count.what[lang], below)


def _listed(title: str, refs: tuple[str, ...], lang: str) -> Section:
    return Section(title, (), tuple(Item(provision(ref, lang)) for ref in refs))


def _account(pack: Pack, account: ProvisionAccount, lang: str, wording: Mapping[str, str]) -> Item:
    comma = "、" if lang == "zh" else ", "
    below = [Item(fill(WORDING, lang, wording=wording[account.ref]))] if account.ref in wording else []
    for phrase, names in (
        (DEFINES, [nouns.definition(pack, name, lang) for name in account.definitions]),
        (OBLIGES, [nouns.duty(pack, name, lang) for name in account.duties]),
        (
            QUALIFIED,
            [word if covered else fill(UNCOVERED_WORD, lang, word=word) for word, covered in account.qualifiers],
        ),
        (REVIEWED, [account.reviewed] if account.reviewed else []),
    ):
        if names:
            below.append(Item(fill(phrase, lang, names=comma.join(names), by=comma.join(names))))
    if account.not_computed is not None:
        below.append(Item(account.not_computed[lang]))
    says = pack.provisions[account.ref].says[lang] if account.ref in pack.provisions else ""
    return Item(says, provision(account.ref, lang), tuple(below))
