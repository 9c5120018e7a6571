"""The fixed phrases of both languages, side by side. Braces are filled by the modules that use them."""

from __future__ import annotations

import re

from zhunsheng.lang.types import Text

QUOTED = re.compile(r"“\{(\w+)\}”")
INNER = str.maketrans("“”", "‘’")


def fill(phrase: Text, lang: str, **parts: object) -> str:
    """A phrase with its slots filled. What is put between quotation marks has its own turned into single ones."""
    template = phrase[lang]
    inner = {name: str(parts[name]).translate(INNER) for name in QUOTED.findall(template)}
    return template.format(**{**parts, **inner})


# -- joining conditions

AND = Text("，且", ", and ")
OR = Text("，或者", ", or ")
BRACKETS = Text("（{inner}）", "({inner})")
IF = Text("如果{test}，则{then}，否则{other}", "if {test}, then {then}, and otherwise {other}")
ALWAYS = Text("一律如此", "this always holds")
IMPLIES = Text("如果{test}，则{then}", "if {test}, then {then}")
NEVER = Text("一概不成立", "this never holds")

# -- statements that hold or do not

HOLDS = {True: Text("“{what}”成立", "“{what}” holds"), False: Text("“{what}”不成立", "“{what}” does not hold")}
HOLDS_FOR = {
    True: Text("就{args}而言，“{what}”成立", "for {args}, “{what}” holds"),
    False: Text("就{args}而言，“{what}”不成立", "for {args}, “{what}” does not hold"),
}
IS_TRUE = {
    True: Text("{of}“{what}”属实", "{of}“{what}” is true"),
    False: Text("{of}“{what}”不属实", "{of}“{what}” is not true"),
}
ANSWERED = {
    True: Text("{of}对{question}的回答为“是”", "{of}the answer to {question} is yes"),
    False: Text("{of}对{question}的回答为“否”", "{of}the answer to {question} is no"),
}
EXISTS = {True: Text("有{what}", "there is {a_what}"), False: Text("没有{what}", "there is no {what}")}
IS_THERE = {True: Text("有{what}", "there is {what}"), False: Text("没有{what}", "there is no {what}")}
HAS = {True: Text("{of}有{what}", "{of} has {a_what}"), False: Text("{of}没有{what}", "{of} has no {what}")}
READ_AS = {
    True: Text("“{question}”一问理解为“{option}”", "“{question}” is read as “{option}”"),
    False: Text("“{question}”一问不理解为“{option}”", "“{question}” is not read as “{option}”"),
}
READ_AS_ONE_OF = {
    True: Text("“{question}”一问理解为{options}", "“{question}” is read as {options}"),
    False: Text("“{question}”一问不理解为{options}中的任何一种", "“{question}” is read as neither {options}"),
}
WORKDAY = {
    True: Text("{day}是工作日", "{day} is a working day"),
    False: Text("{day}不是工作日", "{day} is not a working day"),
}
BY_TABLE = Text("（按“{table}”）", " (by “{table}”)")

# -- comparing: keyed by the kind of thing compared and the operator

