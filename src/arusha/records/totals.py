"""Totals before and after: rows and sums of money, file by file, and of tables that only add to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.errors import Cell
from arusha.records import sql
from arusha.records.checks import WRONG_TYPE_FROM, Blocking, aside_rows, blocking
from arusha.records.joined import Feed
from arusha.records.staging import Staging
from arusha.records.typed import TypedTable
from arusha.records.values import money


@dataclass(frozen=True)
class FileTotals:
    """One file's rows for one table: before, and what became of them; ``each`` rows of the table come of one."""

    table: str
    source_file: int
    rows: int
    accepted: int
    set_aside: int
    each: int = 1


def totals(staging: Staging, typed: TypedTable) -> tuple[list[FileTotals], list[Blocking]]:
    """Rows and sums of money by file, as staged and as they come out; a difference blocks."""
    table, raw = typed.table.name, staging.name_of(typed.source.name)
    sums = list(typed.direct)
    before_sums = "".join(f", sum({money(typed.direct[c].text, typed.direct[c].reading)})" for c in sums)
    before = {
        row[0]: row[1:]
        for row in staging.connection.execute(
            f"SELECT r.source_file, count(*){before_sums} FROM {raw} AS r WHERE {typed.where} GROUP BY r.source_file"
        ).fetchall()
    }
    each = len(typed.target.each) or 1
    after_sums = "".join(f", sum(t.{sql.name(c)})" for c in sums)
    after = {
        row[0]: row[1:]
        for row in staging.connection.execute(
            f"SELECT t.source_file, count(*), count(*) FILTER (WHERE s.source_line IS NULL){after_sums} "
            f"FROM {typed.name} AS t LEFT JOIN ({aside_rows(table)}) AS s "
            "ON s.source_file = t.source_file AND s.source_line = t.source_line GROUP BY t.source_file"
        ).fetchall()
    }
    found: list[Blocking] = []
    out: list[FileTotals] = []
    for index in sorted(before):
        file = staging.files[index].file.relative
        rows, accepted = after.get(index, (0, 0))[:2]
        out.append(FileTotals(table, index, before[index][0], accepted // each, (rows - accepted) // each, each))
        if rows != before[index][0] * each:
            found.append(
                blocking("join-rows", "joins", f"{file} ({table})", before=before[index][0], after=rows // each)
            )
            continue
        for place, column in enumerate(sums):
            told, came = before[index][1 + place], after[index][2 + place]
            if told != came and each == 1:
                found.append(
                    blocking(
                        "sum-differs",
                        "mapping-column",
                        f"{file} ({table})",
                        column=column,
                        before=str(told),
                        after=str(came),
                    )
                )
    return out, found


def unmatched(staging: Staging, tables: Sequence[TypedTable], source: str) -> list[Blocking]:
    """Hold a source table that only adds to others (taxes, criteria) against what it added.

    Its rows that match nothing are set aside under its own name, and so are those of which the number cannot be read.
    The sum of the rest must be what was added; a difference blocks.
    """
    connection, raw, name = staging.connection, staging.name_of(source), sql.text(source)
    uses = [(typed, feed) for typed in tables for feed in typed.feeds if feed.table == source]
    connection.execute(
        f"INSERT INTO staging.aside SELECT {name}, source_file, source_line, 'unreadable-line', NULL, unreadable "
        f"FROM {raw} WHERE unreadable IS NOT NULL"
    )
    if not uses:
        return []
    matches = []
    for typed, feed in {(t.table.name, f.theirs, f.ours): (t, f) for t, f in uses}.values():
        ours = ", ".join(f"{o} AS k{i}" for i, o in enumerate(feed.ours))
        on = " AND ".join(f"m.k{i} = {t}" for i, t in enumerate(feed.theirs))
        rows = staging.name_of(typed.source.name)
        matches.append(
            f"SELECT o.source_file, o.source_line FROM {raw} AS o "
            f"SEMI JOIN (SELECT {ours} FROM {rows} AS r) AS m ON {on}"
        )
    connection.execute(
        f"INSERT INTO staging.aside SELECT {name}, o.source_file, o.source_line, 'unmatched', NULL, NULL "
        f"FROM {raw} AS o ANTI JOIN ({' UNION ALL '.join(matches)}) AS m USING (source_file, source_line) "
        "WHERE o.unreadable IS NULL"
    )
    found: list[Blocking] = []
    for typed, feed in uses:
        if feed.number:
            found += _added(staging, typed, feed)
    return found


def _added(staging: Staging, typed: TypedTable, feed: Feed) -> list[Blocking]:
    connection, raw, name = staging.connection, staging.name_of(feed.table), sql.text(feed.table)
    number = f"TRY_CAST({feed.number} AS DECIMAL(24,9))"
    connection.execute(
        f"INSERT INTO staging.aside SELECT {name}, o.source_file, o.source_line, 'unreadable-number', NULL, "
        f"{feed.value} FROM {raw} AS o ANTI JOIN ({aside_rows(feed.table)}) AS s USING (source_file, source_line) "
        f"WHERE {feed.test} AND {feed.value} IS NOT NULL AND {number} IS NULL"
    )
    before, readable, filled = sql.row(
        connection,
        f"SELECT COALESCE(sum({number}), 0), count({number}), count({feed.value}) FROM {raw} AS o "
        f"ANTI JOIN ({aside_rows(feed.table)}) AS s USING (source_file, source_line) WHERE {feed.test}",
    )
    if filled == 0 and readable == 0:
        bad, index, line, example = sql.row(
            connection,
            "SELECT count(*), min(source_file), arg_min(source_line, (source_file, source_line)), "
            "arg_min(value, (source_file, source_line)) FROM staging.aside "
            f"WHERE table_name = {name} AND reason = 'unreadable-number'",
        )
        if bad >= WRONG_TYPE_FROM:
            return [
                blocking(
                    "no-amounts",
                    "number",
                    f"{staging.files[index].file.relative} (for {typed.table.name})",
                    n=bad,
                    line=line,
                    cell=Cell(example),
                )
            ]
    ours = ", ".join(f"{o} AS k{i}" for i, o in enumerate(feed.ours))
    theirs = ", ".join(f"{t} AS k{i}" for i, t in enumerate(feed.theirs))
    keys = ", ".join(f"k{i}" for i in range(len(feed.ours)))
    rows = staging.name_of(typed.source.name)
    (after,) = sql.row(
        connection,
        f"SELECT COALESCE(sum(n * times), 0) FROM (SELECT {theirs}, {number} AS n FROM {raw} AS o "
        f"ANTI JOIN ({aside_rows(feed.table)}) AS s USING (source_file, source_line) WHERE {feed.test}) "
        f"JOIN (SELECT {keys}, count(*) AS times FROM (SELECT {ours} FROM {rows} AS r JOIN {typed.name} AS t "
        "ON t.source_file = r.source_file AND t.source_line = r.source_line WHERE t.excluded IS NULL) GROUP BY ALL) "
        f"USING ({keys})",
    )
    if after <= before:
        return []
    return [
        blocking(
            "same-key",
            "each-row-once",
            f"{feed.table} ({typed.table.name})",
            before=str(before),
            after=str(after),
            table=typed.source.name,
        )
    ]
