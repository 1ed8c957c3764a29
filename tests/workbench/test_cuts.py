"""Tables that the union asks for: from asking to the steward's answer, and what must never happen."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from kept_audit import audit_file, record_audit
from test_access import bare
from workbench_office import HOSTILE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.charter import RefusedError
from arusha.errors import ArushaError
from arusha.fairness import job as fairness_job
from arusha.fairness.job import keep as keep_audits
from arusha.language import languages
from arusha.ledger import Event, verify
from arusha.workbench import cuts, models
from arusha.workbench.errand import ERRANDS

UNION, STEWARD = WHO["union-reviewer"], WHO["data-steward"]
ASKED = {"question": QUESTION, "attribute": ["grade", "office"], "why": "Do chiefs of small offices stand out?"}


def ask(office: Office) -> cuts.Cut:
    answer = signed_in("union-reviewer").post("/desk/cuts/ask", ASKED)
    assert answer.status_code == 302, bare(answer.content.decode())
    return next(iter(cuts.cuts(office.record).values()))


def made_file(office: Office, **extra: object) -> dict:
    """What the sealed process answers, here of sixty invented people."""
    audit = json.loads(audit_file(office.charter(), QUESTION)) | {"cuts": ["grade", "office"], "listed": False} | extra
    for one in audit["compared"]:
        one["attribute"] = "records.grade"
    return audit


def cuts_file(office: Office, report: str) -> dict:
    """The file of a table as it is kept."""
    found = fairness_job.kept(office.workspace, report)
    assert found is not None
    return found


def given(office: Office, cut: cuts.Cut) -> dict:
    return models.Job.objects.get(kind="cut").given | {"number": cut.number}


@pytest.fixture
def audited(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A question in pilot with its audit, and a sealed process that answers at once."""
    office.make_charter()
    office.to_pilot()
    record_audit(office.charter(), WHO["internal-auditor"], QUESTION)
    monkeypatch.setattr(fairness_job, "run_audits", lambda *_, **__: ({QUESTION: made_file(office)}, {}))
    return office


def test_a_table_goes_from_asking_by_agreement_to_words(audited: Office) -> None:
    cut = ask(audited)
    assert (cut.attributes, cut.state) == (("grade", "office"), "asked")
    assert cut.due == (datetime.now(UTC) + timedelta(days=14)).date()
    assert "Tables that the union asked for and nobody answered" in bare(page(signed_in("data-steward"), "/"))
    steward = signed_in("data-steward")
    assert "the table is made now, in words" in bare(page(steward, f"/desk/cuts/{cut.number}"))
    assert steward.post(f"/desk/cuts/{cut.number}/agree").status_code == 302
    told = ERRANDS["cut"](given(audited, cut), lambda *_: None, threading.Event())
    made = cuts.cuts(audited.record)[cut.number]
    assert (made.state, made.report) == ("made", told["report"])
    for role in ("union-reviewer", "union-expert", "data-steward", "integrity-lead"):
        if role == "union-expert":
            audited.bring_expert()
        shown = bare(page(signed_in(role), f"/desk/cuts/{cut.number}"))
        assert "within expected scatter" in shown, role
        assert "p =" not in shown, "no chance"
    table = cuts_file(audited, made.report)
    assert all(one["people"] is None and one["p"] is None for one in table["compared"]), "no number of people"
    assert table["signalled"] is None
    # The same errand once more, as after a worker that was killed, tells the same and keeps nothing twice.
    before = len(audited.record.ledger)
    assert ERRANDS["cut"](given(audited, cut), lambda *_: None, threading.Event()) == told
    assert len(audited.record.ledger) == before
    assert verify(audited.record.ledger).ok


