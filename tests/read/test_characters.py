"""Every character of a scalar knows where it stands, whatever the scalar's style."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhunsheng.lang.pack import CollectionSpec, FactSpec
from zhunsheng.lang.scope import Scope
from zhunsheng.lang.types import DAY, YES_NO
from zhunsheng.lang.typing import Reader, Refused
from zhunsheng.read.nodes import Mapping, Scalar
from zhunsheng.read.strict_yaml import read_tree

ALPHABET = "ab甲🀄 '\"\\\n:#-,[]{}é"
TEXTS = st.text(alphabet=ALPHABET, min_size=1, max_size=60)
SCOPE = Scope(facts={"as_of": FactSpec("as_of", DAY)}, collections={"loans": CollectionSpec("loans", "loan", ())})
STYLES = {
    "plain": "when: as_of > as_of and 等级 == as_of\n",
    "plain over two lines": "when: as_of > as_of and\n   等级 == as_of\n",
    "plain in Chinese": "当: as_of > as_of and 等级 == as_of\n",
    "single quotes": "when: 'as_of > as_of and 等级 == as_of'\n",
    "double quotes": 'when: "as_of > as_of and \\u7b49级 == as_of"\n',
    "double quotes over lines": 'when: "as_of > as_of and\\\n    \\ 等级 == as_of"\n',
    "folded": "when: >-\n  as_of > as_of\n  and 等级 == as_of\n",
    "folded with a deeper line": "when: >\n  as_of > as_of and (\n      等级 == as_of)\n",
    "literal": "when: |\n\n   as_of > as_of and\n   等级 == as_of\n",
    "literal with an indicator": "when: |1-\n  as_of > as_of and\n   等级 == as_of\n",
    "in a flow list": "when: [a, 'as_of > as_of and 等级 == as_of']\n",
}
PLACES = {
    "plain": (1, 25), "plain over two lines": (2, 4), "plain in Chinese": (1, 22), "single quotes": (1, 26),
    "double quotes": (1, 26), "double quotes over lines": (2, 7), "folded": (3, 7), "folded with a deeper line": (3, 7),
    "literal": (4, 4), "literal with an indicator": (3, 4), "in a flow list": (1, 30),
}  # fmt: skip


def scalar_of(text: str) -> Scalar:
    tree = read_tree(text, "x.yaml")
    assert isinstance(tree, Mapping)
    node = tree.entries[0][1]
    return node if isinstance(node, Scalar) else node.items[-1]  # type: ignore[union-attr,return-value]


@pytest.mark.parametrize("style", STYLES)
def test_a_name_that_means_nothing_is_pointed_at_in_every_style(style: str) -> None:
    with pytest.raises(Refused) as refused:
        Reader(SCOPE).read(scalar_of(STYLES[style]).source(), YES_NO)

    line, column = PLACES[style]
    assert str(refused.value.problem) == f"x.yaml:{line}:{column}: unknown name '等级'"


@settings(max_examples=400, deadline=None)
@given(
    text=TEXTS,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([5, 20, 200]),
    wide=st.booleans(),
)
@example(text="a\n\n b\nc", style=">", width=20, wide=True)
@example(text=" a\n", style="|", width=20, wide=True)
@example(text="a'b 甲", style="'", width=5, wide=True)
@example(text="甲🀄\\", style='"', width=5, wide=False)
def test_each_character_stands_where_it_is_said_to(text: str, style: str | None, width: int, wide: bool) -> None:
    written = yaml.dump({"k": {"z": text}}, default_style=style, width=width, allow_unicode=wide)
    lines = written.split("\n")
    node = read_tree(written, "x.yaml")
    assert isinstance(node, Mapping)
    inner = node.entries[0][1]
    assert isinstance(inner, Mapping)
    scalar = inner.entries[0][1]
    assert isinstance(scalar, Scalar)

    locate = scalar.locate()
    places = [locate(index) for index in range(len(scalar.text))]

    assert places == sorted(set(places))
    for char, place in zip(scalar.text, places, strict=True):
        rest = lines[place.line - 1][place.column - 1 :]
        folded = char in " \n" and (not rest or place.column == 1)
        assert rest.startswith((char, "\\")) or folded, (written, char, place)
