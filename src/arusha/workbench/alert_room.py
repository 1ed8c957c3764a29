"""The queue of alerts by age, and the ways out of one, each with its reasons; what is overdue, for the auditor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_words import defined
from arusha.workbench import alerts, conflicts, rereview
from arusha.workbench.assessments import opened
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.signals import find_row, is_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

WORDS = ("reason", "explanation", "towards", "other", "away", "proportion")


def queue(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open alerts that are offered to the reader, the oldest first; and closed ones to be decided again."""
    words, record, actor = words_of(request), Record(site().home), _actor(visitor)
    found = {name: opened(name) for name in site().assessments}
    at = alerts.now()
    shown, hidden = [], 0
    for alert in alerts.alerts(record).values():
        again = not alert.open and rereview.waits_for(record, alert, actor)
        if not (alert.open or again) or alert.assessment not in found:
            continue
        row = find_row(found[alert.assessment], alert.signal)
        if row is None:
            hidden += alert.open  # its question is not live any more
            continue
        if alerts.offered(alert, actor, (row["unit_id"], row["other_id"])):
            shown.append((alert, row, again))
    known = conflicts.postings(site().workspace, conflicts.people(actor, (row for _, row, _ in shown)))
    clear = [(alert, row, again) for alert, row, again in shown if not conflicts.conflict(known, actor, row)]
    titled = []
    for alert, row, again in clear:
        asked = found[alert.assessment].question(alert.question)
        title = defined(words, {"id": alert.question, **(asked.definition if asked else {})}, "title")
        titled.append((alert, row, title, (at - alert.raised_at).days, alert.overdue(at), again))
    return render(
        request,
        visitor,
        "alerts.html.j2",
        rows=[r for r in titled if not r[-1]],
        again=[r for r in titled if r[-1]],
        hidden=hidden,
        served_together=len(shown) - len(clear),
        checked=known is not None,
    )


def overdue(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Alerts past their limit, without content: for the auditor."""
    at = alerts.now()
    found = [a for a in alerts.alerts(Record(site().home)).values() if a.overdue(at)]
    rows = [(a, (at - a.raised_at).days) for a in found]
    return render(request, visitor, "overdue.html.j2", rows=rows)


def raise_alerts(request: HttpRequest, visitor: Visitor, name: str, question: str) -> HttpResponse:
    """Make alerts of what a live question flagged and the records do not explain."""
    found = opened(name)
    asked = found.question(question)
    if asked is None or question not in found.persons or visitor.mode == "solo":
        raise Http404
    flagged = asked.signals.filter(asked.signals["flagged"])["signal_id"].to_pylist()
    alerts.raise_alerts(Record(site().home), _actor(visitor), question, name, flagged)
    return redirect("signals", name=name)


def decide(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Take one of the four ways out."""
    record = _open_record(request, visitor, name, signal)
    alerts.decide(record, signal, _actor(visitor), request.POST.get("exit", ""), _words(request))
    return redirect("alerts")


def read_second(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Concur with a proposed inquiry, or not."""
    record = _open_record(request, visitor, name, signal)
    alerts.read_second(record, signal, _actor(visitor), request.POST.get("reading", ""), _words(request))
    return redirect("alerts")


def decide_again(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Decide a closed alert of the quarter's draw once more, without having seen what was decided."""
    record = _open_record(request, visitor, name, signal)
    alert = alerts.alerts(record)[signal]
    way, reason = request.POST.get("exit", ""), request.POST.get("reason", "")
    rereview.give(record, alert, _actor(visitor), way, reason)
    return redirect("signal", name=name, signal=signal)


def recuse(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Say that one has a conflict of interest."""
    record = Record(site().home)
    alert = alerts.alerts(record).get(signal)
    if alert is None or find_row(opened(name), signal) is None:
        raise Http404
    alerts.recuse(record, alert, _actor(visitor))
    return redirect("alerts")


def _open_record(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> Record:
    """The record, where the signal has an alert that is offered to the visitor, who has it open."""
    row, record = find_row(opened(name), signal), Record(site().home)
    alert = alerts.alerts(record).get(signal)
    if row is None or alert is None or not _offered(alert, _actor(visitor), row):
        raise Http404
    if not is_open(request, visitor, name, signal):
        raise alerts.AlertError("the signal is not open to you", where=signal, remedy="say why you open it first")
    return record


def _offered(alert: alerts.Alert, actor: str, row: Mapping[str, Any]) -> bool:
    together = conflicts.served_together(site().workspace, actor, row)
    return alerts.offered(alert, actor, (row["unit_id"], row["other_id"]), served_together=together)


def _words(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in WORDS}


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
