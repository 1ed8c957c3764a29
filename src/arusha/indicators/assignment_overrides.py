"""Moves of a file after its first pick: which are ordinary, and the others as draws of who received the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.indicators.assignment_answer import Office
from arusha.indicators.assignment_draws import UNKNOWN, Columns, Draws, IntArray
from arusha.indicators.assignment_office import block_of
from arusha.indicators.assignment_rules import FOREVER, Roster, day_of
from arusha.indicators.coded_columns import coded
from arusha.indicators.definition import Explained, Sentence
from arusha.indicators.explanations import FOUND, NOT_FOUND, needs

if TYPE_CHECKING:
    from arusha.engine.session import Session

NOBODY = ""
"""The outcome of a file that stayed where it was."""
EXCUSED = ("leave", "training")
"""Duties during which a file must be moved. Suspension is not among them: it can be how files are moved."""

STAYED, MOVED, ABSENT, OFF_SHIFT = 0, 1, 2, 3
STATES = (
    "stayed with the first pick",
    "moved",
    "moved: first pick on leave or in training",
    "moved: first pick off the roster",
)


def ordinary(table: pa.Table, duties: pa.Table | None, rosters: Mapping[str, Roster]) -> NDArray[np.int8]:
    """What became of each draw: stayed, moved, or moved for an ordinary reason that the records show.

    Absence counts only where it was written down by the day of the move; the roster only where it covers that moment
    and knows the officer.
    """
    moved = _differ(table["officer"], table["final"])
    state = np.where(moved, MOVED, STAYED).astype(np.int8)
    at = np.flatnonzero(moved)
    if at.size == 0:
        return state
    rows = table.select(["office", "officer", "given_on", "day", "given_minute"]).take(pa.array(at))
    officer = rows["officer"].to_pylist()
    day = pc.coalesce(rows["given_on"], rows["day"]).to_numpy()
    minute = pc.fill_null(rows["given_minute"], UNKNOWN).to_numpy()
    away: dict[str, list[tuple[int, int, int]]] = {}
    for d in duties.to_pylist() if duties is not None else []:
        if d["kind"] in EXCUSED:
            span = day_of(d["from_date"], -FOREVER), day_of(d["to_date"], FOREVER), day_of(d["recorded_on"], -FOREVER)
            away.setdefault(d["officer"], []).append(span)
    absent = np.array(
        [
            any(a <= today < e and written <= today for a, e, written in away.get(who, ()))
            for who, today in zip(officer, day.tolist(), strict=True)
        ],
        dtype=bool,
    )
    state[at[absent]] = ABSENT
    offices = coded(rows["office"])
    for number, where in enumerate(offices.names):
        roster = rosters.get(where)
        if roster is None:
            continue
        mine = np.flatnonzero((offices.code == number) & ~absent)
        index = {who: k for k, who in enumerate(roster.officers)}
        column = np.array([index.get(officer[k], UNKNOWN) for k in mine.tolist()], dtype=np.int64)
        stretch = roster.stretch(minute[mine])
        told = (column != UNKNOWN) & (stretch != UNKNOWN)
        mine, column, stretch = mine[told], column[told], stretch[told]
        on = np.zeros(mine.size, dtype=bool)
        for table_of in roster.on.values():
            on |= table_of[stretch, column]
        state[at[mine[~on]]] = OFF_SHIFT
    return state


def _differ(one: pa.ChunkedArray, two: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Where two columns of names, without gaps, differ."""
    first, second = coded(one), coded(two)
    place = {name: i for i, name in enumerate(first.names)}
    same = np.array([place.get(name, UNKNOWN) for name in second.names], dtype=np.int64)
    return np.asarray(first.code != same[second.code])


def override_draws(columns: Columns, number: int, table: pa.Table, state: NDArray[np.int8]) -> tuple[Draws, int]:
    """One office's draws without the ordinary moves; outcome: who received the file, or nobody (the code returned)."""
    rows = columns.rows(number)
    none = np.full(rows.stop - rows.start, UNKNOWN)
    draws = columns.draws(number, none, none, none)
    mine = state[rows]
    final = coded(table["final"].slice(rows.start, rows.stop - rows.start))
    names = [NOBODY, *final.names]
    outcome = np.where(mine == MOVED, final.code + 1, 0)
    used = np.union1d(outcome, [0])
    first = draws.outcome
    levels = {**draws.levels, "first pick": first}
    level_names = {**draws.level_names, "first pick": draws.outcomes}
    keep = mine <= MOVED
    renamed = Draws(
        office=draws.office,
        frame=draws.frame,
        day=draws.day,
        hour=draws.hour,
        minute=draws.minute,
        interval=draws.interval,
        group=draws.group,
        declarant=draws.declarant,
        outcome=np.searchsorted(used, outcome),
        levels=levels,
        declarants=draws.declarants,
        outcomes=tuple(names[i] for i in used.tolist()),
        level_names=level_names,
    )
    return renamed.only(keep), 0


