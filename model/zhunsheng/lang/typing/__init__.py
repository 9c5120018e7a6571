"""Text -> typed expression: the strict subset of Python's expression syntax, and nothing else.

`Reader(scope).read(source, expected)` returns an expression of the expected type or raises `Refused` with one problem.
Special values are tracked: `known` holds the pairs (expression, special value) that have been ruled out where the
expression stands, so that `v.penalised_on != none and v.penalised_on <= day` is well typed and its mirror image is not.

Each module reads some forms and builds on the one before: text, fitting, aggregates, operators, calls, names, reader.
"""

from zhunsheng.lang.typing.reader import Reader
from zhunsheng.lang.typing.special import NOTHING, Known, at_side, ruled_out
from zhunsheng.lang.typing.text import Refused, Source, plain_source

__all__ = ["NOTHING", "Known", "Reader", "Refused", "Source", "at_side", "plain_source", "ruled_out"]
