"""One session an engine for the whole run: Spark takes seconds to start."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest

from arusha.engine import session_from_tables

from .fixture_tables import TABLES


@pytest.fixture(scope="session")
def duck():
    with session_from_tables(TABLES) as session:
        yield session


@pytest.fixture(scope="session")
def spark():
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install 'arusha[spark]'")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java runtime: apt-get install openjdk-17-jre-headless")
    with session_from_tables(TABLES, engine="spark") as session:
        yield session
