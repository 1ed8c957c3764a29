from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from arusha.indicators.coded_columns import coded
from arusha.indicators.peer_cells import PeerCells, furthest
from arusha.indicators.peer_pairs import few_cases
from arusha.indicators.peer_tests import officers, pairs

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


def office(rows: list[tuple[str, str, int, int, int]], batch: bool = False) -> PeerCells:
    """One office: (officer, declarant, stratum, cases, those that count). ``batch``: a row is one batch."""
    n, x = np.array([r[3] for r in rows]), np.array([r[4] for r in rows])
    stratum = np.array([r[2] for r in rows])
    batches = (np.ones_like(n), (x > 0).astype(np.int64)) if batch else (n, x)
    return PeerCells(
        coded(pa.array(["P"] * len(rows))),
        coded(pa.array([r[0] for r in rows])),
        coded(pa.array([r[1] for r in rows])),
        (stratum,),
        (stratum,),
        (n, x),
        batches,
    )


def test_pairs_with_few_cases_are_counted_though_not_listed() -> None:
    # A with X has 30 in two strata; A with Y, B with X and B with Y have fewer.
    rows = [("A", "X", 0, 20, 1), ("A", "X", 1, 10, 1), ("A", "Y", 0, 29, 1), ("B", "X", 0, 1, 0), ("B", "Y", 1, 2, 0)]
    cells = office(rows)
    assert few_cases(cells, 30) == 3
    assert few_cases(cells, 30) + pairs([cells], least=30, excess=1e9).tested[0].n.size == 4


def test_exact_tails_are_sums_over_strata_of_hypergeometric_counts() -> None:
    rows = [("A", "X", 0, 30, 5), ("B", "X", 0, 50, 3), ("A", "X", 1, 20, 4), ("B", "X", 1, 40, 6)]
    found = officers([office(rows)], excess=1e9).tested[0]
    laws = [stats.hypergeom(80, 8, 30), stats.hypergeom(60, 10, 20)]
    law = np.convolve(*(one.pmf(np.arange(31)) for one in laws))
    assert found.exact[0] == pytest.approx(law[9:].sum(), rel=1e-9)
    # At the colleague's rates: 3 in 50 of 30, and 6 in 40 of 20.
    assert found.expected[0] == pytest.approx(30 * 3 / 50 + 20 * 6 / 40)
    assert found.others[0] == 90


def test_a_stratum_that_one_officer_has_alone_says_nothing() -> None:
    shared = [("A", "X", 0, 30, 5), ("B", "X", 0, 50, 3)]
    alone = [*shared, ("A", "X", 1, 500, 400)]
    ours, theirs = (officers([office(rows)], excess=1e9).tested[0] for rows in (shared, alone))
    assert ours.exact.tolist() == theirs.exact.tolist()
    assert theirs.n[0] == 30


def test_one_extreme_officer_on_the_other_side_makes_three_ordinary_ones_nothing() -> None:
    rows = [(o, "X", 0, 180, 120 if o == "A" else 36) for o in "ABCD"]
    swamped = officers([office([(o, d, s, n, n - x) for o, d, s, n, x in rows])], excess=5)
    assert np.all(swamped.tested[0].exact[1:] > 0.3)
    kept = officers([office([(o, d, s, n, n - x) for o, d, s, n, x in rows])], excess=1e9)
    assert np.all(kept.tested[0].exact[1:] < 0.001)


def test_never_half_of_the_officers_are_set_aside() -> None:
    rows = [(o, "X", 0, 400, x) for o, x in zip("ABCDEF", (10, 60, 120, 200, 280, 340), strict=True)]
    found = officers([office(rows)], excess=5).tested[0]
    assert np.all(found.others >= 3 * 400 - 400)


def test_the_smaller_p_of_a_batch_does_not_count() -> None:
    rows = [("A", "X", 0, 60, 20), ("B", "X", 0, 600, 20), ("A", "Y", 0, 60, 2), ("B", "Y", 0, 600, 20)]
    single = officers([office(rows)], excess=1e9).tested[0].exact
    batched = officers([office(rows, batch=True)], excess=1e9).tested[0].exact
    assert single[0] < 1e-4
    assert batched[0] > 0.5


