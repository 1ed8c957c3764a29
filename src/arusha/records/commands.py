"""Commands of the records, for the command line to mount: what to ask for, what is there, and loading it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from arusha.language.terminal import Lang, Refused, chosen, shown
from arusha.records.progress_bar import progress

app = typer.Typer(rich_markup_mode=None)

Source = Annotated[Path, typer.Argument(help="Folder of extracts (CSV or Parquet), one file or folder a table.")]
Mapping = Annotated[str, typer.Option(help="A shipped mapping (asycuda-world, canonical, ...) or a YAML file.")]
Override = Annotated[Path | None, typer.Option(help="Country override of the mapping (YAML).")]
Memory = Annotated[str, typer.Option(help="Memory for the engine; beyond it, it spills to disk.")]


@app.command()
def template(
    directory: Annotated[Path, typer.Argument(help="Folder for the empty tables.")],
    lang: Lang = "en",
    force: Annotated[bool, typer.Option(help="Replace files that exist.")] = False,
) -> None:
    """Write empty tables of the records contract, and what each column means."""
    from arusha.records.template import write_template

    chosen.set(lang)
    write_template(directory, lang=lang, force=force)
    typer.echo(f"Empty tables are in {directory}")


@app.command()
def letter(
    lang: Lang = "en",
    question: Annotated[
        list[str] | None, typer.Option(help="Id of a question: ask only for what it reads. May be repeated.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write it to a file (.md, .txt or .html) instead of printing.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Replace a file that exists.")] = False,
) -> None:
    """Write the letter that asks the IT department for the extract, table by table."""
    from arusha.records.letter import letter as write
    from arusha.records.letter import write_letter

    chosen.set(lang)
    if out is None:
        typer.echo(write(lang, question))
    else:
        typer.echo(f"The letter is {write_letter(out, lang, question, force=force)}")


@app.command()
def inspect(
    source: Source,
    mapping: Mapping = "canonical",
    override: Override = None,
    memory_limit: Memory = "4GB",
    lang: Lang = "en",
) -> None:
    """Show what a load would accept and set aside, and why. Nothing is stored. Exit code 1 if a load would refuse."""
    from arusha.records.inspect import inspect as look

    chosen.set(lang)
    with progress() as tell:
        report = look(source, mapping=mapping, override=override, progress=tell, memory_limit=memory_limit)
    typer.echo(shown(report.text(lang)))
    if report.blocking:
        raise typer.Exit(1)


@app.command()
def load(
    source: Source,
    out: Annotated[Path, typer.Option(help="The workspace to write: NAME.arusha.")],
    mapping: Mapping = "canonical",
    override: Override = None,
    pseudonyms: Annotated[Literal["on", "off"], typer.Option(help="on, or off for data that carry no persons.")] = "on",
    key_file: Annotated[
        Path | None,
        typer.Option(help="Key of the pseudonyms; made where it does not exist. If not given: NAME.key beside --out."),
    ] = None,
    seal_to: Annotated[Path | None, typer.Option(help="Public key of the key holders (see `arusha keys`).")] = None,
    memory_limit: Memory = "4GB",
    lang: Lang = "en",
) -> None:
    """Load an administration's records into a workspace."""
    from arusha.language import Catalogue
    from arusha.records.load import load as read
    from arusha.records.load_text import load_lines, load_notes

    chosen.set(lang)
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
            memory_limit=memory_limit,
        )
    words = Catalogue(lang, isolate=False)
    for line in load_notes(workspace.manifest, words):
        typer.echo(shown(line), err=True)
    for line in load_lines(workspace.manifest, words):
        typer.echo(shown(line))
    typer.echo(words.text("load-workspace", path=str(workspace.path)))


@app.command()
def keys(
    directory: Annotated[Path, typer.Argument(help="Folder for the public key and the three shares.")],
    holder: Annotated[list[str], typer.Option(help="Name of an office that holds a share; give three.")],
    lang: Refused = "en",
) -> None:
    """Make the key that seals the mapping of pseudonyms, its private half split two of three."""
    from arusha.records.pseudonyms import make_key_holders

    chosen.set(lang)
    made = make_key_holders(directory, holder)
    for path in made.paths:
        typer.echo(str(path))
    typer.echo("Hand each share to its holder and delete it here: two of the three open the mapping.")
