"""The built site of the law in a real browser: the main paths, the search, print, and whether everybody can use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import chromium
from browser.chromium import Browser
from conftest import NOT_RUN
from garden_site import broken, build, zhunsheng

pytestmark = pytest.mark.xdist_group("browser")  # one process: the site is built once, and the last test sees every request
ROOT = Path(__file__).parents[2]
STEMS = (
    "the-worst-indicator-decides",
    "the-year-after-a-downgrade-ends-with-the-anniversary-day",
    "clinker-at-b-and-grinding-leading-needs-a-mapping",
)
ASKED = {
    "企业九项指标中八项A级、一项C级，是几级？": (
        ("案例", "九项指标中最差的一项决定等级"), "企业总体达到的等级：C级。", "以所含行业、工序中最低的等级为准", "第五条",
    ),
    "因违法降级满一年的当天，还能不能申报升级？": (
        ("条文", "第十九条 等级评定之后……", "因违法降级后一年内不得申报升级，对应日当天仍受限制，次日起可以申报"),
        "可以申报：否。",
        "自第一日至最后一日，首尾两日都在内", "第十九条第（五）项",
    ),
    "兼有B级的熟料线和引领性的粉磨站，总体是几级？": (
        ("案例", "熟料线B级、粉磨站引领性：总体等级取决于两套等级如何对应"),
        "企业总体达到的等级：事实已明，但条文有歧义，理解不同则结论不同。可能的结果：B级、B级与引领性并列。",
        "引领性与A级同高，非引领性与C级同高。", "第五条",
    ),
}  # fmt: skip
"""What a reader asks: what is clicked on from the front page, the answer there, why, and under which provision."""
SHELF = ("listed-kinds-reworded", "b-minus-abolished")
"""The first is compared beforehand, the second is not."""
PAGES = (
    "index.html", "text/article-5.html", "answers/index.html", "answers/line-level.html", "readings/cross_ladder.html",
    "calendar.html", f"cases/{STEMS[0]}.html", f"cases/{STEMS[1]}.html", "guarantees.html", f"amendments/{SHELF[0]}.html",
    "search.html", "engine/commands.html",
    "en/text/article-18.html",
)  # fmt: skip
"""One of each kind."""
ON_A_PHONE = ("index.html", "answers/line-level.html", "calendar.html", f"cases/{STEMS[0]}.html", "search.html")
"""Those that are looked through with axe at that width too; with ALL=1 every page is."""
MORE = (
    "text/index.html", "text/chapter-4.html", "text/article-19.html", "answers/grade_in_force.html", "readings/index.html",
    "readings/settled.html", "cases/index.html", f"cases/{STEMS[2]}.html", f"amendments/{SHELF[1]}.html", "parameters.html",
    "amendments/index.html",
    "glossary.html", "engine/index.html", "en/answers/may_apply.html", "en/engine/api.html", "en/engine/json.html",
)  # fmt: skip
"""With ALL=1: the largest, and those that hold nothing else."""
FOCUSED = "const a = document.activeElement; return a.closest('.md-content') ? a.textContent.trim() : ''"
PRINTED = 680
"""The width of the text on A4, in pixels of a style sheet."""
A4 = 1123 - 2 * 68


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    """Without a browser these checks are not run, and the suite says so; where everything is to be tried, that is a failure."""
    if missing := chromium.lacking():
        if os.environ.get("ALL"):
            pytest.fail(f"not installed: {missing}; run `make browser`")
        pytest.skip(f"{NOT_RUN}{missing} not installed")


@pytest.fixture(scope="session")
def site(installed: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole law with a few worked cases and amendments, some of it prepared, built."""
    folder = tmp_path_factory.mktemp("law")
    for place, of, stems in (("scenarios", ROOT / "scenarios", STEMS), ("shelf", ROOT / "policy" / "amendments", SHELF)):
        (folder / place).mkdir()
        for stem in stems:
            (folder / place / f"{stem}.yaml").symlink_to(of / f"{stem}.yaml")
    (folder / "compared").mkdir()
    (folder / "compared" / f"{SHELF[0]}.yaml").symlink_to(folder / "shelf" / f"{SHELF[0]}.yaml")
    words = ("--pack", ROOT / "policy" / "urumqi-2025", "--scenarios", folder / "scenarios")
    prepared = zhunsheng("prepare", folder / "kept", *words, "--amendments", folder / "compared")
    assert (prepared.returncode, prepared.stderr) == (0, "")
    words = (*words, "--amendments", folder / "shelf", "--prepared", folder / "kept", "--docs", ROOT / "docs" / "pages")
    run = zhunsheng("publish", folder / "pages", *words)
    assert (run.returncode, run.stderr) == (0, "")
    assert build(folder / "pages") == []
    return folder / "pages" / "html"


