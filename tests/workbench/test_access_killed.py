"""kill -9 in the room of access: of a count in the middle, of its worker, and of the server at each write of each act.

On SQLite and on PostgreSQL. Nothing is half written, the page says what became of a count, and it can be asked again.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from processes import BESIDE, children, cluster, gunicorn, kill, needs_postgresql
from pyarrow.csv import write_csv
from workbench_office import ENTRY, HERE

sys.path.append(str(HERE.parent / "access"))
from small_log import COLUMNS, OFFICES, as_tables
from test_explaining import good, made, quiet

from arusha.access.explaining import count
from arusha.engine import session_from_tables
from arusha.ledger import FolderContents, Ledger, verify
from arusha.records.load import load

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not Path("/proc").is_dir(), reason="kills processes, which it finds in /proc"
)
PURPOSE = {"reason": "learning", "reference": "minutes 2026/7"}


SQLITE_SLOW = pytest.param("sqlite", marks=pytest.mark.slow)
POSTGRESQL = pytest.param("postgresql", marks=needs_postgresql)


@pytest.fixture
def tables(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Where accounts and jobs lie."""
    if request.param == "sqlite":
        yield {}
        return
    with cluster() as database:
        yield database.variables


def loaded(folder: Path) -> Path:
    """A workspace of one person with a log that is good enough."""
    rows = good()
    (folder / "extract").mkdir()
    for name, columns in COLUMNS.items():
        write_csv(as_tables(rows)[name].select(list(columns)), folder / "extract" / f"{name}.csv")
    offices = "".join(f"{o},{o},UTC,port\n" for o in OFFICES)
    (folder / "extract" / "offices.csv").write_text(f"office,name,zone,kind\n{offices}", "utf-8")
    return load(folder / "extract", "canonical", folder / "w.arusha", pseudonyms="off").path


def worker(variables: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "arusha.workbench.worker_process"]
    return subprocess.Popen(command, env=variables, stdin=subprocess.DEVNULL, start_new_session=True)


def errand_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes of what a worker does now, once there is one."""
    ends = time.monotonic() + 60
    while not (found := children(process.pid)):
        assert time.monotonic() < ends
        time.sleep(0.02)
    return found


@pytest.mark.parametrize("tables", [POSTGRESQL, SQLITE_SLOW], indirect=True)
def test_a_count_that_is_killed_is_told_and_can_be_asked_again(tables: dict[str, str], tmp_path: Path) -> None:
    workspace = loaded(tmp_path)
    home = workspace / "workbench"
    home.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("abcdefghijklmnopqrstuvwxyz0123456789" * 2)
    given = tables | {
        "ARUSHA_WORKSPACE": str(workspace),
        "ARUSHA_HOME": str(home),
        "ARUSHA_SECRET_FILE": str(secret),
        "ARUSHA_ENTRY": ENTRY,
    }
    django = BESIDE | given | {"DJANGO_SETTINGS_MODULE": "arusha.workbench.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], check=True, env=django)
    works = worker(django)
    try:
        with gunicorn(**given) as (_, browser):
            browser.get(f"/enter/{ENTRY}")
            assert browser.post("/access/new/assigned/propose", days="30", what="looks") == "/access/reasons/1"
            for pid in errand_of(works):
                os.kill(pid, signal.SIGKILL)
            shown = browser.until("/access/reasons/1", "interrupted", "were drawn")
            assert "The last count was interrupted. Nothing half done was kept" in shown
            assert "Ask for it again below." in shown
            assert 'action="/access/count"' in shown

            browser.post("/access/count", reason="1")
            errand_of(works)
            os.kill(works.pid, signal.SIGKILL)
            works.wait()
            shown = browser.until("/access", "interrupted", "nearest five")
            assert "The last count was interrupted." in shown, "the page found that its worker is gone"

            waits = browser.post("/access/count", reason="1")
            shown = browser.get("/access")
            assert "A count waits or runs." in shown
            assert "The worker is not there" in shown
            assert f'href="{waits}"' in shown
            browser.post(f"{waits}/stop")
            assert "The last count was stopped. Nothing half done was kept" in browser.get("/access")

            works = worker(django)
            browser.post("/access/count", reason="1")
            assert "20 entries" in text(browser.until("/access/reasons/1", "were drawn", "interrupted"))
            browser.post("/access/reasons/1/sample/open", **PURPOSE)
            browser.post("/access/reasons/1/check", holds="20", fails="0", unclear="0")
            browser.post("/access/reasons/1/approve", digest=made("assigned", "looks", days="30").digest)
            assert "in force" in text(browser.get("/access/reasons/1"))
    finally:
        kill(works)
    ledger = Ledger.open(home / "ledger", FolderContents(home / "contents"))
    assert verify(ledger).ok
    assert ledger.check_contents().ok
    ended = [s for r in ledger.entries() if r.entry.kind == "job.ended" for s in r.entry.subjects if "ended:" in s]
    assert ended == ["ended:interrupted", "ended:interrupted", "ended:stopped", "ended:done"]
    with suppress(FileNotFoundError):
        assert list((home / "scratch").iterdir()) == [], "nothing half written is left"


def text(html: str) -> str:
    return re.sub("[\u2066-\u2069]", "", re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("tables", "every"),
    [
        ("sqlite", 60),
        pytest.param("sqlite", 1, marks=pytest.mark.slow),
        pytest.param("postgresql", 1, marks=[pytest.mark.slow, needs_postgresql]),
    ],
    indirect=["tables"],
)
def test_the_server_killed_at_the_writes_of_each_act_leaves_nothing_half_done(
    every: int, tables: dict[str, str], tmp_path: Path
) -> None:
    with session_from_tables(as_tables(good())) as session:
        told = count(session, {}, made("assigned", "looks", days="30"), quiet).as_dict()
    (tmp_path / "answer.json").write_text(json.dumps(told), "utf-8")
    command = [sys.executable, str(HERE / "access_struck.py"), str(tmp_path), str(tmp_path / "answer.json"), str(every)]
    done = subprocess.run(command, capture_output=True, text=True, env=BESIDE | tables, check=False)
    assert done.returncode == 0, done.stderr
    times = json.loads(done.stdout)
    assert len(times) == 13
    assert all(n >= 1 for n in times.values()), times
