"""What holds of every case, and what was found in the text: pages made of the results of proofs and of a check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhunsheng.ask.checking.findings import Checked, Kind
from zhunsheng.ask.proving.prove import Proof
from zhunsheng.lang.pack import Pack
from zhunsheng.lang.theorem import Theorem, Verdict
from zhunsheng.lang.types import Text
from zhunsheng.narrate.document import Item, Section
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.rules import ended
from zhunsheng.show.checking.check import not_shown_section, stale_section, summary
from zhunsheng.show.checking.findings import TITLES, Findings
from zhunsheng.show.checking.proofs import VERDICTS, Proofs
from zhunsheng.show.site import markup, places
from zhunsheng.show.site.pages import Page, page
from zhunsheng.show.site.places import Places
from zhunsheng.show.words import COLON, STOP

GUARANTEES = Text("命题与保证", "Theorems and guarantees")
ABOUT = Text(
    "每个命题都是对任何案件的断言，不论案件中的各种清单有多长。“成立”表示已经证明；“不成立”附有一个反例。",
    "Each theorem claims something of every case, however long the lists in it are. “Holds” means proved;"
    " “does not hold” comes with a case against it.",
)
NOT_ATTACHED = Text(
    "本站生成时没有附上对这些命题的核验结果。", "No results of checking these theorems were attached when this site was made."
)
BY_CERTIFICATE = Text(
    "附有证明书的，下面写的是证明书所称的结论；生成本站时没有重新核验，可按下述办法自行核验。",
    "Where a certificate is attached, what it claims is told below; it was not checked anew when this site was made. You can"
    " check it as follows.",
)
CHECKING = Text("怎样核验证明书", "How to check a certificate")
CHECKED = Text(
    "不用本程序，也不用求解器：把证明书、{checker}和{pack}放在一个文件夹里，运行",
    "Neither this program nor a solver is needed: put the certificate, {checker} and {pack} into one folder, and run",
)
CHECKED_SAYS = Text(
    "打印HOLDS并以0退出的，证明书所称成立；否则说明为何不予承认。命题成立的，证明书载有一段证明；不成立的，载有一个反例。",
    "It prints HOLDS and exits 0 where what the certificate claims is shown; otherwise it says why it is refused. A certificate"
    " that a theorem holds carries a proof; one that it does not, a case against it.",
)
CHECK = "python claims.py {file} pack.json"
CERTIFICATE = Text("证明书", "Certificate")
NO_CERTIFICATE = Text("没有附证明书", "No certificate is attached")
CLAIMED = Text("{verdict}（证明书所称）", "{verdict}, as the certificate claims")
SIZE = Text("{kb} kB", "{kb} kB")
UNCHECKED = Text("本次没有核验", "Not checked this time")
FINDINGS = Text("条文体检", "What a check of the text finds")
FINDINGS_ABOUT = Text(
    "程序在全部可能的案件中查找条文没有规定、相互冲突、没有作用的地方。每个情形都按规则重新推算核对过。",
    "The text was searched, over all possible cases, for what it does not settle, where it contradicts itself, and what in it"
    " has no effect. Each case shown was worked out again by the rules.",
)
FEW_STORIES = (Kind.PRIORITY,)
"""Kinds whose cases are not told: they are for information, and there are many."""


@dataclass(frozen=True)
class Attached:
    """A certificate of one variant of a theorem, under the name of its file: what it shows, and its bytes."""

    name: str
    verdict: Verdict
    data: bytes


Certificates = Mapping[tuple[str, int], Attached]
"""By theorem and number of its variant."""


def certificate_files(certificates: Certificates) -> dict[str, bytes]:
    """By their paths below the folder of a language."""
    return {_path(one): one.data for one in certificates.values()}


def _path(one: Attached) -> str:
    return f"{places.THEOREM_CERTIFICATES}/{one.name}"


def guarantees(
    pack: Pack, theorems: Sequence[Theorem], proofs: Sequence[Proof], certificates: Certificates, lang: str
) -> Page:
    """Theorems by the verdict of their first variant, from results, else from its certificate; those with neither last."""
    tell = _Guarantees(pack, proofs, certificates, lang)
    blocks = [markup.heading(1, GUARANTEES[lang]), ABOUT[lang], *([] if proofs else [NOT_ATTACHED[lang]]), *tell.checking()]
    for verdict in (*Verdict, None):
        these = [one for one in theorems if tell.verdict(one, 0) is verdict]
        title = UNCHECKED if verdict is None else VERDICTS[verdict]
        blocks += [markup.heading(2, title[lang][:1].upper() + title[lang][1:])] if these else []
        for theorem in these:
            blocks += tell.theorem(theorem)
    return page(tell.at.here, lang, GUARANTEES[lang], blocks)


class _Guarantees:
    def __init__(self, pack: Pack, proofs: Sequence[Proof], certificates: Certificates, lang: str) -> None:
        self.at, self.tell, self.lang = Places(pack, lang, places.GUARANTEES), Proofs(pack, lang), lang
        self.certificates = certificates
        self.proofs = {(one.theorem.name, one.theorem.variants.index(one.variant)): one for one in proofs}

    def verdict(self, theorem: Theorem, number: int) -> Verdict | None:
        proof, attached = self.proofs.get((theorem.name, number)), self.certificates.get((theorem.name, number))
        return proof.verdict if proof is not None else attached.verdict if attached is not None else None

    def checking(self) -> list[str]:
        """How any of the certificates is checked; nothing where there are none."""
        if not self.certificates:
            return []
        at, first = self.at, next(iter(self.certificates.values()))
        checker = at.comma.join(at.to(name, f"assets/{name}") for name in places.PROOF_CHECKER)
        said = CHECKED[self.lang].format(checker=checker, pack=at.to("pack.json", places.RULES))
        return [
            *([] if self.proofs else [BY_CERTIFICATE[self.lang]]), markup.heading(2, CHECKING[self.lang]),
            said + COLON[self.lang].rstrip(), f"```text\n{CHECK.format(file=first.name)}\n```", CHECKED_SAYS[self.lang],
        ]  # fmt: skip

    def theorem(self, theorem: Theorem) -> list[str]:
        """Its sentence, then each variant that anything is known of: what it comes to, and its certificate."""
        heading = markup.heading(3, theorem.says[self.lang], f"t-{places.slug(theorem.name)}")
        blocks = [heading, self.at.provisions(theorem.provisions)]
        lines = [line for number in range(len(theorem.variants)) for line in self._variant(theorem, number)]
        return [*blocks, "\n".join(lines)] if lines else blocks

    def _variant(self, theorem: Theorem, number: int) -> list[str]:
        verdict, proof = self.verdict(theorem, number), self.proofs.get((theorem.name, number))
        if verdict is None:
            return []
        if proof is not None:
            item = _verdict(self.tell.item(proof), theorem, self.lang)
        else:
            readings = Item(ended(self.tell.readings(theorem.variants[number]), self.lang))
            said = fill(CLAIMED, self.lang, verdict=VERDICTS[verdict][self.lang])
            item = Item(ended(said[:1].upper() + said[1:], self.lang), "", (readings,))
        return [markup.items([item], self.lang), f"{markup.INDENT}- {self._certificate(theorem, number)}"]

    def _certificate(self, theorem: Theorem, number: int) -> str:
        found = self.certificates.get((theorem.name, number))
        if found is None:
            return NO_CERTIFICATE[self.lang] + STOP[self.lang]
        size = fill(SIZE, self.lang, kb=max(1, round(len(found.data) / 1000)))
        link = self.at.to(found.name, _path(found))
        bracketed = f"（{size}）" if self.lang == "zh" else f" ({size})"
        return f"{markup.strong(CERTIFICATE[self.lang])}{COLON[self.lang]}{link}{bracketed}"


def _verdict(item: Item, theorem: Theorem, lang: str) -> Item:
    """What a variant comes to, without the sentence, which is the heading."""
    return replace(item, label="", text=item.text.removeprefix(ended(theorem.says[lang], lang)).strip())


def findings(pack: Pack, checked: Checked, lang: str) -> Page:
    """Findings by kind, those that somebody should look at first, each with the case that shows it."""
    at = Places(pack, lang, places.FINDINGS)
    say = Findings(pack, lang, {proof.theorem.name: proof.theorem for proof in checked.proofs})
    blocks = [markup.heading(1, FINDINGS[lang]), FINDINGS_ABOUT[lang], *map(markup.text, summary(checked, lang))]
    for kind in sorted(Kind, key=lambda one: not one.fault):
        these = [one for one in checked.findings if one.kind is kind]
        blocks += [markup.heading(2, TITLES[kind][lang])] if these else []
        for one in these:
            item = say.item(one, story=kind not in FEW_STORIES)
            blocks += [markup.heading(3, item.text, f"f-{places.slug(one.key)}"), at.provisions(one.provisions)]
            blocks += [markup.items(item.items, lang)] if item.items else []
    rest: list[Section] = [one for one in (stale_section(say, checked, lang), not_shown_section(say, checked, lang)) if one]
    return page(at.here, lang, FINDINGS[lang], [*blocks, *markup.sections(rest, lang)])
