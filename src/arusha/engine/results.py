"""Results as Arrow tables of few types, the same from every engine, and how two of them compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from arusha.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def plain(table: pa.Table) -> pa.Table:
    """``table`` with int64, float64, string, bool, date32, timestamp[us] (UTC) or decimal128(38, s) columns only.

    Sums of integers come as 128-bit integers from one engine and as 64-bit from another; codes come as
    dictionaries, or as text. All are brought to one type here.

    Raises
    ------
    QueryError
        A column does not fit: a sum beyond 64 bits, or a type that only one engine has.
    """
    fields, columns = [], []
    for field, column in zip(table.schema, table.columns, strict=True):
        kind = _plain_type(field.type)
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
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names], null_placement="at_end")
    return table.take(order)
