"""Rights that clash: what each role sees, declared acts and exceptions by two people, and what must never happen."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pyarrow.csv import write_csv
from test_access import bare
from workbench_office import HERE, HOSTILE, Office, page, signed_in, solo
from world import WHO

sys.path.append(str(HERE.parent / "access"))
from small_log import OFFICES
from test_clashes import ACTS, administration, quiet, session, tables

from arusha.access.clashes import count
from arusha.access.rights import Exemption
from arusha.access.role_acts import from_dict, read_acts
from arusha.assessment.folder import digest
from arusha.engine import session_from_tables
from arusha.language import Catalogue, languages
from arusha.records.load import load
from arusha.records.progress import CancelledError
from arusha.records.workspace import MANIFEST
from arusha.workbench import models
from arusha.workbench.access.counts import load_of
from arusha.workbench.errand import ERRANDS
from arusha.workbench.rights import agreements, counts
from arusha.workbench.rights.agreements import RightsError

STEWARD, LEAD, AUDITOR = (WHO[r] for r in ("data-steward", "integrity-lead", "internal-auditor"))
SEEN = ("data-steward", "integrity-lead", "internal-auditor", "union-reviewer")
PURPOSE = {"reason": "rights-check", "reference": "minutes 2026/9"}
DAY = timedelta(days=1)
OFFICERS = {f"O{k}": f"P-0FF1-CER0-{k:04d}" for k in range(12)}


def rows(seed: int = 1) -> Any:
    """The small administration, its officers by pseudonym."""
    made = administration(seed)
    for table in made.values():
        for row in table:
            for name, value in row.items():
                row[name] = OFFICERS.get(value, value) if isinstance(value, str) else value
    return made


def counted(office: Office, seed: int = 1, made: Any = None) -> models.Job:
    """What the worker would have answered now."""
    state = office.site.state()
    acts, exempt = agreements.declared(office.record, state), agreements.exemptions(office.record, state)
    with session(made or rows(seed)) as open_one:
        told = count(open_one, acts, exempt, quiet).as_dict()
    models.Job.objects.filter(kind="rights").update(state="done")
    return models.Job.objects.create(
        key=f"{models.Job.objects.count():016x}",
        kind="rights",
        state="done",
        asked_by=STEWARD,
        ended_at=datetime.now(UTC),
        given={"acts": acts.as_dict() if acts else None},
        told={**told, "load": load_of(office.site)},
    )


def declared(office: Office, by: str = "data-steward") -> None:
    """Acts that are in force."""
    assert signed_in(by).post("/rights/acts/declare", {"acts": ACTS}).status_code == 302
    (one,) = [a for a in known(office).values() if a.acts is not None]
    assert agreed(one, "integrity-lead") == 302


def agreed(one: agreements.Agreement, by: str, seen: str = "") -> int:
    """The status with which somebody's agreement is answered."""
    answer = signed_in(by).post(f"/rights/agreements/{one.key}/agree", {"digest": seen or one.digest})
    return answer.status_code


def known(office: Office) -> dict[str, agreements.Agreement]:
    return agreements.agreements(office.record, office.site.state())


def opened(office: Office, job: models.Job, number: int = 1) -> Client:
    steward = signed_in("data-steward")
    assert steward.post(f"/rights/held/{job.key}/{number}/open", PURPOSE).status_code == 302
    return steward


def form(**given: str) -> dict[str, str]:
    today = agreements.today()
    whole = {
        "from": today.isoformat(),
        "until": (today + 30 * DAY).isoformat(),
        "control": "The chief of another office reads each file.",
        "reason": "One officer at this post.",
    }
    return whole | given


def excepted(office: Office, job: models.Job, number: int = 1) -> agreements.Agreement:
    steward = opened(office, job, number)
    answer = steward.post(f"/rights/held/{job.key}/{number}/except", form())
    assert answer.status_code == 302, bare(answer.content.decode())
    return [a for a in known(office).values() if a.exemption is not None][-1]


def row_of(job: models.Job, number: int = 1) -> counts.Row:
    job.refresh_from_db()
    return next(r for r in counts.rows(job.told) if r.number == number)


# The way.


