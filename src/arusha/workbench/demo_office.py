"""The demo administration with invented people in every role, so that each room can be tried."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from arusha.access.role_acts import read_acts
from arusha.assessment.agreed import facts_in
from arusha.assessment.run import assess
from arusha.charter import ROLES, Charter
from arusha.charter.roles import TIMED
from arusha.demo.grants import ACTS
from arusha.demo.groups import write_groups
from arusha.demo.writing import write_demo
from arusha.fairness.job import keep, run_audits
from arusha.records.load import load
from arusha.records.progress import Progress, silent
from arusha.workbench.governance import sources
from arusha.workbench.governance.sources import Terms
from arusha.workbench.record import Record
from arusha.workbench.rights import agreements
from arusha.workbench.site import HOME

LIVE = ("assignment-steering", "assignment-override", "finding-rate")
CONSULTED = "lane-change-without-act"
SYSTEM_TERMS = Terms(
    "system", "once", 30, ("declarations", "items"), ("declarations.registered_at", "declarations.officer_id"), 0.01
)
PERSONNEL_TERMS = Terms("personnel", "once", 30, ("postings",), ("postings.officer_id",))
"""Of invented deliveries: made once, so that nothing of them is ever late."""
RETENTION = 24
CEILING = 0.2


def person(role: str, number: int = 1) -> str:
    """The pseudonym of an invented person."""
    return f"P-DEMO-{ROLES.index(role):04d}-{number:04d}"


def demo_office(directory: Path, declarations: int, seed: int, clean: bool, progress: Progress = silent) -> Path:
    """Build, load, agree and assess; what is there already is used as it is. Returns the workspace."""
    workspace = directory / "examplia.arusha"
    if not (directory / "answer_key.json").exists():
        write_demo(directory, declarations, seed, clean, reforms=True, progress=progress)
    if not workspace.exists():
        load(directory / "canonical", "canonical", workspace, key_file=directory / "pseudonyms.key", progress=progress)
    if Charter.of(workspace) is None:
        agree(workspace)
        register_sources(workspace)
        declare_acts(workspace)
        _audited(directory, workspace, seed, progress)
    if not (directory / "assessment").exists():
        done = assess(workspace, directory / "assessment", progress=progress)
        signals = sorted(
            (r["unit_id"] for r in done.signals.to_pylist() if r["flagged"] and str(r["unit_id"]).startswith("P-")),
        )
        tested = sorted(str(r["unit_id"]) for r in done.signals.to_pylist() if str(r["unit_id"]).startswith("P-"))
        for who in [*signals, *tested][:1]:
            _grant(_charter(workspace), who, "subject")
    return workspace


def agree(workspace: Path) -> None:
    """Make the charter: two people in some roles, three questions in pilot, one in consultation with an open point."""
    lead, auditor, union = person("integrity-lead"), person("internal-auditor"), person("union-reviewer")
    charter = Charter.make(workspace, "examplia.example/charter", lead, auditor, demo=True)
    for role in ROLES:
        numbers = (1, 2) if role in ("analyst", "investigator", "union-reviewer") else (1,)
        for number in numbers:
            if role not in ("integrity-lead", "internal-auditor", "subject"):
                _grant(charter, person(role, number), role)
    for question in (*LIVE, CONSULTED):
        charter.draft(person("analyst"), facts_in(workspace, question), RETENTION)
        charter.consult(lead, question, ceiling=CEILING)
        for means in ("letter", "meeting"):
            charter.notice(lead, question, means, f"register of letters, {means}")
    for question in LIVE:
        charter.position(union, question, "agree", "Agreed for a year, with the quarterly card.")
        charter.move(lead, question, "pilot")
    due = (_today() + timedelta(days=21)).isoformat()
    charter.ask(
        union, CONSULTED, "Who decides that an inspection act was not needed, and is it written down?", answer_by=due
    )


def register_sources(workspace: Path) -> None:
    """Who delivers what: the clearance system with owner and steward, and personnel, which waits for a second one."""
    record, state = Record(workspace / HOME), _charter(workspace).state()
    steward, lead, auditor = person("data-steward"), person("integrity-lead"), person("internal-auditor")

    def agreed(key: str) -> None:
        for number in sources.sources(record)[key].waiting:
            sources.answer(record, auditor, key, number, agreed=True)

    system = sources.propose(record, state, steward, SYSTEM_TERMS, "Examplia Clearance System")
    agreed(system)
    sources.grant(record, state, lead, system, "owner", person("analyst"))
    sources.grant(record, state, lead, system, "steward", steward)
    agreed(system)
    sources.propose(record, state, steward, PERSONNEL_TERMS, "Personnel register")


def declare_acts(workspace: Path) -> None:
    """Which act belongs to which role in Examplia, declared by the steward and agreed to by the lead."""
    record, state = Record(workspace / HOME), _charter(workspace).state()
    made = agreements.declare(record, state, person("data-steward"), read_acts(ACTS))
    agreements.agree(record, state, person("integrity-lead"), made.key, made.digest)


def _audited(directory: Path, workspace: Path, seed: int, progress: Progress) -> None:
    """Audit all four questions with invented groups, record what came out, and let go live what was passed.

    The groups have nothing to do with what was planted. By chance an audit may still find one unusual: its question
    then stays in pilot, as a real one would. A very small year tests nobody by some question, or no two groups
    of ten: what cannot be audited was not audited.
    """
    progress("fairness audit", 0, 1)
    groups, charter = write_groups(directory, seed), _charter(workspace)
    rates = dict.fromkeys((*LIVE, CONSULTED), CEILING)
    audits, _ = run_audits(workspace, rates, groups, key_file=directory / "pseudonyms.key")
    reports = keep(charter, audits)
    for question, done in audits.items():
        if not done["compared"]:
            continue
        passed = not any("unusual" in (c["word"], c["adjusted_word"]) for c in done["compared"])
        report = reports[question]
        auditor, today = person("internal-auditor"), _today().isoformat()
        charter.audit(auditor, question, on=today, passed=passed, report=report)
        if question in LIVE and passed:
            charter.move(person("integrity-lead"), question, "go-live")


def _today() -> date:
    return datetime.now(UTC).date()


def _charter(workspace: Path) -> Charter:
    found = Charter.of(workspace)
    assert found is not None
    return found


def _grant(charter: Charter, who: str, role: str) -> None:
    granters = [person("integrity-lead"), person("internal-auditor")]
    if role == "union-expert" or (role == "union-reviewer" and charter.state().holders(role)):
        granters[0] = person("union-reviewer")
    until = (_today() + timedelta(days=TIMED[role])).isoformat() if role in TIMED else None
    for granter in granters:
        charter.grant(granter, who, role, until)
