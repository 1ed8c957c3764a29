"""Registering and running evaluations of the demo at the workbench, as somebody at a browser would."""

from __future__ import annotations

import html
import re
from pathlib import Path

from django.test import Client
from workbench_office import page

from arusha.workbench.worker import Worker

FIELD = re.compile(r'<(?:input|textarea|select)[^>]* name="([^"]+)"([^>]*)>(?:([^<]*)</textarea>)?')


def fields(text: str) -> dict[str, str]:
    """What the form of a plan holds as it is shown."""
    found = {}
    for name, rest, inside in FIELD.findall(text):
        value = re.search(r'value="([^"]*)"', rest)
        found[name] = html.unescape(inside or (value.group(1) if value else ""))
    for name, options in re.findall(r'(?s)<select id="([^"]+)"[^>]*>(.*?)</select>', text):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = html.unescape(chosen.group(1)) if chosen else ""
    return {k: v for k, v in found.items() if k not in ("csrfmiddlewaretoken", "language", "back")}


def register(client: Client, panel: str, **changes: str) -> str:
    """Look at the power of the form as it is shown, then register; the key of the plan."""
    given = fields(page(client, f"/evaluations/panels/{panel}")) | changes
    shown = client.post(f"/evaluations/panels/{panel}/power", given)
    assert shown.status_code == 200, shown.content.decode()[-3000:]
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    assert seen
    done = client.post(f"/evaluations/panels/{panel}/register", given | {"seen": seen.group(1)})
    assert done.status_code == 302, done.content.decode()[-3000:]
    return str(done["Location"]).rsplit("/", 1)[-1]


def work(home: Path) -> None:
    """Do what waits."""
    worker = Worker(home)
    worker.leave.set()
    worker.work()
