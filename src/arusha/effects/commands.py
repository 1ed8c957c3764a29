"""Commands over evaluations that were made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import shown


def pool(
    results: Annotated[list[Path], typer.Argument(help="result.json of each evaluation; two or more.")],
    out: Annotated[Path | None, typer.Option(help="Also write the numbers to this file (JSON).")] = None,
    lang: Annotated[Literal["en", "fr", "es", "ar"], typer.Option(help="Language: en, fr, es or ar.")] = "en",
    force: Annotated[bool, typer.Option(help="Replace a file that exists.")] = False,
) -> None:
    """Summarise evaluations of one measure in several administrations: mean, spread, and what a further one may see."""
    from arusha.effects.evaluation_files import put
    from arusha.effects.pooling import pool as summarise
    from arusha.effects.pooling import pooled_file, told_pool

    if out is not None and out.exists() and not force:
        raise ArushaError("the file exists already", where=str(out), remedy="name another file, or give --force")
    found = summarise(results)
    typer.echo(shown(told_pool(found, lang)))
    if out is not None:
        put(out, pooled_file(found))
        typer.echo(f"Numbers: {out}")
