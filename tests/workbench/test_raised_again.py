"""A closed alert comes back where the records changed in a way that undoes it; what waits is told to nobody else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from draw_salts import salted
from test_own_signal import as_officer, bare, closed, next_assessment, write
from workbench_office import PURPOSE, QUESTION, Office, page, signed_in
from world import WHO

from arusha.assessment.folder import files
from arusha.workbench import alerts, rereview
from arusha.workbench.quarter import Quarter, card
from arusha.workbench.site import site_at

ALL = ("A-1", "A-2", "A-3", "A-4")
FOUND, NOT_FOUND, UNKNOWN = "found", "not found", "not checked: needs duties"


@pytest.fixture
def live(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    write(office, office.signals()[0])
    tried(office, {"acting-cover": FOUND})
    return office


def tried(office: Office, statuses: Mapping[str, str]) -> None:
    """What an assessment says of the explanations of the first signal."""
    path, signal = office.assessment / "explanations.parquet", office.signals()[0]["signal_id"]
    table = pq.read_table(path)
    rows = [r for r in table.to_pylist() if r["signal_id"] != signal]
    empty = dict.fromkeys(table.schema.names)
    rows += [{**empty, "signal_id": signal, "explanation": k, "status": v} for k, v in statuses.items()]
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path)
    manifest = json.loads((office.assessment / "manifest.json").read_text("utf-8"))
    manifest["files"] = files(office.assessment)
    (office.assessment / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    site_at.cache_clear()


def anew(office: Office, ids: tuple[str, ...] = ALL, statuses: Mapping[str, str] | None = None) -> Office:
    """The same period assessed again, after the records changed: the signals bear the same ids."""
    other = office.assessment.parent / "anew"
    shutil.copytree(office.assessment, other)
    later = Office(office.workspace, other)
    write(later, later.signals()[0], ids)
    tried(later, {"acting-cover": FOUND} if statuses is None else statuses)
    return later


def send(name: str) -> None:
    answer = signed_in("analyst").post(f"/assessments/{name}/questions/{QUESTION}/alerts")
    assert answer.status_code == 302, answer.content.decode()


def signal_of(office: Office) -> str:
    return str(office.signals()[0]["signal_id"])


def state(office: Office) -> str:
    return alerts.alerts(office.record)[signal_of(office)].state


@pytest.mark.control("8.9")
@pytest.mark.parametrize("way", ["explained", "data-error", "support"])
def test_a_new_record_of_the_period_raises_a_closed_alert_again(way: str, live: Office) -> None:
    closed(live, way)
    anew(live, ("A-1", "A-2", "A-3", "B-9", "A-4")[:4])
    send("anew")
    alert = alerts.alerts(live.record)[signal_of(live)]
    assert (alert.state, alert.assessment, alert.decided_at) == ("new", "anew", None)
    send("anew")
    send("assessment")
    assert live.kinds().count("alert.raised-again") == 1, "once, and not by the older assessment"
    assert state(live) == "new"


@pytest.mark.control("8.9")
def test_an_explanation_that_is_in_the_records_no_more_raises_the_alert_again_and_all_concerned_are_told(
    live: Office,
) -> None:
    officer = as_officer(live, str(live.signals()[0]["unit_id"]))
    closed(live, "explained")
    anew(live, statuses={"acting-cover": NOT_FOUND})
    send("anew")
    assert state(live) == "new"
    investigator, place = signed_in("investigator"), f"/assessments/anew/signals/{signal_of(live)}"
    assert place in page(investigator, "/alerts")
    investigator.post(place + "/open", PURPOSE)
    html = page(investigator, place)
    assert "raised again: the explanation that was accepted is not in the records any more" in html
    assert "because the records changed" in bare(page(officer, "/own"))
    words = {"exit": "explained", "reason": "asked the chief again", "explanation": "other"}
    assert investigator.post(place + "/decide", words).status_code == 302
    assert state(live) == "explained"


@pytest.mark.parametrize(
    ("way", "ids", "statuses"),
    [
        ("explained", ALL, {"acting-cover": FOUND}),
        ("explained", ("A-1", "A-2"), {"acting-cover": FOUND}),
        ("explained", ALL, {"acting-cover": UNKNOWN}),
        ("explained", ALL, {"acting-cover": FOUND, "specialist-desk": NOT_FOUND}),
        ("data-error", ALL, {"acting-cover": NOT_FOUND}),
        ("support", ALL, {"acting-cover": NOT_FOUND}),
        ("proposed", ("A-1", "B-2", "B-3", "B-4"), {"acting-cover": NOT_FOUND}),
    ],
    ids=["same", "fewer", "not-looked-for", "another", "error-in-data", "support", "proposed"],
)
def test_what_undoes_nothing_accuses_nobody_again(
    way: str, ids: tuple[str, ...], statuses: Mapping[str, str], live: Office
) -> None:
    send("assessment")
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x") | {"explanation": "acting-cover"}
    alerts.decide(live.record, signal_of(live), WHO["investigator"], way, words)
    anew(live, ids, statuses)
    send("anew")
    assert state(live) == way
    assert "alert.raised-again" not in live.kinds()


def test_an_explanation_that_the_records_never_held_is_not_undone_by_them(live: Office) -> None:
    tried(live, {"acting-cover": NOT_FOUND})
    closed(live, "explained")
    anew(live, statuses={"acting-cover": NOT_FOUND})
    send("anew")
    assert state(live) == "explained"


def test_an_inquiry_is_never_raised_again(live: Office) -> None:
    send("assessment")
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    alerts.decide(live.record, signal_of(live), WHO["investigator"], "proposed", words)
    alerts.read_second(live.record, signal_of(live), "P-7000-TEST-0000", "concurred", {"reason": "x"})
    anew(live, ("B-1", "B-2", "B-3", "B-4"))
    send("anew")
    assert state(live) == "inquiry"


def test_where_the_earlier_assessment_is_gone_the_alert_stays_closed(live: Office) -> None:
    closed(live, "explained")
    anew(live, ("B-1", "B-2", "B-3", "B-4"))
    shutil.rmtree(live.assessment)
    site_at.cache_clear()
    send("anew")
    assert alerts.alerts(live.record)[signal_of(Office(live.workspace, live.assessment.parent / "anew"))].state == (
        "explained"
    )


@pytest.mark.control("8.9")
def test_another_period_over_the_same_records_is_an_alert_where_the_explanation_is_gone(live: Office) -> None:
    closed(live, "explained")
    signal = next_assessment(live, ALL)
    later = Office(live.workspace, live.assessment.parent / "later")
    mine = next(r for r in later.signals() if r["signal_id"] == signal)
    assert mine["signal_id"] == signal_of(later)
    tried(later, {"acting-cover": NOT_FOUND})
    send("later")
    assert alerts.alerts(live.record)[signal].state == "new"
    investigator, place = signed_in("investigator"), f"/assessments/later/signals/{signal}"
    investigator.post(place + "/open", PURPOSE)
    said = bare(page(investigator, place))
    assert "Found in the records then, looked for now and not found: acting for another." in said.replace(" :", ":")


def test_the_queue_goes_by_the_age_of_the_last_raising(live: Office) -> None:
    closed(live, "explained")
    record = live.record
    record.add("alert.raised", WHO["analyst"], "signal:0123456789abcdef", f"question:{QUESTION}", "assessment:anew")
    anew(live, ("A-1", "A-2", "A-3", "B-9"[:3]), {"acting-cover": NOT_FOUND})
    send("anew")
    waiting = [alert.signal for alert in alerts.alerts(record).all() if alert.open]
    assert waiting.index("0123456789abcdef") < waiting.index(signal_of(live))


def test_a_second_decision_is_held_against_the_exit_that_was_drawn(live: Office) -> None:
    closed(live, "explained")
    following = Quarter.of(date.today()).end
    salted(live.record, following)
    drawn = rereview.draw(live.record, WHO["internal-auditor"], following)
    assert signal_of(live) in drawn.signals
    rereview.give(live.record, alerts.alerts(live.record)[signal_of(live)], "P-7000-TEST-0000", "explained", "x")
    anew(live, statuses={"acting-cover": NOT_FOUND})
    send("anew")
    assert state(live) == "new"
    agreed = rereview.agreement(live.record)
    assert agreed is not None
    assert dict(agreed.pairs) == {("explained", "explained"): 1}
    assert not rereview.waits_for(live.record, alerts.alerts(live.record)[signal_of(live)], "P-7001-TEST-0000")
    page(signed_in("internal-auditor"), "/alerts/again")


def test_the_quarterly_card_counts_it_as_an_alert_that_was_raised() -> None:
    made = card((), QUESTION, Quarter(2026, 4), {"alert.raised": 6, "alert.raised-again": 6})
    assert made.counts["alert.raised"] == 10


# What waits, told to whom.


def concerned(office: Office) -> str:
    """The first signal's officer, who is an investigator too."""
    who = str(office.signals()[0]["unit_id"])
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], who, "investigator")
    return who


