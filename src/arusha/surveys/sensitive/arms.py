"""The arms of a list experiment, and how large they must be."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import IntArray, numbers

SMALLEST_ARM = 300
"""Fewest respondents with each list. Measured with four items (benchmarks/list_coverage.py, docs/surveys.md): the
interval of the difference in means covers at every size, but below 300 it is wider than a third, so that a tenth and
four tenths cannot be told apart; and maximum likelihood covers a share of a tenth in under 80 of 100 surveys, for it
ends at a share of 0."""


def arms_of(arms: ArrayLike, smallest: int = SMALLEST_ARM) -> tuple[IntArray, int]:
    """Arm of each respondent, 0 for the short list, and how many sensitive items were tried.

    Raises
    ------
    SurveyError
        Where arms are not whole numbers, one is absent, or one has fewer than ``smallest`` respondents.
    """
    given = numbers(arms, "arms")
    if np.any((given < 0) | (given != np.floor(given))):
        raise SurveyError("an arm that is not 0, 1, 2, ...", where="arms", remedy="give 0 for the short list.")
    arm = given.astype(np.int64)
    items = max(int(arm.max(initial=0)), 1)
    sizes = np.bincount(arm, minlength=items + 1)
    for number, size in enumerate(sizes):
        if size == 0:
            raise SurveyError(
                f"nobody is in arm {number}.",
                where="arms",
                remedy="ask some with the short list (0) and some with each long one (1, 2, ...).",
            )
        if size < smallest:
            raise SurveyError(
                f"{size} respondents in arm {number} are too few for an estimate: under {smallest} it means nothing.",
                where="arms",
                remedy="estimate for the whole administration, not for an office, or ask more people.",
            )
    return arm, items


def sensitive_names(items: int) -> list[str]:
    """What the sensitive parts of a model are called."""
    return ["sensitive"] if items == 1 else [f"sensitive {k}" for k in range(1, items + 1)]
