"""Hours kept in common: when they explain a pair, and when thin strata merely look as if they did."""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from arusha.indicators.assignment_batches import GAPS
from arusha.indicators.assignment_draws import dense
from arusha.indicators.assignment_explanations import Cut, _hours
from arusha.indicators.assignment_hours import THIN, Shares, left_out, shares
from arusha.indicators.assignment_pairs import Block, one_table
from arusha.indicators.definition import Explained, Settings
from arusha.indicators.explanations import FOUND, NOT_FOUND, Case, Remainder, Subject

IntArray = NDArray[np.int64]
SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


@dataclass
class Counted:
    """A pair (declarant 0, officer 0) counted day by day, as a question counts it, or more finely."""

    day: IntArray
    hour: IntArray
    declarant: IntArray
    officer: IntArray

    @property
    def draws(self) -> Any:
        return SimpleNamespace(timed=True, day=self.day, hour=self.hour)

    def cut(self, finer: IntArray | None = None) -> Cut:
        stratum, strata = dense(self.day, np.zeros_like(self.day) if finer is None else finer)
        everything = np.arange(self.day.size)
        block = Block(stratum, strata, self.declarant, self.officer, np.array([0]), everything)
        held = np.array([True, *[False] * int(self.declarant.max())])
        structural = np.zeros((held.size, 4), dtype=bool)
        structural[0, 0] = True
        found = shares(block, structural, held, 0, 0)
        compared = np.zeros(everything.size, dtype=bool) if found is None else found.compared
        return Cut(one_table(block, 4, structural, 0, 0, held), found, compared)

    anybody = False

    def without(self, out: NDArray[np.bool_]) -> Remainder:
        keep = ~(out & (self.declarant == 0))
        left = Counted(self.day[keep], self.hour[keep], self.declarant[keep], self.officer[keep])
        table = left.cut().table
        return Remainder(int(table.pair.n[0]), 0.0, 0.0, table.upper_tail())


def office(seed: int, per_hour: int, own: str, *, steered: float = 0.0) -> Counted:
    """Eight hours a day; officer 0 has most of the mornings. Declarant 0 lodges in the mornings, or whenever."""
    rng = np.random.default_rng(seed)
    days = 160
    day = np.repeat(np.arange(days), 8 * per_hour)
    hour = np.tile(np.repeat(np.arange(8, 16), per_hour), days)
    mine = rng.random(day.size) < (np.where(hour < 12, 0.12, 0.0) if own == "mornings" else 0.06)
    declarant = np.where(mine, 0, rng.integers(1, 20, day.size))
    chance = np.where(hour < 12, 0.55, 0.1) if own == "mornings" else np.full(day.size, 0.25)
    first = rng.random(day.size) < chance
    officer = np.where(first, 0, rng.integers(1, 4, day.size))
    officer = np.where(mine & (rng.random(day.size) < steered), 0, officer)
    return Counted(day, hour, declarant, officer)


def compared(counted: Counted, finer: IntArray | None = None) -> Shares:
    found = counted.cut(finer).shares
    assert found is not None
    return found


def hours(counted: Counted) -> IntArray:
    return counted.day * GAPS[-1] + counted.hour


def explained(counted: Counted) -> Explained:
    pair = counted.cut().table.pair
    signal = {
        "indicator": "assignment-steering",
        "n": int(pair.n[0]),
        "observed": float(pair.observed[0]),
        "expected": float(pair.expected[0]),
    }
    case = Case(Subject("P-000", "B-000", "PORT"), signal, SETTINGS)
    return _hours(None, case, counted)  # type: ignore[arg-type]


def test_shares_count_every_file_of_the_declarant_alike() -> None:
    """Two strata by hand: own 2 of 3 and others 1 of 6; own 0 of 1 and others 1 of 2; a third without others."""
    stratum = np.array([0] * 9 + [1] * 3 + [2])
    declarant = np.array([0] * 3 + [1] * 6 + [0] + [1] * 2 + [0])
    officer = np.array([0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0])
    block = Block(stratum, 3, declarant, officer, np.array([0]), np.arange(13))
    found = shares(block, np.zeros((2, 2), dtype=bool), np.zeros(2, dtype=bool), 0, 0)
    assert found is not None
    assert (found.draws, found.seen, found.due) == (4, 2, pytest.approx(3 / 6 + 1 / 2))
    assert found.difference == pytest.approx((2 - 1) / 4)
    assert np.flatnonzero(found.compared).tolist() == [0, 1, 2, 9]


def test_the_variance_of_the_difference_is_that_of_many_offices() -> None:
    found = [compared(office(seed, 2, "whenever")) for seed in range(800)]
    # Eight hundred differences tell their variance within a twentieth (one standard error); three are allowed.
    spread = np.var([f.difference for f in found], ddof=1)
    assert spread == pytest.approx(np.mean([f.variance for f in found]), rel=0.15)
    assert np.mean([f.difference for f in found]) == pytest.approx(0.0, abs=4 * np.sqrt(spread / 800))


def test_a_declarant_who_lodges_when_the_officer_works_is_explained() -> None:
    counted = office(1, 8, "mornings")
    assert compared(counted).difference > 0.15
    found = explained(counted)
    assert (found.status, found.clears) == (FOUND, True)
    # Of 160 mornings of eight files an hour none has a lonely file; what is compared is not thin.
    assert not {"hours-thin"} & {s.key for s in found.told}


