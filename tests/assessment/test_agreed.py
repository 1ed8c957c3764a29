"""Under a charter: what is not live names nobody in any byte of the folder; what is live does, while it is live."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from arusha.assessment import agreed
from arusha.assessment import plan as plans
from arusha.assessment.asking import Answer
from arusha.assessment.evidence import evidence
from arusha.assessment.run import Assessment, assess
from arusha.assessment.verify import verify
from arusha.charter import Charter, CharterError
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.registry import indicators
from arusha.indicators.signals import SCHEMA
from arusha.records.load import load
from arusha.records.workspace import Workspace

sys.path.append(str(Path(__file__).resolve().parents[1] / "records"))
from kept_audit import record_audit
from raw_ids import raw_ids_in

LEAD, AUDITOR, UNION = "P-0001-TEST-0000", "P-0002-TEST-0000", "P-0003-TEST-0000"
QUESTION = "finding-rate"
ASKED = (QUESTION, "lane-rates")
PERSON = re.compile(r"\b[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from arusha.demo import generate, write_canonical

    home = tmp_path_factory.mktemp("agreed")
    world = generate(3_000, seed=7, schemes={"steering-pick": 2}, strengths=("strong",))
    write_canonical(world, home / "canonical", format="parquet")
    return load(home / "canonical", "canonical", home / "office.arusha", key_file=home / "keys" / "pseudonyms.key")


def plan_for(workspace: Workspace, **changes: object) -> plans.Plan:
    with workspace.connect() as connection:
        first, last = connection.execute("SELECT MIN(registered_on), MAX(registered_on) FROM declarations").fetchone()
    return replace(plans.propose(first, last, ASKED), **changes)


@pytest.fixture(scope="module")
def study(office: Workspace) -> Assessment:
    return assess(office, office.path.parent / "study", plan=plan_for(office), languages=("en",))


@pytest.fixture(scope="module")
def counted(office: Workspace, study: Assessment) -> Assessment:
    """The same, once there is a charter under which nothing is live."""
    Charter.make(office.path, "customs.example/charter", LEAD, AUDITOR)
    return assess(office, office.path.parent / "counted", plan=plan_for(office), languages=("en", "ar"))


def everybody(workspace: Workspace) -> set[str]:
    """Every id of a person in any table."""
    found: set[str] = set()
    with workspace.connect() as connection:
        for table, columns in workspace.present.items():
            for column in columns:
                if column in agreed.PERSON_COLUMNS:
                    rows = connection.execute(f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM {table}').fetchall()
                    found |= {r for (r,) in rows if r}
    return {p for p in found if PERSON.fullmatch(p)}


def test_a_study_says_that_nobody_agreed(study: Assessment) -> None:
    assert (study.manifest["study"], study.manifest["charter"]) == (True, None)
    assert study.manifest["standing"] == agreed.STUDY
    assert "nobody agreed to these questions" in (study.path / "report.en.html").read_text("utf-8")
    assert study.signals.num_rows > 0


def test_a_person_is_named_where_nothing_is_live(office: Workspace, study: Assessment, counted: Assessment) -> None:
    people = everybody(office)
    assert len(people) > 50
    assert {code for _, code in raw_ids_in(study.path, people)}, "a study names people, or this search finds nothing"
    assert not list(raw_ids_in(counted.path, people))
    # A pseudonym of any form, in a text or a row that the search above would not know as a person's.
    for path in counted.path.rglob("*"):
        if path.suffix in (".html", ".json", ".yaml", ".sql"):
            assert not PERSON.search(path.read_text("utf-8")), path
    assert sorted(p.relative_to(counted.path).as_posix() for p in counted.path.rglob("*") if p.is_file()) == [
        "coverage/months.parquet",
        "coverage/offices.parquet",
        "explanations.parquet",
        "manifest.json",
        "offices.parquet",
        "plan.yaml",
        "quality.parquet",
        "report.ar.html",
        "report.en.html",
        "signals.parquet",
    ]
    assert counted.signals.num_rows == counted.explanations.num_rows == 0
    assert not PERSON.search(json.dumps(dict(counted.manifest), default=str))


def test_what_is_not_live_answers_with_offices_and_counts(counted: Assessment) -> None:
    counts = pq.read_table(counted.path / "offices.parquet")
    assert counts.schema.equals(agreed.COUNTS)
    assert set(counts["indicator"].to_pylist()) == {
        q["id"] for q in counted.manifest["questions"] if q["status"] == "counts only"
    }
    for question in counted.manifest["questions"]:
        assert question["charter"]["stage"] == "not-drafted"
        assert "tested" not in question
    assert counted.manifest["study"] is False
    report = (counted.path / "report.en.html").read_text("utf-8")
    assert "Not drafted under the charter" in report
    # The one picture is of what the records cover, by office and month: it stands with the data and names nobody.
    assert report.count("<svg") == 1
    assert report.index("<svg") > report.index('id="data"') > report.index("Not drafted under the charter")
    offices = len(set(counts["office"].to_pylist()) - {None})
    assert f"from {offices} offices" in re.sub("[\u2066-\u2069]", "", report)


def test_an_assessment_under_a_charter_can_be_checked_again(counted: Assessment, office: Workspace) -> None:
    assert verify(counted.path, office).rerun


def test_rows_are_read_of_a_question_that_is_not_live(
    study: Assessment, counted: Assessment, office: Workspace
) -> None:
    """Also from an assessment made before the charter."""
    signal = next(r for r in study.signals.to_pylist() if r["p_value"] is not None and r["indicator"] == QUESTION)
    with pytest.raises(CharterError, match="not live"):
        evidence(study.path, signal["signal_id"], office)


def test_a_live_question_names_persons_until_its_settings_change(
    study: Assessment, counted: Assessment, office: Workspace
) -> None:
    plan = plan_for(office)
    definition = next(i.definition for i in indicators() if i.definition.id == QUESTION)
    charter = Charter.of(office.path)
    assert charter is not None
    for who in (LEAD, AUDITOR):
        charter.grant(who, UNION, "union-reviewer")
    charter.draft(LEAD, agreed.facts(definition, plan.settings(QUESTION)), 24)
    charter.consult(LEAD, QUESTION, ceiling=0.9)
    charter.notice(LEAD, QUESTION, "mail", "sent")
    charter.notice(LEAD, QUESTION, "letter", "signed")
    charter.move(LEAD, QUESTION, "pilot")
    record_audit(charter, AUDITOR, QUESTION)
    charter.position(UNION, QUESTION, "agree")
    charter.move(LEAD, QUESTION, "go-live")

    live = assess(office, office.path.parent / "live", plan=plan, languages=())
    assert set(live.signals["indicator"].to_pylist()) == {QUESTION}
    own = [r for r in study.signals.to_pylist() if r["indicator"] == QUESTION]
    assert live.signals.to_pylist() == own
    assert verify(live.path, office).rerun
    signal = next(r["signal_id"] for r in own if r["p_value"] is not None)
    assert evidence(live.path, signal, office).num_rows > 0

    stricter = replace(plan, floors={QUESTION: {"exposure": 200}})
    changed = assess(office, office.path.parent / "changed", plan=stricter, languages=())
    assert changed.signals.num_rows == 0
    assert charter.question(QUESTION).stage == "consultation"
    with pytest.raises(CharterError, match="not live"):
        evidence(live.path, signal, office)


def test_a_charter_that_cannot_be_read_is_taken_for_none(tmp_path: Path) -> None:
    folder = tmp_path / "w.arusha"
    folder.mkdir()
    Charter.make(folder, "customs.example/charter", LEAD, AUDITOR)
    (folder / "charter" / "ledger" / "head.json").unlink()
    with pytest.raises(CharterError, match="cannot be read"):
        Charter.of(folder)


def signals(*offices: tuple[str, int, int, int], kind: str = "officer") -> pa.Table:
    """Rows by office: how many tested without signal, tested with one, and not tested."""
    rows = []
    for office, within, found, silent in offices:
        for i in range(within + found + silent):
            row = dict.fromkeys(SCHEMA.names) | {
                "indicator": "q",
                "unit_kind": kind,
                "unit_id": f"O{i}",
                "office": office,
            }
            row |= {"signal_id": f"{office}{i}", "p_value": 0.5 if i < within + found else None, "signal": i < found}
            rows.append(row)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def shown(*offices: tuple[str, int, int, int]) -> dict[str | None, tuple[int | None, ...]]:
    table = agreed.office_counts("q", signals(*offices)).to_pylist()
    return {r["office"]: (r["tested"], r["cannot_tell"], r["signals"]) for r in table}


def test_a_small_count_is_read_off_or_found_by_subtraction() -> None:
    assert shown(("A", 18, 14, 11), ("B", 40, 9, 12)) == {
        "A": (30, 10, 15),
        "B": (50, 10, None),
        None: (80, 25, None),
    }
    assert shown(("A", 18, 14, 11), ("B", 9, 0, 0))[None] == (None, None, None)
    # None at all is a small count too, and so is what is left where nearly all are signals.
    assert shown(("A", 60, 0, 0))["A"] == (60, None, None)
    assert shown(("A", 4, 60, 0))["A"] == (65, None, None)
    assert shown() == {}


@pytest.mark.parametrize("officers", [1, 9, 10])
def test_pairs_of_few_officers_are_counted_as_the_people_they_are(officers: int) -> None:
    """Sixty pairs of one officer with sixty declarants are one person's number."""
    rows = signals(("A", 40, 0, 20)).to_pylist()
    for i, row in enumerate(rows):
        row |= {"unit_kind": "pair", "unit_id": f"O{i % officers}", "other_id": f"D{i}", "signal": i % 3 == 0}
    (told, _) = agreed.office_counts("q", pa.Table.from_pylist(rows, schema=SCHEMA)).to_pylist()
    assert (told["tested"] is None) == (told["signals"] is None) == (officers < 10)


