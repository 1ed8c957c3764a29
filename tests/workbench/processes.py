"""Real processes for tests: a site behind gunicorn, its worker, a PostgreSQL cluster of one's own, and a browser."""

from __future__ import annotations

import base64
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

BESIDE = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_", "PG"))}
"""The environment without what says which site is served."""


def arusha(*words: object, code: int = 0, **variables: str) -> str:
    """Run a command; what it printed."""
    command = [sys.executable, "-m", "arusha.cli", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=BESIDE | variables, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@dataclass
class Browser:
    """Somebody at a site, with cookies; gives the words of forms along, and follows where they lead."""

    base: str
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    )

    def get(self, at: str) -> str:
        with self.opener.open(self.base + at, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, at: str, **form: str) -> str:
        """Send a form as a page of ours does; the address that it leads to. Raises where it is not confirmed."""
        word = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/"))
        assert word
        return self.send(at, word.group(1), **form)

    def send(self, at: str, word: str, **form: str) -> str:
        """Send a form with a word that a page gave before."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": word, **form}).encode()
        with self.opener.open(self.base + at, data, timeout=30) as answer:
            answer.read()
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

    def sign_in(self, name: str, first: str) -> None:
        """Sign in for the first time: with the password that was handed over, a second factor and a new password."""
        from django_otp.oath import TOTP

        self.post("/sign-in/password", name=name, password=first)
        html = self.get("/sign-in/second-factor")
        secret = re.search(r"\b[A-Z2-7]{16,}={0,6}", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
        assert secret
        key = secret.group(0)
        code = TOTP(base64.b32decode(key + "=" * (-len(key) % 8)))
        code.time = time.time()
        assert self.post("/sign-in/code", code=f"{code.token():06d}", new="a password of my own") == "/"


@contextmanager
def gunicorn(workers: int = 1, **variables: str) -> Iterator[tuple[subprocess.Popen[bytes], Browser]]:
    """The site for several people, behind gunicorn on a free port; killed at the end.

    The program is read before its worker is forked, so that one that was killed is followed by another at once.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
        "--threads",
        "4",
    ]
    command += ["--preload", "--log-level", "critical", "arusha.workbench.wsgi"]
    process = subprocess.Popen(command, env=BESIDE | variables, start_new_session=True)
    try:
        browser = Browser(f"http://127.0.0.1:{port}")
        ends = time.monotonic() + 60
        while True:
            try:
                browser.get("/")
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None
                assert time.monotonic() < ends
                time.sleep(0.1)
        yield process, browser
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Kill a process and all that it started, none of which can do anything about it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    with suppress(FileNotFoundError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def binaries() -> Path | None:
    """Where the programs of PostgreSQL are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    one = shutil.which("postgres")
    return Path(one).resolve().parent if one else None


needs_postgresql = pytest.mark.skipif(
    binaries() is None or find_spec("psycopg") is None,
    reason="needs a PostgreSQL server (apt-get install postgresql) and psycopg (pip install 'psycopg[binary]')",
)


@dataclass
class Cluster:
    """A PostgreSQL server for one test, reached through a socket in a folder of its own."""

    folder: Path
    user: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def variables(self) -> dict[str, str]:
        """What makes a site use it."""
        return {"ARUSHA_POSTGRESQL": "arusha", "PGSERVICEFILE": str(self.folder / "service")}

    def run(self, *words: str) -> None:
        """Run one of PostgreSQL's programs as its user."""
        bin_folder = binaries()
        assert bin_folder is not None
        command = [str(bin_folder / words[0]), *words[1:]]
        subprocess.run(command, check=True, capture_output=True, user=self._user(), cwd=self.folder)

    def start(self, *options: str) -> None:
        """Start it, and wait until it answers."""
        bin_folder = binaries()
        assert bin_folder is not None
        command = [str(bin_folder / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        command += ["-c", "listen_addresses=", *options]
        self.process = subprocess.Popen(
            command, user=self._user(), cwd=self.folder, stderr=subprocess.DEVNULL, start_new_session=True
        )
        ends = time.monotonic() + 60
        while True:
            try:
                self.run("psql", "-h", str(self.folder), "-U", self.user, "-c", "SELECT 1", "postgres")
                return
            except subprocess.CalledProcessError:
                assert self.process.poll() is None
                assert time.monotonic() < ends
                time.sleep(0.1)

    def kill(self) -> None:
        """Kill the server with all of its processes, each of which leads a group of its own."""
        if self.process is not None:
            for pid in children(self.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            kill(self.process)

    def make(self, name: str) -> None:
        """Make a database; the service leads to it."""
        self.run("createdb", "-h", str(self.folder), "-U", self.user, name)
        service = f"[arusha]\nhost={self.folder}\nuser={self.user}\ndbname={name}\n"
        (self.folder / "service").write_text(service)

    def _user(self) -> str | None:
        return self.user if os.geteuid() == 0 else None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Make a cluster with a database, and remove it at the end. The server does not run as root."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: the path of a socket has at most 107 bytes
    user = pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        user = next((n for n in ("postgres", "nobody") if any(e.pw_name == n for e in pwd.getpwall())), "nobody")
        shutil.chown(folder, user)
    made = Cluster(folder, user)
    try:
        made.run("initdb", "-D", str(folder / "data"), "-U", user, "--auth=trust", "--encoding=UTF8", "--no-locale")
        made.start()
        made.make("arusha")
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)
