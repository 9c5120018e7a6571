"""What Python's other expressions are called when they are refused."""

from __future__ import annotations

import ast


def construct(node: ast.AST) -> str:
    words = {
        "Lambda": "a lambda", "Dict": "a dictionary", "ListComp": "a list comprehension", "SetComp": "a set comprehension",
        "DictComp": "a dictionary comprehension", "GeneratorExp": "a bare generator", "Await": "await", "Yield": "yield",
        "JoinedStr": "an f-string", "Starred": "a star", "Tuple": "a tuple", "List": "a list", "Set": "a set",
        "NamedExpr": "':='", "Slice": "a slice", "UnaryOp": "this sign", "Div": "'/'", "FloorDiv": "'//'", "Mod": "'%'",
        "Pow": "'**'", "BitOr": "'|'", "BitAnd": "'&'", "BitXor": "'^'", "MatMult": "'@'", "LShift": "'<<'", "RShift": "'>>'",
    }  # fmt: skip
    return words.get(type(node).__name__, type(node).__name__)
