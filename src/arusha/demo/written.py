"""Columns as an ASYCUDA extract writes them: text, decimal commas, local times, code and name in one cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from numpy.typing import NDArray

from arusha.demo.clock import to_local_epoch


def words(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Any text column as plain text."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array.cast(pa.string())


def comma(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Numbers with a decimal comma."""
    return pc.replace_substring(words(column), ".", ",")


def seconds(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """UTC seconds since the epoch, and where there is a time at all."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    known = np.asarray(array.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    micros = array.cast(pa.int64()).fill_null(0).to_numpy()
    return micros // 1_000_000, known


def local(column: pa.ChunkedArray | pa.Array, zones: tuple[str, ...], zone: NDArray[np.integer]) -> pa.Array:
    """``DD/MM/YYYY HH:MM:SS`` on the wall clock of each row's zone."""
    utc, known = seconds(column)
    shown = to_local_epoch(utc, zones, zone)
    stamps = pa.Array.from_buffers(pa.timestamp("s"), shown.size, [None, pa.py_buffer(shown)])
    text = pc.strftime(stamps, format="%d/%m/%Y %H:%M:%S")
    return pc.if_else(pa.array(known), text, pa.scalar(None, pa.string()))


def named(column: pa.ChunkedArray | pa.Array, names: dict[str, str]) -> pa.Array:
    """Code and name in one cell: ``B0006 - Customs agency B0006``."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    cells = [f"{code} - {names[code]}" if code in names else code for code in encoded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(cells, pa.string())).dictionary_decode()


def chosen(column: pa.ChunkedArray | pa.Array, spoken: dict[str, str]) -> pa.Array:
    """A code for a code; what is not in the table stays."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    cells = [spoken.get(value, value) for value in encoded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(cells, pa.string())).dictionary_decode()


def same(value: str | None, n: int) -> pa.Array:
    return pa.array([value], pa.string()).take(pa.array(np.zeros(n, dtype=np.int64)))


def file(path: Path, columns: dict[str, pa.Array], encoding: str = "utf-8") -> None:
    """A CSV file with semicolons, as spreadsheets of decimal-comma countries write it."""
    options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="needed")
    if encoding == "utf-8":
        pyarrow.csv.write_csv(pa.table(columns), path, options)
        return
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(pa.table(columns), sink, options)
    path.write_bytes(sink.getvalue().to_pybytes().decode("utf-8").encode(encoding))
