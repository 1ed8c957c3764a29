"""Answers of a survey from a CSV file, one row a respondent; what cannot be used is told with file, row and column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from arusha.errors import Cell, SurveyError
from arusha.language.told import error as of
from arusha.language.told import error_at
from arusha.surveys.answers import Coded, FloatArray, one_meaning, rows_told


@dataclass(frozen=True)
class AnswerFile:
    """Columns as they are written, in any script, and the row of the file in which each respondent stands."""

    path: Path
    columns: Mapping[str, tuple[str, ...]]
    rows: tuple[int, ...]

    @property
    def size(self) -> int:
        """Respondents."""
        return len(self.rows)

    @property
    def whole_rows(self) -> tuple[str, ...]:
        """All that is said of each respondent, whatever the order of the columns."""
        names = sorted(self.columns)
        cells = zip(*(self.columns[name] for name in names), strict=True)
        return tuple(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in cells)

    def labels(self, column: str) -> tuple[str, ...]:
        """A column of labels; an empty one is refused.

        Raises
        ------
        SurveyError
            If there is no such column, or a cell of it is empty.
        """
        found = self._cells(column)
        self._refuse(column, [not v for v in found], "empty")
        return found

    def _cells(self, column: str) -> tuple[str, ...]:
        if column not in self.columns:
            near = get_close_matches(column, list(self.columns), n=1)
            raise error_at(
                SurveyError,
                "survey-no-column-near" if near else "survey-no-column",
                "survey-columns",
                "column",
                near=repr(near[0]) if near else "",
                known=", ".join(self.columns),
                path=str(self.path),
                column=column,
            )
        return self.columns[column]

    def identifiers(self, column: str) -> tuple[str, ...]:
        """A column in which every respondent has an identifier of his own."""
        found = self.labels(column)
        first = {value: place for place, value in reversed(list(enumerate(found)))}
        again = [first[value] != place for place, value in enumerate(found)]
        self._refuse(column, again, "again")
        return found

    def numbers(self, column: str) -> FloatArray:
        """A column of numbers."""
        found = self._cells(column)
        values = np.array([_number(v) for v in found])
        self._refuse(column, np.isnan(values), "not-numbers")
        return values

    def weights(self, column: str) -> FloatArray:
        """A column of weights, all above zero."""
        values = self.numbers(column)
        self._refuse(column, values <= 0.0, "zero")
        return values

    def counts(self, column: str, longest: int | Sequence[int]) -> NDArray[np.int64]:
        """A column of list answers: whole numbers from 0 to the length of the list that the respondent saw."""
        values = self.numbers(column)
        limit = np.broadcast_to(np.asarray(longest), values.shape)
        self._refuse(column, (values < 0) | (values > limit) | (values != np.floor(values)), "count")
        return values.astype(np.int64)

    def coded(self, column: str, codes: Mapping[str, float], missing: Collection[str] = ("",)) -> Coded:
        """A column of answer codes as numbers; "نعم" and "نعم." are two codes, and one of neither list is refused."""
        if column not in self.columns:
            self.labels(column)
        one_meaning(codes, missing, f"{self.path}, column {column}")
        found = self.columns[column]
        known = {**codes, **dict.fromkeys(missing, np.nan)}
        unknown = [v not in known for v in found]
        strange = next((v for v, u in zip(found, unknown, strict=True) if u), "")
        near = get_close_matches(strange, list(codes), n=1)
        self._refuse(column, unknown, "code-near" if near else "code", "code", near=near[0] if near else "")
        values = np.array([known[v] for v in found], np.float64)
        return Coded(values, np.isfinite(values))

    def _refuse(
        self, column: str, wrong: Sequence[bool] | NDArray[np.bool_], problem: str, remedy: str = "", near: str = ""
    ) -> None:
        at = np.flatnonzero(np.asarray(wrong))
        if not at.size:
            return
        raise error_at(
            SurveyError,
            f"cells-{problem}",
            f"cells-{remedy or problem}",
            "cells",
            n=int(at.size),
            size=self.size,
            cell=Cell(repr(self.columns[column][int(at[0])])),
            near=repr(near),
            path=str(self.path),
            column=column,
            rows=rows_told([self.rows[i] for i in at]),
        )


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")


def read_answers(path: Path) -> AnswerFile:
    """Read a CSV file of answers in UTF-8, separated by what its first line has most of comma, semicolon and tab.

    Raises
    ------
    SurveyError
        If it cannot be read, names a column twice, holds no respondent, or a row has more or fewer cells than columns.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise of(SurveyError, "survey-unread", "survey-csv", where=str(path)) from problem
    first = text.partition("\n")[0]
    comma = max((",", ";", "\t"), key=first.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    rows = [(n, row) for n, row in enumerate(read, start=1) if any(row)]
    names = [name.strip() for name in rows[0][1]] if rows else []
    if len(rows) < 2 or len(set(names)) < len(names) or "" in names:
        raise of(SurveyError, "survey-header", "survey-header", where=str(path))
    for number, row in rows[1:]:
        if len(row) != len(names):
            raise error_at(
                SurveyError,
                "survey-cells",
                "survey-quotes",
                "file-row",
                n=len(row),
                columns=len(names),
                path=str(path),
                row=number,
            )
    columns = {name: tuple(row[i].strip() for _, row in rows[1:]) for i, name in enumerate(names)}
    return AnswerFile(path, columns, tuple(number for number, _ in rows[1:]))
