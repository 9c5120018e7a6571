"""What the commands share: exit codes, options, finding packs, writing."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.errors import Place

if TYPE_CHECKING:
    from zhunsheng.ask.kept import Kept
    from zhunsheng.lang.pack import Pack
    from zhunsheng.lang.theorem import Theorem
    from zhunsheng.narrate.document import Document
    from zhunsheng.show.media.progress import Progress

DONE, FAILED, BAD_INPUT, NOT_SHOWN, DEFECT, INTERRUPTED, CUT_OFF = 0, 1, 2, 3, 4, 130, 141
Command = Callable[[argparse.Namespace], int]


def language(args: argparse.Namespace) -> str:
    """`--lang`, else the language of the locale if that is English, else Chinese."""
    chosen = getattr(args, "lang", None)
    if chosen:
        return str(chosen)
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next((word for word in words if word), "").lower().startswith("en") else "zh"


def common(command: argparse.ArgumentParser, run: Command, as_json: bool = True) -> None:
    if as_json:
        command.add_argument("--json", action="store_true", help="输出JSON / write JSON")
    command.add_argument("--pack", metavar="DIR|NAME", help="规则所在文件夹或名称 / the pack's folder or name")
    command.add_argument("--lang", choices=("zh", "en"), help="输出语言，缺省为中文 / language of the output")
    command.set_defaults(run=run)


def writes_cases(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cases", metavar="DIR", help="把各个情形写成案件文件 / write each case as a file")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace files that exist")


def keeps_answers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-cache", action="store_true", help="不用以前的结果，全部重新计算 / ask everything anew"
    )  # fmt: skip


def kept_answers(args: argparse.Namespace) -> Kept | None:
    """Where answers of earlier runs are; None where everything is to be asked anew."""
    from zhunsheng.read.answers import answers_on_disk

    return None if args.no_cache else answers_on_disk()


def number(text: str) -> int:
    """A whole number, not below nought."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"不是自然数 / no whole number: {text!r}")
    return int(text)


def with_equals(words: str, otherwise: str) -> str:
    """What was meant by `name:value`, or by an equals sign or a colon of full width; `otherwise` where it cannot be told."""
    found = re.fullmatch(r"([^=＝:：\s]+)\s*[＝:：]\s*(\S.*)", words)
    return f"{found[1]}={found[2]}" if found else otherwise


def pack_of(args: argparse.Namespace, case: Path | None = None) -> Pack:
    """The pack that `--pack` or the case names; without either, the only one there is."""
    return folder_and_pack(args, case)[1]


def folder_and_pack(args: argparse.Namespace, case: Path | None = None) -> tuple[Path, Pack]:
    """The same with its folder. It is noted as `args.loaded`, so that what goes wrong later is told in its words."""
    from zhunsheng.read import load_pack
    from zhunsheng.show.packs import only_pack, pack_folder, pack_named_in

    if args.pack:
        folder = pack_folder(args.pack, Place("--pack"))
    else:
        folder = only_pack() if case is None else pack_folder(*pack_named_in(case))
    args.loaded = load_pack(folder)
    return folder, args.loaded


def theorems_of(given: str | list[str] | None, folder: Path, pack: Pack) -> tuple[Theorem, ...]:
    """The theorems named, else those beside the pack; none where there is no such folder."""
    from zhunsheng.read.theorems import load_theorems
    from zhunsheng.show.packs import proofs_beside

    paths = [given] if isinstance(given, str) else given or proofs_beside(folder)
    return load_theorems([Path(path) for path in paths], pack) if paths else ()


def progress_of(args: argparse.Namespace) -> Progress:
    from zhunsheng.show.media.progress import Progress

    return Progress(sys.stderr, language(args))


def show(document: Document) -> None:
    from zhunsheng.show.media.terminal import write

    write(document, sys.stdout)


def say(text: str) -> int:
    sys.stdout.write(text)
    return DONE
