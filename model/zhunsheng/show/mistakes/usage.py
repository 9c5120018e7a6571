"""Chinese for what Python's argparse says of a command that cannot be read."""

FORMS = {
    "the following arguments are required: {}": "还须写明{:words_of_use}",
    "one of the arguments {} is required": "{:words}须写一个",
    "unrecognized arguments: {}": "不认识{:words}",
    "argument {}: {}": "{}：{:told}",
    "expected one argument": "后面应写一个值",
    "expected at least one argument": "后面至少应写一个值",
    "expected at most one argument": "后面最多写一个值",
    "expected {} argument": "后面应写{}个值",
    "expected {} arguments": "后面应写{}个值",
    "invalid choice: {} (choose from {})": "不能写{}，可以写的有：{:list}",
    "invalid {} value: {}": "{1}不是{0}类型的值",
    "not allowed with argument {}": "不能与{}同时写",
    "ignored explicit argument {}": "后面不能写值，却写了{}",
    "ambiguous option: {} could match {}": "{}不止一个选项：{:list}",
    "unexpected option string: {}": "不认识选项{}",
}
WORDS = {
    "CASE": "案件文件", "FILE": "文件", "ANSWER[=VALUE]": "事项", "COMMAND": "命令", "AMENDMENT": "修改方案文件",
    "CERTIFICATE": "证明书文件", "DIR": "文件夹",
}
"""What the words of a usage line stand for."""
