"""A comparison as a document: five lines, then every class of change with the case that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhunsheng.ask.comparing.comparison import Change, Compared, Comparison, Direction
from zhunsheng.ask.comparing.guarantees import Flip, Moved
from zhunsheng.ask.comparing.opened import Opened
from zhunsheng.lang.amendment import Act, Amended, Edit, Kind
from zhunsheng.lang.cone import Cone, Cones
from zhunsheng.lang.outcome import FailureKind
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.transition import NEW
from zhunsheng.lang.types import Value
from zhunsheng.narrate import nouns, values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.provisions import provision, provisions
from zhunsheng.show import words as common
from zhunsheng.show.cautions import cautions
from zhunsheng.show.checking.findings import Findings
from zhunsheng.show.checking.proofs import VERDICTS, Proofs
from zhunsheng.show.comparing import words
from zhunsheng.show.comparing.effect import RETROACTIVE, Effect
from zhunsheng.show.comparing.register import Enterprises
from zhunsheng.show.deciding.outcomes import outcome_of_duty
from zhunsheng.show.deciding.story import Stories
from zhunsheng.show.mistakes import reason
from zhunsheng.solve.paired import SOME, Beyond, Member, Shift

MANY = 12
"""Where an answer has more classes than this, those that come from the same thing in the same direction are told together."""


def comparison_document(comparison: Comparison, lang: str) -> Document:
    """The whole comparison."""
    say = Telling(comparison, lang)
    names = "、" if lang == "zh" else ", "
    title = fill(words.TITLE, lang, names=names.join(a.says[lang].rstrip("。.") for a in comparison.amended.amendments))
    sections = (
        say.changes(),
        say.duties(),
        say.effect(),
        say.register(),
        say.unsure(),
        say.guarantees(),
        say.ruled_out(),
        say.edits(),
        say.same(),
        *say.cautions(),
    )
    digest = [law.digest[:16] for law in (comparison.amended.base, comparison.amended.pack)]
    version = fill(common.VERSION, lang, version=comparison.amended.base.version, digest=" → ".join(digest))
    return Document(title, lang, say.summary(), tuple(filter(None, sections)), (words.NOT_CERTIFIED[lang], version))


@dataclass(frozen=True)
class Telling:
    """Says a comparison in one language."""

    comparison: Comparison
    lang: str

    # -- five lines

    def summary(self) -> tuple[str, ...]:
        comparison, lang = self.comparison, self.lang
        lines = []
        if not comparison.complete:
            lines.append(self._incomplete())
        if any(amendment.retroactive for amendment in comparison.amended.amendments):
            lines.append(RETROACTIVE[lang])
        lines.append(words.OVERALL[comparison.direction][lang])
        counts = {"changed": 0, "same": 0, "duties": 0, "kept": 0}
        for each in comparison.answers:
            equal = each.direction is Direction.EQUIVALENT
            counts[("kept" if equal else "duties") if each.duty else ("same" if equal else "changed")] += 1
        lines.append(fill(words.COUNTS, lang, **{name: str(number) for name, number in counts.items()}))
        if comparison.complete:
            days = [values.spoken_day(day, lang) for day in comparison.horizon]
            lines.append(fill(words.COMPLETE, lang, least=days[0], greatest=days[1]))
        lines.append((words.UNDER_ALL if comparison.under == "all" else words.UNDER_DEFAULT)[lang])
        return tuple(lines)

    def _incomplete(self) -> str:
        """What is not shown; and that it is shown who is affected, where it is."""
        left = [each for each in self.comparison.answers if not each.complete]
        unsure = self._listed(self.name(each.answer) for each in left)
        if not self.comparison.affected_shown:
            return fill(words.INCOMPLETE, self.lang, answers=unsure)
        through = dict.fromkeys(name for each in left for name in each.follows)
        return fill(words.AFFECTED_SHOWN, self.lang, answers=unsure, through=self._listed(map(self.name, through)))

    # -- sections

    def changes(self) -> Section:
        items = [self._answer(each) for each in self.comparison.changed if not each.duty]
        return Section(words.CHANGES[self.lang], (), tuple(items))

    def duties(self) -> Section:
        items = [self._answer(each) for each in self.comparison.changed if each.duty]
        return Section(words.DUTIES[self.lang], (), tuple(items))

    def effect(self) -> Section:
        found = self.comparison.effect
        if found is None:
            return Section("")
        return Effect(found, self.lang, self.name, Telling(found, self.lang).change).section()

    def register(self) -> Section:
        found = self.comparison.register
        return Section("") if found is None else Enterprises(self.comparison, found, self.lang, self.name).section()

    def unsure(self) -> Section:
        left = [each for each in self.comparison.answers if not each.complete]
        items = [Item(reason(each.why, self.lang), self.name(each.answer)) for each in left]
        return Section(words.UNSURE[self.lang], (), tuple(items))

    def guarantees(self) -> Section:
        found, lang = self.comparison.guarantees, self.lang
        if found is None:
            return Section("")
        asked, tried = str(found.asked), str(found.tried)
        lines = [
            fill(words.FLIPS if found.flips else words.NO_FLIPS, lang, asked=asked, flips=str(len(found.flips))),
            fill(words.MOVES if found.moved else words.NO_MOVES, lang, tried=tried, moved=str(len(found.moved))),
        ]
        items = [self._flip(flip) for flip in found.flips]
        items += [self._moved(moved) for moved in found.moved]
        if found.opened is not None:
            lines.append(self._faults(found.opened))
            items += self._opened(found.opened)
        items += [Item(fill(words.UNSTATED, lang, what=f"{one.place}: {one.what}")) for one in found.unstated]
        return Section(words.GUARANTEES[lang], tuple(lines), tuple(items))

    def _faults(self, found: Opened) -> str:
        numbers = {"new": len(found.new), "cured": len(found.cured), "looked": found.looked_at, "left": len(found.not_shown)}
        phrase = words.FAULTS if found.new or found.cured else words.NO_FAULTS
        said = fill(phrase, self.lang, **{name: str(number) for name, number in numbers.items()})
        return said + (fill(words.FAULTS_LEFT, self.lang, left=str(len(found.not_shown))) if found.not_shown else "")

    def _opened(self, found: Opened) -> Iterable[Item]:
        for label, findings, side in ((words.OPENED, found.new, 1), (words.CURED, found.cured, 0)):
            tell = Findings(self._law(side), self.lang)
            for finding in findings:
                told = tell.item(finding)
                yield Item(told.text, f"{label[self.lang]} {told.label}".strip(), told.items)

    def _flip(self, flip: Flip) -> Item:
        tell = Proofs(self._law(1), self.lang)
        theorem = flip.after.theorem
        said = fill(
            words.FLIP,
            self.lang,
            says=theorem.says[self.lang].rstrip("。."),
            before=VERDICTS[flip.recorded][self.lang],
            after=VERDICTS[flip.after.verdict][self.lang],
            readings=tell.readings(flip.after.variant),
        )
        found = flip.after.counterexample
        return Item(said, theorem.name, tell.story(theorem, found) if found is not None else ())

    def _moved(self, moved: Moved) -> Item:
        name = moved.answer.partition("[")[0].partition("(")[0]
        definition = self._law(0).definitions.get(name)
        said = []
        for side, outcomes in enumerate((moved.before, moved.after)):
            each = [self._outcome(definition, o, side) if definition is not None else str(o) for o in outcomes]  # type: ignore[arg-type]
            said.append(self._listed(sorted(each)))
        title = moved.scenario.title[self.lang]
        return Item(fill(words.MOVE, self.lang, title=title, answer=self.name(name), before=said[0], after=said[1]))

    def ruled_out(self) -> Section:
        items = []
        for each in self.comparison.ruled_out:
            law = self._law(1 - each.side)
            story = tuple(Item(line) for line in Stories(law, self.lang).told(each.case))
            items.append(Item(fill(words.EXCLUDED_BY[each.side], self.lang, says=each.case.title[self.lang]), "", story))
        return Section(words.EXCLUDED[self.lang], (), tuple(items))

    def edits(self) -> Section:
        lang, items = self.lang, []
        for amendment in self.comparison.amended.amendments:
            below = [Item(self.edit(edit)) for edit in amendment.edits]
            below.append(Item(fill(words.FROM_DAY, lang, day=values.spoken_day(amendment.in_force_from, lang))))
            below.append(Item(fill(words.SOURCE, lang, source=amendment.source[lang])))
            items.append(Item(amendment.says[lang], amendment.name, tuple(below)))
        if self.comparison.equal:
            named = [self.name(name) for name in self.comparison.equal]
            items.append(Item(fill(words.EQUAL, lang, names=self._listed(named))))
        return Section(words.EDITS[lang], (), tuple(items))

    def same(self) -> Section:
        equal = [each for each in self.comparison.answers if each.direction is Direction.EQUIVALENT]
        same = [self.name(each.answer) for each in equal if not each.duty]
        if any(each.duty for each in equal):
            same.append(words.AND_DUTIES[self.lang])
        return Section(words.SAME[self.lang], (self._listed(same),) if same else ())

    def cautions(self) -> Iterable[Section]:
        said = cautions(self.comparison.amended.base, self.lang)
        yield Section(common.CAUTIONS[self.lang], (), tuple(map(Item, said)))

    # -- one answer

    def name(self, answer: str) -> str:
        law = next((law for law in (self._law(0), self._law(1)) if answer in law.definitions), None)
        if law is None:
            return answer
        noun = nouns.definition(law, answer, self.lang)
        if answer.startswith("duty "):
            return fill(words.DUTY_OWED if answer.endswith(" owed") else words.DUTY_BY, self.lang, what=noun)
        return noun

    def _answer(self, compared: Compared) -> Item:
        verdict = words.VERDICTS[compared.direction][self.lang]
        items = self._classes(compared.changes)
        if compared.follows:
            how = words.FOLLOWS if compared.complete else words.ONLY_WHERE
            items.insert(0, Item(fill(how, self.lang, names=self._listed(map(self.name, compared.follows)))))
        if compared.by_kind:
            items.append(Item("", words.KINDS[self.lang], tuple(self._by_kind(compared))))
        return Item(verdict, self.name(compared.answer), tuple(items))

    def _by_kind(self, compared: Compared) -> Iterable[Item]:
        for way in self.comparison.kinds.partitions:
            for part in way.parts:
                direction = compared.by_kind.get((way.name, part.name))
                if direction is not None:
                    yield Item(words.VERDICTS[direction][self.lang], part.title[self.lang])

    def _classes(self, changes: Sequence[Change]) -> list[Item]:
        """Each class with its case; where there are many, those that come from the same thing in the same direction together."""
        groups: dict[object, list[Change]] = {}
        for change in changes:
            alike = (change.key.before, change.direction) if len(changes) > MANY else change.key
            groups.setdefault(alike, []).append(change)
        return [self.change(each[0]) if len(each) == 1 else self._together(each) for each in groups.values()]

    def _together(self, changes: Sequence[Change]) -> Item:
        """Several classes, with the case of the first."""
        first, lang = changes[0], self.lang
        after = words.COMMA[lang].join(self._set(change, 1) for change in changes)
        direction = words.VERDICTS[first.direction][lang]
        said = fill(words.FROM_TO, lang, before=self._set(first, 0), after=after, direction=direction)
        said += fill(words.SO_MANY, lang, number=str(len(changes)), first=self._set(first, 1))
        return Item(said, "", (self._case(first), *self._because(first)))

    def change(self, change: Change) -> Item:
        """A class of change with its case, and why."""
        lang = self.lang
        before, after = self._set(change, 0), self._set(change, 1)
        said = fill(words.FROM_TO, lang, before=before, after=after, direction=words.VERDICTS[change.direction][lang])
        if change.shift is not None and change.key.shift is not Shift.SAME:
            phrase = words.BY_DAYS if self._definition(change.answer, 0).type.base == "day" else words.BY_NUMBER
            least, greatest = sorted(abs(end) for end in change.shift)
            said = f"{said}{common.SEMICOLON[lang]}{fill(phrase, lang, least=str(least), greatest=str(greatest))}"
            said += "" if change.exact else words.SEEN_SO_FAR[lang]
        return Item(said, "", (self._case(change), *self._because(change)))

    def _case(self, change: Change) -> Item:
        side = 1 if Beyond.NOT_EXPRESSIBLE in change.key.before else 0  # told by the law that has words for it
        law, definition = self._law(side), self._definition(change.answer, side)
        about = [collection.name for _, type_ in definition.parameters if (collection := law.element_of(type_.base)) is not None]
        cone = Cones(law).definition(definition.name) | Cone(collections=frozenset(about))
        case = change.shown.after if side else change.shown.before
        lines = Stories(law, self.lang, cone).told(case)
        outcomes = [self._outcomes(change, side) for side in (0, 1)]
        result = fill(words.RESULT, self.lang, before=outcomes[0], after=outcomes[1])
        if change.shown.args:
            result += fill(words.ASKED_OF, self.lang, args=self._listed(self._arguments(change)))
        return Item("", words.CASE[self.lang], tuple(Item(line) for line in (*lines, result)))

    def _arguments(self, change: Change) -> Iterator[str]:
        """What the answer was asked of: an element by what it is called, anything else by its value."""
        law, case = self._law(0), change.shown.before
        for name, type_ in self._definition(change.answer, 0).parameters:
            value, collection = change.shown.args[name], law.element_of(type_.base)
            if collection is None:
                yield values.spoken(law, value, type_, self.lang)
            else:
                index = int(str(value).partition("[")[2].rstrip("]"))  # its place, whatever it is called
                yield Stories(law, self.lang).called(collection, case.facts[collection.name], index)

    def _because(self, change: Change) -> Iterable[Item]:
        labels = {edit.label: edit for edit in self.comparison.amended.edits}
        causes = [self.edit(labels[label]) for label in change.causes if label in labels]
        if causes:
            yield Item(self._listed(causes), words.CAUSES[self.lang])
        rests = [provisions(each, self.lang) for each in change.shown.provisions]
        if all(rests):
            yield Item(fill(words.RESTS_ON, self.lang, before=rests[0], after=rests[1]), words.RESTS[self.lang])

    # -- outcomes

    def _set(self, change: Change, side: int) -> str:
        """What a class changes from, or to: its outcomes, a day only by its direction."""
        members = change.key.before if side == 0 else change.key.after
        definition = self._definition(change.answer, side)
        moved = side == 1 and SOME in change.key.before
        said = sorted(self._member(definition, member, side, change.key.shift if moved else None) for member in members)
        if not said:
            return words.NOTHING[self.lang]
        return said[0] if len(said) == 1 else fill(words.ONE_OF, self.lang, outcomes=self._listed(said))

    def _member(self, definition: Definition, member: Member, side: int, shift: Shift | None) -> str:
        if member is SOME:
            day = definition.type.base == "day"
            if shift is not None:
                return (words.MOVED if day else words.MOVED_NUMBER)[shift][self.lang]
            return (words.SOME_DAY if day else words.SOME_NUMBER)[self.lang]
        if isinstance(member, Beyond):
            return words.UNKNOWN_WORD[side][self.lang]
        return self._outcome(definition, member, side)

    def _outcomes(self, change: Change, side: int) -> str:
        found = change.shown.outcomes[side]
        definition = self._definition(change.answer, side)
        if not found:
            return words.NO_WORD[self.lang]
        said = sorted(self._outcome(definition, outcome, side) for outcome in found)
        return said[0] if len(said) == 1 else fill(words.ONE_OF, self.lang, outcomes=self._listed(said))

    def _outcome(self, definition: Definition, outcome: Value | FailureKind, side: int) -> str:
        if (said := outcome_of_duty(definition.name, outcome, self.lang)) is not None:
            return said
        if isinstance(outcome, FailureKind):
            return values.failure(outcome, self.lang)
        return values.spoken(self._law(side), outcome, definition.type, self.lang)

    # -- edits

    def edit(self, edit: Edit) -> str:
        return edit_words(self.comparison.amended, edit, self.lang)

    # -- details

    def _law(self, side: int) -> Pack:
        return self.comparison.amended.base if side == 0 else self.comparison.amended.pack

    def _definition(self, name: str, side: int) -> Definition:
        own = self.comparison.amended.renames.get(name, name) if side else name
        return self._law(side).definitions[own]

    def _listed(self, said: Iterable[str]) -> str:
        return ("；" if self.lang == "zh" else "; ").join(said)


def _object(amended: Amended, edit: Edit, lang: str) -> str:
    """What an edit is of: a definition and its rules by its title, so that a reader who knows no names can tell."""
    owner, _, rule = edit.name.partition("/")
    if edit.kind is Kind.VALUE:
        enumerations = [law.enumerations[owner] for law in (amended.base, amended.pack) if owner in law.enumerations]
        titles = [one.by_name[rule].title[lang] for one in enumerations if rule in one.by_name]
        return fill(words.OF_DEFINITION, lang, title=titles[0], name=edit.name) if titles else f"“{edit.name}”"
    law = next((law for law in (amended.base, amended.pack) if owner in law.definitions), None)
    if law is None or edit.kind not in (Kind.DEFINITION, Kind.OTHERWISE, Kind.RULE):
        return f"“{edit.name}”"
    title = nouns.definition(law, owner, lang)
    return fill(words.OF_RULE if rule else words.OF_DEFINITION, lang, title=title, name=edit.name)


def edit_words(amended: Amended, edit: Edit, lang: str) -> str:
    """An edit in words."""
    old, new = amended.base, amended.pack
    if edit.kind is Kind.PARAMETER and edit.act is Act.SET and edit.name in old.parameters and edit.name in new.parameters:
        one, other = old.parameters[edit.name], new.parameters.get(edit.name + NEW, new.parameters[edit.name])
        spoken = [values.spoken(law, spec.value, spec.type, lang) for law, spec in ((old, one), (new, other))]
        what = fill(words.SET, lang, title=one.title[lang], old=spoken[0], new=spoken[1])
    elif edit.act is Act.FIX and edit.name in new.readings:
        spec = new.readings[edit.name]
        option = spec.option(edit.fixed).says[lang].rstrip("。.")
        what = fill(words.FIXED, lang, title=spec.question[lang], option=option)
    else:
        act, kind = words.ACTS[edit.act.value][lang], words.OBJECTS[edit.kind.value][lang]
        named = provision(edit.name, lang) if edit.kind is Kind.PROVISION else _object(amended, edit, lang)
        what = fill(words.EDIT, lang, act=act, kind=kind, name=named)
    if not edit.provision or edit.kind is Kind.PROVISION:
        return what
    return fill(words.EDIT_AT, lang, what=what, where=provision(edit.provision, lang))
