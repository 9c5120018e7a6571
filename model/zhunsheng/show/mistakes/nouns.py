"""Chinese for the things that messages speak of, and for what Python, YAML and the system say in their own words."""

THINGS = {
    # what stands there
    "a list": "清单",
    "values: {}": "可以写的值：{:list}",
    "a mapping (`key: value`)": "`键: 值`的对照",
    "text": "文字", "a day": "日期", "a number": "数", "a truth value": "真假值", "nothing": "空值", "a whole number": "整数",
    "a sentence": "一句话", "a name": "名称", "a variable": "变量", "a table": "表格", "an entry": "项", "a field": "字段",
    "{} to {}": "{}至{}",
    "a tab": "制表符", "a full-width space": "全角空格",
    "key file": "密钥文件", "public key": "公钥", "private key": "私钥",
    "{} as far as known": "{}的已知部分", "{} with its source": "附来源的{}", "what is expected of {}": "就{}所作的预期",
    "what is said of registers": "关于名册的说明", "a mapping of variables to lists": "变量与清单的对照",
    "a further claim under `also:`": "`also:`下的另一断言",
    "no suffix": "无后缀",
    "none of them": "一个也没有",
    "none is stated": "没有写明任何一项",
    "{} has none": "{}一项也没有",
    # names
    "the name of a table": "日历的名称",
    "the name of {}": "{}的名称",
    "the key of a finding": "发现的键",
    "a rule's name": "规则的名称", "the new name": "新名称", "two names": "两个名称", "what a name stands for": "名称所指",
    "the provision in quotes": "加引号的条文号", "provisions in quotes": "加引号的条文号",
    "other spellings": "其他写法", "names of rules": "规则名称", "paths of facts": "事实的路径", "keys of findings": "发现的键",
    "mappings of `readings:` and `expect:`": "`readings:`和`expect:`的对照",
    "the answer {}": "事项{}",
    "the day on which the actor acts": "行动之日",
    "Saturdays and Sundays that are worked": "上班的周六、周日",
    "days off on Monday to Friday": "周一至周五的休息日",
    "no Saturday or Sunday": "不是周六或周日", "a Saturday or Sunday": "是周六或周日",
    "both `by:` and `no_deadline:`": "同时写了`by:`和`no_deadline:`",
    "neither `by:` nor `no_deadline:`": "没有写`by:`，也没有写`no_deadline:`",
    "note under `not_modelled:`": "`not_modelled:`下的说明", "note under `notes:`": "`notes:`下的说明",
    "too deeply nested": "嵌套过深",
    # kinds of words
    "kind of object": "可以改动的种类", "status": "结论的状态", "order of outcomes": "结果的优劣次序",
    "type of a parameter": "参数的类型", "verdict to expect": "可以预期的结论",
    "word for `discretion:`": "`discretion:`可用的词", "word for how firm an answer is": "表示结论牢靠程度的词",
    "one who changes facts": "改变事实的主体", "option of {}": "{}的选项",
}
"""`{}` is again a thing or a value."""

TYPES = {"text": "文字", "number": "数", "day": "日期", "period": "期间", "yes/no": "是或否", "none": "无（none）"}

DECLARED = {
    "pack": "规则", "fact": "事实", "field": "字段", "reading": "需要理解的问题", "discretion": "裁量事项",
    "definition": "认定", "rule": "规则", "duty": "义务", "provision": "条文", "enumeration": "一组取值", "value": "值",
    "attribute": "属性", "parameter": "参数", "assumption": "假定", "note": "说明", "term": "术语",
    "event": "事件", "window": "期间", "row": "行", "step": "步骤", "stage": "环节", "theorem": "命题", "option": "选项",
    "element": "项", "kind": "类别", "finding": "发现", "amendment": "修改方案", "scenario": "案件",
    "situation": "情况", "list": "清单",
    "list of facts": "事实的清单", "special value": "特殊值", "answer": "事项", "qualifier": "限定词", "review": "审阅",
    "edit": "改动", "change": "变动", "expectation": "预期", "otherwise": "`otherwise:`", "not modelled": "未建模事项",
    "variation": "变化", "difference": "差别", "split": "分列", "text": "文字", "name": "名称", "label": "标签",
    "expression": "表达式", "language": "语言", "day": "日期", "year": "年份",
    "way to divide cases": "案件的分类方法", "year of a table": "日历的年份", "table of working days": "工作日历",
    "parameter of a definition": "认定的参数", "file of articles": "条文文件", "key of case files": "案件文件的键",
    "case": "案件", "chapter": "章", "collection": "清单", "premise": "前提", "claim": "断言", "choice": "选择",
}
"""What packs, cases, amendments and theorems declare, as `a fact`, `the fact …` and in names of kinds."""

