"""What a mapping may say about a column: a small declared set of expressions, written out as SQL over text.

An expression is a column's name, or one of the entries below. An expression over a column that the source lacks is
absent, and so is the contract's column: nothing is made up. Conditions are ``{COLUMN: values}``, all of which hold.

constant: X                            the same in every row: counts as absent
first: [E, ...]                        the first that is not empty
concat: [E, ...], with: S              joined by S; empty where any part is
join: [E, ...], widths: [n, ...]       digits joined, each padded left with zeros to its width (HS code fragments)
before: S, of: E                       the part before S (``DC001 - Desert Cargo``)
lookup: E, values: {a: b}, others: keep | empty | refuse      a code for a code; ``refuse`` sets the row aside
flags: {red: COL, ...}, set: [values]  the value whose flag is set; more than one sets the row aside
agree: [E, ...]                        the first that is not empty; differing ones set the row aside
year: COL                              the year of a time, in the office's own time
scale: 0.01, of: E                     a number times a factor
sum: [E, ...]                          of numbers, empty ones left out
when: {conditions}, then: E, else: E
total: E, from: T, on: {theirs: ours}, where: {conditions}    sum over the matching rows of another source table
list: E, from: T, on: ..., where: ...  their different values, sorted, separated by spaces
worst: E, from: T, on: ..., order: [a, b, c]                   the value that comes last in the order
exists: T, on: ..., where: ...         whether there is a matching row
value: E, from: T, on: ..., where: ... of the one matching row
rank: [COL, ...], within: [COL, ...]   1, 2, 3 ... in the order of the columns, within equal values of others
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arusha.errors import RecordsError
from arusha.records import sql
from arusha.records.mapping import OFFICE_ZONE, Reading, SourceColumn, SourceTable
from arusha.records.times import TimeFormat

KINDS = (
    "constant",
    "first",
    "concat",
    "join",
    "before",
    "lookup",
    "flags",
    "agree",
    "year",
    "scale",
    "sum",
    "when",
    "total",
    "list",
    "worst",
    "exists",
    "value",
    "rank",
)

MULTIPLE = "\x01"
"""What an expression yields where sources contradict each other; followed by what they say."""
REFUSED = "\x02"
"""What a lookup yields for a value that it does not know; followed by the value."""


@dataclass(frozen=True)
class Compiled:
    """An expression as SQL that yields text.

    ``reads`` are the source columns behind it, ``reading`` how their values are written (of the first).
    """

    text: str
    constant: bool = False
    reads: tuple[tuple[str, str], ...] = ()
    reading: Reading = field(default_factory=Reading)


class Compiler:
    """Compiles the expressions of one target table.

    Parameters
    ----------
    source
        The source table whose rows are taken, known in SQL as ``r``.
    sources, present
        All source tables of the mapping, and of each the columns that the source at hand has.
    raw
        Source table -> SQL name of its staged rows.
    """

    def __init__(
        self,
        source: SourceTable,
        sources: Mapping[str, SourceTable],
        present: Mapping[str, frozenset[str]],
        raw: Mapping[str, str],
        place: str,
    ) -> None:
        self._source = source
        self._sources = sources
        self._present = present
        self._raw = raw
        self._place = place
        self._alias = "r"
        self.joins: list[str] = []
        self.fed: set[str] = set()

    def compile(self, node: Any) -> Compiled | None:
        """The SQL of an expression; None where a column that it needs is absent."""
        if isinstance(node, str):
            return self._column(node)
        if isinstance(node, dict):
            if "column" in node:
                return self._column(str(node["column"]))
            for kind in KINDS:
                if kind in node:
                    return getattr(self, f"_{kind}")(node)  # type: ignore[no-any-return]
        raise RecordsError(
            f"no expression: {node!r}",
            where=self._place,
            remedy=f"Write a column's name or one of: {', '.join(KINDS)}.",
        )

    def condition(self, spec: Mapping[str, Any], alias: str = "r", source: SourceTable | None = None) -> str | None:
        """SQL that is true where every entry of ``spec`` holds, never null; None where a column is absent."""
        table = source or self._source
        parts = []
        for name, wanted in spec.items():
            column = self._known(table, str(name))
            if column.name not in self._present.get(table.name, ()):
                return None
            value = f"{alias}.{sql.name(column.name)}"
            parts.append(_test(value, wanted, self._place))
        return "(" + " AND ".join(parts) + ")" if parts else "TRUE"

    def _known(self, table: SourceTable, name: str) -> SourceColumn:
        if name not in table.columns:
            raise RecordsError(
                f"the mapping's source table {table.name} has no column {name}",
                where=self._place,
                remedy=f"Add it to the columns of {table.name} in `sources`.",
            )
        return table.columns[name]

    def _column(self, name: str) -> Compiled | None:
        column = self._known(self._source, name)
        if name not in self._present.get(self._source.name, ()):
            return None
        return Compiled(f"{self._alias}.{sql.name(name)}", reads=((self._source.name, name),), reading=column.reading)

    def _parts(self, nodes: Any) -> list[Compiled | None]:
        return [self.compile(n) for n in nodes]

    def _made(self, text: str, *parts: Compiled | None) -> Compiled:
        real = [p for p in parts if p is not None]
        reads = tuple(dict.fromkeys(r for p in real for r in p.reads))
        readings = [p.reading for p in real if p.reads]
        return Compiled(
            text, constant=bool(real) and not reads, reads=reads, reading=readings[0] if readings else Reading()
        )

    def _number(self, text: str, *parts: Compiled | None) -> Compiled:
        """A number already written with a point."""
        made = self._made(text, *parts)
        return replace(made, reading=replace(made.reading, decimal_comma=False, thousands=""))

    def _constant(self, node: Any) -> Compiled:
        return Compiled(sql.text(str(node["constant"])), constant=True)

    def _first(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["first"]) if p is not None]
        return self._made(f"COALESCE({', '.join(p.text for p in parts)})", *parts) if parts else None

    def _concat(self, node: Any) -> Compiled | None:
        parts = self._parts(node["concat"])
        if any(p is None for p in parts):
            return None
        glue = f" || {sql.text(str(node['with']))} || " if node.get("with") else " || "
        return self._made("(" + glue.join(p.text for p in parts if p) + ")", *parts)

    def _join(self, node: Any) -> Compiled | None:
        parts = self._parts(node["join"])
        if not parts or parts[0] is None:
            return None
        widths = list(node.get("widths", ())) + [0] * len(parts)
        pieces: list[str] = []
        for part, width in zip(parts, widths, strict=False):
            if part is not None:
                piece = f"replace(replace({part.text}, '.', ''), ' ', '')"
                padded = f"lpad({piece}, greatest(length({piece}), {int(width)}), '0')" if width else piece
                pieces.append(padded if not pieces else f"COALESCE({padded}, '')")
        return self._made(f"({' || '.join(pieces)})", *parts)

    def _before(self, node: Any) -> Compiled | None:
        part = self.compile(node["of"])
        return part and self._made(before(part.text, str(node["before"])), part)

    def _lookup(self, node: Any) -> Compiled | None:
        part = self.compile(node["lookup"])
        if part is None:
            return None
        cases = " ".join(
            f"WHEN {sql.text(str(k))} THEN {sql.text(str(v)) if v is not None else 'NULL'}"
            for k, v in node["values"].items()
        )
        others = {"keep": part.text, "empty": "NULL", "refuse": f"{sql.text(REFUSED)} || {part.text}"}
        how = str(node.get("others", "refuse"))
        if how not in others:
            raise RecordsError(f"others: {how}", where=self._place, remedy="Write keep, empty or refuse.")
        return self._made(f"CASE {part.text} {cases} ELSE {others[how]} END", part)

    def _flags(self, node: Any) -> Compiled | None:
        wanted = sql.texts(str(v) for v in node.get("set", ("1", "Y", "TRUE", "true")))
        parts = {str(value): self.compile(column) for value, column in node["flags"].items()}
        held = {v: p for v, p in parts.items() if p is not None}
        if not held:
            return None
        tests = {v: f"COALESCE({p.text} IN ({wanted}), FALSE)" for v, p in held.items()}
        count = " + ".join(f"CAST({t} AS INTEGER)" for t in tests.values())
        named = " || ".join(f"CASE WHEN {t} THEN {sql.text(v + ' ')} ELSE '' END" for v, t in tests.items())
        cases = " ".join(f"WHEN {t} THEN {sql.text(v)}" for v, t in tests.items())
        return self._made(f"CASE WHEN {count} > 1 THEN {sql.text(MULTIPLE)} || {named} {cases} END", *held.values())

    def _agree(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["agree"]) if p is not None]
        if not parts:
            return None
        first = f"COALESCE({', '.join(p.text for p in parts)})"
        differs = " OR ".join(f"{p.text} <> {first}" for p in parts)
        said = " || ' / ' || ".join(f"COALESCE({p.text}, '')" for p in parts)
        return self._made(f"CASE WHEN {differs} THEN {sql.text(MULTIPLE)} || {said} ELSE {first} END", *parts)

    def _year(self, node: Any) -> Compiled | None:
        part = self.compile(node["year"])
        if part is None:
            return None
        formats = part.reading.time_formats
        parsed = (
            "COALESCE(" + ", ".join(f"try_strptime({part.text}, {sql.text(f.strptime)})" for f in formats) + ")"
            if formats
            else f"TRY_CAST({part.text} AS TIMESTAMP)"
        )
        return self._made(f"CAST(year({parsed}) AS VARCHAR)", part)

    def _scale(self, node: Any) -> Compiled | None:
        part = self.compile(node["of"])
        if part is None:
            return None
        number = (
            f"TRY_CAST({number_text(part)} AS DECIMAL(24,9)) * CAST({sql.text(str(node['scale']))} AS DECIMAL(12,9))"
        )
        return self._number(f"COALESCE({plain_number(number)}, {part.text})", part)

    def _sum(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["sum"]) if p is not None]
        if not parts:
            return None
        known = " OR ".join(f"{p.text} IS NOT NULL" for p in parts)
        numbers = " + ".join(f"COALESCE(TRY_CAST({number_text(p)} AS DECIMAL(24,9)), 0)" for p in parts)
        return self._number(f"CASE WHEN {known} THEN {plain_number(f'({numbers})')} END", *parts)

    def _when(self, node: Any) -> Compiled | None:
        test = self.condition(node["when"])
        then = self.compile(node["then"])
        other = self.compile(node["else"]) if "else" in node else None
        if test is None:
            return other
        branches = [p for p in (then, other) if p is not None]
        if not branches:
            return None
        return self._made(
            f"CASE WHEN {test} THEN {then.text if then else 'NULL'} ELSE {other.text if other else 'NULL'} END",
            *branches,
        )

    def _rank(self, node: Any) -> Compiled | None:
        order, within = self._parts(node["rank"]), self._parts(node["within"])
        if any(p is None for p in (*order, *within)):
            return None
        keys = ", ".join(p.text for p in within if p)
        by = ", ".join(order_key(p) for p in order if p)
        return self._made(
            f"CAST(row_number() OVER (PARTITION BY {keys} ORDER BY {by}, r.source_file, r.source_line) AS VARCHAR)",
            *order,
            *within,
        )

    # Expressions over another source table: a grouped subquery, joined once.

    def _total(self, node: Any) -> Compiled | None:
        return self._other(
            node,
            node["total"],
            lambda e: plain_number(f"sum(TRY_CAST({number_text(e)} AS DECIMAL(24,9)))"),
            number=True,
        )

    def _list(self, node: Any) -> Compiled | None:
        return self._other(node, node["list"], lambda e: f"string_agg(DISTINCT {e.text}, ' ' ORDER BY {e.text})")

    def _worst(self, node: Any) -> Compiled | None:
        order = [str(v) for v in node["order"]]
        ranked = "list_position([" + sql.texts(order) + "], "
        return self._other(node, node["worst"], lambda e: f"arg_max({e.text}, {ranked}{e.text}))")

    def _value(self, node: Any) -> Compiled | None:
        def only(e: Compiled) -> str:
            low, high = f"min({e.text})", f"max({e.text})"
            said = f"{sql.text(MULTIPLE)} || {low} || ' / ' || {high}"
            return f"CASE WHEN {low} <> {high} THEN {said} ELSE {low} END"

        return self._other(node, node["value"], only)

    def _exists(self, node: Any) -> Compiled | None:
        made = self._other({**node, "from": node["exists"]}, {"constant": "true"}, lambda e: f"max({e.text})")
        return made and Compiled(
            f"COALESCE({made.text}, 'false')", reads=((str(node["exists"]), ""),), reading=made.reading
        )

    def _other(
        self, node: Any, expression: Any, aggregate: Callable[[Compiled], str], *, number: bool = False
    ) -> Compiled | None:
        name = str(node["from"])
        if name not in self._sources:
            raise RecordsError(f"no source table {name}", where=self._place)
        table = self._sources[name]
        if not self._present.get(name):
            return None
        inner = Compiler(table, self._sources, self._present, self._raw, self._place)
        inner._alias = "o"
        value = inner.compile(expression)
        test = inner.condition(node.get("where") or {}, "o", table)
        keys = [(inner.compile(theirs), self.compile(ours)) for theirs, ours in node["on"].items()]
        if value is None or test is None or any(t is None or o is None for t, o in keys):
            return None
        self.fed.add(name)
        alias = f"j{len(self.joins)}"
        groups = ", ".join(f"{t.text} AS k{i}" for i, (t, _) in enumerate(keys) if t)
        on = " AND ".join(f"{alias}.k{i} = {o.text}" for i, (_, o) in enumerate(keys) if o)
        inside = " ".join(inner.joins)
        self.joins.append(
            f"LEFT JOIN (SELECT {groups}, {aggregate(value)} AS v FROM {self._raw[name]} AS o {inside} "
            f"WHERE {test} GROUP BY ALL) AS {alias} ON {on}"
        )
        reading = replace(value.reading, decimal_comma=False, thousands="") if number else value.reading
        return Compiled(f"{alias}.v", reads=value.reads or ((name, ""),), reading=reading)


def number_text(part: Compiled) -> str:
    """SQL of a number as text with a decimal point and no sign between thousands; null where it is written otherwise.

    In a column declared to have decimal commas a point is not read: it could stand for thousands.
    """
    value, reading = part.text, part.reading
    if reading.decimal_comma:
        thousands = reading.thousands or " "
        fits = f"regexp_full_match({value}, {sql.text(comma_pattern(thousands))})"
        return f"CASE WHEN {fits} THEN replace(replace({value}, {sql.text(thousands)}, ''), ',', '.') END"
    if reading.thousands:
        fits = f"regexp_full_match({value}, {sql.text(_thousands_pattern(reading.thousands))})"
        return f"CASE WHEN {fits} THEN replace({value}, {sql.text(reading.thousands)}, '') ELSE {value} END"
    return value


def comma_pattern(thousands: str) -> str:
    """Numbers with a decimal comma, with or without a sign between thousands."""
    t = "\\" + thousands
    return rf"[+-]?(\d+|\d{{1,3}}({t}\d{{3}})+)(,\d*)?"


def _thousands_pattern(thousands: str) -> str:
    t = "\\" + thousands
    return rf"[+-]?\d{{1,3}}({t}\d{{3}})+(\.\d*)?"


def plain_number(number: str) -> str:
    """SQL of a decimal as text without the zeros that its type adds."""
    return f"rtrim(rtrim(CAST({number} AS VARCHAR), '0'), '.')"


def before(value: str, separator: str) -> str:
    """SQL of the part before a separator, trimmed; the whole where it does not occur."""
    return f"trim(split_part({value}, {sql.text(separator)}, 1))"


def order_key(part: Compiled) -> str:
    """SQL to order by: times by the moment, all else as text."""
    formats: tuple[TimeFormat, ...] = part.reading.time_formats
    if formats:
        return "COALESCE(" + ", ".join(f"try_strptime({part.text}, {sql.text(f.strptime)})" for f in formats) + ")"
    return f"TRY_CAST({part.text} AS TIMESTAMP) NULLS LAST, TRY_CAST({part.text} AS BIGINT) NULLS LAST, {part.text}"


def naive_zone(reading: Reading, office_zone: str) -> str:
    """SQL of the zone in which a time without an offset is written."""
    return office_zone if reading.zone == OFFICE_ZONE else sql.text(reading.zone)


def _test(value: str, wanted: Any, place: str) -> str:
    if isinstance(wanted, dict):
        parts = []
        for operator, operand in wanted.items():
            if operator == "in":
                parts.append(_test(value, operand, place))
            elif operator == "not_in":
                parts.append(f"({value} IS NULL OR {value} NOT IN ({sql.texts(map(str, operand))}))")
            elif operator == "empty":
                parts.append(f"{value} IS {'' if operand else 'NOT '}NULL")
            elif operator == "starts_with":
                parts.append(f"COALESCE(starts_with({value}, {sql.text(str(operand))}), FALSE)")
            else:
                raise RecordsError(
                    f"no condition: {operator}", where=place, remedy="Write in, not_in, empty or starts_with."
                )
        return "(" + " AND ".join(parts) + ")"
    values = wanted if isinstance(wanted, list) else [wanted]
    return f"COALESCE({value} IN ({sql.texts(map(str, values))}), FALSE)"
