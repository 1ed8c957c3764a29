"""Where queries run: one SQL text, checked, on DuckDB here and on Spark there; nothing else knows which."""

from __future__ import annotations

from arusha.engine.opening import open_session, session_from_tables
from arusha.engine.query import Query, Step, literal
from arusha.engine.session import Session

__all__ = ["Query", "Session", "Step", "literal", "open_session", "session_from_tables"]
