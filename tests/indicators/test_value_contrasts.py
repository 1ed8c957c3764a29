from __future__ import annotations

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from price_world import END, START, world
from scipy import stats

from arusha.engine import session_from_tables
from arusha.indicators.definition import Settings
from arusha.indicators.value_contrasts import contrasts, draw_moments, three_moment_tail
from arusha.indicators.value_lots import detail_query, pairs_query
from arusha.indicators.value_parcels import Parcels
from arusha.indicators.value_records import Known, share_gaps


def test_moments_of_a_draw_are_those_of_all_draws() -> None:
    values = np.array([3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0])
    sums = np.array([sum(c) for c in combinations(values - values.mean(), 3)])
    powers = [np.array([float(np.sum(values**k))]) for k in (1, 2, 3)]
    variance, third = draw_moments(np.array([3.0]), np.array([7.0]), *powers)
    # All 35 draws, to rounding.
    assert variance[0] == pytest.approx(np.mean(sums**2), rel=1e-12)
    assert third[0] == pytest.approx(np.mean(sums**3), rel=1e-10)


@pytest.mark.parametrize("shape", ["down", "up", "outliers"])
def test_the_three_moment_tail_keeps_its_size_where_two_moments_do_not(shape: str) -> None:
    rng = np.random.default_rng(7)
    size, drawn, worlds = 200, 25, 6000
    p = np.empty(worlds)
    for w in range(worlds):
        noise = rng.exponential(1, size) if shape != "outliers" else np.where(rng.random(size) < 0.03, 6.0, 0.0)
        values = (-noise if shape == "down" else noise) + (rng.normal(0, 1, size) if shape == "outliers" else 0.0)
        powers = [np.array([float(np.sum(values**k))]) for k in (1, 2, 3)]
        variance, third = draw_moments(np.array([float(drawn)]), np.array([float(size)]), *powers)
        total = rng.choice(values, drawn, replace=False).sum() - drawn * values.mean()
        p[w] = three_moment_tail(np.array([total]) / np.sqrt(variance), third / variance**1.5)[0]
    # 60 and 6 are expected; three standard errors on either side, but that a tail may be short.
    assert 30 <= np.sum(p <= 0.01) <= 83
    assert np.sum(p <= 0.001) <= 14


def test_a_type_iii_law_without_skewness_is_normal() -> None:
    z = np.linspace(-4, 4, 9)
    assert three_moment_tail(z, np.zeros(9)) == pytest.approx(stats.norm.cdf(z), rel=1e-6)


def frames(records: dict[str, pa.Table]) -> tuple[pa.Table, pa.Table]:
    """The sums over lots as the query makes them, and all parcels."""
    settings = Settings(START, END)
    with session_from_tables(records) as session:
        share_gaps(session, Known.of(session), settings)
        declarants = sorted(set(records["declarations"]["declarant_id"].to_pylist()))
        return session.run(pairs_query()), session.run(detail_query(declarants))


def test_sums_made_in_the_engine_and_from_parcels_are_the_same() -> None:
    shares, parcels = frames(world(21, declarations=1500)[0])
    ours, theirs = contrasts(shares), Parcels.of(parcels).contrasts()
    assert (ours.office, ours.declarant, ours.officer) == (theirs.office, theirs.declarant, theirs.officer)
    assert ours.n.tolist() == theirs.n.tolist()
    assert ours.lots.tolist() == theirs.lots.tolist()
    # Parcels are rounded one by one on either side: a thousandth of a log each.
    assert ours.contrast == pytest.approx(theirs.contrast, abs=1e-3, nan_ok=True)
    assert ours.p == pytest.approx(theirs.p, abs=5e-3, nan_ok=True)


def test_the_contrast_is_the_within_estimate_of_plain_arithmetic() -> None:
    shares, parcels = frames(world(22, declarations=1500)[0])
    found = contrasts(shares)
    rows = parcels.to_pandas()
    rows = rows[rows.declarant == "B1"]
    line = ["importer", "line"]
    rows = rows[rows.groupby(line).officer.transform("nunique") > 1]
    mean = rows.groupby(line).gap.transform("sum") / rows.groupby(line).n.transform("sum")
    apart = rows.gap - rows.n * mean
    own = rows.groupby([*line, "officer"]).n.transform("sum")
    information = rows.n * (1 - own / rows.groupby(line).n.transform("sum"))
    for i, (declarant, officer) in enumerate(zip(found.declarant, found.officer, strict=True)):
        if declarant == "B1":
            mine = rows.officer == officer
            expected = apart[mine].sum() / information[mine].sum() / 1000
            # Parcels are rounded to a thousandth of a log each.
            assert found.contrast[i] == pytest.approx(expected, abs=1e-3)


def test_p_is_even_where_officers_come_by_chance() -> None:
    p = np.concatenate([contrasts(frames(world(seed, declarations=2500)[0])[0]).p for seed in range(30, 36)])
    p = p[~np.isnan(p)]
    # 360 pairs: 18 and 3.6 expected; pairs of one importer depend on each other, hence four standard errors.
    assert 2 <= np.sum(p <= 0.05) <= 36
    assert np.sum(p <= 0.01) <= 12
    assert np.mean(p) == pytest.approx(0.5, abs=0.07)
