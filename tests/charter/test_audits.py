"""A question goes live on an audit that exists: of this question, this definition, these records and a whole year."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
import rfc8785
from kept_audit import audit_file, keep_file, kept_audit, record_audit
from world import FACTS, OTHER_FACTS, QUESTION, WHO, World

from arusha.charter import CharterError, RefusedError
from arusha.charter.audits import AUDITS, keep, kept, read
from arusha.language import Catalogue, languages
from arusha.ledger import verify

LEAD, AUDITOR, UNION = WHO["integrity-lead"], WHO["internal-auditor"], WHO["union-reviewer"]


def recorded(world: World, report: str, *, on: str = "", passed: bool = True) -> tuple[str, ...]:
    """What refuses an audit; empty where it is recorded."""
    before = len(world.charter.ledger)
    try:
        world.charter.audit(AUDITOR, QUESTION, on=on or world.clock.today, passed=passed, report=report)
    except RefusedError as refused:
        last = world.charter.ledger.entry(len(world.charter.ledger) - 1).entry
        assert last.kind == "charter.refused"
        return refused.codes
    assert len(world.charter.ledger) == before + 1
    return ()


def changed(text: bytes, **parts: object) -> bytes:
    return rfc8785.dumps(json.loads(text) | parts)


def codes(call, *given: str) -> tuple[str, ...]:
    with pytest.raises(RefusedError) as refused:
        call(*given)
    return refused.value.codes


@pytest.mark.control("8.4", "AC-3", never=True)
def test_a_question_goes_live_on_an_audit_that_never_was(world: World) -> None:
    world.to_pilot()
    world.agree()
    for never in ("0" * 64, "ab" * 32, "../../manifest", "", "0" * 63 + "G"):
        assert "audit-file" in recorded(world, never), never
    assert "audit" in codes(world.go_live)
    assert world.stage == "pilot"
    assert recorded(world, kept_audit(world.charter, QUESTION)) == ()
    world.go_live()
    assert world.stage == "live"


@pytest.mark.control("AU-10", never=True)
def test_an_audit_of_another_question_definition_time_or_other_records_counts(world: World) -> None:
    world.to_pilot()
    charter, day = world.charter, world.clock.today
    fits = audit_file(charter, QUESTION)
    forged = {
        "audit-question": changed(fits, question="lane-rates"),
        "audit-definition": audit_file(charter, QUESTION, definition=OTHER_FACTS.digest),
        "audit-records": changed(fits, workspace="cd" * 32),
        "audit-empty": changed(fits, compared=[]),
    }
    for code, text in forged.items():
        assert recorded(world, keep_file(charter, text)) == (code,)
    short = audit_file(charter, QUESTION, year=(date(2025, 3, 1), date(2026, 1, 1)))
    ahead = audit_file(charter, QUESTION, year=(date(2025, 1, 1), date(2027, 1, 1)))
    for text in (short, ahead):
        assert recorded(world, keep_file(charter, text)) == ("audit-period",)
    year = audit_file(charter, QUESTION, year=(date(2025, 1, 2), date(2026, 1, 1)))
    unmade = audit_file(charter, QUESTION, year=(date(2024, 1, 1), date(2025, 1, 1)))
    assert recorded(world, keep(charter.path, unmade)) == ("audit-unmade",), "kept by hand"
    assert recorded(world, keep_file(charter, year), on=day) == (), "twelve calendar months, the first not whole"


@pytest.mark.control("AU-10", never=True)
def test_an_audit_that_was_recorded_before_grows_younger(world: World) -> None:
    """Recorded again, a file is as old as it was: neither after twelve months, nor for another definition's sake."""
    world.to_pilot()
    report = record_audit(world.charter, AUDITOR, QUESTION)
    first = world.clock.today
    assert recorded(world, report, on=first) == (), "on the same day it may be judged again"
    world.agree()
    world.clock.days(366)
    assert recorded(world, report) == ("audit-again",)
    for facts in (OTHER_FACTS, FACTS):
        world.charter.stand({QUESTION: facts}, {}, "cd" * 32)
    assert recorded(world, report) == ("audit-again",)
    assert recorded(world, report, on=first) == ()
    world.notices()
    world.pilot()
    world.agree()
    assert codes(world.go_live) == ("audit",), "too old"


