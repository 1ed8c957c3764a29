"""Typed rows become the workspace's tables: codes as enums, rows in the order in which questions read them."""

from __future__ import annotations

from collections.abc import Iterable

from arusha.errors import RecordsError
from arusha.language.told import error
from arusha.records import sql
from arusha.records.checks import aside_rows
from arusha.records.contract import Column, Table
from arusha.records.staging import Staging
from arusha.records.totals import FileTotals
from arusha.records.typed import TypedTable
from arusha.records.values import TYPES

LANES = ("green", "blue", "yellow", "red")
ENUM_LIMIT = 100_000
"""A column with more different values than this stays text: a larger enum costs more than it saves."""

DERIVED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "declarations": (("registered_on", "registered_at", "DATE"), ("registered_hour", "registered_at", "TINYINT")),
    "assignments": (("assigned_on", "assigned_at", "DATE"), ("assigned_hour", "assigned_at", "TINYINT")),
    "events": (("occurred_on", "occurred_at", "DATE"), ("occurred_hour", "occurred_at", "TINYINT")),
    "inspections": (("ended_on", "ended_at", "DATE"),),
}
"""Table -> (column, the time it is derived from, type), in the office's own time.

Hours are null where only the day is known.
"""

NUMBER = "declaration_no"
"""In every table that names a declaration: its place among the accepted, in the order of ``declaration_id``, from 1.

A join over numbers costs less than half of one over texts, and the order is the same.
"""

_ORDER = {
    "declarations": ("office", "registered_on", "declaration_id"),
    "items": ("hs_code", "origin", "declaration_id", "item_no"),
    "assignments": ("assigned_on", "declaration_id", "sequence"),
    "inspections": ("ended_on", "declaration_id"),
    "events": ("occurred_at", "event_id"),
}
_DOMAIN_OF_COLUMN = {"assessed_hs_code": "hs_code", "declared_exemption": "exemption", "other_role": "role"}


def domain_of(table: Table, column: Column) -> str | None:
    """The name of the enum that a column shares with the columns it joins; None where it stays text."""
    if column.person:
        if column.type != "id" or column.name == "tax_id":
            return None
        return {"officer": "staff", "user": "staff"}.get(column.person, column.person)
    if column.type == "enum":
        return "lane" if column.values == LANES else f"{table.name}_{column.name}"
    if column.type == "code":
        if column.refers:
            return column.refers.split(".")[1]
        return _DOMAIN_OF_COLUMN.get(column.name, column.name)
    return None


def make_enums(staging: Staging, tables: Iterable[TypedTable]) -> dict[str, str]:
    """Create the enum types in the workspace's file.

    Returns
    -------
    Domain -> name of its type, for the domains that became enums. Values are in the order of their bytes, lanes from
    green to red.
    """
    members: dict[str, list[str]] = {}
    for typed in tables:
        accepted = f"FROM {typed.name} AS t {_accepted(staging, typed)}"
        for name in typed.columns:
            domain = domain_of(typed.table, typed.table.columns[name])
            if domain is not None:
                members.setdefault(domain, []).append(f"SELECT DISTINCT t.{sql.name(name)} AS v {accepted}")
    made = {"lane": "type_lane"}
    staging.connection.execute(f"CREATE TYPE store.type_lane AS ENUM ({sql.texts(LANES)})")
    for domain, selects in sorted(members.items()):
        if domain == "lane":
            continue
        union = f"SELECT DISTINCT v FROM ({' UNION ALL '.join(selects)}) WHERE v IS NOT NULL"
        values = [
            str(r[0]) for r in staging.connection.execute(f"{union} ORDER BY v LIMIT {ENUM_LIMIT + 1}").fetchall()
        ]
        if 0 < len(values) <= ENUM_LIMIT:
            made[domain] = f"type_{domain}"
            staging.connection.execute(f"CREATE TYPE store.{sql.name(made[domain])} AS ENUM ({sql.texts(values)})")
    return made


