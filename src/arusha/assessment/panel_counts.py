"""What a question counts, by office and period: raw counts, what they are out of, and the strata they fall into.

Counts are those of the question itself, on its own shared steps, before anything is held against anybody: no unit, no
expectation of the same period, no shrinkage. Strata are the question's own as far as they stand before anyone acts and
mean the same in every office.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators import assignment_records, finding_records, lane_change_records
from arusha.indicators.assignment_override import queries as override_queries
from arusha.indicators.assignment_overrides import ABSENT, MOVED, OFF_SHIFT, ordinary
from arusha.indicators.assignment_rules import rosters
from arusha.indicators.definition import Settings
from arusha.indicators.selectivity_windows import LANES
from arusha.language import Catalogue
from arusha.language.told import english

Period = Literal["month", "quarter"]
PERIODS: tuple[Period, ...] = ("month", "quarter")


@dataclass(frozen=True)
class LeftOut:
    """Something that the panel lacks, and why: the sentence ``panel-left-KEY``."""

    key: str
    what: str
    """A column, or how many rows of what; in English."""
    n: int = 0

    @property
    def why(self) -> str:
        """In English."""
        return self._why(english())

    def told(self, words: Catalogue) -> str:
        """What is lacking and why, for a reader."""
        named = f"panel-left-of-{self.key}"
        what = words.text(named, n=self.n) if words.has(named) else self.what  # a column bears one name everywhere
        return words.text("panel-left", what=what, why=self._why(words))

    def _why(self, words: Catalogue) -> str:
        return words.text(f"panel-left-{self.key}")


@dataclass(frozen=True)
class Counts:
    """A question's counts.

    ``cells``: one row an office, period (whole number: months or quarters since the year 0) and stratum, with the
    columns ``office``, ``period``, those of the strata, ``exposure`` and one an event.
    ``people``: the same by officer and, whatever the period, ``month``, in no order; none where no officer acts in what
    is counted, or where it was not asked for.
    """

    cells: pa.Table
    people: pa.Table | None
    events: Mapping[str, str]
    """Event -> what is counted."""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Countable:
    """How a question is counted by office and period."""

    exposure: str
    """What the counts are out of."""
    strata: tuple[str, ...]
    """Coarsest first."""
    not_strata: str
    """Which conditions of the question are no strata here, and why."""
    count: Callable[[Session, Settings, Period, bool], Counts] = field(repr=False)
    """The last says whether the counts are wanted by officer too."""


def period_of(day: str, period: Period) -> str:
    """SQL of a day's period as a whole number, as ``arusha.effects.panels.calendar`` counts them."""
    return f"YEAR({day}) * 12 + MONTH({day}) - 1" if period == "month" else f"YEAR({day}) * 4 + QUARTER({day}) - 1"


def _cells(
    name: str, source: str, day: str, period: Period, strata: Mapping[str, str], events: Mapping[str, str]
) -> Query:
    """Exposure and events of a shared table by office, period and strata; both maps hold SQL by column."""
    by = ["office", period_of(day, period), *strata.values()]
    chosen = ", ".join(f"{sql} AS {column}" for column, sql in {"period": by[1], **strata}.items())
    counted = ", ".join(f"{sql} AS {column}" for column, sql in events.items())
    step = Step(
        "cells",
        "What is counted and what it is out of, by office, period and stratum.",
        f"SELECT office, {chosen}, COUNT(*) AS exposure, {counted} FROM {source} GROUP BY {', '.join(by)}",
    )
    order = Step("in_order", "In a fixed order.", f"SELECT * FROM cells ORDER BY office, period, {', '.join(strata)}")
    return Query(name, (step, order))


def _people(
    name: str, source: str, day: str, officer: str, strata: Mapping[str, str], events: Mapping[str, str]
) -> Query:
    """As ``_cells`` by month, and by officer too."""
    by = ["office", period_of(day, "month"), officer, *strata.values()]
    chosen = ", ".join(f"{sql} AS {column}" for column, sql in {"month": by[1], "officer": officer, **strata}.items())
    counted = ", ".join(f"{sql} AS {column}" for column, sql in events.items())
    step = Step(
        "people",
        "Who stands behind the counts: the same by office, month, officer and stratum.",
        f"SELECT office, {chosen}, COUNT(*) AS exposure, {counted} FROM {source} GROUP BY {', '.join(by)}",
    )
    return Query(name, (step,))


def _lane_changes(session: Session, settings: Settings, period: Period, by_officer: bool) -> Counts:
    known = lane_change_records.Known.of(session)
    session.share(lane_change_records.closed_query(known, settings), "closed_controls")
    sums = {
        "closed_out_of_order": "SUM(GREATEST(no_act, stranger))",
        "closed_without_act": "SUM(no_act)",
        "closed_by_others": "SUM(stranger)",
    }
    events = {
        "closed_out_of_order": "Controls counted by the question: closed without an act, or by others.",
        "closed_without_act": "Controls that ended in a free lane without an inspection act.",
        "closed_by_others": "Controls re-routed by someone who was neither their officer, nor the author of an act, "
        "nor a chief or supervisor of the office.",
    }
    left = []
    if not (known.log and known.postings):
        # A column of zeros would say that nobody did, where nobody can know.
        left.append(LeftOut("strangers-log" if not known.log else "strangers-postings", "closed_by_others"))
        sums = {"closed_without_act": sums["closed_without_act"]}
    strata = {"lane": "lane"}
    cells = session.run(_cells("panel_lane_changes", "closed_controls", "day", period, strata, sums))
    people = None
    if by_officer:
        people = session.run(_people("panel_lane_change_people", "closed_controls", "day", "closer", strata, sums))
    return Counts(cells, people, {e: events[e] for e in sums}, tuple(left))


