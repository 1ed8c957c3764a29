"""Bad input: each gives a message with the place and the remedy, and nothing is stored or lost."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from extract_files import DECLARATIONS, small, write

from arusha.errors import ArushaError, RecordsError, WorkspaceError
from arusha.language import Catalogue
from arusha.language.told import english
from arusha.records.checks import RecordsBlockedError
from arusha.records.inspect import inspect
from arusha.records.load import load
from arusha.records.load_text import load_lines, look_lines
from arusha.records.workspace import Workspace

HEAD = "declaration_id,office,registered_at\n"


def refused(source, tmp_path, **options) -> ArushaError:
    """The error of a load, which must have left nothing behind."""
    options.setdefault("pseudonyms", "off")
    with pytest.raises(ArushaError) as told:
        load(source, out=tmp_path / "w.arusha", **options)
    assert not list(tmp_path.glob("w.arusha*"))
    assert told.value.problem
    assert told.value.where
    assert told.value.remedy
    return told.value


def test_no_such_source(tmp_path):
    assert "no such file" in refused(tmp_path / "nowhere", tmp_path).problem


def test_a_folder_with_no_table_of_the_mapping(tmp_path):
    error = refused(write(tmp_path / "in", invoices="a,b\n1,2\n"), tmp_path)
    assert "declarations.csv" in error.remedy


def test_an_empty_file(tmp_path):
    error = refused(small(tmp_path / "in", events=""), tmp_path)
    assert "events.csv: the file is empty" in str(error)


def test_a_header_without_rows_is_no_declarations(tmp_path):
    assert "no declaration can be accepted" in refused(small(tmp_path / "in", declarations=HEAD), tmp_path).problem


def test_a_truncated_gzip(tmp_path):
    source = small(tmp_path / "in")
    packed = gzip.compress(DECLARATIONS.encode() * 50)
    (source / "declarations.csv").unlink()
    (source / "declarations.csv.gz").write_bytes(packed[: len(packed) // 2])
    error = refused(source, tmp_path)
    assert error.where == "declarations.csv.gz"
    assert "cut off or damaged" in error.problem


def test_a_truncated_zstd(tmp_path):
    source = small(tmp_path / "in")
    text = "".join(f"D{i},EX01,2024-01-01T00:00:{i % 60:02}Z\n" for i in range(20000))
    packed = pa.compress((HEAD + text).encode(), codec="zstd", asbytes=True)
    (source / "declarations.csv").unlink()
    (source / "declarations.csv.zst").write_bytes(packed[: len(packed) // 2])
    error = refused(source, tmp_path)
    assert error.where == "declarations.csv.zst"


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.95])
def test_a_truncated_parquet(tmp_path, kept):
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    whole = source / "declarations.parquet"
    pq.write_table(pa.table({"declaration_id": ["D1"], "office": ["A"], "registered_at": ["2024-01-01"]}), whole)
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * kept)])
    error = refused(source, tmp_path)
    assert error.where == "declarations.parquet"
    assert "Copy it again" in error.remedy or "Ask for it again" in error.remedy


def test_a_missing_column_names_the_three_nearest(tmp_path):
    source = small(tmp_path / "in", declarations="declaration_nr,ofice,registered_at,lane\nD1,A,2024-01-01,green\n")
    error = refused(source, tmp_path)
    assert isinstance(error, RecordsBlockedError)
    assert error.where == "declarations.csv (declarations)"
    assert "declaration_id is missing; the nearest names present are declaration_nr, " in error.problem


def test_all_that_blocks_is_told_at_once(tmp_path):
    source = small(tmp_path / "in", declarations="office,registered_at\nA,2024-01-01\n", events="")
    error = refused(source, tmp_path)
    assert isinstance(error, RecordsBlockedError)
    assert [f.where for f in error.findings] == ["declarations.csv (declarations)", "events.csv"]
    assert "events.csv: the file is empty" in str(error)


def test_a_required_column_of_the_wrong_type(tmp_path):
    rows = "".join(f"D{i},A,around noon\n" for i in range(20))
    error = refused(small(tmp_path / "in", declarations=HEAD + rows), tmp_path)
    assert "registered_at holds no time that can be read; 20 values such as 'around noon'" in error.problem
    assert error.where == "declarations.csv (declarations.registered_at)"


def test_a_whole_column_with_decimal_commas_says_how_to_declare_them(tmp_path):
    rows = "".join(f'D{i},A,2024-01-01,"1{i:03},50"\n' for i in range(20))
    source = small(tmp_path / "in", declarations=HEAD.rstrip() + ",declared_value\n" + rows)
    error = refused(source, tmp_path)
    assert "holds no amount" in error.problem
    assert "decimal_comma" in error.remedy


def test_day_numbers_of_a_spreadsheet_are_called_that(tmp_path):
    rows = "".join(f"D{i},A,45{658 + i}.25\n" for i in range(20))
    error = refused(small(tmp_path / "in", declarations=HEAD + rows), tmp_path)
    assert "holds no time that can be read; 20 values such as '45658.25'" in error.problem
    assert "day numbers of a spreadsheet" in error.remedy
    assert "time_format: spreadsheet" in error.remedy


def test_an_unknown_code_is_told_with_the_codes_that_are_known(tmp_path):
    inspections = "inspection_id,declaration_id,officer_id,outcome\n" + "".join(
        f"E{i},D{i},O1,{'conforming' if i else 'conform'}\n" for i in range(3)
    )
    declarations = HEAD + "".join(f"D{i},A,2024-01-0{i + 1}\n" for i in range(3))
    source = small(tmp_path / "in", declarations=declarations, inspections=inspections)
    told = "\n".join(look_lines(inspect(source, "canonical"), Catalogue("en", isolate=False)))
    assert "unknown-value (outcome)" in told
    assert "The contract knows conforming, discrepancy" in told
    load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert any(
        "knows conforming" in line for line in load_lines(Workspace.open(tmp_path / "w.arusha").manifest, english())
    )


def test_day_or_month_first_is_not_guessed(tmp_path):
    rows = "D1,A,2024-01-31\nD2,A,03/04/2024\nD3,A,25/04/2024\n"
    error = refused(small(tmp_path / "in", declarations=HEAD + rows), tmp_path)
    assert "1 values of registered_at could be day first or month first, such as line 3: 03/04/2024" in error.problem
    assert "1 others can only be DD/MM/YYYY (such as line 4: 25/04/2024)" in error.problem


def test_two_formats_in_one_column_set_the_odd_rows_aside(tmp_path):
    rows = "D1,A,2024-01-31\nD2,A,25/04/2024\nD3,A,20240425\nD4,A,yesterday\n"
    workspace = load(small(tmp_path / "in", declarations=HEAD + rows), out=tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        assert connection.execute("SELECT source_line, reason FROM set_aside ORDER BY 1").fetchall() == [
            (3, "two-time-formats"),
            (4, "two-time-formats"),
            (5, "unreadable-time"),
        ]


def test_a_declared_encoding_that_is_not_the_files(tmp_path):
    source = small(tmp_path / "in", offices="office,name\nA,Entrepôt\nB,Dépôt\n".encode("cp1252"))
    override = tmp_path / "o.yaml"
    override.write_text("reading: {encoding: utf-8}\n")
    error = refused(source, tmp_path, override=override)
    assert "not in the declared encoding utf-8; its letters look like cp1252" in error.problem
    assert "encoding: cp1252" in error.remedy


def test_a_file_that_is_no_text(tmp_path):
    error = refused(small(tmp_path / "in", declarations=b"PK\x03\x04\x00\x00\x00\x01declaration_id"), tmp_path)
    assert "not text" in error.problem


def test_a_quotation_mark_that_is_never_closed(tmp_path):
    rows = "".join(f"D{i},A,2024-01-01\n" for i in range(500))
    error = refused(small(tmp_path / "in", declarations=HEAD + 'D0,"A,2024-01-01\n' + rows), tmp_path)
    assert "quotation mark opened on line 2 is not closed" in error.problem


def test_lines_with_too_few_or_too_many_cells_are_set_aside_without_their_text(tmp_path):
    rows = "D1,A,2024-01-01\nD2,A\nD3,A,2024-01-01,SECRETNAME\nD4,A,2024-01-01\n"
    workspace = load(small(tmp_path / "in", declarations=HEAD + rows), out=tmp_path / "w.arusha", pseudonyms="off")
    with workspace.connect() as connection:
        assert connection.execute("SELECT source_line, reason, value FROM set_aside ORDER BY 1").fetchall() == [
            (3, "unreadable-line", "2 cells where the header has 3"),
            (4, "unreadable-line", "4 cells where the header has 3"),
        ]
        assert connection.execute("SELECT declaration_id, source_line FROM declarations ORDER BY 1").fetchall() == [
            ("D1", 2),
            ("D4", 5),
        ]


def test_the_same_table_as_csv_and_parquet(tmp_path):
    source = small(tmp_path / "in")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM read_csv('{source}/declarations.csv')) TO '{source}/declarations.parquet'")
    assert "lies there twice" in refused(source, tmp_path).problem


def test_a_parquet_column_that_is_no_plain_value(tmp_path):
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    table = pa.table({"declaration_id": [["D1"]], "office": ["A"], "registered_at": ["2024-01-01"]})
    pq.write_table(table, source / "declarations.parquet")
    error = refused(source, tmp_path)
    assert "declaration_id is of the type VARCHAR[]" in error.problem


def test_an_identifier_that_became_a_floating_point_number(tmp_path):
    source = small(tmp_path / "in")
    (source / "declarations.csv").unlink()
    table = pa.table({"declaration_id": [1.0, 2.0], "office": ["A", "A"], "registered_at": ["2024-01-01"] * 2})
    pq.write_table(table, source / "declarations.parquet")
    error = refused(source, tmp_path)
    assert "declaration_id is of the type DOUBLE" in error.problem


def test_no_such_mapping(tmp_path):
    error = refused(small(tmp_path / "in"), tmp_path, mapping="asycuda-wrld")
    assert "asycuda-world" in error.remedy


def test_an_output_that_is_not_a_workspace(tmp_path):
    (tmp_path / "w.arusha").mkdir()
    (tmp_path / "w.arusha" / "thesis.txt").write_text("years of work")
    with pytest.raises(WorkspaceError, match="something else"):
        load(small(tmp_path / "in"), out=tmp_path / "w.arusha", pseudonyms="off")
    assert (tmp_path / "w.arusha" / "thesis.txt").read_text() == "years of work"


def test_a_name_without_the_ending(tmp_path):
    with pytest.raises(WorkspaceError, match="name ends with"):
        load(small(tmp_path / "in"), out=tmp_path / "w", pseudonyms="off")


def test_overwriting_can_be_forbidden(tmp_path):
    source = small(tmp_path / "in")
    load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    with pytest.raises(WorkspaceError, match="there already"):
        load(source, out=tmp_path / "w.arusha", pseudonyms="off", overwrite=False)


def test_a_failed_load_leaves_the_former_workspace(tmp_path):
    load(small(tmp_path / "in"), out=tmp_path / "w.arusha", pseudonyms="off")
    before = {p.name: p.read_bytes() for p in (tmp_path / "w.arusha").iterdir()}
    with pytest.raises(RecordsError):
        load(small(tmp_path / "bad", declarations=HEAD), out=tmp_path / "w.arusha", pseudonyms="off")
    assert {p.name: p.read_bytes() for p in (tmp_path / "w.arusha").iterdir()} == before
    assert [p.name for p in tmp_path.glob("w.arusha*")] == ["w.arusha"]


# A load that stops in the middle of its writing until it is told otherwise, or killed.
HALTED = """
import sys, time
from pathlib import Path
from arusha.records import load as loading
from arusha.errors import ArushaError
here = Path(sys.argv[1])

