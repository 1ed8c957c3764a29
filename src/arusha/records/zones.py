"""The zone of a row: that of its office, found by its declaration or its user where it names no office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from arusha.records import sql
from arusha.records.contract import Table
from arusha.records.expressions import Compiled


@dataclass(frozen=True)
class Zones:
    """The zone of each office, and the one for offices that name none."""

    of_office: Mapping[str, str]
    default: str

    @property
    def single(self) -> str | None:
        """The one zone of all offices; None where there are several."""
        zones = set(self.of_office.values()) or {self.default}
        return next(iter(zones)) if len(zones) == 1 else None


@dataclass(frozen=True)
class RowZone:
    """SQL of a row's zone: the office's, for its day and hour; and the one in which its times are written.

    They differ for an event that names no declaration: its times are on the clock of the system (the default zone),
    and its day and hour are those of the only zone in which its user is posted.
    """

    office: str
    written: str


def with_zone(
    inner: str, table: Table, columns: Mapping[str, Compiled], zones: Zones, *, declarations: bool, postings: bool
) -> tuple[str, RowZone]:
    """The query, with the columns ``zone`` and ``written_zone`` if its rows differ in them, and SQL of the zones."""
    single, default = zones.single, sql.text(zones.default)
    if single is not None:
        return inner, RowZone(sql.text(single), sql.text(single))
    if table.name == "offices" or not any(table.columns[c].type == "time" for c in columns):
        return inner, RowZone(default, default)
    if "office" in columns:
        zone, joins = "z.zone", "LEFT JOIN staging.zones AS z ON z.office = q.office"
    elif "declaration_id" in columns and declarations:
        zone = "z.zone"
        joins = (
            "LEFT JOIN (SELECT declaration_id, min(office) AS office FROM staging.typed.declarations "
            "GROUP BY declaration_id) AS d ON d.declaration_id = q.declaration_id "
            "LEFT JOIN staging.zones AS z ON z.office = d.office"
        )
    else:
        return inner, RowZone(default, default)
    posted = "NULL"
    if postings and "user_id" in columns:
        posted = "p.zone"
        joins += (
            " LEFT JOIN (SELECT officer_id, CASE WHEN min(zone) = max(zone) THEN min(zone) END AS zone "
            "FROM staging.typed.postings JOIN staging.zones USING (office) GROUP BY officer_id) AS p "
            "ON p.officer_id = q.user_id"
        )
    query = (
        f"SELECT q.*, COALESCE({zone}, {posted}, {default}) AS zone, COALESCE({zone}, {default}) AS written_zone "
        f"FROM ({inner}) AS q {joins}"
    )
    return query, RowZone("zone", "written_zone")
