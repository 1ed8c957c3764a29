"""Conflicts of interest that the records know: who served with the officer concerned, or at the office concerned."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from arusha.records.workspace import MANIFEST, Workspace

FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Served:
    """One posting: at which office, from which day to which, both included."""

    office: str
    first: date
    last: date

    def meets(self, other: Served) -> bool:
        """Whether the two were at one office at one time."""
        return self.office == other.office and self.first <= other.last and other.first <= self.last

    def within(self, first: date, last: date) -> Served | None:
        """The part of it between two days; none where there is none."""
        start, end = max(self.first, first), min(self.last, last)
        return Served(self.office, start, end) if start <= end else None


def postings(workspace: Path | None, about: Iterable[str]) -> Mapping[str, tuple[Served, ...]] | None:
    """The postings of some people; none where the records hold no postings, so that nothing is known."""
    if workspace is None or not (workspace / MANIFEST).is_file():
        return None
    return _postings(workspace, (workspace / MANIFEST).stat().st_mtime_ns, tuple(sorted(set(about))))


@lru_cache(maxsize=64)
def _postings(workspace: Path, changed: int, about: tuple[str, ...]) -> Mapping[str, tuple[Served, ...]] | None:
    if "postings" not in json.loads((workspace / MANIFEST).read_text("utf-8")).get("tables", {}):
        return None
    with Workspace.open(workspace).connect() as connection:
        rows = connection.execute(
            "SELECT officer_id, office, from_date, to_date FROM postings WHERE officer_id IN (SELECT unnest(?))",
            [list(about)],
        ).fetchall()
    found: dict[str, tuple[Served, ...]] = dict.fromkeys(about, ())
    for who, office, first, last in rows:
        if office is not None:
            found[str(who)] += (Served(str(office), first or date.min, last or FOREVER),)
    return found


def conflict(known: Mapping[str, tuple[Served, ...]] | None, actor: str, row: Mapping[str, Any]) -> bool:
    """Whether a reader served at an office with somebody whom a signal concerns, within its period, or at the office.

    ``row`` is of ``signals.parquet``. A crew is of one office: who was in one crew was at one office at one time.
    Whose posting at the signal's own office lasts until twelve months before its period or longer, or begins since, is
    of that office: the reader's own work, or that of their desk, is what is looked at.
    """
    if not known:
        return False
    start, end = row["period_start"] or date.min, row["period_end"] or FOREVER
    if any(_of_the_office(s, row, start) for s in known.get(actor, ())):
        return True
    mine = [part for s in known.get(actor, ()) for part in [s.within(start, end)] if part]
    concerned = (row["unit_id"], row["other_id"])
    theirs = [s for who in concerned if who and who != actor for s in known.get(who, ())]
    return any(a.meets(b) for a in mine for b in theirs)


def _of_the_office(posting: Served, row: Mapping[str, Any], start: date) -> bool:
    """Whether a posting is at the office that a signal is about, not over a year before its period."""
    about = {row.get("office"), row["unit_id"] if row.get("unit_kind") == "office" else None}
    return posting.office in about and posting.last >= _year_before(start)


def _year_before(day: date) -> date:
    if day.year == date.min.year:
        return date.min
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def people(actor: str, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """A reader and everybody whom some signals concern."""
    return {actor, *(who for row in rows for who in (row["unit_id"], row["other_id"]) if who)}


def served_together(workspace: Path | None, actor: str, row: Mapping[str, Any]) -> bool:
    """Whether the records say that a reader served with somebody whom a signal concerns, or at its office."""
    return conflict(postings(workspace, people(actor, [row])), actor, row)
