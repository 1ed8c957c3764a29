"""Pairs of officer and declarant: contrasts against ordinary scatter, rings taken apart, tax at stake."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.indicators import signals
from arusha.indicators.coded_columns import FloatArray, IntArray, coded, joint, numbers
from arusha.indicators.definition import Definition, Note, Settings
from arusha.indicators.families import office_q
from arusha.indicators.ordinary_scatter import Scatter, ordinary_scatter, tail_against
from arusha.indicators.signal_rows import LIKE_UNITS, Ratios, columns
from arusha.indicators.value_contrasts import Contrasts, contrasts, replaced
from arusha.indicators.value_money import HUNDREDTHS, THREADS, concentration, tax_at_stake
from arusha.indicators.value_parcels import Parcels, without_ring
from arusha.indicators.value_specific import Listed, against_levels
from arusha.inference.scale_mixture import scale_mixture

FEWEST_LOTS = 10
"""Lots on either side: an officer's week of one importer."""
ASSUMED = 0.03
"""Ordinary pairs' log price difference where too few of them are there to measure it: 3%."""
NAIVE = 0.002
"""A pair whose p before scatter is at most this is looked at parcel by parcel and left out of its declarant's means."""


@dataclass
class Found:
    """What a question found, before it becomes a table."""

    columns: signals.Columns = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    tables: dict[str, pa.Table] = field(default_factory=dict)


