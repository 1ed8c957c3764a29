"""Checks that need more than one row: keys, parents, columns of the wrong type, and totals before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.errors import Cell, RecordsError, Told, Value
from arusha.language.told import english, sentence
from arusha.records import sql
from arusha.records.contract import CONTRACT
from arusha.records.staging import Staging
from arusha.records.times import is_serial, own_shapes, shape_sql
from arusha.records.typed import TypedTable

WRONG_TYPE_FROM = 10
"""So many values of a column, and none readable: the column is of the wrong type. Fewer are set aside row by row."""


def meaning(reason: str, table: str) -> str:
    """What a reason means, in English. A mapping may have reasons of its own."""
    try:
        return CONTRACT.sentence(reason, table)
    except KeyError:
        return CONTRACT.sentence("excluded")


BY_DESIGN = frozenset({"cancelled", "superseded", "outside-validity", "repeated-by-join", "excluded"})
"""Reasons for which a mapping leaves rows out that its system keeps beside those that count: no row of them is bad."""


def by_design(reason: str) -> bool:
    """Whether rows are set aside because a system is made so; a reason of a mapping's own is one of those."""
    return reason in BY_DESIGN or reason not in {rule.code for rule in CONTRACT.rules}


def meanings(reason: str, table: str) -> Mapping[str, str]:
    """What a reason means, by language."""
    known = {rule.table: rule.sentence for rule in CONTRACT.rules if rule.code == reason}
    return known.get(table) or known.get("*") or {"en": meaning(reason, table)}


@dataclass(frozen=True)
class Blocking:
    """A finding for which nothing is stored."""

    problem: str
    where: str
    remedy: str
    told: Told | None = None
    """The same as a sentence of the catalogues, its cells marked."""

    def masked(self) -> Blocking:
        """The same with the shape of each cell only: a cell may name somebody."""
        if self.told is None:
            return self
        told = self.told.masked()
        return Blocking(told.problem(english()), self.where, told.remedy(english()), told)


def blocking(key: str, do: str, where: str, **values: Value | int) -> Blocking:
    """A finding that says a sentence of the catalogues (``told-KEY``, ``told-do-DO``)."""
    told = sentence(key, do, **values)
    return Blocking(told.problem(english()), where, told.remedy(english()), told)


class RecordsBlockedError(RecordsError):
    """The records cannot be stored as they are. ``findings`` are all reasons, each with its place and remedy."""

    def __init__(self, findings: list[Blocking]) -> None:
        self.findings = tuple(findings)
        first = findings[0]
        more = "".join(f"\n{f.where}: {f.problem}\nWhat to do: {f.remedy}" for f in findings[1:])
        super().__init__(first.problem, where=first.where, remedy=first.remedy + more, told=first.told)


def aside_rows(table: str) -> str:
    """SQL of the source rows of a table that are set aside, each once."""
    return f"SELECT DISTINCT source_file, source_line FROM staging.aside WHERE table_name = {sql.text(table)}"


def begin_aside(staging: Staging) -> None:
    """The table of what is set aside, by source row."""
    staging.connection.execute(
        "CREATE TABLE staging.aside (table_name VARCHAR, source_file SMALLINT, source_line BIGINT, reason VARCHAR, "
        "column_name VARCHAR, value VARCHAR)"
    )


def veil_values(staging: Staging) -> None:
    """Replace persons in the values for which rows are set aside: in a damaged row they stand in any column."""
    if staging.protection.on:
        staging.connection.execute(
            f"UPDATE staging.aside SET value = {staging.protection.veil('value')} WHERE value IS NOT NULL"
        )


