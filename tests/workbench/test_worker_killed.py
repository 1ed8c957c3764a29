"""kill -9 of the worker, of its errand and of a writer of the ledger, at moments drawn at random, again and again.

After each round nothing is half there: records are those of their manifest, an assessment is whole or absent, the
ledger verifies with its contents, and each job ended as the ledger says, or was interrupted and can be asked again.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from processes import BESIDE, Browser, children, gunicorn, kill
from workbench_office import ENTRY, HERE, Office

sys.path.append(str(HERE.parent / "records"))
from extract_files import small

from arusha.assessment.folder import digest
from arusha.assessment.report_read import read_folder
from arusha.ledger import FolderContents, Ledger, verify
from arusha.records.workspace import Workspace
from arusha.workbench import jobs
from arusha.workbench.worker import Worker

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not Path("/proc").is_dir(), reason="kills processes, which it finds in /proc"
)
SEED = 20_261_130
OVER = ("done", "failed", "stopped", "interrupted")


class Site:
    """A workspace of one person, the site over it, and its worker."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "place" / "new.arusha"
        self.home = self.workspace / "workbench"
        self.home.mkdir(parents=True)
        small(folder / "extracts" / "quarter")
        secret = folder / "secret"
        secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
        self.given = {
            "ARUSHA_WORKSPACE": str(self.workspace),
            "ARUSHA_HOME": str(self.home),
            "ARUSHA_EXTRACTS": str(folder / "extracts"),
            "ARUSHA_SECRET_FILE": str(secret),
            "ARUSHA_ENTRY": ENTRY,
        }
        self.django = BESIDE | self.given | {"DJANGO_SETTINGS_MODULE": "arusha.workbench.settings"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], check=True, env=self.django)

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "arusha.workbench.worker_process"]
        return subprocess.Popen(command, env=self.django, stdin=subprocess.DEVNULL, start_new_session=True)

    def jobs(self) -> dict[str, tuple[str, str]]:
        """Key -> kind and state."""
        with sqlite3.connect(self.home / "accounts.sqlite3", timeout=20) as db:
            return {key: (kind, state) for key, kind, state in db.execute("SELECT key, kind, state FROM workbench_job")}

    def until_over(self, key: str, seconds: float = 180.0) -> str:
        ends = time.monotonic() + seconds
        while (state := self.jobs()[key][1]) not in OVER:
            assert time.monotonic() < ends, state
            time.sleep(0.1)
        return state

    def check(self) -> None:
        """Nothing is half there."""
        ledger = Ledger.open(self.home / "ledger", FolderContents(self.home / "contents"))
        assert verify(ledger).ok
        assert ledger.check_contents().ok
        ended: dict[str, str] = {}
        asked: dict[str, str] = {}
        for recorded in ledger.entries():
            told = dict(s.split(":", 1) for s in recorded.entry.subjects if ":" in s)
            if recorded.entry.kind == "job.asked":
                asked[told["job"]] = told.get("assessment", "")
            if recorded.entry.kind == "job.ended":
                assert told["job"] not in ended, "a job ends once"
                ended[told["job"]] = told["ended"]
        jobs = self.jobs()
        assert set(jobs) == set(asked)
        for key, (kind, state) in jobs.items():
            assert ended[key] == state
            folder = self.workspace.parent / asked[key]
            if kind == "assess":
                assert folder.exists() == (state == "done")
            if kind == "assess" and state == "done":
                read_folder(folder)
        if (self.workspace / "manifest.json").is_file():
            found = Workspace.open(self.workspace)
            assert digest(self.workspace / "records.duckdb") == found.manifest["database"]["sha256"]
        else:
            assert "done" not in {state for kind, state in jobs.values() if kind == "load"}
        left = [p.name for p in self.workspace.parent.iterdir() if p.name.startswith(".")]
        assert left == [], "nothing half written is left"


