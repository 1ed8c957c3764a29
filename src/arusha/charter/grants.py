"""Who granted each role that is held, and when: from the charter's entries, by the steps that make its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from arusha.charter.acts import KIND, MADE, Act
from arusha.charter.state import State, apply
from arusha.ledger import Recorded


@dataclass(frozen=True)
class Granted:
    """How somebody came to a role: at ``at``, by those who asked for it, the first first.

    ``by`` is one person in solo mode, and where the role came with the making of the charter (``founding``).
    """

    by: tuple[str, ...]
    at: datetime
    founding: bool = False


def granted(entries: Iterable[Recorded]) -> dict[tuple[str, str], Granted]:
    """(person, role) -> how it was granted, for every role that is held after the last of a charter's entries.

    The entries are those that ``Charter.state`` held against the rules; they are not held against them again.
    """
    state, found = State(), dict[tuple[str, str], Granted]()
    for recorded in entries:
        if not recorded.entry.kind.startswith(KIND):
            continue
        act = Act.of(recorded.entry, recorded.number)
        if act.name not in (MADE, "grant", "withdraw"):
            continue
        before, state = state, apply(state, act)
        for person in act.persons:
            held, now = before.held(person, act.at.date()), state.roles.get(person, frozenset())
            for over in before.roles.get(person, frozenset()) - held:
                found.pop((person, over), None)
            for role in now - held:
                first = before.asked.get((act.name, person, role))
                by = (act.actor,) if first is None else (first, act.actor)
                found[person, role] = Granted(by, act.at, act.name == MADE)
            for role in held - now:
                del found[person, role]
    return found
