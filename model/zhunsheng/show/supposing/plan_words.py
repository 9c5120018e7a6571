"""The fixed sentences of plans."""

from __future__ import annotations

from zhunsheng.lang.types import Text

GOAL = Text("目标：{what}", "Goal: {what}")
ON = Text("要求成立之日：{day}", "Wanted on: {day}")
PLANS = Text("可行的方案", "Plans")
PLAN = Text("方案{n}", "Plan {n}")
LEAST = Text(
    "以下是改动最少、步骤最小的方案。每个方案都已代入案卷重新推算，目标成立。",
    "These change the least there is to change. Each was carried out on the case and judged anew: the goal holds.",
)
MORE = Text("同样省力的方案还有，未列。", "There are others of the same cost, not listed.")
NOT_ALL = Text("没有试完全部方案，可能还有更省力的。", "Not every plan was tried; there may be cheaper ones.")
LACKS = Text(
    "缺少下列事实，有的方案无法判定，请先查明：{facts}。",
    "Plans could not be judged without these facts, which are not stated; find them out first: {facts}.",
)
ALREADY = Text("无须改动，目标已经成立。", "Nothing needs to change: the goal holds already.")
WAITING = Text("无须改动，目标自{day}起成立。", "Nothing needs to change: from {day}, the goal holds.")
ON_THE_DAY = Text("无须改动，目标在{day}成立。", "Nothing needs to change: on {day}, the goal holds.")
NOT_FIRST = Text(
    "更早是否也成立，未能在规定的计算量内核算。",
    "Whether it holds earlier too was not worked out within the set amount of computing.",
)
KEPT_BY = Text("至前一日为止适用的规则", "a rule that applies until the day before")
LARGE = Text(
    "没有试完全部方案；试过的改动少的方案都达不到目标。下列方案把同一类事实一起改动，再减去不需要的改动："
    "少改其中任何一项，或者把它改得小些，都没有成功。可能还有更省力的方案。每个方案都已代入案卷重新推算，目标成立。",
    "Not every plan was tried, and none of those with few changes reaches the goal. The following change facts of one kind "
    "together, and what is not needed was taken back: with any one change less, or smaller, they were not shown to work. There "
    "may be cheaper ones. Each plan was carried out on the case and decided anew: the goal holds.",
)
LARGE_CUT_SHORT = Text(
    "没有试完全部方案；试过的改动少的方案都达不到目标。下列方案把同一类事实一起改动，其中有的改动也许并不需要。"
    "每个方案都已代入案卷重新推算，目标成立。",
    "Not every plan was tried, and none of those with few changes reaches the goal. The following change facts of one kind "
    "together; some of the changes may not be needed. Each plan was carried out on the case and decided anew: the goal holds.",
)
NONE_TRIED = Text(
    "试过的方案都达不到目标；没有试完全部方案，不能由此认为目标达不到。",
    "None of the plans that were tried reaches the goal. Not every plan was tried, so this does not show that there is none.",
)
NO_PLAN = Text("没有找到能达到目标的方案。", "No plan was found that reaches the goal.")
COULD_TRIED = Text(
    "试过的方案在要求之日都达不到目标；没有试完全部方案，不能由此认为达不到。试过的方案中最早可能的日期：{day}。",
    "None of the plans that were tried reaches it on the day wanted. Not every plan was tried, so this does not show that there "
    "is none. The first day from which one of those tried could: {day}.",
)
COULD = Text(
    "在要求之日达不到。最早可能的日期：{day}。", "It cannot be had on the day wanted. The first day from which it could: {day}."
)
LATER = Text("要求之日以后可行的方案", "A plan that works later")
WHY = Text("为何不能更早", "What stands in the way")
WHY_NONE = Text("为何没有方案", "Why there is none")
FIRST_LAWFUL = Text("{what}：最早合法的一日", "{what}: the first lawful day")
BARRED = Text("不得{what}，直至", "No {what} up to and including")
BY_WHOM = Text("{what}，由{who}办理", "{what} by {who}")
NO_LENGTH = Text("需时未给出（--assume {stage}=…）", "its length is not given (--assume {stage}=…)")
BARRED_BY = Text("限制的依据", "what forbids it")
WORKS = Text("目标成立的第一日", "first day on which the goal holds")
WORKS_ON = Text("目标成立之日", "a day on which the goal holds")
NO_LENGTHS = Text(
    "其后各环节需时多少，法律没有全部规定；用 --assume 给出后可推算目标成立之日。",
    "The law does not say how long all that follows takes; give it with --assume to learn the day on which the goal holds.",
)
LENGTHS = Text("所假定的各环节时间", "Lengths assumed")
LENGTHS_SAID = Text(
    "每一环节自前一环节最后一日的次日（按工作日计的，次一工作日）起算。",
    "Each stage begins on the day (working day) after the last of the one before.",
)
DAYS = Text("{n}日", "{n} days")
WORKING_DAYS = Text("{n}个工作日", "{n} working days")
WHATEVER = Text("此后不论再发生什么，目标仍然成立。", "The goal holds whatever else may still happen.")
UNLESS = Text("此后如再发生新的情况，目标可能不成立。", "If something further happens, the goal may not hold.")
NOT_TOLD = Text(
    "此后如再发生新的情况会怎样，未能在规定的计算量内核算。",
    "What would be if something further happens was not worked out within the set amount of computing.",
)
ONLY_LENGTHS = Text(
    "没有条文阻止更早着手；只因所需各环节走完时，已过要求之日。",
    "Nothing forbids acting at once; what follows from it merely ends after the day wanted.",
)
NOT_KNOWN = Text(
    "未能证明单凭已知事实和条文就达不到目标；能否达到，取决于上列尚未查明的事实。",
    "It was not shown that what is stated prevents it by itself: whether it can be had depends on the facts listed above "
    "that are not known.",
)
NOT_NARROWED = Text(
    "没有得出是哪些事实和条文使目标达不到。",
    "It was not shown which facts and provisions prevent it.",
)
