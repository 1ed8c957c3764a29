"""The Republic of Examplia: a customs administration with known corruption, known look-alikes, and an answer key.

It only writes files; it knows nothing of how they are assessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arusha.demo.asycuda import write_asycuda as write_asycuda
    from arusha.demo.large import write_large as write_large
    from arusha.demo.truth import Truth as Truth
    from arusha.demo.world import World as World
    from arusha.demo.world import generate as generate
    from arusha.demo.writing import write_canonical as write_canonical
    from arusha.demo.writing import write_demo as write_demo

_WHERE = {
    "Truth": "truth",
    "World": "world",
    "generate": "world",
    "write_asycuda": "asycuda",
    "write_canonical": "writing",
    "write_demo": "writing",
    "write_large": "large",
}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    # numpy and pyarrow load on first use, so that `import arusha` stays light.
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
