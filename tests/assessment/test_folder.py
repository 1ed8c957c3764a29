"""The folder is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest

from arusha.assessment import folder
from arusha.errors import ArushaError


def finish(work: Path, text: str) -> None:
    (work / "answer.txt").write_text(text)
    folder.write_manifest(work, {"answer": text})


def test_a_finished_block_takes_the_place_of_the_folder(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with folder.building(tmp_path / "out") as work:
            finish(work, text)
    assert (tmp_path / "out" / "answer.txt").read_text() == "second"
    assert os.listdir(tmp_path) == ["out"]


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    with folder.building(tmp_path / "out") as work:
        finish(work, "first")

    def interrupted() -> None:
        with folder.building(tmp_path / "out") as work:
            finish(work, "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "out" / "answer.txt").read_text() == "first"
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_that_is_not_an_assessment_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    with pytest.raises(ArushaError, match="not an assessment"), folder.building(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / "thesis.doc").read_text() == "years of work"


def test_a_crash_between_the_two_renames_is_repaired(tmp_path: Path) -> None:
    with folder.building(tmp_path / "out") as work:
        finish(work, "first")
    os.replace(tmp_path / "out", tmp_path / ".out.replaced-0")
    (tmp_path / ".out.building-0").mkdir()
    folder.sweep(tmp_path / "out")
    assert (tmp_path / "out" / "answer.txt").read_text() == "first"
    assert os.listdir(tmp_path) == ["out"]


def test_a_full_disk_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArushaError) as refused, folder.building(tmp_path / "out"):
        raise OSError(28, "No space left on device", "signals.parquet")
    assert "No space left" in str(refused.value)
    assert "free space" in refused.value.remedy
    assert os.listdir(tmp_path) == []


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    whole = pa.table({"a": pa.array(range(1000)), "b": pa.array([str(i % 7) for i in range(1000)])})
    pieces = pa.concat_tables([whole.slice(0, 10), whole.slice(10)])
    folder.write_parquet(whole, tmp_path / "whole.parquet")
    folder.write_parquet(pieces, tmp_path / "pieces.parquet")
    assert folder.digest(tmp_path / "whole.parquet") == folder.digest(tmp_path / "pieces.parquet")


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ArushaError, match=r"manifest\.json"):
        folder.read_manifest(tmp_path)


def test_a_name_with_signs_of_a_pattern_sweeps_only_its_own(tmp_path: Path) -> None:
    other = tmp_path / ".out.building-00000000"
    other.mkdir()
    folder.sweep(tmp_path / "o*")
    assert other.exists()
    folder.sweep(tmp_path / "out")
    assert not other.exists()


def test_two_runs_into_one_folder_do_not_sweep_each_other(tmp_path: Path) -> None:
    with folder.building(tmp_path / "out") as first:
        with folder.building(tmp_path / "out") as second:
            finish(second, "second")
        finish(first, "first")
    assert (tmp_path / "out" / "answer.txt").read_text() == "first"
    assert os.listdir(tmp_path) == ["out"]
