"""``arusha serve``: the site on this computer, for one person, without an account or the internet."""

from __future__ import annotations

import os
import secrets
import socketserver
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

from arusha.errors import ArushaError
from arusha.records.workspace import Workspace

LOCAL = "127.0.0.1"


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    """Answers without a line a request on the terminal, and does not say what it runs on."""

    server_version = sys_version = ""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: looks are recorded in the ledger, addresses with the entry word nowhere."""


def prepare(workspace: Path | None, assessments: list[Path], home: Path) -> str:
    """Set the environment and Django up for a site on this computer; return the word that opens it.

    Raises
    ------
    ArushaError
        If the extra is not installed, the workspace or an assessment cannot be read, or they do not belong together.
    """
    for name in ("django", "argon2", "django_otp", "whitenoise"):
        if find_spec(name) is None:
            raise ArushaError(
                f"the workbench needs the package {name}",
                remedy="install Arusha with its extra: pip install 'arusha[workbench]'",
            )
    if workspace is not None:
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
    import django
    from django.core.management import call_command

    from arusha.workbench.site import site

    django.setup()
    site().check()
    call_command("migrate", verbosity=0, interactive=False)
    return entry


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
    tell: Callable[[str], None] = print,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until Ctrl-C; ``started`` is called with the address to open.

    Raises
    ------
    ArushaError
        See ``prepare``; also where the port is taken.
    """
    with home_of(workspace) as home:
        entry = prepare(workspace, assessments, home)
        from arusha.workbench.wsgi import application

        ServerHandler.server_software = "arusha"
        try:
            server = make_server(LOCAL, port, application, server_class=_Server, handler_class=_Handler)
        except OSError as problem:
            raise ArushaError(
                f"the port {port} cannot be used ({problem.strerror})",
                where=LOCAL,
                remedy="name another with --port, or 0 for any that is free",
            ) from problem
        address = f"http://{LOCAL}:{server.server_port}{first_page(entry)}"
        tell(f"Open {address}")
        tell("Nothing leaves this computer. Stop with Ctrl-C.")
        sys.stdout.flush()
        if started is not None:
            started(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.server_close()
