"""Two laws as one pack: what both say in the same words stands in it once, what they say differently stands in it twice.

    before ──┐   facts, lists, readings: those of either
             ├─▶ definitions: the old law's under their names; those of the new law that differ, or that lead to
    after  ──┘   something that differs, with `AFTER` behind their names

A question about both laws is then a question about one pack: one set of symbols, one bound, one formula, in which whatever the
laws share is the same thing on both sides. What a law does not know (a value that only the other has) it cannot speak of:
`foreign` says where a case holds such a thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from zhunsheng.lang import expr as e
from zhunsheng.lang.cone import Cone, expressions
from zhunsheng.lang.pack import Assumption, CollectionSpec, Definition, DiscretionSpec, FactSpec, Pack, ReadingSpec, Rule
from zhunsheng.lang.rewriting import Names, renamed, rewritten
from zhunsheng.lang.types import NONE, NUMBER, YES_NO, Enumeration, Type, special

AFTER, BEFORE = "__after", "__before"
Fixed = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Terms:
    """On what terms two laws are compared. `renames`: old name -> new name; `fixed`: readings that the new law settles;
    `becomes`: for each enumeration, what an abolished value counts as in the new law."""

    renames: Mapping[str, str]
    fixed: Fixed
    becomes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Foreign:
    """Something that a case may hold and one of the laws has no word for. `of` is "" for a fact that stands alone, else the type
    of the record or element; `there` is true where a case holds it."""

    of: str
    field: str
    there: e.Expr


class Unmatched(Exception):
    """The laws cannot be put side by side: `what` says why."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True)
class Union:
    """`after`: each definition of the new law (under its old name, if renamed) with its name in `pack`. `changed` are those
    whose own words differ, `touched` also all that lead to one of them."""

    laws: tuple[Pack, Pack]
    terms: Terms
    pack: Pack
    after: Mapping[str, str]
    changed: frozenset[str]
    touched: frozenset[str]
    choices: Mapping[str, str]
    foreign: tuple[tuple[Foreign, ...], tuple[Foreign, ...]]

    def named(self, name: str, side: int) -> str:
        """The name in `pack` of one of the laws' definition (0 the old law, 1 the new)."""
        return name if side == 0 else self.after[name]

    def unknown(self, cone: Cone, side: int) -> e.Expr:
        """Where a case holds, among what this cone consults, something that the law of this side has no word for."""
        found = [
            each.there for each in self.foreign[side]
            if (each.of, each.field) in cone.fields or (not each.of and each.field in cone.facts)
        ]  # fmt: skip
        return e.Or(tuple(found), YES_NO) if len(found) > 1 else (found[0] if found else e.Literal(False, YES_NO))


def union(before: Pack, after: Pack, terms: Terms, equal: frozenset[str] = frozenset()) -> Union:
    """The union of two laws. `equal` are definitions known to come to the same in both, however they are worded.

    Raises `Unmatched` where a fact means something else in each."""
    new = under_old_names(after, terms.renames)
    changes = _Changes(before, new, terms)
    changed = changes.definitions() - equal
    touched = changes.closure(changed, equal)
    choices = changes.choices(touched)
    names = _names(changes, touched, choices)
    old_names = Names(enumerations={name: name + BEFORE for name in changes.enumerations})
    definitions = {name: renamed(spec, name, old_names) if name in touched else spec for name, spec in before.definitions.items()}
    definitions |= {n + AFTER: renamed(spec, n + AFTER, names) for n, spec in new.definitions.items() if n in touched}
    definitions |= {_becoming(name): _becomes(name, values) for name, values in terms.becomes.items()}
    facts = {name: _fact(before.facts.get(name), new.facts.get(name), name) for name in _both(before.facts, new.facts)}
    collections = {
        name: _collection(before.collections.get(name), new.collections.get(name), name)
        for name in _both(before.collections, new.collections)
    }
    discretions = {
        name: _discretion(spec, name, old_names) if name in choices else spec for name, spec in before.discretions.items()
    }
    theirs = {name: there for name, there in choices.items() if name in new.discretions}
    discretions |= {there: _discretion(new.discretions[name], there, names) for name, there in theirs.items()}
    pack = replace(
        before, definitions=definitions, facts=facts, collections=collections, discretions=discretions,
        enumerations=_enumerations(before, new, changes.enumerations),
        specials={**new.specials, **before.specials},
        assumptions=(*before.assumptions, *_assumptions(changes, touched, names)),
        parameters={**before.parameters, **_under_new_names(new.parameters, names.parameters)},
        readings=_readings(before, new),
        calendars={**before.calendars, **_under_new_names(new.calendars, names.calendars)},
        canonical="", digest="",
    )  # fmt: skip
    there = {name: name + AFTER if name in touched else name for name in new.definitions}
    foreign = (_foreign(before, pack, {}), _foreign(new, pack, terms.becomes))
    return Union((before, after), terms, pack, there, changed, touched, choices, foreign)


