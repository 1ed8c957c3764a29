"""A name opens behind a live question and an inquiry only, to two key holders, and every try is in the ledger."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sealed_names import (
    NAME,
    SECOND_READER,
    Sealed,
    _letters_of_invented_numbers,
    grant_two,
    inquire,
    nothing_opens,
    people_of,
    sealed,
    sealed_for,
    today,
    witnessed,
)
from test_alerts import INQUIRY
from workbench_office import QUESTION, Office, page, signed_in
from world import WHO

from arusha.assessment.evidence import plan_of
from arusha.charter import RefusedError
from arusha.charter.problems import CharterError
from arusha.errors import ArushaError, RecordsError
from arusha.language import Catalogue, languages
from arusha.records import unmasking
from arusha.workbench import alerts
from arusha.workbench.identity import open_names
from arusha.workbench.record import NAME_ASKED, NAME_OPENED, NAME_REFUSED, Record

__all__ = ["_letters_of_invented_numbers", "nothing_opens", "sealed"]


@pytest.mark.control("AC-3(2)", "AU-2", "AU-12")
def test_a_name_opens_to_two_key_holders_for_an_inquiry_and_is_in_the_ledger(sealed: Sealed) -> None:
    done = sealed.open()
    (person,) = sealed.asked.pseudonyms
    assert done.names == {person: NAME}
    kinds = [r.entry.kind for r in sealed.entries()]
    assert kinds[-2:] == [NAME_ASKED, NAME_OPENED]
    opened = sealed.last(NAME_OPENED)
    assert {person, f"signal:{sealed.asked.signal}", f"question:{QUESTION}"} < set(opened)
    assert {f"holder:{h}" for h in sealed.asked.holders} < set(opened)
    number = len(sealed.entries()) - 1
    told = {n: p.value for n, p in sealed.office.record.ledger.content(number).items() if p is not None}
    assert told == {"purpose": "inquiry into the port", "reference": "2026/117"}
    agreed = list(sealed.office.charter().ledger.entries())[-1].entry
    assert agreed.kind == "charter.identify"
    assert person not in agreed.subjects, "the charter's ledger, which others hold too, does not say of whom"
    for path in sealed.office.workspace.rglob("*"):
        assert not path.is_file() or NAME.encode() not in path.read_bytes(), path
    sealed.office.charter().state()  # every entry holds against the rules again


@pytest.mark.control("AU-12")
def test_the_purpose_is_in_the_ledger_before_the_mapping_opens(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def opening(*arguments: object) -> dict[str, str]:
        seen.extend(sealed.office.kinds())
        return {}

    monkeypatch.setattr(unmasking, "unmask", opening)
    sealed.open()
    assert seen[-1] == NAME_ASKED


@pytest.mark.control("AC-3", "AC-3(2)", "AC-5", "8.4")
@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("stage", ["pause", "review", "retire"])
def test_a_question_that_is_not_live_yields_no_name(sealed: Sealed, stage: str) -> None:
    sealed.office.charter().move(WHO["integrity-lead"], QUESTION, stage)
    assert sealed.codes() == ("stage",)
    assert "lacks:stage" in sealed.last(NAME_REFUSED)
    assert sealed.office.charter().ledger.entry(len(sealed.office.charter().ledger) - 1).entry.kind == "charter.refused"


@pytest.mark.usefixtures("nothing_opens")
def test_a_question_in_pilot_yields_no_name(office: Office, tmp_path: Path) -> None:
    office.make_charter()
    grant_two(office)
    office.to_pilot()
    inquire(office)  # as somebody would who writes past the pages
    assert "stage" in sealed_for(office, tmp_path).codes()


@pytest.mark.usefixtures("nothing_opens")
def test_the_wrong_people_and_the_wrong_person_open_nothing(sealed: Sealed) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"holders": (WHO["key-holder"],)}, "two-people"),
        ({"holders": (WHO["key-holder"], WHO["key-holder"])}, "two-people"),
        ({"holders": (WHO["key-holder"], WHO["investigator"])}, "readers"),
        ({"holders": (WHO["key-holder"], WHO["analyst"])}, "role"),
        ({"actor": WHO["integrity-lead"]}, "role"),
        ({"actor": WHO["administrator"]}, "role"),
        ({"actor": WHO["key-holder"]}, "role"),
        ({"tell_by": "2020-01-01"}, "tell-by"),
        ({"tell_by": "9999-01-01"}, "tell-by"),
        ({"pseudonyms": ("P-0000-0000-0000",)}, "others"),
        ({"signal": "no-such-signal"}, "inquiry"),
    ]
    for changed, code in wrong:
        assert code in sealed.codes(**changed), changed
        assert f"lacks:{code}" in sealed.last(NAME_REFUSED), changed


@pytest.mark.usefixtures("nothing_opens")
def test_whom_the_signal_is_about_neither_asks_nor_releases(sealed: Sealed) -> None:
    (person,) = sealed.asked.pseudonyms
    assert "concerned" in sealed.codes(holders=(WHO["key-holder"], person))
    assert "concerned" in sealed.codes(actor=person)


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("way", ["new", "explained", "proposed"])
def test_without_a_second_readers_agreement_no_name_opens(office: Office, tmp_path: Path, way: str) -> None:
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    if way != "new":
        alerts.decide(office.record, signal, WHO["investigator"], way, {**INQUIRY, "explanation": "leave"})
    assert sealed_for(office, tmp_path).codes() == ("inquiry",)


@pytest.mark.usefixtures("nothing_opens")
def test_a_question_agreed_to_name_nobody_yields_no_name(office: Office, tmp_path: Path) -> None:
    from kept_audit import record_audit

    office.make_charter()
    charter = office.to_pilot()
    record_audit(charter, WHO["internal-auditor"], QUESTION)
    charter.position(WHO["union-reviewer"], QUESTION, "conditions", no_individual_display=True)
    charter.move(WHO["integrity-lead"], QUESTION, "go-live")
    grant_two(office)
    inquire(office)
    assert "no-individual-display" in sealed_for(office, tmp_path).codes()


@pytest.mark.usefixtures("nothing_opens")
def test_a_signal_of_other_settings_than_were_agreed_yields_no_name(sealed: Sealed) -> None:
    manifest = sealed.office.assessment / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["plan"]["rate"] = 0.2
    told["plan_hash"] = plan_of(told).hash
    manifest.write_text(json.dumps(told), "utf-8")
    assert "definition" in sealed.codes()
    told["workspace"]["digest"] = "0" * 64
    manifest.write_text(json.dumps(told), "utf-8")
    assert "assessment" in sealed.codes()


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("solo", [False, True], ids=["study", "one person"])
def test_in_a_study_or_a_workspace_of_one_person_no_name_opens(office: Office, tmp_path: Path, solo: bool) -> None:
    if solo:
        office.make_charter(solo=True)
    sealed = sealed_for(office, tmp_path)
    with pytest.raises(RefusedError) as refused:
        sealed.open()
    assert refused.value.codes == ("solo",)
    for words in (Catalogue(lang, isolate=False) for lang in languages()):
        assert words.text("lack-identify-study") in refused.value.said(words)
    assert office.kinds()[-1] == NAME_REFUSED


@pytest.mark.usefixtures("nothing_opens")
def test_a_mapping_without_its_workspace_or_a_purpose_opens_nothing(sealed: Sealed, tmp_path: Path) -> None:
    with pytest.raises(CharterError, match="no workspace whose charter could be asked"):
        open_names(tmp_path / "elsewhere.sealed", sealed.shares[:2], sealed.asked)
    before = len(sealed.entries())
    for blank in ({"purpose": " "}, {"reference": ""}):
        with pytest.raises(RecordsError, match="no name opens without one"):
            sealed.open(**blank)
    assert len(sealed.entries()) == before


def test_shares_that_do_not_fit_leave_a_refusal_in_the_ledger(sealed: Sealed) -> None:
    sealed.shares = (sealed.shares[0], sealed.shares[0])
    with pytest.raises(ArushaError):
        sealed.open()
    assert sealed.office.kinds()[-2:] == [NAME_ASKED, NAME_REFUSED]
    assert "lacks:opening" in sealed.last(NAME_REFUSED)


@pytest.mark.usefixtures("nothing_opens")
def test_a_ledger_of_looks_that_cannot_be_written_opens_nothing(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arusha.workbench.record import Record

    def full(*arguments: object, **words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Record, "add", full)
    with pytest.raises(OSError, match="No space"):
        sealed.open()


@pytest.mark.control("AU-6")
def test_the_auditor_reads_who_was_told_a_name_and_who_is_concerned_from_the_day_set(sealed: Sealed) -> None:
    auditor = signed_in("internal-auditor")
    assert "A name was told" not in page(auditor, "/looks")
    sealed.open(tell_by=today(30))
    (person,) = sealed.asked.pseudonyms
    html = page(auditor, "/looks")
    assert "A name was told" in html
    assert "inquiry into the port" in html
    assert NAME not in html
    assert [look for look in sealed.office.record.looks_at(person) if look.kind == NAME_OPENED] == []
    sealed.open(tell_by=today())
    assert [look.reason for look in sealed.office.record.looks_at(person)] == ["identity"]


@pytest.mark.usefixtures("nothing_opens")
def test_a_table_kept_beside_the_ledger_that_was_edited_opens_nothing(office: Office, tmp_path: Path) -> None:
    people_of(office)
    signal = office.signals()[0]["signal_id"]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    dict(alerts.alerts(office.record))
    with sqlite3.connect(office.record.home / "kept.sqlite3") as db:
        db.execute("UPDATE alerts SET state = 'inquiry'")
    assert sealed_for(office, tmp_path).codes() == ("inquiry",)


@pytest.mark.usefixtures("nothing_opens")
def test_a_ledger_of_looks_that_was_edited_opens_nothing(sealed: Sealed) -> None:
    entries = sealed.office.record.home / "ledger" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes().replace(b"alert.concurred", b"alert.not-known"))
    assert sealed.codes() == ("ledger",)


@pytest.mark.usefixtures("nothing_opens")
def test_an_inquiry_in_a_ledger_of_ones_own_opens_nothing(
    sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Record(tmp_path / "mine")
    for act in (
        lambda: alerts.raise_alerts(mine, WHO["investigator"], QUESTION, "assessment", [sealed.asked.signal]),
        lambda: alerts.decide(mine, sealed.asked.signal, WHO["investigator"], "proposed", INQUIRY),
        lambda: alerts.read_second(mine, sealed.asked.signal, SECOND_READER, "concurred", {"reason": "x"}),
    ):
        act()
    monkeypatch.setenv("ARUSHA_HOME", str(mine.home))
    assert sealed.codes() == ("home",)
    assert "lacks:home" in sealed.last(NAME_REFUSED), "in the workspace's own ledger of looks"


def test_another_ledger_of_looks_than_at_an_earlier_asking_opens_nothing(sealed: Sealed) -> None:
    sealed.open()
    shutil.rmtree(sealed.office.record.home / "ledger")
    sealed.office.record.home.joinpath("kept.sqlite3").unlink(missing_ok=True)
    inquire(Office(sealed.office.workspace, sealed.office.assessment))
    assert sealed.codes() == ("ledger",)


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("with_manifest", [False, True])
def test_a_signal_that_was_edited_opens_nobody_else(sealed: Sealed, tmp_path: Path, with_manifest: bool) -> None:
    other, copy = "P-8888-TEST-8888", tmp_path / "copy"
    shutil.copytree(sealed.office.assessment, copy)
    table = pq.read_table(copy / "signals.parquet")
    rows = [{**row, "other_id": other} if row["signal_id"] == sealed.asked.signal else row for row in table.to_pylist()]
    pq.write_table(pa.Table.from_pylist(rows, table.schema), copy / "signals.parquet")
    if with_manifest:
        manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
        manifest["files"]["signals.parquet"] = hashlib.sha256((copy / "signals.parquet").read_bytes()).hexdigest()
        (copy / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    asked = replace(sealed.asked, pseudonyms=(other,))
    with pytest.raises(RefusedError) as refused:
        open_names(
            sealed.path,
            sealed.shares[:2],
            asked,
            workspace=sealed.office.workspace,
            assessment=copy,
            outside=witnessed(sealed.office),
        )
    assert refused.value.codes == (("signal",) if with_manifest else ("edited",))


@pytest.mark.usefixtures("nothing_opens")
@pytest.mark.parametrize("readers", [("key-holder", "second"), ("investigator", "nobody"), ("analyst", "second")])
def test_an_inquiry_of_others_than_two_investigators_opens_nothing(
    office: Office, tmp_path: Path, readers: tuple[str, str]
) -> None:
    people_of(office)
    proposer = WHO[readers[0]]
    reader = {"second": SECOND_READER, "nobody": "P-9999-TEST-9999"}[readers[1]]
    signal = office.signals()[0]["signal_id"]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [signal])
    alerts.decide(office.record, signal, proposer, "proposed", INQUIRY)
    alerts.read_second(office.record, signal, reader, "concurred", {"reason": "agreed"})
    assert sealed_for(office, tmp_path).codes() == ("readers",)


@pytest.mark.usefixtures("nothing_opens")
def test_who_said_that_they_have_a_conflict_of_interest_opens_nothing(sealed: Sealed) -> None:
    record = sealed.office.record
    alerts.recuse(record, alerts.alerts(record)[sealed.asked.signal], sealed.asked.actor)
    assert sealed.codes() == ("recused",)


@pytest.mark.usefixtures("nothing_opens")
def test_an_assessment_that_is_not_there_is_refused_and_recorded(sealed: Sealed, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(RefusedError) as refused:
        open_names(
            sealed.path,
            sealed.shares[:2],
            sealed.asked,
            workspace=sealed.office.workspace,
            assessment=nowhere,
            outside=witnessed(sealed.office),
        )
    assert refused.value.codes == ("edited",)
    assert "lacks:edited" in sealed.last(NAME_REFUSED)
