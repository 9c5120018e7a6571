"""The official text, where it lies beside the repository, on the pages of the law: whole, in its place, and in no other."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from garden_site import zhunsheng
from official_text import LAW, beside, official
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.wording import normal
from zhunsheng.read import load_pack
from zhunsheng.show.site.pages import LANGS
from zhunsheng.show.site.places import article_page, provision_anchor
from zhunsheng.show.site.search import plain

ROOT = Path(__file__).parents[2]
PACK = ROOT / "policy" / "urumqi-2025"
HEADINGS = {
    "zh": "**官方文本（由发布者附上，以正式公布的文本为准）**",
    "en": "**Official wording (as attached by whoever published this site)**",
}  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The law without cases, theorems and amendments of its own, the text attached as a user attaches it."""
    beside("measures-2025.zh.txt")
    folder = tmp_path_factory.mktemp("worded")
    few, shelf, certificates = (folder / name for name in ("scenarios", "shelf", "certificates"))
    for place in (few, shelf, certificates):
        place.mkdir()
    (few / "one.yaml").symlink_to(ROOT / "scenarios" / "the-worst-indicator-decides.yaml")
    (shelf / "one.yaml").symlink_to(ROOT / "policy" / "amendments" / "penalty-required.yaml")
    kept = folder / "law.wording.json"
    words = ("--pack", PACK, "--scenarios", few)
    attached = zhunsheng("text", "attach", LAW / "measures-2025.zh.txt", *words, "--into", kept)
    assert (attached.returncode, attached.stderr) == (0, "")
    words = (*words, "--amendments", shelf, "--certificates", certificates)
    run = zhunsheng("publish", folder / "pages", *words, "--wording", kept)
    assert (run.returncode, run.stderr) == (0, "")
    return folder / "pages"


def below(pages: Path, lang: str, ref: str) -> str:
    """What stands under a provision, before the next one begins."""
    said = (pages / lang / article_page(ref)).read_text(encoding="utf-8").partition(f"{{#{provision_anchor(ref)}}}")[2]
    return re.split(r"\{#p-", said)[0]


@pytest.mark.parametrize("lang", LANGS)
def test_each_provision_has_its_own_official_words_below_its_restatement(lang: str, law: Pack, pages: Path) -> None:
    wanted = {ref: normal(words) for ref, words in official().items()}

    found = {}
    for ref, one in law.provisions.items():
        restated, _, rest = below(pages, lang, ref).partition(f"\n\n{HEADINGS[lang]}\n\n> ")
        assert plain(restated).endswith(plain(one.says[lang].replace("|", "&#124;"))), ref
        found[ref] = normal(plain(rest.split("\n")[0]))

    assert found == wanted
    assert len(found) > 50


def test_every_qualifying_word_stands_in_the_text_so_no_page_says_that_one_does_not(pages: Path) -> None:
    said = [path.read_text(encoding="utf-8") for path in sorted((pages / "zh" / "text").glob("*.md"))]

    assert not any("转述可能未跟上文本的变动" in one for one in said)


def test_on_a_page_in_english_the_words_are_marked_as_chinese(pages: Path) -> None:
    wording = below(pages, "en", "19(5)").partition(HEADINGS["en"])[2].split("\n\n")[1]

    assert wording.startswith("> ")
    assert wording.endswith("\n> {: lang=zh-CN}")


@pytest.mark.skipif(not os.environ.get("ALL"), reason="builds the site; run with ALL=1")
def test_the_site_with_the_official_text_builds_and_no_link_of_it_leads_nowhere(pages: Path) -> None:
    from garden_site import broken, build

    assert build(pages) == []
    assert list(broken(pages / "html")) == []
    html = (pages / "html" / "en" / "text" / "article-19.html").read_text(encoding="utf-8")
    assert '<p lang="zh-CN">' in html
