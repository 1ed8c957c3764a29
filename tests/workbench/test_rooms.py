"""The rooms: what each shows, to whom and when; what is not live shows offices and counts, by any address."""

from __future__ import annotations

import re
import shutil

import pyarrow.parquet as pq
import pytest
from django.test import Client
from kept_audit import record_audit
from workbench_office import (
    HOSTILE,
    PURPOSE,
    QUESTION,
    Office,
    account,
    everything,
    make_office,
    page,
    people_in,
    signed_in,
    solo,
)
from world import WHO

from arusha.language import banned_words, languages
from arusha.ledger import Checkpoint, ConsistencyProof, InclusionProof, make_key
from arusha.workbench import signals
from arusha.workbench.middleware import POLICY
from arusha.workbench.routes import ROUTES


def test_a_laptop_without_a_workspace_says_what_to_do_first(office: Office) -> None:
    from django.test.utils import override_settings

    with override_settings(ARUSHA_WORKSPACE="", ARUSHA_HOME=str(office.home)):
        client = solo()
        assert "arusha demo demo --serve" in page(client, "/")
        assert "arusha assess NAME.arusha" in page(client, "/assessments")


def test_a_study_of_real_records_names_nobody_on_any_page(office: Office) -> None:
    pages = everything(solo())
    assert len(pages) > 15
    assert {at: people_in(html) for at, html in pages.items() if people_in(html)} == {}
    steering = pages["/assessments/assessment/questions/assignment-steering"]
    assert "A study: nobody agreed to it" in steering
    assert "<svg" not in steering
    assert "<svg" in pages["/assessments/assessment/questions/lane-rates"], "offices and lanes are nobody"


def test_an_invented_administration_is_shown_whole_under_its_stripe(demo: Office) -> None:
    pages = everything(solo())
    question = pages[f"/assessments/assessment/questions/{QUESTION}"]
    assert people_in(question)
    assert "<svg" in question
    for at, html in pages.items():
        assert html.count('<p class="demo">') == 1, at


@pytest.mark.control("AC-4", "AC-23")
def test_a_question_that_is_not_live_gives_counts_and_a_live_one_its_charts(office: Office) -> None:
    office.make_charter()
    office.to_pilot()
    client = signed_in("analyst")
    at = f"/assessments/assessment/questions/{QUESTION}"
    signal = office.signals()[0]["signal_id"]
    assert signal not in page(client, at)
    assert client.get(f"/assessments/assessment/signals/{signal}").status_code == 404
    assert client.post(f"/assessments/assessment/signals/{signal}/open", PURPOSE).status_code == 404
    charter = office.charter()
    record_audit(charter, WHO["internal-auditor"], QUESTION)
    charter.position(WHO["union-reviewer"], QUESTION, "agree")
    charter.move(WHO["integrity-lead"], QUESTION, "go-live")
    assert signal in page(client, at)
    assert "<svg" in page(client, at)
    assert client.get(f"/assessments/assessment/signals/{signal}").status_code == 200
    charter.move(WHO["integrity-lead"], QUESTION, "pause", "the auditor asked")
    assert not people_in(page(client, at)), "what is paused is not shown, though the folder was made when it was live"


def test_the_list_of_signals_names_nobody_even_where_the_question_is_live(office: Office) -> None:
    office.make_charter()
    office.to_live()
    html = page(signed_in("investigator"), "/assessments/assessment/signals")
    assert office.signals()[0]["signal_id"] in html
    assert not people_in(html)


@pytest.mark.control("AC-3", "AU-2", "AU-3")
def test_a_signal_opens_after_its_purpose_explanations_first_and_closes_for_everybody_else(office: Office) -> None:
    office.make_charter()
    office.to_live()
    client, signal = signed_in("investigator"), office.signals()[0]
    at = f"/assessments/assessment/signals/{signal['signal_id']}"
    assert not people_in(page(client, at))
    for wrong in (
        {},
        {"reason": "triage"},
        {"reason": "curiosity", "reference": "x"},
        {"reason": "", "reference": "x"},
    ):
        assert client.post(at + "/open", wrong).status_code == 400
    assert "look.opened" not in office.kinds()
    assert client.post(at + "/open", PURPOSE).status_code == 302
    (look,) = [r for r in office.record.ledger.entries() if r.entry.kind == "look.opened"]
    assert look.entry.actor == WHO["investigator"]
    assert f"signal:{signal['signal_id']}" in look.entry.subjects
    assert signal["unit_id"] in look.entry.subjects, "the person concerned can ask who looked"
    html = page(client, at)
    assert signal["unit_id"] in people_in(html)
    order = [html.index(h) for h in ("Ordinary reasons", "The numbers", "The records behind it")]
    assert order == sorted(order)
    assert "declarations.csv" in html
    assert "EX01-0001" in html
    assert signal["unit_id"] not in people_in(page(signed_in("analyst"), at)), "a look of one opens nothing to another"


