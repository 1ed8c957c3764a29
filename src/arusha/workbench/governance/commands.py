"""Commands of data governance, for the command line to mount as ``arusha data``; they read, and change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arusha.errors import ArushaError
from arusha.language.told import error as of

if TYPE_CHECKING:
    from arusha.access.rights import Exemption
    from arusha.access.role_acts import RoleActs
    from arusha.workbench.record import Record

app = typer.Typer(
    name="data",
    help="Data governance: loads over time, what can be asked, sources, questions to producers, what is due to go.",
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


@app.command()
def questions(workspace: Workspace) -> None:
    """Whether each question of the catalogue can be asked of the records in force, and what it lacks."""
    from arusha.records.history import loads as known
    from arusha.workbench.governance.sufficiency import Lacks, sufficiency

    def said(lacks: Lacks) -> str:
        return ", ".join(f"{table} ({', '.join(columns)})" if columns else table for table, columns in lacks.items())

    found = known(workspace)
    for one in sufficiency(found[-1]) if found else ():
        asked = "can be asked" if one.can_be_asked else f"cannot be asked: lacks {said(one.lacks)}"
        helped = f"; would be helped by {said(one.unaided)}" if one.unaided else ""
        typer.echo(f"{one.question:26} {asked}{helped}")
    if not found:
        typer.echo("No load is known.")


@app.command()
def sources(workspace: Workspace) -> None:
    """Every source with its state, what was promised, and which promises the last load does not keep."""
    from datetime import UTC, datetime

    from arusha.language import Catalogue
    from arusha.records.history import loads as known
    from arusha.workbench.governance.breaches import breaches
    from arusha.workbench.governance.letter_text import sentence
    from arusha.workbench.governance.sources import sources as registered

    record = _record(workspace)
    words, found = Catalogue("en", isolate=False), known(workspace)
    there = registered(record) if record is not None else {}
    for source in there.values():
        terms = source.terms
        told = f"{terms.cadence}, {len(terms.tables)} tables, {len(terms.columns)} columns" if terms else "no terms yet"
        people = f"owner {source.owner or '-'}, steward {source.steward or '-'}"
        typer.echo(f"Source {source.key}: {source.state}; {told}; {people}; {len(source.waiting)} wait")
        for breach in breaches(source, found, datetime.now(UTC).date()):
            typer.echo(f"  {sentence(words, breach)}")
    if not there:
        typer.echo("No source is registered.")


@app.command()
def letter(
    workspace: Workspace,
    key: Annotated[str, typer.Argument(help="Reference of a question; all are listed if not given.")] = "",
    lang: Annotated[str, typer.Option(help="Language: en, fr, es or ar.")] = "en",
    form: Annotated[str, typer.Option(help="md, txt or html.")] = "md",
) -> None:
    """Print a question to a producer, as the site drafted it; it holds no personal data."""
    from arusha.workbench.governance.letter_text import FORMS, write
    from arusha.workbench.governance.letters import asked_about, letters
    from arusha.workbench.governance.sources import sources as registered

    record = _record(workspace)
    there = letters(record) if record is not None else {}
    if not key:
        for one in there.values():
            typer.echo(f"{one.key}  {one.state}  {one.steps[-1].at:%Y-%m-%d}  {len(one.tokens)} points")
        if not there:
            typer.echo("No question was drafted.")
        return
    if key not in there or record is None:
        raise _no_such("letter", key, there)
    if form not in FORMS:
        raise _no_such("form", form, FORMS)
    about = asked_about(record, there[key])
    if about is None:
        raise of(ArushaError, "letter-gone", "", where=key)
    typer.echo(write(there[key], registered(record)[there[key].source], about, lang, form), nl=False)


@app.command()
def clashes(
    workspace: Workspace,
    acts: Annotated[
        Path | None, typer.Option(help="CSV of role,act: which acts belong to which role. If not given: the site's.")
    ] = None,
) -> None:
    """Rights that clash and clashes that were used, by pair of roles. Nobody is listed: that is the site's, after a
    purpose."""
    from arusha.access.clashes import count
    from arusha.access.role_acts import read_acts
    from arusha.engine import open_session
    from arusha.records.workspace import Workspace as Loaded
    from arusha.workbench.governance.clashes_text import lines

    declared, excepted = (None, []) if acts is not None else _agreed(workspace)
    if acts is not None:
        try:
            declared = read_acts(acts.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise of(ArushaError, "acts-not-utf-8", "save-utf-8", where=acts.name) from error
    with open_session(Loaded.open(workspace)) as session:
        found = count(session, declared, excepted, lambda *_: None)
    for line in lines(found):
        typer.echo(line)


@app.command()
def retention(workspace: Workspace) -> None:
    """What is due to go, on which ground, and what keeps it. Nothing is deleted: two people do that on the site."""
    from datetime import UTC, datetime

    from arusha.workbench.serve import prepare_for

    if _record(workspace) is None:
        typer.echo("No site was opened yet: nothing is known that could be due.")
        return
    prepare_for(workspace)
    from arusha.workbench.governance.retention import plan
    from arusha.workbench.site import site

    items = plan(site(), datetime.now(UTC))
    for item in items:
        kept = f", kept: {item.kept}" if item.kept else ""
        typer.echo(f"{item.kind:13} {item.name}  over since {item.until[:10]} ({item.ground}){kept}")
    typer.echo(f"{sum(not i.kept for i in items):,} go, {sum(bool(i.kept) for i in items):,} stay all the same.")


def _agreed(workspace: Path) -> tuple[RoleActs | None, list[Exemption]]:
    """The acts that are in force on the site, and its exceptions."""
    from arusha.charter import Charter
    from arusha.workbench.rights.agreements import declared, exemptions

    record, charter = _record(workspace), Charter.of(workspace)
    if record is None:
        return None, []
    state = charter.state() if charter is not None else None
    return declared(record, state), exemptions(record, state)


def _record(workspace: Path) -> Record | None:
    """The site's ledger; none where no site was opened yet. Reading makes nothing."""
    import os

    from arusha.workbench.record import Record

    home = Path(os.environ.get("ARUSHA_HOME") or workspace / "workbench")
    return Record(home) if (home / "ledger").exists() else None


def _no_such(what: str, given: str, known: Iterable[str]) -> ArushaError:
    return of(ArushaError, f"no-such-{what}", "one-of-these", given=repr(given), known=", ".join(known))
