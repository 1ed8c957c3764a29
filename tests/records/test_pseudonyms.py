"""Tokens: keyed, joined within a domain and never across, the same from load to load, and their key kept apart."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.errors import RecordsError
from arusha.records import pseudonyms
from arusha.records.contract import PERSONS
from arusha.records.pseudonyms import DOMAINS, Pseudonymiser, normal_id, read_or_make_key

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
TOKEN = re.compile(r"[PTR]-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")

identifiers = st.text(min_size=1, max_size=20).filter(lambda s: s.strip() not in ("", "system"))
kinds = st.sampled_from(PERSONS)


def test_every_kind_of_the_contract_has_a_domain() -> None:
    assert set(DOMAINS) == set(PERSONS)


@given(kinds, identifiers)
def test_a_token_is_readable_and_holds_nothing_of_the_identifier(kind: str, value: str) -> None:
    token = Pseudonymiser(KEY).token(kind, value)
    assert token
    assert TOKEN.fullmatch(token)


@given(kinds, st.lists(identifiers, max_size=30))
def test_tokens_are_the_same_one_by_one_in_bulk_and_from_load_to_load(kind: str, values: list[str]) -> None:
    bulk = Pseudonymiser(KEY).tokens(kind, values)
    single = Pseudonymiser(KEY)
    assert bulk == [single.token(kind, value) for value in reversed(values)][::-1]


@given(kinds, identifiers, identifiers)
def test_two_identifiers_have_one_token_only_if_they_are_the_same(kind: str, one: str, other: str) -> None:
    maker = Pseudonymiser(KEY)
    assert (maker.token(kind, one) == maker.token(kind, other)) == (normal_id(one) == normal_id(other))


@given(identifiers)
def test_officers_and_users_join_and_nothing_else_does(value: str) -> None:
    maker = Pseudonymiser(KEY)
    assert maker.token("officer", value) == maker.token("user", value)
    tails = {str(maker.token(kind, value))[2:] for kind in ("officer", "party", "representative")}
    assert len(tails) == 3


@given(kinds, identifiers)
def test_another_key_gives_other_tokens(kind: str, value: str) -> None:
    assert Pseudonymiser(KEY).token(kind, value) != Pseudonymiser(OTHER_KEY).token(kind, value)


def test_a_token_is_the_hmac_under_the_key_of_its_domain() -> None:
    """The construction written out with nothing of ours: HKDF (RFC 5869), HMAC-SHA-256, 60 bits, base 32."""
    extracted = hmac.digest(bytes(32), KEY, "sha256")
    key = hmac.digest(extracted, b"arusha pseudonyms 1 staff\x01", "sha256")
    number = int.from_bytes(hmac.new(key, b"KA0417", hashlib.sha256).digest()[:8], "big") >> 4
    digits = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> (55 - 5 * i) & 31] for i in range(12))
    assert Pseudonymiser(KEY).token("officer", "KA0417") == f"P-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def test_blanks_and_composition_do_not_count_but_case_does() -> None:
    maker = Pseudonymiser(KEY)
    assert maker.token("officer", " KA0417\t") == maker.token("officer", "KA0417")
    composed, decomposed = "Andr\u00e9", unicodedata.normalize("NFD", "Andr\u00e9")
    assert maker.token("party", composed) == maker.token("party", decomposed)
    assert maker.token("officer", "ka0417") != maker.token("officer", "KA0417")
    assert maker.token("officer", "0417") != maker.token("officer", "417")


def test_nobody_gets_no_token() -> None:
    maker = Pseudonymiser(KEY)
    assert maker.tokens("user", [None, "", "  ", "system", " system "]) == [None, None, None, "system", "system"]
    assert list(maker.mapping()) == []
    assert maker.token("party", "system") != "system"


def test_the_mapping_holds_each_person_once() -> None:
    maker = Pseudonymiser(KEY)
    tokens = maker.tokens("officer", ["A1", "A2", "A1"])
    party = maker.token("party", "A1")
    maker.tokens("user", ["A2 "])
    assert set(maker.mapping()) == {("staff", tokens[0], "A1"), ("staff", tokens[1], "A2"), ("party", party, "A1")}
    assert len(list(maker.mapping())) == 3


def test_a_collision_stops_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = hmac.digest
    monkeypatch.setattr(pseudonyms.hmac, "digest", lambda key, value, name: digest(key, value[:1], name))
    maker = Pseudonymiser(KEY)
    maker.tokens("officer", ["A", "B"])
    with pytest.raises(RecordsError, match="same pseudonym"):
        maker.token("officer", "AA")


def test_as_many_tokens_as_identifiers() -> None:
    values = [f"{n:07d}" for n in range(100_000)]
    assert len(set(Pseudonymiser(KEY).tokens("party", values))) == 100_000


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonyms.key"
    key, made = read_or_make_key(path)
    assert (len(key), made) == (32, True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_key(path) == (key, False)
    assert read_or_make_key(tmp_path / "other.key")[0] != key


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.key"
    read_or_make_key(path)
    path.chmod(0o644)
    with pytest.raises(RecordsError, match="chmod 600"):
        read_or_make_key(path)


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\xff\xfe", b"ARUSHA PSEUDONYM KEY 1\n\n\nabcd\n"])
def test_a_file_that_is_no_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pseudonyms.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(RecordsError, match="not a key"):
        read_or_make_key(path)
    assert path.read_bytes() == content


def test_a_folder_in_place_of_a_key_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(RecordsError, match=re.escape(str(tmp_path))):
        read_or_make_key(tmp_path)


@pytest.mark.parametrize("inside", ["k.key", "deep/er/k.key"])
def test_a_key_in_a_workspace_is_refused(tmp_path: Path, inside: str) -> None:
    workspace = tmp_path / "port.arusha"
    with pytest.raises(RecordsError, match="must not lie in a workspace"):
        read_or_make_key(workspace / inside)
    assert not workspace.exists()


def test_a_key_in_a_workspace_is_refused_through_a_link_and_under_another_name(tmp_path: Path) -> None:
    workspace = tmp_path / "port.arusha"
    workspace.mkdir()
    (tmp_path / "link").symlink_to(workspace)
    with pytest.raises(RecordsError, match="must not lie in a workspace"):
        read_or_make_key(tmp_path / "link" / "k.key")
    (tmp_path / "unnamed").mkdir()
    with pytest.raises(RecordsError, match="must not lie in a workspace"):
        read_or_make_key(tmp_path / "unnamed" / "k.key", tmp_path / "unnamed")
    assert list(workspace.iterdir()) == []


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(RecordsError, match="32 bytes"):
        Pseudonymiser(b"short")
