"""The law as an amendment takes effect: what is decided by a day from which the new law holds, by the new; the rest by the old.

    old law ──┐    for each definition that differs, rule by rule:
              ├─▶  the new rule where the day that governs it is not before `in_force_from`, else the old one
    new law ──┘

A governing day is what `governs:` names in an edit: a parameter or a field of the element at hand. An edit without one is
governed by the day asked about. Where the governing day is `none`, nothing has yet brought the new law in and the old one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from zhunsheng.errors import Unmatched
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Amended, Amendment, Edit, Kind
from zhunsheng.lang.both import T, collections_of_both, enumerations_of_both, facts_of_both, names_of_both, readings_of_both
from zhunsheng.lang.cone import recursion
from zhunsheng.lang.pack import Assumption, Definition, DiscretionSpec, Pack, Rule
from zhunsheng.lang.rewriting import Names, rewritten
from zhunsheng.lang.types import DAY, NONE, YES_NO, Enumeration, Special, Type, special
from zhunsheng.lang.union import Changes, Terms, becomes_of, becoming, under_old_names

NEW, OLD = "__new", "__old"
OTHERWISE = "otherwise"


def in_transition(old: Pack, amended: Amended, terms: Terms) -> Pack:
    """The law as one amendment takes effect upon `old`: the law it amends, or that law as earlier amendments take effect.

    It keeps the old law's names. Raises `Unmatched` where what differs cannot be told apart by a day."""
    return _Effective(old, amended, terms).pack()


def governing(amendment: Amendment, definition: str, pack: Pack) -> list[e.Expr]:
    """The days that govern an amendment's edits of a definition; the day asked about where an edit touches it and names none."""
    days = [day for edit in amendment.edits for name, day in edit.governs.items() if name == definition]
    bare = any(not edit.governs for edit in amendment.edits if _about(edit, definition))
    return [*days, *([e.Fact(pack.as_of, DAY)] if bare else [])]


def _about(edit: Edit, definition: str) -> bool:
    """Whether an edit is about a definition itself."""
    owner = edit.name.partition("/")[0]
    match edit.kind:
        case Kind.RULE | Kind.DEFINITION | Kind.OTHERWISE:
            return owner == definition
        case Kind.DUTY:
            return definition.startswith(f"duty {edit.name} ")
        case _:
            return False


