"""What `compare --json` writes satisfies its schema, whatever was asked for and whatever came out."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from garden_site import garden, zhunsheng
from two_laws import amended
from zhunsheng.ask.comparing.compare import compare
from zhunsheng.show.comparing.json import comparison_json
from zhunsheng.show.comparing.schema import comparison_schema, fixes_schema
from zhunsheng.show.deciding.json import dumps

AMENDMENTS = Path(__file__).parents[1] / "amendments"
VALIDATOR = jsonschema.Draft202012Validator(comparison_schema())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("garden") / "garden")


@pytest.fixture(scope="module")
def found(folder: Path) -> Any:
    """A comparison with every part there is."""
    register = folder.parent / "plots.csv"
    register.write_text("as_of,plot_rented,wasted[0].seen_on\n2026-03-20,true,2026-03-01\n2026-03-20,true,\n", encoding="utf-8")
    asked = ("--effect", "--guarantees", "--registry", register, "--json")
    return json.loads(zhunsheng("compare", AMENDMENTS / "month-of-two-weeks.yaml", "--pack", folder, *asked).stdout)


def test_a_comparison_with_every_part_satisfies_the_schema(found: Any) -> None:
    VALIDATOR.validate(found)

    guarantees, register = found["guarantees"], found["register"]
    assert (register["rows"], register["changing"], register["open"]) == (2, 1, 1)
    assert all(register[key] for key in ("asked", "counts", "affected", "unsettled"))
    assert guarantees["asked"]
    assert guarantees["moved"]
    assert found["effect"]["answers"]["barred_until"]["changes"][0]["days"]


def test_a_comparison_without_them_has_nulls_in_their_place(folder: Path) -> None:
    plain = json.loads(zhunsheng("compare", AMENDMENTS / "month-in-other-words.yaml", "--pack", folder, "--json").stdout)

    VALIDATOR.validate(plain)
    assert [plain[part] for part in ("effect", "guarantees", "register")] == [None, None, None]


@cache
def of_random_laws() -> list[Any]:
    seeds = range(40) if os.environ.get("ALL") else (5, 9)
    return [json.loads(dumps(comparison_json(compare(amended(seed))))) for seed in seeds]


def test_classes_of_every_kind_satisfy_the_schema() -> None:
    for one in of_random_laws():
        VALIDATOR.validate(one)

    members = [
        json.dumps(member)
        for one in of_random_laws()
        for answer in one["answers"].values()
        for change in answer["changes"]
        for member in (*change["before"], *change["after"])
    ]
    for kind in ('{"gap": true}', '{"conflict": true}', '{"not_expressible": true}', '{"some": "day"}', "true", '"C"', '"none"'):
        assert kind in members, kind


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("verdict",), "worse"), (("certified",), "no"), (("effect", "complete"), None), (("more",), 1),
        (("answers", "may_draw", "changes", 0, "shift"), "sideways"), (("answers", "may_draw", "changes", 0, "before"), True),
        (("register", "rows"), -1), (("guarantees", "moved", 0, "before"), [1]), (("amendments", 0, "edits", 0, "act"), "undo"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_format_is_refused(found: Any, path: tuple[str | int, ...], value: object) -> None:
    changed = json.loads(json.dumps(found))
    here = changed
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value

    assert not VALIDATOR.is_valid(changed)


def test_no_key_may_be_left_out(found: Any) -> None:
    for key in found:
        assert not VALIDATOR.is_valid({name: value for name, value in found.items() if name != key}), key


def test_edits_that_make_a_theorem_hold_satisfy_their_schema(folder: Path) -> None:
    fixes = json.loads(zhunsheng("compare", "--fix", "waste-bars", "--pack", folder, "--json").stdout)

    jsonschema.Draft202012Validator(fixes_schema()).validate(fixes)
    assert fixes["tried"]


@pytest.mark.parametrize(("kind", "schema"), [("comparison", comparison_schema), ("fixes", fixes_schema)])
def test_the_schemas_are_printed(kind: str, schema: Any) -> None:
    printed = json.loads(zhunsheng("schema", kind).stdout)

    jsonschema.Draft202012Validator.check_schema(printed)
    assert printed == schema()
