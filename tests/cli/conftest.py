"""Commands are tried in the language they speak where nothing else is set."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "ZHUNSHENG_DEBUG"):
        monkeypatch.delenv(name, raising=False)
