"""What commands share: the language they speak, and text from elsewhere as a terminal may show it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Annotated, Literal

import typer

Language = Literal["en", "fr", "es", "ar"]
Lang = Annotated[Language, typer.Option(help="Language: en, fr, es or ar.")]

Refused = Annotated[Language, typer.Option("--lang", help="Language of what is refused.")]

chosen: ContextVar[Language] = ContextVar("chosen", default="en")
"""The language that a command was given, for what goes wrong in it."""

SPACES = "\u00a0\u202f"
"""Spaces that do not break, of French and of numbers: they steer nothing."""


def shown(text: str) -> str:
    """Signs that would steer the terminal are written out; lines and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" + SPACES else c.encode("unicode_escape").decode() for c in text)
