"""Signals: a list that names nobody, and one signal behind a question of purpose, explanations first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow.compute as pc
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_question import signal_rows
from arusha.assessment.report_words import defined, explanation_name
from arusha.workbench import alerts, conflicts, rereview
from arusha.workbench.alert import Alert
from arusha.workbench.as_raised import demand_as_raised
from arusha.workbench.assessments import opened, page_of
from arusha.workbench.behind import behind
from arusha.workbench.closed_before import Before, closed_before, not_raised
from arusha.workbench.earlier import Earlier, earlier, others_of, words_for
from arusha.workbench.gate import Opened
from arusha.workbench.name_requests import requests
from arusha.workbench.pages import number_given, render, words_of
from arusha.workbench.place import peers, place
from arusha.workbench.record import LOOK, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

OPEN_FOR = timedelta(minutes=30)
"""A purpose opens one signal to one person for this long; then it is asked again."""
MOST_LISTED = 100
"""Signals of a question on one page of the list."""
REASONS = ("triage", "re-review", "complaint", "audit-request", "learning")


def listing(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Signals by question and office, in that order; what is not live gives counts by office.

    A question shows a hundred, and leads to a page of its own with the next.
    """
    found, words = opened(name), words_of(request)
    only, place = request.GET.get("question", ""), request.GET.get("from", "")
    if only and found.question(only) is None:
        raise Http404
    first = (number_given(place) or 0) if only else 0
    record = Record(site().home)
    known = alerts.alerts(record)
    questions, listed, own, unusual = [], [], set[str](), dict[str, str]()
    for asked in found.folder.questions:
        if only and asked.id != only:
            continue
        title = defined(words, {"id": asked.id, **asked.definition}, "title")
        table = found.stand_out[asked.id]
        rows = table.slice(first, MOST_LISTED).to_pylist()
        listed += [row["signal_id"] for row in rows]
        own |= {row["signal_id"] for row in rows if visitor.actor in (row["unit_id"], row["other_id"])}
        page = page_of(found, asked.id, words.lang) if asked.counts is not None else None
        more = first + MOST_LISTED if table.num_rows > first + MOST_LISTED else None
        unusual |= words_for(found, asked.id, rows, known) if asked.id in found.persons else {}
        questions.append((asked, title, rows, page, more))
    # Whoever may be asked to decide one again does not learn from a list how it was decided.
    blind = visitor.may("alert.decide-again")
    return render(
        request,
        visitor,
        "signals.html.j2",
        name=name,
        questions=questions,
        persons=found.persons,
        unusual=unusual,
        known={s: _listed(state, blind, s in own) for s, state in known.states(listed).items()},
        not_raised={} if blind else not_raised(record),
    )


def _listed(state: str, blind: bool, own: bool) -> str:
    """What a list tells of an alert: how it was closed not to who may decide it again, and of one's own no more
    than one's own page tells, so that an inquiry into oneself reads like an alert that waits.
    """
    if own and state not in alerts.TOLD:
        return "new"
    return "closed" if blind and state not in ("new", "proposed") else state


