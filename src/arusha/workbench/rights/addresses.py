"""The addresses of the room: name, path, view, action and method, as ``arusha.workbench.routes`` takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.rights import exceptions_room, room

Address = tuple[str, str, Callable[..., HttpResponse], str, str]
_ONE = "rights/held/<slug:job>/<int:number>"
_AGREED = "rights/agreements/<slug:key>"

ADDRESSES: tuple[Address, ...] = (
    ("rights", "rights", room.home, "rights.see", "GET"),
    ("rights-count", "rights/count", room.count, "rights.count", "POST"),
    ("rights-acts", "rights/acts", room.acts, "rights.declare", "GET"),
    ("rights-declare", "rights/acts/declare", room.declare, "rights.declare", "POST"),
    ("rights-one", _ONE, room.one, "rights.open", "GET"),
    ("rights-open", f"{_ONE}/open", room.open_one, "rights.open", "POST"),
    ("rights-except", f"{_ONE}/except", exceptions_room.ask, "rights.except", "POST"),
    ("rights-agree", f"{_AGREED}/agree", exceptions_room.agree, "rights.agree", "POST"),
    ("rights-end", f"{_AGREED}/end", exceptions_room.end, "rights.end", "POST"),
)
