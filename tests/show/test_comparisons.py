"""Comparisons in words."""

from __future__ import annotations

from dataclasses import replace

from building import define, tiny_pack
from two_laws import layered
from zhunsheng.ask.compare import compare
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.show.comparison import comparison_document


def law(comes_to: str, values: str) -> Pack:
    pack = tiny_pack(
        facts={"today": "day", "one": "level", "other": "level"}, enumerations={"level": values},
        definitions=[define("found", "level", otherwise=comes_to)],
    )  # fmt: skip
    level = pack.enumerations["level"]
    spoken = replace(level, values=tuple(replace(each, title=Text(each.name, each.name)) for each in level.values))
    return replace(pack, answers=("found",), as_of="today", enumerations={"level": spoken})


def classes(values: str, lang: str) -> list[str]:
    """What is said of each class, or of those told together, without the case."""
    laws: Amended = replace(layered(0), base=law("one", values), pack=law("other", values))
    (answer,) = comparison_document(compare(laws), lang).sections[0].items
    return [item.text for item in answer.items]


def test_few_classes_are_told_one_by_one() -> None:
    said = classes("low mid high", "en")

    assert said[:2] == ["from high to low (another change)", "from high to mid (another change)"]
    assert len(said) == 6


def test_many_classes_are_told_by_what_they_come_from() -> None:
    assert classes("a b c d e", "en") == [
        "from a to b, c, d, e (another change): 4 classes, with a case of b",
        "from b to a, c, d, e (another change): 4 classes, with a case of a",
        "from c to a, b, d, e (another change): 4 classes, with a case of a",
        "from d to a, b, c, e (another change): 4 classes, with a case of a",
        "from e to a, b, c, d (another change): 4 classes, with a case of a",
    ]
    assert classes("a b c d e", "zh")[0] == "由a变为b、c、d、e（其他变化），共4类，以变为b的为例"