def wrong_types(staging: Staging, typed: TypedTable) -> list[Blocking]:
    """Columns of which no value can be read, and columns with dates that could be read two ways."""
    counts = staging.connection.execute(
        f"SELECT source_file, fault, count(*), min(fault_value) FROM {typed.name} WHERE fault IS NOT NULL GROUP BY ALL"
    ).fetchall()
    found: list[Blocking] = []
    ambiguous = _ambiguous_dates(staging, typed, {number for _, number, _, _ in counts})
    found += ambiguous
    numbered = {i: f for i, f in enumerate(typed.faults) if f.code.startswith(("unreadable-", "too-many"))}
    for index, number, bad, example in counts:
        fault = numbered.get(number)
        if fault is None or not fault.column or bad < WRONG_TYPE_FROM:
            continue
        (good,) = sql.row(
            staging.connection, f"SELECT count({sql.name(fault.column)}) FROM {typed.name} WHERE source_file = {index}"
        )
        if good:
            continue
        place = staging.files[index].file.relative
        if any(b.where == f"{place} ({typed.table.name}.{fault.column})" for b in ambiguous):
            continue
        kind = typed.table.columns[fault.column].type
        days = kind in ("time", "date") and is_serial(str(example))
        found.append(
            blocking(
                "none-readable",
                "spreadsheet-days" if days else _REMEDIES[kind],
                f"{place} ({typed.table.name}.{fault.column})",
                column=source_column(staging, typed, fault.column, index),
                kind=sentence(f"kind-{_WORDS[kind]}"),
                n=bad,
                cell=Cell(repr(example)),
            )
        )
    return found


_WORDS = {
    "money": "amount",
    "quantity": "number",
    "rate": "number",
    "integer": "whole",
    "time": "time",
    "date": "date",
    "boolean": "yes-no",
    "clock": "clock",
}
"""Type of a column -> what its values are, ``told-kind-...``."""
_REMEDIES = {
    "money": "number",
    "quantity": "number",
    "rate": "number",
    "integer": "number",
    "time": "time",
    "date": "time",
    "boolean": "yes-no",
    "clock": "clock",
}


def source_column(staging: Staging, typed: TypedTable, column: str, index: int) -> str:
    reads = typed.columns[column].reads
    return staging.files[index].columns.get(reads[0][1], column) if reads else column


