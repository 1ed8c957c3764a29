"""The command line: each command is a few lines over a function that Python users call too."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from arusha.errors import ArushaError

if TYPE_CHECKING:
    from arusha.records.progress import Progress

app = typer.Typer(
    name="arusha",
    help="The integrity observatory for customs administrations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Source = Annotated[Path, typer.Argument(help="Folder or file of extracts (CSV or Parquet).")]
Mapping = Annotated[str, typer.Option(help="A shipped mapping (asycuda-world, canonical, ...) or a YAML file.")]
Override = Annotated[Path | None, typer.Option(help="Country override of the mapping (YAML).")]
Lang = Annotated[str, typer.Option(help="Language: en, fr, es or ar.")]
Engine = Annotated[str, typer.Option(help="duckdb, or spark (needs the extra and a Java runtime).")]


def main() -> None:
    """Run the command line; an expected error is one message, never a traceback."""
    try:
        app()
    except ArushaError as error:
        typer.echo(f"arusha: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("arusha: stopped; what was there before is untouched", err=True)
        sys.exit(130)


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=None)

        def tell(step: str, done: int, total: int | None) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield tell


@app.command()
def template(
    directory: Annotated[Path, typer.Argument(help="Folder for the empty tables.")],
    lang: Lang = "en",
    force: Annotated[bool, typer.Option(help="Replace files that exist.")] = False,
) -> None:
    """Write empty tables of the records contract, and what each column means."""
    from arusha.records.template import write_template

    write_template(directory, lang=lang, force=force)
    typer.echo(f"Empty tables are in {directory}")


@app.command()
def letter(lang: Lang = "en") -> None:
    """Print the letter that asks the IT department for the extract, table by table."""
    from arusha.records.letter import letter as write

    typer.echo(write(lang))


@app.command()
def inspect(source: Source, mapping: Mapping = "canonical", override: Override = None) -> None:
    """Show what a load would accept and set aside, and why. Nothing is stored."""
    from arusha.records.inspect import inspect as look

    with progress() as tell:
        report = look(source, mapping=mapping, override=override, progress=tell)
    typer.echo(report.text())


@app.command()
def load(
    source: Source,
    out: Annotated[Path, typer.Option(help="The workspace to write: NAME.arusha.")],
    mapping: Mapping = "canonical",
    override: Override = None,
    pseudonyms: Annotated[str, typer.Option(help="on, or off for data that carry no persons.")] = "on",
    key_file: Annotated[
        Path | None, typer.Option(help="Key of the pseudonyms; made once where it does not exist.")
    ] = None,
    seal_to: Annotated[Path | None, typer.Option(help="Public key of the key holders (see `arusha keys`).")] = None,
) -> None:
    """Load an administration's records into a workspace."""
    from arusha.records.load import load as read

    with progress() as tell:
        workspace = read(
            source,
            mapping=mapping,
            out=out,
            pseudonyms=pseudonyms,
            key_file=key_file,
            override=override,
            seal_to=seal_to,
            progress=tell,
        )
    for warning in workspace.manifest.get("warnings", []):
        typer.echo(f"Note: {warning}", err=True)
    for name, table in workspace.manifest["tables"].items():
        typer.echo(f"{name:24} {table['rows']:>12,} rows")
    typer.echo(f"The workspace is {workspace.path}")


@app.command()
def keys(
    directory: Annotated[Path, typer.Argument(help="Folder for the public key and the three shares.")],
    holder: Annotated[list[str], typer.Option(help="Name of an office that holds a share; give three.")],
) -> None:
    """Make the key that seals the mapping of pseudonyms, its private half split two of three."""
    from arusha.records.pseudonyms import make_key_holders

    made = make_key_holders(directory, holder)
    for path in made.paths:
        typer.echo(str(path))
    typer.echo("Hand each share to its holder and delete it here: two of the three open the mapping.")


@app.command()
def plan(
    workspace: Annotated[Path, typer.Argument(help="The workspace.")],
    out: Annotated[Path, typer.Option(help="Where to write the plan.")] = Path("plan.yaml"),
) -> None:
    """Write the proposed plan of an assessment: every question, the whole period. Edit it before assessing."""
    from arusha.assessment import plan as plans
    from arusha.assessment.run import period
    from arusha.engine import open_session
    from arusha.indicators.registry import indicators
    from arusha.records.workspace import Workspace

    if out.exists():
        raise ArushaError("the file exists already", where=str(out), remedy="name another file with --out")
    with open_session(Workspace.open(workspace)) as session:
        proposed = plans.propose(*period(session), [i.definition.id for i in indicators()])
    out.write_text(proposed.to_yaml(), encoding="utf-8")
    typer.echo(f"The plan is {out}")


