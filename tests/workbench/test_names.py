"""Requests for a name: asked behind an inquiry, agreed to by two key holders, and nothing told or typed on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asked_names import agreed_to
from django.test import Client
from sealed_names import (
    NAME,
    SECOND_HOLDER,
    SECOND_READER,
    _letters_of_invented_numbers,
    inquire,
    nothing_opens,
    people_of,
    sealed_for,
    today,
)
from test_own_signal import as_officer, bare
from workbench_office import HOSTILE, PURPOSE, Office, page, people_in, signed_in
from world import WHO

from arusha.charter import RefusedError
from arusha.workbench import alerts
from arusha.workbench import name_requests as asked_names
from arusha.workbench.name_requests import AGREED, DECLINED, LASTS, REQUESTED, WITHDRAWN, NameRequest, requests
from arusha.workbench.record import NAME_REFUSED

__all__ = ["_letters_of_invented_numbers", "nothing_opens"]
WORDS = {"purpose": "to hear the person", "reference": "2026/117", "basis": "section 9", "tried": "rosters and rules"}


@pytest.fixture
def inquiry(office: Office) -> Office:
    """An inquiry that two investigators agreed to, under a live question, with two key holders."""
    people_of(office)
    inquire(office)
    return office


def person(name: str, who: str) -> Client:
    WHO[name] = who
    try:
        return signed_in(name)
    finally:
        del WHO[name]


def holders() -> Iterator[Client]:
    yield signed_in("key-holder")
    yield person("second holder", SECOND_HOLDER)


def at(office: Office) -> str:
    return f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"


def form(office: Office, **changed: str) -> dict[str, str]:
    return {**WORDS, "pseudonym": str(office.signals()[0]["unit_id"]), "tell-by": today(60), **changed}


def asked(office: Office) -> NameRequest:
    client = signed_in("investigator")
    client.post(at(office) + "/open", PURPOSE)
    assert client.post(at(office) + "/name", form(office)).status_code == 302
    (found,) = requests(office.record).values()
    return found


def state(office: Office) -> str:
    (found,) = requests(office.record).values()
    return found.state(alerts.now())


@pytest.mark.control("AC-3(2)", "AU-12", "8.10")
def test_two_key_holders_agree_to_what_an_investigator_asked_and_read_why(inquiry: Office) -> None:
    found, who = asked(inquiry), str(inquiry.signals()[0]["unit_id"])
    assert state(inquiry) == "waits"
    for n, holder in enumerate(holders()):
        assert "wait for your answer: 1" in bare(page(holder, "/"))
        html = page(holder, f"/names/{found.key}")
        for said in (*WORDS.values(), found.digest, today(60), who, "24"):
            assert said in html
        assert (WHO["key-holder"] in people_in(html)) == bool(n)
        assert holder.post(f"/names/{found.key}/answer", {"answer": "agree"}).status_code == 302
        assert "wait for your answer" not in bare(page(holder, "/"))
        again = holder.post(f"/names/{found.key}/answer", {"answer": "agree"})
        assert again.status_code == 400, "nobody agrees twice"
    assert state(inquiry) == "agreed"
    html = page(signed_in("investigator"), f"/names/{found.key}")
    assert "arusha unmask" in html
    assert f"--holder {SECOND_HOLDER}" in html
    assert inquiry.kinds().count(AGREED) == 2


@pytest.mark.control("AC-3(2)", "AC-5")
@pytest.mark.usefixtures("nothing_opens")
def test_no_name_opens_without_a_request_to_which_both_key_holders_agreed_within_a_day(
    inquiry: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = sealed_for(inquiry, tmp_path)
    opening = sealed.asked
    third = "P-7003-TEST-0000"

    def lacks(**changed: object) -> bool:
        return "request" in sealed.codes(**changed)

    assert lacks(holders=(WHO["key-holder"], third))
    assert lacks(actor=SECOND_READER)
    assert lacks(tell_by=today(61)), "told later than was agreed to"
    ledger = inquiry.record.ledger
    told = (opening.actor, opening.holders, opening.signal, opening.pseudonyms, opening.tell_by)
    assert asked_names.unagreed(ledger.entries(), *told) == []
    later = datetime.now(alerts.now().tzinfo) + LASTS

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return later

    monkeypatch.setattr(asked_names, "datetime", Later)
    assert lacks()


@pytest.mark.usefixtures("nothing_opens")
def test_one_key_holder_alone_or_one_who_declined_opens_nothing(inquiry: Office, tmp_path: Path) -> None:
    sealed = sealed_for(inquiry, tmp_path)
    (key,) = requests(inquiry.record)
    inquiry.record.add(DECLINED, "P-7003-TEST-0000", f"request:{key}", reason="x")
    assert sealed.codes() == ("request",)
    agreed_to(inquiry.record, sealed.asked, WHO["key-holder"])
    assert sealed.codes() == ("request",)
    agreed_to(inquiry.record, sealed.asked, WHO["key-holder"], WHO["key-holder"])
    assert sealed.codes() == ("request",), "one person twice is one"
    agreed_to(inquiry.record, sealed.asked, WHO["key-holder"], sealed.asked.actor)
    assert sealed.codes() == ("request",), "who asks is no holder, written past the program"


@pytest.mark.control("AC-3(2)")
def test_a_name_before_two_person_release_on_no_page(inquiry: Office, tmp_path: Path) -> None:
    """Journey 3: with the mapping and all shares beside the workspace, no page tells a name or takes a share."""
    sealed = sealed_for(inquiry, tmp_path)
    (found,) = requests(inquiry.record).values()
    share = sealed.shares[0].read_text("utf-8")
    for client in (signed_in("investigator"), *holders()):
        for where in ("/names", f"/names/{found.key}"):
            html = page(client, where)
            assert NAME not in html
            assert 'type="file"' not in html
        client.post(f"/names/{found.key}/answer", {"answer": "agree", "share": share, "reason": share})
    everything = b"".join(p.read_bytes() for p in inquiry.workspace.rglob("*") if p.is_file())
    assert share.encode() not in everything
    assert NAME.encode() not in everything


@pytest.mark.control("AC-3", "AU-12")
@pytest.mark.parametrize("lacking", ["purpose", "reference", "basis", "tried", "pseudonym", "tell-by"])
def test_what_lacks_is_named_and_the_refusal_is_recorded(lacking: str, inquiry: Office) -> None:
    client = signed_in("investigator")
    client.post(at(inquiry) + "/open", PURPOSE)
    for value in ("", " ", {"tell-by": "2020-01-01", "pseudonym": WHO["analyst"]}.get(lacking, "\t")):
        answer = client.post(at(inquiry) + "/name", form(inquiry, **{lacking: value}))
        assert answer.status_code == 400
    assert inquiry.kinds()[-1] == NAME_REFUSED
    assert requests(inquiry.record) == {}


def test_a_request_needs_an_open_signal_and_an_inquiry_and_waits_once(office: Office) -> None:
    people_of(office)
    client = signed_in("investigator")
    assert client.post(at(office) + "/name", form(office)).status_code == 404, "no purpose was given"
    client.post(at(office) + "/open", PURPOSE)
    assert client.post(at(office) + "/name", form(office)).status_code == 400
    assert "Ask for a name" not in page(client, at(office))
    inquire(office)
    assert "Ask for a name" in page(client, at(office))
    assert client.post(at(office) + "/name", form(office)).status_code == 302
    assert "You asked for a name here" in page(client, at(office))
    assert client.post(at(office) + "/name", form(office)).status_code == 400
    (found,) = requests(office.record).values()
    assert client.post(f"/names/{found.key}/withdraw").status_code == 302
    assert office.kinds()[-1] == WITHDRAWN
    assert client.post(f"/names/{found.key}/withdraw").status_code == 400
    assert client.post(at(office) + "/name", form(office)).status_code == 302


@pytest.mark.control("AC-3", "AC-5")
@pytest.mark.parametrize("why", ["served_together", "is_blind"])
def test_who_served_with_somebody_concerned_or_decides_it_again_asks_for_no_name(
    why: str, inquiry: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("investigator")
    client.post(at(inquiry) + "/open", PURPOSE)
    monkeypatch.setattr(f"arusha.workbench.names_room.{why}", lambda *given: True)
    assert client.post(at(inquiry) + "/name", form(inquiry)).status_code == 404
    assert requests(inquiry.record) == {}


@pytest.mark.control("AC-3", "AC-5")
def test_who_proposed_or_read_the_inquiry_or_is_concerned_does_not_agree(inquiry: Office) -> None:
    found = asked(inquiry)
    who = str(inquiry.signals()[0]["unit_id"])
    for somebody in (SECOND_READER, who):
        for granter in ("integrity-lead", "internal-auditor"):
            inquiry.charter().grant(WHO[granter], somebody, "key-holder")
    reader, concerned = person("reader", SECOND_READER), person("concerned", who)
    assert reader.post(f"/names/{found.key}/answer", {"answer": "agree"}).status_code == 400
    assert inquiry.kinds()[-1] == NAME_REFUSED
    assert concerned.get(f"/names/{found.key}").status_code == 404
    assert concerned.post(f"/names/{found.key}/answer", {"answer": "decline", "reason": "x"}).status_code == 404
    assert found.key not in page(concerned, "/names")
    assert "wait for your answer" not in bare(page(concerned, "/"))
    assert state(inquiry) == "waits"


def test_one_who_declines_ends_it_and_says_why(inquiry: Office) -> None:
    found = asked(inquiry)
    one, other = holders()
    where = f"/names/{found.key}/answer"
    assert one.post(where, {"answer": "decline", "reason": " "}).status_code == 400
    assert one.post(where, {"answer": "decline", "reason": f"ask the chief first {HOSTILE}"}).status_code == 302
    assert state(inquiry) == "declined"
    assert other.post(where, {"answer": "agree"}).status_code == 400
    html = page(signed_in("investigator"), f"/names/{found.key}")
    assert "ask the chief first" in html
    assert "<script>alert" not in html
    assert "arusha unmask" not in html


@pytest.mark.control("AU-6", "AC-3(14)")
def test_the_auditor_reads_every_step_and_the_concerned_person_nothing_before_the_day(inquiry: Office) -> None:
    officer = as_officer(inquiry, str(inquiry.signals()[0]["unit_id"]))
    before = bare(page(officer, "/own"))
    found = asked(inquiry)
    for holder in holders():
        holder.post(f"/names/{found.key}/answer", {"answer": "agree"})
    auditor = signed_in("internal-auditor")
    listed = page(auditor, "/names")
    assert found.key in listed
    assert not people_in(listed)
    assert auditor.get(f"/names/{found.key}").status_code == 403
    looks = page(auditor, "/looks")
    for said in ("A name was requested", "A key holder agreed to a request for a name", "to hear the person"):
        assert said in looks
    looked = bare(page(officer, "/own"))
    assert looked.partition("Who looked")[0] == before.partition("Who looked")[0]
    for holder in (WHO["key-holder"], SECOND_HOLDER):
        assert holder not in looked


def test_an_answer_that_was_written_past_the_program_after_a_day_changes_nothing(inquiry: Office) -> None:
    found = asked(inquiry)
    entries = list(inquiry.record.ledger.entries())
    late = found.at + timedelta(hours=25)
    made = asked_names.read(entries)[found.key]
    assert made.state(late) == "lapsed"
    assert asked_names._answered(made, AGREED, SECOND_HOLDER, late) == made
    assert asked_names._answered(made, WITHDRAWN, SECOND_HOLDER, found.at) == made


def test_two_key_holders_at_once_are_two_and_one_twice_is_one(inquiry: Office) -> None:
    found, record, charter = asked(inquiry), inquiry.record, inquiry.charter().state()
    asked_names.answer(record, charter, found, WHO["key-holder"], agreed=True)
    with pytest.raises(RefusedError) as refused:
        asked_names.answer(record, charter, found, WHO["key-holder"], agreed=True)
    assert "two-people" in refused.value.codes
    assert inquiry.kinds().count(REQUESTED) == 1
