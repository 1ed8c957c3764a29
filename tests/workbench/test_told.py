"""What a look or a load says of an extract: in the reader's language, and without a word of a cell."""

from __future__ import annotations

import ast
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from django.test import Client
from test_worker import empty, look, run
from workbench_office import Office, page, solo

import arusha.records
from arusha.effects.panel_error import PanelError
from arusha.effects.panel_files import read_panel
from arusha.effects.threshold_data import from_file
from arusha.errors import ArushaError, Cell, RecordsError, Told, shape
from arusha.language import Catalogue, languages
from arusha.language.told import error, sentence
from arusha.records.load import _clear, load
from arusha.records.unmasking import TOKEN
from arusha.workbench.errand import failure, where_of
from arusha.workbench.models import Job
from arusha.workbench.uploads import checked_name

__all__ = ["empty"]

OTHERS = [lang for lang in languages() if lang != "en"]
NAME = "Jane Doe-Surname"
ENGLISH = 'lang="en" dir="ltr"'
FOLDER = Path(arusha.records.__file__).parent
INTAKE = ("checks", "files", "intake", "lines", "scan", "staging", "store", "totals", "typed")
"""Modules in which everything that is wrong with an extract is found."""


def extract(office: Office) -> Path:
    return office.workspace.parent.parent / "extracts" / "quarter-1"


def spoil(office: Office, how: str) -> None:
    """Put a name where a message would quote it."""
    source = extract(office)
    head = "declaration_id,office,registered_at,declared_value\n"
    if how == "a column of which nothing can be read":
        rows = "".join(f"D{i},A,{NAME},1\n" for i in range(20))
    elif how == "dates that could be read two ways":
        rows = f"D0,A,03/04/2024 {NAME},1\nD1,A,03/04/2024,1\nD2,A,2024-01-01,1\n"
    elif how == "a file without its header":
        head, rows = "", f"{NAME},A,2024-01-31,1\nJohn Surname,A,2024-01-31,1\n"
    elif how == "an office that is no office":
        rows = f"D0,{NAME},2024-01-31,1\nD1,A,2024-01-31,1\n"
    elif how == "a column twice":
        head, rows = f"declaration_id,office,registered_at,{NAME},{NAME}\n", "D0,A,2024-01-31,1,1\n"
    else:
        raise AssertionError(how)
    (source / "declarations.csv").write_text(head + rows)


HOWS = [
    "a column of which nothing can be read",
    "dates that could be read two ways",
    "a file without its header",
    "an office that is no office",
    "a column twice",
]


def words_in(text: str) -> list[str]:
    return [word for word in ("Jane", "Surname", "John") if word.lower() in text.lower()]


@pytest.mark.control("AC-4", "AC-23")
@pytest.mark.parametrize("how", HOWS)
def test_no_name_in_a_bad_cell_is_on_a_page_or_in_a_row_of_a_job(how: str, empty: Office) -> None:
    spoil(empty, how)
    client = solo()
    at = look(client)
    job = run(empty)
    assert job.told.get("blocking") or job.told.get("warnings") or job.problem, "it says what is wrong"
    assert not words_in(json.dumps(job.told) + job.problem + job.remedy)
    for lang in languages():
        client.cookies["language"] = lang
        html = page(client, at)
        assert "declarations.csv" in html or "xxxx" in html
        assert not words_in(html), lang
    kept = [p.read_text("utf-8", "replace") for p in empty.home.rglob("*.json*") if p.is_file()]
    assert not [text for text in kept if words_in(text)], "nor in what the workbench keeps"


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("how", HOWS)
def test_what_a_look_says_is_whole_in_the_readers_language(how: str, lang: str, empty: Office) -> None:
    spoil(empty, how)
    client = solo()
    client.cookies["language"] = lang
    html = page(client, look_at(client, empty))
    main = html.partition("<main")[2].partition("</main>")[0]
    assert ENGLISH not in main
    assert Catalogue(lang).text("problem-detail") not in main


