"""Which files of a source hold which table: ``TABLE.csv``, ``TABLE.parquet``, or a folder ``TABLE/`` of parts."""

from __future__ import annotations

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
        No such source; nothing in it is a table of the mapping; or two forms of one table lie side by side.
    """
    if not source.exists():
        raise RecordsError("there is no such file or folder", where=str(source), remedy="Check the path of the source.")
    candidates = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
    root = source.parent if source.is_file() else source
    files: list[SourceFile] = []
    unclaimed: list[str] = []
    for path in candidates:
        relative = path.relative_to(root)
        if any(part.startswith(".") or part.endswith(".arusha") for part in relative.parts):
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
            "none of its files is a table of the mapping",
            where=str(source),
            remedy="Name the files after their tables, for example "
            f"{', '.join(f'{t}.csv' for t in list(patterns)[:3])}; or choose another mapping.",
        )
    _refuse_two_forms(files)
    return Found(tuple(files), tuple(unclaimed))


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
