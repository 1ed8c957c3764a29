"""What a construct on the list must fulfil besides: the ways of writing it that give the same answer everywhere.

Each condition looks at one node and answers with the problem and the remedy, or with nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = frozenset(
    {
        exp.DataType.Type.BIGINT,
        exp.DataType.Type.DOUBLE,
        exp.DataType.Type.DECIMAL,
        exp.DataType.Type.VARCHAR,
        exp.DataType.Type.TEXT,
        exp.DataType.Type.BOOLEAN,
        exp.DataType.Type.DATE,
        exp.DataType.Type.TIMESTAMP,
        exp.DataType.Type.TIMESTAMPNTZ,
    }
)
"""What a value may be cast to; from which kinds, ``arusha.engine.kinds`` knows."""

PARTS = frozenset({"YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE"})
"""What ``DATE_TRUNC`` may cut to, ``EXTRACT`` take out, and an interval count."""


Problem = tuple[str, str] | None


def _number(node: exp.Expr | None) -> float | None:
    if isinstance(node, exp.Paren):
        return _number(node.this)
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    if isinstance(node, exp.Literal) and not node.is_string:
        return float(node.this)
    return None


def not_zero(node: exp.Expr | None) -> bool:
    """Whether an expression is never zero by how it is written."""
    if isinstance(node, exp.Paren | exp.Cast):
        return not_zero(node.this)
    if isinstance(node, exp.Mul | exp.Div):
        return not_zero(node.this) and not_zero(node.expression)
    if isinstance(node, exp.Nullif):
        return _number(node.expression) == 0
    if isinstance(node, exp.Greatest):
        return any((_number(n) or 0) > 0 for n in (node.this, *node.expressions))
    if isinstance(node, exp.Exp):
        return True
    return (_number(node) or 0) != 0


def _divide(node: exp.Expr) -> Problem:
    if not_zero(node.expression):
        return None
    return (
        f"{node.sql('duckdb')} may divide by zero, which is infinity on one engine and an error on another",
        f"Write NULLIF({node.expression.sql('duckdb')}, 0) as the divisor.",
    )


def _logarithm(node: exp.Expr) -> Problem:
    if not_zero(node.this) or isinstance(node.this, exp.Case):
        return None
    inner = node.this.sql("duckdb")
    return f"LN({inner}) may take the logarithm of zero", f"Write LN(NULLIF({inner}, 0))."


def _literal(part: str, what: str, test: Callable[[float], bool]) -> Callable[[exp.Expr], Problem]:
    def rule(node: exp.Expr) -> Problem:
        value = node.args.get(part)
        number = _number(value)
        if value is None or (number is not None and test(number)):
            return None
        return f"{node.sql('duckdb')} needs {what}", f"Write {what} as a number."

    return rule


def _text_literal(part: str, *, empty: bool = True) -> Callable[[exp.Expr], Problem]:
    def rule(node: exp.Expr) -> Problem:
        value = node.args.get(part)
        if isinstance(value, exp.Literal) and value.is_string and "\\" not in value.this and (empty or value.this):
            return None
        return f"{node.sql('duckdb')} needs a fixed text without a backslash", "Write the text in quotes."

    return rule


def _part(part: str) -> Callable[[exp.Expr], Problem]:
    def rule(node: exp.Expr) -> Problem:
        unit = node.args.get(part)
        name = str(getattr(unit, "this", "")).upper()
        if name in PARTS:
            return None
        return (
            f"{name or 'no unit'} in {node.sql('duckdb')} is not known to agree",
            f"Use one of {', '.join(sorted(PARTS))}.",
        )

    return rule


def _interval(node: exp.Expr) -> Problem:
    problem = _part("unit")(node)
    if str(getattr(node.args.get("unit"), "this", "")).upper() == "QUARTER":
        return f"{node.sql('duckdb')} is not known to agree", "Write INTERVAL 3 MONTH."
    value = node.this
    if problem is None and not (isinstance(value, exp.Literal) and str(value.this).isdigit()):
        return (
            f"{node.sql('duckdb')} counts by an expression",
            "Add whole days to a date as day + n, or write a fixed number.",
        )
    return problem


def _in(node: exp.Expr) -> Problem:
    if node.args.get("query") is None:
        return None
    above = node.parent
    while isinstance(above, exp.And | exp.Paren):
        above = above.parent
    if isinstance(above, exp.Where):
        return None
    return (
        f"{node.sql('duckdb')} is null on one engine and false on another where the subquery holds a null",
        "Use SEMI JOIN, ANTI JOIN or EXISTS.",
    )


def _join(node: exp.Expr) -> Problem:
    kind, side = str(node.args.get("kind") or ""), str(node.args.get("side") or "")
    if kind in ("", "INNER", "OUTER", "CROSS", "SEMI", "ANTI") and side in ("", "LEFT", "RIGHT", "FULL"):
        return None
    return f"{side} {kind} JOIN is not known to agree", "Use INNER, LEFT, RIGHT, FULL, CROSS, SEMI or ANTI JOIN."


def _limit(node: exp.Expr) -> Problem:
    if _number(node.expression) is None:
        return "LIMIT needs a fixed number", "Write the number."
    if node.parent is None or node.parent.args.get("order") is None:
        return "LIMIT without ORDER BY keeps other rows on every run", "Add ORDER BY over a complete key."
    return None


def _name(node: exp.Expr) -> str:
    return node.sql_name() if isinstance(node, exp.Func) else type(node).key.upper()


def _numbering(node: exp.Expr) -> Problem:
    over = node.parent
    if isinstance(over, exp.Window) and (over.args.get("order") is not None or over.args.get("alias") is not None):
        return None
    return f"{_name(node)} needs an order", f"Write {_name(node)}() OVER (ORDER BY a complete key)."


def _window(node: exp.Expr) -> Problem:
    spec = node.args.get("spec")
    if spec is not None and str(spec.args.get("kind")).upper() != "ROWS":
        return f"{node.sql('duckdb')} has a frame that is not known to agree", "Write the frame as ROWS BETWEEN."
    return None


def _percentile(node: exp.Expr) -> Problem:
    share = _number(node.this.this) if isinstance(node.this, exp.PercentileCont) else None
    if share is None or not 0 <= share <= 1 or not isinstance(node.expression, exp.Order):
        return (
            f"{node.sql('duckdb')} is not known to agree",
            "Write PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) with a fixed share.",
        )
    if any(o.args.get("desc") for o in node.expression.expressions):
        return "a percentile in descending order is not known to agree", "Order ascending and take 1 - p."
    return None


def _quantile(node: exp.Expr) -> Problem:
    if isinstance(node.parent, exp.WithinGroup):
        return None
    return "QUANTILE_CONT is not known to agree", "Write PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x)."


def _cast(node: exp.Expr) -> Problem:
    to = node.args["to"]
    if to.this in TYPES:
        return None
    return (
        f"CAST to {to.sql('duckdb')} is not known to agree",
        "Cast to BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR, BOOLEAN, DATE or TIMESTAMP.",
    )


def _tuple(node: exp.Expr) -> Problem:
    if isinstance(node.parent, exp.Values | exp.GroupingSets):
        return None
    return f"{node.sql('duckdb')} compares several columns at once", "Compare them one by one with AND, or join."


def _count(node: exp.Expr) -> Problem:
    inner = node.this
    if inner is None:
        return "COUNT() is not known to agree", "Write COUNT(*)."
    if isinstance(inner, exp.Distinct) and len(inner.expressions) != 1:
        return "COUNT(DISTINCT a, b) skips nulls on one engine only", "Count the rows of a step that is DISTINCT."
    return None


def _ordered(node: exp.Expr) -> Problem:
    if isinstance(node.this, exp.Var) or (isinstance(node.this, exp.Column) and node.this.name.upper() == "ALL"):
        return "ORDER BY ALL is not known to agree", "Name the columns."
    return None


def _distinct(node: exp.Expr) -> Problem:
    if isinstance(node.parent, exp.Select | exp.Count):
        return None
    return "DISTINCT here is not known to agree", "Make a step with SELECT DISTINCT."


CONDITIONS: dict[type[exp.Expr], Callable[[exp.Expr], Problem]] = {
    exp.Div: _divide,
    exp.IntDiv: _divide,
    exp.Mod: _divide,
    exp.Ln: _logarithm,
    exp.Substring: lambda n: (
        _literal("start", "a start of 1 or more", lambda v: v >= 1)(n)
        or _literal("length", "a fixed length", lambda v: v >= 0)(n)
    ),
    exp.Left: _literal("expression", "a fixed length", lambda v: v >= 0),
    exp.Round: _literal("decimals", "a fixed number of digits", lambda v: v >= 0),
    exp.Pad: lambda n: (
        _literal("expression", "a fixed length", lambda v: v >= 0)(n) or _text_literal("fill_pattern", empty=False)(n)
    ),
    exp.Like: _text_literal("expression"),
    exp.StartsWith: _text_literal("expression"),
    exp.Contains: _text_literal("expression"),
    exp.StrPosition: _text_literal("substr", empty=False),
    exp.Replace: _text_literal("expression", empty=False),
    exp.TimestampTrunc: _part("unit"),
    exp.Extract: _part("this"),
    exp.Interval: _interval,
    exp.In: _in,
    exp.Join: _join,
    exp.Limit: _limit,
    exp.RowNumber: _numbering,
    exp.Rank: _numbering,
    exp.DenseRank: _numbering,
    exp.Lag: _numbering,
    exp.Lead: _numbering,
    exp.Window: _window,
    exp.WithinGroup: _percentile,
    exp.PercentileCont: _quantile,
    exp.Cast: _cast,
    exp.Tuple: _tuple,
    exp.Count: _count,
    exp.Distinct: _distinct,
    exp.Ordered: _ordered,
}
