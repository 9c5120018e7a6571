"""The fixed sentences of reports, Chinese and English side by side."""

from __future__ import annotations

from zhunsheng.lang.types import Text

COLON = Text("：", ": ")
SEMICOLON = Text("；", "; ")
STOP = Text("。", ".")

# -- headings of a decision

CONCLUSION = Text("结论", "Conclusion")
REASONS = Text("理由", "Reasons")
DEPENDS = Text("尚待明确的事项", "What is still open")
READINGS = Text("对条文作不同理解时", "If the text is read otherwise")
NEXT = Text("下一步", "What happens next")
ASSUMES = Text("以上结论的前提", "What this assumes")
CAUTIONS = Text("提示", "Cautions")
BASED_ON = Text("依据：{title}", "Under: {title}")
ASKED_DAY = Text("所问之日：{day}", "Day of the question: {day}")
WARNING = Text("注意：{what}", "Warning: {what}")
VERSION = Text("规则版本：{version}；规则校验码：{digest}", "Version of the rules: {version}; checksum of the rules: {digest}")
CASE_DIGEST = Text("案卷校验码：{digest}", "checksum of the case: {digest}")
UNTITLED = Text("案卷", "Case")

# -- how an answer stands

OPEN_FACTS = Text(
    "尚不能确定，因为有事实未明。可能的结果：{outcomes}",
    "cannot be told yet, because facts are missing. It may be: {outcomes}",
)
OPEN_READINGS = Text(
    "事实已明，但条文有歧义，理解不同则结论不同。可能的结果：{outcomes}",
    "the facts are known, but the text can be read in more than one way. It may be: {outcomes}",
)
OPEN_DISCRETION = Text(
    "按所列事实，由{who}裁量，可在下列结果中选择：{outcomes}",
    "on the facts stated, left to the discretion of {who}, who may choose among: {outcomes}",
)
OPEN_MIXED = Text(
    "尚不能确定，因为{causes}。可能的结果：{outcomes}", "cannot be told yet, because {causes}. It may be: {outcomes}"
)
OPEN_PLAIN = Text("尚不能确定。可能的结果：{outcomes}", "cannot be told yet. It may be: {outcomes}")
CAUSES = {
    "facts": Text("有事实未明", "facts are missing"),
    "readings": Text("条文有歧义", "the text can be read in more than one way"),
    "discretion": Text("须由主管机关裁量", "an authority has yet to choose"),
}
INCOMPLETE = Text("（可能还有其他结果，未能全部算出）", " (there may be others that were not worked out)")
UNLAWFUL = Text(
    "案卷所载的裁量选择超出法定范围，不能成立。法律允许的选择：{lawful}",
    "the choice stated in the case is outside what the law allows. Lawful choices: {lawful}",
)
NO_LAWFUL = Text("没有", "none")
NOT_SHOWN = Text("未能在规定的计算量内算出", "could not be worked out within the set amount of computing")
NOT_SHOWN_WHY = Text("{said}（{why}）", "{said} ({why})")
NOT_SHOWN_FOUND = Text("已发现的可能结果：{outcomes}", "Outcomes found so far: {outcomes}")
BETWEEN = Text("{least}至{greatest}（两端均有可能）", "from {least} to {greatest} (both can occur)")

# -- failures

GAP_IN = Text("“{what}”没有条文可依", "no rule says what “{what}” is")
GAP_NOTHING = Text("“{what}”没有可供比较的对象", "“{what}” has nothing to compare")
CONFLICT_IN = Text("“{what}”依下列规定结果不同：{rules}", "rules disagree on “{what}”: {rules}")
CONFLICT_TIE = Text("“{what}”有两项并列而内容不同", "two items tie for “{what}” and differ")
NO_TABLE = Text("“{table}”没有{year}年的数据", "“{table}” has no data for {year}")
OUT_OF_REACH = Text("所涉日期超出规则所设的时间范围", "a day involved is outside the time that the rules cover")

# -- reasons

