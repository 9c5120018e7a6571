"""What an amendment edits, told: each object by its name among people, and its words as they stand and as amended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhunsheng.ask.comparing.comparison import Comparison
from zhunsheng.lang.amendment import Act, Amended, Edit, Kind
from zhunsheng.lang.kinds import Kinds
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import nouns, rules
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision
from zhunsheng.show import words
from zhunsheng.show.comparing.comparison import Telling
from zhunsheng.show.comparing.words import ACTS, OBJECTS

OBJECT = Text("{act}{kind}：“{name}”", "{act} {kind}: “{name}”")
AT = Text("{what}（{where}）", "{what} ({where})")
OLD, NEW, SAYS = Text("现为", "As it stands"), Text("改为", "As amended"), Text("内容", "It says")
COUNTS_AS = Text("已有的这一取值视为“{value}”", "Where it is on file, it counts as “{value}”")
SILENT = Text("没有规定", "nothing is said")


@dataclass(frozen=True)
class Edits:
    """Tells the edits of one amendment on one pack, in one language."""

    amended: Amended
    lang: str

    def items(self) -> tuple[Item, ...]:
        return tuple(map(self._edit, self.amended.edits))

    def _edit(self, edit: Edit) -> Item:
        laws = (self.amended.base, self.amended.pack)
        names = (edit.name, self._renamed(edit.name))
        old, new = (_known(law, edit.kind, name, self.lang) for law, name in zip(laws, names, strict=True))
        if edit.act in (Act.SET, Act.FIX) or not (old or new):
            return Item(_capital(self._plainly(edit)))
        what = fill(
            OBJECT, self.lang, act=ACTS[edit.act.value][self.lang], kind=OBJECTS[edit.kind.value][self.lang], name=old or new
        )
        if edit.provision:
            what = fill(AT, self.lang, what=what, where=provision(edit.provision, self.lang))
        said = [_said(law, edit.kind, name, self.lang) for law, name in zip(laws, names, strict=True)]
        return Item(_capital(what), "", tuple(self._below(edit, *said)))

    def _plainly(self, edit: Edit) -> str:
        """As a comparison says it."""
        nothing = Comparison(self.amended, Kinds(), "default", {}, ())
        return Telling(nothing, self.lang).edit(edit)

    def _renamed(self, name: str) -> str:
        owner, slash, own = name.partition("/")
        return self.amended.renames.get(owner, owner) + slash + own

    def _below(self, edit: Edit, old: str, new: str) -> Iterable[Item]:
        if edit.act in (Act.REPLACE, Act.RESTATE, Act.REPEAL) and old:
            yield Item(old, OLD[self.lang])
        if edit.act in (Act.REPLACE, Act.RESTATE) and new:
            yield Item(new, NEW[self.lang])
        if edit.act is Act.ADD and new:
            yield Item(new, SAYS[self.lang])
        if edit.becomes:
            value = f"{edit.name.partition('/')[0]}/{edit.becomes}"
            called = _known(self.amended.base, Kind.VALUE, value, self.lang) or edit.becomes
            yield Item(fill(COUNTS_AS, self.lang, value=called) + words.STOP[self.lang])


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _known(law: Pack, kind: Kind, name: str, lang: str) -> str:
    """What people call an object of a law; empty where the law has none of this name, or people have no name for it."""
    owner, _, own = name.partition("/")
    match kind:
        case Kind.RULE | Kind.OTHERWISE | Kind.DEFINITION if owner in law.definitions:
            return rules.bare(nouns.definition(law, owner, lang))
        case Kind.VALUE if owner in law.enumerations:
            return next((one.title[lang] for one in law.enumerations[owner].values if one.name == own), "")
        case Kind.READING if name in law.readings:
            return law.readings[name].question[lang]
        case Kind.DISCRETION if name in law.discretions:
            return law.discretions[name].title[lang]
        case Kind.DUTY if name in law.duties:
            return rules.bare(law.duties[name].what[lang])
        case Kind.TERM if name in law.terms:
            return law.terms[name].zh if lang == "zh" else law.terms[name].en
        case Kind.NOTE | Kind.NOT_MODELLED if name in law.notes:
            return law.notes[name].question[lang]
        case _:
            return _assumption(law, name, lang) if kind is Kind.ASSUMPTION else ""


def _said(law: Pack, kind: Kind, name: str, lang: str) -> str:
    """What an object of a law says; empty where the law has none, or its name says it all."""
    owner, _, own = name.partition("/")
    definition = law.definitions.get(owner)
    match kind:
        case Kind.RULE if definition is not None:
            rule = next((one for one in definition.rules if one.name == own), None)
            return "" if rule is None else _rule(law, owner, own, lang)
        case Kind.OTHERWISE if definition is not None:
            return rules.otherwise_sentence(law, definition, lang) or SILENT[lang] + words.STOP[lang]
        case Kind.DEFINITION if definition is not None:
            return ("" if lang == "zh" else " ").join(rules.definition_aloud(law, owner, lang))
        case Kind.READING if name in law.readings:
            options = (rules.bare(one.says[lang]) for one in law.readings[name].options)
            return words.SEMICOLON[lang].join(options) + words.STOP[lang]
        case Kind.PROVISION if name in law.provisions:
            return law.provisions[name].says[lang]
        case Kind.NOTE | Kind.NOT_MODELLED if name in law.notes:
            return law.notes[name].settled[lang]
        case Kind.DUTY if name in law.duties:
            return ("" if lang == "zh" else " ").join(rules.duty_aloud(law, law.duties[name], lang))
        case _:
            return ""


def _rule(law: Pack, definition: str, name: str, lang: str) -> str:
    """The sentence that people say of a rule, and the exact one where that differs."""
    owner = law.definitions[definition]
    said, exact = (make(law, owner, owner.rule(name), lang) for make in (rules.rule_sentence, rules.made_sentence))
    return said if said == exact else f"{said}{EXACTLY[lang]}{exact}"


EXACTLY = Text("确切地说，", " Exactly: ")


def _assumption(law: Pack, name: str, lang: str) -> str:
    return next((rules.bare(one.says[lang]) for one in law.assumptions if one.name == name), "")
