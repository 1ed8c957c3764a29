"""Extracts that can be loaded: folders below one that the administration set, and what was sent through the browser."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings

from arusha.records.mapping_file import SHIPPED
from arusha.workbench.site import Site
from arusha.workbench.uploads import folder_of

_TABLES = (".csv", ".txt", ".tsv", ".parquet", ".pq", ".gz", ".zst")
_MAPPINGS = (".yaml", ".yml")
MOST_SHOWN = 500
MOST_FILES = 5_000


@dataclass(frozen=True)
class Extract:
    """A folder of files. ``where`` is ``server`` or ``upload``; ``mappings`` are files of mappings or overrides."""

    where: str
    name: str
    path: Path
    files: int
    size: int
    mappings: tuple[str, ...]

    @property
    def upload(self) -> str:
        """The upload's name; empty for a folder of the server."""
        return self.name if self.where == "upload" else ""


def on_server(served: Site) -> list[Extract]:
    """The folders below the folder of extracts that hold tables, by name; hidden ones and links are left out."""
    root = Path(settings.ARUSHA_EXTRACTS) if settings.ARUSHA_EXTRACTS else None
    if root is None or not root.is_dir():
        return []
    found = []
    for path in sorted(root.iterdir()):
        if path.is_dir() and not path.is_symlink() and not path.name.startswith(".") and path.suffix != ".arusha":
            extract = _of("server", path.name, path)
            if extract.files:
                found.append(extract)
    return found[:MOST_SHOWN]


def find(served: Site, where: str, name: str) -> Extract | None:
    """One of the extracts that there are; a name is never taken for a path."""
    if where == "upload":
        path = folder_of(served.home, name)
        return _of(where, name, path) if path is not None else None
    return next((e for e in on_server(served) if e.name == name), None) if where == "server" else None


def _of(where: str, name: str, path: Path) -> Extract:
    files = islice((f for f in path.rglob("*") if f.is_file() and not f.is_symlink()), MOST_FILES)
    tables = [f for f in files if f.suffix.lower() in _TABLES]
    mappings = tuple(sorted(f.name for f in path.iterdir() if f.is_file() and f.suffix.lower() in _MAPPINGS))
    return Extract(where, name, path, len(tables), sum(f.stat().st_size for f in tables), mappings)


def mapping_of(extract: Extract, name: str) -> str | None:
    """A mapping as a load takes it: one of the shipped by name, or a file of the extract; none for any other name."""
    if name in SHIPPED:
        return name
    return str(extract.path / name) if name in extract.mappings else None
