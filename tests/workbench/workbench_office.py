"""A workspace with a charter, a person in every role and an assessment of invented numbers, and the site over it."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "assessment"), str(HERE.parent / "charter")]

ENTRY = "the-word-of-the-terminal"
HOME = Path(tempfile.mkdtemp(prefix="workbench-"))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "arusha.workbench.settings",
    "ARUSHA_HOME": str(HOME),
    "ARUSHA_ENTRY": ENTRY,
    "ARUSHA_HOSTS": "127.0.0.1 localhost testserver",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the driver of the browser keeps a loop running beside the tests
}
import django

django.setup()

from django.test import Client
from django.test.utils import override_settings
from kept_audit import record_audit
from synthetic_folder import write_folder
from world import WHO, Clock, bring_expert

from arusha.assessment.agreed import facts
from arusha.assessment.evidence import plan_of
from arusha.assessment.folder import digest, files, read_manifest
from arusha.charter import Charter
from arusha.indicators.registry import indicators
from arusha.workbench import models
from arusha.workbench.account_seal import changing
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site_at
from arusha.workbench.visitor import PSEUDONYM

QUESTION = "finding-rate"
HOSTILE = '<script>alert(1)</script>\u202egnp.exe & "quoted"'


@dataclass(frozen=True)
class Office:
    """A workspace with its assessment, and where the workbench keeps its own."""

    workspace: Path
    assessment: Path

    @property
    def home(self) -> Path:
        return self.workspace / "workbench"

    @property
    def site(self) -> Site:
        return site_at(str(self.workspace), (), str(self.home))

    @property
    def record(self) -> Record:
        return Record(self.home)

    def kinds(self) -> list[str]:
        return [r.entry.kind for r in self.record.ledger.entries()]

    def signals(self, question: str = QUESTION) -> list[dict[str, Any]]:
        rows = pq.read_table(self.assessment / "signals.parquet").to_pylist()
        return [r for r in rows if r["signal"] and r["indicator"] == question]

    def charter(self) -> Charter:
        found = Charter.of(self.workspace)
        assert found is not None
        return found

    def make_charter(self, *, solo: bool = False, demo: bool | None = None) -> Charter:
        """A charter with somebody in every role, or one person alone; of invented people where the records are."""
        invented = bool(json.loads((self.workspace / "manifest.json").read_text("utf-8")).get("demo"))
        lead, auditor = WHO["integrity-lead"], WHO["internal-auditor"]
        clock = Clock()
        charter = Charter.make(
            self.workspace,
            "customs.example/charter",
            lead,
            None if solo else auditor,
            demo=invented if demo is None else demo,
            clock=clock,
        )
        for role, who in WHO.items():
            if not solo and role not in ("integrity-lead", "internal-auditor", "union-expert"):
                charter.grant(lead, who, role)
                charter.grant(auditor, who, role)
        return charter

    def bring_expert(self) -> None:
        """The union's expert, from now on for a month."""
        bring_expert(self.charter(), (datetime.now(UTC) + timedelta(days=30)).date())

    def draft(self, question: str = QUESTION) -> Charter:
        definition = next(i.definition for i in indicators() if i.definition.id == question)
        charter = self.charter()
        charter.draft(WHO["analyst"], facts(definition, plan_of(read_manifest(self.assessment)).settings(question)), 24)
        return charter

    def to_pilot(self, question: str = QUESTION) -> Charter:
        charter = self.draft(question)
        charter.consult(WHO["integrity-lead"], question, ceiling=0.2)
        for means in ("letter", "mail"):
            charter.notice(WHO["integrity-lead"], question, means, f"kept as {means}")
        charter.move(WHO["integrity-lead"], question, "pilot")
        return charter

    def to_live(self, question: str = QUESTION) -> Charter:
        charter = self.to_pilot(question)
        record_audit(charter, WHO["internal-auditor"], question)
        charter.position(WHO["union-reviewer"], question, "agree")
        charter.move(WHO["integrity-lead"], question, "go-live")
        return charter


def make_office(folder: Path, *, demo: bool = False) -> Office:
    """An office's folders, whose assessment was made of the workspace."""
    workspace = folder / "examplia.arusha"
    workspace.mkdir(parents=True)
    mark = {"administration": "Republic of Examplia", "seed": 7} if demo else None
    loaded = {"format": 1, "demo": mark, "tables": {}, "sources": [{"path": "declarations.csv"}]}
    (workspace / "manifest.json").write_text(json.dumps(loaded), "utf-8")
    assessment = write_folder(folder / "assessment", officers=6, declarants=6, demo=demo)
    manifest = json.loads((assessment / "manifest.json").read_text("utf-8"))
    manifest["workspace"]["digest"] = digest(workspace / "manifest.json")
    manifest["plan"] |= {"questions": [q["id"] for q in manifest["questions"]], "seed": 7, "options": {}}
    manifest["plan_hash"] = plan_of(manifest).hash
    (assessment / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    office = Office(workspace, assessment)
    (assessment / "evidence").mkdir()
    for question in ("assignment-steering", QUESTION, "lane-rates"):
        for row in office.signals(question):
            rows = pa.table(
                {
                    "file": ["declarations.csv", "declarations.csv"],
                    "line": [17, 18],
                    "declaration_id": ["EX01-0001", "EX01-0002"],
                    "officer_id": [row["unit_id"], row["unit_id"]],
                    "reason": [HOSTILE, None],
                }
            )
            pq.write_table(rows, assessment / "evidence" / f"{row['signal_id']}.parquet")
    manifest["files"] = files(assessment)
    (assessment / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return office


def serving(made: Office) -> Iterator[Office]:
    """Serve an office's workspace for the time of a test."""
    site_at.cache_clear()
    with override_settings(ARUSHA_WORKSPACE=str(made.workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(made.home)):
        yield made


def solo() -> Client:
    """The one person of a laptop, who opened the address that the terminal printed."""
    client = Client()
    client.get(f"/enter/{ENTRY}")
    return client


def account(role: str, password: str = "a long first password") -> models.Account:
    """An account of the person in a role, past the first sign-in."""
    made = models.Account.objects.make(role, WHO[role], password)
    with changing(made):
        made.first = False
        made.save()
    return made


def signed_in(role: str, *, checks: bool = False) -> Client:
    """Somebody in a role, with both factors given."""
    import django_otp
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from django_otp.plugins.otp_totp.models import TOTPDevice

    held = models.Account.objects.filter(name=role).first() or account(role)
    with changing(held):
        device, _ = TOTPDevice.objects.get_or_create(user=held, name="app", confirmed=True)
    client = Client(enforce_csrf_checks=checks)
    request = HttpRequest()
    request.session, request.user = SessionStore(), held
    login(request, held, backend="django.contrib.auth.backends.ModelBackend")
    django_otp.login(request, device)
    request.session[PSEUDONYM] = held.pseudonym
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


PERSON = re.compile(r"\b[PT]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
PURPOSE = {"reason": "triage", "reference": "request 2026/7"}


def people_in(html: str) -> set[str]:
    """Pseudonyms in a page, but for that of its reader."""
    return set(PERSON.findall(re.sub(r"(?s)<footer>.*", "", html)))


def page(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, (at, answer.status_code)
    return str(answer.content.decode())


def everything(client: Client) -> dict[str, str]:
    """Every page that links lead to, from Welcome on."""
    found: dict[str, str] = {}
    ahead = ["/"]
    while ahead:
        at = ahead.pop()
        if at in found or at.startswith("/static/"):
            continue
        found[at] = page(client, at)
        ahead += re.findall(r'href="(/[^"#]*)"', found[at])
    return found
