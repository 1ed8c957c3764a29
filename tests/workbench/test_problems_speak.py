"""What went wrong is said in the reader's language: a refusal whole, another problem by its kind with details below."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from workbench_office import QUESTION, Office, signed_in
from world import WHO

import arusha
from arusha.errors import ArushaError
from arusha.language import Catalogue, languages
from arusha.workbench import alert_room, jobs, models
from arusha.workbench.alerts import AlertError
from arusha.workbench.errand import _kind
from arusha.workbench.refusals import kind_of, kind_said

OTHERS = [lang for lang in languages() if lang != "en"]
ENGLISH = re.compile(r'<p lang="en" dir="ltr">')


def kinds(base: type[ArushaError]) -> set[type[ArushaError]]:
    return {base} | {k for one in base.__subclasses__() for k in kinds(one)}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_error_has_a_sentence_by_its_kind_in_every_language(lang: str) -> None:
    for module in pkgutil.walk_packages(arusha.__path__, "arusha."):
        if "migrations" not in module.name and module.name.rpartition(".")[2] in (
            "problems",
            "errors",
            "jobs",
            "alerts",
        ):
            importlib.import_module(module.name)
    words, english = Catalogue(lang), Catalogue("en")
    found = kinds(ArushaError)
    assert len(found) > 8
    for kind in found:
        problem = kind.__new__(kind)
        said = kind_said(words, kind_of(problem))
        assert said
        assert said != english.text(f"problem-{kind_of(problem)}")
        assert words.has(f"problem-{_kind(problem)}")
    for kind in (*jobs.SAID_WHOLE, "fault"):
        assert kind_said(words, kind)


def asked(client: Client, lang: str) -> Client:
    client.cookies["language"] = lang
    return client


@pytest.mark.parametrize("lang", OTHERS)
def test_a_refusal_of_the_charter_is_whole_in_the_readers_language(lang: str, office: Office) -> None:
    office.make_charter()
    office.draft()
    answer = asked(signed_in("integrity-lead"), lang).post(
        f"/charter/{QUESTION}/consult", {"ceiling": "2", "days": "3"}
    )
    html = answer.content.decode()
    assert answer.status_code == 400
    assert not ENGLISH.search(html)
    words = Catalogue(lang)
    assert "[U+" not in html
    assert words.text("lack-days", n="30") in html.replace("&#39;", "'")
    assert words.text("lack-ceiling") in html.replace("&#39;", "'")
    assert words.text("refused-remedy") in html.replace("&#39;", "'")
    assert office.charter().ledger.entry(len(office.charter().ledger) - 1).entry.kind == "charter.refused"
    dossier = asked(signed_in("integrity-lead"), lang).get(f"/charter/{QUESTION}").content.decode()
    assert words.text("lack-audit") in dossier.replace("&#39;", "'")
    assert "a fairness audit of this definition" not in dossier


def refused(office: Office, lang: str) -> str:
    """The page of who decides on an alert without having opened its signal."""
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    lead = signed_in("integrity-lead")
    assert lead.post(f"/assessments/assessment/questions/{QUESTION}/alerts").status_code == 302
    client = asked(signed_in("investigator"), lang)
    answer = client.post(f"/assessments/assessment/signals/{signal}/decide", {"exit": "explained"})
    assert answer.status_code == 400
    return answer.content.decode().replace("&#39;", "'")


@pytest.mark.parametrize("lang", OTHERS)
def test_another_problem_is_said_whole_in_the_readers_language(lang: str, office: Office) -> None:
    html, words = refused(office, lang), Catalogue(lang)
    assert words.text("told-signal-closed") in html
    assert words.text("told-do-signal-why") in html
    assert not ENGLISH.search(html)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_problem_without_a_sentence_is_said_by_its_kind_and_its_details_are_marked_as_english(
    lang: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(*_: object) -> None:
        raise AlertError("an English sentence", remedy="an English remedy")

    monkeypatch.setattr(alert_room, "_open_record", without)
    html, words = refused(office, lang), Catalogue(lang)
    assert words.text("problem-AlertError") in html
    assert html.index(words.text("problem-detail")) < html.index('<p lang="en" dir="ltr">')


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("kind", ["killed", "worker-died", "worker-stopped", "RecordsError", "fault"])
def test_a_job_says_what_went_wrong_in_the_readers_language(kind: str, lang: str, office: Office) -> None:
    office.make_charter()
    job = models.Job.objects.create(
        key="0123456789abcdef", kind=jobs.ASSESS, asked_by=WHO["analyst"], given={"out": str(office.assessment)}
    )
    jobs.end(office.home, job, models.Job.FAILED, "an English sentence", "an English remedy", kind)
    html = asked(signed_in("analyst"), lang).get(f"/jobs/{job.key}").content.decode().replace("&#39;", "'")
    assert Catalogue(lang).text(f"problem-{kind}") in html
    assert ("an English sentence" in html) == (kind not in jobs.SAID_WHOLE)
    english = asked(signed_in("analyst"), "en").get(f"/jobs/{job.key}").content.decode()
    assert "an English sentence" in english or kind in jobs.SAID_WHOLE


@pytest.mark.parametrize("lang", OTHERS)
def test_an_upload_that_is_not_taken_is_said_whole_in_the_readers_language(lang: str, office: Office) -> None:
    office.make_charter()
    client, words = asked(signed_in("analyst"), lang), Catalogue(lang)
    sent = client.post("/records/uploads", {"files": SimpleUploadedFile("virus.exe", b"MZ")})
    upload = sent.content.decode().replace("&#39;", "'")
    assert words.text("told-upload-no-table") in upload
    assert words.text("told-do-upload-send") in upload
    assert not ENGLISH.search(upload)
