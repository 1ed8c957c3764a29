"""Errors and notes whose sentences are in the catalogues: in English here, for others where they are shown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TypeVar

from arusha.errors import ArushaError, Told, Value
from arusha.language.catalogues import Catalogue

E = TypeVar("E", bound=ArushaError)


@cache
def english() -> Catalogue:
    """The English catalogue without marks around its variables, as a terminal shows it."""
    return Catalogue("en", isolate=False)


def sentence(key: str, do: str = "", /, **values: Value | int) -> Told:
    """A sentence with what fills it; numbers stand as they are."""
    return Told(key, do, tuple((n, str(v) if isinstance(v, int) else v) for n, v in values.items()))


def error(kind: type[E], key: str, do: str, *, where: str = "", **values: Value | int) -> E:
    """An error of a kind that says a sentence of the catalogues."""
    told = sentence(key, do, **values)
    return kind(told.problem(english()), where=where, remedy=told.remedy(english()), told=told)


def error_at(kind: type[E], key: str, do: str, at: str, **values: Value | int) -> E:
    """An error whose place has words in it: the sentence ``told-at-AT``, such as a row and a column of a file."""
    told = replace(sentence(key, do, **values), at=at)
    return kind(told.problem(english()), where=told.place(english()), remedy=told.remedy(english()), told=told)
