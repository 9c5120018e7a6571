"""Commands about certificates: `verify`, `keys new`, `sign`; and what `decide` writes beside its answer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from zhunsheng.cli.compared import amended_law
from zhunsheng.cli.shared import BAD_INPUT, DONE, FAILED, NOT_SHOWN, common, language, say, show
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.answers import Asked
    from zhunsheng.ask.certificates import Made
    from zhunsheng.ask.lineage import Lineage
    from zhunsheng.ask.report import Decision
    from zhunsheng.ask.verify import Verified
    from zhunsheng.certify.envelope import Envelope, Signature
    from zhunsheng.certify.signing import PublicKey
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.show.sheet import Sheet

MOST_BYTES = 16_000_000
"""Of a certificate, in its envelope or not: the kernel reads half of that."""
YEARS = 5
"""How long a new key may sign, unless said otherwise."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _verify(commands.add_parser("verify", help="核验证明书 / verify certificates"))
    _keys(commands.add_parser("keys", help="签名用的密钥 / keys for signing"))
    _sign(commands.add_parser("sign", help="给证明书签名 / sign a certificate"))


def writes(command: argparse.ArgumentParser) -> None:
    """The options of `decide` that write files."""
    command.add_argument(
        "--certificate",
        metavar="FILE|DIR",
        help="写出证明书，几项结论时写入文件夹 / write the certificate, of several answers into a folder",
    )
    command.add_argument(
        "--document",
        metavar="FILE",
        help="写出一页结论书（.html、.pdf、.docx），附证明书 / write a one-page sheet, and its certificate",
    )
    command.add_argument(
        "--redact",
        action="store_true",
        help="略去证明不需要的名称和事实 / leave out names and facts that the evidence does not need",
    )
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")


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


def _keys(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    new = kinds.add_parser("new", help="新的一对密钥 / a new pair of keys")
    new.add_argument(
        "file",
        metavar="FILE|DIR",
        help="私钥写入的文件或文件夹，公钥写在旁边 / where the private key goes; the public one beside it",
    )
    new.add_argument("--issuer", default="", metavar="NAME", help="签发人名称 / whose key it is")
    new.add_argument("--until", type=day, metavar="DAY", help="可签名至哪一天 / the last day on which it may sign")
    new.add_argument("--lang", choices=("zh", "en"), help="输出语言，缺省为中文 / language of the output")
    new.set_defaults(run=keys_new)


def _sign(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="证明书 / the certificate")
    command.add_argument("--key", required=True, metavar="KEY", help="私钥文件 / the private key")
    command.add_argument(
        "--amended", nargs="+", metavar="FILE", help="修改后的规则文件或修改方案 / the amended law, of a comparison"
    )
    command.add_argument("--out", metavar="FILE", help="写入的文件，缺省为 FILE.signed.json / the file to write")
    command.add_argument("--until", type=day, metavar="DAY", help="签名有效至哪一天 / the last day the signature is good for")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    common(command, sign, as_json=False)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"不是日期，应写作2026-03-10 / no day, write 2026-03-10: {text!r}") from None


# -- decide


def asked_for(args: argparse.Namespace) -> bool:
    """Whether `decide` is to write anything. InputError where it is told to leave something out of nothing."""
    if args.redact and not (args.certificate or args.document):
        what = "there is nothing to leave anything out of: no certificate and no document is written"
        raise InputError([Problem(Place("--redact"), what, "add --certificate FILE or --document FILE")])
    return bool(args.certificate or args.document)


@dataclass(frozen=True)
class Planned:
    """What `decide` is to write: certificates of which answers and where, and a sheet about them in which form."""

    asked: tuple[Asked, ...]
    target: Path
    sheet: Path | None
    render: Callable[[Sheet], bytes] | None


