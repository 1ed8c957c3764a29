"""Retention: nothing goes without a list and two people, what is held stays, and a killed run goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from workbench_office import PURPOSE, QUESTION, Office, page, signed_in, solo
from world import WHO

from arusha.ledger import verify
from arusha.workbench import alerts, jobs, models
from arusha.workbench.governance import holds, letters, retention, runs
from arusha.workbench.governance.retention import months_after
from arusha.workbench.worker import Worker

LATER = timedelta(days=4000)
NOW = datetime.now(UTC)


def run_worker(office: Office) -> models.Job:
    worker = Worker(office.home)
    worker.leave.set()
    worker.work()
    return models.Job.objects.order_by("-pk")[0]


def with_alerts(office: Office, *ways: str) -> list[str]:
    """Alerts of made-up signals, each closed in its way (or open), with words."""
    signals = [f"{k:016x}" for k in range(len(ways))]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", signals)
    for signal, way in zip(signals, ways, strict=True):
        if way:
            words = dict.fromkeys(
                ("reason", "explanation", "towards", "other", "away", "proportion"), f"words {signal}"
            )
            alerts.decide(office.record, signal, WHO["investigator"], way, words)
    return signals


def due(office: Office, days: int) -> list[retention.Item]:
    return retention.plan(office.site, NOW + timedelta(days=days))


def words_left(office: Office) -> set[str]:
    """Words that are still in the contents, of all entries."""
    text = " ".join(p.read_text("utf-8") for p in (office.home / "contents").glob("??/*.json"))
    return {f"{k:016x}" for k in range(10) if f"words {k:016x}" in text}


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of what is kept is over at once: the months are none."""
    monkeypatch.setattr(retention, "ALERT_MONTHS", {"explained": 0, "data-error": 0, "support": 0})


# What is due.


def test_the_words_of_a_closed_alert_are_due_after_its_months_and_not_before(office: Office) -> None:
    explained, support, _open = with_alerts(office, "explained", "support", "")
    by_day = {days: {i.name for i in due(office, days) if i.kind == "alert-words"} for days in (180, 190, 370)}
    assert by_day[180] == set()
    assert by_day[190] == {explained}
    assert by_day[370] == {explained, support}, "an open alert is never due"


def test_an_inquiry_and_a_proposed_one_are_never_due(office: Office) -> None:
    office.make_charter()
    (signal,) = with_alerts(office, "proposed")
    assert not [i for i in due(office, 4000) if i.kind == "alert-words"]
    alerts.read_second(office.record, signal, WHO["board-secretary"], "concurred", {"reason": "so"})
    assert not [i for i in due(office, 4000) if i.kind == "alert-words"]


def test_what_the_charter_promises_comes_before_what_the_program_sets(office: Office) -> None:
    charter = office.make_charter()
    office.to_live()
    with_alerts(office, "support")
    assert charter.state().questions[QUESTION].retention_months == 24
    (item,) = [i for i in due(office, 4000) if i.kind == "alert-words"]
    assert item.ground == "program:12"
    (item,) = [i for i in due(office, 4000) if i.kind == "assessment"]
    assert (item.name, item.ground) == ("assessment", f"charter:{QUESTION}:24")


def test_without_a_charter_no_assessment_is_due(office: Office) -> None:
    assert not [i for i in due(office, 40_000) if i.kind == "assessment"]


