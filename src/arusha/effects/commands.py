"""The commands of evaluations, for the command line to mount."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import Lang, chosen, shown
from arusha.language.told import error as of

if TYPE_CHECKING:
    from arusha.effects.evaluations import Evaluations
    from arusha.effects.registration import Registered
    from arusha.effects.threshold_plan import ThresholdPlan

app = typer.Typer(rich_markup_mode=None)


def _line(lang: str, key: str, **values: str) -> str:
    """A line about where something is, in the language of the rest."""
    from arusha.language import Catalogue

    return shown(Catalogue(lang, isolate=False).text(f"effects-{key}", **values))


def _registered(registered: Registered, lang: str) -> None:
    """When a plan was registered, and that another one of the same evaluation was before it."""
    from arusha.effects.registration import amended_told
    from arusha.language import Catalogue

    typer.echo(_line(lang, "registered", hash=registered.hash, at=registered.at))
    for line in amended_told(Catalogue(lang, isolate=False), registered):
        typer.echo(shown(line))


@app.command()
def effects(
    plan: Annotated[Path, typer.Argument(help="The plan of the evaluation (YAML).")],
    out: Annotated[Path | None, typer.Option(help="Folder for the register of plans and the result.")] = None,
    workspace: Annotated[
        Path | None, typer.Option(help="Workspace whose ledger of evaluations holds the plan; instead of --out.")
    ] = None,
    actor: Annotated[str, typer.Option("--as", help="Your pseudonym, with --workspace.")] = "system",
    power: Annotated[
        bool, typer.Option("--power", help="Register the plan and say what it could show; look at no result.")
    ] = False,
    lang: Lang = "en",
) -> None:
    """Evaluate a measure: power and a registered plan first, then the effect and what may be said of it."""
    from arusha.effects import evaluation_files as files
    from arusha.effects.evaluation import evaluate, power_of
    from arusha.effects.evaluation_text import told, told_power
    from arusha.effects.evaluations import Evaluations
    from arusha.effects.plan_files import plan_in
    from arusha.effects.registration import FolderRegister, Register
    from arusha.effects.threshold_plan import ThresholdPlan

    chosen.set(lang)
    if (out is None) == (workspace is None):
        raise typer.BadParameter("give a folder, or a workspace whose ledger holds the plan", param_hint="--out")
    if workspace is not None and not workspace.is_dir():
        raise of(ArushaError, "no-workspace", "no-workspace", where=str(workspace))
    read = plan_in(plan)
    kept = Evaluations(workspace) if workspace is not None else None
    if isinstance(read, ThresholdPlan):
        _threshold(read, kept, actor, out or Path(), power, lang)
        return
    if power:
        design, found, reason = power_of(read)
        if kept is not None:
            read = files.register(kept, read, actor)
        register: Register = kept.by(actor) if kept is not None else FolderRegister(out or Path())
        registered = register.register(read)
        typer.echo(shown(told_power(read, design, found, reason, lang)))
        _registered(registered, lang)
        return
    if kept is not None:
        done = files.run(kept, read, actor)
        out = kept.folder(read.hash[:16])
    else:
        assert out is not None
        done = evaluate(read, out)
        files.write(done, out)
    typer.echo(shown(told(done, lang)))
    typer.echo(_line(lang, "result-file", file=str(out / files.RESULT)))


def _threshold(plan: ThresholdPlan, kept: Evaluations | None, actor: str, out: Path, power: bool, lang: str) -> None:
    """Evaluate at a threshold, or say what it could show."""
    from arusha.effects import threshold_files as files
    from arusha.effects.evaluation_files import RESULT
    from arusha.effects.registration import FolderRegister, Register
    from arusha.effects.threshold_evaluation import evaluate_threshold, threshold_power
    from arusha.effects.threshold_text import told_threshold, told_threshold_power

    if power:
        found = threshold_power(plan)
        if kept is not None:
            plan = files.register_threshold(kept, plan, actor)
        register: Register = kept.by(actor) if kept is not None else FolderRegister(out)
        registered = register.register(plan)
        typer.echo(shown(told_threshold_power(plan, *found, lang)))
        _registered(registered, lang)
        return
    if kept is not None:
        done = files.run_threshold(kept, plan, actor)
        out = kept.folder(plan.hash[:16])
    else:
        done = evaluate_threshold(plan, out)
        files.write_threshold(done, out)
    typer.echo(shown(told_threshold(done, lang)))
    typer.echo(_line(lang, "result-file", file=str(out / RESULT)))


@app.command()
def pool(
    results: Annotated[list[Path], typer.Argument(help="result.json of each evaluation; two or more.")],
    out: Annotated[Path | None, typer.Option(help="Also write the numbers to this file (JSON).")] = None,
    lang: Lang = "en",
    force: Annotated[bool, typer.Option(help="Replace a file that exists.")] = False,
) -> None:
    """Summarise evaluations of one measure in several administrations: mean, spread, and what a further one may see."""
    from arusha.effects.evaluation_files import put
    from arusha.effects.pooling import pool as summarise
    from arusha.effects.pooling import pooled_file, told_pool

    chosen.set(lang)
    if out is not None and out.exists() and not force:
        raise of(ArushaError, "file-exists", "file-exists", where=str(out))
    found = summarise(results)
    typer.echo(shown(told_pool(found, lang)))
    if out is not None:
        put(out, pooled_file(found))
        typer.echo(_line(lang, "numbers-file", file=str(out)))
