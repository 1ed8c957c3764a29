"""The workbench served over an office made for the test; see ``workbench_office``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the workbench is an extra")
sys.path.append(str(Path(__file__).resolve().parent))
from django.core.management import call_command
from workbench_office import Office, make_office, serving


@pytest.fixture(scope="session", autouse=True)
def _tables() -> None:
    call_command("migrate", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def _empty_tables() -> Iterator[None]:
    yield
    call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of real records (as far as the program knows), without a charter."""
    yield from serving(make_office(tmp_path))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Office]:
    """The same, invented."""
    yield from serving(make_office(tmp_path, demo=True))
