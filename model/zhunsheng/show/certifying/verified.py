"""Verified certificates as a document: what was claimed, what was checked, what is still trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from zhunsheng.ask.certifying.claimed import Claimed
from zhunsheng.ask.certifying.claimed_of_all import OfAll, OfComparison, OfPack, OfTheorem
from zhunsheng.ask.certifying.drift import Change, Drift
from zhunsheng.ask.certifying.drift import Verdict as Today
from zhunsheng.ask.certifying.verify import Verdict, Verified
from zhunsheng.certify.envelope import Found, Signature
from zhunsheng.lang.pack import Pack
from zhunsheng.narrate import values
from zhunsheng.narrate.document import Document, Item, Section
from zhunsheng.narrate.paths import fact_names
from zhunsheng.narrate.phrases import fill
from zhunsheng.show.certifying import of_all_words
from zhunsheng.show.certifying import words as cw
from zhunsheng.show.certifying.claims import Claims
from zhunsheng.show.certifying.of_all import OfAllTold
from zhunsheng.show.certifying.refusals import told
from zhunsheng.show.deciding.outcomes import Outcomes
from zhunsheng.show.mistakes.problems import message


def verified_document(found: Iterable[Verified], lang: str, now: Pack | None = None) -> Document:
    """One section for each certificate. `now` are today's rules, where they were compared."""
    return Document(cw.TITLE[lang], lang, (), tuple(_Writer(lang, now).section(one) for one in found))


