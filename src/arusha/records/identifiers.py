"""Identifiers that are not what the source system wrote: rounded by a spreadsheet, or one person's written two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from arusha.errors import Cell, Told, shape
from arusha.language.told import sentence
from arusha.records import sql
from arusha.records.checks import Blocking, blocking
from arusha.records.contract import SYSTEM
from arusha.records.mapping import SourceColumn, SourceTable
from arusha.records.staging import Staging

WRITTEN_TWICE = {"officer": "note-written-twice-officer", "party": "note-written-twice-party"}
"""Which sentence tells of persons of a domain who are written in more than one way."""

_DOMAINS = {"before": re.compile(r"[^\\\s]+\\(\S+)"), "after": re.compile(r"([^@\s]+)@[^@\s]+")}
"""How a login is written with its domain: before it (``CUSTOMS\\ka0417``) or after it (``ka0417@customs``)."""

_WRAPPED = re.compile(r'^="(.*)"$')
_NOBODY = re.compile(r"[-_.?*/\\]+|0+|n\.?/?a\.?|nil|none|\(?null\)?|nan|nat|unknown|#n/a|\\n")
"""What exports write for "nobody": dashes, zeros, and the empty values of databases and data frames."""
_ROUNDED = "[0-9]([.,][0-9]*)?[Ee][+][0-9]+"
"""How a spreadsheet writes a number that is too long for its cell: 2.02401E+15."""


def rounded_identifiers(staging: Staging, source: str, columns: set[str]) -> list[Blocking]:
    """Identifiers that a spreadsheet turned into rounded numbers, such as 2.02401E+15."""
    held = sorted(columns & staging.present[source])
    if not held:
        return []
    rounded = [f"contains({sql.name(c)}, '+') AND regexp_full_match({sql.name(c)}, {sql.text(_ROUNDED)})" for c in held]
    counts = ", ".join(
        f"count(*) FILTER (WHERE {test}), any_value({sql.name(c)}) FILTER (WHERE {test})"
        for c, test in zip(held, rounded, strict=True)
    )
    row = sql.row(staging.connection, f"SELECT {counts} FROM {staging.name_of(source)}")
    return [
        _rounded(staging, source, column, int(row[2 * i]), Cell(row[2 * i + 1]))
        for i, column in enumerate(held)
        if row[2 * i]
    ]


def rounded_persons(staging: Staging, sources: Mapping[str, SourceTable]) -> list[Blocking]:
    """The same for codes of persons that are pseudonyms by now: one would stand for many traders.

    The example has the shape of the code, not the code.
    """
    found: list[Blocking] = []
    if not staging.protection.on:
        return found
    for domain in ("officer", "party", "representative"):
        met = {t: v for v, t in staging.protection.met(domain) if re.fullmatch(_ROUNDED, v)}
        for table, column in person_columns(staging, sources, domain) if met else ():
            if n := rows_of(staging, table, column, list(met)):
                cell = Cell(shape(next(iter(met.values()))))
                found.append(_rounded(staging, table, column.name, n, cell))
    return found


def _rounded(staging: Staging, source: str, column: str, n: int, cell: Cell) -> Blocking:
    where = ", ".join(f.file.relative for f in staging.files if f.file.table == source)
    return blocking("rounded", "rounded", where, n=n, column=column, cell=cell)


def folded(identifier: str) -> str:
    """An identifier without what a keyboard or a spreadsheet changes: case, blanks, leading zeros, ``'``, ``.0``."""
    text = "".join(identifier.casefold().split())
    text = _WRAPPED.sub(r"\1", text).lstrip("'")
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    return text.lstrip("0") or text[-1:]


