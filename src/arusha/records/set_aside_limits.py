"""The share of rows set aside in each load, against what the loads before it let expect: ordinary variation is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.inference.control_limits import ShareLimits, share_limits
from arusha.inference.intervals import clopper_pearson
from arusha.records.history import Load

WHOLE = ""
"""In the place of a table's name: all tables of a load together."""


@dataclass(frozen=True)
class AsideShare:
    """The share of one load: counts, its exact 95% interval, and the limits; none where too few loads came before."""

    load: Load
    count: int
    of: int
    low: float
    high: float
    limits: ShareLimits | None

    @property
    def share(self) -> float:
        """Rows set aside of rows read."""
        return self.count / self.of

    @property
    def unusual(self) -> bool:
        """Whether more was set aside than the earlier loads let expect."""
        return self.limits is not None and self.share > self.limits.high


def counted(load: Load, table: str = WHOLE) -> tuple[int, int]:
    """Rows set aside and rows read of a table of a load, or of all its tables."""
    tables = [load.tables[table]] if table in load.tables else [] if table else list(load.tables.values())
    return sum(t.set_aside for t in tables), sum(t.read for t in tables)


def aside_shares(known: Sequence[Load], table: str = WHOLE) -> list[AsideShare]:
    """The share of each load that has rows of the table, the oldest first.

    Limits rest on the loads before: on one of each extract, since the same bytes loaded twice say nothing twice, and on
    none that was unusual itself.
    """
    found: list[AsideShare] = []
    earlier: dict[tuple[str, ...], tuple[int, int]] = {}
    for load in known:
        count, of = counted(load, table)
        if not of:
            continue
        bytes_read = tuple(sorted(file.sha256 for file in load.files)) or (load.digest,)
        before = [told for extract, told in earlier.items() if extract != bytes_read]
        limits = share_limits([x for x, _ in before], [n for _, n in before], of)
        exact = clopper_pearson(count, of)
        one = AsideShare(load, count, of, exact.low.item(), exact.high.item(), limits)
        found.append(one)
        if not one.unusual:
            earlier[bytes_read] = (count, of)
    return found
