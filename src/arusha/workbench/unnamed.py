"""Pseudonyms taken out of what is shown: behind a signal they stand, after a purpose, and nowhere before it."""

from __future__ import annotations

import re

from markupsafe import Markup

PSEUDONYM = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
"""As ``arusha.ledger.entry`` has it, anywhere in a text."""
NOBODY = "\u2014"


def unnamed(text: str) -> str:
    """A text with a dash in the place of each pseudonym; markup stays markup."""
    shown = PSEUDONYM.sub(NOBODY, text)
    return Markup(shown) if isinstance(text, Markup) else shown  # noqa: S704 - it was markup before
