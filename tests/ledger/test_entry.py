"""Entries hold no content, and commitments bind without telling."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from arusha.ledger.entry import Entry, Event, make, part
from arusha.ledger.problems import LedgerError

ACTOR = "P-7Q3K-M2XA-9TBC"
WHEN = datetime(2026, 3, 1, 12, 30, tzinfo=timezone(timedelta(hours=3)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def test_an_entry_is_one_canonical_line_in_utc() -> None:
    entry, parts = make(Event("charter.go-live", ACTOR, ("question:lane-rates",), {"reason": "agreed"}, WHEN))
    assert parts[0].name == "reason"
    assert entry.line() == (
        b'{"actor":"P-7Q3K-M2XA-9TBC","commitments":{"reason":"' + parts[0].commitment.encode() + b'"},'
        b'"kind":"charter.go-live","subjects":["question:lane-rates"],"time":"2026-03-01T09:30:00.000000Z","v":1}'
    )
    assert Entry.parse(entry.line()) == entry


@pytest.mark.control("AU-3", "AU-3(3)")
@given(JSON)
def test_content_never_stands_in_the_entry_and_its_commitment_opens_with_salt_and_content_alone(value: Any) -> None:
    entry, (kept,) = make(Event("case.opened", ACTOR, content={"statement": value}))
    assert entry.opens(kept)
    assert kept.value == json.loads(rfc8785.dumps(value))
    expected = hmac.new(kept.salt, b"statement\n" + rfc8785.dumps(value), sha256).hexdigest()
    assert entry.commitments == {"statement": expected}
    assert not entry.opens(part("statement", {"other": value}, kept.salt))
    assert not entry.opens(part("statement", value))
    assert not entry.opens(part("remark", value, kept.salt))


def test_the_secret_word_is_nowhere_in_the_line() -> None:
    entry, _ = make(Event("case.opened", ACTOR, content={"statement": {"who": "Examplia-secret-word"}}))
    assert b"secret" not in entry.line()


def test_the_same_content_twice_gives_unlike_commitments() -> None:
    first, second = (make(Event("case.opened", ACTOR, content={"answer": True}))[0] for _ in range(2))
    assert first.commitments["answer"] != second.commitments["answer"]


def test_who_did_what_and_when_is_not_found_out_by_trying_hashes() -> None:
    """Proofs hold hashes of entries; without a part at random a line could be guessed and held against one."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    one, two = (make(Event("look.seen", ACTOR, ("question:finding-rate",), time=at)) for _ in range(2))
    assert one[0].line() != two[0].line()
    assert one[0].parts == {}
    assert one[1] == ()
    assert Entry.parse(one[0].line()) == one[0]


@given(st.data())
def test_the_fast_check_of_the_canonical_form_is_that_of_rfc_8785(data: st.DataObject) -> None:
    subjects = data.draw(st.lists(st.from_regex(r"[a-z]{1,8}:[A-Za-z0-9._-]{1,20}", fullmatch=True), max_size=5))
    good = [s for s in subjects if s.split(":")[1][0] not in "._-"]
    entry, _ = make(Event("a.b", "system", tuple(good), {"x": 1, "a": 2}))
    assert rfc8785.dumps(json.loads(entry.line())) == entry.line()
    assert Entry.parse(entry.line()) == entry


@pytest.mark.control("AU-3(3)")
@pytest.mark.parametrize(
    "event",
    [
        Event("Go live", ACTOR),
        Event("", ACTOR),
        Event("a", "Some Name"),
        Event("a", "KA0417"),
        Event("a", ""),
        Event("a", ACTOR, ("a person",)),
        Event("a", ACTOR, ("person:Some Name",)),
        Event("a", ACTOR, ("x:" + "y" * 200,)),
        Event("a", ACTOR, tuple(f"officer:{n:0120d}" for n in range(200))),
        Event("a", ACTOR, content={"Long Name": 1}),
        Event("a", ACTOR, content={"big": 2**60}),
        Event("a", ACTOR, content={"odd": {1, 2}}),
        Event("a", ACTOR, content={"nan": float("nan")}),
        Event("a", ACTOR, time=datetime(2026, 1, 1)),
    ],
)
def test_what_could_carry_a_name_or_is_no_json_is_refused(event: Event) -> None:
    with pytest.raises(LedgerError):
        make(event)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"actor":"system","commitments":{},"kind":"a","subjects":[],"time":"2026-01-01T00:00:00.000000Z","v":2}',
        b'{"actor":"system", "commitments":{},"kind":"a","subjects":[],"time":"2026-01-01T00:00:00.000000Z","v":1}',
        b'{"actor":"system","commitments":{},"kind":"a","subjects":[],"time":"2026-01-01","v":1}',
        b'{"actor":"system","commitments":{"a":"00"},"kind":"a","subjects":[],'
        b'"time":"2026-01-01T00:00:00.000000Z","v":1}',
        b'{"actor":"system","commitments":{},"kind":"a","note":"name","subjects":[],'
        b'"time":"2026-01-01T00:00:00.000000Z","v":1}',
        b'{"actor":"system","commitments":{},"kind":"a","subjects":"abc","time":"2026-01-01T00:00:00.000000Z","v":1}',
        b'{"actor":"system","actor":"system","commitments":{},"kind":"a","subjects":[],'
        b'"time":"2026-01-01T00:00:00.000000Z","v":1}',
    ],
)
def test_what_is_not_an_entry_is_refused(line: bytes) -> None:
    with pytest.raises(LedgerError):
        Entry.parse(line)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(LedgerError, match="32 bytes"):
        part("a", 1, b"short")


def test_an_event_without_time_is_recorded_now() -> None:
    before = datetime.now(UTC)
    entry, _ = make(Event("a", ACTOR))
    assert before <= datetime.fromisoformat(entry.time) <= datetime.now(UTC)
