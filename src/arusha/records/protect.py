"""Pseudonyms at the door: person columns become tokens as files are read, before a row touches the disk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

from arusha.records import sql
from arusha.records.contract import PERSONS, SYSTEM
from arusha.records.mapping import SourceColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

# Officers and users are the same people, so that their columns join.
_DOMAIN = {"user": "officer"}
_VEIL_ORDER = ("officer", "party", "representative")
_WORD = re.compile(r"[^\s,;:=|()\[\]{}'\"]+")


class Tokens(Protocol):
    """What makes tokens (``arusha.records.pseudonyms.Pseudonymiser``)."""

    def tokens(self, kind: str, values: Iterable[str | None]) -> list[str | None]: ...


_Batch = Callable[[list[str]], Sequence[str | None]]


class Protection:
    """Functions of one connection that replace persons by tokens.

    A value is turned into a token once and remembered, in memory only. ``veiled`` text keeps its words except those
    that are a person already met.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, tokens: Tokens | None) -> None:
        self._connection = connection
        self._tokens = tokens
        self._met: dict[str, dict[str, str | None]] = {domain: {} for domain in _VEIL_ORDER}
        self._names: list[str] = []
        if tokens is not None:
            for kind in PERSONS:
                self._register(f"token_of_{kind}", _column(self._tokens_of(_DOMAIN.get(kind, kind))))
            self._register("veiled", _column(self._veil))

    @property
    def on(self) -> bool:
        return self._tokens is not None

    def _register(self, name: str, function: Callable[[pa.Array], pa.Array]) -> None:
        self._connection.create_function(
            name,
            function,
            ["VARCHAR"],
            "VARCHAR",
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
        self._names.append(name)

    def close(self) -> None:
        """Take the functions away; a connection closed with them leaks."""
        while self._names:
            self._connection.remove_function(self._names.pop())

    def staged(self, value: str, column: SourceColumn, columns: Mapping[str, str]) -> str:
        """SQL of a cell as it is staged.

        Parameters
        ----------
        value
            SQL of the cell's text.
        columns
            Mapping's name of each column at hand -> SQL of its cell, for ``person_when``.
        """
        if column.before:
            value = f"trim(split_part({value}, {sql.text(column.before)}, 1))"
        if column.system:
            value = f"CASE WHEN {value} IN ({sql.texts(column.system)}) THEN {sql.text(SYSTEM)} ELSE {value} END"
        if not self.on:
            return value
        token = f"token_of_{column.person}({value})" if column.person else value
        veiled = f"veiled({value})" if column.veil else value
        if column.person and column.person_when:
            tests = [
                f"COALESCE({columns[name]} IN ({sql.texts(wanted)}), FALSE)" if name in columns else "TRUE"
                for name, wanted in column.person_when.items()
            ]
            return f"CASE WHEN {' AND '.join(tests)} THEN {token} ELSE {veiled} END"
        return token if column.person else veiled

    def _tokens_of(self, domain: str) -> _Batch:
        met, tokens = self._met[domain], self._tokens
        assert tokens is not None

        def tokens_of(values: list[str]) -> Sequence[str | None]:
            new = [v for v in values if v not in met]
            if new:
                met.update(zip(new, tokens.tokens(domain, new), strict=True))
            return [met[v] for v in values]

        return tokens_of

    def _veil(self, values: list[str]) -> Sequence[str | None]:
        return [self._token_met(v) or _WORD.sub(lambda m: self._token_met(m[0]) or m[0], v) for v in values]

    def _token_met(self, value: str) -> str | None:
        return next((t for d in _VEIL_ORDER if (t := self._met[d].get(value)) is not None), None)


def _column(function: _Batch) -> Callable[[pa.Array], pa.Array]:
    """``function`` of different values as a function of an Arrow column."""

    def apply(column: pa.Array) -> pa.Array:
        values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if values.null_count == len(values):
            return values
        coded = values.dictionary_encode()
        return pa.array(function(coded.dictionary.to_pylist()), pa.string()).take(coded.indices)

    return apply
