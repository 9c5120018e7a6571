"""The sentences are unambiguous: a reader that knows only `and`, `or`, `if` and brackets gets the condition back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import tiny_pack
from zhunsheng.lang import expr as e
from zhunsheng.lang.types import YES_NO
from zhunsheng.narrate.prose import Prose

NAMES = ("p", "q", "r", "s")
PACK = tiny_pack(facts=dict.fromkeys(NAMES, "yes/no"))
WORDS = {
    "zh": {
        "and": "，且", "or": "，或者", "if": "如果", "then": "，则", "else": "，否则", "open": "（", "close": "）",
        "is": "属实", "not": "不属实", "always": "一律如此", "never": "一概不成立",
    },
    "en": {
        "and": ", and ", "or": ", or ", "if": "if ", "then": ", then ", "else": ", and otherwise ", "open": "(",
        "close": ")",
        "is": " is true", "not": " is not true", "always": "this always holds", "never": "this never holds",
    },
}  # fmt: skip
Meaning = Callable[[Mapping[str, bool]], bool]

atoms = st.one_of(
    st.sampled_from(NAMES).map(lambda name: e.Fact(name, YES_NO)),
    st.booleans().map(lambda value: e.Literal(value, YES_NO)),
)
conditions: st.SearchStrategy[e.Expr] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda of: e.Not(of, YES_NO)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: e.And(tuple(parts), YES_NO)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: e.Or(tuple(parts), YES_NO)),
        st.tuples(inner, inner, inner).map(lambda three: e.IfElse(*three, YES_NO)),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(condition=conditions)
def test_the_condition_can_be_read_back_from_the_sentence(lang: str, condition: e.Expr) -> None:
    said = Prose(PACK, lang).condition(condition)

    meaning = _Sentence(said, WORDS[lang]).whole()

    for values in itertools.product((False, True), repeat=len(NAMES)):
        case = dict(zip(NAMES, values, strict=True))
        assert meaning(case) == _truth(condition, case), said


class _Sentence:
    """Reads a sentence by its connecting words alone."""

    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        self.text, self.words, self.at = text, words, 0

    def whole(self) -> Meaning:
        meaning = self.clause()
        assert self.at == len(self.text), f"left over: {self.text[self.at :]!r} of {self.text!r}"
        return meaning

    def took(self, word: str) -> bool:
        found = self.text.startswith(self.words[word], self.at)
        self.at += len(self.words[word]) if found else 0
        return found

    def clause(self) -> Meaning:
        if self.took("if"):
            return self.conditional()
        parts = [self.part()]
        for joint, join in (("and", all), ("or", any)):
            while self.took(joint):
                parts.append(self.part())
            if len(parts) > 1:
                return lambda case, join=join: join(part(case) for part in parts)  # type: ignore[misc]
        return parts[0]

    def conditional(self) -> Meaning:
        test = self.part()
        assert self.took("then"), self.text[self.at :]
        then = self.part()
        if not self.took("else"):
            return lambda case: then(case) if test(case) else True
        other = self.part()
        return lambda case: then(case) if test(case) else other(case)

    def part(self) -> Meaning:
        if self.took("open"):
            inner = self.clause()
            assert self.took("close"), self.text[self.at :]
            return inner
        if self.took("always"):
            return lambda _: True
        if self.took("never"):
            return lambda _: False
        name = self.text[self.at + 1]
        assert self.text[self.at : self.at + 3] == f"“{name}”", self.text[self.at :]
        self.at += 3
        if self.took("not"):
            return lambda case: not case[name]
        assert self.took("is"), self.text[self.at :]
        return lambda case: case[name]


def _truth(expr: e.Expr, case: Mapping[str, bool]) -> bool:
    match expr:
        case e.Literal(value=value):
            return bool(value)
        case e.Fact(name=name):
            return case[name]
        case e.Not(of=of):
            return not _truth(of, case)
        case e.And(parts=parts):
            return all(_truth(part, case) for part in parts)
        case e.Or(parts=parts):
            return any(_truth(part, case) for part in parts)
        case e.IfElse(test=test, then=then, other=other):
            return _truth(then if _truth(test, case) else other, case)
        case _:
            raise AssertionError(expr)
