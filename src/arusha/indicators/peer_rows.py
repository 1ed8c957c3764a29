"""Tested officers and pairs as rows of signals, and the notes that go with them: one form for every question in which
peers are held against each other (peer_tests)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arusha.indicators import signals
from arusha.indicators.definition import Definition, Note, Settings
from arusha.indicators.families import office_q
from arusha.indicators.ordinary_scatter import in_words
from arusha.indicators.peer_cells import Tested
from arusha.indicators.peer_tests import Answer
from arusha.indicators.signal_rows import columns, shrunken_ratios

FEWEST_OTHERS = 30
"""Cases that a unit must be held against, on either side of the comparison."""


@dataclass(frozen=True)
class Wording:
    """What a question calls its cases. The texts of what cannot be told take the number as ``{n}``."""

    notes: str
    """What the keys of its notes begin with."""
    odds: str
    few_of_declarant: str
    """Colleagues have too few cases of a pair's declarant."""
    few_elsewhere: str
    """A pair's officer has too few cases of other declarants."""
    few_own: str
    """The unit has too few cases that colleagues have the like of."""
    few_others: str
    """Colleagues have too few like cases."""


def peer_rows(
    definition: Definition,
    settings: Settings,
    words: Wording,
    answer: Answer,
    kinds: Sequence[str],
    units: Sequence[str],
    declarants: Sequence[str] | None,
    *,
    missing: bool = False,
) -> tuple[signals.Columns, tuple[Note, Note]]:
    """Units of one kind in all offices with what their notes say; each kind has half of the question's rate.

    Parameters
    ----------
    answer
        The tested units; its counts are those of which a unit stands out by an excess.
    kinds, units
        The kind and the name of each unit.
    declarants
        The other half of each pair; none where units are officers.
    missing
        What is counted in ``answer`` is what a reader misses (examinations without a finding): rows tell the rest.
    """

    def all_of(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(t, name) for t in answer.tested])

    pair = declarants is not None
    floor, least = settings.exposure_floor(definition), settings.effect_floor(definition)
    office = [name for name, t in zip(answer.offices, answer.tested, strict=True) for _ in range(t.n.size)]
    n = all_of("n").astype(np.float64)
    observed, expected = all_of("observed").astype(np.float64), all_of("expected")
    beyond = observed - expected >= least
    if missing:
        observed, expected = n - observed, n - expected
    reason = [_cannot_tell(words, t, i, pair, floor) for t in answer.tested for i in range(t.n.size)]
    p = np.where([r is None for r in reason], np.concatenate(answer.p), np.nan)
    rows = columns(
        definition.id,
        settings,
        kind=list(kinds),
        unit=list(units),
        other=list(declarants) if declarants is not None else [None] * n.size,
        office=office,
        n=n,
        observed=observed,
        expected=expected,
        ratios=shrunken_ratios(
            observed,
            expected,
            settings.level,
            together=all_of("others_together" if missing else "together"),
            error=all_of("variance") / np.where(expected > 0, expected, 1.0) ** 2,
        ),
        p=p,
        q=office_q(p, office, share=0.5),
        reason=reason,
        beyond=beyond,
    )
    by_chance_alone = office_q(np.where(np.isnan(p), np.nan, all_of("exact")), office, share=0.5)
    naive = int(np.sum((by_chance_alone <= settings.rate) & beyond))
    kind = "pair" if pair else "officer"
    return rows, (_scatter(words, kind, answer), _naive(words, kind, naive, len(signals.standing(rows))))


def _cannot_tell(words: Wording, found: Tested, i: int, pair: bool, floor: float) -> str | None:
    if pair and found.others[i] < FEWEST_OTHERS:
        return words.few_of_declarant.format(n=FEWEST_OTHERS)
    if pair and found.own_elsewhere[i] < FEWEST_OTHERS:
        return words.few_elsewhere.format(n=FEWEST_OTHERS)
    if found.n[i] < floor:
        return words.few_own.format(n=f"{floor:g}")
    if found.others[i] < FEWEST_OTHERS:
        return words.few_others.format(n=FEWEST_OTHERS)
    return None


def _scatter(words: Wording, kind: str, found: Answer) -> Note:
    """How far ordinary units differ, so that a reader sees what counts as ordinary."""
    text = in_words(found.scatter, "Officers" if kind == "officer" else "Pairs", words.odds)
    key = "scatter" if found.scatter.measured else "scatter-assumed"
    values = {"ratio": round(float(np.exp(found.scatter.sd)), 2), "units": found.scatter.units}
    return Note(f"{words.notes}-{key}-{kind}", text, values)


def _naive(words: Wording, kind: str, naive: int, standing: int) -> Note:
    """How many would stand out if all were held to be alike: ordinary differences, or a scheme that many share."""
    text = (
        f"{kind.capitalize()}s that stand out if all are held to be alike but for chance: {naive}; beyond ordinary "
        f"differences: {standing}."
    )
    return Note(f"{words.notes}-naive-{kind}", text, {"naive": naive, "standing": standing})
