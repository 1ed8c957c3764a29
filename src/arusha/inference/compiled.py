"""Compiling a kernel with numba.

Only the ``*_kernel`` modules import this at their top, and those are imported on first use, so that
``import arusha`` never pays for numba.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """``function`` compiled without the interpreter's lock, kept on disk where a folder for that can be written.

    No fast-math: additions keep their order, so results do not depend on the machine's vector width. What is kept on
    disk is dropped when the kernel's own file changes, not when another kernel's does: after editing a kernel that
    others call, delete the ``*.nbi`` files beside them.
    """
    try:
        kernel: Callable[P, R] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # neither the package's folder nor the user's cache can be written
        kernel = numba.njit(nogil=True, error_model="numpy")(function)
    return kernel
