"""The union's own expert and its observer on the joint committee: who brings them, until when, and what they may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from world import OTHER_FACTS, QUESTION, SECOND_LEAD, STRANGER, WHO, World

from arusha.charter import ROLES, RefusedError
from arusha.charter.acts import ACTS
from arusha.charter.grants import granted
from arusha.charter.roles import APART, TIMED

LEAD, AUDITOR, UNION, EXPERT = (
    WHO[r] for r in ("integrity-lead", "internal-auditor", "union-reviewer", "union-expert")
)
ROLE = "union-expert"


def codes(act, *args: str | None) -> tuple[str, ...]:
    with pytest.raises(RefusedError) as error:
        act(*args)
    return error.value.codes


def day(world: World, days: int) -> str:
    return (world.clock.at + timedelta(days=days)).date().isoformat()


def test_management_chooses_or_removes_whom_the_union_asks(world: World) -> None:
    grant, withdraw = world.charter.grant, world.charter.withdraw
    grant(LEAD, STRANGER, ROLE, day(world, 30))
    assert codes(grant, AUDITOR, STRANGER, ROLE, day(world, 30)) == ("union",)
    grant(UNION, STRANGER, ROLE, day(world, 30))
    assert world.charter.state().holds(STRANGER, ROLE)
    withdraw(LEAD, STRANGER, ROLE)
    assert codes(withdraw, AUDITOR, STRANGER, ROLE) == ("union",)
    withdraw(UNION, STRANGER, ROLE)
    assert not world.charter.state().holds(STRANGER, ROLE)


def test_an_expert_without_a_last_day_or_with_one_beyond_ninety_days(world: World) -> None:
    grant = world.charter.grant
    for until in (None, day(world, -1), day(world, TIMED[ROLE] + 1)):
        assert codes(grant, UNION, STRANGER, ROLE, until) == ("until",)
    assert codes(grant, UNION, STRANGER, ROLE, "tomorrow") == ("form",)
    assert codes(grant, LEAD, STRANGER, "analyst", day(world, 5)) == ("until",)
    assert codes(grant, UNION, UNION, ROLE, day(world, 5)) == ("two-people", "apart")


def test_another_last_day_is_another_request(world: World) -> None:
    grant = world.charter.grant
    grant(UNION, STRANGER, ROLE, day(world, 10))
    grant(AUDITOR, STRANGER, ROLE, day(world, 20))
    assert not world.charter.state().holds(STRANGER, ROLE)
    assert codes(grant, AUDITOR, STRANGER, ROLE, day(world, 20)) == ("two-people",)
    grant(UNION, STRANGER, ROLE, day(world, 20))
    assert world.charter.state().until[STRANGER, ROLE].isoformat() == day(world, 20)


def test_after_the_last_day_the_role_opens_nothing_and_can_be_granted_anew(world: World) -> None:
    charter = world.charter
    last = charter.state().until[EXPERT, ROLE]
    assert charter.state().held(EXPERT, last) == {ROLE}
    assert charter.state().held(EXPERT, last + timedelta(days=1)) == frozenset()
    world.clock.days(62)
    assert "role" in codes(charter.observation, EXPERT, QUESTION, "too late")
    charter.grant(AUDITOR, EXPERT, ROLE, day(world, 30))
    charter.grant(UNION, EXPERT, ROLE, day(world, 30))
    assert charter.state().held(EXPERT, world.clock.at.date()) == {ROLE}
    assert granted(charter.ledger.entries())[EXPERT, ROLE].by == (AUDITOR, UNION)
    world.clock.days(40)
    charter.grant(LEAD, EXPERT, "analyst")
    charter.grant(AUDITOR, EXPERT, "analyst")
    assert charter.state().roles[EXPERT] == {"analyst"}, "what ended does not stand in the way of another role"
    assert (EXPERT, ROLE) not in granted(charter.ledger.entries())


def test_an_expert_holds_nothing_else_and_acts_for_nobody() -> None:
    assert {pair for pair in APART if ROLE in pair} == {frozenset({ROLE, r}) for r in ROLES if r != ROLE}
    assert [act for act, rule in ACTS.items() if ROLE in rule.roles] == ["observation"]


def test_the_union_observes_the_joint_committee_and_what_it_saw_stands_beside_the_outcome(world: World) -> None:
    charter = world.charter
    world.to_pilot()
    assert codes(charter.observer, UNION, QUESTION, EXPERT) == ("objection",)
    charter.position(UNION, QUESTION, "object", "Nobody can contest it.")
    assert codes(charter.observation, EXPERT, QUESTION, "I was not asked.") == ("observer",)
    for nobody in (LEAD, STRANGER, SECOND_LEAD):
        assert codes(charter.observer, UNION, QUESTION, nobody) == ("person",)
    charter.observer(UNION, QUESTION, EXPERT)
    assert codes(charter.observer, UNION, QUESTION, EXPERT) == ("person",)
    charter.committee(WHO["board-secretary"], QUESTION, "proceed", "By four to two.")
    seen = charter.observation(EXPERT, QUESTION, "The union's side was given ten minutes.")
    held = charter.question(QUESTION)
    assert (held.observers, held.observations) == ((EXPERT,), (seen.number,))
    assert held.committee == (seen.number - 1, "proceed"), "an observation changes no outcome"
    charter.stand({QUESTION: OTHER_FACTS}, {QUESTION: (100, 1)}, "cd" * 32)
    assert charter.question(QUESTION).observers == (), "another consultation, another committee"
