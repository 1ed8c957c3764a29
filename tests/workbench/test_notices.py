"""Notices by mail: off unless asked for, in counts, once for what is new, and without a name or content."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from test_own_signal import write as evidence
from workbench_office import PERSON, QUESTION, Office, account, signed_in
from world import WHO

from arusha.language import languages
from arusha.workbench import alerts, models, notices
from arusha.workbench.notices import KEPT, WRITTEN, Outbox, outbox
from arusha.workbench.waiting import Waits


@pytest.fixture
def live(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    evidence(office, office.signals()[0])
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    for role in ("investigator", "internal-auditor", "administrator", "key-holder"):
        account(role)
    return office


@pytest.fixture
def to(tmp_path: Path) -> Outbox:
    (tmp_path / "outbox").mkdir()
    return Outbox(tmp_path / "outbox", "customs.example", "https://integrity.customs.example")


def write(office: Office, to: Outbox) -> int:
    return notices.write(office.record, office.site, models.Account.objects.values_list("name", "pseudonym"), to)


def written(to: Outbox) -> list[bytes]:
    return [path.read_bytes() for path in sorted(to.folder.glob("*.eml"))]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("anna", "anna@customs.example"),
        ("josé", "josé@customs.example"),
        ("عمر", "عمر@customs.example"),
        ("a b", '"a b"@customs.example'),
    ],
)
def test_an_address_is_the_sign_in_name_in_whatever_script(name: str, address: str, to: Outbox) -> None:
    """Before the ``@`` no encoding of headers stands for other letters (RFC 2047, section 5)."""
    header = next(line for line in bytes(notices.message(name, [], to)).split(b"\r\n") if line.startswith(b"To:"))
    assert header.decode() == f"To: {address}"


@pytest.mark.control("AU-12")
def test_an_investigator_is_told_once_that_an_alert_waits_and_whom_nothing_waits_for_is_not(
    live: Office, to: Outbox
) -> None:
    assert write(live, to) == 1
    assert write(live, to) == 0, "nothing is new"
    (sent,) = (message_from_bytes(raw, policy=policy.default) for raw in written(to))
    assert sent["To"] == "investigator@customs.example"
    text = sent.get_content()
    assert "Alerts that wait for a decision: 1" in text
    assert "https://integrity.customs.example" in text
    assert live.kinds().count(WRITTEN) == 1
    (live.home / KEPT).write_text("no such thing")
    assert write(live, to) == 1, "who is not known to have been told is told"
    words = {"reason": "x", "explanation": "acting-cover"}
    alerts.decide(live.record, str(live.signals()[0]["signal_id"]), WHO["investigator"], "explained", words)
    assert write(live, to) == 0


@pytest.mark.control("AC-4")
@pytest.mark.parametrize("lang", languages())
def test_a_notice_holds_no_name_and_no_content(lang: str, live: Office, to: Outbox) -> None:
    said = Outbox(to.folder, to.domain, to.address, lang)
    assert write(live, said) == 1
    (raw,) = written(said)
    text = message_from_bytes(raw, policy=policy.default).get_content() + raw.decode("ascii", "replace")
    row = live.signals()[0]
    assert not PERSON.search(text)
    for secret in (row["signal_id"], row["unit_id"], QUESTION, row["office"], "Finding rate", "EX0"):
        assert str(secret) not in text


def test_nothing_is_written_without_a_folder_and_in_solo_mode_or_the_demo(live: Office, to: Outbox) -> None:
    assert outbox() is None
    live.charter().path.rename(live.workspace / "no-charter")
    assert write(live, to) == 0
    assert written(to) == []


def test_the_demo_writes_none(demo: Office, to: Outbox) -> None:
    demo.make_charter()
    demo.to_live()
    signed_in("analyst").post(f"/assessments/assessment/questions/{QUESTION}/alerts")
    account("investigator")
    assert write(demo, to) == 0


def test_a_folder_that_cannot_be_written_leaves_nothing_half(live: Office, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write(live, Outbox(tmp_path / "nowhere", "customs.example"))
    assert WRITTEN not in live.kinds()
    assert not (live.home / KEPT).exists(), "tried again the next hour"


def test_a_sign_in_name_puts_no_header_of_its_own_into_a_message(to: Outbox) -> None:
    waits = (Waits("wb-waits-alerts", 2, "alerts", more=True),)
    sent = bytes(notices.message("analyst 1", waits, to))
    assert b'To: "analyst 1"@customs.example' in sent
    with pytest.raises(ValueError, match=r"CR|LF|invalid"):
        notices.message("x\r\nBcc: y@example.org", waits, to)
    assert len(re.findall(rb"(?m)^To:", sent)) == 1
