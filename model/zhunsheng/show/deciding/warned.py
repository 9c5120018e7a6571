"""The warnings of a report in words, for its head."""

from __future__ import annotations

from collections.abc import Iterable

from zhunsheng.lang.types import Text
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import ended
from zhunsheng.show import words
from zhunsheng.show.deciding.outcomes import spoken_days_in


def warned(warnings: Iterable[Text], lang: str) -> tuple[str, ...]:
    """Each warning as a paragraph that is seen to be one."""
    return tuple(fill(words.WARNING, lang, what=ended(spoken_days_in(text[lang], lang), lang)) for text in warnings)
