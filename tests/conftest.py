"""Reference values and data beside the repository; a small demo administration, loaded and assessed once a test run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arusha.assessment.run import Assessment, assess
from arusha.records.workspace import Workspace

SHARED = Path(os.environ.get("ARUSHA_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data sets and reference values beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("reference data are not in the repository (../shared is absent)")
    return SHARED


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
def examplia(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of the demo administration, small, with strong schemes of four kinds and every look-alike."""
    from arusha.demo import generate, write_canonical
    from arusha.records.load import load

    folder = tmp_path_factory.mktemp("examplia")
    planted = {"steering-pick": 3, "steering-reassignment": 2, "lane-change-without-act": 2, "undervaluation": 2}
    world = generate(20_000, seed=7, schemes=planted, strengths=("strong",))
    write_canonical(world, folder / "canonical", format="parquet")
    return load(folder / "canonical", mapping="canonical", out=folder / "examplia.arusha", pseudonyms="off")


@pytest.fixture(scope="session")
def assessment(examplia: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """The small demo administration assessed, with an English and an Arabic report."""
    return assess(examplia, tmp_path_factory.mktemp("assessed") / "assessment")