def planned(args: argparse.Namespace, pack: Pack, case: Case) -> Planned:
    """What is to be written, refused (InputError) before anything is worked out where it cannot be."""
    from zhunsheng.ask.answers import all_asked, asked_by_name
    from zhunsheng.show.made import refuse_one_file

    if args.open_future:
        what = "a certificate speaks of lists as they will stand, and cannot leave open what may still happen"
        hint = "leave out --open-future, or write `others: unknown` in the case"
        raise InputError([Problem(Place("--certificate" if args.certificate else "--document"), what, hint)])
    asked = all_asked(pack, case) if args.answer is None else asked_by_name(pack, case, args.answer)
    sheet = Path(args.document) if args.document else None
    target = (
        Path(args.certificate) if args.certificate else sheet.with_suffix(".json" if len(asked) == 1 else "") if sheet else Path()
    )
    render = _renderer(sheet) if sheet else None
    refuse_one_file(target, len(asked))
    return Planned(tuple(asked), target, sheet, render)


def write(args: argparse.Namespace, pack: Pack, case: Case, decision: Decision, plan: Planned) -> int:
    """Writes what `decide` was told to: certificates, and the sheet about them. 3 where an answer has no certificate."""
    from zhunsheng.ask.certificates import made
    from zhunsheng.show.files import write_all
    from zhunsheng.show.made import certificate_files, made_document
    from zhunsheng.show.terminal import write as write_document

    found = made(pack, case, plan.asked, decision, args.redact)
    files = certificate_files(plan.target, found)
    contents = {path: one.text.encode() for one, path in files if one.text}
    if plan.sheet and plan.render:
        contents[plan.sheet] = _sheet(args, pack, case, decision, found, plan.render)
    write_all(contents, args.force)
    told = made_document(pack, files, language(args), args.redact, plan.sheet)
    write_document(told, sys.stderr if args.json else sys.stdout)
    return NOT_SHOWN if any(one.why for one in found) else DONE


def _sheet(
    args: argparse.Namespace, pack: Pack, case: Case, decision: Decision, found: Sequence[Made], render: Callable[[Sheet], bytes]
) -> bytes:
    """The sheet, with the duties of the case whether or not they were asked for."""
    from zhunsheng.ask.decide import Deciding
    from zhunsheng.show.sheet import sheet

    duties = list(decision.duties)
    if not duties:
        deciding = Deciding(pack, case, with_firmness=False)
        duties = [deciding.duty(name) for name in pack.duties]
    return render(sheet(pack, decision, found, duties, language(args), args.redact))


def _renderer(file: Path) -> Callable[[Sheet], bytes]:
    """What writes a sheet in the form a file's name asks for."""
    match file.suffix.lower():
        case ".html" | ".htm":
            from zhunsheng.show.sheet_html import html

            return lambda sheet: html(sheet).encode()
        case ".pdf":
            from zhunsheng.show.sheet_pdf import pdf

            return pdf
        case ".docx":
            from zhunsheng.show.sheet_word import word

            return word
        case _:
            what = (
                f"a document cannot be written as {file.suffix!r}"
                if file.suffix
                else "the name does not say in which form to write it"
            )
            raise InputError([Problem(Place(f"--document {file}"), what, "end the name in .html, .pdf or .docx")])


# -- verify


def verify(args: argparse.Namespace) -> int:
    """`verify FILE…`: 1 if one does not hold, is not signed as it should be, or would be decided otherwise today; 2 if one could
    not be checked for want of the rules it was made under."""
    from zhunsheng.show import json
    from zhunsheng.show.verified import verified_document, verified_json

    issuers = _issuers(args.issuer or ())
    put = [_put(args, path, issuers) for path in _certificates(args.files)]
    found = [_compared(args, one, each) for one, each in zip(put, _checked(put), strict=True)]
    if args.json:
        say(json.dumps(verified_json(one for one, _ in found)))
    else:
        now = next((now for _, now in found if now is not None), None)
        show(verified_document([one for one, _ in found], language(args), now))
    return max(exit_code(one, bool(issuers)) for one, _ in found)


