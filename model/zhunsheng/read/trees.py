"""The files of a pack's folder, each as a strict tree."""

from __future__ import annotations

from pathlib import Path

from zhunsheng.errors import InputError
from zhunsheng.read.cache import key_of, store, stored
from zhunsheng.read.nodes import Lines, Node
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.words import Report

FOLDERS = ("articles", "calendar")


def pack_files(folder: Path) -> list[str]:
    """The pack's files, as paths within its folder, in a fixed order."""
    found = sorted(path.name for path in folder.glob("*.yaml"))
    for below in FOLDERS:
        found += sorted(f"{below}/{path.name}" for path in (folder / below).glob("*.yaml"))
    return found


def read_trees(folder: Path, report: Report) -> dict[str, Node]:
    """Path within the folder -> tree; a file that is not strict YAML is left out, and its problems are collected."""
    files: dict[str, bytes] = {}
    texts: dict[str, str] = {}
    for name in pack_files(folder):
        try:
            files[name] = read_bytes(folder / name)
            texts[name] = decode(files[name], str(folder / name))
        except InputError as error:
            report.add_all(error.problems)
    key = key_of(files)
    kept = stored(key, {name: Lines.of(text, str(folder / name)) for name, text in texts.items()})
    if kept is not None:
        return kept
    trees = _composed(folder, texts, report)
    if len(trees) == len(files) and not report.problems:
        store(key, trees)
    return trees


def _composed(folder: Path, texts: dict[str, str], report: Report) -> dict[str, Node]:
    from zhunsheng.read.strict_yaml import read_tree  # here, so that a pack from the cache never loads the YAML parser

    trees: dict[str, Node] = {}
    for name, text in texts.items():
        try:
            trees[name] = read_tree(text, str(folder / name))
        except InputError as error:
            report.add_all(error.problems)
    return trees
