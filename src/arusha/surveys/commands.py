"""Commands of surveys, for the command line to mount as ``arusha survey``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from arusha.errors import SurveyError
from arusha.language.terminal import Lang, chosen, shown
from arusha.language.told import error as of

Folder = Annotated[Path, typer.Argument(help="Folder of the ledger of releases.")]

app = typer.Typer(
    name="survey",
    help="Tables of a survey, and the ledger of all that was ever released of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def begin(
    folder: Folder,
    smallest: Annotated[int, typer.Option(help="Fewest people a number may stand for; 10 or more.")] = 10,
    lang: Lang = "en",
) -> None:
    """Begin the ledger of releases, once for all surveys of the same people."""
    from arusha.surveys.disclosure.releases import Releases

    chosen.set(lang)
    made = Releases.create(folder, smallest)
    _say("survey-begun", n=str(smallest), folder=str(folder))
    _say("survey-digest", digest=made.digest)


@app.command()
def releases(
    folder: Folder,
    digest: Annotated[str, typer.Option(help="Digest that was noted: the ledger must hold what it held then.")] = "",
    smallest: Annotated[int | None, typer.Option(help="Raise the smallest group for all that is to come.")] = None,
    lang: Lang = "en",
) -> None:
    """Check the ledger of releases and tell what was released."""
    from arusha.surveys.disclosure.releases import Releases

    chosen.set(lang)
    found = Releases.open(folder, digest)
    if smallest is not None:
        found.raise_smallest(smallest)
    for table in found.tables():
        what = f" ({table.measure})" if table.measure else ""
        _say(
            "survey-released",
            number=f"{table.number:>6}",
            at=table.at,
            table=f"{table.table}{what}",
            shown=str(len(table.shown)),
            withheld=str(len(table.withheld)),
        )
    _say("survey-smallest", n=str(found.ledger().smallest))
    _say("survey-digest", digest=found.digest)


@app.command()
def release(
    answers: Annotated[Path, typer.Argument(help="CSV in UTF-8, one row a respondent.")],
    ledger: Annotated[Path, typer.Option(help="Folder of the ledger of releases; see `arusha survey begin`.")],
    out: Annotated[Path, typer.Option(help="CSV file of the table, to be handed out.")],
    respondent: Annotated[str, typer.Option(help="Column of identifiers, the same from wave to wave.")],
    answer: Annotated[str, typer.Option(help="Column of the answers.")],
    yes: Annotated[list[str], typer.Option(help="Code of yes; repeat.")],
    no: Annotated[list[str], typer.Option(help="Code of no; repeat.")],
    missing: Annotated[list[str] | None, typer.Option(help="Code of no answer; repeat. Empty cells are none.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Column to cut by; repeat, up to three.")] = None,
    weight: Annotated[str | None, typer.Option(help="Column of weights; all alike where not given.")] = None,
    strata: Annotated[str | None, typer.Option(help="Column of strata.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Column of clusters.")] = None,
    table: Annotated[
        str | None, typer.Option(help="Name of the table in the ledger; the file's where not given.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="Name of the question in the ledger; the column's where not given.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """Write a table of shares: what may be told beside all that was released before, and what is withheld and why."""
    import numpy as np

    from arusha.surveys.answer_file import read_answers
    from arusha.surveys.disclosure.releases import Releases
    from arusha.surveys.disclosure.tables import release_shares, write_rows
    from arusha.surveys.estimation.design import sample_design

    chosen.set(lang)
    kept = Releases.open(ledger)
    file = read_answers(answers)
    twice = sorted(set(yes) & set(no))
    if twice:
        raise of(SurveyError, "sv-yes-and-no", "sv-yes-and-no", where="--yes, --no", codes=", ".join(twice))
    codes = {**dict.fromkeys(no, 0.0), **dict.fromkeys(yes, 1.0)}
    said = file.coded(answer, codes, {*({""} - set(codes)), *(missing or ())})
    design = sample_design(
        file.weights(weight) if weight else np.ones(file.size),
        strata=np.array(file.labels(strata)) if strata else None,
        clusters=np.array(file.labels(cluster)) if cluster else None,
    )
    rows = release_shares(
        kept,
        table or out.name,
        design,
        said,
        file.identifiers(respondent),
        {name: np.array(file.labels(name)) for name in by or ()},
        measure=measure or answer,
        rows=file.whole_rows,
    )
    write_rows(out, by or (), rows)
    hidden = sum(row.withheld is not None for row in rows)
    _say("survey-written", shown=str(len(rows) - hidden), withheld=str(hidden), file=str(out))
    _say("survey-ledger-digest", digest=kept.digest)


def _say(key: str, **values: str) -> None:
    """Print a line in the language that was chosen."""
    from arusha.language import Catalogue

    typer.echo(shown(Catalogue(chosen.get(), isolate=False).text(key, **values)))