def persons_written_twice(staging: Staging, sources: Mapping[str, SourceTable]) -> list[Told]:
    """A warning where codes of persons differ from another only in what ``folded`` takes away.

    It names the columns and no code: those of persons stand in no note.
    """
    out = []
    for domain in WRITTEN_TWICE:
        held = person_columns(staging, sources, domain)
        alike: dict[str, set[str]] = {}
        for identifier, stored in _persons(staging, domain, held):
            if stored != SYSTEM:
                alike.setdefault(folded(identifier), set()).add(stored)
        twice = sorted(sorted(same) for same in alike.values() if len(same) > 1)
        if not twice:
            continue
        # Looking where they stand is one pass over each column; a few hundred of them name the columns as well.
        some = [stored for same in twice[:200] for stored in same]
        where = [f"{t}.{c.name}" for t, c in held if rows_of(staging, t, c, some)]
        out.append(
            sentence(
                WRITTEN_TWICE[domain],
                n=len(twice),
                columns=", ".join(where),
            )
        )
    return out


def without_domain(login: str) -> tuple[str, str]:
    """A login without its domain, and where the domain stands: ``before``, ``after``, or nowhere (empty)."""
    for where, written in _DOMAINS.items():
        if found := written.fullmatch(login.strip()):
            return found.group(1), where
    return login, ""


def logins_with_a_domain(staging: Staging, sources: Mapping[str, SourceTable]) -> list[Told]:
    """A warning where logins of officers or users have a domain in one place and none, or another form, elsewhere.

    Two domains written alike may be two persons. It names the columns and no login.
    """
    held = person_columns(staging, sources, "officer")
    alike: dict[str, dict[str, set[str]]] = {}
    for identifier, stored in _persons(staging, "officer", held):
        if stored != SYSTEM:
            login, where = without_domain(identifier)
            alike.setdefault(folded(login), {}).setdefault(where, set()).add(stored)
    twice = sorted(sorted(set().union(*ways.values())) for ways in alike.values() if len(ways) > 1)
    if not twice:
        return []
    some = [stored for same in twice[:200] for stored in same]
    columns = [f"{t}.{c.name}" for t, c in held if rows_of(staging, t, c, some)]
    return [sentence("note-domain", n=len(twice), columns=", ".join(columns))]


def nobody_written_as_somebody(staging: Staging, sources: Mapping[str, SourceTable]) -> list[Told]:
    """A warning for columns of persons in which a mark such as ``-``, ``0`` or ``NULL`` stands where nobody is named.

    Each would count as one officer, with most of an office's files.
    """
    out = []
    for domain in ("officer", "party", "representative"):
        held = person_columns(staging, sources, domain)
        marks: dict[str, str] = {}
        for identifier, stored in _persons(staging, domain, held):
            if _NOBODY.fullmatch(identifier.strip().casefold()):
                marks[stored] = identifier.strip()
        for table, column in held if marks else ():
            if n := rows_of(staging, table, column, list(marks)):
                shown = ", ".join(sorted(set(marks.values())))
                out.append(sentence("note-nobody", n=n, table=table, column=column.name, marks=shown))
    return out


def person_columns(staging: Staging, sources: Mapping[str, SourceTable], domain: str) -> list[tuple[str, SourceColumn]]:
    """(Source table, column) of each column at hand that names persons of a domain; officers and users share one."""
    return [
        (table, sources[table].columns[column])
        for table, held in staging.present.items()
        for column in sorted(held)
        if {"user": "officer"}.get(p := sources[table].columns[column].person, p) == domain
    ]


def _persons(staging: Staging, domain: str, held: list[tuple[str, SourceColumn]]) -> Iterator[tuple[str, str]]:
    """(Identifier as the source writes it, what is stored for it) of each person met."""
    if staging.protection.on:
        yield from staging.protection.met(domain)
        return
    for table, column in held:
        if column.person_when:  # other rows of it hold other things
            continue
        name = sql.name(column.name)
        for (value,) in staging.connection.execute(
            f"SELECT DISTINCT {name} FROM {staging.name_of(table)} WHERE {name} IS NOT NULL"
        ).fetchall():
            yield value, value


def rows_of(staging: Staging, table: str, column: SourceColumn, values: list[str]) -> int:
    """Rows of a source table whose column holds one of the values, as it is staged."""
    (found,) = sql.row(
        staging.connection,
        f"SELECT count(*) FROM {staging.name_of(table)} WHERE {sql.name(column.name)} IN ({sql.texts(values)})",
    )
    return int(found)
