"""Results as Arrow tables of few types, the same from every engine, and how two of them compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """The one type that a result column of ``kind`` is handed over as."""
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_decimal(kind):
        return pa.int64() if kind.scale == 0 else pa.decimal128(38, kind.scale)
    if pa.types.is_floating(kind):
        return pa.float64()
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    if pa.types.is_date(kind):
        return pa.date32()
    return kind


def plain(table: pa.Table, *, codes: bool = False) -> pa.Table:
    """``table`` with int64, float64, string, bool, date32, timestamp[us] (UTC) or decimal128(38, s) columns only.

    Sums of integers come as 128-bit integers from one engine and as 64-bit from another; codes come as
    dictionaries, or as text. All are brought to one type here. ``codes``: dictionaries of text stay as they are.

    Raises
    ------
    QueryError
        A column does not fit: a sum beyond 64 bits, or a type that only one engine has.
    """
    fields, columns = [], []
    for field, column in zip(table.schema, table.columns, strict=True):
        kept = codes and pa.types.is_dictionary(field.type) and pa.types.is_string(field.type.value_type)
        kind = field.type if kept else _plain_type(field.type)
        try:
            columns.append(column if column.type == kind else pc.cast(column, kind))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise QueryError(
                f"the result column {field.name} is {field.type} and does not fit {kind}: {error}",
                remedy="Sum smaller units, or cast the column in the query to BIGINT, DOUBLE or VARCHAR.",
            ) from error
        fields.append(pa.field(field.name, kind))
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def sorted_by(table: pa.Table, keys: Sequence[str] | None = None) -> pa.Table:
    """``table`` sorted by ``keys`` (default: every column in order), nulls last, text by its bytes."""
    names = list(keys) if keys is not None else table.column_names
    return table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names]))


def _written_out(table: pa.Table) -> pa.Table:
    kinds = [f.type.value_type if pa.types.is_dictionary(f.type) else f.type for f in table.schema]
    return table.cast(pa.schema([pa.field(f.name, kind) for f, kind in zip(table.schema, kinds, strict=True)]))


def differences(
    left: pa.Table, right: pa.Table, keys: Sequence[str] | None = None, relative: float = 1e-6
) -> list[str]:
    """What differs between two results, in words; nothing where they agree.

    Rows are put in the order of ``keys`` (default: of every column that is not a float, then the floats; ``[]`` takes
    the rows as they stand). Floats agree within ``relative`` of the larger one, which is the contract between engines;
    all else agrees exactly, a null only with a null. A dictionary of text counts as its text.
    """
    left, right = _written_out(left), _written_out(right)
    if left.schema != right.schema:
        return [f"the columns are {left.schema.to_string()} and {right.schema.to_string()}"]
    if left.num_rows != right.num_rows:
        return [f"there are {left.num_rows} and {right.num_rows} rows"]
    floats = [f.name for f in left.schema if pa.types.is_floating(f.type)]
    order = list(keys) if keys is not None else [n for n in left.column_names if n not in floats] + floats
    if order:
        left, right = sorted_by(left, order), sorted_by(right, order)
    found = []
    for name in left.column_names:
        agree = (_close if name in floats else _equal)(left.column(name), right.column(name), relative)
        rows = np.flatnonzero(~agree)
        if rows.size:
            one, other = left.column(name)[int(rows[0])].as_py(), right.column(name)[int(rows[0])].as_py()
            found.append(f"{name}: {rows.size} rows differ, the first (row {rows[0]}): {one!r} and {other!r}")
    return found


def _equal(left: pa.ChunkedArray, right: pa.ChunkedArray, relative: float) -> npt.NDArray[np.bool_]:
    if pa.types.is_null(left.type):
        return np.ones(len(left), dtype=np.bool_)
    same = pc.fill_null(pc.equal(left, right), False)
    both_null = pc.and_(pc.is_null(left), pc.is_null(right))
    return np.asarray(pc.or_(same, both_null))


def _close(left: pa.ChunkedArray, right: pa.ChunkedArray, relative: float) -> npt.NDArray[np.bool_]:
    a, b = (np.asarray(pc.fill_null(c, 0.0), dtype=np.float64) for c in (left, right))
    nulls = np.asarray(pc.equal(pc.is_null(left), pc.is_null(right)))
    with np.errstate(invalid="ignore"):
        near = np.abs(a - b) <= relative * np.maximum(np.abs(a), np.abs(b))
    agree: npt.NDArray[np.bool_] = nulls & (near | (a == b) | (np.isnan(a) & np.isnan(b)))
    return agree
