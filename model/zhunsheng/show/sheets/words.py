"""The fixed sentences of the sheet a clerk files, Chinese and English side by side."""

from __future__ import annotations

from zhunsheng.lang.types import Text

HEADING = Text("推算结论书", "Statement of outcome")
FACTS = Text("所依事实", "Facts relied on")
PROVISIONS = Text("所依条文", "Provisions")
PROVISIONS_OF = Text("所依条文（以结果为“{outcome}”的情形为例）", "Provisions (taking the case in which it is “{outcome}”)")
READINGS = Text("条文的理解", "How the text is read")
OPEN = Text("尚待明确", "What is still open")
PROVIDED = Text("前提", "Provided that")
LEFT_OUT = Text("略去的内容", "What is left out")
UNCERTIFIED = Text("没有证明书", "No certificate")
READ = Text(
    "{question}（{provision}）本结论理解为“{taken}”；如理解为“{option}”",
    "{question} ({provision}) Taken here: “{taken}”. Read as “{option}”",
)
READ_OPEN = Text("{question}（{provision}）如理解为“{option}”", "{question} ({provision}) Read as “{option}”")
OTHERWISE_READ = Text("{read}，结论为：{outcome}", "{read}, the outcome is: {outcome}")
MORE_READINGS = Text("另有{n}种理解也会改变结论，从略", "{n} more readings would change it")
FIRM = Text("本规则所列的各种理解不影响本结论", "No reading of the text that these rules list changes the outcome")
REST = Text(
    "另有{n}处理解（{provisions}）采用通行的一种，单独改变其中任何一处，结论不变",
    "Other questions of the text ({n}: {provisions}) are read in the usual way; changing any one of them alone changes nothing",
)
REST_SINGLE = Text(
    "涉及的其他{n}处理解（{provisions}），单独改变其中任何一处，结论不变；同时改变几处的没有全部核算",
    "Changing any one of the other readings ({n}: {provisions}) changes nothing; not all changes of several were tried",
)
REST_EVERY = Text(
    "涉及的其他{n}处理解（{provisions}），无论取本规则所列的哪一种，结论不变",
    "The other questions of the text that it touches ({n}: {provisions}) change nothing, whichever reading listed is taken",
)
NOT_TRIED = Text(
    "结论是否因理解不同而改变，未能全部核算",
    "Whether other readings would change the outcome could not be worked out in full",
)
MORE_DUTIES = Text("另有{n}项，从略。", "And {n} more.")
OVER = Text("（期限在所问之日以前，是否已经办理不作判断）{what}", "(Its day is over; whether it was done is not judged) {what}")
UNDATED = Text("（应当履行，没有确定日期）{what}", "(Owed, without a fixed day) {what}")
PERHAPS = Text("（是否须办尚不能确定）{what}", "(Not certain to be required) {what}")
EDITION = Text(
    "规则：{name}，版本{version}，校验码（SHA-256）{digest}",
    "Rules: {name}, version {version}, checksum (SHA-256) {digest}",
)
CHECKSUM = Text("证明书校验码（SHA-256）", "Checksum of the certificate (SHA-256)")
HOW_CHECKED = Text(
    "核验：取得证明书、规则和核验程序（kernel.py 等），用任何一台装有 Python 的电脑运行 "
    "python3 -I -S kernel.py 证明书 规则，不需要安装其他软件。二维码所载即证明书校验码。",
    "To check it: with the certificate, the rules and the kernel, run “python3 -I -S kernel.py CERTIFICATE RULES” on any "
    "computer that has Python; nothing else is needed. The code holds the checksum of the certificate.",
)
