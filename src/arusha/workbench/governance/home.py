"""The room of data governance: its pages, and what waits in each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from arusha.workbench.governance.loads_room import known
from arusha.workbench.pages import render
from arusha.workbench.visitor import Visitor

PAGES = (
    ("gov-sources", "sources.see"),
    ("gov-loads", "loads.see"),
    ("gov-letters", "letters.see"),
    ("gov-questions", "sufficiency.see"),
    ("gov-lineage", "lineage.see"),
    ("gov-retention", "retention.see"),
    ("gov-duties", "duties.see"),
    ("access", "access.see"),
    ("rights", "rights.see"),
)
"""Pages of the room with the action that opens each."""


def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The pages of the room that are open to the visitor, and the last load."""
    found = known()
    return render(
        request,
        visitor,
        "governance/home.html.j2",
        pages=[name for name, action in PAGES if visitor.may(action)],
        last=found[-1] if found else None,
        loads=len(found),
    )
