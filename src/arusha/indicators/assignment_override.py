"""Are some declarants' files moved from the officer first picked, or to one officer, more often than others'?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from arusha.engine.memory import give_back
from arusha.indicators import assignment_records as records
from arusha.indicators.assignment_answer import Office, aside_table, offices_table, pools_table, signals
from arusha.indicators.assignment_draws import Columns
from arusha.indicators.assignment_exemptions import exemption_notes, only_named
from arusha.indicators.assignment_explanations import explain_pair
from arusha.indicators.assignment_office import prepare_all
from arusha.indicators.assignment_overrides import (
    ABSENT,
    MOVED,
    OFF_SHIFT,
    STATES,
    by_whom_table,
    evidence_of,
    excused,
    ordinary,
    ordinary_table,
    override_draws,
)
from arusha.indicators.assignment_recall import Recall
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_rules import rosters
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Settings

if TYPE_CHECKING:
    from arusha.engine.query import Query
    from arusha.engine.session import Session

DEFINITION = Definition(
    id="assignment-override",
    title="Files moved to another officer",
    question="Are a declarant's declarations moved from the officer first picked, or moved to one officer, more often "
    "than other declarants' at the same moment?",
    unit="declarant within an office; officer who received the files, and declarant",
    needs={
        "declarations": ("declarant_id", "lane_assigned"),
        "assignments": ("sequence", "officer_id"),
    },
    helped_by={
        "assignments": ("assigned_at", "assigned_by"),
        "items": ("hs_code", "origin", "exemption", "declared_exemption"),
        "declarations": ("section", "procedure", "officer_id", "importer_id"),
        "shifts": ("starts_at", "ends_at"),
        "duties": ("kind", "recorded_at", "recorded_by"),
        "postings": ("role",),
        "assignment_rules": ("method", "pool"),
    },
    null_hypothesis="Within a stratum (office, section, lane, moment, goods, officer first picked where it matters) "
    "whether and to whom a file is moved does not depend on whose declaration it is.",
    statistic="Declarations of the declarant that ended with another officer than the first pick (declarant), and "
    "those that ended with this officer (pair). Exact upper tail: sum of hypergeometric counts under fixed margins "
    "within strata. Moves away from an officer who was on leave, in training or off the roster are left out.",
    min_exposure=30,
    min_effect=5,
    options={"lanes": ("green", "blue", "yellow", "red")},
    conditions_on=(
        "office",
        "section",
        "lane",
        "day",
        "hour",
        "goods",
        "procedure",
        "exemption",
        "first pick",
        "absence",
    ),
    explanations=(
        "specialist-desk",
        "acting-cover",
        "absence",
        "end-of-shift",
        "batch",
        "posting",
        "leave-of-others",
        "new-office",
        "rule-in-force",
    ),
    gaming="Steer the first pick instead; record leave for the officer picked; suspend the officers who are in the "
    "way; change the officer outside the system, so that no move is recorded.",
    counter_indicator="assignment-steering (first picks); leave and suspensions by who recorded them and how long "
    "before; declarations whose officer differs from the last recorded pick.",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 0 of 468,859 "
    "units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).",
    source="Manual examiner assignment exists for files that the officer cannot handle (ASYCUDA World manuals); the "
    "new manipulation after third-party assignment in Chalendard and others (QJE 2023).",
)


def queries(session: Session, settings: Settings) -> dict[str, Query]:
    """The queries that the question runs beside that of the draws, by the name of their result."""
    wanted: dict[str, Query] = {}
    if session.has("shifts", "officer_id", "office", "starts_at", "ends_at"):
        wanted["roster"] = records.roster(session, settings)
    if session.has("duties", "officer_id", "kind", "from_date"):
        wanted["duties"] = records.duties(session)
    return wanted


def _read(session: Session, settings: Settings, office: str | None = None) -> Cells:
    found, texts = records.read(session, settings, office=office, again=True)
    asked = queries(session, settings)
    tables = {"draws": found, **{name: session.run(query) for name, query in asked.items()}}
    notes = exemption_notes(session)
    if not session.has("assignments", "assigned_by"):
        notes.append(Note("assignment-no-hand", "The records do not say who moved a file (assigned_by)."))
    return Cells(tables, (*texts, *(q.text() for q in asked.values())), tuple(notes))


def cells(session: Session, settings: Settings) -> Cells:
    found = _read(session, settings)
    RECALL.keep(session, settings, found)
    return found


def _states(cells: Cells) -> NDArray[np.int8]:
    """What became of each draw."""
    return ordinary(cells.tables["draws"], cells.tables.get("duties"), rosters(cells.tables.get("roster")))


def answer(cells: Cells, settings: Settings, state: NDArray[np.int8] | None = None) -> list[Office]:
    """Every office prepared and tested. ``state``: what became of each draw, where that is known already."""
    threads = min(os.cpu_count() or 1, 8)
    table = cells.tables["draws"]
    columns = Columns.of(table)
    state = _states(cells) if state is None else state
    exposure = settings.exposure_floor(DEFINITION)
    desks = cells.tables["duties"].to_pylist() if "duties" in cells.tables else []
    came = [
        (only_named(drawn, desks, settings.period_start), nobody)
        for drawn, nobody in (override_draws(columns, number, table, state) for number in range(len(columns.office)))
    ]
    del columns  # of ten million declarations it is half a gibibyte
    give_back()
    ready = prepare_all(
        [draws for draws, _ in came], exposure, [None] * len(came), threads, came[0][1] if came else None
    )
    give_back()
    tested = run(ready, Limits(exposure, settings.effect_floor(DEFINITION), settings.rate), threads)
    return [Office(d, p, t) for (d, _), p, t in zip(came, ready, tested, strict=True)]


def test(cells: Cells, settings: Settings) -> Findings:
    state = _states(cells)
    offices = answer(cells, settings, state)
    RECALL.keep_offices(cells, offices)
    rows = signals(DEFINITION.id, offices, settings, settings.exposure_floor(DEFINITION))
    table = cells.tables["draws"]
    tables = {
        "pools": pools_table(offices),
        "offices": offices_table(offices),
        "set_aside": aside_table(offices),
        "by_whom": by_whom_table(table, rows, state),
        "ordinary": ordinary_table(table, state),
    }
    return Findings(rows, tuple(_notes(tables["ordinary"])), tables)


def _notes(moves: pa.Table) -> list[Note]:
    total = {n: pc.sum(moves[n]).as_py() or 0 for n in ("draws", "moved", "absent", "off_shift")}
    if not total["draws"]:
        text = "No declaration of the period has both a lane that needs an officer and a pick."
        return [Note("assignment-no-draws", text)]
    share = total["moved"] / total["draws"]
    return [
        Note(
            "assignment-moved",
            f"{total['moved']} of {total['draws']} declarations ({share:.1%}) ended with another officer than the "
            f"first pick; {total['absent']} of the moves were away from an officer on leave or in training, "
            f"{total['off_shift']} from one off the roster: these are left out.",
            {**total, "share": round(share, 4)},
        )
    ]


def _office(session: Session, signal: Mapping[str, Any], settings: Settings) -> Office:
    """The signal's office as it was tested, or tested again on its own."""
    found = RECALL.office(session, settings, signal["office"])
    if found is None:
        (found,) = answer(_read(session, settings, signal["office"]), settings)
    return found


