"""What is served: one workspace, its charter, and the assessments made of it."""

from __future__ import annotations

import json
import secrets
import string
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from arusha.assessment.folder import MANIFEST, digest, read_manifest
from arusha.charter import Charter, State
from arusha.errors import ArushaError

HOME = "workbench"
"""Folder of a workspace in which the workbench keeps its accounts and its ledger."""


@dataclass(frozen=True)
class Site:
    """A workspace and the folders of its assessments. ``home`` is where the workbench keeps what is its own."""

    workspace: Path | None
    given: tuple[Path, ...]
    home: Path

    @cached_property
    def assessments(self) -> dict[str, Path]:
        """Name in addresses -> folder: those given, and those beside the workspace that were made of it."""
        found: dict[str, Path] = {}
        for path in dict.fromkeys([*self.given, *self._beside()]):
            name = path.resolve().name
            while name in found:
                name += "-2"
            found[name] = path
        return found

    def _beside(self) -> list[Path]:
        if self.workspace is None:
            return []
        own = digest(self.workspace / MANIFEST)
        beside = []
        for manifest in sorted(self.workspace.resolve().parent.glob(f"*/{MANIFEST}")):
            try:
                told = json.loads(manifest.read_text("utf-8"))["workspace"]["digest"]
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if told == own:
                beside.append(manifest.parent)
        return beside

    @cached_property
    def demo(self) -> dict[str, object] | None:
        """The mark of an invented administration; none where a record or an assessment does not bear it."""
        marks = []
        if self.workspace is not None:
            marks.append(json.loads((self.workspace / MANIFEST).read_text("utf-8")).get("demo"))
        marks += [read_manifest(path).get("demo") for path in self.assessments.values()]
        return dict(marks[0]) if marks and all(isinstance(m, dict) for m in marks) else None

    def charter(self) -> Charter | None:
        """The workspace's charter; none in a study."""
        return Charter.of(self.workspace) if self.workspace is not None else None

    def state(self) -> State | None:
        """The charter's state, each entry held against the rules again; none in a study."""
        charter = self.charter()
        return charter.state() if charter is not None else None

    def check(self) -> None:
        """Refuse to serve invented and real records side by side.

        Raises
        ------
        ArushaError
            If an assessment is of another administration than the workspace, or one of them only is invented.
        """
        own = json.loads((self.workspace / MANIFEST).read_text("utf-8")).get("demo") if self.workspace else None
        of = digest(self.workspace / MANIFEST) if self.workspace else ""
        manifests = {path: read_manifest(path) for path in self.assessments.values()}
        marks = {bool(m.get("demo")) for m in manifests.values()} | ({bool(own)} if self.workspace else set())
        if len(marks) > 1:
            raise ArushaError(
                "invented and real records are never shown side by side",
                where=", ".join(str(p) for p in manifests),
                remedy="serve the demo by itself: arusha serve DEMO.arusha",
            )
        for path, manifest in manifests.items():
            if of and (manifest.get("workspace") or {}).get("digest") != of:
                raise ArushaError(
                    "this assessment was not made of the workspace that is served",
                    where=str(path),
                    remedy=f"name the workspace {(manifest.get('workspace') or {}).get('name', '')}, or leave it out",
                )

    def solo_actor(self) -> str:
        """The pseudonym under which the one person of a workspace without roles is recorded; made once, at random."""
        path = self.home / "solo"
        if not path.is_file():
            letters = string.ascii_uppercase + string.digits
            groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(3)]
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text("P-" + "-".join(groups), "utf-8")
        return path.read_text("utf-8").strip()


@lru_cache(maxsize=8)
def site_at(workspace: str, assessments: tuple[str, ...], home: str) -> Site:
    """The site that the settings name."""
    return Site(Path(workspace) if workspace else None, tuple(Path(a) for a in assessments), Path(home))


def site() -> Site:
    """The site that this process serves."""
    from django.conf import settings

    return site_at(settings.ARUSHA_WORKSPACE, tuple(settings.ARUSHA_ASSESSMENTS), settings.ARUSHA_HOME)