@pytest.fixture(scope="session", params=list(chromium.WIDTHS))
def window(installed: None, request: pytest.FixtureRequest) -> Iterator[Browser]:
    with chromium.browser(request.param) as opened:
        yield opened


def test_no_link_of_the_site_of_the_law_leads_nowhere(site: Path) -> None:
    assert list(broken(site)) == []


def test_an_article_its_worked_case_and_the_same_case_in_english_are_a_click_apart(window: Browser, site: Path) -> None:
    window.open(site / "index.html")
    window.shot("front")

    window.click("条文")
    window.click(window.script("return [...document.querySelectorAll('.md-content a')].map(a => a.textContent.trim())"
                               ".find(text => text.startsWith('第十九条'))"))  # fmt: skip
    assert window.heading == "第十九条"
    window.shot("article")
    title = "因违法降级后一年内不得申报升级，对应日当天仍受限制，次日起可以申报"
    window.click(title)
    assert window.heading == title
    window.shot("case")
    kept = window.script("return document.querySelector('a[href^=\"certificates/\"]').href")
    window.click("可以申报")
    assert window.driver.current_url == kept.replace(kept.rpartition(".json")[0].rpartition(".")[2], "may_apply")
    assert '"kind":"decision"' in window.script("return document.body.textContent")
    window.driver.back()
    window.click("English")

    assert window.script("return document.documentElement.lang") == "en"
    assert window.driver.current_url.endswith(f"en/cases/{STEMS[1]}.html")
    window.click("中文")
    assert window.heading == title


@pytest.mark.parametrize("question", ASKED)
def test_with_the_site_alone_a_reader_finds_within_three_clicks_which_grade_applies_and_why(
    question: str, window: Browser, site: Path
) -> None:
    clicks, answer, why, provision = ASKED[question]
    window.open(site / "index.html")

    for words in clicks:
        window.click(words)

    said = window.script("return document.querySelector('.md-content').innerText.replace(/\\s+/g, ' ')")
    conclusion, _, reasons = said.partition(" 结论 ")[2].partition(" 理由 ")
    assert len(clicks) <= 3
    assert answer in conclusion
    assert why in reasons
    assert provision in reasons


def test_a_case_shows_itself_along_time_and_a_theorem_hands_out_its_certificate(window: Browser, site: Path) -> None:
    window.open(site / f"cases/{STEMS[1]}.html")
    image = window.script("const i = document.querySelector('img[src^=timelines]'); return [i.alt, i.clientWidth]")
    window.script("document.querySelector('details.zs-folded summary').click()")
    assert image[0].endswith("各项变化的日期和依据列在图下。")
    assert image[1] > 200
    assert "现行等级" in window.script("return document.querySelector('details.zs-folded').innerText")

    window.open(site / "guarantees.html")
    window.click("one-more-violation-never-opens-an-application.json")
    assert '"kind":"theorem"' in window.script("return document.body.textContent")


@pytest.mark.parametrize(("start", "words", "found"), [
    ("index.html", "短板", "text/article-5.html"),
    ("text/article-5.html", "应急", "text/article-5.html"),
    ("en/index.html", "anniversary", "en/cases/"),
])  # fmt: skip
def test_the_search_finds_words_in_the_middle_of_a_sentence(
    start: str, words: str, found: str, window: Browser, site: Path
) -> None:
    window.open(site / start)
    window.script("const box = document.querySelector('input[name=q]'); box.value = arguments[0]; box.form.submit();", words)
    links = _results(window)

    assert any(f"/{found}" in link for link in links), links
    assert window.script("return document.querySelector('mark').textContent").lower() == words
    if words == "短板":
        window.shot("search")


