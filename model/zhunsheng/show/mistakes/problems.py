"""What went wrong, as people read it: one problem a paragraph, each with its place and what to do."""

from __future__ import annotations

from zhunsheng.errors import ContradictoryFacts, Disagreement, InputError, NotShown, Problem
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import paths
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.media.width import clean
from zhunsheng.show.mistakes import reason, told
from zhunsheng.show.mistakes.named import named

BAD_INPUT = Text("输入有误，共{n}处：", "The input has {n} problem{s}:")
CONTRADICTORY = Text(
    "案卷所列的事实互相矛盾，不可能同时属实，因此不作推算。请核对下列事实，改正后再试。",
    "The facts of the case cannot all be true, so nothing was decided. Check these facts and try again.",
)
FACTS = Text("涉及的事实：{facts}", "Facts concerned: {facts}")
WHY = Text("理由：{why}", "Why: {why}")
BUDGET = Text("未能在规定的计算量内算出：{why}", "Not shown within the set amount of computing: {why}")
UNFORESEEN = Text(
    "程序出错（程序的缺陷，不是输入的问题）：{kind}：{what}\n设置环境变量ZHUNSHENG_DEBUG=1再运行，可得到供维护者使用的详情。",
    "The program failed (its own defect, not the input's): {kind}: {what}\n"
    "Run it again with ZHUNSHENG_DEBUG=1 for details to report.",
)
DEFECT = Text(
    "两种推算方法得出了不同结果。这是程序的缺陷，不是输入的问题，因此不给结论。请把案卷和下面的内容报告给维护者。\n{detail}",
    "Two ways of working this out gave different results. This is a defect of the program, not of the input, so no"
    " answer is given. Please report the case and the following to the maintainers.\n{detail}",
)


def input_problems(error: InputError, lang: str, pack: Pack | None = None) -> str:
    """Every problem of the input, one a paragraph; in the words of the pack, if it could be read."""
    count = len(error.problems)
    head = fill(BAD_INPUT, lang, n=count, s="" if count == 1 else "s")
    return "\n\n".join([head, *(problem(named(one, pack, lang) if pack else one, lang) for one in error.problems)]) + "\n"


def problem(one: Problem, lang: str) -> str:
    """`file:line:column: what is wrong`, as editors understand it, and what to write instead."""
    said = f"{one.place}: {message(one.what, lang)}"
    return _lines(f"{said}\n    {message(one.instead, lang)}" if one.instead else said)


def message(text: str, lang: str) -> str:
    """What a problem says, in this language; in English where it has no other words, so that nothing is lost."""
    return told(text, lang) or text


def contradictory_facts(error: ContradictoryFacts, pack: Pack | None, lang: str) -> str:
    """Which facts clash, and why they cannot all be true."""
    names = [paths.fact_name(pack, path, lang) if pack is not None else path for path in error.facts]
    parts = [CONTRADICTORY[lang]]
    if names:
        parts.append(fill(FACTS, lang, facts=("、" if lang == "zh" else ", ").join(names)))
    parts.append(fill(WHY, lang, why=error.says[lang]))
    return _lines("\n\n".join(parts)) + "\n"


def not_shown(error: NotShown, lang: str) -> str:
    return _lines(fill(BUDGET, lang, why=reason(str(error), lang))) + "\n"


def defect(error: BaseException, lang: str) -> str:
    """Whatever nobody foresaw."""
    return _lines(fill(UNFORESEEN, lang, kind=type(error).__name__, what=error)) + "\n"


def disagreement(error: Disagreement, lang: str) -> str:
    return _lines(fill(DEFECT, lang, detail=error)) + "\n"


def _lines(text: str) -> str:
    """Each line clean; the line feeds are our own."""
    return "\n".join(clean(line) for line in text.split("\n"))