def ask(browser: Browser, site: Site, draw: random.Random, turn: int) -> str:
    """Ask for a look, a load or an assessment, whichever can be; the job's key."""
    jobs = site.jobs()
    looks = [key for key, (kind, state) in jobs.items() if (kind, state) == ("inspect", "done")]
    loaded = ("load", "done") in jobs.values()
    can = ["inspect", *(["load"] if looks else []), *(["assess", "assess"] if loaded else [])]
    match draw.choice(can[-2:] if turn % 2 else can):
        case "load":
            led = browser.post(f"/jobs/{looks[-1]}/load")
        case "assess":
            led = browser.post("/plan/assess", question="lane-rates", name=f"turn-{turn}", language="en")
        case _:
            led = browser.post("/records/inspect", where="server", extract="quarter", mapping="canonical")
    assert re.fullmatch(r"/jobs/[0-9a-f]+", led), led
    return led.rpartition("/")[2]


def strike(worker: subprocess.Popen[bytes], draw: random.Random) -> bool:
    """Kill the worker, its errand, or both; whether the worker is gone."""
    victim = draw.choice(("worker", "errand", "both"))
    if victim in ("errand", "both"):
        for pid in children(worker.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    if victim in ("worker", "both"):
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        return True
    return False


@pytest.mark.parametrize("rounds", [3, pytest.param(24, marks=pytest.mark.slow)])
def test_the_worker_killed_at_any_moment_leaves_nothing_half_done(rounds: int, tmp_path: Path) -> None:
    site, draw = Site(tmp_path), random.Random(SEED + rounds)
    worker = site.worker()
    try:
        with gunicorn(**site.given) as (_, browser):
            browser.get(f"/enter/{ENTRY}")
            # Something to load and to assess from the first round on.
            asked = {"where": "server", "extract": "quarter", "mapping": "canonical"}
            looked = browser.post("/records/inspect", **asked).rpartition("/")[2]
            assert site.until_over(looked) == "done"
            began = time.monotonic()
            assert site.until_over(browser.post(f"/jobs/{looked}/load").rpartition("/")[2]) == "done"
            took = time.monotonic() - began
            ends: list[str] = []
            for turn in range(rounds):
                began = time.monotonic()
                key = ask(browser, site, draw, turn)
                time.sleep(draw.uniform(0.0, 1.3 * took))
                if strike(worker, draw):
                    worker = site.worker()
                ends.append(site.until_over(key))
                if ends[-1] == "done":
                    took = max(0.3, time.monotonic() - began)
                site.check()
            # What was interrupted can be asked again, and comes to its end.
            key = ask(browser, site, draw, rounds)
            assert site.until_over(key) == "done"
            site.check()
        assert set(ends) <= {"done", "interrupted"}
        if rounds > 10:
            assert ends.count("interrupted") >= 3, "some were struck while they ran"
    finally:
        kill(worker)


def test_an_errand_that_dies_before_it_reads_what_to_do_does_not_take_the_worker_along(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.home.mkdir(exist_ok=True)
    given = {"workspace": str(office.workspace), "filling": "more than a pipe holds " * 10_000}
    job = jobs.ask(office.home, "P-1234-5678-9ABC", jobs.EXPLAIN, given)
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    claimed = jobs.claim(office.home)
    assert claimed is not None
    Worker(office.home).run(claimed)
    job.refresh_from_db()
    assert (job.state, job.told["kind"]) == ("interrupted", "killed")


WRITER = """
import sys
from arusha.ledger import Event, FolderContents, Ledger
ledger = Ledger.open(sys.argv[1], FolderContents(sys.argv[2]))
print("ready", flush=True)
while True:
    (one,) = ledger.record(Event("look.opened", "P-7Q3K-M2XA-9TBC", ("signal:00",), {"reason": f"entry {len(ledger)}"}))
    print(one.number, flush=True)
"""


@pytest.mark.parametrize("rounds", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_a_ledger_whose_writer_is_killed_at_any_moment_keeps_what_it_confirmed(rounds: int, tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger", "customs.example/test", FolderContents(tmp_path / "contents"))
    draw = random.Random(SEED)
    for _ in range(rounds):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "ledger"), str(tmp_path / "contents")]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, env=BESIDE, text=True, start_new_session=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.0, 0.4))
        kill(writer)
        confirmed = [int(line) for line in writer.stdout.read().split("\n") if line.isdigit()]
        writer.stdout.close()
        size = len(ledger)
        assert all(number < size for number in confirmed)
        assert verify(ledger).ok
        assert ledger.check_contents().ok
        for number in confirmed[-1:]:
            part = ledger.content(number)["reason"]
            assert part is not None
            assert part.value == f"entry {number}"
    assert len(ledger) > 0
