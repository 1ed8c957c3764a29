"""Loading and assessing from the site: a look first, then a load, then an assessment, each by the worker."""

from __future__ import annotations

import gzip
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from workbench_office import HERE, Office, page, signed_in, solo

sys.path.append(str(HERE.parent / "records"))
from extract_files import DECLARATIONS, small
from world import WHO

from arusha.charter import Charter
from arusha.errors import ArushaError
from arusha.fairness.job import run_audit
from arusha.records.workspace import Workspace
from arusha.workbench import backup, jobs, sandbox
from arusha.workbench.models import Job
from arusha.workbench.site import site_at
from arusha.workbench.worker import Worker


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Office]:
    """A workspace without records yet, beside a folder with an extract."""
    workspace = tmp_path / "office" / "new.arusha"
    (workspace / "workbench").mkdir(parents=True)
    small(tmp_path / "extracts" / "quarter-1")
    site_at.cache_clear()
    with override_settings(
        ARUSHA_WORKSPACE=str(workspace),
        ARUSHA_ASSESSMENTS=[],
        ARUSHA_HOME=str(workspace / "workbench"),
        ARUSHA_EXTRACTS=str(tmp_path / "extracts"),
        ARUSHA_UPLOAD_MB=2,
    ):
        yield Office(workspace, workspace.parent / "first")


def run(office: Office) -> Job:
    """Let the worker do what waits; the newest job."""
    worker = Worker(office.home)
    worker.leave.set()
    worker.work()
    return Job.objects.order_by("-pk")[0]


def look(client: Client, where: str = "server", extract: str = "quarter-1", **more: str) -> str:
    asked = {"where": where, "extract": extract, "mapping": "canonical"} | more
    answer = client.post("/records/inspect", asked)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_an_extract_is_looked_at_loaded_and_assessed_from_the_site(empty: Office) -> None:
    client = solo()
    assert "There are no records in" in page(client, "/records")
    assert "Nothing can be asked yet" in page(client, "/plan")
    at = look(client)
    assert client.get(at)["Refresh"] == "3"
    assert "Refresh" not in client.get(at + "?still=yes")
    assert run(empty).state == Job.DONE
    html = page(client, at)
    assert "Refresh" not in client.get(at)
    assert "declarations" in html
    assert not list(empty.workspace.glob("records.*")), "a look stores nothing"
    at = client.post(at + "/load")["Location"]
    assert run(empty).state == Job.DONE
    assert "Rows read = rows accepted" in page(client, at)
    assert Workspace.open(empty.workspace).present["declarations"]
    html = page(client, "/plan")
    name = re.search(r'id="name" name="name"[^>]* value="([^"]+)"', html)
    assert name
    plan = {"question": ["lane-rates", "finding-rate"], "rate": "0.04", "name": name.group(1), "language": "en"}
    at = client.post("/plan/assess", plan)["Location"]
    done = run(empty)
    assert (done.state, done.problem) == (Job.DONE, "")
    assert f'href="/assessments/{name.group(1)}"' in page(client, at)
    manifest = json.loads((empty.workspace.parent / name.group(1) / "manifest.json").read_text("utf-8"))
    assert manifest["plan"]["rate"] == 0.04
    assert [q["id"] for q in manifest["questions"]] == ["lane-rates", "finding-rate"]
    assert page(client, f"/assessments/{name.group(1)}")


def test_a_job_is_an_entry_of_the_ledger_who_asked_what_and_how_it_ended(empty: Office) -> None:
    client = solo()
    look(client)
    job = run(empty)
    client.post(f"/jobs/{job.key}/load")
    run(empty)
    client.post("/plan/assess", {"question": "lane-rates", "name": "first"})
    done = run(empty)
    entries = [r.entry for r in empty.record.ledger.entries() if r.entry.kind.startswith("job.")]
    assert [e.kind for e in entries] == ["job.asked", "job.ended"] * 3
    assert {e.actor for e in entries[::2]} == {done.asked_by}
    assert f"plan:{done.given['plan_hash']}" in entries[4].subjects
    assert {"errand:assess", "ended:done", f"job:{done.key}"} <= set(entries[5].subjects)


