"""What stands in the way of an act: computed from the ledger alone, before the act and on every replay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from arusha.charter.acts import ACTS, CONSULTATION_DAYS, KIND, MADE, MEANS, OUTCOMES, POSITIONS, REFUSED, Act
from arusha.charter.dossier import protected
from arusha.charter.problems import Missing, lacks
from arusha.charter.roles import APART, RELEASERS, ROLES, SYSTEM, TIMED, by_union, granters
from arusha.charter.state import Question, State

_HASH = re.compile(r"[0-9a-f]{64}")


def missing(state: State, act: Act) -> tuple[Missing, ...]:
    """What the act lacks, each by name; empty where it is allowed."""
    if act.name == REFUSED:
        return ()
    if act.name == MADE:
        return _making(state, act)
    if act.name not in ACTS:
        return (lacks("act", f"nothing is called {KIND}{act.name}", "act", name=act.name),)
    if not state.made:
        return (lacks("charter", "the ledger does not begin with a charter", "charter-none"),)
    if state.last and act.at < state.last:
        return (
            lacks(
                "clock",
                f"the clock stands before the last entry ({_moment(state.last)})",
                "clock",
                at=_moment(state.last),
            ),
        )
    rule = ACTS[act.name]
    found: list[Missing] = []
    held = {SYSTEM} if act.actor == SYSTEM else state.held(act.actor, act.at.date())
    if not held & rule.roles and not _lays_down(act):
        text = f"{act.name} is for {', '.join(sorted(rule.roles))}"
        found.append(lacks("role", text, "role-for", act=f"act:{act.name}", roles=_roles(rule.roles)))
    question = state.questions.get(act.one("question"))
    if rule.stages:
        if len(act.all("question")) != 1:
            found.append(lacks("question", "one question, named", "question-one"))
        elif question is None and not rule.new:
            name = act.one("question")
            found.append(lacks("question", f"{name} was never drafted", "question-not-drafted", question=name))
        elif question is not None and question.stage not in rule.stages:
            text = f"the question is {question.stage}; {act.name} needs {_either(rule.stages)}"
            stages = tuple(f"stage:{one}" for one in sorted(rule.stages))
            found.append(
                lacks("stage", text, "stage", stage=f"stage:{question.stage}", act=f"act:{act.name}", stages=stages)
            )
    if found:
        return tuple(found)
    try:
        return tuple(_GUARDS.get(act.name, _nothing)(state, question, act))
    except (ValueError, OverflowError) as problem:
        return (lacks("form", f"a number or a date cannot be read: {problem}", "form"),)


def _either(stages: frozenset[str]) -> str:
    return " or ".join(s for s in ("draft", *sorted(stages - {"draft"})) if s in stages)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _roles(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"role:{name}" for name in sorted(names))


def _nothing(state: State, question: Question | None, act: Act) -> list[Missing]:
    return []


def _lays_down(act: Act) -> bool:
    """Anybody may lay down a role of their own."""
    return act.name == "withdraw" and act.persons == (act.actor,)


def _making(state: State, act: Act) -> tuple[Missing, ...]:
    if act.number != 0 or state.made:
        return (lacks("charter", "the charter is made already", "charter-made"),)
    solo, people = act.one("mode") == "solo", act.persons
    if (
        act.one("mode") not in ("solo", "shared", "demo")
        or len(people) != (1 if solo else 2)
        or len(set(people)) != len(people)
    ):
        text = "an integrity lead and an internal auditor, two people; in solo mode one person"
        return (lacks("people", text, "people-two"),)
    if act.actor not in people:
        return (lacks("people", "one of its people makes the charter", "people-one"),)
    return ()


def _grant(state: State, question: Question | None, act: Act) -> list[Missing]:
    role, persons = act.one("role"), act.persons
    if role not in ROLES or len(persons) != 1 or len(act.all("role")) != 1:
        return [lacks("role", f"one person, and one of: {', '.join(ROLES)}", "role-one", roles=_roles(ROLES))]
    person = persons[0]
    held = state.held(person, act.at.date())
    union_is_there = bool(state.holders("union-reviewer"))
    allowed = granters(role, union_is_there)
    if not state.solo and not _lays_down(act) and not state.roles.get(act.actor, frozenset()) & allowed:
        # Before anything else: who may not grant a role does not learn who holds it.
        text = f"granting and withdrawing {role} is for {', '.join(sorted(allowed))}"
        return [lacks("role", text, "role-granting", role=f"role:{role}", roles=_roles(allowed))]
    if (role in held) == (act.name == "grant"):
        if role in held:
            return [lacks("role", f"{person} holds {role}", "role-held", person=person, role=f"role:{role}")]
        return [lacks("role", f"{person} does not hold {role}", "role-not-held", person=person, role=f"role:{role}")]
    found = _last_day(act, role) if act.name == "grant" else []
    if state.solo or _lays_down(act):
        return found
    if act.actor == person:
        found.append(lacks("two-people", "nobody grants a role to themselves", "two-self"))
    clash = sorted(h for h in held if frozenset({h, role}) in APART) if act.name == "grant" else []
    if clash:
        text = f"{role} is not held together with {', '.join(clash)}"
        found.append(lacks("apart", text, "apart", role=f"role:{role}", roles=_roles(clash)))
    first = state.asked_before(act)
    if first == act.actor:
        text = f"{act.actor} asked for it already: a second person makes it so"
        found.append(lacks("two-people", text, "two-again", person=act.actor))
    elif first and not state.roles.get(first, frozenset()) & allowed:
        text = f"{first}, who asked for it, has no such role any more"
        found.append(lacks("two-people", text, "two-gone", person=first))
    elif first and by_union(role, union_is_there) and not _by_union(state, first, act.actor):
        if role == "union-reviewer":
            found.append(lacks("union", "one of the two is a union reviewer, now that there is one", "union"))
        else:
            text = "one of the two is a union reviewer: the union brings its expert"
            found.append(lacks("union", text, "union-brings"))
    return found


def _last_day(act: Act, role: str) -> list[Missing]:
    """What is wrong with the last day that a grant gives: some roles have one, and no other."""
    given = act.one("until")
    if role not in TIMED:
        return [lacks("until", "this role has no last day", "until-none")] if given else []
    days = TIMED[role]
    if not given or not act.at.date() <= date.fromisoformat(given) <= act.at.date() + timedelta(days=days):
        return [lacks("until", f"a last day: from today, and within {days} days", "until", n=str(days))]
    return []


def _by_union(state: State, *people: str) -> bool:
    return any(state.holds(person, "union-reviewer") for person in people)


def _draft(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = []
    if not _HASH.fullmatch(act.one("definition")):
        found.append(lacks("definition", "the hash of the question's definition", "definition"))
    if act.one("persons") not in ("yes", "no"):
        found.append(lacks("persons", "whether the question is about persons", "persons"))
    if not float(act.one("min-n")) >= 0 or int(act.one("retention-months") or 0) < 0:
        found.append(lacks("form", "a number is negative", "form-negative"))
    if act.name == "changed":
        if question and _as_agreed(question, act):
            found.append(lacks("definition", "nothing changed", "definition-same"))
        return found
    return found + _inputs(act.all("input"))


def _as_agreed(question: Question, act: Act) -> bool:
    return question.definition == act.one("definition")


def _inputs(inputs: tuple[str, ...]) -> list[Missing]:
    text = "is a protected characteristic or union activity"
    return [lacks("inputs", f"{i} {text}", "inputs", column=i) for i in protected(inputs)]


def _consult(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = _dossier(question)
    if not 0 < float(act.one("ceiling")) < 1:
        found.append(lacks("ceiling", "the highest signal rate that is promised, between 0 and 1", "ceiling"))
    if not CONSULTATION_DAYS <= int(act.one("days")) <= 365:
        text = f"a consultation of {CONSULTATION_DAYS} days or more, and a year at most"
        found.append(lacks("days", text, "days", n=str(CONSULTATION_DAYS)))
    return found


def _dossier(question: Question | None) -> list[Missing]:
    if question is None:
        return [lacks("dossier", "there is none", "dossier-none")]
    text = f"it says nothing of: {', '.join(question.lacks)}"
    found = [lacks("dossier", text, "dossier", heads=question.lacks)] if question.lacks else []
    return found + _inputs(question.inputs)


def _notice(state: State, question: Question | None, act: Act) -> list[Missing]:
    return [] if act.one("means") in MEANS else [lacks("means", f"one of: {', '.join(MEANS)}", "one-of", names=MEANS)]


def _ask(state: State, question: Question | None, act: Act) -> list[Missing]:
    date.fromisoformat(act.one("due"))
    return []


def _position(state: State, question: Question | None, act: Act) -> list[Missing]:
    said = act.one("position")
    clauses = [k for k in ("min-n", "no-individual-display", "review-by", "max-signal-rate") if act.one(k)]
    points = int(act.one("points") or 0)
    if said not in POSITIONS:
        return [lacks("position", f"one of: {', '.join(POSITIONS)}", "one-of", names=POSITIONS)]
    if clauses and said != "conditions":
        text = f"clauses belong to the position 'conditions', not to '{said}'"
        return [lacks("conditions", text, "conditions-only", position=said)]
    if said == "conditions" and not clauses and not points:
        return [lacks("conditions", "at least one clause or point", "conditions-none")]
    if not 0 <= points <= 100 or (act.one("due") and not date.fromisoformat(act.one("due"))):
        return [lacks("points", "between 0 and 100", "points")]
    if act.one("min-n") and not 0 < float(act.one("min-n")) < float("inf"):
        return [lacks("min-n", "a number above 0", "min-n")]
    if act.one("max-signal-rate") and not 0 < float(act.one("max-signal-rate")) < 1:
        return [lacks("max-signal-rate", "a rate between 0 and 1", "max-rate")]
    if act.one("no-individual-display") not in ("", "yes"):
        return [lacks("no-individual-display", "yes, or nothing", "display")]
    if act.one("review-by"):
        date.fromisoformat(act.one("review-by"))
    return []


def _answer(state: State, question: Question | None, act: Act) -> list[Missing]:
    known = question.points if question else {}
    named = act.all("point")
    if not named or not set(named) <= set(known):
        if known:
            return [lacks("point", f"one of: {', '.join(known)}", "one-of", names=tuple(known))]
        return [lacks("point", "one of: none was made", "point-none")]
    return []


def _audit(state: State, question: Question | None, act: Act) -> list[Missing]:
    several = [k for k in ("on", "result", "report") if len(act.all(k)) > 1]
    found = [lacks("form", f"one {k}, not several", "form-one", name=k) for k in several]
    if date.fromisoformat(act.one("on")) > act.at.date():
        found.append(lacks("on", "an audit is recorded after it was done", "audit-on"))
    if act.one("result") not in ("passed", "failed"):
        found.append(lacks("result", "passed or failed", "result"))
    if not _HASH.fullmatch(act.one("report")):
        found.append(lacks("report", "the SHA-256 of the audit's file", "report"))
    return found


def _fairness(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = []
    if not date.fromisoformat(act.one("from")) < date.fromisoformat(act.one("to")):
        found.append(lacks("form", "a period that begins before it ends", "period"))
    if not _HASH.fullmatch(act.one("report")) or len(act.all("question")) != 1:
        found.append(lacks("report", "the question and the SHA-256 of the audit's file", "report-of"))
    return found


def _identify(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = []
    if question is None or not question.about_persons or not question.names_persons:
        found.append(lacks("no-individual-display", "it is agreed that the question names nobody", "identify-nobody"))
    elif question.definition != act.one("definition"):
        text = "the signal is of another definition than the one that is live"
        found.append(lacks("definition", text, "identify-definition"))
    holders = act.all("holder")
    if len(holders) != 2 or len(set(holders)) != 2:
        found.append(lacks("two-people", "two key holders, two people", "identify-holders"))
    for holder in dict.fromkeys(holders):
        if holder == act.actor:
            text = f"{holder} asks, and does not release as well"
            found.append(lacks("two-people", text, "identify-asker", person=holder))
        elif not state.roles.get(holder, frozenset()) & RELEASERS:
            text = f"{holder} is no key holder"
            found.append(lacks("role", text, "identify-role", person=holder, role="role:key-holder"))
    if len(act.all("signal")) != 1:
        found.append(lacks("form", "one signal, named", "form-one", name="signal"))
    if not act.at.date() <= date.fromisoformat(act.one("tell-by")) <= act.at.date() + _LONGEST_SECRET:
        text = "the day by which the person concerned is told: from today, and within a year"
        found.append(lacks("tell-by", text, "identify-tell-by"))
    return found


_LONGEST_SECRET = timedelta(days=366)


def _committee(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.one("outcome") not in OUTCOMES:
        return [lacks("outcome", f"one of: {', '.join(OUTCOMES)}", "one-of", names=OUTCOMES)]
    if not _objected(question):
        text = "the joint committee meets on an objection, and none stands"
        return [lacks("objection", text, "objection")]
    return []


def _observer(state: State, question: Question | None, act: Act) -> list[Missing]:
    if not _objected(question):
        return [lacks("objection", "the joint committee meets on an objection, and none stands", "objection")]
    roles = ("union-reviewer", "union-expert")
    if len(act.persons) != 1 or not state.held(act.persons[0], act.at.date()) & {*roles}:
        return [lacks("person", "one person, who is a union reviewer or the union's expert", "observer-who")]
    if question and act.persons[0] in question.observers:
        return [lacks("person", "somebody who does not observe yet", "observer-again")]
    return []


def _observation(state: State, question: Question | None, act: Act) -> list[Missing]:
    if question is None or act.actor not in question.observers:
        return [lacks("observer", "who observes the joint committee of this question", "observer")]
    return []


def _objected(question: Question | None) -> bool:
    return bool(question and question.position and question.position.position == "object")


def _pilot(state: State, question: Question | None, act: Act) -> list[Missing]:
    return _dossier(question) + _proofs(question)


def _proofs(question: Question | None) -> list[Missing]:
    told = {means for means, _ in question.notices} if question else set()
    text = f"two proofs of notice, of two means (there is {len(told)})"
    return [] if len(told) >= 2 else [lacks("notice", text, "notice", n=str(len(told)))]


def lapses_at(question: Question) -> datetime | None:
    """When the consultation period ends: its days after the second proof of notice, of another means than the first."""
    seen: set[str] = set()
    for means, at in question.notices:
        seen.add(means)
        if len(seen) == 2:
            return at + timedelta(days=question.days or CONSULTATION_DAYS)
    return None


def _go_live(state: State, question: Question | None, act: Act) -> list[Missing]:
    return (
        [lacks("question", "it was never drafted", "question-none")]
        if question is None
        else to_live(state, question, act.at)
    )


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
            when = f"it ends on {_moment(ends)}" if ends else "it has not begun"
            text = f"the union's position, or the end of the consultation period ({when})"
            if ends:
                found.append(lacks("position", text, "position-ends", at=_moment(ends)))
            else:
                found.append(lacks("position", text, "position-not-begun"))
    elif position.position == "object":
        committee = question.committee
        if committee is None or committee[0] < position.number:
            found.append(lacks("committee", "the union objected: the joint committee's outcome", "committee"))
        elif committee[1] != "proceed":
            said = committee[1]
            found.append(lacks("committee", f"the joint committee said {said}", "committee-said", outcome=said))
    if question.open_points:
        points = question.open_points
        found.append(lacks("answers", f"management's answer to: {', '.join(points)}", "answers", points=points))
    return found + broken_clauses(question, at)


def _agreed(state: State, question: Question) -> list[Missing]:
    found = []
    if state.solo and question.about_persons:
        found.append(lacks("solo", "in solo mode no question about persons goes live", "solo"))
    if question.ceiling is None:
        found.append(lacks("ceiling", "the promised signal rate", "ceiling-none"))
    return found


def audit_too_old(question: Question, at: datetime) -> list[Missing]:
    """Whether the fairness audit is lacking, failed, or twelve months old."""
    audit = question.audit
    if audit is None:
        return [lacks("audit", "a fairness audit of this definition", "audit")]
    if not audit.passed:
        text = f"the fairness audit of {audit.on} was not passed"
        return [lacks("audit", text, "audit-failed", on=audit.on.isoformat())]
    if audit.on <= _year_before(at.date()):
        text = f"a fairness audit younger than 12 months (the last is of {audit.on})"
        return [lacks("audit", text, "audit-old", on=audit.on.isoformat())]
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
        text = f"at least {position.min_n:g} cases a unit (the plan has {question.min_n:g})"
        found.append(lacks("min-n", text, "min-n-clause", least=f"{position.min_n:g}", has=f"{question.min_n:g}"))
    if position.review_by is not None and position.review_by <= at.date():
        day = position.review_by
        found.append(lacks("review-by", f"the review agreed for {day}", "review-by", day=day.isoformat()))
    rate = position.max_signal_rate
    if rate is not None and question.ceiling is not None and question.ceiling > rate:
        text = f"a promised rate of {rate:g} or less (it is {question.ceiling:g})"
        found.append(lacks("max-signal-rate", text, "rate-clause", rate=f"{rate:g}", now=f"{question.ceiling:g}"))
    return found


def _pause(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.actor != SYSTEM or question is None:
        return []
    tested, signals, most = int(act.one("tested")), int(act.one("signals")), question.most_signals
    if most is None or not tested or signals <= most * tested:
        text = "the program pauses only where the signal rate passes what was promised"
        return [lacks("rate", text, "rate")]
    return []


def _resume(state: State, question: Question | None, act: Act) -> list[Missing]:
    found = _go_live(state, question, act)
    paused = question.paused_at if question else None
    audit = question.audit if question else None
    if paused and (audit is None or audit.at < paused):
        text = "an audit by the internal auditor since the pause"
        found.append(lacks("audit-after-pause", text, "audit-after-pause"))
    return found


def _review(state: State, question: Question | None, act: Act) -> list[Missing]:
    if act.actor != SYSTEM or question is None or due(question, act.at):
        return []
    return [lacks("due", "the program calls a review only where one is due", "due")]


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
    "observer": _observer,
    "observation": _observation,
    "fairness": _fairness,
    "pilot": _pilot,
    "go-live": _go_live,
    "pause": _pause,
    "resume": _resume,
    "identify": _identify,
    "review": _review,
}