def tell(step, done, total):
    if step == "writing declarations":
        (here / "halted").touch()
        time.sleep(60)

loading.load(here / "in", out=here / "w.arusha", pseudonyms="off", progress=tell)
"""


def halted(tmp_path: Path, text: str = HALTED) -> subprocess.Popen[str]:
    script = tmp_path / "halted.py"
    script.write_text(text)
    process = subprocess.Popen([sys.executable, str(script), str(tmp_path)], stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if (tmp_path / "halted").exists():
            return process
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the load never came to its writing")


def test_kill_9_in_mid_load_leaves_the_former_workspace_and_the_next_load_cleans_up(tmp_path):
    first = load(small(tmp_path / "in"), out=tmp_path / "w.arusha", pseudonyms="off")
    small(tmp_path / "in", declarations=DECLARATIONS.replace("D1", "NEW"))
    process = halted(tmp_path)
    assert [p for p in tmp_path.iterdir() if ".tmp-" in p.name]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    opened = Workspace.open(tmp_path / "w.arusha")
    assert opened.manifest == first.manifest
    with opened.connect() as connection:
        assert connection.execute("SELECT min(declaration_id) FROM declarations").fetchall() == [("D1",)]
    assert not [p for p in tmp_path.iterdir() if ".tmp-" in p.name]
    load(tmp_path / "in", out=tmp_path / "w.arusha", pseudonyms="off")
    with Workspace.open(tmp_path / "w.arusha").connect() as connection:
        assert connection.execute("SELECT max(declaration_id) FROM declarations").fetchall() == [("NEW",)]


def test_ctrl_c_in_mid_load_cleans_up(tmp_path):
    small(tmp_path / "in")
    process = halted(tmp_path)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) != 0
    assert not list(tmp_path.glob("w.arusha*"))


BUSY = """
import sys
from pathlib import Path
from arusha.records.load import load
here = Path(sys.argv[1])

