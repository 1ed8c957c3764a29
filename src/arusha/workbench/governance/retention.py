"""Retention: what is kept, on which ground, until when; what is due to go; and the run that lets it go.

A run is a list that was made first (nothing is deleted then), asked for by one person and agreed to by another. The
worker goes through it one thing after another: it records that a thing goes, then deletes it, so that whoever is killed
between leaves an entry without effect and the next worker goes on. What came under a hold since, or is due no more, is
kept. No entry of a ledger is ever deleted: words are expunged from the contents, whose commitments stay.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from arusha.assessment.folder import read_manifest
from arusha.charter import State
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger.entry import SYSTEM
from arusha.workbench.alert import KIND as ALERT
from arusha.workbench.alert import Alert
from arusha.workbench.alerts import CONTESTED, GIVEN, alerts
from arusha.workbench.governance.holds import held, holds
from arusha.workbench.governance.letters import KIND as LETTER
from arusha.workbench.governance.letters import OVER, letters
from arusha.workbench.record import Record
from arusha.workbench.site import Site
from arusha.workbench.uploads import KEPT_SECONDS

FOLDER = "retention"
ALERT_MONTHS = {"explained": 6, "data-error": 6, "support": 12}
"""From the exit on, by exit. An inquiry becomes a case, whose rules decide; an open alert stays."""
LETTER_MONTHS = 24
JOB_MONTHS = 3
SESSION_HOURS = 8
UPLOAD_DAYS = KEPT_SECONDS // 86_400
REMOVED = "retention.removed"
_GONE = ".gone-"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}")

KINDS = ("alert-words", "assessment", "letter-words", "job", "sessions")


class RetentionError(ArushaError):
    """A run cannot be asked for, agreed to or done now."""


@dataclass(frozen=True)
class Item:
    """One thing whose time is over: what it is, its name, since when it is over, and the ground.

    ``ground`` is ``charter:QUESTION:MONTHS`` where a charter promised it, else ``program:MONTHS``. ``kept`` says why it
    stays all the same: ``hold``, ``open-alert`` or ``elsewhere``; empty where it goes.
    """

    kind: str
    name: str
    until: str
    ground: str
    kept: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is, whatever is said of it."""
        return self.kind, self.name


def plan(site: Site, now: datetime) -> list[Item]:
    """Everything whose time is over, with what keeps it, in the order in which it goes. Deletes nothing."""
    record, state = Record(site.home), site.state()
    standing = holds(record)
    known = alerts(record).all()
    present = set(record.ledger.contents.commitments()) if record.ledger.contents is not None else set()
    found = [*_alerts(record, state, known, present, now)]
    found += _assessments(site, state, known, now)
    found += _letters(record, present, now)
    found += _tables(now)
    targets = {"alert-words": "signal", "assessment": "assessment"}
    return [
        Item(i.kind, i.name, i.until, i.ground, "hold")
        if not i.kept and held(standing, f"{targets.get(i.kind, i.kind)}:{i.name}")
        else i
        for i in found
    ]


def months_after(moment: datetime, months: int) -> datetime:
    """The same day and time some months later, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _alerts(
    record: Record, state: State | None, known: list[Alert], present: set[str], now: datetime
) -> Iterator[Item]:
    """Closed alerts with words whose time is over: the program's months, or the charter's where those are fewer."""
    due = {}
    for alert in known:
        own = ALERT_MONTHS.get(alert.state)
        if own is None or alert.decided_at is None:
            continue
        until, ground = months_after(alert.decided_at, own), f"program:{own}"
        asked = state.questions.get(alert.question) if state is not None else None
        if asked is not None and asked.retention_months:
            promised = max(months_after(alert.raised_at, asked.retention_months), alert.decided_at)
            if promised < until:
                until, ground = promised, f"charter:{alert.question}:{asked.retention_months}"
        if until <= now:
            due[alert.signal] = (until, ground)
    if not due:
        return
    with_words = _with_words(record, set(due), present)
    for signal, (until, ground) in due.items():
        if signal in with_words:
            yield Item("alert-words", signal, until.isoformat(), ground)


def _with_words(record: Record, signals: set[str], present: set[str]) -> set[str]:
    """Those of the signals of whose alerts words are still kept; the ledger is read once."""
    found = set()
    for recorded in record.ledger.entries():
        entry = recorded.entry
        if _of_alert(entry.kind) and not present.isdisjoint(entry.parts.values()):
            found |= {s[len("signal:") :] for s in entry.subjects if s.startswith("signal:")} & signals
    return found


def _of_alert(kind: str) -> bool:
    return kind.startswith(ALERT) or kind in ("own." + CONTESTED, GIVEN)


def _assessments(site: Site, state: State | None, known: list[Alert], now: datetime) -> Iterator[Item]:
    """Assessments older than the shortest retention that was promised for a question in them."""
    if state is None or site.workspace is None:
        return
    beside = site.workspace.resolve().parent
    busy = {a.assessment for a in known if a.open or a.state == "inquiry"}
    for name, path in site.assessments.items():
        manifest = read_manifest(path)
        promised = [
            (state.questions[q["id"]].retention_months, q["id"])
            for q in manifest["questions"]
            if q["id"] in state.questions and state.questions[q["id"]].retention_months
        ]
        if not promised:
            continue
        months, question = min(promised)
        made = datetime.fromisoformat(str(manifest["created_at"]))
        until = months_after(made if made.tzinfo else made.replace(tzinfo=UTC), months)
        if until <= now:
            apart = path.is_symlink() or path.resolve().parent != beside
            kept = "elsewhere" if apart else "open-alert" if name in busy else ""
            yield Item("assessment", name, until.isoformat(), f"charter:{question}:{months}", kept)


def _letters(record: Record, present: set[str], now: datetime) -> Iterator[Item]:
    for key, letter in letters(record).items():
        until = months_after(letter.steps[-1].at, LETTER_MONTHS)
        if letter.state in OVER and until <= now:
            numbers = [s.number for s in letter.steps]
            if any(not present.isdisjoint(record.ledger.entry(n).entry.parts.values()) for n in numbers):
                yield Item("letter-words", key, until.isoformat(), f"program:{LETTER_MONTHS}")


def _tables(now: datetime) -> Iterator[Item]:
    """Rows of jobs that are long over, and sessions that ended."""
    from django.contrib.sessions.models import Session

    from arusha.workbench.models import Job

    before = months_after(now, -JOB_MONTHS)
    for job in Job.objects.filter(ended_at__lte=before).order_by("pk"):
        if job.over and job.ended_at is not None:
            yield Item("job", job.key, months_after(job.ended_at, JOB_MONTHS).isoformat(), f"program:{JOB_MONTHS}")
    ended = Session.objects.filter(expire_date__lte=now).order_by("expire_date").first()
    if ended is not None:
        yield Item("sessions", "ended", ended.expire_date.isoformat(), "program:0")


# Lists.


def write_list(home: Path, key: str, items: list[Item]) -> str:
    """Keep a list under its key, in one step; its SHA-256."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps([asdict(i) for i in items], indent=1, sort_keys=True).encode()
    part = folder / f".{key}.new"
    with part.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / f"{key}.json")
    return hashlib.sha256(text).hexdigest()


