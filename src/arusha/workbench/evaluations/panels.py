"""Panels that plans are made for: files that were sent, and in the demo those of its reforms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arusha.demo.reforms import MEASURES
from arusha.effects.panel_error import PanelError
from arusha.effects.panel_files import read_columns
from arusha.effects.periods import calendar
from arusha.errors import ArushaError, file_shape
from arusha.language.told import error as of
from arusha.workbench.site import Site
from arusha.workbench.uploads import folder_of, uploads

ENDINGS = (".csv", ".txt", ".tsv", ".parquet")
MOST_ROWS = 300_000
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Table:
    """A panel's file: its columns as text, in the order of the file, and how many rows it has."""

    key: str
    path: Path
    columns: tuple[str, ...]
    rows: int
    numeric: frozenset[str]
    """Columns of numbers: most of what stands there is one, so that a slip in a cell hides no column from the form."""
    periods: tuple[str, ...]
    """Columns whose every value can be read as months or quarters."""


def home_of(served: Site) -> Path:
    """Where panels that were sent wait until their plan is registered."""
    return served.home / "panels"


def reforms_of(served: Site) -> dict[str, Path]:
    """Folders of the demo's reforms by measure; none for real records."""
    if served.demo is None or served.workspace is None:
        return {}
    place = served.workspace.resolve().parent / "reforms"
    return {m: place / m for m in MEASURES if (place / m / "panel.csv").is_file()}


def path_of(served: Site, key: str) -> Path | None:
    """The file of a panel; none where there is none of that name.

    Raises
    ------
    ArushaError
        If what was sent is not one table.
    """
    reforms = reforms_of(served)
    if key in reforms:
        return reforms[key] / "panel.csv"
    folder = folder_of(home_of(served), key)
    if folder is None:
        return None
    files = [f for f in sorted(folder.iterdir()) if f.is_file()]
    if [f.name for f in files] == ["panel.csv", "panel.json"]:
        return files[0]  # counted here, with what is to know of it beside
    if len(files) != 1 or files[0].suffix.lower() not in ENDINGS:
        names = ", ".join(file_shape(f.name) for f in files)[:200]
        raise of(ArushaError, "ev-files-sent", "ev-one-file", where=names, n=len(files))
    return files[0]


def waiting(served: Site) -> list[str]:
    """Keys of panels that were sent."""
    return [u.key for u in uploads(home_of(served))]


def table_of(key: str, path: Path, fewest: int = 3) -> Table:
    """The columns of a panel, or of another table of at least ``fewest`` columns.

    Raises
    ------
    ArushaError
        If it cannot be read as a table, or is too large for a form.
    """
    columns = read_columns(path)
    rows = len(next(iter(columns.values()))) if columns else 0
    if not rows or len(columns) < fewest:
        raise of(PanelError, "ev-panel-size", "ev-panel", where=path.name, columns=len(columns), rows=rows)
    if rows > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise of(
            PanelError,
            "ev-panel-large",
            "ev-add-up",
            where=path.name,
            rows=f"{rows:,}",
            columns=len(columns),
            most=f"{MOST_ROWS:,}",
            widest=MOST_COLUMNS,
        )
    numeric = frozenset(name for name, values in columns.items() if _numbers(values))
    periods = tuple(name for name, values in columns.items() if _dated(values))
    return Table(key, path, tuple(columns), rows, numeric, periods)


def _numbers(values: list[str]) -> bool:
    said = [v for v in values if v]
    return 2 * sum(map(_number, said)) >= len(said)


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _dated(values: list[str]) -> bool:
    try:
        return calendar(list(dict.fromkeys(values)))[1] != "number"
    except PanelError:
        return False