def number_declarations(staging: Staging, tables: Iterable[TypedTable]) -> None:
    """Number the accepted declarations, if the source has any."""
    if any(t.table.name == "declarations" for t in tables):
        staging.connection.execute(
            "CREATE TABLE staging.numbered AS SELECT declaration_id, "
            "CAST(row_number() OVER (ORDER BY declaration_id) AS INTEGER) AS number FROM staging.accepted_declarations"
        )


def is_numbered(typed: TypedTable, tables: Iterable[TypedTable]) -> bool:
    """Whether the rows of a table bear the number of their declaration."""
    return "declaration_id" in typed.columns and any(t.table.name == "declarations" for t in tables)


def _accepted(staging: Staging, typed: TypedTable) -> str:
    """SQL that leaves the rows of ``typed``, known as ``t``, that are not set aside."""
    aside = aside_rows(typed.table.name)
    (any_aside,) = sql.row(staging.connection, f"SELECT count(*) FROM ({aside} LIMIT 1)")
    if not any_aside:
        return ""
    return f"ANTI JOIN ({aside}) AS s ON s.source_file = t.source_file AND s.source_line = t.source_line"


def store_table(staging: Staging, typed: TypedTable, enums: dict[str, str], *, numbered: bool) -> int:
    """Write the accepted rows of a table into the workspace's file; the number of rows.

    ``numbered``: with the number of their declaration (``is_numbered``).
    """
    table = typed.table
    parts = []
    for name, column in table.columns.items():
        domain = domain_of(table, column)
        kind = f"store.{sql.name(enums[domain])}" if domain in enums else TYPES[column.type]
        value = f"t.{sql.name(name)}" if name in typed.columns else "NULL"
        parts.append(f"CAST({value} AS {kind}) AS {sql.name(name)}")
    for name, origin, kind in DERIVED.get(table.name, ()):
        if origin not in typed.columns:
            parts.append(f"CAST(NULL AS {kind}) AS {sql.name(name)}")
        elif kind == "DATE":
            parts.append(f"CAST(t.{sql.name('local:' + origin)} AS DATE) AS {sql.name(name)}")
        else:
            local, day = f"t.{sql.name('local:' + origin)}", f"t.{sql.name('day:' + origin)}"
            parts.append(f"CAST(CASE WHEN NOT {day} THEN hour({local}) END AS {kind}) AS {sql.name(name)}")
    join = ""
    if numbered:
        parts.append(f"n.number AS {NUMBER}")
        join = "LEFT JOIN staging.numbered AS n ON n.declaration_id = t.declaration_id"
    order = _ORDER.get(table.name) or (*table.key, *(c for c in table.required if c not in table.key))
    by = ", ".join(NUMBER if numbered and c == "declaration_id" else sql.name(c) for c in order)
    aside = _accepted(staging, typed)
    staging.connection.execute(
        f"CREATE TABLE store.{sql.name(table.name)} AS SELECT {', '.join(parts)}, t.source_file, t.source_line "
        f"FROM {typed.name} AS t {aside} {join} ORDER BY {by}, source_file, source_line"
    )
    (rows,) = sql.row(staging.connection, f"SELECT count(*) FROM store.{sql.name(table.name)}")
    return int(rows)


