"""A panel of offices from a workspace: what a question counts, by office and period, for the evaluation of a measure.

Raw counts, what they are out of, the standard error of their share and a fixed baseline expectation; never a shrunken
effect, a q-value or a ratio re-based in each period, in which a change common to all has vanished.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from arusha.assessment import plan as plans
from arusha.assessment.agreed import FEWEST as FEWEST_OFFICERS
from arusha.assessment.agreed import facts
from arusha.assessment.asking import missing
from arusha.assessment.asking import period as days_of
from arusha.assessment.panel_baseline import Rate, baseline_rates
from arusha.assessment.panel_counts import COUNTABLE, PERIODS, REFUSED, Countable, Counts, LeftOut, Period
from arusha.assessment.panel_withholding import finest, floors_of_everybody, telling, whole_periods
from arusha.charter import Charter, Standing
from arusha.charter.charter import standing
from arusha.effects.panel_error import PanelError
from arusha.effects.periods import calendar, label_of
from arusha.engine import open_session
from arusha.engine.session import Session, Texts
from arusha.errors import ArushaError
from arusha.indicators.coded_columns import numbers
from arusha.indicators.definition import Definition, Settings
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.records.workspace import Workspace

UNIT, FIRST_TREATED, EXPOSURE, REASON = "office", "first_treated", "exposure", "reason"


@dataclass(frozen=True)
class Baseline:
    """The time from which the expectation comes, and the rates of it. Periods as labels; both ends are inside."""

    first: str
    last: str
    rates: tuple[Rate, ...]
    offices: int
    strata: tuple[str, ...]
    """Names of the strata that the rates are of."""


@dataclass(frozen=True)
class OfficePanel:
    """A panel and what must be known of it.

    ``table``: one row an office and period with the columns ``office``, the period's name, ``exposure``, for each event
    its count, ``share_...``, ``se_...`` (binomial; none where nothing or everything was counted) and ``expected_...``
    (none without a baseline), then ``reason`` (why a standard error is missing) and ``first_treated``.
    """

    question: str
    definition: Definition
    settings: Settings
    period: Period
    table: pa.Table
    events: Mapping[str, str]
    baseline: Baseline | None
    starts: Mapping[str, str]
    missing: Mapping[str, tuple[str, ...]]
    """Office -> periods in which nothing of it is counted: no rows, and never zeros."""
    withheld: tuple[str, ...]
    """Offices that are left out because too few officers stand behind a month of theirs, or one has most of it."""
    guarded: bool
    """Whether nobody's own counts may follow from it."""
    left_out: tuple[LeftOut, ...]
    days: tuple[date, date]
    """First and last day of the records."""
    standing: Standing | None
    workspace: Path
    engine: str
    queries: tuple[Texts, ...] = field(repr=False, default=())

    def messages(self, lang: str = "en") -> list[str]:
        """What a reader must know, a sentence each."""
        words = Catalogue(lang, isolate=False)
        first, last = (str(day) for day in self.days)
        said = [words.text("panel-runs", first=first, last=last, period=self.period)]
        for office, periods in self.missing.items():
            said.append(words.text("panel-missing", office=office, periods=", ".join(periods)))
        if self.withheld:
            why = "stage" if self.standing is not None and not self.standing.shown else "asked"
            about = {"fewest": FEWEST_OFFICERS, "why": why, "question": self.question}
            said.append(words.text("panel-withheld", offices=", ".join(self.withheld), **about))
        if self.baseline is not None and self.baseline.strata != COUNTABLE[self.question].strata:
            by = ", ".join(self.baseline.strata)
            said.append(words.text("panel-strata", by=by) if by else words.text("panel-one-rate"))
        if self.baseline is None:
            said.append(words.text("panel-no-expectation"))
        return said + [left.told(words) for left in self.left_out]


