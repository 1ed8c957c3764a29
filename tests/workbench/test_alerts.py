"""Alerts: by age, explanations first, four ways out with reasons, two readers, and never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from workbench_office import HOSTILE, PURPOSE, QUESTION, Office, make_office, page, people_in, signed_in
from world import WHO

from arusha.workbench import alerts, models
from arusha.workbench.rules import ACTIONS

INQUIRY = {
    "exit": "proposed",
    "reason": "two sources agree",
    "towards": "few findings among many goods",
    "other": "audit report 2026/4",
    "away": "looked for leave and training: none in the period",
    "proportion": "no milder step answers it",
}


@pytest.fixture
def raised(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    return office


def at(office: Office) -> str:
    return f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"


def opening(office: Office, client: Client) -> Client:
    client.post(at(office) + "/open", PURPOSE)
    return client


def second_investigator(office: Office) -> Client:
    who = "P-7000-TEST-0000"
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], who, "investigator")
    WHO["second"] = who
    try:
        return signed_in("second")
    finally:
        del WHO["second"]


def state(office: Office) -> str:
    return alerts.alerts(office.record)[office.signals()[0]["signal_id"]].state


def test_alerts_are_made_of_what_a_live_question_flags_and_once(raised: Office) -> None:
    flagged = {r["signal_id"] for r in raised.signals() if r["flagged"]}
    assert set(alerts.alerts(raised.record)) == flagged
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    assert raised.kinds().count("alert.raised") == len(flagged)


def test_no_alert_is_made_of_a_question_that_is_not_live(office: Office) -> None:
    office.make_charter()
    office.to_pilot()
    for question in (QUESTION, "lane-rates", "no-such-question"):
        assert signed_in("analyst").post(f"/assessments/assessment/questions/{question}/alerts").status_code == 404
    assert not alerts.alerts(office.record)


def test_the_queue_names_nobody_and_is_by_age(raised: Office) -> None:
    html = page(signed_in("investigator"), "/alerts")
    assert raised.signals()[0]["signal_id"] in html
    assert not people_in(html)
    assert "The oldest first; nothing else decides the order" in html


def test_the_queue_is_empty_when_the_question_is_paused(raised: Office) -> None:
    raised.charter().move(WHO["integrity-lead"], QUESTION, "pause")
    html = page(signed_in("investigator"), "/alerts")
    assert raised.signals()[0]["signal_id"] not in html
    assert "not live any more" in html


def test_explanations_come_before_the_ways_out(raised: Office) -> None:
    html = page(opening(raised, signed_in("investigator")), at(raised))
    order = [html.index(h) for h in ("Ordinary reasons", "The numbers", "The records behind it", ">Decide<")]
    assert order == sorted(order)
    assert "Fewer than \u206810\u2069 alerts" in html


@pytest.mark.control("8.10")
@pytest.mark.parametrize("way", alerts.EXITS)
def test_every_way_out_needs_its_reasons(way: str, raised: Office) -> None:
    client = opening(raised, signed_in("investigator"))
    whole = {**INQUIRY, "exit": way, "explanation": "specialist-desk"}
    needed = {"explained": ["reason", "explanation"], "proposed": list(INQUIRY)[1:]}.get(way, ["reason"])
    for left_out in needed:
        assert client.post(at(raised) + "/decide", {**whole, left_out: " "}).status_code == 400
        assert state(raised) == "new"
    assert client.post(at(raised) + "/decide", whole).status_code == 302
    assert state(raised) == way
    assert client.post(at(raised) + "/decide", whole).status_code == 400, "an exit is taken once"


def test_nobody_decides_without_having_opened_the_signal(raised: Office) -> None:
    answer = signed_in("investigator").post(at(raised) + "/decide", {"exit": "data-error", "reason": "x"})
    assert answer.status_code == 400
    assert state(raised) == "new"


@pytest.mark.control("AC-3(2)", "AC-5", "5.3.3", "8.10")
def test_an_inquiry_needs_a_second_reader_who_is_another_person(raised: Office) -> None:
    client = opening(raised, signed_in("investigator"))
    client.post(at(raised) + "/decide", INQUIRY)
    assert state(raised) == "proposed"
    assert client.post(at(raised) + "/second-read", {"reading": "concurred", "reason": "yes"}).status_code == 400
    assert "Somebody else has to read it now" in page(client, at(raised))
    other = opening(raised, second_investigator(raised))
    html = page(other, at(raised))
    assert "audit report 2026/4" in html
    assert other.post(at(raised) + "/second-read", {"reading": "concurred", "reason": " "}).status_code == 400
    assert other.post(at(raised) + "/second-read", {"reading": "concurred", "reason": "I read it"}).status_code == 302
    assert state(raised) == "inquiry"


def test_without_concurrence_the_alert_waits_again(raised: Office) -> None:
    opening(raised, signed_in("investigator")).post(at(raised) + "/decide", INQUIRY)
    other = opening(raised, second_investigator(raised))
    other.post(at(raised) + "/second-read", {"reading": "not-concurred", "reason": "nothing from elsewhere"})
    assert state(raised) == "new"


def test_a_folder_without_an_away_entry_cannot_be_submitted(raised: Office) -> None:
    client = opening(raised, signed_in("investigator"))
    assert client.post(at(raised) + "/decide", {**INQUIRY, "away": ""}).status_code == 400
    assert state(raised) == "new"


@pytest.mark.control("AC-5", "8.10")
def test_an_alert_that_touches_the_investigator_is_not_offered(raised: Office) -> None:
    concerned = raised.signals()[0]["unit_id"]
    for granter in ("integrity-lead", "internal-auditor"):
        raised.charter().grant(WHO[granter], concerned, "investigator")
    models.Account.objects.make("concerned", concerned, "a long first password")
    WHO["concerned"] = concerned
    try:
        client = signed_in("concerned")
    finally:
        del WHO["concerned"]
    assert raised.signals()[0]["signal_id"] not in page(client, "/alerts")
    assert client.get(at(raised)).status_code == 404
    assert client.post(at(raised) + "/open", PURPOSE).status_code == 404
    assert client.post(at(raised) + "/decide", {"exit": "data-error", "reason": "x"}).status_code == 404


def test_who_says_that_they_have_a_conflict_is_not_offered_it_again(raised: Office) -> None:
    client = opening(raised, signed_in("investigator"))
    client.post(at(raised) + "/recuse")
    assert raised.signals()[0]["signal_id"] not in page(client, "/alerts")
    assert client.post(at(raised) + "/decide", {"exit": "data-error", "reason": "x"}).status_code == 404


def test_what_became_of_ten_alerts_is_told_in_counts(raised: Office) -> None:
    record, who = raised.record, WHO["investigator"]
    for n in range(10):
        alerts.raise_alerts(record, WHO["analyst"], QUESTION, "assessment", [f"{n:016d}"])
        way = "explained" if n < 7 else "data-error"
        alerts.decide(record, f"{n:016d}", who, way, {"reason": "r", "explanation": "specialist-desk"})
    html = page(opening(raised, signed_in("investigator")), at(raised)).replace("\u2068", "").replace("\u2069", "")
    assert "Of the 10 alerts of this question that were closed: 7 explained, 3 errors in the data" in html


def test_text_of_an_exit_is_text(raised: Office) -> None:
    opening(raised, signed_in("investigator")).post(at(raised) + "/decide", {**INQUIRY, "away": HOSTILE})
    html = page(opening(raised, second_investigator(raised)), at(raised))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]gnp.exe" in html
    assert "<script" not in html


# What must never happen.


@pytest.mark.control("AU-9", "7.5.3", never=True)
def test_an_alert_that_can_be_deleted(raised: Office) -> None:
    assert not [a for a in ACTIONS if "delete" in a or "remove" in a]
    before = list(alerts.alerts(raised.record))
    client = opening(raised, signed_in("investigator"))
    client.post(at(raised) + "/decide", {"exit": "data-error", "reason": "twice in the file"})
    assert list(alerts.alerts(raised.record)) == before


@pytest.mark.control("8.10", "9.2", never=True)
def test_an_alert_open_past_its_limit_without_the_auditor_knowing(
    raised: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor, signal = signed_in("internal-auditor"), raised.signals()[0]
    assert signal["signal_id"] not in page(auditor, "/alerts/overdue")
    later = alerts.now() + alerts.LIMIT + timedelta(days=1)
    monkeypatch.setattr(alerts, "now", lambda: later)
    html = page(auditor, "/alerts/overdue")
    assert signal["signal_id"] in html
    assert not people_in(html), "the auditor reads no content"
    assert "Past its limit" in page(signed_in("investigator"), "/alerts")


def test_investigator_who_is_also_board_member(raised: Office) -> None:
    for granter in ("integrity-lead", "internal-auditor"):
        wanted = {"person": WHO["investigator"], "role": "board-member"}
        assert signed_in(granter).post("/people/grant", wanted).status_code == 400
    assert not raised.charter().state().holds(WHO["investigator"], "board-member")


def test_alert_text_copied_into_a_case_as_a_finding(raised: Office) -> None:
    """There is no case yet, and no page speaks of an alert as a finding."""
    html = page(opening(raised, signed_in("investigator")), at(raised))
    assert "A signal is a reason to look, not a finding." in html
    assert "confirmed" not in html


def test_two_offices_do_not_share_alerts(raised: Office, tmp_path) -> None:
    other = make_office(tmp_path / "other")
    assert not alerts.alerts(other.record)


def test_two_who_decide_at_the_same_moment_make_one_exit(raised: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from arusha.workbench.record import Record

    signal = raised.signals()[0]["signal_id"]

    def one(number: int) -> str:
        words = {"reason": f"reason {number}"}
        try:
            alerts.decide(Record(raised.home), signal, f"P-800{number}-TEST-0000", "data-error", words)
        except alerts.AlertError as refused:
            return refused.problem
        return "done"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(one, range(6)))
    assert sorted(outcomes) == ["done"] + ["the alert is closed"] * 5
    assert raised.kinds().count("alert.data-error") == 1


def test_the_queue_comes_in_pages_that_hold_every_alert_once(raised: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import re

    import pyarrow as pa
    import pyarrow.parquet as pq

    from arusha.workbench import offers

    path = raised.assessment / "signals.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index("signal")
    pq.write_table(table.set_column(place, "signal", pa.array([True] * table.num_rows)), path)
    os.utime(raised.assessment / "manifest.json", (1, 1))
    others = [r["signal_id"] for r in raised.signals()]
    alerts.raise_alerts(raised.record, WHO["analyst"], QUESTION, "assessment", others)
    monkeypatch.setattr(offers, "MOST_SHOWN", 1)
    client, at, seen = signed_in("investigator"), "/alerts", []
    while at:
        html = page(client, at)
        seen += re.findall(r'/signals/([0-9a-f]{16})"', html)
        more = re.search(r'href="(/alerts\?from=\d+)"', html)
        at = more.group(1) if more else ""
    assert seen == [s for s in alerts.alerts(raised.record) if s in seen], "the oldest first"
    assert len(seen) == len(set(seen)) == len(alerts.alerts(raised.record)) > 1
    for wrong in ("-1", "x", "9" * 30):
        assert client.get(f"/alerts?from={wrong}").status_code == 200
