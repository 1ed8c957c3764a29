"""Requests that a name be told: asked for on the page of a signal, read and answered by two key holders, seen by all
whom it binds. No page takes a share of the key, and none shows a name: ``arusha unmask`` does, where the holders sit.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.folder import MANIFEST, digest
from arusha.assessment.report_words import defined
from arusha.charter.problems import Missing, lacks
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.ledger.entry import is_pseudonym
from arusha.workbench import alerts
from arusha.workbench import name_requests as asked_names
from arusha.workbench.assessments import opened
from arusha.workbench.conflicts import served_together
from arusha.workbench.identity import Request, behind_name
from arusha.workbench.name_requests import NameRequest
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import SEEN, Record
from arusha.workbench.signals import find_row, is_blind, is_open
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Requests, the newest first: an investigator's own, all to key holders, and to the auditor without content."""
    words, now = words_of(request), alerts.now()
    found = list(asked_names.requests(Record(site().home)).values())[::-1]
    everything = visitor.may("identity.answer") or visitor.may("identity.count")
    # Whom a request is about reads nothing of it here: they are told by the day that was set.
    mine = [r for r in found if visitor.actor not in r.pseudonyms and (everything or r.actor == visitor.actor)]
    rows = [(one, one.state(now), _title(words, one.question), _reads(visitor, one)) for one in mine]
    return render(request, visitor, "names.html.j2", rows=rows)


def one(request: HttpRequest, visitor: Visitor, wanted: str) -> HttpResponse:
    """One request: why, what was tried, of which folder; and the answer, where it waits for the reader's."""
    record, words = Record(site().home), words_of(request)
    found = _found(record, visitor, wanted)
    record.add(SEEN, visitor.actor, f"request:{found.key}", f"question:{found.question}")
    told = {n: str(p.value) for n, p in record.ledger.content(found.number).items() if p is not None}
    state, charter = found.state(alerts.now()), site().state()
    asked = charter.questions.get(found.question) if charter is not None else None
    waits = state == "waits" and visitor.may("identity.answer")
    return render(
        request,
        visitor,
        "name.html.j2",
        one=found,
        state=state,
        title=_title(words, found.question),
        told={name: told.get(name, "") for name in asked_names.WORDS},
        months=asked.retention_months if asked is not None else None,
        answers=waits and visitor.actor not in (*found.agreed, found.actor, *found.pseudonyms),
        takes_back=state in ("waits", "agreed") and visitor.actor == found.actor,
        reasons=_reasons(record, found),
    )


def ask(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """Ask that two key holders be told whom a signal is about."""
    served, record, actor = site(), Record(site().home), _actor(visitor)
    row = find_row(opened(name), signal)
    if row is None or actor in (row["unit_id"], row["other_id"]) or not is_open(request, visitor, name, signal):
        raise Http404
    alert = alerts.alerts(record).get(signal)
    # As on the page: not where the records know of a conflict, nor to who may decide the alert again, blind.
    if alert is not None and (is_blind(record, visitor, alert) or served_together(served.workspace, actor, row)):
        raise Http404
    among = [who for who in (row["unit_id"], row["other_id"]) if who and is_pseudonym(who)]
    wanted = tuple(who for who in among if who in request.POST.getlist("pseudonym"))
    made = asked_names.ask(
        record,
        actor,
        signal=signal,
        question=row["indicator"],
        assessment=name,
        pseudonyms=wanted,
        digest=digest(served.assessments[name] / MANIFEST),
        tell_by=request.POST.get("tell-by", ""),
        words={word: request.POST.get(word, "") for word in asked_names.WORDS},
        problems=_lacking(served, record, actor, (), name, signal, wanted),
    )
    return redirect("name", wanted=made.key)


def answer(request: HttpRequest, visitor: Visitor, wanted: str) -> HttpResponse:
    """Agree as one of two key holders, or decline with a reason."""
    served, record, actor = site(), Record(site().home), _actor(visitor)
    found, state = _found(record, visitor, wanted), served.state()
    assert state is not None
    agreed = request.POST.get("answer") == "agree"
    problems = (
        _lacking(served, record, found.actor, (actor,), found.assessment, found.signal, found.pseudonyms)
        if agreed
        else []
    )
    reason = request.POST.get("reason", "")
    asked_names.answer(record, state, found, actor, agreed=agreed, reason=reason, problems=problems)
    return redirect("name", wanted=found.key)


def withdraw(request: HttpRequest, visitor: Visitor, wanted: str) -> HttpResponse:
    """Take a request back."""
    record = Record(site().home)
    asked_names.withdraw(record, _found(record, visitor, wanted), _actor(visitor))
    return redirect("name", wanted=wanted)


def _lacking(
    served: Site, record: Record, actor: str, holders: tuple[str, ...], name: str, signal: str, names: tuple[str, ...]
) -> list[Missing]:
    """What the inquiry and its assessment lack, as ``arusha unmask`` will ask it again."""
    charter, path = served.charter(), served.assessments.get(name)
    if charter is None or served.workspace is None or path is None:
        return [lacks("edited", "the assessment is not as it was written", "identify-edited")]
    asked = Request(actor, holders, signal, names, "", "", "")
    return behind_name(record, charter, served.workspace, path, asked, names)[2]


def _reads(visitor: Visitor, one: NameRequest) -> bool:
    """Whether a request is open to somebody: to key holders, and to who made it, unless they are whom it is about."""
    return (visitor.may("identity.answer") or visitor.actor == one.actor) and visitor.actor not in one.pseudonyms


def _found(record: Record, visitor: Visitor, wanted: str) -> NameRequest:
    found = asked_names.requests(record).get(wanted)
    if found is None or not _reads(visitor, found):
        raise Http404
    return found


def _reasons(record: Record, found: NameRequest) -> list[tuple[str, str]]:
    """Who declined, and why; no words where they were expunged."""
    reasons = []
    for number in record.about(f"request:{found.key}"):
        entry = record.ledger.entry(number).entry
        if entry.kind == asked_names.DECLINED:
            told = record.ledger.content(number).get("reason")
            reasons.append((entry.actor, str(told.value) if told is not None else ""))
    return reasons


def _title(words: Catalogue, question: str) -> str:
    about: dict[str, Any] = next(
        ({"id": i.definition.id, "title": i.definition.title} for i in indicators() if i.definition.id == question),
        {"id": question},
    )
    return defined(words, about, "title")


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
