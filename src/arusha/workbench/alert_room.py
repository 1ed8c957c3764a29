"""The queue of alerts by age, and the ways out of one, each with its reasons; what is overdue, for the auditor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_words import defined
from arusha.language.told import error as of
from arusha.workbench import alerts, conflicts, rereview
from arusha.workbench.alert import Alert
from arusha.workbench.as_raised import demand_as_raised, seal
from arusha.workbench.assessments import opened
from arusha.workbench.closed_before import NOT_RAISED, closed_before, not_raised
from arusha.workbench.earlier import words_for
from arusha.workbench.offers import Offers, offers
from arusha.workbench.pages import number_given, render, words_of
from arusha.workbench.raised_again import raise_again, undone
from arusha.workbench.record import Record
from arusha.workbench.signals import find_row, is_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_OVERDUE = 1_000
WORDS = ("reason", "explanation", "towards", "other", "away", "proportion")


def queue(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open alerts that are offered to the reader, the oldest first; and closed ones to be decided again.

    A page has about a hundred; the next begins where it ends.
    """
    words, record, actor, served = words_of(request), Record(site().home), _actor(visitor), site()
    known = alerts.alerts(record)
    taken = offers(record, served, actor, number_given(request.GET.get("from", "")) or 0)
    again = Offers(served, actor, found=taken.found)
    drawn = [known[s] for d in rereview.draws(record) for s in d.signals if s not in d.given and s in known]
    again.take([a for a in drawn if not a.open and rereview.waits_for(record, a, actor)])
    at, state = alerts.now(), served.state()

    unusual = _words_of(taken, known)

    def told(alert: Alert, row: Mapping[str, Any]) -> tuple[Alert, Mapping[str, Any], str, int, bool, str]:
        asked = taken.found[alert.assessment].question(alert.question)
        title = defined(words, {"id": alert.question, **(asked.definition if asked else {})}, "title")
        return alert, row, title, (at - alert.raised_at).days, alert.overdue(at), unusual.get(alert.signal, "")

    held = state.questions if state is not None else {}
    return render(
        request,
        visitor,
        "alerts.html.j2",
        rows=[told(alert, row) for alert, row in taken.rows],
        again=[told(alert, row) for alert, row in again.rows],
        # Of whatever state: how many of them wait would tell somebody concerned whether theirs does.
        hidden=any(q not in held or not held[q].names_persons for q in known.questions()),
        served_together=taken.together + again.together,
        checked=conflicts.postings(served.workspace, [actor]) is not None,
        more=taken.ahead,
    )


def _words_of(taken: Offers, known: alerts.Alerts) -> dict[str, str]:
    """The word of the fixed vocabulary for each alert that is offered."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for alert, row in taken.rows:
        grouped.setdefault((alert.assessment, alert.question), []).append(row)
    return {
        signal: word
        for (name, question), rows in grouped.items()
        for signal, word in words_for(taken.found[name], question, rows, known).items()
    }


def overdue(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The oldest alerts past their limit, without content: for the auditor."""
    at = alerts.now()
    found = alerts.alerts(Record(site().home)).overdue(at, MOST_OVERDUE)
    rows = [(a, (at - a.raised_at).days) for a in found]
    return render(request, visitor, "overdue.html.j2", rows=rows)


def raise_alerts(request: HttpRequest, visitor: Visitor, name: str, question: str) -> HttpResponse:
    """Make alerts of what a live question flagged and the records do not explain."""
    found = opened(name)
    asked = found.question(question)
    if asked is None or question not in found.persons or visitor.mode == "solo":
        raise Http404
    flagged = asked.signals.filter(asked.signals["flagged"])["signal_id"].to_pylist()
    record = Record(site().home)
    others = {other: opened(other) for other in site().assessments if other != name}
    again = undone(record, found, others, question, flagged)
    same = {s: b for s, b in closed_before(record, found, others.values(), question, flagged).items() if b.same}
    said = not_raised(record)
    for signal, before in same.items():
        if signal not in said:
            about = (f"signal:{signal}", f"question:{question}", f"earlier:{before.signal}")
            record.add(NOT_RAISED, _actor(visitor), *about)
    raised = alerts.alerts(record).states(flagged)
    new = [s for s in flagged if s not in same and s not in raised]
    seals = {signal: seal(found.folder.path, row) for signal, row in found.rows([*new, *again]).items()}
    alerts.raise_alerts(record, _actor(visitor), question, name, new, seals)
    raise_again(record, _actor(visitor), question, name, again, seals)
    return redirect("signals", name=name)


def decide(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Take one of the four ways out."""
    record = _open_record(request, visitor, name, signal)
    words = _words(request)
    if words["explanation"] not in (*_tried(name, signal), "other"):
        words["explanation"] = ""  # no word of a form that the page did not offer: the person concerned reads it
    alerts.decide(record, signal, _actor(visitor), request.POST.get("exit", ""), words)
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
        raise of(alerts.AlertError, "signal-closed", "signal-why", where=signal)
    demand_as_raised(record, opened(name).folder.path, row)
    return record


def _tried(name: str, signal: str) -> tuple[str, ...]:
    """The explanations that the page of a signal offers."""
    found = opened(name)
    row = find_row(found, signal)
    asked = found.question(row["indicator"]) if row else None
    return tuple(asked.definition.get("explanations") or ()) if asked else ()


def _offered(alert: Alert, actor: str, row: Mapping[str, Any]) -> bool:
    together = conflicts.served_together(site().workspace, actor, row)
    return alerts.offered(alert, actor, (row["unit_id"], row["other_id"]), served_together=together)


def _words(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in WORDS}


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
