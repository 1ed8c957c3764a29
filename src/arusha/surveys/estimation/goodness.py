"""Whether the answers to one question are shared out as given shares say: is a sample made up like the register?

Source: Rao and Scott 1981 (Journal of the American Statistical Association 76:221).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.errors import SurveyError
from arusha.language.told import error as told_error
from arusha.surveys.estimation.design import Design
from arusha.surveys.estimation.models import Tested
from arusha.surveys.estimation.statistics import total, within


def goodness_of_fit(
    design: Design,
    answers: ArrayLike,
    shares: Mapping[object, float],
    *,
    domain: ArrayLike | None = None,
    law: Literal["f", "chi-square"] = "f",
) -> Tested:
    """Test that the population answers in the given ``shares``, corrected for the design.

    Parameters
    ----------
    answers
        (n,) labels.
    shares
        What is expected of each label that occurs; made to add up to 1.
    domain
        (n,) who is asked about, such as those who answered; all where none is given.
    law
        ``f``: Satterthwaite's, with the design's degrees of freedom. ``chi-square``: without them, as R's
        ``svygofchisq``; too eager with few clusters.

    Returns
    -------
    Tested
        The weighted Pearson statistic over the sum of its design effects as F, or itself as a chi-square over their
        scale.

    Raises
    ------
    SurveyError
        A label without a share, or a share without a label, that is not above 0; fewer than two labels.
    """
    inside = within(domain, design.size)
    given = np.asarray(answers)
    if given.shape != (design.size,):
        raise told_error(SurveyError, "sv-one-each", "sv-one-each", where="answers", n=given.size, size=design.size)
    labels = list(shares)
    expected = np.array([shares[label] for label in labels], np.float64)
    unknown = sorted({str(v) for v in given[inside].tolist()} ^ {str(label) for label in labels})
    if unknown or len(labels) < 2 or not np.all(np.isfinite(expected)) or not np.all(expected > 0):
        raise told_error(
            SurveyError, "sv-expected", "sv-expected", where="shares", labels=", ".join(unknown[:5]) or "-"
        )
    p = expected / expected.sum()
    member = np.column_stack([given == label for label in labels]).astype(np.float64)
    found = total(design, member, domain=inside)
    whole = float(found.values.sum())
    root = np.sqrt(p * whole)
    gap = (found.values - p * whole) / root
    # How each gap moves with each total: the count itself, the expected one, and the root below.
    slope = np.diag(1.0 / root) - (p / root)[:, None] - (gap / (2.0 * whole))[:, None]
    effects = np.linalg.eigvalsh(slope @ found.vcov @ slope.T)
    statistic, trace = float(gap @ gap), float(effects.sum())
    free = trace**2 / float((effects**2).sum())
    if law == "chi-square":
        scaled = statistic * free / trace
        return Tested(statistic, (free,), float(stats.chi2.sf(scaled, free)))
    F, below = statistic / trace, free * max(design.degrees_of_freedom, 1)
    return Tested(F, (free, below), float(stats.f.sf(F, free, below)))
