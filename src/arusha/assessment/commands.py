"""Commands over what is assessed that need more than a few lines of the command line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import shown
from arusha.language.told import error as of


def started(given: list[str] | None) -> dict[str, str]:
    """``OFFICE=PERIOD`` each, as a mapping.

    Raises
    ------
    ArushaError
        What is no such pair, or an office twice.
    """
    found: dict[str, str] = {}
    for one in given or ():
        office, equals, label = one.rpartition("=")
        if not (equals and office.strip() and label.strip()):
            raise of(ArushaError, "ev-no-start", "ev-starts", where="--start", value=repr(one))
        if office.strip() in found:
            raise of(ArushaError, "ev-begins-twice", "ev-once", where=f"--start {office}")
        found[office.strip()] = label.strip()
    return found


def panel(
    workspace: Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")],
    question: Annotated[str, typer.Option(help="Id of the question whose counts are wanted.")],
    out: Annotated[Path, typer.Option(help="File to write (.csv or .parquet); a .json of the same name tells of it.")],
    period: Annotated[Literal["month", "quarter"], typer.Option(help="month or quarter.")] = "month",
    baseline_until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Last day of the fixed baseline of the expected counts; before the first start if not given.",
        ),
    ] = None,
    start: Annotated[
        list[str] | None, typer.Option(help="OFFICE=2026-03 (or 2026Q1): its first period under the measure. Repeat.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="plan.yaml of the assessment; the proposed plan if not given.")
    ] = None,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option(help="duckdb, or spark.")] = "duckdb",
    force: Annotated[bool, typer.Option(help="Replace files that exist.")] = False,
) -> None:
    """Write what a question counts by office and month, for `arusha effects`: raw counts and what they are out of."""
    from arusha.assessment.panel_writing import write_panel
    from arusha.assessment.panels import office_panel

    until: date | None = None if baseline_until is None else baseline_until.date()
    made = office_panel(
        workspace,
        question,
        period=period,
        baseline_until=until,
        starts=started(start),
        plan=plan,
        engine=engine,
    )
    beside = write_panel(made, out, force=force)
    for message in made.messages():
        typer.echo(shown(message))
    typer.echo(f"{made.table.num_rows} rows of {len(set(made.table['office'].to_pylist()))} offices are in {out}")
    typer.echo(f"What they were made from: {beside}")
