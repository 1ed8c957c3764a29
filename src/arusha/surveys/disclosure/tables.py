"""A survey's table of shares with all its margins, released through the ledger and written as a file.

The order matters: what the table would give away is checked and written into the ledger of releases first; only then
is there a file. Where writing fails afterwards, releasing the same table again gives the same file.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.language.told import error_at
from arusha.surveys.answers import Coded
from arusha.surveys.disclosure.releases import Releases
from arusha.surveys.disclosure.suppression import Cell, Reason
from arusha.surveys.estimation.design import Design
from arusha.surveys.estimation.proportions import proportion

MOST_QUESTIONS = 3
"""Columns that a table may be cut by: with more, few cells hold ten people."""
ALL = "all"


@dataclass(frozen=True)
class Row:
    """A cell: the label in each column (``all`` for a margin), and either a share with its interval or why not.

    The interval of a cell that lies in one sampled cluster is not known, and is None.
    """

    labels: tuple[str, ...]
    respondents: int | None
    share: float | None
    low: float | None
    high: float | None
    withheld: Reason | None


def release_shares(
    releases: Releases,
    table: str,
    design: Design,
    answers: Coded,
    respondents: Sequence[str],
    by: Mapping[str, ArrayLike],
    *,
    measure: str,
    rows: Sequence[str] | None = None,
) -> tuple[Row, ...]:
    """Shares who say yes, for each combination of the columns of ``by`` and each margin, as far as they may be told.

    Parameters
    ----------
    releases
        The ledger that all tables of these people go through.
    table
        Name of the table in the ledger.
    design
        The sample.
    answers
        (n,) 1, 0, or missing; who gave no answer is in no cell. A cell whose weights leave less than the smallest group
        counts as dominated.
    respondents
        (n,) identifiers, the same from wave to wave.
    by
        Up to three columns of (n,) labels.
    measure
        The question, such as ``asked-for-payment``.
    rows
        (n,) all that the file says of each respondent; see :meth:`Releases.release`.

    Raises
    ------
    SurveyError
        See :meth:`Releases.release`; also for an identifier that stands twice or too many columns.
    """
    if len(by) > MOST_QUESTIONS:
        raise error_at(SurveyError, "table-cut", "table-cut", "by", n=len(by), most=MOST_QUESTIONS)
    names = [str(r) for r in respondents]
    if len(set(names)) < len(names) or len(names) != design.size:
        raise error_at(
            SurveyError, "table-identifiers", "table-identifiers", "respondents", n=len(set(names)), size=design.size
        )
    said = answers.values == 1.0
    columns = [np.asarray(labels).astype(str) for labels in by.values()]
    masks: dict[tuple[str, ...], np.ndarray] = {}
    for many in range(len(columns) + 1):
        for chosen in combinations(range(len(columns)), many):
            for values in product(*(np.unique(columns[c]) for c in chosen)):
                inside = answers.answered.copy()
                told = [ALL] * len(columns)
                for c, value in zip(chosen, values, strict=True):
                    inside &= columns[c] == value
                    told[c] = str(value)
                if tuple(told) in masks:
                    raise error_at(SurveyError, "table-label", "table-label", "by", label=repr(ALL))
                masks[tuple(told)] = inside
    smallest = releases.ledger().smallest
    cells = [
        Cell(
            _label(tuple(by), labels),
            frozenset(names[i] for i in np.flatnonzero(inside)),
            int(said[inside].sum()),
            dominated=few_by_weight(design.weights[inside], smallest),
        )
        for labels, inside in masks.items()
    ]
    found = releases.release(
        table, cells, measure=measure, rows=dict(zip(names, rows, strict=True)) if rows is not None else None
    )
    told_rows = []
    for (labels, inside), cell in zip(masks.items(), cells, strict=True):
        if cell.label in found.withheld:
            told_rows.append(Row(labels, None, None, None, None, found.withheld[cell.label]))
            continue
        share = proportion(design, said.astype(np.float64), domain=inside)
        known = not np.isnan(share.se)
        low, high = (share.low, share.high) if known else (None, None)
        told_rows.append(Row(labels, int(inside.sum()), share.estimate, low, high, None))
    return tuple(told_rows)


def few_by_weight(weights: ArrayLike, smallest: int) -> bool:
    """Whether ``weights`` (n,) make n answers count as fewer than ``smallest`` alike ones (Kish 1965: the square of the
    sum of weights over the sum of their squares). Who carries half of a share by his weight is read off it."""
    w = np.asarray(weights, np.float64)
    if w.size == 0:
        return False
    w = w / w.max()
    # Alike weights give n up to rounding, and n has been asked already.
    return bool(w.sum() ** 2 < smallest * (w**2).sum() * (1 - 1e-12))


def _label(names: tuple[str, ...], told: tuple[str, ...]) -> str:
    return ", ".join(f"{n}={t}" for n, t in zip(names, told, strict=True)) or ALL


def write_rows(path: Path, names: Sequence[str], rows: Sequence[Row]) -> None:
    """The table as CSV in UTF-8, put in place whole. An apostrophe stands before what a spreadsheet would compute."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*(_text(n) for n in names), "respondents", "share", "low", "high", "withheld"])
        for row in rows:
            figures = [f"{x:.4f}" if x is not None else "" for x in (row.share, row.low, row.high)]
            shown = row.respondents if row.respondents is not None else ""
            out.writerow([*(_text(label) for label in row.labels), shown, *figures, row.withheld or ""])
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _text(label: str) -> str:
    return "'" + label if label[:1] in ("=", "+", "-", "@", "\t", "\r") else label
