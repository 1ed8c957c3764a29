"""What is kept beside the ledger of looks: the same as the ledger says, thrown away and made again without loss."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from world import WHO

from arusha.ledger import Event, Ledger, Recorded
from arusha.workbench import alerts
from arusha.workbench.alert import Alert, apply
from arusha.workbench.checks import _ledgers
from arusha.workbench.kept import KEPT, differs
from arusha.workbench.record import Record

LEAD = WHO["integrity-lead"]


def raised(n: int) -> Event:
    about = (f"signal:{n:016x}", "question:finding-rate", "assessment:first")
    return Event("alert.raised", WHO["analyst"], about)


def said(n: int, act: str, actor: str = WHO["investigator"]) -> Event:
    return Event(f"alert.{act}", actor, (f"signal:{n:016x}", "question:finding-rate"))


def from_the_ledger(record: Record) -> dict[str, Alert]:
    found: dict[str, Alert] = {}
    for recorded in record.ledger.entries():
        if recorded.entry.kind.startswith("alert."):
            apply(found, recorded)
    return found


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record(tmp_path / "home")
    made.ledger.record(*[raised(n) for n in range(30)])
    acts = ["proposed", "not-concurred", "proposed", "concurred", "recused"]
    made.ledger.record(*[said(3, act) for act in acts], *[said(n, "explained") for n in range(10, 22)])
    made.add("look.opened", LEAD, "signal:0000000000000003", WHO["subject"], reason="triage")
    return made


def test_it_says_what_the_ledger_says_also_as_it_grows(record: Record) -> None:
    for n in range(4):
        assert dict(alerts.alerts(record)) == from_the_ledger(record)
        assert list(alerts.alerts(record)) == list(from_the_ledger(record)), "the oldest first"
        record.ledger.record(said(22 + n, "data-error"), raised(100 + n))
    known = alerts.alerts(record)
    assert known.closed("finding-rate") == {"explained": 12, "inquiry": 1, "data-error": 4}
    assert [a.signal for _, a in known.open(0, 2)] == [f"{n:016x}" for n in (0, 1)]
    assert record.about(WHO["subject"]) == (47,)


@pytest.mark.parametrize("harm", ["gone", "no table", "cut off", "other version", "empty"])
def test_it_is_made_again_where_it_was_harmed(harm: str, record: Record) -> None:
    expected = dict(alerts.alerts(record))
    path = record.home / "kept.sqlite3"
    if harm == "gone":
        path.unlink()
    elif harm == "no table":
        path.write_bytes(b"no table at all" * 1_000)
    elif harm == "cut off":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif harm == "empty":
        path.write_bytes(b"")
    else:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE upto SET version = 0")
    assert dict(alerts.alerts(record)) == expected


def test_a_ledger_that_another_takes_the_place_of_is_read_anew(record: Record, tmp_path: Path) -> None:
    assert len(alerts.alerts(record)) == 30
    shutil.rmtree(record.home / "ledger")
    other = Ledger.create(record.home / "ledger", "arusha.workbench/record")
    other.record(*[raised(n) for n in range(500, 600)])
    assert len(alerts.alerts(Record(record.home))) == 100
    shutil.rmtree(record.home / "ledger")
    shorter = Ledger.create(record.home / "ledger", "arusha.workbench/record")
    shorter.record(raised(1))
    assert list(alerts.alerts(Record(record.home))) == [f"{1:016x}"]


def test_after_a_start_no_entry_of_the_ledger_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long that takes with a hundred thousand alerts is measured in benchmarks/results/workbench_pages.md."""
    record = Record(tmp_path / "home")
    record.ledger.record(*[raised(n) for n in range(1_000)])
    alerts.alerts(record).open(0, 1)
    read: list[tuple[int, int | None]] = []
    entries = Ledger.entries

    def counted(ledger: Ledger, first: int = 0, stop: int | None = None) -> Iterator[Recorded]:
        read.append((first, stop))
        return entries(ledger, first, stop)

    monkeypatch.setattr(Ledger, "entries", counted)
    known = alerts.alerts(Record(tmp_path / "home"))
    assert len(known.open(0, 100)) == 100
    assert len(known) == 1_000
    assert known.get("no such") is None
    assert read == []
    record.ledger.record(raised(1_000))
    assert len(known) == 1_001
    assert read == [(1_000, 1_001)]


def test_looks_are_the_newest_first_whatever_lies_between(record: Record) -> None:
    record.add("access.refused", WHO["analyst"], "action:looks.read")
    record.ledger.record(*[raised(n) for n in range(200, 650)])
    record.add("look.seen", LEAD, "question:finding-rate")
    record.ledger.record(*[raised(n) for n in range(700, 705)])
    record.add("look.exported", LEAD, "assessment:first")
    told = [(look.kind, look.number) for look in record.looks()]
    expected = [
        (r.entry.kind, r.number)
        for r in record.ledger.entries()
        if r.entry.kind.startswith("look.") or r.entry.kind == "access.refused"
    ]
    assert told == expected[::-1]
    assert len(told) == 4


def test_counts_by_day_are_those_of_the_ledger_and_the_mark_changes_with_alerts_only(record: Record) -> None:
    mark = alerts.alerts(record).mark()
    record.add("look.seen", LEAD, "question:finding-rate")
    assert alerts.alerts(record).mark() == mark
    kinds = Counter(r.entry.kind for r in record.ledger.entries() if "question:finding-rate" in r.entry.subjects)
    today = datetime.now(UTC).date()
    assert record.counted("finding-rate", today - timedelta(days=2), today + timedelta(days=2)) == kinds
    assert record.counted("finding-rate", today + timedelta(days=2), today + timedelta(days=9)) == {}
    assert record.counted("lane-rates", today - timedelta(days=2), today + timedelta(days=2)) == {}
    record.ledger.record(said(25, "explained"))
    assert alerts.alerts(record).mark() != mark


@pytest.mark.control("AU-9")
@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE alerts SET state = 'explained' WHERE place = (SELECT min(place) FROM alerts)",
        "DELETE FROM alerts WHERE place = (SELECT max(place) FROM alerts)",
        "DELETE FROM looks",
        "DELETE FROM subjects WHERE number = 3",
        "UPDATE counted SET n = n + 1",
        "DROP TABLE counted",
    ],
)
def test_a_table_that_somebody_edited_is_found_by_the_check(record: Record, tmp_path: Path, edit: str) -> None:
    """The table says which alerts wait: an edited one could hide one. Its mark is edited as easily."""
    record.add("look.seen", LEAD, "question:finding-rate")
    dict(alerts.alerts(record))
    assert not differs(record.ledger, record.home / KEPT)
    with sqlite3.connect(record.home / KEPT) as db:
        db.execute(edit)
    assert differs(record.ledger, record.home / KEPT)
    told = {one.name: one for one in _ledgers(tmp_path / "nowhere", record.home)}
    assert not told["table of alerts"].ok
    (record.home / KEPT).unlink()
    dict(alerts.alerts(record))
    assert all(one.ok for one in _ledgers(tmp_path / "nowhere", record.home))
