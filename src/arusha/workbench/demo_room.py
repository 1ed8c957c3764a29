"""In the demo alone: the six tasks, and the answer key after one has answered oneself or asked to see it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pyarrow.compute as pc
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from arusha.assessment.folder import digest
from arusha.assessment.report_words import defined
from arusha.demo.against_key import Checked, check, read_answers
from arusha.demo.reform_key import read_planted
from arusha.effects.evaluations import Evaluations
from arusha.workbench import alerts
from arusha.workbench.assessments import opened
from arusha.workbench.demo_tasks import COMPLETED, tasks, traces
from arusha.workbench.evaluations.panels import reforms_of
from arusha.workbench.gate import Opened
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site
from arusha.workbench.visitor import Visitor

KEY_OPENED = "demo.key-opened"
ACCUSED = frozenset({"proposed", "inquiry"})


def task_list(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The six tasks with how far each is, and who does it."""
    served, name = _demo(request, visitor)
    state = served.state()
    evaluations = Evaluations(served.workspace).ledger() if served.workspace is not None else None
    seen = traces(Record(served.home), served.charter(), state, evaluations)
    nothing = not any(pc.any(table["flagged"]).as_py() for table in opened(name).stand_out.values())
    rows = []
    for task in tasks(name):
        who = state.holders(task.role)[0] if state and state.holders(task.role) else ""
        how_far = task.state(seen)
        if nothing and task.needs_signal and how_far != COMPLETED:
            how_far = "not-here"
        rows.append((task, how_far, who, reverse(task.page, kwargs=dict(task.parts))))
    done = sum(how_far == COMPLETED for _, how_far, _, _ in rows)
    return render(request, visitor, "tasks.html.j2", rows=rows, done=done)


def answer_key(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What was planted, what was found of it, and how one's own answers compare; shut until there is one."""
    served, name = _demo(request, visitor)
    record = Record(served.home)
    mine = [a for a in alerts.alerts(record).all() if a.state != "new"]
    asked = any(r.entry.kind == KEY_OPENED for r in record.ledger.entries())
    if not mine and not asked:
        return render(request, visitor, "key_shut.html.j2")
    found, words = opened(name), words_of(request)
    assert served.workspace is not None
    checked = _checked(served.workspace.parent, found)
    flags = {f.signal: f for f in checked.flags}
    titles = {q.id: defined(words, {"id": q.id, **q.definition}, "title") for q in found.folder.questions}
    answers = [(a, flags[a.signal]) for a in mine if a.signal in flags]
    return render(
        request,
        visitor,
        "key.html.j2",
        name=name,
        checked=checked,
        titles=titles,
        outcomes=Counter(s.outcome for s in checked.schemes),
        answers=answers,
        accused=sum(a.state in ACCUSED and f.is_ != "planted" for a, f in answers),
        cleared=sum(a.state not in ACCUSED and f.is_ == "planted" for a, f in answers),
        opens=visitor.may("signal.open"),
        reforms=read_planted(served.workspace.parent),
        said=_said(served, Evaluations(served.workspace)),
        asked=asked,
    )


def open_key(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open the answer key without an answer of one's own; that it was opened is recorded."""
    served, _ = _demo(request, visitor)
    Record(served.home).add(KEY_OPENED, visitor.actor)
    return redirect("answer-key")


def _said(served: Site, evaluations: Evaluations) -> dict[str, str]:
    """By measure of the demo: what the newest evaluation of its records concluded."""
    whose = {digest(folder / "panel.csv"): measure for measure, folder in reforms_of(served).items()}
    found: dict[str, str] = {}
    for entered in evaluations.entered():
        if entered.answer is None or entered.plan is None or not entered.plan.source.is_file():
            continue
        measure = whose.get(digest(entered.plan.source))
        if measure is not None:
            found.setdefault(measure, str(entered.answer["conclusion"]))
    return found


@lru_cache(maxsize=4)
def _checked(directory: Path, found: Opened) -> Checked:
    asked = [q for q in found.folder.questions if q.assessed and q.counts is None]
    rows = [row for q in asked for row in q.signals.to_pylist()]
    return check(read_answers(directory), rows, [q.id for q in asked])


def _demo(request: HttpRequest, visitor: Visitor) -> tuple[Site, str]:
    """The site and its assessment, where all is invented and the visitor came with the word of the terminal."""
    served = site()
    if visitor.mode != "demo" or not request.session.get("entered") or not served.assessments:
        raise Http404
    return served, next(iter(served.assessments))
