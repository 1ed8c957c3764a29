"""Every allowed expression gives the same on both engines, and the kinds inferred are those that DuckDB knows.

Floats are compared at a relative 1e-13: the arithmetic is IEEE's on both, so that only the order of eight summands and
the last bits of a logarithm may differ.
"""

from __future__ import annotations

import pytest
from sqlglot import exp

from arusha.engine import Query, Step
from arusha.engine.allowed import ALLOWED, NAMED, name_of, tree_of
from arusha.engine.compile import kinds_of, qualified
from arusha.engine.inferred import Kinds
from arusha.engine.kinds import CASTS, Kind, kind_of_type
from arusha.engine.results import differences

from .cases import AGGREGATES, EXPRESSIONS, ORDERED, QUERIES

CLOSE = 1e-13
GROUPS = {
    "of each lane": "SELECT lane, {} FROM goods GROUP BY lane",
    "of all": "SELECT 1 AS one, {} FROM goods",
    "of none": "SELECT 1 AS one, {} FROM goods WHERE id < 0",
}


def query(sql: str) -> Query:
    return Query("case", (Step("only", "A case.", sql),))


def all_statements() -> list[str]:
    return [
        *(f"SELECT id, {e} AS x FROM goods" for e in EXPRESSIONS),
        *(f"SELECT lane, {a} AS x FROM goods GROUP BY lane" for a in AGGREGATES),
        *QUERIES.values(),
        *ORDERED.values(),
    ]


def wide(template: str, expressions: tuple[str, ...]) -> Query:
    """Many cases as the columns of one statement: Spark takes a quarter of a second for each statement."""
    return query(template.format(", ".join(f"{e} AS x{i}" for i, e in enumerate(expressions))))


@pytest.mark.spark
@pytest.mark.parametrize("start", range(0, len(EXPRESSIONS), 40))
def test_expressions_agree(duck, spark, start):
    some = EXPRESSIONS[start : start + 40]
    compare(duck, spark, "SELECT id, {} FROM goods", some, keys=["id"])


@pytest.mark.spark
@pytest.mark.parametrize("group", GROUPS)
def test_aggregates_agree(duck, spark, group):
    first = "lane" if "lane" in group else "one"
    compare(duck, spark, GROUPS[group], AGGREGATES, keys=[first])


def compare(duck, spark, template, expressions, keys):
    both = wide(template, expressions)
    found = differences(duck.run(both), spark.run(both), keys=keys, relative=CLOSE)
    assert not [f"{expressions[int(f.split(':')[0][1:])]} {f}" if f[0] == "x" else f for f in found]


@pytest.mark.spark
@pytest.mark.parametrize("name", QUERIES)
def test_queries_agree(duck, spark, name):
    case = query(QUERIES[name])
    result = duck.run(case)
    assert result.num_rows > 0
    assert not differences(result, spark.run(case), relative=CLOSE)


@pytest.mark.spark
@pytest.mark.parametrize("name", ORDERED)
def test_orders_agree(duck, spark, name):
    case = query(ORDERED[name])
    assert not differences(duck.run(case), spark.run(case), keys=[], relative=CLOSE)


@pytest.mark.parametrize("sql", all_statements())
def test_kinds_are_those_of_duckdb(duck, sql):
    compiled = duck.compiled(query(sql))
    described = duck._connection.execute(f"DESCRIBE {compiled.duckdb}").fetchall()
    assert [str(row[0]).lower() for row in described] == list(compiled.outputs)
    for (name, duckdb_type, *_), kind in zip(described, compiled.outputs.values(), strict=True):
        known = kind_of_type(duckdb_type)
        # A bare NULL is an integer to DuckDB, and two enums of other values meet as text.
        assert known is kind or kind is Kind.NULL or (kind, known) == (Kind.CODE, Kind.TEXT), (name, duckdb_type)


def test_every_entry_of_the_list_has_a_case():
    used, named = set(), set()
    for sql in all_statements():
        for node in tree_of(Step("s", "", sql), "q").walk():
            used.add(type(node))
            if isinstance(node, exp.Anonymous):
                named.add(name_of(node))
    assert {t.__name__ for t in set(ALLOWED) - used} == set()
    assert named == NAMED


def test_every_cast_has_a_case(duck):
    tables = kinds_of(duck.schema)
    casts = set()
    for sql in all_statements():
        tree = qualified(Step("s", "", sql), "q", tables)
        kinds = Kinds(tree, tables, "")
        for node in tree.find_all(exp.Cast):
            casts.add((kinds.of(node.this), kinds.of(node)))
    assert casts >= CASTS