def office_panel(
    workspace: Workspace | Path | str,
    question: str,
    *,
    period: Period = "month",
    baseline_until: date | None = None,
    starts: Mapping[str, str] | None = None,
    plan: plans.Plan | Path | str | None = None,
    few_withheld: bool = False,
    engine: str = "duckdb",
    memory_limit: str | None = None,
) -> OfficePanel:
    """The panel that a question gives.

    Parameters
    ----------
    question
        Id of a question that counts something by office and period: see ``COUNTABLE`` and ``REFUSED``.
    period
        ``month`` or ``quarter``, on the office's own calendar.
    baseline_until
        Last day of the fixed baseline, whose whole periods give the expected counts; the periods before the first of
        ``starts`` where it is not named.
    starts
        Office -> first period (2026-03, 2026Q1) under the measure; other offices have none.
    plan
        As for an assessment: period, floors and options of the question.
    few_withheld
        Also where the question is live, or where there is no charter, leave out offices of few officers, take coarser
        strata and refuse a plan that cuts a period or has floors of its own: for readers who may see no person.

    Raises
    ------
    ArushaError
        A question that gives no panel, records that lack what it needs, a start or baseline that cannot be.
    """
    source = workspace if isinstance(workspace, Workspace) else Workspace.open(Path(workspace))
    known = {i.definition.id: i for i in indicators()}
    how = countable(question, list(known))
    if period not in PERIODS:
        raise of(ArushaError, "panel-no-period", "one-of", period=repr(period), known=", ".join(PERIODS))
    asked = known[question]
    charter = Charter.of(source.path)
    with open_session(source, engine, memory_limit=memory_limit) as session:
        days = days_of(session)
        proposed = plans.propose(*days, known)
        if isinstance(plan, str | Path):
            plan = plans.read(Path(plan), proposed, {k: v.definition for k, v in known.items()})
        settings = (plan or proposed).settings(question)
        lacking = missing(session, asked)
        if lacking:
            needs = ", ".join(f"{t} ({', '.join(c)})" if c else t for t, c in lacking.items())
            raise of(ArushaError, "panel-needs", "panel-needs", where=question, needs=needs)
        told = facts(asked.definition, settings)
        stood = None if charter is None else standing(charter.state().questions.get(question), told)
        guarded = told.about_persons and (few_withheld or (stood is not None and not stood.shown))
        if guarded:
            whole_periods(settings, days, period)
            floors_of_everybody(asked.definition, settings, proposed.settings(question))
        before = len(session.texts)
        counts = how.count(session, settings, period, guarded)
        queries = tuple(session.texts[before:])
        offices = _offices(session, counts)
    withheld: tuple[str, ...] = ()
    strata = how.strata
    if guarded and counts.people is not None:
        events = list(counts.events)
        withheld = tuple(sorted(telling(counts.people, (), events)))
        strata = finest(_without(counts.people, withheld), how.strata, events)
    cells = _without(counts.cells, withheld)
    if not cells.num_rows:
        raise of(
            ArushaError,
            "panel-nothing-left" if withheld else "panel-nothing-counted",
            "panel-live" if withheld else "check-period",
            where=question,
        )
    begins = _starts(starts or {}, period, offices)
    inside = _baseline_span(numbers(cells, "period"), period, baseline_until, begins)
    panel, baseline = _table(cells, strata, counts.events, period, inside, begins)
    return OfficePanel(
        question=question,
        definition=asked.definition,
        settings=settings,
        period=period,
        table=panel,
        events=counts.events,
        baseline=baseline,
        starts={office: label_of(at, period) for office, at in begins.items()},
        missing=_missing(cells, period),
        withheld=withheld,
        guarded=guarded,
        left_out=counts.left_out,
        days=days,
        standing=stood,
        workspace=source.path,
        engine=engine,
        queries=queries,
    )


def countable(question: str, asked: Sequence[str]) -> Countable:
    """How a question is counted by office and period.

    Raises
    ------
    ArushaError
        With the reason, where it gives no panel.
    """
    if question in COUNTABLE:
        return COUNTABLE[question]
    give = ", ".join(COUNTABLE)
    if question in asked:
        key = f"panel-none-{question}" if question in REFUSED else "panel-none"
        raise of(ArushaError, key, "panel-give", where=question, known=give)
    near = difflib.get_close_matches(question, list(COUNTABLE), n=1)
    do, meant = ("did-you-mean", near[0]) if near else ("panel-give", give)
    raise of(ArushaError, "no-question", do, where="--question", question=repr(question), known=meant)


def _offices(session: Session, counts: Counts) -> list[str]:
    """Offices that occur in the counts, by name."""
    return sorted({str(o) for o in pc.unique(counts.cells[UNIT]).to_pylist()})


def _without(rows: pa.Table, offices: Sequence[str]) -> pa.Table:
    """The rows of other offices."""
    return rows.filter(pc.invert(pc.is_in(rows[UNIT], pa.array(offices, pa.string()))))


def _starts(given: Mapping[str, str], period: Period, offices: Sequence[str]) -> dict[str, int]:
    """Calendar positions of the starts, by office."""
    found = {}
    example = "2026-03" if period == "month" else "2026Q1"
    for office, label in given.items():
        if office not in offices:
            near = difflib.get_close_matches(office, offices, n=3) or list(offices)[:10]
            meant = ", ".join(near)
            raise of(ArushaError, "panel-no-office", "did-you-mean", where="--start", office=repr(office), known=meant)
        try:
            (position,), kind = calendar([label])
        except PanelError as error:
            raise of(
                ArushaError,
                "panel-not-period",
                "write-like",
                where=f"--start {office}",
                label=repr(label),
                like=example,
            ) from error
        if kind != period:
            raise of(
                ArushaError,
                "panel-other-period",
                "write-like",
                where=f"--start {office}",
                label=repr(label),
                span=period,
                like=example,
            )
        found[office] = position
    return found


