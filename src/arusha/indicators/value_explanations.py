"""Explanations of a pair's low values: what a duty covers, and whether one product makes the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import coded, joint
from arusha.indicators.definition import Definition, Explained, Sentence, Settings
from arusha.indicators.explanations import FOUND, NOT_FOUND, Case, Remainder, unremarkable
from arusha.indicators.ordinary_scatter import ordinary_scatter, tail_against
from arusha.indicators.peer_explanations import explain_peer
from arusha.indicators.value_pairs import ASSUMED, FEWEST_LOTS
from arusha.indicators.value_parcels import Parcels

if TYPE_CHECKING:
    from arusha.engine.session import Session

HALF = 0.5


def contrast_left(parcels: pa.Table, officer: str) -> Remainder:
    """The pair tested in parcels that may have lost some of its own: the excess is the sum of the log shortfall.

    Against ordinary scatter, as the question itself tests: what is left may be an ordinary difference. It is measured
    from the declarant's pairs at hand, of which there are seldom enough.
    """
    if not parcels.num_rows:
        return Remainder(0, 0.0, 0.0, None)
    found = Parcels.of(parcels).contrasts()
    at = [i for i, name in enumerate(found.officer) if name == officer]
    if not at or np.isnan(found.contrast[at[0]]):
        return Remainder(0, 0.0, 0.0, None)
    k = at[0]
    n = int(found.n[k])
    z, information = -found.contrast / found.se, 1.0 / found.se**2
    enough = (found.lots >= FEWEST_LOTS) & (found.other_lots >= FEWEST_LOTS)
    scatter = ordinary_scatter(np.where(enough, z, np.nan), information, assumed=ASSUMED)
    p = tail_against(found.p, z, information, scatter)
    return Remainder(n, float(-found.contrast[k] * n), 0.0, float(p[k]))


def explain_pair(
    definition: Definition,
    session: Session,
    signal: Mapping[str, Any],
    settings: Settings,
    parcels: Callable[[str | None], pa.Table],
) -> tuple[Explained, ...]:
    """Try the definition's explanations. ``parcels``: the declarant's, without the pair's rows that the SQL names."""
    officer = str(signal["unit_id"])
    shortfall = np.log(float(signal["expected"]) / float(signal["observed"])) * float(signal["n"])
    counted = {**signal, "observed": float(shortfall), "expected": 0.0}

    def one_product(session: Session, case: Case) -> Explained:
        """Whether the shortfall is one product of one importer: another grade of goods, or a scheme in one product."""
        table = parcels(None)
        product, first = joint(coded(table["importer"]).code, coded(table["hs6"]).code)
        mine = np.array(table["officer"].to_pylist(), dtype=object) == officer
        for code in range(first.size):
            if not np.any(mine & (product == code)):
                continue
            left = contrast_left(table.filter(pa.array(~(mine & (product == code)))), officer)
            gone, rest = unremarkable(case, left)
            if gone and left.n >= HALF * float(signal["n"]):
                name = table["hs6"][int(first[code])].as_py()
                told = Sentence("one-product", {"product": name})
                return Explained("one-product", FOUND, told=(told, *rest))
        return Explained("one-product", NOT_FOUND)

    def retest(rows: str) -> Remainder:
        return contrast_left(parcels(rows), officer)

    return explain_peer(definition, session, counted, settings, "value_gaps", retest, {"one-product": one_product})
