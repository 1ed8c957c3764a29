"""Jobs: asked for by somebody, run by the worker one after another, and entries of the ledger from first to last.

A job is in the ledger before it is in the table of jobs, and its end is in the ledger before its row says so. Whoever
is killed between the two leaves an entry without effect, never an effect without an entry.
"""

from __future__ import annotations

import json
import secrets
import shutil
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from arusha.assessment import folder
from arusha.errors import ArushaError
from arusha.language.told import error as of
from arusha.ledger.turns import taking_a_free_turn, taking_turns
from arusha.records.workspace import MANIFEST, recover
from arusha.workbench.models import Job
from arusha.workbench.record import Record

INSPECT, LOAD, ASSESS, RETAIN, EVALUATE, COUNT = "inspect", "load", "assess", "retain", "evaluate", "count"
EXPLAIN, RIGHTS, DRAW, CUT = "explain", "rights", "draw", "cut"
KINDS = (INSPECT, LOAD, ASSESS, RETAIN, EVALUATE, COUNT, EXPLAIN, RIGHTS, DRAW, CUT)
ACTIONS = {
    INSPECT: "records.load",
    LOAD: "records.load",
    ASSESS: "assessment.run",
    RETAIN: "retention.list",
    EVALUATE: "evaluation.run",
    COUNT: "evaluation.plan",
    EXPLAIN: "access.count",
    RIGHTS: "rights.count",
    DRAW: "access.draw",
    CUT: "cut.answer",
}
ASKED, STOP_ASKED, ENDED = "job.asked", "job.stop-asked", "job.ended"
AGREED_ON = (EXPLAIN, RIGHTS)
"""Jobs whose answers people agree on: the ledger holds what each said."""
MOST_WAITING = 10
LOOK_LASTS = timedelta(days=1)
LOCK, ERRAND_LOCK, SCRATCH = "worker.lock", "errand.lock", "scratch"


class JobError(ArushaError):
    """A job cannot be asked for or stopped now; nothing was recorded."""


def ask(home: Path, actor: str, kind: str, given: dict[str, Any], *subjects: str, **words: Any) -> Job:
    """Put a job at the end of the queue; words go to the contents of its entry.

    Raises
    ------
    JobError
        If too many wait, or one that waits or runs writes to the same place.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with taking_turns(home / "jobs.lock"):
        ahead = list(Job.objects.filter(state__in=(Job.WAITING, Job.RUNNING)))
        if len(ahead) >= MOST_WAITING:
            raise of(JobError, "jobs-many", "jobs-wait", n=len(ahead))
        if kind == LOAD and any(job.kind == LOAD for job in ahead):
            raise of(JobError, "jobs-load", "jobs-wait-one")
        if given.get("out") and any(job.given.get("out") == given["out"] for job in ahead):
            raise of(JobError, "jobs-assessment", "name-another-one", where=str(given["out"]))
        if given.get("evaluation") and any(job.given.get("evaluation") == given["evaluation"] for job in ahead):
            raise of(JobError, "jobs-evaluation", "", where=str(given["evaluation"]))
        key = secrets.token_hex(8)
        Record(home).add(ASKED, actor, f"job:{key}", f"errand:{kind}", *subjects, **words, given=fingerprint(given))
        return Job.objects.create(key=key, kind=kind, asked_by=actor, given=given)


def stop(home: Path, actor: str, job: Job) -> None:
    """Ask that a job stops: one that waits has ended, one that runs ends within some seconds."""
    with taking_turns(home / "jobs.lock"):
        job.refresh_from_db()
        if job.over:
            raise of(JobError, "jobs-already", "", where=job.key, state=job.state)
        Record(home).add(STOP_ASKED, actor, f"job:{job.key}")
        Job.objects.filter(pk=job.pk).update(stop_asked=True)
        if job.state == Job.WAITING:
            end(home, job, Job.STOPPED)


def claim(home: Path) -> Job | None:
    """The next job, as running; none where none waits. Called by the one worker that holds the lock.

    A row that nobody asked for as it stands is not carried out: whoever can write to the table asks for nothing by it.
    """
    with taking_turns(home / "jobs.lock"):
        job = Job.objects.filter(state=Job.WAITING).order_by("pk").first()
        while job is not None and not _asked_for(home, job):
            unasked = "nobody asked for this as it stands in the table of jobs"
            end(home, job, Job.FAILED, unasked, "ask anew", "not-asked")
            job = Job.objects.filter(state=Job.WAITING).order_by("pk").first()
        if job is None:
            return None
        if job.kind == LOAD:
            job.given["before"] = _digest(Path(job.given["out"]))
        job.state, job.started_at = Job.RUNNING, timezone.now()
        job.save(update_fields=["state", "started_at", "given"])
        return job


SAID_WHOLE = ("killed", "worker-stopped", "worker-died", "not-asked")
"""Kinds of problems of which the catalogues say everything."""


def end(
    home: Path,
    job: Job,
    state: str,
    problem: str = "",
    remedy: str = "",
    kind: str = "",
    said: list[dict[str, Any]] | None = None,
) -> None:
    """Record how a job ended, then say so in its row."""
    if not _recorded_end(home, job):
        # Not why: what a reader of files says of them may quote a cell, and the ledger is kept for good.
        told = fingerprint(Job.objects.get(pk=job.pk).told) if state == Job.DONE and job.kind in AGREED_ON else ""
        Record(home).add(ENDED, None, f"job:{job.key}", f"errand:{job.kind}", f"ended:{state}", told=told)
    _said(job, state, problem, remedy, kind, said)


def _said(
    job: Job,
    state: str,
    problem: str = "",
    remedy: str = "",
    kind: str = "",
    said: list[dict[str, Any]] | None = None,
) -> None:
    row: dict[str, Any] = {"problem": problem, "remedy": remedy}
    if kind:
        row["told"] = {"kind": kind, "said": said or []}
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=timezone.now(), step="", **row)
    job.refresh_from_db()


def worker_is_there(home: Path) -> bool:
    """Whether a worker runs; where none does, jobs that it left are brought to an end first."""
    if not home.is_dir():
        return False
    with taking_a_free_turn(home / LOCK) as free:
        if free and Job.objects.filter(state=Job.RUNNING).exists():
            settle(home)
        return not free


def settle(home: Path) -> None:
    """Bring jobs to an end whose worker died, and remove what they left. The caller holds the worker's lock."""
    with taking_turns(home / ERRAND_LOCK):  # the errand itself ends as soon as its worker is gone
        for job in Job.objects.filter(state=Job.RUNNING):
            if job.kind == RETAIN:
                # It goes on where it was: what it let go so far is recorded, and the rest is still due.
                Job.objects.filter(pk=job.pk).update(state=Job.WAITING, started_at=None)
                continue
            clear(home, job)
            recorded = _recorded_end(home, job)
            if recorded:
                _said(job, recorded)
            elif _is_done(job):
                end(home, job, Job.DONE)
            else:
                end(
                    home,
                    job,
                    Job.INTERRUPTED,
                    "the worker ended before the job did; nothing of it was stored",
                    "start it again",
                    "worker-died",
                )


