"""What of counts is told: tried against somebody who subtracts, over random tallies."""

from __future__ import annotations

import random

from arusha.access.withholding import FEWEST, STEP, Tally, told
from arusha.assessment import agreed


def tally(explained: dict[str, int], unexplained: dict[str, int], own: dict[str, int] | None = None) -> Tally:
    made = Tally()
    for of, marks in ((explained, (True, False)), (unexplained, (False, False)), (own or {}, (False, True))):
        for user, n in of.items():
            made.add(user, n, explained=marks[0], own=marks[1])
    return made


def even(users: int, each: int) -> dict[str, int]:
    return {f"u{k}": each for k in range(users)}


def test_the_limits_are_those_of_counts_by_office_everywhere() -> None:
    assert (FEWEST, STEP) == (agreed.FEWEST, agreed.STEP)


def at_random(rng: random.Random) -> dict[str, Tally]:
    groups = {}
    for k in range(rng.randrange(1, 7)):
        users = [f"{k}-{j}" for j in range(rng.choice((1, 3, 9, 10, 11, 25)))]
        heavy = rng.choice((None, *users[:2]))
        made = Tally()
        for user in users:
            made.add(user, rng.randrange(0, 30), explained=True, own=False)
            n = 400 if user == heavy else rng.choice((0, 0, 1, 3, 9))
            made.add(user, n, explained=False, own=False)
            made.add(user, rng.choice((0, 0, 0, 2)), explained=False, own=True)
        groups[f"office {k}"] = made
    return groups


def test_nothing_of_few_or_of_one_is_told_and_nothing_follows_by_subtraction() -> None:
    for seed in range(300):
        try_to_subtract(seed)


def try_to_subtract(seed: int) -> None:
    groups = at_random(random.Random(seed))
    rows, whole = told(groups)
    for row in rows:
        one = groups[row.name]
        if row.entries is not None:
            assert one.users >= FEWEST
            assert one.entries >= FEWEST
            most = max(sum(p[u] for p in (one.explained, one.unexplained, one.own)) for u in {**one.explained})
            assert 2 * most <= one.entries
        assert (row.explained is None) == (row.unexplained is None)
        if row.unexplained is not None:
            assert one.told
        if row.own is not None:
            assert len(one.own) >= FEWEST
    if whole.entries is not None:
        hidden = [groups[r.name] for r in rows if r.entries is None and groups[r.name].entries]
        assert not hidden or (len(hidden) > 1 and sum(t.entries for t in hidden) >= FEWEST)
    if whole.unexplained is not None:
        hidden = [groups[r.name] for r in rows if r.unexplained is None and groups[r.name].entries]
        together = Tally()
        for one in hidden:
            together.join(one)
        assert not hidden or (len(hidden) > 1 and together.told)


def test_some_of_the_random_tallies_tell_something_and_some_withhold() -> None:
    """Else the test above would show nothing."""
    found = [told(at_random(random.Random(seed))) for seed in range(300)]
    assert sum(any(r.unexplained is not None for r in rows) for rows, _ in found) > 30
    assert sum(any(r.unexplained is None for r in rows) for rows, _ in found) > 30
    assert sum(whole.unexplained is not None for _, whole in found) > 30


def test_one_small_office_takes_the_next_smallest_with_it() -> None:
    large, middle, small = (tally(even(n, 9), even(n, 2)) for n in (40, 15, 4))
    rows, whole = told({"a": large, "b": middle, "c": small})
    assert [r.unexplained for r in rows] == [80, None, None]
    assert whole.unexplained == 120
    rows, _ = told({"a": large, "b": middle})
    assert [r.unexplained for r in rows] == [80, 30]


def test_mostly_one_officers_is_not_told() -> None:
    (row,), whole = told({"a": tally(even(20, 9), even(20, 1) | {"u0": 100})})
    assert (row.explained, row.unexplained, whole.unexplained) == (None, None, None)
    assert row.entries is not None
    (row,), whole = told({"a": tally({}, even(20, 1) | {"u0": 100})})
    assert (row.entries, row.unexplained, row.few, whole.entries) == (None, None, "", None)


def test_few_unexplained_are_called_few_and_not_counted() -> None:
    (row,), _ = told({"a": tally(even(20, 9), {"u1": 1})})
    assert (row.explained, row.unexplained, row.few) == (None, None, "unexplained")
    (row,), _ = told({"a": tally({}, even(20, 9))})
    assert (row.explained, row.unexplained, row.few) == (None, None, "explained"), "as before the first reason"
    (row,), _ = told({"a": tally(even(3, 9), {"u1": 1})})
    assert not row.few, "of few officers not even that is said"
