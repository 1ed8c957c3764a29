"""Files cancelled and lodged again: which are told to be the same consignment, and which pick counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from steering_worlds import Office, Scheme, records, world

from arusha.engine import session_from_tables
from arusha.indicators import assignment_records
from arusha.indicators.assignment_again import DAYS
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Findings, Settings

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
FIRST: dict[str, Any] = {
    "office": "PORT",
    "declarant": "B1",
    "importer": "M1",
    "status": "cancelled",
    "after": timedelta(0),
    "officer": "P1",
    "codes": ("610910", "620342"),
    "mass": 500.0,
}
SECOND = FIRST | {"status": "released", "after": timedelta(minutes=15), "officer": "P2"}


def lodged(*files: dict[str, Any]) -> dict[str, pa.Table]:
    """A few files as tables; one without an officer has no pick."""
    start = datetime(2025, 3, 3, 9)
    declarations, picks, items = [], [], []
    for number, file in enumerate(files):
        name, at = f"D{number}", start + file["after"]
        when = {"registered_on": at.date(), "registered_at": at, "registered_hour": at.hour}
        place = {"source_file": 0, "source_line": number + 2}
        who = {"office": file["office"], "declarant_id": file["declarant"], "importer_id": file["importer"]}
        declarations.append(
            {"declaration_id": name, "lane_assigned": "red", "status": file["status"]} | who | when | place
        )
        if file["officer"]:
            moment = {"assigned_on": at.date(), "assigned_at": at, "assigned_hour": at.hour}
            picks.append({"declaration_id": name, "sequence": 1, "officer_id": file["officer"]} | moment)
        for item, code in enumerate(file["codes"], start=1):
            items.append({"declaration_id": name, "item_no": item, "hs_code": code, "origin": "CN"})
            items[-1] |= {"net_mass_kg": file["mass"], "declared_value": 1000.0 + number}
    rows = {"declarations": declarations, "assignments": picks, "items": items}
    return {name: pa.Table.from_pylist(of) for name, of in rows.items()}


def standing(*files: dict[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """The officers of the picks that stand, and what is told of files lodged again."""
    with session_from_tables(lodged(*files)) as session:
        rows, _ = assignment_records.read(session, SETTINGS, evidence=True, standing=True)
        told = assignment_records.lodged_again(session, SETTINGS)
    assert told is not None
    return rows["officer"].to_pylist(), told[0].to_pylist()


def test_the_pick_that_stands_counts_though_the_value_changed() -> None:
    officers, told = standing(FIRST, SECOND)
    assert officers == ["P2"]
    assert told == [{"office": "PORT", "declarant": "B1", "draws": 1, "lodged_again": 1, "other_officer": 1}]


def test_of_many_tries_the_last_one_counts() -> None:
    tries = [FIRST | {"after": timedelta(minutes=15 * k), "officer": f"P{k}"} for k in range(3)]
    officers, told = standing(*tries, SECOND | {"after": timedelta(hours=1), "officer": "P0"})
    assert officers == ["P0"]
    # The first of them met the same officer in the end.
    assert (told[0]["lodged_again"], told[0]["other_officer"]) == (3, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"declarant": "B2"},
        {"importer": "M2"},
        {"office": "AIR"},
        {"mass": 510.0},
        {"codes": ("610910", "620343")},
        {"codes": ("610910",), "mass": 1000.0},
        {"after": timedelta(days=DAYS, minutes=1)},
        {"after": timedelta(minutes=-1)},
        {"officer": None},
    ],
)
def test_another_consignment_leaves_the_cancelled_one_as_it_is(change: dict[str, Any]) -> None:
    officers, told = standing(FIRST, SECOND | change)
    assert "P1" in officers
    assert told == []


def test_a_file_that_stands_is_never_left_out() -> None:
    officers, told = standing(FIRST | {"status": "released"}, SECOND)
    assert (officers, told) == (["P1", "P2"], [])


def cancelled_until(officer: int | None, seed: int, share: float = 0.75) -> dict[str, pa.Table]:
    """An office that picks by chance; of one declarant up to three picks of a file are cancelled.

    ``officer``: those of all others; None: whoever has it.
    """
    made = world(Office(draws=4000), seed=seed)
    rng = np.random.default_rng([seed, 1])
    tables = records(made)
    files, officers, tries = [], [], []
    for d, (b, first) in enumerate(zip(made.declarant.tolist(), made.officer.tolist(), strict=True)):
        who, t = first, 0
        while b == 4 and who != officer and t < 3 and rng.random() < share:
            files.append(d), officers.append(who), tries.append((t, True))
            who, t = int(rng.choice(12, p=made.chances[d])), t + 1
        files.append(d), officers.append(who), tries.append((t, False))
    which, late = np.array(files), np.array([t for t, _ in tries])
    out = {name: tables[name].take(pa.array(which)) for name in tables}
    ids = pa.array([f"D{k:07d}" for k in range(which.size)])
    mass = np.exp(np.random.default_rng([seed, 2]).normal(6, 1.5, made.day.size))
    shift = late * np.timedelta64(15, "m")
    for name, column in (("declarations", "registered_at"), ("assignments", "assigned_at")):
        moved = pa.array(out[name][column].to_numpy() + shift)
        out[name] = out[name].set_column(out[name].column_names.index(column), column, moved)
    for name in out:
        out[name] = out[name].set_column(out[name].column_names.index("declaration_id"), "declaration_id", ids)
    names = pa.array([f"P-{k:03d}" for k in officers])
    at = out["assignments"].column_names.index("officer_id")
    out["assignments"] = out["assignments"].set_column(at, "officer_id", names)
    status = pa.array(["cancelled" if gone else "released" for _, gone in tries])
    out["declarations"] = out["declarations"].append_column("status", status)
    out["items"] = out["items"].append_column("net_mass_kg", pa.array(mass[which]))
    return out


def flagged(tables: dict[str, pa.Table]) -> tuple[set[tuple[str, str]], Findings]:
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    return {(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist() if r["signal"]}, found


def test_lodging_again_until_one_officer_is_drawn_is_found() -> None:
    tables = cancelled_until(6, seed=3)
    pairs, found = flagged(tables)
    assert pairs == {("P-006", "B-004")}
    (note,) = [n for n in found.notes if n.key == "assignment-lodged-again"]
    assert note.values["n"] == found.tables["lodged_again"]["lodged_again"][0].as_py()
    # Without it the first of tries within the hour counts, which is by chance.
    tables["declarations"] = tables["declarations"].drop_columns(["status"])
    assert flagged(tables)[0] == set()


def test_cancelling_whoever_has_the_file_is_no_signal() -> None:
    assert flagged(cancelled_until(None, seed=3))[0] == set()


def test_a_steered_pair_is_found_beside_it() -> None:
    made = records(world(Office(draws=4000, schemes=(Scheme(4, 6, 0.5),)), seed=3))
    status = pa.array(["released"] * made["declarations"].num_rows)
    made["declarations"] = made["declarations"].append_column("status", status)
    pairs, found = flagged(made)
    assert pairs == {("P-006", "B-004")}
    assert "lodged_again" not in found.tables
