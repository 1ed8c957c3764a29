"""What the first page after a start would have to wait for, read before there is one.

It answers nothing and decides nothing: each page still asks what it shows anew, and finds it read.
"""

from __future__ import annotations

import time
from importlib import import_module

from arusha.charter import State
from arusha.errors import ArushaError
from arusha.language import languages
from arusha.workbench.assessments import page_of, report_of
from arusha.workbench.gate import open_assessment
from arusha.workbench.ledger_room import read_before
from arusha.workbench.pages import catalogue, templates
from arusha.workbench.performance_room import turned_out
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site

MOST_ASSESSMENTS = 4
"""The newest ones; others are read when somebody asks for them."""


LONGEST_SECONDS = 20.0
"""After this no further page is made: gunicorn kills a worker that has not begun to answer after 30 seconds."""


def warm_up() -> None:
    """Read addresses, sentences and templates, and of the site the charter, the alerts and the newest assessments.

    What cannot be read is left to the page that asks for it, which says so.
    """
    began = time.monotonic()
    import_module("arusha.workbench.urls")
    for lang in languages():
        catalogue(lang)
    templates()
    try:
        _read(site(), began)
    except (ArushaError, OSError):
        return


def _read(served: Site, began: float) -> None:
    state = served.state()
    if (served.home / "ledger").exists():
        turned_out(Record(served.home))  # brings the table beside the ledger up to its end
    read_before()
    newest = sorted(served.assessments.items(), key=lambda one: (one[1] / "manifest.json").stat().st_mtime_ns)
    for name, _ in newest[-MOST_ASSESSMENTS:]:
        found = open_assessment(served, name, state)
        if found is not None:
            _ = found.stand_out
    if newest:
        _pages(served, newest[-1][0], state, began)


def _pages(served: Site, name: str, state: State | None, began: float) -> None:
    """Make the pages of the newest assessment in every language, as far as there is time."""
    found = open_assessment(served, name, state)
    for lang in languages() if found is not None else ():
        assert found is not None
        if time.monotonic() - began > LONGEST_SECONDS:
            return
        report_of(found, lang)
        for asked in found.folder.questions:
            page_of(found, asked.id, lang)
