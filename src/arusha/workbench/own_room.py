"""One's own page: what live questions hold of oneself, beside the peers as a band; who looked; and a way to contest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pyarrow.compute as pc
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.assessment.report_question import SignalRow, signal_row
from arusha.assessment.report_read import Question
from arusha.assessment.report_words import defined, explanation_name
from arusha.charts import Chart
from arusha.language import Catalogue
from arusha.workbench import alerts
from arusha.workbench.alert import RAISED_AGAIN
from arusha.workbench.assessments import opened
from arusha.workbench.behind import own_work
from arusha.workbench.earlier import earlier, others_of, word
from arusha.workbench.gate import Opened, with_alerts
from arusha.workbench.pages import number_given, render, words_of
from arusha.workbench.place import peers, place
from arusha.workbench.record import Look, Record
from arusha.workbench.signals import find_row
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


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
    drawn: Chart | None
    """The same number among the peers, who are one band; none where they are too few."""


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
        for found in [_opened_to(record, name, _actor(visitor))]
        for asked in found.folder.questions
        if asked.id in found.persons
    ]
    held = [one for one in held if one.rows or one.within or one.cannot_tell]
    shown = tuple(dict.fromkeys(one.assessment for one in held))
    return render(request, visitor, "own.html.j2", held=held, looks=looks(record, _actor(visitor), shown))


def rows(request: HttpRequest, visitor: Visitor, name: str, signal: str) -> HttpResponse:
    """The records of one's own work behind a signal about oneself: the rows that others read, and nobody else's."""
    words, record, actor = words_of(request), Record(site().home), _actor(visitor)
    found = _opened_to(record, name, actor)
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
        one=_told(record, name, asked, row, actor, words),
        looks=[look for look in looks(record, actor) if f"signal:{signal}" in look.subjects],
    )


def looks(record: Record, actor: str, assessments: Collection[str] = ()) -> list[Look]:
    """Every look at signals about somebody, and every whole report taken that has a number of theirs, newest first.

    That a closed alert is looked at again is told as any look, until its way out is told: what is looked at again and
    not told would be an inquiry.
    """
    states = alerts.alerts(record).states
    found = []
    for look in record.looks_at(actor):
        told = [s.removeprefix("signal:") for s in look.subjects if s.startswith("signal:")]
        hidden = look.reason == "re-review" and not set(states(told).values()) <= set(alerts.TOLD)
        found.append(replace(look, reason="", reference="") if hidden else look)
    taken = [look for name in assessments for look in record.reports_taken(name)]
    return sorted([*found, *taken], key=lambda look: look.number, reverse=True)


def contest(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say what is wrong with a signal about oneself."""
    name, signal = request.POST.get("assessment", ""), request.POST.get("signal", "")
    record = Record(site().home)
    row = _mine(_opened_to(record, name, _actor(visitor)), signal, _actor(visitor))
    text = request.POST.get("text", "")
    alerts.contest(record, signal, row["indicator"], _actor(visitor), text)
    return redirect("own-signal", name=name, signal=signal)


def _opened_to(record: Record, name: str, actor: str) -> Opened:
    """The assessment as whom it concerns may see it: also what an alert about them was made of, when that is paused."""
    known = alerts.alerts(record)
    return with_alerts(site(), opened(name), actor, lambda signals: bool(known.states(signals)))


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
        rows.append(_told(record, name, asked, row, actor, words))
    title, question = defined(words, about, "title"), defined(words, about, "question")
    return OwnQuestion(name, title, question, tuple(rows), within, cannot_tell)


def _told(record: Record, name: str, asked: Question, row: dict[str, Any], actor: str, words: Catalogue) -> Own:
    """One number of the reader's, with what became of it."""
    among = peers(asked, row)
    if row["signal"]:
        key = _word(record, name, row)
    else:
        key = "verdict-cannot-tell" if row["p_value"] is None else "verdict-within-expected-scatter"
    tried = asked.explanations.filter(pc.equal(asked.explanations["signal_id"], row["signal_id"])).to_pylist()
    cells = signal_row(row, tried, words)
    said = alerts.told(record, row["signal_id"]) if row["signal"] else []
    contests = tuple(
        Contest(one["number"], one["at"], str(one["words"].get("text", "")))
        for one in said
        if one["kind"] == alerts.CONTESTED and one["actor"] == actor
    )
    became = _became(record, row["signal_id"], said, asked.definition.get("explanations") or (), words)
    drawn = place(asked, row, among, name, words, own=True)
    band = among.text(asked, words)
    return Own(cells, words.text(key), bool(row["signal"]), among.n, band, became, contests, drawn)


def _word(record: Record, name: str, row: Mapping[str, Any]) -> str:
    """As others read it; an inquiry into an earlier signal reads like an alert that waits, here as everywhere."""
    before = earlier(others_of(name), row["indicator"], [row]).get(row["signal_id"], ())
    states = alerts.alerts(record).states(one.signal for one in before)
    return word(row, before, lambda signal: states.get(signal) in alerts.TOLD)


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


def _actor(visitor: Visitor) -> str:
    assert visitor.actor is not None
    return visitor.actor
