"""Separation of duties: roles that one person holds against the rules, roles of nobody, acts that need two people.

All of it is computed from the rules that the program itself asks (``arusha.charter.roles``, ``arusha.charter.acts``,
``arusha.workbench.rules``, ``arusha.workbench.salts``) and from the charter's state. Of the officers concerned and
their representatives nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from arusha.charter import ROLES, State
from arusha.charter.acts import ACTS
from arusha.charter.roles import APART, GRANTERS, RELEASERS, granters
from arusha.workbench.people import HIDDEN
from arusha.workbench.rules import ACTIONS, TWO_PEOPLE
from arusha.workbench.salts import AUDITOR, PARTS, SECOND

UNION = "union-reviewer"
TOLD = tuple(role for role in ROLES if role not in HIDDEN)
"""The roles whose holders are told."""


@dataclass(frozen=True)
class Halves:
    """An act of two people: who may begin it and who may complete it, by pseudonym."""

    act: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def either(self) -> tuple[str, ...]:
        """Those whose roles open both halves; of one act the program refuses them the other half."""
        return tuple(p for p in self.first if p in self.second)

    @property
    def by_two(self) -> bool:
        """Whether there are two different people, one for each half."""
        return bool(self.first and self.second) and len({*self.first, *self.second}) > 1


def apart(role: str) -> tuple[str, ...]:
    """The roles that nobody holds together with a role, in the order of ``ROLES``."""
    return tuple(other for other in ROLES if frozenset({role, other}) in APART)


def clashes(state: State) -> list[tuple[str, tuple[str, str]]]:
    """(person, two roles that the charter keeps apart), for each pair that one person holds all the same."""
    return [
        (person, (role, other))
        for person, held in sorted(state.roles.items())
        for k, role in enumerate(TOLD)
        for other in TOLD[k + 1 :]
        if {role, other} <= held and frozenset({role, other}) in APART
    ]


def unheld(state: State) -> list[tuple[str, tuple[str, ...]]]:
    """(role, the charter's acts that nobody can do now and that it would open), for each role of nobody."""
    held = frozenset().union(*state.roles.values())
    return [
        (role, tuple(act for act, rule in ACTS.items() if role in rule.roles and not rule.roles & held))
        for role in TOLD
        if role not in held
    ]


def halves(state: State) -> list[Halves]:
    """Every act of two people, with those who may do each half now."""
    union = bool(state.holders(UNION))
    roles = {
        "grant": (GRANTERS, GRANTERS),
        # Once there is one, one of the two is a union reviewer.
        "union": (granters(UNION, union), frozenset({UNION}) if union else GRANTERS),
        "expert": (granters("union-expert", union), frozenset({UNION})),
        **{name: (ACTIONS[first], ACTIONS[second]) for name, (first, second) in TWO_PEOPLE.items()},
        "salt": (PARTS[AUDITOR], PARTS[SECOND]),
        "release": (RELEASERS, RELEASERS),
    }
    return [Halves(name, _having(state, first), _having(state, second)) for name, (first, second) in roles.items()]


def _having(state: State, roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(person for person, held in state.roles.items() if held & roles))
