"""Writing files: nothing that exists is lost unless that was asked for, and no file is left half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from zhunsheng.errors import InputError, Place, Problem

EXISTS = ("this file exists already", "choose another name, or add --force")


def write_new(path: Path, data: bytes, force: bool = False, instead: str = EXISTS[1]) -> None:
    """Writes a file. InputError where one exists already and `force` is not given (`instead`: what to do then), or where it
    cannot be written."""
    if os.path.isdir(path):  # as `Path.is_dir`, and false of a name that no file can have
        raise InputError([Problem(Place(str(path)), "this is a folder", "name a file")])
    if os.path.exists(path) and not force:
        raise InputError([Problem(Place(str(path)), EXISTS[0], instead)])
    if not os.path.isdir(path.parent):
        raise InputError([Problem(Place(str(path)), f"there is no folder {str(path.parent)!r}", "make it, or name another one")])
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _into_place(Path(name), path, force)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        raise InputError([Problem(Place(str(path)), *EXISTS)]) from None
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"this file cannot be written: {error.strerror}")]) from None


def write_secret(path: Path, data: bytes) -> None:
    """Writes a file that its owner alone may read. Whatever exists is left as it is: InputError."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
    except FileExistsError:
        raise InputError([Problem(Place(str(path)), "this file exists already, and a key is never written over")]) from None
    except OSError as error:
        raise InputError([Problem(Place(str(path)), f"this file cannot be written: {error.strerror}")]) from None


def refuse_existing(path: Path, force: bool = False) -> None:
    """InputError where a file exists already: asked before a long computation."""
    if os.path.exists(path) and not force:
        raise InputError([Problem(Place(str(path)), *EXISTS)])


def write_all(files: Mapping[Path, bytes], force: bool = False) -> None:
    """Writes files, making their folders. One that holds the same already is left as it is. InputError, with every one that
    exists, before any is written."""
    new = {path: data for path, data in files.items() if not _holds(path, data)}
    taken = [path for path in new if os.path.exists(path) and not force]
    if taken:
        raise InputError([Problem(Place(str(path)), *EXISTS) for path in taken])
    for path, data in new.items():
        make_folder(path.parent)
        write_new(path, data, force)


def make_folder(folder: Path) -> None:
    """Makes a folder that is not there. Raises InputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError([Problem(Place(str(folder)), f"this folder cannot be made: {error.strerror}")]) from None


def remove_all(paths: Iterable[Path]) -> None:
    """Removes files that are there."""
    for path in paths:
        path.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    return os.path.isfile(path) and path.stat().st_size == len(data) and path.read_bytes() == data


def _into_place(written: Path, path: Path, force: bool) -> None:
    """The finished file under its name; a file that appeared meanwhile is not replaced."""
    umask = os.umask(0)
    os.umask(umask)
    written.chmod(0o666 & ~umask)
    if force:
        written.replace(path)
    else:
        os.link(written, path)
