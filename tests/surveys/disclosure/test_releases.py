"""The ledger of releases on the disk: kept, shared, and refused where it was damaged."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from arusha.cli import app
from arusha.errors import ArushaError, SurveyError, VerificationError
from arusha.surveys import Cell, Releases
from arusha.surveys.disclosure.subtraction import follows, recoverable

PEOPLE = [f"R{i:03d}" for i in range(200)]


def some(low, high):
    return frozenset(PEOPLE[low:high])


@pytest.fixture
def folder(tmp_path):
    Releases.create(tmp_path / "releases")
    return tmp_path / "releases"


def test_what_was_released_outlives_the_process(folder):
    found = Releases.open(folder).release("wave 1", [Cell("all", some(0, 60)), Cell("north", some(0, 20))])
    assert [c.label for c in found.published] == ["all", "north"]
    assert found.published[0].people == some(0, 60)  # as it was given, not as it is stored
    again = Releases.open(folder)
    result = again.release("wave 2", [Cell("those who stayed", some(3, 60))])
    assert result.withheld == {"those who stayed": "secondary"}
    assert [t.table for t in again.tables()] == ["wave 1", "wave 2"]
    assert again.ledger().smallest == 10


def test_the_same_table_again_gives_the_same(folder):
    cells = [Cell("all", some(0, 60)), Cell("a", some(0, 8)), Cell("b", some(8, 30)), Cell("c", some(30, 60))]
    first = Releases(folder).release("table", cells)
    again = Releases(folder).release("table", cells)
    assert again.published == first.published
    assert again.withheld == first.withheld == {"a": "small", "b": "secondary"}


def test_names_of_people_are_not_in_the_file(folder):
    Releases(folder).release("t", [Cell("all", some(0, 60))])
    assert b"R001" not in (folder / "releases.jsonl").read_bytes()


def test_one_person_written_as_number_or_text_is_one(folder):
    kept = Releases(folder)
    kept.release("1", [Cell("all", frozenset(range(60)))])
    assert kept.release("2", [Cell("stayed", frozenset(str(i) for i in range(3, 60)))]).withheld
    with pytest.raises(SurveyError, match="written in two ways"):
        kept.release("3", [Cell("x", frozenset([1, "1", *range(2, 30)]))])
    with pytest.raises(SurveyError, match="neither text nor a whole number"):
        kept.release("4", [Cell("x", frozenset([1.5]))])


def test_a_threshold_never_falls(folder):
    kept = Releases(folder)
    kept.raise_smallest(15)
    assert kept.release("t", [Cell("a", some(0, 12)), Cell("b", some(20, 50))]).withheld == {"a": "small"}
    with pytest.raises(SurveyError, match="from 15 to 12"):
        kept.raise_smallest(12)
    with pytest.raises(SurveyError, match="below 10"):
        Releases.create(folder.parent / "other", 9)
    with pytest.raises(SurveyError, match="is there already"):
        Releases.create(folder)
    with pytest.raises(SurveyError, match="there is no ledger"):
        Releases.open(folder.parent / "nowhere")


@pytest.mark.parametrize("where", ["line", "end", "head", "no-head", "no-lines", "garbage", "swapped", "added"])
def test_a_damaged_ledger_refuses_and_says_what_to_do(folder, where):
    kept = Releases(folder)
    for i in range(3):
        kept.release(f"t{i}", [Cell("all", some(20 * i, 20 * i + 20))])
    path, head = folder / "releases.jsonl", folder / "head"
    lines = path.read_bytes().splitlines(keepends=True)
    if where == "line":
        path.write_bytes(b"".join(lines).replace(b'"t1"', b'"x1"'))
    elif where == "end":
        path.write_bytes(b"".join(lines[:-1]))
    elif where == "head":
        head.write_text("4 " + "0" * 64 + "\n")
    elif where == "no-head":
        head.unlink()
    elif where == "no-lines":
        path.unlink()
    elif where == "garbage":
        path.write_bytes(b"\x00" * 100)
    elif where == "swapped":
        path.write_bytes(b"".join([lines[0], lines[2], lines[1], lines[3]]))
    elif where == "added":
        path.write_bytes(b"".join([*lines, lines[3], lines[3]]))
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(VerificationError, match="damaged") as told:
        kept.release("next", [Cell("all", some(100, 150))])
    assert "restore the whole folder" in told.value.remedy
    assert told.value.where == str(folder)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_line_that_a_dying_process_left_is_of_no_release(folder):
    kept = Releases(folder)
    kept.release("t", [Cell("all", some(0, 60))])
    path = folder / "releases.jsonl"
    whole, head = path.read_bytes(), (folder / "head").read_bytes()
    path.write_bytes(whole + b'{"at":"2026-')  # torn
    assert len(kept.tables()) == 1
    kept.release("u", [Cell("all", some(60, 120))])
    assert [t.table for t in kept.tables()] == ["t", "u"]
    (folder / "head").write_bytes(head)  # the line was whole, the head still of the line before
    assert [t.table for t in kept.tables()] == ["t", "u"]
    kept.release("v", [Cell("all", some(120, 180))])
    assert [t.table for t in kept.tables()] == ["t", "u", "v"]


def test_making_that_was_cut_off_can_be_made_again(tmp_path):
    Releases.create(tmp_path / "r")
    (tmp_path / "r" / "head").unlink()
    Releases.create(tmp_path / "r")
    assert Releases.open(tmp_path / "r").tables() == ()


def test_an_older_copy_shows_against_a_digest_that_was_noted(folder):
    kept = Releases(folder)
    old = {p.name: p.read_bytes() for p in folder.iterdir()}
    kept.release("t", [Cell("all", some(0, 60))])
    noted = kept.digest
    kept.release("u", [Cell("all", some(60, 120))])
    Releases.open(folder, noted)
    for name, content in old.items():
        (folder / name).write_bytes(content)
    with pytest.raises(VerificationError, match="1 entries, and the digest is of 2"):
        Releases.open(folder, noted)
    kept.release("other", [Cell("all", some(0, 50))])
    with pytest.raises(VerificationError, match="not those that the digest is of"):
        Releases.open(folder, noted)


def _release(folder, low):
    try:
        found = Releases(folder).release(f"from {low}", [Cell("some", some(low, 200))])
        return len(found.published)
    except ArushaError:
        return -1


def test_processes_at_once_let_nothing_out_together(folder):
    """Any two of them give a small group: whoever comes first is shown, the others are withheld, none is lost."""
    with ProcessPoolExecutor(4) as pool:
        shown = list(pool.map(_release, [folder] * 8, [0, 4, 8, 1, 5, 3, 7, 2]))
    assert sum(shown) == 1
    assert len(Releases(folder).tables()) == 8
    assert len(Releases(folder).ledger().released) == 1


KILLED = """
import os, sys
from arusha.surveys import Cell, Releases
import arusha.surveys.disclosure.releases as r
real, count = os.fsync, [0]
def fsync(handle):
    count[0] += 1
    if count[0] == int(sys.argv[2]):
        os._exit(9)
    real(handle)
