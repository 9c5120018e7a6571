"""Cases with mistakes: everything that is wrong is said at once, each with its place and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

import goldens
from zhunsheng.errors import InputError
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, load_scenario, parse_case, set_fact

TESTS = Path(__file__).parent.parent
INVALID = TESTS / "data" / "invalid"


@pytest.fixture(scope="module")
def library() -> Pack:
    return load_pack(TESTS / "packs" / "library")


@pytest.mark.parametrize("path", goldens.files(INVALID / "cases", "*.yaml"), ids=lambda path: path.stem)
def test_all_that_is_wrong_in_a_case_is_said_at_once(path: Path, library: Pack) -> None:
    with pytest.raises(InputError) as refused:
        parse_case(path.read_text(encoding="utf-8"), path.name, library)

    assert goldens.matches(str(refused.value), path.with_suffix(".txt"))


@pytest.mark.parametrize("path", goldens.files(INVALID / "scenarios", "*.yaml"), ids=lambda path: path.stem)
def test_all_that_is_wrong_in_the_variations_of_a_scenario_is_said_at_once(
    path: Path, library: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)

    with pytest.raises(InputError) as refused:
        load_scenario(path.name, library)

    assert goldens.matches(str(refused.value), path.with_suffix(".txt"))


def test_a_fact_that_cannot_be_set_from_the_command_line_is_pointed_at(library: Pack) -> None:
    case = parse_case("pack: library\nfacts: {as_of: 2024-11-04}\n", "x.yaml", library)

    with pytest.raises(InputError) as refused:
        set_fact(case, "card.held", "ordinry", library)

    assert str(refused.value) == (
        "--set card.held:1:1: card.held: 'ordinry' is no value of standing\n"
        "    did you mean 'ordinary'? (values: suspended, ordinary-, ordinary, honoured)"
    )
