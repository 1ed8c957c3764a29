"""``arusha serve``: the site on this computer, for one person, without an account or the internet."""

from __future__ import annotations

import os
import secrets
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.records.workspace import Workspace, is_empty

LOCAL = "127.0.0.1"
MOST_PAUSE_SECONDS = 60.0
"""Between two starts of a worker that dies again and again."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    """Answers without a line a request on the terminal, and does not say what it runs on."""

    server_version = sys_version = ""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: looks are recorded in the ledger, addresses with the entry word nowhere."""


def prepare(workspace: Path | None, assessments: list[Path], home: Path, *, new: bool = False) -> str:
    """Set the environment and Django up for a site on this computer; return the word that opens it.

    ``new`` makes a workspace without records, where nothing is there.

    Raises
    ------
    ArushaError
        If the extra is not installed, the workspace or an assessment cannot be read, or they do not belong together.
    """
    for name in ("django", "argon2", "django_otp", "whitenoise"):
        if find_spec(name) is None:
            raise of(ArushaError, "serve-package", "serve-package", name=name)
    if workspace is not None and new and workspace.suffix == ".arusha":
        workspace.mkdir(parents=True, exist_ok=True)
    if workspace is not None and not is_empty(workspace):
        Workspace.open(workspace)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    entry = secrets.token_urlsafe(24)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="arusha.workbench.settings",
        ARUSHA_WORKSPACE=str(workspace or ""),
        ARUSHA_ASSESSMENTS=os.pathsep.join(str(a) for a in assessments),
        ARUSHA_HOME=str(home),
        ARUSHA_ENTRY=entry,
    )
    set_up()
    return entry


def prepare_for(workspace: Path | None) -> Path:
    """Set up for a command beside a site: the workspace, or the one that the environment names; return its home.

    Raises
    ------
    ArushaError
        See ``prepare``; also where no workspace is named.
    """
    named = workspace or (Path(os.environ["ARUSHA_WORKSPACE"]) if os.environ.get("ARUSHA_WORKSPACE") else None)
    if named is None:
        raise of(ArushaError, "serve-no-workspace", "serve-workspace")
    home = Path(os.environ.get("ARUSHA_HOME") or named / "workbench")
    given = [Path(a) for a in os.environ.get("ARUSHA_ASSESSMENTS", "").split(os.pathsep) if a]
    prepare(named, given, home)
    return home


def set_up() -> None:
    """Set Django up for the site that the environment names, check that site, and make its tables.

    Raises
    ------
    ArushaError
        If invented and real records would stand side by side, or an assessment is of other records.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arusha.workbench.settings")
    import django
    from django.core.management import call_command

    from arusha.workbench.site import site

    django.setup()
    site().check()
    call_command("migrate", verbosity=0, interactive=False)


class Keeper:
    """The worker beside a site on this computer: started with it, and again where it died.

    It is a process of its own, in a session of its own: a job goes on when the site is stopped or killed, and its
    worker leaves when nothing waits any more.
    """

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "arusha.workbench.worker_process", "--with-server"]
        return subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def _watch(self) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(pause):
                self._process = self._start()
                pause = min(2 * pause, MOST_PAUSE_SECONDS)

    def let_go(self) -> bool:
        """Let the worker leave once nothing waits; whether it has something to do still."""
        self._stopping.set()
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            return True
        return False


def first_page(entry: str) -> str:
    """Where the browser opens: with the entry word, or on Welcome where people sign in."""
    from arusha.workbench.site import site
    from arusha.workbench.visitor import mode_of

    served = site()
    return "/" if mode_of(served, served.state()) == "shared" else f"/enter/{entry}"


@contextmanager
def home_of(workspace: Path | None) -> Iterator[Path]:
    """Where the workbench keeps what is its own: in the workspace, or in a folder that goes when it ends."""
    if workspace is not None:
        yield workspace / "workbench"
        return
    with tempfile.TemporaryDirectory(prefix="arusha-") as folder:
        yield Path(folder)


def serve(
    workspace: Path | None,
    assessments: list[Path],
    *,
    port: int = 8787,
    new: bool = False,
    tell: Callable[[str], None] = print,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until Ctrl-C; ``started`` is called with the address to open, ``new`` makes a workspace without records.

    Raises
    ------
    ArushaError
        See ``prepare``; also where the port is taken.
    """
    with home_of(workspace) as home:
        if workspace is not None:
            os.environ.setdefault("ARUSHA_EXTRACTS", str(workspace.resolve().parent))
        entry = prepare(workspace, assessments, home, new=new)
        from arusha.workbench.wsgi import application

        ServerHandler.server_software = "arusha"
        try:
            server = make_server(LOCAL, port, application, server_class=_Server, handler_class=_Handler)
        except OSError as problem:
            raise of(
                ArushaError, "serve-port", "serve-port", where=LOCAL, port=port, why=str(problem.strerror)
            ) from problem
        address = f"http://{LOCAL}:{server.server_port}{first_page(entry)}"
        tell(f"Open {address}")
        tell("Nothing leaves this computer. Stop with Ctrl-C.")
        sys.stdout.flush()
        keeper = Keeper() if workspace is not None else None
        if started is not None:
            started(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.server_close()
            if keeper is not None and keeper.let_go():
                tell("A job goes on by itself. Serve the workspace again to see what came of it.")
