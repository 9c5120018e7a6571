"""The fixed sentences of `text attach`."""

from __future__ import annotations

from dataclasses import dataclass

from zhunsheng.ask.publishing.attach import Change
from zhunsheng.lang.types import Text


@dataclass(frozen=True)
class Kept:
    """What became of the file that keeps the text. `how`: `new`, `same`, `left` (another text stays in it), `replaced`."""

    how: str
    file: str


TITLE = Text("官方文本与规则的核对", "The official text beside the rules")
MATCHED = Text(
    "“{file}”共有{total}条（款、项），其中{matched}条与规则对应；规则共有{pack}条。",
    "“{file}” has {total} provisions, of which {matched} match the rules; the rules have {pack}.",
)
FITS = Text(
    "文本与规则逐条对应，没有多出或者缺少的条文。",
    "Text and rules match provision by provision; neither has one that the other lacks.",
)
UNCHANGED = Text("与已附的文本相比，文字没有变动。", "Its words are those of the text that was attached before.")
KEPT = {
    "new": Text("文本已存入{file}。", "The text is kept in {file}."),
    "same": Text("{file}中已附有同样的文本，未作改动。", "{file} holds the same words already, and was left as it is."),
    "left": Text(
        "{file}中已附的文本与此不同，未作改动；确认以本文本为准的，加上--force重新运行。",
        "{file} holds another text, and was left as it is; to keep this one instead, run it again with --force.",
    ),
    "replaced": Text("{file}中原来所附的文本已由本文本替换。", "This text has taken the place of the one in {file}."),
}
NOT_CARRIED = Text(
    "官方文本只存放在您指定的文件中，规则本身只有转述。文字是否变更了含义，须由人判断。",
    "The official text is kept in your file alone; the rules hold a restatement only. Whether other words mean something else is"
    " for a person to judge.",
)

# -- the text and the pack

UNKNOWN = Text("文本中有、规则中没有的条文", "Provisions of the text that the rules do not have")
LACKING = Text("规则中有、文本中没有的条文", "Provisions of the rules that the text does not have")
ASTRAY = Text("次序颠倒的条文", "Provisions out of order")
CHAPTERS = Text("章的出入", "Chapters that differ")
LOST_WORDS = Text("规则所列限定词，在文本中找不到的", "Qualifying words of the rules that do not stand in the text")
PASSED = Text("未作为条文读取的行", "Lines that were not read as provisions")
AT = Text("{provision}（第{line}行）", "{provision} (line {line})")
LINE = Text("第{first}行", "line {first}")
LINES = Text("第{first}至{last}行", "lines {first} to {last}")
BRACKETS = Text("（{inner}）", " ({inner})")
NONE = Text("无", "none")
CHAPTER_TITLED = Text(
    "第{n}章：文本中为“{text}”（第{line}行），规则中为“{pack}”。",
    "Chapter {n}: “{text}” in the text (line {line}), “{pack}” in the rules.",
)
IN_CHAPTER = Text(
    "{provision}：文本中在第{text}章（第{line}行），规则中在第{pack}章。",
    "{provision}: in chapter {text} of the text (line {line}), in chapter {pack} of the rules.",
)
WHY_PASSED = {
    "before": Text("在第一条之前", "before the first article"),
    "after": Text("在最后一条之后", "after the last article"),
    "page": Text("页码或者页眉、页脚", "a page's number, head or foot"),
    "heading": Text("编、节的标题", "the heading of a part or section"),
}

# -- an earlier text and a later one

DIFFERENT = Text("与已附文本不同的条文", "Provisions that differ from the text attached before")
CHANGED = {
    Change.REWORDED: Text("{after}（第{line}行），文字有改动", "{after} (line {line}), reworded"),
    Change.RENUMBERED: Text("{after}（第{line}行），原为{before}", "{after} (line {line}), was {before}"),
    Change.RENUMBERED_AND_REWORDED: Text(
        "{after}（第{line}行），原为{before}，文字有改动", "{after} (line {line}), was {before}, reworded"
    ),
    Change.ADDED: Text("{after}（第{line}行），新增", "{after} (line {line}), added"),
    Change.REMOVED: Text("{before}（原文本第{line}行），已删去", "{before} (line {line} of the earlier text), gone"),
}
SAME_WORDS = Text(
    "文字未变；规则中引用该条号之处须相应修改。",
    "Its words are the same; where the rules cite its number, that has to be changed.",
)
PUT_FOR = Text("【{was}→{now}】", "[{was} → {now}]")
LEFT_OUT = Text("【删去：{was}】", "[left out: {was}]")
PUT_IN = Text("【增加：{now}】", "[put in: {now}]")
LOST = Text("规则所列限定词，此处已不再出现", "Qualifying words of the rules that no longer stand here")
NOTHING_ENCODES = Text(
    "规则中还没有这一条：须写入转述和规则，或者说明为什么不作推算。",
    "The rules do not have it: restate and encode it, or say why nothing is computed.",
)
REREAD = {
    "provisions": Text("须重读的转述", "Restatements to read again"),
    "definitions": Text("须重读的认定", "Definitions to read again"),
    "rules": Text("须重读的规则", "Rules to read again"),
    "duties": Text("须重读的义务", "Duties to read again"),
    "readings": Text("须重读的条文疑义", "Open questions to read again"),
    "discretions": Text("须重读的裁量", "Choices of an authority to read again"),
    "parameters": Text("须重读的参数", "Parameters to read again"),
    "notes": Text("须重读的说明", "Notes to read again"),
    "assumptions": Text("须重读的假定", "Assumptions to read again"),
    "theorems": Text("须重读的命题", "Theorems to read again"),
    "cases": Text("须重读的案例", "Scenarios to read again"),
    "answers": Text("以此为据的事项", "Answers that rest on it"),
}
WORDING = Text("官方文本：{wording}", "official wording: {wording}")
