"""Staged text becomes typed rows, each with the reason for which it is set aside, if any."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from arusha.errors import RecordsError
from arusha.records import sql
from arusha.records.contract import CONTRACT, Column, Table
from arusha.records.expressions import MULTIPLE, REFUSED, Compiled, naive_zone, number_text
from arusha.records.joined import Feed, JoinedExpressions
from arusha.records.mapping import Reading, SourceTable, Target
from arusha.records.staging import Staging
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

_NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?"
_MONEY = r"[+-]?(\d{1,15}(\.\d{0,3}0*)?|\.\d{1,3}0*)"
_INTEGER = r"[+-]?\d{1,18}(\.0*)?"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00"
_TRUE = ("true", "t", "yes", "y", "1")
_FALSE = ("false", "f", "no", "n", "0")

_UNREADABLE = {
    "money": "unreadable-number",
    "quantity": "unreadable-number",
    "rate": "unreadable-number",
    "integer": "unreadable-number",
    "time": "unreadable-time",
    "date": "unreadable-date",
    "boolean": "unreadable-boolean",
    "clock": "unreadable-time",
}


@dataclass(frozen=True)
class Fault:
    """A reason to set a row aside: its code, the contract's column, and the SQL that is true for a bad row."""

    code: str
    column: str
    test: str


@dataclass(frozen=True)
class TypedTable:
    """A table of the contract in ``staging.typed``, and how each of its columns came to be.

    ``direct`` are the money columns that are a column of the source as it is: contract column -> its compiled text.
    ``feeds`` are the other source tables that it reads. ``repairs`` are the columns that the mapping repairs: contract
    column -> what is repaired; the value as it was is in ``was:<column>`` where it differs.
    """

    table: Table
    target: Target
    source: SourceTable
    columns: Mapping[str, Compiled]
    direct: Mapping[str, Compiled]
    faults: tuple[Fault, ...]
    feeds: tuple[Feed, ...]
    where: str
    repairs: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"staging.typed.{sql.name(self.table.name)}"

    @property
    def constant(self) -> tuple[str, ...]:
        return tuple(name for name, compiled in self.columns.items() if compiled.constant)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(n for n in self.columns if self.table.columns[n].type == "time")


@dataclass(frozen=True)
class Zones:
    """The zone of each office, and the one for offices that name none."""

    of_office: Mapping[str, str]
    default: str

    @property
    def single(self) -> str | None:
        """The one zone of all offices; None where there are several."""
        zones = set(self.of_office.values()) or {self.default}
        return next(iter(zones)) if len(zones) == 1 else None


