"""The two salts of a draw: each of two people commits to one before a quarter, and says it when it has begun."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.workbench import alerts, salts
from arusha.workbench.pages import render
from arusha.workbench.quarter import Quarter
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def salt(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Whose salt was committed to and said, and the visitor's own part in it. Names no signal."""
    return _page(request, visitor)


def commit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Commit to a salt for the next quarter, and show it this once."""
    assert visitor.actor is not None
    _, told = salts.commit(Record(site().home), visitor.actor, _roles(visitor), alerts.now().date())
    answer = _page(request, visitor, told)
    answer["Cache-Control"] = "no-store"
    return answer


def say(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say the salt that was committed to."""
    assert visitor.actor is not None
    given = request.POST.get("salt", "")[:200]
    salts.reveal(Record(site().home), visitor.actor, _roles(visitor), given, alerts.now().date())
    return redirect("salt")


def _roles(visitor: Visitor) -> frozenset[str]:
    """The visitor's roles as they count here: where there is a union reviewer, management has no part in the salts."""
    state = site().state()
    union = state is not None and bool(state.holders("union-reviewer"))
    return visitor.roles - {"board-secretary"} if union else visitor.roles


def _page(request: HttpRequest, visitor: Visitor, told: str = "") -> HttpResponse:
    record = Record(site().home)
    now = Quarter.of(alerts.now().date())
    following = Quarter.of(now.end)
    return render(
        request,
        visitor,
        "salt.html.j2",
        part=salts.part_of(_roles(visitor)),
        both=tuple(salts.PARTS),
        now=salts.seed(record, now),
        following=salts.seed(record, following),
        told=told,
    )
