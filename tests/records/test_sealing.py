"""The sealed mapping opens with any two of three shares, with nothing less, and not after a change."""

from __future__ import annotations

import stat
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arusha.errors import RecordsError
from arusha.language import languages
from arusha.records.pseudonyms import Pseudonymiser
from arusha.records.sealing import (
    KeyHolders,
    make_key_holders,
    read_seal_key,
    read_share,
    seal,
    unmask,
    unseal,
    write_sealed,
)

NAMES = ("Personnel", "Internal audit", "Data protection")
ROWS = [("staff", "P-0000-0000-0001", "KA0417"), ("party", "T-0000-0000-0002", 'النور & "Frères"\t\n')]


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> KeyHolders:
    return make_key_holders(tmp_path_factory.mktemp("keys") / "new", NAMES)


@pytest.mark.parametrize("pair", list(permutations(range(3), 2)))
def test_any_two_shares_open_it(holders: KeyHolders, pair: tuple[int, int]) -> None:
    sealed = seal(ROWS, read_seal_key(holders.public_path))
    one, other = (holders.share_paths[i] for i in pair)
    assert list(unseal(sealed, one, other)) == ROWS


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.text(), st.text(), st.text(st.characters(exclude_categories=[])))))
def test_whatever_was_sealed_comes_back(holders: KeyHolders, rows: list[tuple[str, str, str]]) -> None:
    sealed = seal(rows, holders.public_key)
    assert list(unseal(sealed, *holders.share_paths[:2])) == rows


def test_a_load_s_mapping_is_unmasked_token_by_token(holders: KeyHolders, tmp_path: Path) -> None:
    maker = Pseudonymiser(bytes(32))
    tokens = [str(t) for t in maker.tokens("officer", ["KA0417", "KA0418", "KA0419"])]
    write_sealed(tmp_path / "port.sealed", maker.mapping(), holders.public_key)
    answer = unmask(tmp_path / "port.sealed", *holders.share_paths[1:], [tokens[1], "P-0000-0000-0000"])
    assert answer == {tokens[1]: "KA0418"}
    assert [p.name for p in tmp_path.iterdir()] == ["port.sealed"]


def test_the_sealed_file_shows_no_identifier_and_differs_each_time(holders: KeyHolders) -> None:
    one, other = seal(ROWS, holders.public_key), seal(ROWS, holders.public_key)
    assert one != other
    assert b"KA0417" not in one
    assert one[:16] == b"ARUSHA-SEALED-1\n"


@pytest.mark.parametrize("at", [16, 30, 60, -1])
def test_a_changed_file_does_not_open(holders: KeyHolders, at: int) -> None:
    sealed = bytearray(seal(ROWS, holders.public_key))
    sealed[at] ^= 1
    with pytest.raises(RecordsError, match=r"changed or cut|another key"):
        unseal(bytes(sealed), *holders.share_paths[:2])


@pytest.mark.parametrize("length", [20, 40, 56, 60, 100])
def test_a_cut_file_does_not_open(holders: KeyHolders, length: int) -> None:
    with pytest.raises(RecordsError):
        unseal(seal(ROWS, holders.public_key)[:length], *holders.share_paths[:2])


def test_other_files_are_named_for_what_they_are(holders: KeyHolders, tmp_path: Path) -> None:
    shares = holders.share_paths[:2]
    with pytest.raises(RecordsError, match="not a sealed mapping"):
        unseal(b"PK\x03\x04", *shares)
    with pytest.raises(RecordsError, match="newer version"):
        unseal(b"ARUSHA-SEALED-2\n" + bytes(80), *shares)
    with pytest.raises(RecordsError, match="not a key holder's share"):
        read_share(holders.public_path)
    with pytest.raises(RecordsError, match="seal-key"):
        read_seal_key(holders.share_paths[0])
    with pytest.raises(RecordsError, match="no such file"):
        read_share(tmp_path / "none.txt")


