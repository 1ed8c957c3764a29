"""The questions that can be asked, in the order in which they are asked and reported."""

from __future__ import annotations

import importlib
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec

from arusha.errors import ArushaError
from arusha.indicators.definition import Indicator

BUILT_IN = (
    "assignment-steering",
    "assignment-override",
    "lane-rates",
    "lane-change-without-act",
    "finding-rate",
    "value-shortfall",
)
"""Ids of the questions that come with Arusha; each lives in the module of that name."""

GROUP = "arusha.indicators"
"""Entry points of this group are further questions: each names an ``Indicator``."""


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """Every question: the built-in ones in their order, then those of installed packages by name.

    Raises
    ------
    ArushaError
        An installed package offers something that is not a question, or one whose id is taken.
    """
    found = [_built_in(name) for name in BUILT_IN if find_spec(_module(name)) is not None]
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        offered = entry.load()
        where = f"entry point {entry.name} = {entry.value}"
        if not isinstance(offered, Indicator):
            raise ArushaError("this is not an Indicator", where=where, remedy="name the Indicator itself, or remove it")
        if offered.definition.id in {i.definition.id for i in found}:
            raise ArushaError(
                f"there is a question {offered.definition.id} already", where=where, remedy="give it another id"
            )
        found.append(offered)
    return tuple(found)


def _module(name: str) -> str:
    return f"arusha.indicators.{name.replace('-', '_')}"


def _built_in(name: str) -> Indicator:
    indicator = importlib.import_module(_module(name)).INDICATOR
    assert isinstance(indicator, Indicator)
    assert indicator.definition.id == name
    return indicator