def read_list(home: Path, key: str) -> tuple[list[Item], str] | None:
    """A list and its SHA-256; none where there is none."""
    try:
        text = (home / FOLDER / f"{key}.json").read_bytes()
        return [Item(**told) for told in json.loads(text)], hashlib.sha256(text).hexdigest()
    except (FileNotFoundError, ValueError, TypeError):
        return None


# The run.


def carry_out(
    site: Site, run: str, sha256: str, now: datetime, stop: Callable[[], bool] = lambda: False
) -> dict[str, int] | None:
    """Let go what the list of a run names and is still due; what was done, by kind, and how many were kept.

    It may be called again after it was killed: it goes on where it was. None where it was told to stop.

    Raises
    ------
    RetentionError
        If the list is not the one that was agreed to.
    """
    listed = read_list(site.home, run)
    if listed is None or listed[1] != sha256:
        raise of(RetentionError, "list-other", "make-new", where=run)
    record = Record(site.home)
    _sweep(site, run)
    wanted = {i.key for i in listed[0] if not i.kept}
    going = [i for i in plan(site, now) if i.key in wanted and not i.kept]
    gone = removed(record, run)
    for item in going:
        if stop():
            return None
        _let_go(site, record, run, item, now, gone)
    told = {"kept": len(wanted) - len(gone)}
    for kind, _ in gone:
        told[kind] = told.get(kind, 0) + 1
    return told


def removed(record: Record, run: str) -> set[tuple[str, str]]:
    """What a run recorded that it let go."""
    found = set()
    for number in record.about(f"run:{run}"):
        entry = record.ledger.entry(number).entry
        if entry.kind == REMOVED:
            told = dict(s.split(":", 1) for s in entry.subjects if ":" in s)
            found.add((told["kind"], told["item"]))
    return found


def _let_go(site: Site, record: Record, run: str, item: Item, now: datetime, gone: set[tuple[str, str]]) -> None:
    """Record that a thing goes, then delete it; what is in ``gone`` is recorded already."""
    if (item.kind, _token(item.name)) not in gone:
        about = (f"signal:{item.name}",) if item.kind == "alert-words" else ()
        record.add(REMOVED, None, f"run:{run}", f"kind:{item.kind}", f"item:{_token(item.name)}", *about)
        gone.add((item.kind, _token(item.name)))
    if item.kind == "alert-words":
        numbers = [n for n in record.about(f"signal:{item.name}") if _of_alert(record.ledger.entry(n).entry.kind)]
        _expunge(record, numbers)
    elif item.kind == "letter-words":
        steps = [n for n in record.about(f"letter:{item.name}") if record.ledger.entry(n).entry.kind.startswith(LETTER)]
        _expunge(record, steps)
    elif item.kind == "assessment":
        path = site.assessments[item.name]
        hidden = path.resolve().parent / f".{path.resolve().name}{_GONE}{run}"
        path.rename(hidden)  # out of sight in one step; what a crash leaves of it is swept
        shutil.rmtree(hidden)
    else:
        _delete_rows(item, now)


def _token(name: str) -> str:
    """A name as an entry may hold it: a folder may be called anything, and is then named by a digest."""
    return name if _PLAIN.fullmatch(name) else hashlib.sha256(name.encode()).hexdigest()[:16]


def _expunge(record: Record, numbers: list[int]) -> None:
    for number in numbers:
        parts = {name for name, part in record.ledger.content(number).items() if part is not None}
        if parts:
            record.ledger.expunge(number, SYSTEM, parts)


def _delete_rows(item: Item, now: datetime) -> None:
    from django.contrib.sessions.models import Session

    from arusha.workbench.models import Job

    if item.kind == "job":
        Job.objects.filter(key=item.name).delete()
    elif item.kind == "sessions":
        Session.objects.filter(expire_date__lte=now).delete()


def _sweep(site: Site, run: str) -> None:
    """Delete what a run that was killed put out of sight."""
    if site.workspace is not None:
        for left in site.workspace.resolve().parent.glob(f".*{_GONE}{run}"):
            shutil.rmtree(left)
