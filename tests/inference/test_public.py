"""The package's face: names found lazily, nothing heavy on import, every module on the page."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import arusha.inference as inference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "inference.md"
MODULES = sorted(
    p.stem
    for p in Path(inference.__file__).parent.glob("*.py")
    if not p.stem.endswith("_kernel") and p.stem not in ("__init__", "compiled", "segments")
)


@pytest.mark.parametrize("name", inference.__all__)
def test_every_public_name_is_found_and_documented(name):
    function = getattr(inference, name)
    assert callable(function)
    assert function.__doc__
    assert f"`{name}`" in PAGE.read_text("utf-8"), f"docs/inference.md does not speak of {name}"


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_on_the_page(module):
    import_module(f"arusha.inference.{module}")
    assert f"| `{module}` |" in PAGE.read_text("utf-8"), f"docs/inference.md has no row for {module}"


def test_importing_the_package_loads_neither_numpy_nor_scipy_nor_numba():
    code = "import sys, arusha.inference; print(sorted({'numpy', 'scipy', 'numba'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_modules_load_without_numba():
    """Kernels, and numba with them, are loaded by the first call that needs them."""
    names = ", ".join(f"arusha.inference.{m}" for m in MODULES)
    code = f"import sys, {names}; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_unknown_name_says_so():
    with pytest.raises(AttributeError, match="no attribute 'best_guess'"):
        _ = inference.best_guess
