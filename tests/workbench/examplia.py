"""A demo administration with invented people, made once a run; each test acts in a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.test import Client
from django.test.utils import override_settings
from workbench_office import ENTRY

from arusha.charter import Charter
from arusha.workbench.demo_office import demo_office
from arusha.workbench.record import Record
from arusha.workbench.site import Site, site_at

DECLARATIONS, SEED = 20_000, 7
"""The smallest year of the default seed that was tried in which a live question flags anything."""


@dataclass(frozen=True)
class Examplia:
    """The served demo: its folder and its workspace."""

    directory: Path

    @property
    def workspace(self) -> Path:
        return self.directory / "examplia.arusha"

    @property
    def home(self) -> Path:
        return self.workspace / "workbench"

    @property
    def site(self) -> Site:
        return site_at(str(self.workspace), (), str(self.home))

    @property
    def record(self) -> Record:
        return Record(self.home)

    def charter(self) -> Charter:
        found = Charter.of(self.workspace)
        assert found is not None
        return found

    def kinds(self) -> list[str]:
        return [r.entry.kind for r in self.record.ledger.entries()]

    def acting_as(self, who: str) -> Client:
        client = Client()
        client.get(f"/enter/{ENTRY}")
        client.post("/act-as", {"person": who})
        return client


def build(folder: Path) -> Path:
    """The demo, without the extract that no test here reads."""
    directory = folder / "examplia"
    demo_office(directory, DECLARATIONS, SEED, clean=False)
    shutil.rmtree(directory / "asycuda")
    return directory


def serve_copy(built: Path, folder: Path) -> Iterator[Examplia]:
    """Serve a copy for the time of a test."""
    made = Examplia(folder / "examplia")
    shutil.copytree(built, made.directory)
    site_at.cache_clear()
    with override_settings(ARUSHA_WORKSPACE=str(made.workspace), ARUSHA_ASSESSMENTS=[], ARUSHA_HOME=str(made.home)):
        yield made
    site_at.cache_clear()