def _under_new_names(found: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    return {new: found[old] for old, new in names.items() if old in found}


def under_old_names(after: Pack, renames: Mapping[str, str]) -> Pack:
    """The new law with the old law's names for whatever is declared to be the same under another."""
    back = {new: old for old, new in renames.items()}
    if not back:
        return after
    names = Names(back, back, back, back, back)
    definitions = {back.get(n, n): renamed(d, back.get(n, n), names) for n, d in after.definitions.items()}
    return replace(
        after, definitions=definitions,
        facts={back.get(n, n): replace(spec, name=back.get(n, n)) for n, spec in after.facts.items()},
        collections={back.get(n, n): replace(spec, name=back.get(n, n)) for n, spec in after.collections.items()},
        parameters={back.get(n, n): spec for n, spec in after.parameters.items()},
        readings={back.get(n, n): replace(spec, name=back.get(n, n)) for n, spec in after.readings.items()},
        discretions={back.get(n, n): _discretion(spec, back.get(n, n), names) for n, spec in after.discretions.items()},
        assumptions=tuple(replace(each, that=rewritten(each.that, names)) for each in after.assumptions),
        answers=tuple(back.get(n, n) for n in after.answers),
    )  # fmt: skip


# -- what differs


class _Changes:
    """What differs between two laws, object by object."""

    def __init__(self, before: Pack, after: Pack, terms: Terms) -> None:
        self.before, self.after, self.terms = before, after, terms
        self.enumerations = frozenset(
            name for name, spec in before.enumerations.items()
            if name in after.enumerations and _shape(spec) != _shape(after.enumerations[name])
        )  # fmt: skip
        self.parameters = _differing(before.parameters, after.parameters, lambda spec: (spec.type, spec.value))
        self.calendars = _differing(before.calendars, after.calendars, lambda spec: dict(spec.years))
        self.one_sided = frozenset(before.readings) ^ frozenset(after.readings)
        self.discretions = self._discretions()

    def definitions(self) -> frozenset[str]:
        """The definitions whose own words differ, or that speak of something that does."""
        both = _both(self.before.definitions, self.after.definitions)
        return frozenset(name for name in both if self._differs(name))

    def _differs(self, name: str) -> bool:
        old, new = self.before.definitions.get(name), self.after.definitions.get(name)
        if old is None or new is None or _words(old) != _words(new):
            return True
        return any(self.speaks(expr) for expr in expressions(old))

    def speaks(self, expr: e.Expr) -> bool:
        """Whether an expression that both laws have speaks of something that differs."""
        return any(self._differing_part(part) for part in e.walk(expr))

    def _differing_part(self, part: e.Expr) -> bool:
        match part:
            case e.Parameter(name=name):
                return name in self.parameters
            case e.Reading(name=name):
                return name in self.terms.fixed or name in self.one_sided
            case e.Choice(name=name):
                return name in self.discretions
            case e.Function(name="workdays_after" | "is_workday", args=args):
                last = args[-1]
                return isinstance(last, e.Literal) and last.value in self.calendars
            case e.Aggregate(binders=binders):
                return any(binder.enumeration in self.enumerations for binder in binders)
            case e.Compare(op="<" | "<=" | ">" | ">=", left=left):
                return left.type.base in self.enumerations
            case e.Fact() | e.Field() | e.Pick():
                return part.type.base in self.terms.becomes and not part.type.keyed_by
            case _:
                return False

    def _discretions(self) -> frozenset[str]:
        def words(spec: DiscretionSpec) -> object:
            return spec.type, spec.lawful, spec.otherwise

        named = _differing(self.before.discretions, self.after.discretions, words)
        wider = {n for n, spec in self.before.discretions.items() if spec.type.base in self.enumerations}
        return named | wider

    def closure(self, changed: frozenset[str], equal: frozenset[str]) -> frozenset[str]:
        """All definitions that lead to a changed one, by calls or by what a choice may be."""
        touched = set(changed)
        grown = True
        while grown:
            choices = self.choices(frozenset(touched))
            grown = False
            for law in (self.before, self.after):
                for name, definition in law.definitions.items():
                    if name not in touched and name not in equal and _leads(expressions(definition), touched, choices):
                        touched.add(name)
                        grown = True
        return frozenset(touched)

    def choices(self, touched: frozenset[str]) -> dict[str, str]:
        """The discretions whose lawful choices may differ, each with its name on the new law's side."""
        found: dict[str, str] = {}
        for law in (self.before, self.after):
            for name, spec in law.discretions.items():
                written = [spec.lawful, *([spec.otherwise] if spec.otherwise is not None else [])]
                if name in self.discretions or any(self.speaks(w) for w in written) or _leads(written, touched, {}):
                    found[name] = name + AFTER
        return found


def _leads(written: Iterable[e.Expr], touched: Iterable[str], choices: Mapping[str, str]) -> bool:
    known = touched if isinstance(touched, set | frozenset) else set(touched)
    return any(
        (isinstance(part, e.Call) and part.name in known) or (isinstance(part, e.Choice) and part.name in choices)
        for expr in written for part in e.walk(expr)
    )  # fmt: skip


def _words(definition: Definition) -> object:
    """What a definition says, without titles and places."""
    rules = {rule.name: (rule.when, rule.value, frozenset(rule.overrides)) for rule in definition.rules}
    return definition.parameters, definition.type, rules, definition.otherwise


def _shape(spec: Enumeration) -> object:
    return [(value.name, value.answer_only) for value in spec.values], spec.ordered


def _differing(old: Mapping[str, T], new: Mapping[str, T], words: object) -> frozenset[str]:
    return frozenset(n for n in _both(old, new) if n not in old or n not in new or words(old[n]) != words(new[n]))  # type: ignore[operator]


def _both(old: Mapping[str, T], new: Mapping[str, T]) -> list[str]:
    """The names of either, the old law's first."""
    return list(dict.fromkeys((*old, *new)))


# -- the new law's words


def _names(changes: _Changes, touched: frozenset[str], choices: Mapping[str, str]) -> Names:
    becomes = changes.terms.becomes

    def wrap(expr: e.Expr) -> e.Expr:
        base = expr.type.base.removesuffix(AFTER)
        return e.Call(_becoming(base), (expr,), expr.type, expr.at) if base in becomes else expr

    return Names(
        definitions={name: name + AFTER for name in touched},
        parameters={name: name + AFTER for name in changes.parameters},
        choices=choices,
        enumerations={name: name + AFTER for name in changes.enumerations},
        calendars={name: name + AFTER for name in changes.calendars},
        fixed=changes.terms.fixed,
        wrap=wrap if becomes else None,
    )


def _becoming(enumeration: str) -> str:
    return f"becomes{AFTER}.{enumeration}"


def _becomes(enumeration: str, values: Mapping[str, str]) -> Definition:
    """What a stored value counts as in the new law."""
    of = Type(enumeration)
    value = e.Var("value", of)
    rules = tuple(
        Rule(old, e.Compare("==", value, e.Literal(old, of), YES_NO), e.Literal(new, of), "") for old, new in values.items()
    )
    return Definition(_becoming(enumeration), (("value", of),), of, rules, value, "")


def _discretion(spec: DiscretionSpec, name: str, names: Names) -> DiscretionSpec:
    here = replace(names, choices={**names.choices, spec.name: name})
    otherwise = None if spec.otherwise is None else rewritten(spec.otherwise, here)
    return replace(spec, name=name, type=names.type(spec.type), lawful=rewritten(spec.lawful, here), otherwise=otherwise)


def _assumptions(changes: _Changes, touched: frozenset[str], names: Names) -> list[Assumption]:
    """The new law's assumptions, but for those that are word for word the old law's and lead to nothing that differs."""
    old = {each.name: each for each in changes.before.assumptions}
    choices = names.choices
    found = []
    for each in changes.after.assumptions:
        there = old.get(each.name)
        same = there is not None and (there.each, there.apart, there.that) == (each.each, each.apart, each.that)
        if not same or _leads([each.that], touched, choices) or changes.speaks(each.that):
            found.append(replace(each, name=each.name + AFTER, that=rewritten(each.that, names)))
    return found


# -- the vocabulary of both


def _enumerations(before: Pack, after: Pack, differing: frozenset[str]) -> dict[str, Enumeration]:
    found = dict(before.enumerations)
    found |= {name: spec for name, spec in after.enumerations.items() if name not in before.enumerations}
    for name in differing:
        old, new = before.enumerations[name], after.enumerations[name]
        values = (*old.values, *(value for value in new.values if value.name not in old.by_name))
        found[name] = Enumeration(name, values, False, old.provision)
        found[name + BEFORE] = replace(old, name=name + BEFORE)
        found[name + AFTER] = replace(new, name=name + AFTER)
    return found


def _readings(before: Pack, after: Pack) -> dict[str, ReadingSpec]:
    """The readings of either; of one that both have, the options that both know."""
    found = {}
    for name in _both(before.readings, after.readings):
        old, new = before.readings.get(name), after.readings.get(name)
        if old is not None and new is not None:
            common = tuple(option for option in old.options if option.name in {o.name for o in new.options})
            found[name] = replace(old, options=common or old.options)
        elif (one := old or new) is not None:
            found[name] = one
    return found


def _fact(old: FactSpec | None, new: FactSpec | None, path: str) -> FactSpec:
    """A fact as either law may have it."""
    if old is None or new is None:
        one = old or new
        if one is None:
            raise KeyError(path)
        return one
    if (old.type is None) != (new.type is None):
        raise Unmatched(f"the fact {path!r} is a record in one law and none in the other: give it another name")
    if old.type is None or new.type is None:
        record = _fields(old.record, new.record, path)
        return replace(old, record=record, may_be_none=old.may_be_none or new.may_be_none)
    if (old.type.base, old.type.keyed_by) != (new.type.base, new.type.keyed_by):
        raise Unmatched(f"the fact {path!r} is of type {old.type} in one law and of type {new.type} in the other: rename it")
    among = () if not old.among or not new.among else tuple(dict.fromkeys((*old.among, *new.among)))
    return replace(
        old, type=Type(old.type.base, old.type.special | new.type.special, old.type.keyed_by), among=among,
        least=None if old.least is None or new.least is None else min(old.least, new.least),
        greatest=None if old.greatest is None or new.greatest is None else max(old.greatest, new.greatest),
        inert=old.inert and new.inert,
    )  # fmt: skip


def _fields(old: tuple[FactSpec, ...], new: tuple[FactSpec, ...], path: str) -> tuple[FactSpec, ...]:
    ours, theirs = {spec.name: spec for spec in old}, {spec.name: spec for spec in new}
    return tuple(_fact(ours.get(name), theirs.get(name), f"{path}.{name}") for name in _both(ours, theirs))


def _collection(old: CollectionSpec | None, new: CollectionSpec | None, name: str) -> CollectionSpec:
    if old is None or new is None:
        one = old or new
        if one is None:
            raise KeyError(name)
        return one
    if old.element != new.element:
        raise Unmatched(f"the elements of {name!r} have another name in each law: {old.element}, {new.element}")
    return replace(old, fields=_fields(old.fields, new.fields, name))


# -- what a law has no word for


def _foreign(law: Pack, pack: Pack, becomes: Mapping[str, Mapping[str, str]]) -> tuple[Foreign, ...]:
    """Where a case may hold a value that this law does not have: only of the facts it knows, for it sees no others."""
    found = []
    for name, spec in pack.facts.items():
        own = law.facts.get(name)
        if own is None:
            continue
        if spec.type is not None:
            there: e.Expr = e.Fact(name, spec.type)
            found += _unknown(spec, own, there, law, becomes, pack, Foreign("", name, there))
            continue
        of = Type(f"record {name}", frozenset({"none"}) if spec.may_be_none else frozenset())
        for part in spec.record:
            if (mine := own.field(part.name)) is not None and part.type is not None:
                field = e.Field(e.Fact(name, of), part.name, part.type)
                exists = e.Compare("!=", e.Fact(name, of), e.Literal(NONE, of), YES_NO)
                for each in _unknown(part, mine, field, law, becomes, pack, Foreign(of.base, part.name, field)):
                    whole = e.And((exists, each.there), YES_NO) if spec.may_be_none else each.there
                    found.append(replace(each, there=whole))
    for name, collection in pack.collections.items():
        ours = law.collections.get(name)
        for part in collection.fields if ours is not None else ():
            if ours is not None and (mine := ours.field(part.name)) is not None and part.type is not None:
                of = Type(collection.element)
                field = e.Field(e.Var("x", of), part.name, part.type)
                binder = e.Binder("x", of, name, None)
                for each in _unknown(part, mine, field, law, becomes, pack, Foreign(of.base, part.name, field)):
                    body = e.Aggregate(e.Kind.ANY, (binder,), None, None, each.there, None, YES_NO)
                    found.append(replace(each, there=body))
    return tuple(found)


def _unknown(
    spec: FactSpec, own: FactSpec, read: e.Expr, law: Pack, becomes: Mapping[str, Mapping[str, str]], pack: Pack, as_: Foreign
) -> list[Foreign]:
    """The fact holds a value, or a special one, that its law does not have."""
    if spec.inert or spec.type is None or own.type is None:
        return []
    keyed = spec.type.keyed_by
    key = e.Var("key", Type(keyed)) if keyed else None
    here = read if key is None else e.Pick(read, key, Type(spec.type.base, spec.type.special))
    plain, specials = Type(spec.type.base), sorted(spec.type.special - own.type.special)
    literals = [e.Literal(value, plain) for value in _values(spec, own, law, becomes, pack)]
    literals += [e.Literal(special(name), spec.type) for name in specials]
    tests = [e.Compare("==", here, literal, YES_NO) for literal in literals]
    if spec.type == NUMBER and own.least is not None and (spec.least is None or spec.least < own.least):
        tests.append(e.Compare("<", here, e.Literal(own.least, NUMBER), YES_NO))
    if spec.type == NUMBER and own.greatest is not None and (spec.greatest is None or spec.greatest > own.greatest):
        tests.append(e.Compare(">", here, e.Literal(own.greatest, NUMBER), YES_NO))
    if not tests:
        return []
    whole: e.Expr = e.Or(tuple(tests), YES_NO) if len(tests) > 1 else tests[0]
    if keyed:
        binder = e.Binder("key", Type(keyed), None, keyed)
        whole = e.Aggregate(e.Kind.ANY, (binder,), None, None, whole, None, YES_NO)
    return [replace(as_, there=whole)]


def _values(spec: FactSpec, own: FactSpec, law: Pack, becomes: Mapping[str, Mapping[str, str]], pack: Pack) -> list[str]:
    """The values the fact may have in one of the laws and not in this one, where they do not count as one that it has."""
    base = spec.type.base if spec.type is not None else ""
    if base not in pack.enumerations or base not in law.enumerations:
        return []
    known = own.among or tuple(value.name for value in law.enumerations[base].values if not value.answer_only)
    every = spec.among or tuple(value.name for value in pack.enumerations[base].values if not value.answer_only)
    return [value for value in every if value not in known and value not in becomes.get(base, {})]
