from __future__ import annotations

import gzip
import hashlib
import json
import threading
import zlib
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from extract_files import DECLARATIONS, small, write

from arusha.errors import ArushaError
from arusha.records.load import load
from arusha.records.progress import CancelledError
from arusha.records.pseudonyms import make_key_holders, unmask


def rows(workspace, query):
    with workspace.connect() as connection:
        return connection.execute(query).fetchall()


def plain(source: Path, tmp_path: Path, **options):
    return load(source, out=tmp_path / "w.arusha", pseudonyms="off", **options)


def test_a_csv_folder_becomes_typed_tables_with_their_source_lines(tmp_path):
    workspace = plain(small(tmp_path / "in"), tmp_path)
    assert rows(workspace, "SELECT declaration_id, declared_value, source_line FROM declarations ORDER BY 1") == [
        ("D1", Decimal("100.500"), 2),
        ("D2", Decimal("200.250"), 3),
        ("D3", Decimal("0.001"), 4),
    ]
    assert workspace.manifest["tables"]["declarations"]["sums"] == {"declared_value": "300.751"}


def test_lanes_are_an_enum_in_their_order_and_offices_share_one(tmp_path):
    workspace = plain(small(tmp_path / "in"), tmp_path)
    with workspace.connect() as connection:
        types = dict(
            connection.execute(
                "SELECT table_name || '.' || column_name, data_type FROM duckdb_columns() WHERE data_type LIKE 'ENUM%'"
            ).fetchall()
        )
    assert types["declarations.lane_final"] == "ENUM('green', 'blue', 'yellow', 'red')"
    assert types["declarations.office"] == types["offices.office"] == "ENUM('EX01', 'EX02')"
    assert workspace.schema["declarations"]["lane_final"] == "VARCHAR"


def test_day_and_hour_are_the_offices_own(tmp_path):
    workspace = plain(small(tmp_path / "in"), tmp_path)
    # 20:00 UTC is five in the morning of the next day in Seoul; 03:00 UTC is ten in the evening before in New York.
    assert rows(
        workspace,
        "SELECT declaration_id, registered_at::VARCHAR, registered_on::VARCHAR, registered_hour FROM declarations "
        "ORDER BY 1",
    ) == [
        ("D1", "2024-01-01 20:00:00", "2024-01-02", 5),
        ("D2", "2024-01-02 03:00:00", "2024-01-02", 12),
        ("D3", "2024-03-01 03:00:00", "2024-02-29", 22),
    ]


def test_every_table_bears_the_number_of_its_declaration(tmp_path):
    events = "event_id,occurred_at,declaration_id\nE1,2024-01-01T10:00:00Z,D3\nE2,2024-01-01T11:00:00Z,\n"
    # The last one is set aside: its time cannot be read. It takes no number.
    declarations = DECLARATIONS + "D0,EX01,soon,B1,green,green,O1,1.0\n"
    workspace = plain(small(tmp_path / "in", declarations=declarations, events=events), tmp_path)
    assert rows(workspace, "SELECT declaration_id, declaration_no FROM declarations ORDER BY 2") == [
        ("D1", 1),
        ("D2", 2),
        ("D3", 3),
    ]
    assert rows(workspace, "SELECT event_id, declaration_no FROM events ORDER BY 1") == [("E1", 3), ("E2", None)]
    assert all("declaration_no" in workspace.present[table] for table in ("declarations", "events"))


def test_a_date_alone_keeps_its_day_and_has_no_hour(tmp_path):
    declarations = "declaration_id,office,registered_at\nD1,EX01,2024-01-02\nD2,EX02,2024-01-02\n"
    workspace = plain(small(tmp_path / "in", declarations=declarations), tmp_path)
    assert rows(
        workspace,
        "SELECT registered_at::VARCHAR, registered_on::VARCHAR, registered_hour FROM declarations "
        "ORDER BY declaration_id",
    ) == [("2024-01-01 15:00:00", "2024-01-02", None), ("2024-01-02 05:00:00", "2024-01-02", None)]
    assert workspace.manifest["tables"]["declarations"]["day_only"] == {"registered_at": 2}


def test_offices_without_a_zone_are_taken_as_utc_and_said_so(tmp_path):
    workspace = plain(write(tmp_path / "in", declarations=DECLARATIONS), tmp_path)
    assert workspace.manifest["zones"] == {"default": "UTC", "offices": {"EX01": "UTC", "EX02": "UTC"}}
    assert rows(workspace, "SELECT registered_hour FROM declarations WHERE declaration_id = 'D1'") == [(20,)]
    assert any("UTC" in w for w in workspace.manifest["warnings"])


