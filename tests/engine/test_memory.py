"""Freed memory goes back, and Python looks for what cannot be freed as often as it should."""

from __future__ import annotations

import gc
import threading

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from arusha.engine.memory import OBJECTS, give_back, searched_rarely


def test_what_arrow_holds_does_not_grow_from_use_to_use() -> None:
    held = []
    for _ in range(4):
        table = pa.table({"a": pc.cast(pa.array(range(200_000)), pa.string())})
        before = pa.total_allocated_bytes()
        give_back()
        assert pa.total_allocated_bytes() == before  # nothing that is in use is touched
        assert table["a"][-1].as_py() == "199999"
        del table
        give_back()
        held.append(pa.total_allocated_bytes())
    assert len(set(held)) == 1


def test_python_searches_its_objects_rarely_within_and_as_before_after() -> None:
    usual = gc.get_threshold()
    entered, left = threading.Event(), threading.Event()

    def other() -> None:
        with searched_rarely():
            entered.set()
            left.wait(10)

    thread = threading.Thread(target=other)
    with searched_rarely():
        assert gc.get_threshold()[0] == OBJECTS > usual[0]
        thread.start()
        assert entered.wait(10)
        with pytest.raises(KeyError), searched_rarely():
            raise KeyError
        assert gc.get_threshold()[0] == OBJECTS
    # The other one began later and still goes on.
    assert gc.get_threshold()[0] == OBJECTS
    left.set()
    thread.join()
    assert gc.get_threshold() == usual