def test_an_officer_who_is_alone_at_those_hours_is_explained() -> None:
    """Nothing is left to chance there, and all files of the others say so."""
    made = office(5, 4, "mornings")
    counted = replace(made, officer=np.where(made.hour < 12, 0, made.officer % 3 + 1))
    assert compared(counted).difference > 0.4
    found = explained(counted)
    assert (found.status, found.clears) == (FOUND, True)
    said = {s.key: s.values for s in found.told}
    daily, hourly = compared(counted), compared(counted, hours(counted))
    # Every morning hour has one officer only: nothing is left of which chance could speak, and that is told.
    assert said["hours-left-out"] == {"n": daily.draws, "alone": daily.draws - hourly.draws, "one": hourly.draws}
    assert said["hours-thin"] == {"n": 0}


@pytest.mark.parametrize("per_hour", [1, 2, 3, 8])
def test_steering_at_all_hours_is_not_explained_by_hours_however_thin_they_are(per_hour: int) -> None:
    for seed in range(8):
        counted = office(seed, per_hour, "whenever", steered=0.4)
        assert counted.cut().table.upper_tail() < 1e-3
        assert not explained(counted).clears


def test_the_declarants_own_files_do_not_pass_for_what_is_due() -> None:
    """In hours of two files each, half of what is expected of a declarant is the declarant's own."""
    counted = office(2, 2, "whenever", steered=0.6)
    daily, hourly = counted.cut().table.pair, counted.cut(hours(counted)).table.pair
    assert float(hourly.expected[0] / hourly.n[0]) > 1.2 * float(daily.expected[0] / daily.n[0])
    after = compared(counted, hours(counted))
    # A quarter by design: of some 120 files of others, within three standard errors.
    assert after.others == pytest.approx(0.25, abs=0.12)
    assert after.difference == pytest.approx(0.45, abs=3 * np.sqrt(after.variance))
    assert explained(counted).status == NOT_FOUND


def test_few_hours_that_hold_others_clear_nobody() -> None:
    """Eleven files of one an hour: whatever they say, they do not speak against what the days say."""
    for seed in range(40):
        counted = office(seed, 1, "whenever", steered=0.3)
        some = (counted.declarant != 0) | (np.cumsum(counted.declarant == 0) <= 11)
        thin = Counted(counted.day[some], counted.hour[some], counted.declarant[some], counted.officer[some])
        assert not explained(thin).clears


def test_steering_within_the_hours_of_both_stands_out() -> None:
    counted = office(3, 8, "mornings", steered=0.6)
    found = explained(counted)
    assert (found.status, found.clears) == (FOUND, False)


def test_files_lodged_where_nobody_else_lodges_are_not_looked_away_from() -> None:
    """In the mornings both keep the same hours; what is lodged in the evenings, alone, all goes to the officer."""
    for seed in range(10):
        made = office(seed, 6, "mornings")
        rng = np.random.default_rng([seed, 1])
        day = rng.integers(0, 160, 60)
        late = (day, np.full(60, 18), np.zeros(60, dtype=np.int64), np.zeros(60, dtype=np.int64))
        both = (made.day, made.hour, made.declarant, made.officer)
        counted = Counted(*(np.concatenate(two) for two in zip(both, late, strict=True)))
        assert counted.cut().table.upper_tail() < 1e-6
        assert not explained(counted).clears


def test_files_lodged_in_bulk_beside_one_of_somebody_else_are_not_looked_away_from() -> None:
    cleared = 0
    for seed in range(20):
        made = office(seed, 6, "mornings")
        rng = np.random.default_rng([seed, 2])
        # Fifteen evenings with four files of the declarant and one of another, who meets anybody.
        day = np.repeat(rng.choice(160, 15, replace=False), 5)
        whose = np.tile([0, 0, 0, 0, 1], 15)
        late = (day, np.full(75, 18), whose, np.where(whose == 0, 0, rng.integers(0, 4, 75)))
        both = (made.day, made.hour, made.declarant, made.officer)
        cleared += explained(Counted(*(np.concatenate(two) for two in zip(both, late, strict=True)))).clears
    # The excess of the evenings is about three standard errors of all hours together: one in ten is not seen. Weighed
    # by how well strata compare, 18 of these 20 were cleared.
    assert cleared <= 4


def test_what_is_left_out_is_counted_by_hand() -> None:
    """Of 40 files 6 lie in hours without others, 5 in hours of one officer; 29 are few, and 30 of 70 less than half."""

    def told(n: int, after: int, chance: int) -> dict[str, Any]:
        none = np.zeros(0, dtype=bool)
        before, now = (Shares(k, 0, 0.0, 1.0, 1.0, none) for k in (n, after))
        return {s.key: s.values for s in left_out(before, now, chance, {"n": n})}

    said = told(40, 34, 29)
    assert said["hours-left-out"] == {"n": 40, "alone": 6, "one": 5}
    assert said["hours-thin"] == {"n": 29}
    assert "hours-thin" not in told(40, 34, THIN)
    assert told(70, 34, THIN)["hours-thin"] == {"n": 30}
    assert told(40, 40, 40) == {}
