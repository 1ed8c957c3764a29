"""Where an evaluation begins: which records it is made of, and what is wrong with the file that was chosen."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from arusha.effects.threshold_records import Rule, rules
from arusha.engine import open_session
from arusha.errors import ArushaError
from arusha.records.workspace import Workspace
from arusha.workbench.evaluations import counted
from arusha.workbench.evaluations.panels import reforms_of, waiting
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor


def begin(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Which records: a file that is sent, one that was, or in the demo those of a reform."""
    return begun(request, visitor)


def begun(request: HttpRequest, visitor: Visitor, problem: ArushaError | None = None) -> HttpResponse:
    """The page of records, with what is wrong with the file that was chosen on it."""
    served = site()
    return render(
        request,
        visitor,
        "evaluations/begin.html.j2",
        status=400 if problem is not None else 200,
        problem=problem,
        workspace=served.workspace,
        reforms=list(reforms_of(served)),
        sent=waiting(served),
        limits=list(dict.fromkeys(r.name for r in limits_of(served))),
        most_mb=settings.ARUSHA_UPLOAD_MB,
        questions=counted.offered(served, words_of(request)),
    )


def limits_of(served: Site) -> tuple[Rule, ...]:
    """The thresholds that the records of the workspace hold; none without records."""
    if served.workspace is None:
        return ()
    try:
        with open_session(Workspace.open(served.workspace)) as session:
            return tuple(rules(session))
    except ArushaError:
        return ()