def test_a_load_keeps_charter_ledgers_and_earlier_assessments(empty: Office) -> None:
    client = solo()
    look(client)
    client.post(f"/jobs/{run(empty).key}/load")
    run(empty)
    client.post("/plan/assess", {"question": "lane-rates", "name": "first"})
    run(empty)
    Charter.make(empty.workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    more = DECLARATIONS + "D4,EX01,2024-03-02T03:00:00Z,B2,red,red,O1,7.5\n"
    small(Path(Job.objects.first().given["source"]).parent / "quarter-2", declarations=more)
    analyst = _analyst(empty)
    look(analyst, extract="quarter-2")
    analyst.post(f"/jobs/{run(empty).key}/load")
    job = run(empty)
    assert (job.state, job.problem) == (Job.DONE, "")
    assert Workspace.open(empty.workspace).manifest["replaces"]
    assert Charter.of(empty.workspace) is not None
    assert "first" in page(analyst, "/assessments"), "of the records that were there before"
    assert (empty.workspace / "plans.jsonl").is_file()


def test_invented_and_real_records_never_follow_each_other_in_one_workspace(empty: Office) -> None:
    client = solo()
    look(client)
    client.post(f"/jobs/{run(empty).key}/load")
    run(empty)
    source = Path(Job.objects.first().given["source"])
    (source / "invented.json").write_text('{"administration": "Republic of Examplia", "seed": 7}')
    before = (empty.workspace / "manifest.json").read_bytes()
    look(client)
    client.post(f"/jobs/{run(empty).key}/load")
    job = run(empty)
    assert job.state == Job.FAILED
    assert "invented and real" in page(client, f"/jobs/{job.key}")
    assert (empty.workspace / "manifest.json").read_bytes() == before


def test_what_blocks_a_load_is_said_and_not_loaded(empty: Office) -> None:
    client = solo()
    source = Path(str(empty.workspace.parent.parent / "extracts" / "quarter-1"))
    (source / "declarations.csv").write_text("nothing,of,this\n1,2,3\n")
    at = look(client)
    job = run(empty)
    html = page(client, at)
    assert job.state == Job.FAILED or "It cannot be loaded like this" in html
    assert client.post(at + "/load").status_code in (400, 404)


def test_a_second_load_is_refused_while_one_waits_and_a_job_that_waits_is_stopped(empty: Office) -> None:
    client = solo()
    look(client)
    looked = run(empty)
    first = client.post(f"/jobs/{looked.key}/load")["Location"]
    refused = client.post(f"/jobs/{looked.key}/load")
    assert refused.status_code == 400
    assert "another load into this workspace waits" in refused.content.decode()
    client.post(first + "/stop")
    assert "Nothing half done was kept" in page(client, first)
    assert empty.kinds()[-2:] == ["job.stop-asked", "job.ended"]
    assert run(empty).state == Job.STOPPED
    assert client.post(first + "/stop").status_code == 400
    assert client.post(first + "/again").status_code == 302
    assert run(empty).state == Job.DONE


def test_two_jobs_run_one_after_the_other_and_the_second_says_that_it_waits(empty: Office) -> None:
    client = solo()
    look(client)
    second = look(client)
    assert "one job before it" in page(client, second).lower()
    run(empty)
    first, last = Job.objects.order_by("pk")
    assert first.state == last.state == Job.DONE
    assert first.ended_at <= last.started_at


def test_a_job_whose_worker_is_gone_is_interrupted_and_says_what_to_do(empty: Office) -> None:
    client = solo()
    at = look(client)
    job = jobs.claim(empty.home)
    assert job is not None
    html = page(client, at)
    assert "interrupted" in html
    assert "start it again" in html
    assert 'action="' + at + '/again"' in html
    ended = [r.entry for r in empty.record.ledger.entries() if r.entry.kind == "job.ended"]
    assert "ended:interrupted" in ended[0].subjects


def test_an_end_that_was_recorded_is_not_recorded_again(empty: Office) -> None:
    """Killed between the ledger and the table: the ledger is what counts."""
    client = solo()
    look(client)
    job = jobs.claim(empty.home)
    assert job is not None
    empty.record.add("job.ended", None, f"job:{job.key}", "errand:inspect", "ended:failed")
    jobs.settle(empty.home)
    job.refresh_from_db()
    assert job.state == Job.FAILED
    assert empty.kinds().count("job.ended") == 1


@pytest.mark.parametrize(
    ("name", "where"),
    [("../quarter-1", "server"), ("/etc", "server"), ("..", "upload"), ("quarter-1", "upload"), ("nothing", "server")],
)
def test_no_name_of_an_extract_is_a_path(name: str, where: str, empty: Office) -> None:
    asked = {"where": where, "extract": name, "mapping": "canonical"}
    assert solo().post("/records/inspect", asked).status_code == 404


def test_no_name_of_a_mapping_is_a_path(empty: Office) -> None:
    for wrong in ({"mapping": "/etc/passwd"}, {"mapping": "canonical", "override": "../../x.yaml"}):
        asked = {"where": "server", "extract": "quarter-1", **wrong}
        assert solo().post("/records/inspect", asked).status_code == 400


def test_a_mapping_of_any_name_is_named_in_the_ledger_by_what_is_in_it(empty: Office) -> None:
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    file = source / "carte de Zoé (essai).yaml"
    file.write_bytes(resources.files("arusha.records").joinpath("mappings", "canonical.yaml").read_bytes())
    look(solo(), mapping=file.name)
    recorded = next(r for r in empty.record.ledger.entries() if r.entry.kind == "job.asked")
    assert f"mapping:{sha256(file.read_bytes()).hexdigest()[:16]}" in recorded.entry.subjects
    assert empty.record.ledger.content(recorded.number)["mapping"].value == file.name  # type: ignore[union-attr]
    assert run(empty).state == Job.DONE
    look(solo())
    assert "mapping:canonical" in list(empty.record.ledger.entries())[-1].entry.subjects


def test_no_child_process_imports_from_the_folder_it_is_started_in(
    empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "here" / "arusha" / "__init__.py"
    planted.parent.mkdir(parents=True)
    planted.write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n", "utf-8")
    monkeypatch.chdir(tmp_path / "here")
    look(solo())
    assert run(empty).state == Job.DONE
    making = sandbox.start(empty.home, {"no": "such request"})
    assert making is not None
    making.join()
    with pytest.raises(ArushaError):
        run_audit(tmp_path / "none.arusha", "lane-rates", tmp_path / "none.csv", rate=0.05)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["../evil", "/tmp/x", "", "A", "first/../../x", ".hidden", "new.arusha", "x" * 80])
def test_an_assessment_is_made_beside_the_workspace_and_nowhere_else(name: str, empty: Office) -> None:
    client = solo()
    look(client)
    client.post(f"/jobs/{run(empty).key}/load")
    run(empty)
    assert client.post("/plan/assess", {"question": "lane-rates", "name": name}).status_code == 400


def test_a_plan_that_cannot_be_used_is_refused_before_anything_is_recorded(empty: Office) -> None:
    client = solo()
    look(client)
    client.post(f"/jobs/{run(empty).key}/load")
    run(empty)
    before = empty.kinds()
    for wrong in (
        {"rate": "0.9"},
        {"rate": "x"},
        {"question": "no-such"},
        {"exposure-finding-rate": "1"},
        {"end": "1"},
    ):
        asked = {"question": "finding-rate", "name": "first"} | wrong
        assert client.post("/plan/assess", asked).status_code == 400, wrong
    assert client.post("/plan/assess", {"name": "first"}).status_code == 400, "no question"
    assert empty.kinds() == before


# What comes in through the browser.


def sent(client: Client, files: dict[str, bytes]) -> object:
    given = [io.BytesIO(data) for data in files.values()]
    for file, name in zip(given, files, strict=True):
        file.name = name
    return client.post("/records/uploads", {"files": given})


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def left(office: Office) -> list[str]:
    return [p.name for p in (office.home / "uploads").glob("*")]


def test_what_was_sent_is_looked_at_loaded_and_then_deleted(empty: Office) -> None:
    client = solo()
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    files = {p.name: p.read_bytes() for p in source.glob("*.csv")}
    answer = sent(client, {"all.zip": zipped({f"folder/{n}": d for n, d in files.items()})})
    assert answer.status_code == 302, answer.content.decode()
    (key,) = left(empty)
    assert answer["Location"] == f"/records/upload/{key}"
    assert key in page(client, "/records")
    assert sorted(p.name for p in (empty.home / "uploads" / key).iterdir()) == sorted(files)
    look(client, "upload", key)
    client.post(f"/jobs/{run(empty).key}/load")
    assert run(empty).state == Job.DONE
    assert left(empty) == []
    assert [k for k in empty.kinds() if k.startswith("records.")] == ["records.received", "records.discarded"]


HOSTILE = {
    "a zip bomb": {"bomb.zip": zipped({"declarations.csv": b"0" * 1_900_000})},
    "an archive that unpacks to too much": {"big.zip": zipped({f"a{i}.csv": b"0,1\n" * 250_000 for i in range(3)})},
    "archives that unpack to too much together": {
        f"{i}.zip": zipped({f"a{i}.csv": b"0123,1\n" * 150_000}) for i in range(3)
    },
    "archives of too many files together": {
        f"{i}.zip": zipped({f"a{i}-{j}.csv": b"1\n" for j in range(150)}) for i in range(2)
    },
    "a packed file that is a bomb": {"a.csv.gz": gzip.compress(b"0" * 1_900_000)},
    "packed files that unpack to too much": {f"a{i}.csv.gz": gzip.compress(b"0123,1\n" * 150_000) for i in range(3)},
    "a packed file whose size cannot be told": {"a.csv.zst": b"\x28\xb5\x2f\xfd"},
    "a file larger than is taken": {"declarations.csv": b"x" * 2_500_000},
    "a name that leads out": {"out.zip": zipped({"../../declarations.csv": b"a\n"})},
    "an absolute name": {"out.zip": zipped({"/etc/declarations.csv": b"a\n"})},
    "an archive in an archive": {"in.zip": zipped({"x.zip": zipped({"a.csv": b"a"})})},
    "a program in an archive": {"in.zip": zipped({"run.exe": b"MZ"})},
    "a spreadsheet": {"declarations.xlsx": b"PK"},
    "no archive": {"x.zip": b"no archive"},
    "a hidden file": {".htaccess": b"a"},
    "one name twice": {"x.zip": zipped({"a/d.csv": b"a\n", "b/d.csv": b"a\n"})},
    "nothing": {},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_is_kept_of_what_cannot_be_taken(what: str, empty: Office) -> None:
    answer = sent(solo(), HOSTILE[what])
    assert answer.status_code == 400, what
    assert left(empty) == []
    assert not list(empty.workspace.parent.parent.rglob("declarations.csv*"))[1:], "nowhere else either"


def test_what_was_sent_and_not_loaded_has_a_limit_together(empty: Office) -> None:
    client = solo()
    answers = [sent(client, {"declarations.csv": b"x" * 1_900_000}).status_code for _ in range(6)]  # type: ignore[attr-defined]
    assert answers[:4] == [302] * 4
    assert answers[-1] == 400


def test_an_upload_of_ten_gigabytes_is_refused_before_a_byte_of_it_is_read(empty: Office) -> None:
    class Untouched(io.BytesIO):
        def read(self, *sizes: int) -> bytes:
            raise AssertionError("it was read")

    client = solo()
    cookie = client.cookies.output(header="", sep=";").strip()
    for at in ("/records/uploads", "/language", "/sign-in/password"):
        answer = client.generic(
            "POST",
            at,
            b"",
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(10**10),
            **{"wsgi.input": Untouched(), "HTTP_COOKIE": cookie},
        )
        assert answer.status_code in (400, 413), at
    assert left(empty) == []


def test_who_may_not_load_sends_nothing_that_is_read(empty: Office) -> None:
    Charter.make(empty.workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    client = signed_in("integrity-lead")
    assert sent(client, {"declarations.csv": b"a\n1\n"}).status_code == 403
    assert left(empty) == []
    assert empty.kinds()[-1] == "access.refused"


def test_an_upload_without_the_word_of_our_pages_is_refused_and_nothing_is_kept(empty: Office) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = solo().cookies
    assert sent(strict, {"declarations.csv": b"a\n1\n"}).status_code == 403
    assert left(empty) == []


def test_what_a_cell_holds_is_shown_as_its_shape_and_as_text(empty: Office) -> None:
    client = solo()
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    text = (source / "declarations.csv").read_text()
    (source / "declarations.csv").write_text(text.replace("200.25", "=HYPERLINK(0)<b>"))
    at = look(client)
    assert run(empty).state == Job.DONE
    html = page(client, at)
    assert "=xxxxxxxxx(9)&lt;x&gt;" in html
    assert "<b>" not in html


def test_what_a_look_stores_holds_no_cell_and_goes_with_the_upload(empty: Office) -> None:
    client = solo()
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    text = (source / "declarations.csv").read_text().replace("200.25", "Jane Doe")
    answer = sent(client, {p.name: p.read_bytes() for p in source.glob("*.csv")} | {"declarations.csv": text.encode()})
    assert answer.status_code == 302  # type: ignore[attr-defined]
    (key,) = left(empty)
    look(client, "upload", key)
    told = run(empty).told
    assert told["reasons"][0]["examples"][0]["line"]
    assert "Jane" not in json.dumps(told)
    assert json.loads(backup._accounts())[-1]["fields"]["told"] == {}
    client.post(f"/records/uploads/{key}/discard")
    assert Job.objects.get().told == {}


def test_why_a_job_failed_is_not_in_the_ledger_and_only_for_those_who_may_load(empty: Office) -> None:
    client = solo()
    at = look(client)
    job = jobs.claim(empty.home)
    assert job is not None
    jobs.end(empty.home, job, Job.FAILED, "the cell Jane Doe is no number", "write a number")
    assert "Jane Doe" in page(client, at)
    kept = [p.read_text("utf-8") for p in (empty.home / "contents").rglob("*.json")]
    assert not [text for text in kept if "Jane" in text]
    Charter.make(empty.workspace, "customs.example/charter", WHO["integrity-lead"], WHO["internal-auditor"])
    answer = signed_in("integrity-lead").get(at)
    assert "Jane Doe" not in answer.content.decode()


@pytest.mark.parametrize("what", ["file", "mapping"])
def test_what_is_loaded_is_what_was_looked_at(what: str, empty: Office) -> None:
    client = solo()
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    mapping = source / "own.yaml"
    mapping.write_bytes(resources.files("arusha.records").joinpath("mappings", "canonical.yaml").read_bytes())
    look(client, mapping=mapping.name)
    at = f"/jobs/{run(empty).key}/load"
    changed = mapping if what == "mapping" else source / "declarations.csv"
    text = changed.read_text("utf-8")
    changed.write_text(text + "# changed\n" if what == "mapping" else text.replace("200.25", "200.75"), "utf-8")
    assert changed.read_text("utf-8") != text
    client.post(at)
    job = run(empty)
    assert job.state == Job.FAILED
    assert "look" in job.remedy.lower()
    assert not list(empty.workspace.glob("records.*"))


def test_a_look_lapses_after_a_day(empty: Office) -> None:
    client = solo()
    look(client)
    job = run(empty)
    assert job.ended_at is not None
    Job.objects.filter(pk=job.pk).update(ended_at=job.ended_at - jobs.LOOK_LASTS)
    answer = client.post(f"/jobs/{job.key}/load")
    assert answer.status_code == 400
    assert "look at the extract again" in answer.content.decode()


def test_the_look_shows_no_person(empty: Office) -> None:
    """Persons in the rows shown bear tokens made for this look alone."""
    client = solo()
    source = empty.workspace.parent.parent / "extracts" / "quarter-1"
    text = (source / "declarations.csv").read_text()
    (source / "declarations.csv").write_text(text.replace("200.25", "no number").replace(",O1,", ",THE-OFFICER,"))
    at = look(client)
    run(empty)
    html = page(client, at)
    assert "declared_value=xx xxxxxx" in html
    assert "officer_id=P-" in html
    assert "THE-OFFICER" not in html


def _analyst(office: Office) -> Client:
    charter = office.charter()
    for granter in ("integrity-lead", "internal-auditor"):
        charter.grant(WHO[granter], WHO["analyst"], "analyst")
    return signed_in("analyst")
