"""Reference values and data for effects."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from arusha.effects import Panel, read_panel


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