def test_rows_in_are_rows_accepted_and_rows_set_aside(tmp_path):
    events = (
        "event_id,occurred_at,action\nE1,2024-01-01T00:00:00Z,view\nE2,31/12/2024,view\n,2024-01-01T00:00:00Z,view\n"
    )
    workspace = plain(small(tmp_path / "in", events=events), tmp_path)
    (entry,) = [s for s in workspace.manifest["sources"] if s["table"] == "events"]
    assert (entry["rows"], entry["accepted"], entry["set_aside"]) == (3, 1, 2)
    assert rows(workspace, "SELECT source_line, reason FROM set_aside ORDER BY 1") == [
        (3, "two-time-formats"),
        (4, "missing-key"),
    ]


def test_absent_optional_columns_are_null_and_not_present(tmp_path):
    workspace = plain(small(tmp_path / "in"), tmp_path)
    assert "section" in workspace.schema["declarations"]
    assert "section" not in workspace.present["declarations"]
    assert {"declaration_id", "registered_on", "registered_hour"} <= workspace.present["declarations"]
    assert "assignments" not in workspace.schema
    assert "assignments" in workspace.manifest["absent"]


def test_a_column_that_is_empty_throughout_is_not_present_unless_empty_means_something(tmp_path):
    postings = "officer_id,office,role,from_date,to_date\nO1,EX01,,2024-01-01,\n"
    workspace = plain(small(tmp_path / "in", postings=postings), tmp_path)
    assert "role" not in workspace.present["postings"]
    assert "to_date" in workspace.present["postings"]  # empty: the posting still holds


def test_unknown_columns_are_listed_and_not_stored(tmp_path):
    declarations = "declaration_id,office,registered_at,colour of stamp\nD1,EX01,2024-01-02,blue\n"
    workspace = plain(small(tmp_path / "in", declarations=declarations), tmp_path)
    (entry,) = [s for s in workspace.manifest["sources"] if s["table"] == "declarations"]
    assert entry["columns_not_read"] == ["colour of stamp"]
    assert "colour of stamp" not in workspace.schema["declarations"]


def test_gzip_and_zstd_and_parts_are_one_table(tmp_path):
    folder = tmp_path / "in"
    head, *lines = DECLARATIONS.splitlines(keepends=True)
    write(folder / "declarations", part_1__csv=head + lines[0])
    (folder / "declarations" / "part_2.csv.gz").write_bytes(gzip.compress((head + lines[1]).encode()))
    packed = pa.compress((head + lines[2]).encode(), codec="zstd", asbytes=True)
    (folder / "declarations" / "part_3.csv.zst").write_bytes(packed)
    workspace = plain(folder, tmp_path)
    assert [(s["path"], s["rows"]) for s in workspace.manifest["sources"]] == [
        ("declarations/part_1.csv", 1),
        ("declarations/part_2.csv.gz", 1),
        ("declarations/part_3.csv.zst", 1),
    ]
    assert rows(workspace, "SELECT declaration_id, source_file, source_line FROM declarations ORDER BY 1") == [
        ("D1", 0, 2),
        ("D2", 1, 2),
        ("D3", 2, 2),
    ]


def test_parquet_loads_to_the_same_rows_as_csv(tmp_path):
    from_csv = plain(small(tmp_path / "csv"), tmp_path)
    folder = tmp_path / "parquet"
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Tokyo'")
        for table, times in (
            ("offices", ""),
            ("declarations", "registered_at: 'TIMESTAMPTZ', declared_value: 'DOUBLE'"),
        ):
            connection.execute(
                f"COPY (SELECT * FROM read_csv('{tmp_path}/csv/{table}.csv', types = {{{times}}})) "
                f"TO '{folder}/{table}.parquet'"
                if times
                else f"COPY (SELECT * FROM read_csv('{tmp_path}/csv/{table}.csv')) TO '{folder}/{table}.parquet'"
            )
    other = load(folder, out=tmp_path / "p.arusha", pseudonyms="off")
    query = "SELECT * EXCLUDE (source_file, source_line) FROM declarations ORDER BY declaration_id"
    assert rows(other, query) == rows(from_csv, query)
    assert rows(other, "SELECT source_line FROM declarations ORDER BY declaration_id") == [(1,), (2,), (3,)]


