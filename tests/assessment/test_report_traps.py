"""What must never happen to the report, each under the sentence that forbids it (product page, journeys 1 and 2)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from synthetic_folder import write_folder

from arusha.assessment import plan as plans
from arusha.assessment.report import write_report
from arusha.assessment.run import Assessment, assess
from arusha.errors import ArushaError
from arusha.language import Catalogue, languages
from arusha.records.load import load
from arusha.records.workspace import Workspace

NAMES = ("NAME-ALPHA", "NAME-BETA", "NAME-GAMMA", "NAME-DELTA", "NAME-EPSILON", "NAME-ZETA", "NAME-ETA")
"""Stand for persons: what a pseudonymised load keeps out, wherever it was written."""
STEERED = 0.8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("assessment"))


def page(folder: Path, lang: str) -> str:
    return write_report(folder, lang).read_text(encoding="utf-8")


def plain(text: str) -> str:
    """What a reader sees of a part of the page."""
    bare = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub("[\u2066-\u2069]", "", bare)).split())


NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""The name of a drawing's vocabulary: nothing is fetched from it."""


def write_records(source: Path) -> None:
    """Four officers, five brokers, one of whom nearly always meets the first officer; a duty that names people."""
    draw = np.random.default_rng(5)
    lines = ["declaration_id,office,procedure,registered_at,declarant_id,lane_assigned,lane_final,officer_id"]
    picks = ["assignment_id,declaration_id,sequence,officer_id,assigned_at,assigned_by"]
    for k in range(900):
        broker = int(draw.integers(5))
        steered = broker == 0 and draw.random() < STEERED
        officer = NAMES[0 if steered else int(draw.integers(4))]
        moment = datetime(2025, 1, 6, 9) + timedelta(days=k // 4, minutes=int(draw.integers(400)))
        lines.append(f"D{k},PORT,IM4,{moment.isoformat()},BROKER-{NAMES[6]}-{broker},red,green,{officer}")
        picks.append(f"A{k},D{k},1,{officer},{moment.isoformat()},system")
    duties = [
        "officer_id,kind,from_date,to_date,detail,recorded_at,recorded_by",
        f"{NAMES[0]},acting for,2025-02-01,2025-03-01,instead of {NAMES[5]} ({NAMES[1]}),2025-01-02,{NAMES[4]}",
    ]
    source.mkdir()
    for name, rows in (("declarations", lines), ("assignments", picks), ("duties", duties)):
        (source / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    home = tmp_path_factory.mktemp("port")
    write_records(home / "source")
    return load(home / "source", mapping="canonical", out=home / "port.arusha", key_file=home / "pseudonyms.key")


STEERING = plans.Plan(("assignment-steering",), date(2025, 1, 1), date(2026, 1, 1))


@pytest.fixture(scope="module")
def assessed(port: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assess(port, tmp_path_factory.mktemp("assessed") / "a", plan=STEERING, languages=languages())


@pytest.mark.parametrize("lang", languages())
def test_a_demo_export_without_watermark(folder: Path, lang: str) -> None:
    text = page(folder, lang)
    mark = plain(Catalogue(lang).text("demo-line", seed="7"))
    sections = re.findall(r"<section.*?</section>", text, flags=re.DOTALL)
    assert len(sections) > 5
    assert [plain(s)[:60] for s in sections[1:] if mark not in plain(s)] == []
    assert mark in plain(text.split("<main", 1)[0]), "the head stands over the first page"
    printed = re.search(r"@bottom-left \{ content: \"([^\"]*)\"", text)
    assert printed
    assert mark in plain(printed.group(1)), "every sheet of paper carries it too"


@pytest.mark.parametrize("lang", languages())
def test_a_first_screen_with_empty_charts(folder: Path, tmp_path: Path, lang: str) -> None:
    text = page(folder, lang)
    first = text.split('<section id="asked"')[0]
    assert "<figure" not in first
    assert len(re.findall(r"<tr>", first)) > 5, "the first screen says what came of each question"
    drawn = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    assert drawn
    for svg in drawn:
        assert len(re.findall(r"<(?:circle|path|rect|polygon|line)\b", svg)) > 5
    # Questions that were asked and found nothing to test get no chart rather than an empty one.
    nothing = write_folder(tmp_path / lang)
    table = pq.read_table(nothing / "signals.parquet")
    silent = table.set_column(
        table.column_names.index("p_value"), table.schema.field("p_value"), pa.nulls(table.num_rows, pa.float64())
    )
    pq.write_table(silent, nothing / "signals.parquet")
    assert "<svg" not in page(nothing, lang)


@pytest.mark.parametrize("lang", languages())
def test_an_account_an_email_or_the_internet_needed(folder: Path, lang: str) -> None:
    text = page(folder, lang).replace(NAMESPACE, "")
    assert re.search(r"https?:|mailto:|//[a-z]|<script|<form|<input|<iframe|<img|<link", text) is None
    for target in re.findall(r'href="([^"]*)"', text):
        assert target.startswith("#") or (folder / target).is_file()


def test_sending_anything_back_to_asycuda(port: Workspace, assessed: Assessment) -> None:
    """The report holds no form and no address, and an assessment leaves the records as they were loaded."""
    for lang in languages():
        text = (assessed.path / f"report.{lang}.html").read_text(encoding="utf-8").replace(NAMESPACE, "")
        assert "form-action 'none'" in text
        assert re.search(r"<form|<button|https?:", text) is None
    with port.connect() as connection, pytest.raises(Exception, match="read-only"):
        connection.execute("DELETE FROM declarations")


def test_a_result_on_data_that_failed_a_blocking_check(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "declarations.csv").write_text("declaration_id,office\nD1,PORT\n", encoding="utf-8")
    with pytest.raises(ArushaError):
        load(source, mapping="canonical", out=tmp_path / "w.arusha", pseudonyms="off")
    with pytest.raises(ArushaError):
        assess(tmp_path / "w.arusha", tmp_path / "a")
    assert not (tmp_path / "a").exists()
    # A question whose records are missing has a line that says so, and no number, table or chart.
    text = page(folder, "en")
    manifest = json.loads((folder / "manifest.json").read_text())
    for question in manifest["questions"]:
        if question["status"] != "assessed":
            assert f'<section id="{question["id"]}"' not in text
            row = re.search(rf'<a href="#{question["id"]}">.*?</tr>', text, flags=re.DOTALL)
            assert row
            assert "Not assessed: needs" in plain(row.group(0))
            assert re.search(r"\d", plain(row.group(0))) is None


def test_names_on_the_results_page(assessed: Assessment) -> None:
    (question,) = assessed.manifest["questions"]
    assert question["signals"] > 0, "nothing stands out, so that nobody would be shown"
    told = {(r["explanation"], r["status"]) for r in assessed.explanations.to_pylist()}
    assert ("acting-cover", "found") in told, "the duty whose text names people is told of"
    for lang in languages():
        text = (assessed.path / f"report.{lang}.html").read_text(encoding="utf-8")
        assert re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
        assert [name for name in NAMES if name in text] == []


def test_a_changed_plan_after_seeing_results_without_a_visible_amended_mark(
    port: Workspace, assessed: Assessment, tmp_path: Path
) -> None:
    for lang in languages():
        mark = plain(Catalogue(lang).text("plan-amended"))
        assert mark not in plain((assessed.path / f"report.{lang}.html").read_text(encoding="utf-8"))
    changed = assess(port, tmp_path / "again", plan=replace(STEERING, rate=0.2), languages=languages())
    for lang in languages():
        said = plain((changed.path / f"report.{lang}.html").read_text(encoding="utf-8"))
        mark, answer = (plain(Catalogue(lang).text(key)) for key in ("plan-amended", "answer-heading"))
        assert said.index(mark) < said.index(answer), "it stands before the answer"
        assert assessed.manifest["plan_hash"] in said, "and names the plan that came before"


@pytest.mark.parametrize("lang", languages())
def test_fraud_rate_by_officer_computed_as_if_un_inspected_goods_were_clean(tmp_path: Path, lang: str) -> None:
    """The page says that findings exist only for what was examined, and of how much no criterion chose it."""
    folder = write_folder(tmp_path / "a")
    shares = [
        {"office": "EX01", "lane": lane, "selected": selected, "n": 900, "examined": n, "rate_of_examined": 0.1}
        | {"interval_low": 0.05, "interval_high": 0.2}
        for lane, selected, n in (("red", "random", 41), ("yellow", "random", 12), ("red", "criteria", 300))
    ]
    pq.write_table(pa.Table.from_pylist(shares), _made(folder / "tables" / "finding-rate" / "random_share.parquet"))
    section = plain(page(folder, lang).split('<section id="finding-rate"')[1].split("</section>")[0])
    assert plain(Catalogue(lang).text("examined-only", n=53)) in section
    (folder / "tables" / "finding-rate" / "random_share.parquet").unlink()
    section = plain(page(folder, lang).split('<section id="finding-rate"')[1].split("</section>")[0])
    assert plain(Catalogue(lang).text("examined-only", n=0)) in section


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
