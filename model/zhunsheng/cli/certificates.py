"""`verify`: certificates checked, whoever made and signed them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.compared import amended_law
from zhunsheng.cli.rules import MOST_BYTES, pack_named_in, rules_named
from zhunsheng.cli.shared import BAD_INPUT, DONE, FAILED, common, language, say, show
from zhunsheng.cli.signing import day, signing
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.certifying.lineage import Lineage
    from zhunsheng.ask.certifying.verify import Verified
    from zhunsheng.certify.envelope import Envelope, Signature
    from zhunsheng.certify.signing import PublicKey
    from zhunsheng.lang.pack import Pack



def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command of this module, with its options."""
    _verify(commands.add_parser("verify", help="核验证明书 / verify certificates"))


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE", help="证明书，或其所在文件夹 / certificates, or folders of them")
    command.add_argument(
        "--issuer", nargs="+", action="extend", metavar="KEY", help="签发人的公钥文件 / public keys of who may have issued it"
    )
    command.add_argument("--against-current", action="store_true", help="与现行规则比较 / compare with today's rules")
    command.add_argument("--current", metavar="FILE|DIR|NAME", help="现行规则所在 / where today's rules are")
    command.add_argument(
        "--amended", nargs="+", metavar="FILE",
        help="修改后的规则文件或修改方案，核验比较用 / the amended law as a file, or the amendments, for a comparison",
    )  # fmt: skip
    command.add_argument("--on", type=day, metavar="DAY", help="签名有效期按哪一天核对 / the day on which signatures are checked")
    common(command, verify)
    pack = next(action for action in command._actions if action.dest == "pack")
    pack.metavar, pack.help = "FILE|DIR|NAME", "作出时的规则，可以是导出的文件 / the rules of then, as exported or as a folder"


def verify(args: argparse.Namespace) -> int:
    """`verify FILE…`: 1 if one does not hold, is not signed as it should be, or would be decided otherwise today; 2 if one could
    not be checked for want of the rules it was made under."""
    from zhunsheng.show.certifying.verified import verified_document, verified_json
    from zhunsheng.show.deciding import json

    issuers = _issuers(args.issuer or ())
    put = _all_put(args, _certificates(args.files), issuers)
    found = [_compared(args, one, each) for one, each in zip(put, _checked(put), strict=True)]
    if args.json:
        say(json.dumps(verified_json(one for one, _ in found)))
    else:
        now = next((now for _, now in found if now is not None), None)
        show(verified_document([one for one, _ in found], language(args), now))
    return max(exit_code(one, bool(issuers)) for one, _ in found)


def exit_code(one: Verified, issuer: bool) -> int:
    """What one certificate comes to."""
    from zhunsheng.ask.certifying.drift import Verdict as Today
    from zhunsheng.ask.certifying.verify import Verdict
    from zhunsheng.certify.envelope import Found

    if one.verdict in (Verdict.OTHER_RULES, Verdict.NO_AMENDED_LAW):
        return BAD_INPUT
    unsigned = issuer and (one.signature is None or one.signature.found is not Found.GOOD)
    otherwise = one.drift is not None and one.drift.verdict not in (Today.SAME, Today.SAME_RULES)
    return FAILED if one.verdict is Verdict.REFUSED or unsigned or otherwise else DONE


@dataclass(frozen=True)
class _Put:
    """A certificate that is put before the kernel, read once, so that what was signed is what is checked; the rules it is about,
    as bytes and as we read them; the amended law of a comparison; who signed it, where that is asked."""

    path: Path
    certificate: bytes
    raw: bytes
    rules: Pack | None
    amended: bytes | None
    signature: Signature | None


def _all_put(args: argparse.Namespace, paths: Iterable[Path], issuers: Sequence[PublicKey]) -> list[_Put]:
    """All files, or InputError with what is wrong with each that cannot be checked."""
    put: list[_Put] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            put.append(_put(args, path, issuers))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return put


