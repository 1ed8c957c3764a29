"""`arusha serve` with its worker as real processes: stopped, killed and started again while a job runs."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes as POSIX does")

ROWS = 250_000


@dataclass
class Site:
    """A site that is served by a process of its own, as somebody with the entry word sees it."""

    process: subprocess.Popen[str]
    base: str
    browser: urllib.request.OpenerDirector

    def get(self, at: str) -> str:
        with self.browser.open(self.base + at) as answer:
            return str(answer.read().decode())

    def post(self, at: str, **form: str) -> str:
        """Send a form as a page of ours does; the address that it leads to."""
        word = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/"))
        assert word
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": word.group(1), **form}).encode()
        with self.browser.open(self.base + at, data) as answer:
            return str(answer.url).removeprefix(self.base)

    def until(self, at: str, *said: str, seconds: float = 60.0) -> str:
        """The page once it says one of these."""
        ends = time.monotonic() + seconds
        while True:
            html = self.get(at)
            if any(word in html for word in said):
                return html
            assert time.monotonic() < ends, html
            time.sleep(0.2)


@contextmanager
def serving(workspace: Path, *more: str) -> Iterator[Site]:
    command = [sys.executable, "-m", "arusha.cli", "serve", str(workspace), "--no-browser", "--port", "0", *more]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ARUSHA_")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=inherited)
    try:
        assert process.stdout is not None
        found = re.search(r"(http://127\.0\.0\.1:\d+)(/enter/\S+)", process.stdout.readline())
        assert found
        site = Site(process, found.group(1), urllib.request.build_opener(urllib.request.HTTPCookieProcessor()))
        site.get(found.group(2))
        yield site
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A name for a workspace, beside an extract whose load takes some seconds."""
    extract = tmp_path / "extract"
    extract.mkdir()
    with (extract / "declarations.csv").open("w") as out:
        out.write(
            "declaration_id,office,registered_at,declarant_id,lane_assigned,lane_final,officer_id,declared_value\n"
        )
        for n in range(ROWS):
            out.write(f"D{n},EX0{n % 7},2024-01-{n % 28 + 1:02d}T03:00:00Z,B{n % 900},red,red,O{n % 40},{n % 997}.5\n")
    (extract / "offices.csv").write_text("office,name,zone,kind\nEX01,Port of Exam,Asia/Seoul,port\n")
    return tmp_path / "new.arusha"


def workers(workspace: Path) -> list[int]:
    """Processes of the worker and its errand that serve the workspace: found by their environment, nobody else's."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if (
            b"arusha.workbench.worker_process" in command
            and f"ARUSHA_WORKSPACE={workspace}\0".encode() in environment + b"\0"
        ):
            found.append(int(folder.name))
    return found


def looked(site: Site) -> str:
    """Look at the extract; the address of the job when it is done."""
    at = site.post("/records/inspect", where="server", extract="extract", mapping="canonical")
    site.until(at, 'standing" role="status">done')
    return at


RUNS, DONE = 'role="status">runs', 'role="status">done'


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_job_outlives_the_server_and_is_interrupted_with_its_worker(workspace: Path) -> None:
    with serving(workspace, "--new") as site:
        at = looked(site)
        job = site.post(at + "/load")
        site.until(job, RUNS)
        site.process.kill()
        site.process.wait()
    with serving(workspace) as site:
        assert any(said in site.get(job) for said in (RUNS, DONE)), "the job runs on"
        site.until(job, DONE)
        assert "Records are loaded" in site.get("/records")
        before = (workspace / "manifest.json").read_bytes()

        job = site.post(at + "/load")
        site.until(job, RUNS)
        found = workers(workspace)  # that of the server that was killed may still be at its end
        assert found
        for worker in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        html = site.until(job, "interrupted")
        assert "start it again" in html
        assert (workspace / "manifest.json").read_bytes() == before
        left = [p.name for p in workspace.parent.iterdir() if p.name not in ("extract", "new.arusha", "new.key")]
        assert left == [], "nothing half written"

        again = site.post(job + "/again")
        site.until(again, DONE)
        job = site.post(at + "/load")
        site.until(job, RUNS)
        site.post(job + "/stop")
        assert "Nothing half done was kept" in site.until(job, "Nothing half done was kept")
        assert site.process.poll() is None
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(20) == 0
    ends = time.monotonic() + 20
    while workers(workspace) and time.monotonic() < ends:
        time.sleep(0.1)
    assert workers(workspace) == [], "a worker without a site leaves once nothing waits"
