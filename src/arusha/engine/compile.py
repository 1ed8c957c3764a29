"""A query held against a schema: what it reads, what it answers, and its text for each engine."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope
from sqlglot.schema import MappingSchema

from arusha.engine.allowed import refuse, tree_of
from arusha.engine.inferred import Kinds
from arusha.engine.kinds import Kind, kind_of_type
from arusha.engine.query import Step, text_of
from arusha.engine.rewrites import for_duckdb, for_spark, orders_codes
from arusha.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from arusha.engine.query import Query


@dataclass(frozen=True)
class Compiled:
    """What is known of a query before it runs.

    Attributes
    ----------
    duckdb, spark
        Its text for each engine. DuckDB's is the author's own, word for word, unless an enum is put in order.
    reads
        Table of the records -> the columns read.
    outputs
        Column of the result -> its kind, in order.
    """

    duckdb: str
    spark: str
    reads: dict[str, frozenset[str]]
    outputs: dict[str, Kind]


def kinds_of(schema: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Kind]]:
    """Table -> column -> kind, all in lower case as names compare without case."""
    return {t.lower(): {c.lower(): kind_of_type(k) for c, k in columns.items()} for t, columns in schema.items()}


def compile_query(query: Query, tables: Mapping[str, Mapping[str, Kind]]) -> Compiled:
    """``query`` against ``tables`` (as ``kinds_of`` gives them).

    Raises
    ------
    QueryError
        It uses what is not on the allow-list, or a table or column that is not there: the message names query, step and
        column, and the nearest names.
    """
    known: dict[str, Mapping[str, Kind]] = dict(tables)
    reads: dict[str, set[str]] = {}
    duck, spark = [], []
    outputs: dict[str, Kind] = {}
    for step in query.steps:
        # The last step stands as the statement itself: no later one can mistake it for a table.
        if step is not query.steps[-1] and step.name.lower() in known:
            raise refuse(f"{step.name} is also a table of the records", query.name, step.name, "Rename the step.")
        tree = qualified(step, query.name, known)
        kinds = Kinds(tree, known, f"query {query.name}, step {step.name}")
        for table, columns in _reads(tree).items():
            if table in tables:
                reads.setdefault(table, set()).update(columns)
        outputs = dict(kinds.outputs)
        known[step.name.lower()] = outputs
        sql = step.sql
        if orders_codes(tree, kinds):
            again = qualified(step, query.name, known)
            sql = for_duckdb(again, Kinds(again, known, ""))
        duck.append(Step(step.name, step.why, sql))
        spark.append(Step(step.name, step.why, for_spark(tree, kinds)))
    return Compiled(
        duckdb=text_of(duck),
        spark=text_of(spark),
        reads={table: frozenset(columns) for table, columns in sorted(reads.items())},
        outputs=outputs,
    )


def columns_read(query: Query, schema: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Table -> columns that ``query`` reads of the records with ``schema`` (table -> column -> DuckDB type)."""
    return compile_query(query, kinds_of(schema)).reads


def qualified(step: Step, query: str, known: Mapping[str, Mapping[str, Kind]]) -> exp.Query:
    tree = tree_of(step, query)
    for table in tree.find_all(exp.Table):
        name = table.name.lower()
        if name not in known:
            raise refuse(f"there is no table {table.name}", query, step.name, _nearest(name, known, "tables"))
    used = {t.name.lower() for t in tree.find_all(exp.Table)}
    schema = MappingSchema({t: dict.fromkeys(known[t], "VARCHAR") for t in used}, dialect="duckdb")
    try:
        # Stars, aliases and USING are written out here, so that the kinds and Spark see plain columns.
        return qualify(tree, schema=schema, dialect="duckdb", quote_identifiers=False, identify=False)
    except OptimizeError as error:
        raise _missing(error, step, query, {t: known[t] for t in used}) from error


def _missing(error: OptimizeError, step: Step, query: str, tables: Mapping[str, Mapping[str, Kind]]) -> QueryError:
    found = re.search(r"[Cc]olumn:? '?\"?(?P<name>\w+)", str(error))
    if found is None:
        return refuse(str(error), query, step.name, "Look at the names in this step.")
    name = found["name"].lower()
    holders = sorted(t for t, columns in tables.items() if name in columns)
    if holders:
        return refuse(
            f"the column {name} could be of several tables",
            query,
            step.name,
            f"Write {holders[0]}.{name} or its alias.",
        )
    columns = sorted({c for columns in tables.values() for c in columns})
    where = ", ".join(sorted(tables))
    return refuse(f"there is no column {name} in {where}", query, step.name, _nearest(name, columns, "columns"))


def _nearest(name: str, names: Iterable[str], what: str) -> str:
    near = difflib.get_close_matches(name, list(names), n=3, cutoff=0.4)
    return f"The nearest {what} are {', '.join(near)}." if near else f"The {what} are {', '.join(sorted(names)[:12])}."


def _reads(tree: exp.Query) -> dict[str, set[str]]:
    reads: dict[str, set[str]] = {t.name.lower(): set() for t in tree.find_all(exp.Table)}
    for scope in traverse_scope(tree):
        for column in scope.columns:
            at: Scope | None = scope
            while at is not None and column.table not in at.sources:
                at = at.parent
            source = at.sources[column.table] if at is not None else None
            if isinstance(source, exp.Table):
                reads[source.name.lower()].add(column.name.lower())
    return reads
