"""The workbench served over an office made for the test; see ``workbench_office``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the workbench is an extra")
sys.path.append(str(Path(__file__).resolve().parent))
from django.core.management import call_command
from examplia import Examplia, build, serve_copy
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


@pytest.fixture(scope="session")
def examplia_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo administration with something to find, made once."""
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def examplia(examplia_built: Path, tmp_path: Path) -> Iterator[Examplia]:
    """The demo, served; what a test does in it stays in its own copy."""
    yield from serve_copy(examplia_built, tmp_path)
