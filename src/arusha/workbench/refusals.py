"""What is answered where something is refused: the same few words whether the thing exists or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from arusha.errors import ArushaError
from arusha.workbench.pages import render
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
    """Answer with an error's problem and remedy."""
    where = problem.problem
    return render(request, visitor, "refused.html.j2", status=status, problem=where, remedy=problem.remedy)
