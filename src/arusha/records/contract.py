"""The records contract as data: tables, columns, types, keys and meanings, read from ``contract.yaml``.

Everything that must know what a record is derives from ``CONTRACT``: the checks at load, the empty templates, the
letter to IT, the documentation page and the mapping assistant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

LANGUAGES = ("en", "fr", "es", "ar")

TYPES = (
    "id",  # opaque text that joins tables; never a number
    "text",  # free text
    "code",  # text with few distinct values
    "enum",  # one of ``values``, and with ``open_values`` also the administration's own
    "money",  # national currency, decimal(18,3)
    "quantity",  # a physical amount, kilograms unless a unit column says otherwise
    "rate",  # a fraction: 0.2 for 20%
    "integer",
    "time",  # a moment, stored in UTC; a source without a time of day keeps the day only
    "date",
    "clock",  # a time of day in the office's own zone, HH:MM (opening hours)
    "boolean",
)

HOLDERS = ("system", "personnel", "headquarters")
"""Who has a table: the automated system, personnel with the heads of office, or headquarters."""

PERSONS = ("officer", "user", "party", "representative")

SYSTEM = "system"
"""The value of a user column that means the automated system itself; it is nobody and is never pseudonymised."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    type
        One of ``TYPES``.
    required
        A row without it is set aside, and a source without it is refused.
    values, open_values
        What an enum may hold; with ``open_values`` an administration may add its own.
    person
        The pseudonym domain (``officer``, ``user``, ``party``, ``representative``), or empty where nobody is named.
    refers
        ``table.column`` that it joins, or empty. A join may find nothing: only the rules say where that is an error.
    meaning
        Language -> sentence.
    asycuda, place
        Where ASYCUDA World keeps it: ``TABLE: COLUMN, COLUMN; TABLE: COLUMN`` as UNCTAD documents the names, which
        national systems change; and in words (language -> phrase), where the names say too little. Either may be empty.
    read_by
        Ids of the questions that read it.
    """

    name: str
    type: str
    required: bool
    values: tuple[str, ...]
    open_values: bool
    person: str
    refers: str
    meaning: Mapping[str, str]
    asycuda: str
    place: Mapping[str, str]
    read_by: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table. ``key`` is empty where the table has no key of its own; ``purpose`` says why it is needed.

    ``without`` says what an assessment can and cannot answer where the table is absent; ``read_by`` is empty for a
    table that waits for a later question. ``held_by`` is one of ``HOLDERS``: whom the letter asks for it.
    """

    name: str
    meaning: Mapping[str, str]
    held_by: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    purpose: Mapping[str, str]
    without: Mapping[str, str]
    read_by: tuple[str, ...]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.required)

    @property
    def persons(self) -> Mapping[str, str]:
        """Column -> pseudonym domain, for the columns that name somebody."""
        return {name: column.person for name, column in self.columns.items() if column.person}


@dataclass(frozen=True)
class Rule:
    """Why a row is set aside.

    ``table`` is ``*`` for a rule of every table. ``condition`` is DuckDB SQL over ``columns``, true for a bad row and
    never true where a value is null; it is empty where the reader of files makes the check itself. Two times of which
    either has only its day are compared by day.
    """

    code: str
    table: str
    columns: tuple[str, ...]
    condition: str
    sentence: Mapping[str, str]


@dataclass(frozen=True)
class Contract:
    version: int
    tables: Mapping[str, Table]
    rules: tuple[Rule, ...] = field(default=())

    def rules_of(self, table: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.table in ("*", table))

    def sentence(self, code: str, table: str = "*", lang: str = "en") -> str:
        """The sentence of a rule: the table's own where it has one."""
        for wanted in (table, "*"):
            for rule in self.rules:
                if rule.code == code and rule.table == wanted:
                    return rule.sentence[lang]
        raise KeyError(code)


def _texts(entry: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({lang: str(entry[lang]) for lang in LANGUAGES if lang in entry})


def _readers(entry: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Question -> the columns it reads; none for a table that waits for a later question."""
    return {} if entry["read_by"] == "later" else {q: tuple(columns) for q, columns in entry["read_by"].items()}


def _column(name: str, entry: Mapping[str, Any], words: Mapping[str, Any], read_by: tuple[str, ...]) -> Column:
    return Column(
        name=name,
        type=entry["type"],
        required=entry.get("required", False),
        values=tuple(entry.get("values", ())),
        open_values=entry.get("open_values", False),
        person=entry.get("person", ""),
        refers=entry.get("refers", ""),
        meaning=_texts(entry) or _texts(words["terms"][name]),
        asycuda=entry.get("asycuda", ""),
        place=_texts(words["places"][entry["place"]]) if "place" in entry else MappingProxyType({}),
        read_by=read_by,
    )


def _table(name: str, entry: Mapping[str, Any], words: Mapping[str, Any]) -> Table:
    readers = _readers(entry)
    columns = {
        n: _column(n, c, words, tuple(question for question, read in readers.items() if n in read))
        for n, c in entry["columns"].items()
    }
    return Table(
        name=name,
        meaning=_texts(entry),
        held_by=entry["held_by"],
        key=tuple(entry["key"]),
        columns=MappingProxyType(columns),
        purpose=_texts(entry["why"]),
        without=_texts(entry["without"]),
        read_by=tuple(readers),
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(
        code=entry["code"],
        table=entry["table"],
        columns=tuple(entry.get("columns", ())),
        condition=entry.get("condition", ""),
        sentence=_texts(entry),
    )


def read_contract(text: str) -> Contract:
    """The contract in ``text``, the content of a ``contract.yaml``."""
    # libyaml is ten times faster than the pure reader, and not on every platform.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    return Contract(
        version=data["version"],
        tables=MappingProxyType({name: _table(name, entry, data) for name, entry in data["tables"].items()}),
        rules=tuple(_rule(entry) for entry in data["rules"]),
    )


CONTRACT = read_contract(resources.files("arusha.records").joinpath("contract.yaml").read_text(encoding="utf-8"))
"""The contract in force."""
