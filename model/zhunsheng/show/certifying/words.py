"""The fixed sentences about certificates and signatures, Chinese and English side by side."""

from __future__ import annotations

from zhunsheng.lang.types import Text

# -- verifying

TITLE = Text("证明书核验", "Certificates verified")
HOLDS = Text("核验通过。", "It holds.")
REFUSED = Text("核验不通过。", "It does not hold.")
REFUSED_BECAUSE = Text("核验程序的说明：{reason}。", "The kernel says: {reason}.")
REFUSED_IN_ITS_WORDS = Text("核验程序的说明（原文）：{reason}。", "The kernel says: {reason}.")
OTHER_RULES = Text(
    "未能核验：作出时的规则与手头的规则不是同一版本。请用 --pack 指定当时导出的规则文件（校验码 {digest}）。",
    "Not checked: it was made under another edition of the rules than the one at hand. Name the file that was exported then "
    "with --pack (checksum {digest}).",
)
DIGEST = Text("证明书校验码（SHA-256）", "Checksum of the certificate (SHA-256)")
UNDER = Text("所依规则", "Rules")
EDITION = Text("{title}，版本{version}，校验码 {digest}", "{title}, version {version}, checksum {digest}")
CLAIMED = Text("所证明的结论", "What it claims")
CLAIM_ONE = Text(
    "“{answer}”：{outcome}。下列事实以外的情况无论如何，结论都不变。",
    "“{answer}”: {outcome}. Whatever else may be true, the facts below settle it.",
)
CLAIM_SEVERAL = Text(
    "“{answer}”有且只有下列几种可能：{outcome}。下列事实以外的情况无论如何，不会有别的结果。",
    "“{answer}” may be one of these and nothing else: {outcome}. Whatever else may be true, there is no other outcome.",
)
FROM_FACTS = Text("所依据的事实", "The facts it rests on")
FROM_READINGS = Text("所采用的条文理解", "How the text is read")
FROM_CHOICES = Text("主管机关的选择", "What the authority chose")
NOTHING = Text("不需要任何事实", "None is needed")
READ_AS = Text("{question}理解为“{option}”", "{question} Read as: “{option}”")
CHOSEN = Text("“{title}”：{value}", "“{title}”: {value}")
THERE = Text("有{what}", "there is {what}")
CHECKED = Text("核验了什么", "What was checked")
CHECKED_ONE = Text(
    "只凭上列事实，按规则逐条重新推算，得不出别的结果",
    "From these facts alone, worked out anew rule by rule, no other outcome is possible",
)
CHECKED_RULES = Text("规则是否适用（{n}条），与证明书所列一致", "Which rules hold or are set aside is as listed ({n} of them)")
CHECKED_CASES = Text(
    "{n}个完整的案件各自得出所列的一种结果，因此每种结果都确有可能",
    "{n} complete cases come to one of the outcomes each, so that every one of them can occur",
)
CHECKED_SPLIT = Text(
    "下列事项未定，逐一按各种情况推算：{what}", "These are open, and each way they may go was worked out: {what}"
)
TRUSTED = Text("核验不能代替的（仍须信任）", "What is still trusted")
TRUSTED_ITEMS = (
    Text("核验程序本身，以及运行它的Python", "the kernel itself, and the Python that runs it"),
    Text("规则转述条文无误，且校验码所指的正是所要适用的规则",
         "that the rules restate the regulation rightly, and that the checksum names the rules that are meant"),
    Text("事实确如所列，各类清单没有遗漏", "that the facts are as listed, and that no list is longer than it says"),
)  # fmt: skip
KERNEL_SAYS = Text("核验程序的说明（原文）", "What the kernel says")

# -- signatures

SIGNATURE = Text("签名", "Signature")
UNSIGNED = Text("没有签名。", "It is not signed.")
UNCHECKED = Text(
    "有签名，但没有核对是谁签的：请用 --issuer 指定签发人的公钥文件。",
    "It is signed, but by whom was not checked: name the issuer's public key with --issuer.",
)
WRONG = {
    "changed": Text("签名不符：签名之后内容被改动过，或者签名已损坏。",
                    "The signature is wrong: the contents were changed after signing, or the signature is damaged."),
    "other key": Text("签名不符：不是用所指定的公钥对应的私钥签的。",
                      "The signature is wrong: it was not made with the key of the issuer named."),
    "no days": Text("签名不符：没有写明签名日期和有效期。",
                    "The signature is wrong: it does not say when it was made and until when it is good."),
    "wrong day": Text("签名不符：所写的签名日期{signed}不在密钥的有效期内。",
                      "The signature is wrong: {signed}, the day it gives, is not one on which the key may sign."),
}  # fmt: skip
EXPIRED = Text(
    "签名已过期：{issuer}于{signed}签名，有效期至{until}。内容是否成立不受影响，见上。",
    "The signature has expired: {issuer} signed on {signed}, and it was good until {until}. Whether the claim holds is another "
    "matter, see above.",
)
GOOD = Text(
    "签名有效：{issuer}于{signed}签名，有效期至{until}。",
    "The signature is good: {issuer} signed on {signed}; it is good until {until}.",
)

# -- drift

