"""In Chinese a message calls the types, values and facts of a pack by their titles, not by their identifiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhunsheng.ask.deciding.answers import asked_by_name
from zhunsheng.ask.deciding.decide import decide
from zhunsheng.ask.explaining.why import _asked
from zhunsheng.ask.planning.plans import reach
from zhunsheng.cli import main
from zhunsheng.errors import InputError
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, parse_case, set_fact
from zhunsheng.show.files import write_new
from zhunsheng.show.mistakes.problems import input_problems, message

ROOT = Path(__file__).parents[2]
PACK = str(ROOT / "policy" / "urumqi-2025")
CASE = """
pack: urumqi-2025
facts:
  as_of: 2025-11-03
  lines:
    - name: 甲
      industry: cement
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "policy" / "urumqi-2025")


@pytest.fixture
def case(pack: Pack) -> Case:
    return parse_case(CASE, "case.yaml", pack)


def told(error: InputError, pack: Pack, lang: str = "zh") -> str:
    return input_problems(error, lang, pack).split("\n\n", 1)[1]


def test_a_value_that_a_type_does_not_have_is_told_with_the_types_name_and_its_values_titles(pack: Pack, case: Case) -> None:
    with pytest.raises(InputError) as found:
        set_fact(case, "lines[甲].indicators.records", "Q", pack)

    assert told(found.value, pack) == (
        "--set lines[甲].indicators.records:1:1: lines[甲].indicators.records：“Q”不是绩效分级等级的值\n"
        "    可以写的值：A级、B级、B-级、C级、D级、引领性、非引领性、n/a\n"
    )
    assert told(found.value, pack, "en").endswith(
        "'Q' is no value of grade\n    values: A, B, B-, C, D, leading, non-leading, n/a\n"
    )


def test_a_type_without_a_term_is_called_by_the_first_fact_of_it_and_a_title_that_is_a_list_stands_in_brackets(
    pack: Pack, case: Case
) -> None:
    with pytest.raises(InputError) as trigger:
        set_fact(case, "finding", "{trigger: Q}", pack)
    with pytest.raises(InputError) as ladder:
        set_fact(case, "lines[甲].ladder", "Q", pack)

    assert "“Q”不是降级事由的值" in told(trigger.value, pack)
    assert "可以写的值：ab-bcd（A、B、B-、C、D五级）、abcd（A、B、C、D四级）" in told(ladder.value, pack)


def test_in_a_condition_the_identifiers_are_kept_beside_the_titles(pack: Pack, case: Case) -> None:
    with pytest.raises(InputError) as found:
        reach(pack, case, "attained == Q")

    assert "“Q”不是绩效分级等级的值（第13列）\n    可以写的值：A（A级）、B（B级）、B_minus（B-级）" in told(found.value, pack)


