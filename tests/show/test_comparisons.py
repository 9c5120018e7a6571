"""Comparisons in words."""

from __future__ import annotations

from dataclasses import replace

from building import define, rule, tiny_pack
from two_laws import layered
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.ask.comparing.comparison import Compared, Direction
from zhunsheng.lang.amendment import Amended
from zhunsheng.lang.expr import Literal
from zhunsheng.lang.pack import Duty, Pack
from zhunsheng.lang.types import YES_NO, Text
from zhunsheng.show.comparing.comparison import comparison_document


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


def not_shown(follows: tuple[str, ...], lang: str) -> tuple[str, str]:
    """The first line where one answer's classes are not shown to be all, and what is said first of that answer."""
    laws: Amended = replace(layered(0), base=law("one", "low high"), pack=law("other", "low high"))
    found = compare(laws)
    left = Compared("again", Direction.NOT_SHOWN, complete=False, why="more than 400 classes of change", follows=follows)
    document = comparison_document(replace(found, answers=(*found.answers, left)), lang)
    items = document.sections[0].items[-1].items
    return document.opening[0], items[0].text if items else ""


def test_where_it_is_shown_who_is_affected_the_first_line_says_so() -> None:
    assert not_shown(("found",), "en") == (
        "Note: which cases are affected is shown completely, but not that every way is listed in which these change: again. They"
        " can change only in cases in which found changes.",
        "It can change only in cases in which these change (proved): found",
    )
    assert not_shown(("found",), "zh") == (
        "注意：哪些情形受影响，已证明没有遗漏；但其中下列事项会怎样变化，未能证明已经列全：again。只有found发生变化的情形，这些事项才可能变化。",
        "只有下列事项发生变化的情形，本项才可能变化（已证明）：found",
    )


def test_where_it_is_not_the_first_line_says_that_there_may_be_other_changes() -> None:
    assert not_shown((), "en") == (
        "Note: it is not shown that this list is complete (again). What is listed was checked; there may be other changes.", "",
    )  # fmt: skip


def test_who_is_affected_is_not_shown_by_an_answer_that_is_not_complete_itself() -> None:
    first, _ = not_shown(("again",), "en")

    assert first.startswith("Note: it is not shown that this list is complete")


def test_a_made_up_case_and_what_is_asked_of_it_are_told_by_names() -> None:
    def law(value: str) -> Pack:
        pack = tiny_pack(
            facts={"today": "day"}, collections={"lines": ("line", {"name": "text", "clean": "yes/no"})}, keys={"lines": "name"},
            definitions=[define("line.good", "yes/no", rule("clean", "line.clean", value), otherwise="False")],
        )  # fmt: skip
        return replace(pack, answers=("line.good",), as_of="today")

    laws: Amended = replace(layered(0), base=law("True"), pack=law("False"))
    found = compare(laws)

    for lang, line, asked in (
        ("zh", "line“某甲”：clean为是。", "（所问：line“某甲”）"),
        ("en", "Line “no. 1”: clean: yes.", "(asked of: line “no. 1”)"),
    ):
        document = comparison_document(found, lang)
        case = next(item for item in document.sections[0].items[0].items[0].items if item.items)
        told = [item.text for item in case.items]
        assert line in told
        assert told[-1].endswith(asked), told


def test_a_deadline_that_an_amendment_sets_was_not_set_before() -> None:
    def with_duty(by: str) -> Pack:
        duties = [define("duty file owed", "yes/no", otherwise="True"), define("duty file by", "day or none", otherwise=by)]
        pack = tiny_pack(facts={"today": "day"}, definitions=duties)
        duty = Duty("file", "who", Text("归档", "file it"), "1", Literal(True, YES_NO), None, None)
        return replace(pack, as_of="today", duties={"file": duty})

    laws: Amended = replace(layered(0), base=with_duty("none"), pack=with_duty("today"))
    document = comparison_document(compare(laws), "zh")

    assert "由未定期限" in "".join(item.text for section in document.sections for one in section.items for item in one.items)
