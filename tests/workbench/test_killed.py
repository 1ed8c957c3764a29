"""kill -9 of the server, the loader and the database, at moments drawn at random, while people act.

What was confirmed to somebody is there afterwards, and nothing is half there: ledgers verify, their contents are whole,
the charter reads, and no job is in the table that the ledger does not know.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from processes import BESIDE, Browser, children, cluster, gunicorn, kill, needs_postgresql
from workbench_office import ENTRY, HERE, PURPOSE, QUESTION, Office, make_office

sys.path.append(str(HERE.parent / "records"))
from extract_files import DECLARATIONS, small
from world import WHO, person

from arusha.assessment.folder import digest
from arusha.ledger import FolderContents, Ledger, verify
from arusha.records.load import load
from arusha.records.workspace import Workspace
from arusha.workbench import alerts
from arusha.workbench.record import Record

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not Path("/proc").is_dir(), reason="kills processes, which it finds in /proc"
)
SECOND = person(77)
SEED = 20_261_124
Confirmed = list[tuple[str, str]]
"""What somebody was told is done: kind, and the mark by which it can be found."""


@pytest.fixture
def acting(tmp_path: Path) -> Office:
    """An invented office with a live question, an alert, two investigators and an extract."""
    office = make_office(tmp_path, demo=True)
    charter = office.make_charter()
    for granter in ("integrity-lead", "internal-auditor"):
        charter.grant(WHO[granter], SECOND, "investigator")
    office.to_live()
    signal_id = office.signals()[0]["signal_id"]
    alerts.raise_alerts(Record(office.home), WHO["analyst"], QUESTION, "assessment", [signal_id])
    small(tmp_path / "extracts" / "quarter")
    return office


def variables(office: Office) -> dict[str, str]:
    secret = office.workspace.parent / "secret"
    secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    return {
        "ARUSHA_WORKSPACE": str(office.workspace),
        "ARUSHA_HOME": str(office.home),
        "ARUSHA_EXTRACTS": str(office.workspace.parent / "extracts"),
        "ARUSHA_SECRET_FILE": str(secret),
        "ARUSHA_ENTRY": ENTRY,
    }


def tables(**given: str) -> None:
    """Make the tables."""
    command = [sys.executable, "-m", "django", "migrate", "-v", "0"]
    subprocess.run(command, check=True, env=BESIDE | given | {"DJANGO_SETTINGS_MODULE": "arusha.workbench.settings"})


class Actor:
    """Somebody who acts without a pause; what is confirmed to them is kept."""

    def __init__(self, base: str, who: str) -> None:
        self.browser = Browser(base)
        self.confirmed: Confirmed = []
        self.browser.get(f"/enter/{ENTRY}")
        self.browser.post("/act-as", person=who)
        self._word = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.browser.get("/")).group(1)  # type: ignore[union-attr]

    def act(self, at: str, kind: str, mark: str, **form: str) -> str:
        led = self.browser.send(at, self._word, **form)
        self.confirmed.append((kind, mark))
        return led


def purposes(actor: Actor, at: str, n: Iterator[int]) -> None:
    mark = f"purpose {next(n)}"
    actor.act(at + "/open", "look.opened", mark, **PURPOSE | {"reference": mark})


def asks(actor: Actor, at: str, n: Iterator[int]) -> None:
    mark = f"question {next(n)}"
    actor.act(f"/charter/{QUESTION}/ask", "charter.ask", mark, text=mark, due="2027-01-31")


def proposals(actor: Actor, at: str, n: Iterator[int]) -> None:
    mark = f"proposed {next(n)}"
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), mark)
    _tried(lambda: actor.act(at + "/decide", "alert.proposed", mark, exit="proposed", **words))


def readings(actor: Actor, at: str, n: Iterator[int]) -> None:
    mark = f"read {next(n)}"
    form = {"reading": "not-concurred", "reason": mark}
    _tried(lambda: actor.act(at + "/second-read", "alert.not-concurred", mark, **form))


def jobs(actor: Actor, at: str, n: Iterator[int]) -> None:
    asked = {"where": "server", "extract": "quarter", "mapping": "canonical"}
    led = actor.browser.send("/records/inspect", actor._word, **asked)
    actor.confirmed.append(("job.asked", led.rpartition("/")[2]))
    key = led.rpartition("/")[2]
    actor.act(f"/jobs/{key}/stop", "job.stop-asked", key)


def _tried(do: Callable[[], object]) -> None:
    """Do it; that the alert is not in the state for it, and refused, is no fault."""
    import urllib.error

    try:
        do()
    except urllib.error.HTTPError as answer:
        if answer.code != 400:
            raise


def until_killed(
    actor: Actor,
    act: Callable[[Actor, str, Iterator[int]], None],
    at: str,
    n: Iterator[int],
    struck: threading.Event,
) -> None:
    """Act until no answer comes, or the strike fell between two requests and a new server answers already."""
    import http.client

    while not struck.is_set():
        try:
            act(actor, at, n)
        except (OSError, http.client.HTTPException):
            return


def check(office: Office, confirmed: Confirmed, rows: list[tuple[str, str]]) -> None:
    """Nothing confirmed is lost, and nothing is half there."""
    found: set[tuple[str, str]] = set()
    asked, ended = set(), {}
    for folder in (office.workspace / "charter", office.home):
        ledger = Ledger.open(folder / "ledger", FolderContents(folder / "contents"))
        assert verify(ledger).ok
        assert ledger.check_contents().ok
        for recorded in ledger.entries():
            kind = recorded.entry.kind
            subjects = dict(s.split(":", 1) for s in recorded.entry.subjects if ":" in s)
            if kind.startswith("job."):
                found.add((kind, subjects["job"]))
                asked |= {subjects["job"]} if kind == "job.asked" else set()
                ended |= {subjects["job"]: subjects["ended"]} if kind == "job.ended" else {}
            for part in ledger.content(recorded.number).values():
                found.add((kind, str(part.value)))  # type: ignore[union-attr]
    assert set(confirmed) <= found, "what was confirmed is there"
    office.charter().state()
    alerts.alerts(Record(office.home))
    for key, state in rows:
        assert key in asked, "no job that the ledger does not know"
        if state in ("stopped", "done", "failed", "interrupted"):
            assert ended[key] == state
    assert {mark for kind, mark in confirmed if kind == "job.asked"} <= {key for key, _ in rows}


def act_and_kill(office: Office, base: str, rounds: int, strike: Callable[[random.Random], None]) -> Confirmed:
    """Let five people act and strike at a random moment, again and again; what was confirmed to them."""
    draw = random.Random(SEED)
    at = f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"
    who = [
        (WHO["analyst"], purposes),
        (WHO["union-reviewer"], asks),
        (WHO["investigator"], proposals),
        (SECOND, readings),
        (WHO["data-steward"], jobs),
    ]
    actors = [(Actor(base, person), act) for person, act in who]
    for actor, act in actors:
        if act in (proposals, readings):
            actor.act(at + "/open", "look.opened", "request 2026/7", **PURPOSE)
    counting = iter(range(10**9))
    for _ in range(rounds):
        struck = threading.Event()
        threads = [threading.Thread(target=until_killed, args=(a, act, at, counting, struck)) for a, act in actors]
        for thread in threads:
            thread.start()
        time.sleep(draw.uniform(0.1, 0.8))
        strike(draw)
        struck.set()
        for thread in threads:
            thread.join(120)  # a busy machine may leave a request long without an answer
            assert not thread.is_alive()
        _wait(actors[0][0].browser)
    return [one for actor, _ in actors for one in actor.confirmed]


def _wait(browser: Browser) -> None:
    ends = time.monotonic() + 30
    while True:
        try:
            browser.get("/")
            return
        except OSError:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_the_server_killed_at_any_moment_loses_nothing_that_was_confirmed(acting: Office) -> None:
    given = variables(acting)
    tables(**given)
    with gunicorn(**given) as (server, browser):

        def strike(draw: random.Random) -> None:
            for pid in children(server.pid):
                os.kill(pid, signal.SIGKILL)

        confirmed = act_and_kill(acting, browser.base, 16, strike)
    kinds = {kind for kind, _ in confirmed}
    assert {"look.opened", "charter.ask", "alert.proposed", "alert.not-concurred", "job.asked"} <= kinds
    with sqlite3.connect(acting.home / "accounts.sqlite3") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = db.execute("SELECT key, state FROM workbench_job").fetchall()
    check(acting, confirmed, rows)


@needs_postgresql
def test_the_database_killed_at_any_moment_loses_nothing_that_was_confirmed(acting: Office) -> None:
    import psycopg

    with cluster() as database:
        given = variables(acting) | database.variables
        tables(**given)
        with gunicorn(**given) as (_, browser):

            def strike(draw: random.Random) -> None:
                database.kill()
                time.sleep(0.2)
                database.start()

            confirmed = act_and_kill(acting, browser.base, 5, strike)
        with psycopg.connect(f"host={database.folder} user={database.user} dbname=arusha") as db:
            rows = db.execute("SELECT key, state FROM workbench_job").fetchall()
        check(acting, confirmed, rows)


LOADER = """
import sys
from arusha.records.load import load
sources, out, key = sys.argv[1:3], sys.argv[3], sys.argv[4]
print("ready", flush=True)
while True:
    for source in sources:
        load(source, out=out, key_file=key)
        print(source, flush=True)