def test_the_expectation_of_a_pair_is_colleagues_rate_moved_by_the_officers_own_odds() -> None:
    rows = [
        ("A", "X", 0, 100, 30),
        ("B", "X", 0, 300, 30),
        ("A", "Y", 0, 400, 80),
        ("B", "Y", 0, 400, 40),
    ]
    found = pairs([office(rows)], least=30, excess=1e9).tested[0]
    odds = (1 / 9) * (80 / 320) / (40 / 360)
    at = list(zip(found.officer.tolist(), found.declarant.tolist(), strict=True)).index((0, 0))
    # Half a case on either side keeps rates off the ends.
    assert found.expected[at] == pytest.approx(100 * odds / (1 + odds), rel=0.02)


def test_variance_of_what_is_expected_is_that_of_colleagues_rates() -> None:
    rows = [("A", "X", 0, 30, 5), ("B", "X", 0, 50, 3), ("A", "Y", 1, 20, 4), ("B", "Y", 1, 40, 6)]
    found = officers([office(rows)], excess=1e9).tested[0]
    # 4.8 of 50 are expected; one case more in each stratum is worth that share, with half a case more in all.
    overall = 5.3 / 51
    rates = [((3 + overall) / 51, 30, 50), ((6 + overall) / 41, 20, 40)]
    assert found.variance[0] == pytest.approx(sum(n**2 * r * (1 - r) / others for r, n, others in rates))
    assert found.together.tolist() == found.others_together.tolist() == [1.0, 1.0]


