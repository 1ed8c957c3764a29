"""Before a name opens, somebody outside vouches that the ledger is the newest: a witness, and what a share saw last."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sealed_names import (
    LEDGER,
    STRANGER,
    UNION,
    Sealed,
    _letters_of_invented_numbers,
    nothing_opens,
    sealed,
    witnessed,
)
from workbench_office import QUESTION
from world import WHO

from arusha.charter import RefusedError
from arusha.ledger.checkpoint import sign
from arusha.ledger.note import LOG, Signer
from arusha.records import unmasking
from arusha.workbench.outside import FRESH, SEEN, Outside, remember
from arusha.workbench.record import NAME_REFUSED

__all__ = ["_letters_of_invented_numbers", "nothing_opens", "sealed"]


def older_copy(sealed: Sealed, tmp_path: Path) -> tuple[Path, Outside]:
    """The workspace and its assessment from before the question was paused, and what a witness signed then."""
    place = tmp_path / "before"
    shutil.copytree(sealed.office.workspace.parent, place)
    then = witnessed(sealed.office, timedelta(hours=1))
    sealed.office.charter().move(WHO["integrity-lead"], QUESTION, "pause")
    return place / sealed.office.workspace.name, then


@pytest.mark.control("AU-9", "AU-10")
@pytest.mark.usefixtures("nothing_opens")
def test_a_copy_from_before_a_pause_opens_nothing_beside_what_a_witness_signed_since(
    sealed: Sealed, tmp_path: Path
) -> None:
    copy, then = older_copy(sealed, tmp_path)
    now = witnessed(sealed.office)
    both = Outside((*then.checkpoints, *now.checkpoints), now.witnesses)
    for outside in (now, both):
        assert "older" in sealed.codes(outside=outside, workspace=copy)
    assert sealed.codes(outside=Outside((), now.witnesses), workspace=copy) == ("witness",), "nothing vouches for it"


@pytest.mark.control("AU-9", "AU-10")
def test_a_copy_from_before_a_pause_opens_nothing_to_shares_that_saw_the_ledger_since(
    sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, then = older_copy(sealed, tmp_path)
    with pytest.raises(RefusedError):
        sealed.open()  # refused as paused: the shares saw nothing
    remember(sealed.office.charter().ledger, sealed.shares[:2])  # as at an opening since
    monkeypatch.setattr(unmasking, "unmask", lambda *arguments: pytest.fail("the mapping was opened"))
    assert sealed.codes(outside=then, workspace=copy) == ("older",)
    sealed.shares[0].with_name(sealed.shares[0].name + SEEN).write_text("no note")
    sealed.shares[1].with_name(sealed.shares[1].name + SEEN).unlink()
    assert sealed.codes(outside=then, workspace=copy) == ("older",), "a note that cannot be read may have said anything"


@pytest.mark.usefixtures("nothing_opens")
def test_only_a_known_witness_who_signed_lately_vouches_for_a_ledger(sealed: Sealed) -> None:
    fresh = witnessed(sealed.office)
    (mine,) = fresh.checkpoints
    unsigned = sign(mine.origin, mine.size, mine.root, LEDGER)
    other = sign(mine.origin + "2", mine.size, mine.root, Signer.from_seed(mine.origin + "2", LOG, bytes(32)))
    wrong = {
        "nothing": Outside(),
        "no key": Outside((mine,), ()),
        "a stranger's key": Outside((mine,), (STRANGER.key,)),
        "old": witnessed(sealed.office, FRESH + timedelta(minutes=5)),
        "ahead": witnessed(sealed.office, -timedelta(hours=2)),
        "of another ledger": Outside((other.cosigned(UNION, int(datetime.now(UTC).timestamp())),), fresh.witnesses),
        "the ledger's own signature": Outside((sign(mine.origin, mine.size, mine.root, LEDGER),), (LEDGER.key,)),
        "unsigned": Outside((unsigned.cosigned(STRANGER, int(datetime.now(UTC).timestamp())),), fresh.witnesses),
    }
    for what, outside in wrong.items():
        assert sealed.codes(outside=outside) == ("witness",), what
        assert "lacks:witness" in sealed.last(NAME_REFUSED), what


def test_a_share_remembers_each_ledger_by_its_first_entry_and_none_where_nothing_can_be_written(
    sealed: Sealed, tmp_path: Path
) -> None:
    sealed.open()
    notes = [json.loads(s.with_name(s.name + SEEN).read_text("utf-8")) for s in sealed.shares[:2]]
    ledger = sealed.office.charter().ledger
    assert all(note[ledger.root(1).hex()]["size"] == len(ledger) for note in notes)
    assert not sealed.shares[2].with_name(sealed.shares[2].name + SEEN).exists(), "the third was not used"
    sealed.shares[0].with_name(sealed.shares[0].name + SEEN).unlink()
    sealed.shares[0].with_name(sealed.shares[0].name + SEEN + ".new").mkdir()
    sealed.open()