"""


def test_a_load_killed_at_any_moment_leaves_the_records_of_one_load_whole(tmp_path: Path) -> None:
    one, other = small(tmp_path / "one"), tmp_path / "other"
    more = [f"D{n},EX01,2024-03-02T03:00:00Z,B2,red,red,O1,7.5" for n in range(10, 2_000)]
    small(other, declarations=DECLARATIONS + "\n".join(more) + "\n")
    out, key = tmp_path / "place" / "w.arusha", tmp_path / "w.key"
    load(one, out=out, key_file=key)
    (out / "charter").mkdir()
    (out / "charter" / "agreed").write_text("kept")
    draw = random.Random(SEED)
    counts = {_files(Workspace.open(out)): 3}
    for turn in range(60):
        if turn >= 10 and len(counts) == 2:
            break
        command = [sys.executable, "-c", LOADER, str(one), str(other), str(out), str(key)]
        loader = subprocess.Popen(command, stdout=subprocess.PIPE, env=BESIDE, start_new_session=True)
        assert loader.stdout is not None
        assert loader.stdout.readline() == b"ready\n"
        time.sleep(draw.uniform(0.2, 1.8) * (1 + turn / 10))  # longer and longer, for slow machines
        kill(loader)
        loader.stdout.close()
        found = Workspace.open(out)
        assert digest(out / "records.duckdb") == found.manifest["database"]["sha256"]
        with found.connect() as db:
            (rows,) = db.execute("SELECT count(*) FROM declarations").fetchone()  # type: ignore[misc]
        assert counts.setdefault(_files(found), rows) == rows, "the records are those of the manifest"
        assert (out / "charter" / "agreed").read_text() == "kept"
        assert [p.name for p in out.parent.iterdir()] == ["w.arusha"], "nothing half written is left"
    assert len(counts) == 2, "loads came to their end between the kills"


def _files(workspace: Workspace) -> str:
    return str(sorted(s["sha256"] for s in workspace.manifest["sources"]))
