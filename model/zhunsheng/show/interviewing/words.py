"""The fixed sentences of interviews."""

from __future__ import annotations

from zhunsheng.lang.types import Text

ABOUT = Text("（{about}）", " ({about})")
NUMBER = Text("第{n}问", "Question {n}")
WHY = Text("关系到：{names}", "It bears on: {names}")
HOW_MANY_HINT = Text(
    "共有几项？没有的填0；不能肯定没有其他的，填“2+”。", "How many? 0 if there are none; 2+ if there may be others."
)
EXISTS_HINT = Text("填“是”或“否”。", "Write yes or no.")
DAY_HINT = Text("填日期，如2026-10-01；{special}", "Write a day, such as 2026-10-01. {special}")
OR_SPECIAL = Text("也可填“{words}”。", "Or: {words}.")
NUMBER_HINT = Text("填整数。", "Write a whole number.")
TEXT_HINT = Text("填名称；{special}", "Write the name. {special}")
CHOOSE_HINT = Text("填序号或名称。", "Write its number or its name.")
SKIP_HINT = Text(
    "不知道的填“?”；要停下来填“q”，已答的都已保存。", " ? if you do not know; q to stop (what you answered is saved)."
)
PROMPT = Text("答：", "> ")
NOTED = Text("记下：不知道。", "Noted: not known.")
WRONG = Text("没有听懂：{what}", "That is no answer: {what}")
MENDED = Text("{what}（{instead}）", "{what} ({instead})")
CONTRADICTS = Text(
    "这与前面的回答不能同时成立，没有记下：{what}",
    "This cannot be true together with the earlier answers and was not kept: {what}",
)
SETTLED = Text("已经确定——{name}：{value}", "Settled - {name}: {value}")
STILL = Text("还可能——{name}：{values}", "Still possible - {name}: {values}")
STOPPED = Text(
    "已停止。所答的都保存在{file}，可以随时接着问：zhunsheng interview {file}",
    "Stopped. Your answers are in {file}; go on at any time with: zhunsheng interview {file}",
)
TITLE = Text("问答结果：{title}", "The interview: {title}")
ANSWERS = Text("结论", "Conclusion")
LEFT = Text("还取决于下列不知道的事实", "What it still depends on, and is not known")
SAVED = Text(
    "案卷保存在{file}；理由见：zhunsheng decide {file}", "The case is in {file}; for the reasons: zhunsheng decide {file}"
)
ASKED = Text("共问了{n}个问题", "{n} questions were asked")
WHAT = Text("{what}？", "{what}?")
BETWEEN = Text("{least}至{greatest}之间", "between {least} and {greatest}")
