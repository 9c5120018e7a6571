"""What the whole suite shares: browser checks that could not be run are counted in its last line, never passed over."""

from __future__ import annotations

import pytest

NOT_RUN = "no browser: "
"""How the reason of a skipped browser check begins."""


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last line, after the runner's own."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    missing = [reason for reason in reasons if NOT_RUN in reason]
    if missing:
        print(f"not run: {len(missing)} browser checks ({missing[0].partition(NOT_RUN)[2]})")
