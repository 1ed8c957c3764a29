"""What a query may be written with: nothing that no test has run on every engine.

Bare transpiling is not safe: of 114 expressions tried, 14 gave other numbers without a word. So the list below is
closed, and ``tests/engine/test_parity.py`` fails where an entry has no case that ran on both engines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from arusha.engine.conditions import CONDITIONS
from arusha.errors import QueryError

if TYPE_CHECKING:
    from arusha.engine.query import Query, Step


def _parts(names: str) -> frozenset[str]:
    return frozenset(names.split())


# --- shape: node -> the parts of it that may be filled -------------------------------------------------------------

SHAPE: dict[type[exp.Expr], frozenset[str]] = {
    exp.Select: _parts("expressions distinct from_ joins where group having qualify windows order limit"),
    exp.Union: _parts("this expression distinct order limit"),
    exp.Intersect: _parts("this expression distinct order limit"),
    exp.Except: _parts("this expression distinct order limit"),
    exp.Subquery: _parts("this alias"),
    exp.Values: _parts("expressions alias"),
    exp.Tuple: frozenset({"expressions"}),
    exp.From: frozenset({"this"}),
    exp.Table: _parts("this alias"),
    exp.TableAlias: _parts("this columns"),
    exp.Join: _parts("this on side kind using"),
    exp.Where: frozenset({"this"}),
    exp.Group: _parts("expressions all grouping_sets"),
    exp.GroupingSets: frozenset({"expressions"}),
    exp.Having: frozenset({"this"}),
    exp.Qualify: frozenset({"this"}),
    exp.Order: frozenset({"expressions"}),
    exp.Ordered: _parts("this desc nulls_first"),
    exp.Limit: frozenset({"expression"}),
    exp.Distinct: frozenset({"expressions"}),
    exp.Star: _parts("except_ replace"),
    exp.Window: _parts("this partition_by order spec over alias first"),
    exp.WindowSpec: _parts("kind start start_side end end_side"),
    exp.Column: _parts("this table"),
    exp.Identifier: _parts("this quoted"),
    exp.Alias: _parts("this alias"),
    exp.Paren: frozenset({"this"}),
    exp.Literal: _parts("this is_string"),
    exp.Boolean: frozenset({"this"}),
    exp.Null: frozenset(),
    exp.Interval: _parts("this unit"),
    exp.Var: frozenset({"this"}),
    exp.DataType: _parts("this expressions nested"),
    exp.DataTypeParam: frozenset({"this"}),
}
"""Clauses, names and literals."""

_TWO = _parts("this expression")
_ONE = frozenset({"this"})

OPERATORS: dict[type[exp.Expr], frozenset[str]] = {
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Mod), _TWO),
    exp.Div: _parts("this expression typed safe"),
    exp.Neg: _ONE,
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), _TWO),
    **dict.fromkeys((exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is, exp.And, exp.Or), _TWO),
    exp.Not: _ONE,
    exp.Between: _parts("this low high"),
    exp.In: _parts("this expressions query"),
    exp.Exists: _ONE,
    exp.Like: _parts("this expression negate"),
    exp.DPipe: _parts("this expression safe"),
    exp.Case: _parts("ifs default"),
    exp.If: _parts("this true false"),
    exp.Cast: _parts("this to"),
}

FUNCTIONS: dict[type[exp.Expr], frozenset[str]] = {
    # numbers
    exp.Abs: _ONE,
    exp.Sign: _ONE,
    exp.Floor: _ONE,
    exp.Ceil: _ONE,
    exp.Round: _parts("this decimals"),
    exp.Ln: _ONE,
    exp.Exp: _ONE,
    exp.Greatest: _parts("this expressions ignore_nulls"),
    exp.Least: _parts("this expressions ignore_nulls"),
    exp.Coalesce: _parts("this expressions"),
    exp.Nullif: _TWO,
    # text
    exp.Substring: _parts("this start length"),
    exp.Left: _TWO,
    exp.Length: _ONE,
    exp.Upper: _ONE,
    exp.Lower: _ONE,
    exp.Trim: _ONE,
    exp.StartsWith: _TWO,
    exp.Contains: _TWO,
    exp.StrPosition: _parts("this substr"),
    exp.Replace: _parts("this expression replacement"),
    exp.Pad: _parts("this expression fill_pattern is_left"),
    exp.MD5: _ONE,
    # times
    exp.TimestampTrunc: _parts("this unit input_type_preserved"),
    exp.Extract: _parts("this expression"),
    **dict.fromkeys((exp.Year, exp.Quarter, exp.Month, exp.Day, exp.Hour, exp.Minute, exp.Week), _ONE),
    exp.TimeToUnix: _ONE,
    # aggregates
    exp.Count: _parts("this big_int"),
    **dict.fromkeys((exp.Sum, exp.Avg, exp.Min, exp.Max, exp.LogicalOr, exp.LogicalAnd), _ONE),
    **dict.fromkeys((exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop), _ONE),
    exp.Filter: _TWO,
    exp.WithinGroup: _TWO,
    exp.PercentileCont: _TWO,
    # over windows
    **dict.fromkeys((exp.RowNumber, exp.Rank, exp.DenseRank), frozenset()),
    exp.Lag: _parts("this offset default"),
    exp.Lead: _parts("this offset default"),
    exp.FirstValue: _ONE,
    exp.LastValue: _ONE,
    exp.IgnoreNulls: _ONE,
}

NAMED = frozenset({"EPOCH_US"})
"""Functions that the parser knows by name only."""

ALLOWED = SHAPE | OPERATORS | FUNCTIONS

_REMEDIES: dict[str, str] = {
    "APPROX_DISTINCT": "Write COUNT(DISTINCT x).",
    "ANY_VALUE": "Write MIN(x): any value is another one on another engine.",
    "ARG_MAX": "Number the rows with ROW_NUMBER() over a complete order, then keep row 1: ties differ otherwise.",
    "ARG_MIN": "Number the rows with ROW_NUMBER() over a complete order, then keep row 1: ties differ otherwise.",
    "ARRAY_AGG": "Keep the rows: lists have no order that both engines share.",
    "COUNT_IF": "Write COUNT(*) FILTER (WHERE x): of no rows, COUNT_IF is null on one engine and 0 on another.",
    "CONCAT": "Write a || b, with COALESCE where a part may be missing.",
    "DATEDIFF": "Write EPOCH(later) - EPOCH(earlier) for seconds, or later - earlier between two dates for days.",
    "DAY_OF_WEEK": "Join the calendar, or count days from a Monday: (day - DATE '2024-01-01') % 7.",
    "DAYOFWEEK_ISO": "Join the calendar, or count days from a Monday: (day - DATE '2024-01-01') % 7.",
    "ILIKE": "Write LOWER(x) LIKE 'pattern'.",
    "LOG": "Write LN(x): LOG has another base on another engine.",
    "MEDIAN": "Write PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x).",
    "QUANTILE": "Write PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x).",
    "RAND": "Nothing random runs in a query: draw in Python, from the plan's seed.",
    "TRY_CAST": "The load has made the types; cast with CAST.",
    "WITH": "Make it a step of its own: a query is named steps.",
}


def refuse(what: str, query: str, step: str, remedy: str = "") -> QueryError:
    """The error for something that a query may not do."""
    return QueryError(what, where=f"query {query}, step {step}", remedy=remedy)


def name_of(node: exp.Expr) -> str:
    """A node as the author of the query would name it."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).upper()
    if isinstance(node, exp.Func):
        return node.sql_name()
    return type(node).key.upper()


