"""Why the kernel refuses, in Chinese. The kernel gives its reasons in English, each in one fixed form; here each form has its
sentence. `{}` is what a reason is about, in the order in which it stands there."""

from __future__ import annotations

import re
from functools import cache

FORMS = {
    # the files
    "the {} is larger than {} bytes": "{}超过{}字节",
    "the {} holds something other than strings, short whole numbers and lists": "{}含有文字、较短的整数、清单以外的内容",
    "the {} is nested more than {} deep": "{}嵌套超过{}层",
    "the {} is not a mapping in canonical form": "{}不是规范格式",
    "a key is not ASCII": "有的键名不是ASCII字符",
    "{} is missing": "缺少{}",
    "{} is not what is wanted there": "{}的内容不是此处所要的",
    "two of {} have one name": "{}中有两项同名",
    "a mapping is wanted": "此处应为键值对照",
    "{} mean nothing here; {} do": "此处不认识{}；可以写的是{}",
    "it is nested too deep, or too large": "嵌套过深，或者过大",
    "a file is not of the form wanted ({})": "文件的格式不符（{}）",
    "checking it would take too long": "核验需时过长",
    "usage: python {}": "用法：python {}",
    # the pack and its expressions
    "no day": "不是日期",
    "the pack is not of format 1": "规则文件不是第1版格式",
    "too many values": "取值过多",
    "there is no type {}": "没有{}这种类型",
    "{}: one value has the name of another": "{}：有两个值同名",
    "one name stands for two types": "有两种类型同名",
    "a number can have no value": "有的数上下限颠倒，不可能有值",
    "the horizon ends before it begins": "时间范围的起止颠倒",
    "of {} no values are written out": "{}的取值没有一一列出",
    "rules of {} override each other in a circle": "定义{}的规则循环优先",
    "{} is no {}": "{}不是{}类型的值",
    "{} is no number": "{}不是数",
    "the pack has no definition {}": "规则中没有定义{}",
    "{} has too many rules": "{}的规则过多",
    "an expression is longer than {} characters": "有表达式超过{}个字符",
    "{} has no place in an expression": "表达式中不能写{}",
    "{} is not in NFKC form": "{}不是NFKC规范形式",
    "an expression is nested too deep": "有表达式嵌套过深",
    "a result is called": "有表达式把结果当作函数调用",
    "{} stands where {} is wanted": "应为{1}的地方写了{0}",
    "{} is not part of the language": "规则语言中没有{}",
    "the name {} means nothing where it stands": "名称{}在所在之处没有含义",
    "no such arithmetic: {} {} {}": "没有这样的运算：{} {} {}",
    "a product needs a constant": "乘法须有一个常数",
    "{} between what has no order": "{}两边的内容没有大小先后之分",
    "elements or tables are compared": "表达式比较了清单的项或者表格",
    "{}() gives values, no elements and no tables": "{}()的结果应为值，不能是清单的项或者表格",
    "something is picked from what is no table": "从不是表格的内容中取项",
    "{}: no such field": "{}：没有这个字段",
    "{}: no such entry": "{}：没有这一项",
    "{} takes other arguments": "{}的参数不符",
    "{} is not part of the language, or takes other arguments": "规则语言中没有{}，或者参数不符",
    "{}() wants a constant": "{}()要求常数",
    "there is no table {}": "没有日历{}",
    "{}() is not part of the language": "规则语言中没有{}()",
    "{}() wants pairs of a key and a value": "{}()要求成对的键和值",
    "{}() compares numbers or days": "{}()只比较数或日期",
    "{}() takes a default only": "{}()只能另加缺省值",
    "{}() has no default": "{}()没有缺省值",
    "{}() of other types": "{}()的参数类型不符",
    "'is', or an 'in' of nothing written out": "用了is，或者in后没有逐一写出",
    "no such definition": "没有这个定义",
    "no such period": "没有这样的期间",
    "'for' wants a variable": "for后应为变量",
    "{} is no list": "{}不是清单",
    "a truth value is wanted": "此处应为是或否",
    "no number": "此处应为数或日期",
    "an expression of a form unknown here": "有表达式的形式无法识别",
    "the definition {} calls itself": "定义{}引用了自身",
    "definitions call each other more than {} deep": "定义相互引用超过{}层",
    "{} comes to nothing: an ill-typed pack": "{}推不出任何结果：规则的类型有误",
    "one value is wanted": "此处应为一个值",
    "a constant is wanted": "此处应为常数",
    "there is no such day": "没有这一天",
    # decisions
    "the certificate is not of format 1": "证明书不是第1版格式",
    "it is about another pack": "所依的是另一套规则",
    "a claim of the kind {} is checked by claims.py, if it is one": "{}一类的证明书由claims.py核验",
    "a decision that rests on a proof is checked by claims.py": "依靠逻辑证明的结论由claims.py核验",
    "outcomes: how many?": "结果的个数不符",
    "{} speaks of no one thing": "{}所指不明",
    "{} {} is given twice, or cannot be {}": "{1}写了两次，或者不可能是{2}",
    "{}: how many?": "{}：项数不符",
    "{} is `present`, or not spoken of": "{}只能写明存在，或者不写",
    "{} cannot be {}": "{}不可能是{}",
    "{} is stated twice": "{}写了两次",
    "there is no fact {}": "没有{}这一事实",
    "{} is none": "{}已写明不存在",
    "{} is a table: state its entries": "{}是表格，应逐项写明",
    "{} holds more than it is said to": "{}的项数多于所写",
    "the pack has no {} {}": "规则中没有{1}",
    "{}: too many": "{}：可能的取值过多",
    "a split has more than {} leaves": "分情形超过{}种",
    "{}: it is not said to be there": "按{}分情形，却没有写明有这一项",
    "a decision comes to one value": "确定的结论只能有一个值",
    "a name of {} in a case is left out": "有案件的{}中有一项没有写明名称",
    "{} has other arguments": "{}的参数不符",
    "{} is no {} of the case": "{}不在案件所列之内",
    "the rule {} is not shown to have {}": "看不出规则{}处于{}的状态",
    "possible, and not claimed: {}": "还可能有未列出的结果：{}",
    "the choice stated is not lawful": "所写的选择不合法",
    "an open decision has one case for each outcome, and no more": "每种结果应各有一个案件，不多不少",
    "there is one case for each outcome, and no more": "每种结果应各有一个案件，不多不少",
    "a case lacks what the claim lists": "有案件缺少结论所列的事实",
    "a case states an unlawful choice": "有案件写了不合法的选择",
    "a case is not shown to satisfy {}": "看不出有案件符合假定{}",
    "two of {} in a case have one name": "有案件的{}中有两项同名",
    "a case may come to {}": "有案件可能得出的是{}",
    "how rules stand is not shown by a proof": "逻辑证明不表明各条规则是否适用",
    "no outcome is claimed": "没有写明结果",
    "there are no other {}": "{}没有别的项",
    # proofs
    "the claim needs too many clauses": "所需的逻辑式过多",
    "a step speaks of no node": "证明有一步所指的内容不存在",
    "a step does not follow": "证明有一步推不出来",
    "a step follows from none before it": "证明有一步不是由前面的步骤推出",
    "a clause of the proof defines no gate": "证明引用的逻辑式没有定义任何逻辑门",
    "the proof goes on where it ended": "证明在得出结论之后还有内容",
    "the proof does not end": "证明没有结束",
    "a proof is not compressed as it should be": "证明的压缩格式不符",
    "a proof is cut off, or too long": "证明不完整，或者过长",
    "a proof holds something other than numbers": "证明含有数以外的内容",
    "there is nothing to prove": "没有需要证明的内容，却附了证明",
    "a case does not close its list {}": "有案件没有写明清单{}到此为止",
    # theorems
    "the names can stand for elements in too many ways": "名称的指代方式过多",
    "an assumption is none of the pack's": "有的假定不在规则之内",
    "the bound is {}": "清单所需的项数应为{}",
    "{} ways to name elements, as many proofs": "名称有{}种指代方式，应有同样多的证明",
    "two names of the theorem are one": "命题中有两个名称相同",
    "the theorem has too many names": "命题的名称过多",
    "the horizon is not the pack's": "所涉期间与规则的不符",
    "{} is no fact": "{}不是事实",
    "the case is read otherwise": "案件所取的理解与命题不同",
    "it is not said what the names stand for": "没有写明名称指什么",
    "{} is not there": "{}不存在",
    "{} is not new": "{}不是新增的",
    "the case does not show that the claim fails": "从案件看不出命题不成立",
    "the case does not show that {}": "从案件看不出：{}",
    "no reading {}: {}": "没有{}的这种理解：{}",
    "no change is {}": "没有{}这种变动",
    "{} wants names of elements": "{}要求写清单项的名称",
    "what {} hold depends on {}: no bound": "{}的内容取决于{}自身，项数没有上界",
    "after the change only choices may be others": "变动之后只有选择可以不同",
    "there is no {}, or more than one": "没有{}，或者不止一个",
    "it needs too many of {}": "所需的{}项数过多",
    "a count is compared with a constant only": "计数只能与常数比较",
    "what is left open is no definition of the pack": "列为不展开的，有的不是规则中的定义",
    "what is left open is not in order": "列为不展开的定义没有按次序排列，或者有重复",
    "something is left open in vain": "列为不展开的定义，有的证明中没有用到",
    "{} comes to nothing that could be left open": "定义{}的结果不是可以任意设定的值，不能不展开",
    "what is changed is no field": "所变动的不是字段",
    # the rules themselves
    "a grid has 1 to {} points": "所试情形应为1至{}个",
    "a list has 1 to {} elements there": "所试情形的清单应为1至{}项",
    "a gate is defined by what comes after it": "有逻辑门由后面的内容定义",
    "a clause of a gate does not hold of it": "有逻辑门与它的定义不符",
    "clauses and possibilities differ of {} at point {}": "{}的两种推算结果不同（第{}个情形）",
    # comparisons
    "neither law knows a fact of a case": "有案件的事实是修改前后的规则都没有的",
    "a case does not close every list": "有案件没有写明各清单到此为止",
    "a case is not shown to change as claimed": "看不出有案件如所列那样变化",
    "it is about another amended law": "所说的修改后的规则是另一套",
    "each answer has its own evidence": "每一事项应各有证据",
    "the laws speak of different days": "修改前后规则所涉的期间不同",
    "{} differs": "{}修改前后的参数或类型不同",
    "texts are not compared": "文字类的事项不作比较",
    "too many classes of change": "变化的类别过多",
    "there is no shift {} here": "此处没有{}这种变动方向",
    "a class in which nothing changes": "有的类别并无变化",
    "{} is no single outcome": "{}不是一种结果",
    "whether choices are lawful turns on each other": "几项选择是否合法互相取决",
    "one choice hides another": "一项选择取决于另一项选择",
    "a case of two laws makes no choices": "比较中的案件不写选择",
    "a case is read otherwise than claimed": "有案件所取的理解与所写的不同",
    "a case is not shown to be possible under both laws": "看不出有案件按修改前后的规则都是可能的",
    "there is no answer {}": "没有{}这一事项",
    "there is one case for each class of change": "每一类变化应各有一个案件",
    "a comparison is about two laws: name the pack as amended too": "这是修改前后规则的比较，还须指明修改后的规则",
    "it is about one law: name no other": "这只涉及一套规则，不要再指明另一套",
    "the list {} is not of one kind in both laws": "清单{}修改前后不是同一种",
    "{} {} is not of one kind in both laws": "{1}修改前后不是同一种",
    "{} has other options in each law": "{}修改前后的选项不同",
    "{} may be other things in each law": "{}修改前后可能的取值不同",
    "any what?": "没有写明是日期还是数",
    "there are too many ways to choose": "选择的组合过多",
    "a day or number turns on a choice": "有的日期或数取决于选择",
    "an assumption turns on a choice": "有的假定取决于选择",
    "{} is not the same in both laws": "{}修改前后不同",
    "there is no verdict {} here": "此处没有{}这种方向",
    "the laws do not say alike what is better for {}": "修改前后的规则没有一致写明{}以何者为优",
    "{}: its best and its worst are two special values of it": "{}：所说的最优和最劣，应是它的两个不同的特殊值",
    "a failure is neither better nor worse": "没有结果的情形无所谓优劣",
    "a class of {} does not become {}": "{}有一类变化不是{}",
    "a value of {} has no place in the order": "{}有的值没有排入高低次序",
    "what orders {} is not said, or need not be": "没有写明{}依什么排列高低，或者不应写明",
    "{} does not compare two such values": "定义{}不是比较两个这样的值的",
    "{} is no order: {}, {}, {}": "定义{}不成其为次序：{}、{}、{}",
    "whether {} is at least {} turns on the case": "{}是否不低于{}，取决于案件或者对条文的理解",
    "{} is not earlier or later": "{}没有先后之分",
}
WORDS = {"certificate": "证明书", "pack": "规则文件", "fired": "适用", "defeated": "被排除", "laxer": "放宽", "stricter": "收紧"}
NUMBERED = "the case does not show that premise {} holds"
POSSIBLE = "the case does not show that the case is possible and lawful"
FORMS |= {NUMBERED: "从案件看不出第{}个前提成立", POSSIBLE: "从案件看不出它是可能而且合法的"}


def told(reason: str, lang: str) -> str | None:
    """The kernel's reason in this language; None where there is no sentence for it."""
    if lang == "en":
        return reason
    for form, said in _patterns():
        match = form.fullmatch(reason)
        if match is not None:
            return said.format(*[_part(part) for part in match.groups()])
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those that say more by themselves first."""
    def fixed(form: str) -> int:
        return -len(form.replace("{}", ""))

    return tuple((_pattern(form), FORMS[form]) for form in sorted(FORMS, key=fixed))


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, form.split("{}"))), re.DOTALL)


def _part(part: str) -> str:
    quoted = re.fullmatch(r"'(.*)'", part, re.DOTALL)
    return f"“{quoted[1]}”" if quoted else WORDS.get(part, part)
