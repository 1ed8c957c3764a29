"""A load from end to end: persons come in, and no byte of the workspace names one; two key holders can still tell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from raw_ids import raw_ids_in

from arusha.records.contract import CONTRACT
from arusha.records.inspect import inspect
from arusha.records.load import load
from arusha.records.pseudonyms import make_key_holders, unmask
from arusha.records.workspace import Workspace

OFFICERS = [f"AGENT-{n:04d}" for n in range(5)]
BROKERS = [f"BROKER-{n:04d}" for n in range(4)]
TRADER = {
    "party_id": "TRADER-77",
    "kind": "importer",
    "name": "Etablissements Lointains",
    "tax_id": "NIF-998877",
    "address": "7 quai des Brumes",
    "phone": "+000 555 0199",
    "email": "contact@lointains.example",
    "bank_account": "XX99-0001-2222",
    "natural_person": "true",
}
PERSONS = [*OFFICERS, *BROKERS, *(v for k, v in TRADER.items() if k not in ("kind", "natural_person"))]


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    columns = [c for c in CONTRACT.tables[table].columns if any(c in row for row in rows)]
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """Every table with persons in it, good rows and rows that are set aside."""
    home = tmp_path_factory.mktemp("load")
    source = home / "extract"
    source.mkdir()
    declarations = [
        {
            "declaration_id": f"D{n}",
            "office": "PORT",
            "registered_at": "2026-03-02T08:00:00Z" if n else "not a time",
            "declarant_id": BROKERS[n % 4],
            "importer_id": TRADER["party_id"],
            "officer_id": OFFICERS[n % 5],
        }
        for n in range(20)
    ]
    write(source, "declarations", declarations)
    write(source, "parties", [TRADER])
    write(source, "officers", [{"officer_id": officer, "hired_on": "2020-01-01"} for officer in OFFICERS])
    write(
        source,
        "events",
        [
            {
                "event_id": f"E{n}",
                "occurred_at": "2026-03-02T09:00:00Z" if n else "never",
                "user_id": OFFICERS[n % 5] if n != 3 else "system",
                "action": "reassign",
                "declaration_id": f"D{n}",
                "field": "officer_id",
                "old_value": OFFICERS[n % 5],
                "new_value": OFFICERS[(n + 1) % 5],
            }
            for n in range(10)
        ],
    )
    holders = make_key_holders(home / "holders", ["Personnel", "Audit", "Registrar"])
    workspace = load(source, out=home / "port.arusha", key_file=home / "keys" / "p.key", seal_to=holders.public_path)
    return workspace, home


def test_the_extract_names_them(loaded: tuple[Workspace, Path]) -> None:
    _, home = loaded
    assert {identifier for _, identifier in raw_ids_in(home / "extract", PERSONS)} == set(PERSONS)


def test_no_byte_of_the_workspace_names_a_person(loaded: tuple[Workspace, Path]) -> None:
    workspace, home = loaded
    assert raw_ids_in(workspace.path, PERSONS) == set()
    assert raw_ids_in(home / "holders", PERSONS) == set()


def test_neither_key_nor_share_is_in_the_workspace(loaded: tuple[Workspace, Path]) -> None:
    workspace, home = loaded
    secrets = [(home / "keys" / "p.key").read_text(encoding="ascii").splitlines()[3]]
    for number in (1, 2, 3):
        text = (home / "holders" / f"share-{number}-of-3.txt").read_text(encoding="utf-8")
        secrets.append(next(line for line in text.splitlines() if line.startswith("Data: "))[6:])
    assert raw_ids_in(workspace.path, secrets) == set()
    key = bytes.fromhex(secrets[0])
    assert not any(key in path.read_bytes() for path in workspace.path.rglob("*") if path.is_file())


def test_two_key_holders_can_still_tell_who_is_meant(loaded: tuple[Workspace, Path]) -> None:
    workspace, home = loaded
    with workspace.connect() as connection:
        tokens = [t for (t,) in connection.execute("SELECT officer_id FROM officers").fetchall()]
        log = {u for (u,) in connection.execute("SELECT DISTINCT user_id FROM events").fetchall()}
    opened = unmask(home / "port.sealed", home / "holders/share-1-of-3.txt", home / "holders/share-3-of-3.txt", tokens)
    assert sorted(opened.values()) == OFFICERS
    assert log - {"system"} <= set(tokens), "the log joins the roster"
    assert "system" in log


@pytest.mark.parametrize("shift", [1, 2, 3])
def test_rows_whose_cells_are_shifted_carry_no_person_into_other_columns(tmp_path: Path, shift: int) -> None:
    """A lost separator moves every cell: where a time was there is an officer, and where an office was a broker."""
    columns = [
        "declaration_id",
        "office",
        "registered_at",
        "declarant_id",
        "officer_id",
        "declared_value",
        "lane_final",
    ]
    good = ["D1", "PORT", "2026-03-02T08:00:00Z", BROKERS[0], OFFICERS[0], "5", "red"]
    shifted = [*good[shift:], "D3", *good[1:shift]]
    text = "\n".join(",".join(row) for row in (columns, good, ["D2", *good[1:]], shifted)) + "\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "declarations.csv").write_text(text)
    report = inspect(tmp_path / "in").text()
    workspace = load(tmp_path / "in", out=tmp_path / "w.arusha", key_file=tmp_path / "k.key")
    (source,) = workspace.manifest["sources"]
    assert (source["accepted"], source["set_aside"]) == (2, 1)
    named = {OFFICERS[0], BROKERS[0]}
    assert raw_ids_in(workspace.path, named) == set()
    assert not any(person in report for person in named)
