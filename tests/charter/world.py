"""A charter with a person in every role and a clock that tests set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kept_audit import record_audit

from arusha.charter import ROLES, Charter, Facts, content_hash
from arusha.charter.dossier import HEADS

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
QUESTION = "finding-rate"
REPORT = "ab" * 32


def person(number: int) -> str:
    return f"P-{number:04d}-TEST-0000"


WHO = {role: person(i) for i, role in enumerate(ROLES, start=1)}
SECOND_LEAD = person(90)
STRANGER = person(99)

FACTS = Facts(
    question=QUESTION,
    digest=content_hash({"question": QUESTION, "rate": 0.05}),
    about_persons=True,
    minimum_n=30.0,
    inputs=("declarations.officer_id", "inspections.outcome"),
    texts={head: f"text of {head}" for head in HEADS if head != "retention"},
)
OTHER_FACTS = replace(FACTS, digest=content_hash({"question": QUESTION, "rate": 0.01}))


@dataclass
class Clock:
    at: datetime = START
    step: timedelta = field(default=timedelta(minutes=1))

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at

    def days(self, days: float) -> None:
        self.at += timedelta(days=days)

    @property
    def today(self) -> str:
        return self.at.date().isoformat()


def bring_expert(charter: Charter, until: date) -> None:
    """The union brings its expert, and the auditor makes it so."""
    for granter in ("union-reviewer", "internal-auditor"):
        charter.grant(WHO[granter], WHO["union-expert"], "union-expert", until.isoformat())


@dataclass
class World:
    charter: Charter
    clock: Clock

    def draft(self, facts: Facts = FACTS, retention_months: int = 24) -> None:
        self.charter.draft(WHO["analyst"], facts, retention_months)

    def consult(self, ceiling: float = 0.1) -> None:
        self.charter.consult(WHO["integrity-lead"], QUESTION, ceiling=ceiling)

    def notices(self) -> None:
        for means in ("letter", "mail"):
            self.charter.notice(WHO["integrity-lead"], QUESTION, means, f"kept as {means}")

    def pilot(self) -> None:
        self.charter.move(WHO["integrity-lead"], QUESTION, "pilot")

    def audit(self, passed: bool = True) -> None:
        record_audit(self.charter, WHO["internal-auditor"], QUESTION, on=self.clock.today, passed=passed)

    def agree(self) -> None:
        self.charter.position(WHO["union-reviewer"], QUESTION, "agree")

    def go_live(self) -> None:
        self.charter.move(WHO["integrity-lead"], QUESTION, "go-live")

    def to_pilot(self) -> None:
        self.draft()
        self.consult()
        self.notices()
        self.pilot()

    def to_live(self) -> None:
        self.to_pilot()
        self.audit()
        self.agree()
        self.go_live()

    @property
    def stage(self) -> str:
        return self.charter.question(QUESTION).stage

    def kinds(self) -> list[str]:
        return [r.entry.kind for r in self.charter.ledger.entries()]


def make_world(folder: Path, *, solo: bool = False) -> World:
    """A workspace's charter; unless solo, with one person in every role."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text("{}", "utf-8")
    clock = Clock()
    lead, auditor = WHO["integrity-lead"], WHO["internal-auditor"]
    charter = Charter.make(folder, "customs.example/charter", lead, None if solo else auditor, clock=clock)
    if solo:
        for role in ("analyst", "union-reviewer", "internal-auditor", "board-secretary"):
            charter.grant(lead, lead, role)
        return World(charter, clock)
    for role, who in WHO.items():
        if role not in ("integrity-lead", "internal-auditor", "union-expert"):
            charter.grant(lead, who, role)
            charter.grant(auditor, who, role)
    bring_expert(charter, (clock.at + timedelta(days=60)).date())
    return World(charter, clock)
