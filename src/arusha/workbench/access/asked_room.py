"""What one is asked about entries of the log under one's own account, and one's answer."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.workbench.access import monthly
from arusha.workbench.access.monthly import ANSWERS
from arusha.workbench.pages import render
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Everything that the reader was asked, with the day by which and their own answer."""
    assert visitor.actor is not None
    record, today = Record(site().home), datetime.now(UTC).date()
    return render(
        request,
        visitor,
        "access/asked.html.j2",
        asked=[
            (month, row, row.late(today), monthly.words_of_answer(record, row))
            for month, row in monthly.asked_of(record, visitor.actor)
        ],
        answers=ANSWERS,
    )


def answer(request: HttpRequest, visitor: Visitor, month: str, number: int) -> HttpResponse:
    """Answer; whoever is not asked about it is told that there is nothing."""
    assert visitor.actor is not None
    given = request.POST
    record = Record(site().home)
    monthly.answer(record, visitor.actor, month, number, given.get("answer", ""), given.get("text", ""))
    return redirect("asked")
