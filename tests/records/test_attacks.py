"""A source, a mapping or a workspace made by an enemy: names are names, values are values, and nothing else is read."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import duckdb
import pytest
from extract_files import DECLARATIONS, small
from raw_ids import raw_ids_in

from arusha.engine import open_session
from arusha.errors import ArushaError, RecordsError, WorkspaceError
from arusha.records.contract import CONTRACT
from arusha.records.load import load
from arusha.records.pseudonyms import Pseudonymiser
from arusha.records.workspace import Workspace

SQL = [
    "x'); DROP TABLE staging.aside; --",
    "x\"; ATTACH '/tmp/stolen.db'; --",
    "' OR '1'='1",
    "x\\'; SELECT * FROM read_text('/etc/passwd'); --",
    "$$ || (SELECT content FROM read_text('/etc/hostname')) || $$",
]
HEAD = "declaration_id,office,registered_at,declarant_id,officer_id\n"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def rows(workspace, query):
    with workspace.connect() as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
def test_sql_in_every_value_is_stored_as_it_is_written(tmp_path, pseudonyms):
    lines = [[text, text, "2024-01-01", text, text] for text in SQL] + [[text + "2", *[text] * 4] for text in SQL]
    offices = "office,name,zone\n" + "".join(f"{quoted(text)},x,UTC\n" for text in SQL)
    source = small(
        tmp_path / "in",
        declarations=HEAD + "".join(",".join(map(quoted, line)) + "\n" for line in lines),
        offices=offices,
    )
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms=pseudonyms, key_file=tmp_path / "k.key")
    stored = rows(workspace, "SELECT declaration_id, office::VARCHAR, officer_id::VARCHAR FROM declarations")
    assert sorted(row[:2] for row in stored) == sorted((text, text) for text in SQL)
    assert {row[2] for row in stored} & set(SQL) == (set() if pseudonyms == "on" else set(SQL))
    assert rows(workspace, "SELECT DISTINCT reason FROM set_aside") == [("unreadable-time",)]


@pytest.mark.parametrize("text", SQL)
def test_sql_in_the_names_of_columns_is_a_name(tmp_path, text):
    head = HEAD.rstrip() + "," + quoted(text) + "\n"
    source = small(tmp_path / "in", declarations=head + "D1,A,2024-01-01,B1,O1,seen\n")
    (tmp_path / "o.yaml").write_text(
        "sources: {declarations: {columns: {NAME: {}}}}\ntables: {declarations: {columns: {status: NAME}}}\n".replace(
            "NAME", json.dumps(text)
        )
    )
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=tmp_path / "o.yaml")
    assert rows(workspace, "SELECT status::VARCHAR FROM declarations") == [("seen",)]


EXPRESSIONS = [
    "{constant: %s}",
    "{concat: [office, office], with: %s}",
    "{before: %s, of: office}",
    "{lookup: office, values: {%s: %s}, others: keep}",
    "{flags: {%s: office}, set: [%s]}",
    "{when: {office: %s}, then: office, else: {constant: %s}}",
    "{when: {office: {starts_with: %s}}, then: office}",
    "{row: %s}",
    "{value: office, from: declarations, on: {office: office}, where: {office: {not_in: [%s]}}}",
    "{worst: office, order: [%s], from: declarations, on: {office: office}}",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_sql_in_an_expression_is_a_text(tmp_path, expression):
    """Computed or refused, but never run: the load stores what it stores without it."""
    source = small(tmp_path / "in", declarations=HEAD + "D1,A,2024-01-01,B1,O1\n")
    said = expression.replace("%s", json.dumps(" ".join(SQL)))
    (tmp_path / "o.yaml").write_text(f"tables: {{declarations: {{columns: {{status: {said}}}}}}}\n")
    workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=tmp_path / "o.yaml")
    ((number, status),) = rows(workspace, "SELECT declaration_id, status::VARCHAR FROM declarations")
    assert number == "D1"
    assert "root:" not in str(status)
    assert not Path("/tmp/stolen.db").exists()


@pytest.mark.parametrize(
    "override",
    [
        'reading: {time_format: "%Y%m%d\'); DROP TABLE x; --"}',
        'reading: {thousands: "\'; DROP TABLE x; --", decimal_comma: true}',
        'reading: {empty: ["\'); DROP TABLE x; --"]}',
        'reading: {delimiter: "\'"}',
        'zone: "UTC\'; DROP TABLE x; --"',
        "zone: ../../etc/passwd",
        'reading: {encoding: "utf-8\'; --"}',
        "sources: {declarations: {files: [../../../etc/passwd]}}",
        "sources: {declarations: {files: ['*']}}",
        "sources: {declarations: {columns: {source_line: {}}}}",
        "sources: {declarations: {columns: {OFFICE: {}}}}",
        "sources: {declarations: [1, 2]}",
        "sources: {declarations: {columns: [office]}}",
        "sources: [declarations]",
        "tables: {declarations: {columns: {status: {pad: 1000000000, of: office}}}}",
        "tables: {declarations: {columns: {status: {pad: many, of: office}}}}",
        "tables: {declarations: {columns: {status: {join: office, widths: 4}}}}",
        "tables: {declarations: {columns: {status: {lookup: office, values: [a]}}}}",
        "tables: {declarations: {columns: {status: {value: office, from: declarations}}}}",
        'tables: {declarations: {columns: {status: {scale: "0); DROP TABLE x; --", of: office}}}}',
        "tables: {declarations: {columns: {status: {when: office, then: office}}}}",
        "tables: {declarations: {set_aside: [{where: {office: A}}]}}",
        "tables: {declarations: {each: 5}}",
        "version: new",
        "a: &a [*a]",
        "sources: &a {declarations: *a}",
    ],
)
def test_a_mapping_of_an_enemy_is_refused_or_harmless(tmp_path, override):
    source = small(tmp_path / "in", declarations=HEAD + "D1,A,2024-01-01,B1,O1\n")
    (tmp_path / "o.yaml").write_text(override)
    with contextlib.suppress(ArushaError):  # whatever else it raises is a fault
        workspace = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=tmp_path / "o.yaml")
        tables = {t for (t,) in rows(workspace, "SELECT DISTINCT table_name FROM duckdb_tables()")}
        assert tables - {"set_aside", "set_aside_rates", "repairs"} <= set(CONTRACT.tables)
        return
    assert not list(tmp_path.glob("w.arusha*"))


# Links


@pytest.mark.parametrize("what", ["file", "folder", "nothing"])
def test_a_link_out_of_the_source_is_refused(tmp_path, what):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "events.csv").write_text("event_id,occurred_at,user_id,action\nE1,2024-01-01,KA0417,view\n")
    source = small(tmp_path / "in")
    if what == "folder":
        os.symlink(secret, source / "more")
    else:
        os.symlink(secret / ("events.csv" if what == "file" else "gone.csv"), source / "events.csv")
    with pytest.raises(RecordsError, match="the link leads to") as told:
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert told.value.where in ("events.csv", "more")
    assert not list(tmp_path.glob("w.arusha*"))


def test_a_link_within_the_source_and_a_link_to_the_source_are_followed(tmp_path):
    source = small(tmp_path / "in")
    (source / "2024").mkdir()
    (source / "2024" / "a.csv").write_text(DECLARATIONS)
    (source / "declarations.csv").unlink()
    os.symlink(source / "2024" / "a.csv", source / "declarations.csv")
    os.symlink(source, tmp_path / "link")
    workspace = load(tmp_path / "link", out=tmp_path / "w.arusha", pseudonyms="off")
    assert rows(workspace, "SELECT count(*) FROM declarations") == [(3,)]


# Workspaces


@pytest.fixture
def path(tmp_path):
    return load(small(tmp_path / "in"), out=tmp_path / "w.arusha", pseudonyms="off").path


@pytest.mark.parametrize(
    "made",
    [
        "CREATE VIEW events AS SELECT content AS action FROM read_text('/etc/hostname')",
        "CREATE MACRO sum(x) AS 0",
        "CREATE MACRO stolen() AS TABLE SELECT * FROM read_text('/etc/hostname')",
    ],
)
def test_a_workspace_that_would_read_other_files_is_not_opened(path, made):
    with duckdb.connect(str(path / "records.duckdb")) as connection:
        connection.execute(made)
    workspace = Workspace.open(path)
    with pytest.raises(WorkspaceError, match="no load wrote"):
        workspace.connect()
    with pytest.raises(WorkspaceError, match="no load wrote"):
        open_session(workspace)


@pytest.mark.parametrize(
    "entry",
    [
        {"tables": []},
        {"tables": None},
        {"tables": {"declarations": None}},
        {"tables": {"declarations": {"present": "office"}}},
        {"tables": {"declarations": {"present": [1]}}},
        {"sources": {}},
        {"sources": ["declarations.csv"]},
        {"sources": [{"path": 5}]},
        {"format": "1; DROP TABLE x"},
    ],
)
def test_a_manifest_of_another_form_is_named_and_not_tripped_over(path, entry):
    manifest = json.loads((path / "manifest.json").read_text())
    (path / "manifest.json").write_text(json.dumps({**manifest, **entry}))
    with pytest.raises(WorkspaceError, match=r"manifest\.json (is damaged|was edited)"):
        Workspace.open(path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "x'; DROP TABLE declarations; --", "declarations; --"])
def test_tables_that_only_a_manifest_names_are_nowhere(path, name):
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["tables"][name] = manifest["tables"]["declarations"]
    manifest["sources"][0]["path"] = name
    (path / "manifest.json").write_text(json.dumps(manifest))
    with open_session(Workspace.open(path)) as session:
        assert not session.has(name)
        assert session.has("declarations", "office")


# Pseudonyms


def test_who_has_no_key_cannot_test_a_guess(tmp_path):
    """With a plain hash, all codes of an administration are tried in a second; the token is none of any of these."""
    import hashlib

    text = HEAD + "D1,A,2024-01-01,B1,KA0417\n"
    workspace = load(small(tmp_path / "in", declarations=text), out=tmp_path / "w.arusha", key_file=tmp_path / "k.key")
    ((token,),) = rows(workspace, "SELECT officer_id::VARCHAR FROM declarations")
    guesses = {
        Pseudonymiser(hashlib.sha256(salt).digest()).token("officer", "KA0417")
        for salt in (b"", b"arusha", workspace.manifest["pseudonyms"]["key_id"].encode(), bytes(32))
    }
    guesses.add(Pseudonymiser(bytes(32)).token("officer", "KA0417"))
    assert token not in guesses
    other = load(small(tmp_path / "in2", declarations=text), out=tmp_path / "v.arusha", key_file=tmp_path / "other.key")
    assert rows(other, "SELECT officer_id::VARCHAR FROM declarations") != [(token,)]
    assert raw_ids_in(workspace.path, {"KA0417"}) == set()
