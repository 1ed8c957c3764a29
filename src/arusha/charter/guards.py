"""What stands in the way of an act: computed from the ledger alone, before the act and on every replay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from arusha.charter.acts import ACTS, CONSULTATION_DAYS, KIND, MADE, MEANS, OUTCOMES, POSITIONS, REFUSED, Act
from arusha.charter.dossier import protected
from arusha.charter.problems import Missing
from arusha.charter.roles import APART, ROLES, SYSTEM, granters
from arusha.charter.state import Question, State

_HASH = re.compile(r"[0-9a-f]{64}")


def missing(state: State, act: Act) -> tuple[Missing, ...]:
    """What the act lacks, each by name; empty where it is allowed."""
    if act.name == REFUSED:
        return ()
    if act.name == MADE:
        return _making(state, act)
    if act.name not in ACTS:
        return (Missing("act", f"nothing is called {KIND}{act.name}"),)
    if not state.made:
        return (Missing("charter", "the ledger does not begin with a charter"),)
    if state.last and act.at < state.last:
        return (Missing("clock", f"the clock stands before the last entry ({state.last:%Y-%m-%d %H:%M} UTC)"),)
    rule = ACTS[act.name]
    found: list[Missing] = []
    held = {SYSTEM} if act.actor == SYSTEM else state.roles.get(act.actor, frozenset())
    if not held & rule.roles and not _lays_down(act):
        found.append(Missing("role", f"{act.name} is for {', '.join(sorted(rule.roles))}"))
    question = state.questions.get(act.one("question"))
    if rule.stages:
        if len(act.all("question")) != 1:
            found.append(Missing("question", "one question, named"))
        elif question is None and not rule.new:
            found.append(Missing("question", f"{act.one('question')} was never drafted"))
        elif question is not None and question.stage not in rule.stages:
            found.append(Missing("stage", f"the question is {question.stage}; {act.name} needs {_either(rule.stages)}"))
    if found:
        return tuple(found)
    try:
        return tuple(_GUARDS.get(act.name, _nothing)(state, question, act))
    except (ValueError, OverflowError) as problem:
        return (Missing("form", f"a number or a date cannot be read: {problem}"),)


def _either(stages: frozenset[str]) -> str:
    return " or ".join(s for s in ("draft", *sorted(stages - {"draft"})) if s in stages)


def _nothing(state: State, question: Question | None, act: Act) -> list[Missing]:
    return []


def _lays_down(act: Act) -> bool:
    """Anybody may lay down a role of their own."""
    return act.name == "withdraw" and act.persons == (act.actor,)


def _making(state: State, act: Act) -> tuple[Missing, ...]:
    if act.number != 0 or state.made:
        return (Missing("charter", "the charter is made already"),)
    solo, people = act.one("mode") == "solo", act.persons
    if (
        act.one("mode") not in ("solo", "shared", "demo")
        or len(people) != (1 if solo else 2)
        or len(set(people)) != len(people)
    ):
        return (Missing("people", "an integrity lead and an internal auditor, two people; in solo mode one person"),)
    if act.actor not in people:
        return (Missing("people", "one of its people makes the charter"),)
    return ()


def _grant(state: State, question: Question | None, act: Act) -> list[Missing]:
    role, persons = act.one("role"), act.persons
    if role not in ROLES or len(persons) != 1 or len(act.all("role")) != 1:
        return [Missing("role", f"one person, and one of: {', '.join(ROLES)}")]
    person = persons[0]
    held = state.roles.get(person, frozenset())
    if (role in held) == (act.name == "grant"):
        return [Missing("role", f"{person} {'holds' if role in held else 'does not hold'} {role}")]
    if state.solo or _lays_down(act):
        return []
    found = []
    if act.actor == person:
        found.append(Missing("two-people", "nobody grants a role to themselves"))
    clash = sorted(h for h in held if frozenset({h, role}) in APART) if act.name == "grant" else []
    if clash:
        found.append(Missing("apart", f"{role} is not held together with {', '.join(clash)}"))
    union_is_there = bool(state.holders("union-reviewer"))
    allowed = granters(role, union_is_there)
    if not state.roles.get(act.actor, frozenset()) & allowed:
        found.append(Missing("role", f"granting and withdrawing {role} is for {', '.join(sorted(allowed))}"))
    first = state.asked.get((act.name, person, role))
    if first == act.actor:
        found.append(Missing("two-people", f"{act.actor} asked for it already: a second person makes it so"))
    elif first and not state.roles.get(first, frozenset()) & allowed:
        found.append(Missing("two-people", f"{first}, who asked for it, has no such role any more"))
    elif first and role == "union-reviewer" and union_is_there and not _by_union(state, first, act.actor):
        found.append(Missing("union", "one of the two is a union reviewer, now that there is one"))
    return found


def _by_union(state: State, *people: str) -> bool:
    return any(state.holds(person, "union-reviewer") for person in people)


def _draft(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = []
    if not _HASH.fullmatch(act.one("definition")):
        found.append(Missing("definition", "the hash of the question's definition"))
    if act.one("persons") not in ("yes", "no"):
        found.append(Missing("persons", "whether the question is about persons"))
    if not float(act.one("min-n")) >= 0 or int(act.one("retention-months") or 0) < 0:
        found.append(Missing("form", "a number is negative"))
    if act.name == "changed":
        if question and _as_agreed(question, act):
            found.append(Missing("definition", "nothing changed"))
        return found
    return found + _inputs(act.all("input"))


def _as_agreed(question: Question, act: Act) -> bool:
    return question.definition == act.one("definition")


def _inputs(inputs: tuple[str, ...]) -> list[Missing]:
    return [Missing("inputs", f"{i} is a protected characteristic or union activity") for i in protected(inputs)]


def _consult(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = _dossier(question)
    if not 0 < float(act.one("ceiling")) < 1:
        found.append(Missing("ceiling", "the highest signal rate that is promised, between 0 and 1"))
    if not CONSULTATION_DAYS <= int(act.one("days")) <= 365:
        found.append(Missing("days", f"a consultation of {CONSULTATION_DAYS} days or more, and a year at most"))
    return found


def _dossier(question: Question | None) -> list[Missing]:
    if question is None:
        return [Missing("dossier", "there is none")]
    found = [Missing("dossier", f"it says nothing of: {', '.join(question.lacks)}")] if question.lacks else []
    return found + _inputs(question.inputs)


def _notice(state: State, question: Question | None, act: Act) -> list[Missing]:
    return [] if act.one("means") in MEANS else [Missing("means", f"one of: {', '.join(MEANS)}")]


def _ask(state: State, question: Question | None, act: Act) -> list[Missing]:
    date.fromisoformat(act.one("due"))
    return []


def _position(state: State, question: Question | None, act: Act) -> list[Missing]:
    said = act.one("position")
    clauses = [k for k in ("min-n", "no-individual-display", "review-by", "max-signal-rate") if act.one(k)]
    points = int(act.one("points") or 0)
    if said not in POSITIONS:
        return [Missing("position", f"one of: {', '.join(POSITIONS)}")]
    if clauses and said != "conditions":
        return [Missing("conditions", f"clauses belong to the position 'conditions', not to '{said}'")]
    if said == "conditions" and not clauses and not points:
        return [Missing("conditions", "at least one clause or point")]
    if not 0 <= points <= 100 or (act.one("due") and not date.fromisoformat(act.one("due"))):
        return [Missing("points", "between 0 and 100")]
    if act.one("min-n") and not 0 < float(act.one("min-n")) < float("inf"):
        return [Missing("min-n", "a number above 0")]
    if act.one("max-signal-rate") and not 0 < float(act.one("max-signal-rate")) < 1:
        return [Missing("max-signal-rate", "a rate between 0 and 1")]
    if act.one("no-individual-display") not in ("", "yes"):
        return [Missing("no-individual-display", "yes, or nothing")]
    if act.one("review-by"):
        date.fromisoformat(act.one("review-by"))
    return []


def _answer(state: State, question: Question | None, act: Act) -> list[Missing]:
    known = question.points if question else {}
    named = act.all("point")
    if not named or not set(named) <= set(known):
        return [Missing("point", f"one of: {', '.join(known) or 'none was made'}")]
    return []


def _audit(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = [Missing("form", f"one {k}, not several") for k in ("on", "result", "report") if len(act.all(k)) > 1]
    if date.fromisoformat(act.one("on")) > act.at.date():
        found.append(Missing("on", "an audit is recorded after it was done"))
    if act.one("result") not in ("passed", "failed"):
        found.append(Missing("result", "passed or failed"))
    if not _HASH.fullmatch(act.one("report")):
        found.append(Missing("report", "the SHA-256 of the audit's file"))
    return found


def _fairness(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = []
    if not date.fromisoformat(act.one("from")) < date.fromisoformat(act.one("to")):
        found.append(Missing("form", "a period that begins before it ends"))
    if not _HASH.fullmatch(act.one("report")) or len(act.all("question")) != 1:
        found.append(Missing("report", "the question and the SHA-256 of the audit's file"))
    return found


def _committee(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.one("outcome") not in OUTCOMES:
        return [Missing("outcome", f"one of: {', '.join(OUTCOMES)}")]
    if not (question and question.position and question.position.position == "object"):
        return [Missing("objection", "the joint committee meets on an objection, and none stands")]
    return []


def _pilot(state: State, question: Question | None, act: Act) -> list[Missing]:
    return _dossier(question) + _proofs(question)


def _proofs(question: Question | None) -> list[Missing]:
    told = {means for means, _ in question.notices} if question else set()
    return [] if len(told) >= 2 else [Missing("notice", f"two proofs of notice, of two means (there is {len(told)})")]


def lapses_at(question: Question) -> datetime | None:
    """When the consultation period ends: its days after the second proof of notice, of another means than the first."""
    seen: set[str] = set()
    for means, at in question.notices:
        seen.add(means)
        if len(seen) == 2:
            return at + timedelta(days=question.days or CONSULTATION_DAYS)
    return None


def _go_live(state: State, question: Question | None, act: Act) -> list[Missing]:
    return [Missing("question", "it was never drafted")] if question is None else to_live(state, question, act.at)


def to_live(state: State, question: Question, at: datetime) -> list[Missing]:
    """Everything that a question lacks to be live."""
    found = _dossier(question) + _agreed(state, question)
    found += audit_too_old(question, at)
    position = question.position
    if position is None:
        ends = lapses_at(question)
        if ends is None:
            found += _proofs(question)
        if ends is None or at < ends:
            when = f"it ends on {ends:%Y-%m-%d %H:%M} UTC" if ends else "it has not begun"
            found.append(Missing("position", f"the union's position, or the end of the consultation period ({when})"))
    elif position.position == "object":
        committee = question.committee
        if committee is None or committee[0] < position.number:
            found.append(Missing("committee", "the union objected: the joint committee's outcome"))
        elif committee[1] != "proceed":
            found.append(Missing("committee", f"the joint committee said {committee[1]}"))
    if question.open_points:
        found.append(Missing("answers", f"management's answer to: {', '.join(question.open_points)}"))
    return found + broken_clauses(question, at)


def _agreed(state: State, question: Question) -> list[Missing]:
    found = []
    if state.solo and question.about_persons:
        found.append(Missing("solo", "in solo mode no question about persons goes live"))
    if question.ceiling is None:
        found.append(Missing("ceiling", "the promised signal rate"))
    return found


def audit_too_old(question: Question, at: datetime) -> list[Missing]:
    """Whether the fairness audit is lacking, failed, or twelve months old."""
    audit = question.audit
    if audit is None:
        return [Missing("audit", "a fairness audit of this definition")]
    if not audit.passed:
        return [Missing("audit", f"the fairness audit of {audit.on} was not passed")]
    if audit.on <= _year_before(at.date()):
        return [Missing("audit", f"a fairness audit younger than 12 months (the last is of {audit.on})")]
    return []


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def broken_clauses(question: Question, at: datetime) -> list[Missing]:
    """Clauses of the union's position that do not hold. ``no_individual_display`` is obeyed where persons are shown."""
    position = question.position
    if position is None:
        return []
    found = []
    if position.min_n is not None and question.min_n < position.min_n:
        found.append(Missing("min-n", f"at least {position.min_n:g} cases a unit (the plan has {question.min_n:g})"))
    if position.review_by is not None and position.review_by <= at.date():
        found.append(Missing("review-by", f"the review agreed for {position.review_by}"))
    rate = position.max_signal_rate
    if rate is not None and question.ceiling is not None and question.ceiling > rate:
        found.append(Missing("max-signal-rate", f"a promised rate of {rate:g} or less (it is {question.ceiling:g})"))
    return found


