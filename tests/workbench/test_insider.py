"""Tried as somebody inside: with the wrong role in a browser, or with the files of the site and no key."""

from __future__ import annotations

import os
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from test_alerts import INQUIRY
from workbench_office import ENTRY, PURPOSE, QUESTION, Office, page, signed_in, solo
from world import WHO

from arusha.workbench import alerts, gate
from arusha.workbench.routes import ROUTES

OTHER = "P-8888-TEST-8888"
PARTS = {"question": QUESTION, "lang": "en", "which": "record", "name": "assessment"}


@pytest.fixture
def live(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", [office.signals()[0]["signal_id"]])
    return office


def at(office: Office) -> str:
    return f"/assessments/assessment/signals/{office.signals()[0]['signal_id']}"


def address(path: str) -> str:
    """An address of a route, each part of it filled in."""
    return "/" + re.sub(r"<(\w+):(\w+)>", lambda part: PARTS.get(part[2], "1" if part[1] == "int" else "0" * 16), path)


@pytest.mark.control("AC-3", "AC-4")
@pytest.mark.parametrize("way", ["explained", "data-error", "support"])
def test_what_is_refused_of_a_closed_alert_does_not_say_how_it_was_closed(live: Office, way: str) -> None:
    """Who may be drawn to decide it again, blind, would only have to try to decide it now."""
    signal = live.signals()[0]["signal_id"]
    alerts.decide(live.record, signal, "P-7002-TEST-0000", way, {**INQUIRY, "explanation": "leave"})
    client = signed_in("investigator")
    client.post(at(live) + "/open", PURPOSE)
    for act, given in (("decide", {"exit": "support"}), ("second-read", {"reading": "concurred"})):
        answer = client.post(f"{at(live)}/{act}", INQUIRY | given)
        assert answer.status_code == 400
        said = re.sub("[\u2066-\u2069]", "", answer.content.decode())  # the state stands apart, for Arabic's sake
        assert "the alert is closed" in said
        assert f"is {way}" not in said


@pytest.mark.control("AU-9", "AC-3")
@pytest.mark.parametrize("column", ["unit_id", "other_id", "office"])
def test_a_signal_into_which_somebody_else_was_put_is_shown_as_nobodys(live: Office, column: str) -> None:
    path = live.assessment / "signals.parquet"
    signal, table = live.signals()[0]["signal_id"], pq.read_table(path)
    rows = [{**row, column: OTHER} if row["signal_id"] == signal else row for row in table.to_pylist()]
    pq.write_table(pa.Table.from_pylist(rows, table.schema), path)
    os.utime(live.assessment / "manifest.json", (0, 1))  # as when the program is started anew
    gate._read.cache_clear()
    client = signed_in("investigator")
    for answer in (client.get(at(live)), client.post(at(live) + "/open", PURPOSE), client.get("/alerts")):
        assert answer.status_code == 400
        assert OTHER not in answer.content.decode()
        assert "the assessment was edited" in answer.content.decode()
    assert "look.opened" not in live.kinds()


@pytest.mark.control("AU-2", "AU-12")
@pytest.mark.parametrize("place", ["/looks", "/ledgers/record", "/ledgers/record/entries/0.proof"])
def test_who_reads_who_looked_is_recorded_too(live: Office, place: str) -> None:
    signed_in("internal-auditor").get(place)
    seen = list(live.record.ledger.entries())[-1].entry
    assert (seen.kind, seen.actor) == ("look.seen", WHO["internal-auditor"])
    reviewer = signed_in("union-reviewer")
    before = len(live.record.ledger)
    reviewer.get("/ledgers/record")
    assert len(live.record.ledger) == before, "who may not read entries sees none"


@pytest.mark.parametrize("junk", ["\u00b2", "\x00", "-1", "9" * 40, "nan", "//elsewhere.example", "sessions", "\u202e"])
def test_what_is_no_number_and_no_place_breaks_no_page(live: Office, junk: str) -> None:
    client = signed_in("investigator")
    for one in ("/alerts", f"/assessments/assessment/signals?question={QUESTION}"):
        assert client.get(one, {"question": QUESTION, "from": junk}).status_code == 200
    assert client.get("/alerts", headers={"content-length": junk}).status_code in (200, 413)
    answer = client.post("/language", {"language": "fr", "back": junk})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Client().post("/sign-in/password", {"name": junk, "password": "x"}).status_code == 400


def test_a_word_that_is_no_ascii_opens_nothing_and_breaks_nothing(office: Office) -> None:
    assert Client().get("/enter/\u00e9").status_code == 404
    assert Client().get(f"/enter/{ENTRY}\u0301").status_code == 404


METHODS = ("head", "options", "put", "patch", "delete", "trace")


@pytest.mark.control("AC-3", "AC-6")
def test_no_other_method_gets_round_a_refusal_and_nothing_may_be_kept(live: Office) -> None:
    """HEAD is answered as GET is, without a body; no other method at all, whatever a header says that it stands for."""
    client, nobody = signed_in("programme-manager"), Client()
    for route in ROUTES:
        if route.name in ("sign-out", "enter"):
            continue
        where, told = address(route.path), {"x-http-method-override": route.method, "accept": "application/json"}
        for method in METHODS:
            for who in (client, nobody):
                answer = getattr(who, method)(where, headers=told)
                assert answer["Cache-Control"] == "no-store", (method, where)
                if method != "head" or route.method != "GET":
                    assert answer.status_code == 405, (method, where)
                else:
                    assert answer.content == b"", where
        if route.method == "GET":
            assert client.get(where).status_code == client.head(where).status_code, where
            assert nobody.get(where).status_code == nobody.head(where).status_code, where


@pytest.mark.control("AC-3")
def test_after_signing_out_nothing_that_was_open_is(live: Office) -> None:
    client = signed_in("investigator")
    client.post(at(live) + "/open", PURPOSE)
    assert "The numbers" in page(client, at(live))
    held = client.cookies["sessionid"].value
    client.post("/sign-out")
    for cookie in (held, client.cookies["sessionid"].value):
        client.cookies["sessionid"] = cookie
        for place in (at(live), "/alerts", "/sessions", "/keys"):
            answer = client.get(place)
            assert (answer.status_code, answer["Location"]) == (302, "/sign-in"), place


def test_what_one_opened_is_open_to_nobody_else_and_not_under_another_name(live: Office) -> None:
    opened = signed_in("investigator")
    opened.post(at(live) + "/open", PURPOSE)
    other = signed_in("analyst")
    assert "The numbers" not in page(other, at(live))
    session = other.session
    session["looks"] = dict(opened.session["looks"])  # as if a session's content could be carried over
    session.save()
    assert "The numbers" not in page(other, at(live))
    assert solo().get(at(live)).status_code == 302, "the word of the terminal opens nothing where people sign in"
