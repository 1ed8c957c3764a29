"""Teams told by the kind of act that officers write: when there are any, and what a pair is worth within one."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from steering_worlds import Office, World, records, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_acts import teams_by_acts
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

NAMES = tuple(f"P-{k:03d}" for k in range(6))
SETTINGS = Settings(np.datetime64("2025-01-01").item(), np.datetime64("2026-01-01").item())


def acts(rows: dict[str, tuple[int, int]]) -> pa.Table:
    """Documentary and physical acts of each officer."""
    found = [(o, k, n) for o, both in rows.items() for k, n in zip(("documentary", "physical"), both, strict=True) if n]
    officer, kind, n = zip(*found, strict=True)
    return pa.table({"officer": pa.array(officer), "kind": pa.array(kind), "acts": pa.array(n)})


DESK = {"P-000": (40, 0), "P-001": (38, 3), "P-002": (0, 50), "P-003": (2, 41)}


def test_officers_of_one_kind_each_are_teams() -> None:
    assert teams_by_acts(NAMES, acts(DESK)).tolist() == [0, 0, 1, 1, -1, -1]


@pytest.mark.parametrize(
    "rows",
    [
        {**DESK, "P-004": (30, 30), "P-005": (20, 40)},  # a third of the acts are by officers of both kinds
        {"P-000": (40, 0), "P-002": (0, 50), "P-003": (2, 41)},  # one officer is no team
        {"P-000": (40, 0), "P-001": (38, 3)},  # one kind parts nobody from anybody
        {"P-000": (9, 0), "P-001": (9, 0), "P-002": (0, 50), "P-003": (2, 41)},  # too few acts to know officers by
    ],
)
def test_where_officers_choose_the_kind_there_are_no_teams(rows: dict[str, tuple[int, int]]) -> None:
    assert teams_by_acts(NAMES, acts(rows)).tolist() == [-1] * 6


def test_without_acts_there_are_no_teams() -> None:
    assert teams_by_acts(NAMES, None).tolist() == [-1] * 6


def opened(seed: int) -> tuple[World, NDArray[np.bool_]]:
    """Files that need to be opened go to six officers, the others to six; declarants differ in how many do."""
    made = world(Office(draws=4000, officers=12, declarants=60), seed)
    rng = np.random.default_rng([seed, 17])
    open_up = rng.random(made.day.size) < rng.beta(2, 2, 60)[made.declarant]
    chances = (made.chances > 0) & np.where(open_up[:, None], np.arange(12) >= 6, np.arange(12) < 6)
    order = np.where(chances, rng.random(chances.shape), -1.0)
    return replace(made, officer=np.where(order.max(axis=1) < 0, made.officer, order.argmax(axis=1))), open_up


def asked(made: World, kind: NDArray[np.str_] | None) -> tuple[set[tuple[str, str]], list[str]]:
    """Pairs that stand out, and the officers of each account. ``kind``: of the act on each file, by its officer."""
    tables = records(made)
    if kind is not None:
        written = {
            "inspection_id": pa.array([f"I{k:07d}" for k in range(kind.size)]),
            "declaration_id": tables["declarations"]["declaration_id"],
            "officer_id": tables["assignments"]["officer_id"],
            "kind": pa.array(kind.tolist()),
        }
        tables["inspections"] = pa.table(written)
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    pairs = {(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist() if r["signal"]}
    return pairs, found.tables["accounts"]["account_officers"].to_pylist()


def test_a_pair_is_held_against_the_team_that_its_officer_is_of() -> None:
    made, open_up = opened(6)
    # Steered to one officer of the team: within the team too it stands out.
    hit = (made.declarant == 2) & open_up & (np.random.default_rng(1).random(made.day.size) < 0.8)
    made = replace(made, officer=np.where(hit, 8, made.officer))
    found, accounts = asked(made, np.where(made.officer >= 6, "physical", "documentary"))
    assert found == {("P-008", "B-002")}
    # The whole team is told, where teams that are inferred from who meets whom miss some of it.
    assert "P-006, P-007, P-008, P-009, P-010, P-011" in accounts
    assert "P-006, P-007, P-008, P-009, P-010, P-011" not in asked(made, None)[1]


def test_the_kind_that_an_officer_gives_to_a_friends_files_is_not_read() -> None:
    """Documents only for one declarant's files, by officers who all open others' goods: no team, no account."""
    made = world(Office(draws=4000, officers=12, declarants=60), 3)
    hit = (made.declarant == 2) & (np.random.default_rng(2).random(made.day.size) < 0.5)
    made = replace(made, officer=np.where(hit, 8, made.officer))
    mild = (made.declarant == 2) & (made.officer == 8)
    kind = np.where(mild | (np.random.default_rng(3).random(made.day.size) < 0.4), "documentary", "physical")
    assert ("P-008", "B-002") in asked(made, None)[0]
    assert asked(made, kind) == asked(made, None)