def test_from_declared_acts_to_used_clashes_and_an_exception(office: Office) -> None:
    office.make_charter()
    steward = signed_in("data-steward")
    counted(office)
    html = bare(page(steward, "/rights"))
    assert "Nothing is declared yet" in html
    assert "Whether a clash was used cannot be told." in html
    assert "Used : cannot tell" in html or "Used: cannot tell" in html
    declared(office)
    assert "Other acts are declared now" in page(steward, "/rights")
    job = counted(office)
    html = page(steward, "/rights")
    assert "cannot be told" not in bare(html).replace("use cannot be told", "")
    assert f'href="/rights/held/{job.key}/1"' in html
    one = excepted(office, job)
    assert one.state(agreements.today()) == "waiting"
    assert agreed(one, "integrity-lead") == 302
    assert known(office)[one.key].state(agreements.today()) == "in-force"
    assert "in force" in bare(page(opened(office, job), f"/rights/held/{job.key}/1"))
    kinds = [k for k in office.kinds() if k.startswith("rights.")]
    assert kinds == ["rights.acts-declared", "rights.agreed", "rights.exception-asked", "rights.agreed"]
    assert signed_in("data-steward").post(f"/rights/agreements/{one.key}/end", {"why": HOSTILE}).status_code == 302
    html = page(steward, "/rights")
    assert known(office)[one.key].state(agreements.today()) == "withdrawn"
    assert "<script>alert" not in html


def test_an_exception_is_over_by_itself_after_its_last_day(office: Office) -> None:
    office.make_charter()
    declared(office)
    one = excepted(office, counted(office))
    agreements.agree(office.record, office.site.state(), LEAD, one.key, one.digest)
    made = known(office)[one.key]
    assert made.exemption is not None
    for when, state in ((0, "in-force"), (30, "in-force"), (31, "expired"), (-1, "coming")):
        assert made.state(agreements.today() + when * DAY) == state
    waits = replace(made, agreed_by="")
    assert waits.state(agreements.today() + 31 * DAY) == "lapsed"
    assert not made.exemption.covers(made.exemption.user, made.exemption.pair, None, agreements.today() - DAY)


def test_the_worker_counts_with_what_is_declared_and_excepted(office: Office) -> None:
    office.make_charter()
    declared(office)
    answer = signed_in("data-steward").post("/rights/count")
    assert answer.status_code == 302
    (job,) = models.Job.objects.filter(kind="rights", state="waiting")
    assert from_dict(job.given["acts"]) == read_acts(ACTS)
    assert "A count waits or runs" in page(signed_in("union-reviewer"), "/rights")


def test_in_solo_mode_one_person_does_all_and_a_charter_afterwards_asks_again(office: Office) -> None:
    client = solo()
    assert client.post("/rights/acts/declare", {"acts": ACTS}).status_code == 302
    (one,) = known(office).values()
    assert client.post(f"/rights/agreements/{one.key}/agree", {"digest": one.digest}).status_code == 302
    assert agreements.declared(office.record, office.site.state()) == read_acts(ACTS)
    office.make_charter()
    assert agreements.declared(office.record, office.site.state()) is None


def test_other_acts_replace_those_in_force_only_once_they_are_agreed_to(office: Office) -> None:
    office.make_charter()
    declared(office)
    state = office.site.state()
    other = read_acts("CASH,log:amend")
    made = agreements.declare(office.record, state, STEWARD, other)
    assert agreements.declared(office.record, state) == read_acts(ACTS)
    agreements.agree(office.record, state, LEAD, made.key, made.digest)
    assert agreements.declared(office.record, state) == other
    with pytest.raises(RightsError, match="declared already"):
        agreements.declare(office.record, state, STEWARD, other)


# What must never happen.