@app.command()
def assess(
    workspace: Annotated[Path, typer.Argument(help="The workspace to assess.")],
    out: Annotated[Path, typer.Option(help="Folder of the assessment.")],
    plan: Annotated[Path | None, typer.Option(help="plan.yaml; without it every question is asked.")] = None,
    engine: Engine = "duckdb",
    lang: Annotated[list[str] | None, typer.Option(help="Language of a report; may be repeated.")] = None,
    memory_limit: Annotated[str | None, typer.Option(help="Memory for the engine, such as 4GB.")] = None,
) -> None:
    """Ask the plan's questions and write the assessment: signals, evidence and a report."""
    from arusha.assessment.run import assess as run

    with progress() as tell:
        done = run(
            workspace,
            out,
            plan=plan,
            engine=engine,
            languages=tuple(lang or ("en", "ar")),
            progress=tell,
            memory_limit=memory_limit,
        )
    for question in done.manifest["questions"]:
        typer.echo(_line(question))
    typer.echo("A signal is a reason to look, not a finding.")
    for report in sorted(out.glob("report.*.html")):
        typer.echo(f"Report: {report}")


def _line(question: dict[str, Any]) -> str:
    if question["status"] != "assessed":
        needs = ", ".join(f"{t} ({', '.join(c)})" if c else t for t, c in question["needs_missing"].items())
        return f"{question['id']:26} not assessed: needs {needs}"
    return (
        f"{question['id']:26} {question['tested']:>7,} tested, {question['cannot_tell']:>7,} cannot tell, "
        f"{question['signals']:>4} signals, {question['explained']:>3} explained, {question['flagged']:>4} to look at"
    )


@app.command()
def evidence(
    assessment: Annotated[Path, typer.Argument(help="The assessment folder.")],
    signal: Annotated[str, typer.Argument(help="Id of a signal, or an unmistakable beginning of it.")],
    workspace: Annotated[Path, typer.Option(help="The workspace that was assessed.")],
    out: Annotated[Path | None, typer.Option(help="Write Parquet or CSV here instead of printing.")] = None,
) -> None:
    """The rows behind a signal, with the file and line of each."""
    import pyarrow.csv
    import pyarrow.parquet

    from arusha.assessment.evidence import evidence as rows_of

    rows = rows_of(assessment, signal, workspace)
    if out is None:
        pyarrow.csv.write_csv(rows, sys.stdout.buffer)
    elif out.suffix == ".parquet":
        pyarrow.parquet.write_table(rows, out)
    else:
        pyarrow.csv.write_csv(rows, out)


@app.command()
def verify(
    assessment: Annotated[Path, typer.Argument(help="The assessment folder.")],
    workspace: Annotated[
        Path | None, typer.Option(help="The workspace: its records are checked and the plan is run again.")
    ] = None,
) -> None:
    """Re-check an assessment's digests and, with the workspace, run it again."""
    from arusha.assessment.verify import verify as check

    done = check(assessment, workspace)
    again = "the plan was run again and gives the same bytes" if done.rerun else "not run again (no --workspace)"
    typer.echo(f"{done.files} files as the manifest says; {done.signals} signals; {again}")


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Folder for the demo administration.")],
    declarations: Annotated[int, typer.Option(help="How many declarations; 500 or more.")] = 60_000,
    seed: Annotated[int, typer.Option(help="The same size and seed give the same files.")] = 7,
    clean: Annotated[bool, typer.Option(help="No scheme at all; the innocent look-alikes stay.")] = False,
    force: Annotated[bool, typer.Option(help="Replace a demo that is there.")] = False,
) -> None:
    """Build the Republic of Examplia: records in both forms, and the answer key."""
    from arusha.demo.writing import write_demo

    with progress() as tell:
        write_demo(directory, declarations, seed, clean, force=force, progress=tell)
    typer.echo(f"DEMO - Republic of Examplia, invented data, seed {seed}")
    typer.echo(f"Canonical records: {directory / 'canonical'}")
    typer.echo(f"ASYCUDA World extract: {directory / 'asycuda'}")
    typer.echo(f"Answer key: {directory / 'answer_key.json'}")


@app.command()
def scorecard(
    directory: Annotated[Path, typer.Argument(help="Folder for the scorecard; a stopped run goes on from it.")],
    clean: Annotated[int, typer.Option(help="Worlds without any scheme.")] = 400,
    planted: Annotated[int, typer.Option(help="Worlds with schemes.")] = 200,
    declarations: Annotated[int, typer.Option(help="Declarations a world.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the first world.")] = 1,
    workers: Annotated[int | None, typer.Option(help="Processes; as many as cores where not given.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Folder where loaded worlds stay, to be asked again.")] = None,
) -> None:
    """Assess many demo administrations and count what is found, missed and wrongly flagged."""
    from arusha.demo.scorecard import scorecard as run

    with progress() as tell:
        run(
            directory,
            clean=clean,
            planted=planted,
            declarations=declarations,
            seed=seed,
            workers=workers,
            keep=keep,
            progress=tell,
        )
    typer.echo((directory / "scorecard.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
