"""Reasons and measures as sentences in the reader's language."""

from __future__ import annotations

from datetime import date

from arusha.access.templates import Template
from arusha.charts.drawing import isolate
from arusha.language import Catalogue


def sentence(words: Catalogue, template: Template, *, whole: bool) -> str:
    """A reason in one sentence; traders are named where ``whole``, else counted."""
    given: dict[str, object] = {}
    for name, value in template.given.items():
        if isinstance(value, tuple):
            given["traders"] = words.list([isolate(v) for v in value]) if whole else ""
            given["n"] = len(value)
        elif name in ("from", "until"):
            given["since" if name == "from" else name] = date.fromisoformat(str(value))
        elif name == "role":
            given[name] = words.text(f"access-role-{value}")
        elif name == "duty":
            given[name] = words.text(f"access-duty-{str(value).replace(' ', '-')}")
        else:
            given[name] = value
    key = f"access-is-{template.kind}"
    if template.kind == "order":
        given.pop("traders" if not whole else "n")
        key += "" if whole else "-counted"
    return words.text(key, **given)
