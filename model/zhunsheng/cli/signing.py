"""`keys new`, `sign`: keys, and certificates signed with them."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from zhunsheng.cli.compared import amended_law
from zhunsheng.cli.rules import MOST_BYTES, rules_of
from zhunsheng.cli.shared import BAD_INPUT, FAILED, common, language, say, show
from zhunsheng.errors import InputError, Place, Problem

if TYPE_CHECKING:
    pass

YEARS = 5
"""How long a new key may sign, unless said otherwise."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _keys(commands.add_parser("keys", help="签名用的密钥 / keys for signing"))
    _sign(commands.add_parser("sign", help="给证明书签名 / sign a certificate"))


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


def keys_new(args: argparse.Namespace) -> int:
    """`keys new FILE`: the private key into FILE, the public one into FILE.pub. Neither is ever written over."""
    from zhunsheng.show.certifying.made import key_told
    from zhunsheng.show.files import write_new, write_secret

    signer = signing()
    path = Path(args.file)
    path = path / "zhunsheng.key" if path.is_dir() else path
    today = date.today()
    try:
        key = signer.new_key(args.issuer or path.stem, today, args.until or _later(today))
    except signer.Malformed as error:
        raise InputError([Problem(Place("--until"), str(error))]) from None
    public = path.with_name(f"{path.name}.pub")
    if public.exists():
        raise InputError([Problem(Place(str(public)), "this file exists already, and a key is never written over")])
    write_secret(path, signer.private_file(key))
    write_new(public, signer.public_file(key.public))
    return say(key_told(path, public, key.public.issuer, key.public.last, language(args)))


def sign(args: argparse.Namespace) -> int:
    """`sign FILE --key KEY`: an envelope beside the certificate; 1 where the kernel refuses the certificate."""
    from zhunsheng.ask.certifying.verify import Verdict
    from zhunsheng.ask.certifying.verify import verify as ask
    from zhunsheng.read.text import read_bytes
    from zhunsheng.show.certifying.made import signed_told
    from zhunsheng.show.certifying.verified import verified_document
    from zhunsheng.show.files import write_new

    signer, path, lang = signing(), Path(args.file), language(args)
    certificate = read_bytes(path, MOST_BYTES)
    raw, rules = rules_of(args.pack, certificate, path)
    found = ask(str(path), certificate, raw, rules, amended_law(args, path, rules))
    if found.verdict is not Verdict.HOLDS:
        show(verified_document([found], lang))
        return FAILED if found.verdict is Verdict.REFUSED else BAD_INPUT
    today = date.today()
    try:
        key = signer.read_private(read_bytes(Path(args.key)))
        until = args.until or key.public.last
        envelope = signer.sign(certificate, key, today, until)
    except signer.Malformed as error:
        raise InputError([Problem(Place(args.key), str(error))]) from None
    out = Path(args.out) if args.out else path.with_name(f"{path.name.removesuffix('.json')}.signed.json")
    write_new(out, envelope, args.force)
    return say(signed_told(out, key.public.issuer, today, until, lang))


def _later(today: date) -> date:
    try:
        return today.replace(year=today.year + YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year + YEARS, day=28)


def signing() -> ModuleType:
    """The module that signs; InputError where the package it needs is not installed."""
    try:
        from zhunsheng.certify import signing as found
    except ImportError:
        what = "signatures are not available here: the package 'cryptography' is not installed"
        raise InputError([Problem(Place("cryptography"), what, "install it: pip install 'zhunsheng[office]'")]) from None
    return found
