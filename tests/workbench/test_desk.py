"""The union desk and the acts of the charter by form; one's own page."""

from __future__ import annotations

import re

import pytest
from kept_audit import kept_audit, record_audit
from workbench_office import HOSTILE, PURPOSE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.charter.acts import ACTS
from arusha.workbench import models
from arusha.workbench.desk import FIELDS


@pytest.fixture
def shared(office: Office) -> Office:
    office.make_charter()
    return office


def stage(office: Office) -> str:
    return office.charter().question(QUESTION).stage


def do(role: str, act: str, **fields: str) -> int:
    return signed_in(role).post(f"/charter/{QUESTION}/{act}", fields).status_code


def concerned(office: Office) -> str:
    """The officer of a signal, as officer concerned with an account."""
    who = str(office.signals()[0]["unit_id"])
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], who, "subject")
    return who


def test_every_act_of_a_person_has_its_form() -> None:
    by_people = {act for act, rule in ACTS.items() if rule.stages and rule.roles != {"system"}}
    assert set(FIELDS) == by_people - {"identify"}, "which `arusha unmask` asks"


def test_a_question_goes_from_draft_to_live_by_forms_alone(shared: Office) -> None:
    office = shared
    assert do("analyst", "draft", months="24") == 302
    assert do("integrity-lead", "consult", ceiling="0.2", days="30") == 302
    assert do("union-reviewer", "ask", text="What is compared?", due="2026-04-01") == 302
    for means in ("letter", "meeting"):
        assert do("analyst", "notice", means=means, proof="register 7") == 302
    assert do("integrity-lead", "pilot") == 302
    html = page(signed_in("integrity-lead"), f"/charter/{QUESTION}")
    assert re.search(r"<button[^>]*disabled>Go live", html)
    assert do("integrity-lead", "go-live") == 400
    assert stage(office) == "pilot"
    report = kept_audit(shared.charter(), QUESTION, on="2026-01-05")
    assert do("internal-auditor", "audit", on="2026-01-05", result="passed", report=report) == 302
    conditions = {"position": "conditions", "min-n": "20", "points": "one\ntwo", "due": "2026-04-01"}
    assert do("union-reviewer", "position", **conditions) == 302
    for point in office.charter().question(QUESTION).open_points:
        assert do("integrity-lead", "go-live") == 400
        assert do("integrity-lead", "answer", point=point, text="Answered in full.") == 302
    assert not re.search(r"<button[^>]*disabled>Go live", page(signed_in("integrity-lead"), f"/charter/{QUESTION}"))
    assert do("integrity-lead", "go-live") == 302
    assert stage(office) == "live"
    assert do("union-reviewer", "review", reason="the rate rose") == 302
    assert stage(office) == "review-due"


def test_the_desk_shows_the_clock_open_points_and_agreements(shared: Office) -> None:
    shared.to_pilot()
    do("union-reviewer", "ask", text="What is compared?", due="2020-01-01")
    html = re.sub("[\u2066-\u2069]", "", page(signed_in("union-reviewer"), "/desk"))
    assert "answer by 2020-01-01" in html
    assert "Late" in html
    assert "Pilot" in html
    assert not people_in(html)


def test_a_form_that_cannot_be_read_records_nothing(shared: Office) -> None:
    shared.draft()
    before = len(shared.charter().ledger)
    for fields in ({}, {"ceiling": "much", "days": "30"}, {"ceiling": "0.1", "days": "a month"}):
        assert do("integrity-lead", "consult", **fields) == 400
    assert len(shared.charter().ledger) == before
    assert signed_in("integrity-lead").post("/charter/no-such-question/consult", {}).status_code == 404