def type_rows(
    staging: Staging,
    target: Target,
    sources: Mapping[str, SourceTable],
    zones: Zones,
    *,
    declarations: bool,
    postings: bool,
) -> TypedTable | None:
    """Write ``staging.typed.<table>``; None where the source has no such table.

    Parameters
    ----------
    declarations, postings
        Whether these are typed, to find the office of rows that name only a declaration, or only a user.

    Raises
    ------
    RecordsError
        A required column cannot be filled from the columns at hand.
    """
    if target.source not in staging.present:
        return None
    table, source = CONTRACT.tables[target.table], sources[target.source]
    at_hand = staging.source(sources)
    place = f"tables: {table.name}"
    expressions = JoinedExpressions(source, at_hand, place)
    variants = [_variant(target, each, expressions, table) for each in target.each or ({},)]
    columns = {name: compiled for variant in variants for name, compiled in variant.items()}
    _require(table, columns, target)
    where = expressions.condition(target.where)
    inner = " UNION ALL ".join(_query(columns, variant, target, expressions, where) for variant in variants)
    inner, zone = _with_zone(inner, table, columns, zones, declarations=declarations, postings=postings)
    faults = _faults(table, columns, staging, source)
    middle = (
        f"SELECT source_file, source_line, unreadable, excluded, {_typed_columns(table, columns, zone)} FROM ({inner})"
    )
    number = " ".join(f"WHEN {f.test} THEN {i}" for i, f in enumerate(faults))
    values = " ".join(
        f"WHEN {i} THEN {sql.name('raw:' + f.column)}" for i, f in enumerate(faults) if f.column in columns
    )
    values = f"WHEN 0 THEN unreadable {values}"
    result = TypedTable(
        table=table,
        target=target,
        source=source,
        columns=columns,
        direct={
            n: c for n, c in columns.items() if table.columns[n].type == "money" and isinstance(target.columns[n], str)
        },
        faults=tuple(faults),
        feeds=tuple(expressions.feeds),
        where=where,
        repairs={n: kind for n, c in columns.items() if (kind := _repair(table.columns[n], c))},
    )
    kept = ", ".join(
        sql.name(n)
        for c in columns
        for n in (
            c,
            *((f"day:{c}", f"local:{c}") if table.columns[c].type == "time" else ()),
            *((f"was:{c}",) if c in result.repairs else ()),
        )
    )
    statement = (
        f"CREATE TABLE {result.name} AS SELECT source_file, source_line, {kept}, fault, excluded, "
        f"CASE fault {values} END AS fault_value "
        f"FROM (SELECT *, CAST(CASE {number} END AS SMALLINT) AS fault FROM ({middle}))"
    )
    try:
        staging.connection.execute(statement)
    except duckdb.InterruptException:
        staging.pace.check()
        raise
    return result


def _variant(
    target: Target, each: Mapping[str, Any], expressions: JoinedExpressions, table: Table
) -> dict[str, Compiled]:
    """The compiled columns of one row's worth of a target, in the contract's order."""
    nodes = {**target.columns, **each}
    out: dict[str, Compiled] = {}
    for name in table.columns:
        compiled = expressions.compile(nodes[name]) if name in nodes else None
        if compiled is not None:
            # What differs from one row of ``each`` to the next is no constant.
            out[name] = replace(compiled, constant=False) if name in each else compiled
    return out


def _require(table: Table, columns: Mapping[str, Compiled], target: Target) -> None:
    missing = [name for name in table.required if name not in columns]
    if missing:
        raise RecordsError(
            f"the required column {missing[0]} cannot be filled: {target.columns.get(missing[0])!r} is absent",
            where=f"{table.name} from {target.source}",
            remedy="Export the columns that the mapping reads for it, or map it in an override.",
        )


def _query(
    columns: Mapping[str, Compiled],
    variant: Mapping[str, Compiled],
    target: Target,
    expressions: JoinedExpressions,
    where: str,
) -> str:
    excluded = [(e.reason, expressions.condition(e.where)) for e in target.exclusions] + expressions.excluded()
    cases = " ".join(f"WHEN {test} THEN {sql.text(reason)}" for reason, test in excluded)
    texts = "".join(f"{variant[n].text if n in variant else 'NULL'} AS {sql.name(n)}, " for n in columns)
    were = "".join(f"{c.repair[1]} AS {sql.name('was:' + n)}, " for n, c in columns.items() if c.repair)
    return (
        f"SELECT {texts}{were}r.source_file, r.source_line, r.unreadable, "
        f"{f'CASE {cases} END' if cases else 'CAST(NULL AS VARCHAR)'} AS excluded "
        f"FROM {expressions.source.raw[target.source]} AS r {' '.join(expressions.joins)} WHERE {where}"
    )


def values_of(staging: Staging, target: Target, sources: Mapping[str, SourceTable], column: str) -> list[str]:
    """The different values of one column of the contract, before its rows are typed."""
    source = staging.source(sources)
    expressions = JoinedExpressions(sources[target.source], source, f"tables: {target.table}")
    compiled = expressions.compile(target.columns[column]) if column in target.columns else None
    if compiled is None:
        return []
    rows = staging.connection.execute(
        f"SELECT DISTINCT {compiled.text} AS v FROM {source.raw[target.source]} AS r {' '.join(expressions.joins)} "
        "ORDER BY v"
    ).fetchall()
    return [str(row[0]) for row in rows if row[0] is not None]