def shrunken_logs(estimate: FloatArray, se: FloatArray, level: float) -> Ratios:
    """Log differences drawn towards nought, as relative differences (exp - 1), with their intervals.

    Most pairs differ by next to nothing and a few by much, so the law of all is a mixture. Units in the order given,
    ``LIKE_UNITS`` at a time.
    """
    out = Ratios(*(np.full(estimate.size, np.nan) for _ in range(3)))
    usable = np.flatnonzero(np.isfinite(estimate) & (se > 0))

    def fit(part: IntArray) -> None:
        law = scale_mixture(estimate[part], se[part], level=level)
        out.effect[part], out.low[part], out.high[part] = (np.expm1(v) for v in (law.estimate, law.low, law.high))

    parts = [p for p in np.array_split(usable, max(1, -(-usable.size // LIKE_UNITS))) if p.size]
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(fit, part) for part in parts]:
            done.result()
    return out


def pair_findings(definition: Definition, tables: Mapping[str, pa.Table], money: bool, settings: Settings) -> Found:
    """Every pair with enough priced items as a row of the signals contract.

    ``tables``: ``pairs`` and ``covered``, and ``detail`` and ``levels`` where a pair may stand out.
    """
    pairs, covered, detail = tables["pairs"], tables["covered"], tables.get("detail")
    floor, least = settings.exposure_floor(definition), settings.effect_floor(definition)
    listed = covered.filter(pc.and_(pc.greater_equal(covered["priced"], floor), pc.is_valid(covered["officer"])))
    found, aside = _taken_apart(contrasts(_those_of(pairs, listed)), detail, floor, least)
    told = _listed(listed, found, floor)
    if not told.office:
        return Found(notes=[_few(covered, floor)])
    z, info = -told.contrast / told.se, 1.0 / told.se**2
    enough = np.array([reason is None for reason in told.reason])
    scatter = ordinary_scatter(np.where(enough, z, np.nan), info, assumed=ASSUMED)
    p = np.where(enough, tail_against(told.p, z, info, scatter), np.nan)
    beyond = np.expm1(told.contrast) <= -least
    # Counted before officers' levels are asked for: the note on these says how many of them stay untold.
    standing = int(np.sum((office_q(p, told.office) <= settings.rate) & beyond))
    specific = against_levels(told, tables.get("levels"), aside, p, beyond, scatter, settings, least)
    p = specific.p
    q = office_q(p, told.office)
    out = columns(
        definition.id,
        settings,
        kind=["pair"] * len(told.office),
        unit=told.officer,
        other=list(told.declarant),
        office=told.office,
        n=told.n,
        observed=np.exp(told.gap),
        expected=np.exp(told.gap - told.contrast),
        ratios=shrunken_logs(told.contrast, told.se, settings.level),
        p=p,
        q=q,
        reason=specific.reason,
        beyond=beyond,
    )
    naive = int(np.sum((office_q(np.where(enough, told.p, np.nan), told.office) <= settings.rate) & beyond))
    result = Found(out, [_few(covered, floor), _scatter(scatter), _naive(naive, standing)])
    result.notes += specific.notes
    if money and detail is not None:
        result.tables["stakes"] = _stakes(out, detail, listed, aside, settings)
    result.tables["pairs"] = _table(told, specific.level)
    if money:
        result.tables["concentration"] = _concentration(pairs, settings)
    return result


def _those_of(pairs: pa.Table, listed: pa.Table) -> pa.Table:
    """The pairs that are listed."""
    names = ("office", "declarant", "officer")
    both = {name: pa.chunked_array([*pairs[name].chunks, *listed[name].chunks], pa.string()) for name in names}
    codes = [coded(column).code for column in both.values()]
    key, first = joint(*codes)
    asked = np.zeros(first.size, dtype=bool)
    asked[key[pairs.num_rows :]] = True
    return pairs.filter(pa.array(asked[key[: pairs.num_rows]]))


def _taken_apart(
    found: Contrasts, detail: pa.Table | None, floor: float, least: float
) -> tuple[Contrasts, dict[tuple[str, str], tuple[str, ...]]]:
    """Declarants with a pair that may stand out, tested again with such pairs out of each other's means."""
    aside: dict[tuple[str, str], tuple[str, ...]] = {}
    if detail is None:
        return found, aside
    low = (found.p <= NAIVE) & (found.n >= floor) & (np.expm1(found.contrast) <= -least)
    again: dict[tuple[str, str], Contrasts] = {}
    asked = {(found.office[i], found.declarant[i]) for i in np.flatnonzero(low)}
    for office, declarant, own in Parcels.of(detail).declarants():
        if (office, declarant) in asked:
            again[office, declarant], aside[office, declarant] = without_ring(own, NAIVE, -float(np.log1p(-least)))
    return replaced(found, again), aside


def _listed(listed: pa.Table, found: Contrasts, floor: float) -> Listed:
    at = {key: i for i, key in enumerate(zip(found.office, found.officer, found.declarant, strict=True))}
    office, officer, declarant = (listed[name].to_pylist() for name in ("office", "officer", "declarant"))
    index = np.array([at.get(key, -1) for key in zip(office, officer, declarant, strict=True)], dtype=np.int64)
    priced = numbers(listed, "priced")

    def some(values: NDArray[Any]) -> FloatArray:
        return np.where(index >= 0, np.append(values.astype(np.float64), np.nan)[index], np.nan)

    n, lots, others = some(found.n), some(found.lots), some(found.other_lots)
    contrast = some(found.contrast)
    told = np.select([~(n >= floor) | np.isnan(contrast), (lots < FEWEST_LOTS) | (others < FEWEST_LOTS)], [1, 2])
    reasons = (
        None,
        f"cannot tell: under {floor:g} items beside the declarant's own with other officers",
        f"cannot tell: under {FEWEST_LOTS} lots on a side",
    )
    return Listed(
        office,
        officer,
        declarant,
        np.where(n > 0, n, priced).astype(np.int64),
        some(found.gap),
        contrast,
        some(found.declared),
        some(found.se),
        some(found.p),
        [reasons[i] for i in told.tolist()],
    )


def _few(covered: pa.Table, floor: float) -> Note:
    priced = numbers(covered, "priced")
    few = int(np.count_nonzero(priced < floor))
    text = (
        f"{few} pairs with under {floor:g} priced items are not listed; they hold {int(priced[priced < floor].sum())} "
        f"of {int(priced.sum())} items."
    )
    return Note("value-few", text, {"pairs": few, "items": int(priced[priced < floor].sum())})


def _scatter(scatter: Scatter) -> Note:
    percent = float(np.expm1(scatter.sd))
    values = {"share": round(percent, 4), "units": scatter.units}
    if not scatter.measured:
        text = (
            "Too few pairs are there to measure how much ordinary ones differ from the declarant's own prices: "
            f"{percent:.1%} beyond chance is taken as ordinary."
        )
        return Note("value-scatter-assumed", text, values)
    text = (
        f"Ordinary pairs differ from the declarant's own prices by {percent:.1%} beyond chance, measured from the "
        f"middle of {scatter.units} of them; a pair stands out only beyond that."
    )
    return Note("value-scatter", text, values)


def _naive(naive: int, standing: int) -> Note:
    """How many would stand out if all were held to be alike: ordinary differences, or a scheme that many share."""
    text = (
        f"Pairs that stand out if all are held to be alike but for chance: {naive}; beyond ordinary differences: "
        f"{standing}."
    )
    return Note("value-naive", text, {"naive": naive, "standing": standing})


def _table(told: Listed, level: FloatArray) -> pa.Table:
    """Contrasts of the pairs tested: as assessed, as declared, and what only colleagues raised.

    Beside those that were low: the officer's level in like goods of other declarants.
    """
    rows_ = [i for i, reason in enumerate(told.reason) if reason is None]
    return pa.table(
        {
            "office": [told.office[i] for i in rows_],
            "officer": [told.officer[i] for i in rows_],
            "declarant": [told.declarant[i] for i in rows_],
            "n": told.n[rows_],
            "gap": told.gap[rows_],
            "contrast": told.contrast[rows_],
            "declared_contrast": told.declared[rows_],
            "se": told.se[rows_],
            "officer_level": pa.array(level[rows_], from_pandas=True),
        }
    )


STAKES = pa.schema(
    [
        ("signal_id", pa.string()),
        ("gap", pa.float64()),
        ("tax_of_compared", pa.float64()),
        ("tax_of_all", pa.float64()),
    ]
)
"""Of each signal: the tax-weighted log gap, and the tax that its compared goods and all its priced goods bore."""


def _stakes(
    out: signals.Columns,
    detail: pa.Table,
    listed: pa.Table,
    aside: dict[tuple[str, str], tuple[str, ...]],
    settings: Settings,
) -> pa.Table:
    """Fill in the tax columns of signals, and tell what they are a part of."""
    at = signals.standing(out)
    standing = signals.rows_of(out, at)
    names = zip(*(listed[name].to_pylist() for name in ("office", "officer", "declarant")), strict=True)
    place = {name: i for i, name in enumerate(names)}
    tax = numbers(listed, "tax")
    told = []
    office, declarant = coded(detail["office"]), coded(detail["declarant"])
    for row in standing:
        mine = (office.code == office.names.index(row["office"])) & (
            declarant.code == declarant.names.index(row["other_id"])
        )
        seed = np.random.SeedSequence([settings.seed, int(row["signal_id"], 16)])
        others = aside.get((row["office"], row["other_id"]), ())
        parcels = detail.take(pa.array(np.flatnonzero(mine)))
        stake = tax_at_stake(parcels, row["unit_id"], others, seed, settings.level)
        if stake is not None:
            row |= {"tax_effect": stake.estimate, "tax_low": stake.low, "tax_high": stake.high}
            whole = float(tax[place[row["office"], row["unit_id"], row["other_id"]]]) / HUNDREDTHS
            told.append((row["signal_id"], stake.gap, stake.borne, whole))
    signals.put(out, at, standing, signals.TAX)
    return pa.Table.from_pylist([dict(zip(STAKES.names, t, strict=True)) for t in told], schema=STAKES)


def _concentration(pairs: pa.Table, settings: Settings) -> pa.Table:
    even, odd, tax = (numbers(pairs, name).astype(np.float64) for name in ("short_even", "short_odd", "tax"))
    return concentration(even, odd, tax, coded(pairs["declarant"]).code, settings.seed, settings.level)
