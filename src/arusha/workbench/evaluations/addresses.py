"""The addresses of the room: name, path, view, action, method, and whether it receives a file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.evaluations import room, wizard

Address = tuple[str, str, Callable[..., HttpResponse], str, str, bool]

ADDRESSES: tuple[Address, ...] = (
    ("evaluations", "evaluations", room.listing, "evaluation.see", "GET", False),
    ("ev-new", "evaluations/new", wizard.begin, "evaluation.plan", "GET", False),
    ("ev-receive", "evaluations/panels", wizard.receive, "evaluation.plan", "POST", True),
    ("ev-plan", "evaluations/panels/<slug:panel>", wizard.form, "evaluation.plan", "GET", False),
    ("ev-power", "evaluations/panels/<slug:panel>/power", wizard.power, "evaluation.plan", "POST", False),
    ("ev-register", "evaluations/panels/<slug:panel>/register", wizard.register, "evaluation.plan", "POST", False),
    ("evaluation", "evaluations/<slug:evaluation>", room.page, "evaluation.see", "GET", False),
    ("ev-run", "evaluations/<slug:evaluation>/run", room.run, "evaluation.run", "POST", False),
    ("ev-take", "evaluations/<slug:evaluation>/result.json", room.take, "evaluation.take", "POST", False),
)
