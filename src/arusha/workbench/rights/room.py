"""The pages of rights that clash: a matrix of roles, clashes that were used, the acts of each role, and one clash."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from arusha.access.log_quality import CEILINGS, FLOORS
from arusha.access.rights import Exemption
from arusha.access.role_acts import RoleActsError, read_acts
from arusha.ledger.entry import is_pseudonym
from arusha.workbench.access.counts import Answer, load_of
from arusha.workbench.pages import render
from arusha.workbench.record import LOOK, SEEN, Record
from arusha.workbench.rights import agreements, counts
from arusha.workbench.rights.agreements import RightsError
from arusha.workbench.rights.counts import Row
from arusha.workbench.signals import is_open, keep_open
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor

PURPOSES = ("rights-check", "audit-request", "complaint", "learning")
MOST_LISTED = 200
Pair = tuple[str, str]


def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Which rights clash and which clashes were used, by pair of roles; exceptions; which acts belong to which role."""
    served = site()
    record, state = Record(served.home), served.state()
    found = counts.newest(served)
    told = found.told if found is not None else {}
    known = agreements.agreements(record, state)
    held = counts.rows(told) if visitor.may("rights.list") and found is not None else []
    acts = agreements.declared(record, state)
    if held:
        # Offices and days may tell who it is to somebody who knows the office: that it was seen is recorded.
        record.add(SEEN, visitor.actor, "page:rights")
    return render(
        request,
        visitor,
        "rights/home.html.j2",
        answer=found,
        told=told,
        running=counts.running(),
        loaded=bool(load_of(served)),
        other=found is not None and _asked_otherwise(found, record, state),
        stops=[m["name"] for m in told.get("measures") or () if m["stops"]],
        limits={**FLOORS, **CEILINGS},
        roles=_roles(told),
        cells=counts.cells(told) if found is not None and not told["lacks"] else {},
        day=date.fromisoformat,
        whole=visitor.may("rights.list"),
        fewest=counts.FEWEST,
        rows=held[:MOST_LISTED],
        left=max(0, len(held) - MOST_LISTED),
        stands=_stands(known.values()),
        acts=acts,
        waiting=[a for a in known.values() if a.acts is not None and a.state(agreements.today()) == "waiting"],
        exceptions=[(a, a.state(agreements.today())) for a in known.values() if a.kind == agreements.EXCEPTION],
        reads=visitor.may("rights.list") or visitor.may("looks.read"),
        blind=counts.cannot_tell(told),
        mine=lambda a: not agreements.alone(state) and visitor.actor in (a.by, a.exemption.user if a.exemption else ""),
        alone=agreements.alone(state),
    )


def count(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask the worker to count anew."""
    assert visitor.actor is not None
    served = site()
    record, state = Record(served.home), served.state()
    acts = agreements.declared(record, state)
    asked = counts.ask(served, visitor.actor, acts, agreements.exemptions(record, state))
    return redirect("job", job=asked.key) if visitor.may("jobs.see") else redirect("rights")


def acts(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form in which acts are declared, filled with those in force."""
    served = site()
    now = agreements.declared(Record(served.home), served.state())
    text = "".join(f"{role},{act}\n" for role, act in now.rows()) if now is not None else ""
    return _form(request, visitor, text, None)


def declare(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask that acts belong to roles so; another person agrees."""
    assert visitor.actor is not None
    served, text = site(), request.POST.get("acts", "")
    try:
        wanted = read_acts(text)
    except RoleActsError as problem:
        return _form(request, visitor, text[:5000], problem, status=400)
    agreements.declare(Record(served.home), served.state(), visitor.actor, wanted)
    return redirect("rights")


def one(request: HttpRequest, visitor: Visitor, job: str, number: int) -> HttpResponse:
    """One clash: the question of purpose, or, once it is answered, whom it is about and what was done."""
    row = find(visitor, job, number)
    if not is_open(request, visitor, "rights", f"{job}-{number}"):
        return _purpose(request, visitor, job, row, problem=False)
    return shown(request, visitor, job, row)


def open_one(request: HttpRequest, visitor: Visitor, job: str, number: int) -> HttpResponse:
    """Record the purpose of a look, then open the clash for half an hour."""
    row = find(visitor, job, number)
    why, reference = request.POST.get("reason", ""), request.POST.get("reference", "").strip()[:200]
    if why not in PURPOSES or not reference:
        return _purpose(request, visitor, job, row, problem=True, status=400)
    whom = [row.user] if is_pseudonym(row.user) else []
    Record(site().home).add(
        LOOK, visitor.actor, f"clash:{number}", f"job:{job}", *whom, reason=why, reference=reference
    )
    keep_open(request, visitor, "rights", f"{job}-{number}")
    return redirect("rights-one", job=job, number=number)


def shown(
    request: HttpRequest,
    visitor: Visitor,
    job: str,
    row: Row,
    given: dict[str, str] | None = None,
    problem: RightsError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a clash that was opened."""
    served = site()
    newest = counts.newest(served)
    told = newest.told if newest is not None else {}
    known = agreements.agreements(Record(served.home), served.state()).values()
    mine = [(a, a.state(agreements.today())) for a in known if a.exemption is not None and _about(a.exemption, row)]
    return render(
        request,
        visitor,
        "rights/one.html.j2",
        status=status,
        job=job,
        row=row,
        exceptions=mine,
        blind=counts.cannot_tell(told),
        given=given or {"from": agreements.today().isoformat()},
        problem=problem,
        day=date.fromisoformat,
    )


def find(visitor: Visitor, job: str, number: int) -> Row:
    """A row of the newest count over the records of now; what is old, absent or concerns the reader looks alike."""
    found = counts.newest(site())
    if found is None or found.job.key != job or not found.current:
        raise Http404
    row = next((r for r in counts.rows(found.told) if r.number == number), None)
    if row is None or row.user == visitor.actor:
        raise Http404
    return row


def _about(one: Exemption, row: Row) -> bool:
    return (one.user, one.pair) == (row.user, row.pair) and one.office in (None, row.office or None)


def _stands(known: Any) -> dict[tuple[str, Pair, str], str]:
    """(user, pair, office) -> the state of the exception that is nearest to being in force."""
    found: dict[tuple[str, Pair, str], str] = {}
    for state in ("expired", "waiting", "coming", "in-force"):
        for one in known:
            if one.exemption is not None and one.state(agreements.today()) == state:
                found[one.exemption.user, one.exemption.pair, one.exemption.office or ""] = state
    return found


def _roles(told: dict[str, Any]) -> list[str]:
    return sorted({role for pair in told.get("pairs") or () for role in pair})


def _asked_otherwise(found: Answer, record: Record, state: Any) -> bool:
    """Whether other acts are declared now than when it was counted."""
    now = agreements.declared(record, state)
    return bool(found.job.given.get("acts") != (now.as_dict() if now is not None else None))


def _purpose(
    request: HttpRequest, visitor: Visitor, job: str, row: Row, *, problem: bool, status: int = 200
) -> HttpResponse:
    return render(
        request, visitor, "rights/purpose.html.j2", status=status, job=job, row=row, reasons=PURPOSES, problem=problem
    )


def _form(
    request: HttpRequest, visitor: Visitor, text: str, problem: RoleActsError | None, status: int = 200
) -> HttpResponse:
    return render(request, visitor, "rights/acts.html.j2", status=status, text=text, problem=problem)
