"""The addresses of the room: name, path, view, action and method, as ``arusha.workbench.routes`` takes them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.governance import home, loads_room

Address = tuple[str, str, Callable[..., HttpResponse], str, str]

ADDRESSES: tuple[Address, ...] = (
    ("governance", "governance", home.home, "governance.see", "GET"),
    ("gov-loads", "governance/loads", loads_room.listing, "loads.see", "GET"),
    ("gov-table", "governance/tables/<slug:table>", loads_room.table, "loads.see", "GET"),
    ("gov-load", "governance/loads/<slug:load>", loads_room.load, "loads.see", "GET"),
)