def _ambiguous_dates(staging: Staging, typed: TypedTable, met: set[int]) -> list[Blocking]:
    """Undeclared dates such as 03/04/2024: which number is the month is not for us to guess."""
    found: list[Blocking] = []
    for number in sorted(met):
        fault = typed.faults[number]
        if fault.code not in ("unreadable-time", "unreadable-date"):
            continue
        if typed.columns[fault.column].reading.time_formats or typed.table.columns[fault.column].type == "clock":
            continue
        shapes = staging.connection.execute(
            f"SELECT source_file, {shape_sql('fault_value')} AS shape, count(*), min(source_line), "
            f"arg_min(fault_value, source_line) FROM {typed.name} WHERE fault = {number} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        by_file: dict[int, dict[str, tuple[int, int, str]]] = {}
        for index, shape, count, line, example in shapes:
            by_file.setdefault(index, {})[shape] = (count, line, example)
        for index, seen in by_file.items():
            either = seen.get("DD/MM/YYYY or MM/DD/YYYY")
            if either is None:
                continue
            count, line, example = either
            proof = tuple(
                sentence("only-day", n=seen[s][0], shape=s, line=seen[s][1], cell=Cell(seen[s][2]))
                for s in ("DD/MM/YYYY", "MM/DD/YYYY")
                if s in seen
            )
            found.append(
                blocking(
                    "either-day-proof" if proof else "either-day",
                    "either-day",
                    f"{staging.files[index].file.relative} ({typed.table.name}.{fault.column})",
                    n=count,
                    column=source_column(staging, typed, fault.column, index),
                    line=line,
                    cell=Cell(example),
                    **({"proof": proof} if proof else {}),
                )
            )
    return found


def row_faults(staging: Staging, typed: TypedTable) -> None:
    """Move the rows that their own checks set aside into the table of what is set aside."""
    cases = " ".join(f"WHEN {i} THEN {sql.text(f.code)}" for i, f in enumerate(typed.faults) if f.code != "excluded")
    names = " ".join(f"WHEN {i} THEN {sql.text(f.column)}" for i, f in enumerate(typed.faults) if f.column)
    value = "ltrim(fault_value, chr(1) || chr(2))"
    once = "DISTINCT ON (source_file, source_line)" if typed.target.each else ""
    (moved,) = sql.row(
        staging.connection,
        f"INSERT INTO staging.aside SELECT {once} {sql.text(typed.table.name)}, source_file, source_line, "
        f"CASE fault {cases} ELSE excluded END, CASE fault {names} END, {value} "
        f"FROM {typed.name} WHERE fault IS NOT NULL",
    )
    if moved:
        _name_second_formats(staging, typed)


def _name_second_formats(staging: Staging, typed: TypedTable) -> None:
    """A time that is readable, but not as its column is written, is called that."""
    times = [f.column for f in typed.faults if f.code in ("unreadable-time", "unreadable-date")]
    for column in dict.fromkeys(times):
        if typed.table.columns[column].type == "clock":
            continue
        own = own_shapes(typed.columns[column].reading.time_formats)
        staging.connection.execute(
            f"UPDATE staging.aside SET reason = 'two-time-formats' WHERE table_name = {sql.text(typed.table.name)} "
            f"AND column_name = {sql.text(column)} AND reason IN ('unreadable-time', 'unreadable-date') "
            f"AND {shape_sql('value')} NOT IN ({sql.texts([*own, 'another format'])}) AND EXISTS "
            f"(SELECT 1 FROM {typed.name} WHERE {sql.name(column)} IS NOT NULL)"
        )


def doubtful_dates(staging: Staging, typed: TypedTable) -> list[Told]:
    """A warning where dates were declared day first and some can only be month first, or the other way round."""
    other = {"DD/MM/YYYY": "MM/DD/YYYY", "MM/DD/YYYY": "DD/MM/YYYY"}
    out = []
    for column, compiled in typed.columns.items():
        if typed.table.columns[column].type not in ("time", "date"):
            continue
        for own in own_shapes(compiled.reading.time_formats):
            if own not in other:
                continue
            (count, line) = sql.row(
                staging.connection,
                f"SELECT count(*), min(source_line) FROM staging.aside WHERE table_name = {sql.text(typed.table.name)} "
                f"AND column_name = {sql.text(column)} AND {shape_sql('value')} = {sql.text(other[own])}",
            )
            if count:
                of = {"table": typed.table.name, "column": column, "declared": own, "other": other[own]}
                out.append(sentence("note-day-first", n=count, line=line, **of))
    return out


def clock_changes(staging: Staging, typed: TypedTable) -> list[Told]:
    """A warning for the times of each file that the office's clock skips in one night, or shows twice in another."""
    out = []
    for column in typed.clocks:
        clock = sql.name("clock:" + column)
        for index, skipped, first, twice, second in staging.connection.execute(
            f"SELECT source_file, count(*) FILTER (WHERE {clock} = 1), min(source_line) FILTER (WHERE {clock} = 1), "
            f"count(*) FILTER (WHERE {clock} = 2), min(source_line) FILTER (WHERE {clock} = 2) FROM {typed.name} "
            f"WHERE {clock} IS NOT NULL GROUP BY source_file ORDER BY source_file"
        ).fetchall():
            told = []
            if skipped:
                told.append(sentence("note-skipped", n=skipped, line=first))
            if twice:
                told.append(sentence("note-twice", n=twice, line=second))
            of = {
                "file": staging.files[index].file.relative,
                "column": source_column(staging, typed, column, index),
                "table": f"{typed.table.name}.{column}",
            }
            out.append(sentence("note-clock", what=tuple(told), **of))
    return out


SHARING = "sharing"
"""Rows of the table checked last that share their key with another, with a hash of what they say."""


def duplicate_keys(staging: Staging, typed: TypedTable) -> bool:
    """Set rows aside that share a key; whether there are any (then they are in ``SHARING``).

    Which of them is true is not for us to say: where they differ, all are set aside (``duplicate-key``). Where they say
    the same, word for word, the first stays and the others are set aside (``repeated-row``).
    """
    if not typed.table.key:
        return False
    key = ", ".join(sql.name(k) for k in typed.table.key)
    live = f"SELECT * FROM {typed.name} WHERE excluded IS NULL AND " + " AND ".join(
        f"{sql.name(k)} IS NOT NULL" for k in typed.table.key
    )
    connection = staging.connection
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE shared_keys AS SELECT {key} FROM ({live}) GROUP BY ALL HAVING count(*) > 1"
    )
    (many,) = sql.row(connection, "SELECT count(*) FROM shared_keys")
    if not many:
        return False
    content = ", ".join(sql.name(c) for c in typed.columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {SHARING} AS SELECT {key}, source_file, source_line, fault, "
        f"hash(row({content})) AS content FROM ({live}) SEMI JOIN shared_keys USING ({key})"
    )
    connection.execute(
        f"INSERT INTO staging.aside SELECT {sql.text(typed.table.name)}, source_file, source_line, "
        f"CASE WHEN same THEN 'repeated-row' ELSE 'duplicate-key' END, {sql.text(typed.table.key[-1])}, shown FROM ("
        f"SELECT source_file, source_line, fault, concat_ws(' ', {key}) AS shown, "
        f"min(content) OVER (PARTITION BY {key}) = max(content) OVER (PARTITION BY {key}) AS same, "
        f"row_number() OVER (PARTITION BY {key} ORDER BY source_file, source_line) AS place FROM {SHARING}) "
        "WHERE fault IS NULL AND (NOT same OR place > 1)"
    )
    return True


