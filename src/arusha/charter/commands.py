"""Commands of the charter, for the command line to mount as ``arusha charter``.

The charter knows no indicator, so whoever mounts the commands says how a question's facts are found.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from arusha.language.terminal import Language
from arusha.language.terminal import chosen as language
from arusha.language.told import error as of

if TYPE_CHECKING:
    from arusha.charter.charter import Charter
    from arusha.charter.dossier import Facts
    from arusha.charter.problems import Missing
    from arusha.ledger import Recorded

FactsOf = Callable[[Path, str, Path | None], "Facts"]
"""Workspace, question and plan.yaml (or none, for the proposed plan) -> the question's facts."""

Workspace = Annotated[Path, typer.Argument(help="The workspace: NAME.arusha.")]
Question = Annotated[str, typer.Argument(help="Id of the question.")]
As = Annotated[str, typer.Option("--as", help="Pseudonym of who acts, such as P-7Q3K-M2XA-9TBC.")]


def commands(facts_of: FactsOf) -> typer.Typer:
    """The commands, to be mounted with ``add_typer``."""
    app = typer.Typer(
        name="charter",
        help="The rules agreed to: which question is live, and what was said of it.",
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def chosen(lang: Annotated[Language, typer.Option(help="Language of what the charter refuses.")] = "en") -> None:
        language.set(lang)

    minutes = (committee, observer, observation)
    for command in (new, show, grant, withdraw, consult, notice, ask, position, answer, audit, *minutes, move):
        app.command()(command)

    @app.command()
    def draft(
        workspace: Workspace,
        question: Question,
        actor: As,
        retention_months: Annotated[int, typer.Option(help="Months after which its signals are deleted.")],
        plan: Annotated[Path | None, typer.Option(help="plan.yaml; its settings are part of what is agreed.")] = None,
    ) -> None:
        """Draft a question: its definition and the plan's settings are fixed by their hash, its dossier is written."""
        done(_open(workspace).draft(person(actor), facts_of(workspace, question, plan), retention_months))

    return app


def done(recorded: Recorded) -> None:
    """Say where the act stands in the ledger."""
    typer.echo(f"Recorded as entry {recorded.number}: {recorded.entry.kind}")


def person(actor: str) -> str:
    """Who acts on a command line is a person: what the program does itself, nobody does in its name."""
    from arusha.charter.problems import CharterError
    from arusha.charter.roles import SYSTEM

    if actor == SYSTEM:
        raise of(CharterError, "only-system", "your-pseudonym", where="--as")
    return actor


def _open(workspace: Path) -> Charter:
    from arusha.charter.charter import Charter
    from arusha.charter.problems import CharterError

    charter = Charter.of(workspace)
    if charter is None:
        raise of(CharterError, "charter-study", "make-charter", where=str(workspace))
    return charter


def new(
    workspace: Workspace,
    origin: Annotated[str, typer.Option(help="Name of the ledger, such as customs.example/charter.")],
    lead: Annotated[str, typer.Option(help="Pseudonym of the integrity lead.")],
    auditor: Annotated[
        str | None, typer.Option(help="Pseudonym of the internal auditor; without one it is solo mode.")
    ] = None,
) -> None:
    """Give a workspace a charter: from then on, what is not live names nobody."""
    from arusha.charter.charter import Charter

    charter = Charter.make(workspace, origin, lead, auditor)
    typer.echo(f"The charter is {charter.path}")
    if auditor is None:
        typer.echo("Solo mode: no question about persons goes live.")


def show(
    workspace: Workspace,
    question: Annotated[str | None, typer.Argument(help="Id of a question: what it lacks to go live.")] = None,
) -> None:
    """Where each question stands; for one, everything that was said and what it lacks to go live."""
    charter = _open(workspace)
    state = charter.state()
    if question is None:
        typer.echo(f"{charter.ledger.origin}: {len(charter.ledger):,} entries{', solo mode' if state.solo else ''}")
        for who, roles in sorted(state.roles.items()):
            ends = {r: day for r in roles if (day := state.until.get((who, r)))}
            named = [f"{r} (last day {ends[r]})" if r in ends else r for r in sorted(roles)]
            typer.echo(f"{who}  {', '.join(named) or 'no role'}")
        for (what, who, role), first in sorted(state.asked.items()):
            typer.echo(f"Asked for by {first}, waits for a second person: {what} {role} {who}")
        for one in state.questions.values():
            typer.echo(f"{one.id:26} {one.stage}")
        return
    asked = charter.question(question)
    typer.echo(f"{asked.id}: {asked.stage}; definition {asked.definition}")
    if asked.most_signals is not None:
        typer.echo(f"Promised signal rate: at most {asked.most_signals:g}")
    for said in asked.positions:
        typer.echo(f"Union, {said.at:%Y-%m-%d}: {said.position} (entry {said.number})")
    for number in asked.objections:
        typer.echo(f"Objection: entry {number}")
    for point, due in asked.points.items():
        until = f", due {due}" if due else ""
        typer.echo(f"Point {point}: {'answered' if point in asked.answered else 'not answered' + until}")
    if asked.audit:
        typer.echo(f"Fairness audit of {asked.audit.on}: {'passed' if asked.audit.passed else 'not passed'}")
    if asked.stage not in ("live", "retired"):
        for lack in charter.lacks(asked):
            typer.echo(f"Lacks {lack.code}: {_said(lack)}")


def _said(lack: Missing) -> str:
    from arusha.language import Catalogue

    chosen = language.get()
    return lack.text if chosen == "en" else lack.said(Catalogue(chosen, isolate=False))


def grant(
    workspace: Workspace,
    whom: Annotated[str, typer.Argument(help="Pseudonym of who gets the role.")],
    role: Annotated[str, typer.Argument(help="The role.")],
    actor: As,
    until: Annotated[str | None, typer.Option(help="Last day, of the union's expert: 2026-03-31.")] = None,
) -> None:
    """Ask for a role for somebody; when a second person does the same, it is granted."""
    done(_open(workspace).grant(person(actor), whom, role, until))


def withdraw(
    workspace: Workspace,
    whom: Annotated[str, typer.Argument(help="Pseudonym of who loses the role.")],
    role: Annotated[str, typer.Argument(help="The role.")],
    actor: As,
) -> None:
    """Withdraw a role: two people, or its holder alone."""
    done(_open(workspace).withdraw(person(actor), whom, role))


def consult(
    workspace: Workspace,
    question: Question,
    actor: As,
    ceiling: Annotated[float, typer.Option(help="Highest share of signals that is promised; beyond it, it pauses.")],
    days: Annotated[int, typer.Option(help="Length of the consultation; 30 or more.")] = 30,
) -> None:
    """Open a question's consultation."""
    done(_open(workspace).consult(person(actor), question, ceiling=ceiling, days=days))


def notice(
    workspace: Workspace,
    question: Question,
    actor: As,
    means: Annotated[str, typer.Option(help="letter, mail, hand, meeting or board; two are needed.")],
    proof: Annotated[str, typer.Option(help="Where the proof can be seen.")],
) -> None:
    """Record a proof that the union was given notice."""
    done(_open(workspace).notice(person(actor), question, means, proof))


def ask(
    workspace: Workspace,
    question: Question,
    actor: As,
    text: Annotated[str, typer.Option(help="The question.")],
    answer_by: Annotated[str, typer.Option(help="Day by which management answers: 2026-03-31.")],
) -> None:
    """Ask as the union; management must answer."""
    done(_open(workspace).ask(person(actor), question, text, answer_by=answer_by))


def position(
    workspace: Workspace,
    question: Question,
    says: Annotated[str, typer.Argument(help="agree, conditions, object or none.")],
    actor: As,
    text: Annotated[str, typer.Option(help="In words.")] = "",
    point: Annotated[list[str] | None, typer.Option(help="A point that management must answer; repeat.")] = None,
    min_n: Annotated[float | None, typer.Option(help="Condition: fewest cases a unit.")] = None,
    no_individual_display: Annotated[bool, typer.Option(help="Condition: nobody is shown, only counts.")] = False,
    review_by: Annotated[str | None, typer.Option(help="Condition: a review by this day.")] = None,
    max_signal_rate: Annotated[float | None, typer.Option(help="Condition: highest share of signals.")] = None,
) -> None:
    """Record the union's position; conditions are clauses that the program checks."""
    recorded = _open(workspace).position(
        person(actor),
        question,
        says,
        text,
        points=tuple(point or ()),
        min_n=min_n,
        no_individual_display=no_individual_display,
        review_by=review_by,
        max_signal_rate=max_signal_rate,
    )
    done(recorded)


def answer(
    workspace: Workspace,
    question: Question,
    point: Annotated[str, typer.Argument(help="The point, as `arusha charter show` names it.")],
    actor: As,
    text: Annotated[str, typer.Option(help="The answer.")],
) -> None:
    """Answer a point as management."""
    done(_open(workspace).answer(person(actor), question, point, text))


def audit(
    workspace: Workspace,
    question: Question,
    report: Annotated[Path, typer.Argument(help="File that `arusha fairness` wrote and kept; its hash is recorded.")],
    actor: As,
    on: Annotated[str, typer.Option(help="Day on which it was done: 2026-03-31.")],
    passed: Annotated[bool, typer.Option("--passed/--failed", help="Its result.")],
) -> None:
    """Record a fairness audit, if its file is one of this question, its definition and the records that are loaded."""
    import hashlib

    digest = hashlib.sha256(report.read_bytes()).hexdigest()
    done(_open(workspace).audit(person(actor), question, on=on, passed=passed, report=digest))


def committee(
    workspace: Workspace,
    question: Question,
    outcome: Annotated[str, typer.Argument(help="proceed, amend or reject.")],
    actor: As,
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Record what the joint committee said on an objection."""
    done(_open(workspace).committee(person(actor), question, outcome, reason))


def observer(
    workspace: Workspace,
    question: Question,
    whom: Annotated[str, typer.Argument(help="Pseudonym of who observes: a union reviewer, or the union's expert.")],
    actor: As,
) -> None:
    """As the union, name who observes the joint committee on an objection."""
    done(_open(workspace).observer(person(actor), question, whom))


def observation(
    workspace: Workspace,
    question: Question,
    actor: As,
    text: Annotated[str, typer.Option(help="What was seen.")],
) -> None:
    """As the observer, file what was seen; it stands beside the committee's outcome."""
    done(_open(workspace).observation(person(actor), question, text))


def move(
    workspace: Workspace,
    question: Question,
    to: Annotated[str, typer.Argument(help="pilot, go-live, pause, resume, review or retire.")],
    actor: As,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Move a question to its next stage; what it lacks is listed, each by name."""
    done(_open(workspace).move(person(actor), question, to, reason))
