"""The pages of tables that the union asks for: the list with its form, the steward's answer, and the table in words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.folder import read_manifest
from arusha.assessment.report_words import defined
from arusha.fairness.earlier import Earlier, earlier
from arusha.fairness.job import TIME, kept
from arusha.fairness.recorded import NEEDS
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.workbench import cuts, jobs
from arusha.workbench.cuts import ANSWER_DAYS, Cut
from arusha.workbench.fairness_room import held_question, title_of
from arusha.workbench.models import Job
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

STAGES = ("consultation", "pilot", "live", "paused", "review-due")
"""Stages in which the union asks for a table of a question."""


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every table that was asked for, and the form to ask for one."""
    served, words, today = site(), words_of(request), datetime.now(UTC).date()
    state, record = served.state(), Record(served.home)
    titles = _titles(words)
    asked = list(cuts.cuts(record).values())
    return render(
        request,
        visitor,
        "cuts.html.j2",
        cuts=[(cut, titles.get(cut.question, cut.question), cut.state == "asked" and cut.due < today) for cut in asked],
        questions=[
            (q.id, titles.get(q.id, q.id))
            for q in (state.questions.values() if state else ())
            if q.stage in STAGES and q.about_persons
        ],
        attributes=list(NEEDS),
        days=ANSWER_DAYS,
    )


def ask(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for a table as the union."""
    assert visitor.actor is not None
    given = request.POST
    held = held_question(site(), given.get("question", ""))
    if held.stage not in STAGES or not held.about_persons:
        raise Http404
    made = cuts.ask(Record(site().home), visitor.actor, held.id, given.getlist("attribute"), given.get("why", ""))
    return redirect("cut", number=made.number)


def one(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """One table: what was asked, the steward's answer, and what the program tells."""
    served, cut = site(), _cut(number)
    record = Record(served.home)
    assert served.workspace is not None
    job = Job.objects.filter(kind=jobs.CUT, given__number=number).order_by("-pk").first()
    return render(
        request,
        visitor,
        "cut.html.j2",
        cut=cut,
        title=title_of(request, cut.question),
        why=cuts.words(record, cut.number),
        said=cuts.words(record, cut.said),
        table=kept(served.workspace, cut.report) if cut.report else None,
        job=job if job is not None and job.state != Job.DONE else None,
        worker=jobs.worker_is_there(served.home),
        audited=bool(_audits(served, cut.question)),
        beside=_beside(served, cut),
        answers=visitor.may("cut.answer") and cut.by != visitor.actor,
    )


def agree(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Agree to a table; where the question was audited the worker makes it now, else the next audit counts it."""
    assert visitor.actor is not None
    served, cut = site(), _cut(number)
    if cut.state != "agreed":
        cuts.agree(Record(served.home), visitor.actor, number)
    held = held_question(served, cut.question)
    if _audits(served, cut.question):
        given = {
            "workspace": str(served.workspace),
            "home": str(served.home),
            "number": number,
            "question": cut.question,
            "attributes": list(cut.attributes),
            "definition": held.definition,
            "rate": held.most_signals or 0.05,
            "plan": str(_plan(served) or ""),
            "seconds": TIME,
        }
        jobs.ask(served.home, visitor.actor, jobs.CUT, given, f"question:{cut.question}")
    return redirect("cut", number=number)


def decline(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Decline a table, with words."""
    assert visitor.actor is not None
    _cut(number)
    cuts.decline(Record(site().home), visitor.actor, number, request.POST.get("why", ""))
    return redirect("cut", number=number)


def _cut(number: int) -> Cut:
    found = cuts.cuts(Record(site().home)).get(number)
    if found is None:
        raise Http404
    held_question(site(), found.question)
    return found


def _audits(served: Site, question: str) -> list[Earlier]:
    """What was told of a question before."""
    charter = served.charter()
    return [one for one in earlier(charter) if one.question == question] if charter is not None else []


def _beside(served: Site, cut: Cut) -> bool:
    """Whether an audit that was made counted what was asked for, beside its list."""
    if cut.state != "agreed":
        return False
    told = [one.audit for one in _audits(served, cut.question) if one.audit is not None]
    return any(set(cut.attributes) <= set(audit.get("cuts") or ()) and audit.get("listed") for audit in told)


def _plan(served: Site) -> Path | None:
    """The plan of the newest assessment: the settings that were agreed to, unless they changed since."""
    made: list[tuple[str, Any]] = [
        (str(read_manifest(path).get("created_at", "")), path / "plan.yaml") for path in served.assessments.values()
    ]
    found = [path for _, path in sorted(made, key=lambda one: one[0]) if path.is_file()]
    return found[-1] if found else None


def _titles(words: Catalogue) -> dict[str, str]:
    return {
        i.definition.id: defined(words, {"id": i.definition.id, "title": i.definition.title}, "title")
        for i in indicators()
    }
