"""Flagged before: a word of the fixed vocabulary in lists, the earlier signals behind a purpose, and nobody counted."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_own_signal import as_officer, bare
from workbench_office import PURPOSE, QUESTION, Office, page, people_in, signed_in
from world import WHO

from arusha.assessment.folder import files
from arusha.indicators.signals import id_of
from arusha.workbench import alerts
from arusha.workbench.earlier import twice
from arusha.workbench.gate import open_assessment
from arusha.workbench.place import peers
from arusha.workbench.site import site_at

NEXT = (date(2026, 1, 1), date(2027, 1, 1))
"""The year after that of the office's assessment, whose end is its start."""
GAP = (date(2026, 2, 2), date(2027, 1, 1))
OVERLAP = (date(2025, 7, 1), date(2026, 7, 1))


@pytest.fixture
def live(office: Office) -> Office:
    office.make_charter()
    office.to_live()
    return office


def another(office: Office, name: str, period: tuple[date, date]) -> Office:
    """The same numbers of another period."""
    other = office.assessment.parent / name
    shutil.copytree(office.assessment, other)
    table = pq.read_table(other / "signals.parquet")
    rows = table.to_pylist()
    for row in rows:
        row["period_start"], row["period_end"] = period
        row["signal_id"] = id_of(row)
    pq.write_table(pa.Table.from_pylist(rows, table.schema), other / "signals.parquet")
    told = pq.read_table(other / "explanations.parquet").slice(0, 0)
    pq.write_table(told, other / "explanations.parquet")
    shutil.rmtree(other / "evidence")
    (other / "evidence").mkdir()
    manifest = json.loads((other / "manifest.json").read_text("utf-8"))
    manifest["files"] = files(other)
    (other / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    site_at.cache_clear()
    return Office(office.workspace, other)


def send(name: str) -> None:
    signed_in("analyst").post(f"/assessments/{name}/questions/{QUESTION}/alerts")


def opened(office: Office, name: str, signal: str) -> str:
    client, at = signed_in("investigator"), f"/assessments/{name}/signals/{signal}"
    client.post(at + "/open", PURPOSE)
    return page(client, at)


def listed(html: str, signal: str) -> str:
    """The row of a signal in a list."""
    return bare(re.search(rf"(?s)<tr>(?:(?!</tr>).)*{signal}.*?</tr>", html).group(0))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("period", "said"), [(NEXT, True), (GAP, False), (OVERLAP, False)], ids=["running", "gap", "overlap"]
)
def test_two_periods_running_are_unusual_and_persistent_in_queue_list_and_page(
    period: tuple[date, date], said: bool, live: Office
) -> None:
    later = another(live, "later", period)
    signal = str(later.signals()[0]["signal_id"])
    send("later")
    queue = page(signed_in("investigator"), "/alerts")
    assert not people_in(queue)
    told = [listed(queue, signal), listed(page(signed_in("analyst"), "/assessments/later/signals"), signal)]
    told.append(bare(opened(live, "later", signal)))
    assert [("unusual and persistent" in one) for one in told] == [said] * 3
    assert all("unusual" in one for one in told)
    first = str(live.signals()[0]["signal_id"])
    assert "unusual and persistent" not in listed(page(signed_in("analyst"), "/assessments/assessment/signals"), first)


@pytest.mark.control("8.9")
def test_what_was_decided_before_makes_nothing_persistent_and_how_it_was_decided_is_not_said(live: Office) -> None:
    send("assessment")
    later = another(live, "later", NEXT)
    send("later")
    first, signal = str(live.signals()[0]["signal_id"]), str(later.signals()[0]["signal_id"])
    officer = as_officer(live, str(live.signals()[0]["unit_id"]))
    assert "unusual and persistent" in bare(page(officer, f"/own/later/{signal}"))
    said = set()
    for way in ("explained", "inquiry"):
        words = dict.fromkeys(("reason", "towards", "other", "away", "proportion"), "x")
        if way == "explained":
            alerts.decide(live.record, first, WHO["investigator"], way, words | {"explanation": "acting-cover"})
            assert "unusual and persistent" not in bare(page(officer, f"/own/later/{signal}")), "as others read it"
        else:
            live.record.add("alert.raised-again", WHO["analyst"], *_about(first), "because:records")
            alerts.decide(live.record, first, WHO["investigator"], "proposed", words)
            alerts.read_second(live.record, first, "P-7000-TEST-0000", "concurred", {"reason": "x"})
            assert "unusual and persistent" in bare(page(officer, f"/own/later/{signal}")), "as an alert that waits"
        html = opened(live, "later", signal)
        assert "unusual and persistent" not in bare(html)
        said.add(bare(html[html.index("Flagged in earlier periods too") : html.index("The records behind it")]))
    (same,) = said
    assert "closed" in same
    assert first in same