@pytest.mark.control("AU-9", never=True)
def test_an_audit_is_changed_or_lost_between_record_and_go_live(world: World) -> None:
    world.to_pilot()
    report = record_audit(world.charter, AUDITOR, QUESTION)
    world.agree()
    path = world.charter.path / AUDITS / f"{report}.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"women"', b'"others"'))
    assert codes(world.go_live) == ("audit-changed",)
    path.unlink()
    assert codes(world.go_live) == ("audit-file",)
    assert [m.code for m in world.charter.lacks(world.charter.question(QUESTION))] == ["audit-file"]
    elsewhere = world.charter.path.parent / "other.json"
    elsewhere.write_bytes(b"{}")
    os.symlink(elsewhere, path)
    assert codes(world.go_live) == ("audit-changed",)
    path.unlink()
    path.write_bytes(whole)
    world.go_live()
    path.unlink()
    # A file that is lost later takes nothing from the ledger; to be live again needs one.
    assert world.stage == "live"
    assert verify(world.charter.ledger).ok
    world.charter.move(LEAD, QUESTION, "pause", "asked")
    assert set(codes(world.charter.move, LEAD, QUESTION, "resume")) == {"audit-file", "audit-after-pause"}


def test_new_records_take_no_audit_away_and_a_new_audit_is_of_them(world: World) -> None:
    world.to_pilot()
    old = audit_file(world.charter, QUESTION)
    record_audit(world.charter, AUDITOR, QUESTION)
    world.agree()
    (world.charter.path.parent / "manifest.json").write_text('{"more": 1}', "utf-8")
    world.go_live()
    world.clock.days(1)
    assert recorded(world, keep_file(world.charter, changed(old, people=59))) == ("audit-records",)
    assert recorded(world, kept_audit(world.charter, QUESTION)) == ()
    (world.charter.path.parent / "manifest.json").unlink()
    assert "audit-records" in recorded(world, keep_file(world.charter, changed(old, people=58)))


FORMS = {
    "no JSON": b"an audit",
    "a list": b"[]",
    "another form": b'{"question":"finding-rate"}',
    "nested": b"[" * 100_000,
    "not canonical": None,
    "too large": b'{"a":"' + b"x" * 5_000_001 + b'"}',
    "no days": {"period": ["2025-01-01", "soon"]},
    "one day": {"period": ["2025-01-01"]},
    "the wrong way round": {"period": ["2026-01-01", "2025-01-01"]},
    "numbers": {"period": [1, 2]},
    "the first day there is": {"period": ["0001-01-01", "0001-01-01"]},
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_file_of_an_audit_is_not_kept(world: World, form: str) -> None:
    world.draft()
    text = audit_file(world.charter, QUESTION)
    told = FORMS[form]
    if told is None:
        text = text + b"\n"  # the same words, and another hash
    elif isinstance(told, bytes):
        text = told
    else:
        text = changed(text, **told)
    assert read(text) is None
    with pytest.raises(CharterError, match="not the file of a fairness audit"):
        keep(world.charter.path, text)
    assert not (world.charter.path / AUDITS).exists()


def test_a_name_leads_nowhere_else(world: World, tmp_path: Path) -> None:
    world.draft()
    name = kept_audit(world.charter, QUESTION)
    assert kept(world.charter.path, name) is not None
    for other in (f"../{AUDITS}/{name}", name.upper(), name + "\n", f"{name}/", "", name[:-1]):
        assert kept(world.charter.path, other) is None


def test_every_reason_is_said_in_four_languages() -> None:
    wanted = (
        "file",
        "changed",
        "form",
        "question",
        "definition",
        "period",
        "records",
        "empty",
        "unmade",
        "again",
        "after-pause",
    )
    for lang in languages():
        for code in wanted:
            assert Catalogue(lang).has(f"wb-lack-audit-{code}"), (lang, code)


@pytest.mark.control("AU-10", never=True)
def test_an_audit_is_said_to_be_made_by_a_person_or_says_two_things(world: World) -> None:
    """Only the program says that it made an audit, and one that is recorded has one file, one day and one result."""
    world.to_pilot()
    text = audit_file(world.charter, QUESTION)
    name = keep(world.charter.path, text)
    said = {"question": QUESTION, "report": name, "from": "2025-01-01", "to": "2026-01-01"}
    for who in WHO.values():
        assert codes(lambda who=who: world.charter.act("fairness", who, tokens=said)) == ("role",)
    for wrong in ({"from": "2027-01-01"}, {"report": "x"}, {"question": None}, {"to": None}):
        codes(lambda wrong=wrong: world.charter.act("fairness", "system", tokens=said | wrong))
    assert recorded(world, name) == ("audit-unmade",)
    made = keep_file(world.charter, text)
    once = {"on": world.clock.today, "result": "failed", "report": made}
    for twice in (
        {"report": (made, name)},
        {"on": (world.clock.today, "2020-01-01")},
        {"result": ("failed", "passed")},
    ):
        found = codes(lambda twice=twice: world.charter.act("audit", AUDITOR, QUESTION, tokens=once | twice))
        assert "form" in found