def look_at(client: Client, office: Office) -> str:
    at = look(client)
    run(office)
    return at


def test_what_only_looks_like_a_pseudonym_and_headers_that_are_not_read_stay_out(empty: Office) -> None:
    """An identity card's number may be written like a pseudonym; an alphabet cannot tell, what was made can."""
    card, token = "K-1234-5678-9012", "P-1234-5678-9012"
    sound = "".join(f"D{i},A,2024-01-{i % 28 + 1:02d},1,OFFICER7,x\n" for i in range(30))
    (extract(empty) / "declarations.csv").write_text(
        f"declaration_id,office,registered_at,declared_value,officer_id,{NAME}\n{sound}"
        f"X1,A,{card},1,OFFICER7,x\nX2,A,{token},1,OFFICER7,x\n"
    )
    client = solo()
    at = look(client)
    told = json.dumps(run(empty).told)
    html = page(client, at)
    for shown in (told, html):
        assert card not in shown
        assert token not in shown
        assert "OFFICER7" not in shown
        assert not words_in(shown)
    (reason,) = json.loads(told)["reasons"]
    assert {e["value"] for e in reason["examples"]} == {shape(card), shape(token)}
    assert all(TOKEN.fullmatch(e["row"]["officer_id"]) for e in reason["examples"]), "those that were made stay"


