"""What can be done under a charter: each act, who may do it, and from which stage of a question to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from arusha.charter.roles import GRANTERS, ROLES, SYSTEM
from arusha.ledger import Entry

STAGES = ("draft", "consultation", "pilot", "live", "paused", "review-due", "retired")

CONSULTATION_DAYS = 30
"""The shortest consultation."""
MEANS = ("letter", "mail", "hand", "meeting", "board")
"""How the union was given notice; two proofs are of two means."""
POSITIONS = ("agree", "conditions", "object", "none")
OUTCOMES = ("proceed", "amend", "reject")


@dataclass(frozen=True)
class Rule:
    """Who may do an act, from which stages (empty: it concerns no question), and the stage that follows.

    ``new`` says that the question need not exist yet; ``then`` is none where the stage stays as it is.
    """

    roles: frozenset[str]
    stages: frozenset[str] = frozenset()
    then: str | None = None
    new: bool = False


def _rule(roles: str, stages: str = "", then: str | None = None, new: bool = False) -> Rule:
    return Rule(frozenset(roles.split()), frozenset(stages.split()), then, new)


ACTS: Mapping[str, Rule] = {
    "draft": _rule("integrity-lead analyst", "draft retired", "draft", new=True),
    "consult": _rule("integrity-lead", "draft consultation review-due", "consultation"),
    "notice": _rule("integrity-lead analyst", "consultation pilot"),
    "ask": _rule("union-reviewer", "consultation pilot live paused review-due"),
    "position": _rule("union-reviewer", "consultation pilot"),
    "answer": _rule("integrity-lead", "consultation pilot live paused review-due"),
    "audit": _rule("internal-auditor", "consultation pilot live paused review-due"),
    "committee": _rule("board-secretary", "consultation pilot"),
    # Who sits in on the joint committee for the union, and what they saw: into the minutes, whatever the outcome.
    "observer": _rule("union-reviewer", "consultation pilot"),
    "observation": _rule("union-reviewer union-expert", "consultation pilot live paused review-due"),
    "pilot": _rule("integrity-lead", "consultation", "pilot"),
    "go-live": _rule("integrity-lead", "pilot", "live"),
    "pause": _rule("integrity-lead internal-auditor system", "live", "paused"),
    "resume": _rule("integrity-lead", "paused", "live"),
    "review": _rule("integrity-lead internal-auditor union-reviewer system", "live paused", "review-due"),
    "retire": _rule("integrity-lead", "draft consultation pilot live paused review-due", "retired"),
    # A name is told to two key holders; what else it needs is in arusha.workbench.identity.
    "identify": _rule("investigator", "live"),
    # Of the program alone: the definition or the plan's settings are not those that were agreed.
    "changed": _rule("system", "draft consultation pilot live paused review-due", "consultation"),
    "assessed": _rule("system"),
    "fairness": _rule("system"),
    "grant": Rule(GRANTERS | {"union-reviewer"}),
    "withdraw": Rule(GRANTERS | {"union-reviewer"}),
}

KIND = "charter."
MADE = "made"
REFUSED = "refused"
MADE_AUDIT = "fairness"
"""The program made an audit: from then on its numbers count against those of every later one."""


@dataclass(frozen=True)
class Act:
    """An act, as its entry in the ledger says it. ``number`` is the entry's place, or the place that it would have."""

    name: str
    actor: str
    at: datetime
    subjects: tuple[str, ...]
    number: int

    @property
    def persons(self) -> tuple[str, ...]:
        """The pseudonyms among the subjects."""
        return tuple(s for s in self.subjects if ":" not in s)

    def all(self, kind: str) -> tuple[str, ...]:
        """What the subjects of a kind say, in order: ``input:items.hs_code`` is ``items.hs_code``."""
        return tuple(s.partition(":")[2] for s in self.subjects if s.startswith(kind + ":"))

    def one(self, kind: str) -> str:
        """The first of ``all``; empty where there is none."""
        return next(iter(self.all(kind)), "")

    @classmethod
    def of(cls, entry: Entry, number: int) -> Act:
        """Read an entry of the ledger."""
        at = datetime.fromisoformat(entry.time)
        return cls(entry.kind.removeprefix(KIND), entry.actor, at, tuple(entry.subjects), number)


def may(role: str, act: str) -> bool:
    """Whether the role alone opens the act; the stage of the question and the guards come on top."""
    return act in ACTS and role in ACTS[act].roles


def matrix() -> dict[tuple[str, str], bool]:
    """Role and act -> allowed, for every role (and the program itself) and every act."""
    return {(role, act): may(role, act) for role in (*ROLES, SYSTEM) for act in ACTS}
