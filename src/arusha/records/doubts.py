"""What was read and may mean something else than it says: files that lack a column, days written as midnights, tables
of which little is left. Nothing is set aside for it; it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arusha.errors import Cell, Told
from arusha.language.told import sentence
from arusha.records import checks, sql
from arusha.records.mapping import SourceTable
from arusha.records.staging import Staging
from arusha.records.typed import TypedTable

MANY = 10
"""Fewer rows or values than this tell nothing of their column or table."""
_HAPPENINGS = frozenset({"declarations", "assignments", "inspections", "events"})
"""Tables whose times are of things that happened: a shift may well begin at midnight, all year."""


def files_without_a_column(staging: Staging, sources: Mapping[str, SourceTable]) -> list[Told]:
    """A warning for each file that lacks columns which other files of its table have: a month without officers."""
    out = []
    for table, held in staging.present.items():
        files = [f for f in staging.files if f.file.table == table and f.rows]
        filled = {c for c in held if any(c in f.columns for f in files)}
        for file in files:
            lacks = [c for c in sources[table].columns if c in filled - set(file.columns)]
            if lacks:
                told = {"table": table, "columns": ", ".join(lacks)}
                out.append(sentence("note-part-lacks", file=file.file.relative, n=file.rows, **told))
    return out


def days_written_as_midnights(staging: Staging, typed: TypedTable) -> list[Told]:
    """A warning for each file and column whose times are all midnight: they seem to be days."""
    out = []
    for column in typed.times if typed.table.name in _HAPPENINGS else ():
        day, local = sql.name("day:" + column), sql.name("local:" + column)
        # Not quite all: a clock may skip the midnight of the night in which it changes.
        for index, count, example in staging.connection.execute(
            f"SELECT source_file, count(*), min({local}) FROM {typed.name} WHERE {sql.name(column)} IS NOT NULL "
            f"GROUP BY source_file HAVING count(*) >= {MANY} AND bool_and(NOT {day}) AND "
            f"count(*) FILTER ({local} = date_trunc('day', {local})) >= 0.98 * count(*) ORDER BY source_file"
        ).fetchall():
            out.append(
                sentence(
                    "note-midnights",
                    file=staging.files[index].file.relative,
                    column=checks.source_column(staging, typed, column, index),
                    table=f"{typed.table.name}.{column}",
                    n=count,
                    time=str(example),
                )
            )
    return out


_AMOUNTS = ("declared_value", "assessed_value", "declared_tax", "assessed_tax")
"""Amounts that a declaration has, and each of its items."""
_COMPARED = 50_000
"""Declarations that are compared, about: more would say no more, and cost time."""
_CLOSE, _APART = 0.15, 0.3
"""Powers of ten by which the middle ratio may miss its power, and nine tenths may: amounts in thousands are rounded."""


def amounts_in_other_units(staging: Staging, tables: Sequence[TypedTable]) -> list[Told]:
    """A warning for each file of declarations whose amounts are hundred-, thousand- or millionfold those of their
    items, or such a part of them: one of the two tables is in another unit.
    """
    by_name = {t.table.name: t for t in tables}
    declarations, items = by_name.get("declarations"), by_name.get("items")
    if declarations is None or items is None:
        return []
    out = []
    (rows,) = sql.row(staging.connection, f"SELECT count(*) FROM {declarations.name}")
    some = f"hash(declaration_id) % {max(rows // _COMPARED, 1)} = 0"
    for column in _AMOUNTS:
        if column not in declarations.columns or column not in items.columns:
            continue
        for index, n, middle, low, high, example in staging.connection.execute(
            "SELECT source_file, count(*), median(power), quantile_cont(power, 0.1), quantile_cont(power, 0.9), "
            "min(declaration_id) FROM (SELECT d.source_file, d.declaration_id, "
            f"log10(CAST(i.total AS DOUBLE) / CAST(d.{column} AS DOUBLE)) AS power FROM {declarations.name} AS d "
            f"JOIN (SELECT declaration_id, sum({column}) AS total FROM {items.name} WHERE fault IS NULL AND {some} "
            f"GROUP BY declaration_id HAVING count(*) = count({column})) AS i ON i.declaration_id = d.declaration_id "
            f"WHERE d.fault IS NULL AND d.excluded IS NULL AND d.{column} > 0 AND i.total > 0) "
            "GROUP BY source_file ORDER BY source_file"
        ).fetchall():
            power = round(middle)
            close = abs(middle - power) <= _CLOSE and max(abs(low - power), abs(high - power)) <= _APART
            if n >= MANY and power in (-6, -3, -2, 2, 3, 6) and close:
                of = {"file": staging.files[index].file.relative, "column": column, "cell": Cell(example)}
                factor = str(10**power) if power > 0 else f"{10.0**power:.{-power}f}"
                out.append(sentence("note-other-units", n=n, factor=factor, **of))
    return out


def little_left(staging: Staging, typed: TypedTable, rows: int) -> list[Told]:
    """A warning where more than half of a table's rows are faulty, with the reason of most of them."""
    reasons = [
        (reason, count, index, line, value)
        for reason, count, index, line, value in staging.connection.execute(
            "SELECT reason, count(*), arg_min(source_file, (source_file, source_line)), "
            "arg_min(source_line, (source_file, source_line)), arg_min(value, (source_file, source_line)) "
            f"FROM staging.aside WHERE table_name = {sql.text(typed.table.name)} GROUP BY reason "
            "ORDER BY count(*) DESC, reason"
        ).fetchall()
    ]
    counted = rows - sum(count for reason, count, *_ in reasons if checks.by_design(reason))
    faulty = [r for r in reasons if not checks.by_design(r[0])]
    bad = sum(count for _, count, *_ in faulty)
    if counted < MANY or 2 * bad <= counted:
        return []
    reason, _, index, line, value = faulty[0]
    return [
        sentence(
            "note-little-left",
            n=bad,
            all=counted,
            table=typed.table.name,
            meaning=checks.meanings(reason, typed.table.name),
            file=staging.files[index].file.relative,
            line=line,
            cell=Cell(str(value or "")),
        )
    ]
