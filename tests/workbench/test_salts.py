"""The draw of second decisions: nobody alone chooses it, and who read an alert before does not decide it again."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from draw_salts import AUDITOR, UNION, committed, said, salted
from test_feedback import NEXT, close_all, drawn, raised, signals, somebody
from workbench_office import PURPOSE, Office, page, signed_in
from world import WHO

from arusha.workbench import alerts, rereview, salts
from arusha.workbench.alerts import AlertError
from arusha.workbench.quarter import Quarter

__all__ = ["raised"]
TODAY = date.today()
COMING = Quarter.of(NEXT)


@pytest.mark.control("9.1", never=True)
def test_who_adds_entries_before_the_draw_chooses_what_is_drawn(raised: Office) -> None:
    """Entries after the first salt change nothing; entries before it change the seed, and nobody knows how."""
    one, other = committed(raised.record)
    close_all(raised)
    record = raised.record
    salts.reveal(record, *AUDITOR, one, NEXT)
    size = len(record.ledger) - 1
    for k in range(5):
        record.add("look.seen", WHO["investigator"], f"page:p{k}")
    salts.reveal(record, *UNION, other, NEXT)
    for k in range(5):
        record.add("look.seen", WHO["investigator"], f"page:p{k}")
    found = salts.seed(record, COMING)
    assert found.size == size
    assert found.value(record) == salts.seed_of(COMING.name, one, other, record.ledger.root(size).hex())
    draw = rereview.draw(record, WHO["internal-auditor"], NEXT)
    assert draw.seed == found.value(record)


@pytest.mark.control("9.1", never=True)
def test_one_person_chooses_the_seed(raised: Office) -> None:
    """With one salt and all of the ledger the seed cannot be worked out without the other salt."""
    one, other = committed(raised.record)
    record = raised.record
    known = [record.ledger.entry(n).entry for n in range(len(record.ledger))]
    told = " ".join(" ".join(e.subjects) + str(e.commitments) for e in known)
    assert one not in told
    assert other not in told
    assert hashlib.sha256(f"salt/{COMING.name}/second/{other}".encode()).hexdigest() in told
    assert salts.seed(record, COMING).value(record) is None
    salts.reveal(record, *AUDITOR, one, NEXT)
    assert salts.seed(record, COMING).value(record) is None
    close_all(raised)
    with pytest.raises(AlertError, match="seed is not there"):
        rereview.draw(record, WHO["internal-auditor"], NEXT)
    for forged in (one, "0" * 32, other + "0", ""):
        with pytest.raises(AlertError, match="not the salt"):
            salts.reveal(record, *UNION, forged, NEXT)
    salts.reveal(record, *UNION, f" {other.upper()} ", NEXT)
    assert salts.seed(record, COMING).value(record) is not None


def test_a_salt_is_committed_to_once_and_by_who_has_a_part(raised: Office) -> None:
    record = raised.record
    with pytest.raises(AlertError, match="no part"):
        salts.commit(record, WHO["investigator"], frozenset({"investigator", "integrity-lead"}), TODAY)
    one, other = committed(record)
    for who in (AUDITOR, UNION, ("P-0003-SALT-0000", frozenset({"board-secretary"}))):
        with pytest.raises(AlertError, match="already"):
            salts.commit(record, *who, TODAY)
    with pytest.raises(AlertError, match="no salt of yours"):
        salts.reveal(record, *AUDITOR, one, TODAY)  # its quarter has not begun
    said(record, one, other)
    with pytest.raises(AlertError, match="no salt of yours"):
        salts.reveal(record, *AUDITOR, one, NEXT)
    assert one != other


def test_a_commitment_serves_one_quarter_and_one_part(raised: Office) -> None:
    record = raised.record
    _, other = committed(record)
    told = salts.seed(record, COMING).committed
    following = Quarter.of(COMING.end)
    # The other's commitment copied, and an old one again: neither can be opened.
    record.add(
        salts.COMMITTED, AUDITOR[0], f"quarter:{following.name}", "part:auditor", f"commitment:{told['second'][1]}"
    )
    record.add(salts.COMMITTED, UNION[0], f"quarter:{following.name}", "part:second", f"commitment:{told['second'][1]}")
    for who in (AUDITOR, UNION):
        with pytest.raises(AlertError, match="not the salt"):
            salts.reveal(record, *who, other, following.start)


def test_a_commitment_that_comes_after_the_quarter_began_does_not_count(raised: Office) -> None:
    record = raised.record
    quarter = Quarter.of(TODAY)
    _, one = salts.commit(record, *AUDITOR, quarter.before.start)
    # Written past the program's own rule, after the first salt was said: the second would know it.
    salts.reveal(record, *AUDITOR, one, TODAY)
    late = "ab" * 16
    subject = f"commitment:{salts.commitment(quarter.name, salts.SECOND, late)}"
    record.add(salts.COMMITTED, UNION[0], f"quarter:{quarter.name}", "part:second", subject)
    with pytest.raises(AlertError, match="no salt of yours"):
        salts.reveal(record, *UNION, late, TODAY)
    record.add(salts.REVEALED, UNION[0], f"quarter:{quarter.name}", "part:second", f"salt:{late}", "upto:0")
    assert salts.seed(record, quarter).value(record) is None


@pytest.mark.control("AC-3", "9.1")
def test_the_salts_have_their_page_and_it_names_no_alert(raised: Office) -> None:
    close_all(raised)
    for role in ("internal-auditor", "union-reviewer", "board-secretary"):
        html = page(signed_in(role), "/alerts/salt")
        assert not [s for s in signals(raised) if s in html]
    assert signed_in("investigator").get("/alerts/salt").status_code == 403
    assert signed_in("investigator").post("/alerts/salt/commit").status_code == 403
    assert signed_in("integrity-lead").post("/alerts/salt/say", {"salt": "x"}).status_code == 403
    board = signed_in("board-secretary")
    assert board.post("/alerts/salt/commit").status_code == 400, "there is a union: management has no part"
    union = signed_in("union-reviewer")
    answer = union.post("/alerts/salt/commit")
    html = answer.content.decode()
    assert "Your salt for" in html
    assert answer["Cache-Control"] == "no-store"
    assert union.post("/alerts/salt/commit").status_code == 400
    assert "Your salt for" not in page(union, "/alerts/salt")
    assert signed_in("board-secretary").post("/alerts/salt/commit").status_code == 400, "the part is taken"
    assert "Commit to a salt" not in page(signed_in("board-secretary"), "/alerts/salt")
    assert union.post("/alerts/salt/say", {"salt": "x"}).status_code == 400


@pytest.mark.control("9.1", never=True)
def test_who_read_the_closed_alert_before_the_draw_decides_it_again(raised: Office) -> None:
    close_all(raised)
    _, reader = somebody(raised, 4)
    who, other = somebody(raised, 5)
    signal = signals(raised)[0]
    at = f"/assessments/assessment/signals/{signal}"
    reader.post(at + "/open", PURPOSE)
    assert "a desk of two people" in page(reader, at), "not drawn: everything is there to read"
    drawn(raised)
    assert f'href="{at}"' not in page(reader, "/alerts")
    assert "a desk of two people" in page(reader, at), "what was read before is no secret"
    assert reader.post(at + "/decide-again", {"exit": "support", "reason": "as I read"}).status_code == 400
    assert f'href="{at}"' in page(other, "/alerts")
    other.post(at + "/open", PURPOSE)
    assert "a desk of two people" not in page(other, at)
    assert other.post(at + "/decide-again", {"exit": "support", "reason": "overworked"}).status_code == 302
    assert rereview.drawn_for(raised.record, signal).given[signal][0] == who


def test_a_look_that_began_while_the_alert_was_open_keeps_out_too(raised: Office) -> None:
    """It lasts half an hour, in which the alert may be closed before the reader's eyes."""
    _, reader = somebody(raised, 4)
    signal = signals(raised)[0]
    reader.post(f"/assessments/assessment/signals/{signal}/open", PURPOSE)
    close_all(raised)
    drawn(raised)
    answer = reader.post(f"/assessments/assessment/signals/{signal}/decide-again", {"exit": "support", "reason": "x"})
    assert answer.status_code == 400


def test_draws_that_were_made_before_there_were_salts_are_still_read(raised: Office) -> None:
    close_all(raised)
    before = COMING.before.before.name
    subjects = (f"quarter:{before}", f"seed:{'ab' * 32}", f"signal:{signals(raised)[0]}")
    raised.record.add(rereview.DRAWN, WHO["internal-auditor"], *subjects)
    assert [d.quarter for d in rereview.draws(raised.record)] == [before]
    salted(raised.record, NEXT)
    assert alerts.alerts(raised.record)[signals(raised)[0]].state == "explained"


def test_where_there_is_no_union_the_boards_secretary_has_the_second_salt(raised: Office) -> None:
    for who in (WHO["union-reviewer"], WHO["internal-auditor"]):
        raised.charter().withdraw(who, WHO["union-reviewer"], "union-reviewer")
        if not raised.charter().state().holders("union-reviewer"):
            break
    assert not raised.charter().state().holders("union-reviewer")
    assert "Your salt for" in signed_in("board-secretary").post("/alerts/salt/commit").content.decode()
