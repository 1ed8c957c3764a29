"""Importers and exemptions: what a recorded duty may name, and what divides the officers of an office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from steering_worlds import Office, Scheme, World, records, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_draws import UNKNOWN, Columns, Draws
from arusha.indicators.assignment_exemptions import only_named
from arusha.indicators.assignment_records import read
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Explained, Settings

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
STEERED = world(Office(draws=4000, schemes=(Scheme(4, 6, 0.5),)), seed=3)


def asked(tables: dict[str, pa.Table]) -> tuple[set[tuple[str, str]], list[str], dict[str, Explained]]:
    """Pairs that stand out, features of the pools found, and the explanations of the first pair."""
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
        rows = [r for r in found.signals.to_pylist() if r["signal"]]
        tried = INDICATOR.explain(session, rows[0], SETTINGS) if rows else ()
    features = sorted(set(found.tables["pools"]["feature"].to_pylist()))
    return {(r["unit_id"], r["other_id"]) for r in rows}, features, {e.explanation: e for e in tried}


def letter(detail: str, **change: Any) -> pa.Table:
    """A desk of the officer to whom the planted pair's work goes."""
    row = {
        "officer_id": "P-006",
        "kind": "specialist desk",
        "from_date": date(2025, 1, 1),
        "to_date": date(2026, 1, 1),
        "detail": detail,
        "recorded_at": datetime(2024, 12, 2),
        "recorded_by": "PERSONNEL",
    } | change
    return pa.Table.from_pylist([row])


def with_importers(made: World, steered: str, others: str) -> dict[str, pa.Table]:
    """Declarant 4's files with the officer are all of one importer; a few of its other files are, too."""
    tables = records(made)
    theirs = (made.declarant == 4) & ((made.officer == 6) | (np.arange(made.day.size) % 20 == 0))
    names = np.where(theirs, steered, others)
    tables["declarations"] = tables["declarations"].append_column("importer_id", pa.array(names))
    return tables


def test_a_letter_about_one_importer_explains_the_pair() -> None:
    tables = with_importers(STEERED, "M-1", "M-2") | {"duties": letter("power station project, importer M-1")}
    pairs, _, tried = asked(tables)
    assert pairs == {("P-006", "B-004")}, "it stands out before explanations are tried"
    assert (tried["specialist-desk"].status, tried["specialist-desk"].clears) == ("found", True)


def test_a_letter_about_another_importer_does_not() -> None:
    tables = with_importers(STEERED, "M-1", "M-2") | {"duties": letter("power station project, importer M-3")}
    tried = asked(tables)[2]
    assert not tried["specialist-desk"].clears


def test_a_letter_written_afterwards_or_by_who_gains_does_not() -> None:
    tables = with_importers(STEERED, "M-1", "M-2")
    late = {"from_date": date(2025, 2, 1), "recorded_at": datetime(2025, 6, 1)}
    for change in (late, {"recorded_by": "P-006"}, {"recorded_by": "B-004"}):
        tried = asked(tables | {"duties": letter("importer M-1", **change)})[2]
        assert not tried["specialist-desk"].clears


def with_exemptions(made: World, exempt: np.ndarray) -> dict[str, pa.Table]:
    tables = records(made)
    code = pa.array(np.where(exempt, "020", None), pa.string())
    return tables | {"items": tables["items"].append_column("exemption", code)}


def test_a_desk_for_exempt_goods_is_learnt_from_others() -> None:
    made = world(Office(draws=6000), seed=5)
    rng = np.random.default_rng(5)
    forwards = np.zeros(120)
    forwards[[3, 7, 11, 15, 19]] = 0.6
    exempt = rng.random(made.day.size) < np.maximum(forwards, 0.01)[made.declarant]
    officer = np.where(exempt & (rng.random(made.day.size) < 0.95), 3, made.officer)
    at_desk = World(**{**made.__dict__, "officer": officer})
    tables = with_exemptions(at_desk, exempt) | {"duties": letter("exemption 020", officer_id="P-003")}
    pairs, features, _ = asked(tables)
    assert pairs == set()
    assert "exemption" in features
    blind = tables | {"items": tables["items"].drop_columns(["exemption"])}
    assert asked(blind)[0], "without the column the desk looks like steering"


