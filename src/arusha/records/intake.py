"""Taking records in: files opened and checked, rows staged, typed and checked, before anything is stored for good."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from arusha.errors import Cell, RecordsError, Told
from arusha.language.told import error as of
from arusha.language.told import sentence
from arusha.records import checks, doubts, identifiers, overlaps, sql
from arusha.records.checks import Blocking, RecordsBlockedError, blocking
from arusha.records.contract import CONTRACT
from arusha.records.files import Found, find_files
from arusha.records.lines import Opened
from arusha.records.mapping import Mapping, SourceTable, Target
from arusha.records.progress import Pace
from arusha.records.protect import Protection, Tokens
from arusha.records.staging import Staging, open_file
from arusha.records.store import count_repairs
from arusha.records.times import is_zone
from arusha.records.totals import FileTotals, totals, unmatched
from arusha.records.typed import TypedTable, type_rows, values_of
from arusha.records.zones import Zones

KEY_TABLE = "declarations"


@dataclass
class Intake:
    """Everything known of a source once its rows are typed and checked.

    ``blocked`` are the findings for which nothing may be stored; where a file cannot even be opened, no rows are read.
    """

    mapping: Mapping
    found: Found
    staging: Staging
    zones: Zones
    tables: list[TypedTable]
    totals: list[FileTotals]
    protection: Protection
    blocked: list[Blocking] = field(default_factory=list)
    warnings: list[Told] = field(default_factory=list)

    def close(self) -> None:
        """Take the functions of the protection off the connection, which must not be closed with them."""
        self.protection.close()

    def refuse_blocked(self) -> None:
        """Raise ``RecordsBlockedError`` with every finding that blocks, if there is one."""
        if self.blocked:
            raise RecordsBlockedError(self.blocked)

    @property
    def absent(self) -> tuple[str, ...]:
        """The tables of the contract that the source does not hold."""
        held = {t.table.name for t in self.tables}
        return tuple(name for name in CONTRACT.tables if name not in held)


def connect(folder: Path, memory_limit: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    """A connection with a staging database in memory, that spills into ``folder``."""
    connection = duckdb.connect()
    try:
        connection.execute(f"SET memory_limit = {sql.text(memory_limit)}")
        if threads is not None:
            connection.execute(f"SET threads = {int(threads)}")
        connection.execute(f"SET temp_directory = {sql.text(str(folder / 'spill'))}")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET enable_progress_bar = false")
        # In memory, compressed, and spilling beyond the limit: a fifth less work than a file that is thrown away.
        connection.execute("ATTACH ':memory:' AS staging (COMPRESS)")
        connection.execute("CREATE SCHEMA staging.typed")
    except duckdb.Error as error:
        connection.close()
        raise of(RecordsError, "duckdb-setting", "memory-limit-like", why=str(error).splitlines()[0]) from error
    return connection


def take_in(
    connection: duckdb.DuckDBPyConnection, source: Path, mapping: Mapping, tokens: Tokens | None, pace: Pace
) -> Intake:
    """Stage, type and check the records of ``source``. The caller closes what is returned.

    Raises
    ------
    RecordsError
        There is no such source, or nothing in it is a table of the mapping. What blocks is in ``blocked``.
    """
    found = find_files(source, mapping.patterns)
    protection = Protection(connection, tokens)
    try:
        staging = Staging(connection, protection, pace)
        intake = Intake(mapping, found, staging, Zones({}, mapping.zone or "UTC"), [], [], protection)
        intake.blocked += _stage(staging, found, mapping, pace)
        _check(intake, mapping, pace, free_text=tokens is not None)
    except BaseException:
        protection.close()
        raise
    return intake


def _check(intake: Intake, mapping: Mapping, pace: Pace, *, free_text: bool) -> None:
    staging = intake.staging
    checks.begin_aside(staging)
    intake.warnings += [
        sentence("note-encoding", file=f.file.relative, encoding=f.encoding)
        for f in staging.files
        if f.encoding_how == "presumed"
    ]
    if intake.blocked:
        return
    intake.warnings += doubts.files_without_a_column(staging, mapping.sources)
    intake.warnings += identifiers.persons_written_twice(staging, mapping.sources)
    intake.warnings += identifiers.logins_with_a_domain(staging, mapping.sources)
    intake.warnings += identifiers.nobody_written_as_somebody(staging, mapping.sources)
    for target in _ordered(mapping.targets):
        if target.source not in staging.present:
            continue
        if any(t.table.name == target.table for t in intake.tables):
            intake.warnings.append(sentence("note-contract-form", table=target.table, source=target.source))
            continue
        pace(f"checking {target.table}", len(intake.tables), len(mapping.targets))
        if target.table == KEY_TABLE:
            _complete_zones(intake, target)
        try:
            typed = _typed(intake, target, mapping.sources)
        except RecordsError as error:
            if type(error) is not RecordsError:
                raise
            intake.blocked.append(Blocking(error.problem, error.where, error.remedy, error.told))
            continue
        if typed is None:
            continue
        intake.blocked += checks.wrong_types(staging, typed)
        checks.row_faults(staging, typed)
        intake.warnings += checks.doubtful_dates(staging, typed)
        intake.warnings += checks.clock_changes(staging, typed)
        intake.warnings += doubts.days_written_as_midnights(staging, typed)
        if checks.duplicate_keys(staging, typed):
            if target.table == KEY_TABLE:
                intake.blocked += checks.repeated_declarations(staging, typed)
            overlapping, twice = overlaps.told(staging, typed, blocks=target.table == KEY_TABLE)
            intake.blocked += overlapping
            intake.warnings += twice
        if target.table == "offices":
            intake.zones = _zones_of(intake, typed)
        checks.orphans(staging, typed)
        if target.table == KEY_TABLE:
            _accept_declarations(staging)
        counted, differing = totals(staging, typed)
        intake.blocked += differing
        intake.totals += counted
        intake.tables.append(typed)
        pace.check()
    intake.warnings += doubts.amounts_in_other_units(staging, intake.tables)
    if free_text:
        intake.warnings += _free_text(staging, mapping)
    for name in staging.present:
        if not any(t.source.name == name for t in intake.tables):
            intake.blocked += unmatched(staging, intake.tables, name)
    count_repairs(staging, intake.tables)
    if not intake.blocked:
        intake.blocked += _nothing_accepted(intake)
    checks.veil_values(staging)
    for typed in intake.tables:
        intake.warnings += doubts.little_left(
            staging, typed, sum(t.rows for t in intake.totals if t.table == typed.table.name)
        )


def _typed(intake: Intake, target: Target, sources: Map[str, SourceTable]) -> TypedTable | None:
    there = {t.table.name for t in intake.tables}
    return type_rows(
        intake.staging,
        target,
        sources,
        intake.zones,
        declarations=KEY_TABLE in there,
        postings="postings" in there,
    )


def _stage(staging: Staging, found: Found, mapping: Mapping, pace: Pace) -> list[Blocking]:
    """Open every file, and read them all if none blocks."""
    blocked: list[Blocking] = []
    opened: dict[str, list[Opened]] = {}
    naming = mapping.identifiers
    for name, source in mapping.sources.items():
        files = found.of(name)
        if not files and source.required:
            blocked.append(
                blocking(
                    "table-missing",
                    "add-table" if found.source.is_dir() else "name-folder",
                    str(found.source),
                    table=name,
                    name=source.files[0],
                )
            )
        for file in files:
            try:
                named = naming.get(name, set())
                opened.setdefault(name, []).append(open_file(file, source, named, staging.connection, pace))
            except RecordsError as error:
                if type(error) is not RecordsError:
                    raise
                blocked.append(Blocking(error.problem, error.where, error.remedy, error.told))
    if blocked:
        return blocked
    # Text in which a known person may be named is read last, when the persons are known.
    for name in sorted(opened, key=lambda n: any(c.veil for c in mapping.sources[n].columns.values())):
        staging.stage(mapping.sources[name], opened[name])
        blocked += identifiers.rounded_identifiers(staging, name, naming.get(name, set()))
    blocked += identifiers.rounded_persons(staging, mapping.sources)
    return blocked


def _ordered(targets: tuple[Target, ...]) -> list[Target]:
    """Offices first (their zones are needed), then declarations and postings, then the others as they come."""
    first = {"offices": 0, KEY_TABLE: 1, "postings": 2}
    return sorted(targets, key=lambda t: first.get(t.table, 3))


def _zones_of(intake: Intake, offices: TypedTable) -> Zones:
    """The zones that the table of offices names; an office whose zone is unknown is set aside."""
    connection = intake.staging.connection
    if "zone" not in offices.columns:
        return intake.zones
    rows = connection.execute(
        f"SELECT office, zone FROM {offices.name} WHERE fault IS NULL AND zone IS NOT NULL ORDER BY office"
    ).fetchall()
    unknown = sorted({zone for _, zone in rows if not is_zone(zone)})
    if unknown:
        connection.execute(
            f"INSERT INTO staging.aside SELECT 'offices', source_file, source_line, 'unknown-zone', 'zone', zone "
            f"FROM {offices.name} WHERE fault IS NULL AND zone IN ({sql.texts(unknown)})"
        )
    return Zones({office: zone for office, zone in rows if is_zone(zone)}, intake.zones.default)


def _complete_zones(intake: Intake, declarations: Target) -> None:
    """Give every office of the declarations a zone, and say where it is only presumed."""
    zones = intake.zones
    offices = values_of(intake.staging, declarations, intake.mapping.sources, "office")
    without = [office for office in offices if office not in zones.of_office]
    listed = next((t for t in intake.tables if t.table.name == "offices"), None)
    if listed is not None:
        known = {
            office
            for (office,) in intake.staging.connection.execute(
                f"SELECT DISTINCT CAST(office AS VARCHAR) FROM {listed.name} WHERE fault IS NULL"
            ).fetchall()
        }
        unlisted = [office for office in offices if office not in known]
        if unlisted:
            told = sentence("note-offices", n=len(unlisted), all=len(offices), cell=_named(intake, unlisted))
            intake.warnings.append(told)
    if without and not intake.mapping.zone:
        named = _named(intake, without)
        intake.warnings.append(sentence("note-zones", n=len(without), all=len(offices), cell=named, zone=zones.default))
    intake.zones = Zones({**zones.of_office, **dict.fromkeys(without, zones.default)}, zones.default)
    connection = intake.staging.connection
    connection.execute("CREATE OR REPLACE TABLE staging.zones (office VARCHAR, zone VARCHAR)")
    if intake.zones.of_office:
        connection.executemany("INSERT INTO staging.zones VALUES (?, ?)", list(intake.zones.of_office.items()))


def _named(intake: Intake, offices: list[str]) -> Cell:
    """Some of the offices; in a row whose cells are shifted, an office can be a person."""
    return Cell(", ".join(intake.protection.veiled(offices[:5])) + (", ..." if len(offices) > 5 else ""))


def _accept_declarations(staging: Staging) -> None:
    staging.connection.execute(
        "CREATE TABLE staging.accepted_declarations AS SELECT t.declaration_id FROM staging.typed.declarations AS t "
        "ANTI JOIN (SELECT source_file, source_line FROM staging.aside WHERE table_name = 'declarations') AS s "
        "ON s.source_file = t.source_file AND s.source_line = t.source_line"
    )


def _free_text(staging: Staging, mapping: Mapping) -> list[Told]:
    """A warning where free text was read: it may name persons in words that stand in no other column."""
    read = [
        f"{name}.{column}"
        for name, held in sorted(staging.present.items())
        for column in sorted(held)
        if mapping.sources[name].columns[column].veil and not mapping.sources[name].columns[column].person
    ]
    filled = [
        column
        for column in read
        if sql.row(
            staging.connection,
            f"SELECT count({sql.name(column.split('.', 1)[1])}) FROM {staging.name_of(column.split('.', 1)[0])}",
        )[0]
    ]
    if not filled:
        return []
    return [sentence("note-free-text", columns=", ".join(filled))]


def _nothing_accepted(intake: Intake) -> list[Blocking]:
    """A load of which no declaration is accepted is no load."""
    rows = [t for t in intake.totals if t.table == KEY_TABLE]
    if sum(t.accepted for t in rows) > 0:
        return []
    reasons = intake.staging.connection.execute(
        "SELECT reason, count(*), min(source_line) FROM staging.aside WHERE table_name = 'declarations' "
        "GROUP BY reason ORDER BY count(*) DESC, reason"
    ).fetchall()
    told = tuple(
        sentence("rows-for", n=count, reason=reason, line=line, meaning=checks.meanings(reason, KEY_TABLE))
        for reason, count, line in reasons
    )
    where = ", ".join(intake.staging.files[t.source_file].file.relative for t in rows) or KEY_TABLE
    if not told:
        return [blocking("no-rows", "rows-named", where)]
    return [blocking("none-accepted", "rows-named", where, why=told)]
