"""The pages of access: log quality, counts by office, reasons with their preview, sample, check and agreements."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.access import templates
from arusha.access.log_quality import CEILINGS, FLOORS
from arusha.access.templates import KINDS, FieldsError, Template, TemplateError
from arusha.charts import Chart, SharePoint, ShareTitles, shares_in_time
from arusha.inference.intervals import wilson
from arusha.language import Catalogue
from arusha.language.told import error as error_of
from arusha.workbench import jobs
from arusha.workbench.access import counts, reasons
from arusha.workbench.access.counts import Answer
from arusha.workbench.access.reasons import SHORT, Check, Version
from arusha.workbench.access.sentences import sentence
from arusha.workbench.pages import render, words_of
from arusha.workbench.record import LOOK, Record
from arusha.workbench.signals import is_open, keep_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

PURPOSES = ("reason-check", "audit-request", "learning")
FEWEST_MONTHS = 2


def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Whether the log is good enough, what reasons explain by office, and the reasons."""
    served, words = site(), words_of(request)
    record, state = Record(served.home), served.state()
    under, found = counts.under(served), counts.newest(served)
    known = reasons.reasons(record, state)
    counted = dict((found.told.get("templates") or {}) if found is not None else {})
    return render(
        request,
        visitor,
        "access/home.html.j2",
        answer=found,
        stops=_stops(found),
        under=under,
        loaded=bool(counts.load_of(served)),
        charts=_charts(found, words),
        reasons=[
            (
                reason,
                _said(words, reason.last, visitor),
                counted.get(reason.key) if reason.in_force is not None and reason.waiting is None else None,
            )
            for reason in known.values()
        ],
        other=found is not None and _force_changed(found, {k: r for k, r in known.items() if r.in_force}),
        limits={**FLOORS, **CEILINGS},
        kinds=list(KINDS),
        examples={kind: words.text(f"access-kind-{kind}") for kind in KINDS},
    )


def form(request: HttpRequest, visitor: Visitor, kind: str) -> HttpResponse:
    """The fields of one kind of reason; of another version of one that is there, filled with what it says."""
    if kind not in KINDS:
        raise Http404
    key = request.GET.get("of", "")
    return _form(request, visitor, kind, key, _given(key, kind, visitor), ())


def propose(request: HttpRequest, visitor: Visitor, kind: str) -> HttpResponse:
    """Propose a reason, and ask the worker what it would explain."""
    if kind not in KINDS:
        raise Http404
    assert visitor.actor is not None
    given, served = request.POST, site()
    key = given.get("of", "")
    try:
        template = templates.read(kind, given.get("what", ""), {n: given.get(n, "") for n in KINDS[kind].fields})
    except FieldsError as problem:
        values = {n: given.get(n, "")[:200] for n in (*KINDS[kind].fields, "what")}
        return _form(request, visitor, kind, key, values, problem.fields, status=400)
    record, state = Record(served.home), served.state()
    version = reasons.propose(record, state, visitor.actor, template, key)
    made = next(k for k, r in reasons.reasons(record, state).items() if version in r.versions)
    if counts.load_of(served):
        # Where too many jobs wait the reason stands, uncounted, and its page offers to ask again.
        with suppress(jobs.JobError):
            counts.ask(served, visitor.actor, reasons.in_force(record, state), made, template)
    return redirect("access-reason", key=made)


