"""The addresses of the room: name, path, view, action and method, as ``arusha.workbench.routes`` takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.access import asked_room, monthly_room, room

Address = tuple[str, str, Callable[..., HttpResponse], str, str]
_ONE = "access/reasons/<slug:key>"
_MONTH = "access/months/<slug:month>"

ADDRESSES: tuple[Address, ...] = (
    ("access", "access", room.home, "access.see", "GET"),
    ("access-count", "access/count", room.count, "access.count", "POST"),
    ("access-new", "access/new/<slug:kind>", room.form, "access.propose", "GET"),
    ("access-propose", "access/new/<slug:kind>/propose", room.propose, "access.propose", "POST"),
    ("access-reason", _ONE, room.one, "access.see", "GET"),
    ("access-sample", f"{_ONE}/sample", room.sample, "access.sample", "GET"),
    ("access-open", f"{_ONE}/sample/open", room.open_sample, "access.sample", "POST"),
    ("access-check", f"{_ONE}/check", room.check, "access.approve", "POST"),
    ("access-approve", f"{_ONE}/approve", room.approve, "access.approve", "POST"),
    ("access-agree", f"{_ONE}/agree", room.agree, "access.agree", "POST"),
    ("access-months", "access/months", monthly_room.listing, "access.see", "GET"),
    ("access-announce", "access/months/announce", monthly_room.announce, "access.draw", "POST"),
    ("access-draw", f"{_MONTH}/draw", monthly_room.draw, "access.draw", "POST"),
    ("access-month", _MONTH, monthly_room.one, "access.month", "GET"),
    ("access-month-open", f"{_MONTH}/open", monthly_room.open_month, "access.month", "POST"),
    ("access-ask", f"{_MONTH}/<int:number>/ask", monthly_room.ask, "access.ask", "POST"),
    ("access-close", f"{_MONTH}/<int:number>/close", monthly_room.close, "access.close", "POST"),
    ("asked", "own/asked", asked_room.listing, "asked.see", "GET"),
    ("answer-asked", "own/asked/<slug:month>/<int:number>", asked_room.answer, "asked.answer", "POST"),
    ("access-end", f"{_ONE}/end", room.end, "access.end", "POST"),
)
