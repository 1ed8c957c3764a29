from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent))
from world import World, make_world

from arusha.charter import Charter


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("charter") / "w.arusha")


@pytest.fixture
def world(_made: World, tmp_path: Path) -> World:
    """A copy of the charter with a person in every role."""
    shutil.copytree(_made.charter.path.parent, tmp_path / "w.arusha")
    clock = type(_made.clock)(_made.clock.at)
    return World(Charter(tmp_path / "w.arusha" / "charter", clock), clock)
