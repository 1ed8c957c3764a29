"""One's own page: what live questions hold of oneself, beside the peers as a band; who looked; and a way to contest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_question import SignalRow, signal_row
from arusha.assessment.report_read import Question
from arusha.assessment.report_words import AS_PERCENT, defined, effect_kind
from arusha.charts.words import interval
from arusha.language import Catalogue
from arusha.workbench import alerts
from arusha.workbench.assessments import opened
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.signals import find_row
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

FEWEST_PEERS = 10
"""Fewer peers than this give no band: it would show one of them."""


@dataclass(frozen=True)
class Own:
    """One number of the reader's: what it is called, and the middle nine in ten of peers. Declarants are not named."""

    row: SignalRow
    word: str
    signal: bool
    peers: int
    band: str


@dataclass(frozen=True)
class OwnQuestion:
    """What one question holds of the reader. ``within`` and ``cannot_tell`` count pairs with declarants."""

    assessment: str
    title: str
    asked: str
    rows: tuple[Own, ...]
    within: int
    cannot_tell: int


def own(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What live questions hold of the reader, and who looked at it."""
    words, record = words_of(request), Record(site().home)
    held = [
        _own(name, asked, _actor(visitor), words)
        for name in site().assessments
        for found in [opened(name)]
        for asked in found.folder.questions
        if asked.id in found.persons
    ]
    held = [one for one in held if one.rows or one.within or one.cannot_tell]
    return render(request, visitor, "own.html.j2", held=held, looks=record.looks_at(_actor(visitor)))


def contest(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say what is wrong with a signal about oneself."""
    name, signal = request.POST.get("assessment", ""), request.POST.get("signal", "")
    row = find_row(opened(name), signal)
    if row is None or _actor(visitor) not in (row["unit_id"], row["other_id"]):
        raise Http404
    text = request.POST.get("text", "")
    alerts.contest(Record(site().home), signal, row["indicator"], _actor(visitor), text)
    return redirect("own")


def _own(name: str, asked: Question, actor: str, words: Catalogue) -> OwnQuestion:
    """Own numbers, and pairs that stood out; other pairs are counted."""
    signals = asked.signals
    mine = signals.filter(pc.or_kleene(pc.equal(signals["unit_id"], actor), pc.equal(signals["other_id"], actor)))
    told: dict[str, list[dict[str, object]]] = {}
    for one in asked.explanations.to_pylist():
        told.setdefault(one["signal_id"], []).append(one)
    about = {"id": asked.id, **asked.definition}
    rows, within, cannot_tell = [], 0, 0
    for row in mine.to_pylist():
        if row["other_id"] and not row["signal"]:
            within += row["p_value"] is not None
            cannot_tell += row["p_value"] is None
            continue
        peers, band = _band(asked, row, actor, words)
        if row["signal"]:
            word = "verdict-unusual" if row["flagged"] else "verdict-unusual-explained"
        else:
            word = "verdict-cannot-tell" if row["p_value"] is None else "verdict-within-expected-scatter"
        cells = signal_row(row, told.get(row["signal_id"], []), words)
        rows.append(Own(cells, words.text(word), bool(row["signal"]), peers, band))
    title, question = defined(words, about, "title"), defined(words, about, "question")
    return OwnQuestion(name, title, question, tuple(rows), within, cannot_tell)


def _band(asked: Question, row: dict[str, object], actor: str, words: Catalogue) -> tuple[int, str]:
    """How many peers there are in the same question, and between what the middle nine in ten of them lie."""
    others = [
        r["effect"]
        for r in asked.signals.to_pylist()
        if r["unit_kind"] == row["unit_kind"] and r["effect"] is not None and actor not in (r["unit_id"], r["other_id"])
    ]
    if len(others) < FEWEST_PEERS:
        return len(others), ""
    low, high = (float(x) for x in np.quantile(others, [0.05, 0.95]))
    return len(others), interval(words, low, high, as_percent=effect_kind(asked.id) in AS_PERCENT)


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
