"""The site as files: every page in both languages, pictures, the index of the search, what a builder is told, the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from types import ModuleType
from typing import Any

import yaml

from zhunsheng.ask.checking.findings import Checked
from zhunsheng.ask.proving.prove import Proof
from zhunsheng.ask.publishing.gathered import gathered
from zhunsheng.ask.testing.worked import Compared
from zhunsheng.errors import Problem
from zhunsheng.lang.case import Case
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem
from zhunsheng.show.site import (
    amendments,
    answers,
    articles,
    calendar,
    cases,
    changes,
    engine,
    front,
    guarantees,
    lists,
    places,
    readings,
    search,
)
from zhunsheng.show.site.pages import LANGS, TAGS, Page, markup_free, whole

ASSETS = ("zhunsheng.css", "site.js")
INDEX = "assets/search-index.js"
SITE = "html"
"""Where a builder puts the built site, below the folder that is published into."""


@dataclass(frozen=True)
class MadeOf:
    """What a site is made of beside the pack.

    `cases`: the case of each scenario, by the file's stem; `case_pages`: their pages; `pictures`: of cases, by path with the
    language; `compared`: by reading; `certificates`: of cases, by path; `proved`: of theorems; `shelf`: amendments; `unfit`:
    what is wrong with others, by name; `handwritten`: by language and name; `commands`, `modules`: what the references are
    made of; `wording`: the official wording of provisions, where a text is attached."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    case_pages: Sequence[Page] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    compared: Mapping[str, Compared] = field(default_factory=dict)
    theorems: Sequence[Theorem] = ()
    proofs: Sequence[Proof] = ()
    checked: Checked | None = None
    certificates: Mapping[str, bytes] = field(default_factory=dict)
    proved: guarantees.Certificates = field(default_factory=dict)
    shelf: Sequence[amendments.Shelved] = ()
    unfit: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    handwritten: Mapping[tuple[str, str], str] = field(default_factory=dict)
    commands: Sequence[engine.Help] = ()
    modules: Sequence[ModuleType] = ()
    wording: Mapping[str, str] = field(default_factory=dict)


def site(pack: Pack, made_of: MadeOf) -> dict[str, bytes]:
    """Every file by its path below the folder."""
    found: dict[str, bytes] = {}
    bodies: dict[str, bytes] = {}
    for lang in LANGS:
        pages, pictures = _pages(pack, made_of, lang)
        for one in pages:
            found[f"{lang}/{one.path}"] = whole(pack, one).encode()
            bodies[f"{lang}/{one.path}"] = one.body.encode()
        found |= {f"{lang}/{path}": svg.encode() for path, svg in pictures.items()}
        bodies |= {f"{lang}/{path}": svg.encode() for path, svg in pictures.items()}
        found[f"{lang}/{INDEX}"] = search.index(pages)
        found |= {f"{lang}/assets/{name}": files(__package__).joinpath("assets", name).read_bytes() for name in ASSETS}
        found |= {f"{lang}/{path}": data for path, data in _certified(pack, made_of).items()}
        found[f"{lang}.yml"] = builder(pack, pages, lang)
    found |= made_of.pictures
    bodies |= made_of.pictures
    found[changes.MANIFEST] = changes.manifest(pack, bodies)
    return found


def _certified(pack: Pack, made_of: MadeOf) -> dict[str, bytes]:
    """Certificates, with what checks them; nothing where there are none."""
    certificates = {**made_of.certificates, **guarantees.certificate_files(made_of.proved)}
    if not certificates:
        return {}
    checker = {f"assets/{name}": files("zhunsheng.certify").joinpath(name).read_bytes() for name in places.PROOF_CHECKER}
    return {**certificates, **checker, places.RULES: pack.canonical.encode()}


def _pages(pack: Pack, made_of: MadeOf, lang: str) -> tuple[list[Page], dict[str, str]]:
    findings = {one.key: one for one in made_of.checked.findings} if made_of.checked is not None else {}
    shelf = {one.name: one.amended for one in made_of.shelf}
    concerning = gathered(pack, made_of.cases, made_of.theorems, findings.values(), shelf)
    theorems = {one.name: one for one in made_of.theorems}
    called = {name: one.amendments[-1].says for name, one in shelf.items()}
    told = articles.Told(pack, concerning, made_of.cases, theorems, findings, made_of.wording, called)
    drawn = answers.drawn(pack, lang)
    pages = [*told.pages(lang), *drawn.pages, *readings.pages(pack, made_of.compared, lang), calendar.calendar(pack, lang)]
    if made_of.cases:
        pages += [cases.contents(pack, made_of.cases, lang), *(one for one in made_of.case_pages if one.lang == lang)]
    if made_of.theorems:
        pages.append(guarantees.guarantees(pack, made_of.theorems, made_of.proofs, made_of.proved, lang))
    pages += [guarantees.findings(pack, made_of.checked, lang)] if made_of.checked is not None else []
    if made_of.shelf or made_of.unfit:
        pages += amendments.pages(pack, made_of.shelf, made_of.unfit, lang)
    pages += [lists.parameters(pack, lang), lists.glossary(pack, lang)]
    pages += [one for one in engine.handwritten(made_of.handwritten) if one.lang == lang]
    pages += [engine.commands(made_of.commands, lang)] if made_of.commands else []
    pages += [engine.api(made_of.modules, lang)] if made_of.modules else []
    first = front.front(pack, [*(one.path for one in pages), places.SEARCH], lang)
    return [first, *pages, front.search_page(lang)], {path: one.svg for path, one in drawn.pictures.items()}


def builder(pack: Pack, pages: Sequence[Page], lang: str) -> bytes:
    """What MkDocs is told: nothing fetched, no plugin, only extensions of Markdown that every successor has."""
    told: dict[str, Any] = {
        "site_name": markup_free(pack.title[lang]),
        "docs_dir": lang,
        "site_dir": SITE if lang == "zh" else f"{SITE}/{lang}",
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "zh" if lang == "zh" else "en", "font": False, "features": ["toc.follow"]},
        "plugins": [],
        "markdown_extensions": ["attr_list", "tables", {"toc": {"permalink": False, "toc_depth": 3}}],
        "extra": {"generator": False, "language_tag": TAGS[lang]},
        "extra_css": ["assets/zhunsheng.css"],
        "extra_javascript": ["assets/site.js"],
        "validation": {
            "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "warn"},
            "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
        },
        "nav": _contents(pages, lang),
    }
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120).encode()


def _contents(pages: Sequence[Page], lang: str) -> list[dict[str, Any]]:
    """The parts of the site; chapters, and the pages about the program, stand below theirs."""
    by_path = {one.path: one for one in pages}
    nav: list[dict[str, Any]] = [{front.HOME[lang]: places.FRONT}]
    for path, (title, _) in front.PART.items():
        below = [{markup_free(one.title): one.path} for one in pages if _below(path, one.path)]
        if below:
            nav.append({title[lang]: [*([path] if path in by_path else []), *below]})
        elif path in by_path:
            nav.append({title[lang]: path})
    return nav


def _below(part: str, path: str) -> bool:
    if part == places.ARTICLES:
        return path.startswith("text/chapter-")
    if part == places.READINGS:
        return path == places.SETTLED
    return part == places.ENGINE and path.startswith("engine/") and path != part
