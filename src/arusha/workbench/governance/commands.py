"""Commands of data governance, for the command line to mount as ``arusha data``; they read, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="data",
    help="Data governance: what each load was like.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Workspace = Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")]


@app.command()
def loads(
    workspace: Workspace,
    table: Annotated[str, typer.Option(help="A table of the contract; all tables together if not given.")] = "",
) -> None:
    """Every load that is known: rows read and set aside, its interval, and whether that was to be expected."""
    from arusha.records.contract import CONTRACT
    from arusha.records.history import loads as known
    from arusha.records.load_changes import changes
    from arusha.records.set_aside_limits import aside_shares

    if table and table not in CONTRACT.tables:
        raise _no_such("table", table, CONTRACT.tables)
    found = known(workspace)
    for one in aside_shares(found, table):
        verdict = "cannot tell" if one.limits is None else "unusual" if one.unusual else "within expected scatter"
        expected = f", at most {one.limits.high:.2%} expected" if one.limits else ""
        typer.echo(
            f"{one.load.day:%Y-%m-%d %H:%M} {one.load.digest[:16]} {one.of:>12,} read {one.count:>10,} set aside = "
            f"{one.share:.2%} ({one.low:.2%} to {one.high:.2%}{expected}): {verdict}"
        )
    for change in changes(*found[-2:]) if len(found) > 1 else ():
        what = ", ".join(change.items) or (f"{change.before:,} before, {change.after:,} now" if change.table else "")
        typer.echo(" ".join(part for part in ("Changed:", change.table, change.kind, what) if part))
    if not found:
        typer.echo("No load is known.")


def _no_such(what: str, given: str, known: object) -> Exception:
    from arusha.errors import ArushaError

    assert hasattr(known, "__iter__")
    return ArushaError(f"there is no {what} {given!r}", remedy=f"one of: {', '.join(known)}")
