"""Assessments: what was asked and what was not, the records that were read, and one page a question."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from arusha.assessment.report import build
from arusha.assessment.report_question import question_page
from arusha.assessment.report_words import period_text
from arusha.workbench.gate import Opened, open_assessment
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import SEEN, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def opened(name: str) -> Opened:
    """The assessment of that name as it may be shown."""
    served = site()
    found = open_assessment(served, name, served.state())
    if found is None:
        raise Http404
    return found


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every assessment of the workspace."""
    words = words_of(request)
    rows = [
        (name, period_text(words, manifest.get("plan", {}).get("period", {})), len(manifest["questions"]))
        for name in site().assessments
        for manifest in [opened(name).folder.manifest]
    ]
    return render(request, visitor, "assessments.html.j2", rows=rows, workspace=site().workspace)


def overview(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """One assessment: what was asked, what came of it, and what was not asked."""
    found, words = opened(name), words_of(request)
    return render(
        request,
        visitor,
        "assessment.html.j2",
        name=name,
        report=build(found.folder, words),
        manifest=found.folder.manifest,
        period=period_text(words, found.folder.manifest.get("plan", {}).get("period", {})),
    )


def records(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """The records that were read, what was set aside and why, and what was absent."""
    report = build(opened(name).folder, words_of(request))
    return render(request, visitor, "records.html.j2", name=name, report=report)


def question(request: HttpRequest, visitor: Visitor, name: str, question: str) -> HttpResponse:
    """One question: the report's own page of it. Where it shows persons, that it was seen is recorded."""
    found = opened(name)
    asked = found.question(question)
    if asked is None:
        raise Http404
    if question in found.persons:
        Record(site().home).add(SEEN, visitor.actor, f"question:{question}")

    def opens(signal: str) -> str:
        return reverse("signal", kwargs={"name": name, "signal": signal})

    page = question_page(found.folder, asked, words_of(request))
    return render(request, visitor, "question.html.j2", name=name, page=page, opens=opens)
