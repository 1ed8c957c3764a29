"""Panels in CSV and Parquet files, and the place in the file of what is wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arusha.effects.panel_error import PanelError, in_file
from arusha.effects.panels import Panel, panel
from arusha.effects.unreadable import unreadable
from arusha.errors import Cell, Value
from arusha.language.told import error as error_of

if TYPE_CHECKING:
    import pyarrow as pa


def read_panel(
    path: str | Path,
    *,
    unit: str,
    period: str,
    outcome: str,
    exposure: str | None = None,
    first_treated: str | None = None,
    treated: str | None = None,
    covariates: Sequence[str] = (),
    cluster: str | None = None,
    exclude: Collection[str] = (),
    periods: tuple[str, str] | None = None,
) -> Panel:
    """A panel from a CSV or Parquet file; the arguments name its columns. Raises as ``panel`` does."""
    columns = read_columns(path, [unit, period, outcome, exposure, first_treated, treated, cluster, *covariates])
    roles = {"unit": unit, "period": period, "outcome": outcome, "exposure": exposure}
    roles |= {"first_treated": first_treated, "treated": treated}
    try:
        return panel(
            columns[unit],
            columns[period],
            columns[outcome],
            exposure=None if exposure is None else columns[exposure],
            first_treated=None if first_treated is None else columns[first_treated],
            treated=None if treated is None else columns[treated],
            covariates={name: columns[name] for name in covariates},
            cluster=None if cluster is None else columns[cluster],
            exclude=exclude,
            periods=periods,
        )
    except PanelError as error:
        raise _in_file(error, Path(path), roles.get(error.role) or error.role) from error


def _in_file(error: PanelError, path: Path, column: str) -> PanelError:
    """The same error with its file, line and column. The first row of a CSV is on line 2, of a Parquet file row 1."""
    assert error.told is not None
    counted, first = ("row", 1) if path.suffix == ".parquet" else ("line", 2)
    return in_file(
        error.told,
        row=error.row,
        role=error.role,
        unit=error.unit,
        when=error.when,
        file=path.name,
        column=column,
        first=first,
        counted=counted,
    )


def read_columns(path: str | Path, names: Sequence[str | None] | None = None) -> dict[str, list[str]]:
    """Columns of a CSV or Parquet file as text ("" where there is nothing): office 007 keeps its zeros.

    All columns where none are asked for.
    """
    import pyarrow as pa
    from pyarrow import csv, parquet

    source = Path(path)
    if not source.is_file():
        raise error_of(PanelError, "ev-no-file", "ev-path", where=str(path))
    wanted = list(dict.fromkeys(name for name in names or () if name is not None))
    try:
        if source.suffix == ".parquet":
            table = parquet.read_table(source)
        else:
            parse = csv.ParseOptions(delimiter=_separator(source))
            header = csv.open_csv(source, parse_options=parse).schema.names
            table = csv.read_csv(
                source,
                parse_options=parse,
                convert_options=csv.ConvertOptions(
                    column_types={name: pa.string() for name in header}, strings_can_be_null=False
                ),
            )
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise unreadable(source, _separator(source)) from error
    for name in wanted:
        if name not in table.column_names:
            raise error_of(PanelError, "column-absent", "columns-are", where=source.name, **headers(name, table))
    chosen = wanted if names is not None else list(dict.fromkeys(table.column_names))
    for name in chosen:
        if table.column_names.count(name) > 1:
            raise error_of(PanelError, "panel-header-twice", "panel-header-twice", where=source.name, cell=Cell(name))
    return {name: ["" if v is None else str(v) for v in table[name].to_pylist()] for name in chosen}


def headers(wanted: str, table: pa.Table) -> dict[str, Value]:
    """What a sentence of an absent column says: the one wanted, and those there are, as cells.

    In a file without its header, or of another make, a header may name somebody.
    """
    return {"column": wanted, "cells": tuple(Cell(name) for name in table.column_names[:20])}


def _separator(source: Path) -> str:
    """What separates the columns of a CSV file: the sign of comma, semicolon and tab that its first line has most."""
    with source.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline()
    return max((",", ";", "\t"), key=header.count)
