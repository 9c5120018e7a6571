"""The sheet a clerk files: one decision on one page, as data. `sheet_html`, `sheet_pdf` and `sheet_word` render it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from zhunsheng.ask.certifying.atoms import path_of, stated
from zhunsheng.ask.certifying.certificates import Made
from zhunsheng.ask.certifying.claimed import claimed
from zhunsheng.ask.report import Answer, Decision, DutyAnswer, Status
from zhunsheng.lang.expr import Literal
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import paths, values
from zhunsheng.narrate.document import Item
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provisions
from zhunsheng.narrate.rules import bare, ended
from zhunsheng.show import words
from zhunsheng.show.cautions import cautions
from zhunsheng.show.certifying import words as cw
from zhunsheng.show.certifying.claims import Claims, as_it_stands
from zhunsheng.show.deciding.duties import Duties, Group, Kind
from zhunsheng.show.deciding.open_points import OpenPoints
from zhunsheng.show.deciding.outcomes import Outcomes, spoken_days_in
from zhunsheng.show.deciding.reasons import Reasons
from zhunsheng.show.deciding.warned import warned
from zhunsheng.show.sheets import words as sw

MOST_FACTS, MOST_READINGS, MOST_DUTIES = 24, 6, 6
"""What fits on a page; beyond it, how many more there are is said."""


@dataclass(frozen=True)
class Part:
    """A heading with sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One answer: what it is called, how it stands, and the parts below. `digest`: of its certificate; empty without one."""

    name: str
    outcome: str
    parts: tuple[Part, ...]
    digest: str


@dataclass(frozen=True)
class Sheet:
    """`opening` stands under the title, `closing` at the foot in small. `checked` says how it can be checked."""

    lang: str
    heading: str
    title: str
    opening: tuple[str, ...]
    answers: tuple[Told, ...]
    parts: tuple[Part, ...]
    cautions: Part
    checked: tuple[str, ...]
    closing: tuple[str, ...]


def sheet(
    pack: Pack, decision: Decision, made: Sequence[Made], duties: Sequence[DutyAnswer], lang: str, redacted: bool
) -> Sheet:
    """The sheet of a decision. `made` are its certificates, in the order of its answers."""
    return _Writer(pack, decision, lang, redacted).sheet(made, duties)


@dataclass(frozen=True)
class _Writer:
    pack: Pack
    decision: Decision
    lang: str
    redacted: bool

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def sheet(self, made: Sequence[Made], duties: Sequence[DutyAnswer]) -> Sheet:
        today = self.decision.case.facts.get(self.pack.as_of)
        opening = [fill(words.BASED_ON, self.lang, title=self.pack.title[self.lang])]
        if isinstance(today, date):
            opening.append(fill(words.ASKED_DAY, self.lang, day=values.spoken_day(today, self.lang)))
        title = self.decision.case.title[self.lang] if not self.redacted else ""
        edition = fill(sw.EDITION, self.lang, name=self.pack.name, version=self.pack.version, digest=self.decision.pack_digest)
        opening += warned(self.decision.warnings, self.lang)
        return Sheet(
            self.lang, sw.HEADING[self.lang], title, tuple(opening),
            tuple(self._told(answer, one) for answer, one in zip(self.decision.answers, made, strict=True)),
            tuple(filter(None, [self._next(duties), self._left_out(made)])),
            Part(words.CAUTIONS[self.lang], tuple(cautions(self.pack, self.lang))),
            (sw.HOW_CHECKED[self.lang],) if any(one.text for one in made) else (),
            (edition,),
        )  # fmt: skip

    # -- one answer

    def _told(self, answer: Answer, made: Made) -> Told:
        answer = self._unnamed(answer) if self.redacted else answer
        outcomes = Outcomes(self.pack, self.lang)
        name = paths.answer_name(self.pack, made.key, made.definition, self.lang)
        parts = (
            self._part(sw.FACTS, self._facts(answer, made)),
            Part(self._provisions_title(answer, outcomes), tuple(self._provisions(answer))),
            self._part(sw.OPEN, self._open(answer, name)),
            self._part(sw.READINGS, self._readings(answer, outcomes)),
            self._part(sw.PROVIDED, [spoken_days_in(text[self.lang], self.lang) for text in answer.provided]),
            self._part(sw.UNCERTIFIED, [cw.WHY_NOT[made.why][self.lang]] if made.why else []),
        )
        digest = hashlib.sha256(made.text.encode()).hexdigest() if made.text else ""
        return Told(name, ended(outcomes.headline(answer), self.lang), tuple(part for part in parts if part.sentences), digest)

    def _unnamed(self, answer: Answer) -> Answer:
        """The answer with elements called by their places."""
        places = {
            label: f"{name}[{index}]"
            for name in self.pack.collections
            for index, label in enumerate(self.decision.case.facts[name].labels)
            if label.startswith(f"{name}[")
        }

        def placed(path: str) -> str:
            label = next((one for one in places if path == one or path.startswith(f"{one}.")), None)
            return path if label is None else places[label] + path[len(label) :]

        because = tuple(replace(one, arguments=tuple(map(placed, one.arguments)), facts=()) for one in answer.because)
        on, surely = (
            replace(one, facts=tuple(map(placed, one.facts))) for one in (answer.depends_on, answer.depends_at_least)
        )
        outcomes = tuple(
            replace(one, by={kind: {placed(name): said for name, said in names.items()} for kind, names in one.by.items()},
                    witness=None)
            for one in answer.outcomes
        )  # fmt: skip
        told = replace(answer, name=placed(answer.name), because=because, rejected=(), outcomes=outcomes)
        return replace(told, depends_on=on, depends_at_least=surely)

    def _part(self, title: Text, sentences: Iterable[str]) -> Part:
        return Part(title[self.lang], tuple(ended(one, self.lang) for one in sentences))

    def _facts(self, answer: Answer, made: Made) -> list[str]:
        """What the certificate rests on; without one, what the reasons looked at of all that the case states."""
        claim = claimed(made.text.encode()) if made.text else None
        case = self.decision.case
        if claim is None:
            looked = {fact.path for step in answer.because for fact in step.facts}
            atoms = tuple(atom for atom in stated(self.pack, case) if "fact" in atom and path_of(case, atom) in looked)
        else:
            atoms = claim.atoms
        claims = Claims(self.pack, self.lang, as_it_stands if self.redacted else partial(path_of, case))
        sources = {path: one.source for path, one in case.sources.items() if one.source}
        return self._few(claims.facts(atoms, {} if self.redacted else sources) + claims.choices(atoms))

    def _few(self, said: list[str]) -> list[str]:
        said = list(dict.fromkeys(said))
        more = [fill(words.MORE_FACTS, self.lang, n=len(said) - MOST_FACTS)] if len(said) > MOST_FACTS else []
        return said[:MOST_FACTS] + more

    def _provisions_title(self, answer: Answer, outcomes: Outcomes) -> str:
        """Of an answer of several outcomes, the rules are those of one of them, and the title says of which."""
        if answer.status is not Status.OPEN or not answer.outcomes:
            return sw.PROVISIONS[self.lang]
        outcome = outcomes.outcome(answer.type, answer.outcomes[0].outcome)
        return fill(sw.PROVISIONS_OF, self.lang, outcome=outcome)

    def _provisions(self, answer: Answer) -> list[str]:
        """The rules that brought the outcome about, each with its provision."""
        items = Reasons(self.pack, self.lang).of(answer)
        skipped = {words.GROUNDS[self.lang], words.SUPPOSED[self.lang], words.NOT_APPLIED[self.lang]}
        return list(dict.fromkeys(_flat((item for item in items if item.label not in skipped), self.lang)))

    def _open(self, answer: Answer, name: str) -> list[str]:
        if answer.status is not Status.OPEN or not (answer.depends_on or answer.depends_at_least):
            return []
        points = OpenPoints(self.pack, self.lang, Outcomes(self.pack, self.lang)).of([answer], (name,))
        return _flat(points, self.lang)

    # -- readings

    def _readings(self, answer: Answer, outcomes: Outcomes) -> list[str]:
        changes = [one for one in answer.differs_under if not answer.depends_on.facts]
        said = []
        for one in changes[:MOST_READINGS]:
            read = (", " if self.lang == "en" else "，且").join(self._read(name, to) for name, to in one.readings.items())
            to = outcomes.listed(answer.type, one.outcomes)
            said.append(fill(sw.OTHERWISE_READ, self.lang, read=read, outcome=to))
        if len(changes) > MOST_READINGS:
            said.append(fill(sw.MORE_READINGS, self.lang, n=len(changes) - MOST_READINGS))
        return said + self._rest(answer, {name for one in changes for name in one.readings})

    def _read(self, name: str, option: str) -> str:
        spec = self.pack.readings[name]
        taken = {**{n: s.default for n, s in self.pack.readings.items()}, **self.decision.case.readings}.get(name)
        as_taken = bare(spec.option(taken).says[self.lang]) if taken else ""
        phrase = sw.READ if as_taken else sw.READ_OPEN
        return fill(
            phrase, self.lang, question=spec.question[self.lang], provision=provisions(spec.provisions, self.lang),
            taken=as_taken, option=bare(spec.option(option).says[self.lang]),
        )  # fmt: skip

    def _rest(self, answer: Answer, told: set[str]) -> list[str]:
        """The readings it rests on that change nothing by themselves, in one sentence; and how sure that is."""
        rest = [name for name in answer.assumed if name not in told and name not in self.decision.case.readings]
        if answer.firm in ("not_shown", "not_asked"):
            return [sw.NOT_TRIED[self.lang]]
        if not rest:
            return [sw.FIRM[self.lang]] if answer.firm == "every" and not (told or answer.depends_on.readings) else []
        places = provisions(dict.fromkeys(ref for name in rest for ref in self.pack.readings[name].provisions), self.lang)
        phrase = {"every": sw.REST_EVERY, "single": sw.REST_SINGLE}.get(answer.firm, sw.REST)
        return [fill(phrase, self.lang, n=len(rest), provisions=places)]

    # -- for all answers

    def _next(self, duties: Sequence[DutyAnswer]) -> Part | None:
        """What has to be done in this case: not what has to be done in every case."""
        own = [duty for duty in duties if not _standing(self.pack, duty.name)]
        told_of = Duties(self.pack, self.lang, Outcomes(self.pack, self.lang))
        section = told_of.section(own, self.decision.case)
        said = [text for group in told_of.groups(own, self.decision.case) for text in _duties(group, self.lang)]
        more = [fill(sw.MORE_DUTIES, self.lang, n=len(said) - MOST_DUTIES)] if len(said) > MOST_DUTIES else []
        told = (ended(text, self.lang) for text in (*section.paragraphs, *said[:MOST_DUTIES], *more))
        return Part(section.title, tuple(told)) if duties else None

    def _left_out(self, made: Sequence[Made]) -> Part | None:
        if not self.redacted:
            return None
        said = [fill(cw.REDACTED, self.lang, left=one.left, kept=one.facts) for one in made if one.text]
        return Part(sw.LEFT_OUT[self.lang], tuple(dict.fromkeys(said)))


def _standing(pack: Pack, name: str) -> bool:
    """Whether a duty is owed whatever the case."""
    when = pack.duties[name].when
    return isinstance(when, Literal) and when.value is True


def _flat(items: Iterable[Item], lang: str) -> list[str]:
    """Items and what stands below them, one after another."""
    found = []
    for item in items:
        text = words.COLON[lang].join(part for part in (item.label, item.text) if part)
        found += [text] if text else []
        found += _flat(item.items, lang)
    return found


def _duties(group: Group, lang: str) -> list[str]:
    """The duties of a group, those without a day each with who owes it."""
    colon = words.COLON[lang]
    said = [*group.dated, *(f"{who}{colon}{what}" for who, each in group.by_actor for what in each)]
    phrase = {Kind.OVER: sw.OVER, Kind.UNDATED: sw.UNDATED, Kind.PERHAPS: sw.PERHAPS}.get(group.kind)
    return [fill(phrase, lang, what=text) for text in said] if phrase else said
