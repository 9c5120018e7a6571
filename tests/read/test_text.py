"""Files of a bearable size."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from zhunsheng.errors import InputError
from zhunsheng.read.text import read_bytes


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(b"x" * 1000)

    assert read_bytes(file, 1000) == b"x" * 1000
    with pytest.raises(InputError, match="this file has 1,000 bytes; at most 999 are read"):
        read_bytes(file, 999)


def test_a_pipe_that_does_not_end_is_refused_once_it_is_too_long() -> None:
    read, write = os.pipe()

    def pour() -> None:
        try:
            while True:
                os.write(write, b"x" * 1000)
        except BrokenPipeError:
            pass

    pouring = threading.Thread(target=pour, daemon=True)
    pouring.start()
    with pytest.raises(InputError, match="at most 5,000 are read"):
        read_bytes(Path(f"/dev/fd/{read}"), 5000)
    os.close(read)
    pouring.join(timeout=10)
    os.close(write)
    assert not pouring.is_alive()
