"""Chinese for why something was not shown. What the kernel says of itself stays as it says it."""

FORMS = {
    # of one answer
    "too much is not known of the case": "案件中不知道的事实太多",
    "the solver's budget ended ({})": "求解器用完了规定的计算量（{:raw}）",
    "too many further elements may matter": "清单中可能有影响的其他项目太多",
    "too many lists are unknown to try every reading": "不明的清单太多，无法逐一试过各种理解",
    "days beyond the calendar's reach": "所涉日期超出了可以推算的范围",
    "too many sets of facts were looked at": "要查看的事实组合太多",
    "the formula gets too large": "逻辑式过于庞大",
    "too much was tried": "试过的已经太多",
    "an element's meaning depends on its own collection: {}": "清单中一项的含义取决于清单本身：{:raw}",
    "what it depends on: {}": "结论取决于什么：{:why}",
    "other readings: {}": "其他理解之下如何：{:why}",
    "the day of the question is not known": "推算之日不明",
    "there is no answer that facts could be enough for": "没有可以由事实确定的结论",
    "looking for a smallest set took too long": "寻找最少的一组事实，计算量过大",
    "{}: looking for a smallest set of facts took too long": "{}：寻找最少的一组事实，计算量过大",
    # along days and numbers
    "the answer is a day or a number that moves along with it": "结论是随之变动的日期或数字",
    "it is compared with another number or day that is not known": "与之比较的另一个数字或日期也不明",
    "too many pieces to compare": "要比较的分段太多",
    # of every case
    "that the premises can hold: {}": "前提能否成立：{:why}",
    "no case with up to {} further elements of each list": "各清单至多增加{}项的案件中，没有这种情形",
    "{} elements would have to be looked at to exclude it": "要排除这种可能，须查看清单中多达{}个项目，超出了限度",
    "{} elements would have to be looked at to exclude any other change": "要排除其他变化，须查看清单中多达{}个项目，超出了限度",
    "with the rules' conditions apart the formula can be met": "不看各规则条件之间的联系，这个公式仍可满足",
    # of two laws
    "more than {} classes of change": "变化超过{}类",
    "how {} may fail is not known of everything that it is asked about here": "{}在这里所问的一切情况下会怎样没有结果，尚不清楚",
    "only one law has it": "只有一部规定有这个事项",
    "{}: a day or a number that an authority's choice decides is not compared": "{}：取决于裁量的日期或数字不作比较",
    "{}: {} ways to choose are too many to compare": "{}：裁量有{}种取法，太多而无法比较",
    "a day or a number that an authority's choice decides is not compared": "由裁量决定的日期或者数，不作比较",
    "the two laws do not choose among the same values": "修改前后裁量可选的值不同",
    # what no certificate can say
    "{}: {} is nothing that a certificate could show": "{}：“{:raw}”这样的结论，证明书无法证明",
    "the kernel's clauses can be met": "按核验程序所列的子句，相反的情形可以满足",
    "the kernel does not take it: {}": "核验程序不接受：{:raw}",
    "the amendment gives objects other names, which the kernel does not follow": "修订更改了名称，核验程序不能对应",
    "one law has no word for what a case holds, which the kernel does not compare":
        "案件中有的内容，一部规定没有相应的词，核验程序不作比较",
    "{}: {}": "{}：{:why}",
}
