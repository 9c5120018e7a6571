"""What the elements of a list are called."""

from __future__ import annotations

import pytest

from zhunsheng.lang.case import UNKNOWN
from zhunsheng.lang.pack import CollectionSpec
from zhunsheng.lang.spots import label_by_key, labels_by_key


@pytest.mark.parametrize(("key", "labels"), [("name", ("lines[p]", "lines[q]")), (None, ("lines[0]", "lines[1]"))])
def test_an_element_is_called_by_its_key_where_there_is_one_else_by_its_place(key: str | None, labels: tuple[str, ...]) -> None:
    assert labels_by_key(CollectionSpec("lines", "line", (), key=key), [{"name": "p"}, {"name": "q"}]) == labels


def test_an_element_whose_key_is_not_known_is_called_by_no_place() -> None:
    assert label_by_key(CollectionSpec("lines", "line", (), key="name"), {}, 3) == f"lines[{UNKNOWN}]"