def _last_day(position: int, period: Period) -> date:
    months = 1 if period == "month" else 3
    after = (position + 1) * months
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _baseline_span(
    at: np.ndarray[Any, np.dtype[np.int64]], period: Period, until: date | None, begins: Mapping[str, int]
) -> tuple[int, int] | None:
    """First and last period of the baseline; none where nothing says until when it goes."""
    first = int(at.min())
    start = min(begins.values(), default=None)
    if until is None and start is None:
        return None
    whole = [p for p in range(first, int(at.max()) + 1) if until is None or _last_day(p, period) <= until]
    if until is None and start is not None:
        whole = [p for p in whole if p < start]
    if not whole:
        begins_with = label_of(first, period)
        raise of(
            ArushaError,
            "panel-base-empty",
            "panel-base-empty",
            where="--baseline-until",
            span=period,
            first=begins_with,
        )
    if start is not None and whole[-1] >= start:
        last, begins_in = label_of(whole[-1], period), label_of(start, period)
        raise of(
            ArushaError, "panel-base-late", "panel-base-late", where="--baseline-until", last=last, start=begins_in
        )
    return first, whole[-1]


def _table(
    cells: pa.Table,
    by: Sequence[str],
    events: Mapping[str, str],
    period: Period,
    span: tuple[int, int] | None,
    begins: Mapping[str, int],
) -> tuple[pa.Table, Baseline | None]:
    """The panel's rows, and the baseline that they were held against."""
    offices = [str(o) for o in cells[UNIT].to_pylist()]
    at, exposure = numbers(cells, "period"), numbers(cells, EXPOSURE)
    counts = {event: numbers(cells, event) for event in events}
    named = zip(*(cells[s].to_pylist() for s in by), strict=True) if by else [()] * cells.num_rows
    strata = [tuple("" if v is None else str(v) for v in stratum) for stratum in named]
    baseline, expected = None, None
    if span is not None:
        inside = (at >= span[0]) & (at <= span[1])
        rates = baseline_rates(strata, exposure, counts, inside)
        expected = {e: exposure * np.array([rates[s].rates[e] for s in strata]) for e in events}
        some = {o for o, i in zip(offices, inside, strict=True) if i}
        ends = (label_of(span[0], period), label_of(span[1], period))
        baseline = Baseline(*ends, tuple(rates.values()), len(some), tuple(by))
    keys = sorted(set(zip(offices, at.tolist(), strict=True)))
    row = {key: k for k, key in enumerate(keys)}
    into = np.array([row[key] for key in zip(offices, at.tolist(), strict=True)], dtype=np.int64)

    def added(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        out = np.zeros(len(keys), dtype=values.dtype)
        np.add.at(out, into, values)
        return out

    n = added(exposure)
    columns: dict[str, Any] = {
        UNIT: pa.array([o for o, _ in keys], pa.string()),
        period: pa.array([label_of(t, period) for _, t in keys], pa.string()),
        EXPOSURE: pa.array(n, pa.int64()),
    }
    reasons: list[list[str]] = [[] for _ in keys]
    for event in events:
        x = added(counts[event])
        share = x / n
        edge = (x == 0) | (x == n)
        columns[event] = pa.array(x, pa.int64())
        columns[f"share_{event}"] = pa.array(share.round(6))
        columns[f"se_{event}"] = pa.array(np.sqrt(share * (1 - share) / n).round(6), mask=edge)
        # Rounded: engines add doubles in their own order.
        columns[f"expected_{event}"] = (
            pa.nulls(len(keys), pa.float64()) if expected is None else pa.array(added(expected[event]).round(4))
        )
        for k in np.flatnonzero(edge):
            reasons[k].append(f"{event}: {'none' if x[k] == 0 else 'all'} counted, no standard error")
    columns[REASON] = pa.array(["; ".join(r) for r in reasons], pa.string())
    columns[FIRST_TREATED] = pa.array(
        [label_of(begins[o], period) if o in begins else "" for o, _ in keys], pa.string()
    )
    return pa.table(columns), baseline


def _missing(cells: pa.Table, period: Period) -> dict[str, tuple[str, ...]]:
    """Periods of the panel's span in which an office has nothing that is counted."""
    seen: dict[str, set[int]] = {}
    for office, at in zip(cells[UNIT].to_pylist(), numbers(cells, "period").tolist(), strict=True):
        seen.setdefault(str(office), set()).add(at)
    every = set().union(*seen.values())
    span = range(min(every), max(every) + 1)
    gaps = {office: tuple(label_of(p, period) for p in span if p not in own) for office, own in sorted(seen.items())}
    return {office: gap for office, gap in gaps.items() if gap}
