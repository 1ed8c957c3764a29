"""What a value may be, as far as engines treat it differently, and what may be cast to what."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache


class Kind(Enum):
    """What a value is, as far as engines treat it differently."""

    INTEGER = "an integer"
    DECIMAL = "a decimal"
    DOUBLE = "a double"
    TEXT = "text"
    CODE = "an enum in an order of its own"
    BOOLEAN = "a truth value"
    DATE = "a date"
    TIME = "a time"
    SPAN = "an interval"
    NULL = "null"
    OTHER = "of a type that queries do not use"


NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE, Kind.NULL}
TEXTS = {Kind.TEXT, Kind.CODE, Kind.NULL}
DAYS = {Kind.DATE, Kind.TIME, Kind.NULL}

CASTS = frozenset(
    {
        *((k, Kind.INTEGER) for k in (Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE, Kind.BOOLEAN)),
        *((k, Kind.DOUBLE) for k in (Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE)),
        *((k, Kind.DECIMAL) for k in (Kind.INTEGER, Kind.DECIMAL)),
        *((k, Kind.TEXT) for k in (Kind.INTEGER, Kind.TEXT, Kind.CODE, Kind.DATE)),
        (Kind.BOOLEAN, Kind.BOOLEAN),
        *((k, Kind.DATE) for k in (Kind.DATE, Kind.TIME)),
        *((k, Kind.TIME) for k in (Kind.DATE, Kind.TIME)),
    }
)
"""Casts with a parity case; besides these, a null to anything and a fixed text to a date or a time."""

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER")


@lru_cache(maxsize=64)  # an enum of a hundred thousand values is read once, not for each of its columns
def kind_of_type(duckdb_type: str) -> Kind:
    """The kind of a column from its type in DuckDB's words.

    An enum whose values stand in the order of their bytes behaves as text does; any other is a CODE: DuckDB orders it
    by position, Spark by its letters.
    """
    word = duckdb_type.upper()
    if word.startswith("ENUM"):
        values = _enum_values(duckdb_type)
        return Kind.TEXT if values and values == sorted(values, key=str.encode) else Kind.CODE
    if word in _INTEGERS:
        return Kind.INTEGER
    if word.startswith("DECIMAL") and not word.endswith("]"):
        return Kind.DECIMAL
    return {
        "DOUBLE": Kind.DOUBLE,
        "FLOAT": Kind.DOUBLE,
        "VARCHAR": Kind.TEXT,
        "BOOLEAN": Kind.BOOLEAN,
        "DATE": Kind.DATE,
        "TIMESTAMP": Kind.TIME,
        '"NULL"': Kind.NULL,
    }.get(word, Kind.OTHER)


_VALUE = re.compile(r"'((?:[^']|'')*)'")


def _enum_values(duckdb_type: str) -> list[str]:
    """The values in ``ENUM('a', 'it''s')``."""
    rest = duckdb_type[duckdb_type.find("(") + 1 : duckdb_type.rfind(")")]
    return [value.replace("''", "'") for value in _VALUE.findall(rest)]
