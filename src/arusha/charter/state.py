"""The state of a charter: nothing but what its ledger says, read from the first entry to the last.

What the rules need stands in the entries themselves. The contents hold words only (reasons, questions, answers), so
that expunging or changing them changes no state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from arusha.charter.acts import ACTS, MADE, Act


@dataclass(frozen=True)
class Position:
    """What the union said. Conditions are clauses that the program checks."""

    number: int
    at: datetime
    position: str
    min_n: float | None = None
    no_individual_display: bool = False
    review_by: date | None = None
    max_signal_rate: float | None = None


@dataclass(frozen=True)
class Audit:
    """A fairness audit: the day it was done, whether it was passed, when it was recorded, and of which file."""

    number: int
    on: date
    passed: bool
    at: datetime
    report: str


@dataclass(frozen=True)
class Question:
    """A question under the charter.

    ``notices``, ``positions``, ``audits``, ``committee`` and its ``observers`` are of the definition as it is now.
    ``objections`` are the entries of all objections ever made, and are never cleared; nor are ``points`` by a change of
    the definition.
    """

    id: str
    stage: str
    definition: str
    about_persons: bool
    min_n: float
    inputs: tuple[str, ...]
    lacks: tuple[str, ...]
    retention_months: int
    drafted_at: datetime
    ceiling: float | None = None
    days: int | None = None
    notices: tuple[tuple[str, datetime], ...] = ()
    positions: tuple[Position, ...] = ()
    audits: tuple[Audit, ...] = ()
    points: Mapping[str, str] = field(default_factory=dict)
    """Point -> day by which an answer is due; empty where none was set."""
    answered: frozenset[str] = frozenset()
    committee: tuple[int, str] | None = None
    observers: tuple[str, ...] = ()
    """Who observes the joint committee for the union, by pseudonym."""
    observations: tuple[int, ...] = ()
    paused_at: datetime | None = None
    live_since: datetime | None = None
    objections: tuple[int, ...] = ()

    @property
    def position(self) -> Position | None:
        """The position that counts: the last."""
        return self.positions[-1] if self.positions else None

    @property
    def audit(self) -> Audit | None:
        """The audit that counts: the one recorded last."""
        return self.audits[-1] if self.audits else None

    @property
    def open_points(self) -> tuple[str, ...]:
        """Points that management has not answered."""
        return tuple(p for p in self.points if p not in self.answered)

    @property
    def most_signals(self) -> float | None:
        """The signal rate beyond which the question pauses: what was promised, or the union's clause if lower."""
        clause = self.position.max_signal_rate if self.position else None
        rates = [r for r in (self.ceiling, clause) if r is not None]
        return min(rates) if rates else None

    @property
    def names_persons(self) -> bool:
        """Whether an assessment may name a person for this question."""
        return self.stage == "live" and not (self.position and self.position.no_individual_display)


@dataclass(frozen=True)
class State:
    """Everything that a charter's ledger says."""

    solo: bool = False
    demo: bool = False
    """The people are invented; their roles and rules are as real ones would be."""
    made: bool = False
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """(grant or withdraw, person, role) -> who asked for it first; a second person makes it so."""
    questions: Mapping[str, Question] = field(default_factory=dict)
    last: datetime | None = None
    until: Mapping[tuple[str, str], date] = field(default_factory=dict)
    """(person, role) -> the last day of a role that ends by itself (``arusha.charter.roles.TIMED``), in UTC."""
    asked_until: Mapping[tuple[str, str, str], date] = field(default_factory=dict)
    """The last day that whoever asked first gave."""

    def held(self, person: str, on: date) -> frozenset[str]:
        """The roles that somebody holds on a day: without those whose last day is past."""
        return frozenset(
            r for r in self.roles.get(person, frozenset()) if (day := self.until.get((person, r))) is None or on <= day
        )

    def asked_before(self, act: Act) -> str | None:
        """Who asked for the same grant or withdrawal first: of the same role, person and last day."""
        key = (act.name, act.persons[0], act.one("role"))
        day = self.asked_until.get(key)
        return self.asked.get(key) if act.one("until") == (day.isoformat() if day else "") else None

    def holds(self, person: str, role: str) -> bool:
        return role in self.roles.get(person, frozenset())

    def holders(self, role: str) -> tuple[str, ...]:
        return tuple(sorted(p for p, held in self.roles.items() if role in held))


def apply(state: State, act: Act) -> State:
    """The state after an act that the rules allow (see ``arusha.charter.guards.missing``)."""
    state = replace(state, last=act.at)
    if act.name == MADE:
        solo = act.one("mode") == "solo"
        lead, *others = act.persons
        roles = {lead: frozenset({"integrity-lead"})} | {p: frozenset({"internal-auditor"}) for p in others}
        return replace(state, made=True, solo=solo, demo=act.one("mode") == "demo", roles=roles)
    if act.name in ("grant", "withdraw"):
        return _roles(state, act)
    if act.name not in ACTS or not ACTS[act.name].stages:
        return state
    name = act.one("question")
    if act.name == "draft":
        question = _draft(state.questions.get(name), act)
    else:
        question = _EFFECTS.get(act.name, _stage_only)(state.questions[name], act)
    return replace(state, questions={**state.questions, question.id: question})


