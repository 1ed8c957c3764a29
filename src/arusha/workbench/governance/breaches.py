"""Where the records in force break what a source promised: computed from counts, naming nothing but the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arusha.records.contract import CONTRACT
from arusha.records.history import Load
from arusha.records.set_aside_limits import aside_shares
from arusha.workbench.governance.sources import Source

KINDS = ("table-missing", "column-missing", "months-missing", "aside-promised", "aside-unusual", "late")
MOST_REASONS = 5


@dataclass(frozen=True)
class Breach:
    """One promise that was not kept.

    ``table`` and ``column`` are the contract's; ``months`` are those without a row. ``count`` of ``of`` rows were set
    aside, ``limit`` is the share beyond which that is a breach, ``reasons`` are the contract's codes with their rows.
    Of what is late, ``due`` is the last day and ``months`` holds the last month that there are records of.
    """

    kind: str
    table: str = ""
    column: str = ""
    months: tuple[str, ...] = ()
    count: int = 0
    of: int = 0
    limit: float = 0.0
    reasons: tuple[tuple[str, int], ...] = ()
    due: date | None = None

    @property
    def token(self) -> str:
        """The breach as a subject of an entry."""
        parts = [self.kind, self.table, self.column, self.due.isoformat() if self.due else ""]
        return "breach:" + ".".join(part for part in parts if part)


def breaches(source: Source, known: Sequence[Load], today: date) -> list[Breach]:
    """What the last load breaks of a source's terms, and whether the next delivery is late; none of a source not in
    force, or where nothing was loaded."""
    if source.state != "in-force" or source.terms is None or not known:
        return []
    terms, load = source.terms, known[-1]
    found = []
    for table in terms.tables:
        held = load.tables.get(table)
        if held is None or not held.read:
            found.append(Breach("table-missing", table))
            continue
        found += [
            Breach("column-missing", table, column) for column in terms.columns_of(table) if column not in held.present
        ]
        if held.missing_months:
            found.append(Breach("months-missing", table, months=held.missing_months))
        found += _aside(table, terms.most_aside, known)
    return found + _late(source, load, today)


def _aside(table: str, promised: float | None, known: Sequence[Load]) -> list[Breach]:
    """A share beyond what was promised, with its whole interval, or beyond what earlier loads let expect."""
    one = aside_shares(known, table)[-1]
    codes = {rule.code for rule in CONTRACT.rules}
    # A mapping's own reasons may be called anything.
    counted = [(code, n) for code, n in one.load.tables[table].reasons.items() if code in codes]
    reasons = tuple(sorted(counted, key=lambda told: (-told[1], told[0])))[:MOST_REASONS]
    if promised is not None and one.low > promised:
        return [Breach("aside-promised", table, count=one.count, of=one.of, limit=promised, reasons=reasons)]
    if one.unusual and one.limits is not None:
        return [Breach("aside-unusual", table, count=one.count, of=one.of, limit=one.limits.high, reasons=reasons)]
    return []


def _late(source: Source, load: Load, today: date) -> list[Breach]:
    """Whether the period after the last month that there are records of should be here by now."""
    assert source.terms is not None
    months = [max(held.months) for t in source.terms.tables if (held := load.tables.get(t)) is not None and held.months]
    due = due_day(max(months), source.terms.cadence, source.terms.grace) if months else None
    return [Breach("late", due=due, months=(max(months),))] if due is not None and today > due else []


def due_day(last_month: str, cadence: str, grace: int) -> date | None:
    """The last day on which the period after a month is in time; none of a source that delivers once."""
    if cadence == "once":
        return None
    year, month = (int(part) for part in last_month.split("-"))
    length = {"month": 1, "quarter": 3, "year": 12}[cadence]
    # The period that begins after the last month, by the calendar: quarters end in March, years in December.
    done = (year * 12 + month) // length * length + length
    ends = date(done // 12, done % 12 + 1, 1) - timedelta(days=1)
    return ends + timedelta(days=grace)
