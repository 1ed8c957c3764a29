"""The files of a demo: an empty folder, Parquet and CSV as the contract wants them, the mark of invented data."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from arusha.errors import ArushaError
from arusha.language.told import error as of


def folder(path: Path) -> Path:
    """An empty or new folder; what is in the way is never overwritten."""
    path = Path(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise of(ArushaError, "demo-something", "demo-empty", where=str(path))
    path.mkdir(parents=True, exist_ok=True)
    return path


def parquet(table: pa.Table, path: Path) -> None:
    """Byte-identical for the same table: no statistics of the machine or the hour go in."""
    pq.write_table(table, path, compression="zstd", compression_level=3, row_group_size=500_000)


def plain(table: pa.Table) -> pa.Table:
    """Times as ISO text with Z, amounts as decimal text, truth values as words: what a CSV of the contract holds."""
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_timestamp(column.type):
            column = pa.compute.strftime(column.cast(pa.timestamp("s", tz="UTC")), format="%Y-%m-%dT%H:%M:%SZ")
        elif pa.types.is_decimal(column.type) or pa.types.is_boolean(column.type):
            column = column.cast(pa.string())
        columns[name] = column
    return pa.table(columns)


def csv(table: pa.Table, path: Path) -> None:
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(plain(table), path, options)


def mark(target: Path, seed: int) -> None:
    """Say beside the records that they are invented: every workspace and report made of them will say so too."""
    text = json.dumps({"administration": "Republic of Examplia", "seed": seed})
    (target / "invented.json").write_text(text + "\n", encoding="utf-8")
