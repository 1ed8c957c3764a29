"""Lineage: everything that is named is there, rows are those of the evidence, and nobody is named."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from arusha.assessment.evidence import evidence
from arusha.assessment.lineage import openlineage, prov
from arusha.assessment.run import Assessment
from arusha.errors import ArushaError
from arusha.records.workspace import Workspace

RELATIONS = ("used", "wasGeneratedBy", "wasDerivedFrom", "hadMember", "wasAssociatedWith")


def a_tested_unit(assessment: Assessment) -> dict[str, object]:
    """A unit that was tested: its rows can be shown whether it is a signal or not."""
    return next(r for r in assessment.signals.to_pylist() if r["p_value"] is not None and r["n"])


def test_every_run_event_has_what_the_specification_demands(assessment: Assessment, examplia: Workspace) -> None:
    events = openlineage(assessment.path)
    assert [e["job"]["name"] for e in events] == [
        "load",
        *(f"ask/{q['id']}" for q in assessment.manifest["questions"]),
    ]
    for event in events:
        assert event["eventType"] == "COMPLETE"
        assert event["schemaURL"].endswith("/RunEvent")
        assert uuid.UUID(event["run"]["runId"])
        assert event["inputs"] or event["job"]["name"] != "load"
        for dataset in (*event["inputs"], *event["outputs"]):
            assert dataset["namespace"]
            assert dataset["name"]
            for facet in dataset["facets"].values():
                assert {"_producer", "_schemaURL"} <= set(facet)
    load = events[0]
    assert {d["name"]: d["facets"]["version"]["datasetVersion"] for d in load["inputs"]} == {
        s["path"]: s["sha256"] for s in examplia.manifest["sources"]
    }
    made = {(d["namespace"], d["name"]) for d in load["outputs"]}
    assert all((d["namespace"], d["name"]) in made for e in events[1:] for d in e["inputs"])
    assert openlineage(assessment.path) == events


def test_all_that_a_relation_names_is_there(assessment: Assessment, examplia: Workspace) -> None:
    document = prov(assessment.path, str(a_tested_unit(assessment)["signal_id"]), examplia)
    known = {*document["entity"], *document["activity"], *document["agent"]}
    for relation in RELATIONS:
        assert document[relation], relation
        for said in document[relation].values():
            assert set(said.values()) <= known, relation
    prefixes = {key.partition(":")[0] for key in known}
    assert prefixes <= set(document["prefix"])


def test_files_and_lines_are_those_of_the_evidence(assessment: Assessment, examplia: Workspace) -> None:
    signal = str(a_tested_unit(assessment)["signal_id"])
    rows = evidence(assessment.path, signal, examplia)
    expected: dict[str, set[int]] = {}
    for file, line in zip(rows["file"].to_pylist(), rows["line"].to_pylist(), strict=True):
        expected.setdefault(file, set()).add(line)
    files = [
        e for e in prov(assessment.path, signal, examplia)["entity"].values() if e["prov:type"] == "arusha:SourceFile"
    ]
    assert {f["prov:location"]: set(f["arusha:lines"]) for f in files} == expected
    hashes = {s["path"]: s["sha256"] for s in examplia.manifest["sources"]}
    assert all(f["arusha:sha256"] == hashes[f["prov:location"]] for f in files)


def test_no_person_stands_in_it(assessment: Assessment, examplia: Workspace) -> None:
    row = a_tested_unit(assessment)
    whole = json.dumps([prov(assessment.path, str(row["signal_id"]), examplia), openlineage(assessment.path)])
    for who in {r[c] for r in assessment.signals.to_pylist() for c in ("unit_id", "other_id") if r[c]}:
        assert f'"{who}"' not in whole


def test_a_signal_that_is_not_there_is_refused(assessment: Assessment, examplia: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ArushaError, match="no signal"):
        prov(assessment.path, "ffffffffffffffff", examplia)
    with pytest.raises(ArushaError):
        openlineage(tmp_path)
