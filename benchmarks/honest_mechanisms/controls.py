"""Acts, findings and prices as they are in any honest office, for mechanisms of which all questions are asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.lodging import Floats, Ints, Lodged
from benchmarks.honest_mechanisms.office import Controls, Made
from numpy.typing import NDArray


def _chance(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))


def priced(k: Lodged, grade: Floats | None = None, scatter: float = 0.25) -> Lodged:
    """Values from masses: products and origins have their prices, importers their own. ``grade``: more, by file."""
    rng = k.rng
    product, origin = rng.normal(1.5, 0.8, 17), rng.normal(0, 0.15, 8)
    importer = rng.normal(0, 0.2, int(k.importer.max()) + 1)
    log = product[k.chapters] + origin[k.origin][:, None] + importer[k.importer][:, None]
    log = log + rng.normal(0, scatter, k.chapters.shape) + rng.normal(0, 0.1, (k.n, 1))
    if grade is not None:
        log = log + grade[:, None]
    return replace(k, values=np.exp(log) * k.masses)


def ordinary(
    k: Lodged, author: Ints, odds: Floats | None = None, unwritten: NDArray[np.bool_] | None = None
) -> Controls:
    """Acts and findings of an ordinary year.

    Parameters
    ----------
    author
        Who makes the act.
    odds
        Added to the log odds of a finding, by file.
    unwritten
        Files whose act was not written, for reasons that have nothing to do with officers or traders; beside those that
        are forgotten, one in forty, and together for a trader's files of a day.
    """
    rng = k.rng
    risk = rng.normal(0, 0.6, int(k.declarant.max()) + 1)[k.declarant] + rng.normal(0, 0.4, 17)[k.chapters[:, 0]]
    strictness = rng.normal(0, 0.15, int(author.max()) + 1)[author]
    more = odds if odds is not None else np.zeros(k.n)
    found = rng.random(k.n) < _chance(-2.6 + risk + strictness + more + 0.5 * (k.lane == 1))
    # Yellow and red files are controlled; blue ones are left for audits.
    forgotten = rng.random((int(k.day.max()) + 1, int(k.declarant.max()) + 1)) < 0.025
    missing = forgotten[k.day, k.declarant]
    if unwritten is not None:
        missing = missing | unwritten
    controlled = k.lane != 2
    freed = controlled & (rng.random(k.n) < 0.9) & ~(found & ~missing)
    return Controls(np.where(controlled & ~missing, author, -1), found, freed)


def finished(made: Made, **about: Floats | NDArray[np.bool_]) -> Made:
    """The office with ordinary acts and findings by whoever has the file; prices are the lodged ones."""
    officer = made.officer if made.final is None else made.final
    return replace(made, controls=ordinary(made.lodged, officer, **about))
