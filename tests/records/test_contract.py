"""The contract: complete, consistent in itself, and what the design page says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb
import pytest

from arusha.records.contract import CONTRACT, PERSONS, TYPES, Column, Table

SHARED = Path(os.environ.get("ARUSHA_SHARED", Path(__file__).parents[2] / ".." / "shared"))
DESIGN = SHARED / "design" / "records.md"

TABLES = list(CONTRACT.tables.values())
COLUMNS = [(table, column) for table in TABLES for column in table.columns.values()]


def label(value: object) -> str:
    return value.name if isinstance(value, Table | Column) else str(value)


@pytest.mark.parametrize("table", TABLES, ids=label)
def test_a_key_is_made_of_required_columns(table: Table) -> None:
    assert set(table.key) <= set(table.required)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=label)
def test_a_column_is_well_defined(table: Table, column: Column) -> None:
    assert column.type in TYPES
    assert column.person in ("", *PERSONS)
    assert bool(column.values) == (column.type == "enum")
    assert not column.open_values or column.type == "enum"
    if column.refers:
        other, _, name = column.refers.partition(".")
        assert CONTRACT.tables[other].columns[name].type == column.type
        assert CONTRACT.tables[other].columns[name].person == column.person
    assert set(column.read_by) <= set(table.read_by)


def test_officers_and_users_have_no_other_columns_that_name_them() -> None:
    assert {name for name in CONTRACT.tables["officers"].columns if "name" in name} == set()


def test_only_what_the_design_requires_is_required_of_declarations() -> None:
    assert CONTRACT.tables["declarations"].required == ("declaration_id", "office", "registered_at")


@pytest.mark.parametrize("rule", [r for r in CONTRACT.rules if r.columns], ids=lambda r: f"{r.table}-{r.code}")
def test_a_condition_reads_only_its_columns(rule) -> None:
    table = CONTRACT.tables[rule.table]
    assert set(rule.columns) <= set(table.columns)
    if not rule.condition:
        return
    kinds = {"time": "TIMESTAMP", "date": "DATE", "money": "DECIMAL(18,3)", "quantity": "DOUBLE", "rate": "DOUBLE"}
    types = [
        kinds.get(table.columns[c].type, "BIGINT" if table.columns[c].type == "integer" else "VARCHAR")
        for c in rule.columns
    ]
    nulls = ", ".join(f"CAST(NULL AS {t}) AS {c}" for c, t in zip(rule.columns, types, strict=True))
    answer = duckdb.sql(f"SELECT ({rule.condition}) IS TRUE FROM (SELECT {nulls})").fetchall()
    assert answer == [(False,)], "a row without the values does not break the rule"


def test_a_rule_is_said_once() -> None:
    seen = [(r.code, r.table, r.columns) for r in CONTRACT.rules]
    assert len(seen) == len(set(seen))


def named_columns(section: str) -> set[str]:
    return set(re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", section))


@pytest.mark.skipif(not DESIGN.exists(), reason="the design pages are not beside this checkout (ARUSHA_SHARED)")
def test_every_table_and_column_of_the_design_page_is_in_the_contract() -> None:
    page = DESIGN.read_text(encoding="utf-8")
    contract_part = page.split("# The signals contract")[0]
    body = contract_part[contract_part.index("## declarations") :]
    known = set(CONTRACT.tables) | {column.name for _, column in COLUMNS}
    assert named_columns(body) - known == set()
    rows = re.findall(r"^\| ([a-z_, ]+) \|", body, flags=re.M)
    first = {name.strip() for row in rows for name in row.split(",")} - {"column"}
    assert first <= set(CONTRACT.tables["declarations"].columns)
    assert len(first) == len(CONTRACT.tables["declarations"].columns)
    later = body.split("## Others")[1]
    for name, columns in re.findall(r"([a-z_]+)\s\(([^)]*)\)", later):
        wanted = {re.split(r"[:\s]", c.strip())[0] for c in columns.split(";")[0].split(",")}
        wanted = {c for c in wanted if c in named_columns(columns) or c in known}
        assert name in CONTRACT.tables, name
        assert wanted <= set(CONTRACT.tables[name].columns), name
