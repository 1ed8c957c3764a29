"""What stands beside the findings of officers: the funnel, the random share as selected, declarants, tax at stake."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import IntArray, coded, joint, numbers, sums
from arusha.indicators.definition import Settings
from arusha.inference import bootstrap
from arusha.inference.funnel import funnel, smallest_n_for_zero
from arusha.inference.intervals import clopper_pearson, garwood

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


def declarants_table(table: pa.Table, level: float) -> pa.Table:
    """Findings on each declarant's goods against like goods of all, with exact Poisson intervals; no test."""
    office, declarant = coded(table["office"]), coded(table["declarant"])
    like, n, found = _like(table), numbers(table, "n"), numbers(table, "found")
    strata = int(like.max(initial=-1)) + 1
    rate = sums(found, like, strata) / sums(n, like, strata)
    unit, first = joint(office.code, declarant.code)
    # Summed by stratum first, so that the order of the cells leaves no trace in the last bits.
    part, at = joint(unit, like)
    of_part = sums(n, part, at.size) * rate[like[at]]
    expected = sums(of_part, unit[at], first.size)
    observed = sums(found, unit, first.size).astype(np.int64)
    kept = np.flatnonzero((expected > 0) & (declarant.code[first] >= 0))
    law = garwood(observed[kept], expected[kept], level)
    return pa.table(
        {
            "office": [office.names[i] for i in office.code[first[kept]]],
            "declarant": [declarant.names[i] for i in declarant.code[first[kept]]],
            "n": sums(n, unit, first.size)[kept].astype(np.int64),
            "found": observed[kept],
            "expected": expected[kept],
            "ratio": law.estimate,
            "low": law.low,
            "high": law.high,
        }
    )


def zero_table(table: pa.Table) -> pa.Table:
    """By office and lane: the rate of findings, and the examinations from which none at all would be unusual."""
    office, lane = coded(table["office"]), coded(table["lane"])
    unit, first = joint(office.code, lane.code)
    n, found = (sums(numbers(table, name), unit, first.size) for name in ("n", "found"))
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


def _like(table: pa.Table) -> IntArray:
    codes = [coded(table[name]).code for name in ("office", "section", "lane", "goods")]
    return joint(*codes, numbers(table, "random"))[0]


def tax_at_stake(table: pa.Table, standing: list[dict[str, Any]], settings: Settings) -> None:
    """Fill in the tax columns of signals: what colleagues' examinations of like goods added, less what these did.

    For an officer, like goods are those of office, section, lane, random selection and kind; for a pair, colleagues'
    examinations of the same declarant in the same lane. Signed, cell by cell; the interval draws cells anew (a cell is
    one declarant's like goods of a quarter). Money in national currency.
    """
    office, officer, declarant = (coded(table[name]) for name in ("office", "officer", "declarant"))
    like, by_declarant = _like(table), joint(office.code, coded(table["lane"]).code, declarant.code)[0]
    n, tax, quarter = (numbers(table, name) for name in ("n", "tax", "quarter"))
    for row in standing:
        mine = (office.code == office.names.index(row["office"])) & (
            officer.code == officer.names.index(row["unit_id"])
        )
        stratum = like
        if row["other_id"]:
            mine &= declarant.code == declarant.names.index(row["other_id"])
            stratum = by_declarant
        size = int(stratum.max(initial=-1)) + 1
        # Thousandths are whole numbers, and their sums exact.
        count = sums(np.where(mine, 0, n), stratum, size)
        mean = sums(np.where(mine, 0, tax), stratum, size) / np.maximum(count, 1.0)
        own = np.flatnonzero(mine & (count[stratum] > 0))
        own = own[np.lexsort((quarter[own], like[own], declarant.code[own]))]
        short = (mean[stratum[own]] * n[own] - tax[own]) / 1000.0
        if short.size < 2:
            continue
        seed = np.random.SeedSequence([settings.seed, int(row["signal_id"], 16)])
        drawn = bootstrap.total(short, np.arange(short.size), level=settings.level, draws=DRAWS, seed=seed)
        row |= {"tax_effect": drawn.estimate, "tax_low": drawn.low, "tax_high": drawn.high}
