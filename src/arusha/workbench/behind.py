"""What stands behind a signal: its records in order of time, each with its file and line and where it points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from arusha.assessment.agreed import PERSON_COLUMNS, without_persons
from arusha.assessment.pointing import AWAY, NEITHER, TOWARDS, months, pointing
from arusha.assessment.report_words import slug
from arusha.charts import Chart, Month, timeline
from arusha.language import Catalogue
from arusha.ledger.entry import is_pseudonym
from arusha.workbench.gate import Opened

MOST_ROWS = 200
OFFICERS = frozenset({"officer_id", "officer", "closer", "first_pick", "moved_by"})
"""Columns of evidence that say whose work a row is."""
SAID_OF_ROWS = frozenset(
    {
        "lane",
        "lane_assigned",
        "lane_final",
        "moved",
        "counts_for",
        "with_officer",
        "counted",
        "no_act",
        "stranger",
        "whose",
    }
)
"""Columns of evidence that hold words of the program; what stands in the records is never put into other words."""


@dataclass(frozen=True)
class Behind:
    """The rows behind one signal, and where each points; ``points`` is none where nothing says it.

    ``left_out`` counts rows of the comparison that the reader is not shown.
    """

    table: pa.Table
    points: tuple[str, ...] | None
    left_out: int = 0

    @cached_property
    def counts(self) -> Mapping[str, int] | None:
        """How many rows point towards, away, and count for neither."""
        return None if self.points is None else {p: self.points.count(p) for p in (TOWARDS, AWAY, NEITHER)}

    def page(self, words: Catalogue, first: int) -> BehindPage:
        """About two hundred rows from a place on, as cells of text, with the months of all."""
        shown = self.table.slice(first, MOST_ROWS)
        points = (self.points or ())[first : first + MOST_ROWS]
        cells = [[_cell(words, c, v) for c, v in row.items()] for row in shown.to_pylist()]
        said = [words.text(f"evidence-points-{p}") for p in points] or [""] * len(cells)
        return BehindPage(
            columns=tuple((column, _head(words, column)) for column in shown.column_names),
            rows=tuple(zip(said, cells, strict=True)),
            first=first,
            total=self.table.num_rows,
            counts=self.counts,
            chart=_months(self, words),
            left_out=self.left_out,
        )


@dataclass(frozen=True)
class BehindPage:
    """The rows behind a signal as a page shows them: a column's name and head, a row's direction and cells."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, list[str]], ...]
    first: int
    total: int
    counts: Mapping[str, int] | None
    chart: Chart | None
    left_out: int

    @property
    def before(self) -> int | None:
        """From where the rows before these are shown; none where these are the first."""
        return max(0, self.first - MOST_ROWS) if self.first else None

    @property
    def after(self) -> int | None:
        """From where those after these are shown; none where there are none."""
        return self.first + MOST_ROWS if self.total > self.first + MOST_ROWS else None


def behind(found: Opened, row: Mapping[str, Any]) -> Behind:
    """Everything behind a signal; without the columns that name somebody where the question may not."""
    whole = evidence_of(found, row)
    shown = whole if row["indicator"] in found.persons else without_persons(whole)
    return Behind(shown, _points(row, whole))


def own_work(found: Opened, row: Mapping[str, Any], reader: str) -> Behind:
    """What of it is the work of somebody whom the signal concerns, without a column that names anybody.

    A declarant's own work is every row that was compared; an officer's, the rows that say so.
    """
    whole = evidence_of(found, row)
    points = _points(row, whole)
    declares = reader == row["other_id"] or (row["unit_kind"] == "declarant" and reader == row["unit_id"])
    if declares:
        mine = [True] * whole.num_rows
    else:
        said = [whole[c].to_pylist() for c in whole.column_names if c in OFFICERS]
        mine = [reader in who for who in zip(*said, strict=True)] if said else [False] * whole.num_rows
    table = whole.filter(pa.array(mine, pa.bool_())) if whole.num_rows else whole
    named = [c for c in table.column_names if c in OFFICERS | PERSON_COLUMNS or _names(table[c])]
    kept = None if points is None else tuple(p for p, m in zip(points, mine, strict=True) if m)
    return Behind(table.drop_columns(named), kept, len(mine) - sum(mine))


def evidence_of(found: Opened, row: Mapping[str, Any]) -> pa.Table:
    """The rows as the assessment wrote them, in order of time; none where it wrote none."""
    path = found.folder.path / "evidence" / f"{row['signal_id']}.parquet"
    if not path.is_file():
        return pa.table({})
    rows = pq.read_table(path)
    if "registered_at" not in rows.column_names:
        return rows
    return rows.take(pc.sort_indices(rows, sort_keys=[("registered_at", "ascending")]))


def _points(row: Mapping[str, Any], rows: pa.Table) -> tuple[str, ...] | None:
    found = pointing(row["indicator"], rows)
    return None if found is None else tuple(found)


def _names(column: pa.ChunkedArray) -> bool:
    """Whether a column holds a pseudonym, whatever it is called."""
    return pa.types.is_string(column.type) and any(
        v is not None and is_pseudonym(v) for v in pc.unique(column).to_pylist()
    )


def _months(rows: Behind, words: Catalogue) -> Chart | None:
    """The chart of the months; none where nothing says where rows point, or all are of one month."""
    found = months(rows.table, list(rows.points)) if rows.points is not None else {}
    if len(found) < 2:
        return None
    drawn = [Month(f"{m:%Y-%m}", n[TOWARDS], n[AWAY], n[NEITHER]) for m, n in found.items()]
    return timeline(drawn, words.text("evidence-months"), words.text("evidence-months-what"), words)


def _head(words: Catalogue, column: str) -> str:
    """The head of a column of evidence in the reader's language; empty where the catalogues have none."""
    key = f"evidence-head-{slug(column)}"
    return words.text(key) if words.has(key) else ""


def _cell(words: Catalogue, column: str, value: Any) -> str:
    """A cell of evidence: lanes and what the program says of a row in the reader's language, all else as it stands."""
    text = "" if value is None else str(value)
    if text and column in SAID_OF_ROWS:
        key = f"lane-{slug(text)}" if column.startswith("lane") else f"evidence-said-{slug(text)}"
        return words.text(key) if words.has(key) else text
    return text
