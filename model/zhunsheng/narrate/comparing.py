"""Comparisons in words, by the kind of thing compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import FactSpec
from zhunsheng.lang.types import Special
from zhunsheng.narrate import nouns, phrases, values
from zhunsheng.narrate.phrases import fill

if TYPE_CHECKING:
    from zhunsheng.narrate.prose import Prose

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True)
class Said:
    """A condition in words. `joint` is how its outermost parts are joined: `and`, `or`, `if`, or nothing."""

    text: str
    joint: str = ""


def compared(say: Prose, expr: e.Compare, truth: bool) -> str:
    """One comparison, or its opposite."""
    op = expr.op if truth else OPPOSITE[expr.op]
    left, right = expr.left, expr.right
    if isinstance(left, e.Literal) and not isinstance(right, e.Literal):
        left, right, op = right, left, MIRRORED[op]
    if isinstance(right, e.Literal) and isinstance(right.value, Special) and right.value.name == "none":
        return _none(say, left, op == "!=")
    if isinstance(right, e.Literal) and isinstance(right.value, bool):
        return say.condition(left, (op == "==") == right.value)
    if isinstance(left, e.Reading) and isinstance(right, e.Literal):
        return _read_as(say, left.name, [str(right.value)], op == "==")
    if left.type.base == "yes/no":
        return fill(phrases.AGREE[op == "=="], say.lang, a=say.value(left), b=say.value(right))
    a, b = operands(say, left, right)
    kind = kind_of(left)
    unlike = not isinstance(right, e.Literal) and (kind, op) in phrases.SAME
    return fill((phrases.SAME if unlike else phrases.COMPARED)[kind, op], say.lang, a=a, b=b)


def together(say: Prose, joint: str, flat: list[tuple[e.Expr, bool]]) -> list[Said]:
    """The parts of an `and` or `or` in words: x 不早于 a、不晚于 b, and x 为 A、B或C, are said in one."""
    said: list[Said] = []
    rest = flat
    while rest:
        if joint == "and" and (between := _between(say, rest)):
            said.append(Said(between))
            rest = rest[2:]
        elif (run := _same_thing(joint, rest)) > 1:
            said.append(Said(_one_of(say, rest[:run], joint == "or")))
            rest = rest[run:]
        else:
            said.append(say.alone(*rest[0]))
            rest = rest[1:]
    return said


def statement(say: Prose, spec: FactSpec, truth: bool, owner: str = "") -> str:
    """A yes/no fact, or that a record exists: as a statement, or as the answer to its question."""
    what = nouns.statement(spec, say.lang)
    if what is not None:
        return fill(phrases.IS_TRUE[truth], say.lang, of=owner, what=what)
    return fill(phrases.ANSWERED[truth], say.lang, of=owner, question=nouns.fact(spec, say.lang))


def kind_of(expr: e.Expr) -> str:
    return expr.type.base if expr.type.base in ("day", "number") else "value"


def operands(say: Prose, left: e.Expr, right: e.Expr) -> tuple[str, str]:
    """Both sides; a number beside a difference of days is a number of days."""
    sides = []
    for side, other in ((left, right), (right, left)):
        if isinstance(side, e.Literal) and isinstance(side.value, int) and is_days(other):
            sides.append(values.spoken_days(side.value, say.lang))
        else:
            sides.append(say.value(side))
    return sides[0], sides[1]


def is_days(expr: e.Expr) -> bool:
    return isinstance(expr, e.Arith) and expr.op == "-" and expr.left.type.base == expr.right.type.base == "day"


def _none(say: Prose, expr: e.Expr, exists: bool) -> str:
    if isinstance(expr, e.Fact) and expr.type.base.startswith("record "):
        spec = say.spec_of(expr)
        if spec.title is None:
            return statement(say, spec, exists)
    if isinstance(expr, e.Field) and not isinstance(expr.of, e.Fact):
        what = nouns.fact(say.spec_of(expr), say.lang)
        if not (what.startswith(("“", "the ")) or " it " in what):
            parts = {"what": what, "a_what": nouns.articled(what, "a")}
            return fill(phrases.HAS[exists], say.lang, of=say.value(expr.of), **parts)
    what = say.value(expr)
    if "“" in what:
        title = values.special_title(say.pack, "none")
        if isinstance(expr, e.Call) and title == values.NONE_TITLE:
            return fill(phrases.IS_THERE[exists], say.lang, what=what)
        return fill(phrases.COMPARED["value", "!=" if exists else "=="], say.lang, a=what, b=f"“{title[say.lang]}”")
    bare = what.removeprefix("the ") if say.lang == "en" else what
    return fill(phrases.EXISTS[exists], say.lang, what=bare, a_what=nouns.articled(bare, "a"))


def _read_as(say: Prose, name: str, options: list[str], truth: bool) -> str:
    """A question of the text is read in one of these ways, or in none of them."""
    spec = say.pack.readings[name]
    says = [spec.option(option).says[say.lang].rstrip("。. ") for option in options]
    if len(says) == 1:
        return fill(phrases.READ_AS[truth], say.lang, question=spec.question[say.lang], option=says[0])
    listed = _listed(say, [fill(phrases.QUOTE, say.lang, what=one) for one in says], truth)
    return fill(phrases.READ_AS_ONE_OF[truth], say.lang, question=spec.question[say.lang], options=listed)


def _listed(say: Prose, items: list[str], truth: bool) -> str:
    """`a, b or c`; where it is none of them, what goes with 中的任何一个 and `neither`."""
    if truth:
        return values.either(items, say.lang)
    return "、".join(items) if say.lang == "zh" else " nor ".join(items)


def _between(say: Prose, flat: list[tuple[e.Expr, bool]]) -> str | None:
    """`a <= x <= b`, which the reader has taken apart."""
    if len(flat) < 2:
        return None
    (first, first_truth), (second, second_truth) = flat[0], flat[1]
    if not (isinstance(first, e.Compare) and isinstance(second, e.Compare) and first_truth and second_truth):
        return None
    if first.op in (">", ">=") and second.op in (">", ">="):
        first, second = _mirror(second), _mirror(first)
    if first.op not in ("<", "<=") or second.op not in ("<", "<=") or first.right != second.left:
        return None
    low, _ = operands(say, first.left, first.right)
    middle, high = operands(say, second.left, second.right)
    return fill(phrases.BETWEEN[kind_of(first.right), first.op, second.op], say.lang, x=middle, a=low, b=high)


def _mirror(compare: e.Compare) -> e.Compare:
    return e.Compare(MIRRORED[compare.op], compare.right, compare.left, compare.type, compare.at)


def _same_thing(joint: str, flat: list[tuple[e.Expr, bool]]) -> int:
    """How many of the first parts say that one thing is (`or`), or is not (`and`), one of several written values."""
    wanted = "==" if joint == "or" else "!="
    first = flat[0][0]
    count = 0
    for expr, truth in flat:
        if not (isinstance(expr, e.Compare) and isinstance(first, e.Compare) and expr.left == first.left):
            break
        op = expr.op if truth else OPPOSITE[expr.op]
        plain = isinstance(expr.right, e.Literal) and not isinstance(expr.right.value, bool | Special)
        if op != wanted or not plain:
            break
        count += 1
    return count


def _one_of(say: Prose, flat: list[tuple[e.Expr, bool]], truth: bool) -> str:
    pairs = [expr for expr, _ in flat if isinstance(expr, e.Compare)]
    first = pairs[0].left
    if isinstance(first, e.Reading):
        return _read_as(say, first.name, [str(pair.right.value) for pair in pairs if isinstance(pair.right, e.Literal)], truth)
    items = [operands(say, pair.left, pair.right)[1] for pair in pairs]
    return fill(phrases.ONE_OF[truth], say.lang, a=say.value(first), items=_listed(say, items, truth))
