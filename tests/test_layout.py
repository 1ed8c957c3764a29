"""The suite's own layout: what one folder's tests import must not depend on which folder was read first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def test_no_two_test_modules_share_a_name() -> None:
    """Folders without ``__init__.py`` are imported by the bare name: of two such modules the second is never read."""
    names = Counter(
        path.name
        for path in TESTS.rglob("*.py")
        if path.name != "conftest.py" and not (path.parent / "__init__.py").exists()
    )
    assert [name for name, times in names.items() if times > 1] == []