r.os.fsync = fsync
Releases(sys.argv[1]).release("second", [Cell("all", frozenset(f"R{i:03d}" for i in range(3, 60)))])
"""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_process_killed_at_any_write_leaves_a_ledger_that_holds(folder, step):
    kept = Releases(folder)
    kept.release("first", [Cell("all", some(60, 120))])
    assert subprocess.run([sys.executable, "-c", KILLED, str(folder), str(step)], check=False).returncode == 9
    tables = [t.table for t in Releases.open(folder).tables()]
    assert tables[0] == "first"
    assert set(tables) <= {"first", "second"}
    kept.release("third", [Cell("all", some(0, 60))])


@pytest.mark.parametrize("seed", range(4))
def test_an_attack_on_all_that_the_folder_let_out(folder, seed):
    """Tables of a survey by region and rank over three waves, through the disk: nothing withheld is recovered."""
    draw = np.random.default_rng(seed)
    region, rank = draw.integers(0, 3, 150), draw.integers(0, 3, 150)
    shown, hidden = [], []
    for wave in range(3):
        there = draw.random(150) < 0.95
        cells = []
        for r in [None, 0, 1, 2]:
            for k in [None, 0, 1, 2]:
                inside = there & (region == r if r is not None else True) & (rank == k if k is not None else True)
                people = frozenset(PEOPLE[i] for i in np.flatnonzero(inside))
                cells.append(Cell(f"{r}/{k}", people))
        try:
            found = Releases(folder).release(f"wave {wave}", cells, measure="paid")
        except SurveyError:
            continue
        shown += [c.people for c in found.published]
        hidden += [c.people for c in cells if found.withheld.get(c.label) == "small" and c.people]
    assert shown
    assert recoverable(shown, 10) == ()
    assert not any(follows(shown, group) for group in hidden)


ANSWERS = "id,منطقة,rank,weight,paid\n" + "".join(
    f"R{i:03d},{['شمال.', 'جنوب', 'شرق'][i % 3 if i < 150 else 0]},{'head' if i % 40 == 0 else 'clerk'},{1 + i % 2},"
    f"{'نعم' if i % 4 == 0 else 'لا' if i % 17 else ''}\n"
    for i in range(180)
)


def test_tables_are_released_from_the_command_line(tmp_path, run):
    """Arabic labels with a full stop stay as they are; a second table beside the first withholds what would tell."""
    (tmp_path / "answers.csv").write_text(ANSWERS, "utf-8")
    assert run("survey", "begin", tmp_path / "ledger").exit_code == 0
    common = ("--ledger", tmp_path / "ledger", "--respondent", "id", "--answer", "paid", "--yes", "نعم", "--no", "لا")
    first = run(
        "survey",
        "release",
        tmp_path / "answers.csv",
        *common,
        "--by",
        "منطقة",
        "--weight",
        "weight",
        "--out",
        tmp_path / "regions.csv",
    )
    assert first.exit_code == 0, first.output
    text = (tmp_path / "regions.csv").read_text("utf-8")
    assert text.splitlines()[0] == "منطقة,respondents,share,low,high,withheld"
    assert "شمال.," in text
    second = run(
        "survey", "release", tmp_path / "answers.csv", *common, "--by", "rank", "--out", tmp_path / "ranks.csv"
    )
    assert second.exit_code == 0, second.output
    rows = (tmp_path / "ranks.csv").read_text("utf-8").splitlines()
    assert "head,,,,,small" in rows
    assert "clerk,,,,,secondary" in rows
    told = run("survey", "releases", tmp_path / "ledger")
    assert "regions.csv (paid)" in told.output
    assert "ranks.csv (paid)" in told.output
    digest = told.output.strip().splitlines()[-1].split(": ")[1]
    assert run("survey", "releases", tmp_path / "ledger", "--digest", digest, "--smallest", "12").exit_code == 0


def test_another_column_of_identifiers_of_the_same_answers_is_refused(tmp_path, run):
    """All, then all but four under other identifiers: no two units were alike, so the four would have been told."""
    rows = [line.split(",") for line in ANSWERS.splitlines()]
    both = [[*cells, "staff" if i == 0 else f"S{i}"] for i, cells in enumerate(rows)]
    wave = tmp_path / "answers.csv"
    wave.write_text("\n".join(",".join(cells) for cells in both), "utf-8")
    most = tmp_path / "most.csv"  # four rows fewer, and the columns in another order
    most.write_text("\n".join(",".join(reversed(cells)) for cells in [both[0], *both[5:]]), "utf-8")
    run("survey", "begin", tmp_path / "ledger")
    common = ("--ledger", tmp_path / "ledger", "--answer", "paid", "--yes", "نعم", "--no", "لا")
    out = ("--out", tmp_path / "table.csv")
    assert run("survey", "release", wave, *common, "--respondent", "id", *out).exit_code == 0
    (tmp_path / "table.csv").unlink()
    told = (tmp_path / "ledger" / "releases.jsonl").read_bytes()
    other = run("survey", "release", most, *common, "--respondent", "staff", *out)
    assert other.exit_code != 0
    assert isinstance(other.exception, SurveyError)
    # eight of them gave no answer, and are in no cell
    assert "168 of 176 rows of answers were released before under other identifiers" in str(other.exception)
    assert not (tmp_path / "table.csv").exists()
    assert (tmp_path / "ledger" / "releases.jsonl").read_bytes() == told
    same = run("survey", "release", most, *common, "--respondent", "id", *out)
    assert same.exit_code == 0  # known as the same people: what would tell of the four is withheld
    assert (tmp_path / "table.csv").read_text("utf-8").splitlines()[1].endswith("secondary")
    assert b"S17" not in (tmp_path / "ledger" / "releases.jsonl").read_bytes()


@pytest.fixture
def run():
    from typer.testing import CliRunner

    return lambda *given: CliRunner().invoke(app, [str(g) for g in given])


def test_lines_are_json_that_others_can_read(folder):
    Releases(folder).release("t", [Cell("all", some(0, 60)), Cell("few", some(60, 64))], measure="m")
    last = json.loads((folder / "releases.jsonl").read_text("utf-8").splitlines()[-1])
    assert last["shown"] == {"all": "0-59"}
    assert last["withheld"] == {"few": "small"}
