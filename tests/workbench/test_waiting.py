"""Welcome says what waits for whom, by which day, and how old the records are; it names nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from workbench_office import QUESTION, Office, page, people_in, signed_in, solo
from world import WHO

from arusha.workbench import alerts


def welcome(role: str) -> str:
    html = page(signed_in(role), "/")
    assert not people_in(html)
    return re.sub("[\u2066-\u2069]", "", html)


@pytest.fixture
def shared(office: Office) -> Office:
    office.make_charter()
    return office


def test_nothing_waits_in_a_workspace_of_one_person(office: Office) -> None:
    assert "What waits for you" not in page(solo(), "/")


def test_each_role_is_told_what_waits_for_it_and_where(shared: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing waits for you now." in welcome("union-reviewer")
    shared.to_pilot()
    assert "Questions on which the union has said nothing: 1" in welcome("union-reviewer")
    charter = shared.charter()
    charter.ask(WHO["union-reviewer"], QUESTION, "Why?", answer_by="2000-01-01")
    for role, said in (("integrity-lead", "wait for your answer: 1"), ("union-reviewer", "has not answered: 1")):
        html = welcome(role)
        assert said in html
        assert "by 1 January 2000" in html
        assert "1 past their day" in html
    charter.position(WHO["union-reviewer"], QUESTION, "object")
    assert "joint committee has not decided: 1" in welcome("board-secretary")
    assert "Nothing waits for you now." in welcome("administrator")


def test_investigators_are_told_of_alerts_and_the_auditor_of_late_ones(
    shared: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.to_live()
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    n = len(alerts.alerts(shared.record))
    assert f"Alerts that wait for a decision: {n}" in welcome("investigator")
    assert "Nothing waits for you now." in welcome("internal-auditor")
    later = alerts.now() + timedelta(days=31)
    monkeypatch.setattr(alerts, "now", lambda: later)
    assert f"{n} past their day" in welcome("investigator")
    assert f"Alerts that nobody decided in time: {n}" in welcome("internal-auditor")
    assert "alert" not in welcome("analyst").lower().partition("what waits for you")[2].partition("<h2>")[0]


def test_the_age_of_the_records_is_told_to_who_may_read_the_charter_and_to_nobody_outside(shared: Office) -> None:
    from django.test import Client

    assert "The newest assessment was made on" in welcome("analyst")
    assert "The newest assessment was made on" not in welcome("administrator")
    assert "The newest assessment was made on" not in page(Client(), "/")
