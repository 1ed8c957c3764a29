"""The command line: each command is a few lines over a function that Python users call too."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import typer

from arusha.assessment.commands import panel
from arusha.charter.commands import commands as charter_commands
from arusha.effects.commands import app as effects_app
from arusha.errors import ArushaError
from arusha.language.terminal import Lang, Language, Refused, chosen, shown
from arusha.language.told import error as of
from arusha.ledger.commands import app as ledger_app
from arusha.records.commands import app as records_app
from arusha.records.progress_bar import progress
from arusha.surveys.commands import app as survey_app
from arusha.workbench.commands import app as workbench_app
from arusha.workbench.governance.commands import app as data_app

if TYPE_CHECKING:
    from arusha.charter.dossier import Facts
    from arusha.language import Catalogue
    from arusha.records.checks import Blocking

app = typer.Typer(
    name="arusha",
    help="The integrity observatory for customs administrations.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _facts(workspace: Path, question: str, plan: Path | None) -> Facts:
    """What a question asks of a workspace, for its charter."""
    from arusha.assessment.agreed import facts_in

    return facts_in(workspace, question, plan)


app.add_typer(records_app)
app.add_typer(charter_commands(_facts))
app.add_typer(ledger_app)
app.add_typer(survey_app)
app.add_typer(data_app)
app.add_typer(effects_app)
app.add_typer(workbench_app)

Engine = Annotated[
    Literal["duckdb", "spark"], typer.Option(help="duckdb, or spark (needs the extra and a Java runtime).")
]


def _languages(given: list[str] | None) -> list[str] | None:
    unknown = [lang for lang in given or () if lang not in get_args(Language)]
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}; choose from {', '.join(get_args(Language))}")
    return given


def _told(error: ArushaError) -> str:
    """An error in the language that was chosen; one of which the catalogues have no sentence speaks English."""
    lang = chosen.get()
    if lang == "en":
        return str(error)
    from arusha.charter.problems import RefusedError
    from arusha.language import Catalogue
    from arusha.records.checks import RecordsBlockedError

    words = Catalogue(lang, isolate=False)
    if isinstance(error, RefusedError):
        return error.said(words)
    found = error.findings if isinstance(error, RecordsBlockedError) else (error,)
    return "\n".join(line for one in found for line in _finding(one, words))


def _finding(one: Blocking | ArushaError, words: Catalogue) -> list[str]:
    where = (one.told.place(words) if one.told else "") or one.where
    problem = one.told.problem(words) if one.told else one.problem
    remedy = (one.told.remedy(words) if one.told else "") or one.remedy
    lines = [f"{where}: {problem}" if where else problem]
    return [*lines, words.text("what-to-do", remedy=remedy)] if remedy else lines


def main() -> None:
    """Run the command line; an expected error is one message, never a traceback."""
    try:
        app(prog_name="arusha")
    except ArushaError as error:
        typer.echo(shown(f"arusha: {_told(error)}"), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read the output has stopped; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        typer.echo(f"arusha: {error.filename or 'the disk'}: {error.strerror or error}", err=True)
        typer.echo("What to do: check that the folder is there, has room, and may be read and written", err=True)
        sys.exit(1)
    except SystemExit as end:
        if end.code == 130:
            typer.echo("arusha: stopped; what was there before is untouched", err=True)
        raise


@app.command()
def unmask(
    sealed: Annotated[Path, typer.Argument(help="The sealed mapping that a load wrote: NAME.sealed.")],
    share: Annotated[list[Path], typer.Option(help="File of a key holder's share; give two.")],
    pseudonym: Annotated[list[str], typer.Option(help="A pseudonym to open, as P-7Q3K-M2XA-9TBC. May be repeated.")],
    signal: Annotated[str, typer.Option(help="Id of the signal behind the inquiry; the pseudonyms are in it.")],
    actor: Annotated[str, typer.Option("--as", help="Pseudonym of the investigator who asks.")],
    holder: Annotated[list[str], typer.Option(help="Pseudonym of a key holder who releases a share; give two.")],
    tell_by: Annotated[str, typer.Option(help="Day by which the person concerned is told: 2026-03-31.")],
    purpose: Annotated[str, typer.Option(prompt="Why (it is logged before a name opens)", help="Why. Asked for.")],
    reference: Annotated[
        str, typer.Option(prompt="Number of the request or case", help="Number of the request or case. Asked for.")
    ],
    log: Annotated[
        Path | None, typer.Option(help="Log of looks. If not given: NAME.looks.jsonl beside the sealed mapping.")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option(help="Whose charter is asked. If not given: NAME.arusha beside the sealed mapping.")
    ] = None,
    assessment: Annotated[
        Path | None, typer.Option(help="The assessment of the signal. If not given: the one that the alert is of.")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="Checkpoint of the charter's ledger that a witness signed lately; repeat.")
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option(help="Public key of a witness, or a file of it, as the key holders know it.")
    ] = None,
    lang: Refused = "en",
) -> None:
    """Tell two key holders whom pseudonyms stand for, if the question is live and an inquiry stands; all is recorded.

    In a study, or a workspace of one person, no name opens.
    """
    from arusha.charter.commands import person as as_person
    from arusha.workbench.identity import Request, open_names
    from arusha.workbench.outside import brought

    chosen.set(lang)
    if len(share) != 2:
        raise of(ArushaError, "shares-two", "shares-twice", where="--share", n=len(share))
    asked = Request(as_person(actor), tuple(holder), signal, tuple(pseudonym), purpose, reference, tell_by)
    held = brought(checkpoint or [], witness or [])
    done = open_names(sealed, share, asked, workspace=workspace, assessment=assessment, log=log, outside=held)
    for token, name in done.names.items():
        typer.echo(f"{token}  {name}")
    for token in done.unknown:
        typer.echo(f"{token}  is not in this mapping", err=True)
    typer.echo(f"Logged in {done.log}; its end is {done.digest}", err=True)


@app.command()
def looks(log: Annotated[Path, typer.Argument(help="Log of looks: NAME.looks.jsonl.")], lang: Refused = "en") -> None:
    """Check that no line of a log of looks was changed, and print it."""
    from arusha.records.unmasking import check_looks

    chosen.set(lang)
    end = check_looks(log)
    typer.echo(log.read_text(encoding="utf-8"), nl=False)
    typer.echo(f"Every line follows from the one before it; the end is {end}", err=True)


@app.command()
def plan(
    workspace: Annotated[Path, typer.Argument(help="The workspace.")],
    out: Annotated[Path, typer.Option(help="Where to write the plan.")] = Path("plan.yaml"),
    lang: Refused = "en",
) -> None:
    """Write the proposed plan of an assessment: every question, the whole period. Edit it before assessing."""
    from arusha.assessment import plan as plans
    from arusha.assessment.asking import period
    from arusha.engine import open_session
    from arusha.indicators.registry import indicators
    from arusha.records.workspace import Workspace

    chosen.set(lang)
    if out.exists():
        raise of(ArushaError, "file-there", "other-out", where=str(out))
    with open_session(Workspace.open(workspace)) as session:
        proposed = plans.propose(*period(session), [i.definition.id for i in indicators()])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(proposed.to_yaml(), encoding="utf-8")
    typer.echo(f"The plan is {out}")


@app.command()
def assess(
    workspace: Annotated[Path, typer.Argument(help="The workspace to assess.")],
    out: Annotated[Path, typer.Option(help="Folder of the assessment.")],
    plan: Annotated[Path | None, typer.Option(help="plan.yaml; without it every question is asked.")] = None,
    engine: Engine = "duckdb",
    lang: Annotated[
        list[str] | None,
        typer.Option(
            help="Language of a report: en, fr, es or ar; may be repeated. If not given: en and ar.",
            callback=_languages,
        ),
    ] = None,
    memory_limit: Annotated[str | None, typer.Option(help="Memory for the engine, such as 4GB.")] = None,
) -> None:
    """Ask the plan's questions and write the assessment: signals, evidence and a report."""
    from arusha.assessment.run import assess as run

    chosen.set(cast("Language", lang[0]) if lang else "en")
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
    from arusha.language import Catalogue

    words = Catalogue(chosen.get(), isolate=False)
    for question in done.manifest["questions"]:
        typer.echo(_line(question, words))
    typer.echo(words.text("assess-signal"))
    for report in sorted(out.glob("report.*.html")):
        typer.echo(words.text("assess-report", file=str(report)))


