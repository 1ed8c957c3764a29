"""Counts of the room of access: what became of one is said to each reader, and a way on is there in each state."""

from __future__ import annotations

import pytest
from access_office import ASSIGNED, counted
from test_access import ANALYST, FORM, PURPOSE, SEEN, in_force
from workbench_office import Office, page, signed_in, solo

from arusha.ledger import Ledger
from arusha.ledger.turns import taking_turns
from arusha.workbench import jobs, models


def test_before_the_first_count_each_reader_is_told_what_to_do_first(office: Office) -> None:
    office.make_charter()
    assert "Begin with the button above." in page(signed_in("data-steward"), "/access")
    html = page(signed_in("union-reviewer"), "/access")
    assert "Begin with the button" not in html
    assert "The integrity lead, an analyst or the data steward can ask for the count." in html


@pytest.mark.parametrize("state", ["waiting", "running", "failed", "stopped", "interrupted"])
def test_what_became_of_a_count_is_said_to_each_reader_with_a_way_on(state: str, office: Office) -> None:
    office.make_charter()
    signed_in("analyst").post("/access/new/assigned/propose", FORM)
    (job,) = models.Job.objects.filter(kind="explain")
    with taking_turns(office.home / jobs.LOCK):  # as a worker that is there
        models.Job.objects.filter(pk=job.pk).update(state=state)
        over = state in ("failed", "stopped", "interrupted")
        for role in SEEN:
            client = signed_in(role)
            for at in ("/access", "/access/reasons/1"):
                html = page(client, at)
                assert ("A count waits or runs." in html) == (not over)
                assert ("Nothing half done was kept" in html) == over
                assert "The worker is not there" not in html
                asks = role in ("data-steward", "integrity-lead", "analyst")
                assert (f'href="/jobs/{job.key}"' in html) == asks, "a link that would be refused"
                assert ('action="/access/count"' in html) == (asks and over)
                assert ("can ask for it again" in html) == (over and not asks)
    if not over:
        html = page(signed_in("union-reviewer"), "/access")
        assert ("The worker is not there" in html) == (state == "waiting")
        assert ("was interrupted" in html) == (state == "running"), (
            "what a worker that died left was brought to its end"
        )


def test_a_count_that_was_stopped_is_no_news_once_another_was_done(office: Office) -> None:
    office.make_charter()
    signed_in("analyst").post("/access/new/assigned/propose", FORM)
    models.Job.objects.filter(kind="explain").update(state="stopped")
    assert "was stopped" in page(signed_in("analyst"), "/access")
    models.Job.objects.all().delete()
    counted(office, ASSIGNED)
    assert "Nothing half done" not in page(signed_in("analyst"), "/access")


def test_a_reason_proposed_while_too_many_jobs_wait_stands_and_can_be_counted_later(office: Office) -> None:
    office.make_charter()
    for k in range(jobs.MOST_WAITING):
        models.Job.objects.create(key=f"{k:016x}", kind="inspect", asked_by=ANALYST)
    answer = signed_in("analyst").post("/access/new/assigned/propose", FORM)
    assert answer["Location"] == "/access/reasons/1", "it was recorded: a page that says nothing was would be untrue"
    html = page(signed_in("analyst"), "/access/reasons/1")
    assert "Not counted yet." in html
    assert 'action="/access/count"' in html


def test_one_person_agrees_for_both_readers_in_one_stroke(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an agreement, had it been cut off after the first, left a reason that nobody could bring into force."""
    client = solo()
    client.post("/access/new/assigned/propose", FORM)
    counted(office, ASSIGNED)
    client.post("/access/reasons/1/sample/open", PURPOSE)
    client.post("/access/reasons/1/check", {"holds": "20", "fails": "0", "unclear": "0"})
    strokes: list[int] = []
    whole = Ledger.record
    monkeypatch.setattr(Ledger, "record", lambda self, *events: strokes.append(len(events)) or whole(self, *events))
    client.post("/access/reasons/1/approve", {"digest": ASSIGNED.digest})
    assert strokes == [2]
    assert in_force(office) == {"1": ASSIGNED}
