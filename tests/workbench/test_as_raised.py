"""Attacks by who can write to a folder, was taken off an alert, or reads what others' pages say of a closed one."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_feedback import give_postings, somebody
from workbench_office import PURPOSE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.assessment.folder import files
from arusha.workbench import alerts
from arusha.workbench.place import peers
from arusha.workbench.site import site_at

RAISE = f"/assessments/assessment/questions/{QUESTION}/alerts"


@pytest.fixture
def raised(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    signed_in("analyst").post(RAISE)
    return office


def at(office: Office) -> str:
    return f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"


def with_digests(office: Office) -> None:
    """What a forger does last: the manifest says what the files are now."""
    path = office.assessment / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"] = files(office.assessment)
    path.write_text(json.dumps(manifest), "utf-8")
    site_at.cache_clear()


def forge_row(office: Office) -> None:
    path = office.assessment / "signals.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    row = next(r for r in rows if r["signal_id"] == office.signals()[0]["signal_id"])
    row |= {"observed": row["observed"] / 3, "effect": 0.1}
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path)


def forge_rows_behind(office: Office) -> None:
    path = office.assessment / "evidence" / f"{office.signals()[0]['signal_id']}.parquet"
    pq.write_table(pq.read_table(path).slice(0, 1), path)


@pytest.mark.control("AU-10", never=True)
@pytest.mark.parametrize("forge", [forge_row, forge_rows_behind])
def test_an_inquiry_built_on_a_signal_that_was_edited_after_its_alert_was_made(forge, raised: Office) -> None:
    investigator = signed_in("investigator")
    assert investigator.post(at(raised) + "/open", PURPOSE).status_code == 302
    forge(raised)
    with_digests(raised)
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    for answer in (
        investigator.get(at(raised)),
        investigator.post(at(raised) + "/open", PURPOSE),
        investigator.post(at(raised) + "/decide", {"exit": "proposed", **words}),
    ):
        assert answer.status_code == 400
        assert "not those of which its alert was made" in answer.content.decode()
    assert alerts.alerts(raised.record)[raised.signals()[0]["signal_id"]].state == "new"


def test_an_assessment_made_again_with_the_same_rows_is_the_same(raised: Office) -> None:
    for path in (raised.assessment / "signals.parquet", raised.assessment / "explanations.parquet"):
        pq.write_table(pq.read_table(path), path, compression="snappy")
    with_digests(raised)
    assert signed_in("investigator").post(at(raised) + "/open", PURPOSE).status_code == 302


@pytest.mark.control("AC-5", "8.10", never=True)
def test_a_signal_opened_by_who_was_taken_off_its_alert(raised: Office) -> None:
    client = signed_in("investigator")
    client.post(at(raised) + "/open", PURPOSE)
    client.post(at(raised) + "/recuse")
    assert client.get(at(raised)).status_code == 404
    who, colleague = somebody(raised, 6)
    assert colleague.post(at(raised) + "/open", PURPOSE).status_code == 302
    give_postings(raised, (who, raised.signals()[0]["office"], "2010-01-01", None))
    assert colleague.get(at(raised)).status_code == 404
    assert colleague.post(at(raised) + "/open", PURPOSE).status_code == 404


@pytest.mark.control("AC-3(14)", "8.9", never=True)
def test_an_officer_who_cannot_read_or_answer_an_alert_because_its_question_is_paused(raised: Office) -> None:
    row = raised.signals()[0]
    for granter in ("integrity-lead", "internal-auditor"):
        raised.charter().grant(WHO[granter], row["unit_id"], "subject")
    WHO["officer"] = row["unit_id"]
    try:
        officer = signed_in("officer")
    finally:
        del WHO["officer"]
    own = f"/own/assessment/{row['signal_id']}"
    raised.charter().move(WHO["integrity-lead"], QUESTION, "pause")
    assert signed_in("investigator").get(at(raised)).status_code == 404
    assert people_in(page(officer, own)) <= {row["unit_id"]}
    told = {"assessment": "assessment", "signal": row["signal_id"], "text": "I was on cover."}
    assert officer.post("/own/contest", told).status_code == 302
    assert "I was on cover." in page(officer, own)
    others = [r["signal_id"] for r in raised.signals() if row["unit_id"] not in (r["unit_id"], r["other_id"])]
    assert all(officer.get(f"/own/assessment/{other}").status_code == 404 for other in others)


def test_the_page_of_a_question_names_nobody_before_a_purpose(raised: Office) -> None:
    for role in ("analyst", "integrity-lead", "investigator"):
        client = signed_in(role)
        shown = people_in(page(client, f"/assessments/assessment/questions/{QUESTION}"))
        assert shown <= {WHO[role]}, role


def test_who_took_a_whole_report_is_told_to_whom_it_names(raised: Office) -> None:
    row = raised.signals()[0]
    for granter in ("integrity-lead", "internal-auditor"):
        raised.charter().grant(WHO[granter], row["unit_id"], "subject")
    assert signed_in("analyst").post("/assessments/assessment/report.en.html").status_code == 200
    WHO["officer"] = row["unit_id"]
    try:
        html = page(signed_in("officer"), "/own")
    finally:
        del WHO["officer"]
    assert "The whole report was taken away" in html
    assert WHO["analyst"] in html


def test_a_second_look_at_a_closed_alert_tells_the_person_nothing_that_its_way_out_does_not(raised: Office) -> None:
    row = raised.signals()[0]
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    alerts.decide(raised.record, row["signal_id"], WHO["investigator"], "proposed", words)
    alerts.read_second(raised.record, row["signal_id"], "P-7009-TEST-0000", "concurred", {"reason": "x"})
    again = {"reason": "re-review", "reference": "the quarter's draw"}
    assert signed_in("investigator").post(at(raised) + "/open", again).status_code == 302
    for granter in ("integrity-lead", "internal-auditor"):
        raised.charter().grant(WHO[granter], row["unit_id"], "subject")
    WHO["officer"] = row["unit_id"]
    try:
        html = page(signed_in("officer"), "/own")
    finally:
        del WHO["officer"]
    assert WHO["investigator"] in html, "that somebody looked is told"
    assert "Second look" not in html
    assert "draw" not in html


def test_the_pairs_of_one_colleague_are_no_band_of_peers(raised: Office) -> None:
    asked = next(q for q in raised_questions(raised) if q.id == QUESTION)
    row = dict(asked.signals.slice(0, 1).to_pylist()[0])
    rows = [row | {"unit_id": "O1", "other_id": f"D{k}", "effect": 1 + k / 50} for k in range(24)]
    like = pa.Table.from_pylist([row, *rows], asked.signals.schema)
    from dataclasses import replace

    assert peers(replace(asked, signals=like), row).low is None
    many = pa.Table.from_pylist([row, *(r | {"unit_id": f"O{k}"} for k, r in enumerate(rows))], asked.signals.schema)
    assert peers(replace(asked, signals=many), row).low is not None


def raised_questions(office: Office):
    from arusha.assessment.report_read import read_folder

    return read_folder(office.assessment).questions
