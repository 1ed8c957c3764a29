"""The mark of invented records, sent through the browser: kept as a mark, never a table, refused where people act."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_worker import empty as empty
from test_worker import left, look, run, sent, zipped
from workbench_office import Office, page, signed_in, solo
from world import WHO

from arusha.charter import Charter
from arusha.records.invented import NAME, invented
from arusha.records.workspace import Workspace
from arusha.workbench.models import Job
from arusha.workbench.uploads import UploadError, checked_name

MARK = b'{"administration": "Republic of Examplia", "seed": 7}'


def extract(office: Office) -> dict[str, bytes]:
    source = office.workspace.parent.parent / "extracts" / "quarter-1"
    return {p.name: p.read_bytes() for p in source.glob("*.csv")}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.control("AC-3", never=True)
def test_invented_records_lose_their_mark_by_the_browser(packed: bool, empty: Office) -> None:
    """Sent as files or in an archive, they are looked at, loaded and shown as invented."""
    client = solo()
    files = extract(empty) | {NAME: MARK}
    answer = sent(client, {"all.zip": zipped({f"canonical/{n}": d for n, d in files.items()})} if packed else files)
    assert answer.status_code == 302, answer.content.decode()  # type: ignore[attr-defined]
    (key,) = left(empty)
    at = look(client, "upload", key)
    looked = run(empty)
    assert looked.told["looked_at"]["invented"] == {"administration": "Republic of Examplia", "seed": 7}
    assert NAME not in json.dumps([f["path"] for f in looked.told["files"]]), "a mark is no table"
    assert "they are invented" in page(client, at)
    client.post(f"/jobs/{looked.key}/load")
    assert run(empty).state == Job.DONE
    assert Workspace.open(empty.workspace).manifest["demo"] == {"administration": "Republic of Examplia", "seed": 7}
    assert "DEMO: Republic of Examplia" in page(client, "/records")


FORGED = {
    "no JSON": b"invented",
    "a list": b"[]",
    "nested": b"[" * 900,
    "no seed": b'{"administration": "Republic of Examplia"}',
    "a negative seed": b'{"administration": "Republic of Examplia", "seed": -1}',
    "a seed of many digits": b'{"administration": "Republic of Examplia", "seed": 1' + b"0" * 400 + b"}",
    "no number": b'{"administration": "Republic of Examplia", "seed": NaN}',
    "markup": b'{"administration": "<script>alert(1)</script>", "seed": 7}',
    "an override": '{"administration": "Exa\u202emplia", "seed": 7}'.encode(),
    "a long name": b'{"administration": "' + b"x" * 81 + b'", "seed": 7}',
    "a long file": MARK + b" " * 1_000,
    "no text": b"\xff\xfe",
    "nothing": b"",
}


@pytest.mark.parametrize("form", FORGED)
def test_a_mark_that_cannot_be_read_is_refused_and_nothing_is_kept(form: str, empty: Office) -> None:
    client = solo()
    answer = sent(client, extract(empty) | {NAME: FORGED[form]})
    assert answer.status_code == 400, form  # type: ignore[attr-defined]
    assert left(empty) == []


def test_what_else_stands_in_a_mark_is_not_kept(empty: Office) -> None:
    sent(solo(), extract(empty) | {NAME: b'{"administration": "Examplia", "seed": 1, "note": "Jane Doe"}'})
    (key,) = left(empty)
    folder = empty.home / "uploads" / key
    assert (folder / NAME).read_text("utf-8") == '{"administration": "Examplia", "seed": 1}'
    assert invented(folder) == {"administration": "Examplia", "seed": 1}


@pytest.mark.parametrize(
    "name", ["Invented.json", "invented.json.gz", "other.json", "../invented.json", "invented.JSON"]
)
def test_no_other_json_is_taken(name: str) -> None:
    with pytest.raises(UploadError):
        checked_name(name)


@pytest.mark.control("AC-3", never=True)
def test_a_forged_mark_makes_real_records_look_invented_where_people_act(empty: Office) -> None:
    client = solo()
    files = extract(empty) | {NAME: MARK}
    sent(client, files)
    (key,) = left(empty)
    look(client, "upload", key)
    looked = run(empty)
    # Sent before there was a charter, it is not loaded once there is one; nor taken any more.
    charter = Charter.make(empty.workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    for granter in ("integrity-lead", "internal-auditor"):
        charter.grant(WHO[granter], WHO["data-steward"], "data-steward")
    steward = signed_in("data-steward")
    answer = steward.post(f"/jobs/{looked.key}/load")
    assert answer.status_code == 400
    assert "real people act" in answer.content.decode()
    before = left(empty)
    assert sent(steward, files).status_code == 400  # type: ignore[attr-defined]
    assert sent(steward, {"all.zip": zipped(files)}).status_code == 400  # type: ignore[attr-defined]
    assert left(empty) == before
    assert not (empty.workspace / "manifest.json").exists()
    assert sent(steward, extract(empty)).status_code == 302, "without the mark they are real"  # type: ignore[attr-defined]


@pytest.mark.parametrize("then", ["added", "taken away"])
def test_a_mark_that_comes_or_goes_after_the_look_is_noticed(then: str, empty: Office) -> None:
    client = solo()
    path: Path = empty.workspace.parent.parent / "extracts" / "quarter-1" / NAME
    if then == "taken away":
        path.write_bytes(MARK)
    look(client)
    looked = run(empty)
    if then == "added":
        path.write_bytes(MARK)
    else:
        path.unlink()
    client.post(f"/jobs/{looked.key}/load")
    job = run(empty)
    assert job.state == Job.FAILED
    assert "invented" in job.problem
    assert not (empty.workspace / "manifest.json").exists()
