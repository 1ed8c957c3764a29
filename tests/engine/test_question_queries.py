"""The queries of every question: the same cells on both engines, and their text held against what was read and agreed.

The golden texts are written anew with ``ARUSHA_WRITE_GOLDEN=1 pytest tests/engine/test_question_queries.py``; a change
of theirs, as by a new sqlglot, is then a diff to read.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from arusha.assessment.asking import missing
from arusha.engine import Session, open_session
from arusha.engine.results import differences
from arusha.indicators.definition import Cells, Indicator, Settings
from arusha.indicators.registry import indicators

from .conftest import need_spark

GOLDEN = Path(__file__).parent / "golden"
BUILT_IN = [i for i in indicators() if i.definition.id.replace("-", "_") in str(i.cells.__module__)]
SETTINGS = Settings(period_start=date(2024, 1, 1), period_end=date(2027, 1, 1))
"""Wide enough for any year of the demo administration."""


def cells(session: Session, indicator: Indicator) -> Cells:
    lacking = missing(session, indicator)
    assert not lacking, f"the demo administration must let every question be asked, and lacks {lacking}"
    return indicator.cells(session, SETTINGS)


@pytest.mark.parametrize("indicator", BUILT_IN, ids=lambda i: i.definition.id)
def test_the_texts_are_those_agreed(examplia, indicator):
    with open_session(examplia) as session:
        cells(session, indicator)
        texts = list(session.texts)
    assert texts
    if os.environ.get("ARUSHA_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob(f"{indicator.definition.id}.*.sql"):
            old.unlink()
        for text in texts:
            golden(indicator, text.query, "duckdb").write_text(text.duckdb + "\n", encoding="utf-8")
            golden(indicator, text.query, "spark").write_text(text.spark + "\n", encoding="utf-8")
    if not GOLDEN.is_dir():
        pytest.skip("no golden texts yet: ARUSHA_WRITE_GOLDEN=1 writes them")
    for text in texts:
        assert golden(indicator, text.query, "duckdb").read_text(encoding="utf-8") == text.duckdb + "\n"
        assert golden(indicator, text.query, "spark").read_text(encoding="utf-8") == text.spark + "\n"
    kept = {p.name for p in GOLDEN.glob(f"{indicator.definition.id}.*.sql")}
    assert kept == {golden(indicator, t.query, e).name for t in texts for e in ("duckdb", "spark")}


def golden(indicator: Indicator, query: str, engine: str) -> Path:
    return GOLDEN / f"{indicator.definition.id}.{query}.{engine}.sql"


@pytest.mark.spark
@pytest.mark.parametrize("indicator", BUILT_IN, ids=lambda i: i.definition.id)
def test_the_cells_agree(examplia, indicator):
    """At a relative 1e-6, the contract between engines: sums of doubles are taken in another order."""
    need_spark()
    with open_session(examplia) as duck, open_session(examplia, engine="spark") as spark:
        ours, theirs = cells(duck, indicator), cells(spark, indicator)
        assert duck.texts == spark.texts
    assert list(ours.tables) == list(theirs.tables)
    found = {name: differences(table, theirs.tables[name]) for name, table in ours.tables.items()}
    assert not any(found.values()), found
