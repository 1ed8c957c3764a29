"""Demo and real rows must not be mistaken for each other: an invented source marks all that is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arusha.errors import RecordsError
from arusha.records.invented import NAME
from arusha.records.load import load

ROWS = "declaration_id,office,registered_at\nA-1,PORT,2025-03-01T08:00:00Z\n"


def source(folder: Path) -> Path:
    folder.mkdir()
    (folder / "declarations.csv").write_text(ROWS, "utf-8")
    return folder


def test_a_demo_export_without_watermark_cannot_be_made(tmp_path: Path) -> None:
    folder = source(tmp_path / "demo")
    (folder / NAME).write_text(json.dumps({"administration": "Republic of Examplia", "seed": 7}), "utf-8")
    workspace = load(folder, mapping="canonical", out=tmp_path / "w.arusha", pseudonyms="off")
    assert workspace.manifest["demo"] == {"administration": "Republic of Examplia", "seed": 7}


def test_real_records_bear_no_mark(tmp_path: Path) -> None:
    workspace = load(source(tmp_path / "real"), mapping="canonical", out=tmp_path / "w.arusha", pseudonyms="off")
    assert workspace.manifest["demo"] is None


@pytest.mark.parametrize("text", ["", "[]", '{"seed": 7}', '{"administration": "x", "seed": "seven"}'])
def test_a_mark_that_cannot_be_read_stops_the_load(tmp_path: Path, text: str) -> None:
    folder = source(tmp_path / "demo")
    (folder / NAME).write_text(text, "utf-8")
    with pytest.raises(RecordsError, match=r"invented\.json"):
        load(folder, mapping="canonical", out=tmp_path / "w.arusha", pseudonyms="off")
