"""Exceptions and declared acts: asked for on the page of a clash that was opened, agreed to by another, ended."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.access.rights import Exemption
from arusha.language.told import error as of
from arusha.workbench.record import Record
from arusha.workbench.rights import agreements
from arusha.workbench.rights.agreements import RightsError
from arusha.workbench.rights.room import find, shown
from arusha.workbench.signals import is_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

FIELDS = ("from", "until", "control", "reason")


def ask(request: HttpRequest, visitor: Visitor, job: str, number: int) -> HttpResponse:
    """Ask for an exception for whom an opened clash is about."""
    assert visitor.actor is not None
    row = find(visitor, job, number)
    if not is_open(request, visitor, "rights", f"{job}-{number}"):
        return redirect("rights-one", job=job, number=number)
    given = {name: request.POST.get(name, "")[: agreements.MOST_WORDS] for name in FIELDS}
    served = site()
    try:
        start, end = _day(given["from"]), _day(given["until"])
        wanted = Exemption(row.user, row.pair, row.office or None, start, end)
        agreements.ask(Record(served.home), served.state(), visitor.actor, wanted, given["control"], given["reason"])
    except RightsError as problem:
        return shown(request, visitor, job, row, given, problem, status=400)
    return redirect("rights-one", job=job, number=number)


def agree(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Agree to an exception or to declared acts that another person asked for."""
    assert visitor.actor is not None
    served = site()
    agreements.agree(Record(served.home), served.state(), visitor.actor, key, request.POST.get("digest", ""))
    return redirect("rights")


def end(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Decline what waits, or withdraw what is in force."""
    assert visitor.actor is not None
    served = site()
    agreements.end(Record(served.home), served.state(), visitor.actor, key, request.POST.get("why", ""))
    return redirect("rights")


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise of(RightsError, "a-day-unread", "a-day-like", where=text[:20])
