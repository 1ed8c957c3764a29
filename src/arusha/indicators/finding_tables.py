"""What stands beside the findings of officers: the funnel, the random share as selected, declarants, tax at stake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.coded_columns import FloatArray, IntArray, joint, numbers, sums
from arusha.indicators.definition import Settings
from arusha.indicators.finding_cells import Examined
from arusha.inference import bootstrap
from arusha.inference.funnel import funnel, smallest_n_for_zero
from arusha.inference.intervals import clopper_pearson, standardised_ratio

DRAWS = 2000


def funnel_table(officers: list[dict[str, Any]]) -> pa.Table:
    """Observed over expected findings of each officer tested, with naive and over-dispersed tails on both sides.

    The words of the report come from q, not from these. The high side is drawn and not tested: an officer who finds
    much may be diligent or may ask for money, and these records cannot tell which.
    """
    drawn = [r for r in officers if r["p_value"] is not None and r["expected"] > 0]
    drawn.sort(key=lambda r: (r["office"], r["unit_id"]))
    table: dict[str, Any] = {
        name: [r[source] for r in drawn]
        for name, source in (
            ("office", "office"),
            ("officer", "unit_id"),
            ("n", "n"),
            ("observed", "observed"),
            ("expected", "expected"),
            ("effect", "effect"),
            ("ci_low", "ci_low"),
            ("ci_high", "ci_high"),
        )
    }
    names = ("ratio", "naive_p_low", "naive_p_high", "p_low", "p_high", "tau2")
    if len(drawn) < 3:
        table |= {name: [None] * len(drawn) for name in names}
    else:
        found = funnel(table["observed"], table["expected"], benchmark=1.0, kind="ratio", consistent=True)
        columns = (found.rate, found.p_lower, found.p_upper, found.p_lower_adjusted, found.p_upper_adjusted)
        table |= dict(zip(names, (*columns, np.full(len(drawn), found.tau2)), strict=True))
    schema = pa.schema(
        [("office", pa.string()), ("officer", pa.string()), ("n", pa.int64())]
        + [(name, pa.float64()) for name in ("observed", "expected", "effect", "ci_low", "ci_high", *names)]
    )
    return pa.table(table, schema=schema)


def random_table(random: pa.Table, level: float) -> pa.Table:
    """Findings of what was selected at random, as selected, beside what criteria selected.

    ``low`` and ``high`` bound the rate among all selected: those never examined may all be clean or all not.
    """
    n, examined, found = (numbers(random, name) for name in ("n", "examined", "found"))
    law = clopper_pearson(found, np.maximum(examined, 1), level)
    seen = examined > 0
    columns = {
        "rate_of_examined": np.where(seen, law.estimate, np.nan),
        "interval_low": np.where(seen, law.low, np.nan),
        "interval_high": np.where(seen, law.high, np.nan),
        "low": found / n,
        "high": (found + n - examined) / n,
    }
    for name, values in columns.items():
        random = random.append_column(name, pa.array(values, from_pandas=True))
    return random


def declarants_table(cells: Examined, level: float) -> pa.Table:
    """Findings on each declarant's goods against like goods of other declarants, with intervals; no test.

    A declarant's own goods are not in what it is held against, and goods that nobody else brings are left out. The
    interval carries the noise of both sides.
    """
    office, declarant, like, n, found = cells.office, cells.declarant, cells.like, cells.n, cells.found
    strata = int(like.max(initial=-1)) + 1
    unit, first = joint(office.code, declarant.code)
    # Summed by stratum first, so that the order of the cells leaves no trace in the last bits.
    part, at = joint(unit, like)
    own_n, own_found = (sums(v, part, at.size) for v in (n, found))
    others_n, others_found = (sums(v, like, strata)[like[at]] - own for v, own in ((n, own_n), (found, own_found)))
    compared = others_n > 0
    of, own_n, own_found = unit[at][compared], own_n[compared], own_found[compared]
    others_n, others_found = others_n[compared], others_found[compared]
    expected = sums(own_n * others_found / others_n, of, first.size)
    # Half a finding more and less, so that a stratum in which nothing was found is not known for certain.
    rate = (others_found + 0.5) / (others_n + 1.0)
    variance = sums(own_n**2 * rate * (1.0 - rate) / others_n, of, first.size)
    observed, total = (sums(v, of, first.size).astype(np.int64) for v in (own_found, own_n))
    kept = np.flatnonzero((expected > 0) & (declarant.code[first] >= 0))
    law = standardised_ratio(observed[kept], expected[kept], variance[kept] / expected[kept] ** 2, level)
    return pa.table(
        {
            "office": [office.names[i] for i in office.code[first[kept]]],
            "declarant": [declarant.names[i] for i in declarant.code[first[kept]]],
            "n": total[kept],
            "found": observed[kept],
            "expected": expected[kept],
            "ratio": law.estimate,
            "low": law.low,
            "high": law.high,
        }
    )


def zero_table(cells: Examined) -> pa.Table:
    """By office and lane: the rate of findings, and the examinations from which none at all would be unusual."""
    office, lane = cells.office, cells.lane
    unit, first = joint(office.code, lane.code)
    n, found = (sums(values, unit, first.size) for values in (cells.n, cells.found))
    rate = found / n
    inside = (rate > 0) & (rate < 1)
    smallest = np.where(inside, smallest_n_for_zero(np.where(inside, rate, 0.5)), 0)
    return pa.table(
        {
            "office": [office.names[i] for i in office.code[first]],
            "lane": [lane.names[i] for i in lane.code[first]],
            "n": n.astype(np.int64),
            "found": found.astype(np.int64),
            "rate": rate,
            "smallest_n": pa.array(smallest.tolist(), mask=~inside),
        }
    )


def tax_at_stake(cells: Examined, standing: list[dict[str, Any]], settings: Settings) -> None:
    """Fill in the tax columns of signals: what colleagues' examinations of like goods added, less what these did.

    For an officer, like goods are those of office, section, lane, random selection and kind; for a pair, colleagues'
    examinations of the same declarant in the same lane. Signed, cell by cell. Money in national currency.
    """
    for row in standing:
        inside = cells.office.code == cells.office.names.index(row["office"])
        if row["other_id"]:
            inside &= cells.declarant.code == cells.declarant.names.index(row["other_id"])
        rows = np.flatnonzero(inside)
        # In an order of the goods and people themselves, whatever that of the cells: draws do not depend on it.
        keys = (cells.officer.code, cells.quarter, cells.like, cells.declarant.code)
        rows = rows[np.lexsort(tuple(key[rows] for key in keys))]
        officer = cells.officer.code[rows]
        stratum = cells.lane.code if row["other_id"] else cells.like
        held = _Stake(
            officer == cells.officer.names.index(row["unit_id"]),
            np.unique(stratum[rows], return_inverse=True)[1].astype(np.int64),
            cells.n[rows],
            cells.found[rows],
            cells.tax[rows],
            officer,
            cells.declarant.code[rows],
        )
        seed = np.random.SeedSequence([settings.seed, int(row["signal_id"], 16)])
        stake = held.interval(settings.level, seed)
        if stake is not None:
            row |= dict(zip(("tax_effect", "tax_low", "tax_high"), stake, strict=True))


@dataclass(frozen=True)
class _Stake:
    """The cells that one signal's tax is told from; one entry a cell (a declarant's like goods of a quarter)."""

    mine: NDArray[np.bool_]
    stratum: IntArray
    """Within which colleagues' examinations are like these."""
    n: IntArray
    found: IntArray
    tax: IntArray
    """In thousandths: whole numbers, whose sums are exact."""
    officer: IntArray
    declarant: IntArray

    def interval(self, level: float, seed: np.random.SeedSequence) -> tuple[float, float, float] | None:
        """What is at stake with its interval; None where nothing compares.

        Both sides are drawn anew, own cells and each colleague's goods of a declarant: what colleagues would have added
        is an average of few large amounts and is known no better than theirs. However alike the cells, the interval is
        at least as wide as the binomial noise of the findings on both sides.
        """
        size = int(self.stratum.max(initial=-1)) + 1

        def both(values: IntArray) -> tuple[FloatArray, FloatArray]:
            own, others = (sums(np.where(side, values, 0), self.stratum, size) for side in (self.mine, ~self.mine))
            return own, others

        (own_n, others_n), (own_found, others_found), (own_tax, others_tax) = map(both, (self.n, self.found, self.tax))
        informs = (own_n > 0) & (others_n > 0)
        weight = np.where(informs, own_n / np.maximum(others_n, 1.0), 0.0)
        mean = others_tax / np.maximum(others_n, 1.0)
        rows = np.flatnonzero(informs[self.stratum])
        mine, at = self.mine[rows], self.stratum[rows]
        beyond = (self.tax[rows] - mean[at] * self.n[rows]) / 1000.0
        other, _ = joint(self.officer[rows], self.declarant[rows])
        cluster = np.where(mine, -1 - np.arange(rows.size), other)
        if np.count_nonzero(mine) < 2 or np.unique(cluster[~mine]).size < 2:
            return None
        influence = np.where(mine, -beyond, weight[at] * beyond)
        drawn = bootstrap.total(influence, cluster, strata=mine, level=level, draws=DRAWS, seed=seed)
        one = (own_tax + others_tax) / np.maximum(own_found + others_found, 1.0) / 1000.0
        noise = own_found * (1.0 - own_found / np.maximum(own_n, 1.0))
        noise += weight**2 * others_found * (1.0 - others_found / np.maximum(others_n, 1.0))
        least = special.ndtri(0.5 + level / 2.0) * float(np.sqrt(np.sum(np.where(informs, one**2 * noise, 0.0))))
        estimate = drawn.estimate
        return estimate, min(drawn.low, estimate - least), max(drawn.high, estimate + least)
