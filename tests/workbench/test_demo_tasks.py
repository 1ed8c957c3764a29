"""The six tasks of the demo and the check against its answer key."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from evaluations_at_work import register, work
from examplia import Examplia
from workbench_office import ENTRY, PURPOSE, Office, page, signed_in, solo

from arusha.demo.lookalikes import KINDS as LOOKALIKES
from arusha.demo.schemes import KINDS as SCHEMES
from arusha.effects import Evaluations
from arusha.language import Catalogue, languages
from arusha.workbench.demo_office import person
from arusha.workbench.demo_tasks import COMPLETED, NOT_STARTED, tasks, traces


def how_far(demo: Examplia) -> dict[str, str]:
    evaluations = Evaluations(demo.workspace).ledger()
    seen = traces(demo.record, demo.charter(), demo.charter().state(), evaluations)
    return {task.name: task.state(seen) for task in tasks("assessment")}


def flagged(demo: Examplia) -> list[str]:
    client = demo.acting_as(person("analyst"))
    return re.findall(r'/signals/([0-9a-f]+)"', page(client, "/assessments/assessment/signals"))


def test_nothing_is_done_when_the_demo_is_new(examplia: Examplia) -> None:
    assert set(how_far(examplia).values()) == {NOT_STARTED}


def test_a_tour_that_only_points_at_buttons(examplia: Examplia) -> None:
    """Reading every page of every task, as whoever it is for, completes no task that asks for an act."""
    client = examplia.acting_as(person("analyst"))
    assert client.post("/tasks", {"done": "test"}).status_code == 405
    html = page(client, "/tasks")
    for who, ahead in re.findall(
        r'name="person" value="([^"]+)"><input type="hidden" name="next" value="([^"]+)"', html
    ):
        answer = client.post("/act-as", {"person": who, "next": ahead}, follow=True)
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"] == ahead
    assert {name for name, state in how_far(examplia).items() if state == COMPLETED} == {"test"}, "reading is its task"


def test_a_task_is_done_when_the_ledger_says_so_and_by_its_own_role_alone(examplia: Examplia) -> None:
    signal = flagged(examplia)[0]
    at = f"/assessments/assessment/signals/{signal}"
    analyst, reader = examplia.acting_as(person("analyst")), examplia.acting_as(person("investigator"))
    reader.get("/assessments/assessment/questions/assignment-override")
    assert how_far(examplia)["test"] == NOT_STARTED, "the investigator read it, not the analyst"
    analyst.get("/assessments/assessment/questions/assignment-override")
    assert how_far(examplia)["test"] == COMPLETED
    analyst.post(at + "/open", PURPOSE)
    assert how_far(examplia)["signal"] == "in-progress"
    for question in ("assignment-override", "finding-rate"):
        analyst.post(f"/assessments/assessment/questions/{question}/alerts")
    assert how_far(examplia)["signal"] == COMPLETED
    assert how_far(examplia)["triage"] == NOT_STARTED
    reader.post(at + "/open", PURPOSE)
    reader.post(at + "/decide", {"exit": "explained", "reason": "a desk of two", "explanation": "other"})
    assert how_far(examplia)["triage"] == COMPLETED
    key = register(examplia.acting_as(person("analyst")), "rotation")
    assert how_far(examplia)["measure"] == NOT_STARTED, "an analyst may register too, but the task is another's"
    manager = examplia.acting_as(person("programme-manager"))
    other = register(manager, "second-signature")
    assert how_far(examplia)["measure"] == "in-progress"
    manager.post(f"/evaluations/{other}/run")
    work(examplia.home)
    assert how_far(examplia)["measure"] == COMPLETED
    assert key != other
    lead = examplia.acting_as(person("integrity-lead"))
    taken = lead.post("/assessments/assessment/report.ar.html")
    assert taken["Content-Disposition"] == 'attachment; filename="report.ar.html"'
    assert "Examplia" in taken.content.decode() or "إكزامبليا" in taken.content.decode()
    assert how_far(examplia)["home"] == COMPLETED
    subject = examplia.charter().state().holders("subject")[0]
    officer = examplia.acting_as(subject)
    about = re.search(r'name="signal" value="([0-9a-f]+)"', page(officer, "/own"))
    assert about
    officer.post("/own/contest", {"assessment": "assessment", "signal": about.group(1), "text": "I was on cover"})
    assert set(how_far(examplia).values()) == {COMPLETED}
    assert page(lead, "/tasks").count('class="tag completed"') == 6


def test_the_report_that_is_taken_holds_back_what_is_not_live(examplia: Examplia) -> None:
    examplia.charter().move(person("integrity-lead"), "finding-rate", "pause", "a test")
    lead = examplia.acting_as(person("integrity-lead"))
    html = lead.post("/assessments/assessment/report.en.html").content.decode()
    shown = {r for r in examplia.kinds() if r == "look.exported"}
    assert shown == {"look.exported"}
    *_, entry = examplia.record.ledger.entries()
    assert "question:assignment-override" in entry.entry.subjects
    assert "question:finding-rate" not in entry.entry.subjects
    section = re.search(r'(?s)<section[^>]*id="finding-rate".*?</section>', html)
    assert section
    assert not re.search(r"\bP-[0-9A-Z]{4}-", section.group(0))


def test_the_key_is_shut_until_one_answered_or_asked(examplia: Examplia) -> None:
    client = examplia.acting_as(person("analyst"))
    shut = page(client, "/tasks/key")
    assert "Give your own answer first" in shut
    assert "leniency" not in shut
    assert "findings left out" not in shut
    client.post("/tasks/key/open")
    assert examplia.kinds()[-1] == "demo.key-opened"
    assert "findings left out" in page(client, "/tasks/key")


def test_the_key_tells_of_a_measure_after_one_evaluated_it_or_asked(examplia: Examplia) -> None:
    signal = flagged(examplia)[0]
    analyst, reader = examplia.acting_as(person("analyst")), examplia.acting_as(person("investigator"))
    for question in ("assignment-override", "finding-rate"):
        analyst.post(f"/assessments/assessment/questions/{question}/alerts")
    reader.post(f"/assessments/assessment/signals/{signal}/open", PURPOSE)
    words = {"exit": "explained", "reason": "a desk of two", "explanation": "other"}
    reader.post(f"/assessments/assessment/signals/{signal}/decide", words)
    shut = page(reader, "/tasks/key")
    assert shut.count("Run an evaluation of this measure first") == 3
    assert "ties between officers and brokers end" not in shut
    manager = examplia.acting_as(person("programme-manager"))
    key = register(manager, "rotation")
    manager.post(f"/evaluations/{key}/run")
    work(examplia.home)
    told = page(reader, "/tasks/key")
    assert told.count("Run an evaluation of this measure first") == 2
    assert len(re.findall(r"<strong>(right|wrong|not wrong: the records did not suffice)</strong>", told)) == 1
    reader.post("/tasks/key/open")
    everything = page(reader, "/tasks/key")
    assert "Run an evaluation" not in everything
    assert everything.count("<strong>not run yet</strong>") == 2
    for does in ("ties between officers and brokers end", "It does nothing", "It only displaces"):
        assert everything.count(does) == 1
    assert len(set(re.findall(r"\b[A-Z]{3}-\d\b", everything))) >= 12


def test_a_demo_where_the_tool_is_always_right(examplia: Examplia) -> None:
    client = examplia.acting_as(person("analyst"))
    client.post("/tasks/key/open")
    html = page(client, "/tasks/key")
    for word in ("found", "missed", "seen by another question only", "not looked for: its question is not live"):
        assert f"<strong>{word}</strong>" in html


def test_who_accuses_the_innocent_is_told_how_many(examplia: Examplia, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a key that knows nothing, whatever was proposed for inquiry was innocent."""
    from arusha.demo.answers import Answers
    from arusha.workbench import demo_room

    signal = flagged(examplia)[0]
    at = f"/assessments/assessment/signals/{signal}"
    analyst, reader = examplia.acting_as(person("analyst")), examplia.acting_as(person("investigator"))
    for question in ("assignment-override", "finding-rate"):
        analyst.post(f"/assessments/assessment/questions/{question}/alerts")
    reader.post(at + "/open", PURPOSE)
    words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "something")
    reader.post(at + "/decide", {"exit": "proposed", **words})
    said = re.compile(r"proposed an inquiry: \u2068?(\d+)")
    before = said.search(page(reader, "/tasks/key"))
    assert before
    assert before.group(1) == "0"
    nothing = Answers({"schemes": [], "lookalikes": []}, {}, {}, {})
    monkeypatch.setattr(demo_room, "read_answers", lambda directory: nothing)
    demo_room._checked.cache_clear()
    after = said.search(page(reader, "/tasks/key"))
    demo_room._checked.cache_clear()
    assert after
    assert after.group(1) == "1"