def test_an_assessment_stays_while_an_alert_of_it_is_open(office: Office) -> None:
    office.make_charter()
    office.to_live()
    with_alerts(office, "")
    (item,) = [i for i in due(office, 4000) if i.kind == "assessment"]
    assert item.kept == "open-alert"


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -3, "2025-10-15"),
        ("2026-05-05", 0, "2026-05-05"),
        ("2026-12-31", 24, "2028-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, wanted: str) -> None:
    assert months_after(datetime.fromisoformat(day), months).date().isoformat() == wanted


# Two people.


@pytest.mark.control("AC-5", never=True)
def test_something_goes_without_a_list_and_two_people(office: Office, soon: None) -> None:
    office.make_charter()
    with_alerts(office, "explained")
    steward, lead = signed_in("data-steward"), signed_in("integrity-lead")
    steward.post("/governance/retention/list")
    job = run_worker(office)
    assert (job.kind, job.state, job.told["alert-words"]) == ("retain", "done", 1)
    assert words_left(office), "a list deletes nothing"
    at = f"/governance/retention/{job.key}"
    assert "Words of a closed alert" in page(signed_in("internal-auditor"), at)
    assert steward.post(f"{at}/answer", {"answer": "agree"}).status_code == 400, "nobody asked"
    assert steward.post(f"{at}/ask").status_code == 302
    assert steward.post(f"{at}/answer", {"answer": "agree"}).status_code == 400, "the same person"
    assert steward.post(f"{at}/go-on").status_code == 400
    # Written past the program by one person, it is no agreement.
    office.record.add(runs.AGREED, WHO["data-steward"], f"run:{job.key}")
    assert runs.runs(office.record)[job.key].state == "asked"
    run_worker(office)
    assert words_left(office)
    for role in ("administrator", "analyst", "investigator", "union-reviewer"):
        assert signed_in(role).post(f"{at}/answer", {"answer": "agree"}).status_code == 403
    assert lead.post(f"{at}/answer", {"answer": "agree"}).status_code == 302
    done = run_worker(office)
    assert (done.state, done.told) == ("done", {"kept": 0, "alert-words": 1})
    assert not words_left(office)
    assert runs.runs(office.record)[job.key].state == "ended"
    assert office.kinds().count("retention.removed") == 1
    assert "alert.explained" in office.kinds(), "the entry stays"
    assert verify(office.record.ledger).ok
    assert office.record.ledger.check_contents().ok
    assert alerts.alerts(office.record).closed(QUESTION) == {"explained": 1}, "the count stays"


def test_a_run_can_be_declined_and_a_list_is_not_asked_for_twice(office: Office, soon: None) -> None:
    office.make_charter()
    with_alerts(office, "explained")
    signed_in("data-steward").post("/governance/retention/list")
    at = f"/governance/retention/{run_worker(office).key}"
    signed_in("data-steward").post(f"{at}/ask")
    assert signed_in("integrity-lead").post(f"{at}/ask").status_code == 400
    signed_in("internal-auditor").post(f"{at}/answer", {"answer": "decline"})
    assert signed_in("integrity-lead").post(f"{at}/answer", {"answer": "agree"}).status_code == 400
    assert words_left(office)


def test_one_person_alone_asks_and_it_is_done(office: Office) -> None:
    client = solo()
    old = NOW - timedelta(days=200)
    models.Job.objects.create(
        key="0" * 16, kind="inspect", state="done", asked_by="P-7Q3K-M2XA-9TBC", asked_at=old, ended_at=old
    )
    client.post("/governance/retention/list")
    job = run_worker(office)
    assert job.told["job"] == 1
    assert "Retention" in page(client, f"/jobs/{job.key}")
    client.post(f"/governance/retention/{job.key}/ask")
    assert run_worker(office).told["job"] == 1
    assert not models.Job.objects.filter(key="0" * 16).exists()
    assert "done" in page(client, f"/governance/retention/{job.key}")


def test_a_list_is_worth_a_week_and_one_that_was_changed_nothing(office: Office, soon: None) -> None:
    with_alerts(office, "explained", "support")
    client = solo()
    client.post("/governance/retention/list")
    job = run_worker(office)
    at = f"/governance/retention/{job.key}"
    models.Job.objects.filter(pk=job.pk).update(ended_at=NOW - timedelta(days=8))
    assert client.post(f"{at}/ask").status_code == 400
    models.Job.objects.filter(pk=job.pk).update(ended_at=NOW)
    client.post(f"{at}/ask")
    kept = office.home / "retention" / f"{job.key}.json"
    kept.write_text(json.dumps([{**told, "name": "f" * 16} for told in json.loads(kept.read_text("utf-8"))]), "utf-8")
    done = run_worker(office)
    assert done.state == "failed"
    assert "not the one that was agreed to" in done.problem
    assert len(words_left(office)) == 2


# Holds.


@pytest.mark.control(never=True)
@pytest.mark.parametrize("target", ["everything", f"signal:{0:016x}"])
def test_what_is_under_a_legal_hold_goes(office: Office, soon: None, target: str) -> None:
    """Also where the hold came after the list was made and agreed to."""
    office.make_charter()
    first, second = with_alerts(office, "explained", "explained")
    signed_in("data-steward").post("/governance/retention/list")
    job = run_worker(office)
    at = f"/governance/retention/{job.key}"
    signed_in("data-steward").post(f"{at}/ask")
    signed_in("internal-auditor").post("/governance/retention/hold", {"target": target, "reason": "order 7"})
    signed_in("integrity-lead").post(f"{at}/answer", {"answer": "agree"})
    done = run_worker(office)
    left = {first, second} if target == "everything" else {first}
    assert words_left(office) == left
    assert done.told["kept"] == len(left)


def test_one_person_places_a_hold_and_two_lift_it(office: Office) -> None:
    office.make_charter()
    auditor, lead = signed_in("internal-auditor"), signed_in("integrity-lead")
    assert auditor.post("/governance/retention/hold", {"target": "x", "reason": "y"}).status_code == 400
    assert auditor.post("/governance/retention/hold", {"target": "everything", "reason": " "}).status_code == 400
    auditor.post("/governance/retention/hold", {"target": "everything", "reason": "order 7"})
    (key,) = holds.holds(office.record)
    assert "order 7" in page(lead, "/governance/retention")
    lead.post(f"/governance/retention/holds/{key}/lift")
    assert lead.post(f"/governance/retention/holds/{key}/lift").status_code == 400
    office.record.add("hold.lifted", WHO["integrity-lead"], f"hold:{key}")
    assert key in holds.holds(office.record), "one person wrote it past the program"
    auditor.post(f"/governance/retention/holds/{key}/lift")
    assert holds.holds(office.record) == {}


# An assessment, letters, and what a reader sees afterwards.


def test_an_assessment_goes_whole_and_pages_that_spoke_of_it_say_it_is_absent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.make_charter()
    office.to_live()
    manifest = office.assessment / "manifest.json"
    told = json.loads(manifest.read_text("utf-8")) | {"created_at": "2019-01-01T00:00:00+00:00"}
    manifest.write_text(json.dumps(told), "utf-8")
    os.utime(manifest, (1, 1))
    signed_in("data-steward").post("/governance/retention/list")
    job = run_worker(office)
    assert job.told["assessment"] == 1
    signed_in("data-steward").post(f"/governance/retention/{job.key}/ask")
    signed_in("integrity-lead").post(f"/governance/retention/{job.key}/answer", {"answer": "agree"})
    assert run_worker(office).told["assessment"] == 1
    assert not office.assessment.exists()
    assert not list(office.workspace.parent.glob(".*.gone-*"))
    client = signed_in("analyst")
    assert client.get("/assessments/assessment").status_code == 404
    assert client.get("/assessments").status_code == 200


def test_the_words_of_a_question_that_is_over_go_and_its_steps_stay(office: Office) -> None:
    record = office.record
    record.add("letter.drafted", None, "letter:1-a", "source:1", "load:a", "breach:late", breaches=[])
    for to, words in (("sent", ""), ("answered", "words of an answer"), ("accepted", "so be it")):
        letters.step(record, WHO["data-steward"], "1-a", to, on=NOW.date(), words=words, means="mail")
    (item,) = [i for i in due(office, 800) if i.kind == "letter-words"]
    sha256 = retention.write_list(office.home, "a" * 16, [item])
    assert retention.carry_out(office.site, "a" * 16, sha256, NOW + timedelta(days=800)) == {
        "kept": 0,
        "letter-words": 1,
    }
    assert letters.letters(record)["1-a"].state == "accepted"
    assert letters.asked_about(record, letters.letters(record)["1-a"]) is None
    assert not [i for i in due(office, 800) if i.kind == "letter-words"]


# Killed.

_KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from datetime import datetime
from pathlib import Path
import shutil
from arusha.ledger.contents import FolderContents
from arusha.ledger import Ledger
from arusha.workbench.governance import retention
from arusha.workbench.site import site
retention.ALERT_MONTHS = {"explained": 0, "data-error": 0, "support": 0}
run, sha256, at, left = sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3]), [int(sys.argv[4])]
def before(of, name):
    old = getattr(of, name)
    def instead(*args, **more):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return old(*args, **more)
    setattr(of, name, instead)
