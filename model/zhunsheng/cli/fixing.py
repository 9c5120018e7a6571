"""`compare --fix` and `compare --watch`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from zhunsheng.cli.shared import DONE, kept_answers, language, progress_of, say, show
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.pack import Pack

EVERY = 0.5
"""Seconds between two looks at the files that are watched."""
SETTLED = 0.1
"""Seconds for which a file must have stayed as it is: some programs save in several steps."""
GONE = (0, 0)


def fix(args: argparse.Namespace, folder: Path) -> int:
    """`compare --fix THEOREM`, or the key of a gap or conflict."""
    from zhunsheng.ask.fixing.fix import fixes
    from zhunsheng.cli.shared import theorems_of
    from zhunsheng.lang.scope import nearest
    from zhunsheng.lang.theorem import Verdict
    from zhunsheng.read import load_pack
    from zhunsheng.read.kinds import load_kinds
    from zhunsheng.show.comparing.fixes import fixes_document, fixes_json
    from zhunsheng.show.deciding import json

    pack = load_pack(folder)
    if " " in args.fix.strip():
        return cure(args, folder, pack)
    known = {theorem.name: theorem for theorem in theorems_of(None, folder, pack)}
    theorem = known.get(args.fix)
    if theorem is None:
        raise InputError([Problem(Place("--fix"), f"there is no theorem {args.fix!r}", nearest(args.fix, list(known)))])
    failing = [each for each in theorem.variants if each.expect is not Verdict.PROVED]
    variant = (failing or list(theorem.variants))[0]
    with progress_of(args) as progress:
        found = fixes(
            pack, theorem, variant, load_kinds(folder, pack), progress=progress, workers=os.cpu_count() or 1,
            kept=kept_answers(args),
        )  # fmt: skip
    if args.json:
        say(json.dumps(fixes_json(pack, found)))
    else:
        show(fixes_document(pack, found, language(args)))
    return DONE


def cure(args: argparse.Namespace, folder: Path, pack: Pack) -> int:
    """`compare --fix "gap DEFINITION"`."""
    from zhunsheng.ask.checking.findings import Kind
    from zhunsheng.ask.fixing.cure import CURABLE, cures, faults
    from zhunsheng.lang.scope import nearest
    from zhunsheng.read.kinds import load_kinds
    from zhunsheng.show.comparing.fixes import cures_document, cures_json
    from zhunsheng.show.deciding import json

    key, kept = " ".join(args.fix.split()), kept_answers(args)
    words = {kind.value: kind for kind in CURABLE}
    kind: Kind | None = words.get(key.partition(" ")[0])
    if kind is None:
        instead = "name a theorem, or a gap or conflict by its key in `zhunsheng check --json`"
        raise InputError([Problem(Place("--fix"), f"no edits are sought for the finding {key!r}", instead)])
    known = faults(pack, kind, kept)
    if key not in known:
        raise InputError([Problem(Place("--fix"), f"there is no finding {key!r}", nearest(key, list(known)))])
    with progress_of(args) as progress:
        found = cures(
            pack, known[key], load_kinds(folder, pack), progress=progress, workers=os.cpu_count() or 1, kept=kept
        )  # fmt: skip
    if args.json:
        say(json.dumps(cures_json(pack, found)))
    else:
        show(cures_document(pack, found, language(args)))
    return DONE


def watch(
    files: Sequence[Path],
    again: Callable[[], int],
    sleep: Callable[[float], None] = time.sleep,
    waiting: Callable[[], None] = lambda: None,
) -> int:
    """Runs once, and once more whenever one of the files is saved, until interrupted; the last exit code. A file that is being
    saved, or is gone for a moment, is waited for. `waiting` is called before each wait."""
    seen = _saved(files)
    code = _run(again, waiting)
    try:
        while True:
            sleep(EVERY)
            now = _saved(files)
            if now == seen or GONE in now:
                continue
            sleep(SETTLED)
            if _saved(files) != now:
                continue
            seen = now
            sys.stdout.write("\n" + "─" * 40 + "\n")
            code = _run(again, waiting)
    except KeyboardInterrupt:
        return code


def _run(again: Callable[[], int], waiting: Callable[[], None]) -> int:
    code = again()
    sys.stdout.flush()
    waiting()
    return code


def _saved(files: Sequence[Path]) -> tuple[tuple[int, int], ...]:
    """When each file was last saved and how long it is; nought where it is not there just now."""
    return tuple((stat.st_mtime_ns, stat.st_size) if (stat := _stat(file)) else GONE for file in files)


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None