def _results(window: Browser) -> list[str]:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(window.driver, 20).until(lambda driver: driver.find_elements("css selector", "#zs-found li a, #zs-found p"))
    return [str(link) for link in window.script("return [...document.querySelectorAll('#zs-found a')].map(a => a.href)")]


def test_what_is_not_there_is_not_found(window: Browser, site: Path) -> None:
    window.open(site / "search.html")
    window.script("location.search = '?q=' + encodeURIComponent('没有的词语')")

    assert _results(window) == []
    assert window.script("return document.getElementById('zs-found').textContent") == "没有找到。"


@pytest.mark.parametrize("page", [*PAGES, *(MORE if os.environ.get("ALL") else ())])
def test_axe_finds_nothing_against_a_page_and_no_page_is_wider_than_its_window(page: str, window: Browser, site: Path) -> None:
    window.open(site / page)

    if window.width == "desktop" or page in ON_A_PHONE or os.environ.get("ALL"):
        assert window.violations() == []
    assert window.script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert window.script("return [...document.images].every(image => image.naturalWidth > 0 && image.alt)")
    if page in ("answers/index.html", "answers/line-level.html", "calendar.html", "readings/cross_ladder.html"):
        window.shot(page.replace("/", "-").removesuffix(".html"))


def test_the_keyboard_reaches_the_text_and_shows_where_it_is(window: Browser, site: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    window.open(site / "text" / "article-5.html")
    reached = []
    for _ in range(60):
        ActionChains(window.driver).send_keys(Keys.TAB).perform()  # type: ignore[no-untyped-call]
        reached.append(window.script(FOCUSED))
        if reached[-1]:
            break

    assert reached[-1] == "English"
    assert window.script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_english_is_set_in_a_latin_font(window: Browser, site: Path) -> None:
    """A Chinese one has quotation marks as wide as a character, and so gaps around every quoted word."""
    wide = (
        "const box = document.createElement('span'); box.textContent = '\u201c'; box.style.cssText = 'font-size: 100px';"
        "document.querySelector('.md-content p:not(.zs-switch)').append(box); const width = box.getBoundingClientRect().width;"
        "box.remove(); return width;"
    )

    found = []
    for page in ("text/article-5.html", "en/text/article-5.html"):
        window.open(site / page)
        found.append(window.script(wide))

    assert found[1] < 60, found


@pytest.fixture(scope="module")
def paper(installed: None) -> Iterator[Browser]:
    """A window in which a page stands as it does on A4."""
    with chromium.browser("desktop") as window:
        window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        metrics = {"width": PRINTED, "height": A4, "deviceScaleFactor": 1, "mobile": False}
        window.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        yield window


@pytest.mark.parametrize("page", ["text/article-19.html", "answers/line-level.html", f"cases/{STEMS[1]}.html", "calendar.html"])
def test_a_page_prints_on_a4_with_its_text_alone(page: str, paper: Browser, site: Path) -> None:
    paper.open(site / page)

    shown = paper.script(
        "return ['.md-header', '.md-sidebar', '.md-footer', '.zs-switch'].filter(name =>"
        " [...document.querySelectorAll(name)].some(box => getComputedStyle(box).display !== 'none'))"
    )
    assert shown == []
    assert paper.script("return document.querySelector('.md-content').scrollWidth") <= PRINTED
    assert paper.script("return getComputedStyle(document.querySelector('.md-typeset a')).color") == "rgb(0, 0, 0)"
    assert paper.script("return document.querySelector('.zs-digest').textContent").startswith("规则版本")


def test_nothing_was_asked_of_any_other_machine(window: Browser, site: Path) -> None:
    """Last: it looks at all that the windows above have requested."""
    window.open(site / "index.html")

    assert [url for url in window.asked() if not url.startswith((site.parent.parent.as_uri(), "data:", "about:"))] == []
    assert len(window.requested) > 4
