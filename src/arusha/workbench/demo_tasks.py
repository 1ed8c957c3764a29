"""The six tasks of the demo, and how far each is: read from what was recorded, so that nobody ticks anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from arusha.charter import Charter, State
from arusha.effects.evaluations import ANSWERED, REGISTERED
from arusha.ledger import Ledger, Recorded
from arusha.workbench.alert import EXITS, KIND
from arusha.workbench.record import EXPORTED, LOOK, SEEN, Record

TEST = "assignment-override"
"""The assignment question that the first task reads: whether files stay with the officer who was picked first."""
NOT_STARTED, IN_PROGRESS, COMPLETED = "not-started", "in-progress", "completed"


@dataclass(frozen=True)
class Trace:
    """One entry of a ledger that a task may be read from: what was done, by somebody in which roles, about what."""

    kind: str
    roles: frozenset[str]
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """One task: whose it is, the page on which it is done (an address's name and parts), and what shows it is done.

    Each of ``steps`` needs a trace; some of them without the others is *in progress*.
    """

    name: str
    role: str
    page: str
    parts: tuple[tuple[str, str], ...]
    steps: tuple[Callable[[Trace], bool], ...]
    needs_signal: bool = False

    def state(self, traces: Iterable[Trace]) -> str:
        """How far it is."""
        mine = [t for t in traces if self.role in t.roles]
        done = sum(any(step(t) for t in mine) for step in self.steps)
        return COMPLETED if done == len(self.steps) else IN_PROGRESS if done else NOT_STARTED


def tasks(assessment: str) -> tuple[Task, ...]:
    """The six, in their order, over one assessment."""
    here = ("name", assessment)
    return (
        Task(
            "test",
            "analyst",
            "question",
            (here, ("question", TEST)),
            (lambda t: t.kind == SEEN and f"question:{TEST}" in t.subjects,),
        ),
        Task(
            "signal",
            "analyst",
            "signals",
            (here,),
            (lambda t: t.kind == LOOK, lambda t: t.kind == KIND + "raised"),
            needs_signal=True,
        ),
        Task(
            "triage",
            "investigator",
            "alerts",
            (),
            (lambda t: t.kind == LOOK, lambda t: t.kind in {KIND + e for e in EXITS}),
            needs_signal=True,
        ),
        Task(
            "measure", "programme-manager", "ev-new", (), (lambda t: t.kind == REGISTERED, lambda t: t.kind == ANSWERED)
        ),
        Task("own", "subject", "own", (), (lambda t: t.kind == "own.contested",), needs_signal=True),
        Task(
            "home",
            "integrity-lead",
            "assessment",
            (here,),
            (lambda t: t.kind == EXPORTED and f"assessment:{assessment}" in t.subjects,),
        ),
    )


def traces(
    record: Record, charter: Charter | None, state: State | None, evaluations: Ledger | None = None
) -> list[Trace]:
    """Everything that was recorded at the workbench, in the charter and of evaluations, with its actor's roles now."""
    roles = state.roles if state is not None else {}
    found = [_trace(r, roles.get(r.entry.actor, frozenset())) for r in record.ledger.entries()]
    if charter is not None:
        found += [_trace(r, roles.get(r.entry.actor, frozenset())) for r in charter.ledger.entries()]
    if evaluations is not None:
        found += [_trace(r, roles.get(r.entry.actor, frozenset())) for r in evaluations.entries()]
    return found


def _trace(recorded: Recorded, roles: frozenset[str]) -> Trace:
    return Trace(recorded.entry.kind, roles, recorded.entry.subjects)
