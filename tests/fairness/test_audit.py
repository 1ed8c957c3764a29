"""The audit's numbers: by hand, by simulation, and that no small group can be worked out of them."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from arusha.fairness.audit import FEWEST, NOT_STATED, Audit, audit, bands
from arusha.fairness.people import Person, people


def crowd(*parts: tuple[int, int, str]) -> tuple[dict[str, Person], dict[str, dict[str, str]]]:
    """Parts of (people, signalled, group), each person with 50 cases."""
    known, groups = {}, {}
    for size, signalled, group in parts:
        for k in range(size):
            who = f"P-{len(known):04d}"
            known[who] = Person(50, k < signalled, False)
            groups[who] = {"grade": group}
    return known, groups


def of(done: Audit, group: str):
    (found,) = [c for c in done.compared if c.group == group]
    return found


def test_a_table_by_hand() -> None:
    known, groups = crowd((40, 20, "I"), (60, 12, "II"))
    done = audit(known, groups, rate=0.1)
    first = of(done, "I")
    assert (first.people, first.signalled, done.people, done.signalled) == (40, 20, 100, 32)
    assert first.rate is not None
    assert first.rate[0] == 0.5
    assert first.ratio is not None
    assert first.ratio[0] == pytest.approx(2.5)
    table = [[20, 20], [12, 48]]
    assert first.p == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)
    assert first.odds is not None
    exact = stats.contingency.odds_ratio(table, kind="conditional")
    assert first.odds[0] == pytest.approx(exact.statistic, rel=1e-6)
    assert first.per_hundred is not None
    assert first.per_hundred[0] == pytest.approx(100 * 20 / (40 * 50))
    # Everybody has as many cases: one band, and the adjusted table is the raw one.
    assert first.adjusted == pytest.approx(first.odds)
    assert first.adjusted_p == pytest.approx(first.p)
    assert (first.word, of(done, "II").word) == ("unusual", "unusual")


def test_more_cases_are_no_disadvantage_once_they_are_compared_with_as_many() -> None:
    """Group I has ten times the cases, and a signal comes with cases alone: raw it differs, adjusted it does not."""
    rng = np.random.default_rng(3)
    known, groups = {}, {}
    for k in range(400):
        first = k % 2 == 0
        busy = rng.random() < (0.8 if first else 0.2)
        who = f"P-{k:04d}"
        known[who] = Person(500 if busy else 50, bool(rng.random() < (0.5 if busy else 0.1)), False)
        groups[who] = {"grade": "I" if first else "II"}
    found = of(audit(known, groups, rate=0.1), "I")
    assert found.word == "unusual"
    assert found.adjusted_word == "within-expected-scatter"
    assert found.adjusted is not None
    assert found.adjusted[1] <= 1.0
    assert found.adjusted[2] is None or found.adjusted[2] >= 1.0


def test_where_nothing_differs_it_says_unusual_in_at_most_one_audit_of_twenty() -> None:
    rng = np.random.default_rng(11)
    worlds, wrong = 150, {"raw": 0, "adjusted": 0}
    for _ in range(worlds):
        known = {f"P-{k}": Person(int(rng.integers(20, 400)), bool(rng.random() < 0.3), False) for k in range(120)}
        order = [rng.permutation(120) % n for n in (2, 3)]
        groups = {f"P-{k}": {a: str(o[k]) for a, o in zip(("gender", "grade"), order, strict=True)} for k in range(120)}
        done = audit(known, groups, rate=0.1)
        wrong["raw"] += any(c.word == "unusual" for c in done.compared)
        wrong["adjusted"] += any(c.adjusted_word == "unusual" for c in done.compared)
    # Holm holds 5%; 3.3 standard errors of 150 audits on top.
    most = worlds * (0.05 + 3.3 * math.sqrt(0.05 * 0.95 / worlds))
    assert wrong["raw"] <= most
    assert wrong["adjusted"] <= most


def test_it_finds_a_gap_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    worlds, seen = 120, 0
    example = audit(*crowd((40, 20, "I"), (160, 40, "II")), rate=0.1)
    ratio = of(example, "I").sees
    assert ratio is not None
    for _ in range(worlds):
        parts = ((40, int(rng.binomial(40, 0.1 * ratio)), "I"), (160, int(rng.binomial(160, 0.1)), "II"))
        # Two comparisons of one table: Holm asks for half the level, so it is seen a little less than four in five.
        seen += of(audit(*crowd(*parts), rate=0.1), "I").word == "unusual"
    assert seen / worlds == pytest.approx(0.75, abs=0.14)


def test_too_few_signals_to_tell() -> None:
    assert of(audit(*crowd((30, 0, "I"), (30, 0, "II")), rate=0.1), "I").word == "cannot-tell"
    assert of(audit(*crowd((30, 3, "I"), (30, 0, "II")), rate=0.1), "I").word == "cannot-tell"
    few = of(audit(*crowd((30, 9, "I"), (60, 0, "II")), rate=0.1), "I")
    assert few.word == "unusual"
    assert (few.signalled, few.rate, few.ratio, few.p, few.adjusted) == (None, None, None, None, None)


def test_a_small_group_is_not_shown_and_takes_another_with_it() -> None:
    done = audit(*crowd((50, 20, "I"), (50, 20, "II"), (12, 5, "III"), (4, 1, "IV")), rate=0.1)
    assert {c.group for c in done.compared} == {"I", "II"}, "III would tell IV by subtraction from all"
    assert done.withheld == {"grade": 2}


def test_two_groups_of_which_one_is_small_are_not_compared() -> None:
    done = audit(*crowd((50, 20, "I"), (6, 3, "II")), rate=0.1)
    assert done.compared == ()
    assert done.untested == ("grade",)


def test_who_is_not_on_the_list_is_left_out_and_counted() -> None:
    known, groups = crowd((40, 15, "I"), (40, 15, "II"))
    known |= {f"P-X{k}": Person(50, True, False) for k in range(11)}
    done = audit(known, groups, rate=0.1)
    assert (done.people, done.unknown) == (80, 11)
    known.popitem()
    known.popitem()
    assert audit(known, groups, rate=0.1).unknown is None, "fewer than ten"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(10, 400), st.booleans(), st.sampled_from("abc"), st.sampled_from(["x", "y", "z", ""])),
        min_size=1,
        max_size=150,
    )
)
def test_the_union_receives_individual_data_or_can_be_fed_it_by_subtraction(rows) -> None:
    """Whatever the groups: what is hidden holds ten people or more together, and so do those signalled or not in it."""
    known = {f"P-{k}": Person(cases, signalled, False) for k, (cases, signalled, _, _) in enumerate(rows)}
    groups = {f"P-{k}": {"one": a, "two": b} for k, (_, _, a, b) in enumerate(rows)}
    done = audit(known, groups, rate=0.1)
    for attribute, place in (("one", 2), ("two", 3)):
        sizes = Counter(row[place] or NOT_STATED for row in rows)
        shown = [c for c in done.compared if c.attribute == attribute]
        assert all(c.people >= FEWEST for c in shown)
        hidden = {g: n for g, n in sizes.items() if g not in {c.group for c in shown}}
        if shown:
            assert sum(hidden.values()) == 0 or sum(hidden.values()) >= FEWEST
        if any(c.signalled is not None for c in shown):
            assert all(c.signalled is not None for c in shown)
            parts = [(c.signalled, c.people) for c in shown]
            if hidden:
                left = sum(r[1] for r in rows if (r[place] or NOT_STATED) in hidden)
                parts.append((left, sum(hidden.values())))
            assert all(have >= FEWEST and n - have >= FEWEST for have, n in parts)
    assert done.signalled is None or (done.signalled >= FEWEST and done.people - done.signalled >= FEWEST)


def test_stability_counts_who_is_signalled_again() -> None:
    first = {f"P-{k}": Person(50, k < 40, False) for k in range(100)}
    second = {f"P-{k}": Person(50, 20 <= k < 60, False) for k in range(100)}
    known, groups = crowd((50, 20, "I"), (50, 20, "II"))
    stable = audit(known, groups, rate=0.1, periods=(first, second)).stability
    assert stable is not None
    assert (stable.people, stable.first, stable.again, stable.by_chance) == (100, 40, 20, 0.4)
    assert stable.share is not None
    assert stable.share[0] == 0.5
    few = {f"P-{k}": Person(50, k < 5, False) for k in range(100)}
    hidden = audit(known, groups, rate=0.1, periods=(few, second)).stability
    assert hidden is not None
    assert (hidden.first, hidden.again, hidden.share) == (None, None, None)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=300))
def test_bands_keep_the_order_and_put_equal_people_together(cases: list[int]) -> None:
    code = bands(np.array(cases, dtype=np.int64))
    assert set(code.tolist()) == set(range(int(code.max()) + 1))
    assert code.max() + 1 <= 5
    for a, b in zip(
        sorted(zip(cases, code.tolist(), strict=True)), sorted(zip(cases, code.tolist(), strict=True))[1:], strict=False
    ):
        assert a[1] <= b[1]
        assert a[0] != b[0] or a[1] == b[1]


def test_people_of_signals_count_pairs_for_their_officer() -> None:
    rows = pa.Table.from_pylist(
        [
            {"unit_kind": "pair", "unit_id": "P-1", "n": 30, "p_value": 0.5, "signal": False, "flagged": False},
            {"unit_kind": "pair", "unit_id": "P-1", "n": 20, "p_value": 0.001, "signal": True, "flagged": False},
            {"unit_kind": "officer", "unit_id": "P-2", "n": 40, "p_value": 0.001, "signal": True, "flagged": True},
            {"unit_kind": "officer", "unit_id": "P-3", "n": 5, "p_value": None, "signal": False, "flagged": False},
            {"unit_kind": "declarant", "unit_id": "T-1", "n": 50, "p_value": 0.001, "signal": True, "flagged": True},
        ]
    )
    assert people(rows) == {"P-1": Person(50, True, True), "P-2": Person(40, True, False)}
