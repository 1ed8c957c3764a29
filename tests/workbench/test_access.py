"""Access to declarations: reasons from proposal to agreement, what each role sees, and what must never happen."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from access_office import ASSIGNED, counted
from django.test import Client
from pyarrow.csv import write_csv
from small_log import COLUMNS, OFFICES, as_tables
from test_explaining import good, made
from workbench_office import HOSTILE, Office, page, people_in, signed_in, solo
from world import WHO

from arusha.access.explaining import count
from arusha.access.templates import KINDS, Template, TemplateError
from arusha.assessment.folder import digest
from arusha.engine import session_from_tables
from arusha.language import languages
from arusha.records.load import load
from arusha.records.progress import CancelledError
from arusha.workbench import models
from arusha.workbench.access import reasons
from arusha.workbench.access.reasons import Check
from arusha.workbench.errand import ERRANDS

ANALYST, STEWARD, UNION = (WHO[r] for r in ("analyst", "data-steward", "union-reviewer"))
SEEN = ("data-steward", "integrity-lead", "internal-auditor", "analyst", "union-reviewer")
PURPOSE = {"reason": "reason-check", "reference": "minutes 2026/7"}
FORM = {"days": "30", "what": "looks"}


def bare(html: str) -> str:
    """A page's text, without signs of direction."""
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", re.sub(r"<[^>]*>", " ", html)))


def proposed(office: Office, by: str = "analyst") -> Template:
    """A reason that waits, counted over the records of now."""
    answer = signed_in(by).post("/access/new/assigned/propose", FORM)
    assert answer.status_code == 302, bare(answer.content.decode())
    counted(office, ASSIGNED)
    return ASSIGNED


def checked(office: Office) -> Client:
    steward = signed_in("data-steward")
    assert steward.post("/access/reasons/1/sample/open", PURPOSE).status_code == 302
    told = {"holds": "19", "fails": "0", "unclear": "1"}
    assert steward.post("/access/reasons/1/check", told).status_code == 302
    return steward


def agreed(office: Office, who: str, act: str) -> Any:
    return signed_in(who).post(f"/access/reasons/1/{act}", {"digest": ASSIGNED.digest})


def state_of(office: Office, key: str = "1") -> str:
    return reasons.reasons(office.record, office.site.state())[key].last.state


def in_force(office: Office) -> dict[str, Template]:
    return reasons.in_force(office.record, office.site.state())


# The way of a reason.


def test_a_reason_goes_from_proposal_by_count_and_check_to_two_agreements(office: Office) -> None:
    office.make_charter()
    analyst = signed_in("analyst")
    assert 'href="/access/new/assigned"' in page(analyst, "/access")
    answer = analyst.post("/access/new/assigned/propose", FORM)
    assert answer["Location"] == "/access/reasons/1"
    (job,) = models.Job.objects.filter(kind="explain")
    assert (job.state, job.given["digest"], job.asked_by) == ("waiting", ASSIGNED.digest, ANALYST)
    assert "Not counted yet" in page(analyst, "/access/reasons/1")
    counted(office, ASSIGNED)
    shown = bare(page(analyst, "/access/reasons/1"))
    assert "Assigned to this declaration" in shown
    assert "20 entries of those that it would explain were drawn" in shown
    assert in_force(office) == {}
    checked(office)
    assert "Of the sample 19 hold, 0 do not, of 1 it cannot be told" in bare(page(analyst, "/access/reasons/1"))
    assert agreed(office, "data-steward", "approve").status_code == 302
    assert state_of(office) == "waiting"
    assert agreed(office, "union-reviewer", "agree").status_code == 302
    assert in_force(office) == {"1": ASSIGNED}
    kinds = [k for k in office.kinds() if k.startswith(("reason.", "look.opened", "job."))]
    acts = ["reason.proposed", "job.asked", "job.ended", "look.opened", "reason.checked"]
    assert kinds == [*acts, "reason.agreed", "reason.agreed"]
    assert "in force" in bare(page(analyst, "/access"))
    assert "Other reasons are in force now" in page(analyst, "/access")