@dataclass(frozen=True)
class _Zone:
    """SQL of a row's zone: the office's, for its day and hour; and the one in which its times are written.

    They differ for an event that names no declaration: its times are on the clock of the system (the default zone),
    and its day and hour are those of the only zone in which its user is posted.
    """

    office: str
    written: str


def _with_zone(
    inner: str, table: Table, columns: Mapping[str, Compiled], zones: Zones, *, declarations: bool, postings: bool
) -> tuple[str, _Zone]:
    """The query, with the columns ``zone`` and ``written_zone`` if its rows differ in them, and SQL of the zones."""
    single, default = zones.single, sql.text(zones.default)
    if single is not None:
        return inner, _Zone(sql.text(single), sql.text(single))
    if table.name == "offices" or not any(table.columns[c].type == "time" for c in columns):
        return inner, _Zone(default, default)
    if "office" in columns:
        zone, joins = "z.zone", "LEFT JOIN staging.zones AS z ON z.office = q.office"
    elif "declaration_id" in columns and declarations:
        zone = "z.zone"
        joins = (
            "LEFT JOIN (SELECT declaration_id, min(office) AS office FROM staging.typed.declarations "
            "GROUP BY declaration_id) AS d ON d.declaration_id = q.declaration_id "
            "LEFT JOIN staging.zones AS z ON z.office = d.office"
        )
    else:
        return inner, _Zone(default, default)
    posted = "NULL"
    if postings and "user_id" in columns:
        posted = "p.zone"
        joins += (
            " LEFT JOIN (SELECT officer_id, CASE WHEN min(zone) = max(zone) THEN min(zone) END AS zone "
            "FROM staging.typed.postings JOIN staging.zones USING (office) GROUP BY officer_id) AS p "
            "ON p.officer_id = q.user_id"
        )
    query = (
        f"SELECT q.*, COALESCE({zone}, {posted}, {default}) AS zone, COALESCE({zone}, {default}) AS written_zone "
        f"FROM ({inner}) AS q {joins}"
    )
    return query, _Zone("zone", "written_zone")


def _typed_columns(table: Table, columns: Mapping[str, Compiled], zone: _Zone) -> str:
    parts = []
    for name, compiled in columns.items():
        column, value = table.columns[name], sql.name(name)
        parts.append(f"{value} AS {sql.name('raw:' + name)}")
        if column.type == "time":
            naive = naive_zone(compiled.reading, zone.written)
            read = read_time(value, compiled.reading.time_formats, naive, zone.office)
            parts.append(f"{read.moment} AS {value}")
            parts.append(f"CASE WHEN {value} IS NOT NULL THEN {read.day_only} END AS {sql.name('day:' + name)}")
            parts.append(f"{read.local} AS {sql.name('local:' + name)}")
        else:
            parts.append(f"{_typed(column, compiled, value)} AS {value}")
        if _repair(column, compiled):
            parts.append(f"{_was(column, compiled, name)} AS {sql.name('was:' + name)}")
    return ", ".join(parts)


def _repair(column: Column, compiled: Compiled) -> str:
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
    return ""


def _was(column: Column, compiled: Compiled, name: str) -> str:
    """SQL of the value as the source had it, where the repair changed it."""
    value = sql.name(name)
    if compiled.repair:
        was = sql.name("was:" + name)
        return f"CASE WHEN {was} <> {value} THEN {was} END"
    number = number_text(Compiled(value, reading=compiled.reading))
    changed = f"{number} <> {value}"
    if compiled.reading.round_money and column.type == "money":
        changed += f" OR NOT regexp_full_match({number}, {sql.text(_MONEY)})"
    return f"CASE WHEN {changed} THEN {value} END"


