"""An office whose log was counted: the worker's answer, made here over a small log in memory."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

from workbench_office import HERE, Office

sys.path.append(str(HERE.parent / "access"))
from small_log import Rows, as_tables
from test_explaining import good, made, quiet

from arusha.access.explaining import count
from arusha.access.templates import Template
from arusha.engine import session_from_tables
from arusha.workbench import jobs, models
from arusha.workbench.access import counts, reasons

ASSIGNED = made("assigned", "looks", days="30")


def counted(office: Office, new: Template | None = None, rows: Rows | None = None) -> models.Job:
    """What the worker would have answered to the newest question about the log."""
    in_force = reasons.in_force(office.record, office.site.state())
    with session_from_tables(as_tables(rows or good())) as session:
        told: dict[str, Any] = count(session, in_force, new, quiet).as_dict()
    given = {
        "in_force": {key: one.as_dict() for key, one in in_force.items()},
        "digest": new.digest if new is not None else "",
        "about": "",
    }
    models.Job.objects.filter(kind="explain").update(state="done")
    job = models.Job.objects.create(
        key=f"{models.Job.objects.count():016x}",
        kind="explain",
        state="done",
        asked_by="P-TEST-0000-0000",
        ended_at=datetime.now(UTC),
        given=given,
        told={**told, "load": counts.load_of(office.site)},
    )
    about = (f"job:{job.key}", "errand:explain", "ended:done")
    office.record.add(jobs.ENDED, None, *about, told=jobs.fingerprint(job.told))
    return job
