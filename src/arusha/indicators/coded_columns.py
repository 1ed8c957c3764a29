"""Text columns of cells as integer codes, so that sums over groups run in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

DENSE = 16
"""Codes a row up to which they are counted and not sorted."""


@dataclass(frozen=True)
class Coded:
    """One column: ``code`` a row, ``names`` a code, in the order of their text; a missing text is the code -1."""

    code: IntArray
    names: list[str]

    def name(self, code: int) -> str | None:
        return self.names[code] if code >= 0 else None


def coded(column: pa.ChunkedArray | pa.Array) -> Coded:
    """Codes of a text column; the same text has the same code whatever the order of the rows."""
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    names = encoded.dictionary.to_pylist()
    indices = encoded.indices.cast(pa.int64())
    if indices.null_count:
        indices = pc.fill_null(indices, len(names))
    indices = indices.to_numpy(zero_copy_only=False)
    # A dictionary may hold more than occurs: of an enum it holds all.
    used = np.zeros(len(names) + 1, dtype=bool)
    used[indices] = True
    order = sorted(np.flatnonzero(used[:-1]).tolist(), key=lambda i: str(names[i]))
    rank = np.full(len(names) + 1, -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Coded(rank[indices], [str(names[i]) for i in order])


def numbers(table: pa.Table, name: str) -> IntArray:
    """An integer column as int64, missing as 0."""
    column = table[name]
    if column.null_count:
        column = pc.fill_null(column, 0)
    out: IntArray = column.to_numpy().astype(np.int64, copy=False)
    return out


def joint(*parts: IntArray) -> tuple[IntArray, IntArray]:
    """Codes of the combinations that occur: (code a row, one row that has it a code), ordered by ``parts``.

    Missing (-1) is a value of its own.
    """
    key = np.zeros(parts[0].size, dtype=np.int64)
    for part in parts:
        span = int(part.max(initial=-1)) + 2
        if key.size and int(key.max()) >= np.iinfo(np.int64).max // span:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key *= span
        key += part
        key += 1
    span = int(key.max(initial=-1)) + 1
    if span <= DENSE * (key.size + 1000):
        # Counting beats sorting while there are not many more codes than rows.
        seen = np.zeros(span, dtype=bool)
        seen[key] = True
        number = np.cumsum(seen, dtype=np.int64)
        number -= 1
        code = number[key]
        first = np.empty(int(np.count_nonzero(seen)), dtype=np.int64)
        first[code[::-1]] = np.arange(key.size - 1, -1, -1)
        return code, first
    _, at, code = np.unique(key, return_index=True, return_inverse=True)
    return code.astype(np.int64), at.astype(np.int64)


def sums(values: NDArray[np.generic], code: IntArray, size: int) -> FloatArray:
    """The sum of ``values`` by code; whole numbers stay exact up to 2**53."""
    found = np.bincount(code, weights=values.astype(np.float64, copy=False), minlength=size)
    return found.astype(np.float64, copy=False)