@pytest.mark.control("AC-6", "AU-2", "AU-12")
def test_whom_a_clash_is_about_shown_before_a_steward_opened_it_for_a_purpose(office: Office) -> None:
    office.make_charter()
    declared(office)
    job = counted(office)
    at = f"/rights/held/{job.key}/1"
    steward = signed_in("data-steward")
    for role in SEEN:
        html = page(signed_in(role), "/rights")
        assert not [p for p in OFFICERS.values() if p in html], role
        assert not [f">D{k}<" for k in range(50) if f">D{k}<" in html], role
    before = len(office.record.ledger)
    html = page(steward, at)
    assert "Why do you open this clash?" in html
    assert not [p for p in OFFICERS.values() if p in html]
    for wrong in ({"reason": "curious", "reference": "x"}, {"reason": "learning", "reference": " "}):
        assert steward.post(f"{at}/open", wrong).status_code == 400
    assert steward.post(f"{at}/except", form()).status_code == 302
    assert len(office.record.ledger) == before, "an exception of what was not opened leads to the purpose"
    assert steward.post(f"{at}/open", {**PURPOSE, "reference": HOSTILE}).status_code == 302
    row = row_of(job)
    (look,) = [r.entry for r in office.record.ledger.entries() if r.entry.kind == "look.opened"]
    assert (look.actor, look.subjects) == (STEWARD, ("clash:1", f"job:{job.key}", row.user))
    assert [one.actor for one in office.record.looks_at(row.user)] == [STEWARD], "whom it is about reads it too"
    html = page(steward, at)
    assert {p for p in OFFICERS.values() if p in html} == {row.user}
    assert "Why do you open" in page(steward, f"/rights/held/{job.key}/2"), "one purpose opens one clash"
    looks = page(signed_in("internal-auditor"), "/looks")
    assert "Checking rights that clash" in looks
    assert "<script>alert" not in looks
    other = signed_in("data-steward")
    assert "Why do you open" in page(other, at), "it opened in one session"


@pytest.mark.control("AC-3", "AC-6")
def test_a_clash_opened_or_an_exception_asked_for_by_a_wrong_role(office: Office) -> None:
    office.make_charter()
    declared(office)
    job = counted(office)
    for role in (
        "integrity-lead",
        "internal-auditor",
        "union-reviewer",
        "analyst",
        "investigator",
        "administrator",
        "subject",
    ):
        client = signed_in(role)
        at = f"/rights/held/{job.key}/1"
        assert client.get(at).status_code == 403, role
        assert client.post(f"{at}/open", PURPOSE).status_code == 403, role
        assert client.post(f"{at}/except", form()).status_code == 403, role
    for role in ("internal-auditor", "union-reviewer", "analyst", "administrator"):
        client = signed_in(role)
        assert client.post("/rights/acts/declare", {"acts": ACTS}).status_code == 403
        assert client.post("/rights/agreements/1/agree", {"digest": "0"}).status_code == 403
        assert client.post("/rights/agreements/1/end", {"why": "x"}).status_code == 403
        assert client.post("/rights/count").status_code == 403
    for role in ("administrator", "analyst", "investigator", "subject", "board-secretary"):
        assert signed_in(role).get("/rights").status_code == 403


def test_a_few_people_counted_to_who_may_not_open_them(office: Office) -> None:
    office.make_charter()
    declared(office)
    job = counted(office)
    exact = [n for cell in counts.cells(job.told).values() for n in cell.values() if n]
    assert exact
    for role in ("internal-auditor", "union-reviewer"):
        html = bare(page(signed_in(role), "/rights"))
        assert "fewer than 10" in html
        assert "Clashes over the period" not in html
        assert "page:rights" not in str([r.entry.subjects for r in office.record.ledger.entries()])
    assert "fewer than 10" not in bare(page(signed_in("data-steward"), "/rights"))
    assert "page:rights" in str([r.entry.subjects for r in office.record.ledger.entries()]), (
        "that it was seen is recorded"
    )


@pytest.mark.control("AC-5")
def test_one_person_who_asks_and_agrees_and_one_who_agrees_to_their_own(office: Office) -> None:
    office.make_charter()
    state = office.site.state()
    assert signed_in("data-steward").post("/rights/acts/declare", {"acts": ACTS}).status_code == 302
    (one,) = known(office).values()
    assert (
        signed_in("data-steward").post(f"/rights/agreements/{one.key}/agree", {"digest": one.digest}).status_code == 400
    )
    assert (
        signed_in("integrity-lead").post(f"/rights/agreements/{one.key}/agree", {"digest": "0" * 64}).status_code == 400
    )
    today = agreements.today()
    own = Exemption(LEAD, ("A", "B"), None, today, today + DAY)
    made = agreements.ask(office.record, state, STEWARD, own, "control", "reason")
    with pytest.raises(RightsError, match="another person"):
        agreements.agree(office.record, state, LEAD, made.key, made.digest)
    with pytest.raises(RightsError, match="of their own"):
        agreements.ask(office.record, state, LEAD, own, "control", "reason")
    with pytest.raises(RightsError, match="the same"):
        agreements.ask(office.record, state, STEWARD, own, "control", "reason")