def count(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask the worker to count anew; with what a reason that waits would explain, where one is named."""
    assert visitor.actor is not None
    served = site()
    record, state = Record(served.home), served.state()
    key = request.POST.get("reason", "")
    waiting = None
    if key:
        reason = reasons.reasons(record, state).get(key)
        if reason is None or reason.waiting is None:
            raise Http404
        waiting = reason.waiting.template
    asked = counts.ask(served, visitor.actor, reasons.in_force(record, state), key, waiting)
    return redirect("job", job=asked.key) if visitor.may("jobs.see") else redirect("access")


def one(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """One reason: its sentence, what it would explain, what the sample showed, who agreed, its versions."""
    served, words = site(), words_of(request)
    record, state, reason = _found(key)
    version = reason.last
    under, found = counts.under(served, version.digest), counts.about(served, version.digest)
    told = (found.told.get("new") or {}) if found is not None else {}
    drawn = len(told.get("sample") or [])
    alone = reasons.alone(state)
    mine = not alone and visitor.actor in (version.by, *version.agreed.values())
    return render(
        request,
        visitor,
        "access/reason.html.j2",
        reason=reason,
        version=version,
        said=_said(words, version, visitor),
        answer=found,
        stops=_stops(found),
        told=told,
        drawn=drawn,
        under=under,
        alone=alone,
        mine=mine,
        checks=visitor.may("access.approve") and drawn and version.state == "waiting",
        opened=visitor.actor is not None and reasons.opened(record, visitor.actor, version),
        statement=_statement(version, visitor),
        limits={**FLOORS, **CEILINGS},
        needs=[] if version.template is None else _needs(version.template),
        versions=[
            (
                v,
                _said(words, v, visitor),
                reasons.why(record, key, v.number) if v.over in ("declined", "withdrawn") else "",
            )
            for v in reversed(reason.versions)
        ],
    )


def sample(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """The drawn entries of the version that waits, behind a question of purpose."""
    _, _, reason = _found(key)
    version, rows = reason.last, _sample(reason.last)
    if not is_open(request, visitor, "access", version.digest[:SHORT]):
        return _purpose(request, visitor, key, problem=False)
    words = words_of(request)
    return render(
        request,
        visitor,
        "access/sample.html.j2",
        reason=reason,
        version=version,
        said=_said(words, version, visitor),
        rows=rows,
        drawn=len(rows),
        checks=visitor.may("access.approve") and version.state == "waiting",
    )


def open_sample(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Record the purpose of a look at the sample, then open it for half an hour."""
    _, _, reason = _found(key)
    version = reason.last
    _sample(version)
    why, reference = request.POST.get("reason", ""), request.POST.get("reference", "").strip()[:200]
    if why not in PURPOSES or not reference:
        return _purpose(request, visitor, key, problem=True, status=400)
    short = version.digest[:SHORT]
    Record(site().home).add(
        LOOK,
        visitor.actor,
        f"reason:{key}",
        f"version:{version.number}",
        f"sample:{short}",
        reason=why,
        reference=reference,
    )
    keep_open(request, visitor, "access", short)
    return redirect("access-sample", key=key)


def check(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Record what the steward found in the sample."""
    assert visitor.actor is not None
    record, state, reason = _found(key)
    numbers = [request.POST.get(name, "") for name in ("holds", "fails", "unclear")]
    if not all(n.isdecimal() and n.isascii() and len(n) <= 2 for n in numbers):
        raise error_of(TemplateError, "number-unread", "number-figures", where=key)
    held = Check(visitor.actor, *(int(n) for n in numbers))
    reasons.check(record, state, visitor.actor, key, held, len(_sample(reason.last)))
    return redirect("access-reason", key=key)


def approve(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Agree as steward."""
    return _agree(visitor, key, "steward", request.POST.get("digest", ""))


def agree(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Agree as union reader."""
    return _agree(visitor, key, "union", request.POST.get("digest", ""))


def end(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Decline what waits, or withdraw what is in force."""
    assert visitor.actor is not None
    record, state, _ = _found(key)
    reasons.end(record, state, visitor.actor, key, request.POST.get("why", ""))
    return redirect("access-reason", key=key)


def _agree(visitor: Visitor, key: str, who: reasons.As, seen: str) -> HttpResponse:
    assert visitor.actor is not None
    served = site()
    record, state, reason = _found(key)
    if seen != reason.last.digest:
        raise error_of(TemplateError, "template-other-version", "template-read", where=key)
    found = counts.about(served, reason.last.digest)
    as_counted = found is not None and jobs.told_as_recorded(served.home, found.job)
    if found is None or not as_counted or not found.current or found.told.get("stopped"):
        raise error_of(TemplateError, "template-uncounted", "template-count", where=key)
    told = found.told.get("new") or {}
    if told.get("lacks"):
        raise error_of(TemplateError, "template-records-lack", "template-producer", where=key)
    reasons.agree(record, state, visitor.actor, key, who, drawn=len(told.get("sample") or []), load=found.load)
    return redirect("access-reason", key=key)


def _found(key: str) -> tuple[Record, Any, reasons.Reason]:
    served = site()
    record, state = Record(served.home), served.state()
    reason = reasons.reasons(record, state).get(key)
    if reason is None:
        raise Http404
    return record, state, reason


def _sample(version: Version) -> list[dict[str, Any]]:
    found = counts.about(site(), version.digest)
    rows = (found.told.get("new") or {}).get("sample") if found is not None else None
    if not rows:
        raise Http404
    return list(rows)


def _said(words: Catalogue, version: Version, visitor: Visitor) -> str:
    if version.template is None:
        return words.text("access-unreadable")
    whole = visitor.may("access.sample")
    return sentence(words, version.template, whole=whole) + " " + words.text(f"access-of-{version.template.what}")


def _statement(version: Version, visitor: Visitor) -> str:
    """The SQL of a reason; that of an order names traders, and is shown to those who may open its sample."""
    template = version.template
    if template is None or (template.kind == "order" and not visitor.may("access.sample")):
        return ""
    return template.statement()


def _needs(template: Template) -> list[str]:
    return [f"{t}.{c}" for t, columns in template.about.needs.items() for c in columns]


def _stops(found: Answer | None) -> list[str]:
    return [m["name"] for m in found.told["measures"] if m["stops"]] if found is not None else []


def _force_changed(found: Answer, known: dict[str, reasons.Reason]) -> bool:
    """Whether other reasons are in force than those that were counted."""
    now = {k: r.in_force.template.as_dict() for k, r in known.items() if r.in_force and r.in_force.template}
    return bool(found.job.given.get("in_force") != now)


def _charts(found: Answer | None, words: Catalogue) -> dict[str, Chart]:
    """The share that nothing explains by month, of months in which it may be told."""
    drawn: dict[str, Chart] = {}
    for what, told in (found.told.get("months") or {}).items() if found is not None else ():
        points = []
        for row in told["rows"]:
            if row["explained"] is None:
                continue
            n, of = row["unexplained"], row["unexplained"] + row["explained"]
            limits = wilson([n], [of])
            points.append(SharePoint(row["name"], n, of, float(limits.low[0]), float(limits.high[0])))
        if len(points) >= FEWEST_MONTHS:
            titles = ShareTitles(
                words.text(f"access-chart-{what}"),
                words.text("access-chart-what"),
                words.text("gov-month"),
                words.text("access-share-unexplained"),
                words.text("access-unexplained"),
                words.text("access-entries"),
                alone=words.text("access-chart-alternative", n=len(points)),
            )
            drawn[what] = shares_in_time(points, titles, words)
    return drawn


def _given(key: str, kind: str, visitor: Visitor) -> dict[str, str]:
    """What a form is filled with; traders of an order only for those who may see them."""
    if not key:
        return {}
    _, _, reason = _found(key)
    template = reason.last.template
    if template is None or template.kind != kind:
        return {}
    given = {n: " ".join(v) if isinstance(v, tuple) else str(v) for n, v in template.given.items()}
    if not visitor.may("access.sample"):
        given.pop("traders", None)
    return {**given, "what": template.what}


def _form(
    request: HttpRequest,
    visitor: Visitor,
    kind: str,
    key: str,
    given: dict[str, str],
    wrong: tuple[str, ...],
    status: int = 200,
) -> HttpResponse:
    if key:
        _found(key)
    return render(
        request,
        visitor,
        "access/form.html.j2",
        status=status,
        kind=kind,
        fields=KINDS[kind].fields,
        needs=[f"{t}.{c}" for t, columns in KINDS[kind].needs.items() for c in columns],
        of=key,
        given=given,
        wrong=wrong,
        choices={"role": templates.ROLES, "duty": templates.DUTIES},
        most={"days": templates.MOST_DAYS, "hours": templates.MOST_HOURS},
        whats=templates.WHATS,
    )


def _purpose(request: HttpRequest, visitor: Visitor, key: str, *, problem: bool, status: int = 200) -> HttpResponse:
    return render(request, visitor, "access/purpose.html.j2", status=status, key=key, reasons=PURPOSES, problem=problem)
