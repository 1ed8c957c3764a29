"""People: who holds which role, grants that wait for a second person, and in the demo, whom one acts as."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.charter import ROLES, Charter, CharterError
from arusha.charter.roles import TIMED
from arusha.language.told import error as of
from arusha.workbench.pages import back_to, render
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

HIDDEN = frozenset({"subject", "representative"})
"""Roles of which the list says nothing: who asked for an own page, or is represented, is nobody else's to know."""


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Who holds which role, by pseudonym."""
    state = site().state()
    held = sorted(state.roles.items()) if state else []
    return render(
        request,
        visitor,
        "people.html.j2",
        held=[(who, sorted(roles - HIDDEN)) for who, roles in held if roles - HIDDEN],
        until=state.until if state else {},
        asked_until=state.asked_until if state else {},
        today=datetime.now(UTC).date(),
        waiting=[(*key, first) for key, first in sorted(state.asked.items()) if key[2] not in HIDDEN] if state else [],
        roles=ROLES,
        timed=TIMED,
        grants=visitor.may("charter.grant") and state is not None,
    )


def grant(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for a role for somebody; granted when a second person asks for the same."""
    given = request.POST
    person, until = given.get("person", "").strip(), given.get("until", "").strip()
    _charter().grant(_actor(visitor), person, given.get("role", ""), until or None)
    return redirect("people")


def withdraw(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for a role to be withdrawn; two people, or its holder alone."""
    _charter().withdraw(_actor(visitor), request.POST.get("person", "").strip(), request.POST.get("role", ""))
    return redirect("people")


def act_as(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """In the demo alone: act as one of the invented people."""
    state = site().state()
    person = request.POST.get("person", "")
    if visitor.mode != "demo" or state is None or not request.session.get("entered") or person not in state.roles:
        raise Http404
    request.session["person"] = person
    request.session.pop("looks", None)
    return back_to(request, request.POST.get("next", ""), "welcome")


def _charter() -> Charter:
    found = site().charter()
    if found is None:
        raise of(CharterError, "no-charter", "make-charter")
    return found


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