@dataclass(frozen=True)
class _Writer:
    lang: str
    now: Pack | None

    def section(self, one: Verified) -> Section:
        items = [Item(one.digest, cw.DIGEST[self.lang])]
        if one.verdict is Verdict.HOLDS:
            items += self._held(one)
        if one.signature is not None:
            items.append(Item(self._signature(one.signature), cw.SIGNATURE[self.lang]))
        if one.drift is not None:
            items += self._drift(one.drift, one.pack)
        return Section(one.file, (self._verdict(one),), tuple(items))

    def _verdict(self, one: Verified) -> str:
        match one.verdict:
            case Verdict.HOLDS:
                return cw.HOLDS[self.lang]
            case Verdict.REFUSED:
                reason, phrase = told(one.reason, self.lang), cw.REFUSED_BECAUSE
                if reason is None:
                    reason, phrase = one.reason, cw.REFUSED_IN_ITS_WORDS
                because = fill(phrase, self.lang, reason=reason.rstrip("."))
                return cw.REFUSED[self.lang] + ("" if self.lang == "zh" else " ") + because
            case Verdict.OTHER_RULES:
                return fill(cw.OTHER_RULES, self.lang, digest=one.rules)
            case Verdict.NO_AMENDED_LAW:
                digest = one.of_all.amended_digest if isinstance(one.of_all, OfComparison) else ""
                return fill(of_all_words.NO_AMENDED_LAW, self.lang, digest=digest)

    def _held(self, one: Verified) -> list[Item]:
        if one.of_all is not None and one.pack is not None:
            return [Item(self._edition(one.pack), cw.UNDER[self.lang]), *OfAllTold(one.pack, self.lang).items(one.of_all)]
        if one.claim is None or one.pack is None:
            return [Item("", cw.KERNEL_SAYS[self.lang], tuple(Item(line.strip()) for line in one.said))]
        return [
            Item(self._edition(one.pack), cw.UNDER[self.lang]),
            Item(self._claim(one.pack, one.claim), cw.CLAIMED[self.lang]),
            *self._grounds(one.pack, one.claim),
            Item("", cw.CHECKED[self.lang], tuple(Item(text) for text in self._checked(one.pack, one.claim))),
            Item("", cw.TRUSTED[self.lang], tuple(Item(text[self.lang]) for text in cw.TRUSTED_ITEMS)),
        ]

    def _edition(self, pack: Pack) -> str:
        return fill(cw.EDITION, self.lang, title=pack.title[self.lang], version=pack.version, digest=pack.digest)

    def _claim(self, pack: Pack, claim: Claimed) -> str:
        claims = Claims(pack, self.lang)
        said = claims.outcomes(claim)
        phrase = cw.CLAIM_ONE if len(said) == 1 else cw.CLAIM_SEVERAL
        return fill(phrase, self.lang, answer=claims.answer(claim), outcome=claims.comma.join(said))

    def _grounds(self, pack: Pack, claim: Claimed) -> list[Item]:
        claims = Claims(pack, self.lang)
        parts = (
            (cw.FROM_FACTS, claims.facts(claim.atoms) or [cw.NOTHING[self.lang]]),
            (cw.FROM_READINGS, claims.readings(claim.atoms)),
            (cw.FROM_CHOICES, claims.choices(claim.atoms)),
        )
        return [Item("", heading[self.lang], tuple(Item(text) for text in said)) for heading, said in parts if said]

    def _checked(self, pack: Pack, claim: Claimed) -> list[str]:
        claims = Claims(pack, self.lang)
        said = [cw.CHECKED_ONE[self.lang]]
        if claim.split:
            said.append(fill(cw.CHECKED_SPLIT, self.lang, what=claims.comma.join(map(claims.symbol, claim.split))))
        if claim.rules:
            said.append(fill(cw.CHECKED_RULES, self.lang, n=len(claim.rules)))
        if claim.cases:
            said.append(fill(cw.CHECKED_CASES, self.lang, n=claim.cases))
        return said

    # -- who signed it

    def _signature(self, one: Signature) -> str:
        days = {
            "signed": values.spoken_day(one.signed, self.lang) if one.signed else "",
            "until": values.spoken_day(one.until, self.lang) if one.until else "",
        }
        match one.found:
            case Found.UNSIGNED:
                return cw.UNSIGNED[self.lang]
            case Found.UNCHECKED:
                return cw.UNCHECKED[self.lang]
            case Found.WRONG:
                return fill(cw.WRONG[one.why], self.lang, **days)
            case Found.EXPIRED:
                return fill(cw.EXPIRED, self.lang, issuer=one.issuer, **days)
            case Found.GOOD:
                return fill(cw.GOOD, self.lang, issuer=one.issuer, **days)

    # -- today's rules

    def _drift(self, drift: Drift, then: Pack | None) -> list[Item]:
        items = [Item(self._today(drift), cw.DRIFT[self.lang])]
        if drift.verdict is Today.SAME_RULES:
            return items
        if self.now is not None:
            items.append(Item(self._edition(self.now), cw.TODAYS[self.lang]))
        items += [Item(said) for said in self._led(drift)]
        if drift.changes is None:
            return [*items, Item(cw.UNKNOWN_CHANGES[self.lang])]
        changes = tuple(Item(self._change(change, then)) for change in drift.changes)
        return [*items, Item("", cw.CHANGES[self.lang], changes) if changes else Item(cw.NO_CHANGES[self.lang])]

    def _led(self, drift: Drift) -> Iterator[str]:
        """Which amendment made the outcome another, as far as known ones tell."""
        if drift.lineage is None:
            return
        if drift.by is None:
            yield cw.BY_NONE[self.lang]
            return
        one = drift.by.amendment
        says, day = one.says[self.lang].rstrip("。."), values.spoken_day(one.in_force_from, self.lang)
        yield fill(cw.BY_AMENDMENT, self.lang, says=says, name=one.name, day=day)
        if not drift.lineage.whole:
            yield cw.BEYOND[self.lang]

    def _today(self, drift: Drift) -> str:
        outcome = facts = ""
        if drift.answer is not None and self.now is not None:
            said = Outcomes(self.now, self.lang)
            outcome = said.listed(drift.answer.type, tuple(one.outcome for one in drift.answer.outcomes))
            facts = ("、" if self.lang == "zh" else ", ").join(fact_names(self.now, drift.answer.depends_on.facts, self.lang))
        match drift.verdict:
            case Today.SAME_RULES:
                return cw.SAME_RULES[self.lang]
            case Today.SAME:
                return cw.SAME[self.lang]
            case Today.OTHERWISE:
                return fill(cw.OTHERWISE, self.lang, outcome=outcome)
            case Today.UNSETTLED if facts:
                return fill(cw.UNSETTLED, self.lang, outcome=outcome, facts=facts)
            case Today.UNSETTLED:
                return cw.UNSETTLED_PLAIN[self.lang]
            case Today.IMPOSSIBLE:
                return fill(cw.IMPOSSIBLE, self.lang, why="; ".join(message(why, self.lang) for why in drift.why))

    def _change(self, change: Change, then: Pack | None) -> str:
        kind, how = cw.KINDS[change.kind][self.lang], cw.HOW[change.how.value][self.lang]
        said = fill(cw.CHANGE, self.lang, kind=kind, name=self._name(change), how=how)
        if change.kind == "parameter" and change.before and change.after and then is not None and self.now is not None:
            specs = then.parameters[change.name], self.now.parameters[change.name]
            packs = (then, self.now)
            before, after = (
                values.spoken(pack, one.value, one.type, self.lang) for pack, one in zip(packs, specs, strict=True)
            )
            said = fill(cw.FROM_TO, self.lang, what=said, before=before, after=after)
        if change.definition and change.kind == "rule" and self.now is not None:
            said = fill(cw.OF, self.lang, what=said, of=Claims(self.now, self.lang).definition(change.definition))
        return fill(cw.TOOK_PART, self.lang, what=said) if change.took_part else said

    def _name(self, change: Change) -> str:
        """A title of the new edition, else of the old one, else the bare name."""
        if change.kind == "otherwise" and self.now is not None:
            return Claims(self.now, self.lang).definition(change.name)
        data = change.after or change.before
        titled = data.get("title") or data.get("question") or {} if isinstance(data, dict) else {}
        return str(titled.get(self.lang, change.name))


