"""Mappings: how a source system's tables become the contract's tables. One YAML file a source system.

A mapping names the source tables with the columns it reads (``sources``), and for each table of the contract the
source table whose rows it takes and an expression a column (``tables``; see ``expressions``). An override, one file a
country or extract, is merged over it. ``canonical`` is the mapping of sources that already speak the contract.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from arusha.errors import RecordsError
from arusha.records.contract import CONTRACT, Table
from arusha.records.times import TimeFormat, is_zone, time_format

OFFICE_ZONE = "office"
"""The zone of a time written in the office's own time."""


@dataclass(frozen=True)
class Reading:
    """How values of a source column are written.

    ``encodings`` and ``delimiter`` belong to files; empty means: recognise them. ``zone`` is ``UTC``, ``office`` or an
    IANA name, and holds for times without an offset. ``decimals`` rounds money that is finer than the contract keeps.
    """

    encodings: tuple[str, ...] = ()
    delimiter: str = ""
    trim: bool = False
    empty: tuple[str, ...] = ()
    time_formats: tuple[TimeFormat, ...] = ()
    zone: str = "UTC"
    decimal_comma: bool = False
    thousands: str = ""
    round_money: bool = False


@dataclass(frozen=True)
class SourceColumn:
    """A column of a source table, under the name that the mapping gives it.

    ``names`` are the headers it answers to, in order. ``person`` is the pseudonym domain of whom it names, with
    ``person_when`` only in the rows where another column has one of some values. ``before`` keeps the part of a value
    before a separator, for code and name in one cell.
    """

    name: str
    names: tuple[str, ...]
    required: bool = False
    person: str = ""
    person_when: Map[str, tuple[str, ...]] = field(default_factory=dict)
    veil: bool = False
    before: str = ""
    reading: Reading = Reading()


@dataclass(frozen=True)
class SourceTable:
    """A table of the source: its files, its columns, and what must hold for it.

    ``key`` are the columns that tell its rows apart. ``validity`` names the columns of a window in which a row of a
    reference table holds.
    """

    name: str
    files: tuple[str, ...]
    columns: Map[str, SourceColumn]
    required: bool = False
    key: tuple[str, ...] = ()
    about: str = ""
    reading: Reading = Reading()


@dataclass(frozen=True)
class Exclusion:
    """Rows that the mapping itself leaves out, each counted under its reason."""

    reason: str
    spec: Map[str, Any]