def _declarant(signal: Mapping[str, Any]) -> str:
    return str(signal["other_id"] or signal["unit_id"])


def _rows(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[pa.Table, NDArray[np.int8]]:
    """The declarant's draws, and what became of each."""
    where = {"office": signal["office"], "declarant": _declarant(signal)}
    rows, _ = records.read(session, settings, evidence=True, again=True, keys=True, **where)
    duties = session.run(records.duties(session)) if session.has("duties", "officer_id", "kind", "from_date") else None
    shifts = None
    if session.has("shifts", "officer_id", "office", "starts_at", "ends_at"):
        shifts = session.run(records.roster(session, settings))
    return rows, ordinary(rows, duties, rosters(shifts))


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    return evidence_of(*_rows(session, signal, settings), _office(session, signal, settings), signal)


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    own_rows, state = _rows(session, signal, settings)
    office = _office(session, signal, settings)
    rows = evidence_of(own_rows, state, office, signal)

    def importers() -> list[str | None]:
        return list(own_rows["importer"].filter(pa.array(state <= MOVED)).to_pylist())

    named = importers if "importer" in own_rows.column_names else None
    own = {
        "absence": lambda s, c: excused(s, rows, "absence", "duties", STATES[ABSENT]),
        "end-of-shift": lambda s, c: excused(s, rows, "end-of-shift", "shifts", STATES[OFF_SHIFT]),
    }
    return explain_pair(DEFINITION, session, signal, settings, office, own, named)


RECALL = Recall()
INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
