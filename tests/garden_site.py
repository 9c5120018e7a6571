"""The garden published: its folder with scenarios, theorems and hand-written pages, and the site made of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from garden_findings import THEOREMS, planted
from zhunsheng.cli import main

DATA = Path(__file__).parent / "data" / "site"
CASE = ("readings.yaml", "    default: same_day\n", "    default: same_day\n    case: water-wasted-last-week-bars-today\n")
"""The garden's question names the case that tells its options apart."""
BARRED = (
    "articles/01-water.yaml",
    "  - article: 3\n",
    "      - define: barred_on\n"
    "        title: {zh: 该日在停水期内, en: The day is in a time without water}\n"
    "        type: yes/no\n"
    "        parameters:\n          - {name: day, type: day}\n"
    "        rules:\n"
    "          - rule: within-a-month\n"
    "            when: any(w.seen_on <= day and day <= w.seen_on + bar for w in wasted)\n"
    "            value: true\n"
    "        otherwise: false\n"
    "  - article: 3\n",
)
"""What holds day by day, for a timeline."""
AMENDMENTS = Path(__file__).parent / "amendments"
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"}


def garden(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A pack's folder that holds everything a site is made of, and edits of the pack."""
    planted(folder, CASE, BARRED, *edits)
    (folder / "timeline.yaml").write_bytes((DATA / "timeline.yaml").read_bytes())
    (folder / "amendments").symlink_to(AMENDMENTS)
    (folder / "scenarios").symlink_to(DATA / "scenarios")
    (folder / "proofs").mkdir()
    (folder / "proofs" / "garden.yaml").write_bytes(THEOREMS.read_bytes())
    return folder


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def zhunsheng(*words: str | Path) -> Ran:
    """The command, run in this process: what it printed, and its exit code."""
    out, wrong = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(wrong):
        code = main([str(word) for word in words])
    return Ran(code, out.getvalue(), wrong.getvalue())


def build(folder: Path) -> list[str]:
    """Builds both languages as `make site` does. What the builder says where it refuses; nothing where it does not."""
    said = []
    for lang in ("zh", "en"):
        command: Sequence[str | Path] = [
            Path(sys.executable).parent / "mkdocs", "build", "--strict", "--config-file", folder / f"{lang}.yml",
        ]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, check=False)
        said += [run.stderr] if run.returncode else []
    return said


@dataclass
class Html(HTMLParser):
    """What a built page links to and loads, and the anchors it has."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    lang: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        self.anchors |= {name for name in (have.get("id"), have.get("name") if tag == "a" else None) if name}
        if tag == "html":
            self.lang = have.get("lang") or ""
        if tag == "a" and have.get("href"):
            self.links.append(have["href"] or "")
        if tag in ("script", "img", "source", "iframe") and have.get("src"):
            self.loaded.append(have["src"] or "")
        if tag == "link" and have.get("href") and have.get("rel") not in ("prev", "next", "canonical"):
            self.loaded.append(have["href"] or "")
        if tag == "img" and not have.get("alt"):
            self.unnamed.append(have.get("src") or "")


def parsed(folder: Path) -> dict[str, Html]:
    """Every built page by its path below `folder`."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        if path.name != "404.html":  # it is served at any address, so its links are absolute
            found[path.relative_to(folder).as_posix()] = page = Html()
            page.feed(path.read_text(encoding="utf-8"))
    if not found:
        raise FileNotFoundError(f"no pages in {folder}")
    return found


def broken(folder: Path) -> Iterator[str]:
    """Links and loaded files that lead nowhere, and what would be loaded from outside. A reader may follow a link out."""
    pages = parsed(folder)
    for here, page in pages.items():
        for target in (*page.links, *page.loaded):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                if target in page.loaded:
                    yield f"{here}: {target} is fetched from outside"
                continue
            there = normpath(f"{dirname(here)}/{unquote(parts.path)}").lstrip("/") if parts.path else here
            if not (folder / there).is_file():
                yield f"{here}: {target} leads nowhere"
            elif parts.fragment and there in pages and unquote(parts.fragment) not in pages[there].anchors:
                yield f"{here}: {target} has no such anchor"


def fetched(folder: Path) -> list[str]:
    """What style sheets and our own scripts would fetch from elsewhere."""
    elsewhere = {
        "*.css": r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")]+)",
        "site.js": r"""["']((?:https?:)?//[^"']*)""",
    }
    return [
        f"{path.name}: {one}"
        for pattern, wanted in elsewhere.items()
        for path in sorted(folder.rglob(pattern))
        for one in re.findall(wanted, path.read_text(encoding="utf-8"))
    ]


def clicks(pages: dict[str, Html], start: str) -> dict[str, int]:
    """How many links lead from a page to each other, at least."""
    far, todo = {start: 0}, [start]
    for here in todo:
        for target in pages[here].links:
            there = normpath(f"{dirname(here)}/{unquote(urlsplit(target).path)}").lstrip("/")
            if there in pages and there not in far:
                far[there] = far[here] + 1
                todo.append(there)
    return far
