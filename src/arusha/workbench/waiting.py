"""What waits for somebody now, by their roles, with its deadline and the page on which it is done; nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from arusha.assessment.folder import read_manifest
from arusha.charter import Question, State
from arusha.charter.guards import lapses_at
from arusha.workbench import alerts, cuts
from arusha.workbench.access import monthly
from arusha.workbench.alert import LIMIT
from arusha.workbench.name_requests import requests
from arusha.workbench.offers import offers
from arusha.workbench.record import Record
from arusha.workbench.site import Site
from arusha.workbench.visitor import Visitor


@dataclass(frozen=True)
class Waits:
    """One thing that waits: its sentence in the catalogues, how many, the page, and the day by which, if there is one.

    ``late`` of them are past their day. Of alerts the oldest are counted, a page of them; ``more`` says that there are
    others.
    """

    sentence: str
    n: int
    page: str
    by: date | None = None
    late: int = 0
    more: bool = False


def waiting(visitor: Visitor, record: Record, state: State | None, site: Site) -> tuple[Waits, ...]:
    """What waits for the visitor; nothing where there is no charter, for nothing is decided without one."""
    if state is None or visitor.actor is None:
        return ()
    found = [
        *_of_alerts(visitor, record, site),
        *_of_names(visitor, record),
        *_of_questions(visitor, list(state.questions.values())),
        *_of_asked(visitor, record),
    ]
    return tuple(one for one in found if one.n)


def _of_alerts(visitor: Visitor, record: Record, site: Site) -> Iterator[Waits]:
    at = alerts.now()
    if visitor.may("alert.decide") and visitor.actor is not None:
        taken = offers(record, site, visitor.actor)
        late, more = sum(alert.overdue(at) for alert, _ in taken.rows), taken.ahead is not None
        yield Waits("wb-waits-alerts", len(taken.rows), "alerts", late=late, more=more)
    if visitor.may("alerts.overdue"):
        yield Waits("wb-waits-overdue", alerts.alerts(record).waiting_since(at - LIMIT), "overdue")


def _of_names(visitor: Visitor, record: Record) -> Iterator[Waits]:
    """Requests that wait for a key holder's answer, and the first day on which one lapses."""
    if visitor.may("identity.answer"):
        now = alerts.now()
        mine = [
            one
            for one in requests(record).values()
            if one.state(now) == "waits" and visitor.actor not in (*one.agreed, one.actor, *one.pseudonyms)
        ]
        yield Waits("wb-waits-names", len(mine), "names", by=min((one.lapses.date() for one in mine), default=None))


def _of_asked(visitor: Visitor, record: Record) -> Iterator[Waits]:
    """Tables that the union asked for, for who answers; entries of the log, for the officer who is asked."""
    today = datetime.now(UTC).date()
    if visitor.may("cut.answer"):
        dues = sorted(cut.due for cut in cuts.cuts(record).values() if cut.state == "asked")
        first = dues[0] if dues else None
        yield Waits("wb-waits-cuts", len(dues), "cuts", by=first, late=sum(day < today for day in dues))
    if visitor.may("asked.answer") and visitor.actor is not None:
        asked = [row for _, row in monthly.asked_of(record, visitor.actor) if not row.answer and not row.end]
        days = sorted(row.due for row in asked if row.due)
        late = sum(row.late(today) for row in asked)
        yield Waits("wb-waits-asked", len(asked), "asked", by=days[0] if days else None, late=late)


def _of_questions(visitor: Visitor, questions: list[Question]) -> Iterator[Waits]:
    today = date.today().isoformat()
    points = [q.points[p] for q in questions for p in q.open_points]
    dues = sorted(day for day in points if day)
    late = sum(day < today for day in dues)
    first = date.fromisoformat(dues[0]) if dues else None
    if visitor.may("charter.position"):
        silent = [q for q in questions if q.stage in ("consultation", "pilot") and q.position is None]
        ends = [at.date() for at in map(lapses_at, silent) if at is not None]
        yield Waits("wb-waits-position", len(silent), "desk", by=min(ends, default=None))
    if visitor.may("charter.answer"):
        yield Waits("wb-waits-answer", len(points), "desk", by=first, late=late)
    elif visitor.may("charter.ask"):
        yield Waits("wb-waits-answered", len(points), "desk", by=first, late=late)
    if visitor.may("charter.committee"):
        open_ = [q for q in questions if q.position and q.position.position == "object" and q.committee is None]
        yield Waits("wb-waits-committee", len(open_), "desk")
    if visitor.may("charter.go-live"):
        yield Waits("wb-waits-review", sum(q.stage == "review-due" for q in questions), "charter")
        yield Waits("wb-waits-paused", sum(q.stage == "paused" for q in questions), "charter")


def freshness(served: Site) -> tuple[datetime | None, datetime | None]:
    """When the records in force were loaded, and when the newest assessment was made; none where there is none."""
    made = [read_manifest(path).get("created_at") for path in served.assessments.values()]
    newest = max((datetime.fromisoformat(str(at)) for at in made if at), default=None)
    return served.loaded_at, newest