def test_counts_that_are_mostly_one_officers_are_not_told() -> None:
    rows = signals(("A", 40, 0, 20)).to_pylist()
    for i, row in enumerate(rows):
        row |= {"unit_kind": "pair", "unit_id": f"O{max(i - 31, 0)}", "other_id": f"D{i}"}
    assert agreed.office_counts("q", pa.Table.from_pylist(rows, schema=SCHEMA)).to_pylist()[0]["tested"] is None


def test_a_question_about_offices_answers_about_a_person() -> None:
    """In solo mode it is live without the guards for persons; whatever it answers then, nobody is named."""
    lane_rates = next(i for i in indicators() if i.definition.id == "lane-rates")
    stood = agreed.Standing("lane-rates", "live", True, "ab" * 32)
    rows = pa.table({"declaration_id": ["D1"], "officer_id": ["O1"]})
    for kind, names in (("office", True), ("officer", False)):
        answer = Answer(lane_rates, {}, Findings(signals(("A", 20, 20, 0), kind=kind)), [], {"x": rows}, ())
        allowed = agreed.allowed(answer, stood, about_persons=False)
        assert (allowed.findings is not None) is names
        assert [t.column_names for t in allowed.evidence.values()] == ([["declaration_id"]] if names else [])


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.definition.id)
def test_the_hash_changes_with_inputs_peers_threshold_and_purpose_only(indicator) -> None:
    definition = indicator.definition
    settings = Settings(date(2026, 1, 1), date(2026, 7, 1))
    told = agreed.facts(definition, settings)
    assert told.about_persons is (definition.id != "lane-rates")
    assert not [head for head, text in told.texts.items() if not text]
    for other in (
        replace(definition, question=definition.question + " And more."),
        replace(definition, needs={**definition.needs, "shifts": ("section",)}),
        replace(definition, helped_by={}),
        replace(definition, conditions_on=()),
        replace(definition, min_exposure=definition.min_exposure + 1),
        replace(definition, min_effect=definition.min_effect + 1),
        replace(definition, version=definition.version + 1),
    ):
        assert agreed.facts(other, settings).digest != told.digest
    for changed in (
        replace(settings, rate=0.1),
        replace(settings, min_exposure=definition.min_exposure + 5),
        replace(settings, min_effect=definition.min_effect + 5),
        replace(settings, options={"lanes": ["red"]}),
    ):
        assert agreed.facts(definition, changed).digest != told.digest
    same = replace(settings, period_start=date(2026, 2, 1), seed=9)
    assert agreed.facts(replace(definition, title="Another title"), same).digest == told.digest
