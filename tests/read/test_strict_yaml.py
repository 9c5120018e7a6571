"""Strict YAML: what is refused, with whole messages; what is read, the same by both parsers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import goldens
from zhunsheng.errors import InputError
from zhunsheng.read import strict_yaml
from zhunsheng.read.nodes import Mapping, Node, Scalar, Sequence
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import LARGEST, decode, read_bytes

DATA = Path(__file__).parent.parent / "data"
PARSERS = [yaml.CSafeLoader, yaml.SafeLoader]


def problems_of(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_tree(decode(read_bytes(path), path.name), path.name)
    return str(refused.value)


def plain(node: Node) -> object:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("path", goldens.files(DATA / "invalid" / "yaml", "*.yaml"), ids=lambda path: path.stem)
def test_a_file_that_is_not_strict_yaml_is_refused_with_its_place_and_what_to_write(
    path: Path, parser: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_yaml, "FAST", parser)

    assert goldens.matches(problems_of(path), path.with_suffix(".txt"))


@pytest.mark.parametrize("path", goldens.files(DATA / "valid" / "yaml", "*.yaml"), ids=lambda path: path.stem)
def test_strict_yaml_is_read_as_any_yaml_reader_would_but_every_scalar_stays_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert plain(read_tree(text, path.name)) == yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (it makes text only)


@pytest.mark.parametrize("path", goldens.files(DATA / "valid" / "yaml", "*.yaml"), ids=lambda path: path.stem)
def test_both_parsers_give_the_same_tree_with_the_same_places(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    trees = []
    for parser in PARSERS:
        monkeypatch.setattr(strict_yaml, "FAST", parser)
        trees.append(read_tree(text, path.name))

    assert trees[0] == trees[1]


def test_a_mark_at_the_beginning_and_windows_line_ends_change_neither_text_nor_places() -> None:
    plain_tree = read_tree(decode("a: 一\nb:\n  - 二\n".encode(), "x"), "x")

    assert read_tree(decode("\ufeffa: 一\r\nb:\r\n  - 二\r\n".encode(), "x"), "x") == plain_tree


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(InputError) as refused:
        read_bytes(path)

    assert str(refused.value) == f"{path}: this file has 4,000,001 bytes; at most 4,000,000 are read"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_bytes(tmp_path / "none.yaml")

    assert str(refused.value) == f"{tmp_path / 'none.yaml'}: there is no such file"