def _findings(session: Session, settings: Settings, period: Period, by_officer: bool) -> Counts:
    known = finding_records.Known.of(session)
    session.share(finding_records.examined_query(known, settings), "examined_goods")
    strata = {"lane": "lane", "random": "random", "goods": "goods"}
    sums = {"finding": "SUM(found)"}
    cells = session.run(_cells("panel_findings", "examined_goods", "day", period, strata, sums))
    people = None
    if by_officer:
        people = session.run(_people("panel_finding_people", "examined_goods", "day", "officer", strata, sums))
    left = [] if known.items else [LeftOut("goods", "goods")]
    if not known.reason:
        left.append(LeftOut("random-share", "random"))
    return Counts(cells, people, {"finding": "Examinations that found a discrepancy."}, tuple(left))


def _lanes(session: Session, settings: Settings, period: Period, by_officer: bool) -> Counts:
    known = session.has("declarations", "lane_reason")
    within = f"registered_on >= DATE '{settings.period_start}' AND registered_on < DATE '{settings.period_end}'"
    procedure = "procedure" if session.has("declarations", "procedure") else "'all'"
    reason = "CASE WHEN lane_reason = 'random' THEN 1 ELSE 0 END" if known else "0"
    laned = Query(
        "panel_laned",
        (
            Step(
                "laned",
                "Declarations of the period with the lane that the engine chose.",
                f"SELECT office, registered_on AS day, {procedure} AS procedure, lane_assigned AS lane, "
                f"{reason} AS random FROM declarations WHERE {within} AND lane_assigned IS NOT NULL",
            ),
        ),
    )
    session.share(laned, "laned_declarations")
    sums = {lane: f"COUNT(*) FILTER (WHERE lane = '{lane}')" for lane in LANES}
    events = {lane: f"Declarations that the engine sent to the {lane} lane." for lane in LANES}
    left = []
    if known:
        sums["random"], events["random"] = "SUM(random)", "Declarations selected at random, whatever their lane."
    else:
        left.append(LeftOut("lane-reason", "random"))
    cells = session.run(_cells("panel_lanes", "laned_declarations", "day", period, {"procedure": "procedure"}, sums))
    without = Step(
        "without",
        "Declarations without a lane.",
        f"SELECT COUNT(*) AS n FROM declarations WHERE {within} AND lane_assigned IS NULL",
    )
    (unlaned,) = session.run(Query("panel_without_lane", (without,)))["n"].to_pylist()
    if unlaned:
        left.append(LeftOut("unlaned", f"{unlaned} declarations", int(unlaned)))
    return Counts(cells, None, events, tuple(left))


def _moves(session: Session, settings: Settings, period: Period, by_officer: bool) -> Counts:
    draws, _ = assignment_records.read(session, settings, again=True)
    asked = {name: session.run(query) for name, query in override_queries(session, settings).items()}
    state = ordinary(draws, asked.get("duties"), rosters(asked.get("roster")))
    left = [
        LeftOut(key, f"{int(n)} moves", int(n))
        for n, key in (
            (np.count_nonzero(state == ABSENT), "on-leave"),
            (np.count_nonzero(state == OFF_SHIFT), "off-roster"),
        )
        if n
    ]
    kept = pa.array(state <= MOVED)
    day = draws["day"].to_numpy().astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        name: draws[name].cast(pa.string()) for name in ("office", "lane", "procedure", "officer")
    }
    columns["month"] = pa.array(day, pa.int64())
    columns["period"] = pa.array(day if period == "month" else day // 3, pa.int64())
    columns["moved"] = pa.array((state == MOVED).astype(np.int64))
    rows = pa.table(columns).filter(kept)
    by = ["office", "period", "lane", "procedure"]
    cells = _added(rows, by)
    people = _added(rows, ["office", "month", "officer", "lane", "procedure"]) if by_officer else None
    events = {"moved": "Declarations that ended with another officer than the first pick, for no ordinary reason."}
    return Counts(cells.sort_by([(name, "ascending") for name in by]), people, events, tuple(left))


def _added(rows: pa.Table, by: list[str]) -> pa.Table:
    """Exposure and moves by some columns."""
    cells = rows.group_by(by).aggregate([("moved", "sum"), ([], "count_all")])
    return cells.select([*by, "count_all", "moved_sum"]).rename_columns([*by, "exposure", "moved"])


COUNTABLE: Mapping[str, Countable] = {
    "lane-change-without-act": Countable(
        "all controls: declarations that the engine sent to the yellow or red lane",
        ("lane",),
        "month, declarant and rank: months are the panel's, declarants are persons, and who closes a control, a chief "
        "or not, is what a measure may change",
        _lane_changes,
    ),
    "finding-rate": Countable(
        "examinations with an outcome: a declaration and an officer who examined it",
        ("lane", "random", "goods"),
        "section, quarter and declarant: sections are an office's own, quarters are the panel's, declarants persons",
        _findings,
    ),
    "lane-rates": Countable(
        "declarations with a lane",
        ("procedure",),
        "windows of the rules: an expectation that moves with the rules would take their change for granted",
        _lanes,
    ),
    "assignment-override": Countable(
        "declarations with a recorded first pick, without moves that the records excuse",
        ("lane", "procedure"),
        "section, day, hour, goods and first pick: sections and officers are an office's own, days and hours the "
        "panel's, and goods are too many for a rate of each",
        _moves,
    ),
}
"""Questions that give panels."""

REFUSED = frozenset({"assignment-steering", "value-shortfall"})
"""Questions that give none; the sentences ``told-panel-none-ID`` say why."""


def total(cells: pa.Table, column: str) -> int:
    """The sum of a column of whole numbers."""
    return int(pc.sum(cells[column]).as_py() or 0)
