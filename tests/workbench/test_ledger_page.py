"""The page of a ledger shows what was verified and nothing else, and says what it cannot see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from workbench_office import Office, page, signed_in

from arusha.language import Catalogue, languages
from arusha.workbench import ledger_room

AT = "/ledgers/record"


def put_back(office: Office, entries: int) -> None:
    """Make the ledger end earlier, as somebody would who can write its folder: its head alone says where it ends."""
    folder = office.home / "ledger"
    lines = (folder / "entries.jsonl").read_bytes().splitlines(keepends=True)[:entries]
    head = json.loads((folder / "head.json").read_text("utf-8"))
    (folder / "head.json").write_text(json.dumps({**head, "size": entries, "length": len(b"".join(lines))}), "utf-8")


@pytest.fixture
def grown(office: Office) -> Office:
    office.make_charter()
    for _ in range(5):
        office.record.add("look.opened", None, "signal:0000000000000000")
    ledger_room._READ.clear()
    return office


@pytest.mark.control("AU-9")
def test_entries_that_are_changed_after_they_were_verified_are_not_shown(
    grown: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("internal-auditor")
    entries = grown.home / "ledger" / "entries.jsonl"
    plainly = ledger_room.verify

    def then_edited(*given: Any, **named: Any) -> Any:
        found = plainly(*given, **named)
        entries.write_bytes(entries.read_bytes().replace(b"look.opened", b"look.seldom"))
        return found

    monkeypatch.setattr(ledger_room, "verify", then_edited)
    html = page(client, AT)
    assert "look.opened" in html
    assert "look.seldom" not in html


@pytest.mark.control("AU-9")
@pytest.mark.parametrize("forged", [False, True])
def test_a_ledger_that_was_put_back_since_this_program_read_it_is_changed(grown: Office, forged: bool) -> None:
    client = signed_in("internal-auditor")
    assert "This ledger was changed" not in page(client, AT)
    put_back(grown, 2)
    if forged:  # and went on from there, to more entries than before
        for _ in range(9):
            grown.record.add("look.seen", None, "question:other")
    for _ in range(2):
        html = page(client, AT)
        assert "This ledger was changed" in html
        assert "look.seen" not in html, "what does not go on from what was read is not shown as entries"


@pytest.mark.parametrize("lang", languages())
def test_the_page_says_that_a_cut_before_the_start_is_seen_with_an_outside_checkpoint_alone(
    grown: Office, lang: str
) -> None:
    put_back(grown, 2)
    client = signed_in("internal-auditor")
    client.cookies["language"] = lang
    assert Catalogue(lang).text("wb-ledger-cut") in page(client, AT).replace("&#39;", "'")
