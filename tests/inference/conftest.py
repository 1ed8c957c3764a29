"""Reference values and data for the statistics."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("ARUSHA_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@pytest.fixture(scope="session")
def golden() -> Callable[[str], dict[str, Any]]:
    def read(name: str) -> dict[str, Any]:
        path = SHARED / "golden" / f"{name}.json"
        if not path.exists():
            pytest.skip(f"reference values {name}.json are not here (set ARUSHA_SHARED)")
        results: dict[str, Any] = json.loads(path.read_text())["results"]
        return results

    return read


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    def find(name: str) -> Path:
        path = SHARED / "data" / name
        if not path.exists():
            pytest.skip(f"data {name} are not here (set ARUSHA_SHARED)")
        return path

    return find
