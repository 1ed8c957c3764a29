"""The page of agreement is what the code says today: the same lines, differences no larger than printed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_agreement_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("agreement_inference", DOCS / "agreement_inference.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    if not (made.SHARED / "golden" / "classical_tests.json").exists():
        pytest.skip("reference values are not here (set ARUSHA_SHARED)")
    text = (DOCS / "agreement-inference.md").read_text("utf-8")
    assert text.startswith(made.HEAD)
    assert text.endswith(made.TAIL)
    printed = text.removeprefix(made.HEAD).removesuffix(made.TAIL).splitlines()
    fresh = made.rows()
    # Last digits depend on the machine's linear algebra; names, references and the size of a difference do not.
    assert [x.split("|")[1:3] + x.split("|")[4:5] for x in printed] == [
        x.split("|")[1:3] + x.split("|")[4:5] for x in fresh
    ]
    for a, b in zip(printed, fresh, strict=True):
        assert float(b.split("|")[5]) <= max(2 * float(a.split("|")[5]), 1e-10), b
