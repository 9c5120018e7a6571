"""An expression's text: where each part of it stands, and what is refused before there is a tree."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from zhunsheng.errors import Place, Problem
from zhunsheng.lang.scope import Scope

LONGEST = 4000
DEEPEST = 40
ISO_DAY = re.compile(r"(?<![\w.])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w.])")


class Refused(Exception):
    """An expression that is not of the language, with what to write instead."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True)
class Source:
    """An expression's text and where each of its characters stands (`locate` takes an index into the text)."""

    text: str
    locate: Callable[[int], Place]


def plain_source(text: str, file: str = "<expression>") -> Source:
    """A source that stands alone, as on the command line."""

    def locate(index: int) -> Place:
        before = text[:index]
        return Place(file, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)

    return Source(text, locate)


class Text:
    """One text being read: keeps the text for places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.flat = source.text.replace("\n", " ")
        self.skipped = len(self.flat) - len(self.flat.lstrip())
        self.code = self.flat.strip()

    def place(self, node: ast.AST) -> Place:
        column = getattr(node, "col_offset", 0)
        chars = len(self.code.encode()[:column].decode(errors="ignore"))
        return self.source.locate(self.skipped + chars)

    def refuse(self, node: ast.AST | None, what: str, instead: str = "") -> NoReturn:
        place = self.place(node) if node is not None else self.source.locate(self.skipped)
        raise Refused(Problem(place, what, instead))

    def shown(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.code, node) or ast.unparse(node)

    def parsed(self, scope: Scope) -> ast.expr:
        """The tree, within the limits of the language."""
        self._screen()
        try:
            tree = ast.parse(self.code, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = getattr(error, "offset", None) or 1
            place = self.source.locate(self.skipped + min(column - 1, max(len(self.code) - 1, 0)))
            self._written_form(place, scope)
            self._one_equals_sign()
            reason = getattr(error, "msg", None) or "too deeply nested"
            raise Refused(Problem(place, f"this is not an expression: {reason}", f"read: {self.code!r}")) from None
        if _depth(tree) > DEEPEST:
            self.refuse(tree, f"this expression is nested more than {DEEPEST} deep", "name a part of it as a definition")
        return tree

    def _screen(self) -> None:
        if not self.code:
            self.refuse(None, "an expression is missing here")
        if len(self.code) > LONGEST:
            self.refuse(None, f"this expression is longer than {LONGEST} characters", "name a part of it as a definition")
        if "#" in self.code:
            self._refuse_at(self.flat.index("#"), "'#' has no place in an expression", "put remarks into the YAML")
        if day := ISO_DAY.search(self.flat):
            year, month, number = (int(part) for part in day.groups())
            self._refuse_at(day.start(), f"{day[0]} is a subtraction here, not a day", f"write date({year}, {month}, {number})")
        for word in re.finditer(r"\w+", self.flat):
            if unicodedata.normalize("NFKC", word[0]) != word[0]:
                folded = unicodedata.normalize("NFKC", word[0])
                self._refuse_at(word.start(), f"{word[0]!r} is not in Unicode's NFKC form", f"write {folded!r}")

    def _written_form(self, place: Place, scope: Scope) -> None:
        """`B-` and its like: the written form of a value where its identifier is wanted."""
        for enumeration in scope.enumerations.values():
            for value in enumeration.values:
                if value.written != value.name and re.search(rf"(?<!\w){re.escape(value.written)}(?!\w)", self.code):
                    raise Refused(
                        Problem(place, f"{value.written!r} cannot be written in an expression", f"did you mean {value.name}?")
                    )

    def _one_equals_sign(self) -> None:
        """`x = A`, which people write for `x == A`."""
        if found := re.search(r"(?<!default)(?<![=!<>:\s])\s*=(?!=)", self.code):
            self._refuse_at(self.skipped + found.end() - 1, "one '=' does not compare", "write ==")

    def _refuse_at(self, index: int, what: str, instead: str) -> NoReturn:
        raise Refused(Problem(self.source.locate(index), what, instead))


def _depth(node: ast.AST) -> int:
    """How deeply expressions are nested, without recursion."""
    deepest, todo = 0, [(node, 1)]
    while todo:
        here, depth = todo.pop()
        deepest = max(deepest, depth)
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(here) if isinstance(child, ast.expr))
    return deepest
