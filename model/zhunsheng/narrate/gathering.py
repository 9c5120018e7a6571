"""Aggregates in words: there is one such that …, every one is such that …, the number, the earliest, the latest …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhunsheng.lang import expr as e
from zhunsheng.narrate import nouns, phrases
from zhunsheng.narrate.phrases import fill

if TYPE_CHECKING:
    from zhunsheng.narrate.prose import Prose


def quantified(say: Prose, expr: e.Aggregate, truth: bool) -> str:
    """An `any` or `all`, or its opposite."""
    inner = _inside(say, expr)
    if expr.kind is e.Kind.ALL:
        thing, body = _things(say, expr, "one"), inner.condition(_body(expr))
        if expr.where is None:
            return fill(phrases.ALL[truth], say.lang, thing=thing, that=body)
        return fill(phrases.ALL_WHERE[truth], say.lang, thing=thing, where=inner.condition(expr.where), that=body)
    parts = tuple(part for part in (expr.where, expr.body) if part is not None and not _always(part))
    nouns_in = {"thing": _things(say, expr, "one"), "a_thing": _things(say, expr, "a")}
    if not parts:
        return fill(phrases.EXISTS[truth], say.lang, what=nouns_in["thing"], a_what=nouns_in["a_thing"])
    that = inner.condition(e.And(parts, expr.type) if len(parts) > 1 else parts[0])
    return fill(phrases.ANY[truth], say.lang, that=that, **nouns_in)


def gathered(say: Prose, expr: e.Aggregate) -> str:
    """A count, a least or greatest value, or the value that goes with the least or greatest key."""
    inner = _inside(say, expr)
    said: str
    match expr.kind:
        case e.Kind.COUNT:
            return fill(phrases.COUNT, say.lang, thing=_such(say, inner, expr, "many"))
        case e.Kind.MIN | e.Kind.MAX:
            body = inner.value(_body(expr))
            phrase = phrases.EXTREME[expr.kind.value, _body(expr).type.base]
            said = fill(phrase, say.lang, thing=_such(say, inner, expr, "one"), body=body)
        case _:
            key, body = inner.value(_key(expr)), inner.value(_body(expr))
            phrase = phrases.KEYED[expr.kind.value, _key(expr).type.base]
            said = fill(phrase, say.lang, thing=_such(say, inner, expr, "one"), key=key, body=body)
    if expr.default is None:
        return said
    return fill(phrases.DEFAULTED, say.lang, value=said, default=say.value(expr.default))


def _inside(say: Prose, expr: e.Aggregate) -> Prose:
    for binder in expr.binders:
        say = say.bound(binder)
    return say


def _things(say: Prose, expr: e.Aggregate, form: str) -> str:
    """What the binders range over: `one` violation, `a` violation, `many` violations."""
    words = []
    for binder in expr.binders:
        noun = say.noun(binder)
        say = say.bound(binder)
        name = say.names[binder.var]
        if name != fill(phrases.THAT, say.lang, noun=noun):
            words.append(fill(phrases.PERHAPS_SAME, say.lang, thing=name))
        elif say.lang == "zh":
            words.append(noun)
        else:
            words.append(nouns.plural(noun) if form == "many" else nouns.articled(noun, "a") if form == "a" else noun)
    return ("与" if say.lang == "zh" else " and ").join(words)


def _such(say: Prose, inner: Prose, expr: e.Aggregate, form: str) -> str:
    """The things, and what they must satisfy to count."""
    thing = _things(say, expr, form)
    if expr.where is None:
        return thing
    return fill(phrases.THINGS_WHERE, say.lang, thing=thing, where=inner.condition(expr.where))


def _always(expr: e.Expr) -> bool:
    return isinstance(expr, e.Literal) and expr.value is True


def _body(expr: e.Aggregate) -> e.Expr:
    """The body; the reader gives every aggregate but a count one."""
    if expr.body is None:
        raise ValueError(f"an aggregate of kind {expr.kind.value} without a body")
    return expr.body


def _key(expr: e.Aggregate) -> e.Expr:
    if expr.key is None:
        raise ValueError(f"an aggregate of kind {expr.kind.value} without a key")
    return expr.key
