"""The whole assessment on the small demo administration: what is written, and that it can be checked."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from arusha.assessment import folder, register
from arusha.assessment.evidence import evidence, plan_of
from arusha.assessment.run import Assessment, assess
from arusha.assessment.verify import verify
from arusha.engine import open_session
from arusha.errors import ArushaError, VerificationError
from arusha.indicators.registry import indicators
from arusha.indicators.signals import SCHEMA
from arusha.records.load import load
from arusha.records.workspace import Workspace

QUESTIONS = [i.definition.id for i in indicators()]


def test_every_question_is_answered_or_says_what_it_needs(assessment: Assessment) -> None:
    asked = {q["id"]: q for q in assessment.manifest["questions"]}
    assert sorted(asked) == sorted(QUESTIONS)
    for question in asked.values():
        assert question["status"] == "assessed" or question["needs_missing"]


def test_signals_keep_the_contract(assessment: Assessment) -> None:
    signals = pq.read_table(assessment.path / "signals.parquet")
    assert signals.schema.equals(SCHEMA)
    assert len(set(signals["signal_id"].to_pylist())) == signals.num_rows
    for row in signals.to_pylist():
        # A unit is tested, or it says why nothing can be told: never neither.
        assert (row["p_value"] is None) == (row["reason"] is not None), row
        if row["p_value"] is None:
            assert row["reason"].startswith("cannot tell")
            assert not row["signal"]
        else:
            assert 0 <= row["p_value"] <= 1
            assert row["p_value"] <= row["q_value"] + 1e-12
        if row["ci_low"] is not None:
            assert row["ci_low"] <= row["effect"] <= row["ci_high"]
        if row["flagged"]:
            assert row["signal"]
        if row["signal"]:
            assert row["q_value"] <= assessment.manifest["plan"]["rate"]


def test_no_score_or_rank_of_a_person_exists_anywhere(assessment: Assessment) -> None:
    names = set()
    for path in assessment.path.rglob("*.parquet"):
        names |= set(pq.read_schema(path).names)
    assert not [n for n in names if any(word in n.lower() for word in ("score", "rank", "rating", "grade_of"))]


def test_every_signal_has_its_rows_with_file_and_line(assessment: Assessment, examplia: Workspace) -> None:
    signals = assessment.signals.filter(pc.field("signal"))
    assert signals.num_rows > 0, "the demo administration has strong schemes: a run without any signal is broken"
    for row in signals.to_pylist():
        rows = evidence(assessment.path, row["signal_id"], examplia)
        kept = pq.read_table(assessment.path / "evidence" / f"{row['signal_id']}.parquet")
        assert rows.num_rows > 0
        assert rows.sort_by([("file", "ascending"), ("line", "ascending")]).equals(
            kept.sort_by([("file", "ascending"), ("line", "ascending")])
        )
        assert rows["file"].null_count == 0
        assert pc.min(rows["line"]).as_py() >= 1


def test_evidence_of_an_unknown_signal_names_near_ones(assessment: Assessment, examplia: Workspace) -> None:
    known = assessment.signals["signal_id"][0].as_py()
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(ArushaError, match=f"did you mean.*{known}"):
        evidence(assessment.path, wrong, examplia)


def test_verify_runs_the_plan_again_and_finds_the_same_bytes(assessment: Assessment, examplia: Workspace) -> None:
    done = verify(assessment.path, examplia)
    assert done.rerun
    assert done.units == assessment.signals.num_rows
    assert done.signals == sum(assessment.signals["signal"].to_pylist())


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_does_not_change_a_byte(
    assessment: Assessment, examplia: Workspace, tmp_path: Path, threads: int
) -> None:
    again = assess(examplia, tmp_path / "again", languages=(), threads=threads)
    assert folder.digest(again.path / "signals.parquet") == folder.digest(assessment.path / "signals.parquet")


def copied(assessment: Assessment, to: Path) -> Path:
    shutil.copytree(assessment.path, to)
    return to


def test_an_edited_signal_is_found_out(assessment: Assessment, tmp_path: Path) -> None:
    path = copied(assessment, tmp_path / "edited") / "signals.parquet"
    table = pq.read_table(path)
    kept = table.filter(pc.invert(pc.field("signal")))
    pq.write_table(kept, path)
    with pytest.raises(VerificationError, match=r"changed: signals\.parquet"):
        verify(path.parent)


def test_an_added_and_a_removed_file_are_found_out(assessment: Assessment, tmp_path: Path) -> None:
    path = copied(assessment, tmp_path / "edited")
    (path / "tables" / "more.parquet").write_bytes(b"x")
    (path / "plan.yaml").unlink()
    with pytest.raises(VerificationError, match=r"missing: plan\.yaml and added: tables/more\.parquet"):
        verify(path)


def test_a_plan_edited_in_the_manifest_is_found_out(assessment: Assessment, tmp_path: Path) -> None:
    path = copied(assessment, tmp_path / "edited") / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["plan"]["rate"] = 0.2
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(VerificationError, match="hash"):
        verify(path.parent)


def test_an_assessment_of_other_records_is_refused(assessment: Assessment, examplia: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "other.arusha"
    shutil.copytree(examplia.path, other)
    manifest = json.loads((other / "manifest.json").read_text("utf-8"))
    manifest["created_at"] = "2000-01-01T00:00:00+00:00"
    (other / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(VerificationError, match="not the one that was assessed"):
        verify(assessment.path, other)


def test_a_changed_plan_after_seeing_results_carries_a_visible_amended_mark(
    examplia: Workspace, assessment: Assessment, tmp_path: Path
) -> None:
    own = tmp_path / "own.arusha"
    shutil.copytree(examplia.path, own)
    register.register(own, plan_of(dict(assessment.manifest)))
    register.results_exist(own, assessment.manifest["plan_hash"])
    stricter = replace(plan_of(dict(assessment.manifest)), rate=0.01)
    amended = assess(own, tmp_path / "amended", plan=stricter, languages=("en",))
    assert amended.manifest["amended"]
    assert amended.manifest["earlier_plans"] == [assessment.manifest["plan_hash"]]
    assert "amended" in (amended.path / "report.en.html").read_text("utf-8").lower()


def test_a_question_without_its_tables_is_not_assessed_rather_than_zero(examplia: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "canonical"
    source.mkdir()
    with examplia.connect() as connection:
        connection.execute(
            f"COPY (SELECT declaration_id, office, registered_at, declarant_id FROM declarations) "
            f"TO '{source}/declarations.parquet' (FORMAT parquet)"
        )
    bare = load(source, mapping="canonical", out=tmp_path / "bare.arusha", pseudonyms="off")
    done = assess(bare, tmp_path / "assessment", languages=("en",))
    for question in done.manifest["questions"]:
        assert question["status"] == "not assessed"
        assert question["needs_missing"]
    assert done.signals.num_rows == 0
    assert "not assessed" in (done.path / "report.en.html").read_text("utf-8").lower()


def test_shared_tables_of_one_question_do_not_leak_into_another(examplia: Workspace, assessment: Assessment) -> None:
    """Asked alone, a question gives the rows that it gives beside the others."""
    from arusha.assessment.asking import ask

    plan = plan_of(dict(assessment.manifest))
    for indicator in indicators():
        name = indicator.definition.id
        with open_session(examplia) as session:
            alone = ask(session, indicator, plan.settings(name)).findings
        assert alone is not None
        beside = assessment.signals.filter(pc.field("indicator") == name)
        assert pa.table(alone.signals).equals(pa.table(beside))


def test_every_report_of_the_demo_says_that_it_is_invented(assessment: Assessment) -> None:
    for language in ("en", "ar"):
        assert 'class="demo' in (assessment.path / f"report.{language}.html").read_text("utf-8")
