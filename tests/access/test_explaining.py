"""What reasons explain: each kind by hand over random logs, the sample, what is lacking, and templates as data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from small_log import OFFICES, START, Rows, as_tables, small_log

from arusha.access import explaining, templates
from arusha.access.explaining import SAMPLE, count
from arusha.access.templates import KINDS, TOUCHED, Template, TemplateError, from_dict, read
from arusha.engine import Query, Session, Step, session_from_tables

Row = dict[str, Any]


def quiet(*_: object) -> None:
    """Hear no progress."""


def made(kind: str, what: str = "both", **given: str) -> Template:
    return read(kind, what, given)


EACH = {
    "examiner": made("examiner", days="5"),
    "assigned": made("assigned", days="4"),
    "assigner": made("assigner", days="3"),
    "inspector": made("inspector", days="2"),
    "posted": made("posted", role="chief"),
    "duty": made("duty", duty="acting for"),
    "answer": made("answer", action="query", hours="48"),
    "order": made(
        "order", reference="A-12", unit="AUD", traders="T1, T2", **{"from": "2025-03-20", "until": "2025-04-02"}
    ),
}


def touched(rows: Rows) -> list[Row]:
    """By hand: entries of officers that touch a declaration."""
    files = {d["declaration_id"]: d for d in rows["declarations"]}
    staff = {o["officer_id"] for o in rows["officers"]} | {p["officer_id"] for p in rows["postings"]}
    return [
        e | {"office": files[e["declaration_id"]]["office"], "file": files[e["declaration_id"]]}
        for e in rows["events"]
        if e["declaration_id"] is not None and e["user_id"] in staff
    ]


def days_between(later: Any, earlier: Any) -> int | None:
    return None if later is None or earlier is None else (later.date() - earlier.date()).days


def within(days: int | None, low: int, high: int) -> bool:
    return days is not None and low <= days <= high


def posted(rows: Rows, e: Row, role: str | None) -> bool:
    today = e["occurred_at"].date()
    return any(
        p["officer_id"] == e["user_id"]
        and p["office"] == e["office"]
        and role in (None, p["role"])
        and p["from_date"] <= today
        and (p["to_date"] is None or today < p["to_date"])
        for p in rows["postings"]
    )


def on_duty(rows: Rows, e: Row) -> bool:
    today = e["occurred_at"].date()
    return any(
        u["officer_id"] == e["user_id"]
        and u["kind"] == "acting for"
        and u["from_date"] <= today
        and (u["to_date"] is None or today < u["to_date"])
        and u["recorded_at"] is not None
        and u["recorded_at"] < e["occurred_at"]
        and u["recorded_by"] not in (None, e["user_id"])
        for u in rows["duties"]
    )


def answered(rows: Rows, e: Row) -> bool:
    return any(
        q["declaration_id"] == e["declaration_id"]
        and q["action"] == "query"
        and q["user_id"] not in (None, e["user_id"])
        and timedelta(0) <= e["occurred_at"] - q["occurred_at"] <= timedelta(hours=48)
        for q in rows["events"]
    )


def ordered(rows: Rows, e: Row) -> bool:
    unit = {o["officer_id"]: o["unit"] for o in rows["officers"]}
    return (
        bool({e["file"]["declarant_id"], e["file"]["importer_id"]} & {"T1", "T2"})
        and unit.get(e["user_id"]) == "AUD"
        and date(2025, 3, 20) <= e["occurred_at"].date() < date(2025, 4, 2)
    )


def by(table: str, who: str, when: str, low: int, high: int) -> Callable[[Rows, Row], bool]:
    def holds(rows: Rows, e: Row) -> bool:
        return any(
            r["declaration_id"] == e["declaration_id"]
            and r[who] == e["user_id"]
            and within(days_between(e["occurred_at"], r[when]), low, high)
            for r in rows[table]
        )

    return holds


BY_HAND: dict[str, Callable[[Rows, Row], bool]] = {
    "examiner": by("declarations", "officer_id", "assigned_at", 0, 5),
    "assigned": by("assignments", "officer_id", "assigned_at", 0, 4),
    "assigner": by("assignments", "assigned_by", "assigned_at", -1, 3),
    "inspector": by("inspections", "officer_id", "ended_at", -2, 2),
    "posted": lambda rows, e: posted(rows, e, "chief"),
    "duty": lambda rows, e: on_duty(rows, e) and posted(rows, e, None),
    "answer": answered,
    "order": ordered,
}


def explained(session: Session, template: Template) -> set[str]:
    found = session.run(Query("explained", (Step("explained", "tested", template.statement()),)))
    ids = found["event_id"].to_pylist()
    assert len(ids) == len(set(ids)), "an entry is explained once by one reason"
    return set(ids)


def test_each_kind_explains_what_it_says_entry_by_entry() -> None:
    cases = dict.fromkeys(EACH, 0)
    for seed in range(3):
        rows = small_log(seed)
        entries = touched(rows)
        with session_from_tables(as_tables(rows)) as session:
            session.share(explaining.entries(session), TOUCHED)
            for kind, template in EACH.items():
                by_hand = {e["event_id"] for e in entries if BY_HAND[kind](rows, e)}
                cases[kind] += len(by_hand)
                assert explained(session, template) == by_hand, (seed, kind)
    assert all(cases.values()), f"the logs have a case of each: {cases}"


def test_every_kind_is_tried() -> None:
    assert set(EACH) == set(KINDS) == set(BY_HAND)


def test_a_reason_for_looks_explains_no_act_and_the_other_way_round() -> None:
    rows = small_log(1)
    looks = {e["event_id"] for e in rows["events"] if e["action"] in templates.LOOKS}
    with session_from_tables(as_tables(rows)) as session:
        session.share(explaining.entries(session), TOUCHED)
        both = explained(session, made("assigned", days="20"))
        assert explained(session, made("assigned", "looks", days="20")) == both & looks
        assert explained(session, made("assigned", "acts", days="20")) == both - looks


@pytest.mark.parametrize("seed", range(3))
def test_offices_are_counted_as_by_hand(seed: int) -> None:
    """On what is counted before anything is withheld: explained by any of the reasons, one's own apart."""
    rows = small_log(seed)
    chosen = {k: EACH[k] for k in ("assigned", "posted", "answer")}
    with session_from_tables(as_tables(rows)) as session:
        session.share(explaining.entries(session), TOUCHED)
        offices, months = explaining._cells(session, [explaining.share_reason(session, t) for t in chosen.values()])
    for office in OFFICES:
        for what in ("looks", "acts"):
            here = [
                e
                for e in touched(rows)
                if e["office"] == office and (e["action"] in templates.LOOKS) == (what == "looks")
            ]
            own = [e for e in here if e["user_id"] in (e["file"]["declarant_id"], e["file"]["importer_id"])]
            rest = [e for e in here if e not in own]
            yes = [e for e in rest if any(BY_HAND[k](rows, e) for k in chosen)]
            tally = offices[what][office]
            assert sum(tally.own.values()) == len(own)
            assert sum(tally.explained.values()) == len(yes)
            assert sum(tally.unexplained.values()) == len(rest) - len(yes)
    for what in ("looks", "acts"):
        assert sum(t.entries for t in months[what].values()) == sum(t.entries for t in offices[what].values())


