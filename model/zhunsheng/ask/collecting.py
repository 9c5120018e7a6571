"""Work during which Python looks for no objects that only hold each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Formulas are many small tuples, and none leads back to itself: to look for such among them, and among all else, takes a
    fifth of the time and finds next to nothing. Not for work without an end in sight: what does hold itself stays until then."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
