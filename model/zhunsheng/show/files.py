"""Writing files: nothing that exists is lost unless that was asked for, and no file is left half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem


def write_new(path: Path, data: bytes, force: bool = False) -> None:
    """Writes a file. InputError where one exists already and `force` is not given, or where it cannot be written."""
    if path.exists() and not force:
        raise InputError([Problem(Place(str(path)), "this file exists already", "choose another name, or add --force")])
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _into_place(Path(name), path, force)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        raise InputError([Problem(Place(str(path)), "this file exists already", "choose another name, or add --force")]) from None
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"this file cannot be written: {error.strerror}")]) from None


def _into_place(written: Path, path: Path, force: bool) -> None:
    """The finished file under its name; a file that appeared meanwhile is not replaced."""
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    if force:
        written.replace(path)
    else:
        os.link(written, path)
