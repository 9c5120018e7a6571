"""The made-up pack of a lending library, and cases of it, for the tests of reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.read import load_pack, parse_case

TESTS = Path(__file__).parent
FOLDER = TESTS / "packs" / "library"
CASES = TESTS / "data" / "valid" / "cases"


@cache
def library() -> Pack:
    return load_pack(FOLDER)


def case_of(facts: str, rest: str = "") -> Case:
    """A case with these facts, each on a line of its own."""
    indented = "".join(f"  {line}\n" for line in facts.splitlines())
    return parse_case(f"pack: library\nfacts:\n{indented}{rest}", "case.yaml", library())
