"""The log's quality: each measure by hand, and that nothing is counted beyond a limit."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest
from small_log import Rows, as_tables, at
from test_explaining import good, quiet

from arusha.access.explaining import count
from arusha.access.log_quality import CEILINGS, FLOORS, Measure, measures
from arusha.engine import session_from_tables


def found(rows: Rows) -> dict[str, Measure]:
    with session_from_tables(as_tables(rows)) as session:
        return {m.name: m for m in measures(session)}


def test_measures_are_those_that_are_counted_by_hand() -> None:
    rows = good()
    for k, e in enumerate(rows["events"]):
        e["terminal"] = None if k % 10 == 0 else e["terminal"]
        e["reason"] = "call" if k % 4 == 0 else None
    told = found(rows)
    events = rows["events"]
    touching = [e for e in events if e["action"] != "login"]
    persons = [e for e in events if e["user_id"] != "system"]
    assert (told["user"].count, told["user"].of) == (len(events), len(events))
    assert (told["record"].count, told["record"].of) == (len(touching), len(touching))
    assert told["reason"].count == sum(e["reason"] is not None for e in touching)
    assert (told["terminal"].count, told["terminal"].of) == (
        sum(e["terminal"] is not None for e in persons),
        len(persons),
    )
    assert not any(m.stops for m in told.values())


def spoil(rows: Rows, what: str) -> None:
    events, files = rows["events"], rows["declarations"]
    for k, e in enumerate(events):
        if k % 10:
            continue
        if what == "user":
            e["user_id"] = None
        elif what == "time":
            e["occurred_at"] = None
        elif what == "clock":
            e["occurred_at"] = e["occurred_at"].replace(hour=0, minute=0, second=0, microsecond=0)
        elif what == "action":
            e["action"] = None
        elif what == "record" and e["action"] != "login":
            e["declaration_id"] = None
    if what == "record":
        for e in events[5::7]:
            e["declaration_id"] = None
    if what == "two-places":
        for k, e in enumerate(events):
            e["user_id"], e["terminal"] = f"O{k % 3}", f"W{k % 2}"
    if what == "silent-days":
        for k, d in enumerate(files[:30]):
            d["registered_at"] = at(60 + k)
    if what == "before-registration":
        for d in files:
            d["registered_at"] = d["registered_at"] + timedelta(days=20)


@pytest.mark.parametrize("what", [*FLOORS, *CEILINGS])
def test_beyond_a_limit_nothing_is_counted(what: str) -> None:
    rows = good()
    spoil(rows, what)
    assert found(rows)[what].stops, what
    with session_from_tables(as_tables(rows)) as session:
        told = count(session, {}, None, quiet)
    assert told.stopped
    assert (told.offices, told.months, told.templates, told.new, told.others) == (None,) * 5


def test_without_a_log_or_a_column_that_a_limit_needs_nothing_is_counted() -> None:
    with session_from_tables(as_tables(good(), frozenset({"events"}))) as session:
        told = count(session, {}, None, quiet)
    assert told.stopped
    assert "events" in told.lacks
    tables = as_tables(good())
    tables["events"] = tables["events"].drop_columns(["action"])
    with session_from_tables(tables) as session:
        told = count(session, {}, None, quiet)
    assert told.stopped
    assert [m.name for m in told.measures if m.stops] == ["action"]


def test_where_no_workstation_is_named_shared_accounts_cannot_be_told_and_stop_nothing() -> None:
    tables = as_tables(good())
    tables["events"] = tables["events"].drop_columns(["terminal"])
    with session_from_tables(tables) as session:
        told = {m.name: m for m in measures(session)}
    assert told["two-places"].share is None
    assert not told["two-places"].stops


def test_an_empty_log_stops_everything() -> None:
    tables = as_tables(good())
    tables["events"] = pa.Table.from_pylist([], tables["events"].schema)
    with session_from_tables(tables) as session:
        assert count(session, {}, None, quiet).stopped
