"""The page on theorems: its examples hold, and its lists are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from document_blocks import ROOT, blocks
from zhunsheng.ask.proving.prove import prove
from zhunsheng.errors import InputError
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.read import load_pack, load_theorems
from zhunsheng.read.theorems import EXPECTED

PAGE = ROOT / "docs" / "pages" / "en" / "theorems.md"


@pytest.fixture(scope="module")
def garden() -> Pack:
    return load_pack(ROOT / "tests" / "packs" / "garden")


@pytest.fixture(scope="module")
def examples(garden: Pack, tmp_path_factory: pytest.TempPathFactory) -> tuple[Theorem, ...]:
    """The theorems shown on the page, as one file."""
    path = tmp_path_factory.mktemp("page") / "examples.yaml"
    shown = ["\n".join(block.lines) for block in blocks(PAGE) if block.language == "yaml"]
    path.write_text("\n---\n".join(shown) + "\n", encoding="utf-8")
    return load_theorems(path, garden)


def listed(heading: str) -> list[str]:
    """The code in the first column of the table under a heading."""
    part = re.split(r"^## ", PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE)


def test_the_examples_come_to_what_they_expect(garden: Pack, examples: tuple[Theorem, ...]) -> None:
    proofs = prove(garden, examples)

    assert len(proofs) == sum(len(theorem.variants) for theorem in examples) >= 6
    assert [(proof.theorem.name, proof.verdict) for proof in proofs if not proof.as_expected] == []
    assert [proof.theorem.name for proof in proofs if proof.unneeded] == []


def test_the_verdicts() -> None:
    assert listed("What is expected") == [verdict.value for verdict in EXPECTED]


def test_the_keys(garden: Pack, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("zzzz: 1\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_theorems(tmp_path / "t.yaml", garden)

    (hint,) = re.findall(r"known keys: (.*)", str(refused.value))
    assert sorted(listed("All keys")) == sorted(hint.split(", "))


def test_the_changes() -> None:
    assert [form.partition(":")[0] for form in listed("A claim about a case before and after a change")] == [
        "set", "add", "remove", "swap",
    ]  # fmt: skip
