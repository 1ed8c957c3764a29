"""Who may do what: one table, role x action, that every page, form and command asks. What is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping

from arusha.charter.acts import ACTS
from arusha.charter.roles import ROLES

EVERYBODY = "everybody"
"""The action of pages that hold no content: Welcome, signing in, the choice of language."""
SIGNED_IN = "signed-in"
"""The action of pages about one's own account, whatever one's roles."""

SOLO = "solo"
"""The one person of a workspace without a shared charter: looks, and decides nothing about anybody."""

_READERS = "integrity-lead analyst investigator solo"
_GOVERNANCE = "data-steward integrity-lead internal-auditor solo"
"""Who governs the records: counts, contracts and letters about them, and no row."""
_CHARTER = " ".join(r for r in ROLES if r != "administrator") + " solo"


_EVALUATORS = "programme-manager integrity-lead analyst solo"
"""Who plans and runs evaluations of measures."""


def _roles(names: str) -> frozenset[str]:
    return frozenset(names.split())


ACTIONS: Mapping[str, frozenset[str]] = {
    "assessment.see": _roles(_READERS),
    "report.take": _roles("integrity-lead analyst investigator solo"),
    "records.load": _roles("data-steward analyst solo"),
    "assessment.run": _roles("integrity-lead analyst solo"),
    "jobs.see": _roles("integrity-lead analyst data-steward programme-manager solo"),
    "jobs.stop": _roles("integrity-lead analyst data-steward programme-manager solo"),
    "quality.see": _roles(_READERS + " data-steward"),
    "question.see": _roles(_READERS),
    "signals.list": _roles(_READERS),
    "signal.open": _roles("analyst investigator solo"),
    "alert.raise": _roles("integrity-lead analyst"),
    "alerts.see": _roles("investigator"),
    "alert.decide": _roles("investigator"),
    "alert.second-read": _roles("investigator"),
    "alert.recuse": _roles("investigator"),
    "alerts.overdue": _roles("internal-auditor"),
    "alert.decide-again": _roles("investigator"),
    "rereview.see": _roles("internal-auditor integrity-lead"),
    "rereview.draw": _roles("internal-auditor"),
    "rereview.salt": _roles("internal-auditor union-reviewer board-secretary"),
    "performance.see": _roles("investigator integrity-lead internal-auditor analyst"),
    # Who asks, the two who answer, and who reads that they did; a name is told where the holders sit, and nowhere here.
    "identity.see": _roles("investigator key-holder internal-auditor"),
    "identity.read": _roles("investigator key-holder"),
    "identity.ask": _roles("investigator"),
    "identity.answer": _roles("key-holder"),
    "identity.withdraw": _roles("investigator"),
    "identity.count": _roles("internal-auditor"),
    "looks.read": _roles("internal-auditor solo"),
    "desk.see": _roles("union-reviewer union-expert integrity-lead internal-auditor board-secretary analyst"),
    "sandbox.run": _roles("union-reviewer union-expert integrity-lead internal-auditor analyst"),
    # Tables that the union asks for: the steward of the records answers, and everybody at the desk reads the answer.
    "cut.see": _roles(
        "union-reviewer union-expert integrity-lead internal-auditor board-secretary analyst data-steward"
    ),
    "cut.ask": _roles("union-reviewer"),
    "cut.answer": _roles("data-steward"),
    "own.see": _roles("subject"),
    "own.contest": _roles("subject"),
    "people.see": _roles("integrity-lead internal-auditor union-reviewer solo"),
    "accounts.see": _roles("administrator"),
    "accounts.unlock": _roles("administrator"),
    "accounts.close": _roles("administrator"),
    "ledger.see": _roles("integrity-lead internal-auditor union-reviewer union-expert key-holder solo"),
    # Entries of looks name who was looked at: the witnesses hold checkpoints and proofs of growth, the auditor reads.
    "entries.read": _roles("internal-auditor solo"),
    "charter.see": _roles(_CHARTER),
    "controls.see": _roles(_CHARTER),
    # Nulls are seen by all who answer for the measure, and by those who check them; results name no person.
    "evaluation.see": _roles(_EVALUATORS + " internal-auditor union-reviewer union-expert board-secretary publisher"),
    "evaluation.plan": _roles(_EVALUATORS),
    "evaluation.run": _roles(_EVALUATORS),
    "evaluation.take": _roles(_EVALUATORS + " publisher internal-auditor"),
    "governance.see": _roles(_GOVERNANCE + " analyst"),
    "loads.see": _roles(_GOVERNANCE + " analyst"),
    "sources.see": _roles(_GOVERNANCE),
    "source.ask": _roles(_GOVERNANCE),
    "source.answer": _roles(_GOVERNANCE),
    "retention.see": _roles(_GOVERNANCE),
    "retention.list": _roles("data-steward integrity-lead solo"),
    "retention.ask": _roles("data-steward integrity-lead solo"),
    "retention.answer": _roles(_GOVERNANCE),
    "hold.place": _roles(_GOVERNANCE),
    "hold.lift": _roles(_GOVERNANCE),
    # By pseudonym and role; who grants, who checks, and who tends the room.
    "duties.see": _roles(_GOVERNANCE),
    "sufficiency.see": _roles(_GOVERNANCE + " analyst"),
    "lineage.see": _roles(_GOVERNANCE + " analyst investigator"),
    "lineage.take": _roles(_GOVERNANCE + " analyst investigator"),
    # Counts by office and reasons; the drawn sample is open to nobody who speaks for those who use the system.
    "access.see": _roles(_GOVERNANCE + " analyst union-reviewer union-expert"),
    "access.count": _roles("data-steward integrity-lead analyst solo"),
    "access.propose": _roles("data-steward integrity-lead analyst solo"),
    "access.sample": _roles("data-steward analyst solo"),
    "access.approve": _roles("data-steward solo"),
    "access.agree": _roles("union-reviewer"),
    "access.end": _roles("data-steward union-reviewer solo"),
    # The monthly sample: how many were asked and answered is told to all; its rows are the steward's, and name nobody.
    "access.draw": _roles("data-steward"),
    "access.month": _roles("data-steward"),
    "access.ask": _roles("data-steward"),
    "access.close": _roles("data-steward"),
    "asked.see": _roles("subject"),
    "asked.answer": _roles("subject"),
    # Counts by pair of roles; whom they are about is behind a purpose, and the steward's to open.
    "rights.see": _roles(_GOVERNANCE + " union-reviewer union-expert"),
    "rights.count": _roles("data-steward integrity-lead solo"),
    "rights.list": _roles("data-steward integrity-lead solo"),
    "rights.open": _roles("data-steward solo"),
    "rights.declare": _roles("data-steward integrity-lead solo"),
    "rights.except": _roles("data-steward solo"),
    "rights.agree": _roles("data-steward integrity-lead solo"),
    "rights.end": _roles("data-steward integrity-lead solo"),
    "letters.see": _roles(_GOVERNANCE),
    "letter.draft": _roles("data-steward integrity-lead solo"),
    "letter.step": _roles("data-steward integrity-lead solo"),
    **{f"charter.{act}": rule.roles for act, rule in ACTS.items()},
}
"""Action -> the roles that it is open to. The acts of the charter stand here as ``arusha.charter`` has them."""


TWO_PEOPLE: Mapping[str, tuple[str, str]] = {
    "source": ("source.ask", "source.answer"),
    "retention": ("retention.ask", "retention.answer"),
    "hold": ("hold.lift", "hold.lift"),
    "alert": ("alert.decide", "alert.second-read"),
    "reason": ("access.approve", "access.agree"),
    "role-acts": ("rights.declare", "rights.agree"),
    "exception": ("rights.except", "rights.agree"),
}
"""Acts of the workbench of which one person does one half and another the other: the actions of the two halves."""


def may(roles: frozenset[str], action: str) -> bool:
    """Whether somebody with these roles may do it: one of them must be named for the action."""
    return bool(roles & ACTIONS.get(action, frozenset()))


def matrix() -> dict[tuple[str, str], bool]:
    """Role and action -> allowed, for every role and every action."""
    return {(role, action): may(frozenset({role}), action) for role in (*ROLES, SOLO) for action in ACTIONS}
