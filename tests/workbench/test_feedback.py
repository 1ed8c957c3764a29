"""What becomes of alerts: hit rate and calibration by hand, blind second decisions, conflicts known from postings."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from django.test import Client
from draw_salts import committed, said, salted
from workbench_office import PURPOSE, QUESTION, Office, page, signed_in
from world import WHO

from arusha.ledger import Event
from arusha.workbench import alerts, conflicts, rereview, salts
from arusha.workbench.alerts import AlertError
from arusha.workbench.conflicts import Served
from arusha.workbench.feedback import feedback
from arusha.workbench.quarter import Quarter

DAY = datetime(2026, 1, 5, tzinfo=UTC)
WAYS = {"explained": ("reason", "explanation"), "support": ("reason",), "data-error": ("reason",)}


def closed(n: int, way: str, since: int = 0) -> list[tuple[str, int]]:
    return [(way, (DAY + timedelta(days=since + k)).year) for k in range(n)]


# Hit rate and calibration.


def test_the_share_that_led_somewhere_with_its_interval() -> None:
    ways = [closed(27, "explained"), closed(6, "data-error", 27), closed(5, "support", 33), closed(2, "inquiry", 38)]
    found = feedback(QUESTION, 1, [one for way in ways for one in way])
    assert (found.open, found.closed) == (1, 40)
    assert found.exits == {"explained": 27, "data-error": 6, "support": 5, "inquiry": 2}
    assert found.led is not None
    assert (found.led.count, found.led.of, found.led.share) == (7, 40, 7 / 40)
    # Clopper-Pearson of 7 in 40, from its definition by beta quantiles.
    from scipy.stats import beta

    assert found.led.low == pytest.approx(beta.ppf(0.025, 7, 34))
    assert found.led.high == pytest.approx(beta.ppf(0.975, 8, 33))
    assert found.years[2026].of == 40


def test_fewer_than_ten_closed_are_too_few_to_judge() -> None:
    found = feedback(QUESTION, 0, closed(9, "explained"))
    assert (found.led, found.told, found.years) == (None, None, {})


@pytest.mark.control("9.1")
def test_the_standing_line_is_held_against_what_came_after_it() -> None:
    """Ten explained, then forty of which none is: the line said all of them would be, then ever fewer."""
    found = feedback(QUESTION, 0, [*closed(10, "explained"), *closed(40, "support", 10)])
    assert found.told is not None
    assert found.told.n.sum() == 40
    assert found.told.happened == 0
    assert found.told.expected == pytest.approx(sum(10 / (10 + k) for k in range(40)))
    assert found.told.p < 1e-6
    assert feedback(QUESTION, 0, [*closed(10, "explained"), *closed(29, "support", 10)]).told is None, "fewer than 30"


def test_what_is_counted_of_alerts_is_what_counting_them_one_by_one_gives(office: Office) -> None:
    """Years turn, seconds tie and have fractions, questions mix; some are open, one is proposed and came back."""
    ways, event, first = ("explained", "support", "data-error"), [], datetime(2025, 12, 31, 23, 59, 58, tzinfo=UTC)
    for k in range(60):
        about = (f"signal:{k * 7919 % 60:016x}", f"question:{('finding-rate', 'lane-rates')[k % 3 == 0]}")
        event.append(Event("alert.raised", WHO["analyst"], (*about, "assessment:assessment"), time=first))
        if k % 4:
            at = first + timedelta(seconds=k // 7, microseconds=500_000 * (k % 5 == 0))
            event.append(Event(f"alert.{ways[k % 3]}", WHO["investigator"], about, time=at))
    office.record.ledger.record(*sorted(event, key=lambda one: one.time or first))
    known = alerts.alerts(office.record)
    whole = sorted((a for a in known.all() if a.decided_at), key=lambda a: (a.decided_at, a.signal))
    assert {a.decided_at.year for a in whole if a.decided_at} == {2025, 2026}
    for question in ("finding-rate", "lane-rates"):
        mine = [(a.state, a.decided_at.year) for a in whole if a.question == question and a.decided_at]
        assert known.closings()[question] == mine
        assert known.waiting()[question] == sum(a.open for a in known.all() if a.question == question) > 0


# Blind second decisions.


@pytest.fixture
def raised(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    return office


def signals(office: Office) -> list[str]:
    return [r["signal_id"] for r in office.signals() if r["flagged"]]


def somebody(office: Office, number: int, role: str = "investigator") -> tuple[str, Client]:
    """Another person in a role."""
    who = f"P-700{number}-TEST-0000"
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], who, role)
    WHO[f"other-{number}"] = who
    try:
        return who, signed_in(f"other-{number}")
    finally:
        del WHO[f"other-{number}"]


def close_all(office: Office, way: str = "explained") -> None:
    for signal in signals(office):
        alerts.decide(office.record, signal, WHO["investigator"], way, dict.fromkeys(WAYS[way], "a desk of two people"))


NEXT = Quarter.of(date.today()).end
"""The first day of the quarter after the one in which the test closes alerts."""


def drawn(office: Office) -> rereview.Draw:
    salted(office.record, NEXT)
    return rereview.draw(office.record, WHO["internal-auditor"], NEXT)


@pytest.mark.control("9.1", "9.2")
def test_the_draw_can_be_repeated_by_anybody_who_has_the_ledger(raised: Office) -> None:
    one, other = committed(raised.record)
    close_all(raised)
    root = raised.record.ledger.root().hex()
    said(raised.record, one, other)
    draw = rereview.draw(raised.record, WHO["internal-auditor"], NEXT)
    text = f"second decisions/{Quarter.of(NEXT).name}/{one}/{other}/{root}"
    assert draw.seed == hashlib.sha256(text.encode()).hexdigest()
    order = sorted(signals(raised), key=lambda s: hashlib.sha256(f"{draw.seed}/{s}".encode()).hexdigest())
    assert list(draw.signals) == order[: rereview.SIZE]
    assert rereview.draws(raised.record) == [draw]
    with pytest.raises(AlertError, match="drawn already"):
        rereview.draw(raised.record, WHO["internal-auditor"], NEXT)
    with pytest.raises(AlertError, match="left to draw"):
        rereview.draw(raised.record, WHO["internal-auditor"], Quarter.of(NEXT).end)


def test_only_what_was_closed_before_the_quarter_is_drawn(raised: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    close_all(raised)
    monkeypatch.setattr(salts.Seed, "value", lambda seed, record: "ab" * 32)
    with pytest.raises(AlertError, match="left to draw"):
        rereview.draw(raised.record, WHO["internal-auditor"], date.today())


def test_every_closed_alert_is_drawn_equally_often() -> None:
    names = [f"s{k}" for k in range(20)]
    counts = dict.fromkeys(names, 0)
    for seed in range(2_000):
        for name in rereview.sample(names, str(seed), 5):
            counts[name] += 1
    # 2,000 draws of a quarter: 500 each, within 4 standard errors (20 comparisons).
    assert all(abs(n - 500) < 4 * (2_000 * 0.25 * 0.75) ** 0.5 for n in counts.values())


@pytest.mark.control("9.1")
def test_what_was_decided_is_hidden_until_the_second_decision_is_given(raised: Office) -> None:
    close_all(raised)
    _, client = somebody(raised, 1)
    signal = signals(raised)[0]
    at = f"/assessments/assessment/signals/{signal}"
    assert "closed as explained" not in page(client, "/assessments/assessment/signals"), "nor before it is drawn"
    drawn(raised)
    assert f'href="{at}"' in page(client, "/alerts")
    client.post(at + "/open", PURPOSE)
    blind = page(client, at)
    assert "a desk of two people" not in blind
    assert "closed as explained" not in blind
    listed = page(client, "/assessments/assessment/signals")
    assert "closed as explained" not in listed
    assert client.post(at + "/decide-again", {"exit": "support", "reason": " "}).status_code == 400
    assert client.post(at + "/decide-again", {"exit": "nonsense", "reason": "x"}).status_code == 400
    assert client.post(at + "/decide-again", {"exit": "support", "reason": "overworked"}).status_code == 302
    told = page(client, at)
    assert "a desk of two people" in told
    assert "decided again: offer support" in told
    assert alerts.alerts(raised.record)[signal].state == "explained", "the alert stays as it is"
    assert client.post(at + "/decide-again", {"exit": "support", "reason": "again"}).status_code == 400


def test_who_had_a_part_in_it_does_not_decide_it_again(raised: Office) -> None:
    close_all(raised)
    drawn(raised)
    first = signed_in("investigator")
    at = f"/assessments/assessment/signals/{signals(raised)[0]}"
    first.post(at + "/open", PURPOSE)
    assert "a desk of two people" in page(first, at), "who decided it may read it"
    assert at not in page(first, "/alerts")
    assert first.post(at + "/decide-again", {"exit": "support", "reason": "x"}).status_code == 400
    _, second = somebody(raised, 2)
    assert second.post(at + "/decide-again", {"exit": "support", "reason": "x"}).status_code == 400, "not opened"


def test_agreement_has_its_interval_and_what_chance_would_give(raised: Office) -> None:
    close_all(raised)
    drawn(raised)
    auditor = signed_in("internal-auditor")
    assert "No alert was decided again yet" in page(auditor, "/alerts/again")
    known = alerts.alerts(raised.record)
    for k, signal in enumerate(signals(raised)):
        rereview.give(raised.record, known[signal], "P-7000-TEST-0000", ("support", "explained")[k % 2], "looked")
    found = rereview.agreement(raised.record)
    n = len(signals(raised))
    assert found is not None
    assert found.pairs == {("explained", "support"): (n + 1) // 2} | (
        {("explained", "explained"): n // 2} if n > 1 else {}
    )
    assert (found.same.count, found.same.of) == (n // 2, n)
    assert found.by_chance == pytest.approx((n // 2) / n)
    html = page(auditor, "/alerts/again")
    assert "The second decision was the first" in html
    assert rereview.draws(raised.record)[0].seed in html


def test_an_inquiry_proposed_again_agrees_with_one_that_went_to_inquiry() -> None:
    assert rereview.SAME_AS.get("proposed", "proposed") == "inquiry"
    assert {rereview.SAME_AS.get(way, way) for way in alerts.EXITS} == {"explained", "data-error", "support", "inquiry"}


def test_the_page_of_how_alerts_turned_out_names_nobody(raised: Office) -> None:
    assert "too few to judge" in page(signed_in("investigator"), "/alerts/performance")
    close_all(raised)
    for role in ("integrity-lead", "internal-auditor"):
        html = page(signed_in(role), "/alerts/performance")
        assert not [r["unit_id"] for r in raised.signals() if r["unit_id"] in html]


# Conflicts of interest known from the records.


def served(office: str, first: str, last: str) -> Served:
    return Served(office, date.fromisoformat(first), date.fromisoformat(last))


ROW = {
    "unit_id": "P-A",
    "other_id": "T-B",
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 12, 31),
}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (("PTH", "2025-01-01", "2025-06-30"), ("PTH", "2025-06-30", "2025-12-31"), True),
        (("PTH", "2025-01-01", "2025-06-29"), ("PTH", "2025-06-30", "2025-12-31"), False),
        (("APH", "2025-01-01", "2025-12-31"), ("PTH", "2025-01-01", "2025-12-31"), False),
        (("PTH", "2020-01-01", "2024-12-31"), ("PTH", "2020-01-01", "2025-12-31"), False),
        (("PTH", "2024-01-01", "9999-12-31"), ("PTH", "2025-02-01", "9999-12-31"), True),
    ],
    ids=["a day together", "a day apart", "another office", "before the period", "both still there"],
)
def test_who_served_at_one_office_at_one_time_within_the_period_has_a_conflict(mine, theirs, expected: bool) -> None:
    known = {"P-ME": (served(*mine),), "P-A": (served(*theirs),)}
    assert conflicts.conflict(known, "P-ME", ROW) is expected
    assert not conflicts.conflict(None, "P-ME", ROW)
    assert not conflicts.conflict(known, "P-OTHER", ROW)


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (("PTH", "2025-03-01", "2025-03-31"), True),
        (("PTH", "2020-01-01", "2024-01-01"), True),
        (("PTH", "2020-01-01", "2023-12-31"), False),
        (("PTH", "2026-06-01", "9999-12-31"), True),
        (("APH", "2025-01-01", "2025-12-31"), False),
    ],
    ids=["in the period", "twelve months before", "longer ago", "posted there since", "another office"],
)
@pytest.mark.parametrize("kind", ["office", "pair", "office by name"])
def test_who_was_posted_at_the_office_concerned_has_a_conflict(mine, expected: bool, kind: str) -> None:
    """Nobody is named by a signal about an office: that the reader worked there is conflict enough."""
    row = ROW | {"unit_kind": "office" if kind != "pair" else "pair", "office": "PTH"}
    if kind != "pair":
        row |= {"unit_id": "PTH", "other_id": None, "office": "PTH" if kind == "office" else None}
    assert conflicts.conflict({"P-ME": (served(*mine),)}, "P-ME", row) is expected
    leap = row | {"period_start": date(2024, 2, 29)}
    assert conflicts.conflict({"P-ME": (served("PTH", "2020-01-01", "2023-02-28"),)}, "P-ME", leap)
    assert not conflicts.conflict({"P-ME": (served("PTH", "2020-01-01", "2023-02-27"),)}, "P-ME", leap)
    ever = row | {"period_start": None}
    assert conflicts.conflict({"P-ME": (served("PTH", "0001-01-01", "0001-01-02"),)}, "P-ME", ever)


@pytest.mark.control("AC-5", "8.10", never=True)
def test_an_alert_about_an_office_is_offered_to_who_is_posted_there(raised: Office) -> None:
    """By page and by form, the first decision and the second."""
    row = raised.signals()[0]
    at = f"/assessments/assessment/signals/{row['signal_id']}"
    who, colleague = somebody(raised, 6)
    assert row["office"], "the stand-in's signals are of an office"
    give_postings(raised, (who, row["office"], "2010-01-01", None))
    queue = page(colleague, "/alerts")
    assert f'href="{at}"' not in queue
    assert "served at the office concerned" in queue
    colleague.post(at + "/open", PURPOSE)
    assert colleague.post(at + "/decide", {"exit": "support", "reason": "x"}).status_code == 404
    assert alerts.alerts(raised.record)[row["signal_id"]].state == "new"
    close_all(raised)
    drawn(raised)
    assert f'href="{at}"' not in page(colleague, "/alerts")
    assert colleague.post(at + "/decide-again", {"exit": "support", "reason": "x"}).status_code == 404
    _, other = somebody(raised, 7)
    assert f'href="{at}"' in page(other, "/alerts")


def give_postings(office: Office, *rows: tuple[str, str, str, str | None]) -> None:
    """Put postings into the stand-in workspace, as a load would have."""
    with duckdb.connect(str(office.workspace / "records.duckdb")) as connection:
        connection.execute("CREATE TABLE postings (officer_id VARCHAR, office VARCHAR, from_date DATE, to_date DATE)")
        connection.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", rows)
    path = office.workspace / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["tables"]["postings"] = {"present": ["officer_id", "office", "from_date", "to_date"]}
    path.write_text(json.dumps(manifest), "utf-8")
    told = office.assessment / "manifest.json"
    from arusha.assessment.folder import digest

    about = json.loads(told.read_text("utf-8"))
    about["workspace"]["digest"] = digest(path)
    told.write_text(json.dumps(about), "utf-8")


@pytest.mark.control("AC-5", "5.3.3", "8.10")
def test_an_alert_about_a_colleague_of_that_time_is_not_offered_and_cannot_be_decided(raised: Office) -> None:
    row = raised.signals()[0]
    at = f"/assessments/assessment/signals/{row['signal_id']}"
    client = signed_in("investigator")
    assert "were not looked for" in page(client, "/alerts")
    give_postings(raised, (WHO["investigator"], "PTH", "2024-01-01", None), (row["unit_id"], "PTH", "2025-02-01", None))
    queue = page(client, "/alerts")
    assert f'href="{at}"' not in queue
    assert "or at an office with somebody concerned" in queue
    assert "were not looked for" not in queue
    assert client.post(at + "/open", PURPOSE).status_code == 404
    assert client.get(at).status_code == 404
    answer = client.post(at + "/decide", {"exit": "support", "reason": "x"})
    assert answer.status_code == 404
    assert alerts.alerts(raised.record)[row["signal_id"]].state == "new"
    _, other = somebody(raised, 3)
    assert f'href="{at}"' in page(other, "/alerts")
