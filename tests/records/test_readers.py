"""Finding files, looking at their bytes and reading their lines."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from extract_files import DECLARATIONS, OFFICES, small, write

from arusha.errors import RecordsError
from arusha.records.files import SourceFile, find_files
from arusha.records.load import load
from arusha.records.progress import Pace
from arusha.records.scan import scan

TABLES = {"events": ("events",), "assignments": ("assignments",), "rules": ("assignment_rules",)}
QUIET = Pace(None, None)


def found(folder: Path, *names: str) -> dict[str, str]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a\n")
    result = find_files(folder, TABLES)
    return {f.relative: f.table for f in result.files} | dict.fromkeys(result.unclaimed, "")


def test_files_folders_and_numbered_parts_belong_to_their_table(tmp_path):
    assert found(
        tmp_path,
        "events.csv",
        "EVENTS-002.csv.gz",
        "events_2024.parquet",
        "events/day=1/x.parquet",
        "assignment_rules.csv",
        "events_old.csv",
        "notes.txt",
        "book.xlsx",
        "readme.md",
        ".hidden/events.csv",
        "w.arusha/events.csv",
    ) == {
        "events.csv": "events",
        "EVENTS-002.csv.gz": "events",
        "events_2024.parquet": "events",
        "events/day=1/x.parquet": "events",
        "assignment_rules.csv": "rules",
        "events_old.csv": "",
        "notes.txt": "",
        "book.xlsx": "",
    }


def test_one_file_is_a_source_too(tmp_path):
    write(tmp_path, events="a\n")
    assert [f.relative for f in find_files(tmp_path / "events.csv", TABLES).files] == ["events.csv"]


def test_a_file_that_two_tables_claim_is_refused(tmp_path):
    write(tmp_path, x1="a\n")
    with pytest.raises(RecordsError, match="any of the tables a, b"):
        find_files(tmp_path, {"a": ("x*",), "b": ("?1",)})


def look(tmp_path: Path, content: bytes, declared: tuple[str, ...] = (), compression: str = ""):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    return scan(SourceFile(path, "t.csv", "t", "csv", compression), declared, "", QUIET)


@pytest.mark.parametrize(
    ("content", "encodings", "how"),
    [
        (b"a,b\n1,2\n", ("utf-8",), "recognised"),
        (b"\xef\xbb\xbfa,b\n1,2\n", ("utf-8",), "recognised"),
        ("a,b\n1,été à l'entrepôt\n".encode(), ("utf-8",), "recognised"),
        ("a,b\n1,ميناء دبي\n".encode(), ("utf-8",), "recognised"),
        ("a,b\n1,été à l'entrepôt\n".encode("cp1252"), ("cp1252",), "presumed"),
        ("a,b\n1,ميناء جبل علي\n".encode("cp1256"), ("cp1256",), "presumed"),
        ("a,b\n1,été\n".encode("utf-16"), ("utf-16",), "recognised"),
    ],
)
def test_encodings_are_told_from_the_bytes(tmp_path, content, encodings, how):
    looked = look(tmp_path, content)
    assert (looked.encodings, looked.how) == (encodings, how)
    assert looked.header == ("a", "b")


@pytest.mark.parametrize(
    ("content", "lines", "blank", "plain"),
    [
        (b"a,b\n1,2\n", 2, 0, True),
        (b"a,b\n1,2", 2, 0, True),
        (b"a,b\r\n1,2\r\n", 2, 0, True),
        (b"a,b\r1,2\r", 2, 0, True),
        (b"a,b\r\n1,2\n", 2, 0, False),
        (b"a,b\n\n1,2\n\n", 4, 2, False),
        (b"a,b\r\n\r\n1,2\r\n", 3, 1, False),
        (b"\na,b\n", 2, 1, False),
    ],
)
def test_lines_are_counted_as_a_person_counts(tmp_path, content, lines, blank, plain):
    if content.startswith(b"\n"):
        with pytest.raises(RecordsError, match="no column names"):
            look(tmp_path, content)
        return
    looked = look(tmp_path, content)
    assert (looked.lines, looked.blank, looked.plain) == (lines, blank, plain)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_read_off_the_header(tmp_path, sign):
    looked = look(tmp_path, f"a{sign}b c{sign}d\n1{sign}2{sign}3\n".encode())
    assert (looked.delimiter, looked.header) == (sign, ("a", "b c", "d"))


def test_the_digest_is_of_the_compressed_bytes(tmp_path):
    import hashlib

    content = gzip.compress(b"a,b\n1,2\n")
    assert look(tmp_path, content, compression="gzip").sha256 == hashlib.sha256(content).hexdigest()


def rows(workspace, query):
    with workspace.connect() as connection:
        return connection.execute(query).fetchall()


AWKWARD = {
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r").encode(),
    "mixed line ends": lambda text: text.replace("\n", "\r\n", 2).encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "a mark at the beginning": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "all cells quoted": lambda text: "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n" for line in text.splitlines()
    ).encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "a blank line at the end": lambda text: (text + "\n").encode(),
}


@pytest.mark.parametrize("how", AWKWARD)
def test_however_it_is_written_the_rows_are_the_same(tmp_path, how):
    source = small(tmp_path / "in", declarations=AWKWARD[how](DECLARATIONS), offices=AWKWARD[how](OFFICES))
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT declaration_id, source_line, officer_id FROM declarations ORDER BY 1") == [
        ("D1", 2, None),
        ("D2", 3, "O1"),
        ("D3", 4, "O2"),
    ]
    assert rows(workspace, "SELECT name FROM offices ORDER BY 1") == [("Inland depot",), ("Port of Exam",)]


def test_quotes_inside_cells(tmp_path):
    offices = 'office,name,zone\nEX01,"The ""Old"" port, west",UTC\nEX02,5" pipe terminal,UTC\nEX03,"",UTC\n'
    workspace = load(small(tmp_path / "in", offices=offices), out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT name FROM offices ORDER BY office") == [
        ('The "Old" port, west',),
        ('5" pipe terminal',),
        (None,),
    ]


def test_blanks_around_an_identifier_are_kept_unless_the_mapping_trims(tmp_path):
    source = small(tmp_path / "in", offices="office,name,zone\nEX01 ,x,UTC\n")
    kept = load(source, out=tmp_path / "a.arusha", pseudonyms="off")
    assert rows(kept, "SELECT office::VARCHAR FROM offices") == [("EX01 ",)]
    (tmp_path / "o.yaml").write_text("reading: {trim: true}\n")
    cut = load(source, out=tmp_path / "b.arusha", pseudonyms="off", override=tmp_path / "o.yaml")
    assert rows(cut, "SELECT office::VARCHAR FROM offices") == [("EX01",)]


def test_arabic_names_in_windows_1256(tmp_path):
    offices = "office,name,zone\nEX01,ميناء المدينة,UTC\n"
    source = small(tmp_path / "in", offices=offices.encode("cp1256"))
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT name FROM offices") == [("ميناء المدينة",)]


def test_files_of_one_table_may_have_different_columns(tmp_path):
    head, *lines = DECLARATIONS.splitlines()
    short = "\n".join(",".join(line.split(",")[:3]) for line in (head, lines[0])) + "\n"
    source = write(tmp_path / "in" / "declarations", one=short, two="\n".join([head, *lines[1:]]) + "\n")
    workspace = load(source.parent, out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT declaration_id, declarant_id FROM declarations ORDER BY 1") == [
        ("D1", None),
        ("D2", "B1"),
        ("D3", "B2"),
    ]


def test_a_presumed_encoding_is_told(tmp_path):
    source = small(tmp_path / "in", offices="office,name,zone\nEX01,Entrepôt,UTC\n".encode("cp1252"))
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert "offices.csv is presumed to be cp1252" in workspace.manifest["warnings"][0]
