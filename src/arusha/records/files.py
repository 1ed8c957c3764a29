"""Which files of a source hold which table: ``TABLE.csv``, ``TABLE.parquet``, or a folder ``TABLE/`` of parts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from arusha.errors import RecordsError

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
        raise RecordsError("there is no such file or folder", where=str(source), remedy="Check the path of the source.")
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
            raise RecordsError(
                f"the file could hold any of the tables {', '.join(owners)}",
                where=relative.as_posix(),
                remedy="Give the file the name of its table, or name its files in an override.",
            )
        if owners:
            files.append(SourceFile(path, relative.as_posix(), owners[0], kind, compression))
        else:
            unclaimed.append(relative.as_posix())
    if not files:
        raise RecordsError(
            _why_none(source, unclaimed),
            where=str(source),
            remedy="Name the files after their tables, for example "
            f"{', '.join(f'{t}.csv' for t in list(patterns)[:3])}; or choose another mapping with --mapping.",
        )
    _refuse_two_forms(files)
    return Found(source, tuple(files), tuple(unclaimed))


def _why_none(source: Path, unclaimed: list[str]) -> str:
    if source.is_file():
        return "the file is not a table of the mapping"
    other = [name for name in unclaimed if Path(name).suffix.lower() in _UNREADABLE]
    if not unclaimed:
        return "it holds no CSV or Parquet file"
    if other == unclaimed:
        return f"it holds no CSV or Parquet file; {other[0]} cannot be read"
    return "none of its files is a table of the mapping"


def _below(source: Path) -> list[Path]:
    """Every file below a folder, sorted. What would be passed over in silence is refused: rows would be missing."""

    def unreadable(error: OSError) -> None:
        raise RecordsError(
            f"the folder cannot be read ({error.strerror})",
            where=str(error.filename),
            remedy="Ask for the right to read it, or copy the extract to a folder of your own.",
        ) from error

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
    if not target.exists():
        problem = "the link leads to nothing"
    elif target.is_dir() or not target.is_relative_to(home):
        problem = f"the link leads to {'a folder' if target.is_dir() else 'a file outside the source'}, {target}"
    else:
        return
    raise RecordsError(
        problem, where=relative.as_posix(), remedy="Copy what it stands for into the source, or remove the link."
    )


def _refuse_two_forms(files: list[SourceFile]) -> None:
    """The same rows as CSV and as Parquet would be counted twice."""
    forms: dict[tuple[str, str], dict[str, str]] = {}
    for file in files:
        stem = Path(file.relative).name.split(".")[0]
        others = forms.setdefault((file.table, (Path(file.relative).parent / stem).as_posix().lower()), {})
        form = file.kind + file.compression
        if others and form not in others:
            raise RecordsError(
                f"the table lies there twice, as {next(iter(others.values()))} and as {file.relative}",
                where=file.table,
                remedy="Keep one of the two files; both together would count every row twice.",
            )
        others[form] = file.relative
