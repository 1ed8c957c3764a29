"""When a declaration was registered, as its source says it: in office time, and a day where only a day is known.

Records keep moments in UTC. A reader goes from a row of evidence to its line in the source, and must find there what
the row says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

AT, ON, HOUR = "registered_at", "registered_on", "registered_hour"


def in_office_time(rows: pa.Table, zones: Mapping[str, Any]) -> pa.Table:
    """``registered_at`` as text in office time, in the place of the moment in UTC.

    Parameters
    ----------
    rows
        With ``office``, ``registered_at``, ``registered_on`` and ``registered_hour``; the last two say what the source
        knows and are dropped. A table without them stays as it is.
    zones
        The workspace's ``zones``: ``default`` and ``offices`` (office -> zone).

    Returns
    -------
    pa.Table
        ``2025-01-15 13:03:52``, or ``2025-01-15`` where no hour is known; null stays null. Texts are in the order of
        the moments within an office.
    """
    if not {AT, ON, HOUR, "office"} <= set(rows.column_names):
        return rows
    of_office: Mapping[str, str] = zones.get("offices") or {}
    known = {name: ZoneInfo(zone) for name, zone in of_office.items()}
    otherwise = ZoneInfo(str(zones.get("default") or "UTC"))
    columns = (rows[name].to_pylist() for name in (AT, ON, HOUR, "office"))
    texts = [_text(at, on, hour, known.get(office, otherwise)) for at, on, hour, office in zip(*columns, strict=True)]
    place = rows.column_names.index(AT)
    return rows.set_column(place, AT, pa.array(texts, pa.string())).drop_columns([ON, HOUR])


def _text(at: datetime | None, on: date | None, hour: int | None, zone: ZoneInfo) -> str | None:
    if hour is None or at is None:
        return None if on is None else on.isoformat()
    return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None).isoformat(sep=" ")
