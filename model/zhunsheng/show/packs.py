"""Finding a pack's folder: one that is named, one that comes with the program, or one under `policy/`."""

from __future__ import annotations

from pathlib import Path

import zhunsheng
from zhunsheng.errors import InputError, Place, Problem
from zhunsheng.lang.scope import nearest
from zhunsheng.read import full_width
from zhunsheng.read.case import AT_LEAST
from zhunsheng.read.nodes import Mapping, Scalar
from zhunsheng.read.strict_yaml import read_tree
from zhunsheng.read.text import decode, read_bytes

IDENTITY = "pack.yaml"
PROOFS, SCENARIOS, AMENDMENTS = "proofs", "scenarios", "amendments"


AMENDMENTS = "amendments"
"""The folder beside packs that holds amendments of them."""


def pack_folder(name: str, at: Place) -> Path:
    """The folder of a pack, by its path or its name. `at` is where it was named. InputError if there is none."""
    if (Path(name) / IDENTITY).is_file():
        return Path(name)
    for place in places():
        if name and Path(name).name == name and (place / name / IDENTITY).is_file():
            return place / name
    known = sorted(packs())
    hint = nearest(name, known) or (f"packs: {', '.join(known)}" if known else "name its folder with --pack DIR")
    raise InputError([Problem(at, f"there is no pack {name!r}", hint)])


def pack_named_in(case: Path) -> tuple[str, Place]:
    """The pack a case file names, and where."""
    tree = read_tree(decode(read_bytes(case), str(case)), str(case), AT_LEAST)
    node = tree.get("pack") if isinstance(tree, Mapping) else None
    if problem := full_width.for_key(tree):
        raise InputError([problem])
    if not isinstance(node, Scalar):
        what = "this case does not say which pack it is about"
        raise InputError([Problem(tree.place, what, "write `pack: <name>`, or name one with --pack")])
    return node.text, node.place


def pack_named_in_amendment(file: Path) -> tuple[str, Place]:
    """The pack an amendment is written against, and where it says so."""
    tree = read_tree(decode(read_bytes(file), str(file)), str(file))
    node = tree.get("against") if isinstance(tree, Mapping) else None
    if not isinstance(node, Scalar):
        what = "this amendment does not say which pack it amends"
        raise InputError([Problem(tree.place, what, "write `against: <name>`, or name one with --pack")])
    return node.text, node.place


def only_pack() -> Path:
    """The one pack there is. InputError where there is none, or more than one."""
    found = packs()
    if len(found) == 1:
        return next(iter(found.values()))
    what = f"there are several packs: {', '.join(sorted(found))}" if found else "no pack was found here"
    raise InputError([Problem(Place("--pack"), what, "name one with --pack")])


def proofs_beside(folder: Path) -> list[Path]:
    """The folder of theorems that belongs to a pack's folder: in it, or beside the `policy/` that holds it; else none."""
    place = beside(folder, PROOFS)
    return [] if place is None else [place]


def beside(folder: Path, name: str) -> Path | None:
    """The folder of this name that belongs to a pack's folder and holds files: in it, or beside the `policy/` that holds it."""
    places = [folder / name]
    if folder.resolve().parent.name == "policy":
        places.append(folder.resolve().parent.parent / name)
    return next((place for place in places if any(place.glob("*.yaml"))), None)


def scenarios_beside(folder: Path) -> list[Path]:
    """The folder of scenarios that belongs to a pack's folder: in it, or beside the `policy/` that holds it; else none."""
    beside = [folder / SCENARIOS]
    if folder.resolve().parent.name == "policy":
        beside.append(folder.resolve().parent.parent / SCENARIOS)
    return [place for place in beside if any(place.rglob("*.yaml"))][:1]


def amendments_beside(folder: Path) -> Path | None:
    """The folder of amendments that belongs to a pack's folder: in it, or beside it under `policy/`; else none."""
    places = [folder / AMENDMENTS]
    if folder.resolve().parent.name == "policy":
        places.append(folder.resolve().parent / AMENDMENTS)
    return next((place for place in places if any(place.glob("*.yaml"))), None)


def packs() -> dict[str, Path]:
    """Every pack that can be named without its folder; one that comes first hides a later one of its name."""
    found: dict[str, Path] = {}
    for place in places():
        for identity in sorted(place.glob(f"*/{IDENTITY}")):
            found.setdefault(identity.parent.name, identity.parent)
    return found


def places() -> tuple[Path, ...]:
    """Where packs are looked for: installed with the program, beside its sources, and here."""
    package = Path(zhunsheng.__file__).parent
    return package / "policy", package.parent.parent / "policy", Path("policy")
