"""The union desk: what waits for a position, questions with their due dates, and what was agreed; and every act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from arusha.assessment.agreed import facts
from arusha.assessment.evidence import plan_of
from arusha.assessment.folder import read_manifest
from arusha.assessment.report_words import defined
from arusha.charter import ACTS, Charter, CharterError, Question
from arusha.charter.acts import MEANS, OUTCOMES, POSITIONS
from arusha.charter.charter import MOVES
from arusha.charter.guards import lapses_at
from arusha.indicators.registry import indicators
from arusha.language.told import error as of
from arusha.ledger import Recorded
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

FIELDS: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "draft": (("months", "number", ()),),
    "consult": (("ceiling", "number", ()), ("days", "number", ())),
    "notice": (("means", "select", MEANS), ("proof", "text", ())),
    "ask": (("text", "area", ()), ("due", "date", ())),
    "position": (
        ("position", "select", POSITIONS),
        ("text", "area?", ()),
        ("points", "area?", ()),
        ("due", "date?", ()),
        ("min-n", "number?", ()),
        ("no-individual-display", "check", ()),
        ("review-by", "date?", ()),
        ("max-signal-rate", "number?", ()),
    ),
    "answer": (("point", "points", ()), ("text", "area", ())),
    "audit": (("on", "date", ()), ("result", "select", ("passed", "failed")), ("report", "text", ())),
    "observer": (("person", "text", ()),),
    "observation": (("text", "area", ()),),
    "committee": (("outcome", "select", OUTCOMES), ("reason", "area", ())),
    **dict.fromkeys(MOVES, (("reason", "area?", ()),)),
}
"""Act -> its fields: name, kind (``?``: may be empty) and options. Labels are in the catalogues."""


def desk(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """To review, points that wait for an answer, procedures with an observer, agreements."""
    words, state = words_of(request), site().state()
    titles = {
        i.definition.id: defined(words, {"id": i.definition.id, "title": i.definition.title}, "title")
        for i in indicators()
    }
    questions = list(state.questions.values()) if state else []
    today = date.today().isoformat()
    return render(
        request,
        visitor,
        "desk.html.j2",
        review=[(q, titles.get(q.id, q.id), lapses_at(q)) for q in questions if q.stage in ("consultation", "pilot")],
        points=sorted(
            (q.points[p] or "9999", q.id, titles.get(q.id, q.id), p, bool(q.points[p]) and q.points[p] < today)
            for q in questions
            for p in q.open_points
        ),
        observed=[(q, titles.get(q.id, q.id)) for q in questions if q.objections and q.stage != "retired"],
        agreements=[(q, titles.get(q.id, q.id)) for q in questions if q.stage in ("live", "paused", "review-due")],
    )


def acts_of(visitor: Visitor, question: Question | None) -> list[str]:
    """The acts that the visitor's roles open at the question's stage, in the order of the fields' table.

    Nobody is offered to answer where no point waits, or to record a committee where nobody objected.
    """
    stage = question.stage if question else None
    idle = {"answer": not (question and question.open_points)}
    idle["committee"] = idle["observer"] = not (
        question and question.position and question.position.position == "object"
    )
    idle["observation"] = not (question and visitor.actor in question.observers)
    return [
        act
        for act in FIELDS
        if visitor.may(f"charter.{act}")
        and not idle.get(act)
        and (stage in ACTS[act].stages if stage else ACTS[act].new)
    ]


def act(request: HttpRequest, visitor: Visitor, question: str, act: str) -> HttpResponse:
    """Do an act of the charter; what stands in its way is said, and recorded by the charter itself.

    Raises
    ------
    CharterError
        If the charter refuses, or a field cannot be read.
    """
    served = site()
    charter = served.charter()
    if charter is None or visitor.actor is None or not any(i.definition.id == question for i in indicators()):
        raise Http404
    try:
        if act == "draft":
            _draft(served, charter, visitor.actor, question, request.POST)
        else:
            _DONE[act](charter, visitor.actor, question, request.POST)
    except ValueError as problem:
        raise of(CharterError, "number-or-date", "number-or-date", where=question) from problem
    return redirect("dossier", question=question)


def _draft(served: Site, charter: Charter, actor: str, question: str, given: QueryDict) -> Recorded:
    """Fix a question as the newest assessment's plan asks it."""
    manifests = [read_manifest(path) for path in served.assessments.values()]
    if not manifests:
        raise of(CharterError, "desk-no-settings", "assess-first", where=question)
    newest = max(manifests, key=lambda m: str(m.get("created_at", "")))
    definition = next(i.definition for i in indicators() if i.definition.id == question)
    return charter.draft(actor, facts(definition, plan_of(newest).settings(question)), int(given.get("months", "")))


def _number(given: QueryDict, name: str) -> float | None:
    text = given.get(name, "").strip()
    return float(text) if text else None


def _position(charter: Charter, actor: str, question: str, given: QueryDict) -> Recorded:
    return charter.position(
        actor,
        question,
        given.get("position", ""),
        given.get("text", "")[:5000],
        points=tuple(line.strip() for line in given.get("points", "")[:5000].splitlines() if line.strip()),
        answer_by=given.get("due") or None,
        min_n=_number(given, "min-n"),
        no_individual_display=given.get("no-individual-display") == "yes",
        review_by=given.get("review-by") or None,
        max_signal_rate=_number(given, "max-signal-rate"),
    )


def _move(name: str) -> Callable[[Charter, str, str, QueryDict], Recorded]:
    return lambda charter, actor, question, given: charter.move(actor, question, name, given.get("reason", "")[:5000])


_DONE: Mapping[str, Callable[[Charter, str, str, QueryDict], Any]] = {
    "consult": lambda c, a, q, g: c.consult(a, q, ceiling=float(g.get("ceiling", "")), days=int(g.get("days", ""))),
    "notice": lambda c, a, q, g: c.notice(a, q, g.get("means", ""), g.get("proof", "")[:500]),
    "ask": lambda c, a, q, g: c.ask(a, q, g.get("text", "")[:5000], answer_by=g.get("due", "")),
    "position": _position,
    "answer": lambda c, a, q, g: c.answer(a, q, g.get("point", ""), g.get("text", "")[:5000]),
    "audit": lambda c, a, q, g: c.audit(
        a, q, on=g.get("on", ""), passed=g.get("result") == "passed", report=g.get("report", "").strip()
    ),
    "committee": lambda c, a, q, g: c.committee(a, q, g.get("outcome", ""), g.get("reason", "")[:5000]),
    "observer": lambda c, a, q, g: c.observer(a, q, g.get("person", "").strip()),
    "observation": lambda c, a, q, g: c.observation(a, q, g.get("text", "")[:5000]),
    **{move: _move(move) for move in MOVES},
}
