"""What the committed scorecard counted, for sentences that say how often a question is wrong and what it finds.

The numbers are in ``measured.json`` beside this file. ``script/docs`` makes it from the scorecard, and a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

FILE = "measured.json"


@dataclass(frozen=True)
class Clean:
    """Invented administrations without any scheme: in how many of them one of ``questions`` flagged anything."""

    worlds: int
    with_flag: int
    rate: float
    """The rate of false discoveries that each question was held to."""
    questions: frozenset[str]


@dataclass(frozen=True)
class Schemes:
    """Planted schemes of the kinds that a question should show, all strengths and the strong ones."""

    planted: int
    found: int
    strong: int
    strong_found: int
    shared: bool
    """Whether some of them count as found where another question shows them."""


@dataclass(frozen=True)
class Measured:
    clean: Clean
    schemes: Mapping[str, Schemes]
    """By question; a question of whose kinds none was planted is absent."""


@cache
def measured() -> Measured:
    """The numbers as this version of the program was measured."""
    told = json.loads(resources.files("arusha.assessment").joinpath(FILE).read_text(encoding="utf-8"))
    clean = told["clean"]
    return Measured(
        Clean(clean["worlds"], clean["with_flag"], clean["rate"], frozenset(clean["questions"])),
        {question: Schemes(**counts) for question, counts in told["schemes"].items()},
    )
