"""The addresses of the room: name, path, view, action and method, as ``arusha.workbench.routes`` takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.access import room

Address = tuple[str, str, Callable[..., HttpResponse], str, str]
_ONE = "access/reasons/<slug:key>"

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
    ("access-end", f"{_ONE}/end", room.end, "access.end", "POST"),
)