def test_of_a_structure_in_parquet_only_the_outer_type_is_told(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    rows = f"SELECT 'D1' AS declaration_id, {{'{NAME}': 1}} AS office, '2024-01-01' AS registered_at"
    duckdb.connect().execute(f"COPY ({rows}) TO '{source / 'declarations.parquet'}'")
    with pytest.raises(RecordsError, match="of the type STRUCT;") as told:
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert not words_in(str(told.value))


@pytest.mark.parametrize("fault", ["number", "period", "start", "another start", "row"])
def test_a_job_says_of_a_bad_cell_of_a_panel_its_shape_only(fault: str, tmp_path: Path) -> None:
    lines = [f"{unit},2024-0{month},1,{'2024-03' if unit == 'A' else ''}" for unit in "AB" for month in range(1, 5)]
    lines[1] = {
        "number": f"A,2024-02,{NAME},2024-03",
        "period": f"A,{NAME},1,2024-03",
        "start": f"A,2024-02,1,{NAME}",
        "another start": f"A,2024-02,1,{NAME}",
        "row": f"A,2024-02,{NAME},2024-03,5",
    }[fault]
    if fault == "start":
        lines[:4] = [line.rpartition(",")[0] + f",{NAME}" for line in lines[:4]]
    file = tmp_path / "panel.csv"
    file.write_text("unit,month,count,start\n" + "\n".join(lines) + "\n")
    with pytest.raises(PanelError) as told:
        read_panel(file, unit="unit", period="month", outcome="count", first_treated="start")
    if fault == "row":  # a line of too many columns is told by its number: no cell is quoted anywhere
        assert "line 3: the line has 5 columns, the header 4" in str(told.value)
    else:
        assert words_in(str(told.value)), "on the terminal of who gave it"
    said = failure(told.value)
    assert not words_in(json.dumps(said))
    assert "panel.csv" in said["problem"]
    for lang in languages():
        assert Told.from_json(said["said"][0]["said"]).remedy(Catalogue(lang))


PLACES = ["twice", "late", "missing", "switches", "exposure", "empty", "cluster", "logarithm"]


@pytest.mark.control("AC-4", "AC-23")
@pytest.mark.parametrize("fault", PLACES)
def test_the_place_of_an_error_in_a_panel_names_its_unit_to_who_gave_it_alone(fault: str, tmp_path: Path) -> None:
    rows = [[unit, f"2024-0{month}", "1", "9", "0", "g"] for unit in ("B", NAME) for month in range(1, 5)]
    if fault == "twice":
        rows.append(rows[-1])
    elif fault in ("late", "missing"):
        del rows[{"late": 4, "missing": 5}[fault]]
    elif fault == "switches":
        rows[5][4] = "1"
    elif fault == "cluster":
        rows[5][5] = "h"
    else:
        rows[5][3 if fault == "exposure" else 2] = "" if fault == "empty" else "0"
    file = tmp_path / "panel.csv"
    file.write_text("unit,month,count,out_of,treated,group\n" + "".join(",".join(row) + "\n" for row in rows))
    with pytest.raises(PanelError) as told:
        read_panel(
            file, unit="unit", period="month", outcome="count", exposure="out_of", treated="treated", cluster="group"
        ).outcome("log")
    assert words_in(str(told.value)), "on the terminal of who gave it"
    said = failure(told.value)
    assert not words_in(json.dumps(said))
    assert "line " in said["problem"] or fault == "logarithm"


def test_headers_and_names_of_files_are_told_by_their_shape(empty: Office, tmp_path: Path) -> None:
    file = tmp_path / "panel.csv"
    file.write_text(f"{NAME},month,count\nx,2024-01,1\n")
    with pytest.raises(PanelError) as told:
        read_panel(file, unit="unit", period="month", outcome="count", treated="month")
    assert words_in(str(told.value))
    assert not words_in(json.dumps(failure(told.value)))
    for wanted in ("value", "count"):
        file.write_text(f"value,{NAME}\n{NAME},1\n")
        with pytest.raises(ArushaError) as told:
            from_file(file, wanted, (), None)
        assert words_in(str(told.value))
        assert not words_in(json.dumps(failure(told.value)))
    (extract(empty) / f"{NAME}.xlsx").write_bytes(b"PK")
    (extract(empty) / f"{NAME}'s notes.csv").write_text("a,b\n1,2\n")
    client = solo()
    at = look(client)
    job = run(empty)
    assert sorted(job.told["not_read"]) == ["xxxx xxx-xxxxxxx'x xxxxx.csv", "xxxx xxx-xxxxxxx.xlsx"]
    assert not words_in(page(client, at))
    with pytest.raises(ArushaError) as refused:
        checked_name(f"{NAME}.docx")
    assert refused.value.where == "xxxx xxx-xxxxxxx.docx"
    assert "put no person" in page(client, "/records")


def test_a_line_that_cannot_be_read_names_no_column_that_is_not_read(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    head = f"declaration_id,office,registered_at,{NAME}\n"
    (source / "declarations.csv").write_text(head + "D1,A,2024-01-01,x\nD2,A,2024-01-02,\x00\nD3\x00,A,2024-01-03,\n")
    stored = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    kept = [p.read_bytes() for p in stored.path.rglob("*") if p.is_file() and p.name != "manifest.json"]
    assert not [one for one in kept if b"Surname" in one]


@pytest.mark.parametrize("how", HOWS[:1])
def test_a_load_that_fails_says_each_finding_and_no_cell(how: str, empty: Office, tmp_path: Path) -> None:
    spoil(empty, how)
    (extract(empty) / "events.csv").write_text("")
    with pytest.raises(RecordsError) as told:
        load(extract(empty), out=tmp_path / "w.arusha", pseudonyms="off")
    assert "events.csv: the file is empty" in str(told.value)
    (extract(empty) / "events.csv").unlink()
    with pytest.raises(RecordsError) as told:
        load(extract(empty), out=tmp_path / "w.arusha", pseudonyms="off")
    assert NAME in str(told.value), "on the terminal of who loads it is shown"
    said = failure(told.value)
    assert not words_in(json.dumps(said))
    assert "values such as 'xxxx xxx-xxxxxxx'" in said["problem"]
    found = Told.from_json(said["said"][0]["said"])
    assert Catalogue("fr", isolate=False).text("told-do-time") == found.remedy(Catalogue("fr", isolate=False))


@pytest.fixture
def _quiet() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def test_what_the_engine_says_of_a_cell_stays_out_of_the_page_and_of_the_workers_log(tmp_path: Path) -> None:
    with pytest.raises(duckdb.ConversionException) as raised:
        duckdb.connect().execute(f"SELECT CAST('{NAME}' AS INTEGER)").fetchall()
    assert NAME in str(raised.value)
    assert not words_in(json.dumps(failure(_clear(raised.value, tmp_path, tmp_path))))
    try:
        try:
            raise raised.value
        except duckdb.Error as inner:
            raise ValueError(NAME) from inner
    except ValueError as outer:
        log = where_of(outer)
    assert not words_in(log)
    assert "ConversionException" in log
    assert "test_told.py" in log, "where it came up is there"


def test_the_worker_writes_no_cell_to_its_log(empty: Office, capfd: pytest.CaptureFixture[str]) -> None:
    for how in HOWS:
        spoil(empty, how)
        look_at(solo(), empty)
    assert Job.objects.count() == len(HOWS)
    assert not words_in("".join(capfd.readouterr()))


def test_everything_that_is_wrong_with_an_extract_is_a_sentence_of_the_catalogues() -> None:
    for name in INTAKE:
        tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            call = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "RecordsError":
                assert name == "intake", f"{name}.py, line {node.lineno}"  # a setting of the engine: no cell, no page
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Blocking":
                assert len(node.args) == 4, f"{name}.py, line {node.lineno}"


def keys() -> set[str]:
    english = (Path(arusha.records.__file__).parent.parent / "language/catalogue/en/told.ftl").read_text("utf-8")
    return {line.split(" =")[0] for line in english.splitlines() if line.startswith("told-")}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_is_in_every_language_with_the_same_values(lang: str) -> None:
    import re

    folder = FOLDER.parent / "language" / "catalogue"
    lines = {}
    for one in ("en", lang):
        text = (folder / one / "told.ftl").read_text("utf-8")
        lines[one] = dict(line.split(" = ", 1) for line in text.splitlines() if line.startswith("told-"))
    assert set(lines["en"]) == set(lines[lang]) == keys()
    for key, said in lines["en"].items():
        assert sorted(re.findall(r"\$\w+", said)) == sorted(re.findall(r"\$\w+", lines[lang][key])), key
        assert said != lines[lang][key], key


def test_every_sentence_that_is_named_is_there_and_no_other() -> None:
    named: set[str] = set()
    beside = (
        "workbench/errand.py",
        "effects/panels.py",
        "effects/periods.py",
        "effects/panel_files.py",
        "effects/unreadable.py",
    )
    for path in (*FOLDER.glob("*.py"), *(FOLDER.parent / name for name in beside)):
        text = path.read_text("utf-8")
        for start in ("told-", "told-do-", "told-kind-"):
            named |= {key for key in keys() if key.startswith(start) and f'"{key.removeprefix(start)}"' in text}
    assert named == keys()


def test_a_sentence_comes_back_from_json_as_it_was_and_masked_it_quotes_nothing() -> None:
    inner = sentence("only-day", n=3, shape="DD/MM/YYYY", line=4, cell=Cell(NAME))
    told = sentence("either-day-proof", "either-day", n=1, column="when", line=2, cell=Cell(NAME), proof=(inner,))
    assert Told.from_json(json.loads(json.dumps(told.as_json()))) == told
    masked = Told.from_json(json.loads(json.dumps(told.masked().as_json())))
    for lang in languages():
        words = Catalogue(lang, isolate=False)
        assert words_in(told.problem(words))
        assert not words_in(masked.problem(words))
        assert "xxxx" in masked.problem(words)
    assert shape("JANE DOE 7") == "xxxx xxx 9"
    steering = Told.from_json(sentence("there-twice", one="a\u202eb\x1b", other="c").as_json())
    assert "\u202e" not in steering.problem(Catalogue("en"))


def test_an_error_says_the_same_in_english_as_before() -> None:
    told = error(RecordsError, "long-line", "one-line", where="events.csv", line=3, most=1)
    assert isinstance(told, ArushaError)
    assert told.problem == "line 3 is longer than 1 million bytes"
