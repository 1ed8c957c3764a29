"""Commands over what is assessed that need more than a few lines of the command line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import Lang, chosen, shown
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
    lang: Lang = "en",
) -> None:
    """Write what a question counts by office and month, for `arusha effects`: raw counts and what they are out of."""
    from arusha.assessment.panel_writing import write_panel
    from arusha.assessment.panels import office_panel
    from arusha.language import Catalogue

    chosen.set(lang)
    words = Catalogue(lang, isolate=False)
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
    for message in made.messages(lang):
        typer.echo(shown(message))
    offices = len(set(made.table["office"].to_pylist()))
    typer.echo(words.text("panel-written", rows=str(made.table.num_rows), offices=str(offices), file=str(out)))
    typer.echo(words.text("panel-about", file=str(beside)))