@lru_cache(maxsize=1024)
def _parsed(sql: str) -> exp.Expr:
    trees = [tree for tree in parse(sql, read="duckdb") if tree is not None]
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise SqlglotError("a step is one SELECT")
    return trees[0]


def tree_of(step: Step, query: str) -> exp.Query:
    """The syntax tree of a step, a copy that may be changed; errors name ``query``."""
    try:
        tree = _parsed(step.sql.strip()).copy()
    except SqlglotError as error:
        raise refuse(
            f"the SQL cannot be read: {error}", query, step.name, "Write one SELECT in DuckDB's SQL."
        ) from error
    assert isinstance(tree, exp.Query)
    return tree


def check(query: Query) -> None:
    """Raise QueryError where ``query`` uses anything that is not on the list, naming it and the remedy."""
    if not query.steps:
        raise QueryError("a query needs a step", where=f"query {query.name}", remedy="Add a Step.")
    seen: set[str] = set()
    for step in query.steps:
        if not step.name.isidentifier() or step.name.lower() in seen:
            raise refuse(
                "the step's name is used twice or is not a plain name", query.name, step.name, "Rename the step."
            )
        seen.add(step.name.lower())
        _check_step(step, query.name)


def _check_step(step: Step, query: str) -> None:
    tree = tree_of(step, query)
    for node in tree.walk():
        _check_node(node, query, step.name)
    _check_outputs(tree, query, step.name)


def _check_node(node: exp.Expr, query: str, step: str) -> None:
    if isinstance(node, exp.Anonymous):
        if name_of(node) not in NAMED:
            raise _unknown(node, query, step)
        return
    parts = ALLOWED.get(type(node))
    if parts is None:
        raise _unknown(node, query, step)
    for part, value in node.args.items():
        if part not in parts and value not in (None, False, []):
            raise refuse(
                f"{part.rstrip('_').upper()} of {name_of(node)} is not on the list of what agrees on every engine",
                query,
                step,
                _REMEDIES.get(part.rstrip("_").upper(), "Write it another way, or add a parity test and list it."),
            )
    rule = CONDITIONS.get(type(node))
    if rule is not None:
        problem = rule(node)
        if problem is not None:
            raise refuse(problem[0], query, step, problem[1])


def _unknown(node: exp.Expr, query: str, step: str) -> QueryError:
    name = name_of(node)
    return refuse(
        f"{name} is not on the list of what agrees on every engine",
        query,
        step,
        _REMEDIES.get(name, "Write it with what docs/engine.md lists, or add a parity test and list it."),
    )


def _check_outputs(tree: exp.Query, query: str, step: str) -> None:
    names = []
    for column in tree.selects:
        if isinstance(column, exp.Star) or (isinstance(column, exp.Column) and isinstance(column.this, exp.Star)):
            continue
        if not isinstance(column, exp.Alias | exp.Column):
            raise refuse(f"the column {column.sql('duckdb')} has no name", query, step, "Write AS and a name after it.")
        names.append(column.alias_or_name.lower())
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise refuse(f"two columns are named {twice[0]}", query, step, "Rename one with AS.")
