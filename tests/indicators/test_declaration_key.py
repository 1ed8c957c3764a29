"""Over which column questions join, with the numbers that a load gives and without."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from arusha.assessment.asking import missing
from arusha.engine import Session, open_session, session_from_tables
from arusha.indicators.declaration_key import declaration_key
from arusha.indicators.definition import Settings
from arusha.indicators.registry import indicators


def table(**columns: list[object]) -> pa.Table:
    return pa.table(columns)


def test_numbers_are_used_only_where_every_table_has_them():
    declarations = table(declaration_id=["A", "B"], declaration_no=[1, 2])
    items = table(declaration_id=["A", "B"], declaration_no=[1, 2])
    with session_from_tables({"declarations": declarations, "items": items}) as session:
        assert declaration_key(session) == "declaration_no"
    with session_from_tables({"declarations": declarations, "items": items.drop(["declaration_no"])}) as session:
        assert declaration_key(session) == "declaration_id"
    with session_from_tables({"declarations": declarations.drop(["declaration_no"])}) as session:
        assert declaration_key(session) == "declaration_id"


def without_numbers(session: Session) -> Session:
    """The same records as a workspace of before held them."""
    for held in session.present.values():
        held.discard("declaration_no")
    return session


@pytest.mark.parametrize("indicator", indicators(), ids=lambda i: i.definition.id)
def test_a_workspace_without_numbers_gives_the_same_signals(examplia, indicator):
    settings = Settings(period_start=date(2024, 1, 1), period_end=date(2027, 1, 1))
    with open_session(examplia) as ours, without_numbers(open_session(examplia)) as theirs:
        if missing(ours, indicator):
            pytest.skip("not asked of the demo administration")
        found, before = (indicator.test(indicator.cells(s, settings), settings) for s in (ours, theirs))
        assert any("declaration_no" in text.duckdb for text in ours.texts) or indicator.definition.id == "lane-rates"
        assert not any("declaration_no" in text.duckdb for text in theirs.texts)
    assert found.signals.equals(before.signals)
