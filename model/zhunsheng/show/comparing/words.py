"""The fixed sentences of a comparison, Chinese and English side by side."""

from __future__ import annotations

from zhunsheng.ask.comparing.comparison import Direction
from zhunsheng.lang.types import Text
from zhunsheng.solve.paired import Shift

TITLE = Text("修改方案比较：{names}", "What the amendment changes: {names}")
INCOMPLETE = Text(
    "注意：未能证明下面的清单没有遗漏（{answers}）。所列变化均经核对，但可能还有其他变化。",
    "Note: it is not shown that this list is complete ({answers}). What is listed was checked; there may be other changes.",
)
AFFECTED_SHOWN = Text(
    "注意：哪些情形受影响，已证明没有遗漏；但其中下列事项会怎样变化，未能证明已经列全：{answers}。只有{through}发生变化的情形，这些事项才可能变化。",
    "Note: which cases are affected is shown completely, but not that every way is listed in which these change: {answers}. They"
    " can change only in cases in which {through} changes.",
)
SAYS = Text("方案：{says}", "The amendment: {says}")
COMPLETE = Text(
    "比较涵盖自{least}至{greatest}之间的一切可能情形，清单不限长短；除所列各类变化外，再无其他变化。",
    "Every possible case between {least} and {greatest} was compared, with lists of any length; nothing changes but what is"
    " listed here.",
)
UNDER_DEFAULT = Text("对条文的理解取缺省选项；没有缺省的，各种理解都考虑。", "Readings are taken at their defaults; those without"
                     " one are all considered.")  # fmt: skip