def test_a_new_version_leaves_the_old_in_force_until_it_is_agreed_to_itself(office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    agreed(office, "data-steward", "approve")
    agreed(office, "union-reviewer", "agree")
    again = signed_in("analyst").post("/access/new/assigned/propose", {"days": "7", "what": "looks", "of": "1"})
    assert again["Location"] == "/access/reasons/1"
    assert in_force(office) == {"1": ASSIGNED}
    shown = reasons.reasons(office.record, office.site.state())["1"]
    assert [v.state for v in shown.versions] == ["in-force", "waiting"]
    seven = made("assigned", "looks", days="7")
    counted(office, seven)
    checked(office)
    for who, act in (("data-steward", "approve"), ("union-reviewer", "agree")):
        answer = signed_in(who).post(f"/access/reasons/1/{act}", {"digest": seven.digest})
        assert answer.status_code == 302
    assert in_force(office) == {"1": seven}
    shown = reasons.reasons(office.record, office.site.state())["1"]
    assert [v.state for v in shown.versions] == ["replaced", "in-force"]


@pytest.mark.parametrize("who", ["data-steward", "union-reviewer"])
def test_either_reader_alone_withdraws_with_words(who: str, office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    agreed(office, "data-steward", "approve")
    agreed(office, "union-reviewer", "agree")
    client = signed_in(who)
    assert client.post("/access/reasons/1/end", {"why": "  "}).status_code == 400
    assert in_force(office)
    assert client.post("/access/reasons/1/end", {"why": HOSTILE}).status_code == 302
    assert in_force(office) == {}
    html = page(client, "/access/reasons/1")
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "withdrawn" in html


def test_in_solo_mode_one_person_does_all_and_a_charter_afterwards_asks_again(office: Office) -> None:
    client = solo()
    assert client.post("/access/new/assigned/propose", FORM).status_code == 302
    counted(office, ASSIGNED)
    assert client.post("/access/reasons/1/sample/open", PURPOSE).status_code == 302
    client.post("/access/reasons/1/check", {"holds": "20", "fails": "0", "unclear": "0"})
    assert client.post("/access/reasons/1/approve", {"digest": ASSIGNED.digest}).status_code == 302
    assert in_force(office) == {"1": ASSIGNED}
    office.make_charter()
    assert in_force(office) == {}, "what one person agreed to alone is not what two agreed to"


# What must never happen.


def test_a_reason_in_force_that_a_steward_and_a_union_reader_did_not_agree_to(office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    for role in ("analyst", "integrity-lead", "internal-auditor", "investigator", "administrator"):
        for act in ("approve", "agree"):
            assert agreed(office, role, act).status_code == 403
    assert agreed(office, "union-reviewer", "approve").status_code == 403
    assert agreed(office, "data-steward", "agree").status_code == 403
    for _ in range(2):
        agreed(office, "data-steward", "approve")
    assert in_force(office) == {}


def test_one_person_who_proposes_and_agrees_or_gives_both_halves(office: Office) -> None:
    office.make_charter()
    proposed(office, by="data-steward")
    assert agreed(office, "data-steward", "approve").status_code == 400
    state = office.site.state()
    with pytest.raises(TemplateError, match="another person"):
        reasons.agree(office.record, state, STEWARD, "1", "union", drawn=0, load="0")
    reasons.agree(office.record, state, UNION, "1", "union", drawn=0, load="0")
    with pytest.raises(TemplateError, match="another person"):
        reasons.agree(office.record, state, UNION, "1", "steward", drawn=0, load="0")
    assert in_force(office) == {}


def test_an_agreement_written_past_the_program_that_counts(office: Office) -> None:
    office.make_charter()
    proposed(office)
    told = ["template:1", "version:1", f"digest:{ASSIGNED.digest}", "load:0"]
    for who, subjects in (
        (ANALYST, [*told, "as:steward"]),
        (ANALYST, [*told, "as:union"]),
        (STEWARD, [*told, "as:steward", "mode:solo"]),
        (STEWARD, [*told, "as:union", "mode:solo"]),
        (UNION, ["template:1", "version:1", f"digest:{'0' * 64}", "as:union"]),
        (UNION, [*told, "as:auditor"]),
        (UNION, ["template:1", "version:9", f"digest:{ASSIGNED.digest}", "as:union"]),
    ):
        office.record.add("reason.agreed", who, *subjects)
    assert in_force(office) == {}, "one person, a mark of solo mode, another digest, another half, another version"
    assert dict(reasons.reasons(office.record, office.site.state())["1"].last.agreed) == {"steward": STEWARD}


def test_a_reason_in_force_that_means_something_else_than_was_agreed_to(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    agreed(office, "data-steward", "approve")
    agreed(office, "union-reviewer", "agree")
    assert in_force(office)
    with monkeypatch.context() as changed:
        changed.setattr(Template, "statement", lambda self, key="declaration_id": "SELECT event_id FROM events")
        assert in_force(office) == {}
        assert "the program understands something else by them" in page(signed_in("analyst"), "/access")
    number = next(r.number for r in office.record.ledger.entries() if r.entry.kind == "reason.proposed")
    office.record.ledger.expunge(number, STEWARD, ["reason_given"])
    assert in_force(office) == {}
    assert "cannot be read any more" in page(signed_in("analyst"), "/access")


def test_an_agreement_to_another_version_than_the_page_showed(office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    signed_in("analyst").post("/access/new/assigned/propose", {"days": "300", "what": "both", "of": "1"})
    assert agreed(office, "union-reviewer", "agree").status_code == 400
    assert in_force(office) == {}


def test_an_agreement_before_it_was_counted_over_the_records_of_now(office: Office) -> None:
    office.make_charter()
    signed_in("analyst").post("/access/new/assigned/propose", FORM)
    assert agreed(office, "union-reviewer", "agree").status_code == 400
    job = counted(office, ASSIGNED)
    models.Job.objects.filter(pk=job.pk).update(told=job.told | {"load": "0" * 16})
    assert agreed(office, "union-reviewer", "agree").status_code == 400
    assert "former records" in page(signed_in("analyst"), "/access/reasons/1")
    models.Job.objects.filter(pk=job.pk).update(told=job.told)
    assert agreed(office, "union-reviewer", "agree").status_code == 400, "nobody checked the sample"
    assert "reason.agreed" not in office.kinds()


def test_a_sample_that_opens_without_a_purpose_or_to_who_speaks_for_the_staff(office: Office) -> None:
    office.make_charter()
    proposed(office)
    steward = signed_in("data-steward")
    before = len(office.record.ledger)
    assert "Why do you open this sample?" in page(steward, "/access/reasons/1/sample")
    assert steward.post("/access/reasons/1/sample/open", {"reason": "curious", "reference": "x"}).status_code == 400
    assert steward.post("/access/reasons/1/sample/open", {"reason": "learning", "reference": " "}).status_code == 400
    assert len(office.record.ledger) == before
    for role in ("union-reviewer", "internal-auditor", "integrity-lead", "investigator", "administrator", "subject"):
        client = signed_in(role)
        assert client.get("/access/reasons/1/sample").status_code == 403
        assert client.post("/access/reasons/1/sample/open", PURPOSE).status_code == 403
    assert steward.post("/access/reasons/1/sample/open", {**PURPOSE, "reference": HOSTILE}).status_code == 302
    (look,) = [r.entry for r in office.record.ledger.entries() if r.entry.kind == "look.opened"]
    assert (look.actor, look.subjects[0]) == (STEWARD, "reason:1")
    html = page(steward, "/access/reasons/1/sample")
    assert html.count('<td class="code">') == 20
    looks = page(signed_in("internal-auditor"), "/looks")
    assert "Checking a reason that was proposed" in looks
    assert "<script>alert" not in looks
    assert "Why do you open" in page(signed_in("analyst"), "/access/reasons/1/sample"), "it opened to one person"


def test_a_page_of_access_that_names_an_officer_a_trader_or_an_entry_to_who_may_not_see_it(office: Office) -> None:
    office.make_charter()
    rows = good()
    order = made(
        "order",
        reference="A-12",
        unit="AUD",
        traders="T-28GR-7R1W-R7F9",
        **{"from": "2025-01-01", "until": "2026-01-01"},
    )
    proposed(office)
    reasons.propose(office.record, office.site.state(), ANALYST, order)
    counted(office, order)
    names = [f">{o['officer_id']}<" for o in rows["officers"]] + [e["event_id"] for e in rows["events"]]
    for role in SEEN:
        client = signed_in(role)
        for at in ("/access", "/access/reasons/1", "/access/reasons/2"):
            html = page(client, at)
            assert not [n for n in names if n in html], (role, at)
            assert people_in(html) <= {ANALYST, STEWARD, UNION} | (
                {"T-28GR-7R1W-R7F9"} if at != "/access/reasons/1" else set()
            )
            if role in ("union-reviewer", "internal-auditor", "integrity-lead"):
                assert "T-28GR-7R1W-R7F9" not in html, (role, at)
    assert "T-28GR-7R1W-R7F9" in page(signed_in("data-steward"), "/access/reasons/2")
    form = page(signed_in("integrity-lead"), "/access/new/order?of=2")
    assert "T-28GR-7R1W-R7F9" not in form
    steward = signed_in("data-steward")
    steward.post("/access/reasons/1/sample/open", PURPOSE)
    assert not people_in(page(steward, "/access/reasons/1/sample"))


def test_a_reason_about_somebody_or_in_free_words() -> None:
    """Whoever wants to know about one officer finds no field to name them, and no field takes a statement."""
    assert {kind for about in KINDS.values() for kind in about.fields.values()} <= {
        "days", "hours", "role", "duty", "action", "code", "codes", "day"
    }  # fmt: skip


def test_a_count_from_a_log_that_is_not_good_enough(office: Office) -> None:
    office.make_charter()
    rows = good()
    for e in rows["events"][::10]:
        e["user_id"] = None
    counted(office, None, rows)
    html = page(signed_in("internal-auditor"), "/access")
    assert "Nothing is counted before this is mended" in html
    assert "Write the user&#39;s account into every entry." in html
    assert 'aria-label="Looks"' not in html
    assert "beyond the limit" in html


# Pages.


def test_before_anything_is_counted_the_page_says_what_to_do_first(office: Office) -> None:
    office.make_charter()
    html = page(signed_in("data-steward"), "/access")
    assert "Not counted yet." in html
    assert "There is no reason yet: everything is unexplained." in html
    assert "<svg" not in html
    assert "Unexplained is neutral" in html
    signed_in("data-steward").post("/access/count")
    assert "A count waits or runs" in page(signed_in("union-reviewer"), "/access")


def test_offices_are_counted_to_the_nearest_five_and_what_is_few_is_withheld(office: Office) -> None:
    office.make_charter()
    counted(office)
    assert "<svg" not in page(signed_in("union-reviewer"), "/access"), "nothing is explained yet: no share to draw"
    reasons.propose(office.record, office.site.state(), ANALYST, ASSIGNED)
    for who, by in ((STEWARD, reasons.READERS[0]), (UNION, reasons.READERS[1])):
        reasons.agree(office.record, office.site.state(), who, "1", by, drawn=0, load="0")
    counted(office)
    assert "months, each with its interval" in page(signed_in("union-reviewer"), "/access"), "the chart's alternative"
    text = bare(page(signed_in("union-reviewer"), "/access"))
    assert "One&#39;s own declaration" in text
    assert "withheld" in text
    assert 'href="/governance"' not in page(signed_in("union-reviewer"), "/access")


def test_a_reason_that_could_not_be_checked_says_what_is_lacking(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import access_office

    office.make_charter()
    monkeypatch.setattr(access_office, "as_tables", lambda rows: as_tables(rows, frozenset({"assignments"})))
    proposed(office)
    text = bare(page(signed_in("data-steward"), "/access/reasons/1"))
    assert "Not checked. These are lacking in the records: assignments" in text
    assert agreed(office, "union-reviewer", "agree").status_code == 400


HOSTILE_FIELDS = (HOSTILE, "x' OR '1'='1", "9" * 5_000, "\u202e30", "-1", "٣٠", "\x00", "")


def test_hostile_words_and_numbers_in_every_field_of_every_kind(office: Office) -> None:
    office.make_charter()
    client = signed_in("data-steward")
    before = office.kinds()
    whole = {
        "days": "3", "hours": "4", "role": "chief", "duty": "training", "action": "query", "reference": "A-12",
        "unit": "AUD", "traders": "T1", "from": "2025-01-01", "until": "2025-02-01", "what": "looks",
    }  # fmt: skip
    for kind, about in KINDS.items():
        for name in about.fields:
            for text in HOSTILE_FIELDS:
                answer = client.post(f"/access/new/{kind}/propose", whole | {name: text})
                html = answer.content.decode()
                assert answer.status_code == 400, (kind, name, text)
                assert "<script>alert" not in html
                assert "\u202e" not in html
                assert f'href="#f-{name}"' in html, "the summary leads to the field"
        assert client.post(f"/access/new/{kind}/propose", whole | {"what": HOSTILE}).status_code == 400
    assert client.get("/access/new/free-sql").status_code == 404
    assert client.post("/access/new/free-sql/propose", whole).status_code == 404
    assert client.post("/access/new/assigned/propose", FORM | {"of": HOSTILE}).status_code == 400
    assert office.kinds() == before
    for numbers in ({"holds": "9" * 4_000}, {"holds": "-1"}, {"holds": "٣"}, {}):
        assert client.post("/access/reasons/1/check", numbers).status_code in (400, 404)


def test_hostile_codes_in_the_records_stand_as_written(office: Office) -> None:
    office.make_charter()
    rows = good()
    hostile = {"HBR": HOSTILE}
    for name in COLUMNS:
        for row in rows[name]:
            if row.get("office") in hostile:
                row["office"] = hostile[row["office"]]
            if row.get("action") == "print":
                row["action"] = HOSTILE
    both = made("assigned", "both", days="30")
    reasons.propose(office.record, office.site.state(), ANALYST, both)
    counted(office, both, rows)
    steward = signed_in("data-steward")
    steward.post("/access/reasons/1/sample/open", PURPOSE)
    for at in ("/access", "/access/reasons/1", "/access/reasons/1/sample"):
        html = page(steward, at)
        assert "<script>alert" not in html, at
        assert "\u202e" not in html, at


def test_checks_that_are_not_of_the_sample_are_refused(office: Office) -> None:
    office.make_charter()
    proposed(office)
    state = office.site.state()
    with pytest.raises(TemplateError, match="not opened by you"):
        reasons.check(office.record, state, STEWARD, "1", Check(STEWARD, 20, 0, 0), 20)
    steward = signed_in("data-steward")
    steward.post("/access/reasons/1/sample/open", PURPOSE)
    for holds, fails in (("20", "1"), ("19", "0"), ("0", "0")):
        told = {"holds": holds, "fails": fails, "unclear": "0"}
        assert steward.post("/access/reasons/1/check", told).status_code == 400


def test_who_proposed_a_reason_does_not_check_its_sample(office: Office) -> None:
    office.make_charter()
    proposed(office, "data-steward")
    steward = signed_in("data-steward")
    assert steward.post("/access/reasons/1/sample/open", PURPOSE).status_code == 302
    told = {"holds": "20", "fails": "0", "unclear": "0"}
    answer = steward.post("/access/reasons/1/check", told)
    assert answer.status_code == 400
    assert "reason.checked" not in office.kinds()


def test_the_same_reason_is_not_proposed_twice(office: Office) -> None:
    office.make_charter()
    proposed(office)
    assert signed_in("integrity-lead").post("/access/new/assigned/propose", FORM).status_code == 400
    assert office.kinds().count("reason.proposed") == 1


@pytest.mark.parametrize("lang", languages())
def test_every_page_is_whole_in_every_language(lang: str, office: Office) -> None:
    office.make_charter()
    proposed(office)
    steward = checked(office)
    for kind in KINDS:
        if kind == "order":
            extra = made(
                kind, reference="A-1", unit="AUD", traders="T1", **{"from": "2025-01-01", "until": "2025-02-01"}
            )
            reasons.propose(office.record, office.site.state(), ANALYST, extra)
    for client in (steward, signed_in("union-reviewer")):
        client.cookies["language"] = lang
        for at in ("/access", "/access/reasons/1", "/access/reasons/2"):
            assert f'lang="{lang}"' in page(client, at)
    for at in ("/access/reasons/1/sample", *(f"/access/new/{kind}" for kind in KINDS), "/access/new/assigned?of=1"):
        assert f'lang="{lang}"' in page(steward, at)


def test_the_worker_counts_a_loaded_log_as_tables_in_memory_are_counted(tmp_path: Path) -> None:
    """The errand over a workspace that was loaded: the same numbers, and the digest of the records."""
    rows = good()
    (tmp_path / "extract").mkdir()
    for name, columns in COLUMNS.items():
        write_csv(as_tables(rows)[name].select(list(columns)), tmp_path / "extract" / f"{name}.csv")
    offices = "".join(f"{o},{o},UTC,port\n" for o in OFFICES)
    (tmp_path / "extract" / "offices.csv").write_text(f"office,name,zone,kind\n{offices}", "utf-8")
    workspace = load(tmp_path / "extract", "canonical", tmp_path / "w.arusha", pseudonyms="off")
    given = {
        "workspace": str(workspace.path),
        "in_force": {"1": made("posted", role="chief").as_dict()},
        "new": ASSIGNED.as_dict(),
        "digest": ASSIGNED.digest,
    }
    heard: list[str] = []
    told = ERRANDS["explain"](given, lambda step, done, total: heard.append(step), threading.Event())
    assert told["load"] == digest(workspace.path / "manifest.json")[:16]
    with session_from_tables(as_tables(rows)) as session:
        here = count(session, {"1": made("posted", role="chief")}, ASSIGNED, lambda *_: None)
    for part in ("offices", "months", "templates", "new", "others", "own_told"):
        assert told[part] == here.as_dict()[part], part
    assert heard[0] == "log quality"
    with pytest.raises(TemplateError, match="something else now"):
        ERRANDS["explain"](given | {"digest": "0" * 64}, lambda *_: None, threading.Event())
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError):
        ERRANDS["explain"](given, lambda *_: None, stop)