def _about(signal: str) -> tuple[str, str, str]:
    return f"signal:{signal}", f"question:{QUESTION}", "assessment:assessment"


@pytest.mark.control("AC-3", "AC-4")
def test_who_was_flagged_twice_is_behind_a_purpose_and_a_count_of_few_is_not_given(live: Office) -> None:
    later = another(live, "later", NEXT)
    send("later")
    signal, first = str(later.signals()[0]["signal_id"]), str(live.signals()[0]["signal_id"])
    client = signed_in("investigator")
    asked = page(client, f"/assessments/later/signals/{signal}")
    assert "Flagged in earlier periods too" not in asked, "nothing before a purpose"
    html = opened(live, "later", signal)
    assert f'href="/assessments/assessment/signals/{first}"' in html
    assert "Why do you open" not in html
    answer = client.get(f"/assessments/assessment/signals/{first}").content.decode()
    assert 'name="reference"' in answer, "the earlier one asks for a purpose of its own"
    for role in ("investigator", "internal-auditor", "analyst", "integrity-lead"):
        html = page(signed_in(role), "/alerts/performance")
        assert "Units flagged in two periods or more fewer than 10: not given" in bare(html)
        assert not people_in(html)


def test_units_flagged_twice_are_counted_over_periods_that_do_not_overlap(live: Office) -> None:
    names = {"assessment": (date(2025, 1, 1), date(2026, 1, 1)), "later": NEXT, "between": OVERLAP}
    for name, period in names.items():
        made = Office(live.workspace, live.assessment.parent / name)
        if name != "assessment":
            made = another(live, name, period)
        table = pq.read_table(made.assessment / "signals.parquet")
        of = table.schema.get_field_index("flagged")
        pq.write_table(table.set_column(of, "flagged", table["signal"]), made.assessment / "signals.parquet")
    site_at.cache_clear()
    found = {name: open_assessment(live.site, name, live.site.state()) for name in names}
    one, two, between = (found[n] for n in ("assessment", "later", "between"))
    assert one
    assert two
    assert between
    units = [(r["unit_id"], r["other_id"]) for r in one.stand_out[QUESTION].to_pylist()]
    assert len(units) < 10
    assert twice(QUESTION, (one, two)) is None
    assert twice(QUESTION, (one, between)) is None
    assert twice("no-such-question", (one, two)) is None


@pytest.mark.control("AC-3(14)")
def test_the_person_concerned_and_the_reader_see_one_picture_of_one_unit_and_a_band(live: Office) -> None:
    row = live.signals()[0]
    signal, who = str(row["signal_id"]), str(row["unit_id"])
    staff, own = opened(live, "assessment", signal), page(as_officer(live, who), f"/own/assessment/{signal}")
    svg = [re.search(r"(?s)<svg(?:(?!</svg>).)*middle nine in ten.*?</svg>", html) for html in (staff, own)]
    assert all(svg)
    pictures = [re.sub("[\u2066-\u2069]", "", found.group(0)) for found in svg if found]
    assert not any(people_in(picture) for picture in pictures)
    where, yours = f"Where {signal} lies among the others (", f"Where you lie among the others ({signal}, "
    assert pictures[0].replace("this signal", "you").replace(where, yours) == pictures[1]
    assert where not in bare(own), "whom it is about is not called by the number of a row"
    assert pictures[0].count("<polygon") <= 2 + pictures[0].count("<path"), "one mark and its key"
    band = re.findall(r"the middle nine in ten of (\d+) others: [^<]*", re.sub("[\u2066-\u2069]", "", staff + own))
    assert len(set(band)) == 1


def test_peers_are_all_others_of_the_kind_and_a_few_give_no_picture(live: Office) -> None:
    found = open_assessment(live.site, "assessment", live.site.state())
    assert found is not None
    asked = found.question(QUESTION)
    assert asked is not None
    row = next(r for r in asked.signals.to_pylist() if r["signal"])
    told = [r for r in asked.signals.to_pylist() if r["effect"] is not None and r["unit_id"] != row["unit_id"]]
    among = peers(asked, row)
    assert among.n == len(told)
    values = sorted(r["effect"] for r in told)
    assert among.low is not None
    assert among.high is not None
    inside = sum(among.low <= v <= among.high for v in values)
    assert abs(inside - 0.9 * len(values)) <= 2, "quantiles by interpolation leave out one at each end, or two"
    few = type(asked)(asked.id, asked.about, asked.signals.slice(0, 9), asked.explanations, asked.tables, ())
    assert peers(few, row).low is None
