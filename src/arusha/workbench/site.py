"""What is served: one workspace, its charter, and the assessments made of it."""

from __future__ import annotations

import json
import secrets
import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from arusha.assessment.folder import MANIFEST, digest, read_manifest
from arusha.charter import Charter, State
from arusha.errors import ArushaError
from arusha.language.told import error as error_of

HOME = "workbench"
"""Folder of a workspace in which the workbench keeps its accounts and its ledger."""


@dataclass(frozen=True)
class Site:
    """A workspace and the folders of its assessments. ``home`` is where the workbench keeps what is its own."""

    workspace: Path | None
    given: tuple[Path, ...]
    home: Path

    @property
    def assessments(self) -> dict[str, Path]:
        """Name in addresses -> folder: those given, and those beside the workspace that were made of it.

        Found anew when a load or an assessment put something in place.
        """
        return _named(self.workspace, self.given, self._changed())

    @property
    def has_records(self) -> bool:
        """Whether records were loaded into the workspace."""
        return self.workspace is not None and (self.workspace / MANIFEST).is_file()

    @property
    def loaded_at(self) -> datetime | None:
        """When the records in force were loaded; none where there are none, or their manifest does not say."""
        at = _manifest(self.workspace).get("created_at")
        return datetime.fromisoformat(str(at)) if at else None

    @property
    def demo(self) -> dict[str, object] | None:
        """The mark of an invented administration; none where a record or an assessment does not bear it."""
        return _mark(self.workspace, self.given, self._changed())

    def _changed(self) -> tuple[int, ...]:
        """What is another once a load or an assessment put something in place."""
        if self.workspace is None:
            return ()
        manifest = self.workspace / MANIFEST
        told = manifest.stat().st_mtime_ns if manifest.is_file() else 0
        return (told, self.workspace.resolve().parent.stat().st_mtime_ns)

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
        own = _manifest(self.workspace)
        of = own_digests(self.workspace)
        manifests = {path: read_manifest(path) for path in self.assessments.values()}
        marks = {bool(m.get("demo")) for m in manifests.values()} | ({bool(own.get("demo"))} if own else set())
        if len(marks) > 1:
            raise error_of(ArushaError, "serve-mixed", "serve-mixed", where=", ".join(str(p) for p in manifests))
        for path, manifest in manifests.items():
            if of and (manifest.get("workspace") or {}).get("digest") not in of:
                raise error_of(
                    ArushaError,
                    "serve-other-workspace",
                    "serve-other-workspace",
                    where=str(path),
                    name=(manifest.get("workspace") or {}).get("name", ""),
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


def _manifest(workspace: Path | None) -> dict[str, Any]:
    """What the workspace's manifest says; empty where there are no records yet."""
    if workspace is None or not (workspace / MANIFEST).is_file():
        return {}
    return dict(json.loads((workspace / MANIFEST).read_text("utf-8")))


def own_digests(workspace: Path | None) -> set[str]:
    """The digests of the manifest of the workspace's records and of those that were there before."""
    told = _manifest(workspace)
    if workspace is None or not told:
        return set()
    return {digest(workspace / MANIFEST), *(str(former) for former in told.get("replaces", []))}


def _beside(workspace: Path | None) -> list[Path]:
    """Assessments beside a workspace that were made of its records, or of those that they replaced."""
    own = own_digests(workspace)
    beside = []
    for manifest in sorted(workspace.resolve().parent.glob(f"*/{MANIFEST}")) if workspace is not None and own else ():
        try:
            told = json.loads(manifest.read_text("utf-8"))["workspace"]["digest"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if told in own and not manifest.parent.name.startswith("."):
            beside.append(manifest.parent)
    return beside


@lru_cache(maxsize=32)
def _named(workspace: Path | None, given: tuple[Path, ...], changed: tuple[int, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in dict.fromkeys([*given, *_beside(workspace)]):
        name = path.resolve().name
        while name in found:
            name += "-2"
        found[name] = path
    return found


@lru_cache(maxsize=32)
def _mark(workspace: Path | None, given: tuple[Path, ...], changed: tuple[int, ...]) -> dict[str, object] | None:
    own = _manifest(workspace)
    marks: list[Any] = [own.get("demo")] if own else []
    marks += [read_manifest(path).get("demo") for path in _named(workspace, given, changed).values()]
    return dict(marks[0]) if marks and all(isinstance(m, dict) for m in marks) else None


@lru_cache(maxsize=8)
def site_at(workspace: str, assessments: tuple[str, ...], home: str) -> Site:
    """The site that the settings name."""
    return Site(Path(workspace) if workspace else None, tuple(Path(a) for a in assessments), Path(home))


def site() -> Site:
    """The site that this process serves."""
    from django.conf import settings

    return site_at(settings.ARUSHA_WORKSPACE, tuple(settings.ARUSHA_ASSESSMENTS), settings.ARUSHA_HOME)
