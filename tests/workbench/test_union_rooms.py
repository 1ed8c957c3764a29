"""The union desk's rooms: the sandbox on invented officers, the fairness audit, the quarterly card."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from examplia import Examplia
from kept_audit import audit_file
from workbench_office import PURPOSE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.demo.sandbox import Request, run
from arusha.errors import ArushaError
from arusha.fairness.job import keep
from arusha.ledger import Entry
from arusha.workbench import sandbox
from arusha.workbench.demo_office import CONSULTED, person
from arusha.workbench.quarter import Quarter, card, counted

DESK = ("sandbox", "fairness", "quarter")


# The sandbox.


def test_an_invented_year_says_whom_the_question_flags_and_what_they_are() -> None:
    told = run(Request("assignment-override", "strong", 1, 12_000))
    assert sum(told["flagged"].values()) == len(told["units"])
    assert told["flagged"].get("planted", 0) >= 1
    assert told["tested"]["honest"] > 50
    assert {unit["is"] for unit in told["units"]} <= {"planted", "look-alike", "honest"}
    assert not re.search(r"\bEX\d{4}|\bB\d{4}", json.dumps(told)), "not even an invented person is named"


def test_a_question_or_a_strength_that_is_not_there_is_refused() -> None:
    for asked in (Request("no-question", "weak", 1), Request(QUESTION, "huge", 1)):
        with pytest.raises(ArushaError):
            run(asked)


def test_a_year_is_made_once_and_one_at_a_time(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    class Done:
        returncode, stdout = 0, '{"units": []}'

    monkeypatch.setattr(sandbox.subprocess, "run", lambda *a, **k: ran.append(k["input"]) or Done())
    first, second = {"question": "a", "seed": 1}, {"question": "a", "seed": 2}
    assert sandbox.year(tmp_path, first).state == "none"
    waiting = sandbox.start(tmp_path, first)
    assert waiting is not None
    waiting.join(10)
    assert sandbox.year(tmp_path, first) == sandbox.Year("there", {"units": []})
    assert sandbox.start(tmp_path, first) is None
    assert len(ran) == 1
    (tmp_path / "sandbox" / "other.running").write_text("")
    with pytest.raises(sandbox.SandboxError, match="another invented year"):
        sandbox.start(tmp_path, second)
    (tmp_path / "sandbox" / "other.running").unlink()
    Done.returncode = 1
    waiting = sandbox.start(tmp_path, second)
    assert waiting is not None
    waiting.join(10)
    assert sandbox.year(tmp_path, second).state == "failed"


def test_the_process_is_ended_when_it_takes_too_long(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TIME", 0.2)
    waiting = sandbox.start(tmp_path, {"question": QUESTION, "strength": "none", "seed": 1})
    assert waiting is not None
    waiting.join(30)
    assert sandbox.year(tmp_path, {"question": QUESTION, "strength": "none", "seed": 1}).state == "failed"
    assert not list((tmp_path / "sandbox").glob("*.running"))


def test_the_union_tries_a_question_and_sees_that_nobody_there_exists(office: Office, monkeypatch) -> None:
    office.make_charter()
    office.draft()
    told = {
        "tested": {"honest": 60, "planted": 2},
        "flagged": {"planted": 1},
        "cannot_tell": {},
        "schemes": [["leniency", "strong", "missed", 71]],
        "units": [{"is": "planted", "of": ["leniency"], "n": 80, "observed": 1.0, "expected": 9.5}],
    }

    class Done:
        returncode, stdout = 0, json.dumps(told)

    monkeypatch.setattr(sandbox.subprocess, "run", lambda *a, **k: Done())
    client = signed_in("union-reviewer")
    at = f"/desk/{QUESTION}/sandbox"
    html = page(client, at + "?cases=40&rate=2")
    assert "no record can be low enough" in html
    assert "it takes \u2068342\u2069" in html
    assert "finding nothing at all would stand out" in page(client, at + "?cases=400&rate=2")
    assert client.post(at + "/year", {"strength": "strong", "seed": "9"}).status_code == 404
    answer = client.post(at + "/year", {"strength": "strong", "seed": "2"})
    assert answer.status_code == 302
    for _ in range(100):
        html = page(client, answer["Location"].partition("#")[0])
        if "findings left out" in html:
            break
    assert "SANDBOX" in html
    assert "part of a planted scheme" in html
    # Anything that is no number is as if nothing was asked.
    assert page(client, at + "?cases=-1&rate=nan")


# The fairness audit.


def recorded(office: Office, audit: dict) -> str:
    office.make_charter()
    office.draft()
    charter = office.charter()
    charter.consult(WHO["integrity-lead"], QUESTION, ceiling=0.2)
    fits = json.loads(audit_file(charter, QUESTION, year=(date(2025, 1, 1), date(2026, 1, 1))))
    name = keep(charter, {QUESTION: fits | audit})[QUESTION]
    today = charter.clock().date().isoformat()
    charter.audit(WHO["internal-auditor"], QUESTION, on=today, passed=True, report=name)
    return name


AUDIT = {
    "people": 100,
    "signalled": 32,
    "unknown": None,
    "withheld": {"age": 2},
    "untested": ["contract"],
    "stability": {"people": 100, "first": 40, "again": 20, "share": [0.5, 0.34, 0.66], "by_chance": 0.4},
    "compared": [
        {
            "attribute": "grade",
            "group": "<b>I</b>",
            "people": 40,
            "word": "unusual",
            "adjusted_word": "cannot-tell",
            "sees": None,
            "signalled": 20,
            "explained": None,
            "rate": [0.5, 0.34, 0.66],
            "ratio": [2.5, 1.4, 4.4],
            "p": 0.0017,
            "odds": [3.9, 1.5, 10.6],
            "per_hundred": [1.0, 0.6, 1.5],
            "adjusted": [3.9, 1.5, None],
            "adjusted_p": 0.3,
        }
    ],
}


def test_the_union_reads_the_audit_that_was_recorded_and_no_other(office: Office) -> None:
    name = recorded(office, AUDIT)
    client = signed_in("union-reviewer")
    at = f"/desk/{QUESTION}/fairness"
    html = page(client, at)
    assert "another definition" not in html
    assert "&lt;b&gt;I&lt;/b&gt;" in html
    assert "<strong>unusual</strong>" in html
    assert "<strong>cannot tell</strong>" in html
    assert not people_in(html)
    path = office.workspace / "charter" / "audits" / f"{name}.json"
    path.write_text(path.read_text("utf-8").replace('"people":100', '"people":101'), "utf-8")
    assert "was changed" in page(client, at)


def test_what_was_never_drafted_has_no_room(office: Office) -> None:
    office.make_charter()
    client = signed_in("union-reviewer")
    for room in DESK:
        assert client.get(f"/desk/{QUESTION}/{room}").status_code == 404
        assert client.get(f"/desk/no-question/{room}").status_code == 404


def test_the_demo_has_an_audit_and_the_union_never_sees_a_person(examplia: Examplia) -> None:
    client = examplia.acting_as(person("union-reviewer"))
    html = page(client, f"/desk/{CONSULTED}/fairness")
    for group in ("women", "men", "50 and over"):
        assert f"{group}</bdi>" in html
    assert not people_in(html)
    assert (examplia.directory / "groups.csv").is_file(), "the list itself lies outside the workspace"
    assert not [p for p in examplia.workspace.rglob("*") if p.is_file() and b"50 and over," in p.read_bytes()]


# The quarterly card.


def entry(kind: str, day: str, question: str = QUESTION) -> Entry:
    return Entry(kind, f"{day}T12:00:00.000000Z", "P-7Q3K-M2XA-9TBC", (f"question:{question}",), {})


def test_counts_under_ten_are_not_given_and_others_are_rounded() -> None:
    quarter = Quarter(2026, 4)
    entries = [entry("alert.raised", "2026-10-01")] * 13 + [entry("alert.explained", "2026-12-31")] * 9
    entries += [entry("alert.raised", "2026-09-30"), entry("alert.raised", "2027-01-01")]
    entries += [entry("alert.raised", "2026-11-01", "lane-rates")] * 20 + [entry("charter.pause", "2026-11-02")]
    made = card(entries, QUESTION, quarter)
    assert made.counts["alert.raised"] == 15
    assert made.counts["alert.explained"] is None
    assert made.counts["look.opened"] is None
    assert made.acts["pause"] == 1


@pytest.mark.parametrize(
    ("day", "name"), [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-12-31", "2026-Q4")]
)
def test_a_day_is_in_one_quarter(day: str, name: str) -> None:
    quarter = Quarter.of(date.fromisoformat(day))
    assert quarter.name == name
    assert Quarter.read(name) == quarter
    assert quarter.start <= date.fromisoformat(day) < quarter.end
    assert quarter.before.end == quarter.start
    assert Quarter.read("2026-Q5") is None


def test_what_was_read_is_kept_and_a_clock_that_was_set_back_hides_nothing(tmp_path) -> None:
    from datetime import UTC, datetime

    from arusha.ledger import Event, FolderContents, Ledger

    ledger = Ledger.create(tmp_path / "ledger", "customs.example/test", FolderContents(tmp_path / "contents"))
    who, asked = "P-7Q3K-M2XA-9TBC", (f"question:{QUESTION}",)
    for month in (4, 11, 4):
        events = [Event("alert.raised", who, asked, time=datetime(2026, month, 1, k, tzinfo=UTC)) for k in range(6)]
        ledger.record(*events, Event("access.refused", who, ("action:x",)))
        assert len(counted(ledger)) == sum(r.entry.kind == "alert.raised" for r in ledger.entries())
    assert card(counted(ledger), QUESTION, Quarter(2026, 2)).counts["alert.raised"] == 10
    assert card(counted(ledger), QUESTION, Quarter(2026, 4)).counts["alert.raised"] is None


def test_the_union_reads_the_card_and_calls_an_early_review(office: Office) -> None:
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    signed_in("investigator").post(f"/assessments/assessment/signals/{signal}/open", PURPOSE)
    client = signed_in("union-reviewer")
    html = page(client, f"/desk/{QUESTION}/quarter")
    assert "fewer than \u206810\u2069" in html
    assert signal not in html
    assert not people_in(html)
    for bad in ("2026-Q9", "1999-Q1", "x"):
        assert client.get(f"/desk/{QUESTION}/quarter?quarter={bad}").status_code == 404
    assert client.post(f"/charter/{QUESTION}/review", {"reason": "twice as many as promised"}).status_code == 302
    assert office.charter().question(QUESTION).stage == "review-due"
    assert page(client, f"/desk/{QUESTION}/quarter")
