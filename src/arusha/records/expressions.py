"""What a mapping may say about a column: a small declared set of expressions, written out as SQL over text.

An expression is a column's name, or one of the entries below (those over another source table are in ``joined``). An
expression over a column that the source lacks is absent, and so is the contract's column: nothing is made up.

constant: X                            the same in every row: counts as absent
first: [E, ...]                        the first that is not empty
words: [E, ...]                        those that are not empty, separated by spaces
concat: [E, ...], with: S              joined by S; empty where any part is
join: [E, ...], widths: [n, ...]       digits joined, each padded left with zeros to its width (HS code fragments)
pad: n, of: E                          padded left with zeros to n digits
before: S, of: E                       the part before S (``DC001 - Desert Cargo``)
lookup: E, values: {a: b}, others: keep | empty | refuse      a code for a code; ``refuse`` sets the row aside
flags: {red: COL, ...}, set: [values]  the value whose flag is set; more than one sets the row aside
agree: [E, ...]                        the first that is not empty; differing ones set the row aside
confirm: E, by: F, or: G               E; where F is neither E nor G the row is set aside
year: COL                              the year of a time, as it is written
day_after: COL                         the day after a date: an inclusive end becomes an exclusive one
scale: 0.01, of: E                     a number times a factor
sum: [E, ...]                          of numbers, empty ones left out
when: {conditions}, then: E, else: E   absent where a column of the conditions is
current: E                             the same, but absent where the source keeps no versions
rank: [COL, ...], within: [COL, ...]   1, 2, 3 ... in the order of the columns, within equal values of others
row: S                                 S with the number of the file and of the line: an id for rows that have none

Conditions are ``{COLUMN: value | [values] | {in, not_in, empty, starts_with}}``, all of which hold. In ``where`` a
column that the source lacks is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from arusha.errors import RecordsError
from arusha.language.told import error as of
from arusha.records import sql
from arusha.records.mapping import OFFICE_ZONE, Reading, SourceColumn, SourceTable
from arusha.records.times import parsed

MULTIPLE = "\x01"
"""What an expression yields where sources contradict each other; followed by what they say."""
REFUSED = "\x02"
"""What a lookup yields for a value that it does not know; followed by the value."""


@dataclass(frozen=True)
class Compiled:
    """An expression as SQL that yields text.

    ``reads`` are the source columns behind it, ``reading`` how their values are written (of the first). ``repair`` is
    what the expression repairs, and SQL of the value as it was. ``undecided``: it may yield ``MULTIPLE`` or
    ``REFUSED``.
    """

    text: str
    constant: bool = False
    reads: tuple[tuple[str, str], ...] = ()
    reading: Reading = field(default_factory=Reading)
    repair: tuple[str, str] | None = None
    undecided: bool = False


@dataclass(frozen=True)
class Source:
    """All that expressions need to know of the source at hand.

    ``present``: source table -> the mapping's names of the columns that it has; ``raw``: -> SQL name of its rows.
    """

    tables: Mapping[str, SourceTable]
    present: Mapping[str, frozenset[str]]
    raw: Mapping[str, str]

    def has(self, table: str, *columns: str) -> bool:
        return table in self.present and self.present[table].issuperset(columns)

    def versioned(self, table: str) -> bool:
        """Whether the source keeps versions of the rows of ``table``."""
        versions = self.tables[table].versions
        return versions is not None and self.has(table, *versions.key, versions.order)


def shown(node: Any) -> str:
    """An entry of a mapping as a message shows it, cut where it is long."""
    text = repr(node)
    return text if len(text) <= 200 else text[:200] + " ..."


class Expressions:
    """Compiles the expressions over the rows of one source table, known in SQL as ``alias``.

    ``joins`` collects what the compiled SQL needs joined.
    """

    def __init__(self, table: SourceTable, source: Source, place: str, alias: str = "r") -> None:
        self.table = table
        self.source = source
        self.place = place
        self.alias = alias
        self.joins: list[str] = []

    def compile(self, node: Any) -> Compiled | None:
        """The SQL of an expression; None where a column that it needs is absent."""
        if isinstance(node, str):
            return self._column(node)
        if isinstance(node, dict):
            for kind, method in self.kinds().items():
                if kind in node:
                    try:
                        made: Compiled | None = getattr(self, method)(node)
                    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
                        raise of(
                            RecordsError,
                            "map-expression-form",
                            "map-expressions",
                            where=self.place,
                            name=kind,
                            why=f"{type(error).__name__}: {error}",
                            node=shown(node),
                        ) from error
                    return made
        known = ", ".join(self.kinds())
        raise of(RecordsError, "map-no-expression", "map-expression", where=self.place, node=shown(node), known=known)

    def kinds(self) -> dict[str, str]:
        """Entry of the mapping language -> the method that compiles it."""
        names = "constant first words concat join pad before lookup flags agree confirm year day_after scale sum"
        names += " when current rank row"
        return {name: f"_{name}" for name in names.split()}

    def condition(self, spec: Mapping[str, Any]) -> str:
        """SQL that is true where every entry of ``spec`` holds, and never null. An absent column is empty."""
        parts = []
        for name, wanted in spec.items():
            column = self._known(str(name))
            held = self.source.has(self.table.name, column.name)
            value = f"{self.alias}.{sql.name(column.name)}" if held else "CAST(NULL AS VARCHAR)"
            parts.append(self._test(value, wanted))
        return "(" + " AND ".join(parts) + ")" if parts else "TRUE"

    def _test(self, value: str, wanted: Any) -> str:
        if not isinstance(wanted, dict):
            values = wanted if isinstance(wanted, list) else [wanted]
            return f"COALESCE({value} IN ({sql.texts(map(str, values))}), FALSE)"
        parts = []
        for operator, operand in wanted.items():
            if operator == "in":
                parts.append(self._test(value, operand))
            elif operator == "not_in":
                parts.append(f"NOT {self._test(value, operand)}")
            elif operator == "empty":
                parts.append(f"{value} IS {'' if operand else 'NOT '}NULL")
            elif operator == "starts_with":
                parts.append(f"COALESCE(starts_with({value}, {sql.text(str(operand))}), FALSE)")
            else:
                raise of(RecordsError, "map-no-condition", "map-condition", where=self.place, operator=str(operator))
        return "(" + " AND ".join(parts or ["TRUE"]) + ")"

    def _known(self, name: str) -> SourceColumn:
        if name not in self.table.columns:
            table = self.table.name
            raise of(
                RecordsError, "map-table-no-column", "map-add-sources", where=self.place, table=table, name=str(name)
            )
        return self.table.columns[name]

    def _column(self, name: str) -> Compiled | None:
        column = self._known(name)
        if not self.source.has(self.table.name, name):
            return None
        return Compiled(f"{self.alias}.{sql.name(name)}", reads=((self.table.name, name),), reading=column.reading)

    def _parts(self, nodes: Any) -> list[Compiled | None]:
        return [self.compile(n) for n in nodes]

    def _made(self, text: str, *parts: Compiled | None) -> Compiled:
        real = [p for p in parts if p is not None]
        reads = tuple(dict.fromkeys(r for p in real for r in p.reads))
        readings = [p.reading for p in real if p.reads]
        return Compiled(
            text,
            constant=bool(real) and not reads,
            reads=reads,
            reading=readings[0] if readings else Reading(),
            repair=next((p.repair for p in real if p.repair), None),
            undecided=any(p.undecided for p in real),
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

    def _words(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["words"]) if p is not None]
        return self._made(f"nullif(concat_ws(' ', {', '.join(p.text for p in parts)}), '')", *parts) if parts else None

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
                padded = _padded(piece, _width(width)) if width else piece
                pieces.append(padded if not pieces else f"COALESCE({padded}, '')")
        was = f"concat_ws('|', {', '.join(p.text for p in parts if p)})"
        return replace(self._made(f"({' || '.join(pieces)})", *parts), repair=("joined", was))

    def _pad(self, node: Any) -> Compiled | None:
        part = self.compile(node["of"])
        return part and self._made(_padded(part.text, _width(node["pad"])), part)

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
            raise of(RecordsError, "map-others", "map-others", where=self.place, how=str(how))
        made = self._made(f"CASE {part.text} {cases} ELSE {others[how]} END", part)
        return replace(made, undecided=made.undecided or how == "refuse")

    def _flags(self, node: Any) -> Compiled | None:
        wanted = sql.texts(str(v) for v in node.get("set", ("1", "Y", "T", "TRUE", "true")))
        parts = {str(value): self.compile(column) for value, column in node["flags"].items()}
        held = {v: p for v, p in parts.items() if p is not None}
        if not held:
            return None
        tests = {v: f"COALESCE({p.text} IN ({wanted}), FALSE)" for v, p in held.items()}
        count = " + ".join(f"CAST({t} AS INTEGER)" for t in tests.values())
        named = " || ".join(f"CASE WHEN {t} THEN {sql.text(v + ' ')} ELSE '' END" for v, t in tests.items())
        cases = " ".join(f"WHEN {t} THEN {sql.text(v)}" for v, t in tests.items())
        text = f"CASE WHEN {count} > 1 THEN {sql.text(MULTIPLE)} || rtrim({named}) {cases} END"
        return replace(self._made(text, *held.values()), undecided=True)

    def _agree(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["agree"]) if p is not None]
        if not parts:
            return None
        first = f"COALESCE({', '.join(p.text for p in parts)})"
        differs = " OR ".join(f"{p.text} <> {first}" for p in parts)
        said = " || ' / ' || ".join(f"COALESCE({p.text}, '')" for p in parts)
        text = f"CASE WHEN {differs} THEN {sql.text(MULTIPLE)} || {said} ELSE {first} END"
        return replace(self._made(text, *parts), undecided=True)

    def _confirm(self, node: Any) -> Compiled | None:
        part, by, other = self.compile(node["confirm"]), self.compile(node["by"]), self.compile(node["or"])
        if part is None or by is None:
            return part
        also = f" AND {by.text} IS DISTINCT FROM {other.text}" if other else ""
        said = " || ' / ' || ".join(f"COALESCE({p.text}, '')" for p in (part, by, other) if p)
        text = f"CASE WHEN {by.text} <> {part.text}{also} THEN {sql.text(MULTIPLE)} || {said} ELSE {part.text} END"
        return replace(self._made(text, part, by, other), undecided=True)

    def _year(self, node: Any) -> Compiled | None:
        part = self.compile(node["year"])
        return part and self._made(f"CAST(year({parsed(part.text, part.reading.time_formats)}) AS VARCHAR)", part)

    def _day_after(self, node: Any) -> Compiled | None:
        part = self.compile(node["day_after"])
        if part is None:
            return None
        day = f"CAST({parsed(part.text, part.reading.time_formats)} AS DATE)"
        made = self._made(f"CASE WHEN {day} IS NULL THEN {part.text} ELSE CAST({day} + 1 AS VARCHAR) END", part)
        iso = replace(made.reading, time_formats=())
        return replace(made, reading=iso)

    def _scale(self, node: Any) -> Compiled | None:
        part = self.compile(node["of"])
        if part is None:
            return None
        factor = f"CAST({sql.text(str(node['scale']))} AS DECIMAL(14,9))"
        number = f"TRY_CAST({number_text(part)} AS DECIMAL(24,9)) * {factor}"
        return self._number(f"COALESCE({plain_number(number)}, {part.text})", part)

    def _sum(self, node: Any) -> Compiled | None:
        parts = [p for p in self._parts(node["sum"]) if p is not None]
        if not parts:
            return None
        known = " OR ".join(f"{p.text} IS NOT NULL" for p in parts)
        numbers = " + ".join(f"COALESCE(TRY_CAST({number_text(p)} AS DECIMAL(24,9)), 0)" for p in parts)
        return self._number(f"CASE WHEN {known} THEN {plain_number(f'({numbers})')} END", *parts)

    def _when(self, node: Any) -> Compiled | None:
        if not self.source.has(self.table.name, *(str(c) for c in node["when"])):
            return None
        test = self.condition(node["when"])
        then = self.compile(node["then"])
        other = self.compile(node["else"]) if "else" in node else None
        branches = [p for p in (then, other) if p is not None]
        if not branches:
            return None
        texts = [p.text if p else "NULL" for p in (then, other)]
        return self._made(f"CASE WHEN {test} THEN {texts[0]} ELSE {texts[1]} END", *branches)

    def _current(self, node: Any) -> Compiled | None:
        return self.compile(node["current"]) if self.source.versioned(self.table.name) else None

    def _rank(self, node: Any) -> Compiled | None:
        order, within = self._parts(node["rank"]), self._parts(node["within"])
        if any(p is None for p in (*order, *within)):
            return None
        keys = ", ".join(p.text for p in within if p)
        by = ", ".join(order_key(p) for p in order if p)
        row = f"{self.alias}.source_file, {self.alias}.source_line"
        return self._made(
            f"CAST(row_number() OVER (PARTITION BY {keys} ORDER BY {by}, {row}) AS VARCHAR)", *order, *within
        )

    def _row(self, node: Any) -> Compiled:
        text = f"{sql.text(str(node['row']))} || {self.alias}.source_file || '-' || {self.alias}.source_line"
        return Compiled(text, reads=((self.table.name, ""),))


_WIDEST = 64
"""No code is longer; a number of a thousand million digits in a mapping would fill the memory."""


def _width(told: Any) -> int:
    width = int(told)
    if not 0 <= width <= _WIDEST:
        raise ValueError(f"{width} digits; from 0 to {_WIDEST} are possible")
    return width


def _padded(value: str, width: int) -> str:
    return f"lpad({value}, CAST(greatest(length({value}), {width}) AS INTEGER), '0')"


def number_text(part: Compiled) -> str:
    """SQL of a number as text with a decimal point and no sign between thousands; null where it is written otherwise.

    In a column declared to have decimal commas a point is not read: it could stand for thousands.
    """
    value, reading = part.text, part.reading
    if reading.currency:
        mark = "|".join(re.escape(m) for m in reading.currency if m)
        blank = r"[\s\x{A0}\x{202F}]*"
        ends = f"^([+-]?){blank}(?:{mark}){blank}([+-]?)|{blank}(?:{mark})$"
        value = f"regexp_replace({value}, {sql.text(ends)}, '\\1\\2')"
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
    return rf"[+-]?(\d+|\d{{1,3}}({re.escape(thousands)}\d{{3}})+)(,\d*)?"


def _thousands_pattern(thousands: str) -> str:
    return rf"[+-]?\d{{1,3}}({re.escape(thousands)}\d{{3}})+(\.\d*)?"


def plain_number(number: str) -> str:
    """SQL of a decimal as text without the zeros that its type adds."""
    return f"rtrim(rtrim(CAST({number} AS VARCHAR), '0'), '.')"


def before(value: str, separator: str) -> str:
    """SQL of the part before a separator, trimmed; the whole where it does not occur."""
    return f"trim(split_part({value}, {sql.text(separator)}, 1))"


def order_key(part: Compiled) -> str:
    """SQL to order by: times by the moment, numbers by their size, all else as text."""
    if part.reading.time_formats:
        return f"{parsed(part.text, part.reading.time_formats)} NULLS LAST, TRY_CAST({part.text} AS BIGINT) NULLS LAST"
    return f"TRY_CAST({part.text} AS TIMESTAMP) NULLS LAST, TRY_CAST({part.text} AS BIGINT) NULLS LAST, {part.text}"


def naive_zone(reading: Reading, office_zone: str) -> str:
    """SQL of the zone in which a time without an offset is written."""
    return office_zone if reading.zone == OFFICE_ZONE else sql.text(reading.zone)
