"""Arrow columns made from arrays, without a Python object for each row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

MONEY = pa.decimal128(18, 3)
MASS = pa.decimal128(18, 3)
TIME = pa.timestamp("us", tz="UTC")
TEXT = pa.dictionary(pa.int32(), pa.string())


def _validity(valid: NDArray[np.bool_] | None) -> pa.Buffer | None:
    if valid is None or bool(valid.all()):
        return None
    return pa.py_buffer(np.packbits(valid, bitorder="little"))


def text(codes: NDArray[np.integer], names: Sequence[str] | NDArray[np.str_]) -> pa.DictionaryArray:
    """Text with few distinct values: ``codes`` index ``names``, negative is null."""
    index = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(names), pa.string()))


def numbered(
    prefix: NDArray[np.integer] | str, prefixes: Sequence[str], number: NDArray[np.int64], width: int
) -> pa.Array:
    """Identifiers ``prefix`` + number with leading zeros; prefixes all of one length.

    ``prefix`` is one prefix for all rows, or an index into ``prefixes`` for each.
    """
    n = number.size
    if isinstance(prefix, str):
        prefixes, prefix = [prefix], np.zeros(n, dtype=np.int64)
    heads = np.array([list(p.encode()) for p in prefixes], dtype=np.uint8).reshape(len(prefixes), -1)
    letters = heads.shape[1]
    out = np.empty((n, letters + width), dtype=np.uint8)
    out[:, :letters] = heads[prefix]
    rest = number.astype(np.int64, copy=True)
    for place in range(letters + width - 1, letters - 1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    offsets = np.arange(n + 1, dtype=np.int32) * np.int32(letters + width)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(out.reshape(-1)))


def money(thousandths: NDArray[np.int64], valid: NDArray[np.bool_] | None = None) -> pa.Array:
    """decimal(18,3) from whole thousandths."""
    words = np.empty((thousandths.size, 2), dtype=np.int64)
    words[:, 0] = thousandths
    words[:, 1] = thousandths >> 63
    return pa.Array.from_buffers(MONEY, thousandths.size, [_validity(valid), pa.py_buffer(words.reshape(-1))])


def time(utc: NDArray[np.int64], valid: NDArray[np.bool_] | None = None) -> pa.Array:
    """Moments from UTC seconds."""
    return pa.Array.from_buffers(TIME, utc.size, [_validity(valid), pa.py_buffer(utc * 1_000_000)])


def date(day_since_epoch: NDArray[np.integer], valid: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.Array.from_buffers(
        pa.date32(), day_since_epoch.size, [_validity(valid), pa.py_buffer(day_since_epoch.astype(np.int32))]
    )


def real(values: NDArray[np.float64]) -> pa.Array:
    """Floating numbers; NaN is null."""
    return pa.array(values, mask=np.isnan(values))


def empty_text(n: int) -> pa.DictionaryArray:
    return text(np.full(n, -1), [])
