"""A month's sample of unexplained entries, held against the same drawn by hand."""

from __future__ import annotations

import hashlib

import pytest
from small_log import as_tables
from test_explaining import BY_HAND, EACH, good, made, quiet, touched

from arusha.access.monthly import MONTHLY, SampleError, draw, seed_of
from arusha.engine import session_from_tables

MONTH = "2025-03"


def test_what_is_drawn_is_unexplained_of_the_month_and_in_the_order_of_the_seed() -> None:
    rows = good()
    seed = seed_of(MONTH, "ab" * 8, {"1": EACH["assigned"]})
    with session_from_tables(as_tables(rows)) as session:
        found = draw(session, MONTH, seed, {"1": EACH["assigned"]}, quiet)
    own = ("declarant_id", "importer_id")
    by_hand = [
        e
        for e in touched(rows)
        if f"{e['occurred_at']:%Y-%m}" == MONTH
        and e["user_id"] not in [e["file"][c] for c in own]
        and not BY_HAND["assigned"](rows, e)
    ]
    assert len(by_hand) > 10 * MONTHLY
    order = sorted(e["event_id"] for e in by_hand)
    order.sort(key=lambda event: hashlib.md5((seed + event).encode()).hexdigest())
    assert [row["event"] for row in found] == order[:MONTHLY]
    events = {e["event_id"]: e for e in by_hand}
    for row in found:
        event = events[row["event"]]
        assert (row["user"], row["declaration"]) == (event["user_id"], event["declaration_id"])
        assert row["at"] == f"{event['occurred_at']:%Y-%m-%d %H:%M}"


def test_month_records_and_reasons_decide_the_seed_and_nothing_else() -> None:
    one, other = EACH["assigned"], made("posted", role="chief")
    seed = seed_of(MONTH, "load", {"1": one, "2": other})
    assert seed == seed_of(MONTH, "load", {"9": other, "7": one}), "in whatever order they were agreed to"
    others = {seed_of("2025-04", "load", {"1": one, "2": other}), seed_of(MONTH, "other", {"1": one, "2": other})}
    assert len({seed, *others, seed_of(MONTH, "load", {"1": one})}) == 4


def test_a_month_without_entries_draws_nothing_and_a_poor_log_is_refused() -> None:
    rows = good()
    with session_from_tables(as_tables(rows)) as session:
        assert draw(session, "2019-01", "seed", {}, quiet) == []
    for event in rows["events"]:
        event["action"] = None
    with session_from_tables(as_tables(rows)) as session, pytest.raises(SampleError, match="not good enough"):
        draw(session, MONTH, "seed", {}, quiet)