def test_exempt_goods_do_not_clear_a_steered_declarant() -> None:
    # A part of everybody's goods is exempt: it divides no officers, whatever the steered declarant's have.
    exempt = np.random.default_rng(6).random(STEERED.day.size) < 0.1
    pairs, features, _ = asked(with_exemptions(STEERED, exempt))
    assert pairs == {("P-006", "B-004")}
    assert "exemption" not in features
    # Nor where the steered files are those that are exempt, and others bring such goods to all officers.
    theirs = (STEERED.declarant == 4) & (STEERED.officer == 6)
    assert asked(with_exemptions(STEERED, exempt | theirs))[0] == {("P-006", "B-004")}


def test_relief_granted_after_the_pick_makes_no_desk_of_a_ring() -> None:
    ring = (3, 7, 11, 15, 19)
    made = world(Office(draws=6000, schemes=tuple(Scheme(b, 3, 0.5) for b in ring)), seed=5)
    rng = np.random.default_rng(5)
    granted = np.isin(made.declarant, ring) & (made.officer == 3) & (rng.random(made.day.size) < 0.9)
    pairs, features, _ = asked(with_exemptions(made, granted | (rng.random(made.day.size) < 0.01)))
    assert "exemption" not in features
    assert pairs >= {("P-003", f"B-{b:03d}") for b in ring}


def test_exemptions_count_only_where_a_desk_written_beforehand_names_them() -> None:
    draws = columns_of(with_exemptions(STEERED, np.arange(STEERED.day.size) % 9 == 0))
    desk = {"kind": "specialist desk", "officer": "P-006", "from_date": date(2025, 2, 1), "detail": "exemption 020"}
    desk |= {"recorded_on": date(2025, 1, 20), "recorded_by": "PERSONNEL"}

    def kept(**change: Any) -> bool:
        return "exemption" in only_named(draws, [desk | change], SETTINGS.period_start).levels

    assert kept()
    assert not kept(detail="exemption 021")
    assert not kept(recorded_on=date(2025, 2, 2))
    assert not kept(recorded_by="P-006")
    assert not kept(recorded_by="B-004")
    assert not kept(recorded_by=None)
    assert "exemption" not in only_named(draws, [], SETTINGS.period_start).levels


def test_a_file_is_exempt_as_its_main_item_is() -> None:
    tables = records(world(Office(draws=400), seed=1))
    # Value and code of the two items of the first three files; the others have one item.
    told = {0: ((10, "098"), (90, None)), 1: ((10, None), (90, "C26")), 2: ((90, "097"), (10, "098"))}
    rows = []
    for k, item in enumerate(tables["items"].to_pylist()):
        for no, (value, code) in enumerate(told.get(k, ((50, None),)), 1):
            rows.append(item | {"item_no": no, "declared_value": float(value), "exemption": code})
    with session_from_tables(tables | {"items": pa.Table.from_pylist(rows)}) as session:
        found, _ = read(session, SETTINGS, evidence=True)
    named = dict(zip(found["declaration_id"].to_pylist(), found["exemption"].to_pylist(), strict=True))
    ids = tables["declarations"]["declaration_id"].to_pylist()
    assert [named[ids[k]] for k in range(4)] == [None, "C26", "097", None]


def columns_of(tables: dict[str, pa.Table]) -> Draws:
    """The only office's draws, without rules and rosters."""
    with session_from_tables(tables) as session:
        columns = Columns.of(INDICATOR.cells(session, SETTINGS).tables["draws"])
    none = np.full(columns.rows(0).stop, UNKNOWN)
    return columns.draws(0, none, none, none)


def test_the_first_version_says_what_a_file_was_and_an_empty_one_is_an_answer() -> None:
    tables = records(world(Office(draws=400), seed=1))
    # Relief granted afterwards, asked for and refused, asked for and given, none.
    told = [(None, "020"), ("020", None), ("020", "020"), (None, None)]
    asked, last = (pa.array([t[k] for t in told] + [None] * (tables["items"].num_rows - 4)) for k in (0, 1))
    items = tables["items"].append_column("exemption", last)
    ids = tables["items"]["declaration_id"].to_pylist()
    for given, wanted in ((items.append_column("declared_exemption", asked), 0), (items, 1)):
        with session_from_tables(tables | {"items": given, "duties": letter("exemption 020")}) as session:
            found, _ = read(session, SETTINGS, evidence=True)
            notes = [note.key for note in INDICATOR.cells(session, SETTINGS).notes]
        named = dict(zip(found["declaration_id"].to_pylist(), found["exemption"].to_pylist(), strict=True))
        assert [named[ids[k]] for k in range(4)] == [t[wanted] for t in told]
        assert ("assignment-last-exemption" in notes) == bool(wanted)