def test_text_of_the_records_is_text(office: Office) -> None:
    office.make_charter()
    office.to_live()
    client, signal = signed_in("investigator"), office.signals()[0]["signal_id"]
    at = f"/assessments/assessment/signals/{signal}"
    client.post(at + "/open", {"reason": "triage", "reference": HOSTILE})
    log = signed_in("internal-auditor")
    for html in (page(client, at), page(log, "/looks")):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]gnp.exe" in html
        assert "<script" not in html
        assert "\u202e" not in html


@pytest.mark.control("AU-6", "9.2")
def test_the_auditor_reads_who_looked_and_why(office: Office) -> None:
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    signed_in("investigator").post(f"/assessments/assessment/signals/{signal}/open", PURPOSE)
    signed_in("union-reviewer").get("/assessments")
    html = page(signed_in("internal-auditor"), "/looks")
    for said in (WHO["investigator"], signal, "First look at a new signal", "request 2026/7", WHO["union-reviewer"]):
        assert said in html


@pytest.mark.control("AU-2", "AU-12")
def test_a_page_that_shows_persons_is_recorded_as_seen(office: Office) -> None:
    office.make_charter()
    office.to_live()
    signed_in("analyst").get(f"/assessments/assessment/questions/{QUESTION}")
    (seen,) = [r.entry for r in office.record.ledger.entries() if r.entry.kind == "look.seen"]
    assert (seen.actor, seen.subjects) == (WHO["analyst"], (f"question:{QUESTION}",))


@pytest.mark.control("AU-9", "7.5.3")
def test_the_ledger_page_gives_proofs_that_hold(office: Office, tmp_path) -> None:
    charter = office.make_charter()
    key = make_key(tmp_path / "charter.key", charter.ledger.origin)
    held = charter.ledger.checkpoint(key.signer)
    office.draft()
    newest = charter.ledger.checkpoint(key.signer)
    client = signed_in("internal-auditor")
    html = page(client, "/ledgers/charter")
    assert "What a ledger cannot prove" in html
    inclusion = InclusionProof.parse(client.get("/ledgers/charter/entries/3.proof").content.decode())
    assert inclusion.holds()
    assert str(inclusion.checkpoint) == str(newest)
    growth = ConsistencyProof.parse(client.get(f"/ledgers/charter/since/{held.size}.growth").content.decode())
    assert growth.holds(Checkpoint.parse(str(held)))
    assert client.get("/ledgers/charter/entries/99999.proof").status_code == 400
    assert client.get("/ledgers/record/entries/0.proof").status_code == 404


@pytest.mark.control("AU-9")
def test_a_ledger_that_was_changed_says_so(office: Office) -> None:
    client = solo()
    client.get("/accounts")  # a refusal is an entry
    client.get("/accounts")
    (file,) = [p for p in (office.home / "ledger").rglob("*") if p.is_file() and b"access.refused" in p.read_bytes()]
    file.write_bytes(file.read_bytes().replace(b"access.refused", b"access.refusex", 1))
    html = page(client, "/ledgers/record")
    assert "This ledger was changed" in html


def test_the_dossier_says_what_is_missing_to_go_live(office: Office) -> None:
    office.make_charter()
    office.draft()
    html = page(signed_in("union-reviewer"), f"/charter/{QUESTION}")
    for said in ("A fairness audit", "The union&#39;s position", "Forbidden uses", "24 months, then deleted"):
        assert said in html


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_in_the_readers_language_says_who_read_it_and_uses_no_banned_word(
    lang: str, demo: Office
) -> None:
    client = solo()
    client.post("/language", {"language": lang, "back": "/assessments"})
    for at, html in everything(client).items():
        assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in html
        text = re.sub(r"<[^>]+>", " ", html)
        assert banned_words(text, lang) == (), at
    assert "native speaker" in html or lang != "en"


def test_a_page_is_under_200_kb_runs_nothing_and_is_kept_nowhere(demo: Office) -> None:
    client = solo()
    style = client.get("/static/workbench/arusha.css")
    size = len(b"".join(style.streaming_content))
    for at, html in everything(client).items():
        answer = client.get(at)
        assert answer["Content-Security-Policy"] == POLICY
        assert answer["Cache-Control"] == "no-store"
        without_charts = re.sub(r"(?s)<svg.*?</svg>", "", html)
        assert len(without_charts.encode()) + size < 200_000, at
        assert "<script" not in html
        assert " style=" not in html
        assert not re.search(r"(src|href)=\"https?:", html)
        assert not re.search(r" on[a-z]+=", without_charts)


def test_a_language_is_chosen_without_leaving_the_site(office: Office) -> None:
    client = Client()
    for back in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        assert client.post("/language", {"language": "fr", "back": back})["Location"] == "/"
    assert client.post("/language", {"language": "xx", "back": "/"}).cookies.get("language") is None