def exit_code(one: Verified, issuer: bool) -> int:
    """What one certificate comes to."""
    from zhunsheng.ask.drift import Verdict as Today
    from zhunsheng.ask.verify import Verdict
    from zhunsheng.certify.envelope import Found

    if one.verdict in (Verdict.OTHER_RULES, Verdict.NO_AMENDED_LAW):
        return BAD_INPUT
    unsigned = issuer and (one.signature is None or one.signature.found is not Found.GOOD)
    otherwise = one.drift is not None and one.drift.verdict not in (Today.SAME, Today.SAME_RULES)
    return FAILED if one.verdict is Verdict.REFUSED or unsigned or otherwise else DONE


@dataclass(frozen=True)
class _Put:
    """A certificate that is put before the kernel: the rules it is about, as bytes and as we read them; the amended law of a
    comparison; who signed it, where that is asked."""

    path: Path
    raw: bytes
    rules: Pack | None
    amended: bytes | None
    signature: Signature | None


def _put(args: argparse.Namespace, path: Path, issuers: Sequence[PublicKey]) -> _Put:
    """One file with all that checking it needs. InputError where something is not there or not readable."""
    from zhunsheng.ask.claimed import pack_named

    envelope, certificate = _opened(path)
    raw, rules = _rules(args.pack, pack_named(certificate), path)
    asked = envelope is not None or issuers
    signature = _signature(envelope, issuers, args.on or date.today()) if asked else None
    return _Put(path, raw, rules, amended_law(args, path, rules), signature)


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
    from zhunsheng.ask.verify import as_read, verify
    from zhunsheng.ask.workers import shared_out

    def work(number: int) -> Verified:
        one = put[number]
        return verify(str(one.path), _opened(one.path)[1], one.raw, None, one.amended)

    as_read(put[0].raw)  # once for all processes
    for one, found in zip(put, shared_out(work, len(put), os.cpu_count() or 1), strict=True):
        yield replace(found, pack=one.rules, signature=one.signature)


def _compared(args: argparse.Namespace, one: _Put, found: Verified) -> tuple[Verified, Pack | None]:
    """One that was checked, and today's rules where they were asked about."""
    from zhunsheng.ask.drift import drift

    if not (args.against_current or args.current) or found.claim is None:
        return found, None
    now = _rules(args.current, found.claim.pack, one.path)[1]
    then = one.rules if one.rules is not None and one.rules.digest == found.claim.pack_digest else None
    if now is None:
        return found, None
    return replace(found, drift=drift(found.claim, now, then, _led(args, found.claim.pack, now))), now


def _led(args: argparse.Namespace, named: str, now: Pack) -> Callable[[Pack], Lineage] | None:
    """What finds the amendments between two editions, among those that lie beside either; None where the rules of then are no
    folder. Nothing lies beside today's rules where they are a file."""
    from zhunsheng.ask.lineage import lineage
    from zhunsheng.read.amendment import load_amended
    from zhunsheng.show.packs import AMENDMENTS, pack_folder

    if args.pack and Path(args.pack).is_file():
        return None
    then, current = pack_folder(args.pack or named, Place("--pack")), args.current or named
    folders = {then} if Path(current).is_file() else {then, pack_folder(current, Place("--current"))}
    files = sorted({file for folder in folders for file in (folder.parent / AMENDMENTS).glob("*.yaml")})
    return lambda pack: lineage(pack, now, files, lambda stack: load_amended(then, stack))


def rules_of(given: str | None, certificate: bytes, path: Path) -> tuple[bytes, Pack | None]:
    """The rules that a certificate is about, as `--pack` or the certificate names them."""
    from zhunsheng.ask.claimed import pack_named

    return _rules(given, pack_named(certificate), path)


def _rules(given: str | None, named: str, path: Path) -> tuple[bytes, Pack | None]:
    """The rules: a file that was exported, a folder, or what is found by the name the certificate gives."""
    from zhunsheng.read.from_canonical import read_canonical
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.packs import pack_folder

    if given and Path(given).is_file():
        raw = read_bytes(Path(given))
        if not raw.startswith(b"{"):
            what = "these are no rules as `zhunsheng export pack` writes them"
            raise InputError([Problem(Place(given), what, "name the file that was exported, or the folder of the rules")])
        try:
            return raw, read_canonical(raw.decode("utf-8"), given)
        except (InputError, ValueError):
            return raw, None  # the kernel reads it by itself; names and sentences are ours
    if not given and not named:
        raise InputError([Problem(Place(str(path)), "this is no certificate: it does not say which rules it is about")])
    pack = _loaded(pack_folder(given or named, Place("--pack") if given else Place(str(path))))
    return pack.canonical.encode(), pack