before(FolderContents, "expunge")
before(Ledger, "_record")
before(Path, "rename")
before(shutil, "rmtree")
print(retention.carry_out(site(), run, sha256, at))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_run_that_is_killed_at_any_step_leaves_what_opens_and_goes_on(office: Office, tmp_path: Path) -> None:
    """Before each write, expunging and deletion of a run in turn; each time the next call goes on to the end."""
    office.make_charter()
    office.to_live()
    signals = with_alerts(office, "explained", "support", "")
    manifest = office.assessment / "manifest.json"
    told: dict[str, Any] = json.loads(manifest.read_text("utf-8")) | {"created_at": "2019-01-01T00:00:00+00:00"}
    manifest.write_text(json.dumps(told), "utf-8")
    os.utime(manifest, (1, 1))
    alerts.decide(office.record, signals[2], WHO["investigator"], "explained", {"reason": "r", "explanation": "e"})
    retention_months = {"explained": 0, "data-error": 0, "support": 0}
    at = (NOW + timedelta(days=1)).isoformat()
    kept, retention.ALERT_MONTHS = retention.ALERT_MONTHS, retention_months
    try:
        items = retention.plan(office.site, NOW + timedelta(days=1))
    finally:
        retention.ALERT_MONTHS = kept
    wanted = [i for i in items if i.kind in ("alert-words", "assessment")]
    assert len(wanted) == 4
    run = "b" * 16
    sha256 = retention.write_list(office.home, run, wanted)
    environment = os.environ | {
        "ARUSHA_WORKSPACE": str(office.workspace),
        "ARUSHA_HOME": str(office.home),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    killed = 0
    for _ in range(60):
        # Each attempt is killed after two more steps than it needs to notice what was done.
        command = [sys.executable, "-c", _KILLED, run, sha256, at, "2"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        check = office.record.ledger.check_contents()
        assert check.ok, done.stderr
        assert verify(office.record.ledger).ok
        assert office.charter().state()
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
    assert killed >= 4
    assert "'alert-words': 3" in done.stdout
    assert "'assessment': 1" in done.stdout
    assert not office.record.ledger.check_contents().unfinished
    assert not words_left(office)
    assert not office.assessment.exists()
    assert not list(office.workspace.parent.glob(".*.gone-*"))
    assert office.kinds().count("retention.removed") == 4, "nothing is recorded twice"


def test_a_run_whose_worker_died_goes_on_with_the_next(office: Office, soon: None) -> None:
    with_alerts(office, "explained")
    client = solo()
    client.post("/governance/retention/list")
    job = run_worker(office)
    client.post(f"/governance/retention/{job.key}/ask")
    claimed = jobs.claim(office.home)
    assert claimed is not None  # by a worker that died then
    done = run_worker(office)
    assert (done.pk, done.state) == (claimed.pk, "done")
    assert not words_left(office)


def test_a_run_that_was_stopped_can_go_on(office: Office, soon: None) -> None:
    with_alerts(office, "explained")
    client = solo()
    client.post("/governance/retention/list")
    job = run_worker(office)
    client.post(f"/governance/retention/{job.key}/ask")
    waiting = models.Job.objects.get(state="waiting")
    client.post(f"/jobs/{waiting.key}/stop")
    at = f"/governance/retention/{job.key}"
    assert "Go on" in page(client, at)
    client.post(f"{at}/go-on")
    assert run_worker(office).state == "done"
    assert not words_left(office)


def test_looks_and_their_purposes_are_not_touched_by_a_run(office: Office, soon: None) -> None:
    """Who looked, when and why stays for whom it was about, and for the auditor."""
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    signed_in("investigator").post(f"/assessments/assessment/signals/{signal}/open", PURPOSE)
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    alerts.decide(office.record, signal, WHO["investigator"], "explained", {"reason": "r", "explanation": "e"})
    item = next(i for i in due(office, 400) if i.kind == "alert-words")
    sha256 = retention.write_list(office.home, "c" * 16, [item])
    retention.carry_out(office.site, "c" * 16, sha256, NOW + timedelta(days=400))
    assert PURPOSE["reference"] in page(signed_in("internal-auditor"), "/looks")
