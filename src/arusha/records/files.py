"""Which files of a source hold which table: ``TABLE.csv``, ``TABLE.parquet``, or a folder ``TABLE/`` of parts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from arusha.errors import Cell, RecordsError
from arusha.language.told import error

_KINDS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".parquet": "parquet", ".pq": "parquet"}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
# What a person may well have put there in the belief that it would be read.
_UNREADABLE = {".xlsx", ".xls", ".ods", ".json", ".xml", ".sql", ".dmp", ".mdb", ".accdb", ".zip", ".7z", ".rar"}


@dataclass(frozen=True)
class SourceFile:
    """One file that holds rows of one source table.

    ``relative`` is the path below the source as the manifest names it; ``table`` the source's table.
    """

    path: Path
    relative: str
    table: str
    kind: str
    compression: str


@dataclass(frozen=True)
class Found:
    """The files of a source, and those that no table of the mapping claims."""

    source: Path
    files: tuple[SourceFile, ...]
    unclaimed: tuple[str, ...]

    def of(self, table: str) -> tuple[SourceFile, ...]:
        return tuple(f for f in self.files if f.table == table)


def _format(path: Path) -> tuple[str, str, str] | None:
    """(stem, kind, compression) of a data file; None for any other."""
    suffixes = [s.lower() for s in path.suffixes]
    compression = ""
    name = path.name
    if suffixes and suffixes[-1] in _COMPRESSIONS:
        compression = _COMPRESSIONS[suffixes.pop()]
        name = name[: name.rindex(".")]
    if not suffixes or suffixes[-1] not in _KINDS:
        return None
    return name[: name.rindex(".")], _KINDS[suffixes[-1]], compression


def _claims(pattern: str, stem: str, folders: tuple[str, ...]) -> bool:
    """Whether a table that answers to ``pattern`` claims a file.

    A numbered part (``events-003``, ``events_2024``) belongs to its table; so does all that lies in its folder.
    """
    wanted = pattern.lower()
    for candidate in (stem.lower(), *(f.lower() for f in folders)):
        if any(sign in wanted for sign in "*?["):
            if fnmatchcase(candidate, wanted):
                return True
        elif candidate == wanted or re.fullmatch(re.escape(wanted) + r"[-_. ](part[-_. ]?)?[\d-]+", candidate):
            return True
    return False


def find_files(source: Path, patterns: Mapping[str, Iterable[str]]) -> Found:
    """The files below ``source`` (a folder, or one file) by the table that claims them.

    Parameters
    ----------
    patterns
        Source table -> file names without ending that hold it; ``*`` and ``?`` as in a shell. Case does not matter.

    Raises
    ------
    RecordsError
        No such source; a folder in it cannot be read, or a link in it leads nowhere or out of it; nothing in it is a
        table of the mapping; or two forms of one table lie side by side.
    """
    if not source.exists():
        raise error(RecordsError, "no-source", "path", where=str(source))
    candidates = [source] if source.is_file() else _below(source)
    root = source.parent if source.is_file() else source
    files: list[SourceFile] = []
    unclaimed: list[str] = []
    for path in candidates:
        relative = path.relative_to(root)
        if any(map(_hidden, relative.parts)):
            continue
        known = _format(path)
        if known is None:
            if path.suffix.lower() in _UNREADABLE:
                unclaimed.append(relative.as_posix())
            continue
        stem, kind, compression = known
        owners = [t for t, wanted in patterns.items() if any(_claims(p, stem, relative.parts[:-1]) for p in wanted)]
        exact = [t for t in owners if any(p.lower() == stem.lower() for p in patterns[t])]
        owners = exact or owners
        if len(owners) > 1:
            raise error(
                RecordsError, "several-tables", "name-file", where=relative.as_posix(), tables=", ".join(owners)
            )
        if owners:
            files.append(SourceFile(path, relative.as_posix(), owners[0], kind, compression))
        else:
            unclaimed.append(relative.as_posix())
    if not files:
        names = ", ".join(f"{t}.csv" for t in list(patterns)[:3])
        raise _none(source, unclaimed, names, list(patterns))
    _refuse_two_forms(files)
    return Found(source, tuple(files), tuple(unclaimed))


def _none(source: Path, unclaimed: list[str], names: str, tables: list[str]) -> RecordsError:
    other = [name for name in unclaimed if Path(name).suffix.lower() in _UNREADABLE]
    if source.is_file():
        return error(RecordsError, "not-a-table", "name-files", where=str(source), names=names)
    if not unclaimed:
        return error(RecordsError, "holds-nothing", "name-files", where=str(source), names=names)
    if other == unclaimed:
        return error(RecordsError, "holds-other", "name-files", where=str(source), names=names, file=Cell(other[0]))
    meant = _meant(unclaimed, tables)
    if meant is not None:
        file, table = meant
        line = f'sources: {{{table}: {{files: ["{file}"]}}}}'
        return error(
            RecordsError, "none-of-mapping", "claim-files", where=str(source), file=Cell(file), line=Cell(line)
        )
    return error(RecordsError, "none-of-mapping", "name-files", where=str(source), names=names)


def _meant(unclaimed: list[str], tables: list[str]) -> tuple[str, str] | None:
    """The first file whose name holds a table's name (``aw_sad_item_2025.csv``), without ending, and that table."""
    for table in tables:
        for name in unclaimed:
            stem = PurePath(name).name.split(".")[0]
            if table.lower() in stem.lower() and re.fullmatch(r"[\w-]+", stem):
                return stem, table
    return None


