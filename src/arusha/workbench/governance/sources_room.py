"""Sources: who delivers what, what was promised, owner and steward, and what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.language.told import error as of
from arusha.records.contract import CONTRACT, HOLDERS
from arusha.workbench.alerts import now
from arusha.workbench.governance import sources
from arusha.workbench.governance.breaches import breaches
from arusha.workbench.governance.letter_text import sentence
from arusha.workbench.governance.letters import letters
from arusha.workbench.governance.loads_room import known
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every source, which tables of the last load no source promises, and the form for a new one."""
    record, found = Record(site().home), known()
    there = sources.sources(record)
    promised = {t for s in there.values() if s.terms is not None and s.state == "in-force" for t in s.terms.tables}
    today = now().date()
    return render(
        request,
        visitor,
        "governance/sources.html.j2",
        sources=[(s, sources.title(record, s.key), len(breaches(s, found, today))) for s in there.values()],
        loose=sorted(set(found[-1].tables) - promised) if found else [],
        **_form(visitor),
    )


def one(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """One source: its terms against the last load, its people, what waits, and its letters."""
    record, words, found = Record(site().home), words_of(request), known()
    source = sources.sources(record).get(key)
    if source is None:
        raise Http404
    broken = breaches(source, found, now().date())
    state = site().state()
    may = {act: _candidates(act) for act in ("owner", "steward")}
    return render(
        request,
        visitor,
        "governance/source.html.j2",
        source=source,
        title=sources.title(record, key),
        last=found[-1] if found else None,
        breaches=[sentence(words, b).replace("`", "") for b in broken],
        broken={(b.table, b.column) for b in broken if b.kind in ("table-missing", "column-missing")},
        letters=[letter for letter in letters(record).values() if letter.source == key],
        candidates=may,
        alone=state is None or state.solo,
        **_form(visitor),
    )


def propose(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for a new source, or for other terms of one that is there."""
    assert visitor.actor is not None
    given, record = request.POST, Record(site().home)
    tables = tuple(t for t in CONTRACT.tables if t in given.getlist("table"))
    most = given.get("most-aside", "").strip().replace(",", ".")
    try:
        terms = sources.Terms(
            given.get("holder", ""),
            given.get("cadence", ""),
            int(given.get("grace", "")),
            tables,
            _columns(tables, given.get("columns", "")),
            float(most) / 100 if most else None,
        )
    except ValueError as problem:
        raise of(sources.SourceError, "number-unread", "days-figures") from problem
    key = sources.propose(record, site().state(), visitor.actor, terms, given.get("title", ""), given.get("source", ""))
    return redirect("gov-source", key=key)


def ask(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Ask that somebody becomes owner or steward, or that the source is retired."""
    assert visitor.actor is not None
    record, state, act = Record(site().home), site().state(), request.POST.get("act", "")
    if act == "retire":
        sources.retire(record, state, visitor.actor, key, request.POST.get("reason", ""))
    elif act in ("owner", "steward"):
        sources.grant(record, state, visitor.actor, key, act, request.POST.get("who", "").strip())
    else:
        raise Http404
    return redirect("gov-source", key=key)


def answer(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Agree to what somebody else asked for, or decline it."""
    assert visitor.actor is not None
    number = request.POST.get("number", "")
    if not number.isdecimal():
        raise Http404
    agreed = request.POST.get("answer") == "agree"
    sources.answer(Record(site().home), visitor.actor, key, int(number), agreed=agreed)
    return redirect("gov-source", key=key)


def _form(visitor: Visitor) -> dict[str, Any]:
    found = known()
    return {
        "tables": CONTRACT.tables,
        "there": set(found[-1].tables) if found else set(),
        "holders": HOLDERS,
        "cadences": sources.CADENCES,
        "asks": visitor.may("source.ask"),
    }


def _columns(tables: tuple[str, ...], which: str) -> tuple[str, ...]:
    """``read``: the columns that a question reads; else those that the last load has filled. Required ones always."""
    found = known()
    chosen = []
    for table in tables:
        held = set(found[-1].tables[table].present) if found and table in found[-1].tables else set()
        for name, column in CONTRACT.tables[table].columns.items():
            if column.required or (bool(column.read_by) if which == "read" else name in held):
                chosen.append(f"{table}.{name}")
    return tuple(chosen)


def _candidates(act: str) -> list[str]:
    """Who may become it, by pseudonym; in solo mode the one person."""
    served = site()
    state = served.state()
    if state is None or state.solo:
        return [next(iter(state.holders("integrity-lead")), "") if state is not None else served.solo_actor()]
    wanted = sources.OWNERS if act == "owner" else sources.STEWARDS
    return sorted({who for role in wanted for who in state.holders(role)})
