"""Loads over time: what was set aside, what the records cover, and what is another than in the load before."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse

from arusha.charts import Chart, SharePoint, ShareTitles, shares_in_time
from arusha.language import Catalogue
from arusha.records.contract import CONTRACT
from arusha.records.history import Load, loads
from arusha.records.load_changes import changes
from arusha.records.set_aside_limits import WHOLE, aside_shares
from arusha.workbench.pages import render, words_of
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

SHORT = 16
"""Letters of a load's digest in addresses."""


def known() -> list[Load]:
    """The loads of the site's workspace, the oldest first."""
    workspace = site().workspace
    return loads(workspace) if workspace is not None else []


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Every load, the newest first, and the share set aside of all rows."""
    words, found = words_of(request), known()
    tables = [t for t in CONTRACT.tables if any(t in load.tables for load in found)]
    return render(
        request,
        visitor,
        "governance/loads.html.j2",
        loads=[(load, sum(t.read for t in load.tables.values())) for load in reversed(found)],
        aside=lambda load: sum(t.set_aside for t in load.tables.values()),
        short=SHORT,
        tables=tables,
        chart=share_chart(found, WHOLE, words) if any(load.tables for load in found) else None,
    )


def table(request: HttpRequest, visitor: Visitor, table: str) -> HttpResponse:
    """One table over the loads: the share set aside, why, which months, and how far its columns are filled."""
    words, found = words_of(request), [load for load in known() if table in load.tables]
    if table not in CONTRACT.tables or not found:
        raise Http404
    reasons = sorted({reason for load in found for reason in load.tables[table].reasons})
    last = found[-1].tables[table]
    return render(
        request,
        visitor,
        "governance/table.html.j2",
        table=CONTRACT.tables[table],
        loads=list(reversed(found)),
        short=SHORT,
        chart=share_chart(found, table, words),
        months=found[-1].tables[table].months,
        reasons=reasons,
        filled=[
            (column, (last.filled or {}).get(column, 0) / last.accepted)
            for column in CONTRACT.tables[table].columns
            if last.accepted and last.filled is not None
        ],
    )


def load(request: HttpRequest, visitor: Visitor, load: str) -> HttpResponse:
    """One load: its files and tables, and what is another than in the load before."""
    found = known()
    place = next((k for k, one in enumerate(found) if one.digest[:SHORT] == load), None)
    if place is None:
        raise Http404
    before = found[place - 1] if place else None
    return render(
        request,
        visitor,
        "governance/load.html.j2",
        load=found[place],
        before=before,
        changes=changes(before, found[place]) if before is not None else [],
        short=SHORT,
    )


def share_chart(found: Sequence[Load], table: str, words: Catalogue) -> Chart:
    """The share set aside by load, with its interval and what was expected."""
    shares = aside_shares(found, table)
    points = [
        SharePoint(
            f"{one.load.day:%Y-%m-%d}",
            one.count,
            one.of,
            one.low,
            one.high,
            one.limits.low if one.limits else None,
            one.limits.high if one.limits else None,
            stands_out=one.unusual,
        )
        for one in shares
    ]
    last = shares[-1] if shares else None
    if last is None or last.limits is None:
        headline = words.text("gov-shares-cannot-tell")
    else:
        headline = words.text("gov-shares-unusual" if last.unusual else "gov-shares-within")
    titles = ShareTitles(
        headline,
        words.text("gov-shares-subtitle"),
        words.text("gov-load"),
        words.text("gov-share"),
        words.text("column-set-aside"),
        words.text("gov-read"),
    )
    return shares_in_time(points, titles, words)