EXAMPLE = Text("{name}（以结果为“{outcome}”的情形为例）", "{name} (taking the case in which it is “{outcome}”)")
STEP = Text("“{what}”为{value}", "“{what}” is {value}")
STEP_HOLDS = {True: Text("“{what}”成立", "“{what}” holds"), False: Text("“{what}”不成立", "“{what}” does not hold")}
STEP_IS = Text("“{what}”：{how}", "“{what}”: {how}")
STEP_FAILS = Text("“{what}”：{failure}", "“{what}”: {failure}")
BECAUSE = Text("{result}。{rule}", "{result}. {rule}")
BECAUSE_OF = Text("{result}，因为{conditions}", "{result}, because {conditions}")
OTHERWISE = Text("{result}，因为不属于有关规定所列的各种情形", "{result}, because none of the cases that the rules list is met")
WHICH_IS = Text("{result}，即{value}", "{result}, which is {value}")
GROUNDS = Text("所据事实", "Facts relied on")
SUPPOSED = Text("此例假设的事实（案卷没有写明）", "Facts supposed in this example (the case does not state them)")
SAME_GROUNDS = Text("均已在前面列出", "all listed above")
SOURCE = Text("{fact}（来源：{source}）", "{fact} (source: {source})")
ENTRY_IS = Text("{entry}为{value}", "{entry} {value}")
MORE_FACTS = Text("另有{n}项从略", "and {n} more")
SEE = Text("{result}（理由见“{what}”）", "{result} (for the reasons see “{what}”)")
NOT_APPLIED = Text("未适用的规定", "Rules that do not apply")
GROUNDS_BEFORE = Text("其余已在前面列出", "the others are listed above")
LACKED = Text("{rule}不具备的条件：{lacked}", "{rule} Not met: {lacked}")
NOT_FOR = Text("{rule}不适用，因为{reason}", "{rule} It does not apply, because {reason}")
DEFEATED = Text("{rule}应优先适用：{by}", "{rule} Set aside by: {by}")
NOT_APPLYING = Text("{rule}条件不成立", "{rule} Its condition does not hold")
MORE_RULES = Text("另有{n}条规定未适用", "{n} more rules do not apply")

# -- what is open

AT_LEAST = Text(
    "还取决于什么，在计算量限度内没有查完；下列各项，每一项都足以使结果不同：",
    "What else it depends on was not found within the budget; each of these alone can change the outcome:",
)
FACTS_OPEN = Text("事实未明，须查明：{facts}", "Facts to be found out: {facts}")
READING_OPEN = Text("条文疑义：{question}（{provision}）", "The text can be read in more than one way: {question} ({provision})")
CHOICE_OPEN = Text("裁量：“{title}”由{who}决定（{provision}）", "Discretion: “{title}” is for {who} to decide ({provision})")
WHO_OPEN = Text("有权机关", "the authority")
WHEN = Text("{outcome}：如果{conditions}", "{outcome}: if {conditions}")
FOR_EXAMPLE = Text("{outcome}：例如，{conditions}", "{outcome}: for example, {conditions}")
FOR_EXAMPLE_IF = Text("{outcome}：例如{conditions}", "{outcome}: for example, if {conditions}")
FURTHER = Text("还有其他{noun}（{fields}）", "there are other {nouns} ({fields})")
AMONG_FURTHER = Text("还有几项其他{noun}，其中有（{fields}）", "there are other {nouns}, among them ({fields})")
THERE_ARE = Text("{noun}共{n}项（{fields}）", "there are {n} {nouns} ({fields})")
THERE_IS = Text("有{what}（{fields}）", "there is {what} ({fields})")
FIELD_IS = Text("{field}：{value}", "{field}: {value}")
AND_SO_ON = Text("其余从略", "and others")
NONE_WITHIN = Text("没有属于上述范围的其他{noun}", "there is no other {noun} within those limits")
UNDER_READING = Text("按{n}", "{n} is taken")
LEFT_OUT = Text(
    "取决于多项事实的，各种结果的示例从略；用 --json 可取得每种结果的完整示例案卷。",
    "Where more than two things decide, examples are left out here; --json gives a whole case for each outcome.",
)
PROVISIONS = Text("有关规定：{provisions}", "Provisions: {provisions}")
CRITERION = Text("选择的依据：{criterion}", "What guides the choice: {criterion}")
CHOOSES = Text("对“{title}”选择“{value}”", "“{value}” is chosen on “{title}”")
MATTERS = Text(
    "如果另有一项{noun}，只有符合下列范围的才可能改变结论：{fields}",
    "One further {noun} could change this only within these limits: {fields}",
)
MATTERS_ONE_OF = Text(
    "如果另有一项{noun}，只有符合下列范围之一的才可能改变结论：",
    "One further {noun} could change this only within one of these limits:",
)
FIELD_UNTIL = Text("{field}不晚于{greatest}", "{field} is no later than {greatest}")
FIELD_FROM = Text("{field}不早于{least}", "{field} is no earlier than {least}")
FIELD_AMONG = Text("{field}为{values}", "{field} is {values}")
FIELD_BUT = Text("{field}为{values}以外的任何一种", "{field} is anything but {values}")
FIELD_BETWEEN = Text("{field}在{least}至{greatest}之间", "{field} lies between {least} and {greatest}")

