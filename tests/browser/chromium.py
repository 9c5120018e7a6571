"""A real Chromium without a window: Debian's, with Debian's fonts, and axe from npm. `make browser` installs all three."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "build" / "browser" / "shots"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def lacking() -> str:
    """What is not installed; empty if everything is."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    missing += [] if AXE.is_file() else ["axe-core"]
    missing += [] if _has_chinese() else ["a font for Chinese"]
    return ", ".join(missing)


def _has_chinese() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


@dataclass
class Browser:
    """One window. `requested`: every address that any page in it has asked for."""

    driver: Chrome
    width: str
    requested: list[str] = field(default_factory=list)

    def open(self, path: Path) -> None:
        self.driver.get(path.as_uri())

    def script(self, text: str, *args: Any) -> Any:
        return self.driver.execute_script(text, *args)  # type: ignore[no-untyped-call]

    def click(self, words: str) -> None:
        """Clicks the first link of the page's own text that says so."""
        found = self.script(
            "const a = [...document.querySelectorAll('.md-content a')].find(a => a.textContent.trim() === arguments[0]);"
            "if (a) { a.scrollIntoView({block: 'center'}); a.click(); } return Boolean(a);", words,
        )  # fmt: skip
        assert found, f"no link {words!r} on {self.driver.current_url}"

    @property
    def heading(self) -> str:
        return str(self.script("return document.querySelector('h1').textContent.trim()"))

    def shot(self, name: str) -> None:
        """With SHOTS=1, a picture of the whole page, for people to look at."""
        if not os.environ.get("SHOTS"):
            return
        SHOTS.mkdir(parents=True, exist_ok=True)
        height = min(int(self.script("return document.documentElement.scrollHeight")), 6000)
        clip = {"x": 0, "y": 0, "width": WIDTHS[self.width][0], "height": height, "scale": 1}
        whole = {"captureBeyondViewport": True, "clip": clip}
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", whole)["data"]
        (SHOTS / f"{name}-{self.width}.png").write_bytes(base64.b64decode(data))

    def violations(self) -> list[str]:
        """What axe finds: the rule, how many places, and the first of them."""
        self.script(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(  # type: ignore[no-untyped-call]
            "const done = arguments[1]; axe.run({runOnly: arguments[0]}).then(r => done(r.violations));", RULES
        )
        return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]}" for one in found]

    def asked(self) -> list[str]:
        """Everything requested so far, by whatever page."""
        for entry in self.driver.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requested.append(message["params"]["request"]["url"])
        return self.requested


@contextmanager
def browser(width: str) -> Iterator[Browser]:
    """A window as wide as a desk's or a phone's; nothing outside this machine can be reached from it."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    across, down = WIDTHS[width]
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={across},{down}",
                 "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"):  # fmt: skip
        options.add_argument(word)
    if width == "phone":
        metrics = {"width": across, "height": down, "pixelRatio": 1.0, "touch": True}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
    try:
        yield Browser(driver, width)
    finally:
        driver.quit()
