"""What a check finds, each in a sentence that says what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from zhunsheng.ask.checking.findings import Finding, Kind
from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.lang.types import Text, Type
from zhunsheng.lang.unparse import unparse
from zhunsheng.narrate import nouns, paths, phrases, rules, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provisions
from zhunsheng.show import words
from zhunsheng.show.deciding.story import Stories
from zhunsheng.show.mistakes import reason

TITLES = {
    Kind.GAP: Text("条文没有规定的情形", "Cases for which the text has no rule"),
    Kind.CONFLICT: Text("条文互相冲突的情形", "Cases in which rules contradict each other"),
    Kind.PRIORITY: Text("靠优先顺序解决的冲突", "Conflicts that an order of precedence settles"),
    Kind.DEAD: Text("永远不会适用的规定", "Rules that never apply"),
    Kind.IDLE: Text("删去也没有影响的规定或条件", "Rules and conditions that change nothing"),
    Kind.UNUSED: Text("没有用到的内容", "Things nobody uses"),
    Kind.NOBODY: Text("谁也得不到的结果", "Outcomes nobody can get"),
    Kind.IMPOSSIBLE: Text("互相矛盾的假定", "Assumptions that contradict each other"),
    Kind.NO_CHOICE: Text("没有合法选择的裁量", "Discretion without a lawful choice"),
    Kind.UNBOUNDED: Text("没有选择标准的裁量", "Discretion without a criterion"),
    Kind.UNOWNED: Text("没有承办人或期限的义务", "Duties without an actor or a deadline"),
    Kind.MATTERS: Text("理解不同、结果就不同的条文", "Questions of reading on which results turn"),
    Kind.SAME: Text("怎样理解结果都相同的条文", "Questions of reading on which nothing turns"),
    Kind.HOPE: Text("容易以为成立、其实不成立的", "What one might take for granted and does not hold"),
}
# What is found, and behind the bar what to do about it.
GAP = Text(
    "有的情形下，条文没有规定“{what}”{about}。|请补充规定，或者写明其余情形如何处理。",
    "In some cases no rule says what “{what}”{about} is.| Add a rule for them, or say what holds otherwise.",
)
CONFLICT = Text(
    "有的情形下，“{what}”{about}依下列规定结果不同，又没有写明哪一条优先：{rules}。|请写明优先顺序，或者使各条的条件互不重合。",
    "In some cases these rules give different results for “{what}”{about}, and it is not said which prevails: {rules}.| Say which"
    " prevails, or keep their conditions apart.",
)
PRIORITY = Text(
    "关于“{what}”{about}，前一条优先于后一条，并因此决定了某些情形的结果：{rules}。",
    "On “{what}”{about}, the first of these prevails over the second, and that decides some cases: {rules}.",
)
DEAD = Text(
    "关于“{what}”的这条规定，任何情形都不会适用：{rules}。|请核对它的条件，或者删去。",
    "No case reaches this rule on “{what}”: {rules}.| Check its condition, or delete it.",
)
DEAD_CONDITION = Text(
    "关于“{what}”的规定（{rules}）中，“{condition}”这一情形不可能出现。|请核对这一条件，或者删去。",
    "In a rule on “{what}” ({rules}), it can never be that “{condition}”.| Check this condition, or delete it.",
)
IDLE = Text(
    "关于“{what}”的这条规定，删去后任何情形的结果都不变：{rules}。|请核对是否另有用意，没有的可以删去。",
    "Without this rule on “{what}” every case comes out the same: {rules}.| Check what it was meant for; if for nothing, delete"
    " it.",
)
IDLE_CONDITION = Text(
    "关于“{what}”的规定（{rules}）中，条件“{condition}”删去后任何情形的结果都不变。|请核对是否另有用意，没有的可以删去。",
    "In a rule on “{what}” ({rules}), every case comes out the same without the condition “{condition}”.| Check what it was meant"
    " for; if for nothing, delete it.",
)
UNUSED = Text(
    "{kind}“{what}”没有被任何事项、义务或假定用到。|请补上用到它的规定，或者删去。",
    "No answer, duty or assumption uses the {kind} “{what}”.| Add the rule that should, or delete it.",
)
NOBODY = Text(
    "“{what}”没有任何情形会是“{outcome}”。|请核对通向这一结果的规定是否写错。",
    "In no case is “{what}” “{outcome}”.| Check the rules that should lead there.",
)
IMPOSSIBLE = Text(
    "下列假定不可能同时成立，因此不存在任何情形：{assumptions}。|请改正其中一项。",
    "These assumptions cannot all hold, so that there is no case at all: {assumptions}.| Mend one of them.",
)
NO_CHOICE = Text(
    "有的情形下，{who}对“{what}”没有任何合法的选择。|请写明此时如何处理。",
    "In some cases {who} has no lawful choice on “{what}”.| Say what holds then.",
)
UNBOUNDED = Text(
    "“{what}”由{who}选择，条文没有写明按什么标准选择。|请补充标准，或者记录在案。",
    "“{what}” is for {who} to choose, and no provision says by what criterion.| Add one, or record that there is none.",
)
NO_ACTOR = Text("“{what}”没有写明由谁办理。|请写明承办人。", "Nobody is named to do “{what}”.| Name who must.")
NO_DEADLINE = Text(
    "{who}须“{what}”，条文没有写明何时办完{why}。|请写明期限，或者把没有期限一事记录在案。",
    "No day is set by which {who} must do “{what}”{why}.| Set one, or record that there is none.",
)
WHY = Text("（{why}）", " ({why})")
MATTERS = Text(
    "{question}理解不同，“{what}”的结果就不同：{under}。", "{question} The result for “{what}” depends on it: {under}."
)
MATTERS_PLAIN = Text("{question}理解不同，结果就不同：{under}。", "{question} The result depends on it: {under}.")
UNDER = Text("理解为“{option}”的，为{outcome}", "read as “{option}”, it is {outcome}")
UNDER_PLAIN = Text("“{option}”", "“{option}”")
SAME = Text(
    "{question}理解为{options}，任何情形的结果都相同。|请核对这几种理解是否还需要分开。",
    "{question} Read as {options}, every case comes out the same.| Check whether these need to be told apart.",
)
HOPE = Text("“{says}”这一点不成立，有反例。", "“{says}” That does not hold; a case shows it.")
BOUNDED = Text("尚未就任意规模的情形证明：{why}", "Not shown of cases of every size: {why}")
TAKEN = Text("此处“{question}”一问理解为“{option}”", "Here “{question}” is read as “{option}”")
RECORDED = Text("已记录：{by}", "Recorded: {by}")
EXAMPLE = Text("举例", "A case that shows it")
COMES_OUT = Text("结果：“{what}”为{outcome}", "Result: “{what}” is {outcome}")
FAILS = Text("结果：关于“{what}”，{outcome}", "Result: on “{what}”, {outcome}")
DUE = Text("{what}的期限", "the day for: {what}")
KINDS = {
    "parameter": Text("参数", "parameter"),
    "definition": Text("认定", "definition"),
    "reading": Text("问题", "question"),
    "discretion": Text("裁量", "discretion"),
    "fact": Text("事实", "fact"),
    "list": Text("清单", "list"),
    "term": Text("术语", "term"),
}
ENTRY = Text("内容", "entry")
LACKS_ACTOR = "who"


@dataclass
class Findings:
    """Says findings of one pack in one language. `theorems`: those a hope may name."""

    pack: Pack
    lang: str
    theorems: dict[str, Theorem] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cones = Cones(self.pack)

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    # -- a finding as an entry of a report

    def item(self, finding: Finding, *, story: bool = True) -> Item:
        """Its provisions, its sentence, and below it what records it, what it takes, and the case that shows it."""
        below = [Item(said) for said in self.remarks(finding)]
        if story and finding.case is not None:
            below.append(Item("", EXAMPLE[self.lang], tuple(Item(said) for said in self.story(finding))))
        return Item(self.sentence(finding), provisions(finding.provisions, self.lang), tuple(below))

    def remarks(self, finding: Finding) -> list[str]:
        """Who records it, under which readings it holds, and what it is not shown of."""
        said = []
        if finding.recorded and finding.recorded != finding.subject:
            said.append(fill(RECORDED, self.lang, by=self.owner(finding.recorded)))
        for name, option in finding.readings.items():
            if name == finding.subject:
                continue
            said.append(fill(TAKEN, self.lang, question=self._question(name), option=self.option(name, option)))
        if finding.bounded:
            said.append(fill(BOUNDED, self.lang, why=reason(finding.bounded, self.lang)))
        return [rules.ended(one, self.lang) for one in said]

    def story(self, finding: Finding) -> tuple[str, ...]:
        """The case in sentences, and what comes out in it."""
        if finding.case is None:
            return ()
        told = Stories(self.pack, self.lang, self.cone(finding)).told(finding.case)
        if not finding.outcomes or finding.kind in (Kind.MATTERS, Kind.PRIORITY):
            return told
        outcomes = self.comma.join(self.outcome(finding, one) for one in finding.outcomes)
        what = self._answer(finding) or self.subject(finding)
        phrase = FAILS if any(failing(one) for one in finding.outcomes) else COMES_OUT
        return (*told, rules.ended(fill(phrase, self.lang, what=what, outcome=outcomes), self.lang))

    def cone(self, finding: Finding) -> Cone | None:
        """What bears on the finding; None where that is not known."""
        for name in (finding.subject, _definition_of(self.pack, finding.answer)):
            if name in self.pack.definitions:
                return self.cones.definition(name)
        if finding.subject in self.pack.discretions:
            return self.cones.exprs([self.pack.discretions[finding.subject].lawful])
        theorem = self.theorems.get(finding.subject)
        return self.cones.exprs([*theorem.given, theorem.claim]) if theorem is not None else None

    # -- its sentence

    def sentence(self, finding: Finding) -> str:
        """What is found and, unless that is recorded, what to do about it."""
        what, about = self.subject(finding), self._about(finding)
        match finding.kind:
            case Kind.GAP:
                return self._found(finding, GAP, what=what, about=about)
            case Kind.CONFLICT:
                return self._found(finding, CONFLICT, what=what, about=about, rules=self._rules(finding))
            case Kind.PRIORITY:
                return fill(PRIORITY, self.lang, what=what, about=about, rules=self._rules(finding))
            case Kind.DEAD:
                return self._rule_or_condition(finding, what, DEAD, DEAD_CONDITION)
            case Kind.IDLE:
                return self._rule_or_condition(finding, what, IDLE, IDLE_CONDITION)
            case Kind.UNUSED:
                kind = next((KINDS[part] for part in finding.parts if part in KINDS), ENTRY)
                return self._found(finding, UNUSED, kind=kind[self.lang], what=what)
            case Kind.NOBODY:
                outcome = self.comma.join(self.outcome(finding, one) for one in finding.parts)
                return self._found(finding, NOBODY, what=what, outcome=outcome)
            case Kind.IMPOSSIBLE:
                said = [fill(phrases.QUOTE, self.lang, what=self.titled(name)) for name in finding.parts or (finding.subject,)]
                return self._found(finding, IMPOSSIBLE, assumptions=self.comma.join(said))
            case Kind.NO_CHOICE:
                return self._found(finding, NO_CHOICE, what=what, who=self._who(finding.subject))
            case Kind.UNBOUNDED:
                return self._found(finding, UNBOUNDED, what=what, who=self._who(finding.subject))
            case Kind.UNOWNED:
                return self._unowned(finding, what)
            case Kind.MATTERS:
                return self._matters(finding)
            case Kind.SAME:
                options = values.either([f"“{self.option(finding.subject, one)}”" for one in finding.parts], self.lang)
                return self._found(finding, SAME, question=self._question(finding.subject), options=options)
            case Kind.HOPE:
                return fill(HOPE, self.lang, says=rules.ended(what, self.lang))
            case _:
                assert_never(finding.kind)

    def _found(self, finding: Finding, phrase: Text, **parts: str) -> str:
        found, _, advice = phrase[self.lang].partition("|")
        template = found if finding.recorded else found + advice
        return fill(Text(template, template), self.lang, **parts)

    def _unowned(self, finding: Finding, what: str) -> str:
        """A duty that names nobody, or no day (with the reason the pack gives)."""
        duty = self.pack.duties.get(finding.subject)
        if duty is None or not duty.who or LACKS_ACTOR in finding.parts:
            return self._found(finding, NO_ACTOR, what=what)
        why = "" if duty.no_deadline is None else fill(WHY, self.lang, why=rules.bare(duty.no_deadline[self.lang]))
        return self._found(finding, NO_DEADLINE, what=what, who=nouns.actor(self.pack, duty.who, self.lang), why=why)

    def _rule_or_condition(self, finding: Finding, what: str, whole: Text, part: Text) -> str:
        """Of a whole rule, or of one condition of it."""
        definition = self.pack.definitions.get(finding.subject)
        names = {rule.name for rule in definition.rules} if definition is not None else set()
        conditions = [part for part in finding.parts if part not in names]
        if not conditions or definition is None:
            return self._found(finding, whole, what=what, rules=self._rules(finding))
        said = [self._condition(definition, one) for one in conditions]
        return self._found(finding, part, what=what, rules=self._rules(finding), condition=self.comma.join(said))

    def _condition(self, definition: Definition, text: str) -> str:
        """A condition of one of the definition's rules, given as the text of an expression, in words."""
        parts = (part for rule in definition.rules for part in e.walk(rule.when))
        found = next((part for part in parts if unparse(part) == text), None)
        return Prose(self.pack, self.lang).within(definition).condition(found) if found is not None else text

    def _matters(self, finding: Finding) -> str:
        question = self._question(finding.subject)
        options = [self.option(finding.subject, one) for one in finding.parts]
        if len(options) != len(finding.outcomes):
            said = [fill(UNDER_PLAIN, self.lang, option=option) for option in options]
            return fill(MATTERS_PLAIN, self.lang, question=question, under=self.comma.join(said))
        said = [
            fill(UNDER, self.lang, option=option, outcome=self.outcome(finding, outcome))
            for option, outcome in zip(options, finding.outcomes, strict=True)
        ]
        under = words.SEMICOLON[self.lang].join(said)
        what = self._answer(finding)
        if not what:
            return fill(MATTERS_PLAIN, self.lang, question=question, under=under)
        return fill(MATTERS, self.lang, question=question, what=what, under=under)

    # -- what things are called

    def subject(self, finding: Finding) -> str:
        return self.titled(finding.subject)

    def titled(self, name: str) -> str:
        """What a definition, discretion, duty, parameter, fact, reading, assumption, term or theorem is called."""
        pack, lang = self.pack, self.lang
        if name in pack.definitions:
            said = rules.bare(nouns.definition(pack, name, lang))
            return fill(DUE, lang, what=said) if name.startswith("duty ") and name.endswith(" by") else said
        if name in pack.duties:
            return rules.bare(pack.duties[name].what[lang])
        if name in pack.readings:
            return pack.readings[name].question[lang]
        if name in self.theorems:
            return rules.bare(self.theorems[name].says[lang])
        texts = {
            **{one.name: one.title for one in pack.discretions.values()},
            **{one.name: one.title for one in pack.parameters.values()},
            **{one.name: one.says for one in pack.assumptions},
            **{one.name: one.question for one in pack.notes.values()},
            **{one.name: Text(one.zh, one.en) for one in pack.terms.values()},
        }
        if name in texts:
            return rules.bare(texts[name][lang])
        collection = pack.collections.get(name.partition(".")[0])
        if collection is not None:
            noun, spec = nouns.element(pack, collection, lang), collection.field(name.partition(".")[2])
            return noun if spec is None else nouns.owned(nouns.fact(spec, lang), noun, noun, lang)
        found = paths.fact_name(pack, name, lang)
        return found if found != f"“{name}”" else name

    def owner(self, name: str) -> str:
        """The reading or note that records a finding."""
        if name in self.pack.notes:
            note = self.pack.notes[name]
            space = "" if self.lang == "zh" else " "
            return rules.bare(f"{note.question[self.lang]}{space}{note.settled[self.lang]}")
        return self._question(name)

    def of_key(self, key: str) -> str:
        """A finding's key in words: what kind it is, and what it is about; the key itself stands behind it."""
        kind, _, rest = key.partition(" ")
        known = {one.value: one for one in Kind}
        if kind not in known:
            return f"{self.titled(key)} [{key}]" if self.titled(key) != key else key
        joined = {name.replace(" ", "-"): name for name in self.pack.definitions}
        names = [joined.get(word, word) for word in rest.split(" ")]
        said = next((self.titled(name) for name in names if self.titled(name) != name), "")
        title = words.COLON[self.lang].join(filter(None, (TITLES[known[kind]][self.lang], said)))
        return f"{title}〔{key}〕" if self.lang == "zh" else f"{title} [{key}]"

    def _who(self, discretion: str) -> str:
        spec = self.pack.discretions.get(discretion)
        who = nouns.actor(self.pack, spec.who, self.lang) if spec is not None else ""
        return who or words.WHO_OPEN[self.lang]

    def _question(self, name: str) -> str:
        return self.pack.readings[name].question[self.lang] if name in self.pack.readings else self.titled(name)

    def option(self, name: str, option: str) -> str:
        spec = self.pack.readings.get(name)
        known = {one.name: one for one in spec.options} if spec is not None else {}
        return rules.bare(known[option].says[self.lang]) if option in known else option

    def _rules(self, finding: Finding) -> str:
        """The rules concerned, each quoted with its provision; of one that prevails over another, that one first."""
        definition = self.pack.definitions.get(finding.subject)
        if definition is None:
            return self.comma.join(finding.parts)
        named = [rule for part in finding.parts for rule in definition.rules if rule.name == part]
        if len(named) == 2 and named[0].name in named[1].overrides:
            named.reverse()
        said = []
        for rule in named:
            sentence = rules.rule_sentence(self.pack, definition, rule, self.lang)
            said.append(rules.bare(rules.cited(sentence, rule.provision or definition.provision, self.lang)))
        return words.SEMICOLON[self.lang].join(said)

    def _about(self, finding: Finding) -> str:
        """The arguments, where the definition has any."""
        definition = self.pack.definitions.get(finding.subject)
        if definition is None:
            return ""
        types = dict(definition.parameters)
        said = [self._argument(value, types[name]) for name, value in finding.arguments.items() if name in types]
        said = [one for one in said if one]
        if not said:
            return ""
        about = values.both(said, self.lang)
        return f"（就{about}而言）" if self.lang == "zh" else f" (for {about})"

    def _argument(self, value: object, type_: Type) -> str:
        if self.pack.element_of(type_.base) is not None:
            return paths.argument(self.pack, str(value), type_, self.lang)
        return values.spoken(self.pack, value, type_, self.lang)  # type: ignore[arg-type]  # a Value: it is no element

    def _answer(self, finding: Finding) -> str:
        name = _definition_of(self.pack, finding.answer)
        return paths.answer_name(self.pack, finding.answer, name, self.lang) if name else ""

    def _type(self, finding: Finding) -> Type:
        for name in (_definition_of(self.pack, finding.answer), finding.subject):
            if name in self.pack.definitions:
                return self.pack.definitions[name].type
        return Type("text")

    def outcome(self, finding: Finding, written: str) -> str:
        """An outcome in its written form, in words."""
        failure = failing(written)
        if failure is not None:
            return values.failure(failure, self.lang)
        return values.spoken_written(self.pack, written, self._type(finding), self.lang)


def failing(written: str) -> FailureKind | None:
    """The kind of failure that an outcome in its written form is."""
    return next((kind for kind in FailureKind if written in (kind.word, str(kind))), None)


def _definition_of(pack: Pack, answer: str) -> str:
    """The definition that a key (`lines[0].level`, `may_apply_for[A]`, `grade_on(2025-10-15)`) asks for; empty for none."""
    parts = paths.steps(answer)
    names = [step.name for step in parts]
    if names and names[0] in pack.collections:
        names[0] = pack.collections[names[0]].element
    name = ".".join(names)
    if name in pack.definitions:
        return name
    if names and names[0] == "duties" and parts[0].key is not None:
        return f"duty {parts[0].key} {names[-1]}"
    return ""
