"""Runs of retention: a list is made, one person asks for it, another agrees, the worker does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from arusha.charter import State
from arusha.language.told import error as of
from arusha.ledger.turns import taking_turns
from arusha.workbench import jobs
from arusha.workbench.governance import retention
from arusha.workbench.governance.retention import RetentionError
from arusha.workbench.models import Job
from arusha.workbench.record import Record
from arusha.workbench.site import Site

ASKED, AGREED, DECLINED, ENDED = (f"retention.{k}" for k in ("asked", "agreed", "declined", "ended"))
LISTS_LAST = timedelta(days=7)


@dataclass(frozen=True)
class Run:
    """A run: the list it rests on, who asked and who agreed, and whether it is over."""

    key: str
    sha256: str
    items: int
    asked_by: str
    asked_at: datetime
    state: str = "asked"
    """``asked``, ``agreed``, ``declined`` or ``ended``."""
    answered_by: str = ""


def runs(record: Record) -> dict[str, Run]:
    """Every run that was asked for, by its list's key, the oldest first."""
    found: dict[str, Run] = {}
    for number in record.about_kind("run"):
        recorded = record.ledger.entry(number)
        entry = recorded.entry
        told = dict(s.split(":", 1) for s in entry.subjects if ":" in s)
        key = told["run"]
        if entry.kind == ASKED:
            at = datetime.fromisoformat(entry.time)
            found.setdefault(key, Run(key, told["list"], int(told["items"]), entry.actor, at))
        elif key in found and found[key].state == "asked" and entry.kind == AGREED:
            if "mode" in told or entry.actor != found[key].asked_by:
                found[key] = replace(found[key], state="agreed", answered_by=entry.actor)
        elif key in found and found[key].state == "asked" and entry.kind == DECLINED:
            found[key] = replace(found[key], state="declined", answered_by=entry.actor)
        elif key in found and found[key].state == "agreed" and entry.kind == ENDED:
            found[key] = replace(found[key], state="ended")
    return found


def ask(site: Site, state: State | None, actor: str, key: str, now: datetime) -> None:
    """Ask that what a list names goes.

    Raises
    ------
    RetentionError
        If there is no such list, nothing in it goes, it is older than a week, or it was asked for already.
    """
    record = Record(site.home)
    job = Job.objects.filter(key=key, kind=jobs.RETAIN, state=Job.DONE).first()
    listed = retention.read_list(site.home, key)
    if job is None or listed is None or job.ended_at is None or "run" in job.given:
        raise of(RetentionError, "list-none", "make-one", where=key)
    if now - job.ended_at > LISTS_LAST:
        raise of(RetentionError, "list-old", "make-new", where=key)
    items = sum(not i.kept for i in listed[0])
    if not items:
        raise of(RetentionError, "list-nothing", "", where=key)
    with taking_turns(record.lock):
        if key in runs(record):
            raise of(RetentionError, "asked-already", "", where=key)
        record.add(ASKED, actor, f"run:{key}", f"list:{listed[1]}", f"items:{items}")
        if state is None or state.solo:
            record.add(AGREED, actor, f"run:{key}", "mode:solo")
    if state is None or state.solo:
        start(site, actor, key)


def answer(site: Site, actor: str, key: str, *, agreed: bool) -> None:
    """Agree to a run that somebody else asked for, which starts it, or decline it.

    Raises
    ------
    RetentionError
        If it does not wait, or the actor asked for it.
    """
    record = Record(site.home)
    with taking_turns(record.lock):
        run = runs(record).get(key)
        if run is None or run.state != "asked":
            raise of(RetentionError, "waits-not", "", where=key)
        if agreed and run.asked_by == actor:
            raise of(RetentionError, "agrees-another", "", where=key)
        record.add(AGREED if agreed else DECLINED, actor, f"run:{key}")
    if agreed:
        start(site, actor, key)


def start(site: Site, actor: str, key: str) -> Job:
    """Give an agreed run to the worker; also again, where it was stopped."""
    run = runs(Record(site.home)).get(key)
    if run is None or run.state != "agreed":
        raise of(RetentionError, "agreed-nobody-over", "", where=key)
    return jobs.ask(site.home, actor, jobs.RETAIN, {"run": key, "list": run.sha256}, f"run:{key}")


def work(site: Site, job: Job, now: datetime, stop: Callable[[], bool]) -> dict[str, Any] | None:
    """Do a job of retention: make a list, or carry a run out. None where it was told to stop."""
    if "run" not in job.given:
        items = retention.plan(site, now)
        sha256 = retention.write_list(site.home, job.key, items)
        return {"list": sha256, "kept": sum(bool(i.kept) for i in items)} | Counter(i.kind for i in items if not i.kept)
    key = str(job.given["run"])
    record = Record(site.home)
    run = runs(record).get(key)
    if run is None or run.state not in ("agreed", "ended"):
        raise of(RetentionError, "agreed-nobody", "", where=key)
    done = retention.carry_out(site, key, run.sha256, now, stop)
    if done is not None and run.state == "agreed":
        record.add(ENDED, None, f"run:{key}", *(f"{kind}:{n}" for kind, n in sorted(done.items())))
    return done