def _put(args: argparse.Namespace, path: Path, issuers: Sequence[PublicKey]) -> _Put:
    """One file with all that checking it needs. InputError where something is not there or not readable."""
    from zhunsheng.ask.certifying.claimed import pack_named

    envelope, certificate = _opened(path)
    named = pack_named_in(certificate, path) if envelope is None else pack_named(certificate)
    raw, rules = rules_named(args.pack, named, path)
    asked = envelope is not None or issuers
    signature = _signature(envelope, issuers, args.on or date.today()) if asked else None
    return _Put(path, certificate, raw, rules, amended_law(args, path, rules), signature)


def _opened(path: Path) -> tuple[Envelope | None, bytes]:
    """A certificate, and the envelope it is in."""
    from zhunsheng.certify.envelope import Malformed, opened
    from zhunsheng.read.text import read_bytes

    data = read_bytes(path, MOST_BYTES)
    try:
        envelope = opened(data)
    except Malformed as error:
        raise InputError([Problem(Place(str(path)), str(error))]) from None
    return envelope, data if envelope is None else envelope.payload


def _checked(put: Sequence[_Put]) -> Iterator[Verified]:
    """What the kernel says of each, in order, on as many processors as there are."""
    from zhunsheng.ask.certifying.verify import as_read, verify
    from zhunsheng.ask.workers import shared_out

    def work(number: int) -> Verified:
        one = put[number]
        return verify(str(one.path), one.certificate, one.raw, None, one.amended)

    as_read(put[0].raw)  # once for all processes
    for one, found in zip(put, shared_out(work, len(put), os.cpu_count() or 1), strict=True):
        yield replace(found, pack=one.rules, signature=one.signature)


def _compared(args: argparse.Namespace, one: _Put, found: Verified) -> tuple[Verified, Pack | None]:
    """One that was checked, and today's rules where they were asked about."""
    from zhunsheng.ask.certifying.drift import drift

    if not (args.against_current or args.current) or found.claim is None:
        return found, None
    now = rules_named(args.current, found.claim.pack, one.path)[1]
    then = one.rules if one.rules is not None and one.rules.digest == found.claim.pack_digest else None
    if now is None:
        return found, None
    return replace(found, drift=drift(found.claim, now, then, _led(args, found.claim.pack, now))), now


def _led(args: argparse.Namespace, named: str, now: Pack) -> Callable[[Pack], Lineage] | None:
    """What finds the amendments between two editions, among those that lie beside either; None where the rules of then are no
    folder. Nothing lies beside today's rules where they are a file."""
    from zhunsheng.ask.certifying.lineage import lineage
    from zhunsheng.read.amendment import load_amended
    from zhunsheng.show.packs import AMENDMENTS, pack_folder

    if args.pack and Path(args.pack).is_file():
        return None
    then, current = pack_folder(args.pack or named, Place("--pack")), args.current or named
    folders = {then} if Path(current).is_file() else {then, pack_folder(current, Place("--current"))}
    files = sorted({file for folder in folders for file in (folder.parent / AMENDMENTS).glob("*.yaml")})
    return lambda pack: lineage(pack, now, files, lambda stack: load_amended(then, stack))


def _certificates(given: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in given:
        path = Path(name)
        found += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not found:
        raise InputError([Problem(Place(" ".join(given)), "there are no certificates here (files *.json)")])
    return found


def _issuers(files: Iterable[str]) -> list[PublicKey]:
    from zhunsheng.read.text import read_bytes

    found = []
    for file in files:
        try:
            found.append(signing().read_public(read_bytes(Path(file))))
        except signing().Malformed as error:
            raise InputError([Problem(Place(file), str(error), "name the public key, the file ending in .pub")]) from None
    return found


def _signature(envelope: Envelope | None, issuers: Sequence[PublicKey], today: date) -> Signature:
    from zhunsheng.certify.envelope import at_sight

    return at_sight(envelope) if envelope is None or not issuers else signing().checked(envelope, issuers, today)
