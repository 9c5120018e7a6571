"""Chinese for what is wrong with the official text that a user attaches to a pack, and with the file it stands in."""

FORMS = {
    # the file
    "a text cannot be read from a file that ends in {}": "不能从以{}结尾的文件读取文本",
    "save it as plain text (.txt, UTF-8), as a page (.html) or as .docx": "请存为纯文本（.txt，UTF-8）、网页（.html）或.docx",
    "save the page again with the encoding UTF-8": "请以UTF-8编码重新保存网页",
    "this line is not {}, though the page says so": "网页写明的编码是{}，这一行却不是",
    "Word itself numbers this paragraph ({} in all), and the file does not hold those numbers as text":
        "这一段的编号由Word自动生成（共{}段），文件中并没有这些编号的文字",
    "save it as plain text (.txt, UTF-8), which writes them out": "请存为纯文本（.txt，UTF-8），编号就会写成文字",
    "this file holds tracked changes, so it does not say which words stand": "这个文件含有修订标记，无法确定以哪些文字为准",
    "accept or reject them, and save it again": "请接受或拒绝各处修订，再重新保存",
    "this file unpacks to {} bytes; at most {} are read": "这个文件解压后有{}字节；最多读取{}字节",
    "this is no Word file of the kind .docx": "这不是.docx格式的Word文件",
    "save it again as .docx, or as plain text (.txt, UTF-8)": "请重新存为.docx，或者存为纯文本（.txt，UTF-8）",
    # the text
    "no article was found in this text": "这份文本中没有找到条文",
    "each article begins a line: `第一条 …`": "每一条应另起一行：`第一条 …`",
    "{} is no number": "{}不是序号",
    "leave out what is not the text itself, or correct the number": "请删去正文以外的内容，或者改正序号",
    "write the article's number, such as 第二十一条": "请写条文的序号，如第二十一条",
    # the text as it is kept
    "the text is kept in one file, and its name ends in .json": "文本存在一个文件中，名称以.json结尾",
    "this is the text itself": "这是文本本身",
    "name another file to keep it in": "请另写一个用来保存的文件",
    "this is not the text that the pack {} restates": "这不是规则{}所转述的文本",
    "{} of its {} articles and {} of its {} qualifying words are found here; name another pack with --pack":
        "其{1}条条文在此找到{0}条，{3}个限定词在此找到{2}个；请用--pack另选规则",
    "this file is no JSON, so no text is attached in it": "这个文件不是JSON，其中没有附上的文本",
    "no text is attached in this file": "这个文件中没有附上的文本",
    "attach the text again with `zhunsheng text attach`": "请用`zhunsheng text attach`重新附上文本",
    "the text in this file is attached to the pack {}, not to {}": "这个文件中的文本附于规则{}，不是{}",
    "name the other file, or the other pack with --pack": "请另选文件，或者用--pack另选规则",
    "this file is not as it was written": "这个文件写出之后被改动过",
    "the wording of {} is not the one that was attached": "{}的文字与附上时不同",
    "a provision stands in this file twice": "这个文件中有条文重复",
}
