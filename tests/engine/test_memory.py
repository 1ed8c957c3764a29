"""Freed memory goes back."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.memory import give_back


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
