"""Expressions over the matching rows of another source table, and over the versions of a row.

``on: {theirs: ours}`` says which rows match; ``where`` which of them count. Of a table with versions only the current
rows count.

value: E, from: T, on, where           of the matching rows, which must agree (else the row is set aside)
total: E, from: T, on, where           the sum of a number
list: E, from: T, on, where            the different values, sorted, separated by spaces
worst: E, by: F, order: [a, b, c], from: T, on, where   E of the row whose F (default: E) comes last in the order
last: E, by: COL, from: T, on, where   E of the row with the latest or highest COL
exists: T, on, where                   `true` or `false`
first_version: E                       E of the first version of this row; absent where the source keeps no versions
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from arusha.errors import RecordsError
from arusha.language.told import error as of
from arusha.records import sql
from arusha.records.expressions import MULTIPLE, Compiled, Expressions, Source, number_text, plain_number
from arusha.records.mapping import SourceTable
from arusha.records.times import parsed

_CURRENT = 9_000_000_000_000_000_000


@dataclass(frozen=True)
class Feed:
    """Another source table that adds to a target: which of its rows match which rows of the target's source.

    ``test`` and ``theirs`` are SQL over its rows ``o``, ``ours`` over the source's rows ``r``. Where it sums a number,
    ``value`` is SQL of its text and ``number`` of what is read.
    """

    table: str
    test: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    value: str = ""
    number: str = ""


class JoinedExpressions(Expressions):
    """Expressions, with those over other source tables. ``feeds`` collects what they read."""

    def __init__(self, table: SourceTable, source: Source, place: str, alias: str = "r") -> None:
        super().__init__(table, source, place, alias)
        self.feeds: list[Feed] = []
        self._made_joins: dict[str, Compiled | None] = {}

    def kinds(self) -> dict[str, str]:
        names = "value total list worst last exists first_version"
        return {name: f"_{name}" for name in names.split()} | super().kinds()

    def excluded(self) -> list[tuple[str, str]]:
        """(reason, SQL test) of the rows that the source table's own declarations leave out."""
        out: list[tuple[str, str]] = []
        if self.source.versioned(self.table.name):
            versions = self.table.versions
            assert versions is not None
            newest = self._newest(self.alias)
            out.append((versions.reason, f"{self._version(self.table, self.alias)} < {newest}"))
        keys = self.table.one_row_per
        if keys and self.source.has(self.table.name, *keys):
            held = sorted(self.source.present[self.table.name])
            order = self.table.versions.order if self.source.versioned(self.table.name) and self.table.versions else ""
            by = ", ".join(f"{self.alias}.{sql.name(k)}" for k in (*keys, *((order,) if order else ())))
            content = f"hash(row({', '.join(f'{self.alias}.{sql.name(c)}' for c in held)}))"
            window = f"OVER (PARTITION BY {by} ORDER BY {self.alias}.source_file, {self.alias}.source_line)"
            out.append(
                (
                    "repeated-by-join",
                    f"(row_number() {window} > 1 AND {content} = first_value({content}) {window})",
                )
            )
        return out

    def _version(self, table: SourceTable, alias: str) -> str:
        """SQL of the place of a row among the versions: a number, the current one highest where it is known."""
        versions = table.versions
        assert versions is not None
        value = f"{alias}.{sql.name(versions.order)}"
        formats = table.columns[versions.order].reading.time_formats
        number = f"COALESCE(TRY_CAST({value} AS BIGINT), epoch_us({parsed(value, formats)}), 0)"
        if not versions.current:
            return number
        current = f"{value} IS NULL OR {value} = {sql.text(versions.current)}"
        return f"CASE WHEN {current} THEN {_CURRENT} ELSE {number} END"

    def _newest(self, alias: str) -> str:
        versions = self.table.versions
        assert versions is not None
        if versions.current:
            return str(_CURRENT)
        keys = [sql.name(k) for k in versions.key]
        name = f"{alias}newest"
        join = (
            f"LEFT JOIN (SELECT {', '.join(f'o.{k} AS {k}' for k in keys)}, max({self._version(self.table, 'o')}) AS v "
            f"FROM {self.source.raw[self.table.name]} AS o GROUP BY ALL) AS {name} "
            f"ON {' AND '.join(f'{name}.{k} IS NOT DISTINCT FROM {alias}.{k}' for k in keys)}"
        )
        if join not in self.joins:
            self.joins.append(join)
        return f"{name}.v"

    def _value(self, node: Any) -> Compiled | None:
        def only(inner: JoinedExpressions, e: Compiled) -> str:
            low, high = f"min({e.text})", f"max({e.text})"
            said = f"{sql.text(MULTIPLE)} || {low} || ' / ' || {high}"
            return f"CASE WHEN {low} <> {high} THEN {said} ELSE {low} END"

        made = self._other(node, node["value"], only)
        return made and replace(made, undecided=True)

    def _total(self, node: Any) -> Compiled | None:
        def summed(inner: JoinedExpressions, e: Compiled) -> str:
            return plain_number(f"sum(TRY_CAST({number_text(e)} AS DECIMAL(24,9)))")

        return self._other(node, node["total"], summed, number=True)

    def _list(self, node: Any) -> Compiled | None:
        return self._other(node, node["list"], lambda inner, e: f"string_agg(DISTINCT {e.text}, ' ' ORDER BY {e.text})")

    def _worst(self, node: Any) -> Compiled | None:
        order = "[" + sql.texts(str(v) for v in node["order"]) + "]"

        def worst(inner: JoinedExpressions, e: Compiled) -> str:
            by = inner.compile(node["by"]) if "by" in node else e
            if by is None:
                return "NULL"
            # A struct is compared place by place, so that ties are settled by the value and not by chance.
            return f"max(struct_pack(a := COALESCE(list_position({order}, {by.text}), 0), v := {e.text})).v"

        return self._other(node, node["worst"], worst)

    def _last(self, node: Any) -> Compiled | None:
        def last(inner: JoinedExpressions, e: Compiled) -> str:
            by = inner.compile(node["by"])
            if by is None:
                return "NULL"
            moment = (
                f"COALESCE({parsed(by.text, by.reading.time_formats)}, make_timestamp(TRY_CAST({by.text} AS BIGINT)))"
            )
            return f"max(struct_pack(a := {moment}, v := {e.text})).v"

        return self._other(node, node["last"], last)

    def _exists(self, node: Any) -> Compiled | None:
        if not self.source.has(str(node["exists"]), *(str(c) for c in node.get("where") or {})):
            return None
        made = self._other({**node, "from": node["exists"]}, {"constant": "true"}, lambda inner, e: f"max({e.text})")
        return made and replace(made, text=f"COALESCE({made.text}, 'false')")

    def _first_version(self, node: Any) -> Compiled | None:
        if not self.source.versioned(self.table.name):
            return None
        versions = self.table.versions
        assert versions is not None
        inner = JoinedExpressions(self.table, self.source, self.place, "o")
        value = inner.compile(node["first_version"])
        if value is None:
            return None
        keys = [sql.name(k) for k in versions.key]
        alias = f"{self.alias}j{len(self.joins)}"
        self.joins.append(
            f"LEFT JOIN (SELECT {', '.join(f'o.{k} AS {k}' for k in keys)}, "
            f"min(struct_pack(a := {self._version(self.table, 'o')}, v := {value.text})).v AS v "
            f"FROM {self.source.raw[self.table.name]} AS o {' '.join(inner.joins)} GROUP BY ALL) AS {alias} "
            f"ON {' AND '.join(f'{alias}.{k} IS NOT DISTINCT FROM {self.alias}.{k}' for k in keys)}"
        )
        return replace(value, text=f"{alias}.v", repair=None)

    def _other(
        self,
        node: Any,
        expression: Any,
        aggregate: Callable[[JoinedExpressions, Compiled], str],
        *,
        number: bool = False,
    ) -> Compiled | None:
        known = repr(node)
        if known not in self._made_joins:
            self._made_joins[known] = self._joined(node, expression, aggregate, number)
        return self._made_joins[known]

    def _joined(
        self, node: Any, expression: Any, aggregate: Callable[[JoinedExpressions, Compiled], str], number: bool
    ) -> Compiled | None:
        name = str(node["from"])
        if name not in self.source.tables:
            raise of(RecordsError, "joined-no-source", "joined-name", where=self.place, name=name)
        if name not in self.source.present:
            return None
        inner = JoinedExpressions(self.source.tables[name], self.source, self.place, "o")
        value = inner.compile(expression)
        keys = [(inner.compile(theirs), self.compile(ours)) for theirs, ours in node["on"].items()]
        if value is None or any(t is None or o is None for t, o in keys):
            return None
        test = inner.condition(node.get("where") or {})
        if self.source.versioned(name):
            test += f" AND {inner._version(inner.table, 'o')} >= {inner._newest('o')}"
        theirs = tuple(t.text for t, _ in keys if t)
        ours = tuple(o.text for _, o in keys if o)
        alias = f"{self.alias}j{len(self.joins)}"
        made = aggregate(inner, value)
        self.joins.append(
            f"LEFT JOIN (SELECT {', '.join(f'{t} AS k{i}' for i, t in enumerate(theirs))}, {made} AS v "
            f"FROM {self.source.raw[name]} AS o {' '.join(inner.joins)} WHERE {test} GROUP BY ALL) AS {alias} "
            f"ON {' AND '.join(f'{alias}.k{i} = {o}' for i, o in enumerate(ours))}"
        )
        self.feeds.append(
            Feed(name, test, theirs, ours, value.text, number_text(value)) if number else Feed(name, test, theirs, ours)
        )
        reading = replace(value.reading, decimal_comma=False, thousands="") if number else value.reading
        reads = value.reads or ((name, ""),)
        return Compiled(f"{alias}.v", reads=reads, reading=reading, undecided=value.undecided)