def test_what_rests_on_one_case_of_a_colleague_is_known_about_as_well_as_one_case() -> None:
    """Small strata in which nobody has anything are no ignorance: before, 30 of them made 20 times the variance."""
    quiet = [("A" if i % 2 else "B", "X", i // 2, 5, 0) for i in range(60)]
    found = officers([office([*quiet, ("A", "Y", 99, 5, 0), ("B", "Y", 99, 5, 1)])], excess=1e9).tested[0]
    assert found.expected[0] == pytest.approx(1.0)
    assert 0.7 < found.variance[0] / found.expected[0] ** 2 < 1.6


def test_variance_of_what_is_expected_of_a_pair_by_simulation() -> None:
    """Colleagues' 30 cases of the declarant say little of it: the expectation's own scatter over 400 worlds."""
    rng = np.random.default_rng(8)
    expected, variance = [], []
    for _ in range(400):
        sizes = {("A", "X"): 60, ("B", "X"): 30, ("A", "Y"): 200, ("B", "Y"): 400}
        rows = [(o, d, 0, n, int(rng.binomial(n, 0.2))) for (o, d), n in sizes.items()]
        found = pairs([office(rows)], least=30, excess=1e9).tested[0]
        at = list(zip(found.officer.tolist(), found.declarant.tolist(), strict=True)).index((0, 0))
        expected.append(found.expected[at])
        variance.append(found.variance[at])
    # 400 worlds: 3.5% on a standard deviation; the rest is the linearisation of a rate from 30 cases.
    assert np.sqrt(np.mean(variance)) == pytest.approx(np.std(expected), rel=0.12)


def test_a_pair_whose_goods_explain_it_does_not_stand_out() -> None:
    """A has the safe half of X's goods; all other declarants bring one kind, in which A is like the others."""
    rows = [
        ("A", "X", 0, 200, 190),
        ("B", "X", 1, 200, 100),
        ("C", "X", 0, 40, 38),
        ("C", "X", 1, 160, 80),
        *((o, d, 0, 100, 95) for o in "ABC" for d in ("Y", "Z")),
    ]
    cells = office(rows)
    kind = cells.like[0]
    one = replace(cells, like_for_pairs=(np.zeros_like(kind),))
    both = replace(cells, like_for_pairs=(np.zeros_like(kind), kind))
    at = slice(0, 1)
    assert pairs([one], least=30, excess=1e9).tested[0].exact[at] < 1e-5
    found = pairs([both], least=30, excess=1e9).tested[0]
    # 190 of 200 against 38 of 40 in the same kind.
    assert found.exact[at] > 0.3
    # Of the kind colleagues had 40: that is what A's goods can be held against.
    assert found.others[at] == 40


def test_colleagues_set_aside_are_in_nobodys_ground() -> None:
    """Four officers of like size, one far off: the others are held against two, whose scatter averages out less."""
    rows = [(o, "X", 0, 400, 200 if o == "A" else 40) for o in "ABCD"]
    kept = officers([office(rows)], excess=1e9).tested[0].against_few
    apart = officers([office(rows)], excess=5).tested[0].against_few
    assert kept == pytest.approx([1 + 1 / 3] * 4)
    assert apart == pytest.approx([1 + 1 / 3, 1.5, 1.5, 1.5])


def test_the_furthest_is_by_distance_on_either_side() -> None:
    z, gap, open_ = np.array([2.9, -5.0, 4.0]), np.array([9.0, -9.0, 9.0]), np.ones(3, dtype=bool)
    assert furthest(z, gap, open_, 5.0) == 1
    assert furthest(z, gap, np.array([True, False, True]), 5.0) == 2
    assert furthest(z, gap, open_, 10.0) is None


@pytest.mark.parametrize("question", ["finding_rate", "lane_change_without_act"])
def test_clean_worlds_with_ordinary_differences_are_rarely_flagged_and_planted_pairs_are_found(question: str) -> None:
    from small_worlds import planted_pairs

    calibration = __import__(f"calibration_{question}")
    dirty = hit = 0
    for seed in range(5):
        world, events, _ = calibration.world(seed, declarations=30_000)
        dirty += bool(calibration.flags(calibration.cells(world, events)))
        world, events, rng = calibration.world(100 + seed, declarations=30_000)
        key = planted_pairs(rng, world, 1, least=80, most=100_000)
        fails = (key >= 0) & (rng.random(key.size) < 0.95)
        events = events | fails if question == "lane_change_without_act" else events & ~fails
        (chosen,) = np.unique(key[key >= 0])
        pair = (f"O{chosen // 100_000}", f"D{chosen % 100_000}")
        rows = calibration.flags(calibration.cells(world, events))
        hit += any((r["unit_id"], r["other_id"]) == pair for r in rows)
    # At 5% a world two or more dirty ones of five have a chance of 0.02.
    assert dirty <= 1
    # A share of 0.6 or more is found in long runs (benchmarks/results); two or fewer of five would be less than 0.32.
    assert hit >= 2


def test_officers_without_any_case_that_counts_do_not_make_the_others_look_scattered() -> None:
    """Forty alike, two cases expected of each: five have none, and nobody knows how far from the others those are."""
    random = np.random.default_rng(6)
    counts = random.binomial(100, 0.02, 40)
    counts[0] = 14
    assert np.count_nonzero(counts == 0) >= 5
    rows = [(f"o{i:02d}", "X", 0, 100, int(x)) for i, x in enumerate(counts)]
    answer = officers([office(rows)], excess=5)
    assert answer.scatter.measured
    assert answer.scatter.sd < 0.5
    assert answer.p[0][0] < 0.001
    assert np.all(answer.p[0][1:] > 0.01)


def test_scatter_that_is_there_is_found_where_some_have_no_case_that_counts() -> None:
    random = np.random.default_rng(7)
    chance = 1 / (1 + np.exp(4.0 - random.normal(0, 1.0, 200)))
    rows = [(f"o{i:03d}", "X", 0, 150, int(x)) for i, x in enumerate(random.binomial(150, chance))]
    assert sum(r[4] == 0 for r in rows) >= 20
    # A standard deviation of 1, of which those without a case tell too little: nearly all of it is seen.
    assert 0.7 < officers([office(rows)], excess=5).scatter.sd < 1.2
