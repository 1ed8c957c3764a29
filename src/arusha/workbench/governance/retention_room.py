"""Retention: what is kept, on which ground and until when; holds; lists of what is due to go, and their runs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_words import defined
from arusha.indicators.registry import indicators
from arusha.workbench import jobs
from arusha.workbench.alerts import now
from arusha.workbench.governance import holds, retention, runs
from arusha.workbench.models import Job
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_SHOWN = 200
MOST_LISTS = 20


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What is kept and until when, what the charter promised, holds, and the newest lists."""
    served, words = site(), words_of(request)
    record, state = Record(served.home), served.state()
    titles = {i.definition.id: i.definition.title for i in indicators()}
    promised = [
        (defined(words, {"id": q.id, "title": titles.get(q.id, q.id)}, "title"), q.id, q.retention_months)
        for q in (state.questions.values() if state is not None else ())
    ]
    there = runs.runs(record)
    made = Job.objects.filter(kind=jobs.RETAIN).order_by("-pk")
    return render(
        request,
        visitor,
        "governance/retention.html.j2",
        kept=_kept(),
        promised=promised,
        lists=[(job, there.get(job.key)) for job in made if "run" not in job.given][:MOST_LISTS],
        going=lambda told: sum(told.get(kind, 0) for kind in retention.KINDS),
        holds=[(hold, holds.reason_of(record, hold)) for hold in holds.holds(record).values()],
        makes=visitor.may("retention.list"),
        alone=state is None or state.solo,
    )


def one(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """One list: each thing with its ground, what is kept all the same, and where its run stands."""
    served = site()
    found = retention.read_list(served.home, key)
    if found is None:
        raise Http404
    record, items = Record(served.home), found[0]
    run = runs.runs(record).get(key)
    working = [j for j in Job.objects.filter(kind=jobs.RETAIN).order_by("-pk") if j.given.get("run") == key]
    return render(
        request,
        visitor,
        "governance/list.html.j2",
        key=key,
        sha256=found[1],
        items=[i for i in items if not i.kept][:MOST_SHOWN],
        going=sum(not i.kept for i in items),
        stays=[i for i in items if i.kept][:MOST_SHOWN],
        staying=sum(bool(i.kept) for i in items),
        run=run,
        done=len(retention.removed(record, key)),
        working=working[0] if working else None,
        most=MOST_SHOWN,
    )


def make_list(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask the worker for a list of what is due to go. Nothing is deleted."""
    assert visitor.actor is not None
    job = jobs.ask(site().home, visitor.actor, jobs.RETAIN, {})
    return redirect("job", job=job.key) if visitor.may("jobs.see") else redirect("gov-retention")


def ask(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Ask that what a list names goes."""
    assert visitor.actor is not None
    served = site()
    runs.ask(served, served.state(), visitor.actor, key, now())
    return redirect("gov-list", key=key)


def answer(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Agree to a run that somebody else asked for, or decline it."""
    assert visitor.actor is not None
    runs.answer(site(), visitor.actor, key, agreed=request.POST.get("answer") == "agree")
    return redirect("gov-list", key=key)


def go_on(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Give an agreed run to the worker again, where it was stopped."""
    assert visitor.actor is not None
    runs.start(site(), visitor.actor, key)
    return redirect("gov-list", key=key)


def place_hold(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Place a legal hold."""
    assert visitor.actor is not None
    given = request.POST
    holds.place(Record(site().home), visitor.actor, given.get("target", "").strip(), given.get("reason", ""))
    return redirect("gov-retention")


def lift_hold(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Ask that a hold is lifted; a second person lifts it."""
    assert visitor.actor is not None
    served = site()
    holds.lift(Record(served.home), served.state(), visitor.actor, key)
    return redirect("gov-retention")


def _kept() -> list[tuple[str, str, int]]:
    """What is kept: its name, the ground, and months, days or hours where there are any."""
    return [
        ("uploads", "program", retention.UPLOAD_DAYS),
        ("records", "none", 0),
        ("assessments", "charter", 0),
        *((f"alert-{way}", "program-charter", months) for way, months in retention.ALERT_MONTHS.items()),
        ("alert-inquiry", "none", 0),
        ("letters", "program", retention.LETTER_MONTHS),
        ("jobs", "program", retention.JOB_MONTHS),
        ("sessions", "program", retention.SESSION_HOURS),
        ("history", "never", 0),
        ("ledgers", "never", 0),
    ]