def test_the_key_names_nobody(examplia: Examplia) -> None:
    client = examplia.acting_as(person("administrator"))
    client.post("/tasks/key/open")
    html = re.sub(r"(?s)<footer>.*", "", page(client, "/tasks/key"))
    assert not re.search(r"\b[PT]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", html)


def test_there_are_no_tasks_and_no_key_where_records_are_real(office: Office) -> None:
    for client in (solo(),):
        assert 'href="/tasks"' not in page(client, "/")
        assert client.get("/tasks").status_code == 404
    office.make_charter()
    client = signed_in("analyst")
    assert client.get("/tasks").status_code == 404
    assert client.get("/tasks/key").status_code == 404
    assert client.post("/tasks/key/open").status_code == 404


def test_who_lacks_the_word_of_the_terminal_sees_no_task(examplia: Examplia) -> None:
    assert Client().get("/tasks").status_code == 404
    client = Client()
    client.get(f"/enter/{ENTRY}")
    assert client.get("/tasks").status_code == 200
    assert client.post("/tasks/key/open").status_code == 302, "nobody is nobody: choose whom one acts as"
    assert "demo.key-opened" not in examplia.kinds()


def test_act_as_leads_to_no_other_site(examplia: Examplia) -> None:
    client = Client()
    client.get(f"/enter/{ENTRY}")
    for ahead in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.post("/act-as", {"person": person("analyst"), "next": ahead})
        assert answer["Location"] == "/", ahead


@pytest.mark.parametrize("lang", languages())
def test_every_kind_of_the_key_has_a_name(lang: str) -> None:
    words = Catalogue(lang)
    assert [k for k in (*SCHEMES, *LOOKALIKES) if not words.has(f"wb-kind-{k}")] == []


def test_the_rows_behind_a_signal_add_up_to_its_numbers(examplia: Examplia) -> None:
    from arusha.assessment.pointing import AWAY, TOWARDS, pointing
    from arusha.workbench.behind import evidence_of
    from arusha.workbench.gate import open_assessment

    found = open_assessment(examplia.site, "assessment", examplia.charter().state())
    assert found is not None
    checked = 0
    for question, table in found.stand_out.items():
        for row in table.to_pylist():
            points = pointing(question, evidence_of(found, row))
            if points is None or question == "value-shortfall":
                continue
            checked += 1
            towards, away = points.count(TOWARDS), points.count(AWAY)
            clean = question == "finding-rate"  # it counts findings, and asks whether they are too few
            assert towards == (row["n"] - row["observed"] if clean else row["observed"])
            if question != "lane-change-without-act":  # which keeps no rows of controls closed in order
                assert towards + away == row["n"]
    assert checked