# -- for programs


def verified_json(found: Iterable[Verified]) -> dict[str, Any]:
    """Stable within format 1, and the same in every language."""
    return {"format": 1, "certificates": [_one(one) for one in found]}


def _one(one: Verified) -> dict[str, Any]:
    holds = one.verdict is Verdict.HOLDS
    claim = one.claim if holds else None
    signature, drift = one.signature, one.drift
    return {
        "file": one.file,
        "digest": one.digest,
        "verdict": one.verdict.value.replace(" ", "_"),
        "reason": one.reason,
        "pack": {"id": one.claim.pack, "digest": one.claim.pack_digest} if one.claim is not None else None,
        "of_all": None if one.of_all is None or not holds else _of_all(one.of_all),
        "claim": None if claim is None else {
            "answer": claim.answer, "definition": claim.definition, "args": list(claim.args),
            "outcomes": list(claim.outcomes), "atoms": list(claim.atoms),
        },
        "signature": None if signature is None else {
            "found": signature.found.value, "issuer": signature.issuer, "why": signature.why,
            "signed": signature.signed.isoformat() if signature.signed else None,
            "until": signature.until.isoformat() if signature.until else None,
        },
        "today": None if drift is None else {
            "verdict": drift.verdict.value.replace(" ", "_"), "digest": drift.digest, "why": list(drift.why),
            "changes": None if drift.changes is None else [
                {"kind": c.kind, "name": c.name, "how": c.how.value, "definition": c.definition, "took_part": c.took_part}
                for c in drift.changes
            ],
            "amendment": None if drift.by is None else {
                "name": drift.by.amendment.name, "in_force_from": drift.by.amendment.in_force_from.isoformat(),
            },
            "explained": None if drift.lineage is None else drift.by is not None,
        },
    }  # fmt: skip


def _of_all(claim: OfAll) -> dict[str, Any]:
    match claim:
        case OfTheorem():
            kind = "refuted" if claim.refuted else "theorem"
            about: dict[str, Any] = {"name": claim.name, "readings": dict(claim.readings), "slots": dict(claim.slots)}
            about["open"] = list(claim.open)
        case OfComparison():
            kind = "comparison"
            answers = {
                name: [{"before": list(each.before), "after": list(each.after), "shift": each.shift} for each in classes]
                for name, classes in claim.answers.items()
            }
            about = {
                "amendments": list(claim.amendments), "amended": claim.amended_digest, "answers": answers,
                "verdicts": {name: each.is_ for name, each in claim.verdicts.items()}, "untouched": list(claim.untouched),
            }  # fmt: skip
        case OfPack():
            kind, about = "pack", {"points": claim.points, "elements": claim.elements}
        case _:
            assert_never(claim)
    return {"kind": kind, "pack": claim.pack_digest, **about}