TOKENS = {
    "<stream end>": "文件末尾", "<block end>": "这一组的末尾", "<block mapping start>": "一组键", "<scalar>": "一个值",
    "<block sequence start>": "清单的开头", "<document start>": "`---`", "<document end>": "`...`",
}
"""How the YAML parser calls what it meets."""

FOREIGN = {
    # Python, of an expression
    "invalid syntax": "语法不对", "invalid syntax. Perhaps you forgot a comma?": "语法不对，可能漏了逗号",
    "unexpected EOF while parsing": "没有写完", "unexpected indent": "多了缩进",
    "{} was never closed": "{}没有配对的右括号", "unmatched {}": "{}没有配对的左括号",
    "closing parenthesis {} does not match opening parenthesis {}": "右括号{}与左括号{}不配对",
    "unterminated string literal (detected at line {})": "引号没有配对",
    "invalid decimal literal": "数字写法不对",
    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers": "整数前面不能加0",
    "invalid character {} ({})": "不能用字符{}（{}），请改用半角符号",
    "invalid non-printable character {}": "有看不见的字符（{}）",
    "cannot assign to {}": "不能给{}赋值",
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?": "语法不对，比较是否相等应写==",
    "expected 'else' after 'if' expression": "if后面缺少else",
    "cannot assign to attribute here. Maybe you meant '==' instead of '='?": "比较是否相等应写==",
    "cannot assign to expression here. Maybe you meant '==' instead of '='?": "比较是否相等应写==",
    # PyYAML
    "found unexpected end of stream": "引号没有配对，直到文件末尾",
    "found unexpected document separator": "引号没有配对，遇到了文档分隔符",
    "found unknown escape character {}": "双引号内的反斜杠后面不能写{}",
    "expected escape sequence of {} hexadecimal numbers, but found {}": "反斜杠后面应为{}位十六进制数，写的却是{}",
    "sequence entries are not allowed here": "此处不能写清单项（“- ”）",
    "mapping keys are not allowed here": "此处不能写键",
    "expected the node content, but found {}": "此处应有内容，读到的却是{}",
    "expected {}, but found {}": "应为{}，读到的却是{}",
    "expected ',' or {}, but got {}": "应为逗号或{}，读到的却是{}",
    "expected {}, but got {}": "应为{}，读到的却是{}",
    "expected alphabetic or numeric character, but found {}": "应为字母或数字，读到的却是{}",
    "expected chomping or indentation indicators, but found {}": "`|`、`>`后面不能写{}",
    "expected a comment or a line break, but found {}": "此处应换行，读到的却是{}",
    "expected indentation indicator in the range 1-9, but found 0": "缩进位数应为1至9，写的却是0",
    "found duplicate YAML directive": "YAML指令重复", "found undefined tag handle {}": "标签{}没有定义",
    "special characters are not allowed": "有不允许的字符",
    # Unicode
    "ZERO WIDTH SPACE": "零宽空格", "ZERO WIDTH NO-BREAK SPACE": "字节顺序标记", "NO-BREAK SPACE": "不换行空格",
    "RIGHT-TO-LEFT OVERRIDE": "改变书写方向的控制符", "LINE SEPARATOR": "行分隔符", "SOFT HYPHEN": "软连字符",
    # the system
    "No such file or directory": "没有这个文件或文件夹", "Permission denied": "没有权限", "Is a directory": "这是文件夹",
    "Not a directory": "路径中有一段不是文件夹", "File exists": "已经有同名文件", "File name too long": "文件名过长",
    "No space left on device": "磁盘空间不足", "Read-only file system": "磁盘是只读的",
    "Operation not permitted": "不允许这样操作", "Input/output error": "读写出错", "Too many open files": "打开的文件过多",
}
