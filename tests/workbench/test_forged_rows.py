"""What stands in the tables without its entry in the ledger has no effect: jobs are done as they were asked for."""

from __future__ import annotations

import pytest
from workbench_office import WHO, Office

from arusha.workbench import jobs, models

GIVEN = {"question": "finding-rate", "few_withheld": True}


def asked(office: Office) -> models.Job:
    return jobs.ask(office.home, WHO["programme-manager"], jobs.COUNT, dict(GIVEN))


def test_a_job_is_claimed_as_it_was_asked_for(office: Office) -> None:
    job = asked(office)
    found = jobs.claim(office.home)
    assert found is not None
    assert found.key == job.key


@pytest.mark.parametrize(
    "change",
    [
        {"given": GIVEN | {"few_withheld": False}},
        {"asked_by": WHO["analyst"]},
        {"kind": jobs.INSPECT},
        {"key": "f" * 16},
    ],
    ids=["what was given", "who asked", "what for", "a row of its own"],
)
def test_a_row_of_jobs_that_nobody_asked_for_is_not_carried_out(change: dict[str, object], office: Office) -> None:
    job = asked(office)
    models.Job.objects.filter(pk=job.pk).update(**change)
    assert jobs.claim(office.home) is None
    job.refresh_from_db()
    assert (job.state, job.told["kind"]) == (models.Job.FAILED, "not-asked")


def test_an_answer_that_is_not_the_one_of_the_ledger_is_told_apart(office: Office) -> None:
    job = jobs.ask(office.home, WHO["analyst"], jobs.EXPLAIN, {"digest": ""})
    models.Job.objects.filter(pk=job.pk).update(told={"measures": [1]})
    job.refresh_from_db()
    jobs.end(office.home, job, models.Job.DONE)
    assert jobs.told_as_recorded(office.home, job)
    job.told = {"measures": [2]}
    assert not jobs.told_as_recorded(office.home, job)
