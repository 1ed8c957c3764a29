"""The roles of a workspace. A person holds what was granted and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

ROLES = (
    "integrity-lead",
    "analyst",
    "investigator",
    "board-secretary",
    "board-member",
    "appeal-member",
    "subject",
    "representative",
    "union-reviewer",
    "survey-officer",
    "data-steward",
    "key-holder",
    "publisher",
    "programme-manager",
    "internal-auditor",
    "administrator",
    "union-expert",
)

SYSTEM = "system"
"""The program itself; nobody can be granted it."""

GRANTERS = frozenset({"integrity-lead", "internal-auditor"})
"""Two different people with one of these make a grant. For ``union-reviewer`` see ``granters``."""

RELEASERS = frozenset({"key-holder"})
"""Two different people with one of these release a name, and neither is who asked for it."""

TIMED: Mapping[str, int] = {"union-expert": 90}
"""Roles that end by themselves: the most days from a grant to its last day. A judgement: a consultation, thrice."""

_MANAGEMENT = ("integrity-lead", "analyst", "investigator", "board-secretary", "publisher", "data-steward")

APART: frozenset[frozenset[str]] = frozenset(
    [frozenset({"internal-auditor", r}) for r in ROLES if r != "internal-auditor"]
    + [frozenset({"administrator", r}) for r in ROLES if r != "administrator"]
    + [frozenset({"union-expert", r}) for r in ROLES if r != "union-expert"]
    + [frozenset({"union-reviewer", r}) for r in _MANAGEMENT]
    + [frozenset({"investigator", r}) for r in ("board-member", "appeal-member")]
    + [frozenset({"board-member", "appeal-member"})]
)
"""Pairs of roles that one person never holds together, outside solo mode."""


def granters(role: str, union_is_there: bool) -> frozenset[str]:
    """Who may take part in granting or withdrawing ``role``.

    Once there is a union reviewer, one of the two for that role must be one: management does not choose, or remove,
    who speaks for the staff. Nor who advises them: for ``union-expert`` one of the two is always a union reviewer.
    """
    return GRANTERS | {"union-reviewer"} if by_union(role, union_is_there) else GRANTERS


def by_union(role: str, union_is_there: bool) -> bool:
    """Whether one of the two who grant or withdraw ``role`` must be a union reviewer."""
    return role == "union-expert" or (role == "union-reviewer" and union_is_there)
