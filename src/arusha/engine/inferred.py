"""The kind of every value in a query, so that a rewrite knows a decimal from a double.

The same cast or division means other things for other types, and engines differ exactly there. The kinds are inferred
on the qualified tree, by DuckDB's rules; ``tests/engine/test_parity.py`` holds them against what DuckDB itself says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from arusha.engine.kinds import CASTS, DAYS, NUMBERS, TEXTS, Kind
from arusha.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_TARGETS = {
    exp.DataType.Type.BIGINT: Kind.INTEGER,
    exp.DataType.Type.DOUBLE: Kind.DOUBLE,
    exp.DataType.Type.DECIMAL: Kind.DECIMAL,
    exp.DataType.Type.VARCHAR: Kind.TEXT,
    exp.DataType.Type.TEXT: Kind.TEXT,
    exp.DataType.Type.BOOLEAN: Kind.BOOLEAN,
    exp.DataType.Type.DATE: Kind.DATE,
    exp.DataType.Type.TIMESTAMP: Kind.TIME,
    exp.DataType.Type.TIMESTAMPNTZ: Kind.TIME,
}


class Kinds:
    """The kinds of one qualified step: ``of(node)`` for any value in it, ``outputs`` for its columns in order.

    Raises
    ------
    QueryError
        Kinds that engines do not treat alike meet: text compared with a number, a cast without a parity case.
    """

    def __init__(self, tree: exp.Query, tables: Mapping[str, Mapping[str, Kind]], where: str) -> None:
        self._tables = tables
        self._where = where
        self._known: dict[int, Kind] = {}
        self._scopes: dict[int, dict[str, Kind]] = {}
        self._scope: Scope | None = None
        self._current: dict[str, Kind] = {}
        self.outputs: dict[str, Kind] = {}
        for scope in traverse_scope(tree):
            self.outputs = self._read(scope)

    def of(self, node: exp.Expr) -> Kind:
        """The kind of a value that the tree holds."""
        return self._known[id(node)]

    def knows(self, node: exp.Expr) -> bool:
        return id(node) in self._known

    # --- scopes ---------------------------------------------------------------------------------------------------

    def _read(self, scope: Scope) -> dict[str, Kind]:
        query = scope.expression
        self._scope, self._current = scope, {}
        if isinstance(query, exp.Select):
            for column in query.selects:
                self._current[column.alias_or_name] = self._infer(column)
            for key, part in query.args.items():
                if key != "expressions":
                    self._infer_all(part)
        elif isinstance(query, exp.SetOperation):
            left, right = self._output_of(query.left), self._output_of(query.right)
            pairs = zip(left.items(), right.values(), strict=False)
            self._current = {name: self._common((a, b), query) for (name, a), b in pairs}
            self._infer_all(query.args.get("order"))
        elif isinstance(query, exp.Values):
            rows = [[self._infer(value) for value in row.expressions] for row in query.expressions]
            names = [c.name for c in query.args["alias"].args.get("columns") or []] if query.args.get("alias") else []
            self._current = {n: self._common(kinds, query) for n, *kinds in zip(names, *rows, strict=False)}
        self._scopes[id(query)] = self._current
        return self._current

    def _output_of(self, query: exp.Expr) -> dict[str, Kind]:
        while isinstance(query, exp.Subquery):
            query = query.this
        return self._scopes.get(id(query), {})

    def _infer_all(self, part: object) -> None:
        """Infer every outermost value under a clause; subqueries have scopes of their own."""
        if isinstance(part, list):
            for each in part:
                self._infer_all(each)
        elif isinstance(part, exp.Query) or not isinstance(part, exp.Expr):
            return
        elif type(part) in _RULES:
            self._infer(part)
        else:
            for value in part.args.values():
                self._infer_all(value)

    def _column(self, node: exp.Column) -> Kind:
        if not node.table:
            return self._current.get(node.name, Kind.NULL)
        scope = self._scope
        while scope is not None:
            source = scope.sources.get(node.table)
            if isinstance(source, Scope):
                return self._scopes.get(id(source.expression), {}).get(node.name, Kind.NULL)
            if source is not None:
                return self._tables.get(source.name, {}).get(node.name, Kind.NULL)
            scope = scope.parent
        return Kind.NULL

    # --- values ---------------------------------------------------------------------------------------------------

    def _infer(self, node: exp.Expr) -> Kind:
        rule = _RULES.get(type(node))
        if rule is None:
            raise self._refuse(f"{type(node).key.upper()} stands where a value should", "Write it another way.")
        kind = rule(self, node)
        if kind is Kind.OTHER:
            raise self._refuse(f"{node.sql('duckdb')} is {kind.value}", "Leave the column out.")
        self._known[id(node)] = kind
        return kind

    def _refuse(self, problem: str, remedy: str) -> QueryError:
        return QueryError(problem, where=self._where, remedy=remedy)

    def _common(self, kinds: Iterable[Kind], node: exp.Expr) -> Kind:
        """The kind that values of several kinds are brought to."""
        found = {k for k in kinds if k is not Kind.NULL}
        if len(found) <= 1:
            return found.pop() if found else Kind.NULL
        if found <= NUMBERS:
            return Kind.DOUBLE if Kind.DOUBLE in found else Kind.DECIMAL
        if found <= TEXTS:
            return Kind.TEXT
        if found <= DAYS:
            return Kind.TIME
        mixed = " with ".join(sorted(k.value for k in found))
        raise self._refuse(f"{node.sql('duckdb')} mixes {mixed}", "Cast one of them, or write DATE '...' for a date.")

    def _need(self, node: exp.Expr, allowed: set[Kind], remedy: str) -> Kind:
        kind = self._infer(node)
        if kind not in allowed and kind is not Kind.NULL:
            raise self._refuse(
                f"{node.parent.sql('duckdb') if node.parent else ''}: an argument is {kind.value}", remedy
            )
        return kind

    def _same(self, node: exp.Expr) -> Kind:
        return self._infer(node.this)

    def _arithmetic(self, node: exp.Expr) -> Kind:
        left, right = self._infer(node.this), self._infer(node.expression)
        if left in NUMBERS and right in NUMBERS:
            return self._common((left, right), node)
        if isinstance(node, exp.Add | exp.Sub):
            if left in (Kind.DATE, Kind.TIME) and right is Kind.SPAN:
                return Kind.TIME
            if left is Kind.DATE and right is Kind.INTEGER:
                return Kind.DATE
            if isinstance(node, exp.Sub) and left is right is Kind.DATE:
                return Kind.INTEGER
        raise self._refuse(
            f"{node.sql('duckdb')} reckons with {left.value} and {right.value}",
            "Write durations as EPOCH(later) - EPOCH(earlier); count truth values with COUNT(*) FILTER (WHERE x).",
        )

    def _divide(self, node: exp.Expr) -> Kind:
        for side in (node.this, node.expression):
            self._need(side, NUMBERS, "Divide numbers.")
        return Kind.DOUBLE

    def _integers(self, node: exp.Expr) -> Kind:
        for side in (node.this, node.expression):
            self._need(side, {Kind.INTEGER}, "Cast to BIGINT first: // and % of fractions differ between engines.")
        return Kind.INTEGER

    def _compare(self, node: exp.Expr) -> Kind:
        values = [v for k, v in node.args.items() if isinstance(v, exp.Expr) and k != "query"]
        values += node.args.get("expressions") or []
        kinds = [self._infer(v) for v in values]
        inner = node.args.get("query")
        if inner is not None:
            kinds += list(self._output_of(inner).values())
        self._common(kinds, node)
        return Kind.BOOLEAN

    def _truth(self, node: exp.Expr) -> Kind:
        for value in node.args.values():
            if isinstance(value, exp.Expr):
                self._need(value, {Kind.BOOLEAN}, "Write a condition.")
        return Kind.BOOLEAN

    def _exists(self, node: exp.Expr) -> Kind:
        return Kind.BOOLEAN

    def _case(self, node: exp.Expr) -> Kind:
        branches = node.args.get("ifs") or [node]
        kinds = []
        for branch in branches:
            self._need(branch.this, {Kind.BOOLEAN}, "Write a condition after WHEN.")
            kinds.append(self._infer(branch.args["true"]))
        other = node.args.get("default") or node.args.get("false")
        if other is not None:
            kinds.append(self._infer(other))
        return self._common(kinds, node)

    def _merge(self, node: exp.Expr) -> Kind:
        values = [node.this, *(node.args.get("expressions") or [])]
        return self._common([self._infer(v) for v in values], node)

    def _extreme(self, node: exp.Expr) -> Kind:
        # A code is compared by its letters, and comes back as text.
        kind = self._merge(node)
        return Kind.TEXT if kind is Kind.CODE else kind

    def _nullif(self, node: exp.Expr) -> Kind:
        kind = self._infer(node.this)
        self._common((kind, self._infer(node.expression)), node)
        return kind

    def _cast(self, node: exp.Expr) -> Kind:
        to = _TARGETS[node.args["to"].this]
        kind = self._infer(node.this)
        fixed_time = isinstance(node.this, exp.Literal) and node.this.is_string and to in (Kind.DATE, Kind.TIME)
        if kind is not Kind.NULL and not fixed_time and (kind, to) not in CASTS:
            raise self._refuse(
                f"{node.sql('duckdb')} casts {kind.value} to {to.value}, which no parity test covers",
                "Cast earlier, in the mapping, or compare in the column's own type.",
            )
        return to

    def _literal(self, node: exp.Expr) -> Kind:
        if node.is_string:
            return Kind.TEXT
        text = str(node.this).lower()
        return Kind.DOUBLE if "e" in text else Kind.DECIMAL if "." in text else Kind.INTEGER

    def _texts(self, node: exp.Expr) -> Kind:
        for key, value in node.args.items():
            if isinstance(value, exp.Expr):
                numeric = key in ("start", "length") or (isinstance(node, exp.Left | exp.Pad) and key == "expression")
                self._need(value, {Kind.INTEGER} if numeric else TEXTS, "Cast to VARCHAR first.")
        return Kind.TEXT

    def _about_text(self, answer: Kind) -> Callable[[exp.Expr], Kind]:
        def rule(node: exp.Expr) -> Kind:
            self._texts(node)
            return answer

        return rule

    def _truncate(self, node: exp.Expr) -> Kind:
        self._need(node.this, DAYS, "Truncate a date or a time.")
        return Kind.TIME

    def _part(self, node: exp.Expr) -> Kind:
        value = node.expression if isinstance(node, exp.Extract) else node.this
        unit = str(node.this.this).upper() if isinstance(node, exp.Extract) else type(node).key.upper()
        allowed = {Kind.TIME} if unit in ("HOUR", "MINUTE") else {Kind.DATE, Kind.TIME}
        self._need(value, allowed, "A date has no hour: use a time, or the derived column of the records.")
        return Kind.INTEGER

    def _epoch(self, node: exp.Expr) -> Kind:
        anonymous = isinstance(node, exp.Anonymous)
        value = node.expressions[0] if anonymous and len(node.expressions) == 1 else node.this
        if not isinstance(value, exp.Expr):
            raise self._refuse(f"{node.sql('duckdb')} needs one argument", "Write EPOCH_US(a time).")
        self._need(value, {Kind.DATE, Kind.TIME}, "Take the epoch of a date or a time.")
        return Kind.INTEGER if anonymous else Kind.DOUBLE

    def _rounded(self, node: exp.Expr) -> Kind:
        kind = self._need(node.this, {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE}, "Round a number.")
        if kind is Kind.INTEGER and not isinstance(node, exp.Round):
            return Kind.DOUBLE
        digits = node.args.get("decimals")
        if digits is not None:
            self._infer(digits)
            if kind is Kind.DOUBLE:
                raise self._refuse(
                    f"{node.sql('duckdb')} rounds a binary fraction: ties differ between engines",
                    "Hand the value over unrounded and round in Python.",
                )
        return kind

    def _to_double(self, node: exp.Expr) -> Kind:
        self._need(node.this, {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE}, "Give it a number.")
        return Kind.DOUBLE

    def _sign(self, node: exp.Expr) -> Kind:
        self._to_double(node)
        return Kind.INTEGER

    def _count(self, node: exp.Expr) -> Kind:
        inner = node.this
        if isinstance(inner, exp.Distinct):
            self._infer(inner.expressions[0])
        elif not isinstance(inner, exp.Star):
            self._infer(inner)
        return Kind.INTEGER

    def _sum(self, node: exp.Expr) -> Kind:
        return self._need(
            node.this, {Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE}, "Count truth values with COUNT(*) FILTER (WHERE x)."
        )

    def _filter(self, node: exp.Expr) -> Kind:
        self._need(node.expression.this, {Kind.BOOLEAN}, "Write a condition after WHERE.")
        return self._infer(node.this)

    def _percentile(self, node: exp.Expr) -> Kind:
        (ordered,) = node.expression.expressions
        self._need(
            ordered.this, {Kind.INTEGER, Kind.DOUBLE}, "Cast to DOUBLE: a percentile of decimals is cut to its scale."
        )
        return Kind.DOUBLE

    def _window(self, node: exp.Expr) -> Kind:
        self._infer_all(node.args.get("partition_by"))
        self._infer_all(node.args.get("order"))
        return self._infer(node.this) if isinstance(node.this, exp.Func | exp.Filter | exp.IgnoreNulls) else Kind.NULL

    def _shifted(self, node: exp.Expr) -> Kind:
        kind = self._infer(node.this)
        if node.args.get("offset") is not None:
            self._infer(node.args["offset"])
        if node.args.get("default") is not None:
            self._common((kind, self._infer(node.args["default"])), node)
        return kind

    def _scalar(self, node: exp.Expr) -> Kind:
        return next(iter(self._output_of(node).values()), Kind.NULL)


def _fixed(kind: Kind) -> Callable[[Kinds, exp.Expr], Kind]:
    return lambda kinds, node: kind


_RULES: dict[type[exp.Expr], Callable[[Kinds, exp.Expr], Kind]] = {
    exp.Column: Kinds._column,  # type: ignore[dict-item]
    exp.Literal: Kinds._literal,
    exp.Boolean: _fixed(Kind.BOOLEAN),
    exp.Null: _fixed(Kind.NULL),
    exp.Interval: _fixed(Kind.SPAN),
    **dict.fromkeys((exp.Alias, exp.Paren, exp.Neg, exp.Abs, exp.IgnoreNulls), Kinds._same),
    **dict.fromkeys((exp.FirstValue, exp.LastValue), Kinds._same),
    **dict.fromkeys((exp.Min, exp.Max, exp.Greatest, exp.Least), Kinds._extreme),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), Kinds._arithmetic),
    exp.Div: Kinds._divide,
    **dict.fromkeys((exp.IntDiv, exp.Mod), Kinds._integers),
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE), Kinds._compare),
    **dict.fromkeys((exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is, exp.Between, exp.In), Kinds._compare),
    **dict.fromkeys((exp.And, exp.Or, exp.Not, exp.LogicalOr, exp.LogicalAnd), Kinds._truth),
    exp.Exists: Kinds._exists,
    **dict.fromkeys((exp.Case, exp.If), Kinds._case),
    exp.Coalesce: Kinds._merge,
    exp.Nullif: Kinds._nullif,
    exp.Cast: Kinds._cast,
    **dict.fromkeys(
        (exp.DPipe, exp.Substring, exp.Left, exp.Upper, exp.Lower, exp.Trim, exp.Replace, exp.Pad, exp.MD5),
        Kinds._texts,
    ),
    **dict.fromkeys((exp.Length, exp.StrPosition), lambda kinds, node: kinds._about_text(Kind.INTEGER)(node)),
    **dict.fromkeys(
        (exp.Like, exp.StartsWith, exp.Contains), lambda kinds, node: kinds._about_text(Kind.BOOLEAN)(node)
    ),
    exp.TimestampTrunc: Kinds._truncate,
    **dict.fromkeys(
        (exp.Extract, exp.Year, exp.Quarter, exp.Month, exp.Day, exp.Hour, exp.Minute, exp.Week), Kinds._part
    ),
    **dict.fromkeys((exp.TimeToUnix, exp.Anonymous), Kinds._epoch),
    **dict.fromkeys((exp.Floor, exp.Ceil, exp.Round), Kinds._rounded),
    **dict.fromkeys((exp.Ln, exp.Exp, exp.Avg), Kinds._to_double),
    **dict.fromkeys((exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop), Kinds._to_double),
    exp.Sign: Kinds._sign,
    exp.Count: Kinds._count,
    exp.Sum: Kinds._sum,
    exp.Filter: Kinds._filter,
    exp.WithinGroup: Kinds._percentile,
    exp.Window: Kinds._window,
    **dict.fromkeys((exp.RowNumber, exp.Rank, exp.DenseRank), _fixed(Kind.INTEGER)),
    **dict.fromkeys((exp.Lag, exp.Lead), Kinds._shifted),
    exp.Subquery: Kinds._scalar,
}
