"""The page of separated duties: who holds which role and by whom, what is kept apart, what two people can do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from arusha.charter import ROLES
from arusha.charter.grants import granted
from arusha.workbench.governance import duties
from arusha.workbench.pages import render
from arusha.workbench.record import SEEN, Record
from arusha.workbench.site import site
from arusha.workbench.visitor import Visitor


def listing(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Roles with their holders, clashes, roles of nobody and acts of two people; that it was seen is recorded."""
    served = site()
    charter = served.charter()
    if charter is None:
        return render(request, visitor, "governance/duties.html.j2", state=None)
    state, grants = charter.state(), granted(charter.ledger.entries())
    Record(served.home).add(SEEN, visitor.actor, "page:duties")
    return render(
        request,
        visitor,
        "governance/duties.html.j2",
        state=state,
        roles=[
            (role, [(who, grants[who, role]) for who in state.holders(role)], duties.apart(role))
            for role in duties.TOLD
        ],
        all_others=len(ROLES) - 1,
        clashes=duties.clashes(state),
        unheld=duties.unheld(state),
        halves=duties.halves(state),
    )
