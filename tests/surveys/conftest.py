"""Reference values and data of surveys, where ../shared is there."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope="session")
def table(data: Callable[[str], Path]) -> Callable[[str], dict[str, np.ndarray]]:
    """Columns of a data set, as numbers where they are numbers (missing as NaN), else as text."""

    def read(name: str) -> dict[str, np.ndarray]:
        with data(name).open(newline="", encoding="utf-8") as file:
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