def test_cells_that_span_lines_keep_the_line_on_which_they_begin(tmp_path):
    events = (
        "event_id,occurred_at,action,reason\n"
        'E1,2024-01-01T00:00:00Z,view,"one\ntwo\nthree"\n'
        "E2,2024-01-01T00:00:00Z,view,none\n"
        "\n"
        "E3,2024-01-01T00:00:00Z,view,none\n"
    )
    workspace = plain(small(tmp_path / "in", events=events), tmp_path)
    assert rows(workspace, "SELECT event_id, source_line, reason FROM events ORDER BY 1") == [
        ("E1", 2, "one\ntwo\nthree"),
        ("E2", 5, "none"),
        ("E3", 7, "none"),
    ]


def test_persons_are_tokens_in_every_table_and_in_what_is_set_aside(tmp_path):
    events = (
        "event_id,occurred_at,user_id,action,declaration_id,old_value,new_value,reason\n"
        "E1,2024-01-01T00:00:00Z,CHIEF9,reassign,D2,O1,O777,O1 is away\n"
        "E2,no time,CHIEF9,reassign,D2,O1,O777,because\n"
        "E3,2024-01-01T00:00:00Z,system,view,D2,,,because\n"
    )
    duties = (
        "officer_id,kind,from_date,detail\nO1,acting for,2024-01-01,O2\nO2,specialist desk,2024-01-01,declarant: B1\n"
    )
    source = small(tmp_path / "in", events=events, duties=duties)
    key = tmp_path / "keys" / "k.key"
    workspace = load(source, out=tmp_path / "w.arusha", key_file=key)
    (officer,) = rows(workspace, "SELECT officer_id FROM declarations WHERE declaration_id = 'D2'")[0]
    assert officer.startswith("P-")
    assert rows(workspace, "SELECT old_value, reason FROM events WHERE event_id = 'E1'") == [
        (officer, f"{officer} is away")
    ]
    (other,) = rows(workspace, "SELECT officer_id FROM declarations WHERE declaration_id = 'D3'")[0]
    (broker,) = rows(workspace, "SELECT declarant_id FROM declarations WHERE declaration_id = 'D1'")[0]
    assert rows(workspace, "SELECT detail FROM duties ORDER BY source_line") == [(other,), (f"declarant: {broker}",)]
    assert rows(workspace, "SELECT user_id FROM events WHERE event_id = 'E3'") == [("system",)]
    ((raw, person),) = rows(workspace, "SELECT raw, person FROM set_aside")
    assert json.loads(raw)["user_id"] == person
    stored = (workspace.path / "records.duckdb").read_bytes() + (workspace.path / "manifest.json").read_bytes()
    for name in (b"CHIEF9", b"O777"):
        assert name not in stored
    assert workspace.manifest["pseudonyms"]["state"] == "on"
    secret = key.read_text().splitlines()[3]
    assert secret not in json.dumps(workspace.manifest)


def test_the_same_key_gives_the_same_tokens(tmp_path):
    source = small(tmp_path / "in")
    query = "SELECT officer_id, declarant_id FROM declarations ORDER BY declaration_id"
    one = load(source, out=tmp_path / "a.arusha", key_file=tmp_path / "k.key")
    two = load(source, out=tmp_path / "b.arusha", key_file=tmp_path / "k.key")
    assert rows(one, query) == rows(two, query)
    assert any("new key" in w for w in one.manifest["warnings"])
    assert not any("new key" in w for w in two.manifest["warnings"])


