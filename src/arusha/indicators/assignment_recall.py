"""What a question worked out is kept while its cells live: explanations and evidence need it again."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arusha.indicators.assignment_answer import Office
from arusha.indicators.definition import Cells, Settings

if TYPE_CHECKING:
    from arusha.engine.session import Session


class Recall:
    """Session and settings -> cells (weakly) -> the offices with a signal."""

    def __init__(self) -> None:
        self._cells: weakref.WeakKeyDictionary[Session, tuple[str, weakref.ref[Cells]]] = weakref.WeakKeyDictionary()
        self._offices: dict[int, dict[str, Office]] = {}

    def keep(self, session: Session, settings: Settings, cells: Cells) -> None:
        self._cells[session] = (repr(settings), weakref.ref(cells))

    def keep_offices(self, cells: Cells, offices: Sequence[Office]) -> None:
        number = id(cells)
        self._offices[number] = {o.draws.office: o for o in offices if o.tested.signal.any()}
        weakref.finalize(cells, self._offices.pop, number, None)

    def office(self, session: Session, settings: Settings, office: str) -> Office | None:
        """The office as it was tested under these settings, if that is still known."""
        asked, kept = self._cells.get(session, ("", None))
        cells = kept() if kept is not None else None
        if cells is None or asked != repr(settings):
            return None
        return self._offices.get(id(cells), {}).get(office)
