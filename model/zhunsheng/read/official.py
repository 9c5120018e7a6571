"""The file of an official text -> its provisions: plain text, a page saved from a site, a Word file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.wording import Official
from zhunsheng.read.cut import cut
from zhunsheng.read.paper import plain_lines, without_furniture
from zhunsheng.read.text import decode, read_bytes
from zhunsheng.read.webpage import page_lines

PLAIN = (".txt", ".text", ".md", "")
PAGES = (".html", ".htm", ".xhtml")
OFFICE = ".docx"
MOST_BYTES = 40_000_000
"""Of a Word file, which may hold pictures."""


def load_official(path: Path | str) -> Official:
    """A text cut into provisions. InputError where the file cannot be read, holds no articles, or one of them twice."""
    path = Path(path)
    kind, file = path.suffix.lower(), str(path)
    if kind in PLAIN:
        data = read_bytes(path)
        lines = list(plain_lines(decode(data, file)))
    elif kind in PAGES:
        data = read_bytes(path)
        lines = list(page_lines(data, file))
    elif kind == OFFICE:
        from zhunsheng.read.wordfile import word_lines  # only where such a file is given: it loads an office library

        data = read_bytes(path, MOST_BYTES)
        lines = list(word_lines(data, file))
    else:
        what = f"a text cannot be read from a file that ends in {path.suffix!r}"
        raise InputError([Problem(Place(file), what, "save it as plain text (.txt, UTF-8), as a page (.html) or as .docx")])
    kept, passed = without_furniture(lines, printed=kind in PLAIN)
    return cut(kept, passed, file, hashlib.sha256(data).hexdigest(), wrapped=kind in PLAIN)
