"""The page of controls: what the program's tests show, beside the clauses of two standards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from arusha.workbench.controls import controls
from arusha.workbench.pages import render
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every control with the sentences of its tests."""
    return render(request, visitor, "controls.html.j2", standards=controls())
