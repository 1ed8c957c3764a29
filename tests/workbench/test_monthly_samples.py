"""The monthly sample of the access room: announced, drawn once, asked about without a name; and what never happens."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from access_office import ASSIGNED
from pyarrow.csv import write_csv
from small_log import COLUMNS, OFFICES, as_tables
from test_access import PURPOSE, bare
from test_explaining import good
from workbench_office import HOSTILE, Office, page, people_in, signed_in
from world import WHO

from arusha.access.monthly import SampleError, seed_of
from arusha.assessment.folder import digest
from arusha.language import languages
from arusha.ledger import Event, verify
from arusha.records.load import load
from arusha.workbench.access import monthly
from arusha.workbench.access.counts import load_of
from arusha.workbench.errand import ERRANDS

MONTH = "2025-03"
STEWARD, OFFICER, OTHER = WHO["data-steward"], WHO["subject"], WHO["analyst"]
AT = f"/access/months/{MONTH}"


def row(user: str, office: str = "HBR") -> dict[str, str]:
    cells = {"event": "E1", "user": user, "declaration": "D-7", "office": office, "action": "view"}
    return {**cells, "at": "2025-03-18 10:20"}


def announced(office: Office) -> monthly.Month:
    answer = signed_in("data-steward").post("/access/months/announce", {"month": MONTH})
    assert answer.status_code == 302, bare(answer.content.decode())
    return month(office)


def month(office: Office) -> monthly.Month:
    return monthly.months(office.record)[MONTH]


def drawn(office: Office, *users: str):
    """A sample as the worker would have drawn it, opened by the steward."""
    office.make_charter()
    found = announced(office)
    monthly.keep(office.home, MONTH, found.seed, [row(u) for u in users or (OFFICER, OTHER)])
    steward = signed_in("data-steward")
    assert steward.post(f"{AT}/open", PURPOSE).status_code == 302
    return steward


def test_a_sample_goes_from_announcement_by_question_and_answer_to_its_end(office: Office) -> None:
    steward = drawn(office)
    assert steward.post(f"{AT}/1/ask").status_code == 302
    asked = page(signed_in("subject"), "/own/asked")
    assert "What was it for?" in asked
    assert "D-7" in asked
    said = {"answer": "query", "text": "The broker telephoned."}
    assert signed_in("subject").post(f"/own/asked/{MONTH}/1", said).status_code == 302
    shown = bare(page(steward, AT))
    assert "To answer a query" in shown
    assert "The broker telephoned." in shown
    assert steward.post(f"{AT}/1/close", {"end": "accepted", "why": "It fits the letter."}).status_code == 302
    assert "A reason was given and accepted" in bare(page(signed_in("subject"), "/own/asked"))
    found = month(office)
    counts = [found.count(what, datetime.now(UTC).date()) for what in ("asked", "answered", "late", "ended")]
    assert counts == [1, 1, 0, 1]
    assert verify(office.record.ledger).ok


def test_a_month_drawn_again_until_a_sample_pleases(office: Office) -> None:
    drawn(office)
    steward = signed_in("data-steward")
    assert steward.post("/access/months/announce", {"month": MONTH}).status_code == 400
    monthly.keep(office.home, MONTH, month(office).seed, [row(OFFICER)] * 5)
    assert len(month(office).rows) == 2, "a second errand keeps nothing"
    with pytest.raises(SampleError):
        monthly.keep(office.home, MONTH, "another seed", [row(OFFICER)])
    for bad in ("2999-01", f"{datetime.now(UTC):%Y-%m}", "2025-13", "", HOSTILE):
        assert steward.post("/access/months/announce", {"month": bad}).status_code == 400


def test_a_page_that_says_whose_entry_was_drawn_or_who_was_asked(office: Office) -> None:
    steward = drawn(office)
    steward.post(f"{AT}/1/ask")
    for client in (steward, *map(signed_in, ("internal-auditor", "union-reviewer", "integrity-lead", "analyst"))):
        for at in ("/access", "/access/months"):
            assert not people_in(page(client, at)) - {STEWARD, WHO["internal-auditor"]} & {OFFICER, OTHER}, at
    assert not people_in(page(steward, AT)) & {OFFICER, OTHER}
    for role in ("internal-auditor", "union-reviewer", "integrity-lead", "analyst", "subject"):
        assert signed_in(role).get(AT).status_code == 403, role
    assert "You were asked about no entry." in page(grant_own_page(office), "/own/asked"), "another officer's own page"


def grant_own_page(office: Office):
    """The own page of an officer who was asked nothing."""
    charter = office.charter()
    for granter in ("integrity-lead", "internal-auditor"):
        charter.grant(WHO[granter], WHO["board-member"], "subject")
    return signed_in("board-member")


def test_an_officer_who_answers_for_another(office: Office) -> None:
    steward = drawn(office)
    steward.post(f"{AT}/1/ask")
    stranger = grant_own_page(office)
    assert stranger.post(f"/own/asked/{MONTH}/1", {"answer": "mistake"}).status_code == 400
    assert signed_in("subject").post(f"/own/asked/{MONTH}/2", {"answer": "mistake"}).status_code == 400, "not asked"
    assert month(office).rows[0].answer == ""


def test_an_entry_closed_before_the_officer_had_ten_days(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    steward = drawn(office)
    steward.post(f"{AT}/1/ask")
    end = {"end": "no-reason", "why": "Nobody answered."}
    assert steward.post(f"{AT}/1/close", end).status_code == 400
    assert steward.post(f"{AT}/2/close", end).status_code == 302, "nobody was asked: it can be ended at once"
    due = month(office).rows[0].due
    assert due == (datetime.now(UTC) + timedelta(days=10)).date()
    assert month(office).rows[0].late(due + timedelta(days=1))
    assert not month(office).rows[0].late(due)


def test_one_who_asks_about_an_entry_of_ones_own(office: Office) -> None:
    steward = drawn(office, STEWARD)
    assert "another steward looks at it" in bare(page(steward, AT))
    assert steward.post(f"{AT}/1/ask").status_code == 400
    assert steward.post(f"{AT}/1/close", {"end": "accepted", "why": "mine"}).status_code == 400


def test_a_sample_that_opens_without_a_purpose(office: Office) -> None:
    office.make_charter()
    monthly.keep(office.home, MONTH, announced(office).seed, [row(OFFICER)])
    steward = signed_in("data-steward")
    assert "Why do you open this sample?" in page(steward, AT)
    assert steward.post(f"{AT}/1/ask").status_code == 404, "nobody asks about what they did not open"
    assert steward.post(f"{AT}/open", {"reason": "curious", "reference": "x"}).status_code == 400
    assert steward.post(f"{AT}/open", PURPOSE).status_code == 302
    (look,) = [one for one in office.record.looks() if f"sampled:{MONTH}" in one.subjects]
    assert (look.actor, look.reason) == (STEWARD, PURPOSE["reason"])


def test_entries_written_past_the_program_that_count(office: Office) -> None:
    steward = drawn(office, OFFICER, STEWARD)
    told = (f"month:{MONTH}", "row:1")
    ledger = office.record.ledger
    ledger.record(Event("sample.answered", OTHER, (*told, "as:not-me")))
    ledger.record(Event("sample.answered", OFFICER, (*told, "as:not-me")))
    ledger.record(Event("sample.drawn", STEWARD, (f"month:{MONTH}", f"seed:{month(office).seed}", "drawn:9")))
    ledger.record(Event("sample.closed", STEWARD, (f"month:{MONTH}", "row:2", "as:accepted")))
    ledger.record(Event("sample.asked", STEWARD, (*told, OTHER, "due:2026-01-01")))
    found = month(office)
    assert [(r.answer, r.end, r.asked_at) for r in found.rows] == [("", "", None)] * 2
    assert page(steward, AT)


def test_hostile_words_stand_as_text_and_rows_can_be_expunged(office: Office) -> None:
    steward = drawn(office)
    steward.post(f"{AT}/1/ask")
    signed_in("subject").post(f"/own/asked/{MONTH}/1", {"answer": "other", "text": HOSTILE})
    assert "<script>alert" not in page(steward, AT)
    numbers = [r.number for r in office.record.ledger.entries() if r.entry.kind in ("sample.drawn", "sample.answered")]
    for number in numbers:
        office.record.ledger.expunge(number, WHO["internal-auditor"])
    assert bare(page(steward, AT)).count("Not kept any more.") >= 2
    assert "Not kept any more." in bare(page(signed_in("subject"), "/own/asked"))


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_whole_in_every_language(lang: str, office: Office) -> None:
    steward = drawn(office)
    steward.post(f"{AT}/1/ask")
    officer = signed_in("subject")
    officer.post(f"/own/asked/{MONTH}/1", {"answer": "other", "text": "seen"})
    steward.post(f"{AT}/2/close", {"end": "system", "why": "Mend the log."})
    for client, at in ((steward, AT), (steward, "/access/months"), (officer, "/own/asked"), (steward, "/access")):
        client.cookies["language"] = lang
        assert f'lang="{lang}"' in page(client, at)


def test_the_worker_draws_what_was_announced_and_tells_nobody_whose_it_is(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    rows = good()
    for name, columns in COLUMNS.items():
        write_csv(as_tables(rows)[name].select(list(columns)), tmp_path / "extract" / f"{name}.csv")
    offices = "".join(f"{o},{o},UTC,port\n" for o in OFFICES)
    (tmp_path / "extract" / "offices.csv").write_text(f"office,name,zone,kind\n{offices}", "utf-8")
    workspace = load(tmp_path / "extract", "canonical", tmp_path / "w.arusha", pseudonyms="off").path
    office = Office(workspace, tmp_path)
    loaded = digest(workspace / "manifest.json")[:16]
    assert loaded == load_of(office.site)
    made = monthly.announce(office.record, STEWARD, MONTH, loaded, {"1": ASSIGNED})
    given = {
        "workspace": str(workspace),
        "home": str(office.home),
        "month": MONTH,
        "load": loaded,
        "seed": made.seed,
        "in_force": made.in_force,
    }
    assert made.seed == seed_of(MONTH, loaded, {"1": ASSIGNED})
    for wrong in ({"load": "0" * 16}, {"in_force": {}}):
        with pytest.raises(SampleError):
            ERRANDS["draw"](given | wrong, lambda *_: None, threading.Event())
    told = ERRANDS["draw"](given, lambda *_: None, threading.Event())
    assert told == {"drawn": 25}
    assert ERRANDS["draw"](given, lambda *_: None, threading.Event()) == told
    found = month(office)
    assert len(found.rows) == 25
    assert all(r.cells is not None and "user" not in r.cells for r in found.rows)
    with pytest.raises(SampleError, match="without pseudonyms"):
        monthly.ask(office.record, STEWARD, MONTH, 1)