def _roles(state: State, act: Act) -> State:
    person, role = act.persons[0], act.one("role")
    key = (act.name, person, role)
    last = date.fromisoformat(act.one("until")) if act.one("until") else None
    alone = state.solo or (act.name == "withdraw" and act.actor == person)
    if not alone and state.asked_before(act) is None:  # another last day is another request
        days = state.asked_until if last is None else {**state.asked_until, key: last}
        return replace(state, asked={**state.asked, key: act.actor}, asked_until=days)
    held = state.held(person, act.at.date())
    held = held | {role} if act.name == "grant" else held - {role}
    asked = {k: v for k, v in state.asked.items() if k[1:] != (person, role)}
    days = {k: v for k, v in state.asked_until.items() if k[1:] != (person, role)}
    until = {k: v for k, v in state.until.items() if k[0] != person or k[1] in held - {role}}
    if act.name == "grant" and last is not None:
        until[person, role] = last
    return replace(state, roles={**state.roles, person: held}, asked=asked, asked_until=days, until=until)


def _stage_only(before: Question, act: Act) -> Question:
    then = ACTS[act.name].then
    return before if then is None else replace(before, stage=then)


def _draft(before: Question | None, act: Act) -> Question:
    return Question(
        id=act.one("question"),
        stage="draft",
        definition=act.one("definition"),
        about_persons=act.one("persons") != "no",
        min_n=float(act.one("min-n")),
        inputs=act.all("input"),
        lacks=act.all("lacks"),
        retention_months=int(act.one("retention-months") or 0),
        drafted_at=act.at,
        objections=before.objections if before else (),
    )


def _changed(before: Question, act: Act) -> Question:
    """A new definition: what was said of the old one no longer counts; promises stay, and so do unanswered points."""
    stage = "draft" if before.stage == "draft" else "consultation"
    now = replace(_draft(before, act), stage=stage, ceiling=before.ceiling, days=before.days)
    return replace(now, points=before.points, answered=before.answered)


def _consult(before: Question, act: Act) -> Question:
    return replace(
        before,
        stage="consultation",
        ceiling=float(act.one("ceiling")),
        days=int(act.one("days")),
        notices=(),
        positions=(),
        committee=None,
        observers=(),
        observations=(),
        paused_at=None,
        live_since=None,
    )


def _notice(before: Question, act: Act) -> Question:
    return replace(before, notices=(*before.notices, (act.one("means"), act.at)))


def _ask(before: Question, act: Act) -> Question:
    return replace(before, points={**before.points, str(act.number): act.one("due")})


def _position(before: Question, act: Act) -> Question:
    said = Position(
        act.number,
        act.at,
        act.one("position"),
        float(act.one("min-n")) if act.one("min-n") else None,
        act.one("no-individual-display") == "yes",
        date.fromisoformat(act.one("review-by")) if act.one("review-by") else None,
        float(act.one("max-signal-rate")) if act.one("max-signal-rate") else None,
    )
    points = {f"{act.number}.{i}": act.one("due") for i in range(1, int(act.one("points") or 0) + 1)}
    objections = (*before.objections, act.number) if said.position == "object" else before.objections
    return replace(
        before, positions=(*before.positions, said), points={**before.points, **points}, objections=objections
    )


def _answer(before: Question, act: Act) -> Question:
    return replace(before, answered=before.answered | set(act.all("point")))


def _audit(before: Question, act: Act) -> Question:
    on = date.fromisoformat(act.one("on"))
    audit = Audit(act.number, on, act.one("result") == "passed", act.at, act.one("report"))
    return replace(before, audits=(*before.audits, audit))


def _committee(before: Question, act: Act) -> Question:
    return replace(before, committee=(act.number, act.one("outcome")))


def _observer(before: Question, act: Act) -> Question:
    return replace(before, observers=(*before.observers, *act.persons))


def _observation(before: Question, act: Act) -> Question:
    return replace(before, observations=(*before.observations, act.number))


def _live(before: Question, act: Act) -> Question:
    return replace(before, stage="live", paused_at=None, live_since=before.live_since or act.at)


def _pause(before: Question, act: Act) -> Question:
    return replace(before, stage="paused", paused_at=act.at)


_EFFECTS: Mapping[str, Callable[[Question, Act], Question]] = {
    "changed": _changed,
    "consult": _consult,
    "notice": _notice,
    "ask": _ask,
    "position": _position,
    "answer": _answer,
    "audit": _audit,
    "committee": _committee,
    "observer": _observer,
    "observation": _observation,
    "go-live": _live,
    "resume": _live,
    "pause": _pause,
}
