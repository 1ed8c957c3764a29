"""The two salts of a draw, as the people who hold them commit to them and say them."""

from __future__ import annotations

from datetime import date, timedelta

from arusha.workbench import salts
from arusha.workbench.quarter import Quarter
from arusha.workbench.record import Record

AUDITOR, UNION = (
    ("P-0001-SALT-0000", frozenset({"internal-auditor"})),
    ("P-0002-SALT-0000", frozenset({"union-reviewer"})),
)


def committed(record: Record, quarter: date | None = None) -> tuple[str, str]:
    """Both commit for the quarter of a day, which is the next one if none is given; the salts."""
    before = (quarter or Quarter.of(date.today()).end) - timedelta(days=1)
    (_, one), (_, other) = (salts.commit(record, who, roles, before) for who, roles in (AUDITOR, UNION))
    return one, other


def said(record: Record, one: str, other: str, day: date | None = None) -> None:
    """Both say them on a day of their quarter."""
    for (who, roles), salt in ((AUDITOR, one), (UNION, other)):
        salts.reveal(record, who, roles, salt, day or Quarter.of(date.today()).end)


def salted(record: Record, quarter: date) -> None:
    """Both commit and say, for the quarter that begins on a day."""
    said(record, *committed(record, quarter), quarter)