def test_demo_and_real_are_never_served_together(office: Office, tmp_path) -> None:
    from arusha.errors import ArushaError
    from arusha.workbench.site import Site

    invented = make_office(tmp_path / "other", demo=True)
    with pytest.raises(ArushaError, match="invented and real"):
        Site(office.workspace, (invented.assessment,), office.home).check()
    real = make_office(tmp_path / "third")
    (real.workspace / "manifest.json").write_text((real.workspace / "manifest.json").read_text() + " ")
    with pytest.raises(ArushaError, match="not made of the workspace"):
        Site(real.workspace, (real.assessment,), real.home).check()


def test_records_that_say_they_are_invented_do_not_do_away_with_signing_in(demo: Office) -> None:
    """The mark comes with a source, and whoever may load could write it."""
    demo.make_charter(demo=False)
    client = solo()
    assert client.post("/act-as", {"person": WHO["internal-auditor"]}).status_code in (302, 403, 404)
    for at in ("/looks", "/people"):
        answer = client.get(at)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in"), at


@pytest.mark.control("AC-4")
def test_what_is_not_there_and_what_one_may_not_see_look_alike(office: Office) -> None:
    office.make_charter()
    client = signed_in("investigator")
    hidden = client.get(f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}")
    absent = client.get("/assessments/assessment/signals/0123456789abcdef")
    assert hidden.status_code == absent.status_code == 404

    def bare(answer: object) -> str:
        return re.sub(r'value="[^"]*"', "", answer.content.decode())  # type: ignore[attr-defined]

    assert bare(hidden) == bare(absent)
    for strange in ("../../etc", "..%2f..%2fetc", "%00", "assessment/../assessment"):
        assert client.get(f"/assessments/{strange}").status_code in (301, 404)


def test_evidence_of_a_question_about_offices_leaves_out_who(office: Office) -> None:
    from arusha.workbench.behind import behind
    from arusha.workbench.gate import open_assessment

    found = open_assessment(office.site, "assessment", None)
    assert found is not None
    row = office.signals("lane-rates")[0]
    assert "officer_id" in pq.read_table(office.assessment / "evidence" / f"{row['signal_id']}.parquet").column_names
    assert "officer_id" not in behind(found, row).table.column_names


def test_every_address_has_one_method() -> None:
    assert {r.method for r in ROUTES} == {"GET", "POST"}


@pytest.mark.control("AC-3(8)")
def test_withdrawing_a_role_closes_the_page_at_once(office: Office) -> None:
    charter = office.make_charter()
    account("analyst")
    client = signed_in("analyst")
    assert client.get("/assessments").status_code == 200
    for who in (WHO["integrity-lead"], WHO["internal-auditor"]):
        charter.withdraw(who, WHO["analyst"], "analyst")
    assert client.get("/assessments").status_code == 403


def test_a_charter_that_was_changed_stops_every_page(office: Office) -> None:
    office.make_charter()
    client = signed_in("analyst")
    shutil.rmtree(office.workspace / "charter" / "ledger")
    assert client.get("/assessments").status_code == 500


def test_a_long_list_of_signals_is_shown_in_parts(demo: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = solo(), "/assessments/assessment/signals"
    ids = [row["signal_id"] for row in demo.signals("assignment-steering")]
    assert len(ids) > 1
    monkeypatch.setattr(signals, "MOST_LISTED", 1)
    html = page(client, address)
    assert ids[0] in html
    assert ids[1] not in html
    further = f"{address}?question=assignment-steering&amp;from=1"
    assert further in html
    html = page(client, further.replace("&amp;", "&"))
    assert ids[1] in html
    assert ids[0] not in html
    assert client.get(f"{address}?question=no-such").status_code == 404
    assert ids[0] in page(client, f"{address}?question=assignment-steering&from=x")


def test_a_signal_beyond_those_in_its_questions_table_has_its_numbers_and_explanations(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from arusha.workbench import assessments

    monkeypatch.setattr(assessments, "MOST_ROWS", 0)
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]["signal_id"]
    whole = page(signed_in("analyst"), f"/assessments/assessment/questions/{QUESTION}")
    assert f"signals/{signal}" not in whole, "it is not in the table"
    client = signed_in("investigator")
    at = f"/assessments/assessment/signals/{signal}"
    client.post(at + "/open", PURPOSE)
    assert "The numbers" in page(client, at)


def test_the_pages_of_the_newest_assessment_are_made_before_the_first_is_asked(office: Office) -> None:
    from arusha.language import languages
    from arusha.workbench import assessments, ledger_room, warm

    office.record.add("look.opened", None, "signal:0000000000000000")
    assessments.page_of.cache_clear()
    ledger_room._READ.clear()
    warm.warm_up()
    made = assessments.page_of.cache_info().misses
    assert made >= len(languages())
    page(solo(), "/assessments/assessment")
    page(solo(), f"/assessments/assessment/questions/{QUESTION}")
    assert assessments.page_of.cache_info().misses == made
    assert office.record.ledger.store.where in ledger_room._READ


def test_no_page_is_made_at_a_start_that_took_too_long(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from arusha.workbench import assessments, warm

    assessments.page_of.cache_clear()
    monkeypatch.setattr(warm, "LONGEST_SECONDS", -1.0)
    warm.warm_up()
    assert assessments.page_of.cache_info().misses == 0
