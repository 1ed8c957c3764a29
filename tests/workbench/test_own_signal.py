"""One's own signal: the records of one's own work, where each points, what became of it, and what one said."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from workbench_office import HOSTILE, PURPOSE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.assessment.folder import files
from arusha.workbench import alerts
from arusha.workbench.closed_before import NOT_RAISED
from arusha.workbench.site import site_at

OTHER = "P-0000-0THE-R000"


@pytest.fixture
def live(office: Office) -> Office:
    """A live question with one officer signalled, whose evidence says when, whose work, and what was found."""
    office.make_charter()
    office.to_live()
    write(office, office.signals()[0])
    return office


def write(office: Office, row: dict[str, object], ids: tuple[str, ...] = ("A-1", "A-2", "A-3", "A-4")) -> None:
    """Evidence of four examinations, one of which found something and one of which is another officer's."""
    of = [row["unit_id"], row["unit_id"], row["unit_id"], OTHER][: len(ids)]
    rows = pa.table(
        {
            "file": ["declarations.csv"] * len(ids),
            "line": [18, 17, 19, 20][: len(ids)],
            "declaration_id": list(ids),
            "registered_at": [datetime(2025, m, 1) for m in (5, 1, 2, 3)][: len(ids)],
            "officer": of,
            "declarant_id": ["T-0000-TRAD-ER00"] * len(ids),
            "found": [0, 1, 0, 0][: len(ids)],
            "reason": [HOSTILE, None, OTHER, None][: len(ids)],
        }
    )
    folder = office.assessment
    pq.write_table(rows, folder / "evidence" / f"{row['signal_id']}.parquet")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"] = files(folder)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    site_at.cache_clear()


def as_officer(office: Office, who: str) -> Client:
    """Somebody whom a signal concerns and who asked for an own page."""
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], who, "subject")
    WHO["officer"] = who
    try:
        return signed_in("officer")
    finally:
        del WHO["officer"]


def at(office: Office) -> str:
    return f"/own/assessment/{office.signals()[0]['signal_id']}"


