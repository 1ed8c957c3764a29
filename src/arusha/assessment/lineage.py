"""Where an assessment comes from, in forms that others read: OpenLineage run events, and W3C PROV of one signal.

Nothing in either names a person: a signal is its id, a row is its source file and line.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from arusha.assessment.evidence import evidence, find
from arusha.assessment.folder import MANIFEST, digest, read_manifest
from arusha.records.workspace import Workspace

RUN_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
VERSION_FACET = "https://openlineage.io/spec/facets/1-0-1/DatasetVersionDatasetFacet.json"
STATISTICS_FACET = "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:arusha:lineage")
PREFIX = "urn:arusha:lineage#"


def openlineage(folder: Path) -> list[dict[str, Any]]:
    """The runs that made an assessment, as OpenLineage COMPLETE events: the load, then one run a question.

    Inputs of the load are source files with their SHA-256 as version; its outputs are tables with their rows. A
    question's inputs are the tables that it reads and that were there. Run ids follow from digests: the same assessment
    gives the same events.

    Raises
    ------
    ArushaError
        If the folder is not a finished assessment.
    """
    manifest = read_manifest(folder)
    loaded, producer = manifest["workspace"], f"urn:arusha:{manifest['arusha_version']}"
    files, tables = f"file:{loaded['name']}/source", f"arusha:{loaded['name']}"
    at = manifest["created_at"]

    def event(name: str, run: str, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "eventTime": at,
            "eventType": "COMPLETE",
            "producer": producer,
            "schemaURL": RUN_EVENT,
            "run": {"runId": str(uuid.uuid5(NAMESPACE, run))},
            "job": {"namespace": tables, "name": name},
            "inputs": inputs,
            "outputs": outputs,
        }

    def version(text: str) -> dict[str, Any]:
        return {"version": {"_producer": producer, "_schemaURL": VERSION_FACET, "datasetVersion": text}}

    def table(name: str) -> dict[str, Any]:
        return {"namespace": tables, "name": name, "facets": version(loaded["digest"])}

    def counted(dataset: dict[str, Any], rows: int) -> dict[str, Any]:
        facet = {"_producer": producer, "_schemaURL": STATISTICS_FACET, "rowCount": rows}
        return dataset | {"outputFacets": {"outputStatistics": facet}}

    sources = [{"namespace": files, "name": s["path"], "facets": version(s["sha256"])} for s in loaded["sources"]]
    there = [counted(table(name), about["rows"]) for name, about in sorted(loaded["tables"].items())]
    events = [event("load", f"load/{loaded['digest']}", sources, there)]
    for asked in manifest["questions"]:
        read = [table(name) for name in _tables(asked["definition"], loaded["tables"])]
        made = {"namespace": tables, "name": f"assessment/{asked['id']}", "facets": version(manifest["plan_hash"])}
        run = f"ask/{asked['id']}/{manifest['plan_hash']}/{loaded['digest']}"
        events.append(event(f"ask/{asked['id']}", run, read, [counted(made, int(asked.get("tested") or 0))]))
    return events


def _tables(definition: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    read = [*definition.get("needs", {}), *definition.get("helped_by", {})]
    return [name for name in dict.fromkeys(read) if name in there]


def prov(folder: Path, signal: str, workspace: Workspace | Path | str) -> dict[str, Any]:
    """Where one signal comes from, as PROV-JSON: source files with the lines used, load, tables, plan, question.

    The rows are those that ``evidence`` returns, under the same rules.

    Raises
    ------
    ArushaError
        As ``arusha.assessment.evidence.evidence``.
    """
    manifest = read_manifest(folder)
    rows = evidence(folder, signal, workspace)
    found = find(folder, signal)
    row = next(q for q in manifest["questions"] if q["id"] == found["indicator"])
    lines: dict[str, list[int]] = {}
    for file, line in zip(_column(rows, "file"), _column(rows, "line"), strict=True):
        if file is not None and line is not None:
            lines.setdefault(str(file), []).append(int(line))
    hashes = {s["path"]: s["sha256"] for s in manifest["workspace"]["sources"]}
    read = _tables(row["definition"], manifest["workspace"]["tables"])
    entities: dict[str, dict[str, Any]] = {
        "arusha:signal": {"prov:type": "arusha:Signal", "arusha:id": found["signal_id"], "arusha:question": row["id"]},
        "arusha:plan": {"prov:type": "prov:Plan", "arusha:sha256": manifest["plan_hash"]},
        "arusha:assessment": {"prov:type": "prov:Bundle", "arusha:sha256": digest(folder / MANIFEST)},
    }
    entities |= {
        f"arusha:file-{k}": {
            "prov:type": "arusha:SourceFile",
            "prov:location": path,
            "arusha:sha256": hashes.get(path, ""),
            "arusha:lines": sorted(set(lines[path])),
        }
        for k, path in enumerate(lines)
    }
    entities |= {f"arusha:table-{name}": {"prov:type": "arusha:Table", "prov:label": name} for name in read}
    files = [e for e in entities if e.startswith("arusha:file-")]
    tables = [f"arusha:table-{name}" for name in read]
    ask, load, program = "arusha:ask", "arusha:load", "arusha:program"
    return {
        "prefix": {"arusha": PREFIX, "prov": "http://www.w3.org/ns/prov#"},
        "entity": entities,
        "activity": {
            load: {"prov:type": "arusha:Load", "arusha:workspace": manifest["workspace"]["digest"]},
            ask: {"prov:type": "arusha:Question", "prov:endTime": manifest["created_at"], "prov:label": row["id"]},
        },
        "agent": {program: {"prov:type": "prov:SoftwareAgent", "arusha:version": manifest["arusha_version"]}},
        "used": _relations(
            "used", "prov:activity", "prov:entity", [(load, f) for f in files] + [(ask, t) for t in tables]
        ),
        "wasGeneratedBy": _relations(
            "generated", "prov:entity", "prov:activity", [(t, load) for t in tables] + [("arusha:signal", ask)]
        ),
        "wasDerivedFrom": _relations(
            "derived", "prov:generatedEntity", "prov:usedEntity", [("arusha:signal", f) for f in files]
        ),
        "hadMember": _relations("member", "prov:collection", "prov:entity", [("arusha:assessment", "arusha:signal")]),
        "wasAssociatedWith": {
            "_:associated-0": {"prov:activity": ask, "prov:agent": program, "prov:plan": "arusha:plan"},
            "_:associated-1": {"prov:activity": load, "prov:agent": program},
        },
    }


def _column(rows: Any, name: str) -> list[Any]:
    found: list[Any] = rows[name].to_pylist() if name in rows.column_names else [None] * rows.num_rows
    return found


def _relations(name: str, first: str, second: str, pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {f"_:{name}-{k}": {first: a, second: b} for k, (a, b) in enumerate(pairs)}
