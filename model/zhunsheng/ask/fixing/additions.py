"""Edits that add something: an item to what a rule lists or excepts, what the least of nothing is, what holds where no rule does,
which of two rules prevails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from zhunsheng.ask.fixing.editing import MOST_VALUES, Candidate, Changed, Way, law_with, of_rule, put, scope_of
from zhunsheng.lang import expr as e
from zhunsheng.lang.amendment import Act, Edit, Kind
from zhunsheng.lang.pack import Definition, Pack, Rule
from zhunsheng.lang.types import NUMBER, YES_NO, Special, Type
from zhunsheng.lang.typing import Reader, Refused, plain_source
from zhunsheng.lang.unparse import unparse

# -- items of what a rule lists or excepts


def added(pack: Pack, rule: Rule) -> Iterator[Changed]:
    """Each list of values that something is one of (`x in (A, B)`, or `x == A` alone), with one more that it may be, where that
    lets the rule apply, or what it comes to be true, more widely."""
    for part in _positive(rule.when):
        for value, wider in _with_one_more(pack, part):
            yield unparse(part), value, replace(rule, when=put(rule.when, part, wider))
    for part in _positive(rule.value):
        for value, wider in _with_one_more(pack, part):
            yield unparse(part), value, replace(rule, value=put(rule.value, part, wider))


def excepted(pack: Pack, rule: Rule) -> Iterator[Changed]:
    """Each list of values that something must be none of (`x not in (A, B)`, or `x != A` alone), with one more that it may not
    be, where that lets the rule apply less widely."""
    for part in _positive(rule.when):
        there = _ruled_out(part)
        for value, one in _missing(pack, there):
            narrower = e.And((*there, replace(one, op="!=")), YES_NO)
            yield unparse(part), value, replace(rule, when=put(rule.when, part, narrower))


def _positive(expr: e.Expr) -> Iterator[e.Expr]:
    """The lists in a condition which hold wherever the condition does for the sake of them: of a list, not each of its values."""
    match expr:
        case e.Compare():
            yield expr
        case e.Or() if _listed(expr):
            yield expr
        case _ if _ruled_out(expr):
            yield expr
        case e.And(parts=parts) | e.Or(parts=parts):
            for part in parts:
                yield from _positive(part)
        case e.Aggregate(kind=e.Kind.ANY, where=where, body=body):
            for inner in (where, body):
                if inner is not None:
                    yield from _positive(inner)
        case _:
            return


def _with_one_more(pack: Pack, part: e.Expr) -> Iterator[tuple[str, e.Expr]]:
    """Each value that a list does not have, and the list with it."""
    there = _listed(part)
    for value, one in _missing(pack, there):
        yield value, e.Or((*there, one), YES_NO)


def _missing(pack: Pack, there: tuple[e.Compare, ...]) -> Iterator[tuple[str, e.Compare]]:
    """Each value that these comparisons do not name, and one that does, where they are of what a case states."""
    enumeration = pack.enumerations.get(there[0].left.type.base) if there else None
    if enumeration is None or len(enumeration.values) > MOST_VALUES or not isinstance(there[0].left, e.Fact | e.Field):
        return
    named = {one.right.value for one in there if isinstance(one.right, e.Literal)}
    if there[0].op == "!=" and all(isinstance(value, Special) for value in named):
        return  # that something is there at all excepts nothing
    for value in enumeration.values:
        if not value.answer_only and value.name not in named:
            yield value.name, replace(there[0], right=e.Literal(value.name, there[0].left.type))


def _listed(part: e.Expr) -> tuple[e.Compare, ...]:
    """The comparisons of one thing with values, each of which is enough; none where it is anything else."""
    return _of_one_thing(part.parts if isinstance(part, e.Or) else (part,), "==")


def _ruled_out(part: e.Expr) -> tuple[e.Compare, ...]:
    """The comparisons of one thing with values, all of which must fail; none where it is anything else."""
    match part:
        case e.Not(of=of):
            return tuple(replace(one, op="!=") for one in _listed(of))
        case e.And(parts=parts):
            return _of_one_thing(parts, "!=")
        case _:
            return _of_one_thing((part,), "!=")


def _of_one_thing(parts: tuple[e.Expr, ...], op: str) -> tuple[e.Compare, ...]:
    same = tuple(one for one in parts if isinstance(one, e.Compare) and one.op == op and isinstance(one.right, e.Literal))
    return same if len(same) == len(parts) and len({unparse(one.left) for one in same}) == 1 else ()


# -- where nothing comes out


def defaults(pack: Pack, rule: Rule) -> Iterator[Changed]:
    """Each value that may be meant as what the least or greatest of nothing is, or what belongs to it, where that is not said:
    of a finite type each; of numbers those that a definition which gives what is compared writes out."""
    for whole in (rule.when, rule.value):
        for part in e.walk(whole):
            if isinstance(part, e.Aggregate) and part.kind in _OF_SOME and part.default is None:
                for literal in (*_values(pack, part.type), *_written_out(pack, part.body)):
                    full = put(whole, part, replace(part, default=literal, type=_either(part.type, literal.type)))
                    changed = replace(rule, when=full) if whole is rule.when else replace(rule, value=full)
                    yield unparse(part), unparse(literal), changed


_OF_SOME = (e.Kind.MIN, e.Kind.MAX, e.Kind.GREATEST_KEY, e.Kind.LEAST_KEY)


def _written_out(pack: Pack, body: e.Expr | None) -> Iterator[e.Literal]:
    """The numbers that the rules of a definition come to, each once, in their order."""
    if isinstance(body, e.Call) and body.type == NUMBER and body.name in pack.definitions:
        definition = pack.definitions[body.name]
        values = [*(rule.value for rule in definition.rules), *([definition.otherwise] if definition.otherwise else [])]
        yield from dict.fromkeys(value for value in values if isinstance(value, e.Literal))


def otherwises(pack: Pack, definition: Definition) -> Iterator[Candidate]:
    """Each value of a finite type, each special value, and whatever a rule comes to, as what holds where no rule does."""
    if definition.otherwise is not None or any(rule.when == e.Literal(True, rule.when.type) for rule in definition.rules):
        return
    reader = Reader(scope_of(pack, definition))
    texts = [*map(unparse, _values(pack, definition.type)), *(unparse(rule.value) for rule in definition.rules)]
    for text in dict.fromkeys(texts):
        try:
            otherwise = reader.read(plain_source(text), definition.type)
        except Refused:
            continue
        law = law_with(pack, definitions={definition.name: replace(definition, otherwise=otherwise)})
        edit = Edit(Act.ADD, Kind.OTHERWISE, definition.name, definition.provision)
        yield Candidate(edit, Way.OTHERWISE, text, law)


def _values(pack: Pack, type_: Type) -> Iterator[e.Literal]:
    """The values of a finite type that are few, and the special values of any type."""
    enumeration = pack.enumerations.get(type_.base)
    if enumeration is not None and len(enumeration.values) <= MOST_VALUES:
        yield from (e.Literal(value.name, type_.plain()) for value in enumeration.values)
    if type_.base == YES_NO.base:
        yield from (e.Literal(truth, YES_NO) for truth in (True, False))
    yield from (e.Literal(Special(name), Type(type_.base, frozenset({name}))) for name in sorted(type_.special))


def _either(one: Type, other: Type) -> Type:
    return replace(one, special=one.special | other.special)


# -- which of two rules prevails


def prevailing(pack: Pack, definition: Definition) -> Iterator[Candidate]:
    """Each rule made to override each other of its definition that comes to something else, where neither prevails and no circle
    comes of it."""
    over = {rule.name: rule.overrides for rule in definition.rules}
    for rule in definition.rules:
        for other in definition.rules:
            if other.value == rule.value or other.name in rule.overrides or rule.name in _below(over, other.name):
                continue
            stronger = replace(rule, overrides=(*rule.overrides, other.name))
            yield of_rule(pack, definition, stronger, Way.PREVAILING, "", other.name)


def _below(over: Mapping[str, tuple[str, ...]], name: str) -> frozenset[str]:
    """The rules that one overrides, those that these override, and so on; itself too."""
    found, todo = set(), [name]
    while todo:
        if (here := todo.pop()) not in found:
            found.add(here)
            todo.extend(over.get(here, ()))
    return frozenset(found)