def bare(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", re.sub(r"(?s)<svg.*?</svg>|<[^>]+>", " ", html)))


def opening(office: Office, role: str = "investigator") -> tuple[Client, str]:
    client, place = signed_in(role), f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"
    client.post(place + "/open", PURPOSE)
    return client, place


@pytest.mark.control("AC-3(14)")
def test_one_reads_the_records_of_ones_own_work_and_nobody_elses(live: Office) -> None:
    who = str(live.signals()[0]["unit_id"])
    html = page(as_officer(live, who), at(live))
    assert people_in(html) <= {who}
    assert "A-1" in html
    assert "A-4" not in html
    assert "declarant_id" not in html, "who declared is protected as who examined is"
    assert "which yours was compared, are not shown: 1." in bare(html)
    assert html.index("A-2") < html.index("A-3") < html.index("A-1"), "in order of time"
    for line in ("17", "18", "19"):
        assert f"<bdi>{line}</bdi>" in html
    assert "Points towards 2 Points away 1 Counts for neither 0" in bare(html)
    assert "2025-04" in html, "a month without a record is shown too"


@pytest.mark.control("AC-3", "AC-3(14)")
def test_a_signal_about_somebody_else_is_as_absent_as_one_that_never_was(live: Office) -> None:
    assert as_officer(live, OTHER).get(at(live)).status_code == 404
    officer = signed_in("officer")
    steering = live.signals("assignment-steering")[0]["signal_id"]
    for strange in (f"/own/assessment/{steering}", "/own/assessment/0123456789abcdef", "/own/nothing/x"):
        assert officer.get(strange).status_code == 404
    assert signed_in("integrity-lead").get(at(live)).status_code == 403


def test_nothing_is_shown_of_ones_own_signal_without_alert_once_the_question_is_paused(live: Office) -> None:
    officer = as_officer(live, str(live.signals()[0]["unit_id"]))
    assert officer.get(at(live)).status_code == 200
    live.charter().move(WHO["integrity-lead"], QUESTION, "pause")
    assert officer.get(at(live)).status_code == 404


@pytest.mark.control("AC-3(14)", "8.9")
def test_one_is_told_which_explanation_was_accepted_and_reads_what_one_said(live: Office) -> None:
    officer = as_officer(live, str(live.signals()[0]["unit_id"]))
    signal = live.signals()[0]["signal_id"]
    assert "No alert was made of it" in page(officer, at(live))
    told = {"assessment": "assessment", "signal": signal, "text": f"I was on cover. {HOSTILE}"}
    answer = officer.post("/own/contest", told)
    assert answer.headers["Location"] == at(live)
    html = page(officer, at(live))
    assert "I was on cover." in html
    assert "<script>alert" not in html
    number = live.record.about(f"signal:{signal}")[0]
    assert f"entry {number}" in bare(html)
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    assert "no explanation of it is accepted so far" in page(officer, at(live))
    investigator, place = opening(live)
    words = {"exit": "explained", "reason": "the roster says so, wrote P-SECR-ETSE-CRET", "explanation": "acting-cover"}
    assert investigator.post(place + "/decide", words).status_code == 302
    for where in (at(live), "/own"):
        html = page(officer, where)
        assert "Closed as explained: acting for another" in bare(html).replace(" :", ":")
        assert "the roster says so" not in html, "who decided, and in which words, is not told"
        assert WHO["investigator"] in html, "who looked is"


@pytest.mark.control("AC-3")
@pytest.mark.parametrize("way", ["proposed", "inquiry"])
def test_a_proposed_inquiry_reads_like_an_alert_that_waits(way: str, live: Office) -> None:
    officer = as_officer(live, str(live.signals()[0]["unit_id"]))
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    before = page(officer, at(live))
    signal = live.signals()[0]["signal_id"]
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    alerts.decide(live.record, signal, WHO["investigator"], "proposed", words)
    if way == "inquiry":
        alerts.read_second(live.record, signal, OTHER, "concurred", {"reason": "x"})

    def same(html: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)

    assert same(page(officer, at(live))) == same(before)


def test_an_explanation_that_no_question_has_is_not_taken(live: Office) -> None:
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    investigator, place = opening(live)
    words = {"exit": "explained", "reason": "x", "explanation": "the person is P-0000-0THE-R000"}
    assert investigator.post(place + "/decide", words).status_code == 400
    assert "alert.explained" not in live.kinds()


@pytest.mark.control("8.9")
def test_whoever_opens_a_signal_sees_what_points_away_beside_what_points_towards(live: Office) -> None:
    investigator, place = opening(live)
    html = page(investigator, place)
    assert "Points towards 3 Points away 1 Counts for neither 0" in bare(html)
    assert html.index("Ordinary reasons") < html.index("Points towards")
    assert "Pointing towards: 3. Pointing away: 1." in re.sub("[\u2066-\u2069]", "", html)


def test_many_records_are_shown_in_parts(live: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arusha.workbench.behind.MOST_ROWS", 2)
    investigator, place = opening(live)
    first = page(investigator, place)
    assert "A-2" in first
    assert "A-1" not in first
    assert "?from=2#rows" in first
    assert "A-1" in page(investigator, place + "?from=2")
    assert "A-1" not in page(investigator, place + "?from=²")


# The same records, accused again.


def next_assessment(office: Office, ids: tuple[str, ...]) -> str:
    """A second assessment that asked again, of a period that begins a day later: its signal has another id."""
    from arusha.indicators.signals import id_of

    other = office.assessment.parent / "later"
    shutil.copytree(office.assessment, other)
    table = pq.read_table(other / "signals.parquet")
    rows = table.to_pylist()
    mine = office.signals()[0]["signal_id"]
    renamed = {}
    for row in rows:
        row["period_start"] = row["period_start"].replace(day=2)
        renamed[row["signal_id"]] = id_of(row)
        row["signal_id"] = id_of(row)
    pq.write_table(pa.Table.from_pylist(rows, table.schema), other / "signals.parquet")
    told = pq.read_table(other / "explanations.parquet").to_pylist()
    schema = pq.read_schema(other / "explanations.parquet")
    for one in told:
        one["signal_id"] = renamed[one["signal_id"]]
    pq.write_table(pa.Table.from_pylist(told, schema), other / "explanations.parquet")
    for path in (other / "evidence").iterdir():
        path.rename(path.with_name(renamed[path.stem] + ".parquet"))
    moved = Office(office.workspace, other)
    write(moved, next(r for r in moved.signals() if r["signal_id"] == renamed[mine]), ids)
    return renamed[mine]


def closed(office: Office, way: str) -> None:
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    words = {"reason": "x", "explanation": "acting-cover"}
    alerts.decide(office.record, office.signals()[0]["signal_id"], WHO["investigator"], way, words)


@pytest.mark.control("8.9")
@pytest.mark.parametrize("way", ["explained", "data-error"])
def test_the_same_records_accuse_nobody_again_once_they_were_explained(way: str, live: Office) -> None:
    closed(live, way)
    signal = next_assessment(live, ("A-1", "A-2", "A-3", "A-4"))
    analyst = signed_in("analyst")
    for _ in range(2):
        analyst.post(f"/assessments/later/questions/{QUESTION}/alerts")
    assert signal not in alerts.alerts(live.record)
    assert live.kinds().count(NOT_RAISED) == 1
    html = page(analyst, "/assessments/later/signals")
    assert "one over the same records was closed before" in html
    assert "closed as" not in html[html.index(signal) : html.index(signal) + 600], "and not how"


def test_a_new_record_raises_an_alert_and_its_reader_is_told_of_the_earlier_one(live: Office) -> None:
    closed(live, "explained")
    signal = next_assessment(live, ("A-1", "B-2", "B-3"))
    signed_in("analyst").post(f"/assessments/later/questions/{QUESTION}/alerts")
    assert alerts.alerts(live.record)[signal].state == "new"
    investigator = signed_in("investigator")
    place = f"/assessments/later/signals/{signal}"
    investigator.post(place + "/open", PURPOSE)
    said = bare(page(investigator, place))
    assert "Records that point towards this signal: 2; of them stood behind the earlier one: 1." in said
    assert "assessment assessment" in said


@pytest.mark.parametrize("way", ["support", "proposed"])
def test_what_was_closed_without_a_cause_does_not_keep_an_alert_away(way: str, live: Office) -> None:
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
    alerts.decide(live.record, live.signals()[0]["signal_id"], WHO["investigator"], way, words)
    signal = next_assessment(live, ("A-1", "A-2", "A-3", "A-4"))
    signed_in("analyst").post(f"/assessments/later/questions/{QUESTION}/alerts")
    assert alerts.alerts(live.record)[signal].state == "new"


def test_where_the_earlier_evidence_is_gone_an_alert_is_made(live: Office) -> None:
    closed(live, "explained")
    signal = next_assessment(live, ("A-1", "A-2", "A-3", "A-4"))
    (live.assessment / "evidence" / f"{live.signals()[0]['signal_id']}.parquet").unlink()
    signed_in("analyst").post(f"/assessments/later/questions/{QUESTION}/alerts")
    assert alerts.alerts(live.record)[signal].state == "new"


@pytest.mark.control("AC-3(14)")
def test_a_trader_reads_their_half_of_a_signal_and_no_officer(office: Office) -> None:
    office.make_charter()
    office.to_live("assignment-steering")
    row = office.signals("assignment-steering")[0]
    trader = as_officer(office, str(row["other_id"]))
    html = page(trader, f"/own/assessment/{row['signal_id']}")
    assert people_in(html) <= {row["other_id"]}
    assert "EX01-0001" in html
    assert "officer_id" not in html
    assert "&lt;script&gt;" in html
    investigator = signed_in("investigator")
    investigator.post(f"/assessments/assessment/signals/{row['signal_id']}/open", PURPOSE)
    assert WHO["investigator"] in page(trader, "/own"), "who looked at the trader's half is told to the trader"
