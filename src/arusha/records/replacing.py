"""New records in the place of a workspace's former ones: what must agree, and what the new manifest says of the old."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arusha.errors import WorkspaceError
from arusha.language.told import error as error_of
from arusha.records.scan import sha256_of
from arusha.records.workspace import MANIFEST

_KEPT = ("charter", "workbench")


@dataclass(frozen=True)
class Former:
    """The records that a workspace holds before a load. ``digest`` is that of their manifest."""

    path: Path
    digest: str
    manifest: Mapping[str, Any]

    @classmethod
    def of(cls, path: Path) -> Former | None:
        """The former records; none where there are none, or nothing that can be read."""
        try:
            manifest = json.loads((path / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return cls(path, sha256_of(path / MANIFEST), manifest) if isinstance(manifest, dict) else None

    def check(self, manifest: Mapping[str, Any]) -> None:
        """Refuse records that may not take the place of these.

        Raises
        ------
        WorkspaceError
            Invented records would follow real ones, or the other way about; or people act under pseudonyms of a key
            that is not the new records'.
        """
        if not any((self.path / kept).exists() for kept in _KEPT):
            return
        if bool(manifest.get("demo")) != bool(self.manifest.get("demo")):
            raise error_of(WorkspaceError, "replace-mixed", "own-workspace", where=str(self.path))
        before, after = (m.get("pseudonyms") or {} for m in (self.manifest, manifest))
        if before.get("key_id") and before.get("key_id") != after.get("key_id"):
            raise error_of(WorkspaceError, "replace-other-key", "key-that-made", where=str(self.path))

    def succeed(self, manifest: dict[str, Any]) -> None:
        """Say in the new manifest what it replaces: assessments of the former records are this workspace's too."""
        manifest["replaces"] = [*self.manifest.get("replaces", []), self.digest]