def test_an_agreement_written_past_the_program_that_counts(office: Office) -> None:
    office.make_charter()
    state, today = office.site.state(), agreements.today()
    wanted = Exemption("P-0FF1-CER0-0001", ("A", "B"), "HBR", today, today + DAY)
    one = agreements.ask(office.record, state, STEWARD, wanted, "control", "reason")
    told = [f"rights:{one.key}", f"digest:{one.digest}"]
    for who, subjects in (
        (STEWARD, told),
        (STEWARD, [*told, "mode:solo"]),
        ("P-0FF1-CER0-0001", told),
        (LEAD, [told[0], f"digest:{'0' * 64}"]),
        (LEAD, ["rights:9", told[1]]),
        (LEAD, told[:1]),
    ):
        office.record.add("rights.agreed", who, *subjects)
    assert known(office)[one.key].state(today) == "waiting"
    # Another entry under the same key changes nothing of it.
    office.record.add("rights.exception-asked", STEWARD, *told, exception={"about": "P-0FF1-CER0-0002"})
    assert known(office)[one.key].exemption == wanted
    agreements.agree(office.record, state, LEAD, one.key, one.digest)
    number = next(r.number for r in office.record.ledger.entries() if r.entry.kind == "rights.exception-asked")
    office.record.ledger.expunge(number, STEWARD, ["exception"])
    assert known(office)[one.key].state(today) == "unreadable"
    assert agreements.exemptions(office.record, state) == []
    assert "cannot be read any more" in page(signed_in("data-steward"), "/rights")


def test_a_clash_of_former_records_or_of_ones_own_that_opens(office: Office) -> None:
    office.make_charter()
    declared(office)
    job = counted(office)
    at = f"/rights/held/{job.key}/1"
    assert signed_in("data-steward").get(f"/rights/held/{job.key}/999").status_code == 404
    made = rows()
    for table in made.values():
        for row in table:
            for name, value in row.items():
                row[name] = STEWARD if value == row_of(job).user else value
    mine = counted(office, made=made)
    number = next(r.number for r in counts.rows(mine.told) if r.user == STEWARD)
    assert signed_in("data-steward").get(f"/rights/held/{mine.key}/{number}").status_code == 404
    assert signed_in("data-steward").get(at).status_code == 404, "a former count"
    page(signed_in("data-steward"), "/rights")
    job.refresh_from_db()
    assert job.told == {}, "what a former count told of persons is forgotten"
    models.Job.objects.filter(pk=mine.pk).update(told=mine.told | {"load": "0" * 16})
    assert signed_in("data-steward").get(f"/rights/held/{mine.key}/1").status_code == 404
    assert "former records" in page(signed_in("data-steward"), "/rights")


# Bad input.


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"from": "2026-02-30"}, "cannot be read"),
        ({"from": "٢٠٢٦-١٢-٠١"}, "cannot be read"),
        ({"until": "\x00"}, "cannot be read"),
        ({"until": "9" * 5000}, "cannot be read"),
        ({"from": "2020-01-01"}, "today or later"),
        ({"until": "2020-01-01"}, "ends before it begins"),
        ({"until": "2999-01-01"}, "longer than a year"),
        ({"control": "  "}, "compensating control"),
        ({"reason": ""}, "compensating control"),
        ({"reason": "a\x00b"}, "compensating control"),
    ],
)
def test_exceptions_that_cannot_be_asked_for(given: dict[str, str], said: str, office: Office) -> None:
    office.make_charter()
    declared(office)
    job = counted(office)
    steward = opened(office, job)
    before = len(office.record.ledger)
    answer = steward.post(f"/rights/held/{job.key}/1/except", form(**given))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert len(office.record.ledger) == before


@pytest.mark.parametrize(
    "text", ["", "CASH", "CASH,sniff", "A,log:pay\nA,log:pay", "A\x00,log:pay", HOSTILE, "\u202eA,log:pay"]
)
def test_acts_that_cannot_be_declared(text: str, office: Office) -> None:
    office.make_charter()
    before = len(office.record.ledger)
    answer = signed_in("data-steward").post("/rights/acts/declare", {"acts": text})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "The declaration cannot be read." in html
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert [k for k in office.kinds()[before:] if k.startswith("rights.")] == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_acts_that_cannot_be_declared_are_told_with_their_line_in_the_readers_language(
    lang: str, office: Office
) -> None:
    office.make_charter()
    client, words = signed_in("data-steward"), Catalogue(lang)
    client.cookies["language"] = lang
    html = client.post("/rights/acts/declare", {"acts": "CASHIER,log:pay\nCASHIER"}).content.decode()
    assert words.text("told-at-line", line="2") + words.text("colon") + words.text("told-acts-two") in html
    assert words.text("told-do-acts-write") in html.replace("&#39;", "'")


