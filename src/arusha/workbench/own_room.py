"""One's own page: what live questions hold of oneself, beside the peers as a band; who looked; and a way to contest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow.compute as pc
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_question import SignalRow, signal_row
from arusha.assessment.report_read import Question
from arusha.assessment.report_words import AS_PERCENT, defined, effect_kind, explanation_name
from arusha.charts.words import interval
from arusha.language import Catalogue
from arusha.workbench import alerts
from arusha.workbench.alert import RAISED_AGAIN
from arusha.workbench.assessments import opened
from arusha.workbench.behind import own_work
from arusha.workbench.gate import Opened
from arusha.workbench.pages import number_given, render, words_of
from arusha.workbench.record import Record
from arusha.workbench.signals import find_row
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

FEWEST_PEERS = 10
"""Fewer peers than this give no band: it would show one of them."""


@dataclass(frozen=True)
class Became:
    """What became of a signal, as the person concerned is told it: nothing was raised, it waits, or a way out.

    ``accepted`` is the explanation that was accepted; who decided, and in which words, is not told.
    """

    state: str
    at: datetime | None = None
    accepted: str = ""


@dataclass(frozen=True)
class Contest:
    """What the reader said of a signal, and which entry of the ledger holds it; no text where it was expunged."""

    number: int
    at: datetime
    text: str


@dataclass(frozen=True)
class Own:
    """One number of the reader's: what it is called, and the middle nine in ten of peers. Declarants are not named."""

    row: SignalRow
    word: str
    signal: bool
    peers: int
    band: str
    became: Became
    contests: tuple[Contest, ...]


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
        _own(record, name, asked, _actor(visitor), words)
        for name in site().assessments
        for found in [opened(name)]
        for asked in found.folder.questions
        if asked.id in found.persons
    ]
    held = [one for one in held if one.rows or one.within or one.cannot_tell]
    return render(request, visitor, "own.html.j2", held=held, looks=record.looks_at(_actor(visitor)))


def rows(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """The records of one's own work behind a signal about oneself: the rows that others read, and nobody else's."""
    words, record, actor = words_of(request), Record(site().home), _actor(visitor)
    found = opened(name)
    row = _mine(found, signal, actor)
    asked = found.question(row["indicator"])
    assert asked is not None
    about = {"id": asked.id, **asked.definition}
    return render(
        request,
        visitor,
        "own_signal.html.j2",
        title=defined(words, about, "title"),
        asked=defined(words, about, "question"),
        name=name,
        rows=own_work(found, row, actor).page(words, number_given(request.GET.get("from", "")) or 0),
        one=_told(record, asked, row, actor, words),
        looks=[look for look in record.looks_at(actor) if f"signal:{signal}" in look.subjects],
    )


def contest(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say what is wrong with a signal about oneself."""
    name, signal = request.POST.get("assessment", ""), request.POST.get("signal", "")
    row = _mine(opened(name), signal, _actor(visitor))
    text = request.POST.get("text", "")
    alerts.contest(Record(site().home), signal, row["indicator"], _actor(visitor), text)
    return redirect("own-signal", name=name, signal=signal)


def _mine(found: Opened, signal: str, actor: str) -> dict[str, Any]:
    """A signal about the reader; one about others is as absent as one that never was."""
    row = find_row(found, signal)
    if row is None or row["indicator"] not in found.persons or actor not in (row["unit_id"], row["other_id"]):
        raise Http404
    return row


def _own(record: Record, name: str, asked: Question, actor: str, words: Catalogue) -> OwnQuestion:
    """Own numbers, and pairs that stood out; other pairs are counted."""
    signals = asked.signals
    mine = signals.filter(pc.or_kleene(pc.equal(signals["unit_id"], actor), pc.equal(signals["other_id"], actor)))
    about = {"id": asked.id, **asked.definition}
    rows, within, cannot_tell = [], 0, 0
    for row in mine.to_pylist():
        if row["other_id"] and not row["signal"]:
            within += row["p_value"] is not None
            cannot_tell += row["p_value"] is None
            continue
        rows.append(_told(record, asked, row, actor, words))
    title, question = defined(words, about, "title"), defined(words, about, "question")
    return OwnQuestion(name, title, question, tuple(rows), within, cannot_tell)


def _told(record: Record, asked: Question, row: dict[str, Any], actor: str, words: Catalogue) -> Own:
    """One number of the reader's, with what became of it."""
    peers, band = _band(asked, row, actor, words)
    if row["signal"]:
        word = "verdict-unusual" if row["flagged"] else "verdict-unusual-explained"
    else:
        word = "verdict-cannot-tell" if row["p_value"] is None else "verdict-within-expected-scatter"
    tried = asked.explanations.filter(pc.equal(asked.explanations["signal_id"], row["signal_id"])).to_pylist()
    cells = signal_row(row, tried, words)
    said = alerts.told(record, row["signal_id"]) if row["signal"] else []
    contests = tuple(
        Contest(one["number"], one["at"], str(one["words"].get("text", "")))
        for one in said
        if one["kind"] == alerts.CONTESTED and one["actor"] == actor
    )
    became = _became(record, row["signal_id"], said, asked.definition.get("explanations") or (), words)
    return Own(cells, words.text(word), bool(row["signal"]), peers, band, became, contests)


def _became(
    record: Record, signal: str, said: list[dict[str, Any]], tried: Collection[str], words: Catalogue
) -> Became:
    """``tried`` are the explanations of the question: what else a form was sent with is no word of ours to pass on."""
    alert = alerts.alerts(record).get(signal)
    if alert is None:
        return Became("none")
    if alert.state not in alerts.TOLD:
        again = any(one["kind"].startswith(RAISED_AGAIN) for one in said)
        return Became("waits-again" if again else "waits", alert.raised_at)
    given: Mapping[str, Any] = next((one["words"] for one in reversed(said) if one["kind"] == alert.state), {})
    key = str(given.get("explanation", ""))
    return Became(alert.state, alert.decided_at, explanation_name(words, key) if key in tried else "")


def _band(asked: Question, row: Mapping[str, Any], actor: str, words: Catalogue) -> tuple[int, str]:
    """How many peers there are in the same question, and between what the middle nine in ten of them lie."""
    signals = asked.signals
    alike = pc.and_(pc.equal(signals["unit_kind"], row["unit_kind"]), pc.is_valid(signals["effect"]))
    mine = pc.or_(*(pc.fill_null(pc.equal(signals[who], actor), False) for who in ("unit_id", "other_id")))
    others = signals["effect"].filter(pc.and_not(alike, mine)).to_numpy()
    if len(others) < FEWEST_PEERS:
        return len(others), ""
    low, high = (float(x) for x in np.quantile(others, [0.05, 0.95]))
    return len(others), interval(words, low, high, as_percent=effect_kind(asked.id) in AS_PERCENT)


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
