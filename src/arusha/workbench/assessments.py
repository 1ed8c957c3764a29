"""Assessments: what was asked and what was not, the records that were read, and one page a question."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from arusha.assessment.report import Report, build
from arusha.assessment.report import render as render_report
from arusha.assessment.report_question import QuestionPage, question_line, question_page
from arusha.assessment.report_words import period_text
from arusha.language import languages
from arusha.workbench.gate import Opened, open_assessment
from arusha.workbench.pages import catalogue, render, words_of
from arusha.workbench.record import EXPORTED, SEEN, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_ROWS = 100
"""Signals in the table of a question's page; the list of signals has all of them, a hundred a page."""


def opened(name: str) -> Opened:
    """The assessment of that name as it may be shown."""
    served = site()
    found = open_assessment(served, name, served.state())
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=32)
def report_of(found: Opened, lang: str) -> Report:
    """What the report says of an assessment as it may be shown, in a language, but for its questions' pages.

    Kept until something changes.
    """
    return build(found.folder, catalogue(lang), ())


@lru_cache(maxsize=128)
def page_of(found: Opened, question: str, lang: str) -> QuestionPage:
    """The page of one question; kept until something changes."""
    asked = found.question(question)
    assert asked is not None
    return question_page(found.folder, asked, catalogue(lang), MOST_ROWS)


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
        report=report_of(found, words.lang),
        questions=[question_line(asked, words) for asked in found.folder.questions],
        manifest=found.folder.manifest,
        period=period_text(words, found.folder.manifest.get("plan", {}).get("period", {})),
    )


def records(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """The records that were read, what was set aside and why, and what was absent."""
    report = report_of(opened(name), words_of(request).lang)
    return render(request, visitor, "records.html.j2", name=name, report=report)


def question(request: HttpRequest, visitor: Visitor, name: str, question: str) -> HttpResponse:
    """One question: the report's own page of it. Where it shows persons, that it was seen is recorded."""
    found = opened(name)
    if found.question(question) is None:
        raise Http404
    if question in found.persons:
        Record(site().home).add(SEEN, visitor.actor, f"question:{question}")

    def opens(signal: str) -> str:
        return reverse("signal", kwargs={"name": name, "signal": signal}) if visitor.may("signal.open") else ""

    page = page_of(found, question, words_of(request).lang)
    return render(request, visitor, "question.html.j2", name=name, page=page, opens=opens)


def take_report(request: HttpRequest, visitor: Visitor, name: str, lang: str) -> HttpResponse:
    """The report as one offline file, of what may be shown now; that it was taken is recorded before it is given."""
    if lang not in languages():
        raise Http404
    found = opened(name)
    shown = tuple(f"question:{q}" for q in sorted(found.persons))
    Record(site().home).add(EXPORTED, visitor.actor, f"assessment:{name}", f"report:{name}", *shown)
    response = HttpResponse(render_report(found.folder, catalogue(lang)), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="report.{lang}.html"'
    return response
