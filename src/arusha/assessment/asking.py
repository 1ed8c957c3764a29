"""One question asked of records: what it lacks, its answer, and what honest explanation each signal has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from arusha.charter import Standing
from arusha.engine import Query, Session, Step
from arusha.engine.memory import give_back
from arusha.engine.session import Texts
from arusha.errors import PlanError
from arusha.indicators.definition import Explained, Findings, Indicator, Settings, as_json
from arusha.indicators.signals import SCHEMA
from arusha.language.told import error as of


@dataclass(frozen=True)
class Answer:
    """What became of one question."""

    indicator: Indicator
    missing: Mapping[str, list[str]]
    findings: Findings | None
    explanations: list[dict[str, Any]]
    evidence: Mapping[str, pa.Table]
    queries: tuple[Texts, ...]
    """Both engines' texts of the queries that made the cells."""
    standing: Standing | None = None
    """Where the question stands under the charter; none in a study."""
    counts: pa.Table | None = None
    """All that a question says that was asked and is not live: see ``arusha.assessment.agreed.COUNTS``."""


def missing(session: Session, indicator: Indicator) -> dict[str, list[str]]:
    """Tables and columns that a question needs and the records lack; an empty list means the whole table."""
    lacking: dict[str, list[str]] = {}
    for table, columns in indicator.definition.needs.items():
        if not session.has(table):
            lacking[table] = []
            continue
        gone = [c for c in columns if not session.has(table, c)]
        if gone:
            lacking[table] = gone
    return lacking


def period(session: Session) -> tuple[date, date]:
    """First and last local day on which a declaration was registered."""
    step = Step(
        "period",
        "first and last day of the records",
        "SELECT MIN(registered_on) AS first_day, MAX(registered_on) AS last_day FROM declarations",
    )
    row = session.run(Query("period", (step,))).to_pylist()[0]
    if row["first_day"] is None:
        raise of(PlanError, "plan-no-declaration", "plan-inspect", where="declarations")
    return row["first_day"], row["last_day"]


def ask(session: Session, indicator: Indicator, settings: Settings) -> Answer:
    """Ask one question: cells, test, then the innocent explanations of each signal, then its rows."""
    lacking = missing(session, indicator)
    if lacking:
        return Answer(indicator, lacking, None, [], {}, ())
    before = len(session.texts)
    cells = indicator.cells(session, settings)
    give_back()
    ran = tuple(session.texts[before:])
    findings = indicator.test(cells, settings)
    give_back()
    if findings.signals.schema != SCHEMA:
        raise TypeError(f"{indicator.definition.id} does not answer with the signals contract")
    told: list[dict[str, Any]] = []
    evidence: dict[str, pa.Table] = {}
    size = findings.signals.num_rows
    explained: list[str | None] = [None] * size
    flagged = [False] * size
    # Millions of units are tested and a few are signals: only those become rows of Python.
    which = [k for k, signal in enumerate(findings.signals["signal"].to_pylist()) if signal]
    for k, row in zip(which, findings.signals.take(pa.array(which, pa.int64())).to_pylist(), strict=True):
        tried = indicator.explain(session, row, settings)
        explained[k], cleared = verdict(tried)
        flagged[k] = not cleared
        told += [{"signal_id": row["signal_id"], **asdict(e), "told": as_json(e.told)} for e in tried]
        evidence[row["signal_id"]] = indicator.evidence(session, row, settings)
    signals = findings.signals
    for name, values in (("explained_by", explained), ("flagged", flagged)):
        place = SCHEMA.get_field_index(name)
        signals = signals.set_column(place, SCHEMA.field(name), pa.array(values, SCHEMA.field(name).type))
    notes = tuple(cells.notes) + tuple(findings.notes)
    return Answer(indicator, {}, Findings(signals, notes, findings.tables, findings.unlisted), told, evidence, ran)


def verdict(tried: tuple[Explained, ...]) -> tuple[str | None, bool]:
    """What ``explained_by`` says, and whether the signal is cleared."""
    for explained in tried:
        if explained.clears:
            return explained.explanation, True
    unchecked = [e.status for e in tried if e.status.startswith("not checked")]
    return (unchecked[0] if unchecked else None), False
