"""The fixed sentences of explanations."""

from __future__ import annotations

from zhunsheng.lang.types import Text

TITLE = Text("{case}：为什么", "{case}: why")
ANSWER = Text("结论", "The answer")
IT_IS = Text("所问的“{value}”正是这一结论", "“{value}”, which was asked about, is what comes out")
MAY_BE = Text("所问的“{value}”是可能的结果之一", "“{value}”, which was asked about, is one of the possible outcomes")
ENOUGH = Text("单凭下列事实和规定即可得出这一结论", "From these alone the answer follows")
IRREDUCIBLE = Text(
    "无论其他事实如何，结论都是这样。逐项按各事实可能的取值推算，缺了其中任何一项就得不出来；"
    "换一种推算也许可以更少，这样的组合也可能不止一组，不一定是项数最少的一组",
    "Whatever else may be true, the answer is the same. Reckoned from the values that each fact may take, it does not follow "
    "once any of these is left out; reckoned otherwise, fewer might do, and there may be other, smaller sets",
)
SMALLEST = Text(
    "无论其他事实如何，结论都是这样；逐项按各事实可能的取值推算，没有项数更少的组合",
    "Whatever else may be true, the answer is the same; reckoned from the values that each fact may take, no fewer are enough",
)
NOTHING = Text("不需要任何事实：无论事实如何，结论都是这样", "No fact is needed: whatever the facts, the answer is the same")
NOT_FOUND = Text(
    "没有找到单独足够的一组事实：只看各事实各自可能的取值，不能排除其他结果",
    "No set of facts that is enough by itself was found: the values that facts may take one by one do not exclude other outcomes",
)
EXISTS = Text("有{what}", "there is {what}")
READ_AS = Text("“{question}”理解为“{option}”", "“{question}” is read as “{option}”")
CHOSEN = Text("“{title}”选择“{value}”", "on “{title}”, “{value}” is chosen")
WHATEVER = Text("不论以下各项如何：{symbols}", "Whatever is true of: {symbols}")
UNDER = Text("有关规定：{provisions}", "Provisions: {provisions}")
REASONS = Text("理由", "Reasons")
EXAMPLE = Text("以下以结果为“{outcome}”的情形为例", "The following takes the case in which it is “{outcome}”")
REJECTED = Text("考虑过而没有采用的规定", "Rules considered that did not decide")
NONE_REJECTED = Text("没有其他规定可供考虑", "No other rule came into question")
NOT_SO = Text("为什么不是“{value}”", "Why it is not “{value}”")
NO_RULE = Text("没有任何规定能够给出这一结果", "No rule can give this outcome")
LACKS = Text("未满足的条件：{condition}", "Not met: {condition}")
HOLDS = Text("它适用，因为：{condition}", "It applies, because {condition}")
HAS = Text("符合：{condition}", "It is so that {condition}")
MORE_TRIED = Text("另有{n}项，从略", "{n} more are not listed")
HERE_IS = Text("{what}为{value}", "{what} is {value}")
GOES = {
    True: Text("按“如果”之后所说的判断，因为：{test}", "What is said after “if” counts, because {test}"),
    False: Text("按“否则”之后所说的判断，因为：{test}", "What is said after “otherwise” counts, because {test}"),
}
FAR = Text("另有{n}条规定条件不满足，其结果也不是这样", "{n} more rules neither apply nor would give this")
FACTS = Text("事实：{facts}", "The facts: {facts}")
DEFEATED = Text("已被优先适用的规定排除：{by}", "Set aside by: {by}")
OVERRULED = Text(
    "没有其他规定适用时才是这一结果，而已有规定适用：{by}", "It would be so only if no rule applied, and these do: {by}"
)
OTHERWISE = Text("没有其他规定适用时的结果", "What holds where no rule applies")
COMES_TO = Text("适用，但得出的是“{value}”", "It applies, but comes to “{value}”")
FAILS = Text("其条件无法判断：{failure}", "Whether it applies cannot be told: {failure}")
BELOW = {
    "true": Text("“{what}”不成立。能使其成立的规定：", "“{what}” does not hold. What would have made it hold:"),
    "false": Text("“{what}”成立。能使其不成立的情形：", "“{what}” holds. What would have made it not hold:"),
    "value": Text(
        "“{what}”是“{is_}”而不是“{wanted}”。能得出“{wanted}”的规定：",
        "“{what}” is “{is_}” and not “{wanted}”. What would have given “{wanted}”:",
    ),
}
