"""The checks of a single row, in SQL: why it is set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from arusha.records import sql
from arusha.records.contract import CONTRACT, Table
from arusha.records.expressions import MULTIPLE, REFUSED, Compiled, number_text
from arusha.records.mapping import SourceTable
from arusha.records.values import NUMBER

UNREADABLE = {
    "money": "unreadable-number",
    "quantity": "unreadable-number",
    "rate": "unreadable-number",
    "integer": "unreadable-number",
    "time": "unreadable-time",
    "date": "unreadable-date",
    "boolean": "unreadable-boolean",
    "clock": "unreadable-time",
}


@dataclass(frozen=True)
class Fault:
    """A reason to set a row aside: its code, the contract's column, and the SQL that is true for a bad row."""

    code: str
    column: str
    test: str


def faults_of(table: Table, columns: Mapping[str, Compiled], source: SourceTable) -> list[Fault]:
    """The row checks in their order: the first that applies is the reason."""
    faults = [Fault("unreadable-line", "", "unreadable IS NOT NULL")]
    faults.append(Fault("excluded", "", "excluded IS NOT NULL"))
    key = [k for k in table.key if k in columns]
    for name in key[:1]:
        compiled = columns[name]
        if len(compiled.reads) == 1 and compiled.reads[0][1] in source.columns:
            names = source.columns[compiled.reads[0][1]].names
            faults.append(Fault("repeated-header", name, f"{sql.name('raw:' + name)} IN ({sql.texts(names)})"))
    for name, compiled in columns.items():
        raw, value, column = sql.name("raw:" + name), sql.name(name), table.columns[name]
        if compiled.undecided:
            faults.append(Fault("contradiction", name, f"starts_with({raw}, {sql.text(MULTIPLE)})"))
            faults.append(Fault("unknown-value", name, f"starts_with({raw}, {sql.text(REFUSED)})"))
        if column.type == "money":
            number = number_text(Compiled(raw, reading=compiled.reading))
            faults.append(
                Fault(
                    "too-many-decimals",
                    name,
                    f"{value} IS NULL AND regexp_full_match({number}, {sql.text(NUMBER)}) "
                    f"AND abs(TRY_CAST({number} AS DOUBLE)) < 1e15",
                )
            )
        if column.type in UNREADABLE:
            faults.append(Fault(UNREADABLE[column.type], name, f"{value} IS NULL AND {raw} IS NOT NULL"))
        if column.type == "enum" and not column.open_values:
            faults.append(Fault("unknown-value", name, f"{value} NOT IN ({sql.texts(column.values)})"))
    faults += [Fault("missing-key", k, f"{sql.name('raw:' + k)} IS NULL") for k in key]
    faults += [
        Fault("missing-required", c, f"{sql.name('raw:' + c)} IS NULL")
        for c in table.required
        if c not in key and c in columns
    ]
    for rule in CONTRACT.rules_of(table.name):
        for part in re.split(r"\s+OR\s+", rule.condition) if rule.condition else ():
            named = [c for c in rule.columns if re.search(rf"\b{re.escape(c)}\b", part)]
            if all(c in columns for c in named):
                faults.append(Fault(rule.code, named[-1], _by_day(part, tuple(named), table)))
    return faults


def _by_day(condition: str, columns: tuple[str, ...], table: Table) -> str:
    """The condition over the typed columns; times by day where either has only its day."""
    times = [c for c in columns if table.columns[c].type == "time"]
    if len(times) < 2:
        return condition
    day_only = " OR ".join(f"COALESCE({sql.name('day:' + c)}, FALSE)" for c in times)
    for name in times:
        by_day = f"(CASE WHEN {day_only} THEN date_trunc('day', {sql.name('local:' + name)}) ELSE {sql.name(name)} END)"
        condition = re.sub(rf"(?<![\w:\"]){re.escape(name)}(?![\w\"])", _put(by_day), condition)
    return condition


def _put(text: str) -> Callable[[re.Match[str]], str]:
    """A replacement taken word for word, backslashes and all."""
    return lambda _match: text
