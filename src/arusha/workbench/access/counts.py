"""Counts of the log by the worker: what is asked, the newest answer, and the answer about one version of a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arusha.access.templates import Template, TemplateError
from arusha.assessment.folder import digest
from arusha.language.told import error as of
from arusha.records.workspace import MANIFEST
from arusha.workbench import jobs
from arusha.workbench.access.reasons import SHORT
from arusha.workbench.models import Job
from arusha.workbench.site import Site


@dataclass(frozen=True)
class Answer:
    """A count that is done: what it says, over which records, and whether those are the records of now."""

    job: Job
    told: dict[str, Any]
    current: bool

    @property
    def load(self) -> str:
        """The records over which it was counted, by the first letters of their manifest's digest."""
        return str(self.told.get("load", ""))


def load_of(site: Site) -> str:
    """The records of now; empty where there are none."""
    if site.workspace is None or not site.has_records:
        return ""
    return digest(site.workspace / MANIFEST)[:SHORT]


def ask(
    site: Site,
    actor: str,
    in_force: dict[str, Template],
    key: str = "",
    new: Template | None = None,
) -> Job:
    """Ask the worker to count what the reasons in force explain, and what a proposed one would.

    Raises
    ------
    TemplateError
        If there are no records.
    """
    load = load_of(site)
    if not load:
        raise of(TemplateError, "no-records-to-count", "load-first")
    given = {
        "workspace": str(site.workspace),
        "load": load,
        "in_force": {k: t.as_dict() for k, t in in_force.items()},
        "new": new.as_dict() if new is not None else None,
        "digest": new.digest if new is not None else "",
        "about": key,
    }
    subjects = [f"template:{key}"] if key else []
    return jobs.ask(site.home, actor, jobs.EXPLAIN, given, *subjects)


def newest(site: Site) -> Answer | None:
    """The newest count of all."""
    return answer_of(site, Job.objects.filter(kind=jobs.EXPLAIN, state=Job.DONE).order_by("-pk").first())


def about(site: Site, template_digest: str) -> Answer | None:
    """The newest count in which a version of a reason was proposed."""
    found = Job.objects.filter(kind=jobs.EXPLAIN, state=Job.DONE, given__digest=template_digest)
    return answer_of(site, found.order_by("-pk").first())


@dataclass(frozen=True)
class Under:
    """A count that waits or runs, or that ended without an answer after the newest one that has one."""

    job: Job
    worker: bool
    """Whether there is a worker to do it."""


def under(site: Site, template_digest: str | None = None) -> Under | None:
    """The count that waits or runs; else the newest one, of all or of one version of a reason, if no answer came of it.

    What a worker that died left is brought to its end first.
    """
    worker = jobs.worker_is_there(site.home)
    asked = Job.objects.filter(kind=jobs.EXPLAIN)
    now = asked.filter(state__in=(Job.WAITING, Job.RUNNING)).order_by("pk").first()
    if now is not None:
        return Under(now, worker)
    if template_digest is not None:
        asked = asked.filter(given__digest=template_digest)
    newest = asked.order_by("-pk").first()
    return Under(newest, worker) if newest is not None and newest.state != Job.DONE else None


def answer_of(site: Site, job: Job | None) -> Answer | None:
    """A count that is done, held against the records of now; none where it told nothing."""
    if job is None or (not job.told.get("measures") and not job.told.get("lacks")):
        return None
    return Answer(job, dict(job.told), job.told.get("load") == load_of(site))