# -- other readings

FIRM_SINGLE = Text(
    "下列结论改变任何一处理解都不变（同时改变几处的情形没有全部核算）：{names}",
    "The same if any one reading is changed (not every change of several together was tried): {names}",
)
FIRM_NOT_SHOWN = Text(
    "下列结论是否因理解不同而改变，未能在规定的计算量内核算：{names}",
    "Whether another reading changes these could not be worked out within the set amount of computing: {names}",
)
FIRM_FACTS_FIRST = Text(
    "下列结论尚缺的事实较多，其可能的结果是否因理解不同而改变，没有逐一核算，待多查明一些事实后再核算：{names}",
    "So much is still missing for these that other readings were not tried, and will be once more is known: {names}",
)
ALL_FIRM = Text(
    "本规则所列的各种理解不影响以上结论。", "No reading of the text that these rules list changes what is concluded above."
)
IF_READ = Text("“{question}”一问如理解为“{option}”", "“{question}” read as “{option}”")
OPEN_TOO = Text(
    "下列结论事实未明，其可能的结果也会因理解不同而变化：{names}",
    "These are open because facts are missing, and what they may be changes with the readings too: {names}",
)
MAY_BE = Text("可能的结果：{outcomes}", "it may be: {outcomes}")

# -- duties

OVER = Text(
    "期限在所问之日以前的（是否已经办理，这里不作判断）",
    "With a day before the one asked about (whether it was done is not judged here)",
)
DATED = Text("有期限的", "With a day")
UNDATED = Text("应当履行、没有确定日期的", "Owed, without a fixed day")
PERHAPS = Text("是否须办尚不能确定的", "Not certain to be required")
OWED_BY = Text("最迟{day}：{who}{what}（{provision}）。", "By {day}: {who}: {what} ({provision}).")
OWED = Text("{what}（{provision}）。", "{what} ({provision}).")
OWED_WHEN = Text("{what}；期限：{by}（{provision}）。", "{what}; by when: {by} ({provision}).")
NO_DEADLINE = Text("未定期限", "no deadline is set")
IS_OWED = {"true": Text("应当履行", "it is owed"), "false": Text("不须履行", "it is not owed")}
NO_DUTIES = Text("目前没有需要办理的事项。", "Nothing has to be done at present.")

# -- assumptions

ASSUMED = Text("{question}理解为“{option}”（{provision}）", "{question} Read as: “{option}” ({provision})")
PROVIDED = Text("假定{what}", "It is assumed that {what}")
SOURCES = Text(
    "案卷没有写明的事实，一律按未明处理，不作推定。",
    "What the case does not state is treated as unknown, never as false.",
)
