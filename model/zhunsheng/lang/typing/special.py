"""Special values, `none` and its like: which are ruled out where an expression stands."""

from __future__ import annotations

from zhunsheng.lang import expr as e
from zhunsheng.lang.types import Special

Known = frozenset[tuple[e.Expr, str]]
"""Pairs of an expression and a special value that it is not, where this is known."""
NOTHING: Known = frozenset()


def ruled_out(expr: e.Expr, truth: bool) -> Known:
    """The (expression, special value) pairs that cannot be where `expr` has this truth value."""
    match expr:
        case e.Not(of=of):
            return ruled_out(of, not truth)
        case e.At(side=side, of=of):
            return at_side(side, ruled_out(of, truth))
        case e.And(parts=parts) | e.Or(parts=parts):
            each = [ruled_out(part, truth) for part in parts]
            everywhere = isinstance(expr, e.And) == truth
            return frozenset.union(*each) if everywhere else frozenset.intersection(*each)
        case e.Compare(op="==" | "!=" as op, left=left, right=right):
            if (op == "==") == truth:
                return _all_specials(left, right) | _all_specials(right, left)
            pairs = ((left, right), (right, left))
            return frozenset(
                (a, b.value.name) for a, b in pairs if isinstance(b, e.Literal) and isinstance(b.value, Special)
            )
        case _:
            return NOTHING


def _all_specials(of: e.Expr, equal_to: e.Expr) -> Known:
    """`of` equals something that is never special: it is not special either. Equal to a special: it is no other."""
    if isinstance(equal_to, e.Literal) and isinstance(equal_to.value, Special):
        return frozenset((of, special) for special in of.type.special - {equal_to.value.name})
    return frozenset((of, special) for special in of.type.special - equal_to.type.special)


def at_side(side: str, known: Known) -> Known:
    """What is known of the case before or after, as known outside its brackets."""
    return frozenset((e.At(side, of, of.type), special) for of, special in known)
