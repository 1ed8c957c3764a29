"""Rights that clash and clashes that were used: against counts by hand over random administrations, and bad input."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from small_log import DAY, OFFICES, START, TIME, Rows, as_tables, at, day, small_log

from arusha.access.clashes import Found, count
from arusha.access.rights import Exemption, Right, clashes, joined, listed
from arusha.access.role_acts import RoleActs, RoleActsError, from_dict, read_acts
from arusha.engine import session_from_tables
from arusha.engine.session import Session

RIGHT = {"user_id": pa.string(), "role": pa.string(), "office": pa.string(), "from_date": DAY, "to_date": DAY}
TABLES = {
    "roles": RIGHT | {"granted_by": pa.string()},
    "grants": RIGHT | {"granted_by": pa.string()},
    "role_conflicts": {"role": pa.string(), "other_role": pa.string()},
    "transit": {"declaration_id": pa.string(), "discharged_at": TIME, "discharged_by": pa.string()},
}
ROLES = ("ASSESS", "CASH", "RELEASE", "SELECT")
ACTS = """role,act
ASSESS,log:assess
ASSESS,inspection
CASH,log:amend
CASH,discharge
RELEASE,log:query
SELECT,assignment"""
Row = dict[str, Any]


def quiet(*_: object) -> None:
    """Hear no progress."""


def administration(seed: int) -> Rows:
    """A good log with rights at random: open and ended, of one office and of all."""
    rng = random.Random(seed)
    rows = small_log(seed, officers=12, declarations=50, entries=1500)
    for e in rows["events"]:
        e["user_id"] = e["user_id"] or "O1"
        e["declaration_id"] = e["declaration_id"] or ("D1" if e["action"] != "login" else None)
        e["terminal"] = "W1"
    for d in rows["declarations"]:
        d["registered_at"] = START
    rows |= {"roles": [], "grants": [], "role_conflicts": [], "transit": []}
    for k in range(11):
        for table in ("roles", "grants", "grants", "grants"):
            first = rng.uniform(-10, 25)
            rows[table].append(
                {
                    "user_id": f"O{k}",
                    "role": rng.choice(ROLES),
                    "office": rng.choice((None, *OFFICES)),
                    "from_date": day(first),
                    "to_date": rng.choice((None, day(first + rng.uniform(0, 12)))),
                    "granted_by": "O11",
                }
            )
    for k in range(30):
        rows["transit"].append(
            {
                "declaration_id": f"D{rng.randrange(50)}",
                "discharged_at": rng.choice((None, at(rng.uniform(0, 25)))),
                "discharged_by": rng.choice((None, "system", f"O{k % 12}")),
            }
        )
    pairs = [("ASSESS", "CASH"), ("SELECT", "ASSESS"), ("CASH", "RELEASE"), ("CASH", "ASSESS"), ("CASH", "CASH")]
    rows["role_conflicts"] = [{"role": a, "other_role": b} for a, b in pairs]
    return rows


def tables(rows: Rows, without: frozenset[str] = frozenset()) -> dict[str, pa.Table]:
    made = as_tables(rows, without)
    for name, columns in TABLES.items():
        if name not in without and name in rows:
            made[name] = pa.Table.from_pylist(rows[name], pa.schema(list(columns.items())))
    return made


def session(rows: Rows, without: frozenset[str] = frozenset()) -> Session:
    return session_from_tables(tables(rows, without))


def counted(rows: Rows, acts: str | None = ACTS, exemptions: list[Exemption] | None = None) -> Found:
    with session(rows) as open_one:
        return count(open_one, read_acts(acts) if acts else None, exemptions or [], quiet)


# By hand.


def holds(row: Row, role: str, user: str, office: str | None, when: date) -> bool:
    return (
        row["user_id"] == user
        and row["role"] == role
        and row["office"] in (None, office)
        and row["from_date"] <= when
        and (row["to_date"] is None or when < row["to_date"])
    )


def by_hand(rows: Rows) -> dict[tuple[str, str, str, str], list[int]]:
    """(role, other, office, user) -> together, in turn, lacking: act by act and day by day."""
    rights = rows["roles"] + rows["grants"]
    files = {d["declaration_id"]: d["office"] for d in rows["declarations"]}
    done: list[tuple[str, str, str, date]] = []
    for e in rows["events"]:
        role = {"assess": "ASSESS", "amend": "CASH", "query": "RELEASE"}.get(e["action"])
        if role and e["declaration_id"]:
            done.append((role, e["user_id"], e["declaration_id"], e["occurred_at"].date()))
    done += [("ASSESS", i["officer_id"], i["declaration_id"], i["ended_at"].date()) for i in rows["inspections"]]
    done += [
        ("SELECT", a["assigned_by"], a["declaration_id"], a["assigned_at"].date())
        for a in rows["assignments"]
        if a["assigned_by"] and a["assigned_at"]
    ]
    done += [
        ("CASH", t["discharged_by"], t["declaration_id"], t["discharged_at"].date())
        for t in rows["transit"]
        if t["discharged_by"] and t["discharged_at"]
    ]
    found: dict[tuple[str, str, str, str], dict[str, set[str]]] = {}
    for one, other in (("ASSESS", "CASH"), ("ASSESS", "SELECT"), ("CASH", "RELEASE")):
        for role, user, file, first in done:
            if role != one or user == "system":
                continue
            for role2, user2, file2, second in done:
                if (role2, user2, file2) != (other, user, file):
                    continue
                office = files[file]
                if not all(any(r["user_id"] == user and r["role"] == x for r in rights) for x in (one, other)):
                    continue
                span = [min(first, second) + timedelta(days=k) for k in range(abs((first - second).days) + 1)]
                if not any(holds(r, one, user, office, first) for r in rights) or not any(
                    holds(r, other, user, office, second) for r in rights
                ):
                    way = "lacking"
                elif any(
                    all(any(holds(r, role, user, office, d) for r in rights) for role in (one, other)) for d in span
                ):
                    way = "together"
                else:
                    way = "in-turn"
                found.setdefault((one, other, office, user), {}).setdefault(way, set()).add(file)
    told = {}
    for key, ways in found.items():
        together = ways.get("together", set())
        turn = ways.get("in-turn", set()) - together
        told[key] = [len(together), len(turn), len(ways.get("lacking", set()) - together - turn)]
    return told


@pytest.mark.parametrize("seed", range(6))
def test_used_clashes_are_those_that_are_counted_by_hand(seed: int) -> None:
    rows = administration(seed)
    found = counted(rows)
    assert found.used is not None
    told = {(*u.pair, u.office, u.user): [u.together, u.in_turn, u.lacking] for u in found.used}
    assert told == by_hand(rows)
    assert any(n[0] for n in told.values())


@pytest.mark.parametrize("seed", range(6))
def test_clashes_are_those_of_every_day_by_hand(seed: int) -> None:
    rows = administration(seed)
    found = counted(rows, None)
    rights = rows["roles"] + rows["grants"]
    assert found.first is not None
    assert found.last is not None
    for offset in range((found.last - found.first).days + 1):
        when = found.first + timedelta(days=offset)
        for one, other in found.pairs:
            for office in OFFICES:
                theirs = {
                    c.user
                    for c in found.clashes
                    if c.pair == (one, other) and c.on(when) and c.office in (None, office)
                }
                mine = {
                    r["user_id"]
                    for r in rights
                    if holds(r, one, r["user_id"], office, when)
                    and any(holds(s, other, r["user_id"], office, when) for s in rights)
                }
                assert theirs == mine, (when, one, other, office)


def test_without_declared_acts_use_cannot_be_told() -> None:
    found = counted(administration(1), None)
    assert found.clashes
    assert (found.used, found.no_use) == (None, "acts")


def test_a_log_that_is_not_good_enough_stops_use_and_not_the_rights() -> None:
    rows = administration(1)
    for e in rows["events"][::5]:
        e["user_id"] = None
    found = counted(rows)
    assert found.clashes
    assert (found.used, found.no_use) == (None, "log")
    assert counted(rows, "ASSESS,inspection\nSELECT,assignment").used is not None, "no act of these stands in the log"


def test_acts_of_both_roles_tell_nothing_of_the_pair() -> None:
    rows = administration(2)
    found = counted(rows, "ASSESS,inspection\nSELECT,inspection:scan\nSELECT,inspection:physical")
    assert found.used is None
    assert set(found.shared_acts) == {("ASSESS", "SELECT")}
    assert {"ASSESS", "SELECT"} <= set(found.silent)
    # What they share in one pair hides nothing of the others.
    found = counted(rows, ACTS + "\nSELECT,log:assess\nSELECT,inspection")
    assert set(found.seen) == {("ASSESS", "CASH"), ("CASH", "RELEASE")}
    assert "ASSESS" in found.silent


def test_what_the_records_lack_is_told() -> None:
    rows = administration(3)
    with session(rows, frozenset({"transit", "assignments"})) as open_one:
        found = count(open_one, read_acts(ACTS), [], quiet)
    assert found.unread == ("assignment", "discharge")
    assert found.used is not None
    assert found.seen == (("ASSESS", "CASH"), ("CASH", "RELEASE")), "of the third pair no act of SELECT is there"
    for gone in ("role_conflicts", "declarations"):
        with session(rows, frozenset({gone})) as open_one:
            found = count(open_one, read_acts(ACTS), [], quiet)
        assert gone in found.lacks
        assert not found.clashes
    with session(rows, frozenset({"roles"})) as open_one:
        assert not count(open_one, None, [], quiet).lacks, "grants alone can clash"
    with session(rows, frozenset({"roles", "grants"})) as open_one:
        assert count(open_one, None, [], quiet).lacks == ("roles", "grants")


def test_bad_rows_of_rights_and_of_the_list_are_counted_and_hold_nothing() -> None:
    rows = administration(4)
    rows["grants"] = [
        {"user_id": "O1", "role": "CASH", "office": None, "from_date": day(9), "to_date": day(2), "granted_by": None},
        {"user_id": "O1", "role": "ASSESS", "office": None, "from_date": day(0), "to_date": None, "granted_by": None},
        {"user_id": "system", "role": "CASH", "office": None, "from_date": day(0), "to_date": None, "granted_by": None},
        {
            "user_id": "system",
            "role": "ASSESS",
            "office": None,
            "from_date": day(0),
            "to_date": None,
            "granted_by": "O1",
        },
    ]
    rows["roles"] = []
    found = counted(rows, "ASSESS,log:assess\nNOBODY,log:query")
    assert found.problems == {"backwards": 1, "twice": 1, "with-itself": 1}
    assert found.clashes == ()
    assert set(found.unknown) == {"CASH", "RELEASE", "SELECT", "NOBODY"}


def one_file(first: str, second: str, **grants: tuple[float, float | None]) -> Rows:
    """One user, one declaration, an act of each role on two days."""
    rows = administration(5)
    rows["events"] = [e for e in rows["events"] if e["user_id"] != "O0"]
    rows["inspections"], rows["assignments"], rows["transit"] = [], [], []
    for n, (action, when) in enumerate((("assess", first), ("amend", second))):
        rows["events"].append(
            {
                "event_id": f"X{n}",
                "occurred_at": at(float(when)),
                "user_id": "O0",
                "terminal": "W1",
                "action": action,
                "declaration_id": "D0",
                "reason": None,
            }
        )
    rows["roles"] = []
    rows["grants"] = [
        {"user_id": "O0", "role": r, "office": None, "from_date": day(a), "to_date": None if b is None else day(b)}
        for r, (a, b) in grants.items()
    ]
    return rows


def test_a_hand_over_without_a_day_in_common_is_in_turn_and_one_with_a_day_is_used() -> None:
    def of(rows: Rows) -> list[int]:
        (row,) = counted(rows).used or ()
        return [row.together, row.in_turn, row.lacking]

    assert of(one_file("4.1", "6.1", ASSESS=(0, 5), CASH=(5, None))) == [0, 1, 0]
    assert of(one_file("4.1", "6.1", ASSESS=(0, 6), CASH=(5, None))) == [1, 0, 0]
    assert of(one_file("6.1", "6.2", ASSESS=(0, 5), CASH=(5, None))) == [0, 0, 1]
    # An overlap that lies before both acts was not used between them.
    assert of(one_file("8.1", "8.2", ASSESS=(0, None), CASH=(0, None))) == [1, 0, 0]


def test_exceptions_and_recorded_duties_are_counted_apart_and_only_where_they_cover_every_act() -> None:
    rows = one_file("8.1", "9.1", ASSESS=(0, None), CASH=(0, None))
    office = next(d["office"] for d in rows["declarations"] if d["declaration_id"] == "D0")
    pair = ("ASSESS", "CASH")

    def excepted(where: str | None, first: float, last: float) -> int:
        (row,) = counted(rows, ACTS, [Exemption("O0", pair, where, day(first), day(last))]).used or ()
        assert row.together == 1
        return row.excepted

    assert excepted(office, 8, 9) == 1
    assert excepted(None, 8, 9) == 1
    assert excepted("elsewhere", 8, 9) == 0
    assert excepted(office, 8, 8) == 0, "it ended before the second act"
    assert excepted(office, 9, 20) == 0
    duty = {"officer_id": "O0", "kind": "acting for", "from_date": day(7), "to_date": day(10)}
    for by, when, held in (("O1", 6, 1), ("O0", 6, 0), ("O1", 8.5, 0), (None, 6, 0)):
        rows["duties"] = [duty | {"recorded_at": at(when), "recorded_by": by}]
        (row,) = counted(rows).used or ()
        assert (row.acting, row.excepted) == (held, 0), (by, when)


def test_spans_are_joined_and_pairs_stand_once() -> None:
    d = [date(2025, 1, k) for k in range(1, 9)]
    assert joined([(d[2], d[4]), (d[0], d[2]), (d[5], None), (d[6], d[7])]) == ((d[0], d[4]), (d[5], None))
    assert listed([("B", "A"), ("A", "B"), ("A", "A")]) == (listed([("A", "B"), ("B", "A"), ("Z", "Z")]))
    held = [Right("u", "A", "X", d[0], d[3]), Right("u", "B", "Y", d[0], None), Right("u", "B", None, d[2], None)]
    (one,) = clashes(held, [("A", "B")])
    assert (one.office, one.spans) == ("X", ((d[2], d[3]),))
    assert clashes([Right("u", "A", "X", d[3], d[3]), Right("u", "B", "X", d[0], None)], [("A", "B")]) == []


# Declared acts.

HOSTILE = ("<script>", "\x00", "\u202eASSESS", "x' OR '1'='1", "A" * 61, "9" * 200_000)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no act"),
        ("role,act\n", "no act"),
        ("CASH", "a role and an act"),
        ("CASH,log:pay,more", "a role and an act"),
        ("CASH,pay", "no such act"),
        ("CASH,log:", "no such act"),
        ("CASH,log:view", "no such act"),
        ("CASH,inspection:sniff", "no such act"),
        ("CASH,log:pay\nCASH,log:pay", "twice"),
        (",log:pay", "cannot be used"),
        ("\u202eCASH,log:pay", "cannot be used"),
        ("CA\x00SH,log:pay", "no text"),
        ("A" * 61 + ",log:pay", "cannot be used"),
        ("CASH,log:" + "9" * 61, "no such act"),
        ("9" * 200_000, "longer"),
        ("\n".join(f"R{k},log:pay" for k in range(501)), "more than 500"),
        ('"CASH,log:pay', "a role and an act"),
    ],
)
def test_what_cannot_be_declared_names_its_line(text: str, told: str) -> None:
    with pytest.raises(RoleActsError, match=told):
        read_acts(text)


def test_declared_acts_go_through_a_form_and_an_entry_unchanged() -> None:
    acts = read_acts(
        "\ufeffrole,act\r\n\"Caissier, principal\",log:pay\r\nأمين,log:x' OR '1'='1\r\n\r\nA,inspection:scan\r\n"
    )
    assert from_dict(acts.as_dict()) == acts
    assert from_dict(acts.as_dict()).digest == acts.digest
    assert acts.of["Caissier, principal"] == (("log", "pay"),)
    assert read_acts("A,log:pay").digest != acts.digest
    rows = administration(6)
    rows["role_conflicts"] = [{"role": "أمين", "other_role": "A'--"}]
    rows["roles"][0]["role"], rows["roles"][1]["role"] = "أمين", "A'--"
    assert counted(rows, "أمين,log:x' OR '1'='1\nA'--,log:assess").used == (), "quoted text, whatever it holds"


def test_acts_apart() -> None:
    acts = RoleActs({"A": (("inspection", ""), ("log", "x")), "B": (("inspection", "scan"), ("log", "y"))})
    assert acts.apart(("A", "B")) == ((("log", "x"),), (("log", "y"),), (("inspection", ""), ("inspection", "scan")))
