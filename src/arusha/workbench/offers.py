"""Which open alerts are offered to a reader: not those that concern them, nor where the records know of a conflict.

The queue shows them and Welcome counts them, so that neither says more than the other: a count of all that wait would
tell somebody concerned, by what their queue lacks, that theirs is among them, and when it became an inquiry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arusha.workbench import conflicts
from arusha.workbench.alert import Alert
from arusha.workbench.alerts import alerts, offered
from arusha.workbench.assessments import opened
from arusha.workbench.gate import Opened
from arusha.workbench.record import Record
from arusha.workbench.site import Site

MOST_SHOWN = 100
"""Alerts of one page of the queue, or a few more: it is taken in blocks of as many."""


@dataclass
class Offers:
    """Alerts that are offered to a reader, the oldest first, and how many are not because of a conflict.

    ``ahead`` is the place in the ledger from which the next page goes on; none where this is the last.
    """

    site: Site
    actor: str
    rows: list[tuple[Alert, Mapping[str, Any]]] = field(default_factory=list)
    together: int = 0
    ahead: int | None = None
    found: dict[str, Opened] = field(default_factory=dict)

    def take(self, block: list[Alert]) -> None:
        """Take of these what is offered to the reader. What is of a question that is not live is left out."""
        wanted: dict[str, list[str]] = {}
        for alert in block:
            if alert.assessment in self.site.assessments:
                wanted.setdefault(alert.assessment, []).append(alert.signal)
        for name in wanted:
            if name not in self.found:
                self.found[name] = opened(name)
        shown = {name: self.found[name].rows(signals) for name, signals in wanted.items()}
        mine = []
        for alert in block:
            row = shown.get(alert.assessment, {}).get(alert.signal)
            if row is not None and offered(alert, self.actor, (row["unit_id"], row["other_id"])):
                mine.append((alert, row))
        served = conflicts.postings(self.site.workspace, conflicts.people(self.actor, (row for _, row in mine)))
        clear = [(alert, row) for alert, row in mine if not conflicts.conflict(served, self.actor, row)]
        self.together += len(mine) - len(clear)
        self.rows += clear


def offers(record: Record, site: Site, actor: str, first: int = 0) -> Offers:
    """About a hundred open alerts that are offered to a reader, from a place in the ledger on."""
    known, taken = alerts(record), Offers(site, actor)
    ahead: int | None = first
    while ahead is not None and len(taken.rows) < MOST_SHOWN:
        block = known.open(ahead, MOST_SHOWN)
        ahead = block[-1][0] + 1 if block else None
        taken.take([alert for _, alert in block])
    taken.ahead = ahead if ahead is not None and known.open(ahead, 1) else None
    return taken
