"""``arusha serve --check``: whether a site is fit to be opened to people, one line for each thing that must hold."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from arusha.assessment.folder import digest
from arusha.assessment.verify import check_files
from arusha.charter import Charter
from arusha.errors import ArushaError
from arusha.ledger import Ledger, verify
from arusha.records.workspace import MANIFEST, RECORDS, Workspace
from arusha.workbench.kept import KEPT, differs

LEAST_FREE = 2_000_000_000
"""Bytes on the workspace's disk, or twice the records where those are more: a load is written beside them."""
LEAST_SECRET = 50
LONGEST_UNTAKEN = 24 * 3600
"""Seconds that a notice may lie in the outbox: the worker writes once an hour, and a relay takes at once."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold; ``remedy`` is empty where it does."""

    name: str
    said: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether it holds."""
        return not self.remedy

    def line(self) -> str:
        """The check on one line."""
        return f"{'ok  ' if self.ok else 'FAIL'} {self.name}: {self.said}{f' - {self.remedy}' if self.remedy else ''}"


def check(workspace: Path | None) -> Iterator[Check]:
    """Each check of the site that the environment names, in the order in which one would mend them.

    ``workspace`` takes the place of ``ARUSHA_WORKSPACE`` where it is given. Nothing is changed, and no table is made.
    """
    if workspace is not None:
        os.environ["ARUSHA_WORKSPACE"] = str(workspace)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arusha.workbench.settings")
    named = os.environ.get("ARUSHA_WORKSPACE", "")
    if not named:
        yield Check("settings", "no workspace is named", "set ARUSHA_WORKSPACE, or give the workspace")
        return
    path = Path(named)
    shared = yield from _workspace(path)
    yield _secret(shared)
    try:
        import django

        django.setup()
        from django.conf import settings
    except (ImportError, OSError, ValueError) as problem:
        yield Check("settings", f"they cannot be read ({problem})", "see docs/workbench.md for each variable")
        return
    yield Check("settings", "read from the environment")
    yield from _addresses(shared, list(settings.ALLOWED_HOSTS), bool(settings.SECURE_SSL_REDIRECT))
    home = Path(settings.ARUSHA_HOME)
    yield _home(home)
    reached = _database()
    yield reached
    if reached.ok:
        tables = _tables()
        yield tables
        if tables.ok and shared:
            yield _accounts(home)
    if shared:
        yield _passkeys(settings.ARUSHA_ORIGIN, list(settings.ALLOWED_HOSTS), reached.ok)
    if shared:
        yield _outbox()
    yield from _ledgers(path, home)
    yield from _assessments()
    yield _disk(path)
    if reached.ok:
        yield _worker(home)


def _workspace(path: Path) -> Generator[Check, None, bool]:
    """The workspace and its charter; returns whether several people share it."""
    try:
        manifest = Workspace.open(path).manifest
        told = manifest.get("database", {}).get("sha256")
        if told is not None and digest(path / RECORDS) != told:
            yield Check("workspace", "the records were changed since they were loaded", "load them again, find out who")
        else:
            yield Check("workspace", f"{path.name}, records as they were loaded")
    except ArushaError as problem:
        yield _failed("workspace", problem)
    try:
        charter = Charter.of(path)
        state = charter.state() if charter is not None else None
    except ArushaError as problem:
        yield _failed("charter", problem)
        return True
    if state is None:
        yield Check("charter", "none: a study, for one person")
        return False
    yield Check("charter", f"{len(state.questions)} questions, {len(state.roles)} people")
    return not state.solo


def _secret(shared: bool) -> Check:
    name = os.environ.get("ARUSHA_SECRET_FILE")
    if not name:
        if not shared:
            return Check("secret", "drawn at each start, as for one person")
        return Check("secret", "no file holds it", "set ARUSHA_SECRET_FILE: without it every start ends all sessions")
    path = Path(name)
    try:
        text, mode = path.read_text("utf-8").strip(), path.stat().st_mode
    except (OSError, UnicodeDecodeError) as problem:
        return Check("secret", f"{path} cannot be read ({problem})", "make it readable for the site's user alone")
    if len(text) < LEAST_SECRET or len(set(text)) < 10:
        return Check("secret", f"it has {len(text)} letters", f"write {LEAST_SECRET} or more random letters into it")
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check("secret", f"others may read {path}", f"chmod 600 {path}")
    return Check("secret", "long enough, and its owner's alone")


def _addresses(shared: bool, hosts: list[str], https: bool) -> Iterator[Check]:
    if "*" in hosts or any(h.startswith(".") for h in hosts):
        yield Check("hosts", "any name is answered", "name the site's own in ARUSHA_HOSTS")
    elif shared and not set(hosts) - {"127.0.0.1", "localhost"}:
        yield Check("hosts", "only this computer's own name", "name the site in ARUSHA_HOSTS")
    else:
        yield Check("hosts", " ".join(hosts))
    if shared and not https:
        yield Check("https", "cookies would go in the clear", "put a proxy with TLS before it and set ARUSHA_HTTPS=yes")
    else:
        yield Check("https", "cookies over TLS alone" if https else "not needed on one computer")


def _home(home: Path) -> Check:
    if not home.is_dir():
        return Check("home", f"there is no {home}", "make an account, or start the worker: both make it")
    if os.name == "posix" and home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check("home", f"others may look into {home}", f"chmod 700 {home}")
    return Check("home", str(home))


def _database() -> Check:
    from django.db import Error, connection

    where = "PostgreSQL" if connection.vendor == "postgresql" else str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not Path(where).is_file():
        return Check("database", f"there is no {where}", "start the worker, or make an account: both make it")
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (Error, ImportError) as problem:
        told = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        return Check("database", f"it cannot be reached ({told})", "see ARUSHA_POSTGRESQL in docs/workbench.md")
    return Check("database", where)


def _tables() -> Check:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{m.app_label} {m.name}" for m, _ in waiting[:3])
        return Check("tables", f"{len(waiting)} changes are not made yet: {names}", "start the worker: it makes them")
    return Check("tables", "as this version needs them")


def _accounts(home: Path) -> Check:
    """Whether the accounts that are open are as the ledger has them."""
    from arusha.workbench.account_seal import altered

    if not (home / "ledger").exists():
        return Check("accounts", "none yet", "make one with arusha account")
    try:
        names = altered(Ledger.open(home / "ledger"))
    except ArushaError as problem:
        return _failed("accounts", problem)
    if names:
        told = f"changed from outside the program: {', '.join(names)}"
        return Check("accounts", told, "find out who wrote into the table, and make them anew with arusha account")
    return Check("accounts", "as the program left them")


def _passkeys(origin: str, hosts: list[str], tables: bool) -> Check:
    """Whether keys can be offered at the origin that is named, and keys that people have can be used."""
    from importlib.util import find_spec

    from django.db import Error

    from arusha.workbench.models import Passkey
    from arusha.workbench.passkeys import place

    try:
        keys = Passkey.every.count() if tables else 0
    except Error:  # the line about tables says it
        keys = 0
    at = place()
    if at is not None and at.name not in hosts:
        return Check(
            "passkeys", f"bound to {at.name}, which the site does not answer", f"add {at.name} to ARUSHA_HOSTS"
        )
    if at is not None:
        return Check("passkeys", f"bound to {at.origin}; {keys} of them there")
    if find_spec("webauthn") is None:
        why, remedy = "the package webauthn is missing", "install arusha[workbench]"
    elif origin:
        why, remedy = f"{origin} is no origin that a browser gives keys to", "set ARUSHA_ORIGIN to https://NAME"
    else:
        why, remedy = "no origin is named", "set ARUSHA_ORIGIN to https://NAME"
    if not origin and not keys:
        return Check("passkeys", f"not offered ({why}); codes of an app are")
    return Check("passkeys", f"{why}; {keys} of them cannot be used" if keys else why, remedy)


def _ledgers(workspace: Path, home: Path) -> Iterator[Check]:
    for name, path in (
        ("charter's ledger", workspace / "charter" / "ledger"),
        ("ledger of evaluations", workspace / "evaluations" / "ledger"),
        ("ledger of looks", home / "ledger"),
    ):
        if not path.exists():
            continue
        try:
            found = verify(path)
        except ArushaError as problem:
            yield _failed(name, problem)
            continue
        if found.ok:
            yield Check(name, f"{found.size:,} entries, nothing in it contradicts anything")
        else:
            yield Check(name, found.problems[0].text, "keep it as evidence and compare it with checkpoints")
            continue
        if (path.parent / KEPT).is_file():
            same = not differs(Ledger.open(path), path.parent / KEPT)
            what = "table of alerts"
            yield (
                Check(what, "it is what the ledger of looks gives")
                if same
                else Check(what, "it is not what the ledger of looks gives: it was edited", f"delete {KEPT}")
            )


def _outbox() -> Check:
    """Whether notices by mail, where they are wanted, can be written and are taken."""
    from django.conf import settings

    from arusha.language import languages

    name, folder, domain = "outbox of mails", settings.ARUSHA_OUTBOX, settings.ARUSHA_MAIL_DOMAIN
    if not folder and not domain:
        return Check(name, "none: nobody is told by mail")
    if not folder or not domain:
        given, other = ("ARUSHA_OUTBOX", "ARUSHA_MAIL_DOMAIN")[:: 1 if folder else -1]
        return Check(name, f"{given} is set and {other} is not: nobody is told by mail", f"set {other}, or neither")
    path = Path(folder)
    if not path.is_dir():
        return Check(name, f"there is no folder {path}", "make it, for the site's user to write and the relay to take")
    if not os.access(path, os.W_OK | os.X_OK):
        return Check(name, f"the site's user cannot write into {path}", "give it the right to")
    if settings.ARUSHA_MAIL_LANG not in languages():
        told = f"there is no language {settings.ARUSHA_MAIL_LANG!r}"
        return Check(name, told, f"set ARUSHA_MAIL_LANG to one of {', '.join(languages())}")
    try:
        if os.name == "posix" and path.stat().st_mode & stat.S_IRWXO:
            return Check(name, f"anybody may look into {path}: the addresses say who has an account", "chmod o= it")
        written = [file.stat().st_mtime for file in path.glob("*.eml")]
    except OSError as problem:  # the relay took one in between, or the disk went
        return Check(name, f"{path} cannot be read ({problem.strerror})", "ask again, then see to its disk")
    late = sum(time.time() - at > LONGEST_UNTAKEN for at in written)
    if late:
        return Check(name, f"{late} notices lie there for more than a day", "see why the mail relay does not take them")
    return Check(name, f"{path}, {len(written)} notices not taken yet")


def _assessments() -> Iterator[Check]:
    """Whether each assessment that is shown is, file by file, what its manifest says. Nothing is asked again."""
    from arusha.workbench.site import site

    try:
        folders = site().assessments
    except ArushaError as problem:
        yield _failed("assessments", problem)
        return
    for name, folder in folders.items():
        try:
            yield Check(f"assessment {name}", f"{check_files(folder)} files as its manifest says")
        except ArushaError as problem:
            told = " ".join(problem.problem.split())
            yield Check(f"assessment {name}", told, problem.remedy or "see docs/workbench.md")


def _disk(workspace: Path) -> Check:
    try:
        size = (workspace / RECORDS).stat().st_size if (workspace / MANIFEST).is_file() else 0
        free = shutil.disk_usage(workspace).free
    except OSError as problem:
        return Check("disk", f"it cannot be asked ({problem.strerror})", "see that the workspace's disk is there")
    needed = max(LEAST_FREE, 2 * size)
    if free < needed:
        return Check(
            "disk", f"{free / 1e9:.1f} GB free", f"free {needed / 1e9:.1f} GB: a load is written beside the old"
        )
    return Check("disk", f"{free / 1e9:.1f} GB free")


def _worker(home: Path) -> Check:
    from django.db import Error

    from arusha.ledger.turns import taking_a_free_turn
    from arusha.workbench.jobs import LOCK
    from arusha.workbench.models import Job

    if (home / LOCK).is_file():
        with taking_a_free_turn(home / LOCK) as free:
            if not free:
                return Check("worker", "it is there")
    try:
        waiting = Job.objects.filter(state__in=(Job.WAITING, Job.RUNNING)).count()
    except Error:
        waiting = 0
    return Check("worker", f"it is not there; {waiting} jobs wait", f"start it: {Path(sys.argv[0]).name} worker")


def _failed(name: str, problem: ArushaError) -> Check:
    return Check(name, problem.problem.splitlines()[0], problem.remedy or "see docs/workbench.md")


def report(workspace: Path | None, tell: Callable[[str], None]) -> bool:
    """Tell each check as it is made; whether all hold."""
    good = True
    for one in check(workspace):
        tell(one.line())
        good = good and one.ok
    return good
