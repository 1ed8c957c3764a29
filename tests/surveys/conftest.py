"""Reference values and data of surveys, where ../shared is there."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
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
def table() -> Callable[[str], dict[str, np.ndarray]]:
    """Columns of a data set, as numbers where they are numbers (missing as NaN), else as text."""

    def read(name: str) -> dict[str, np.ndarray]:
        path = SHARED / "data" / name
        if not path.exists():
            pytest.skip(f"data {name} are not here (set ARUSHA_SHARED)")
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        columns = {}
        for column in rows[0]:
            texts = [r[column] for r in rows]
            try:
                columns[column] = np.array([float(t) if t not in ("", "NA") else np.nan for t in texts])
            except ValueError:
                columns[column] = np.array(texts)
        return columns

    return read
