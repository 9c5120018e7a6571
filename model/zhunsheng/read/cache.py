"""Trees of packs already found to be strict YAML, kept under the user's cache folder by the digest of their bytes.

Only the reading of YAML is saved: shapes, names, types and checks run every time, with the same places. The folder is
`$XDG_CACHE_HOME/zhunsheng` or `~/.cache/zhunsheng`; it may be deleted at any time. A file there is JSON behind the
SHA-256 of that JSON; what is not exactly that is not used, and no failure of the cache is ever an error of the user's.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhunsheng.read.nodes import Lines, Node, Scalar, Sequence
from zhunsheng.read.nodes import Mapping as MappingNode

FORM = "trees 1"
"""Part of every key: change it whenever strict YAML or this form changes."""
KEPT = 16


def cache_folder() -> Path | None:
    """Where the cache is, or None where the user has no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        return Path(base) / "zhunsheng"
    try:
        return Path.home() / ".cache" / "zhunsheng"
    except RuntimeError:
        return None


def key_of(files: Mapping[str, bytes]) -> str:
    """The digest of the form and of every file's name and bytes."""
    parts = [FORM, *(f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(files.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stored(key: str, lines: Mapping[str, Lines]) -> dict[str, Node] | None:
    """The trees kept under a key, or None. `lines` are the texts their scalars stand in."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        digest, _, body = (folder / f"{key}.json").read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        trees = {name: _node(data, lines[name]) for name, data in json.loads(body)}
        return trees if trees.keys() == lines.keys() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(key: str, trees: Mapping[str, Node]) -> None:
    """Keep trees under a key; the oldest beyond a few are removed."""
    folder = cache_folder()
    if folder is None:
        return
    body = json.dumps(
        [[name, _data(tree)] for name, tree in trees.items()], ensure_ascii=False, separators=(",", ":")
    ).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(name).replace(folder / f"{key}.json")
        for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink()
    except OSError:
        return


def _data(node: Node) -> list[Any]:
    match node:
        case Scalar(text, style, line, column, flow):
            return [text, style, line, column, int(flow)]
        case Sequence(items, line, column, flow):
            return [[_data(item) for item in items], 0, line, column, int(flow)]
        case MappingNode(entries, line, column, flow):
            return [[_data(part) for entry in entries for part in entry], 1, line, column, int(flow)]


def _node(data: Any, lines: Lines) -> Node:
    """The node of `_data`. Raises ValueError or TypeError for anything else."""
    first, kind, line, column, flow = data
    if isinstance(first, str):
        return Scalar(first, kind, line, column, bool(flow), lines)
    parts = [_node(part, lines) for part in first]
    if kind == 0:
        return Sequence(tuple(parts), line, column, bool(flow), lines)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    entries = tuple((key, value) for key, value in pairs if isinstance(key, Scalar))
    return MappingNode(entries, line, column, bool(flow), lines)
