"""Both stores: what was confirmed is there after a kill, and two writers never mix."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from arusha.ledger import ChangedError, Event, Ledger, LedgerError, verify
from arusha.ledger.store import create_store, open_store

from .conftest import ACTOR, NAMES, ORIGIN, SIGNER, event

Make = Callable[[int], Ledger]

WRITER = textwrap.dedent(
    """
    import sys
    from arusha.ledger import Event, Ledger

    ledger, who, count = Ledger.open(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    print("ready", flush=True)
    sys.stdin.readline()
    for at in range(count):
        some = ledger.record(*[Event("test.written", "system", (f"{who}:{at}", f"half:{n}")) for n in (0, 1, 2)])
        print(some[0].number, flush=True)
    """
)


def writer(ledger: Path, who: str, count: int) -> subprocess.Popen[str]:
    """Another process that appends batches of three and says each number that was confirmed to it."""
    run = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(ledger), who, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    return run


def go(run: subprocess.Popen[str]) -> None:
    assert run.stdin is not None
    run.stdin.write("\n")
    run.stdin.flush()


def test_an_empty_ledger_is_reopened_with_its_name(make: Make) -> None:
    ledger = make(0)
    again = Ledger.open(ledger.store.where)
    assert (again.origin, len(again), list(again.entries())) == (ORIGIN, 0, [])
    assert verify(again).ok


def test_entries_come_back_in_order_whole_or_in_part(make: Make) -> None:
    ledger = make(25)
    every = list(ledger.entries())
    assert [r.number for r in every] == list(range(25))
    assert [r.entry.subjects for r in every] == [event(n).subjects for n in range(25)]
    assert list(ledger.entries(7, 11)) == every[7:11]
    assert ledger.entry(24) == every[24]
    for absent in (25, -1):
        with pytest.raises(LedgerError, match="no entry"):
            ledger.entry(absent)


def test_one_event_that_cannot_be_recorded_keeps_the_others_out_too(make: Make) -> None:
    ledger = make(3)
    with pytest.raises(LedgerError):
        ledger.record(event(3), Event("test", "Some Name"))
    assert len(ledger) == 3


def test_an_error_while_appending_leaves_nothing(make: Make) -> None:
    ledger = make(3)

    def fail() -> None:
        with ledger.store.appending() as add:
            add([b"half"], [bytes(32)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(ledger) == 3
    assert verify(ledger).ok


def test_two_processes_that_append_at_once_lose_nothing_and_keep_their_order(make: Make) -> None:
    ledger, batches = make(0), 15
    where = Path(ledger.store.where)
    runs = {who: writer(where, who, batches) for who in ("left", "right")}
    for run in runs.values():
        go(run)
    confirmed = {who: [int(n) for n in run.communicate(timeout=120)[0].split()] for who, run in runs.items()}
    assert all(run.returncode == 0 for run in runs.values())
    assert len(ledger) == 2 * batches * 3
    for who, numbers in confirmed.items():
        for at, number in enumerate(numbers):
            batch = [r.entry.subjects for r in ledger.entries(number, number + 3)]
            assert batch == [(f"{who}:{at}", f"half:{n}") for n in (0, 1, 2)]
        assert numbers == sorted(numbers)
    assert verify(ledger).ok


def test_readers_do_not_wait_for_an_append_and_see_none_of_it_before_it_ends(make: Make) -> None:
    ledger = make(3)
    with ledger.store.appending() as add, ThreadPoolExecutor(1) as pool:
        line = next(ledger.store.entries())
        add([line], [bytes(32)])
        assert pool.submit(lambda: len(list(Ledger.open(ledger.store.where).entries()))).result(timeout=10) == 3
    assert len(ledger) == 4
    if Path(ledger.store.where).is_file():
        with contextlib.closing(sqlite3.connect(ledger.store.where)) as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_threads_that_append_at_once_lose_nothing(make: Make) -> None:
    ledger = make(0)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: ledger.record(event(n), event(n)), range(12)))
    assert len(ledger) == 24
    assert all(ledger.entry(r.number).entry == r.entry for some in done for r in some)
    assert verify(ledger).ok


def test_kill_9_in_the_middle_of_appending_keeps_what_was_confirmed_and_no_half_batch(make: Make) -> None:
    ledger = make(0)
    where, confirmed = Path(ledger.store.where), 0
    for round_ in range(3):
        run = writer(where, f"round{round_}", 100_000)
        go(run)
        time.sleep(0.15 + 0.07 * round_)
        os.kill(run.pid, signal.SIGKILL)
        numbers = [int(n) for n in run.communicate(timeout=60)[0].split("\n")[:-1]]
        assert run.returncode == -signal.SIGKILL
        assert numbers, "it was killed before it appended at all: the test showed nothing"
        confirmed += 3 * len(numbers)
        size = len(ledger)
        assert size % 3 == 0
        # At most the batch in flight when it was killed is there without having been confirmed to the reader.
        assert numbers[-1] + 3 <= size <= numbers[-1] + 6
        assert verify(where).ok
        ledger.record(event(0), event(1), event(2))  # and the ledger goes on
    assert len(ledger) >= confirmed
    assert verify(where).ok


@pytest.mark.parametrize("torn", [b"", b'{"actor":"sys', b'{"a":1}\n{"b":2}\n{"c', b'{"a":1}\n' * 100])
def test_what_a_crash_left_behind_the_head_of_a_folder_does_not_count(tmp_path: Path, torn: bytes) -> None:
    ledger = Ledger.create(tmp_path / "ledger", ORIGIN)
    ledger.record(*[Event("test", ACTOR, (f"thing:{n}",)) for n in range(5)])
    before = ledger.root()
    for name, data in (("entries.jsonl", torn), ("hashes.bin", torn)):
        with (tmp_path / "ledger" / name).open("ab") as file:
            file.write(data)
    (tmp_path / "ledger" / "head.json.new").write_text('{"half')
    again = Ledger.open(tmp_path / "ledger")
    assert (len(again), again.root()) == (5, before)
    assert verify(again).ok
    again.record(Event("test", ACTOR))
    assert len(again) == 6
    assert verify(again).ok
    assert (tmp_path / "ledger" / "entries.jsonl").read_bytes().count(b"\n") == 6


def test_a_folder_shorter_than_its_head_is_not_appended_to(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger", ORIGIN)
    ledger.record(*[Event("test", ACTOR, (f"thing:{n}",)) for n in range(5)])
    os.truncate(tmp_path / "ledger" / "entries.jsonl", 100)
    with pytest.raises(ChangedError, match="shorter"):
        ledger.record(Event("test", ACTOR))


def test_the_triggers_of_sqlite_refuse_a_mistake(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger.db", ORIGIN)
    ledger.record(Event("test", ACTOR))
    with sqlite3.connect(tmp_path / "ledger.db") as db:
        for statement in ("DELETE FROM entries", "UPDATE entries SET line = x'00'", "DELETE FROM hashes"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                db.execute(statement)


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_ledger_that_may_only_be_read_is_verified(make: Make) -> None:
    ledger = make(9)
    checkpoint = ledger.checkpoint(SIGNER)
    source = Path(ledger.store.where)
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder is closed to others than its user
        copy = Path(name) / source.name
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copy(source, copy)
        every = [copy, *copy.rglob("*"), Path(name)]
        for path in every:
            path.chmod(0o555 if path.is_dir() else 0o444)
        child = os.fork()
        if child == 0:  # as nobody, since permissions do not bind root
            code = 1
            with contextlib.suppress(BaseException):
                if os.geteuid() == 0:
                    os.setuid(65534)
                assert not os.access(name, os.W_OK)
                result = verify(copy, checkpoint, SIGNER.key)
                code = 0 if result.ok and result.size == 9 and len(result.held) == 1 else 2
            os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        for path in reversed(every):
            path.chmod(0o700)


def test_nothing_is_made_where_something_is(make: Make) -> None:
    ledger = make(1)
    with pytest.raises(LedgerError, match="there already"):
        create_store(ledger.store.where, ORIGIN)


@pytest.mark.parametrize("origin", ["", "two words", "plus+sign", "line\nbreak"])
def test_a_ledger_needs_a_name_that_a_checkpoint_can_bear(kind: str, tmp_path: Path, origin: str) -> None:
    with pytest.raises(LedgerError, match="cannot name"):
        create_store(tmp_path / NAMES[kind], origin)


def test_what_is_not_a_ledger_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.db").write_text("not a database, but long enough to be read as one" * 10)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "head.json").write_text(
        json.dumps({"format": "other", "origin": "a", "size": 0, "length": 0})
    )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "head.json").write_text('{"form')
    sqlite3.connect(tmp_path / "plain.db").execute("CREATE TABLE t (a)").connection.close()
    for name in ("absent", "empty", "text.db", "other", "broken", "plain.db"):
        with pytest.raises(LedgerError):
            open_store(tmp_path / name)
