"""Files -> text: UTF-8 of a bearable size, with ordinary line ends."""

from __future__ import annotations

from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem

LARGEST = 4_000_000
"""Bytes in one file. A case or an article has a few thousand."""


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file. InputError where there is no such file, or it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)  # a pipe does not tell its size
    except FileNotFoundError:
        raise InputError([Problem(Place(str(path)), "there is no such file")]) from None
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"this file cannot be read: {error.strerror}")]) from None
    if len(data) > largest:
        size = max(len(data), path.stat().st_size)
        raise InputError([Problem(Place(str(path)), f"this file has {size:,} bytes; at most {largest:,} are read")])
    return data


def decode(data: bytes, file: str) -> str:
    """UTF-8 with any line ends; a mark at the beginning (BOM) is dropped."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = Problem(Place(file), "this file is UTF-16, not UTF-8", "save it again with the encoding UTF-8")
        raise InputError([problem])
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = "this line is not UTF-8 (perhaps GBK)"
        raise InputError([Problem(Place(file, line, 1), what, "save the file again with the encoding UTF-8")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