COMPARED = {
    ("day", "=="): Text("{a}为{b}", "{a} is {b}"),
    ("day", "!="): Text("{a}不是{b}", "{a} is not {b}"),
    ("day", "<"): Text("{a}早于{b}", "{a} is before {b}"),
    ("day", "<="): Text("{a}不晚于{b}", "{a} is no later than {b}"),
    ("day", ">"): Text("{a}晚于{b}", "{a} is after {b}"),
    ("day", ">="): Text("{a}不早于{b}", "{a} is no earlier than {b}"),
    ("number", "=="): Text("{a}等于{b}", "{a} is {b}"),
    ("number", "!="): Text("{a}不等于{b}", "{a} is not {b}"),
    ("number", "<"): Text("{a}小于{b}", "{a} is less than {b}"),
    ("number", "<="): Text("{a}不超过{b}", "{a} is at most {b}"),
    ("number", ">"): Text("{a}超过{b}", "{a} is more than {b}"),
    ("number", ">="): Text("{a}不少于{b}", "{a} is at least {b}"),
    ("value", "=="): Text("{a}为{b}", "{a} is {b}"),
    ("value", "!="): Text("{a}不是{b}", "{a} is not {b}"),
    ("value", "<"): Text("{a}低于{b}", "{a} is below {b}"),
    ("value", "<="): Text("{a}不高于{b}", "{a} is no higher than {b}"),
    ("value", ">"): Text("{a}高于{b}", "{a} is above {b}"),
    ("value", ">="): Text("{a}不低于{b}", "{a} is no lower than {b}"),
}
BETWEEN = {
    ("day", "<=", "<="): Text("{x}不早于{a}、不晚于{b}", "{x} is no earlier than {a} and no later than {b}"),
    ("day", "<=", "<"): Text("{x}不早于{a}、早于{b}", "{x} is no earlier than {a} and before {b}"),
    ("day", "<", "<="): Text("{x}晚于{a}、不晚于{b}", "{x} is after {a} and no later than {b}"),
    ("day", "<", "<"): Text("{x}晚于{a}、早于{b}", "{x} is after {a} and before {b}"),
    ("number", "<=", "<="): Text("{x}不少于{a}、不超过{b}", "{x} is at least {a} and at most {b}"),
    ("number", "<=", "<"): Text("{x}不少于{a}、小于{b}", "{x} is at least {a} and less than {b}"),
    ("number", "<", "<="): Text("{x}超过{a}、不超过{b}", "{x} is more than {a} and at most {b}"),
    ("number", "<", "<"): Text("{x}超过{a}、小于{b}", "{x} is more than {a} and less than {b}"),
    ("value", "<=", "<="): Text("{x}不低于{a}、不高于{b}", "{x} is no lower than {a} and no higher than {b}"),
    ("value", "<=", "<"): Text("{x}不低于{a}、低于{b}", "{x} is no lower than {a} and below {b}"),
    ("value", "<", "<="): Text("{x}高于{a}、不高于{b}", "{x} is above {a} and no higher than {b}"),
    ("value", "<", "<"): Text("{x}高于{a}、低于{b}", "{x} is above {a} and below {b}"),
}
SAME = {
    ("day", "=="): Text("{a}与{b}为同一日", "{a} is the same day as {b}"),
    ("day", "!="): Text("{a}与{b}不是同一日", "{a} is another day than {b}"),
    ("value", "=="): Text("{a}与{b}相同", "{a} is the same as {b}"),
    ("value", "!="): Text("{a}与{b}不同", "{a} differs from {b}"),
}
ONE_OF = {
    True: Text("{a}为{items}", "{a} is {items}"),
    False: Text("{a}不是{items}中的任何一个", "{a} is neither {items}"),
}

# -- a theorem's two cases

ON_SIDE = {
    "before": Text("变动前，{what}", "before the change, {what}"),
    "after": Text("变动后，{what}", "after the change, {what}"),
}
OF_SIDE = {
    "before": Text("变动前的{what}", "{what} before the change"),
    "after": Text("变动后的{what}", "{what} after the change"),
}

# -- collections

ANY = {
    True: Text("有{thing}符合（{that}）", "there is {a_thing} such that ({that})"),
    False: Text("没有{thing}符合（{that}）", "there is no {thing} such that ({that})"),
}
ALL = {
    True: Text("凡{thing}均符合（{that}）", "every {thing} is such that ({that})"),
    False: Text("有{thing}不符合（{that}）", "some {thing} is not such that ({that})"),
}
ALL_WHERE = {
    True: Text(
        "凡符合（{where}）的{thing}均符合（{that}）",
        "every {thing} such that ({where}) is also such that ({that})",
    ),
    False: Text(
        "在符合（{where}）的{thing}中，有不符合（{that}）的",
        "some {thing} such that ({where}) is not such that ({that})",
    ),
}
THINGS_WHERE = Text("符合（{where}）的{thing}", "{thing} such that ({where})")
COUNT = Text("{thing}的数目", "the number of {thing}")
EXTREME = {
    ("min", "day"): Text("全部{thing}中{body}的最早者", "(the earliest value of {body} over every {thing})"),
    ("max", "day"): Text("全部{thing}中{body}的最晚者", "(the latest value of {body} over every {thing})"),
    ("min", "number"): Text("全部{thing}中{body}的最小者", "(the least value of {body} over every {thing})"),
    ("max", "number"): Text("全部{thing}中{body}的最大者", "(the greatest value of {body} over every {thing})"),
}
KEYED = {
    ("latest", "day"): Text(
        "{thing}中{key}最晚的一项（取{body}）",
        "({body} taken from the {thing} for which {key} is latest)",
    ),
    ("earliest", "day"): Text(
        "{thing}中{key}最早的一项（取{body}）",
        "({body} taken from the {thing} for which {key} is earliest)",
    ),
    ("latest", "number"): Text(
        "{thing}中{key}最大的一项（取{body}）",
        "({body} taken from the {thing} for which {key} is greatest)",
    ),
    ("earliest", "number"): Text(
        "{thing}中{key}最小的一项（取{body}）",
        "({body} taken from the {thing} for which {key} is least)",
    ),
}
DEFAULTED = Text("{value}（没有的，为{default}）", "{value} (or {default} if there is none)")