def by_whom_table(table: pa.Table, signals: pa.Table, state: NDArray[np.int8]) -> pa.Table:
    """For each signal, whose hand moved the files: moves by user, and all moves by that hand in the office.

    A hand that moves everybody's files is a desk's clerk; one that moves few but these is another matter.
    """
    wanted: dict[tuple[str, str], set[str | None]] = {}
    for row in signals.filter(signals["signal"]).to_pylist():
        declarant = row["other_id"] or row["unit_id"]
        wanted.setdefault((row["office"], declarant), set()).add(row["unit_id"] if row["other_id"] else None)
    counts: dict[tuple[str, str, str, str | None], int] = {}
    moves = table.filter(pa.array(state == MOVED)).select(["office", "declarant", "final", "given_by"]).to_pylist()
    by_hand = Counter((row["office"], row["given_by"]) for row in moves)
    for row in moves:
        receivers = wanted.get((row["office"], row["declarant"]))
        if receivers and (None in receivers or row["final"] in receivers):
            key = (row["office"], row["declarant"], row["final"], row["given_by"])
            counts[key] = counts.get(key, 0) + 1
    rows = [
        {
            "office": o,
            "declarant": b,
            "received_by": f,
            "moved_by": u or "not recorded",
            "moves": n,
            "moves_of_hand": by_hand[o, u],
        }
        for (o, b, f, u), n in sorted(counts.items(), key=lambda kv: tuple(str(x) for x in kv[0]))
    ]
    names = ("office", "declarant", "received_by", "moved_by")
    counts_of = ((n, pa.int64()) for n in ("moves", "moves_of_hand"))
    return pa.Table.from_pylist(rows, schema=pa.schema([*((n, pa.string()) for n in names), *counts_of]))


def ordinary_table(table: pa.Table, state: NDArray[np.int8]) -> pa.Table:
    """By office: draws, moves, and moves that the records excuse."""
    office = coded(table["office"])
    size = len(office.names)

    def count(which: NDArray[np.bool_]) -> IntArray:
        return np.bincount(office.code[which], minlength=size)

    return pa.table(
        {
            "office": pa.array(office.names, pa.string()),
            "draws": count(state >= STAYED),
            "moved": count(state > STAYED),
            "absent": count(state == ABSENT),
            "off_shift": count(state == OFF_SHIFT),
        }
    )


def excused(session: Session, rows: pa.Table, name: str, table: str, state: str) -> Explained:
    """Moves of the declarant's files that the records excuse: they are left out of the test already."""
    if not session.has(table):
        return Explained(name, needs(table))
    count = sum(1 for told in rows["moved"].to_pylist() if told == state)
    if not count:
        return Explained(name, NOT_FOUND)
    key = "moves-absent" if name == "absence" else "moves-off-shift"
    return Explained(name, FOUND, told=(Sentence(key, {"n": count}),))


def evidence_of(rows: pa.Table, state: NDArray[np.int8], office: Office, signal: Mapping[str, Any]) -> pa.Table:
    """The declarant's draws in order of time: first pick, who had it in the end, by whose hand, and whether it counted.

    Those with ``counts_for`` and ``counted`` = "counted" add up to the signal's observed number.
    """
    draws, prepared = office.draws, office.prepared
    pair = signal["other_id"] is not None
    b = draws.declarants.index(signal["other_id"] if pair else signal["unit_id"])
    mine = np.flatnonzero(draws.declarant == b)
    kept = np.flatnonzero(state <= MOVED)
    if mine.size != kept.size:
        raise AssertionError("the declarant's draws are not those that were tested")
    told = np.full(len(draws), "same batch as an earlier draw", dtype=object)
    told[prepared.kept] = "goods that nearly only this declarant brings"
    block = block_of(prepared, b)
    if block is not None:
        used = block.informative[block.stratum]
        told[prepared.kept[block.rows]] = np.where(used, "counted", "no second declarant at that moment")
    counted = np.array([STATES[s] for s in state.tolist()], dtype=object)
    counted[kept] = told[mine]
    hit = np.zeros(rows.num_rows, dtype=bool)
    if pair:
        hit[kept] = np.array([draws.outcomes[o] == signal["unit_id"] for o in draws.outcome[mine].tolist()], dtype=bool)
        others = [o for (d, o) in office.tested.structural if d == b and o < len(draws.outcomes)]
        aside = [draws.outcomes[o] for o in others if draws.outcomes[o] != signal["unit_id"]]
        final = np.array(rows["final"].to_pylist(), dtype=object)
        counted[np.isin(final, aside) & (state == MOVED) & (counted == "counted")] = (
            "moved to another officer who stands out with this declarant"
        )
    else:
        hit[kept] = draws.outcome[mine] != 0
    return pa.table(
        {
            "source_file": rows["source_file"],
            "source_line": rows["source_line"],
            "declaration_id": rows["declaration_id"],
            "office": rows["office"],
            "registered_at": rows["registered_at"],
            "registered_on": rows["registered_on"],
            "registered_hour": rows["registered_hour"],
            "section": rows["section"],
            "lane": rows["lane"],
            "procedure": rows["procedure"],
            "goods": rows["main_goods"],
            "first_pick": rows["officer"],
            "officer_id": rows["final"],
            "moved_by": rows["given_by"],
            "moved": pa.array([STATES[s] for s in state.tolist()], pa.string()),
            "counts_for": pa.array(hit.tolist(), pa.bool_()),
            "counted": pa.array(counted.tolist(), pa.string()),
        }
    )