_ITEM_NUMBERS = {"item_no", "key_itm_nbr", "itm_nbr", "item_number"}


def repeated_declarations(staging: Staging, typed: TypedTable) -> list[Blocking]:
    """Declarations that a file repeats word for word, as a join with their items leaves them (``SHARING``).

    A stray repeated row is set aside. A file blocks where a hundredth of its rows (and ten or more) are repeated, or
    where any are and it also numbers items: then it is a join, and every count and sum of it would be wrong.
    """
    key = ", ".join(sql.name(k) for k in typed.table.key)
    # Of a row that stands in an earlier file too, ``overlaps`` tells.
    counts = staging.connection.execute(
        "SELECT source_file, count(*), min(source_line) FROM (SELECT source_file, source_line, fault, "
        f"min(content) OVER (PARTITION BY {key}) = max(content) OVER (PARTITION BY {key}) AS same, "
        f"row_number() OVER (PARTITION BY {key}, source_file ORDER BY source_line) AS place FROM {SHARING}) "
        "WHERE fault IS NULL AND same AND place > 1 GROUP BY source_file ORDER BY source_file"
    ).fetchall()
    found = []
    for index, repeated, line in counts:
        file = staging.files[index]
        numbered = {c.casefold() for c in file.extra} & _ITEM_NUMBERS
        if numbered or (repeated >= 10 and repeated * 100 >= file.rows):
            found.append(
                blocking(
                    "repeated",
                    "repeated",
                    f"{file.file.relative} ({typed.table.name})",
                    n=repeated,
                    rows=file.rows,
                    line=line,
                    table=file.file.table,
                )
            )
    return found


def orphans(staging: Staging, typed: TypedTable) -> None:
    """Set rows aside whose declaration does not exist, or was itself set aside."""
    columns = [
        r.columns[0] for r in CONTRACT.rules_of(typed.table.name) if r.code == "unknown-declaration" and r.columns
    ]
    for column in columns:
        if column not in typed.columns:
            continue
        name = sql.name(column)
        (many,) = sql.row(
            staging.connection,
            f"CREATE OR REPLACE TEMP TABLE lost AS SELECT t.source_file, t.source_line, t.{name} AS id "
            f"FROM {typed.name} AS t ANTI JOIN staging.accepted_declarations AS a ON a.declaration_id = t.{name} "
            f"WHERE t.fault IS NULL AND t.{name} IS NOT NULL",
        )
        if not many:
            continue
        staging.connection.execute(
            f"INSERT INTO staging.aside SELECT {sql.text(typed.table.name)}, l.source_file, l.source_line, "
            "CASE WHEN d.declaration_id IS NULL THEN 'unknown-declaration' "
            f"ELSE COALESCE(d.excluded, 'declaration-set-aside') END, {sql.text(column)}, l.id FROM lost AS l "
            "LEFT JOIN (SELECT declaration_id, min(excluded) AS excluded FROM staging.typed.declarations "
            "SEMI JOIN lost ON lost.id = declaration_id GROUP BY declaration_id) AS d ON d.declaration_id = l.id "
            f"ANTI JOIN ({aside_rows(typed.table.name)}) AS s "
            "ON s.source_file = l.source_file AND s.source_line = l.source_line"
        )
