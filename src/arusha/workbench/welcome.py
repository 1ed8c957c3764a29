"""Welcome: what this is, what to do first, in which language."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.charter import ROLES
from arusha.language import languages
from arusha.workbench.pages import COOKIE, back_to, render
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor
from arusha.workbench.waiting import freshness, waiting


def welcome(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The first page."""
    served = site()
    here = served.workspace is not None or bool(served.assessments)
    inside = visitor.actor is not None
    loaded, assessed = freshness(served) if inside and visitor.may("charter.see") else (None, None)
    people = people_of(served) if visitor.mode == "demo" and request.session.get("entered") else []
    return render(
        request,
        visitor,
        "welcome.html.j2",
        here=here,
        inside=inside,
        assessed=bool(served.assessments) and inside,
        people=people,
        waits=waiting(visitor, Record(served.home), served.state(), served) if inside else (),
        loaded=loaded,
        newest=assessed,
        workspace=served.workspace.name if served.workspace and inside else "",
    )


def people_of(served: Site) -> list[tuple[str, str, int]]:
    """The invented people of a demo: pseudonym, role, and which of that role."""
    state = served.state()
    if state is None:
        return []
    return [(who, role, n) for role in ROLES for n, who in enumerate(state.holders(role), start=1)]


def enter(request: HttpRequest, visitor: Visitor, entry: str) -> HttpResponse:
    """Solo and demo: open the site with the word that the terminal printed."""
    if visitor.mode == "shared" or not settings.ARUSHA_ENTRY or not _same(entry, settings.ARUSHA_ENTRY):
        raise Http404
    request.session.cycle_key()  # a key that somebody planted before is worth nothing
    request.session["entered"] = True
    return redirect("welcome")


def _same(given: str, word: str) -> bool:
    return hmac.compare_digest(given.encode(), word.encode())


def language(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Choose the language; back to where one was."""
    chosen, back = request.POST.get("language", ""), request.POST.get("back", "")
    response = back_to(request, back, "/")
    if chosen in languages():
        response.set_cookie(COOKIE, chosen, max_age=365 * 86_400, samesite="Strict", httponly=True)
    return response
