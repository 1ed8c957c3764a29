"""What must be written otherwise so that every engine gives the same numbers.

Each rewrite is here because plain transpiling was seen to fail or to differ; each has cases in
``tests/engine/test_parity.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from arusha.engine.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from arusha.engine.inferred import Kinds


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _cast(value: exp.Expr, to: str) -> exp.Expr:
    return exp.Cast(this=value, to=exp.DataType.build(to, dialect="spark"))


# --- for Spark ------------------------------------------------------------------------------------------------------


def _double(kinds: Kinds, node: exp.Expr) -> exp.Expr:
    return node if kinds.of(node) is Kind.DOUBLE else _cast(node, "DOUBLE")


def _time(kinds: Kinds, node: exp.Expr) -> exp.Expr:
    return node if kinds.of(node) is Kind.TIME else _cast(node, "TIMESTAMP")


def _divide(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    # DuckDB's / is a division of doubles whatever it divides; Spark keeps decimals and cuts their scale.
    return exp.Div(this=_double(kinds, node.this), expression=_double(kinds, node.expression))


def _to_double(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    if kinds.of(node.this) is Kind.DOUBLE:
        return None
    return type(node)(this=_cast(node.this, "DOUBLE"))


def _logarithm(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    # Of a negative number, DuckDB says NaN, which shows in every sum; Spark would say null, which does not.
    value = _double(kinds, node.this)
    negative = exp.LT(this=value.copy(), expression=exp.Literal.number(0))
    return exp.Ln(this=exp.If(this=negative, true=_cast(exp.Literal.string("NaN"), "DOUBLE"), false=value))


def _epoch(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    # UNIX_TIMESTAMP drops the fraction of a second.
    micros = _call("UNIX_MICROS", _time(kinds, node.this))
    return exp.Paren(this=exp.Div(this=_cast(micros, "DOUBLE"), expression=exp.Literal.number("1e6")))


def _epoch_us(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    return _call("UNIX_MICROS", _time(kinds, node.expressions[0]))


def _add(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    left, right = kinds.of(node.this), kinds.of(node.expression)
    minus = isinstance(node, exp.Sub)
    if left is right is Kind.DATE:
        return _call("DATEDIFF", node.this, node.expression)
    if left is Kind.DATE and right is Kind.INTEGER:
        return _call("DATE_SUB" if minus else "DATE_ADD", node.this, _cast(node.expression, "INT"))
    if left is Kind.DATE and right is Kind.SPAN:
        return type(node)(this=_cast(node.this, "TIMESTAMP"), expression=node.expression)
    return None


def _cast_to(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    kind, to = kinds.of(node.this), kinds.of(node)
    if to is Kind.INTEGER and kind is Kind.DOUBLE:
        # DuckDB rounds ties of doubles to even, and those of decimals away from zero; Spark cuts both off.
        return _cast(_call("RINT", node.this), "BIGINT")
    if to is Kind.INTEGER and kind is Kind.DECIMAL:
        return _cast(_call("ROUND", node.this), "BIGINT")
    if to is Kind.TIME:
        return _cast(node.this, "TIMESTAMP")
    return None


def _whole(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    # Spark's FLOOR and CEIL of a double or an integer are integers; DuckDB's are doubles.
    if kinds.of(node) is not Kind.DOUBLE:
        return None
    return _cast(type(node)(this=node.this), "DOUBLE")


def _week(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    return exp.Extract(this=exp.Var(this="WEEK"), expression=node.this)


def _sign(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    return _cast(exp.Sign(this=node.this), "BIGINT")


def _percentile(kinds: Kinds, node: exp.Expr) -> exp.Expr | None:
    # PERCENTILE is exact; sqlglot would write the approximate one.
    (ordered,) = node.expression.expressions
    return _call("PERCENTILE", ordered.this, node.this.this)


_SPARK: dict[type[exp.Expr], Callable[[Kinds, exp.Expr], exp.Expr | None]] = {
    exp.Div: _divide,
    **dict.fromkeys(
        (exp.Avg, exp.Exp, exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop), _to_double
    ),
    exp.Ln: _logarithm,
    exp.TimeToUnix: _epoch,
    exp.Anonymous: _epoch_us,
    exp.Add: _add,
    exp.Sub: _add,
    exp.Cast: _cast_to,
    exp.Floor: _whole,
    exp.Ceil: _whole,
    exp.Sign: _sign,
    exp.Week: _week,
    exp.WithinGroup: _percentile,
}


def for_spark(tree: exp.Query, kinds: Kinds) -> str:
    """The Spark SQL of a qualified step. ``tree`` is used up."""
    _apply(tree, kinds, _SPARK)
    return tree.sql(dialect="spark", pretty=True)


# --- for DuckDB -----------------------------------------------------------------------------------------------------


def _ordered_code(kinds: Kinds, node: exp.Expr) -> bool:
    """Whether ``node`` puts codes in order: DuckDB would go by their place in the enum, not by their letters.

    Beside a text, DuckDB takes the code as text too.
    """
    return bool(_values(node)) and all(_is_code(kinds, value) for value in _values(node))


def _values(node: exp.Expr) -> list[exp.Expr]:
    return [v for v in (*node.args.values(), *(node.args.get("expressions") or [])) if isinstance(v, exp.Expr)]


def _is_code(kinds: Kinds, node: exp.Expr) -> bool:
    return kinds.knows(node) and kinds.of(node) is Kind.CODE


_ORDERS = (exp.Ordered, exp.Min, exp.Max, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.Greatest, exp.Least)


def orders_codes(tree: exp.Query, kinds: Kinds) -> bool:
    """Whether a step puts an enum in order, which DuckDB would do by position."""
    return any(_ordered_code(kinds, node) for node in tree.find_all(*_ORDERS))


def for_duckdb(tree: exp.Query, kinds: Kinds) -> str:
    """The DuckDB SQL of a qualified step that orders codes. ``tree`` is used up."""
    coded = [node for node in tree.find_all(*_ORDERS) if _ordered_code(kinds, node)]
    for value in [value for node in coded for value in _values(node)]:
        place = exp.Null()
        value.replace(place)
        place.replace(exp.Cast(this=value, to=exp.DataType.build("VARCHAR")))
    for node in list(tree.find_all(exp.WithinGroup)):
        (ordered,) = node.expression.expressions
        node.replace(_call("QUANTILE_CONT", ordered.this, node.this.this))
    return tree.sql(dialect="duckdb", pretty=True)


def _apply(
    tree: exp.Query, kinds: Kinds, rules: dict[type[exp.Expr], Callable[[Kinds, exp.Expr], exp.Expr | None]]
) -> None:
    # Parents first: a rule asks the kinds of its node's children, which later rules replace.
    for node in list(tree.walk()):
        rule = rules.get(type(node))
        if rule is None or not kinds.knows(node):
            continue
        new = rule(kinds, node)
        if new is not None:
            node.replace(new)
