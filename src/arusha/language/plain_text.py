"""Text that somebody typed, or a file held, among text of ours: nothing in it turns or hides what stands around it."""

from __future__ import annotations

import re
import unicodedata

KEPT = "\n\t\u200c\u200d"
"""Signs of format that are part of writing: the ends of lines, and what joins letters or keeps them apart."""
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_TURNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
"""Escapes, embeddings and overrides: no text of ours has one."""
_BEGINS, _END = "\u2066\u2067\u2068", "\u2069"


def plain(text: object) -> str:
    """The text with signs that would turn or hide what stands around them written out, ``[U+202E]``."""
    return "".join(c if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf") else _named(c) for c in str(text))


def settled(text: str) -> str:
    """The text as it is where it isolates itself in full, as ours does; else ``plain``.

    An isolate that somebody else's text ends ends ours, and what follows is turned.
    """
    if not _STEERS.search(text):
        return text
    depth = 0
    for sign in text:
        depth += (sign in _BEGINS) - (sign == _END)
        if depth < 0:
            return plain(text)
    return plain(text) if depth or _TURNS.search(text) else text


def _named(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"
