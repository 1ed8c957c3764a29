"""Commands of the workbench and of what is done beside it, for the command line to mount."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import Lang, Refused, chosen
from arusha.language.told import error as of
from arusha.records.progress_bar import progress

app = typer.Typer(rich_markup_mode=None)


@app.command()
def serve(
    workspace: Annotated[Path | None, typer.Argument(help="The workspace: NAME.arusha.")] = None,
    assessment: Annotated[
        list[Path] | None,
        typer.Option(help="Folder of an assessment; repeat. Those beside the workspace are found by themselves."),
    ] = None,
    port: Annotated[int, typer.Option(help="Port on this computer; 0 for any that is free.")] = 8787,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    new: Annotated[bool, typer.Option("--new", help="Make a workspace without records; load them there.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Serve nothing; say of each thing that must hold whether it does.")
    ] = False,
    lang: Refused = "en",
) -> None:
    """Open the workbench in the browser, on this computer alone. Needs the extra workbench."""
    chosen.set(lang)
    if check:
        from arusha.workbench.checks import report

        raise typer.Exit(0 if report(workspace, typer.echo) else 3)
    _open_workbench(workspace, assessment or [], port, browser, new=new)


@app.command()
def worker(
    workspace: Annotated[
        Path | None, typer.Argument(help="The workspace; if not given, the variables ARUSHA_... say which.")
    ] = None,
) -> None:
    """Load and assess for a workbench that several people use, until it is stopped. `arusha serve` needs none."""
    from arusha.workbench.serve import prepare_for

    prepare_for(workspace)
    from arusha.workbench.worker import run

    run(tell=typer.echo)


def _open_workbench(
    workspace: Path | None, assessments: list[Path], port: int, browser: bool, *, new: bool = False
) -> None:
    import webbrowser

    from arusha.workbench.serve import serve as run

    def started(address: str) -> None:
        if browser:
            webbrowser.open(address)

    run(workspace, assessments, port=port, new=new, tell=typer.echo, started=started)


@app.command()
def fairness(
    workspace: Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")],
    question: Annotated[str, typer.Argument(help="Id of the question.")],
    groups: Annotated[
        Path, typer.Option(help="CSV with a column person and one column an attribute; read in the sealed process.")
    ],
    out: Annotated[Path, typer.Option(help="File of the audit.")],
    rate: Annotated[float | None, typer.Option(help="Promised signal rate; the charter's if not given.")] = None,
    plan: Annotated[Path | None, typer.Option(help="plan.yaml; without it the proposed plan.")] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="Key of the pseudonyms, where the column person holds staff ids.")
    ] = None,
    cut: Annotated[
        list[str] | None,
        typer.Option(help="Compare by what the records know too: grade, unit, years, office or office-kind; repeat."),
    ] = None,
    lang: Lang = "en",
) -> None:
    """Audit a question for fairness: groups are joined in a sealed process and dropped; none under ten comes out."""
    from arusha.charter import Charter
    from arusha.fairness.audit import CANNOT_TELL, UNUSUAL, WITHIN
    from arusha.fairness.job import keep, kept, run_audit, text_of
    from arusha.fairness.recorded import known
    from arusha.language import Catalogue

    chosen.set(lang)
    words = Catalogue(lang, isolate=False)
    charter = Charter.of(workspace)
    held = charter.state().questions.get(question) if charter else None
    promised = rate or (held.most_signals if held else None) or 0.05
    done = run_audit(workspace, question, groups, rate=promised, plan=plan, key_file=key_file, cuts=known(cut or ()))
    name = ""
    if charter is not None:
        name = keep(charter, {question: done})[question]
        done = kept(workspace, name) or done
    out.write_bytes(text_of(done))
    typer.echo(words.text("fair-people", people=str(done["people"]), groups=str(len(done["compared"]))))
    for basis, word in (("raw", "word"), ("as-many", "adjusted_word")):
        found = Counter(c[word] for c in done["compared"])
        counts = {w: str(found[w]) for w in (UNUSUAL, WITHIN, CANNOT_TELL)}
        typer.echo(words.text(f"fair-{basis}", **counts))
    typer.echo(words.text("fair-written", file=str(out)))
    if charter is None:
        typer.echo(words.text("fair-no-charter"), err=True)
        return
    if done["held"]["overlap"] or done["held"]["near"]:
        typer.echo(words.text("fair-numbers-out"))
    typer.echo(words.text("fair-kept", file=name))
    typer.echo(words.text("fair-record", command=f"arusha charter audit {workspace} {question} {out} --as ..."))


@app.command()
def backup(
    workspace: Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")],
    file: Annotated[Path, typer.Argument(help="File to write; a new one.")],
    lang: Refused = "en",
) -> None:
    """Back up a workspace with its charter, ledgers, assessments and accounts, also while the site runs."""
    from arusha.workbench.serve import prepare_for

    chosen.set(lang)
    prepare_for(workspace)
    from arusha.workbench.backup import backup as save

    done = save(workspace, file)
    typer.echo(f"{done.files:,} files, {done.size:,} bytes in {done.path}")
    for name, told in done.ledgers.items():
        typer.echo(f"Ledger of the {name}: {told['size']:,} entries, root {told['root']}")
    for name, line in done.registers.items():
        typer.echo(f"Register, to note: {name}={line}")
    typer.echo(f"Note its digest elsewhere: {done.digest}")
    typer.echo("The key of the pseudonyms is not in it: it is kept apart.", err=True)


def _noted(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, _, told = line.rpartition("=")
        if name in found:
            raise of(ArushaError, "register-twice", "register-newer", where=name)
        found[name] = told
    return found


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="File that `arusha backup` wrote.")],
    workspace: Annotated[Path, typer.Argument(help="The workspace to make: NAME.arusha, where nothing is.")],
    checkpoint: Annotated[list[Path] | None, typer.Option(help="Checkpoint that a witness holds; repeat.")] = None,
    digest: Annotated[
        str | None, typer.Option(help="Digest that was noted when the backup was made, or its first 16 digits or more.")
    ] = None,
    noted: Annotated[
        list[str] | None, typer.Option(help="A register as a backup printed it, plans=12:ab34...; repeat.")
    ] = None,
    older: Annotated[
        bool,
        typer.Option("--older", help="Restore also what is shorter than was noted; nothing shows that it is true."),
    ] = False,
    lang: Refused = "en",
) -> None:
    """Make a workspace from a backup, if every byte of it is as it was. Nothing is overwritten."""
    from arusha.ledger import Checkpoint
    from arusha.workbench.restore import restore as bring
    from arusha.workbench.restore import what

    chosen.set(lang)
    held = [Checkpoint.parse(path.read_text("utf-8")) for path in checkpoint or ()]
    done = bring(file, workspace, held, digest, _noted(noted or []), older)
    typer.echo(f"The workspace of {done.created_at} is {done.workspace}")
    for name, told in done.ledgers.items():
        typer.echo(f"Ledger of the {name}: {told['size']:,} entries, root {told['root']}")
    for name, lacking in done.older.items():
        lacks = f"{what(name, done.ledgers)} lacks {lacking:,} entries that were there before"
        typer.echo(f"OLDER: {lacks}; nothing shows that the others are the old ones", err=True)
    if done.older:
        raise typer.Exit(3)


@app.command()
def account(
    workspace: Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")],
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    pseudonym: Annotated[str, typer.Option("--as", help="Pseudonym under which this person acts.")],
    lang: Refused = "en",
) -> None:
    """Make an account for the workbench, or give a locked-out person a new first password. It opens no role."""
    from arusha.workbench.accounts import make_account

    chosen.set(lang)
    typer.echo(f"First password of {name}: {make_account(workspace, name, pseudonym)}")
    typer.echo("Hand it over in person; signing in asks for a new one, and for a second factor.")


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Folder for the demo administration.")],
    declarations: Annotated[int, typer.Option(help="How many declarations; 500 or more.")] = 60_000,
    seed: Annotated[int, typer.Option(help="The same size and seed give the same files.")] = 7,
    clean: Annotated[bool, typer.Option(help="No scheme at all; the innocent look-alikes stay.")] = False,
    force: Annotated[bool, typer.Option(help="Replace a demo that is there.")] = False,
    reforms: Annotated[
        bool, typer.Option("--reforms", help="Also three years of posts under three measures, to ask what worked.")
    ] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Also load, agree and assess, and open the workbench with invented people.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port of --serve; 0 for any that is free.")] = 8787,
    browser: Annotated[bool, typer.Option(help="Open the browser with --serve.")] = True,
    lang: Refused = "en",
) -> None:
    """Build the Republic of Examplia: records in both forms, and the answer key."""
    from arusha.demo.writing import write_demo

    chosen.set(lang)
    if serve:
        from arusha.workbench.demo_office import demo_office

        with progress() as tell:
            workspace = demo_office(directory, declarations, seed, clean, tell)
        _open_workbench(workspace, [], port, browser)
        return
    with progress() as tell:
        write_demo(directory, declarations, seed, clean, force=force, reforms=reforms, progress=tell)
    typer.echo(f"DEMO - Republic of Examplia, invented data, seed {seed}")
    typer.echo(f"Canonical records: {directory / 'canonical'}")
    typer.echo(f"ASYCUDA World extract: {directory / 'asycuda'}")
    if reforms:
        typer.echo(f"Reforms to evaluate: {directory / 'reforms'}")
    typer.echo(f"Answer key: {directory / 'answer_key.json'}")