@pytest.mark.control("AC-3(2)")
def test_one_share_twice_or_two_of_different_sets_open_nothing(holders: KeyHolders, tmp_path: Path) -> None:
    others = make_key_holders(tmp_path / "others", NAMES)
    sealed = seal(ROWS, holders.public_key)
    with pytest.raises(RecordsError, match="given twice"):
        unseal(sealed, holders.share_paths[0], holders.share_paths[0])
    with pytest.raises(RecordsError, match="different keys"):
        unseal(sealed, holders.share_paths[0], others.share_paths[1])
    with pytest.raises(RecordsError, match="sealed to another key"):
        unseal(sealed, *others.share_paths[:2])


def test_every_wrong_character_of_a_share_is_noticed(holders: KeyHolders, tmp_path: Path) -> None:
    text = holders.share_paths[0].read_text(encoding="utf-8")
    start = text.index("Data: ") + len("Data: ")
    end = text.index("\n", start)
    for at in [i for i in range(start, end) if text[i] != "-"]:
        wrong = "Z" if text[at] != "Z" else "Y"
        path = tmp_path / "typed.txt"
        path.write_text(text[:at] + wrong + text[at + 1 :], encoding="utf-8")
        with pytest.raises(RecordsError, match="character"):
            read_share(path)


def test_a_share_may_be_typed_from_paper(holders: KeyHolders, tmp_path: Path) -> None:
    text = holders.share_paths[0].read_text(encoding="utf-8")
    head, data = text.split("Data: ")
    line, rest = data.split("\n", 1)
    typed = tmp_path / "typed.txt"
    typed.write_text(f"{head}Data: {line.lower().replace('-', ' ').replace('1', 'l')}\n{rest}", encoding="utf-8")
    assert read_share(typed) == read_share(holders.share_paths[0])


def test_a_share_says_what_it_is_and_whose(holders: KeyHolders) -> None:
    text = holders.share_paths[1].read_text(encoding="utf-8")
    assert "Holder: Internal audit\nShare: 2 of 3\n" in text
    assert "One part alone shows nothing." in text
    assert read_share(holders.share_paths[1]).holder == "Internal audit"


@pytest.mark.parametrize("lang", languages())
def test_shares_can_be_read_in_every_language(tmp_path: Path, lang: str) -> None:
    made = make_key_holders(tmp_path / lang, NAMES, lang=lang)
    assert list(unseal(seal(ROWS, read_seal_key(made.public_path)), *made.share_paths[1:])) == ROWS


def test_files_are_for_their_owner_alone_and_the_private_key_is_in_none(tmp_path: Path) -> None:
    made = make_key_holders(tmp_path / "keys", NAMES)
    assert {stat.S_IMODE(p.stat().st_mode) for p in made.paths} == {0o600}
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == sorted(p.name for p in made.paths)
    a, b = (read_share(p) for p in made.share_paths[:2])
    assert a.data != b.data


@pytest.mark.parametrize(
    "names", [("A", "B"), ("A", "B", "B"), ("A", "B", " "), ("A", "B", "C", "D"), ("A", "B", "B ")]
)
def test_three_different_holders_are_needed(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(RecordsError, match="three different"):
        make_key_holders(tmp_path / "keys", names)
    assert not (tmp_path / "keys").exists()


def test_nothing_is_replaced_and_nothing_lies_in_a_workspace(tmp_path: Path) -> None:
    make_key_holders(tmp_path / "keys", NAMES)
    with pytest.raises(RecordsError, match="exists already"):
        make_key_holders(tmp_path / "keys", NAMES)
    with pytest.raises(RecordsError, match="must not lie in a workspace"):
        make_key_holders(tmp_path / "port.arusha" / "keys", NAMES)
    with pytest.raises(RecordsError, match="must not lie in a workspace"):
        write_sealed(tmp_path / "port.arusha" / "x.sealed", ROWS, bytes(32))
    assert not (tmp_path / "port.arusha").exists()
