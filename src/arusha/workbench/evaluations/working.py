"""Which evaluations are being worked out: asked for, and not over yet."""

from __future__ import annotations

from arusha.workbench import jobs
from arusha.workbench.models import Job


def working() -> dict[str, str]:
    """The key of the job by the key of its evaluation."""
    open_jobs = Job.objects.filter(kind=jobs.EVALUATE, state__in=(Job.WAITING, Job.RUNNING))
    return {str(job.given.get("evaluation", "")): job.key for job in open_jobs}