def _below(source: Path) -> list[Path]:
    """Every file below a folder, sorted. What would be passed over in silence is refused: rows would be missing."""

    def unreadable(problem: OSError) -> None:
        where, why = str(problem.filename), str(problem.strerror)
        raise error(RecordsError, "folder-shut", "right-folder", where=where, why=why) from problem

    out: list[Path] = []
    home = source.resolve()
    for folder, folders, names in os.walk(source, onerror=unreadable):
        folders[:] = [name for name in folders if not _hidden(name)]
        for name in folders:
            if Path(folder, name).is_symlink():
                _refuse_leading_out(Path(folder, name), Path(folder, name).relative_to(source), home)
        for name in names:
            path = Path(folder, name)
            if path.is_symlink() and not _hidden(name) and _format(path) is not None:
                _refuse_leading_out(path, path.relative_to(source), home)
            if path.is_file():
                out.append(path)
    return sorted(out)


def _hidden(name: str) -> bool:
    """Whether a file or folder is no part of an extract: hidden, or a workspace."""
    return name.startswith(".") or name.endswith(".arusha")


def _refuse_leading_out(link: Path, relative: Path, home: Path) -> None:
    """A link may stand for a file of the same source and for nothing else.

    Whoever can put a link into an extract could have any file read that the analyst may read; and a folder behind a
    link, or a link to nothing, would be left out without a word.
    """
    target = link.resolve()
    where = relative.as_posix()
    if not target.exists():
        raise error(RecordsError, "link-nothing", "link", where=where)
    if target.is_dir():
        raise error(RecordsError, "link-folder", "link", where=where, file=str(target))
    if not target.is_relative_to(home):
        raise error(RecordsError, "link-outside", "link", where=where, file=str(target))


def _refuse_two_forms(files: list[SourceFile]) -> None:
    """The same rows as CSV and as Parquet would be counted twice."""
    forms: dict[tuple[str, str], dict[str, str]] = {}
    for file in files:
        stem = Path(file.relative).name.split(".")[0]
        others = forms.setdefault((file.table, (Path(file.relative).parent / stem).as_posix().lower()), {})
        form = file.kind + file.compression
        if others and form not in others:
            one = next(iter(others.values()))
            raise error(RecordsError, "there-twice", "keep-one", where=file.table, one=one, other=file.relative)
        others[form] = file.relative
