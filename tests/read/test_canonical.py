"""The canonical form: stable, readable again, and different whenever the meaning is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from read_library import FOLDER, library
from zhunsheng.errors import InputError
from zhunsheng.lang.pack import Pack
from zhunsheng.read import canonical_pack, load_pack, read_canonical


def edited(tmp_path: Path, file: str, old: str, new: str) -> Pack:
    """The library's pack with one edit."""
    shutil.copytree(FOLDER, tmp_path / "library")
    path = tmp_path / "library" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_pack(tmp_path / "library")


def parts(data: Any) -> list[Any]:
    """Everything inside a piece of JSON."""
    if isinstance(data, dict):
        return [data, *data, *(inner for value in data.values() for inner in parts(value))]
    if isinstance(data, list):
        return [data, *(inner for value in data for inner in parts(value))]
    return [data]


def test_the_canonical_form_holds_strings_integers_lists_and_mappings_with_ascii_keys_only() -> None:
    data = json.loads(library().canonical)

    assert {type(part) for part in parts(data)} == {str, int, list, dict}
    assert all(key.isascii() for part in parts(data) if isinstance(part, dict) for key in part)


def test_sorted_json_is_the_canonical_form() -> None:
    text = library().canonical

    assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text


def test_the_digest_is_the_sha_256_of_the_canonical_form() -> None:
    pack = library()

    assert pack.digest == hashlib.sha256(canonical_pack(pack).encode("utf-8")).hexdigest()


def test_a_pack_read_from_its_canonical_form_is_the_same_pack() -> None:
    assert read_canonical(library().canonical) == library()


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_canonical_form_is_the_same_under_every_hash_seed(seed: str) -> None:
    program = f"from zhunsheng.read import load_pack; print(load_pack({str(FOLDER)!r}).digest)"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}

    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == library().digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.yaml", "# A made-up regulation", "# Remarks do not matter: a made-up regulation"),
        ("articles/01-readers.yaml", "when: card != none and card.paid\n", "when: 'card != none   and (card.paid)'\n"),
        (
            "articles/01-readers.yaml",
            "            value: true\n            says:",
            "            value: True\n            says:",
        ),
        ("articles/02-loans.yaml", "- {name: of, type: sort}", "- name: of\n            type: sort"),
        (
            "facts.yaml",
            "type: table of standing or n/a by service",
            "type: table of standing or not_applicable by service",
        ),
    ],
)
def test_how_a_pack_is_laid_out_does_not_matter(file: str, old: str, new: str, tmp_path: Path) -> None:
    assert edited(tmp_path, file, old, new).digest == library().digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("parameters.yaml", "value: 2\n", "value: 3\n"),
        ("articles/01-readers.yaml", "when: s == honoured", "when: s != honoured"),
        ("articles/01-readers.yaml", "持证读者可以借书。", "持证读者可以借书！"),
        ("articles/01-readers.yaml", "            overrides: [with-a-card]\n", ""),
        ("readings.yaml", "default: all", "default: none"),
        ("calendar/local.yaml", "2024-11-05", "2024-11-06"),
        ("facts.yaml", "greatest: 120", "greatest: 121"),
        ("glossary.yaml", "zh: 警告", "zh: 警示"),
    ],
)
def test_whatever_a_pack_says_is_in_its_digest(file: str, old: str, new: str, tmp_path: Path) -> None:
    assert edited(tmp_path, file, old, new).digest != library().digest


def test_a_fingerprint_changes_only_with_its_own_provision(tmp_path: Path) -> None:
    changed = edited(tmp_path, "articles/01-readers.yaml", "when: s == honoured", "when: s != honoured")

    before = {ref: provision.fingerprint for ref, provision in library().provisions.items()}
    after = {ref: provision.fingerprint for ref, provision in changed.provisions.items()}

    assert [ref for ref in before if before[ref] != after[ref]] == ["2"]
    assert {len(found) for found in before.values()} == {16}


NOT_OURS = "it is not what this program writes for the pack it says"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"format":1', '"format": 1', NOT_OURS),
        ('{"answers"', '{"aaa":1,"answers"', NOT_OURS),
        ('"as_of":"as_of",', "", "'as_of'"),
        ('"as_of":"as_of",', '"as_of":"as_of"', "Expecting ',' delimiter: line 1 column "),
    ],
)
def test_a_text_that_is_not_the_canonical_form_of_a_pack_is_refused(old: str, new: str, problem: str) -> None:
    text = library().canonical
    assert text.count(old) == 1

    with pytest.raises(InputError) as refused:
        read_canonical(text.replace(old, new), "pack.json")

    assert str(refused.value).startswith(f"pack.json: this is not a pack in canonical form: {problem}")


def test_an_expression_of_a_canonical_form_that_means_nothing_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_canonical(library().canonical.replace("s == honoured", "s == honored"), "pack.json")

    assert str(refused.value) == "pack.json:1:6: 'honored' is no value of standing\n    did you mean 'honoured'?"
