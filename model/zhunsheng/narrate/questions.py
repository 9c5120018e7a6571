"""From the question that asks for a fact to a noun for it, where the pack gives the fact no title.

Only shapes of question that can be turned without knowing the language are turned; any other question stands as it
is, in quotes, and serves as the fact's name.
"""

from __future__ import annotations

import re

REMARK = re.compile(r"\s*[（(][^（()）]*[）)](?=\s*[？?。.]?\s*$)")
CHINESE_NOUNS = (
    (re.compile(r"(?:要问的)是哪一天.*"), "所问之日"),
    (re.compile(r"(.+?)(?:是|叫)(?:什么|多少)"), r"\1"),
    (re.compile(r"(.*[^的])是哪(?:一)?(?:天|日)"), r"\1"),
    (re.compile(r"(.*?)从哪(?:一)?(?:天|日)开始"), r"\1开始之日"),
    (re.compile(r"(.*?)到哪(?:一)?(?:天|日)为止"), r"\1截止之日"),
    (re.compile(r"(.*?)(?:是|于|在)?哪(?:一)?(?:天|日)(.+?)的?"), r"\1\2之日"),
    (re.compile(r"(.+的)是哪一级(.*)"), r"\1等级\2"),
    (re.compile(r"(.+)是哪一级"), r"\1的等级"),
    (re.compile(r"(.+[到为达])哪一级"), r"\1的等级"),
    (re.compile(r"是哪一?种(.+)"), r"\1的种类"),
    (re.compile(r"(.+的)是哪一年度"), r"\1年度"),
)
CHINESE_LISTS = re.compile(r".*哪些(.+)")
ENGLISH_NOUNS = (
    (re.compile(r"(?:What|Which) (?:is|was) ((?:the|its|this|that|a|an) .+)"), r"\1"),
    (re.compile(r"Which day is the question about"), "the day of the question"),
    (re.compile(r"On which day (was|is) it (.+)"), r"the day on which it \1 \2"),
)
ENGLISH_LISTS = re.compile(r"Which ([\w ,-]+?) (?:has|have|does|do|did|was|were|is|are) .+")


def bare(question: str) -> str:
    """A question, or a title, without a closing remark in brackets."""
    return REMARK.sub("", question.strip()) or question


def noun_of(question: str, lang: str) -> str:
    """A noun phrase for what the question asks; the quoted question where there is none."""
    asked = bare(question)
    stem = asked.rstrip("？?。. ")
    for pattern, noun in CHINESE_NOUNS if lang == "zh" else ENGLISH_NOUNS:
        if (match := pattern.fullmatch(stem)) and (found := match.expand(noun).strip("，, ")):
            return found if not re.search("[，？?]", found) else f"“{found}”"
    return f"“{asked}”"


def plural_of(question: str, lang: str) -> str | None:
    """The elements that a question about a list asks for (`哪些…？`, `Which … has …?`), if it can be told."""
    stem = bare(question).rstrip("？?。. ")
    match = (CHINESE_LISTS if lang == "zh" else ENGLISH_LISTS).fullmatch(stem)
    return match[1] if match else None


def statement_of(question: str, lang: str) -> str | None:
    """What a yes/no question asks about, as a statement: 申报材料齐全吗 -> 申报材料齐全. None in English."""
    stem = bare(question).rstrip("？?。. ")
    if lang != "zh":
        return None
    if stem.endswith("吗"):
        return stem.removesuffix("吗")
    return stem.replace("是否", "", 1) if "是否" in stem else None
