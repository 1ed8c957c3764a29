"""The pages of the monthly sample: announced, drawn by the worker, looked at behind a purpose, and asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.access.monthly import MONTHLY
from arusha.workbench import jobs
from arusha.workbench.access import counts, monthly, reasons
from arusha.workbench.access.monthly import ANSWER_DAYS, ENDS, Month
from arusha.workbench.access.room import PURPOSES
from arusha.workbench.models import Job
from arusha.workbench.pages import render
from arusha.workbench.record import LOOK, Record
from arusha.workbench.signals import is_open, keep_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every month's sample: its seed, how many were drawn, asked, answered, and are late."""
    served = site()
    known, today = monthly.months(Record(served.home)), _today()
    last = today.replace(day=1) - timedelta(days=1)
    return render(
        request,
        visitor,
        "access/months.html.j2",
        months=[
            (month, {what: month.count(what, today) for what in ("asked", "answered", "late", "ended")})
            for month in known.values()
        ],
        runs={job.given["month"] for job in Job.objects.filter(kind=jobs.DRAW, state__in=(Job.WAITING, Job.RUNNING))},
        worker=jobs.worker_is_there(served.home),
        loaded=bool(counts.load_of(served)),
        last=f"{last:%Y-%m}",
        most=MONTHLY,
    )


def announce(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Announce the seed of a month's sample, and ask the worker to draw it."""
    assert visitor.actor is not None
    served = site()
    record, state = Record(served.home), served.state()
    found = monthly.announce(
        record,
        visitor.actor,
        request.POST.get("month", "").strip(),
        counts.load_of(served),
        reasons.in_force(record, state),
    )
    return _drawn(visitor, found)


def draw(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Ask the worker once more for a draw that was announced, and that it could not finish."""
    return _drawn(visitor, _month(month))


def _drawn(visitor: Visitor, found: Month) -> HttpResponse:
    assert visitor.actor is not None
    served = site()
    given = {
        "workspace": str(served.workspace),
        "home": str(served.home),
        "month": found.month,
        "load": found.load,
        "seed": found.seed,
        "in_force": found.in_force or {},
    }
    if not found.drawn:
        jobs.ask(served.home, visitor.actor, jobs.DRAW, given, f"sampled:{found.month}")
    return redirect("access-months")


def one(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """The rows of a month's sample, behind a question of purpose; whose entry one is, no page says."""
    found = _month(month)
    if not found.drawn:
        raise Http404
    if not is_open(request, visitor, "access-month", month):
        return _purpose(request, visitor, month, problem=False)
    record, today = Record(site().home), _today()
    return render(
        request,
        visitor,
        "access/month.html.j2",
        month=found,
        rows=[
            (row, row.late(today), monthly.words_of_answer(record, row), found.of.get(row.number) == visitor.actor)
            for row in found.rows
        ],
        waits=lambda row: bool(row.due and not row.answer and today <= row.due),
        ends=ENDS,
        days=ANSWER_DAYS,
        asks=visitor.may("access.ask"),
    )


def open_month(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Record the purpose of a look at a month's sample, then open it for half an hour."""
    if not _month(month).drawn:
        raise Http404
    why, reference = request.POST.get("reason", ""), request.POST.get("reference", "").strip()[:200]
    if why not in PURPOSES or not reference:
        return _purpose(request, visitor, month, problem=True, status=400)
    Record(site().home).add(LOOK, visitor.actor, f"sampled:{month}", reason=why, reference=reference)
    keep_open(request, visitor, "access-month", month)
    return redirect("access-month", month=month)


def ask(request: HttpRequest, visitor: Visitor, month: str, number: int) -> HttpResponse:
    """Ask the officer of a row."""
    assert visitor.actor is not None
    _opened(request, visitor, month)
    monthly.ask(Record(site().home), visitor.actor, month, number)
    return redirect("access-month", month=month)


def close(request: HttpRequest, visitor: Visitor, month: str, number: int) -> HttpResponse:
    """Say what was found of a row."""
    assert visitor.actor is not None
    _opened(request, visitor, month)
    given = request.POST
    monthly.close(Record(site().home), visitor.actor, month, number, given.get("end", ""), given.get("why", ""))
    return redirect("access-month", month=month)


def _opened(request: HttpRequest, visitor: Visitor, month: str) -> None:
    """Nobody asks about what they did not open with a purpose."""
    if not is_open(request, visitor, "access-month", month):
        raise Http404


def _month(month: str) -> Month:
    found = monthly.months(Record(site().home)).get(month)
    if found is None:
        raise Http404
    return found


def _purpose(request: HttpRequest, visitor: Visitor, month: str, *, problem: bool, status: int = 200) -> HttpResponse:
    return render(
        request, visitor, "access/purpose.html.j2", status=status, month=month, reasons=PURPOSES, problem=problem
    )


def _today() -> date:
    return datetime.now(UTC).date()
