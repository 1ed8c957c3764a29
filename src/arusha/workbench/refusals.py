"""What is answered where something is refused: the same few words whether the thing exists or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from arusha.charter import RefusedError
from arusha.errors import ArushaError
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import REFUSED, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor, visitor_of


def refuse(request: HttpRequest, visitor: Visitor, action: str) -> HttpResponse:
    """Answer 403, and record who was refused what."""
    if visitor.actor is not None:
        Record(site().home).add(REFUSED, visitor.actor, f"action:{action}")
    return render(request, visitor, "refused.html.j2", status=403, problem="", remedy="")


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return render(request, visitor_of(request), "absent.html.j2", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from a page of ours."""
    return refuse(request, visitor_of(request), "form.forged")


def failed(request: HttpRequest, visitor: Visitor, problem: ArushaError, status: int = 400) -> HttpResponse:
    """Answer with an error's problem and remedy; a refusal of the charter also in the reader's language."""
    words = words_of(request)
    lacks = problem.missing if isinstance(problem, RefusedError) else ()
    reasons = [words.text(f"wb-lack-{m.code}") for m in lacks if words.has(f"wb-lack-{m.code}")]
    parts = {"problem": problem.problem, "remedy": problem.remedy, "reasons": reasons}
    return render(request, visitor, "refused.html.j2", status=status, **parts)