def inquiry(office: Office, signal: str) -> None:
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    alerts.decide(office.record, signal, WHO["investigator"], "proposed", words)
    alerts.read_second(office.record, signal, "P-7000-TEST-0000", "concurred", {"reason": "x"})


@pytest.mark.control("AC-3", "AC-4")
def test_a_concerned_person_learns_of_no_inquiry_from_what_waits_or_what_is_listed(live: Office) -> None:
    officer = as_officer(live, concerned(live))
    send("assessment")

    def told() -> list[str]:
        pages = ("/", "/alerts", "/assessments/assessment/signals", "/own")
        return [re.sub(r'value="[^"]*"', "", page(officer, at)) for at in pages]

    before = told()
    offered = bare(before[1]).count("finding")
    inquiry(live, signal_of(live))
    assert told() == before
    assert offered
    live.charter().move(WHO["integrity-lead"], QUESTION, "pause")
    assert "not live any more" in page(officer, "/alerts")


def test_welcome_counts_what_the_queue_shows(live: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    send("assessment")
    record, n = live.record, len(alerts.alerts(live.record))
    officer = as_officer(live, concerned(live))
    nothing = n - 1 == 0
    said = bare(page(officer, "/"))
    assert ("Nothing waits for you now." in said) == nothing
    assert (f"Alerts that wait for a decision: {n - 1}" in said) != nothing
    assert f"Alerts that wait for a decision: {n} " in bare(page(signed_in("investigator"), "/"))
    monkeypatch.setattr("arusha.workbench.offers.MOST_SHOWN", 1)
    for row in live.signals("assignment-steering"):
        record.add(
            "alert.raised",
            WHO["analyst"],
            f"signal:{row['signal_id']}",
            f"question:{QUESTION}",
            "assessment:assessment",
        )
    assert "decision: 1 and more" in bare(page(signed_in("investigator"), "/"))
