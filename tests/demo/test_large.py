# ruff: noqa: E501 - queries read better unbroken
"""Years written part by part: whole, the same however many processes, and with bounded memory."""

import hashlib
import subprocess
import sys

import duckdb
import numpy as np
import pytest

from arusha.demo.large import parts, write_large
from arusha.demo.writing import write_demo
from arusha.errors import ArushaError


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return write_large(tmp_path_factory.mktemp("large") / "year", 6000, 3, part_size=1500)


def digests(folder):
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*.parquet"))
    }


def test_is_one_year(large):
    def one(sql):
        return duckdb.connect().execute(sql.replace("@", str(large))).fetchone()[0]

    assert len(list((large / "declarations").iterdir())) > 3
    assert one("SELECT count(DISTINCT declaration_id) FROM '@/declarations/*.parquet'") == 6000
    for table in ("items", "assignments", "inspections"):
        assert (
            one(
                f"SELECT count(*) FROM '@/{table}/*.parquet' ANTI JOIN '@/declarations/*.parquet' USING (declaration_id)"
            )
            == 0
        )
    for table, key in (("assignments", "assignment_id"), ("inspections", "inspection_id"), ("events", "event_id")):
        assert one(f"SELECT count(*) - count(DISTINCT {key}) FROM '@/{table}/*.parquet'") == 0
    assert one("SELECT count(*) FROM '@/events/*.parquet' WHERE action = 'login'") > 10_000
    # Every pick is on a shift that the standing table knows.
    assert (
        one("""SELECT count(*) FROM '@/assignments/*.parquet' a WHERE NOT EXISTS (SELECT 1 FROM '@/shifts.parquet' s
        WHERE s.officer_id = a.officer_id AND a.assigned_at >= s.starts_at AND a.assigned_at < s.ends_at)""")
        == 0
    )


@pytest.mark.slow
def test_same_files_with_two_processes(large, tmp_path):
    assert digests(write_large(tmp_path / "again", 6000, 3, part_size=1500, processes=2)) == digests(large)


@pytest.mark.slow
def test_an_extract_in_parts_loads_to_the_same_workspace(tmp_path):
    from arusha.records.load import load

    write_large(tmp_path / "canonical", 3000, 5, asycuda=tmp_path / "asycuda", part_size=1000)
    load(tmp_path / "canonical", "canonical", tmp_path / "one.arusha", pseudonyms="off")
    override = tmp_path / "asycuda" / "override.yaml"
    load(tmp_path / "asycuda", "asycuda-world", tmp_path / "two.arusha", pseudonyms="off", override=override)
    con = duckdb.connect()
    con.execute(f"ATTACH '{tmp_path}/one.arusha/records.duckdb' AS one (READ_ONLY)")
    con.execute(f"ATTACH '{tmp_path}/two.arusha/records.duckdb' AS two (READ_ONLY)")
    for table, columns in (
        ("declarations", "declaration_id, officer_id::VARCHAR, released_at, declared_value, assessed_tax"),
        ("items", "declaration_id, item_no, hs_code::VARCHAR, declared_value, assessed_tax"),
        ("assignments", "assignment_id, declaration_id, officer_id::VARCHAR, sequence"),
        ("inspections", "inspection_id, declaration_id, ended_at"),
        ("events", "event_id, occurred_at, user_id::VARCHAR"),
    ):
        n = con.execute(f"SELECT count(*) FROM one.{table}").fetchone()[0]
        same = con.execute(
            f"SELECT count(*) FROM (SELECT {columns} FROM one.{table} INTERSECT ALL SELECT {columns} FROM two.{table})"
        ).fetchone()[0]
        assert same == n == con.execute(f"SELECT count(*) FROM two.{table}").fetchone()[0]


def test_a_large_demo_is_clean_or_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("arusha.demo.writing.LARGEST", 1000)
    with pytest.raises(ArushaError, match="parts"):
        write_demo(tmp_path / "demo", 1500, 1)
    assert list(tmp_path.iterdir()) == []
    write_demo(tmp_path / "demo", 1500, 1, clean=True)
    assert {p.name for p in (tmp_path / "demo").iterdir()} == {"canonical", "asycuda", "answer_key.json", "README.txt"}
    assert (tmp_path / "demo" / "asycuda" / "SAD_Item" / "part-000.csv").is_file()


def test_same_files_again(large, tmp_path):
    assert digests(write_large(tmp_path / "again", 6000, 3, part_size=1500)) == digests(large)


def test_parts_never_exceed_their_size_unless_a_day_does():
    counts = np.random.default_rng(1).poisson(3, (10, 365))
    cut = parts(counts, 100)
    assert [s.start for s in cut[1:]] == [s.stop for s in cut[:-1]]
    assert (cut[0].start, cut[-1].stop) == (0, 365)
    assert max(counts[:, s].sum() for s in cut) <= 100


def test_too_many_parts_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("arusha.demo.large._PARTS", 2)
    with pytest.raises(ArushaError, match="parts"):
        write_large(tmp_path / "x", 1000, 1, part_size=100)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_year(tmp_path):
    code = """
import resource, sys
from pathlib import Path
from arusha.demo.large import write_large
write_large(Path(sys.argv[1]), int(sys.argv[2]), 1, part_size=20_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peak = []
    for n in (40_000, 160_000):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / str(n)), str(n)], capture_output=True, text=True, check=True
        )
        peak.append(int(done.stdout) / 1024)
    # Four times the declarations. Holding them all would cost more than 1 KB each, so 120 MB more; the country itself
    # and its rosters grow by about 20 MB.
    assert peak[1] < peak[0] + 70, peak