@dataclass(frozen=True)
class Target:
    """How one table of the contract is filled: from the rows of ``source``, an expression a column.

    ``where`` selects the rows of the source that are rows of this table; all others belong elsewhere and are not
    counted against it.
    """

    table: str
    source: str
    columns: Map[str, Any]
    where: Map[str, Any] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping, complete with its override, and the digests by which the manifest names both."""

    name: str
    version: int
    sources: Map[str, SourceTable]
    targets: tuple[Target, ...]
    zone: str
    digest: str
    override_digest: str = ""
    about: str = ""

    @property
    def patterns(self) -> dict[str, tuple[str, ...]]:
        return {name: source.files for name, source in self.sources.items()}


SHIPPED = ("asycuda-world", "canonical", "korea-ctgan")
_TOP = {"name", "version", "about", "zone", "reading", "sources", "tables", "canonical"}
_READING = {
    "encoding",
    "delimiter",
    "trim",
    "empty",
    "time_format",
    "zone",
    "decimal_comma",
    "thousands",
    "round_money",
}
_SOURCE = {"files", "required", "key", "about", "columns"} | _READING
_COLUMN = {"names", "required", "person", "person_when", "veil", "before", "about"} | _READING
_TABLE = {"from", "where", "set_aside", "columns"}


def load_mapping(mapping: str | Path, override: str | Path | None = None) -> Mapping:
    """A shipped mapping by name, or one from a file, with an override merged over it.

    Raises
    ------
    RecordsError
        No such mapping, not YAML, or an entry that the mapping language does not know (named with its place).
    """
    text, where = _text_of(mapping)
    data = _parse(text, where)
    _refuse_unknown(data, _TOP, where)
    data = expanded(data, where)
    override_digest = ""
    if override is not None:
        over_text, over_where = _file_text(Path(override))
        over = _parse(over_text, over_where)
        _refuse_unknown(over, _TOP, over_where)
        data = merged(data, expanded(over, over_where) if "canonical" in over else over)
        override_digest = _digest(over_text)
        where = f"{where} with {over_where}"
    return build(data, where, digest=_digest(text), override_digest=override_digest)


def merged(base: Any, over: Any, depth: tuple[str, ...] = ()) -> Any:
    """``over`` merged into ``base``: entries by name, anything else replaced; null removes.

    An expression (``tables: T: columns: C``) is replaced whole: half of one and half of another mean nothing.
    """
    whole = len(depth) == 4 and depth[0] == "tables" and depth[2] == "columns"
    if whole or not isinstance(base, dict) or not isinstance(over, dict):
        return over
    out = dict(base)
    for key, value in over.items():
        if value is None and key in out:
            del out[key]
        else:
            out[key] = merged(out[key], value, (*depth, str(key))) if key in out else value
    return out


def expanded(data: Any, where: str) -> Any:
    """``data`` with the entry ``canonical`` written out as sources and tables, so that an override can reach them."""
    out = dict(data)
    entry = out.pop("canonical", ())
    names = tuple(CONTRACT.tables) if entry == "all" else tuple(str(n) for n in entry or ())
    sources, tables = dict(out.get("sources") or {}), dict(out.get("tables") or {})
    for name in names:
        if name not in CONTRACT.tables:
            raise RecordsError(f"the contract has no table {name}", where=f"{where}: canonical")
        if name not in tables and name not in sources:
            sources[name] = _canonical_source(CONTRACT.tables[name])
            tables[name] = {"from": name, "columns": {column: column for column in CONTRACT.tables[name].columns}}
    return {**out, "sources": sources, "tables": tables}


def build(data: Any, where: str, *, digest: str, override_digest: str = "") -> Mapping:
    """A mapping from the content of its file."""
    default = _reading(data.get("reading") or {}, Reading(), where)
    sources = {str(n): _source(str(n), s or {}, default, where) for n, s in (data.get("sources") or {}).items()}
    targets = [_target(str(n), t or {}, sources, where) for n, t in (data.get("tables") or {}).items()]
    zone = str(data.get("zone", ""))
    if zone and not is_zone(zone):
        raise RecordsError(
            f"{zone} is not a time zone of the IANA list", where=where, remedy="Write it like Africa/Nairobi."
        )
    return Mapping(
        name=str(data.get("name", Path(where).stem)),
        version=int(data.get("version", 1)),
        sources=sources,
        targets=tuple(targets),
        zone=zone,
        digest=digest,
        override_digest=override_digest,
        about=str(data.get("about", "")),
    )


# A hand-over names officers in columns that otherwise hold anything.
_HAND_OVER = {"action": ["assign", "reassign"]}
_HAND_OVERS = {
    ("events", "old_value"): _HAND_OVER,
    ("events", "new_value"): _HAND_OVER,
}
# Free text in which a person known from other columns may be named by code.
_VEILED = {
    ("events", "object"),
    ("events", "reason"),
    ("duties", "detail"),
    ("reference_changes", "key"),
    ("reference_changes", "old_value"),
    ("reference_changes", "new_value"),
}


def _canonical_source(table: Table) -> dict[str, Any]:
    """The source entry of a table that already speaks the contract."""
    columns: dict[str, Any] = {}
    for name, column in table.columns.items():
        columns[name] = {
            "required": column.required,
            "person": "officer" if (table.name, name) in _HAND_OVERS else column.person,
            "person_when": _HAND_OVERS.get((table.name, name), {}),
            "veil": (table.name, name) in _VEILED or (table.name, name) in _HAND_OVERS,
        }
    return {"required": table.name == "declarations", "key": list(table.key), "columns": columns}


def _text_of(mapping: str | Path) -> tuple[str, str]:
    if isinstance(mapping, str) and mapping in SHIPPED:
        return _shipped(mapping), mapping
    path = Path(mapping)
    if path.suffix in (".yaml", ".yml") or path.exists():
        return _file_text(path)
    raise RecordsError(
        f"there is no mapping {mapping}",
        where="mapping",
        remedy=f"Choose one of {', '.join(SHIPPED)}, or give the path of a mapping file.",
    )


def _shipped(name: str) -> str:
    return resources.files("arusha.records").joinpath("mappings", f"{name}.yaml").read_text(encoding="utf-8")


def _file_text(path: Path) -> tuple[str, str]:
    try:
        return path.read_text(encoding="utf-8"), path.name
    except OSError as error:
        raise RecordsError(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise RecordsError("the file is not UTF-8", where=str(path), remedy="Save it as UTF-8.") from error


def _parse(text: str, where: str) -> Any:
    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise RecordsError(
            f"the file is not valid YAML: {error}", where=where, remedy="Correct the line named."
        ) from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_unknown(entry: Any, known: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise RecordsError(f"an entry with names was expected, not {json.dumps(entry)}", where=where)
    unknown = sorted(str(k) for k in entry if k not in known)
    if unknown:
        raise RecordsError(
            f"a mapping knows no entry {', '.join(unknown)} here",
            where=where,
            remedy=f"Known: {', '.join(sorted(known))}.",
        )


def _list(entry: Any) -> tuple[str, ...]:
    if entry is None:
        return ()
    return tuple(str(e) for e in entry) if isinstance(entry, list) else (str(entry),)


def _reading(entry: Map[str, Any], base: Reading, where: str) -> Reading:
    zone = str(entry.get("zone", base.zone))
    if zone != OFFICE_ZONE and not is_zone(zone):
        raise RecordsError(
            f"{zone} is not a time zone of the IANA list",
            where=where,
            remedy="Write `office`, UTC or a name like Africa/Nairobi.",
        )
    formats = entry.get("time_format")
    return Reading(
        encodings=_list(entry["encoding"]) if "encoding" in entry else base.encodings,
        delimiter=str(entry.get("delimiter", base.delimiter)),
        trim=bool(entry.get("trim", base.trim)),
        empty=_list(entry["empty"]) if "empty" in entry else base.empty,
        time_formats=base.time_formats if formats is None else tuple(time_format(f) for f in _list(formats)),
        zone=zone,
        decimal_comma=bool(entry.get("decimal_comma", base.decimal_comma)),
        thousands=str(entry.get("thousands", base.thousands)),
        round_money=bool(entry.get("round_money", base.round_money)),
    )


def _source(name: str, entry: Map[str, Any], default: Reading, where: str) -> SourceTable:
    place = f"{where}: sources: {name}"
    _refuse_unknown(entry, _SOURCE, place)
    reading = _reading(entry, default, place)
    columns: dict[str, SourceColumn] = {}
    for column, spec in (entry.get("columns") or {}).items():
        spec = spec or {}
        _refuse_unknown(spec, _COLUMN, f"{place}: {column}")
        columns[str(column)] = SourceColumn(
            name=str(column),
            names=tuple(dict.fromkeys((*_list(spec.get("names")), str(column)))),
            required=bool(spec.get("required", False)),
            person=str(spec.get("person", "")),
            person_when={str(k): _list(v) for k, v in (spec.get("person_when") or {}).items()},
            veil=bool(spec.get("veil", False)),
            before=str(spec.get("before", "")),
            reading=_reading(spec, reading, f"{place}: {column}"),
        )
    return SourceTable(
        name=name,
        files=_list(entry.get("files")) or (name,),
        columns=columns,
        required=bool(entry.get("required", False)),
        key=_list(entry.get("key")),
        about=str(entry.get("about", "")),
        reading=reading,
    )


def _target(name: str, entry: Map[str, Any], sources: Map[str, SourceTable], where: str) -> Target:
    place = f"{where}: tables: {name}"
    _refuse_unknown(entry, _TABLE, place)
    if name not in CONTRACT.tables:
        raise RecordsError(f"the contract has no table {name}", where=place, remedy="See docs/records.md.")
    source = str(entry.get("from", ""))
    if source not in sources:
        raise RecordsError(f"`from` names no source table: {source!r}", where=place)
    unknown = sorted(set(entry.get("columns") or {}) - set(CONTRACT.tables[name].columns))
    if unknown:
        raise RecordsError(f"the contract's table has no column {', '.join(unknown)}", where=place)
    exclusions = []
    for spec in entry.get("set_aside") or []:
        rest = {k: v for k, v in spec.items() if k != "reason"}
        exclusions.append(Exclusion(str(spec["reason"]), rest))
    return Target(
        table=name,
        source=source,
        columns=dict(entry.get("columns") or {}),
        where=dict(entry.get("where") or {}),
        exclusions=tuple(exclusions),
    )
