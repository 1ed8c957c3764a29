"""Role by act, computed from the code: what is not given to a role is refused, and logged."""

from __future__ import annotations

import pytest
from world import FACTS, QUESTION, REPORT, SECOND_LEAD, STRANGER, WHO, World

from arusha.charter import ACTS, ROLES, STAGES, RefusedError, matrix
from arusha.charter.acts import KIND, Act
from arusha.charter.guards import missing

# Tokens with which each act would be allowed to the right person, as far as its own form goes.
TOKENS = {
    "draft": {"definition": FACTS.digest, "persons": "yes", "min-n": 30.0, "retention-months": 24},
    "changed": {"definition": "ef" * 32, "persons": "yes", "min-n": 30.0, "retention-months": 24},
    "consult": {"ceiling": 0.1, "days": 30},
    "notice": {"means": "mail"},
    "ask": {"due": "2026-12-01"},
    "position": {"position": "agree"},
    "answer": {"point": "1"},
    "audit": {"on": "2026-01-01", "result": "passed", "report": REPORT},
    "committee": {"outcome": "proceed"},
    "assessed": {"plan": "cd" * 32},
    "grant": {"role": "publisher"},
    "withdraw": {"role": "publisher"},
}


def test_every_act_has_roles_and_known_stages() -> None:
    for name, rule in ACTS.items():
        assert rule.roles, name
        assert rule.roles <= {*ROLES, "system"}, name
        assert rule.stages <= set(STAGES), name
    assert {r for r, _ in matrix()} == {*ROLES, "system"}


@pytest.mark.control("AC-3", "AU-2", "AU-12")
def test_every_wrong_role_is_refused_and_logged(world: World) -> None:
    world.to_live()
    roles_before = world.charter.state().roles
    wrong = [(WHO[role], act) for (role, act), allowed in matrix().items() if not allowed and role != "system"]
    wrong += [(STRANGER, act) for act in ACTS] + [
        ("system", act) for act, rule in ACTS.items() if "system" not in rule.roles
    ]
    assert len(wrong) > 200
    # One replay a try makes this quadratic, so the rules are asked directly; the log is tried for each act once.
    state = world.charter.state()
    logged = set()
    for who, act in wrong:
        question = QUESTION if ACTS[act].stages else None
        target = SECOND_LEAD if act in ("grant", "withdraw") else None
        subjects = tuple(f"{k}:{v}" for k, v in TOKENS.get(act, {}).items())
        subjects += (f"question:{question}",) if question else (target,) if target else ()
        problems = missing(state, Act(act, who, world.clock.at, subjects, 10_000))
        assert [p.code for p in problems if p.code == "role"], (who, act)
        if act not in logged:
            logged.add(act)
            with pytest.raises(RefusedError) as error:
                world.charter.act(act, who, question, person=target, tokens=TOKENS.get(act))
            assert "role" in error.value.codes
            last = world.charter.ledger.entry(len(world.charter.ledger) - 1).entry
            assert (last.kind, last.actor) == (KIND + "refused", who)
            assert f"act:{act}" in last.subjects
    assert logged == set(ACTS)
    assert world.stage == "live"
    assert world.charter.state().roles == roles_before


def test_the_role_that_is_right_is_not_refused_for_its_role(world: World) -> None:
    world.to_live()
    state = world.charter.state()
    for (role, act), allowed in matrix().items():
        who = "system" if role == "system" else WHO[role]
        target = (WHO["publisher"],) if act in ("grant", "withdraw") else (f"question:{QUESTION}",)
        subjects = target + tuple(f"{k}:{v}" for k, v in TOKENS.get(act, {}).items())
        found = missing(state, Act(act, who, world.clock.at, subjects, 10_000))
        if allowed and act not in ("grant", "withdraw"):
            assert "role" not in [p.code for p in found], (role, act)