def good(seed: int = 5) -> Rows:
    """A log that passes its own quality, of forty officers."""
    rows = small_log(seed, officers=40, declarations=120, entries=4_000)
    for e in rows["events"]:
        e["user_id"] = e["user_id"] or "O1"
        e["declaration_id"] = e["declaration_id"] or ("D1" if e["action"] != "login" else None)
        e["terminal"] = "W1"
    for d in rows["declarations"]:
        d["registered_at"] = START
    return rows


def test_what_is_told_of_a_count_goes_through_withholding() -> None:
    with session_from_tables(as_tables(good())) as session:
        found = count(session, {"1": EACH["assigned"]}, EACH["answer"], quiet)
    assert not found.stopped
    assert found.offices is not None
    assert found.new is not None
    for what in ("looks", "acts"):
        for row in [*found.offices[what]["rows"], found.offices[what]["all"]]:
            told = [row[k] for k in ("entries", "explained", "unexplained", "own") if row[k] is not None]
            assert all(n >= 10 and n % 5 == 0 for n in told)
    assert found.own_told, "O2 and O3 are declarants here"


def test_nothing_that_is_told_of_a_count_names_an_officer_a_declaration_or_an_entry() -> None:
    rows = good()
    with session_from_tables(as_tables(rows)) as session:
        found = count(session, {"1": EACH["assigned"]}, made("assigned", days="9"), quiet)
    told = repr(found.as_dict())
    assert len(found.new["sample"]) == SAMPLE if found.new else False
    for name in (
        *(e["event_id"] for e in rows["events"]),
        *(f"'{o['officer_id']}'" for o in rows["officers"]),
        *(f"'{d['declaration_id']}'" for d in rows["declarations"]),
    ):
        assert name not in told


def test_the_sample_is_drawn_by_the_reasons_own_digest_and_again_the_same() -> None:
    rows = good()
    template = made("assigned", days="30")
    samples = []
    for order in (1, -1):
        shuffled = {**rows, "events": rows["events"][::order]}
        with session_from_tables(as_tables(shuffled)) as session:
            found = count(session, {}, template, quiet)
        assert found.new is not None
        samples.append(found.new["sample"])
    assert samples[0] == samples[1]
    by_hand = sorted(
        (e for e in touched(rows) if by("assignments", "officer_id", "assigned_at", 0, 30)(rows, e)),
        key=lambda e: hashlib.md5((template.digest[:16] + e["event_id"]).encode()).hexdigest(),
    )
    own = [e for e in by_hand if e["user_id"] not in (e["file"]["declarant_id"], e["file"]["importer_id"])]
    drawn = [(e["office"], e["action"], e["occurred_at"].date().isoformat()) for e in own[:SAMPLE]]
    assert [(row["office"], row["action"], row["day"]) for row in samples[0]] == drawn
    with session_from_tables(as_tables(rows)) as session:
        other = count(session, {}, made("assigned", days="29"), quiet).new
    assert other is not None
    assert other["sample"] != samples[0], "another reason draws another sample"