# -- values

TRUTH = Text("“{what}”成立与否", "whether {what}")
EXACTLY_IF = Text("当且仅当{that}时，“{what}”成立", "“{what}” holds exactly if {that}")
AGREE = {True: Text("{a}与{b}一致", "{a} agrees with {b}"), False: Text("{a}与{b}不一致", "{a} disagrees with {b}")}
OF = Text("{of}的{what}", "{what} of {of}")
FOR = Text("“{what}”（就{args}而言）", "“{what}” (for {args})")
ENTRY = Text("{table}中“{key}”一项", "the entry for “{key}” in {table}")
ENTRY_OF = Text("{table}中与{key}对应的一项", "the entry for {key} in {table}")
CHOSEN = Text("裁量选定的“{what}”", "the choice made on “{what}”")
VALUE_IF = Text("（{test}的，为{then}；否则为{other}）", "({then} if {test}, and otherwise {other})")
NEXT_DAY = Text("{day}的次日", "the day after {day}")
DAY_BEFORE = Text("{day}的前一日", "the day before {day}")
DAYS_AFTER = Text("{day}之后第{n}日", "the day {n} days after {day}")
DAYS_BEFORE = Text("{day}之前第{n}日", "the day {n} days before {day}")
PERIOD_AFTER = Text("{day}之后满{period}的对应日", "the day {period} after {day}")
PERIOD_BEFORE = Text("{day}之前{period}的对应日", "the day {period} before {day}")
NAMED_PERIOD_AFTER = Text("自{day}起经过{period}之日", "the day reached from {day} after {period}")
NAMED_PERIOD_BEFORE = Text("自{day}起倒推{period}之日", "the day reached from {day} back by {period}")
DAYS_BETWEEN = Text("自{b}至{a}的天数", "the number of days from {b} to {a}")
SUM = Text("{a}加{b}", "{a} plus {b}")
DIFFERENCE = Text("{a}减{b}", "{a} minus {b}")
PRODUCT = Text("{a}乘以{b}", "{a} times {b}")
WITH_VALUE = Text("“{title}”（{value}）", "“{title}” ({value})")
YEAR = Text("{day}所在的年份", "the year of {day}")
DATE_IN_YEAR = Text("{year}的{month}月{day}日", "{day} {month} of {year}")
DATE_FROM = Text("由{year}、“{month}”和“{day}”定出的那一日", "the day given by {year}, {month} and {day}")
WORKDAY_AFTER = Text("{day}之后第{n}个工作日", "working day {n} after {day}")
PICKED = {
    ("min", "day"): Text("{items}中的较早者", "the earlier of ({items})"),
    ("max", "day"): Text("{items}中的较晚者", "the later of ({items})"),
    ("min", "number"): Text("{items}中的较小者", "the lesser of ({items})"),
    ("max", "number"): Text("{items}中的较大者", "the greater of ({items})"),
}

# -- variables

THAT = Text("该{noun}", "that {noun}")
FURTHER = Text("{noun}{mark}", "{noun} {mark}")
MARKS = Text("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJ")
PERHAPS_SAME = Text("{thing}（可以是同一项）", "{thing} (possibly the same one)")
NUMBERED = Text("第{n}个{noun}", "the {n} {noun}")

# -- rules and definitions

RULE = Text("{when}的，{result}", "If {when}, {result}")
RULE_ALWAYS = Text("{result}", "{result}")
RESULT = Text("{what}为{value}", "{what} is {value}")
OTHERWISE = Text("没有其他规定适用的，{result}", "Where no other rule applies, {result}")
QUOTE = Text("“{what}”", "“{what}”")
PREVAILS = Text("优先于：{rules}", "prevails over: {rules}")
CITED = Text("{sentence}（{provision}）", "{sentence} ({provision})")
DUTY = Text("{who}须{what}", "{who} must: {what}")
DUTY_WHEN = Text("条件：{when}", "when: {when}")
DUTY_BY = Text("期限：{by}", "by: {by}")
