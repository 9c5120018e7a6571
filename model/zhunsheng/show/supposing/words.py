"""The fixed sentences of `whatif`."""

from __future__ import annotations

from zhunsheng.lang.types import Text

TITLE = Text("假设：{title}", "What if: {title}")

# -- side by side

CHANGES = Text("所作的改动", "What is changed")
DIFFERENT = Text("结论的变化", "What becomes different")
NOTHING = Text("改动不影响任何结论。", "The changes alter no answer.")
NOT_SEEN = Text(
    "没有看出变化，但未能在规定的计算量内全部核算的事项",
    "No difference was seen, but not all was worked out within the set amount of computing",
)
NONE_SEEN = Text("没有看出改动影响哪一项结论。", "No answer was seen to be altered by the changes.")
SAME = Text("不变的结论", "What stays the same")
BEFORE = Text("改动前", "before")
AFTER = Text("改动后", "after")
RULES = Text("差别所据的规定", "the rules that make the difference")
ALSO = Text("{name}（同上）", "{name} (the same)")
APPEARED = Text("新增的结论", "Answers that are new")
VANISHED = Text("不再有的结论", "Answers that are gone")
DUTIES = Text("须办事项的变化", "What must be done, differently")
NOW_OWED = Text("改为须办", "now owed")
NO_LONGER = Text("改为不须办", "no longer owed")
OWED_OTHERWISE = Text("是否须办", "whether it is owed")
DEADLINE = Text("期限", "the day by which")
MOVED = Text("{before}改为{after}", "{before}, now {after}")
FORMERLY = Text("原为{value}", "was {value}")

# -- varied

VARIED = Text("只改变{what}，其余事实不变", "Only {what} is changed; the other facts stay as they are")
DEPENDS = Text("随之变化的结论", "Answers that depend on it")
CONSTANT = Text("不随之变化的结论", "Answers that do not depend on it")
ALL_CONSTANT = Text("各项结论都不随之变化。", "No answer depends on it.")
FROM_TO = Text("{least}至{greatest}", "{least} to {greatest}")
UNTIL = Text("{greatest}及以前", "up to and including {greatest}")
SINCE = Text("{least}起", "from {least}")
ONLY = Text("{least}", "{least}")
ANY = Text("任何日期（{least}至{greatest}）", "any day ({least} to {greatest})")
CANNOT = Text("不可能有这样的案件", "no such case can be")
STATED = Text("如案卷所列", "as the case has it")
WITHOUT = Text("没有{what}", "without {what}")
WITH = Text("有{what}", "with {what}")
WITHOUT_ANY = Text("一项也没有", "without any")
NOT_SHOWN = Text("未能算出：{why}", "not worked out: {why}")
EITHER = Text("可能是{outcomes}", "may be {outcomes}")
EXACT = Text(
    "每个区间的两端以及相邻的前一日、后一日都已用规则重新核算。",
    "Both ends of every range, and the values next to them, were worked out anew from the rules.",
)
PROVIDED = Text(
    "{day}之后的部分，以该日之后不再发生新的情况为前提。",
    "What is said of days after {day} holds if nothing further happens after it.",
)
READINGS = Text(
    "对条文按下列理解推算；如作其他理解，用 --readings 另行指定。",
    "Worked out under the readings below. For others, name them with --readings.",
)
UNLAWFUL = Text("案卷所载的裁量选择不合法", "the choice stated in the case is not lawful")

# -- the first and the last day

WHEN = Text("“{what}”何时成立", "When “{what}” holds")
MEANING = Text("即：{clause}", "That is: {clause}")
MOVING = Text("逐日推算的是：{what}", "The day that is moved: {what}")
EARLIEST = Text("最早一日", "First day")
LATEST = Text("最后一日", "Last day")
HOLDS = Text("成立", "it holds")
FAILS = Text("不成立", "it does not hold")
MAY_HOLD = Text("不一定成立", "it may hold or not")
NEVER = Text("{least}至{greatest}之间没有一天成立", "it holds on no day from {least} to {greatest}")
DAY_BEFORE = Text("前一日（{day}）：{state}", "the day before ({day}): {state}")
DAY_AFTER = Text("次日（{day}）：{state}", "the day after ({day}): {state}")
BOUND = Text("（规则所设时间范围的一端）", " (where the time that the rules cover ends)")
FROM_NOW = Text("自案卷所写之日（{day}）起，最早", "From the day that the case states ({day}) on, the first")
PERHAPS = Text("可能成立的{which}", "{which} on which it may hold")
WHY_NEVER = Text("为何从不成立", "Why it never holds")
HINDERED = Text(
    "仅凭下列事实和条文就不能成立，缺一不可",
    "these facts and provisions alone keep it from holding; none of them can be left out",
)
HINDERED_LEAST = Text(
    "仅凭下列事实和条文就不能成立，没有更小的一组", "these facts and provisions alone keep it from holding; no smaller set does"
)
HINDERING_RULES = Text("所据的条文", "The provisions")
WITHIN = Text("推算范围：{least}至{greatest}", "Days looked at: {least} to {greatest}")
SPANS = Text("各段日期", "Every stretch of days")
