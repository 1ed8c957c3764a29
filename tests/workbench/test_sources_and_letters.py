"""Sources by two people, promises held against a load, and questions to producers that hold no personal data."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test.utils import override_settings
from workbench_office import HERE, HOSTILE, Office, page, people_in, signed_in, solo

sys.path.append(str(HERE.parent / "records"))
from extract_files import DECLARATIONS, small
from world import WHO

from arusha.language import languages
from arusha.records.history import Load, LoadedFile, LoadedTable, loads
from arusha.records.load import load
from arusha.workbench.governance import letter_text, letters, sources
from arusha.workbench.governance.breaches import Breach, breaches, due_day
from arusha.workbench.governance.sources import Source, Terms
from arusha.workbench.site import site_at
from arusha.workbench.worker import Worker

TERMS = Terms("system", "quarter", 30, ("declarations",), ("declarations.office", "declarations.lane_final"), 0.01)
LEAD, STEWARD, AUDITOR = (WHO[r] for r in ("integrity-lead", "data-steward", "internal-auditor"))
TODAY = datetime.now(UTC).date()


def a_load(digest: str = "a" * 64, **tables: LoadedTable) -> Load:
    files = (LoadedFile("P-7Q3K-M2XA-9TBC somebody.csv", digest, 1, 1, 0),)
    return Load(digest, "2026-05-02T03:00:00+00:00", "canonical", "m", files, tables)


def in_force(terms: Terms = TERMS) -> Source:
    return Source("1", terms)


def whole(**more: object) -> LoadedTable:
    told = {"read": 1000, "accepted": 1000, "set_aside": 0, "present": ("office", "lane_final")}
    return LoadedTable(**{**told, "months": {"2026-01": 500, "2026-02": 1, "2026-03": 499}, **more})  # type: ignore[arg-type]


# What breaks a promise.


def test_a_load_that_keeps_what_was_promised_breaks_nothing() -> None:
    assert breaches(in_force(), [a_load(declarations=whole())], date(2026, 7, 30)) == []


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (whole(present=("office",)), Breach("column-missing", "declarations", "lane_final")),
        (
            whole(months={"2026-01": 1, "2026-03": 1}),
            Breach("months-missing", "declarations", months=("2026-02",)),
        ),
        (
            whole(read=1000, accepted=960, set_aside=40, reasons={"unreadable-number": 40, HOSTILE: 3}),
            Breach(
                "aside-promised",
                "declarations",
                count=40,
                of=1000,
                limit=0.01,
                reasons=(("unreadable-number", 40),),
            ),
        ),
    ],
)
def test_each_promise_that_is_not_kept_is_named(table: LoadedTable, wanted: Breach) -> None:
    assert breaches(in_force(), [a_load(declarations=table)], date(2026, 5, 2)) == [wanted]


def test_a_share_whose_interval_holds_what_was_promised_is_no_breach() -> None:
    close = whole(read=1000, accepted=986, set_aside=14)
    assert breaches(in_force(), [a_load(declarations=close)], date(2026, 5, 2)) == []


def test_a_table_that_was_promised_and_is_not_there_is_named_once() -> None:
    assert breaches(in_force(), [a_load()], date(2026, 5, 2)) == [Breach("table-missing", "declarations")]


@pytest.mark.parametrize(
    ("last", "cadence", "grace", "due"),
    [
        ("2026-01", "month", 10, date(2026, 3, 10)),
        ("2026-12", "month", 0, date(2027, 1, 31)),
        ("2026-03", "quarter", 30, date(2026, 7, 30)),
        ("2026-02", "quarter", 30, date(2026, 4, 30)),
        ("2026-12", "year", 0, date(2027, 12, 31)),
        ("2026-05", "once", 0, None),
    ],
)
def test_the_day_on_which_the_next_period_is_due(last: str, cadence: str, grace: int, due: date | None) -> None:
    assert due_day(last, cadence, grace) == due


def test_a_delivery_is_late_the_day_after_it_is_due_and_not_before() -> None:
    known = [a_load(declarations=whole())]
    assert breaches(in_force(), known, date(2026, 7, 30)) == []
    (late,) = breaches(in_force(), known, date(2026, 7, 31))
    assert (late.kind, late.due, late.months) == ("late", date(2026, 7, 30), ("2026-03",))


def test_nothing_is_expected_of_a_source_that_was_not_agreed_or_is_retired() -> None:
    for source in (Source("1"), Source("1", TERMS, retired=True)):
        assert breaches(source, [a_load()], date(2026, 7, 31)) == []


# Two people.


def asked(office: Office, **more: str) -> str:
    form = {"title": "The clearance system", "holder": "system", "cadence": "quarter", "grace": "30"}
    form |= {"most-aside": "1", "table": "declarations", "columns": "held"} | more
    answer = signed_in("data-steward").post("/governance/sources/propose", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


@pytest.mark.control("AC-5")
def test_a_source_its_owner_and_its_steward_take_two_people(office: Office) -> None:
    office.make_charter()
    at = asked(office)
    (source,) = sources.sources(office.record).values()
    (number,) = source.waiting
    assert source.state == "proposed"
    assert "waits for a second person" in page(signed_in("integrity-lead"), "/governance/sources")
    assert signed_in("data-steward").post(f"{at}/answer", {"number": number, "answer": "agree"}).status_code == 400
    assert signed_in("integrity-lead").post(f"{at}/answer", {"number": number, "answer": "agree"}).status_code == 302
    assert sources.sources(office.record)["1"].state == "in-force"
    # Nobody asks for themselves, nobody without the role becomes it, and owner and steward are two.
    for role, act, who in (
        ("data-steward", "steward", STEWARD),
        ("integrity-lead", "steward", WHO["analyst"]),
        ("data-steward", "owner", WHO["internal-auditor"]),
    ):
        assert signed_in(role).post(f"{at}/ask", {"act": act, "who": who}).status_code == 400
    signed_in("integrity-lead").post(f"{at}/ask", {"act": "steward", "who": STEWARD})
    (number,) = sources.sources(office.record)["1"].waiting
    assert signed_in("data-steward").post(f"{at}/answer", {"number": number, "answer": "agree"}).status_code == 400
    signed_in("internal-auditor").post(f"{at}/answer", {"number": number, "answer": "agree"})
    assert sources.sources(office.record)["1"].steward == STEWARD
    assert [k for k in office.kinds() if k.startswith("source.")] == ["source.asked", "source.agreed"] * 2


def test_an_agreement_that_was_written_past_the_program_by_one_person_changes_nothing(office: Office) -> None:
    office.make_charter()
    asked(office)
    (number,) = sources.sources(office.record)["1"].waiting
    office.record.add(sources.AGREED, STEWARD, "source:1", f"asked:{number}")
    assert sources.sources(office.record)["1"].state == "proposed"


def test_a_source_is_retired_by_two_people_and_can_be_declined(office: Office) -> None:
    office.make_charter()
    at = asked(office)
    (number,) = sources.sources(office.record)["1"].waiting
    signed_in("integrity-lead").post(f"{at}/answer", {"number": number, "answer": "decline"})
    assert sources.sources(office.record)["1"].waiting == {}
    signed_in("integrity-lead").post(f"{at}/ask", {"act": "retire", "reason": "another system"})
    (number,) = sources.sources(office.record)["1"].waiting
    signed_in("data-steward").post(f"{at}/answer", {"number": number, "answer": "agree"})
    assert sources.sources(office.record)["1"].state == "retired"
    assert signed_in("data-steward").post(f"{at}/ask", {"act": "retire", "reason": "x"}).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"holder": "nobody"},
        {"cadence": "daily"},
        {"grace": "-1"},
        {"grace": "x"},
        {"most-aside": "120"},
        {"title": " "},
    ],
)
def test_terms_that_are_none_are_refused_and_not_recorded(office: Office, wrong: dict[str, str]) -> None:
    form = {"title": "s", "holder": "system", "cadence": "once", "grace": "1", "table": "items", "columns": "read"}
    assert solo().post("/governance/sources/propose", form | wrong).status_code == 400
    assert not [k for k in office.kinds() if k.startswith("source.")]


def test_a_name_that_is_hostile_is_shown_as_text(office: Office) -> None:
    client = solo()
    form = {"title": HOSTILE, "holder": "system", "cadence": "once", "grace": "1", "table": "items", "columns": "read"}
    client.post("/governance/sources/propose", form)
    for at in ("/governance/sources", "/governance/sources/1"):
        html = page(client, at)
        assert "<script>alert" not in html
        assert "\u202e" not in html
    assert "In force" in page(client, "/governance/sources/1"), "one person alone asks and agrees"


# Letters.


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Office]:
    """A workspace whose source promised a column that its second load lacks."""
    workspace = tmp_path / "office.arusha"
    small(tmp_path / "one")
    load(tmp_path / "one", "canonical", workspace, key_file=tmp_path / "key")
    (workspace / "workbench").mkdir()
    office = Office(workspace, tmp_path / "none")
    columns = ("declarations.declaration_id", "declarations.lane_final")
    terms = Terms("system", "month", 30, ("declarations", "items"), columns, None)
    sources.propose(office.record, None, "P-7Q3K-M2XA-9TBC", terms, "The clearance system")
    head, _, rows = DECLARATIONS.partition("\n")
    empty = re.sub(r"(?m)^((?:[^,\n]*,){5})[^,\n]*,", r"\1,", rows)  # lane_final holds nothing
    small(tmp_path / "two", declarations=f"{head}\n{empty}")
    load(tmp_path / "two", "canonical", workspace, key_file=tmp_path / "key")
    site_at.cache_clear()
    with override_settings(ARUSHA_WORKSPACE=str(workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(office.home)):
        yield office


def test_the_program_drafts_a_question_where_a_promise_was_not_kept_and_only_once(broken: Office) -> None:
    worker = Worker(broken.home)
    worker.leave.set()
    worker.work()
    assert letters.draft(broken.record, loads(broken.workspace), TODAY) == []
    found = letters.letters(broken.record)
    kinds = {b.kind for letter in found.values() for b in letters.asked_about(broken.record, letter) or []}
    assert kinds == {"table-missing", "column-missing", "late"}
    assert len(found) == 2
    assert {letter.state for letter in found.values()} == {"drafted"}
    assert {letter.drafted.actor for letter in found.values()} == {"system"}


def test_a_letter_goes_its_way_step_by_step_and_each_is_in_the_ledger(broken: Office) -> None:
    client = solo()
    client.post("/governance/letters/draft")
    key = next(k for k in letters.letters(broken.record) if "late" not in k)
    at = f"/governance/letters/{key}"
    day = TODAY.isoformat()
    assert client.post(f"{at}/step", {"to": "answered", "on": day, "text": "x"}).status_code == 400
    assert client.post(f"{at}/step", {"to": "sent", "on": "2031-01-01", "means": "mail"}).status_code == 400
    assert client.post(f"{at}/step", {"to": "sent", "on": day, "means": "dove"}).status_code == 400
    for form in (
        {"to": "sent", "means": "mail"},
        {"to": "answered", "text": "it was left out"},
        {"to": "repeated", "text": "of which offices?"},
        {"to": "sent", "means": "letter"},
        {"to": "answered", "text": "of all"},
        {"to": "accepted", "text": "it comes with the next delivery"},
    ):
        assert client.post(f"{at}/step", form | {"on": day}).status_code == 302, form
    assert client.post(f"{at}/step", {"to": "dropped", "on": day, "text": "x"}).status_code == 400
    html = page(client, at)
    assert "it was left out" in html
    assert "<h2>Say that" not in html
    kinds = [k for k in broken.kinds() if k.startswith("letter.")]
    assert kinds[-6:] == [f"letter.{k}" for k in ("sent", "answered", "repeated", "sent", "answered", "accepted")]


def test_a_letter_that_is_asked_again_says_when_it_was_asked_before(broken: Office) -> None:
    client = solo()
    client.post("/governance/letters/draft")
    key = next(iter(letters.letters(broken.record)))
    client.post(f"/governance/letters/{key}/step", {"to": "sent", "on": TODAY.isoformat(), "means": "mail"})
    client.post(
        f"/governance/letters/{key}/step", {"to": "repeated", "on": TODAY.isoformat(), "text": "no answer came"}
    )
    answer = client.get(f"/governance/letters/{key}/letter.txt?lang=en")
    assert "We asked this on" in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"/governance/letters/{key}/letter.exe").status_code == 404
    assert client.get(f"/governance/letters/{key}/letter.md?lang=xx").status_code == 404


@pytest.mark.control("AU-9", never=True)
@pytest.mark.parametrize("lang", languages())
def test_a_letter_to_a_producer_holds_personal_data(broken: Office, lang: str) -> None:
    """Whatever stands in records, files' names, reasons of a mapping, typed words: none of it comes into a letter."""
    secret = "P-7Q3K-M2XA-9TBC"
    client = solo()
    client.post("/governance/letters/draft")
    for key, letter in letters.letters(broken.record).items():
        client.post(
            f"/governance/letters/{key}/step",
            {"to": "sent", "on": TODAY.isoformat(), "means": "mail", "text": f"handed to {secret}"},
        )
        for form in letter_text.FORMS:
            text = client.get(f"/governance/letters/{key}/letter.{form}?lang={lang}").content.decode()
            assert not people_in(text)
            for planted in (secret, "O1", "B1", "EX01", "Port of Exam", "declarations.csv", "The clearance system"):
                assert not re.search(rf"\b{re.escape(planted)}\b", text), (planted, form)
        assert letter.key in text
    # What the contract does not know is left out, though it came from a ledger that somebody wrote to.
    source = sources.sources(broken.record)["1"]
    planted_ones = [
        Breach("column-missing", "declarations", secret),
        Breach("table-missing", "Somebody"),
        Breach("aside-promised", "declarations", count=1, of=2, limit=0.1, reasons=((secret, 1),)),
        Breach("months-missing", "declarations", months=(f"{secret} was here",)),
    ]
    for form in letter_text.FORMS:
        text = letter_text.write(next(iter(letters.letters(broken.record).values())), source, planted_ones, lang, form)
        assert secret not in text
        assert "Somebody" not in text


def test_what_a_letter_asks_is_in_the_contents_and_can_be_expunged(broken: Office) -> None:
    client = solo()
    client.post("/governance/letters/draft")
    key, letter = next(iter(letters.letters(broken.record).items()))
    broken.record.ledger.expunge(letter.drafted.number, "system")
    assert "Not kept any more" in page(client, f"/governance/letters/{key}")
    assert client.get(f"/governance/letters/{key}/letter.md").status_code == 404
    assert json.dumps(sorted(letter.tokens))