def test_hostile_roles_and_offices_in_the_records_stand_as_written(office: Office) -> None:
    office.make_charter()
    made = rows()
    for row in made["roles"] + made["grants"]:
        row["role"] = HOSTILE if row["role"] == "CASH" else row["role"]
    for row in made["role_conflicts"]:
        for name in row:
            row[name] = HOSTILE if row[name] == "CASH" else row[name]
    for table in ("declarations", "roles", "grants"):
        for row in made[table]:
            row["office"] = "\u202eHBR" if row["office"] == "HBR" else row["office"]
    job = counted(office, made=made)
    steward = opened(office, job)
    for at in ("/rights", f"/rights/held/{job.key}/1"):
        html = page(steward, at)
        assert "<script>alert" not in html
        assert "\u202e" not in html


def test_use_that_nobody_can_tell_is_no_zero(office: Office) -> None:
    office.make_charter()
    declared(office)
    made = rows()
    with session(made, frozenset({"assignments"})) as open_one:
        told = count(open_one, read_acts(ACTS), [], quiet).as_dict()
    cells = counts.cells(told)
    assert cells["ASSESS", "SELECT"]["used"] is None
    assert cells["ASSESS", "CASH"]["used"] is not None
    job = counted(office)
    models.Job.objects.filter(pk=job.pk).update(told=told | {"load": load_of(office.site)})
    number = next(r.number for r in counts.rows(told) if r.pair == ("ASSESS", "SELECT"))
    steward = opened(office, job, number)
    for at in ("/rights", f"/rights/held/{job.key}/{number}"):
        assert "cannot tell" in bare(page(steward, at))


def test_before_anything_is_counted_the_page_says_so(office: Office) -> None:
    office.make_charter()
    html = bare(page(signed_in("union-reviewer"), "/rights"))
    assert html.count("Not counted yet.") == 2
    assert "There is none." in html


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_whole_in_every_language(lang: str, office: Office) -> None:
    office.make_charter()
    declared(office)
    one = excepted(office, counted(office))
    assert agreed(one, "integrity-lead") == 302
    job = counted(office)
    agreements.declare(office.record, office.site.state(), STEWARD, read_acts("CASH,log:amend"))
    for role in SEEN:
        client = signed_in(role)
        client.cookies["language"] = lang
        assert f'lang="{lang}"' in page(client, "/rights")
    steward = opened(office, job)
    steward.cookies["language"] = lang
    for at in (f"/rights/held/{job.key}/1", f"/rights/held/{job.key}/2", "/rights/acts"):
        assert f'lang="{lang}"' in page(steward, at)


def test_the_worker_counts_loaded_rights_as_tables_in_memory_are_counted(tmp_path: Path) -> None:
    made = administration(1)
    (tmp_path / "extract").mkdir()
    for name, table in tables(made).items():
        write_csv(table, tmp_path / "extract" / f"{name}.csv")
    offices = "".join(f"{o},{o},UTC,port\n" for o in OFFICES)
    (tmp_path / "extract" / "offices.csv").write_text(f"office,name,zone,kind\n{offices}", "utf-8")
    # Without a key of its own in transit the load refuses it: the other acts are counted.
    (tmp_path / "extract" / "transit.csv").unlink()
    workspace = load(tmp_path / "extract", "canonical", tmp_path / "w.arusha", pseudonyms="off")
    today = agreements.today().isoformat()
    given = {
        "workspace": str(workspace.path),
        "acts": read_acts(ACTS).as_dict(),
        "exceptions": [["O1", "A", "B", "", today, today]],
    }
    heard: list[str] = []
    told = ERRANDS["rights"](given, lambda step, done, total: heard.append(step), threading.Event())
    with session_from_tables({n: t for n, t in tables(made).items() if n != "transit"}) as here:
        mine = count(here, read_acts(ACTS), [], quiet).as_dict()
    for part in ("clashes", "used", "pairs", "first", "last", "unread", "strangers"):
        assert told[part] == mine[part], part
    assert told["problems"] == {"backwards": 0, "twice": 1, "with-itself": 0}, "the load set it aside"
    assert heard[0] == "log quality"
    assert told["load"] == digest(workspace.path / MANIFEST)[:16]
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError):
        ERRANDS["rights"](given, lambda *_: None, stop)