def test_what_the_union_writes_is_text(shared: Office) -> None:
    shared.to_pilot()
    do("union-reviewer", "ask", text=HOSTILE, due="2026-04-01")
    html = page(signed_in("integrity-lead"), f"/charter/{QUESTION}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]gnp.exe" in html
    assert "<script" not in html


# What must never happen.


def test_consultation_after_go_live(shared: Office) -> None:
    shared.to_live()
    assert do("union-reviewer", "position", position="object", text="too late") == 400
    assert do("integrity-lead", "consult", ceiling="0.1", days="30") == 400
    assert stage(shared) == "live"
    html = page(signed_in("union-reviewer"), f"/charter/{QUESTION}")
    assert "Take a position" not in html


def test_an_objection_does_not_silently_veto_and_is_shown_for_ever(shared: Office) -> None:
    charter = shared.to_pilot()
    record_audit(charter, WHO["internal-auditor"], QUESTION)
    assert do("union-reviewer", "position", position="object", text="it reads rosters wrongly") == 302
    assert do("integrity-lead", "go-live") == 400
    assert do("board-secretary", "committee", outcome="proceed", reason="heard both") == 302
    assert do("integrity-lead", "go-live") == 302
    for role in ("union-reviewer", "integrity-lead", "internal-auditor"):
        assert "it reads rosters wrongly" in page(signed_in(role), f"/charter/{QUESTION}")
        assert "The union objected once" in page(signed_in(role), "/desk")


def test_union_activity_used_as_an_input(shared: Office) -> None:
    """What a person posts has no field for an input: a draft is made of the definition alone, and guarded."""
    assert [name for name, _, _ in FIELDS["draft"]] == ["months"]
    do("analyst", "draft", months="24", inputs="staff.union_member")
    assert not [i for i in shared.charter().question(QUESTION).inputs if "union" in i]


# One's own page.


@pytest.mark.control("AC-3(14)")
def test_one_sees_own_numbers_peers_as_a_band_and_nobody_else(shared: Office) -> None:
    shared.to_live()
    who = concerned(shared)
    WHO["concerned"] = who
    try:
        client = signed_in("concerned")
    finally:
        del WHO["concerned"]
    html = page(client, "/own")
    assert people_in(html) <= {who}
    plain = re.sub("[\u2066-\u2069]", "", html)
    row = shared.signals()[0]
    assert f"{row['observed']:g}" in plain
    assert "the middle nine in ten of 47 others" in plain
    assert "Contest" in plain


@pytest.mark.control("AC-3(14)", "AU-6", "8.9")
def test_one_asks_who_looked_and_contests_and_whoever_opens_it_reads_that_first(shared: Office) -> None:
    shared.to_live()
    who, signal = concerned(shared), shared.signals()[0]["signal_id"]
    models.Account.objects.make("officer", who, "a long first password")
    WHO["officer"] = who
    try:
        client = signed_in("officer")
    finally:
        del WHO["officer"]
    assert "Nobody looked at anything yet" in page(client, "/own")
    investigator = signed_in("investigator")
    at = f"/assessments/assessment/signals/{signal}"
    investigator.post(at + "/open", PURPOSE)
    html = page(client, "/own")
    assert WHO["investigator"] in html
    assert "request 2026/7" in html
    own = {"assessment": "assessment", "signal": signal}
    assert client.post("/own/contest", {**own, "text": " "}).status_code == 400
    assert client.post("/own/contest", {**own, "text": "I was in training in March."}).status_code == 302
    other = shared.signals("assignment-steering")[0]["signal_id"]
    assert client.post("/own/contest", {**own, "signal": other, "text": "x"}).status_code == 404
    assert client.post("/own/contest", {**own, "assessment": "nothing", "text": "x"}).status_code == 404
    html = page(investigator, at)
    assert html.index("I was in training in March.") < html.index("Ordinary reasons")
    assert client.get(at).status_code == 403


def test_nothing_is_on_ones_own_page_before_the_question_is_live(shared: Office) -> None:
    shared.to_pilot()
    who = concerned(shared)
    WHO["officer"] = who
    try:
        client = signed_in("officer")
    finally:
        del WHO["officer"]
    assert "No live question holds anything of you" in page(client, "/own")
    own = {"assessment": "assessment", "signal": shared.signals()[0]["signal_id"], "text": "x"}
    assert client.post("/own/contest", own).status_code == 404


def test_the_dossier_is_read_before_the_acts_that_one_takes_on_it(shared: Office) -> None:
    assert do("analyst", "draft", months="24") == 302
    assert do("integrity-lead", "consult", ceiling="0.2", days="30") == 302
    html = page(signed_in("union-reviewer"), f"/charter/{QUESTION}")
    dossier, acts = html.index("How it can be gamed"), html.index("<form", html.index("<h1"))
    assert dossier < html.index("What was said") < acts
