"""The page of the allow-list is the list."""

from __future__ import annotations

from pathlib import Path

from arusha.engine.allowed_page import with_list

PAGE = Path(__file__).parents[2] / "docs" / "engine.md"


def test_the_page_lists_what_is_allowed():
    text = PAGE.read_text(encoding="utf-8")
    assert with_list(text) == text, "write it anew: python -m arusha.engine.allowed_page docs/engine.md"
    for listed in ("`PERCENTILE_CONT`", "`//`", "`EPOCH`", "`EPOCH_US`", "`BIGINT`", "`SEMI`"):
        assert listed in text
    for refused in ("`MEDIAN`", "`COUNT_IF`", "`LOG`"):
        assert refused not in text
