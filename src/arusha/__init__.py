"""Arusha: the integrity observatory for customs administrations.

The functions of the command line, for Python::

    import arusha

    workspace = arusha.load("extract/", mapping="canonical", out="office.arusha")
    assessment = arusha.assess(workspace, "assessment/")
    assessment.signals            # a pyarrow.Table, one row a tested unit

Everything here is imported on first use, so that ``import arusha`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "load": "arusha.records.load",
    "inspect": "arusha.records.inspect",
    "Workspace": "arusha.records.workspace",
    "write_template": "arusha.records.template",
    "letter": "arusha.records.letter",
    "assess": "arusha.assessment.run",
    "Assessment": "arusha.assessment.run",
    "Plan": "arusha.assessment.plan",
    "evidence": "arusha.assessment.evidence",
    "verify": "arusha.assessment.verify",
    "open_session": "arusha.engine",
    "ArushaError": "arusha.errors",
}

if TYPE_CHECKING:
    from arusha.assessment.evidence import evidence
    from arusha.assessment.plan import Plan
    from arusha.assessment.run import Assessment, assess
    from arusha.assessment.verify import verify
    from arusha.engine import open_session
    from arusha.errors import ArushaError
    from arusha.records.inspect import inspect
    from arusha.records.letter import letter
    from arusha.records.load import load
    from arusha.records.template import write_template
    from arusha.records.workspace import Workspace

__all__ = [
    "ArushaError",
    "Assessment",
    "Plan",
    "Workspace",
    "__version__",
    "assess",
    "evidence",
    "inspect",
    "letter",
    "load",
    "open_session",
    "verify",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'arusha' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
