"""The rules agreed to: which question is live, who may do what, and what the union said. See docs/charter.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_PUBLIC = {
    "ACTS": "arusha.charter.acts",
    "STAGES": "arusha.charter.acts",
    "matrix": "arusha.charter.acts",
    "Charter": "arusha.charter.charter",
    "Standing": "arusha.charter.charter",
    "Facts": "arusha.charter.dossier",
    "content_hash": "arusha.charter.dossier",
    "CharterError": "arusha.charter.problems",
    "Missing": "arusha.charter.problems",
    "RefusedError": "arusha.charter.problems",
    "ROLES": "arusha.charter.roles",
    "Question": "arusha.charter.state",
    "State": "arusha.charter.state",
}

if TYPE_CHECKING:
    from arusha.charter.acts import ACTS, STAGES, matrix
    from arusha.charter.charter import Charter, Standing
    from arusha.charter.dossier import Facts, content_hash
    from arusha.charter.problems import CharterError, Missing, RefusedError
    from arusha.charter.roles import ROLES
    from arusha.charter.state import Question, State

__all__ = [
    "ACTS",
    "ROLES",
    "STAGES",
    "Charter",
    "CharterError",
    "Facts",
    "Missing",
    "Question",
    "RefusedError",
    "Standing",
    "State",
    "content_hash",
    "matrix",
]


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
