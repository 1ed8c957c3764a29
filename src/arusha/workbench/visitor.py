"""Who is asking, and what they may do: from the session, the account and the charter, anew with every request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from django.http import HttpRequest

from arusha.charter import State
from arusha.workbench.rules import EVERYBODY, SIGNED_IN, SOLO, may
from arusha.workbench.site import Site, site

Mode = Literal["solo", "demo", "shared"]

PSEUDONYM = "pseudonym"
"""In a session: as whom its account acted when it was signed in."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks. ``actor`` is their pseudonym; none where nobody signed in."""

    mode: Mode
    actor: str | None = None
    roles: frozenset[str] = frozenset()

    def may(self, action: str) -> bool:
        """Whether the action is open to this visitor."""
        if action == EVERYBODY:
            return True
        return self.actor is not None and (action == SIGNED_IN or may(self.roles, action))


def mode_of(served: Site, state: State | None) -> Mode:
    """Demo where the charter was made for invented people; shared where a charter has roles; solo otherwise.

    That the records are invented is not enough: a source says so of itself, and would so do away with signing in.
    """
    if state is None or state.solo:
        return "solo"
    return "demo" if state.demo and served.demo else "shared"


def visitor_of(request: HttpRequest) -> Visitor:
    """The visitor of a request.

    Roles are read from the charter each time: what was withdrawn a moment ago opens nothing now.
    """
    served = site()
    state = served.state()
    mode = mode_of(served, state)
    if mode == "solo":
        if not request.session.get("entered"):
            return Visitor(mode)
        held = frozenset({SOLO})
        actor = served.solo_actor()
        if state is not None:
            actor = next(iter(state.holders("integrity-lead")), actor)
            held |= state.roles.get(actor, frozenset())
        return Visitor(mode, actor, held)
    assert state is not None
    if mode == "demo":
        person = request.session.get("person") if request.session.get("entered") else None
        return Visitor(mode, person, state.held(person, _today()) if person else frozenset())
    user = request.user
    if not user.is_authenticated or not user.is_active or not getattr(user, "is_verified", lambda: False)():
        return Visitor(mode)
    pseudonym = str(getattr(user, "pseudonym", ""))
    if request.session.get(PSEUDONYM) != pseudonym:  # the row was given another one since; the session is signed
        return Visitor(mode)
    return Visitor(mode, pseudonym, state.held(pseudonym, _today()))


def _today() -> date:
    return datetime.now(UTC).date()
