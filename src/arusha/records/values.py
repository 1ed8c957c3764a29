"""Values: the text of a cell as the contract's type, null where it is not one, and what the mapping repaired in it."""

from __future__ import annotations

from arusha.records import sql
from arusha.records.contract import Column
from arusha.records.expressions import Compiled, number_text
from arusha.records.mapping import Reading
from arusha.records.times import read_time

TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "code": "VARCHAR",
    "enum": "VARCHAR",
    "clock": "VARCHAR",
    "money": "DECIMAL(18,3)",
    "quantity": "DOUBLE",
    "rate": "DOUBLE",
    "integer": "BIGINT",
    "time": "TIMESTAMP",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
"""DuckDB's type of each type of the contract, before codes become enums."""

NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?"
MONEY = r"[+-]?(\d{1,15}(\.\d{0,3}0*)?|\.\d{1,3}0*)"
_INTEGER = r"[+-]?\d{1,18}(\.0*)?"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00"
_TRUE = ("true", "t", "yes", "y", "1")
_FALSE = ("false", "f", "no", "n", "0")


def repair_of(column: Column, compiled: Compiled) -> str:
    """What the mapping repairs in a column; empty where nothing."""
    if compiled.repair:
        return compiled.repair[0]
    if column.type in ("money", "quantity", "rate", "integer"):
        if compiled.reading.decimal_comma:
            return "decimal comma"
        if compiled.reading.thousands:
            return "thousands"
        if compiled.reading.round_money and column.type == "money":
            return "rounded"
        if compiled.reading.currency:
            return "currency mark"
    return ""


def value_before(column: Column, compiled: Compiled, name: str) -> str:
    """SQL of the value as the source had it, where the repair changed it."""
    value = sql.name(name)
    if compiled.repair:
        was = sql.name("was:" + name)
        return f"CASE WHEN {was} <> {value} THEN {was} END"
    number = number_text(Compiled(value, reading=compiled.reading))
    changed = f"{number} <> {value}"
    if compiled.reading.round_money and column.type == "money":
        changed += f" OR NOT regexp_full_match({number}, {sql.text(MONEY)})"
    return f"CASE WHEN {changed} THEN {value} END"


def money(value: str, reading: Reading) -> str:
    """SQL of an amount written as text; null where it is not one, or finer than the contract keeps."""
    number = number_text(Compiled(value, reading=reading))
    pattern = NUMBER if reading.round_money else MONEY
    return f"CASE WHEN regexp_full_match({number}, {sql.text(pattern)}) THEN TRY_CAST({number} AS {TYPES['money']}) END"


def typed_value(column: Column, compiled: Compiled, value: str) -> str:
    kind = column.type
    if kind == "money":
        return money(value, compiled.reading)
    if kind in ("quantity", "rate", "integer"):
        number = number_text(Compiled(value, reading=compiled.reading))
        pattern = _INTEGER if kind == "integer" else NUMBER
        made = f"TRY_CAST({number} AS {TYPES[kind]})"
        if kind in ("quantity", "rate"):
            made = f"nullif(nullif({made}, 'inf'), '-inf')"
        return f"CASE WHEN regexp_full_match({number}, {sql.text(pattern)}) THEN {made} END"
    if kind == "date":
        read = read_time(value, compiled.reading.time_formats, "'UTC'", "'UTC'")
        if compiled.reading.time_formats:
            return f"CAST({read.local} AS DATE)"
        return f"CASE WHEN {read.local} IS NOT NULL THEN TRY_CAST({value}[:10] AS DATE) END"
    if kind == "boolean":
        low = f"lower({value})"
        return f"CASE WHEN {low} IN ({sql.texts(_TRUE)}) THEN TRUE WHEN {low} IN ({sql.texts(_FALSE)}) THEN FALSE END"
    if kind == "clock":
        padded = f"lpad(split_part({value}, ':', 1), 2, '0') || ':' || split_part({value}, ':', 2)"
        return f"CASE WHEN regexp_full_match({value}, {sql.text(_CLOCK)}) THEN {padded} END"
    return value