def test_a_table_before_the_audit_takes_no_number_from_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.make_charter()
    office.to_pilot()
    cut = ask(office)
    steward = signed_in("data-steward")
    assert "was not audited yet" in bare(page(steward, f"/desk/cuts/{cut.number}"))
    assert steward.post(f"/desk/cuts/{cut.number}/agree").status_code == 302
    assert not models.Job.objects.filter(kind="cut").exists()
    shown = bare(page(signed_in("union-reviewer"), f"/desk/cuts/{cut.number}"))
    assert f"arusha fairness NAME.arusha {QUESTION} --groups groups.csv --cut grade --cut office" in shown
    # Somebody who starts the errand all the same gets nothing, and nothing was told.
    monkeypatch.setattr(fairness_job, "run_audits", lambda *_, **__: ({QUESTION: made_file(office)}, {}))
    held = office.charter().question(QUESTION)
    wanted = {"workspace": str(office.workspace), "home": str(office.home), "number": cut.number, "question": QUESTION}
    wanted |= {"attributes": ["grade"], "definition": held.definition, "rate": 0.1, "plan": "", "seconds": 60}
    with pytest.raises(ArushaError, match="take its numbers away"):
        ERRANDS["cut"](wanted, lambda *_: None, threading.Event())
    assert "charter.fairness" not in [r.entry.kind for r in office.charter().ledger.entries()]
    # Counted with the audit, it is told there.
    keep_audits(office.charter(), {QUESTION: made_file(office, listed=True)})
    shown = bare(page(signed_in("union-reviewer"), f"/desk/cuts/{cut.number}"))
    assert "It was counted with an audit." in shown


def test_a_table_that_the_union_asked_for_is_recorded_as_the_fairness_audit(audited: Office) -> None:
    ask(audited)
    charter = audited.charter()
    report = keep_audits(charter, {QUESTION: made_file(audited)})[QUESTION]
    today = charter.clock().date().isoformat()
    with pytest.raises(RefusedError) as refused:
        charter.audit(WHO["internal-auditor"], QUESTION, on=today, passed=True, report=report)
    assert "audit-unlisted" in refused.value.codes


def test_the_steward_declines_with_words_that_stay(audited: Office) -> None:
    cut = ask(audited)
    steward = signed_in("data-steward")
    assert steward.post(f"/desk/cuts/{cut.number}/decline", {"why": " "}).status_code == 400
    assert steward.post(f"/desk/cuts/{cut.number}/decline", {"why": HOSTILE}).status_code == 302
    shown = page(signed_in("union-reviewer"), f"/desk/cuts/{cut.number}")
    assert "<script>alert" not in shown
    assert "declined" in bare(shown)
    for again in ("agree", "decline"):
        assert steward.post(f"/desk/cuts/{cut.number}/{again}", {"why": "again"}).status_code == 400
    assert not models.Job.objects.filter(kind="cut").exists()


@pytest.mark.parametrize("wrong", [{"attribute": []}, {"attribute": ["gender"]}, {"question": "no-question"}])
def test_what_cannot_be_asked_for_is_recorded_nowhere(wrong: dict, audited: Office) -> None:
    assert signed_in("union-reviewer").post("/desk/cuts/ask", ASKED | wrong).status_code in (400, 404)
    assert cuts.cuts(audited.record) == {}


def test_answers_written_past_the_program_that_count(audited: Office) -> None:
    cut = ask(audited)
    ledger = audited.record.ledger
    ledger.record(Event("cut.made", STEWARD, (f"cut:{cut.number}", "report:" + "ab" * 32)))
    ledger.record(Event("cut.agreed", UNION, (f"cut:{cut.number}",)))
    ledger.record(Event("cut.agreed", STEWARD, ("cut:999",)))
    ledger.record(Event("cut.agreed", STEWARD, ("cut:new",)))
    assert cuts.cuts(audited.record)[cut.number].state == "asked"


def test_members_names_visible_to_management_through_the_desk(audited: Office) -> None:
    cut = ask(audited)
    for role in ("integrity-lead", "data-steward", "analyst"):
        for at in ("/desk/cuts", f"/desk/cuts/{cut.number}"):
            assert people_in(page(signed_in(role), at)) == set()


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_whole_in_every_language(lang: str, audited: Office) -> None:
    cut = ask(audited)
    for client, at in (
        (signed_in("union-reviewer"), "/desk/cuts"),
        (signed_in("data-steward"), f"/desk/cuts/{cut.number}"),
        (signed_in("union-reviewer"), "/desk"),
    ):
        client.cookies["language"] = lang
        assert f'lang="{lang}"' in page(client, at)
    signed_in("data-steward").post(f"/desk/cuts/{cut.number}/agree")
    ERRANDS["cut"](given(audited, cut), lambda *_: None, threading.Event())
    client = signed_in("union-reviewer")
    client.cookies["language"] = lang
    assert f'lang="{lang}"' in page(client, f"/desk/cuts/{cut.number}")
