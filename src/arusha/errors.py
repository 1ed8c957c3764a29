"""Errors that a person can act on: what is wrong, where, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from arusha.language import Catalogue


class Cell(str):
    """A text quoted from the records: it may name somebody, so that not everybody who reads the error may read it."""


Value = Union[str, Cell, "Told", tuple["Value", ...], Mapping[str, str]]
"""What a sentence is filled with: a text, a cell, a sentence within it, a list of those, or a text by language."""

_KEPT = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")


def shape(cell: str) -> str:
    """What a cell looks like, without what it says: ``JANE DOE 7`` is ``xxxx xxx 9``; at most 80 signs."""
    return "".join(c if c in _KEPT else "9" if c.isdigit() else "x" for c in cell[:80])


_ENDINGS = "csv|txt|tsv|parquet|pq|ya?ml|json|xml|sql|xlsx?|ods|docx?|pdf|zip|gz|zst|7z|rar|dmp|mdb|accdb"
_ENDING = re.compile(rf"(\.({_ENDINGS}))+$")


def file_shape(name: str) -> str:
    """What the name of a file looks like, its ending as it is: ``KA0417 Jane Doe.csv`` is ``xx9999 xxxx xxx.csv``."""
    ending = _ENDING.search(name.lower())
    at = ending.start() if ending else len(name)
    return shape(name[:at]) + name[at:].lower()


@dataclass(frozen=True)
class Told:
    """What an error or a note says, as a sentence of the catalogues: ``told-KEY``, and what to do: ``told-do-DO``.

    Where its place has words in it, such as *row* and *column*, they are in the catalogues too: ``told-at-AT``.
    """

    key: str
    do: str = ""
    values: tuple[tuple[str, Value], ...] = ()
    at: str = ""

    def problem(self, words: Catalogue) -> str:
        """What is wrong, for a reader of a language."""
        return self._text(words, f"told-{self.key}")

    def remedy(self, words: Catalogue) -> str:
        """What to do, for a reader of a language; empty where nothing is said of it."""
        return self._text(words, f"told-do-{self.do}") if self.do else ""

    def place(self, words: Catalogue) -> str:
        """Where it is, for a reader of a language; empty where the place is a name alone."""
        return self._text(words, f"told-at-{self.at}") if self.at else ""

    def _text(self, words: Catalogue, key: str) -> str:
        return words.text(key, **{name: _worded(words, value) for name, value in self.values})

    def masked(self, known: frozenset[str] = frozenset()) -> Told:
        """The same with the shape of each cell only, but for those that the reader wrote."""
        return replace(self, values=tuple((name, _masked(value, known)) for name, value in self.values))

    def as_json(self) -> dict[str, Any]:
        """As JSON values, for ``from_json``."""
        said = {"key": self.key, "do": self.do, "values": {name: _json(value) for name, value in self.values}}
        return {**said, "at": self.at} if self.at else said

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Told:
        """What ``as_json`` made."""
        values = tuple((name, _value(v)) for name, v in data["values"].items())
        return cls(data["key"], data["do"], values, data.get("at", ""))


def _worded(words: Catalogue, value: Value) -> str:
    if isinstance(value, Told):
        return value.problem(words)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return words.list(_worded(words, one) for one in value)
    return value.get(words.lang) or value["en"]


def _masked(value: Value, known: frozenset[str]) -> Value:
    if isinstance(value, Told):
        return value.masked(known)
    if isinstance(value, Cell):
        return value if value in known else Cell(shape(value))
    return tuple(_masked(one, known) for one in value) if isinstance(value, tuple) else value


def _json(value: Value) -> Any:
    if isinstance(value, Told):
        return {"told": value.as_json()}
    if isinstance(value, Cell):
        return {"cell": str(value)}
    if isinstance(value, tuple):
        return [_json(one) for one in value]
    return value if isinstance(value, str) else {"by": dict(value)}


def _value(data: Any) -> Value:
    if isinstance(data, list):
        return tuple(_value(one) for one in data)
    if isinstance(data, dict):
        if "told" in data:
            return Told.from_json(data["told"])
        return Cell(data["cell"]) if "cell" in data else dict(data["by"])
    return "".join(c for c in str(data) if c.isprintable())  # on a page nothing in it turns the line round


class ArushaError(Exception):
    """An error with a place and a remedy.

    Parameters
    ----------
    problem
        What is wrong, in one sentence.
    where
        The file, table, row or column concerned, as the reader would look for it.
    remedy
        What the reader can do, in one sentence.
    told
        The same as a sentence of the catalogues, where they have it: see ``arusha.language.told``.
    place
        ``where`` for those who may not read whom it is about: a file and line without the unit that stands there.
        ``where`` itself if not given.
    """

    exit_code = 1
    """Of the command line: 1 error in what was given, 2 wrong call, 3 a check failed, 130 stopped."""

    def __init__(
        self, problem: str, *, where: str = "", remedy: str = "", told: Told | None = None, place: str | None = None
    ) -> None:
        self.problem = problem
        self.where = where
        self.place = where if place is None else place
        self.remedy = remedy
        self.told = told
        super().__init__(self.__str__())

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.problem}" if self.where else self.problem]
        if self.remedy:
            parts.append(f"What to do: {self.remedy}")
        return "\n".join(parts)


class WrongCallError(ArushaError, TypeError):
    """A function was given something that it does not take; nothing was done."""

    exit_code = 2


class RecordsError(ArushaError):
    """The records cannot be read as they are; nothing was stored."""


class WorkspaceError(ArushaError):
    """The workspace cannot be opened or written."""


class QueryError(ArushaError):
    """A query uses something that is not known to give the same answer on every engine."""


class PlanError(ArushaError):
    """The plan of an assessment is not usable."""


class VerificationError(ArushaError):
    """An assessment is not what its manifest says, or a log not what it was."""

    exit_code = 3


class SurveyError(ArushaError):
    """Answers, weights or a release of a survey cannot be used as they are; what was given is unchanged."""
