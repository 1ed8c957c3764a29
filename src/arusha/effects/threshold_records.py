"""What was declared around a threshold, read from a workspace.

The threshold is a row of the table ``thresholds``. Its quantity says what counts: the declared value of a declaration,
its declared tax, or the net mass of its items. Declarations of the office and procedure that it covers count,
registered while it was in force.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from arusha.effects.threshold_data import Declared, ThresholdError
from arusha.engine import Session, open_session
from arusha.engine.query import Query, Step, literal
from arusha.language.told import error as error_of

OUTCOMES = ("physical_control", "control", "rerouted")
"""What can be compared on both sides: sent to the red lane, to the red or yellow one, another lane in the end."""


_COUNTED = {"value": "declared_value", "tax": "declared_tax"}


@dataclass(frozen=True)
class Rule:
    """A threshold as the administration states it."""

    name: str
    office: str | None
    procedure: str | None
    quantity: str
    limit: float
    from_date: date
    to_date: date | None


def rules(session: Session) -> list[Rule]:
    """The thresholds that the records hold."""
    if not session.has("thresholds", "name", "limit"):
        return []
    stated = Step(
        "stated",
        "Limits below which a control, a tax or a formality falls away.",
        'SELECT name, office, procedure, quantity, "limit" AS at, from_date, to_date FROM thresholds',
    )
    found = [
        Rule(r["name"], r["office"], r["procedure"], r["quantity"], float(r["at"]), r["from_date"], r["to_date"])
        for r in session.run(Query("thresholds_stated", (stated,))).to_pylist()
    ]
    return sorted(found, key=lambda r: (r.name, r.office or "", r.procedure or "", r.from_date))


def rule_named(session: Session, name: str) -> Rule:
    """The threshold of that name.

    Raises
    ------
    ThresholdError
        If there is none, or more than one: offices, procedures or times differ, and each is a plan of its own.
    """
    known = rules(session)
    named = [r for r in known if r.name == name]
    if not named:
        names = ", ".join(sorted({r.name for r in known}))
        do = "thresholds-are" if known else "threshold-load"
        raise error_of(ThresholdError, "threshold-none", do, name=repr(name), names=names)
    if len(named) > 1:
        raise error_of(ThresholdError, "threshold-several", "threshold-several", where=name, n=len(named))
    return named[0]


def declared_query(rule: Rule) -> Query:
    """One row a declaration that the rule covers: what counts, who declared, and which control it met."""
    inside = [f"registered_on >= {literal(rule.from_date)}"]
    if rule.to_date is not None:
        inside.append(f"registered_on <= {literal(rule.to_date)}")
    inside += [
        f"{c} = {literal(v)}" for c, v in (("office", rule.office), ("procedure", rule.procedure)) if v is not None
    ]
    covered = Step(
        "covered",
        "Declarations of the office and procedure that the limit covers, registered while it was in force.",
        f"""
        SELECT declaration_id, declarant_id AS declarant, lane_assigned, lane_final, declared_value, declared_tax
        FROM declarations
        WHERE {" AND ".join(inside)}
        """,
    )
    control = """CASE WHEN lane_assigned = 'red' THEN 1 ELSE 0 END AS physical_control,
               CASE WHEN lane_assigned IN ('red', 'yellow') THEN 1 ELSE 0 END AS control,
               CASE WHEN lane_final <> lane_assigned THEN 1 ELSE 0 END AS rerouted"""
    if rule.quantity in _COUNTED:
        counted = Step(
            "counted",
            "What counts against the limit, and the control that the engine chose.",
            f"""
            SELECT declaration_id, declarant, {_COUNTED[rule.quantity]} AS counted,
               {control}
            FROM covered
            WHERE {_COUNTED[rule.quantity]} IS NOT NULL
            """,
        )
        return Query("threshold_declared", (covered, counted, _ORDERED))
    mass = Step(
        "mass",
        "Net mass of each declaration; without that of an item it is not known.",
        """
        SELECT declaration_id, SUM(net_mass_kg) AS counted
        FROM items
        GROUP BY declaration_id
        HAVING COUNT(net_mass_kg) = COUNT(*)
        """,
    )
    counted = Step(
        "counted",
        "What counts against the limit, and the control that the engine chose.",
        f"""
        SELECT c.declaration_id, c.declarant, m.counted,
               {control}
        FROM covered AS c
        JOIN mass AS m ON m.declaration_id = c.declaration_id
        """,
    )
    return Query("threshold_declared", (covered, mass, counted, _ORDERED))


_ORDERED = Step(
    "ordered",
    "In the same order on every engine.",
    "SELECT declarant, counted, physical_control, control, rerouted FROM counted ORDER BY counted, declaration_id",
)


def from_workspace(path: Path, name: str, outcomes: Sequence[str]) -> tuple[Rule, Declared]:
    """The rule of that name and what was declared around its limit.

    Raises
    ------
    ThresholdError
        As ``rule_named``; an outcome that records do not hold.
    """
    from arusha.records.workspace import Workspace

    unknown = sorted(set(outcomes) - set(OUTCOMES))
    if unknown:
        known = ", ".join(OUTCOMES)
        raise error_of(
            ThresholdError, "threshold-outcome", "threshold-outcome", where="outcomes", name=unknown[0], known=known
        )
    with open_session(Workspace.open(path)) as session:
        rule = rule_named(session, name)
        table = session.run(declared_query(rule))
    value = np.asarray(table.column("counted").to_numpy(zero_copy_only=False), dtype=np.float64)
    made = {k: np.asarray(table.column(k).to_numpy(zero_copy_only=False), dtype=np.float64) for k in outcomes}
    who = np.array([str(v) for v in table.column("declarant").to_pylist()], dtype=np.str_)
    digest = hashlib.sha256(value.tobytes())
    for column in made.values():
        digest.update(column.tobytes())
    digest.update("\n".join(who.tolist()).encode())
    return rule, Declared(value, made, who, 0, digest.hexdigest())
