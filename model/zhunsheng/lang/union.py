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

from zhunsheng.lang import expr as e
from zhunsheng.lang.both import (
    AFTER,
    BEFORE,
    Foreign,
    T,
    collections_of_both,
    enumerations_of_both,
    facts_of_both,
    foreign_to,
    names_of_both,
    readings_of_both,
)
from zhunsheng.lang.cone import Cone, expressions
from zhunsheng.lang.pack import Assumption, Definition, DiscretionSpec, Pack, Rule
from zhunsheng.lang.rewriting import Names, renamed, rewritten
from zhunsheng.lang.types import YES_NO, Enumeration, Type

__all__ = ["AFTER", "BEFORE", "Changes", "Foreign", "Terms", "Union", "union"]
Fixed = Mapping[str, str]


@dataclass(frozen=True)
class Terms:
    """On what terms two laws are compared. `renames`: old name -> new name; `fixed`: readings that the new law settles;
    `becomes`: for each enumeration, what an abolished value counts as in the new law."""

    renames: Mapping[str, str]
    fixed: Fixed
    becomes: Mapping[str, Mapping[str, str]]


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
        found = self.strange(cone, side)
        return e.Or(found, YES_NO) if len(found) > 1 else (found[0] if found else e.Literal(False, YES_NO))

    def strange(self, cone: Cone, side: int) -> tuple[e.Expr, ...]:
        """… thing by thing."""
        return tuple(
            each.there for each in self.foreign[side]
            if (each.of, each.field) in cone.fields or (not each.of and each.field in cone.facts)
        )  # fmt: skip


def union(before: Pack, after: Pack, terms: Terms, equal: frozenset[str] = frozenset()) -> Union:
    """The union of two laws. `equal` are definitions known to come to the same in both, however they are worded.

    Raises `Unmatched` where a fact means something else in each."""
    new = under_old_names(after, terms.renames)
    changes = Changes(before, new, terms)
    changed = changes.definitions() - equal
    touched = changes.closure(changed, equal)
    choices = changes.choices(touched)
    names = _names(changes, touched, choices)
    old_names = Names(enumerations={name: name + BEFORE for name in changes.enumerations})
    definitions = {name: renamed(spec, name, old_names) if name in touched else spec for name, spec in before.definitions.items()}
    definitions |= {n + AFTER: renamed(spec, n + AFTER, names) for n, spec in new.definitions.items() if n in touched}
    definitions |= {becoming(name): becomes_of(name, values) for name, values in terms.becomes.items()}
    facts = facts_of_both(before, new)
    collections = collections_of_both(before, new)
    discretions = {
        name: _discretion(spec, name, old_names) if name in choices else spec for name, spec in before.discretions.items()
    }
    theirs = {name: there for name, there in choices.items() if name in new.discretions}
    discretions |= {there: _discretion(new.discretions[name], there, names) for name, there in theirs.items()}
    pack = replace(
        before, definitions=definitions, facts=facts, collections=collections, discretions=discretions,
        enumerations=enumerations_of_both(before, new, changes.enumerations),
        specials={**new.specials, **before.specials},
        assumptions=(*before.assumptions, *_assumptions(changes, touched, names)),
        parameters={**before.parameters, **_under_new_names(new.parameters, names.parameters)},
        readings=readings_of_both(before, new),
        calendars={**before.calendars, **_under_new_names(new.calendars, names.calendars)},
        canonical="", digest="",
    )  # fmt: skip
    there = {name: name + AFTER if name in touched else name for name in new.definitions}
    foreign = (foreign_to(before, pack, {}), foreign_to(new, pack, terms.becomes))
    return Union((before, after), terms, pack, there, changed, touched, choices, foreign)


def touched_but_for(before: Pack, after: Pack, terms: Terms, equal: frozenset[str]) -> frozenset[str]:
    """The definitions that lead to something that differs, were these to come to the same in both laws."""
    changes = Changes(before, under_old_names(after, terms.renames), terms)
    return changes.closure(changes.definitions() - equal, equal)


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


class Changes:
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
        return frozenset(name for name in names_of_both(self.before.definitions, self.after.definitions) if self._differs(name))

    def _differs(self, name: str) -> bool:
        old, new = self.before.definitions.get(name), self.after.definitions.get(name)
        if old is None or new is None or words_of(old) != words_of(new):
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
        named = _differing(self.before.discretions, self.after.discretions, lambda spec: (spec.type, spec.lawful, spec.otherwise))
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


def words_of(definition: Definition) -> object:
    """What a definition says, without titles and places."""
    rules = {rule.name: (rule.when, rule.value, frozenset(rule.overrides)) for rule in definition.rules}
    return definition.parameters, definition.type, rules, definition.otherwise


def _shape(spec: Enumeration) -> object:
    return [(value.name, value.answer_only) for value in spec.values], spec.ordered


def _differing(old: Mapping[str, T], new: Mapping[str, T], words: object) -> frozenset[str]:
    return frozenset(n for n in names_of_both(old, new) if n not in old or n not in new or words(old[n]) != words(new[n]))  # type: ignore[operator]


# -- the new law's words


def _names(changes: Changes, touched: frozenset[str], choices: Mapping[str, str]) -> Names:
    becomes = changes.terms.becomes

    def wrap(expr: e.Expr) -> e.Expr:
        base = expr.type.base.removesuffix(AFTER)
        return e.Call(becoming(base), (expr,), expr.type, expr.at) if base in becomes else expr

    return Names(
        definitions={name: name + AFTER for name in touched},
        parameters={name: name + AFTER for name in changes.parameters},
        choices=choices,
        enumerations={name: name + AFTER for name in changes.enumerations},
        calendars={name: name + AFTER for name in changes.calendars},
        fixed=changes.terms.fixed,
        wrap=wrap if becomes else None,
    )


def becoming(enumeration: str) -> str:
    return f"becomes{AFTER}.{enumeration}"


def becomes_of(enumeration: str, values: Mapping[str, str]) -> Definition:
    """What a stored value counts as in the new law."""
    of = Type(enumeration)
    value = e.Var("value", of)
    rules = tuple(
        Rule(old, e.Compare("==", value, e.Literal(old, of), YES_NO), e.Literal(new, of), "") for old, new in values.items()
    )
    return Definition(becoming(enumeration), (("value", of),), of, rules, value, "")


def _discretion(spec: DiscretionSpec, name: str, names: Names) -> DiscretionSpec:
    here = replace(names, choices={**names.choices, spec.name: name})
    otherwise = None if spec.otherwise is None else rewritten(spec.otherwise, here)
    return replace(spec, name=name, type=names.type(spec.type), lawful=rewritten(spec.lawful, here), otherwise=otherwise)


def _assumptions(changes: Changes, touched: frozenset[str], names: Names) -> list[Assumption]:
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
