"""Several facts that people write as one: the short form, the long form, and what is wrong with either."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from zhunsheng.errors import InputError
from zhunsheng.lang.case import UNKNOWN
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import NONE
from zhunsheng.read import case_schema, load_case, load_pack
from zhunsheng.read.from_canonical import read_canonical

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The garden, with a dry spell that has a first day."""
    folder = tmp_path_factory.mktemp("garden")
    for path in (ROOT / "tests" / "packs" / "garden").rglob("*.yaml"):
        target = folder / path.relative_to(ROOT / "tests" / "packs" / "garden")
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    facts = folder / "facts.yaml"
    more = (
        "facts:\n  - fact: dry\n    type: yes/no\n    record_form:\n      is: dry\n      from: dry_from\n"
        "  - fact: dry_from\n    type: day or none\n    left_out: none\n"
    )
    facts.write_text(facts.read_text(encoding="utf-8").replace("facts:\n", more, 1), encoding="utf-8")
    return load_pack(folder)


def facts(pack: Pack, tmp_path: Path, dry: str) -> dict[str, object]:
    file = tmp_path / "case.yaml"
    file.write_text(f"pack: {pack.name}\nfacts:\n  as_of: 2025-06-01\n  dry: {dry}\n", encoding="utf-8")
    case = load_case(file, pack)
    return {name: case.facts[name] for name in ("dry", "dry_from")}


@pytest.mark.parametrize(
    ("written", "dry", "since"),
    [
        ("true", True, NONE),
        ("{is: true, from: 2025-05-01}", True, date(2025, 5, 1)),
        ("{is: true}", True, NONE),
        ("{is: unknown, from: 2025-05-01}", UNKNOWN, date(2025, 5, 1)),
        ("{value: true, source: the gardener}", True, NONE),
    ],
)
def test_either_form_states_the_facts(pack: Pack, tmp_path: Path, written: str, dry: object, since: object) -> None:
    assert facts(pack, tmp_path, written) == {"dry": dry, "dry_from": since}


def test_what_is_wrong_with_a_long_form_is_said_where_it_stands(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        facts(pack, tmp_path, "{since: 2025-05-01}")

    told = [(one.place.line, one.place.column, one.what, one.instead) for one in refused.value.problems]
    assert told == [
        (4, 8, "dry lacks 'is:'", "add a line `is: …`"),
        (4, 9, "dry has no key 'since'", "known keys: is, from"),
    ]


def test_the_schema_and_the_canonical_form_know_the_long_form(pack: Pack) -> None:
    validator = jsonschema.Draft202012Validator(case_schema(pack))
    case = yaml.safe_load(f"pack: {pack.name}\nfacts: {{dry: {{is: true, from: '2025-05-01'}}}}")

    assert validator.is_valid(case)
    assert not validator.is_valid({**case, "facts": {"dry": {"from": "2025-05-01"}}})
    assert read_canonical(pack.canonical).facts["dry"].record_form == (("is", "dry"), ("from", "dry_from"))