def verify_stored(staging: Staging, typed: TypedTable, counted: list[FileTotals]) -> dict[str, str]:
    """Hold the stored rows and sums against what was accepted, file by file.

    Returns
    -------
    Column -> its stored sum, for the columns with money.

    Raises
    ------
    RecordsError
        They differ.
    """
    name = f"store.{sql.name(typed.table.name)}"
    stored = dict(
        staging.connection.execute(f"SELECT source_file, count(*) FROM {name} GROUP BY source_file").fetchall()
    )
    for total in counted:
        if (
            stored.get(total.source_file, 0) != total.accepted * total.each
            or total.rows != total.accepted + total.set_aside
        ):
            raise error(
                RecordsError,
                "stored-rows",
                "fault",
                where=f"{staging.files[total.source_file].file.relative} ({total.table})",
                before=total.accepted,
                rows=total.rows,
                after=stored.get(total.source_file, 0),
            )
    sums = [c for c in typed.columns if typed.table.columns[c].type == "money"]
    if not sums:
        return {}
    asides = f"SEMI JOIN ({aside_rows(typed.table.name)}) AS s USING (source_file, source_line)"
    listed = ", ".join(f"COALESCE(sum({sql.name(c)}), 0)" for c in sums)
    every = sql.row(staging.connection, f"SELECT {listed} FROM {typed.name}")
    aside = sql.row(staging.connection, f"SELECT {listed} FROM {typed.name} AS t {asides}")
    kept = sql.row(staging.connection, f"SELECT {listed} FROM {name}")
    for column, before, left, after in zip(sums, every, aside, kept, strict=True):
        if before != left + after:
            sums_of = {"column": column, "before": str(before), "after": str(after), "left": str(left)}
            raise error(RecordsError, "stored-sum", "fault", where=typed.table.name, **sums_of)
    return {column: str(value) for column, value in zip(sums, kept, strict=True)}


def store_aside(staging: Staging, tables: Iterable[TypedTable], reasons_by_mapping: frozenset[str]) -> None:
    """Write what was set aside, with its raw row, office and person, into the workspace's file."""
    connection = staging.connection
    connection.execute(
        "CREATE TABLE store.set_aside (table_name VARCHAR, source_file SMALLINT, source_line BIGINT, reason VARCHAR, "
        "column_name VARCHAR, value VARCHAR, office VARCHAR, person VARCHAR, raw VARCHAR)"
    )
    excluded = sql.texts(sorted(reasons_by_mapping)) or "''"
    tables_aside = {t for (t,) in connection.execute("SELECT DISTINCT table_name FROM staging.aside").fetchall()}
    for typed in tables:
        name = typed.table.name
        if name not in tables_aside:
            continue
        held = sorted(staging.present[typed.source.name])
        raw = raw_row(staging, held)
        office, join = _office_of(typed)
        if office != "NULL":
            office = staging.protection.veil(f"CAST({office} AS VARCHAR)")
        person = person_of(typed)
        once = "SELECT DISTINCT ON (source_file, source_line) *" if typed.target.each else "SELECT *"
        rows = f"({once} FROM {typed.name} SEMI JOIN ({aside_rows(name)}) USING (source_file, source_line))"
        connection.execute(
            f"INSERT INTO store.set_aside SELECT s.table_name, s.source_file, s.source_line, s.reason, s.column_name, "
            f"s.value, {office}, {f't.{sql.name(person)}' if person else 'NULL'}, "
            f"CASE WHEN s.reason NOT IN ({excluded}) THEN {raw} END "
            f"FROM staging.aside AS s JOIN {rows} AS t ON t.source_file = s.source_file "
            f"AND t.source_line = s.source_line JOIN {staging.name_of(typed.source.name)} AS r "
            f"ON r.source_file = s.source_file AND r.source_line = s.source_line {join} "
            f"WHERE s.table_name = {sql.text(name)} ORDER BY s.source_file, s.source_line"
        )


def raw_row(staging: Staging, held: list[str]) -> str:
    """SQL of a source row ``r`` as JSON. Known persons are replaced in every cell: a damaged row has them anywhere."""
    cells = ", ".join(f"{sql.name(c)} := {staging.protection.veil('r.' + sql.name(c))}" for c in held)
    return f"to_json(struct_pack({cells}))"


def store_source_aside(staging: Staging, source: str) -> None:
    """Write what was set aside of a source table that only adds to others."""
    held = sorted(staging.present[source])
    raw = raw_row(staging, held)
    staging.connection.execute(
        "INSERT INTO store.set_aside SELECT s.table_name, s.source_file, s.source_line, s.reason, s.column_name, "
        f"s.value, NULL, NULL, {raw} FROM staging.aside AS s JOIN {staging.name_of(source)} AS r "
        "ON r.source_file = s.source_file AND r.source_line = s.source_line "
        f"WHERE s.table_name = {sql.text(source)} ORDER BY s.source_file, s.source_line"
    )


