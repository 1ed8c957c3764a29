"""What is written: the same bytes for the same seed, an extract with its traps, both forms the same workspace."""

# ruff: noqa: E501 - queries read better unbroken
import csv
import hashlib
import json
from collections import Counter
from importlib import resources

import duckdb
import pyarrow.parquet as pq
import pytest

from arusha.demo import generate, write_asycuda, write_canonical, write_demo
from arusha.errors import ArushaError


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "examplia"
    write_demo(folder, 3000, 9)
    return folder


def table(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_same_seed_same_bytes(demo, tmp_path):
    write_demo(tmp_path / "again", 3000, 9)

    def digests(folder):
        return {
            str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in folder.rglob("*")
            if p.is_file()
        }

    assert digests(tmp_path / "again") == digests(demo)


def test_the_answer_lies_outside_the_records(demo):
    assert {p.name for p in demo.iterdir()} == {"canonical", "asycuda", "answer_key.json", "truth", "README.txt"}
    key = json.loads((demo / "answer_key.json").read_text(encoding="utf-8"))
    assert (key["seed"], key["declarations"]) == (9, 3000)
    assert {"id", "kind", "strength", "office", "from", "to", "units", "declarations_affected", "tax_lost"} <= set(
        key["schemes"][0]
    )
    told = {p.name for folder in ("canonical", "asycuda") for p in (demo / folder).iterdir()}
    assert not {name for name in told if "truth" in name or "scheme" in name or "answer" in name}
    assert {p.stem for p in (demo / "truth").iterdir()} == {
        "assignment_probabilities",
        "honest_values",
        "planted_declarations",
    }


def test_clean_demo_has_no_scheme(tmp_path):
    write_demo(tmp_path / "clean", 1000, 9, clean=True)
    assert json.loads((tmp_path / "clean" / "answer_key.json").read_text(encoding="utf-8"))["schemes"] == []


def test_csv_and_parquet_say_the_same(tmp_path):
    world = generate(1000, 4)
    write_canonical(world, tmp_path / "csv", "csv")
    text = (
        duckdb.connect()
        .execute(
            f"SELECT sum(declared_value), sum(declared_tax), count(*), count(officer_id), min(registered_at) FROM '{tmp_path}/csv/declarations.csv'"
        )
        .fetchone()
    )
    write_canonical(world, tmp_path / "parquet")
    stored = (
        duckdb.connect()
        .execute(
            f"SELECT sum(declared_value), sum(declared_tax), count(*), count(officer_id), min(registered_at) FROM '{tmp_path}/parquet/declarations.parquet'"
        )
        .fetchone()
    )
    assert [float(v) for v in text[:2]] == pytest.approx([float(v) for v in stored[:2]], abs=1e-3)  # CSV read as double
    assert text[2:4] == stored[2:4]


def test_money_is_exact_and_times_are_utc(demo):
    schema = pq.read_schema(demo / "canonical" / "declarations.parquet")
    assert str(schema.field("declared_value").type) == "decimal128(18, 3)"
    assert str(schema.field("registered_at").type) == "timestamp[us, tz=UTC]"


def test_nothing_but_a_demo_is_replaced(demo, tmp_path):
    with pytest.raises(ArushaError, match="already"):
        write_demo(demo, 3000, 9)
    other = tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("do not lose", encoding="utf-8")
    with pytest.raises(ArushaError, match="not a demo"):
        write_demo(other, 1000, 1, force=True)
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "do not lose"


def test_force_replaces_a_demo_only_when_the_new_one_is_whole(tmp_path, monkeypatch):
    target, steps = tmp_path / "demo", []
    write_demo(target, 800, 1, progress=lambda step, done, total: steps.append((done, total)))
    assert steps == [(k, 4) for k in range(5)]
    before = (target / "answer_key.json").read_bytes()

    def full_disk(truth, path):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("arusha.demo.writing.write_truth", full_disk)
        with pytest.raises(OSError, match="No space"):
            write_demo(target, 800, 2, force=True)
    assert (target / "answer_key.json").read_bytes() == before
    write_demo(target, 800, 2, force=True)
    assert json.loads((target / "answer_key.json").read_text(encoding="utf-8"))["seed"] == 2
    assert [p.name for p in tmp_path.iterdir()] == ["demo"]


def test_formats_are_known(tmp_path):
    with pytest.raises(ArushaError, match="format"):
        write_canonical(generate(500, 1), tmp_path / "x", "xlsx")


# The traps of the extract.


def test_general_segment_is_repeated_by_its_items(demo):
    general = table(demo / "asycuda" / "SAD_General_Segment.csv")
    items = table(demo / "asycuda" / "SAD_Item.csv", "cp1252")
    assert len(general) > 1.5 * 3000
    rows = Counter((r["InstanceId"], r["SAD_NUM"]) for r in items)
    repeated = Counter((r["InstanceId"], r["SAD_NUM"]) for r in general)
    assert all(repeated[key] == n for key, n in rows.items())


def test_versions_that_must_not_count_are_there(demo):
    general = table(demo / "asycuda" / "SAD_General_Segment.csv")
    status = Counter(r["PTY_STS"] for r in general)
    assert status["Cancelled"] > 10
    assert status["Superseded"] > 10
    assert sum(r["SAD_NUM"] == "1" for r in general) > 10
    living = {
        r["InstanceId"] for r in general if r["SAD_NUM"] == "0" and r["PTY_STS"] not in ("Cancelled", "Superseded")
    }
    assert len(living) == 3000


def test_codes_are_in_fragments_without_their_zeros(demo):
    items = table(demo / "asycuda" / "SAD_Item.csv", "cp1252")
    assert any(len(r["TAR_HSC_NB1"]) == 3 for r in items)
    assert {r["TAR_HSC_NB3"] for r in items} == {"0"}


def test_one_file_is_not_utf8(demo):
    raw = (demo / "asycuda" / "SAD_Item.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "rosé" in raw.decode("cp1252")
    assert "signaler" in (demo / "asycuda" / "INSP_ACT_TAB.csv").read_text(encoding="utf-8")


def test_code_and_name_amounts_and_times_are_as_systems_write_them(demo):
    row = table(demo / "asycuda" / "SAD_General_Segment.csv")[0]
    assert row["DEC_COD"].count(" - ") == 1
    assert row["VGS_CIF"].count(",") == 1
    assert row["IDE_REG_DAT"][2] == row["IDE_REG_DAT"][5] == "/"
    assert len(row["IDE_REG_DAT"]) == 19


def test_northern_offices_keep_their_own_clock(demo):
    """The same moment reads an hour earlier there in winter than on the mainland, and the same in summer."""
    declarations = (
        duckdb.connect()
        .execute(
            f"SELECT declaration_id, office, epoch(registered_at) FROM '{demo}/canonical/declarations.parquet' ORDER BY registered_at"
        )
        .fetchall()
    )
    general = {
        f"2025{r['IDE_CUO_COD']}C{int(r['IDE_REG_NBR']):07d}": r["IDE_REG_DAT"]
        for r in table(demo / "asycuda" / "SAD_General_Segment.csv")
    }
    ahead = {}
    for key, office, epoch in declarations:
        day, month, hour = int(general[key][:2]), int(general[key][3:5]), int(general[key][11:13])
        if month in (1, 7) and day > 2:
            ahead.setdefault((office, month), set()).add((hour - int(epoch // 3600) % 24) % 24)
    assert ahead["NGT", 1] == {2}
    assert ahead["NGT", 7] == {3}
    assert ahead["PTH", 1] == ahead["PTH", 7] == {3}


def test_lane_flags_and_colour_indicator_differ(demo):
    general = table(demo / "asycuda" / "SAD_General_Segment.csv")
    assert sum(r["PTY_COL_IND"] in "YR" and r["PTY_GRE"] == "1" for r in general) > 100
    assert all(sum(int(r[f]) for f in ("PTY_RED", "PTY_YEL", "PTY_BLU", "PTY_GRE")) <= 1 for r in general)


def test_reference_tables_hold_rows_out_of_force(demo):
    rows = table(demo / "asycuda" / "SEL_PARAM_TAB.csv")
    assert any(r["VALID_TO"].endswith("2023") for r in rows)
    assert any(r["VALID_TO"] == "31/12/9999" for r in rows)
    assert any(r["VALID_TO"] for r in table(demo / "asycuda" / "COFTAB.csv"))
    assert any(r["VALID_TO"] for r in table(demo / "asycuda" / "HOLTAB.csv"))


def _shipped():
    return resources.files("arusha.records").joinpath("mappings", "asycuda-world.yaml").is_file()


@pytest.mark.skipif(not _shipped(), reason="the mapping asycuda-world is not there yet")
@pytest.mark.parametrize("seed", [9, 10])
def test_both_forms_load_to_the_same_workspace(tmp_path, seed):
    from arusha.records.load import load

    world = generate(2000, seed)
    write_canonical(world, tmp_path / "canonical")
    write_asycuda(world, tmp_path / "asycuda")
    one = load(tmp_path / "canonical", "canonical", tmp_path / "one.arusha", pseudonyms="off")
    two = load(
        tmp_path / "asycuda",
        "asycuda-world",
        tmp_path / "two.arusha",
        pseudonyms="off",
        override=tmp_path / "asycuda" / "override.yaml",
    )
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"ATTACH '{tmp_path}/one.arusha/records.duckdb' AS one (READ_ONLY)")
    con.execute(f"ATTACH '{tmp_path}/two.arusha/records.duckdb' AS two (READ_ONLY)")
    assert con.execute("SELECT count(*) FROM one.set_aside").fetchone() == (0,)
    reasons = {r for (r,) in con.execute("SELECT DISTINCT reason FROM two.set_aside").fetchall()}
    assert reasons == {"repeated-by-join", "cancelled", "superseded"}
    # Where a row came from differs by nature. The hour and day of a session, which no office stamps, are told on the
    # clock that each mapping presumes.
    own = {"source_file", "source_line"}
    presumed = {"events": {"occurred_hour", "occurred_on"}}
    for name in world.tables:
        assert one.present[name] == two.present[name], name
        columns = [c for c in one.schema[name] if c not in own | presumed.get(name, set())]

        def rows(side, name=name, columns=columns):
            return f"SELECT {', '.join(f'CAST({c!r} AS VARCHAR)'.replace(chr(39), chr(34)) for c in columns)} FROM {side}.{name}"

        n = con.execute(f"SELECT count(*) FROM one.{name}").fetchone()[0]
        assert n == world.tables[name].num_rows
        for left, right in (("one", "two"), ("two", "one")):
            assert con.execute(f"SELECT count(*) FROM ({rows(left)} EXCEPT ALL {rows(right)})").fetchone() == (0,), name
