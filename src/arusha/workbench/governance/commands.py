"""Commands of data governance, for the command line to mount as ``arusha data``; they read, and change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arusha.errors import ArushaError
from arusha.language.terminal import Lang, Language, chosen, shown
from arusha.language.told import error as of

if TYPE_CHECKING:
    from arusha.access.rights import Exemption
    from arusha.access.role_acts import RoleActs
    from arusha.language import Catalogue
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
    lang: Lang = "en",
) -> None:
    """Every load that is known: rows read and set aside, its interval, and whether that was to be expected."""
    from arusha.records.contract import CONTRACT
    from arusha.records.history import loads as known
    from arusha.records.load_changes import changes
    from arusha.records.set_aside_limits import aside_shares

    words = _words(lang)
    if table and table not in CONTRACT.tables:
        raise _no_such("table", table, CONTRACT.tables)
    found = known(workspace)
    for one in aside_shares(found, table):
        verdict = "cannot-tell" if one.limits is None else "unusual" if one.unusual else "within-expected-scatter"
        limit = {"most": words.percent(one.limits.high, 2)} if one.limits else {}
        _say(
            words,
            "data-load-expected" if limit else "data-load",
            at=f"{one.load.day:%Y-%m-%d %H:%M}",
            digest=one.load.digest[:16],
            of=f"{words.number(one.of):>12}",
            count=f"{words.number(one.count):>10}",
            share=words.percent(one.share, 2),
            low=words.percent(one.low, 2),
            high=words.percent(one.high, 2),
            verdict=words.text(f"verdict-{verdict}"),
            **limit,
        )
    for change in changes(*found[-2:]) if len(found) > 1 else ():
        counts = {"before": words.number(change.before), "after": words.number(change.after)}
        what = words.text(f"gov-change-{change.kind}", items=", ".join(change.items), **counts)
        _say(words, "data-changed", what=f"{change.table}{words.text('colon')}{what}" if change.table else what)
    if not found:
        _say(words, "data-no-load")


@app.command()
def questions(workspace: Workspace, lang: Lang = "en") -> None:
    """Whether each question of the catalogue can be asked of the records in force, and what it lacks."""
    from arusha.records.history import loads as known
    from arusha.workbench.governance.sufficiency import Lacks, sufficiency

    def said(lacks: Lacks) -> str:
        return ", ".join(f"{table} ({', '.join(columns)})" if columns else table for table, columns in lacks.items())

    words, found = _words(lang), known(workspace)
    for one in sufficiency(found[-1]) if found else ():
        lacks = said(one.lacks)
        asked = words.text("data-can-be-asked") if one.can_be_asked else words.text("data-cannot-be-asked", lacks=lacks)
        helped = words.text("data-helped", asked=asked, unaided=said(one.unaided)) if one.unaided else asked
        typer.echo(shown(f"{one.question:26} {helped}"))
    if not found:
        _say(words, "data-no-load")


@app.command()
def sources(workspace: Workspace, lang: Lang = "en") -> None:
    """Every source with its state, what was promised, and which promises the last load does not keep."""
    from datetime import UTC, datetime

    from arusha.records.history import loads as known
    from arusha.workbench.governance.breaches import breaches
    from arusha.workbench.governance.letter_text import sentence as letter_sentence
    from arusha.workbench.governance.sources import sources as registered

    record = _record(workspace)
    words, found = _words(lang), known(workspace)
    there = registered(record) if record is not None else {}
    for source in there.values():
        terms = source.terms
        told = words.text("data-no-terms")
        if terms:
            counts = {"tables": str(len(terms.tables)), "columns": str(len(terms.columns))}
            told = words.text("data-terms", cadence=words.text(f"gov-cadence-{terms.cadence}"), **counts)
        _say(
            words,
            "data-source",
            id=source.key,
            state=words.text(f"gov-state-{source.state}"),
            terms=told,
            people=words.text("data-people", owner=source.owner or "-", steward=source.steward or "-"),
            n=str(len(source.waiting)),
        )
        for breach in breaches(source, found, datetime.now(UTC).date()):
            typer.echo(f"  {letter_sentence(words, breach)}")
    if not there:
        _say(words, "data-no-source")


@app.command()
def letter(
    workspace: Workspace,
    key: Annotated[str, typer.Argument(help="Reference of a question; all are listed if not given.")] = "",
    lang: Lang = "en",
    form: Annotated[str, typer.Option(help="md, txt or html.")] = "md",
) -> None:
    """Print a question to a producer, as the site drafted it; it holds no personal data."""
    from arusha.workbench.governance.letter_text import FORMS, write
    from arusha.workbench.governance.letters import asked_about, letters
    from arusha.workbench.governance.sources import sources as registered

    words, record = _words(lang), _record(workspace)
    there = letters(record) if record is not None else {}
    if not key:
        for one in there.values():
            day, n = f"{one.steps[-1].at:%Y-%m-%d}", str(len(one.tokens))
            _say(words, "data-letter", id=one.key, state=words.text(f"gov-letter-{one.state}"), day=day, n=n)
        if not there:
            _say(words, "data-no-letter")
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
    lang: Lang = "en",
) -> None:
    """Rights that clash and clashes that were used, by pair of roles. Nobody is listed: that is the site's, after a
    purpose."""
    from arusha.access.clashes import count
    from arusha.access.role_acts import read_acts
    from arusha.engine import open_session
    from arusha.records.workspace import Workspace as Loaded
    from arusha.workbench.governance.clashes_text import lines

    words = _words(lang)
    declared, excepted = (None, []) if acts is not None else _agreed(workspace)
    if acts is not None:
        try:
            declared = read_acts(acts.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise of(ArushaError, "acts-not-utf-8", "save-utf-8", where=acts.name) from error
    with open_session(Loaded.open(workspace)) as session:
        found = count(session, declared, excepted, lambda *_: None)
    for line in lines(found, words):
        typer.echo(shown(line))


@app.command()
def retention(workspace: Workspace, lang: Lang = "en") -> None:
    """What is due to go, on which ground, and what keeps it. Nothing is deleted: two people do that on the site."""
    from datetime import UTC, datetime

    from arusha.workbench.serve import prepare_for

    words = _words(lang)
    if _record(workspace) is None:
        _say(words, "data-no-site")
        return
    prepare_for(workspace)
    from arusha.workbench.governance.retention import plan
    from arusha.workbench.site import site

    items = plan(site(), datetime.now(UTC))
    for item in items:
        kept = {"kept": words.text(f"gov-kept-{item.kept}")} if item.kept else {}
        _say(
            words,
            "data-due-kept" if kept else "data-due",
            item=words.text(f"gov-item-{item.kind}"),
            name=item.name,
            day=item.until[:10],
            ground=_ground(item.ground, words),
            **kept,
        )
    go, stay = sum(not i.kept for i in items), sum(bool(i.kept) for i in items)
    _say(words, "data-going", go=words.number(go), stay=words.number(stay))


def _ground(ground: str, words: Catalogue) -> str:
    """Why something is over: ``charter:QUESTION:MONTHS`` or ``program:MONTHS`` in a sentence."""
    by, *question, months = ground.split(":")
    if by == "charter":
        return words.text("gov-ground-of-charter", question=":".join(question), n=months)
    return words.text("gov-ground-of-program", n=months)


def _words(lang: Language) -> Catalogue:
    """The catalogue of the language that was asked for; what goes wrong speaks it too."""
    from arusha.language import Catalogue

    chosen.set(lang)
    return Catalogue(lang, isolate=False)


def _say(words: Catalogue, key: str, **values: str) -> None:
    typer.echo(shown(words.text(key, **values)))


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
