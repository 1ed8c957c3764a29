"""Persons in an evaluation: a panel may have them as units, and then it tells of no one of them."""

from __future__ import annotations

from arusha.effects.designs import Design
from arusha.effects.panels import Panel
from arusha.errors import PlanError
from arusha.language.told import error as of
from arusha.workbench.unnamed import PSEUDONYM

FEWEST = 10
"""As in ``arusha.assessment.agreed``: means by time of fewer people than this are told of none."""


def is_person(unit: str) -> bool:
    """Whether a unit's name holds a pseudonym."""
    return PSEUDONYM.search(unit) is not None


def refuse_few_persons(panel: Panel, design: Design) -> None:
    """Refuse a panel of persons in which either side has fewer than ten: its means by time would be theirs.

    Raises
    ------
    PlanError
        If units are persons and the measure is on fewer than ten of them, or fewer than ten are held against them.
    """
    if not any(is_person(str(unit)) for unit in panel.units):
        return
    if design.treated < FEWEST or design.controls < FEWEST:
        raise of(PlanError, "ev-few-persons", "ev-few-persons", treated=design.treated, controls=design.controls)