def store_repairs(staging: Staging, tables: Iterable[TypedTable]) -> None:
    """Write every value that the mapping repaired, as the source had it, and count them by file."""
    connection = staging.connection
    connection.execute(
        "CREATE TABLE store.repairs (table_name VARCHAR, column_name VARCHAR, source_file SMALLINT, "
        "source_line BIGINT, repair VARCHAR, was VARCHAR)"
    )
    for typed in tables:
        for column, kind in typed.repairs.items():
            was = sql.name("was:" + column)
            # A number that was repaired is a number; joined texts of a damaged row may be persons.
            text = typed.columns[column].repair is not None
            kept = f"CASE WHEN fault IS NULL THEN {was} ELSE {staging.protection.veil(was)} END" if text else was
            connection.execute(
                f"INSERT INTO store.repairs SELECT {sql.text(typed.table.name)}, {sql.text(column)}, source_file, "
                f"source_line, {sql.text(kind)}, {kept} FROM {typed.name} WHERE {was} IS NOT NULL "
                "ORDER BY source_file, source_line"
            )


def count_repairs(staging: Staging, tables: Iterable[TypedTable]) -> None:
    """Count what the mapping repaired, in each file's own account."""
    for typed in tables:
        for column, kind in typed.repairs.items():
            counts = staging.connection.execute(
                f"SELECT source_file, count({sql.name('was:' + column)}) FROM {typed.name} GROUP BY source_file"
            ).fetchall()
            for index, count in counts:
                if count:
                    staging.files[index].repairs[f"{typed.table.name}.{column}: {kind}"] = count


def _office_of(typed: TypedTable) -> tuple[str, str]:
    if "office" in typed.columns:
        return "t.office", ""
    if "declaration_id" in typed.columns:
        return "d.office", (
            "LEFT JOIN (SELECT declaration_id, min(office) AS office FROM staging.typed.declarations "
            "GROUP BY declaration_id) AS d ON d.declaration_id = t.declaration_id"
        )
    return "NULL", ""


def person_of(typed: TypedTable) -> str | None:
    """The column that says whose row it is."""
    return next((c for c in ("officer_id", "user_id") if c in typed.columns), None)


def store_rates(staging: Staging, tables: Iterable[TypedTable]) -> None:
    """Write how many rows of each office and person came in and were set aside: damage that follows somebody shows."""
    connection = staging.connection
    connection.execute(
        "CREATE TABLE store.set_aside_rates (table_name VARCHAR, by_what VARCHAR, name VARCHAR, rows BIGINT, "
        "set_aside BIGINT)"
    )
    for typed in tables:
        (any_aside,) = sql.row(
            connection, f"SELECT count(*) FROM staging.aside WHERE table_name = {sql.text(typed.table.name)}"
        )
        if not any_aside:
            continue
        office, join = _office_of(typed)
        person = person_of(typed)
        for what, column in (("office", office), ("person", f"t.{sql.name(person)}" if person else "NULL")):
            if column == "NULL":
                continue
            # What a damaged row calls its office may be a person.
            name = staging.protection.veil("name") if what == "office" else "name"
            connection.execute(
                f"INSERT INTO store.set_aside_rates SELECT {sql.text(typed.table.name)}, {sql.text(what)}, {name}, "
                f"n, aside FROM (SELECT CAST({column} AS VARCHAR) AS name, count(*) AS n, "
                "count(s.source_line) AS aside "
                f"FROM {typed.name} AS t LEFT JOIN ({aside_rows(typed.table.name)}) AS s "
                "ON s.source_file = t.source_file AND s.source_line = t.source_line "
                f"{join if what == 'office' else ''} GROUP BY ALL) ORDER BY name"
            )