def _pause(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.actor != SYSTEM or question is None:
        return []
    tested, signals, most = int(act.one("tested")), int(act.one("signals")), question.most_signals
    if most is None or not tested or signals <= most * tested:
        return [Missing("rate", "the program pauses only where the signal rate passes what was promised")]
    return []


def _resume(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = _go_live(state, question, act)
    paused = question.paused_at if question else None
    audit = question.audit if question else None
    if paused and (audit is None or audit.at < paused):
        found.append(Missing("audit-after-pause", "an audit by the internal auditor since the pause"))
    return found


def _review(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.actor != SYSTEM or question is None or due(question, act.at):
        return []
    return [Missing("due", "the program calls a review only where one is due")]


def due(question: Question, at: datetime) -> list[Missing]:
    """Why a live question's review is due: a clause that no longer holds, or an audit grown old."""
    return broken_clauses(question, at) + audit_too_old(question, at)


_GUARDS: Mapping[str, Callable[[State, Question | None, Act], list[Missing]]] = {
    "grant": _grant,
    "withdraw": _grant,
    "draft": _draft,
    "changed": _draft,
    "consult": _consult,
    "notice": _notice,
    "ask": _ask,
    "position": _position,
    "answer": _answer,
    "audit": _audit,
    "committee": _committee,
    "fairness": _fairness,
    "pilot": _pilot,
    "go-live": _go_live,
    "pause": _pause,
    "resume": _resume,
    "review": _review,
}
