"""What stands under every page and in every report that is handed on: the pack's cautions, and whose interpretation prevails."""

from __future__ import annotations

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate.phrases import fill

INTERPRETS = Text(
    "解释权归{authority}，以其正式解释为准。", "Interpretation lies with {authority}; its official interpretation prevails."
)


def cautions(pack: Pack, lang: str) -> list[str]:
    return [*(text[lang] for text in pack.cautions), fill(INTERPRETS, lang, authority=pack.authority[lang])]
