"""What each row behind a signal says of it: it points towards, it points away, or it counts for neither.

A rule a question, over the columns of its evidence. Where a question counts cases, the rows that point towards it are
those of its observed number: a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

TOWARDS, AWAY, NEITHER = "towards", "away", "neither"
Row = Mapping[str, Any]


def _drawn(row: Row, mine: str) -> str:
    """A file that a draw was compared for: whether it went the way that was asked about."""
    if row["counted"] != "counted":
        return NEITHER
    return TOWARDS if row[mine] else AWAY


def _compared(row: Row, towards: bool) -> str:
    """A case that colleagues have the like of; folders of an earlier version hold no others and do not say so."""
    if row.get("counted", "counted") != "counted":
        return NEITHER
    return TOWARDS if towards else AWAY


def _priced(row: Row) -> str:
    """An item against like goods; one of the declarant's with other officers speaks for the declarant's own level."""
    ratio = row["assessed_to_like"]
    if ratio is None:
        return NEITHER
    low = ratio < 1
    return TOWARDS if low != (row["whose"] == "other officers") else AWAY


_RULES: Mapping[str, tuple[frozenset[str], Callable[[Row], str]]] = {
    "assignment-steering": (frozenset({"counted", "with_officer"}), lambda row: _drawn(row, "with_officer")),
    "assignment-override": (frozenset({"counted", "counts_for"}), lambda row: _drawn(row, "counts_for")),
    # Too few findings is what the question asks about: an examination that found something points away.
    "finding-rate": (frozenset({"found"}), lambda row: _compared(row, not row["found"])),
    "lane-change-without-act": (
        frozenset({"no_act", "stranger"}),
        lambda row: _compared(row, bool(row["no_act"] or row["stranger"])),
    ),
    "value-shortfall": (frozenset({"assessed_to_like", "whose"}), _priced),
}
WITHOUT_DIRECTION = frozenset({"lane-rates"})
"""Questions about rules and offices, whose rows are a sample of the declarations counted: none points anywhere."""


def pointing(question: str, rows: pa.Table) -> list[str] | None:
    """Where each row points, in the order of the rows; none where nothing says it: no rule, or a column lacks."""
    columns, rule = _RULES.get(question, (frozenset(), None))
    if rule is None or not columns <= set(rows.column_names):
        return None
    read = columns | ({"counted"} & set(rows.column_names))
    return [rule(row) for row in rows.select(sorted(read)).to_pylist()]


def months(rows: pa.Table, points: list[str]) -> dict[date, dict[str, int]]:
    """How many rows point where, by the month in which they were registered; months between without one are there.

    Rows without a day are left out.
    """
    if "registered_at" not in rows.column_names:
        return {}
    found: dict[date, dict[str, int]] = {}
    for at, point in zip(rows["registered_at"].to_pylist(), points, strict=True):
        if at is not None:
            # Text in office time; a moment in folders of an earlier version.
            of = date.fromisoformat(str(at)[:10]).replace(day=1)
            found.setdefault(of, dict.fromkeys((TOWARDS, AWAY, NEITHER), 0))[point] += 1
    if not found:
        return {}
    month, last = min(found), max(found)
    filled = {}
    while month <= last:
        filled[month] = found.get(month, dict.fromkeys((TOWARDS, AWAY, NEITHER), 0))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return filled
