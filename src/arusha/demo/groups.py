"""Invented groups of the demo's officers, drawn without looking at what they do: a list as HR would give it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

NAME = "groups.csv"


def write_groups(directory: Path, seed: int) -> Path:
    """Write ``groups.csv`` beside the demo's records: every officer, by staff id, with three attributes.

    No attribute has anything to do with what was planted: an audit that finds a gap here finds chance.
    """
    officers = pq.read_table(directory / "canonical" / "officers.parquet")["officer_id"].to_pylist()
    rng = np.random.default_rng([seed, 22])
    path = directory / NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["person", "gender", "age", "union office holder"])
        for who in sorted(officers):
            gender = ("women", "men")[int(rng.random() < 0.6)]
            age = ("under 35", "35 to 49", "50 and over")[int(rng.integers(3))]
            rows.writerow([who, gender, age, "yes" if rng.random() < 0.15 else "no"])
    return path
