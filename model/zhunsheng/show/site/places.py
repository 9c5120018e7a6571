"""Where each thing of a pack stands on the site, and links from one page to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, relpath

from zhunsheng.ask.publishing.gathered import holding
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate import nouns, rules
from zhunsheng.narrate.provisions import REF, provision
from zhunsheng.show.site import markup

FRONT, ARTICLES, ANSWERS, READINGS, CASES = (
    "index.md",
    "text/index.md",
    "answers/index.md",
    "readings/index.md",
    "cases/index.md",
)
AMENDMENTS = "amendments/index.md"
SETTLED, GUARANTEES, FINDINGS = "readings/settled.md", "guarantees.md", "findings.md"
CALENDAR, GLOSSARY, PARAMETERS, SEARCH = "calendar.md", "glossary.md", "parameters.md", "search.md"
ENGINE = "engine/index.md"
CHECKER = ("kernel.py", "reading.py")
"""What checks the certificate of a decision: the program, and the file it needs beside it."""
PROOF_CHECKER = ("claims.py", "bounds.py", "clauses.py", "tables.py", *CHECKER)
"""What checks a certificate that rests on a proof, and every other."""
THEOREM_CERTIFICATES = "theorems"
RULES = "assets/pack.json"
"""The rules that a certificate is checked under."""


def slug(name: str) -> str:
    """A name as part of a file's name or an anchor: letters of any script, digits, `_`, and `-` for all else."""
    return re.sub(r"[^\w]+", "-", name).strip("-")


def chapter_page(number: int) -> str:
    return f"text/chapter-{number}.md"


def article(ref: str) -> str:
    """The article a provision belongs to: 19 of 19(5)."""
    match = re.match(r"\d+", ref)
    return match[0] if match else ref


def article_page(ref: str) -> str:
    return f"text/article-{slug(article(ref))}.md"


def provision_anchor(ref: str) -> str:
    """`p-19-5` for 19(5), `p-16-1-par-2` for 16(1).2: stable, and different for each provision."""
    match = REF.fullmatch(ref)
    if match is None:
        return f"p-{slug(ref)}"
    parts = [match["article"], *(match[name] for name in ("item", "point", "subpoint") if match[name])]
    return "-".join(["p", *parts, *(["par", match["paragraph"]] if match["paragraph"] else [])])


def definition_anchor(name: str) -> str:
    return f"d-{slug(name)}"


def duty_anchor(name: str) -> str:
    return f"duty-{slug(name)}"


def answer_page(name: str) -> str:
    return f"answers/{slug(name)}.md"


def reading_page(name: str) -> str:
    return f"readings/{slug(name)}.md"


def case_page(stem: str) -> str:
    return f"cases/{slug(stem)}.md"


def amendment_page(stem: str) -> str:
    return f"amendments/{slug(stem)}.md"


def relative(here: str, target: str) -> str:
    """A link from one page's path to another's, with its anchor."""
    path, sharp, anchor = target.partition("#")
    if path == here:
        return sharp + anchor if anchor else path.rpartition("/")[2]
    return relpath(path, dirname(here) or ".") + sharp + anchor


@dataclass(frozen=True)
class Places:
    """Links on one page, `here`, in one language."""

    pack: Pack
    lang: str
    here: str

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def to(self, said: str, target: str) -> str:
        return markup.link(said, relative(self.here, target))

    def provision(self, ref: str) -> str:
        """A provision with a link to where it is restated; the plain words where the pack does not hold it."""
        whole = holding(self.pack, ref)
        said = provision(ref, self.lang)
        return self.to(said, f"{article_page(whole)}#{provision_anchor(whole)}") if whole else markup.text(said)

    def provisions(self, refs: tuple[str, ...]) -> str:
        return self.comma.join(map(self.provision, refs))

    def definition(self, name: str) -> str:
        definition = self.pack.definitions[name]
        said = rules.bare(nouns.definition(self.pack, name, self.lang))
        where = holding(self.pack, definition.provision)
        if not where or name not in self.pack.provisions[where].definitions:  # an attribute of an enumeration's values
            return markup.text(said)
        return self.to(said, f"{article_page(where)}#{definition_anchor(name)}")

    def reading(self, name: str) -> str:
        return self.to(self.pack.readings[name].question[self.lang], reading_page(name))

    def note(self, name: str) -> str:
        return self.to(self.pack.notes[name].question[self.lang], f"{SETTLED}#n-{slug(name)}")

    def parameter(self, name: str) -> str:
        return self.to(self.pack.parameters[name].title[self.lang], f"{PARAMETERS}#parameter-{slug(name)}")

    def discretion(self, name: str) -> str:
        return self.to(self.pack.discretions[name].title[self.lang], f"{READINGS}#choice-{slug(name)}")

    def duty(self, name: str) -> str:
        duty = self.pack.duties[name]
        where = holding(self.pack, duty.provision)
        return self.to(rules.bare(duty.what[self.lang]), f"{article_page(where)}#{duty_anchor(name)}")
