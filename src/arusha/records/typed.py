"""Staged text becomes typed rows, each with the reason for which it is set aside, if any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from arusha.errors import RecordsError
from arusha.language.told import error
from arusha.records import sql
from arusha.records.contract import CONTRACT, Table
from arusha.records.expressions import Compiled, naive_zone
from arusha.records.faults import Fault, faults_of
from arusha.records.joined import Feed, JoinedExpressions
from arusha.records.mapping import SourceTable, Target
from arusha.records.staging import Staging
from arusha.records.times import read_time
from arusha.records.values import repair_of, typed_value, value_before
from arusha.records.zones import RowZone, Zones, with_zone


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
    clocks: tuple[str, ...] = ()
    """Times of which ``clock:<column>`` tells those that the clock skips (1) or shows twice (2)."""

    @property
    def name(self) -> str:
        return f"staging.typed.{sql.name(self.table.name)}"

    @property
    def constant(self) -> tuple[str, ...]:
        return tuple(name for name, compiled in self.columns.items() if compiled.constant)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(n for n in self.columns if self.table.columns[n].type == "time")


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
    inner, zone = with_zone(inner, table, columns, zones, declarations=declarations, postings=postings)
    faults = faults_of(table, columns, source)
    typed, steps, clocks = _typed_columns(table, columns, zone)
    for step in steps:
        inner = f"SELECT *, {step} FROM ({inner})"
    middle = f"SELECT source_file, source_line, unreadable, excluded, {typed} FROM ({inner})"
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
        repairs={n: kind for n, c in columns.items() if (kind := repair_of(table.columns[n], c))},
        clocks=clocks,
    )
    kept = ", ".join(
        sql.name(n)
        for c in columns
        for n in (
            c,
            *((f"day:{c}", f"local:{c}") if table.columns[c].type == "time" else ()),
            *((f"clock:{c}",) if c in clocks else ()),
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
        what, where = repr(target.columns.get(missing[0])), f"{table.name} from {target.source}"
        raise error(RecordsError, "unfilled", "read-columns", where=where, column=missing[0], what=what)


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
    # Where a file repeats its header in the middle, that is not a value.
    headers = {n for table, c in compiled.reads if c in sources[table].columns for n in sources[table].columns[c].names}
    return [str(row[0]) for row in rows if row[0] is not None and row[0] not in headers]


def _typed_columns(
    table: Table, columns: Mapping[str, Compiled], zone: RowZone
) -> tuple[str, list[str], tuple[str, ...]]:
    """SQL of the typed columns, of the steps before them, and the times among them of which the clock is told."""
    parts, clocks = [], []
    written, moments = [], []
    for name, compiled in columns.items():
        column, value = table.columns[name], sql.name(name)
        parts.append(f"{value} AS {sql.name('raw:' + name)}")
        if column.type == "time":
            naive = naive_zone(compiled.reading, zone.written)
            steps = sql.name("written:" + name), sql.name("moment:" + name)
            read = read_time(value, compiled.reading.time_formats, naive, zone.office, steps)
            written.append(f"{read.naive} AS {steps[0]}")
            moments.append(f"{read.moment} AS {steps[1]}")
            parts.append(f"{steps[1]} AS {value}")
            parts.append(f"CASE WHEN {value} IS NOT NULL THEN {read.day_only} END AS {sql.name('day:' + name)}")
            parts.append(f"{read.local} AS {sql.name('local:' + name)}")
            if read.clock:
                parts.append(f"CAST({read.clock} AS TINYINT) AS {sql.name('clock:' + name)}")
                clocks.append(name)
        else:
            parts.append(f"{typed_value(column, compiled, value)} AS {value}")
        if repair_of(column, compiled):
            parts.append(f"{value_before(column, compiled, name)} AS {sql.name('was:' + name)}")
    return ", ".join(parts), [", ".join(step) for step in (written, moments) if step], tuple(clocks)
