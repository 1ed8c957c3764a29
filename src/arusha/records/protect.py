"""Pseudonyms at the door: person columns become tokens as files are read, before a row touches the disk.

Free text may name persons too. Words in it that are the code, or the name written beside a code, of a person met in
another column become that person's token; a name that stands in no column stays, and the load says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
_LONGEST_NAME = 5
"""Words of a name that are looked for together."""
_TIME_OR_AMOUNT = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?"
    r"|\d{1,2}:\d{2}(?::\d{2})?"
    r"|[+-]?\d+(?:[.,]\d+)+"
)
"""Shapes in which a part that is somebody's code too (the hour of 12:05, for officer 12) names nobody."""
_FEW_FIGURES = re.compile(r"\d{1,3}")
NUMBER_AND_CODE = "#"
"""Stands for a number of one to three figures that is somebody's code too."""


class Tokens(Protocol):
    """What makes tokens (``arusha.records.pseudonyms.Pseudonymiser``)."""

    def tokens(self, kind: str, values: Iterable[str | None]) -> list[str | None]: ...


_Batch = Callable[[list[str]], Sequence[str | None]]


class Protection:
    """Functions of one connection that replace persons by tokens.

    A value is turned into a token once and remembered, in memory only: ``token_of_<kind>(value)``,
    ``token_before_<kind>(value, separator)`` for code and name in one cell, ``veiled(text)``.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, tokens: Tokens | None) -> None:
        self._connection = connection
        self._tokens = tokens
        self._met: dict[str, dict[str, str | None]] = {domain: {} for domain in _VEIL_ORDER}
        self._names: dict[str, dict[str, str | None]] = {domain: {} for domain in _VEIL_ORDER}
        self._functions: list[str] = []
        if tokens is not None:
            for kind in PERSONS:
                tokens_of = self._tokens_of(_DOMAIN.get(kind, kind))
                self._register(f"token_of_{kind}", _column(tokens_of))
                self._register(f"token_before_{kind}", _cell(self._codes(tokens_of, _DOMAIN.get(kind, kind))))
            self._register("veiled", _column(self._veil))

    @property
    def on(self) -> bool:
        return self._tokens is not None

    def _register(self, name: str, function: Callable[..., pa.Array]) -> None:
        two = name.startswith("token_before_")
        self._connection.create_function(
            name,
            function,
            ["VARCHAR", "VARCHAR"] if two else ["VARCHAR"],
            "VARCHAR",
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
        self._functions.append(name)

    def close(self) -> None:
        """Take the functions away; a connection closed with them leaks."""
        while self._functions:
            self._connection.remove_function(self._functions.pop())

    def met(self, domain: str) -> Iterator[tuple[str, str]]:
        """(Identifier as the source writes it, its token) of every person of a domain met so far; in memory only."""
        yield from ((value, token) for value, token in self._met[domain].items() if token is not None)

    def veil(self, value: str) -> str:
        """SQL of a text in which every person known by now is replaced; the text itself where nobody is."""
        return f"veiled({value})" if self.on else value

    def veiled(self, texts: Sequence[str]) -> list[str]:
        """The same for texts at hand."""
        return [str(text) for text in self._veil(list(texts))] if self.on else list(texts)

    def staged(self, value: str, column: SourceColumn, columns: Mapping[str, str]) -> str:
        """SQL of a cell as it is staged.

        Parameters
        ----------
        value
            SQL of the cell's text.
        columns
            Mapping's name of each column at hand -> SQL of its cell, for ``person_when``.
        """
        plain = f"trim(split_part({value}, {sql.text(column.before)}, 1))" if column.before else value
        if not self.on:
            return _with_system(plain, value, plain, column)
        if column.person and column.before:
            token = f"token_before_{column.person}({value}, {sql.text(column.before)})"
        elif column.person:
            token = f"token_of_{column.person}({value})"
        else:
            token = plain
        token = _with_system(token, value, plain, column)
        veiled = f"veiled({value})" if column.veil else plain
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

    def _codes(self, tokens_of: _Batch, domain: str) -> Callable[[list[str], str], Sequence[str | None]]:
        """Tokens of the codes before a separator; the names after it are remembered for the veil."""
        names = self._names[domain]

        def codes(values: list[str], separator: str) -> Sequence[str | None]:
            parts = [v.split(separator, 1) for v in values]
            made = tokens_of([p[0].strip() for p in parts])
            if separator == "@":  # what follows is a domain, and names nobody
                return made
            names.update((p[1].strip(), t) for p, t in zip(parts, made, strict=True) if len(p) > 1 and p[1].strip())
            return made

        return codes

    def _veil(self, values: list[str]) -> Sequence[str | None]:
        return [self._cell_veiled(v) for v in values]

    def _cell_veiled(self, text: str) -> str:
        token = self._token_met(text)
        if token is not None:
            # Beside a flag that can only be 0 or 1, a pseudonym would tell that it is officer 1's.
            return NUMBER_AND_CODE if _FEW_FIGURES.fullmatch(text) else token
        return self._words_veiled(text, few_figures=not _TIME_OR_AMOUNT.fullmatch(text))

    def _words_veiled(self, text: str, few_figures: bool) -> str:
        words = [w for w in _WORD.finditer(text) if few_figures or not _FEW_FIGURES.fullmatch(w[0])]
        out, done, place = [], 0, 0
        while place < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - place), 0, -1):
                start, end = words[place].start(), words[place + length - 1].end()
                token = self._token_met(text[start:end])
                if token is not None:
                    out += [text[done:start], token]
                    done, place = end, place + length
                    break
            else:
                place += 1
        return "".join([*out, text[done:]])

    def _token_met(self, value: str) -> str | None:
        for met in (self._met, self._names):
            for domain in _VEIL_ORDER:
                if (token := met[domain].get(value)) is not None:
                    return token
        return None


def _with_system(made: str, value: str, plain: str, column: SourceColumn) -> str:
    """SQL of ``made``, but ``system`` where the cell means the system itself."""
    if not column.system:
        return made
    listed = sql.texts(column.system)
    return f"CASE WHEN {value} IN ({listed}) OR {plain} IN ({listed}) THEN {sql.text(SYSTEM)} ELSE {made} END"


def _column(function: _Batch) -> Callable[[pa.Array], pa.Array]:
    """``function`` of different values as a function of an Arrow column."""

    def apply(column: pa.Array) -> pa.Array:
        values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if values.null_count == len(values):
            return values
        coded = values.dictionary_encode()
        return pa.array(function(coded.dictionary.to_pylist()), pa.string()).take(coded.indices)

    return apply


def _cell(function: Callable[[list[str], str], Sequence[str | None]]) -> Callable[[pa.Array, pa.Array], pa.Array]:
    """The same for a function of values and one separator."""

    def apply(column: pa.Array, separator: pa.Array) -> pa.Array:
        return _column(lambda values: function(values, separator[0].as_py()))(column)

    return apply
