"""The sheet as PDF, set by Typst: fonts are embedded, the same sheet gives the same bytes, nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.show.sheets import words as sw
from zhunsheng.show.sheets.qr import svg
from zhunsheng.show.sheets.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")
CHINESE = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Songti SC", "STSong", "SimSun", "FandolSong",
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
"""Fonts that have the characters a sheet needs, the ones that print best first."""


def pdf(sheet: Sheet, fonts: Path | None = None, others: bool = True) -> bytes:
    """The sheet as PDF. `fonts`: a folder of fonts beside those of this machine (`others`: whether to look at those at all).

    InputError, by name, where what it takes is not installed."""
    try:
        import typst
    except ImportError:
        what = "PDF is not available here: the package 'typst' is not installed"
        raise InputError([Problem(Place("typst"), what, "pip install 'zhunsheng[office]', or write .html")]) from None
    folders = [str(fonts)] if fonts is not None else []
    known = {font.family for font in typst.Fonts(font_paths=folders, include_system_fonts=others).fonts()}
    chosen = [name for name in CHINESE if name in known][:1]
    if not chosen:
        what = "PDF is not available here: no font with Chinese characters is installed"
        hint = "install one (Debian: apt install fonts-noto-cjk), or write .html or .docx"
        raise InputError([Problem(Place("fonts"), what, hint)])
    made: bytes = typst.compile(
        str(TEMPLATE), font_paths=folders, ignore_system_fonts=not others, sys_inputs=inputs(sheet, chosen), timestamp=0
    )  # fmt: skip
    return made


def inputs(sheet: Sheet, fonts: Sequence[str]) -> dict[str, str]:
    """What the template is given, with fonts for Chinese."""
    data = {**asdict(sheet), "fonts": ["Libertinus Serif", *fonts] if sheet.lang == "en" else list(fonts)}
    data["checksum"] = sw.CHECKSUM[sheet.lang]
    for answer in data["answers"]:
        answer["qr"] = svg(answer["digest"]) if answer["digest"] else ""
    return {"data": json.dumps(data, ensure_ascii=False)}
