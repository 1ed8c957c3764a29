"""A sealed mapping of an office's pseudonyms, the people who may open it, and what stands behind a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked_names import agreed_to
from test_alerts import INQUIRY
from workbench_office import QUESTION, Office
from world import WHO

from arusha.charter import Charter, RefusedError
from arusha.ledger import entry
from arusha.ledger.checkpoint import sign
from arusha.ledger.note import LOG, WITNESS, Signer
from arusha.records import unmasking
from arusha.records.pseudonyms import make_key_holders, write_sealed
from arusha.records.unmasking import Look
from arusha.workbench import alerts
from arusha.workbench.identity import Request, open_names
from arusha.workbench.outside import Outside

NAME = "KA0417"
LEDGER = Signer.from_seed("customs.example/charter", LOG, bytes(range(32)))
UNION = Signer.from_seed("union.example/witness", WITNESS, bytes(range(1, 33)))
STRANGER = Signer.from_seed("nobody.example/witness", WITNESS, bytes(range(2, 34)))
SECOND_HOLDER, SECOND_READER = "P-7001-TEST-0000", "P-7002-TEST-0000"


def today(days: int = 0) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


@dataclass
class Sealed:
    office: Office
    path: Path
    shares: tuple[Path, ...]
    asked: Request

    def open(self, outside: Outside | None = None, workspace: Path | None = None, **changed: object) -> Look:
        asked = replace(self.asked, **changed)  # type: ignore[arg-type]
        held = witnessed(self.office) if outside is None else outside
        place = workspace or self.office.workspace
        return open_names(self.path, self.shares[:2], asked, workspace=place, outside=held)

    def codes(self, **changed: object) -> tuple[str, ...]:
        with pytest.raises(RefusedError) as refused:
            self.open(**changed)
        return refused.value.codes

    def last(self, kind: str) -> tuple[str, ...]:
        return next(tuple(r.entry.subjects) for r in self.entries()[::-1] if r.entry.kind == kind)

    def entries(self) -> list:  # type: ignore[type-arg]
        return list(self.office.record.ledger.entries())


def witnessed(office: Office, ago: timedelta = timedelta(0)) -> Outside:
    """A checkpoint of the charter's ledger as it is now, that the union signed some time ago."""
    charter = Charter.of(office.workspace)
    if charter is None:
        return Outside((), (UNION.key,))
    made = sign(charter.ledger.origin, len(charter.ledger), charter.ledger.root(), LEDGER)
    at = int((datetime.now(UTC) - ago).timestamp())
    return Outside((made.cosigned(UNION, at),), (UNION.key,))


def sealed_for(office: Office, tmp_path: Path) -> Sealed:
    row = office.signals()[0]
    holders = make_key_holders(tmp_path / "keys", ["Personnel", "Audit", "Registrar"])
    path = office.workspace.with_suffix(".sealed")
    write_sealed(path, [("officer", row["unit_id"], NAME)], holders.public_key)
    asked = Request(
        WHO["investigator"],
        (WHO["key-holder"], SECOND_HOLDER),
        row["signal_id"],
        (row["unit_id"],),
        "inquiry into the port",
        "2026/117",
        today(60),
    )
    agreed_to(office.record, asked)
    return Sealed(office, path, holders.share_paths, asked)


def inquire(office: Office) -> None:
    record, signal = office.record, office.signals()[0]["signal_id"]
    alerts.raise_alerts(record, WHO["analyst"], QUESTION, "assessment", [signal])
    alerts.decide(record, signal, WHO["investigator"], "proposed", INQUIRY)
    alerts.read_second(record, signal, SECOND_READER, "concurred", {"reason": "agreed"})


def grant_two(office: Office) -> None:
    """A second key holder and a second investigator."""
    charter = office.charter()
    for who, role in ((SECOND_HOLDER, "key-holder"), (SECOND_READER, "investigator")):
        charter.grant(WHO["integrity-lead"], who, role)
        charter.grant(WHO["internal-auditor"], who, role)


def people_of(office: Office) -> None:
    """A live question, two key holders and two investigators."""
    office.make_charter()
    grant_two(office)
    office.to_live()


@pytest.fixture(autouse=True)
def _letters_of_invented_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pseudonyms of the office of numbers have letters that a real one never has, so that none is taken for one."""
    monkeypatch.setattr(unmasking, "TOKEN", entry._PSEUDONYM)
    monkeypatch.delenv("ARUSHA_HOME")


@pytest.fixture
def sealed(office: Office, tmp_path: Path) -> Sealed:
    """A question that is live, an inquiry with a second reader's agreement, and a sealed mapping."""
    people_of(office)
    inquire(office)
    return sealed_for(office, tmp_path)


@pytest.fixture
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unmasking, "unmask", lambda *arguments: pytest.fail("the mapping was opened"))
