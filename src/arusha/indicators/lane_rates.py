"""Do lanes go to declarations at the rates that the selectivity rules declare, and is the random share kept?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from arusha.engine.query import Query, Step
from arusha.engine.session import Session
from arusha.indicators import signals
from arusha.indicators.blocked_rates import BlockedRate, blocked_rate
from arusha.indicators.coded_columns import IntArray, numbers, sums
from arusha.indicators.declaration_key import registered
from arusha.indicators.definition import Cells, Definition, Explained, Findings, Indicator, Note, Sentence, Settings
from arusha.indicators.families import office_q
from arusha.indicators.selectivity_windows import ALL, LANES, Rule, Window, rules_of, windows

SMALL_RATE = 0.05
"""A declared rate below this is held to its tolerance as if it were this: one point at a tolerance of a fifth."""
FEWEST_WEEKS = 8
LEAST_RANDOM = 5.0
"""Random selections that the minimum must have promised before their absence can be told from chance."""

DEFINITION = Definition(
    id="lane-rates",
    title="Lanes against the selectivity rules",
    question="Do declarations go to the lanes at the rates that the selectivity rules declare, "
    "and is the random share kept?",
    unit="office, by procedure and lane",
    needs={"declarations": ("lane_assigned",), "selectivity_rules": ("lane",)},
    helped_by={"declarations": ("lane_reason", "procedure"), "selectivity_rules": ("minimum_random_rate",)},
    null_hypothesis="The engine chose each lane at a rate within a fifth of the declared one (within one point where "
    "the declared rate is under 5%), and the random share was not under its minimum.",
    statistic="Realised against declared rate in each window in which a rule held: exact binomial tails at the number "
    "of independent draws that the scatter between weeks leaves. The random share one-sided, below.",
    min_exposure=200,
    min_effect=0.2,
    options={},
    conditions_on=("office", "procedure", "window of the rule"),
    explanations=("few-weeks", "every-office"),
    gaming="Raise the declared rate or lower the minimum afterwards; label criterion hits as random; keep the "
    "lane's rate and fill it with goods that carry no risk.",
    counter_indicator="Changes of the rules and who made them; finding rate of the random share against that of the "
    "criteria (finding-rate); changes of lane without an act (lane-change-without-act).",
    false_flags_per_thousand="Measured in 400 invented administrations without any scheme: 0 of 30,595 "
    "units tested were flagged, in 0 administrations (benchmarks/results/scorecard.md).",
    source="Selectivity parameters of ASYCUDA (expected and minimum random rates); Korn and Graubard 1998.",
)


def lane_days(settings: Settings) -> Query:
    """Declarations by office, procedure, lane and day, and how many of them were selected at random."""
    return Query(
        "lane_rates_days",
        (
            Step(
                "lane_days",
                "Count the lanes that the engine chose on each day, and the random selections among them.",
                f"""
                SELECT office, procedure, lane_assigned AS lane, registered_on AS day,
                       COUNT(*) AS n, COUNT(*) FILTER (WHERE lane_reason = 'random') AS random
                FROM declarations
                WHERE registered_on >= DATE '{settings.period_start}' AND registered_on < DATE '{settings.period_end}'
                GROUP BY office, procedure, lane_assigned, registered_on
                ORDER BY office, procedure, lane, day
                """,
            ),
        ),
    )


RULES = Query(
    "lane_rates_rules",
    (
        Step(
            "rules",
            "The rates that the administration declares, with the time in which each holds.",
            """
            SELECT office, procedure, lane, expected_rate, minimum_random_rate, from_date, to_date
            FROM selectivity_rules
            ORDER BY office, procedure, lane, from_date, to_date, expected_rate, minimum_random_rate
            """,
        ),
    ),
)


def cells(session: Session, settings: Settings) -> Cells:
    days = lane_days(settings)
    notes = []
    if not session.has("declarations", "lane_reason"):
        text = "The random share is not assessed: the records do not say why a lane was chosen (lane_reason)."
        notes.append(Note("lane-rates-no-reason", text))
    tables = {
        "days": session.run(days),
        "rules": session.run(RULES),
        "known": pa.table({"reason": [session.has("declarations", "lane_reason")]}),
    }
    return Cells(tables, (days.text(), RULES.text()), tuple(notes))


class _Days:
    """Counts by day, asked by office, procedures and window."""

    def __init__(self, table: pa.Table, start: date) -> None:
        self.start = start
        self.office = np.array(table["office"].to_pylist(), dtype=object)
        self.procedure = np.array([p or "" for p in table["procedure"].to_pylist()], dtype=object)
        self.lane = np.array([lane or "" for lane in table["lane"].to_pylist()], dtype=object)
        days = table["day"].to_pylist()
        self.day = np.array([(d - start).days for d in days], dtype=np.int64)
        self.n = numbers(table, "n")
        self.random = numbers(table, "random")
        self.of_office = {o: np.flatnonzero(self.office == o) for o in set(self.office.tolist())}

    def rows(self, window: Window, own: set[str]) -> IntArray:
        """Rows with a known lane of the window's office, procedures and days."""
        rows = self._inside(window, own)
        out: IntArray = rows[self.lane[rows] != ""]
        return out

    def without_lane(self, window: Window, own: set[str]) -> int:
        """Declarations of the window's office, procedures and days of which no lane is known."""
        rows = self._inside(window, own)
        return int(self.n[rows[self.lane[rows] == ""]].sum())

    def _inside(self, window: Window, own: set[str]) -> IntArray:
        rows = self.of_office.get(window.office, np.empty(0, dtype=np.int64))
        day, procedure = self.day[rows], self.procedure[rows]
        inside = (day >= (window.start - self.start).days) & (day < (window.end - self.start).days)
        mine = ~np.isin(procedure, list(own)) if window.procedure == ALL else procedure == window.procedure
        out: IntArray = rows[inside & mine]
        return out

    def weekly(self, rows: IntArray, counted: NDArray[np.bool_] | None, values: IntArray) -> NDArray[np.float64]:
        """``values`` summed by week over ``rows`` (those ``counted``)."""
        weight = values[rows] if counted is None else np.where(counted, values[rows], 0)
        return sums(weight, self.day[rows] // 7, 0)


def test(cells: Cells, settings: Settings) -> Findings:
    days = _Days(cells.tables["days"], settings.period_start)
    rules = rules_of(cells.tables["rules"].to_pylist(), settings.period_start, settings.period_end)
    reasons = bool(cells.tables["known"]["reason"][0].as_py())
    own = _own_procedures(rules)
    rows: list[dict[str, Any]] = []
    charted: list[dict[str, Any]] = []
    covered = np.zeros(days.n.size, dtype=bool)
    for window in windows(rules):
        if window.what.endswith("random") and not reasons:
            continue
        chosen = days.rows(window, own[window.office])
        covered[chosen] = True
        row, chart = _assess(days, chosen, window, settings, days.without_lane(window, own[window.office]))
        rows.append(row)
        charted.append(chart)
    q = office_q([r["p_value"] if r["p_value"] is not None else np.nan for r in rows], [r["office"] for r in rows])
    floor = settings.effect_floor(DEFINITION)
    for row, value in zip(rows, q, strict=True):
        row["q_value"] = None if np.isnan(value) else float(value)
        beyond = row["effect"] is not None and (
            row["effect"] <= -floor if row["other_id"].endswith("random") else abs(row["effect"]) >= floor
        )
        row["signal"] = bool(row["q_value"] is not None and row["q_value"] <= settings.rate and beyond)
        row["flagged"] = row["signal"]
    return Findings(signals.table(rows), _notes(days, covered), {"lane_rates": pa.Table.from_pylist(charted, CHARTED)})


CHARTED = pa.schema(
    [
        ("office", pa.string()),
        ("name", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("n", pa.int64()),
        ("observed", pa.int64()),
        ("rate", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("declared", pa.float64()),
        ("design_effect", pa.float64()),
        ("share_of_all", pa.float64()),
    ]
)
"""The rates with their declared ones; ``share_of_all`` reads a random share against all declarations."""


def _assess(
    days: _Days, rows: IntArray, window: Window, settings: Settings, unknown: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One window: its row of the signals contract, and its row for the chart. ``unknown`` declarations have no lane."""
    random = window.what.endswith("random")
    everything = int(days.n[rows].sum())
    count, total = _counted(days, rows, window)
    weeks = int(np.count_nonzero(total))
    n = int(total.sum())
    row: dict[str, Any] = {
        "signal_id": signals.signal_id(
            DEFINITION.id, "office", window.office, window.name, window.office, window.start, window.end
        ),
        "indicator": DEFINITION.id,
        "unit_kind": "office",
        "unit_id": window.office,
        "other_id": window.name,
        "office": window.office,
        "period_start": window.start,
        "period_end": window.end,
        "n": n,
        "observed": float(count.sum()),
        "signal": False,
        "flagged": False,
        "p_value": None,
        "effect": None,
    }
    chart: dict[str, Any] = {
        "office": window.office,
        "name": window.name,
        "start": window.start,
        "end": window.end,
        "n": n,
        "observed": int(count.sum()),
        "declared": window.declared,
    }
    floor = settings.exposure_floor(DEFINITION)
    if window.declared is None:
        row["reason"] = "cannot tell: two rules hold at once and disagree"
        return row, chart
    row["expected"] = n * window.declared
    if n < floor:
        row["reason"] = f"cannot tell: under {floor:g} declarations"
    elif weeks < FEWEST_WEEKS:
        row["reason"] = f"cannot tell: under {FEWEST_WEEKS} weeks"
    elif unknown > _tolerance(window.declared, settings) * (everything + unknown):
        # Where green declarations alone have no lane, every other lane looks twice as frequent as it is.
        row["reason"] = "cannot tell: the declarations without a lane could make the whole difference"
    elif random and row["expected"] < LEAST_RANDOM:
        row["reason"] = f"cannot tell: the minimum promises under {LEAST_RANDOM:g} random selections"
    if weeks < 2:
        return row, chart
    found = _tested(count, total, window.declared, random, settings)
    scale = window.declared if random else max(window.declared, SMALL_RATE)
    row |= {
        "effect": (found.rate - window.declared) / scale,
        "ci_low": (found.low - window.declared) / scale,
        "ci_high": (found.high - window.declared) / scale,
    }
    if "reason" not in row:
        row["p_value"] = found.p_below if random else min(1.0, 2.0 * min(found.p_below, found.p_above))
    chart |= {
        "rate": found.rate,
        "low": found.low,
        "high": found.high,
        "design_effect": found.design_effect,
        "share_of_all": float(count.sum()) / everything if everything else None,
    }
    return row, chart


def _counted(days: _Days, rows: IntArray, window: Window) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By week: declarations that count, and those that they are a share of."""
    lane = days.lane[rows]
    if not window.what.endswith("random"):
        return days.weekly(rows, lane == window.what, days.n), days.weekly(rows, None, days.n)
    into = np.ones(rows.size, dtype=bool) if window.what == "random" else lane == window.what.split("/")[0]
    # What no criterion selected: the draws among which the random share is taken, whichever way it is meant.
    drawn = days.weekly(rows, lane == "green", days.n) + days.weekly(rows, lane != "green", days.random)
    return days.weekly(rows, into, days.random), drawn


def _own_procedures(rules: Iterable[Rule]) -> dict[str, set[str]]:
    """By office: procedures with rules of their own, which a rule for all procedures does not cover."""
    own: dict[str, set[str]] = {}
    for rule in rules:
        own.setdefault(rule.office, set()).add(rule.procedure)
    return own


def _tolerance(declared: float, settings: Settings) -> float:
    """How far a rate may be from the declared one, as a share of declarations."""
    return settings.effect_floor(DEFINITION) * max(declared, SMALL_RATE)


def _tested(
    count: NDArray[np.float64], total: NDArray[np.float64], declared: float, random: bool, settings: Settings
) -> BlockedRate:
    """A declared rate is approximate and has a tolerance; a minimum is a minimum."""
    tolerance = 0.0 if random else _tolerance(declared, settings)
    return blocked_rate(
        count,
        total,
        null_low=max(0.0, declared - tolerance),
        null_high=min(1.0, declared + tolerance),
        level=settings.level,
    )


def _notes(days: _Days, covered: NDArray[np.bool_]) -> tuple[Note, ...]:
    total = int(days.n.sum())
    unknown = int(days.n[days.lane == ""].sum())
    bare = int(days.n[~covered & (days.lane != "")].sum())
    notes = []
    if unknown:
        text = f"{unknown} of {total} declarations have no lane and count nowhere."
        notes.append(Note("lane-rates-no-lane", text, {"n": unknown, "total": total}))
    if bare:
        text = f"{bare} of {total} declarations fall under no selectivity rule and are held against none."
        notes.append(Note("lane-rates-no-rule", text, {"n": bare, "total": total}))
    return tuple(notes)


def _condition(signal: Mapping[str, Any], own: Collection[str]) -> str:
    """The declarations that one signal speaks of, as SQL; names are quoted as text. ``own``: as ``_own_procedures``."""
    procedure, _, what = str(signal["other_id"]).partition("/")
    office = str(signal["office"]).replace("'", "''")
    parts = [
        f"office = '{office}'",
        f"registered_on >= DATE '{signal['period_start']}'",
        f"registered_on < DATE '{signal['period_end']}'",
    ]
    named = ", ".join("'{}'".format(p.replace("'", "''")) for p in sorted({*own} - {ALL}))
    if procedure != ALL:
        parts.append("procedure = '{}'".format(procedure.replace("'", "''")))
    elif named:
        parts.append(f"(procedure IS NULL OR procedure NOT IN ({named}))")
    lane = what.split("/")[0]
    if lane in LANES:
        parts.append(f"lane_assigned = '{lane}'")
    if what.endswith("random"):
        parts.append("lane_reason = 'random'")
    return " AND ".join(parts)


MOST_ROWS = 10_000


def evidence(session: Session, signal: Mapping[str, Any], settings: Settings) -> pa.Table:
    """The declarations counted, first 10,000 by day: for a shortfall these are the few that were selected."""
    rules = rules_of(session.run(RULES).to_pylist(), settings.period_start, settings.period_end)
    own = _own_procedures(rules).get(str(signal["office"]), set())
    query = Query(
        "lane_rates_evidence",
        (
            Step(
                "counted",
                "The declarations in this lane while the rule held.",
                f"""
                SELECT declaration_id, office, procedure, {registered(session)}, lane_assigned, lane_reason,
                       source_file, source_line
                FROM declarations
                WHERE {_condition(signal, own)}
                ORDER BY registered_at, declaration_id
                LIMIT {MOST_ROWS}
                """,
            ),
        ),
    )
    return session.run(query)


def explain(session: Session, signal: Mapping[str, Any], settings: Settings) -> tuple[Explained, ...]:
    """Two readings that a reader should have beside the signal; neither clears it, since the rule was not followed."""
    days = session.run(lane_days(settings))
    rules = rules_of(session.run(RULES).to_pylist(), settings.period_start, settings.period_end)
    return (_few_weeks(days, rules, signal, settings), _every_office(days, rules, signal, settings))


def _window(signal: Mapping[str, Any]) -> Window:
    procedure, _, what = str(signal["other_id"]).partition("/")
    declared = float(signal["expected"]) / float(signal["n"])
    return Window(signal["office"], procedure, what, signal["period_start"], signal["period_end"], declared)


def _few_weeks(table: pa.Table, rules: list[Rule], signal: Mapping[str, Any], settings: Settings) -> Explained:
    """Whether a tenth of the weeks, those furthest off, make the whole difference: an outage or a campaign."""
    days = _Days(table, settings.period_start)
    window = _window(signal)
    rows = days.rows(window, _own_procedures(rules).get(window.office, set()))
    count, total = _counted(days, rows, window)
    declared = window.declared or 0.0
    off = (count - declared * total) * np.sign(float(signal["observed"]) - float(signal["expected"]))
    most = max(1, int(np.count_nonzero(total)) // 10)
    kept = np.argsort(-off, kind="stable")[most:]
    rate = float(count[kept].sum()) / max(float(total[kept].sum()), 1.0)
    scale = declared if window.what.endswith("random") else max(declared, SMALL_RATE)
    within = abs(rate - declared) < settings.effect_floor(DEFINITION) * scale
    told = Sentence("few-weeks", {"n": most, "rate": round(rate, 4), "declared": round(declared, 4)})
    return Explained("few-weeks", "found" if within else "not found", told=(told,))


def _every_office(table: pa.Table, rules: list[Rule], signal: Mapping[str, Any], settings: Settings) -> Explained:
    """Whether most other offices are off in the same direction: then it is a parameter of the whole system."""
    days = _Days(table, settings.period_start)
    window = _window(signal)
    direction = np.sign(float(signal["observed"]) - float(signal["expected"]))
    same = others = 0
    own = _own_procedures(rules)
    for other in windows(rules):
        if other.office == window.office or other.name != window.name or other.declared is None:
            continue
        mine = own[other.office]
        row, _ = _assess(days, days.rows(other, mine), other, settings, days.without_lane(other, mine))
        if row["effect"] is None:
            continue
        others += 1
        same += int(row["effect"] * direction >= settings.effect_floor(DEFINITION))
    if not others:
        return Explained("every-office", "not checked: needs another office under the same rule")
    told = Sentence("every-office", {"same": same, "n": others})
    return Explained("every-office", "found" if 2 * same > others else "not found", told=(told,))


INDICATOR = Indicator(DEFINITION, cells, test, evidence, explain)
