"""The search for identifiers finds them where they hide."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from raw_ids import CHUNK, raw_ids_in

from arusha.records.pseudonyms import Pseudonymiser, make_key_holders, write_sealed

OFFICERS = [f"OFFICER-{n:05d}" for n in range(2000)]


def test_an_identifier_is_found_in_bytes_names_and_across_chunks(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"x": "KA-04170"}', encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("KA-04171".encode("utf-16-le"))
    (tmp_path / "KA-04172.csv").write_bytes(b"")
    (tmp_path / "big.bin").write_bytes(bytes(CHUNK - 3) + b"KA-04173" + bytes(10))
    wanted = [f"KA-0417{n}" for n in range(5)]
    assert raw_ids_in(tmp_path, wanted) == {
        ("a.json", "KA-04170"),
        ("b.txt", "KA-04171"),
        ("KA-04172.csv", "KA-04172"),
        ("big.bin", "KA-04173"),
    }


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_an_identifier_is_found_where_a_database_compresses_it(tmp_path: Path, kind: str) -> None:
    with duckdb.connect(str(tmp_path / "records.duckdb") if kind == "duckdb" else ":memory:") as connection:
        connection.execute(
            "CREATE TABLE events AS "
            "SELECT 'by OFFICER-' || lpad(CAST(range % 2000 AS VARCHAR), 5, '0') AS who FROM range(20000)"
        )
        if kind == "parquet":
            connection.execute(f"COPY events TO '{tmp_path / 'events.parquet'}' (COMPRESSION zstd)")
    assert {identifier for _, identifier in raw_ids_in(tmp_path, OFFICERS)} == set(OFFICERS)


def test_tokens_and_a_sealed_mapping_hold_no_identifier(tmp_path: Path) -> None:
    holders = make_key_holders(tmp_path / "keys", ["Personnel", "Audit", "Registrar"])
    maker = Pseudonymiser(bytes(32))
    tokens = maker.tokens("officer", OFFICERS)
    out = tmp_path / "out"
    out.mkdir()
    with duckdb.connect(str(out / "records.duckdb")) as connection:
        connection.execute("CREATE TABLE officers (officer_id VARCHAR)")
        connection.execute("INSERT INTO officers SELECT unnest(?)", [tokens])
    write_sealed(out / "port.sealed", maker.mapping(), holders.public_key)
    assert raw_ids_in(out, OFFICERS) == set()
    assert raw_ids_in(out, [str(tokens[0])]) == {("records.duckdb", str(tokens[0]))}


def test_identifiers_too_short_to_be_told_from_chance_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="417"):
        raw_ids_in(tmp_path, ["417"])
