"""Role x action, computed from the code: whoever lacks the role is refused by every way in, and it is recorded."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from workbench_office import QUESTION, Office, signed_in, solo
from world import WHO

from arusha.charter import ROLES
from arusha.charter.acts import ACTS
from arusha.workbench.routes import ROUTES, Route
from arusha.workbench.rules import ACTIONS, EVERYBODY, SIGNED_IN, SOLO, matrix, may

GUARDED = [r for r in ROUTES if r.action not in (EVERYBODY, SIGNED_IN)]


def address(route: Route, office: Office) -> str:
    """An address of the route at which something is."""
    parts = {
        "name": "assessment",
        "question": QUESTION,
        "signal": office.signals()[0]["signal_id"],
        "which": "record",
        "entry": 0,
        "first": 0,
        "account": 999,
        "point": "1",
        "number": 0,
        "lang": "en",
        "where": "server",
        "extract": "extract",
        "job": "0123456789abcdef",
        "panel": "0123456789abcdef",
        "evaluation": "0123456789abcdef",
        "table": "declarations",
        "load": "0123456789abcdef",
        "key": "1",
        "form": "md",
        "kind": "assigned",
        "wanted": "0123456789abcdef",
        "month": "2025-03",
    }
    return reverse(route.name, kwargs={p: parts[p] for p in parts if f":{p}>" in route.path})


def test_every_way_in_names_an_action_of_the_table() -> None:
    assert {r.action for r in ROUTES} <= set(ACTIONS) | {EVERYBODY, SIGNED_IN}
    assert len({r.name for r in ROUTES}) == len(ROUTES)


@pytest.mark.control("AC-3", "AC-3(7)")
def test_what_is_not_in_the_table_is_refused() -> None:
    assert not may(frozenset(ROLES), "no.such-action")
    assert not may(frozenset(), "assessment.see")


def test_the_acts_of_the_charter_are_as_the_charter_has_them() -> None:
    for act, rule in ACTS.items():
        assert ACTIONS[f"charter.{act}"] == rule.roles


@pytest.mark.control("AC-5", "AC-6", "AU-9(4)")
def test_no_page_endpoint_or_command_gives_the_administrator_content() -> None:
    assert {a for (role, a), allowed in matrix().items() if role == "administrator" and allowed} == {
        "accounts.see",
        "accounts.unlock",
        "accounts.close",
    }


@pytest.mark.control("AC-4", "AC-6")
def test_the_union_receives_no_individual_data() -> None:
    opened = {a for (role, a), allowed in matrix().items() if role == "union-reviewer" and allowed}
    assert not opened & {"assessment.see", "question.see", "signals.list", "signal.open", "looks.read", "quality.see"}
    assert "access.sample" not in opened


@pytest.mark.control("AC-2", "AC-6")
def test_the_unions_expert_sees_what_the_union_may_see_and_nothing_more(office: Office) -> None:
    opened = {
        role: {a for (r, a), allowed in matrix().items() if r == role and allowed}
        for role in ("union-expert", "union-reviewer")
    }
    assert opened["union-expert"] < opened["union-reviewer"]
    assert {a for a in opened["union-expert"] if not a.endswith(".see")} == {"sandbox.run", "charter.observation"}
    office.make_charter()
    office.draft()
    office.bring_expert()
    expert = signed_in("union-expert")
    assert expert.get("/desk").status_code == 200
    charter = office.charter()
    for withdraws in ("internal-auditor", "union-reviewer"):
        charter.withdraw(WHO[withdraws], WHO["union-expert"], "union-expert")
    assert expert.get("/desk").status_code == 403


@pytest.mark.control("AC-5", "AU-6", "AU-9(4)", "9.2")
def test_the_auditor_reads_the_log_of_looks_and_no_content() -> None:
    opened = {a for (role, a), allowed in matrix().items() if role == "internal-auditor" and allowed}
    assert "looks.read" in opened
    assert not opened & {"assessment.see", "question.see", "signals.list", "signal.open"}


@pytest.mark.control("AC-3", "AC-3(7)", "AU-2", "AU-12", "8.4")
@pytest.mark.parametrize("role", ROLES)
def test_a_wrong_role_is_refused_by_page_direct_address_and_crafted_form_and_it_is_recorded(
    role: str, office: Office
) -> None:
    office.make_charter()
    office.to_live()
    office.bring_expert()
    client, forging = signed_in(role), signed_in(role, checks=True)
    menu = client.get("/").content.decode()
    for route in GUARDED:
        at = address(route, office)
        if may(frozenset({role}), route.action):
            answer = client.post(at) if route.method == "POST" else client.get(at)
            assert answer.status_code != 403, route.name
            continue
        assert f'href="{at}"' not in menu
        for send in (client.get, client.post):
            before = len(office.record.ledger)
            answer = send(at)
            if (send == client.get) == (route.method == "GET"):
                assert answer.status_code == 403, (route.name, send)
                (entry,) = list(office.record.ledger.entries(before))
                assert (entry.entry.kind, entry.entry.actor) == ("access.refused", WHO[role])
                assert entry.entry.subjects == (f"action:{route.action}",)
            else:
                assert answer.status_code == 405
            assert QUESTION not in answer.content.decode()
        # A form of somebody else's making, without the word that our pages carry.
        before = len(office.record.ledger)
        assert forging.post(at, {"person": WHO[role], "role": "analyst"}).status_code in (403, 405)
        assert [r.entry.kind for r in office.record.ledger.entries(before)] == ["access.refused"]


@pytest.mark.control("AC-3")
@pytest.mark.parametrize("route", GUARDED, ids=lambda r: r.name)
def test_who_did_not_sign_in_gets_nothing(route: Route, office: Office) -> None:
    at = address(route, office)
    for mode in ("solo", "shared"):
        if mode == "shared":
            office.make_charter()
        client = Client()
        answer = client.post(at) if route.method == "POST" else client.get(at)
        assert answer.status_code == 302
        assert answer["Location"] == ("/" if mode == "solo" else "/sign-in")


def test_the_one_person_of_solo_mode_has_no_page_of_accounts(office: Office) -> None:
    client = solo()
    for route in GUARDED:
        if not may(frozenset({SOLO}), route.action):
            at = address(route, office)
            assert (client.post(at) if route.method == "POST" else client.get(at)).status_code == 403, route.name
