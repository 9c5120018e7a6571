"""Which pages differ from those made before: by the digests of their bodies, which leave out version and digest of the pack."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from zhunsheng.lang.pack import Pack

MANIFEST = "pages.json"
FORMAT = 1


@dataclass(frozen=True)
class Changes:
    """Paths, in order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def manifest(pack: Pack, bodies: Mapping[str, bytes]) -> bytes:
    """The digest of each body, and of which pack they are."""
    pages = {path: hashlib.sha256(body).hexdigest() for path, body in sorted(bodies.items())}
    data = {"format": FORMAT, "pack": {"id": pack.name, "version": pack.version, "digest": pack.digest}, "pages": pages}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def pages_of(text: bytes) -> dict[str, str]:
    """Path and digest of each page in a manifest. ValueError for anything else."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("pages"), dict):
        raise ValueError("no manifest")
    return {str(path): str(digest) for path, digest in data["pages"].items()}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    return Changes(
        tuple(path for path in after if path not in before),
        tuple(path for path in after if path in before and before[path] != after[path]),
        tuple(path for path in before if path not in after),
    )