def test_the_manifest_names_every_file_by_its_digest(tmp_path):
    source = small(tmp_path / "in")
    workspace = plain(source, tmp_path)
    for entry in workspace.manifest["sources"]:
        content = (source / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["bytes"] == len(content)


def test_parquet_is_hashed_too(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    table = pa.table({"declaration_id": ["D1"], "office": ["A"], "registered_at": ["2024-01-01"]})
    pq.write_table(table, folder / "declarations.parquet")
    workspace = plain(folder, tmp_path)
    (entry,) = workspace.manifest["sources"]
    assert entry["sha256"] == hashlib.sha256((folder / "declarations.parquet").read_bytes()).hexdigest()


def test_set_aside_rates_by_office_and_person(tmp_path):
    declarations = (
        "declaration_id,office,registered_at,officer_id\n"
        "D1,EX01,2024-01-01,O1\nD2,EX01,no day,O1\nD3,EX02,2024-01-01,O2\nD4,EX02,2024-01-01,O1\n"
    )
    workspace = plain(small(tmp_path / "in", declarations=declarations), tmp_path)
    assert rows(workspace, "SELECT by_what, name, rows, set_aside FROM set_aside_rates ORDER BY ALL") == [
        ("office", "EX01", 2, 1),
        ("office", "EX02", 2, 0),
        ("person", "O1", 3, 1),
        ("person", "O2", 1, 0),
    ]


def test_progress_is_told_and_can_stop(tmp_path):
    told = []
    plain(small(tmp_path / "in"), tmp_path, progress=lambda step, done, total: told.append(step))
    assert any(step.startswith("reading declarations.csv") for step in told)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        load(tmp_path / "in", out=tmp_path / "c.arusha", pseudonyms="off", cancel=cancel)
    assert not (tmp_path / "c.arusha").exists()
    assert not list(tmp_path.glob("c.arusha*"))


def test_an_event_without_a_declaration_is_in_the_zone_of_its_users_only_post(tmp_path):
    events = (
        "event_id,occurred_at,user_id,action,declaration_id\n"
        "E1,2024-01-01T20:00:00Z,U1,login,\n"  # posted to Seoul only
        "E2,2024-01-01T20:00:00Z,U2,login,\n"  # posted to both zones
        "E3,2024-01-01T20:00:00Z,U1,view,D3\n"  # a declaration of New York
    )
    postings = (
        "officer_id,office,from_date\nU1,EX01,2023-01-01\nU1,EX01,2024-01-01\nU2,EX01,2023-01-01\nU2,EX02,2024-01-01\n"
    )
    workspace = plain(small(tmp_path / "in", events=events, postings=postings), tmp_path)
    assert rows(workspace, "SELECT event_id, occurred_on::VARCHAR, occurred_hour FROM events ORDER BY 1") == [
        ("E1", "2024-01-02", 5),
        ("E2", "2024-01-01", 20),
        ("E3", "2024-01-01", 15),
    ]


def test_set_aside_rates_are_in_the_manifest_by_name_and_never_by_size(tmp_path):
    declarations = "declaration_id,office,registered_at,officer_id\n" + "".join(
        f"D{i},EX01,{'no day' if i in (1, 5, 7) else '2024-01-01'},O{i % 3}\n" for i in range(9)
    )
    workspace = plain(small(tmp_path / "in", declarations=declarations), tmp_path)
    assert workspace.manifest["set_aside_rates"] == {
        "office": [{"table": "declarations", "name": "EX01", "rows": 9, "set_aside": 3}],
        "person": [
            {"table": "declarations", "name": "O1", "rows": 3, "set_aside": 2},
            {"table": "declarations", "name": "O2", "rows": 3, "set_aside": 1},
        ],
    }


def test_a_key_is_made_only_for_a_load_that_can_begin(tmp_path):
    with pytest.raises(ArushaError):
        load(small(tmp_path / "in"), out=tmp_path / "not-a-workspace")
    assert not list(tmp_path.glob("*.key"))


def test_cancelling_in_the_middle_of_a_query_stops_it(tmp_path):
    """The event is set while DuckDB runs: the query itself must be interrupted."""
    rows_ = "".join(f"D{i:07},EX01,2024-01-01T00:{i % 60:02}:00Z\n" for i in range(300_000))
    source = small(tmp_path / "in", declarations="declaration_id,office,registered_at\n" + rows_)
    cancel = threading.Event()

    def tell(step, done, total):
        if step == "reading declarations.csv":
            threading.Timer(0.05, cancel.set).start()

    with pytest.raises(CancelledError):
        load(source, out=tmp_path / "w.arusha", pseudonyms="off", cancel=cancel, progress=tell)
    assert not list(tmp_path.glob("w.arusha*"))


def unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return b""


def test_whom_the_tokens_stand_for_is_sealed_beside_the_workspace(tmp_path):
    holders = make_key_holders(tmp_path / "keys", ["Audit", "Court", "Ombud"])
    workspace = load(
        small(tmp_path / "in"),
        out=tmp_path / "w.arusha",
        key_file=tmp_path / "k.key",
        seal_to=holders.public_path,
    )
    assert workspace.manifest["pseudonyms"]["sealed"] is True
    assert workspace.manifest["warnings"][-1].startswith("A new key")
    assert sorted(p.name for p in workspace.path.iterdir()) == ["history.jsonl", "manifest.json", "records.duckdb"]
    sealed = tmp_path / "w.sealed"
    data = sealed.read_bytes()
    # The mapping is packed before it is sealed: it must not be read by unpacking either. (Two letters alone may
    # stand in any cipher text by chance; the four with their quotes practically never do.)
    assert not any(b'"O1"' in piece for at in range(len(data)) for piece in (data[at : at + 4], unpacked(data[at:])))
    ((token,),) = rows(workspace, "SELECT officer_id FROM declarations WHERE declaration_id = 'D2'")
    assert unmask(sealed, *holders.share_paths[:2], [token]) == {token: "O1"}
