"""Mapping files: one YAML a source system, with an override merged over it, one a country or extract.

A mapping names the source tables with the columns it reads (``sources``), and for each table of the contract the
source table whose rows it takes and an expression a column (``tables``; see ``expressions``). ``canonical`` lists the
tables that may lie there in the contract's own form.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping as Map
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from arusha.errors import RecordsError
from arusha.language.told import error as of
from arusha.language.told import sentence
from arusha.records.contract import CONTRACT, PERSONS, Table
from arusha.records.given import path_given
from arusha.records.mapping import (
    OFFICE_ZONE,
    Exclusion,
    Mapping,
    Reading,
    SourceColumn,
    SourceTable,
    Target,
    Versions,
)
from arusha.records.plain_yaml import YamlError, read_yaml
from arusha.records.scan import ENCODINGS
from arusha.records.times import is_zone, time_format

SHIPPED = ("asycuda-world", "canonical", "korea-ctgan")
_TOP = {"name", "version", "about", "zone", "reading", "sources", "tables", "canonical"}
_FIRST = "tables in the contract's form"
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
    "currency",
}
_SOURCE = {"form", "files", "required", "one_row_per", "versions", "about", "columns"} | _READING
_VERSIONS = {"key", "order", "current", "reason"}
_COLUMN = {
    "names",
    "required",
    "person",
    "person_when",
    "veil",
    "before",
    "after",
    "system",
    "upper",
    "pad",
    "about",
} | _READING
_TABLE = {"from", "where", "set_aside", "columns", "each"}


class _Plain(yaml.SafeLoader):
    """YAML in which ``on`` and ``01`` are text: codes must not turn into truth values, numbers or dates."""


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$"), ["n", "~", ""])


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
    over_text, over_where, over = "", "", None
    if override is not None:
        over_text, over_where = _file_text(path_given(override, "override"))
        over = _parse(over_text, over_where)
        _refuse_unknown(over, _TOP, over_where)
    named = where if over is None else f"{where} with {over_where}"
    try:
        data = expanded(data, where)
        if over is not None:
            data = merged(data, expanded(over, over_where) if "canonical" in over else over)
        return build(data, named, digest=_digest(text), override_digest=_digest(over_text) if over is not None else "")
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        # An entry of another form than its place has: a list for a name, a word for a number.
        why = f"{type(error).__name__}: {error}"
        raise of(RecordsError, "map-form", "map-compare", where=named, why=why) from error


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
            raise of(RecordsError, "map-no-table", "", where=f"{where}: canonical", name=name)
        # Beside a system's own tables, those in the contract's form do not follow how that system writes.
        form = {} if entry == "all" else {"form": "contract"}
        sources.setdefault(name, _canonical_source(CONTRACT.tables[name]) | form)
        tables.setdefault(name, _canonical_target(name))
    # Beside a table that the mapping makes otherwise, its files in the contract's own form come first.
    first = [name for name in names if tables[name].get("from") != name]
    return {**out, "sources": sources, "tables": tables, _FIRST: first}


def _canonical_target(name: str) -> dict[str, Any]:
    return {"from": name, "columns": {column: column for column in CONTRACT.tables[name].columns}}


def build(data: Any, where: str, *, digest: str, override_digest: str = "") -> Mapping:
    """A mapping from the content of its file."""
    default = _reading(data.get("reading") or {}, Reading(), where)
    sources = {str(n): _source(str(n), s or {}, default, where) for n, s in (data.get("sources") or {}).items()}
    targets = [_target(name, _canonical_target(name), sources, where) for name in data.get(_FIRST, ())]
    targets += [_target(str(n), t or {}, sources, where) for n, t in (data.get("tables") or {}).items()]
    zone = str(data.get("zone", ""))
    if zone and not is_zone(zone):
        raise of(RecordsError, "map-zone", "map-zone", where=where, zone=zone)
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
    return {"required": table.name == "declarations", "columns": columns}


def _text_of(mapping: str | Path) -> tuple[str, str]:
    if isinstance(mapping, str) and mapping in SHIPPED:
        return _shipped(mapping), mapping
    path = path_given(mapping, "mapping")
    if path.suffix in (".yaml", ".yml") or path.exists():
        return _file_text(path)
    raise of(RecordsError, "map-none", "map-choose", where="mapping", name=str(mapping), names=", ".join(SHIPPED))


def _shipped(name: str) -> str:
    return resources.files("arusha.records").joinpath("mappings", f"{name}.yaml").read_text(encoding="utf-8")


def _file_text(path: Path) -> tuple[str, str]:
    try:
        return path.read_text(encoding="utf-8"), path.name
    except OSError as error:
        raise of(RecordsError, "file-shut", "map-path", where=str(path), why=str(error.strerror)) from error
    except UnicodeDecodeError as error:
        raise of(RecordsError, "map-not-utf-8", "utf-8", where=str(path)) from error


def _parse(text: str, where: str) -> Any:
    try:
        return read_yaml(text, _Plain) or {}
    except YamlError as error:
        place = f"{where}, line {error.line}" if error.line else where
        raise of(RecordsError, "map-yaml", "map-docs", where=place, why=str(error)) from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_unknown(entry: Any, known: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise of(RecordsError, "map-not-named", "", where=where, what=json.dumps(entry))
    unknown = sorted(str(k) for k in entry if k not in known)
    if unknown:
        names, listed = ", ".join(unknown), ", ".join(sorted(known))
        raise of(RecordsError, "map-unknown", "map-known", where=where, names=names, known=listed)


MOST_DIGITS = 40
"""To which a code is padded."""


def _digits(entry: Any, where: str) -> int:
    if not str(entry).isdecimal() or int(entry) > MOST_DIGITS:
        raise of(RecordsError, "map-pad", "map-pad", where=where, entry=repr(str(entry)), most=MOST_DIGITS)
    return int(entry)


def _list(entry: Any) -> tuple[str, ...]:
    if entry is None:
        return ()
    return tuple(str(e) for e in entry) if isinstance(entry, list) else (str(entry),)


def _reading(entry: Map[str, Any], base: Reading, where: str) -> Reading:
    zone = str(entry.get("zone", base.zone))
    if zone != OFFICE_ZONE and not is_zone(zone):
        raise of(RecordsError, "map-zone", "map-zone-office", where=where, zone=zone)
    for encoding in _list(entry.get("encoding")):
        if encoding not in ENCODINGS:
            known = ", ".join(ENCODINGS)
            raise of(RecordsError, "map-encoding", "map-one-of", where=where, encoding=encoding, known=known)
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
        currency=_list(entry["currency"]) if "currency" in entry else base.currency,
    )


def _source(name: str, entry: Map[str, Any], default: Reading, where: str) -> SourceTable:
    place = f"{where}: sources: {name}"
    _refuse_unknown(entry, _SOURCE, place)
    reading = _reading(entry, Reading() if entry.get("form") == "contract" else default, place)
    columns: dict[str, SourceColumn] = {}
    for column, spec in (entry.get("columns") or {}).items():
        spec = spec or {}
        _refuse_unknown(spec, _COLUMN, f"{place}: {column}")
        if spec.get("person") and spec["person"] not in PERSONS:
            person, known = str(spec["person"]), ", ".join(PERSONS)
            raise of(
                RecordsError, "map-person", "map-write-one", where=f"{place}: {column}", person=person, known=known
            )
        columns[str(column)] = SourceColumn(
            name=str(column),
            names=tuple(dict.fromkeys((*_list(spec.get("names")), str(column)))),
            required=bool(spec.get("required", False)),
            person=str(spec.get("person", "")),
            person_when={str(k): _list(v) for k, v in (spec.get("person_when") or {}).items()},
            veil=bool(spec.get("veil", False)),
            before=str(spec.get("before", "")),
            after=str(spec.get("after", "")),
            system=_list(spec.get("system")),
            upper=bool(spec.get("upper", False)),
            pad=_digits(spec.get("pad", 0), f"{place}: {column}"),
            reading=_reading(spec, reading, f"{place}: {column}"),
        )
    _refuse_clashes(columns, place)
    return SourceTable(
        name=name,
        files=_list(entry.get("files")) or (name,),
        columns=columns,
        required=bool(entry.get("required", False)),
        one_row_per=_columns_of(entry.get("one_row_per"), columns, place),
        versions=_versions(entry.get("versions"), columns, place),
        about=str(entry.get("about", "")),
        reading=reading,
    )


_OWN = ("source_file", "source_line", "unreadable")


def _refuse_clashes(columns: Map[str, SourceColumn], place: str) -> None:
    """Refuse names that the staged rows have of their own, or that differ in case only: SQL takes them for one."""
    seen = dict.fromkeys(_OWN, "")
    for name in columns:
        if name.casefold() in seen:
            other = seen[name.casefold()] or sentence("map-own-column")
            raise of(RecordsError, "map-clash", "map-call-otherwise", where=place, name=name, other=other)
        seen[name.casefold()] = name


def _versions(entry: Map[str, Any] | None, columns: Map[str, SourceColumn], place: str) -> Versions | None:
    if not entry:
        return None
    _refuse_unknown(entry, _VERSIONS, f"{place}: versions")
    return Versions(
        key=_columns_of(entry.get("key"), columns, place),
        order=_columns_of(entry.get("order"), columns, place)[0],
        current=str(entry.get("current", "")),
        reason=str(entry.get("reason", "superseded")),
    )


def _columns_of(entry: Any, columns: Map[str, SourceColumn], place: str) -> tuple[str, ...]:
    names = _list(entry)
    for name in names:
        if name not in columns:
            raise of(RecordsError, "map-no-column", "map-add", where=place, name=name)
    return names


def _target(name: str, entry: Map[str, Any], sources: Map[str, SourceTable], where: str) -> Target:
    place = f"{where}: tables: {name}"
    _refuse_unknown(entry, _TABLE, place)
    if name not in CONTRACT.tables:
        raise of(RecordsError, "map-no-table", "map-records", where=place, name=name)
    source = str(entry.get("from", ""))
    if source not in sources:
        raise of(RecordsError, "map-from", "", where=place, entry="from", name=repr(source))
    each = tuple(dict(e) for e in entry.get("each") or ())
    wanted = {*(entry.get("columns") or {}), *(c for e in each for c in e)}
    unknown = sorted(wanted - set(CONTRACT.tables[name].columns))
    if unknown:
        raise of(RecordsError, "map-no-target", "", where=place, names=", ".join(unknown))
    exclusions = []
    for spec in entry.get("set_aside") or []:
        _refuse_unknown(spec, {"reason", "where"}, f"{place}: set_aside")
        exclusions.append(Exclusion(str(spec["reason"]), dict(spec.get("where") or {})))
    return Target(
        table=name,
        source=source,
        columns=dict(entry.get("columns") or {}),
        where=dict(entry.get("where") or {}),
        exclusions=tuple(exclusions),
        each=each,
    )
