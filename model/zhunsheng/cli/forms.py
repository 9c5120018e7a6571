"""Commands that write forms for others: `schema`, `export`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zhunsheng.cli import exports, referees
from zhunsheng.cli.shared import DONE, common, pack_of, say

SCHEMAS = (
    "case", "decision", "pack", "check", "proofs", "timeline", "why", "whatif", "interview", "comparison", "fixes", "attachment",
    "wording",
)  # fmt: skip


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands of this module, with their options."""
    _schema(commands.add_parser("schema", help="文件格式的说明（JSON Schema） / the schema of a format"))
    _export(commands.add_parser("export", help="导出 / write out in another form"))


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=SCHEMAS, help="哪种文件 / of what")
    common(command, schema, as_json=False)


def _export(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    pack = kinds.add_parser("pack", help="规则的规范形式（JSON） / the pack's canonical JSON")
    pack.add_argument("file", metavar="FILE", help="写入的文件 / the file to write")
    pack.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    common(pack, export_pack, as_json=False)
    exports.add(kinds)
    referees.add(kinds)


def schema(args: argparse.Namespace) -> int:
    """`schema KIND`: that of a case depends on the pack, the others on nothing."""
    from zhunsheng.read import case_schema
    from zhunsheng.show.deciding import json

    return say(json.dumps(case_schema(pack_of(args)) if args.what == "case" else _schemas()[args.what]()))


def _schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    from zhunsheng.show.checking.schema import check_schema, proofs_schema
    from zhunsheng.show.comparing.schema import comparison_schema, fixes_schema
    from zhunsheng.show.deciding.schema import decision_schema
    from zhunsheng.show.explaining.json import why_schema
    from zhunsheng.show.interviewing.json import interview_schema
    from zhunsheng.show.supposing.schema import whatif_schema
    from zhunsheng.show.texts.json import attached_schema, wording_schema
    from zhunsheng.show.texts.pack_schema import pack_schema
    from zhunsheng.show.timelines.json import timeline_schema

    made = (
        decision_schema, pack_schema, check_schema, proofs_schema, timeline_schema, why_schema, whatif_schema, interview_schema,
        comparison_schema, fixes_schema, attached_schema, wording_schema,
    )  # fmt: skip
    return dict(zip(SCHEMAS[1:], made, strict=True))


def export_pack(args: argparse.Namespace) -> int:
    """`export pack FILE`: the bytes whose SHA-256 is the pack's digest."""
    from zhunsheng.show.files import write_new

    write_new(Path(args.file), pack_of(args).canonical.encode(), args.force)
    return DONE