def signal(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """One signal: the question of purpose, or, once it is answered, explanations, numbers, rows."""
    found = opened(name)
    row = _row(found, signal, visitor)
    if not is_open(request, visitor, name, signal):
        return render(request, visitor, "purpose.html.j2", name=name, row=row, reasons=REASONS, problem=False)
    return _shown(request, visitor, found, row)


def open_signal(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Record the purpose of a look, then open the signal for half an hour."""
    found = opened(name)
    row = _row(found, signal, visitor)
    reason, reference = request.POST.get("reason", ""), request.POST.get("reference", "").strip()[:200]
    if reason not in REASONS or not reference:
        return render(
            request, visitor, "purpose.html.j2", name=name, row=row, reasons=REASONS, problem=True, status=400
        )
    about = [p for p in (row["unit_id"], row["other_id"]) if row["indicator"] in found.persons and _pseudonym(p)]
    Record(site().home).add(
        LOOK,
        visitor.actor,
        f"signal:{signal}",
        f"question:{row['indicator']}",
        *about,
        reason=reason,
        reference=reference,
    )
    keep_open(request, visitor, name, signal)
    return redirect("signal", name=name, signal=signal)


def find_row(found: Opened, signal: str) -> dict[str, Any] | None:
    """The signal, if it is one that may be shown; none where it is held back, as where there is none."""
    return found.rows([signal]).get(signal)


def _row(found: Opened, signal: str, visitor: Visitor) -> dict[str, Any]:
    """The signal; what is held back, does not exist, concerns the reader or would be a conflict of theirs look alike.

    Raises
    ------
    VerificationError
        If it is not what its alert was made of.
    """
    row, record, actor = find_row(found, signal), Record(site().home), visitor.actor or ""
    if row is None or actor in (row["unit_id"], row["other_id"]):
        raise Http404
    alert = alerts.alerts(record).get(signal) if row["indicator"] in found.persons else None
    if alert is not None and actor in alert.recused:
        raise Http404
    if row["indicator"] in found.persons and conflicts.served_together(site().workspace, actor, row):
        raise Http404
    demand_as_raised(record, found.folder.path, row)
    return row


def keep_open(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> None:
    """Keep what a purpose was given for open for half an hour, to this visitor in this session."""
    looks = dict(request.session.get("looks", {}))
    looks[f"{name}/{signal}"] = [visitor.actor, (datetime.now(UTC) + OPEN_FOR).isoformat()]
    request.session["looks"] = looks


def is_open(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> bool:
    """Whether the visitor gave a purpose for this signal within the half hour."""
    actor, until = request.session.get("looks", {}).get(f"{name}/{signal}", ("", ""))
    return bool(until) and actor == visitor.actor and datetime.fromisoformat(until) > datetime.now(UTC)


def _shown(request: HttpRequest, visitor: Visitor, found: Opened, row: dict[str, Any]) -> HttpResponse:
    asked = found.question(row["indicator"])
    assert asked is not None
    words = words_of(request)
    page = page_of(found, asked.id, words.lang)
    # Its own row, and not one of the page's: a question may have more signals than its page has rows.
    mine = asked.standing.filter(pc.equal(asked.standing["signal_id"], row["signal_id"]))
    level = float(found.folder.manifest["plan"]["level"])
    told = next(iter(signal_rows(asked, mine, words, level)), None) if asked.assessed else None
    among = peers(asked, row)
    return render(
        request,
        visitor,
        "signal.html.j2",
        name=found.name,
        page=page,
        told=told,
        rows=behind(found, row).page(words, number_given(request.GET.get("from", "")) or 0),
        row=row,
        about=_about(visitor, row),
        before=_before(found, row),
        word=words.text(words_for(found, asked.id, [row], alerts.alerts(Record(site().home)))[row["signal_id"]]),
        earlier=_earlier(found, row),
        peers=(among.n, among.text(asked, words)),
        place=place(asked, row, among, found.name, words),
        tried=list(asked.definition.get("explanations") or ()),
        explanation=lambda key: explanation_name(words, key),
    )


def _pseudonym(value: str | None) -> bool:
    from arusha.ledger.entry import is_pseudonym

    return value is not None and is_pseudonym(value)


def _before(found: Opened, row: dict[str, Any]) -> Before | None:
    """The alert about the same unit that was closed in another assessment, where there is one."""
    others = (opened(other) for other in site().assessments if other != found.name)
    told = closed_before(Record(site().home), found, others, row["indicator"], [row["signal_id"]])
    return told.get(row["signal_id"])


def _earlier(found: Opened, row: dict[str, Any]) -> list[tuple[Earlier, str]]:
    """The same unit flagged in periods that were over before, and whether each waits, is closed, or made no alert."""
    told = earlier(others_of(found.name), row["indicator"], [row]).get(row["signal_id"], ())
    states = alerts.alerts(Record(site().home)).states(one.signal for one in told)
    return [(one, _listed(states[one.signal], True, False) if one.signal in states else "none") for one in told]


def _about(visitor: Visitor, row: dict[str, Any]) -> dict[str, Any]:
    """What the page of a signal shows of its alert; of one to be decided again, nothing that was decided before."""
    record = Record(site().home)
    known = alerts.alerts(record)
    alert, actor = known.get(row["signal_id"]), visitor.actor or ""
    counted = alerts.history(known, row["indicator"])
    mine = alert is not None and alert.proposed_by == actor
    blind = alert is not None and is_blind(record, visitor, alert)
    state = alert.state if alert is not None else ""
    said = alerts.told(record, row["signal_id"])
    return {
        "alert": alert,
        "said": [one for one in said if one["kind"] == alerts.CONTESTED] if blind else said,
        "history": counted,
        "again": blind,
        "decides": state == "new" and visitor.may("alert.decide"),
        "reads": state == "proposed" and visitor.may("alert.second-read") and not mine,
        "mine": mine,
        "names": _names(record, visitor, row, state == "inquiry" and not blind),
    }


def _names(record: Record, visitor: Visitor, row: dict[str, Any], inquiry: bool) -> dict[str, Any]:
    """What an investigator may ask of names here: the request that waits, or whose names, behind an inquiry alone."""
    if not inquiry or not visitor.may("identity.ask"):
        return {"asks": False, "waits": "", "among": []}
    now = alerts.now()
    mine = [r for r in requests(record).values() if (r.signal, r.actor) == (row["signal_id"], visitor.actor)]
    open_ = next((r.key for r in mine if r.state(now) in ("waits", "agreed")), "")
    among = [who for who in (row["unit_id"], row["other_id"]) if _pseudonym(who)]
    return {"asks": bool(among), "waits": open_, "among": among}


def is_blind(record: Record, visitor: Visitor, alert: Alert) -> bool:
    """Whether what was decided of an alert is hidden from somebody, who may be the one to decide it again."""
    if alert.open or visitor.actor is None or not visitor.may("alert.decide-again"):
        return False
    return rereview.waits_for(record, alert, visitor.actor)
