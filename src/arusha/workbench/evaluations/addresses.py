"""The addresses of the room: name, path, view, action, method, and whether it receives a file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from arusha.workbench.evaluations import beginning, counted, room, wizard
from arusha.workbench.evaluations import thresholds as limit

Address = tuple[str, str, Callable[..., HttpResponse], str, str, bool]
_FILE = "evaluations/panels/<slug:panel>"

ADDRESSES: tuple[Address, ...] = (
    ("evaluations", "evaluations", room.listing, "evaluation.see", "GET", False),
    ("ev-new", "evaluations/new", beginning.begin, "evaluation.plan", "GET", False),
    ("ev-limit", "evaluations/thresholds", limit.form, "evaluation.plan", "GET", False),
    ("ev-limit-power", "evaluations/thresholds/power", limit.power, "evaluation.plan", "POST", False),
    ("ev-limit-register", "evaluations/thresholds/register", limit.register, "evaluation.plan", "POST", False),
    ("ev-file-limit", f"{_FILE}/threshold", limit.form, "evaluation.plan", "GET", False),
    ("ev-file-limit-power", f"{_FILE}/threshold/power", limit.power, "evaluation.plan", "POST", False),
    ("ev-file-limit-register", f"{_FILE}/threshold/register", limit.register, "evaluation.plan", "POST", False),
    ("ev-count", "evaluations/counted", counted.count, "evaluation.plan", "POST", False),
    ("ev-receive", "evaluations/panels", wizard.receive, "evaluation.plan", "POST", True),
    ("ev-plan", _FILE, wizard.form, "evaluation.plan", "GET", False),
    ("ev-power", f"{_FILE}/power", wizard.power, "evaluation.plan", "POST", False),
    ("ev-register", f"{_FILE}/register", wizard.register, "evaluation.plan", "POST", False),
    ("evaluation", "evaluations/<slug:evaluation>", room.page, "evaluation.see", "GET", False),
    ("ev-run", "evaluations/<slug:evaluation>/run", room.run, "evaluation.run", "POST", False),
    ("ev-take", "evaluations/<slug:evaluation>/result.json", room.take, "evaluation.take", "POST", False),
)