UNDER_ALL = Text("条文的各种理解都考虑。", "Every reading of the text is considered.")
OVERALL = {
    Direction.EQUIVALENT: Text("总的结论：没有任何变化（已证明等价）。", "In all: nothing changes (proved equivalent)."),
    Direction.LAXER: Text("总的结论：只放宽，不收紧。", "In all: only laxer, nowhere stricter."),
    Direction.STRICTER: Text("总的结论：只收紧，不放宽。", "In all: only stricter, nowhere laxer."),
    Direction.BOTH: Text("总的结论：有放宽，也有收紧。", "In all: laxer in some cases, stricter in others."),
    Direction.OTHER: Text(
        "总的结论：有的变化不能简单说是放宽或者收紧，见各项。",
        "In all: some changes are neither laxer nor stricter; see each.",
    ),
    Direction.ADDED: Text("总的结论：增加了新的事项。", "In all: something new can be asked."),
    Direction.REMOVED: Text("总的结论：取消了原有事项。", "In all: something can no longer be asked."),
    Direction.NOT_SHOWN: Text("总的结论：未能得出。", "In all: not shown."),
}
VERDICTS = {
    Direction.EQUIVALENT: Text("不变（已证明）", "unchanged (proved)"),
    Direction.LAXER: Text("只放宽", "only laxer"),
    Direction.STRICTER: Text("只收紧", "only stricter"),
    Direction.BOTH: Text("有放宽有收紧", "laxer and stricter"),
    Direction.OTHER: Text("其他变化", "another change"),
    Direction.ADDED: Text("新增事项", "added"),
    Direction.REMOVED: Text("取消事项", "removed"),
    Direction.NOT_SHOWN: Text("未能证明", "not shown"),
}
COUNTS = Text(
    "受影响的事项{changed}项，证明不受影响的{same}项；随之变化的义务{duties}项，证明不变的{kept}项。",
    "Answers affected: {changed}, proved unaffected: {same}. Duties that change with them: {duties}, proved unchanged: {kept}.",
)
NOT_CERTIFIED = Text(
    "本比较由求解程序证明，每个情形都用两套规则的参考含义复核过；用 --certificate 可写出不依赖本程序的证明书。",
    "The comparison is proved by the solver, and every case was worked out again under both laws; --certificate writes a"
    " certificate that needs neither.",
)
CHANGES = Text("变化", "What changes")
DUTIES = Text("随之变化的义务", "Duties that change with it")
EDITS = Text("改动", "What is edited")
SAME = Text("不受影响的事项（均已证明）", "What does not change (proved)")
AND_DUTIES = Text("以及其余全部义务", "and every other duty")
WAITING = Text(
    "修改方案保存后将自动重新比较。结束请按Ctrl-C。",
    "The comparison is made again whenever the amendment is saved. Ctrl-C ends it.",
)
UNSURE = Text("未能证明无遗漏的事项", "Where completeness is not shown")
EXCLUDED = Text("两部法对何为可能情形的不同", "Where the laws differ on what can be a case")
EXCLUDED_BY = (
    Text("按修改前的假定不可能、修改后可能的情形：{says}", "Ruled out by the old law only: {says}"),
    Text("修改前可能、按修改后的假定不可能的情形：{says}", "Ruled out by the new law only: {says}"),
)
ANSWER = Text("{what}：{verdict}", "{what}: {verdict}")
FROM_TO = Text("由{before}变为{after}（{direction}）", "from {before} to {after} ({direction})")
MOVED = {
    Shift.EARLIER: Text("更早的日期", "an earlier day"),
    Shift.LATER: Text("更晚的日期", "a later day"),
    Shift.OTHER: Text("另一名称", "another name"),
    Shift.SAME: Text("同一日期", "the same day"),
}
MOVED_NUMBER = {
    Shift.EARLIER: Text("更小的数", "a smaller number"),
    Shift.LATER: Text("更大的数", "a greater number"),
    Shift.OTHER: Text("另一名称", "another name"),
    Shift.SAME: Text("同一数", "the same number"),
}
BY_DAYS = Text("变动{least}至{greatest}日", "by {least} to {greatest} days")
BY_NUMBER = Text("变动{least}至{greatest}", "by {least} to {greatest}")
SEEN_SO_FAR = Text("（仅就所查情形而言）", " (in the cases looked at)")
SOME_DAY = Text("某一日期", "a day")
SOME_NUMBER = Text("某一数", "a number")
NOTHING = Text("（没有合法的结果）", "(no lawful outcome)")
UNKNOWN_WORD = (
    Text("无从表述（原规定没有相应用语）", "what the old law has no word for"),
    Text("无从表述（新规定没有相应用语）", "what the new law has no word for"),
)
NO_WORD = Text("无从表述", "it has no word for this")
COMMA = Text("、", ", ")
SO_MANY = Text("，共{number}类，以变为{first}的为例", ": {number} classes, with a case of {first}")
ONE_OF = Text("可选：{outcomes}", "one of: {outcomes}")
OF_DEFINITION = Text("“{title}”（{name}）", "“{title}” ({name})")
OF_RULE = Text("“{title}”之下的{name}", "{name}, of “{title}”")
CASE = Text("最简单的情形", "The simplest case")
RESULT = Text("修改前：{before}；修改后：{after}", "Before: {before}; after: {after}")
ASKED_OF = Text("（所问：{args}）", " (asked of: {args})")
CAUSES = Text("起作用的改动", "Edits that take part")
RESTS = Text("依据的条款", "Provisions")
RESTS_ON = Text("修改前{before}；修改后{after}", "before: {before}; after: {after}")
ONLY_WHERE = Text(
    "只有下列事项发生变化的情形，本项才可能变化（已证明）：{names}",
    "It can change only in cases in which these change (proved): {names}",
)
FOLLOWS = Text(
    "只因下列事项变化而变化，自身的规定没有改动（已证明）：{names}",
    "Changes only because these change; its own rules stand as they were (proved): {names}",
)
KINDS = Text("涉及的企业", "Kinds of case")
KIND = Text("{title}：{verdict}", "{title}: {verdict}")
SET = Text("参数“{title}”由{old}改为{new}", "parameter “{title}”: from {old} to {new}")
FIXED = Text("对“{title}”的理解明确为“{option}”", "the reading “{title}” is settled as “{option}”")
EDIT = Text("{act}{kind}{name}", "{act} {kind} {name}")
EDIT_AT = Text("{what}（{where}）", "{what} ({where})")
FROM_DAY = Text("自{day}起施行", "In force from {day}")
SOURCE = Text("出处：{source}", "Source: {source}")
ACTS = {
    "set": Text("设定", "set"), "add": Text("增加", "add"), "replace": Text("替换", "replace"),
    "repeal": Text("删去", "repeal"), "fix": Text("明确", "settle"), "restate": Text("改写转述", "restate"),
}  # fmt: skip
OBJECTS = {
    "parameter": Text("参数", "parameter"), "rule": Text("规则", "rule"),
    "otherwise": Text("其余情形的规定", "what holds otherwise in"),
    "definition": Text("认定", "definition"), "duty": Text("义务", "duty"), "reading": Text("条文理解", "reading"),
    "discretion": Text("裁量", "discretion"), "enumeration": Text("取值范围", "enumeration"), "value": Text("取值", "value"),
    "fact": Text("事实", "fact"), "assumption": Text("假定", "assumption"), "provision": Text("条款", "provision"),
    "note": Text("说明", "note"), "not_modelled": Text("未建模事项", "matter not modelled"), "term": Text("术语", "term"),
    "answer": Text("事项", "answer"),
}  # fmt: skip
GUARANTEES = Text("对既有命题和案例的影响", "What becomes of theorems and scenarios")
NO_FLIPS = Text("{asked}项有关的命题，结论都没有改变。", "Of {asked} claims that this touches, none comes out otherwise.")
FLIPS = Text("{asked}项有关的命题中，{flips}项的结论改变了。", "Of {asked} claims that this touches, {flips} come out otherwise.")
NO_MOVES = Text("{tried}个案例的结果都没有改变。", "None of {tried} scenarios comes out otherwise.")
MOVES = Text("{tried}个案例中，有{moved}项结果改变了。", "Of {tried} scenarios, {moved} answers come out otherwise.")
FAULTS = Text(
    "检查改动所及的{looked}项认定：新出现{new}处空白、冲突或者无效的规定，消除{cured}处。",
    "Of the {looked} definitions the edits reach: {new} gaps, conflicts or idle rules appear, {cured} are cured.",
)
NO_FAULTS = Text(
    "检查改动所及的{looked}项认定：没有新的空白、冲突或者无效的规定，也没有消除原有的。",
    "Of the {looked} definitions the edits reach: no gap, conflict or idle rule appears, and none is cured.",
)
FAULTS_LEFT = Text("（另有{left}处未能查清）", " ({left} more were not settled)")
OPENED = Text("新出现", "new")
CURED = Text("已消除", "cured")
FLIP = Text("{says}（原来{before}，现在{after}；{readings}）", "{says} (it {before}; now it {after}; {readings})")
MOVE = Text("“{title}”的“{answer}”：原为{before}，现为{after}", "“{title}”, {answer}: {before} before, {after} now")
UNSTATED = Text("无法用新法的用语表述的命题文件：{what}", "Theorems that the new law has no words for: {what}")
DUTY_OWED = Text("义务“{what}”是否产生", "whether it is owed: {what}")
DUTY_BY = Text("义务“{what}”的期限", "the day for: {what}")
EQUAL = Text("措辞不同而含义相同（已证明）：{names}", "Worded differently, the same in every case (proved): {names}")
