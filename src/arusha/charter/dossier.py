"""What a question is, as the charter sees it: facts about it, their hash, and the dossier that a union reads.

The charter knows no indicator. Whoever asks the question hands over its facts; see ``arusha.assessment.agreed``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

HEADS = (
    "purpose",
    "forbidden_uses",
    "unit",
    "inputs",
    "peers",
    "threshold",
    "minimum_n",
    "null_hypothesis",
    "statistic",
    "explanations",
    "retention",
    "gaming",
    "counter_indicator",
    "expected_false_flags",
    "source",
)
"""What a dossier must say. A head without text is missing, and the question does not enter consultation."""

_PROTECTED = """
union mandate sex gender age born birth birthday birthdate ethnicity ethnic race religion religious disability disabled
health marital pregnant pregnancy nationality citizenship orientation politics political
"""
PROTECTED = frozenset(_PROTECTED.split())
"""Words that no input's name may hold: groups are joined in a sealed audit and dropped, never an input."""


@dataclass(frozen=True)
class Facts:
    """A question with the plan's settings for it.

    ``digest`` is the hash of what it asks of whom; ``inputs`` are ``table.column``; ``texts`` holds a text for each
    head of the dossier but ``retention``, which management promises when it drafts the question.
    """

    question: str
    digest: str
    about_persons: bool
    minimum_n: float
    inputs: tuple[str, ...]
    texts: Mapping[str, str]


def content_hash(relevant: Mapping[str, Any]) -> str:
    """SHA-256 of canonical JSON (RFC 8785), in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(relevant))).hexdigest()


def dossier(facts: Facts, retention_months: int) -> dict[str, str]:
    """Every head of the dossier with its text; empty where nothing was said."""
    texts = dict(facts.texts)
    if retention_months > 0:
        texts["retention"] = f"{retention_months} months, then deleted"
    return {head: str(texts.get(head) or "").strip() for head in HEADS}


def lacking(heads: Mapping[str, str]) -> tuple[str, ...]:
    """The heads that say nothing."""
    return tuple(head for head in HEADS if not heads.get(head))


def protected(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs whose names speak of a protected characteristic or of union activity."""
    return tuple(i for i in inputs if PROTECTED & set(re.split(r"[^a-z]+", i.lower())))
