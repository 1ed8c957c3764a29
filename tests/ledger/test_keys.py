"""Key files are made once and stay with their owner."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arusha.ledger import WARNING, LedgerError, make_key, read_key, read_public_keys
from arusha.ledger.note import LOG, WITNESS

NAME = "customs.example/ledger"


def test_a_key_is_made_once_closed_to_others_with_its_public_half_beside_it(tmp_path: Path) -> None:
    first = make_key(tmp_path / "keys" / "ledger.key", NAME)
    second = make_key(tmp_path / "keys" / "ledger.key", NAME)
    assert (first.made, second.made) == (True, False)
    assert first.signer == second.signer == read_key(first.path)
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert read_public_keys(tmp_path / "keys" / "ledger.key.pub") == (first.signer.key,)
    assert read_public_keys(str(first.signer.key)) == (first.signer.key,)
    assert "cannot be made again" in WARNING
    assert first.signer.key.kind == LOG


def test_a_witness_has_its_own_kind_of_key(tmp_path: Path) -> None:
    assert make_key(tmp_path / "union.key", "union.example/witness", witness=True).signer.key.kind == WITNESS


def test_two_keys_are_never_alike(tmp_path: Path) -> None:
    assert make_key(tmp_path / "a", NAME).signer.seed != make_key(tmp_path / "b", NAME).signer.seed


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key", NAME)
    made.path.chmod(0o640)
    with pytest.raises(LedgerError, match="others can read"):
        read_key(made.path)


def test_a_key_of_another_name_or_kind_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "key", NAME)
    with pytest.raises(LedgerError, match="the key of customs"):
        make_key(tmp_path / "key", "other.example")
    with pytest.raises(LedgerError, match="of the ledger, not of a witness"):
        make_key(tmp_path / "key", NAME, witness=True)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+a", "PRIVATE+KEY+a+00000000+AAAA", "hello\n", "\x00\xff"])
def test_what_is_not_a_private_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_bytes(text.encode("latin-1"))
    path.chmod(0o600)
    with pytest.raises(LedgerError):
        read_key(path)


def test_a_key_whose_id_was_changed_is_refused(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key", NAME)
    made.path.write_text(made.path.read_text().replace(made.signer.key.id.hex(), "00000000"))
    with pytest.raises(LedgerError, match="was changed"):
        read_key(made.path)


def test_a_key_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be read"):
        read_public_keys(tmp_path / "absent.pub")
