"""Separation of duties: who granted what, what is kept apart, and which acts of two people two people can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from workbench_office import QUESTION, Office, page, people_in, signed_in, solo
from world import STRANGER, WHO

from arusha.access.rights import Exemption
from arusha.access.role_acts import read_acts
from arusha.access.templates import read
from arusha.charter import ROLES, State
from arusha.charter.acts import ACTS
from arusha.charter.charter import RefusedError
from arusha.charter.grants import granted
from arusha.charter.roles import APART, GRANTERS, SYSTEM
from arusha.errors import ArushaError
from arusha.language import languages
from arusha.workbench import alerts, models
from arusha.workbench.access import reasons
from arusha.workbench.governance import duties, holds, retention, runs, sources
from arusha.workbench.governance.sources import Terms
from arusha.workbench.people import HIDDEN
from arusha.workbench.rights import agreements
from arusha.workbench.rules import TWO_PEOPLE, may

LEAD, AUDITOR, STEWARD, UNION = (
    WHO[r] for r in ("integrity-lead", "internal-auditor", "data-steward", "union-reviewer")
)
AT = "/governance/duties"
READERS = ("internal-auditor", "data-steward", "integrity-lead")


def of(state: State) -> dict[str, duties.Halves]:
    return {one.act: one for one in duties.halves(state)}


# Who granted what, and when.


def test_a_role_is_told_with_the_two_who_granted_it_and_when_the_second_did(office: Office) -> None:
    charter = office.make_charter()
    found = granted(charter.ledger.entries())
    state = charter.state()
    assert set(found) == {(who, role) for who, roles in state.roles.items() for role in roles}
    assert found[LEAD, "integrity-lead"].founding
    assert not found[STEWARD, "data-steward"].founding
    assert found[STEWARD, "data-steward"].by == (LEAD, AUDITOR)
    second = [r.entry for r in charter.ledger.entries() if STEWARD in r.entry.subjects][-1]
    assert found[STEWARD, "data-steward"].at == datetime.fromisoformat(second.time)


def test_a_role_that_was_withdrawn_is_of_nobody_and_one_granted_anew_is_told_by_its_last_granters(
    office: Office,
) -> None:
    charter = office.make_charter()
    charter.withdraw(STEWARD, STEWARD, "data-steward")
    assert (STEWARD, "data-steward") not in granted(charter.ledger.entries())
    charter.grant(AUDITOR, STEWARD, "data-steward")
    assert (STEWARD, "data-steward") not in granted(charter.ledger.entries()), "one person asked, nobody else yet"
    charter.grant(LEAD, STEWARD, "data-steward")
    assert granted(charter.ledger.entries())[STEWARD, "data-steward"].by == (AUDITOR, LEAD)


# Computed from the rules.


def test_what_is_kept_apart_is_what_the_charter_refuses() -> None:
    for role in ROLES:
        assert {frozenset({role, other}) for other in duties.apart(role)} == {pair for pair in APART if role in pair}


def test_outside_solo_mode_the_charter_lets_nobody_hold_two_roles_kept_apart(office: Office) -> None:
    charter = office.make_charter()
    for role in ("board-member", "union-reviewer", "administrator"):
        with pytest.raises(RefusedError, match="not held together"):
            charter.grant(LEAD, WHO[role], duties.apart(role)[0])
    assert duties.clashes(charter.state()) == []


def test_a_clash_that_stands_all_the_same_is_told_once() -> None:
    state = State(roles={"P-1": frozenset({"investigator", "board-member", "analyst"}), "P-2": frozenset({"analyst"})})
    assert duties.clashes(state) == [("P-1", ("investigator", "board-member"))]


def test_a_role_of_nobody_is_told_with_the_acts_that_nobody_can_do() -> None:
    held = {role: frozenset({role}) for role in ROLES if role not in ("board-secretary", "analyst", "survey-officer")}
    found = dict(duties.unheld(State(roles=held)))
    assert found == {"analyst": (), "board-secretary": ("committee",), "survey-officer": ()}, "leads draft as well"
    nobody = dict(duties.unheld(State()))
    assert set(nobody) == set(ROLES) - HIDDEN
    by_people = {act for act, rule in ACTS.items() if rule.roles != {SYSTEM}}
    assert {act for acts in nobody.values() for act in acts} == by_people


@pytest.mark.parametrize(
    ("first", "second", "by_two"),
    [((), (), False), (("a",), ("a",), False), (("a",), (), False), (("a",), ("b",), True), (("a",), ("a", "b"), True)],
)
def test_two_people_are_two(first: tuple[str, ...], second: tuple[str, ...], by_two: bool) -> None:
    assert duties.Halves("x", first, second).by_two is by_two


def test_an_act_for_which_there_is_one_person_cannot_be_done_by_two(office: Office) -> None:
    state = office.make_charter().state()
    found = of(state)
    assert found["grant"].first == found["grant"].second == tuple(sorted({LEAD, AUDITOR}))
    assert found["union"].second == (UNION,)
    assert found["salt"].first == (AUDITOR,)
    assert found["salt"].either == ()
    assert found["source"].either == tuple(sorted({LEAD, AUDITOR, STEWARD}))
    assert {act for act, one in found.items() if not one.by_two} == {"alert", "release"}, "one investigator, one key"
    for granter in (LEAD, AUDITOR):
        office.charter().grant(granter, STRANGER, "key-holder")
    assert of(office.charter().state())["release"].by_two


def test_without_a_union_reviewer_the_first_is_granted_as_every_role_is() -> None:
    state = State(roles={"P-1": frozenset({"integrity-lead"}), "P-2": frozenset({"internal-auditor"})})
    assert of(state)["union"].second == of(state)["grant"].second == ("P-1", "P-2")
    assert {"integrity-lead", "internal-auditor"} == GRANTERS


# That the program refuses both halves to one person: what the page says is so.


def both_of_a_source(office: Office) -> None:
    terms = Terms("system", "month", 30, ("declarations",), (), None)
    key = sources.propose(office.record, office.site.state(), LEAD, terms, "The clearance system")
    (number,) = sources.sources(office.record)[key].waiting
    sources.answer(office.record, LEAD, key, number, agreed=True)


def both_of_a_retention(office: Office) -> None:
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    alerts.decide(office.record, signal, WHO["investigator"], "explained", {"reason": "r", "explanation": "e"})
    key, now = "a" * 16, datetime.now(UTC)
    models.Job.objects.create(key=key, kind="retain", state="done", asked_by=STEWARD, ended_at=now, told={})
    retention.write_list(office.home, key, retention.plan(office.site, now + timedelta(days=4000)))
    runs.ask(office.site, office.site.state(), STEWARD, key, now)
    runs.answer(office.site, STEWARD, key, agreed=True)


def both_of_a_hold(office: Office) -> None:
    holds.place(office.record, LEAD, "everything", "order 7 of the court")
    (key,) = holds.holds(office.record)
    for _ in range(2):
        holds.lift(office.record, office.site.state(), AUDITOR, key)


def both_of_an_alert(office: Office) -> None:
    office.to_live()
    signal, who = office.signals()[0]["signal_id"], WHO["investigator"]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "words")
    alerts.decide(office.record, signal, who, "proposed", words)
    alerts.read_second(office.record, signal, who, "concurred", {"reason": "r"})


def both_of_a_reason(office: Office) -> None:
    state = office.site.state()
    reasons.propose(office.record, state, LEAD, read("posted", "looks", {"role": "chief"}))
    for who in reasons.READERS:
        reasons.agree(office.record, state, STEWARD, "1", who, drawn=0, load="0" * 16)


def both_of_role_acts(office: Office) -> None:
    made = agreements.declare(office.record, office.site.state(), STEWARD, read_acts("CASHIER,log:pay"))
    agreements.agree(office.record, office.site.state(), STEWARD, made.key, made.digest)


def both_of_an_exception(office: Office) -> None:
    today = agreements.today()
    wanted = Exemption(STRANGER, ("CASHIER", "EXAMINER"), None, today, today)
    made = agreements.ask(office.record, office.site.state(), STEWARD, wanted, "another reads each file", "one post")
    agreements.agree(office.record, office.site.state(), STEWARD, made.key, made.digest)


BOTH: dict[str, Callable[[Office], None]] = {
    "source": both_of_a_source,
    "retention": both_of_a_retention,
    "hold": both_of_a_hold,
    "alert": both_of_an_alert,
    "reason": both_of_a_reason,
    "role-acts": both_of_role_acts,
    "exception": both_of_an_exception,
}


@pytest.mark.parametrize("act", TWO_PEOPLE)
def test_one_person_is_refused_the_other_half_of_the_same_act(act: str, office: Office) -> None:
    office.make_charter()
    with pytest.raises(ArushaError, match="another person"):
        BOTH[act](office)


def test_one_person_grants_nothing_alone(office: Office) -> None:
    charter = office.make_charter()
    charter.grant(LEAD, STRANGER, "analyst")
    with pytest.raises(RefusedError, match="a second person"):
        charter.grant(LEAD, STRANGER, "analyst")


# The page.


def test_the_page_shows_holders_and_granters_and_that_it_was_seen_is_recorded(office: Office) -> None:
    charter = office.make_charter()
    charter.withdraw(WHO["board-secretary"], WHO["board-secretary"], "board-secretary")
    client = signed_in("data-steward")
    assert f'href="{AT}"' in page(client, "/governance")
    before = len(office.record.ledger)
    html = page(client, AT)
    (entry,) = [r.entry for r in office.record.ledger.entries(before)]
    assert (entry.kind, entry.actor, entry.subjects) == ("look.seen", STEWARD, ("page:duties",))
    assert WHO["key-holder"] in html
    assert "board secretary: record the joint committee" in re.sub(r"[\u2066-\u2069]", "", html)
    assert "Nobody holds two roles that the charter keeps apart." in html
    assert "page:duties" in page(signed_in("internal-auditor"), "/looks")


def test_who_asked_for_an_own_page_or_is_represented_is_not_told(office: Office) -> None:
    office.make_charter()
    found = people_in(page(signed_in("internal-auditor"), AT))
    assert found == {who for role, who in WHO.items() if role not in HIDDEN and role != "union-expert"}, (
        "none was brought"
    )


def test_the_page_is_open_to_the_auditor_to_who_grants_and_to_who_tends_the_room_and_to_nobody_else() -> None:
    assert {role for role in ROLES if may(frozenset({role}), "duties.see")} == set(READERS)


def test_a_study_says_what_to_do_first_and_records_no_look(office: Office) -> None:
    html = page(solo(), AT)
    assert "arusha charter new" in html
    assert not people_in(html)
    assert "look.seen" not in office.kinds()


def test_in_solo_mode_it_is_said_that_no_act_is_done_by_two(office: Office) -> None:
    office.make_charter(solo=True)
    html = page(solo(), AT)
    assert "no act is done by two" in html
    assert "<strong>no</strong>" in html


@pytest.mark.parametrize("lang", languages())
def test_the_page_is_whole_in_every_language(lang: str, office: Office) -> None:
    office.make_charter()
    client = signed_in("internal-auditor")
    client.cookies["language"] = lang
    assert f'lang="{lang}"' in page(client, AT)
