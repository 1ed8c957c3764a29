"""Files cancelled unless one officer has them: what is counted, what is said, and of whom nothing is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product
from math import comb
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from arusha.engine import session_from_tables
from arusha.indicators import assignment_records
from arusha.indicators.assignment_cancelled import COUNTS, SCHEMA, answer
from arusha.indicators.assignment_cancelled_pairs import CancelledLimits, _Office, _Own, _Tables, _tails, candidates
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
LIMITS = CancelledLimits(30, 5, 0.05)
OFFICERS, DECLARANTS, FRIEND = 6, 12, 4
Cancels = Callable[[int, int, float], bool]
"""Declarant, officer and a number between 0 and 1 -> whether the file is cancelled."""


def office(cancels: Cancels, seed: int = 1, files: int = 3000, status: bool = True, picks: bool = True) -> Any:
    """A year of one office in which officers are drawn by chance; declarant 0 has a fifth of all files."""
    rng = np.random.default_rng(seed)
    declarant = np.where(rng.random(files) < 0.2, 0, rng.integers(1, DECLARANTS, files))
    officer, day = rng.integers(0, OFFICERS, files), np.sort(rng.integers(0, 250, files))
    gone = [cancels(b, i, u) for b, i, u in zip(declarant.tolist(), officer.tolist(), rng.random(files), strict=True)]
    rows, assigned, items = [], [], []
    for d in range(files):
        at = datetime(2025, 1, 6, 8) + timedelta(days=int(day[d]), minutes=int(rng.integers(0, 480)))
        when = {"registered_on": at.date(), "registered_at": at, "registered_hour": at.hour}
        who = {"declaration_id": f"D{d:05d}", "office": "PORT", "declarant_id": f"B-{declarant[d]:03d}"}
        rows.append(who | when | {"lane_assigned": "red", "source_file": 0, "source_line": d + 2})
        rows[-1] |= {"importer_id": f"M-{declarant[d]}-{rng.integers(0, 3)}", "officer_id": f"P-{officer[d]:03d}"}
        rows[-1] |= {"status": "cancelled" if gone[d] else "released"} if status else {}
        items.append({"declaration_id": who["declaration_id"], "item_no": 1, "hs_code": "610910"})
        moment = {"assigned_on": at.date(), "assigned_at": at, "assigned_hour": at.hour}
        assigned.append({k: who[k] for k in ("declaration_id",)} | {"sequence": 1, "officer_id": f"P-{officer[d]:03d}"})
        assigned[-1] |= moment
    tables = {"declarations": rows, "items": items} | ({"assignments": assigned} if picks else {})
    # No step of a query may bear the name of a table of the records.
    tables["offices"] = [{"office": "PORT", "name": "Port", "zone": "UTC", "kind": "port"}]
    return {name: pa.Table.from_pylist(of) for name, of in tables.items()}


def told(tables: dict[str, pa.Table]) -> tuple[set[tuple[str, str]], dict[str, Any]]:
    """The pairs of which it is said, and the note."""
    with session_from_tables(tables) as session:
        cells, texts = assignment_records.cancelled(session, SETTINGS, LIMITS)
    # Nobody is named in a query that is published.
    assert not any("B-00" in text or "P-00" in text for text in texts)
    table, (note,) = answer(cells, LIMITS)
    pairs = {(r["officer"], r["declarant"]) for r in table.to_pylist()} if table is not None else set()
    return pairs, {"key": note.key, "text": note.text, **note.values}


def test_files_cancelled_until_the_friend_is_drawn_are_said_whatever_they_are_lodged_as() -> None:
    pairs, note = told(office(lambda b, i, u: u < (0.7 if b == 0 and i != FRIEND else 0.05 * (b != 0))))
    assert pairs == {("P-004", "B-000")}
    assert (note["key"], note["n"]) == ("assignment-cancelled", 1)
    assert note["asked"] >= OFFICERS


@pytest.mark.parametrize(
    "cancels",
    [
        pytest.param(lambda b, i, u: u < 0.3 * (b == 0) + 0.02, id="a declarant corrects its own errors"),
        pytest.param(lambda b, i, u: u < (0.5 if i < 2 else 0.05), id="two strict officers"),
        pytest.param(lambda b, i, u: u < 0.3 * (i != FRIEND), id="one officer has nobody's files cancelled"),
        pytest.param(
            lambda b, i, u: u < (0.6 if b == 0 else 0.2) * (0.9, 0.1, 0.5, 0.3, 0.05, 0.7)[i], id="queries by officer"
        ),
        pytest.param(
            lambda b, i, u: u < (0.9 if b == 0 and i == 1 else 0.03), id="one officer asks one declarant for something"
        ),
    ],
)
def test_honest_cancelling_is_not(cancels: Cancels) -> None:
    for seed in range(4):
        assert told(office(cancels, seed))[0] == set()


def test_of_two_officers_nobody_can_tell_which_is_the_friend() -> None:
    assert told(office(lambda b, i, u: u < (0.7 if b == 0 and i % 2 else 0.05), files=1500))[0] != set()
    two = office(lambda b, i, u: u < (0.7 if b == 0 and i % 2 else 0.05), files=1500)
    first = pa.array([f"P-{int(name.as_py()[2:]) % 2:03d}" for name in two["assignments"]["officer_id"]])
    at = two["assignments"].column_names.index("officer_id")
    two["assignments"] = two["assignments"].set_column(at, "officer_id", first)
    assert told(two)[0] == set()


def test_where_no_other_declarant_has_a_file_cancelled_officers_cannot_be_told_from_the_declarant() -> None:
    pairs, note = told(office(lambda b, i, u: b == 0 and i != FRIEND and u < 0.7))
    assert (pairs, note["n"]) == (set(), 0)
    assert note["asked"] > 0


def test_what_could_not_be_checked_is_said() -> None:
    def key(**without: bool) -> str:
        return str(told(office(lambda b, i, u: u < 0.3, files=300, **without))[1]["key"])

    assert key(status=False) == key(picks=False) == "assignment-cancelled-unchecked"
    assert told(office(lambda b, i, u: False, files=300))[1]["key"] == "assignment-cancelled-unchecked"
    assert told(office(lambda b, i, u: u < 0.01, files=300))[1]["key"] == "assignment-cancelled-few"


def test_the_question_tells_it_and_flags_nobody_for_it() -> None:
    tables = office(lambda b, i, u: u < (0.7 if b == 0 and i != FRIEND else 0.05 * (b != 0)))
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    (row,) = found.tables["cancelled"].to_pylist()
    assert found.tables["cancelled"].schema == SCHEMA
    assert (row["officer"], row["declarant"], row["cancelled"]) == ("P-004", "B-000", 0)
    gone = [s == "cancelled" for s in tables["declarations"]["status"].to_pylist()]
    mine = [name == "B-000" for name in tables["declarations"]["declarant_id"].to_pylist()]
    assert row["cancelled"] + row["other_cancelled"] == sum(a and b for a, b in zip(gone, mine, strict=True))
    assert row["files"] + row["other_files"] == sum(mine)
    assert not any(found.signals["signal"].to_pylist())


def days_of(*rows: tuple[str, str, int, int]) -> pa.Table:
    names = ("declarant", "officer", "days", "cancelled")
    return pa.Table.from_pylist([{"office": "PORT"} | dict(zip(names, row, strict=True)) for row in rows])


def test_tables_by_hand() -> None:
    """Files of one officer and day count once; levels of fewer than five days are taken together."""
    files = [("I", 1, 1, "m1"), ("I", 1, 0, "m1"), ("J", 1, 1, "m1"), ("J", 2, 0, "m2"), ("I", 8, 0, "m1")]
    files += [("J", d, d % 2, "m1") for d in range(10, 14)]
    names = ("officer", "day", "cancelled", "importer")
    rows = [{"office": "PORT", "declarant": "B"} | dict(zip(names, row, strict=True)) for row in files]
    own = _Own.of(pa.Table.from_pylist(rows), "PORT", "B")
    # With I two days, one cancelled; with J six days, three cancelled.
    assert own.tables("I").tolist() == [[1, 1, 3, 3]]
    by_importer = own.tables("I", level=own.levels["importer"])
    assert sorted(by_importer.tolist()) == [[0, 0, 0, 1], [1, 1, 3, 2]]
    rest = _Office.of(days_of(("B", "I", 2, 1), ("C", "I", 5, 1), ("C", "J", 7, 2), ("D", "J", 3, 3)), "PORT")
    assert rest.tables("I", "B", None).tolist() == [[1, 4, 2, 5], [0, 0, 3, 0]]
    assert rest.tables("I", "B", frozenset({"I"})).tolist() == [[1, 4, 0, 0]]


def test_p_is_the_enumerated_chance_of_so_few() -> None:
    """All ways to lay the cancelled days out, with every margin and the officer's total kept."""
    # Days and cancelled ones with the officer, then with the others: the declarant's, and two other declarants'.
    tables = ((8, 0, 20, 15), (20, 4, 40, 8), (6, 2, 12, 3))
    every = low = 0
    for xs in product(*(range(n + 1) for n, _, _, _ in tables)):
        if sum(xs) == sum(x for _, x, _, _ in tables):
            ways = 1
            for k, (n, x, m, y) in zip(xs, tables, strict=True):
                ways *= comb(n, k) * comb(m, x + y - k) if 0 <= x + y - k <= m else 0
            every += ways
            low += ways if xs[0] <= tables[0][1] else 0
    cells = np.array([[x, n - x, y, m - y] for n, x, m, y in tables])
    # Both are exact but for rounding.
    assert _tails([_Tables(cells[:1], cells[1:])])[0] == pytest.approx(low / every, rel=1e-9)


def test_pairs_are_asked_by_what_all_files_of_the_declarant_would_give() -> None:
    rows = [("B", "I", 20, 1), ("B", "J", 40, 30), ("C", "I", 20, 5), ("C", "J", 5, 0), ("D", "I", 10, 9)]
    counts = days_of(*rows).rename_columns(["office", "declarant", "officer", "files", "cancelled"])
    found = candidates(counts, LIMITS)
    # B: 31 of 60 are due 10.3 of I's; C and D have fewer than thirty files.
    assert found.asked.tolist() == [True, True, False, False, False]
    assert found.few.tolist() == [True, False, False, False, False]
    assert answer({COUNTS: counts}, LIMITS)[1][0].values["asked"] == 2