def test_a_fact_that_the_catalogue_contradicts_is_told_with_what_the_catalogue_says(pack: Pack, case: Case) -> None:
    wrong = set_fact(set_fact(case, "lines[甲].industry", "foundry", pack), "lines[甲].ladder", "abc", pack)

    with pytest.raises(InputError) as found:
        decide(pack, wrong, ["attained"])

    assert told(found.value, pack).splitlines()[1].strip() == (
        "生产线“甲”的所属行业为铸造；生产线“甲”的等级序列为A、B、C三级；等级序列（铸造）为A、B、C、D四级"
    )
    assert told(found.value, pack, "en").splitlines()[1].strip() == (
        "the industry of line “甲” is Foundry; the ladder of line “甲” is A, B, C; ladder (Foundry): A, B, C, D"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("pack: urumqi-2025\nfacts:\n  as_of：2025-11-03\n", "3:8"),
        ("pack: urumqi-2025\nfacts:\n  as_of: 2025-11-03\n  lines:\n    - name：甲\n", "5:11"),
        ("pack: urumqi-2025\nfacts:\n  as_of: 2025-11-03\n  application:\n    target：A\n", "5:11"),
        ("pack: urumqi-2025\nfacts:\n  as_of: 2025-11-03\nexpect:\n  attained：A\n", "5:11"),
        ("pack：urumqi-2025\n", "1:5"),
    ],
)
def test_a_colon_of_full_width_is_named_where_lines_of_a_case_are_wanted(text: str, place: str, pack: Pack) -> None:
    with pytest.raises(InputError) as found:
        parse_case(text, "case.yaml", pack)

    assert told(found.value, pack).startswith(f"case.yaml:{place}: 这里用了全角冒号“：”\n    请改成半角冒号加空格“: ”\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("pack: urumqi-2025\nfacts:\n  as_of: ２０２５-11-03\n", "3:10"),
        ("pack: urumqi-2025\nfacts:\n  as_of: 2025-11-03\nexpect:\n  grade_on(2025-1１-03): A\n", "5:18"),
    ],
)
def test_a_digit_of_full_width_in_a_day_is_named_in_its_place(text: str, place: str, pack: Pack) -> None:
    with pytest.raises(InputError) as found:
        parse_case(text, "case.yaml", pack)

    digit = "２" if "２" in text else "１"
    assert told(found.value, pack) == f"case.yaml:{place}: 这里用了全角数字“{digit}”\n    请写成2025-11-03\n"


@pytest.mark.parametrize("text", ["A", "A级", "=A", "= A级"])
def test_a_value_that_is_asked_about_may_be_written_as_in_a_case(text: str, pack: Pack, case: Case) -> None:
    assert _asked(pack, case, f"attained={text}")[1] == "A"


@pytest.mark.parametrize(("text", "truth"), [("是", True), ("no", False), ("true", True)])
def test_yes_and_no_may_be_asked_about_in_words(text: str, truth: bool, pack: Pack, case: Case) -> None:
    assert _asked(pack, case, f"may_apply={text}")[1] is truth


def test_a_value_that_an_answer_cannot_have_is_told_with_the_titles_of_those_it_can(pack: Pack, case: Case) -> None:
    with pytest.raises(InputError) as found:
        _asked(pack, case, "attained=甲")

    assert told(found.value, pack).startswith(
        "ANSWER: attained不可能是“甲”：它应为绩效分级等级\n    可能的值：A级、B级、B-级、C级、D级、引领性、非引领性、未评级、"
    )


@pytest.mark.parametrize(("name", "hint"), [
    ("现行等级", "是不是想写“grade_in_force”？"), ("预公示", "是不是想写“pre_publicity”？"),
    ("等级", "事项有：line.level（该生产线按短板原则达到的等级）、attained（企业总体达到的等级）、"),
])  # fmt: skip
def test_an_answer_named_by_its_title_is_recognised_and_otherwise_all_are_listed(
    name: str, hint: str, pack: Pack, case: Case
) -> None:
    with pytest.raises(InputError) as found:
        asked_by_name(pack, case, [name])

    assert told(found.value, pack).splitlines()[1].strip().startswith(hint)


def test_words_of_a_usage_line_are_told_in_chinese() -> None:
    assert message("the following arguments are required: CASE, --from", "zh") == "还须写明案件文件（CASE）、--from"


def test_a_folder_is_not_called_a_file_that_exists_and_a_command_without_force_does_not_offer_it(tmp_path: Path) -> None:
    there = tmp_path / "there.yaml"
    there.write_text("x", encoding="utf-8")

    assert main(["new", "amendment", str(tmp_path), "--pack", PACK]) == 2
    assert main(["new", "amendment", ".", "--pack", PACK]) == 2
    assert main(["new", "amendment", str(there), "--pack", PACK]) == 2
    assert there.read_text(encoding="utf-8") == "x"
    with pytest.raises(InputError, match="this is a folder"):
        write_new(tmp_path, b"")
    with pytest.raises(InputError, match=r"choose another name$"):
        write_new(there, b"", instead="choose another name")
