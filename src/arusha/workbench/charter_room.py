"""The charter: where each question stands, and the dossier that was agreed to."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from arusha.assessment.report_words import OF_ONE, defined, effect_kind, explanation_name, listed, slug
from arusha.assessment.report_words import said as named
from arusha.charter import ROLES, Charter, Question
from arusha.charter.dossier import HEADS
from arusha.charter.guards import lapses_at
from arusha.charts.words import number
from arusha.indicators.definition import Definition
from arusha.indicators.registry import indicators
from arusha.language import Catalogue
from arusha.workbench.desk import FIELDS, acts_of
from arusha.workbench.pages import render, words_of
from arusha.workbench.rules import may
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def charter(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every question that this version knows, with its stage."""
    words = words_of(request)
    state = site().state()
    known = state.questions if state else {}
    rows = []
    for indicator in indicators():
        definition = indicator.definition
        held = known.get(definition.id)
        title = defined(words, {"id": definition.id, "title": definition.title}, "title")
        rows.append((definition.id, title, held.stage if held else "not-drafted", held))
    return render(request, visitor, "charter.html.j2", rows=rows, state=state, live=sum(r[2] == "live" for r in rows))


def dossier(request: HttpRequest, visitor: Visitor, question: str) -> HttpResponse:
    """One question: its dossier, what was said of it, and what it lacks to go live."""
    words = words_of(request)
    served = site().charter()
    definition = next((i.definition for i in indicators() if i.definition.id == question), None)
    if definition is None:
        raise Http404
    state = served.state() if served is not None else None
    held = state.questions.get(question) if state else None
    title = defined(words, {"id": definition.id, "title": definition.title}, "title")
    if served is None or state is None or held is None:
        return render(
            request,
            visitor,
            "undrafted.html.j2",
            title=title,
            question=question,
            no_charter=state is None,
            acts=acts_of(visitor, None) if state is not None else [],
            fields=FIELDS,
        )
    heads = heads_of(served, held)
    return render(
        request,
        visitor,
        "dossier.html.j2",
        title=title,
        question=held,
        heads=[
            (head, heads.get(head, ""), _translated(words, definition, head, heads.get(head, ""))) for head in HEADS
        ],
        lacks=served.lacks(held) if held.stage not in ("live", "retired") else (),
        said=said(served, held),
        lapses=lapses_at(held),
        seen_by=[words.text(f"wb-role-{role}") for role in ROLES if may(frozenset({role}), "signal.open")],
        acts=acts_of(visitor, held),
        fields=FIELDS,
    )


SAID_BY = {
    "purpose": "question",
    "forbidden_uses": "forbidden_uses",
    "unit": "unit",
    "null_hypothesis": "null_hypothesis",
    "statistic": "statistic",
    "gaming": "gaming",
    "counter_indicator": "counter_indicator",
    "expected_false_flags": "false_flags_per_thousand",
    "source": "source",
}
"""Head of the dossier -> field of the definition that it repeats."""


_THRESHOLD = re.compile(r"false-discovery rate ([0-9.]+); least effect ([0-9.]+)")
_RETENTION = re.compile(r"([0-9]+) months, then deleted")


def _translated(words: Catalogue, definition: Definition, head: str, agreed: str) -> str:
    """The head in the reader's language, where what was agreed is what the definition says now; else empty.

    Explanations stand in it by their ids, and limits without their unit, which are words in no language: both are told
    in English too.
    """
    if head == "explanations" and agreed == ", ".join(definition.explanations):
        return listed(words, (explanation_name(words, one) for one in definition.explanations))
    if head == "threshold" and (limits := _THRESHOLD.fullmatch(agreed)):
        rate, effect = (number(words, float(part), len(part.partition(".")[2])) for part in limits.groups())
        kind = "said" if effect_kind(definition.id) in OF_ONE else "count"
        return words.text(f"wb-threshold-{kind}", rate=rate, effect=effect)
    if words.lang == "en" and head not in ("gaming", "counter_indicator"):
        return ""  # as it was agreed to, but for ids of other questions, which show their titles
    if head == "peers" and agreed == ", ".join(definition.conditions_on):
        return listed(words, (named(words, f"peer-{slug(one)}", one) for one in definition.conditions_on))
    if head == "retention" and (months := _RETENTION.fullmatch(agreed)):
        return words.text("wb-retention-said", n=int(months.group(1)))
    field = SAID_BY.get(head, "")
    if not field or str(getattr(definition, field)).strip() != agreed:
        return ""
    return defined(words, asdict(definition), field)


def heads_of(served: Charter, held: Question) -> dict[str, str]:
    """The dossier's texts, from the entry that fixed the definition as it is now."""
    for recorded in reversed(list(served.ledger.entries())):
        subjects = recorded.entry.subjects
        of = f"question:{held.id}" in subjects and f"definition:{held.definition}" in subjects
        if of and recorded.entry.kind in ("charter.draft", "charter.changed"):
            part = served.ledger.content(recorded.number).get("dossier")
            return dict(part.value) if part is not None else {}
    return {}


def said(served: Charter, held: Question) -> list[dict[str, Any]]:
    """Questions, positions, answers and outcomes with their words, in the order in which they were said."""
    minutes = ("observer", "committee", "observation")
    kinds = ("ask", "position", "answer", *minutes, "go-live", "pause", "review", "resume")
    found = []
    for recorded in served.ledger.entries():
        entry = recorded.entry
        kind = entry.kind.removeprefix("charter.")
        if f"question:{held.id}" not in entry.subjects or kind not in kinds:
            continue
        parts = {name: p.value for name, p in served.ledger.content(recorded.number).items() if p is not None}
        tokens = {s.partition(":")[0]: s.partition(":")[2] for s in entry.subjects if ":" in s}
        found.append(
            {
                "number": recorded.number,
                "kind": kind,
                "at": entry.time[:16].replace("T", " "),
                "text": parts.get("text") or parts.get("reason") or "",
                "points": parts.get("points") or [],
                "tokens": {k: v for k, v in tokens.items() if k != "question"},
            }
        )
    return found