def money(value: str, reading: Reading) -> str:
    """SQL of an amount written as text; null where it is not one, or finer than the contract keeps."""
    number = number_text(Compiled(value, reading=reading))
    pattern = _NUMBER if reading.round_money else _MONEY
    return f"CASE WHEN regexp_full_match({number}, {sql.text(pattern)}) THEN TRY_CAST({number} AS {TYPES['money']}) END"


def _typed(column: Column, compiled: Compiled, value: str) -> str:
    kind = column.type
    if kind == "money":
        return money(value, compiled.reading)
    if kind in ("quantity", "rate", "integer"):
        number = number_text(Compiled(value, reading=compiled.reading))
        pattern = _INTEGER if kind == "integer" else _NUMBER
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


def _faults(table: Table, columns: Mapping[str, Compiled], staging: Staging, source: SourceTable) -> list[Fault]:
    """The row checks in their order: the first that applies is the reason."""
    faults = [Fault("unreadable-line", "", "unreadable IS NOT NULL")]
    faults.append(Fault("excluded", "", "excluded IS NOT NULL"))
    key = [k for k in table.key if k in columns]
    for name in key[:1]:
        compiled = columns[name]
        if len(compiled.reads) == 1 and compiled.reads[0][1] in source.columns:
            names = source.columns[compiled.reads[0][1]].names
            faults.append(Fault("repeated-header", name, f"{sql.name('raw:' + name)} IN ({sql.texts(names)})"))
    for name, compiled in columns.items():
        raw, value, column = sql.name("raw:" + name), sql.name(name), table.columns[name]
        if compiled.undecided:
            faults.append(Fault("contradiction", name, f"starts_with({raw}, {sql.text(MULTIPLE)})"))
            faults.append(Fault("unknown-value", name, f"starts_with({raw}, {sql.text(REFUSED)})"))
        if column.type == "money":
            number = number_text(Compiled(raw, reading=compiled.reading))
            faults.append(
                Fault(
                    "too-many-decimals",
                    name,
                    f"{value} IS NULL AND regexp_full_match({number}, {sql.text(_NUMBER)}) "
                    f"AND abs(TRY_CAST({number} AS DOUBLE)) < 1e15",
                )
            )
        if column.type in _UNREADABLE:
            faults.append(Fault(_UNREADABLE[column.type], name, f"{value} IS NULL AND {raw} IS NOT NULL"))
        if column.type == "enum" and not column.open_values:
            faults.append(Fault("unknown-value", name, f"{value} NOT IN ({sql.texts(column.values)})"))
    faults += [Fault("missing-key", k, f"{sql.name('raw:' + k)} IS NULL") for k in key]
    faults += [
        Fault("missing-required", c, f"{sql.name('raw:' + c)} IS NULL")
        for c in table.required
        if c not in key and c in columns
    ]
    for rule in CONTRACT.rules_of(table.name):
        for part in re.split(r"\s+OR\s+", rule.condition) if rule.condition else ():
            named = [c for c in rule.columns if re.search(rf"\b{re.escape(c)}\b", part)]
            if all(c in columns for c in named):
                faults.append(Fault(rule.code, named[-1], _by_day(part, tuple(named), table)))
    return faults


def _by_day(condition: str, columns: tuple[str, ...], table: Table) -> str:
    """The condition over the typed columns; times by day where either has only its day."""
    times = [c for c in columns if table.columns[c].type == "time"]
    if len(times) < 2:
        return condition
    day_only = " OR ".join(f"COALESCE({sql.name('day:' + c)}, FALSE)" for c in times)
    for name in times:
        by_day = f"(CASE WHEN {day_only} THEN date_trunc('day', {sql.name('local:' + name)}) ELSE {sql.name(name)} END)"
        condition = re.sub(rf"(?<![\w:\"]){re.escape(name)}(?![\w\"])", _put(by_day), condition)
    return condition


def _put(text: str) -> Callable[[re.Match[str]], str]:
    """A replacement taken word for word, backslashes and all."""
    return lambda _match: text