def forget(upload: str) -> None:
    """Forget what jobs said of an upload that is gone: it may quote its cells."""
    Job.objects.filter(given__upload=upload, kind=INSPECT).update(told={})
    Job.objects.filter(given__upload=upload, kind__in=(INSPECT, LOAD)).update(problem="", remedy="")
    Job.objects.filter(given__upload=upload, kind=LOAD, told__has_key="said").update(told={})


def refuse_lapsed(at: str) -> None:
    """Refuse a load whose look is older than a day."""
    if not at or timezone.now() - datetime.fromisoformat(at) > LOOK_LASTS:
        raise of(JobError, "jobs-look", "jobs-look")


def clear(home: Path, job: Job) -> None:
    """Remove what an errand that was killed may have left beside its place and in its scratch folder."""
    shutil.rmtree(home / SCRATCH, ignore_errors=True)
    if job.kind == LOAD:
        recover(Path(job.given["out"]))
    elif job.kind == ASSESS:
        folder.sweep(Path(job.given["out"]))
    elif job.kind == COUNT:
        shutil.rmtree(part_of(Path(job.given["folder"])), ignore_errors=True)


def part_of(folder: Path) -> Path:
    """Where a panel is counted until it is whole."""
    return folder.with_name(f".part-{folder.name}")


def _is_done(job: Job) -> bool:
    """Whether the result of a job is in its place, though nobody said so."""
    if job.kind in (INSPECT, EXPLAIN, RIGHTS, DRAW, CUT):
        return bool(job.told)
    if job.kind == EVALUATE:
        # Whatever the ledger says of its answer, the result is whole or as before: it can be run again.
        return False
    if job.kind == COUNT:
        return Path(job.given["folder"]).is_dir()
    out = Path(job.given["out"])
    if job.kind == ASSESS:
        return (out / MANIFEST).is_file()
    return _digest(out) not in ("", job.given.get("before"))


def told_as_recorded(home: Path, job: Job) -> bool:
    """Whether the answer of a job that people agree on is the one with which it ended."""
    record = Record(home)
    number = _number(record, job, ENDED)
    return number is not None and _part(record, number, "told") == fingerprint(job.told)


def _asked_for(home: Path, job: Job) -> bool:
    """Whether the ledger says that this was asked for, by whom and with what the row says."""
    record = Record(home)
    number = _number(record, job, ASKED)
    if number is None:
        return False
    entry = record.ledger.entry(number).entry
    same = entry.actor == job.asked_by and f"errand:{job.kind}" in entry.subjects
    return same and _part(record, number, "given") == fingerprint(job.given)


def fingerprint(content: dict[str, Any]) -> str:
    """What a row says, as a job's entries commit to it."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _part(record: Record, number: int, name: str) -> str:
    found = record.ledger.content(number).get(name)
    return str(found.value) if found is not None else ""


def _number(record: Record, job: Job, kind: str) -> int | None:
    """The newest entry of a kind about a job."""
    numbers = reversed(record.about(f"job:{job.key}"))
    return next((n for n in numbers if record.ledger.entry(n).entry.kind == kind), None)


def _recorded_end(home: Path, job: Job) -> str:
    record = Record(home)
    number = _number(record, job, ENDED)
    if number is None:
        return ""
    subjects = record.ledger.entry(number).entry.subjects
    return next(s.removeprefix("ended:") for s in subjects if s.startswith("ended:"))


def _digest(workspace: Path) -> str:
    manifest = workspace / MANIFEST
    return folder.digest(manifest) if manifest.is_file() else ""
