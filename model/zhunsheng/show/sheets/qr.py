"""A certificate's checksum as a QR code."""

from __future__ import annotations

import io

from zhunsheng.errors import InputError, Place, Problem


def _code(digest: str) -> object:
    try:
        import segno
    except ImportError:
        what = "decision sheets are not available here: the package 'segno' is not installed"
        raise InputError([Problem(Place("segno"), what, "pip install 'zhunsheng[office]'")]) from None
    return segno.make(f"sha256:{digest}", error="m", micro=False)


def svg(digest: str) -> str:
    """As a picture that stands in a page: one path, black on white."""
    out = io.BytesIO()
    _code(digest).save(out, kind="svg", border=2, xmldecl=False, light="#fff", omitsize=True)  # type: ignore[attr-defined]
    return out.getvalue().decode("utf-8")


def png(digest: str) -> bytes:
    out = io.BytesIO()
    _code(digest).save(out, kind="png", border=2, scale=8)  # type: ignore[attr-defined]
    return out.getvalue()