DRIFT = Text("与现行规则比较", "Compared with today's rules")
TODAYS = Text("现行规则", "Today's rules")
SAME_RULES = Text("现行规则就是作出时的规则，没有变化。", "Today's rules are those it was made under.")
SAME = Text(
    "规则已有变化，但按现行规则，从这些事实得出的结论不变。",
    "The rules have changed, but from these facts they lead to the same outcome today.",
)
OTHERWISE = Text(
    "按现行规则，从这些事实会得出不同的结论：{outcome}。原证明书在当时的规则下仍然成立，没有改动。",
    "Today's rules would decide otherwise from these facts: {outcome}. Under the rules of then the certificate still stands; "
    "nothing in it was changed.",
)
UNSETTLED = Text(
    "按现行规则，仅凭证明书所列的事实还不能确定；可能的结果：{outcome}。需要另外查明：{facts}。",
    "Under today's rules the facts in the certificate are not enough; it may be: {outcome}. To be found out: {facts}.",
)
UNSETTLED_PLAIN = Text(
    "按现行规则，仅凭证明书所列的事实还不能确定。", "Under today's rules the facts in the certificate are not enough."
)
IMPOSSIBLE = Text(
    "证明书所列的内容不能放到现行规则下推算（原文）：{why}。", "What it lists cannot be put to today's rules: {why}."
)
CHANGES = Text("与这一结论有关而有变化的规则", "What has changed among the rules that bear on it")
NO_CHANGES = Text("与这一结论有关的规则没有变化。", "None of the rules that bear on it has changed.")
BY_AMENDMENT = Text(
    "使结论不同的是修改方案“{says}”（{name}，{day}起施行）。",
    "The outcome is another since the amendment “{says}” ({name}, in force from {day}).",
)
BEYOND = Text(
    "除已知的修改方案外，规则还有其他变化。", "The rules have changed in other ways too, which no known amendment explains."
)
BY_NONE = Text("已知的修改方案都不能说明结论为何不同。", "No known amendment explains why the outcome is another.")
UNKNOWN_CHANGES = Text(
    "哪些规则有变化无从比较，因为手头没有当时的规则文件。",
    "What has changed cannot be told, since the rules of then are not at hand.",
)
KINDS = {
    "rule": Text("规则", "rule"), "otherwise": Text("没有规则适用时的规定", "what holds where no rule applies"),
    "parameter": Text("数值", "parameter"), "reading": Text("条文理解", "reading"), "discretion": Text("裁量", "discretion"),
    "calendar": Text("日历", "calendar"),
}  # fmt: skip
HOW = {
    "added": Text("新增", "added"), "removed": Text("删除", "removed"), "changed": Text("修改", "changed"),
}  # fmt: skip
CHANGE = Text("{kind}“{name}”：{how}", "{kind} “{name}”: {how}")
FROM_TO = Text("{what}（原为{before}，现为{after}）", "{what} (was {before}, is {after})")
OF = Text("{what}（属“{of}”）", "{what} (of “{of}”)")
TOOK_PART = Text("{what}——证明书所列的规则之一", "{what} — one of those the certificate lists")

# -- making

MADE = Text("证明书", "Certificates")
WRITTEN = Text(
    "“{answer}”：已写入 {file}（依据事实{n}项，校验码 {digest}）",
    "“{answer}”: written to {file} (facts it rests on: {n}; checksum {digest})",
)
NOT_MADE = Text("没有写出证明书的：{answers}。原因：{why}。", "No certificate of: {answers}. The reason: {why}.")
WHY_NOT = {
    "incomplete": Text("这一问没有算完，可能还有其他结果", "it was not worked out to the end, there may be other outcomes"),
    "coarse": Text(
        "核验程序凭所列事实看不出没有别的结果（有的结论只因事实之间的制约才成立，核验程序不作这种推理）",
        "from the facts alone the kernel cannot see that there is no other outcome (some answers stand only because facts "
        "exclude each other, which it does not reason about)",
    ),
    "no case": Text("有一种结果没有可供展示的完整案件", "one of the outcomes comes without a complete case that shows it"),
}  # fmt: skip
COMPARISON_WRITTEN = Text(
    "比较的证明书已写入 {file}，修改后的规则在 {law}。所证明的：{answers}项的变化没有遗漏，另有{untouched}项逐字相同；"
    "校验码 {digest}。",
    "The comparison's certificate was written to {file}, the law as amended to {law}. It shows of {answers} answers that nothing "
    "else changes, and of {untouched} that both laws say the same; checksum {digest}.",
)
NO_VERDICT = Text(
    "证明书没有说明“{answer}”只放宽还是只收紧（{why}）。",
    "The certificate does not say which way “{answer}” goes ({why}).",
)
NOT_IN_COMPARISON = Text("证明书没有包括：“{answer}”（{why}）。", "Not in the certificate: “{answer}” ({why}).")
DOCUMENT_WRITTEN = Text("结论书已写入 {file}。", "The sheet was written to {file}.")
REDACTED = Text(
    "已略去名称、来源，以及证明不需要的事实{left}项；保留事实{kept}项。",
    "Left out: names, sources, and what the evidence does not need (facts: {left}); kept: {kept}.",
)

# -- keys

KEY_WRITTEN = Text(
    "私钥：{private}（只有本人可读，请妥善保管，不要外传）\n公钥：{public}（可以公开，核验人用它核对签名）\n签发人：{issuer}；可签名至{last}\n",
    "Private key: {private} (readable by you alone; keep it safe and to yourself)\nPublic key: {public} (may be given to anyone; "
    "signatures are checked with it)\nIssuer: {issuer}; may sign until {last}\n",
)
SIGNED = Text(
    "已签名：{file}（{issuer}，{signed}，有效期至{until}）\n", "Signed: {file} ({issuer}, {signed}, good until {until})\n"
)
