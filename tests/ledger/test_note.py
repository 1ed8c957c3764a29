"""Signed notes against test data that other implementations publish, and against change of any kind."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.ledger.note import LOG, WITNESS, Key, Note, Signer, encode
from arusha.ledger.problems import ChangedError, LedgerError

# The public key of the Go checksum database, and the example of Go's own package for notes.
GO = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAYING = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

LEDGER = Signer.from_seed("customs.example/ledger", LOG, bytes(range(32)))
UNION = Signer.from_seed("union.example/witness", WITNESS, bytes(range(1, 33)))
TEXT = "customs.example/ledger\n3\nroot\n"


def note(text: str = TEXT) -> Note:
    return Note(text, (LEDGER.sign(text, 0), UNION.sign(text, 1_800_000_000)))


@pytest.mark.parametrize("line", [GO, NEUMANN])
def test_keys_that_others_published_are_read_and_written_alike(line: str) -> None:
    assert str(Key.parse(line)) == line


def test_a_note_that_others_signed_is_verified() -> None:
    read = Note.parse(SAYING)
    assert str(read) == SAYING
    assert [s.key.name for s in read.signed_by([Key.parse(NEUMANN), Key.parse(GO)])] == ["PeterNeumann"]


def test_log_and_witness_sign_and_the_witness_says_when() -> None:
    signed = Note.parse(str(note())).signed_by([LEDGER.key, UNION.key])
    assert [(s.key.name, s.time) for s in signed] == [
        ("customs.example/ledger", None),
        ("union.example/witness", 1_800_000_000),
    ]


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    assert note().signed_by([]) == ()
    other = Signer.from_seed("customs.example/ledger", LOG, bytes(32))
    assert note().signed_by([other.key]) == ()


@given(at=st.integers(0, len(TEXT) - 2), letter=st.characters(codec="ascii", min_codepoint=33))
def test_one_letter_changed_in_the_text_is_detected(at: int, letter: str) -> None:
    changed = TEXT[:at] + letter + TEXT[at + 1 :]
    if changed == TEXT:
        return
    with pytest.raises(ChangedError, match="does not hold"):
        Note(changed, note().lines).signed_by([LEDGER.key])
    with pytest.raises(ChangedError, match="does not hold"):
        Note(changed, note().lines).signed_by([UNION.key])


def test_a_witness_time_that_was_changed_is_detected() -> None:
    blob = UNION.key.id + (1_700_000_000).to_bytes(8, "big") + bytes(64)
    line = f"— {UNION.key.name} {encode(blob)}"
    with pytest.raises(ChangedError, match="union"):
        Note(TEXT, (line,)).signed_by([UNION.key])


def test_a_log_key_cannot_pass_for_a_witness_of_the_same_name() -> None:
    same = Signer.from_seed(UNION.key.name, LOG, UNION.seed)
    assert same.key.id != UNION.key.id
    assert Note(TEXT, (same.sign(TEXT, 0),)).signed_by([UNION.key]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature\n",
        "text\n\n",
        "text\n\n- a hyphen AAAA\n",
        "text\n\n— two words AAAA\n",
        "text\n\n— plus+name AAAA\n",
        "text\twith tab\n\n— name AAAA\n",
        "\n\n— name AAAA\n",
        "text\n\n" + "— name AAAA\n" * 65,
    ],
)
def test_what_is_not_a_note_is_refused(text: str) -> None:
    with pytest.raises(LedgerError, match="not a signed note"):
        Note.parse(text)


def test_a_note_that_went_through_mail_is_still_read() -> None:
    assert Note.parse(str(note()).replace("\n", "\r\n")) == note()


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(LedgerError):
        assert Note.parse(text).signed_by([LEDGER.key, UNION.key]) == ()


@pytest.mark.parametrize(
    "line",
    ["", "name", "name+00000000+AAAA", GO.replace("033de0ae", "033de0af"), "two words+033de0ae+" + GO.split("+", 2)[2]],
)
def test_what_is_not_a_key_is_refused(line: str) -> None:
    with pytest.raises(LedgerError):
        Key.parse(line)


def test_a_signer_never_shows_its_seed() -> None:
    assert encode(LEDGER.seed)[:8] not in repr(LEDGER)
    assert LEDGER.seed.hex()[:8] not in f"{LEDGER}"
