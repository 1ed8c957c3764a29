"""The fairness audit of a question as the union reads it: groups, never anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from arusha.assessment.report_words import defined
from arusha.charter import Question
from arusha.fairness.job import kept
from arusha.indicators.registry import indicators
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor


def held_question(served: Site, question: str) -> Question:
    """A question of the charter; absent where there is none, or it was never drafted."""
    state = served.state()
    held = state.questions.get(question) if state is not None else None
    if held is None or not any(i.definition.id == question for i in indicators()):
        raise Http404
    return held


def title_of(request: HttpRequest, question: str) -> str:
    """A question's title in the reader's language."""
    definition = next(i.definition for i in indicators() if i.definition.id == question)
    return defined(words_of(request), {"id": question, "title": definition.title}, "title")


def fairness(request: HttpRequest, visitor: Visitor, question: str) -> HttpResponse:
    """The audit that counts, and those before it that are kept; each is shown only if it is what was recorded."""
    served = site()
    held = held_question(served, question)
    assert served.workspace is not None
    audits = [(recorded, kept(served.workspace, recorded.report)) for recorded in reversed(held.audits)]
    return render(
        request,
        visitor,
        "fairness.html.j2",
        question=held,
        title=title_of(request, question),
        audits=[(r, a if a and a.get("question") == question else None) for r, a in audits],
    )
