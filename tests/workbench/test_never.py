"""What must never happen, as far as pages can prevent it: each sentence of the design is the name of a test."""

from __future__ import annotations

import re

import pytest
from workbench_office import PURPOSE, QUESTION, Office, everything, make_office, page, people_in, signed_in, solo
from world import WHO

from arusha.workbench.routes import ROUTES

# A newcomer's first run.


def test_demo_and_real_rows_in_one_workspace(office: Office, tmp_path) -> None:
    from arusha.errors import ArushaError
    from arusha.workbench.site import Site

    invented = make_office(tmp_path / "demo", demo=True)
    with pytest.raises(ArushaError, match="side by side"):
        Site(office.workspace, (office.assessment, invented.assessment), office.home).check()


def test_a_demo_export_without_watermark(demo: Office) -> None:
    for at, html in everything(solo()).items():
        assert "DEMO: Republic of Examplia" in html, at
    print_rules = solo().get("/static/workbench/arusha.css")
    paper = b"".join(print_rules.streaming_content).decode().partition("@media print")[2]
    assert not re.search(r"header\s*[{,][^}]*display: none", paper), "the stripe stays on paper"


def test_a_first_screen_with_empty_charts(office: Office) -> None:
    assert "<svg" not in page(solo(), "/")


def test_an_account_e_mail_or_internet_needed(office: Office) -> None:
    for html in everything(solo()).values():
        assert not re.search(r'(?:src|href|action)="(?!/|#)', html)
        assert 'type="email"' not in html
        assert 'type="password"' not in html


# The analyst's assessment.


def test_names_on_the_results_page(office: Office) -> None:
    for html in everything(solo()).values():
        assert not people_in(html)


def test_a_changed_plan_after_seeing_results_without_a_visible_amended_mark(office: Office) -> None:
    import json
    import os

    manifest = office.assessment / "manifest.json"
    told = json.loads(manifest.read_text("utf-8")) | {"amended": True, "earlier_plans": ["12" * 32]}
    assert "Amended" not in page(solo(), "/assessments/assessment")
    manifest.write_text(json.dumps(told), "utf-8")
    os.utime(manifest, (1, 1))
    html = page(solo(), "/assessments/assessment")
    assert "Amended: this plan was registered after results" in html
    assert "12" * 32 in html


def test_fraud_rate_by_officer_computed_as_if_un_inspected_goods_were_clean(demo: Office) -> None:
    html = page(solo(), f"/assessments/assessment/questions/{QUESTION}")
    assert "Only what was examined counts" in html


def test_sending_anything_back_to_asycuda() -> None:
    """No address names another system; extracts are read, and nothing is written but a workspace and assessments."""
    assert not [r for r in ROUTES if "asycuda" in r.path or "send" in r.path or "export" in r.path]


# The investigator's look.


@pytest.mark.control("AC-3(2)", never=True)
def test_a_name_before_two_person_release(office: Office) -> None:
    office.make_charter()
    office.to_live()
    client = signed_in("investigator")
    at = f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"
    client.post(at + "/open", PURPOSE)
    assert people_in(page(client, at)), "a pseudonym"
    assert not [r for r in ROUTES if "unmask" in r.path or "identity" in r.path], "no page opens a name"


def test_a_numeric_risk_score_of_a_person(demo: Office) -> None:
    for html in everything(solo()).values():
        assert "score" not in re.sub(r"<[^>]+>", " ", html).lower()


@pytest.mark.control("AC-23", never=True)
def test_fishing_search_by_person_without_a_reference(office: Office) -> None:
    """No address takes a person; a signal opens with a reference only."""
    assert not [r for r in ROUTES if "person" in r.path or "search" in r.path]
    office.make_charter()
    office.to_live()
    client, signal = signed_in("investigator"), office.signals()[0]
    for wanted in (signal["unit_id"], WHO["subject"]):
        assert client.get(f"/assessments/assessment/signals/{wanted}").status_code == 404
    at = f"/assessments/assessment/signals/{signal['signal_id']}"
    assert client.post(at + "/open", {"reason": "triage", "reference": "  "}).status_code == 400


# The union's review.


def test_the_union_receives_individual_data_or_can_be_fed_it_by_subtraction(office: Office) -> None:
    office.make_charter()
    office.to_live()
    signal = office.signals()[0]
    signed_in("investigator").post(f"/assessments/assessment/signals/{signal['signal_id']}/open", PURPOSE)
    for granter in ("integrity-lead", "internal-auditor"):
        office.charter().grant(WHO[granter], signal["unit_id"], "subject")
    client = signed_in("union-reviewer")
    pages = everything(client)
    assert "/ledgers/record" in pages
    assert not [at for at in pages if at.startswith("/assessments")]
    for at, html in pages.items():
        assert signal["unit_id"] not in html, at
        assert signal["signal_id"] not in html, at
    assert client.get("/assessments/assessment/signals").status_code == 403
    assert client.get("/ledgers/record/entries/0.proof").status_code == 403


def test_an_indicator_edited_after_consultation(office: Office) -> None:
    """An assessment asked with other settings than were agreed shows counts, though the question is live."""
    import json
    import os

    office.make_charter()
    office.to_live()
    client = signed_in("analyst")
    at = f"/assessments/assessment/questions/{QUESTION}"
    signal = office.signals()[0]["signal_id"]
    assert signal in page(client, at)
    manifest = office.assessment / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["plan"]["rate"] = 0.2
    manifest.write_text(json.dumps(told), "utf-8")
    os.utime(manifest, (1, 1))
    assert signal not in page(client, at)


def test_members_names_visible_to_management_through_the_desk(office: Office) -> None:
    office.make_charter()
    office.to_pilot()
    charter = office.charter()
    charter.ask(WHO["union-reviewer"], QUESTION, "Who is compared with whom?", answer_by="2026-03-01")
    html = page(signed_in("integrity-lead"), f"/charter/{QUESTION}")
    assert "Who is compared with whom?" in html
    assert WHO["union-reviewer"] not in html
