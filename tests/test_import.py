"""`import arusha` costs next to nothing and needs neither Spark nor a web framework."""

from __future__ import annotations

import subprocess
import sys

import pytest

import arusha

HEAVY = ("numpy", "scipy", "numba", "duckdb", "pyarrow", "pyspark", "django", "sqlglot", "typer")


def loaded(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_arusha_loads_nothing_heavy() -> None:
    assert not loaded("import arusha") & set(HEAVY)


def test_the_command_line_starts_without_engines() -> None:
    assert not loaded("import arusha.cli") & {"numpy", "scipy", "numba", "duckdb", "pyarrow", "pyspark"}


def test_assessing_does_not_load_spark() -> None:
    assert "pyspark" not in loaded("import arusha.assessment.run")


@pytest.mark.parametrize("name", arusha.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(arusha, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'rank'"):
        arusha.rank  # noqa: B018