@cache
def _loaded(folder: Path) -> Pack:
    """Rules, read once for all the certificates of a call."""
    from zhunsheng.read import load_pack

    return load_pack(folder)


def _certificates(given: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in given:
        path = Path(name)
        found += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not found:
        raise InputError([Problem(Place(" ".join(given)), "there are no certificates here (files *.json)")])
    return found


# -- signing


def keys_new(args: argparse.Namespace) -> int:
    """`keys new FILE`: the private key into FILE, the public one into FILE.pub. Neither is ever written over."""
    from zhunsheng.show.files import write_new, write_secret
    from zhunsheng.show.made import key_told

    signing = _signing()
    path = Path(args.file)
    path = path / "zhunsheng.key" if path.is_dir() else path
    today = date.today()
    try:
        key = signing.new_key(args.issuer or path.stem, today, args.until or _later(today))
    except signing.Malformed as error:
        raise InputError([Problem(Place("--until"), str(error))]) from None
    public = path.with_name(f"{path.name}.pub")
    if public.exists():
        raise InputError([Problem(Place(str(public)), "this file exists already, and a key is never written over")])
    write_secret(path, signing.private_file(key))
    write_new(public, signing.public_file(key.public))
    return say(key_told(path, public, key.public.issuer, key.public.last, language(args)))


def sign(args: argparse.Namespace) -> int:
    """`sign FILE --key KEY`: an envelope beside the certificate; 1 where the kernel refuses the certificate."""
    from zhunsheng.ask.claimed import pack_named
    from zhunsheng.ask.verify import Verdict
    from zhunsheng.ask.verify import verify as ask
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.files import write_new
    from zhunsheng.show.made import signed_told
    from zhunsheng.show.verified import verified_document

    signing, path, lang = _signing(), Path(args.file), language(args)
    certificate = read_bytes(path, MOST_BYTES)
    raw, rules = _rules(args.pack, pack_named(certificate), path)
    found = ask(str(path), certificate, raw, rules, amended_law(args, path, rules))
    if found.verdict is not Verdict.HOLDS:
        show(verified_document([found], lang))
        return FAILED if found.verdict is Verdict.REFUSED else BAD_INPUT
    today = date.today()
    try:
        key = signing.read_private(read_bytes(Path(args.key)))
        until = args.until or key.public.last
        envelope = signing.sign(certificate, key, today, until)
    except signing.Malformed as error:
        raise InputError([Problem(Place(args.key), str(error))]) from None
    out = Path(args.out) if args.out else path.with_name(f"{path.name.removesuffix('.json')}.signed.json")
    write_new(out, envelope, args.force)
    return say(signed_told(out, key.public.issuer, today, until, lang))


def _later(today: date) -> date:
    try:
        return today.replace(year=today.year + YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year + YEARS, day=28)


def _issuers(files: Iterable[str]) -> list[PublicKey]:
    from zhunsheng.read.text import read_bytes

    found = []
    for file in files:
        try:
            found.append(_signing().read_public(read_bytes(Path(file))))
        except _signing().Malformed as error:
            raise InputError([Problem(Place(file), str(error), "name the public key, the file ending in .pub")]) from None
    return found


def _signature(envelope: Envelope | None, issuers: Sequence[PublicKey], today: date) -> Signature:
    from zhunsheng.certify.envelope import at_sight

    return at_sight(envelope) if envelope is None or not issuers else _signing().checked(envelope, issuers, today)


def _signing() -> ModuleType:
    """The module that signs; InputError where the package it needs is not installed."""
    try:
        from zhunsheng.certify import signing
    except ImportError:
        what = "signatures are not available here: the package 'cryptography' is not installed"
        raise InputError([Problem(Place("cryptography"), what, "install it: pip install 'zhunsheng[office]'")]) from None
    return signing