def test_of_few_entries_or_few_officers_there_is_no_sample_and_no_count() -> None:
    rows = good()
    for o in rows["officers"]:
        o["unit"] = "AUD" if o["officer_id"] in ("O1", "O4") else "EXM"
    with session_from_tables(as_tables(rows)) as session:
        found = count(session, {}, EACH["order"], quiet).new
    assert found is not None
    assert found["alone"] == found["beyond"] == {"looks": None, "acts": None}
    assert found["sample"] == []
    assert found["after"] == found["offices"] == {}, "else before and after differ by what may not be told"


def test_a_reason_whose_tables_are_lacking_is_not_checked_and_never_zero() -> None:
    rows = good()
    with session_from_tables(as_tables(rows, frozenset({"inspections", "duties"}))) as session:
        found = count(session, {"7": EACH["inspector"]}, EACH["duty"], quiet)
    assert found.templates == {"7": {"lacks": ["inspections"]}}
    assert found.new == {"lacks": ["duties"]}
    assert not found.stopped


def test_without_registers_of_personnel_nobody_is_an_officer_and_nothing_is_counted() -> None:
    with session_from_tables(as_tables(good(), frozenset({"postings", "officers"}))) as session:
        found = count(session, {}, None, quiet)
    assert found.stopped
    assert found.lacks == ("postings",)


def test_with_pseudonyms_of_two_kinds_ones_own_declaration_cannot_be_told() -> None:
    rows = good()
    for d in rows["declarations"]:
        d["declarant_id"] = "T1" if d["declarant_id"].startswith("O") else d["declarant_id"]
    for e in rows["events"]:
        e["user_id"] = "O5" if e["user_id"] == "T1" else e["user_id"]
    with session_from_tables(as_tables(rows)) as session:
        assert not count(session, {}, None, quiet).own_told


# Templates are data.

HOSTILE = (
    "x' OR '1'='1",
    "x; DROP TABLE events",
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "",
    "a" * 41,
    "-- comment",
    "ma\nny",
    "٣",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_that_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(TemplateError, match="action"):
        made("answer", action=text, hours="4")
    with pytest.raises(TemplateError, match="reference"):
        made("order", reference=text, unit="A", traders="T1", **{"from": "2025-01-01", "until": "2025-02-01"})


def test_a_number_that_is_none_or_huge_is_refused() -> None:
    for text in ("0", "-1", "367", "9" * 1_000_000, "1e3", "٣", "", " ", "1.5", "²", "0x1"):
        with pytest.raises(TemplateError, match="days"):
            made("assigned", days=text)


@pytest.mark.parametrize(
    "given",
    [
        {"from": "2025-01-01", "until": "2025-01-01"},
        {"from": "2025-02-01", "until": "2025-01-01"},
        {"from": "2025-13-01", "until": "2025-14-01"},
        {"from": "٢٠٢٥-01-01", "until": "2025-02-01"},
        {"from": "2025-01-01T00:00", "until": "2026-01-01"},
        {"traders": ""},
        {"traders": " ".join(f"T{k}" for k in range(11))},
        {"traders": "T1 O'Hara"},
    ],
)
def test_an_order_without_days_or_traders_is_refused(given: dict[str, str]) -> None:
    whole = {"reference": "A-12", "unit": "A", "traders": "T1", "from": "2025-01-01", "until": "2025-02-01"}
    with pytest.raises(TemplateError, match=r"until|from|traders"):
        read("order", "both", whole | given)


def test_an_unknown_kind_or_scope_is_refused() -> None:
    for kind, what in (("free-sql", "both"), ("assigned", "everything"), ("", "")):
        with pytest.raises(TemplateError, match="no such kind"):
            read(kind, what, {"days": "3"})


def test_no_kind_takes_a_person() -> None:
    """A reason is about work, never about somebody: no field is an officer or a user."""
    fields = {name for kind in KINDS.values() for name in kind.fields}
    assert not {f for f in fields if "officer" in f or "user" in f or "person" in f}


@pytest.mark.parametrize("kind", EACH)
def test_a_template_comes_back_from_its_record_as_it_went(kind: str) -> None:
    back = from_dict(EACH[kind].as_dict())
    assert back == EACH[kind]
    assert back.digest == EACH[kind].digest


def test_another_parameter_scope_or_statement_is_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    one = made("assigned", days="4")
    assert len({one.digest, made("assigned", days="5").digest, made("assigned", "looks", days="4").digest}) == 3
    before = one.digest
    monkeypatch.setattr(Template, "statement", lambda self, key="declaration_id": "SELECT 1 AS event_id")
    assert one.digest != before, "what was agreed to is what the program does, not what it is called"