@dataclass
class _Effective:
    old: Pack
    amended: Amended
    terms: Terms
    base: Pack = field(init=False)
    new: Pack = field(init=False)

    def __post_init__(self) -> None:
        (self.amendment,) = self.amended.amendments
        self.base, self.new = self.amended.base, under_old_names(self.amended.pack, self.terms.renames)
        self.changes = Changes(self.base, self.new, self.terms)
        self.here = Names(enumerations=self._differing(OLD), put=None)
        self.there = Names(
            parameters={name: name + NEW for name in self.changes.parameters if name in self.base.parameters},
            enumerations=self._differing(NEW),
            calendars={name: name + NEW for name in self.changes.calendars if name in self.base.calendars},
            wrap=self._wrap if self.terms.becomes else None,
        )

    def _differing(self, suffix: str) -> dict[str, str]:
        return {name: name + suffix for name in self.changes.enumerations}

    def _wrap(self, expr: e.Expr) -> e.Expr:
        base = expr.type.base.removesuffix(NEW)
        return e.Call(becoming(base), (expr,), expr.type, expr.at) if base in self.terms.becomes else expr

    # -- the pack

    def pack(self) -> Pack:
        differing = self.changes.definitions()
        every = names_of_both(self.old.definitions, self.new.definitions)
        definitions = {name: self._definition(name) if name in differing else self._kept(name) for name in every}
        definitions |= {becoming(name): becomes_of(name, values) for name, values in self.terms.becomes.items()}
        if circle := recursion(definitions):
            raise Unmatched(circle[0], f"the day that governs {circle[0]!r} depends on it: {' -> '.join(circle)}",
                            "name another day with `governs:`")  # fmt: skip
        discretions = {name: self._discretion(name) for name in names_of_both(self.old.discretions, self.new.discretions)}
        return replace(
            self.old, definitions=definitions, discretions=discretions,
            facts=facts_of_both(self.old, self.new), collections=collections_of_both(self.old, self.new),
            enumerations=self._enumerations(), readings=readings_of_both(self.old, self.new),
            specials={**self.new.specials, **self.old.specials},
            parameters={
                **self.new.parameters, **self.old.parameters, **_renamed(self.new.parameters, self.there.parameters),
            },
            calendars={**self.new.calendars, **self.old.calendars, **_renamed(self.new.calendars, self.there.calendars)},
            assumptions=(*self.old.assumptions, *self._assumptions()),
            duties={**self.new.duties, **self.old.duties},
            answers=tuple(names_of_both(dict.fromkeys(self.old.answers), dict.fromkeys(self.new.answers))),
            provisions={**self.old.provisions, **self.new.provisions},
            canonical="", digest="",
        )  # fmt: skip

    def _enumerations(self) -> dict[str, Enumeration]:
        """Those of both laws; of one that differs also each law's own, for what goes through its values or puts them in order."""
        found = enumerations_of_both(self.old, self.new, frozenset())
        for name in self.changes.enumerations:
            old, new = self.old.enumerations[name], self.new.enumerations[name]
            values = (*old.values, *(value for value in new.values if value.name not in old.by_name))
            found[name] = replace(old, values=values, ordered=old.ordered and new.ordered)
            found[name + OLD], found[name + NEW] = replace(old, name=name + OLD), replace(new, name=name + NEW)
        return found

    def _assumptions(self) -> list[Assumption]:
        """The new law's assumptions that are worded otherwise; a case satisfies both."""
        mine = {each.name: each for each in self.base.assumptions}
        found = []
        for each in self.new.assumptions:
            there = mine.get(each.name)
            if there is None or (there.each, there.apart, there.that) != (each.each, each.apart, each.that):
                found.append(replace(each, name=each.name + NEW, that=rewritten(each.that, self.there)))
        return found

    def _discretion(self, name: str) -> DiscretionSpec:
        """What may be chosen, told by the day that governs the choice: in either law's words, among either law's values."""
        old, new = self.old.discretions.get(name), self.new.discretions.get(name)
        if old is None or new is None:
            return self._choice_of_one(name, old)
        if not any(self._turns(each) for each in (old, new)):
            return old
        if (old.otherwise is None) != (new.otherwise is None):
            raise Unmatched(name, f"only one law says what holds where the discretion {name!r} leaves no choice",
                            "say it in both")  # fmt: skip
        condition = self._condition(name, (Kind.DISCRETION,))
        here, there = self._put(name, old.lawful, self.here), self._put(name, new.lawful, self.there)
        if old.type.base in self.changes.enumerations:
            here, there = self._among(old, self.base, here), self._among(old, self.new, there)
        other = None
        if old.otherwise is not None and new.otherwise is not None:
            others = self._put(name, new.otherwise, self.there), self._put(name, old.otherwise, self.here)
            other = self._either(condition, *others)
        return replace(old, lawful=self._either(condition, there, here), otherwise=other)

    def _choice_of_one(self, name: str, old: DiscretionSpec | None) -> DiscretionSpec:
        """A discretion that only one law has: it is asked of by that law alone."""
        if old is not None:
            return old
        new = self.new.discretions[name]
        otherwise = None if new.otherwise is None else self._put(name, new.otherwise, self.there)
        return replace(new, lawful=self._put(name, new.lawful, self.there), otherwise=otherwise)

    def _turns(self, spec: DiscretionSpec) -> bool:
        """Whether the laws say different things of a choice, or what is said speaks of something that differs."""
        written = [spec.lawful, *([spec.otherwise] if spec.otherwise is not None else [])]
        return spec.name in self.changes.discretions or any(self.changes.speaks(each) for each in written)

    def _among(self, spec: DiscretionSpec, law: Pack, lawful: e.Expr) -> e.Expr:
        """The same, of the values that this law has."""
        choice = e.Choice(spec.name, spec.type)
        values = [value.name for value in law.enumerations[spec.type.base].values if not value.answer_only]
        known = tuple(e.Compare("==", choice, e.Literal(value, spec.type), YES_NO) for value in values)
        return e.And((e.Or(known, YES_NO) if len(known) > 1 else known[0], lawful), YES_NO)

    # -- one definition

    def _kept(self, name: str) -> Definition:
        found = self.old.definitions.get(name) or self.new.definitions[name]
        return found if found.name == name else replace(found, name=name)

    def _definition(self, name: str) -> Definition:
        old, new = self.old.definitions.get(name), self.new.definitions.get(name)
        if old is None or new is None:
            return self._one_sided(name, old)
        if old.parameters != new.parameters or old.type.base != new.type.base:
            raise Unmatched(name, f"{name!r} is asked of something else in each law, so no day can tell them apart",
                            "give the new definition another name")  # fmt: skip
        rules: list[Rule] = []
        mine, theirs = ({rule.name: rule for rule in each.rules} for each in (old, new))
        for each in names_of_both(mine, theirs):
            rules += self._rule(name, mine.get(each), theirs.get(each))
        otherwise, more = self._otherwise(name, old.otherwise, new.otherwise)
        rules = [replace(rule, overrides=self._overriding(rule, rules, more)) for rule in rules]
        type_ = Type(old.type.base, old.type.special | new.type.special, old.type.keyed_by)
        return replace(old, rules=(*rules, *more), otherwise=otherwise, type=type_)

    def _one_sided(self, name: str, old: Definition | None) -> Definition:
        """What only one law has is asked of by that law alone; but for a duty, which is owed while its law holds."""
        whole = self._told(name, self.new.definitions[name], self.there) if old is None else old
        if not (name.startswith("duty ") and name.endswith(" owed")):
            return replace(whole, name=name)
        condition = self._condition(name, (Kind.DUTY,))
        holds = condition if old is None else e.Not(condition, YES_NO)
        rules = tuple(replace(rule, when=e.And((holds, rule.when), YES_NO)) for rule in whole.rules)
        otherwise = None if whole.otherwise is None else e.IfElse(holds, whole.otherwise, e.Literal(False, YES_NO), YES_NO)
        return replace(whole, name=name, rules=rules, otherwise=otherwise)

    def _told(self, name: str, definition: Definition, names: Names) -> Definition:
        rules = tuple(
            replace(rule, when=self._put(name, rule.when, names), value=self._put(name, rule.value, names))
            for rule in definition.rules
        )
        otherwise = None if definition.otherwise is None else self._put(name, definition.otherwise, names)
        return replace(definition, rules=rules, otherwise=otherwise)

    def _rule(self, name: str, old: Rule | None, new: Rule | None) -> list[Rule]:
        """A rule of either law, or both: as one rule where they defeat the same others, else as two."""
        if old is not None and new is not None and self._same(old, new):
            return [old]
        label = (old or new).name  # type: ignore[union-attr]  # one of them is there
        condition = self._condition(name, (Kind.RULE, Kind.DEFINITION, Kind.DUTY), label)
        here = None if old is None else self._worded(name, old, self.here)
        there = None if new is None else self._worded(name, new, self.there)
        if here is not None and there is not None:
            if (here.when, here.value, frozenset(here.overrides)) == (there.when, there.value, frozenset(there.overrides)):
                return [here]
            if frozenset(here.overrides) == frozenset(there.overrides):
                when, value = self._either(condition, there.when, here.when), self._either(condition, there.value, here.value)
                return [replace(there, when=when, value=value)]
        found = []
        if there is not None:
            found.append(replace(there, when=e.And((condition, there.when), YES_NO)))
        if here is not None:
            own = label if there is None else label + OLD
            found.append(replace(here, name=own, when=e.And((e.Not(condition, YES_NO), here.when), YES_NO)))
        return found

    def _same(self, old: Rule, new: Rule) -> bool:
        """Whether a rule is the same in both laws, word for word and in what it speaks of."""
        words = [(rule.when, rule.value, frozenset(rule.overrides)) for rule in (old, new)]
        return words[0] == words[1] and not any(self.changes.speaks(each) for each in (old.when, old.value))

    def _otherwise(
        self, name: str, old: e.Expr | None, new: e.Expr | None
    ) -> tuple[e.Expr | None, tuple[Rule, ...]]:
        """What holds where no rule speaks; where only one law says it, as a rule that every other defeats."""
        if old == new and (old is None or not self.changes.speaks(old)):
            return old, ()
        condition = self._condition(name, (Kind.OTHERWISE, Kind.DEFINITION, Kind.DUTY))
        here = None if old is None else self._put(name, old, self.here)
        there = None if new is None else self._put(name, new, self.there)
        if here is None:
            return None, () if there is None else (Rule(OTHERWISE, condition, there, ""),)
        if there is None:
            return None, (Rule(OTHERWISE, e.Not(condition, YES_NO), here, ""),)
        return self._either(condition, there, here), ()

    def _overriding(self, rule: Rule, rules: Iterable[Rule], more: tuple[Rule, ...]) -> tuple[str, ...]:
        known = {each.name for each in rules}
        both = [name for each in rule.overrides for name in (each, each + OLD) if name in known]
        return (*both, *(each.name for each in more))

    # -- expressions

    def _worded(self, name: str, rule: Rule, names: Names) -> Rule:
        return replace(rule, when=self._put(name, rule.when, names), value=self._put(name, rule.value, names))

    def _put(self, name: str, expr: e.Expr, names: Names) -> e.Expr:
        """An expression of either law, what parameters and settled readings come to told by the day that governs them here."""

        def put(part: e.Expr) -> e.Expr | None:
            match part:
                case e.Parameter(name=own) if own in self.there.parameters:
                    new = replace(part, name=self.there.parameters[own])
                    return self._either(self._condition(name, (Kind.PARAMETER,), own), new, part)
                case e.Reading(name=own) if own in self.terms.fixed:
                    fixed = e.Literal(self.terms.fixed[own], part.type, part.at)
                    return self._either(self._condition(name, (Kind.READING,), own), fixed, part)
                case _:
                    return None

        return rewritten(expr, replace(names, put=put, parameters={}))

    def _either(self, condition: e.Expr, new: e.Expr, old: e.Expr) -> e.Expr:
        return old if old == new else e.IfElse(condition, new, old, new.type, new.at)

    def _condition(self, name: str, kinds: tuple[Kind, ...], own: str = "") -> e.Expr:
        """That the new law holds, of the edit of one of these kinds that bears on a definition (on its rule, parameter or
        reading `own`)."""
        day = next((d for edit in self.amendment.edits if _bears(edit, name, kinds, own) and (d := edit.governs.get(name))), None)
        day = day if day is not None else e.Fact(self.old.as_of, DAY)
        from_ = e.Compare(">=", day, e.Literal(self.amendment.in_force_from, DAY), YES_NO)
        if not day.type.special:
            return from_
        there = [e.Compare("!=", day, e.Literal(_special(each), day.type), YES_NO) for each in sorted(day.type.special)]
        return e.And((*there, from_), YES_NO)


def _bears(edit: Edit, name: str, kinds: tuple[Kind, ...], own: str) -> bool:
    if edit.kind not in kinds:
        return False
    match edit.kind:
        case Kind.RULE:
            return edit.name == f"{name}/{own}"
        case Kind.PARAMETER | Kind.READING:
            return edit.name == own
        case Kind.DEFINITION | Kind.OTHERWISE | Kind.DISCRETION:
            return edit.name == name
        case _:
            return _about(edit, name)


def _special(name: str) -> Special:
    return NONE if name == NONE.name else special(name)


def _renamed(found: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    return {new: found[old] for old, new in names.items() if old in found}