def tell(step, done, total):
    if step == "reading declarations.csv":
        (here / "halted").touch()

load(here / "in", out=here / "w.arusha", key_file=here / "k.key", progress=tell)
"""


@pytest.mark.parametrize("after", [0.02, 0.3, 0.6])
def test_ctrl_c_inside_a_query_is_not_lost(tmp_path, after):
    """DuckDB may make another error of it, in our functions even one that would be taken for a bad line."""
    rows = "".join(f"D{i:07},EX01,2024-01-01T00:{i % 60:02}:00Z,B{i}\n" for i in range(400_000))
    small(tmp_path / "in", declarations=HEAD.rstrip() + ",declarant_id\n" + rows)
    process = halted(tmp_path, BUSY)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "KeyboardInterrupt" in told
    assert not list(tmp_path.glob("w.arusha*"))


FULL = """
import resource, sys
from pathlib import Path
from arusha.errors import ArushaError
from arusha.records.load import load
here = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    load(here / "in", out=here / "w.arusha", pseudonyms="off")
except ArushaError as error:
    print(type(error).__name__, error)
    sys.exit(error.exit_code)
"""


def test_a_full_disk_is_named_and_nothing_is_left(tmp_path):
    """A limit on the size of files stands in for a disk that has no room."""
    rows = "".join(f"D{i:09},EX{i % 7:02},2024-01-01T00:{i % 60:02}:00Z\n" for i in range(60_000))
    small(tmp_path / "in", declarations=HEAD + rows)
    script = tmp_path / "full.py"
    script.write_text(FULL)
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("WorkspaceError")
    assert "the disk is full" in done.stdout
    assert "Free about twice the size" in done.stdout
    assert not list(tmp_path.glob("w.arusha*"))
