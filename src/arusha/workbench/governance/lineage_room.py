"""Lineage as pages: which questions the records can answer, and from which files and tables an assessment came."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from arusha.assessment.lineage import openlineage
from arusha.assessment.report_words import defined
from arusha.language import Catalogue
from arusha.records.contract import CONTRACT
from arusha.workbench.gate import Opened, open_assessment
from arusha.workbench.governance.letters import letters
from arusha.workbench.governance.loads_room import SHORT, known
from arusha.workbench.governance.sufficiency import Lacks, sufficiency
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import EXPORTED, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

MOST_LOADS = 8


def questions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Each question of the catalogue against the last load and the loads before it."""
    words, found = words_of(request), known()
    over_time = [(load, {s.question: s for s in sufficiency(load)}) for load in reversed(found[-MOST_LOADS:])]
    now = sufficiency(found[-1]) if found else []
    wanted: dict[str, list[str]] = {}
    for one in now:
        for table, columns in one.lacks.items():
            for name in columns or ("",):
                wanted.setdefault(f"{table}.{name}".rstrip("."), []).append(_title(words, one.question, one.title))
    events = found[-1].tables.get("events") if found else None
    return render(
        request,
        visitor,
        "governance/questions.html.j2",
        now=[(_title(words, s.question, s.title), s, _said(s.lacks), _said(s.unaided)) for s in now],
        over_time=over_time,
        wanted=sorted(wanted.items()),
        short=SHORT,
        log=[
            (column, (events.filled or {}).get(column, 0) / events.accepted)
            for column in CONTRACT.tables["events"].columns
            if events is not None and events.accepted and events.filled is not None
        ],
        columns=CONTRACT.tables["events"].columns,
    )


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The assessments, each with its lineage."""
    return render(request, visitor, "governance/lineages.html.j2", names=list(site().assessments))


def lineage(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """One assessment: from each file to the tables that it feeds, to the questions that read them, to their signals."""
    words, found = words_of(request), _opened(name)
    manifest = found.folder.manifest
    loaded = manifest["workspace"]
    tables = loaded.get("tables", {})
    about = str(loaded.get("digest", ""))[:SHORT]
    rows = []
    for asked in manifest["questions"]:
        definition = asked.get("definition", {})
        read = list(dict.fromkeys([*definition.get("needs", {}), *definition.get("helped_by", {})]))
        shown = found.question(asked["id"])
        # Who may not list signals is not told how many there are either.
        whole = visitor.may("signals.list") and shown is not None and shown.assessed and _whole(found, asked["id"])
        rows.append(
            {
                "id": asked["id"],
                "title": _title(words, asked["id"], definition.get("title", asked["id"])),
                "read": [t for t in read if t in tables],
                "absent": [t for t in read if t not in tables],
                "signals": sum(shown.signals["signal"].to_pylist()) if whole and shown is not None else None,
            }
        )
    return render(
        request,
        visitor,
        "governance/lineage.html.j2",
        name=name,
        manifest=manifest,
        load=about,
        there=any(one.digest[:SHORT] == about for one in known()),
        files=[(s, [f["table"] for f in s.get("feeds", [])]) for s in loaded.get("sources", [])],
        tables=[(t, tables[t].get("rows", 0), [r["title"] for r in rows if t in r["read"]]) for t in sorted(tables)],
        questions=rows,
        letters=[letter for letter in letters(Record(site().home)).values() if letter.load == about],
        opens=visitor.may("question.see"),
    )


def take(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """The OpenLineage events of an assessment; that they were taken is recorded before they are given."""
    found = _opened(name)
    Record(site().home).add(EXPORTED, visitor.actor, f"assessment:{name}")
    events = openlineage(site().assessments[name])
    for event in events:
        _keep_back(event, found)
    text = "".join(json.dumps(event) + "\n" for event in events)
    response = HttpResponse(text, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="openlineage.jsonl"'
    return response


def _opened(name: str) -> Opened:
    served = site()
    found = open_assessment(served, name, served.state())
    if found is None:
        raise Http404
    return found


def _whole(found: Opened, question: str) -> bool:
    """Whether a question may be shown with more than counts by office."""
    shown = found.question(question)
    return shown is not None and shown.about.get("status") != "counts only"


def _keep_back(event: dict[str, Any], found: Opened) -> None:
    """Take the number of units out of a question that is shown as counts by office only."""
    question = event["job"]["name"].removeprefix("ask/")
    if event["job"]["name"].startswith("ask/") and not _whole(found, question):
        for output in event["outputs"]:
            output.pop("outputFacets", None)


def _title(words: Catalogue, question: str, title: str) -> str:
    return defined(words, {"id": question, "title": title}, "title")


def _said(lacks: Lacks) -> list[str]:
    """What is lacking, as codes: a table, or a table's columns."""
    return [name for table, columns in lacks.items() for name in ([f"{table}.{c}" for c in columns] or [table])]