def _line(question: dict[str, Any], words: Catalogue) -> str:
    named = f"{question['id']:26}"
    if question["status"] == "counts only":
        return f"{named} {words.text('assess-counts-only', stage=question['charter']['stage'])}"
    if question["status"] != "assessed":
        needs = ", ".join(f"{t} ({', '.join(c)})" if c else t for t, c in question["needs_missing"].items())
        return f"{named} {words.text('assess-needs', needs=needs)}"
    widths = {"tested": 7, "cannot_tell": 7, "signals": 4, "explained": 3, "flagged": 4}
    told = question | {"cannot_tell": question["cannot_tell"] + question.get("unlisted", 0)}
    counts = {name.replace("_", "-"): f"{told[name]:>{width},}" for name, width in widths.items()}
    return f"{named} {words.text('assess-line', **counts)}"


@app.command()
def profile(
    file: Annotated[Path, typer.Argument(help="YAML with indicators and one or two waves (docs/profile.md).")],
    lang: Lang = "en",
    out: Annotated[Path | None, typer.Option(help="Also write the numbers to this file (JSON).")] = None,
    force: Annotated[bool, typer.Option(help="Replace a file that exists.")] = False,
) -> None:
    """Print the integrity profile: ten factors, what changed, and what is not known."""
    import json

    from arusha.index import profile_file, profile_text
    from arusha.index.profile import profile as made
    from arusha.language import Catalogue

    chosen.set(lang)
    asked = profile_file.read(file)
    if out is not None and out.exists() and not force:
        raise of(ArushaError, "file-there", "other-or-force", where=str(out))
    found = made(asked.indicators, asked.waves, asked.doubts, draws=asked.draws, seed=asked.seed, level=asked.level)
    words = Catalogue(lang, isolate=False)
    for line in profile_text.lines(found, words):
        typer.echo(shown(line))
    if out is not None:
        written = out.with_name(out.name + ".partial")
        written.write_text(
            json.dumps(profile_text.as_json(found), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        written.rename(out)
        typer.echo("\n" + words.text("effects-numbers-file", file=str(out)))


@app.command()
def evidence(
    assessment: Annotated[Path, typer.Argument(help="The assessment folder.")],
    signal: Annotated[str, typer.Argument(help="Id of a signal, or an unmistakable beginning of it.")],
    workspace: Annotated[Path, typer.Option(help="The workspace that was assessed.")],
    out: Annotated[Path | None, typer.Option(help="Write Parquet or CSV here instead of printing.")] = None,
    lang: Lang = "en",
) -> None:
    """The rows behind a signal, with the file and line of each."""
    from arusha.assessment.evidence import evidence as rows_of
    from arusha.assessment.evidence import write_csv, write_rows
    from arusha.language import Catalogue

    chosen.set(lang)
    if out is not None and out.suffix not in (".csv", ".parquet"):
        raise typer.BadParameter("its name ends in .csv or .parquet", param_hint="--out")
    rows = rows_of(assessment, signal, workspace)
    if out is None:
        write_csv(rows, sys.stdout.buffer)
    else:
        write_rows(rows, out)
        words = Catalogue(lang, isolate=False)
        typer.echo(shown(words.text("rows-in-file", n=words.number(rows.num_rows), file=str(out))))


@app.command()
def lineage(
    assessment: Annotated[Path, typer.Argument(help="The assessment folder.")],
    out: Annotated[Path, typer.Option(help="File to write: JSON.")],
    signal: Annotated[str | None, typer.Option(help="Id of a signal: W3C PROV of where it comes from.")] = None,
    workspace: Annotated[Path | None, typer.Option(help="The workspace; needed with --signal.")] = None,
    lang: Refused = "en",
) -> None:
    """From source file to table to question, as OpenLineage events; or of one signal, as W3C PROV. Names nobody."""
    import json

    from arusha.assessment.lineage import openlineage, prov

    chosen.set(lang)
    if signal is None:
        events = openlineage(assessment)
        out.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
        typer.echo(f"{len(events)} runs are in {out}")
        return
    if workspace is None:
        raise typer.BadParameter("the rows behind a signal are in the workspace: name it", param_hint="--workspace")
    out.write_text(json.dumps(prov(assessment, signal, workspace), indent=1) + "\n", encoding="utf-8")
    typer.echo(f"Where the signal comes from is in {out}")


@app.command()
def verify(
    assessment: Annotated[Path, typer.Argument(help="The assessment folder.")],
    workspace: Annotated[
        Path | None, typer.Option(help="The workspace: its records are checked and the plan is run again.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """Re-check an assessment's digests and, with the workspace, run it again."""
    from arusha.assessment.verify import verify as check
    from arusha.language import Catalogue

    chosen.set(lang)
    done = check(assessment, workspace)
    key = "verify-again" if done.rerun else "verify-not-again"
    counts = {"files": done.files, "units": done.units, "signals": done.signals}
    typer.echo(Catalogue(lang, isolate=False).text(key, **counts))


app.command()(panel)


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
