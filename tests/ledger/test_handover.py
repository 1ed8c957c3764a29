"""What a witness is handed says the same in every form, and the QR code is read back by another program."""

from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import vl_convert

from arusha.ledger import CANNOT_PROVE, Checkpoint, ConsistencyProof, Ledger, LedgerError, hand_over, page, qr_svg

from .conftest import AUDITOR, SIGNER, UNION

Make = Callable[[int], Ledger]


@pytest.fixture
def checkpoint(make_plain: Make) -> Checkpoint:
    signed = make_plain(12).checkpoint(SIGNER)
    return signed.cosigned(UNION, 1_800_000_000).cosigned(AUDITOR, 1_800_000_001)


def test_the_page_holds_the_signed_text_the_root_to_read_out_and_the_limits(checkpoint: Checkpoint) -> None:
    text = page(checkpoint, [SIGNER.key])
    assert str(checkpoint) in text
    assert str(SIGNER.key) in text
    groups = "".join(line.replace(" ", "") for line in text.splitlines() if line.startswith("  ") and len(line) == 41)
    assert groups == checkpoint.root.hex()
    words = " ".join(text.split())
    assert all(limit.text in words for limit in CANNOT_PROVE)
    own = [line for line in text.splitlines() if line not in str(checkpoint) and not line.startswith(f"  {SIGNER.key}")]
    assert max(map(len, own)) <= 78
    assert len(text.splitlines()) <= 60  # one sheet


def test_the_files_are_read_back_as_what_they_are(make_plain: Make, tmp_path: Path) -> None:
    ledger = make_plain(12)
    proof = ledger.prove_growth(5, ledger.checkpoint(SIGNER))
    paths = hand_over(tmp_path / "out", proof, [SIGNER.key], qr=False)
    assert [p.name for p in paths] == ["checkpoint-12.txt", "checkpoint-12.growth", "checkpoint-12.page.txt"]
    assert Checkpoint.read(paths[0]) == proof.checkpoint
    assert ConsistencyProof.parse(paths[1].read_text("utf-8")) == proof


def test_the_qr_code_is_read_back_as_the_signed_text(checkpoint: Checkpoint) -> None:
    pytest.importorskip("segno", reason="QR codes need segno")
    reader = pytest.importorskip("zxingcpp", reason="a program that reads QR codes is not installed")
    svg = qr_svg(checkpoint)
    root = ET.fromstring(svg)
    assert root[0].text == f"Checkpoint of {checkpoint.origin}, {checkpoint.size} entries"
    pillow = pytest.importorskip("PIL.Image", reason="needs Pillow to read the picture")
    picture = pillow.open(io.BytesIO(vl_convert.svg_to_png(svg))).convert("L")
    (found,) = reader.read_barcodes(np.asarray(picture))
    assert Checkpoint.parse(found.text) == checkpoint


def test_more_signatures_than_a_code_holds_are_refused_in_words(checkpoint: Checkpoint) -> None:
    pytest.importorskip("segno", reason="QR codes need segno")
    many = checkpoint.with_lines([UNION.sign(checkpoint.note.text, time) for time in range(40)])
    with pytest.raises(LedgerError, match="too many signatures"):
        qr_svg(many)


def test_without_the_drawing_library_the_error_says_what_to_do(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(LedgerError, match="hand over the file or the page"):
        qr_svg(checkpoint)
