"""Reference values and data for effects."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from arusha.effects import Panel, read_panel

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


@pytest.fixture(scope="session")
def columns(data: Callable[[str], Path]) -> Callable[[str], dict[str, NDArray[np.str_]]]:
    def read(name: str) -> dict[str, NDArray[np.str_]]:
        with data(name).open(newline="") as file:
            rows = list(csv.DictReader(file))
        return {key: np.array([row[key] for row in rows]) for key in rows[0]}

    return read


@pytest.fixture(scope="session")
def counties(data: Callable[[str], Path]) -> Panel:
    """County teen employment, 2003 to 2007 (mpdta)."""
    return read_panel(
        data("did/mpdta.csv"),
        unit="countyreal",
        period="year",
        outcome="lemp",
        first_treated="first.treat",
        covariates=["lpop"],
    )
