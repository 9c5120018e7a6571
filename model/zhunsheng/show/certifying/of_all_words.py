"""The fixed sentences about certificates that speak of every case, of two laws or of the rules themselves."""

from __future__ import annotations

from zhunsheng.lang.types import Text

NO_AMENDED_LAW = Text(
    "未能核验：这是修改前后规则的比较，修改后的规则不在手头。请用 --amended 指定修改后的规则文件（校验码 {digest}），"
    "或者修改方案文件。",
    "Not checked: it compares two laws, and the law as amended is not at hand. Name its file with --amended (checksum {digest}), "
    "or the file of the amendment.",
)

# -- theorems

THEOREM = Text("命题“{says}”对一切可能的案件都成立。", "“{says}” This is true of every case that there can be.")
REFUTED = Text("命题“{says}”不成立：有一个案件与它相反。", "“{says}” This does not hold: there is a case against it.")
NAME = Text("名称", "Name")
PROVISIONS = Text("有关条文", "Provisions")
READ = Text("对条文的理解", "How the text is read")
ANY_READING = Text("条文的各种理解都包括在内", "in every way in which it can be read")
BY_DEFAULT = Text("各问题均取缺省的理解", "every question at its default")
REST_BY_DEFAULT = Text("其余问题取缺省的理解", "the other questions at their defaults")
EVERY_CASE = Text(
    "如果有案件违反这一命题，那么把各类清单减到下列项数，仍会有案件违反它（{slots}）；这样的案件不存在，证明已逐步复算",
    "If a case broke it, one with no more than so many elements would ({slots}); that there is no such case is shown by a proof, "
    "which was replayed step by step",
)
NO_ELEMENTS = Text("各类清单一项也不需要", "none in any list")
SLOTS = Text("{list}{n}项", "{list}: {n}")
NOT_EMPTY = Text(
    "有一个完整的案件满足命题的全部前提，所以命题不是空的", "A complete case meets all its premises, so it is not empty"
)
WITHOUT = Text(
    "规则中关于案件的假定共{all}条，证明没有用到其中{n}条", "Of {all} assumptions about cases, the proof does without {n}"
)
LEFT_OPEN = Text(
    "证明不涉及下列事项的规则，无论这些事项结果如何，命题都成立：{names}",
    "The proof does not look into the rules of these; whatever they come to, it holds: {names}",
)
CASE_AGAINST = Text(
    "一个完整的案件：前提全部满足，变动前后都是可能而且合法的，命题所说的却没有成立",
    "A complete case: all premises hold in it, it is possible and lawful before and after, and what is claimed fails",
)

# -- comparisons

COMPARED = Text(
    "修改方案（{names}）使下列事项发生所列各类变化，此外没有别的变化。",
    "The amendment ({names}) changes the answers below in the ways listed, and in no other way.",
)
AMENDED = Text("修改后的规则", "The rules as amended")
CHECKSUM = Text("校验码 {digest}", "checksum {digest}")
ANSWERS = Text("所比较的事项", "The answers compared")
UNCHANGED = Text("不变", "unchanged")
CLASS = Text("由{before}变为{after}", "from {before} to {after}")
MOVES = {
    "earlier day": Text("{said}，比原来提前", "{said}, earlier than it was"),
    "later day": Text("{said}，比原来推后", "{said}, later than it was"),
    "earlier number": Text("{said}，比原来减小", "{said}, smaller than it was"),
    "later number": Text("{said}，比原来增大", "{said}, greater than it was"),
}
ANY = {"day": Text("某一日期", "a day"), "number": Text("某一数", "a number")}
NOTHING = Text("没有结果", "nothing")
ONLY = {
    "laxer": Text("{name}（只放宽）", "{name} (only laxer)"),
    "stricter": Text("{name}（只收紧）", "{name} (only stricter)"),
}
ONE_WAY = Text(
    "只放宽或者只收紧的：所列各类变化都朝这一方向", "Only laxer, only stricter: each class listed goes that way"
)
UNTOUCHED = Text(
    "另有{n}项，所依据的规则修改前后逐字相同，因此不变",
    "{n} more rest only on what both laws say in the same words, and so do not change",
)
EACH_CLASS = Text(
    "每一类变化各有一个完整的案件：按修改前后的规则都是可能的，分别推算，结果如所列",
    "Each class of change has a complete case: possible under both laws, it comes to what is listed when worked out under each",
)
NO_OTHER = Text(
    "没有别的变化：修改前后的规则一并改写成逻辑式，清单项数取足，证明已逐步复算",
    "There is no other change: both laws were put into clauses together, with as many elements as can matter, and the proof was "
    "replayed step by step",
)
DUTY_OWED = Text("“{what}”的义务", "the duty “{what}”")
DUTY_BY = Text("“{what}”的期限", "the day of “{what}”")

# -- the rules themselves

RULES = Text(
    "用于证明的逻辑式与规则的含义一致（以所试的情形为限）。",
    "The clauses that proofs are about mean what the rules mean, as far as was tried.",
)
EVERY_GATE = Text(
    "每个逻辑门都只由在它之前的门定义，不排除任何案件", "Each gate is defined by gates before it, so that none excludes a case"
)
EVERY_RULE = Text(
    "每条规则的条件和取值、每个定义，在{points}个情形中（每类清单至多{elements}项）用两种方法推算，结果相同",
    "Every condition and value of a rule and every definition comes to the same in both ways, in {points} cases with at most "
    "{elements} elements in a list",
)

# -- trusted

KERNEL = Text("核验程序本身，以及运行它的Python", "the kernel itself, and the Python that runs it")
PACK = Text(
    "规则转述条文无误，且校验码所指的正是所要适用的规则",
    "that the rules restate the regulation rightly, and that the checksum names the rules that are meant",
)
HORIZON = Text("所涉日期都在{least}至{greatest}之间", "that the days lie between {least} and {greatest}")
BETTER = Text(
    "何者较优：规则中写明的方向；{orders}", "what is better: the way that the rules say it is; {orders}"
)
PLAIN_BETTER = Text("何者较优：规则中写明的方向", "what is better: the way that the rules say it is")
BY = Text("“{name}”的高低，依“{by}”", "of “{name}” what is higher, by “{by}”")
BEST = Text("“{name}”以“{value}”为最优", "of “{name}” that “{value}” is best")
WORST = Text("“{name}”以“{value}”为最劣", "of “{name}” that “{value}” is worst")
BOUND = Text(
    "关于清单项数取足的定理：案件不论多大，减到所列项数后性质不变",
    "the theorem by which so many elements are enough: a case of any size can be cut down to that number",
)
TRIAL = Text(
    "所试情形以外也同样一致：这是试验，不是证明",
    "that what agrees in these cases agrees in others: this is a trial, not a proof",
)
