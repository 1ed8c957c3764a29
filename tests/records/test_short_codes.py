"""Codes of officers that are short numbers: what is set aside stays readable, and tells nobody's pseudonym."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pytest

from arusha.errors import RecordsError
from arusha.records.files import find_files
from arusha.records.protect import Protection


class _Tokens:
    def tokens(self, kind: str, values: Iterable[str | None]) -> list[str | None]:
        return [None if value is None else f"P-{value[::-1]}-token" for value in values]


@pytest.fixture
def protection() -> Iterator[Protection]:
    connection = duckdb.connect()
    made = Protection(connection, _Tokens())
    connection.execute(
        "SELECT token_of_officer(c) FROM (VALUES ('0'), ('1'), ('08'), ('12'), ('4711'), ('KA7')) AS t(c)"
    ).fetchall()
    yield made
    made.close()
    connection.close()


@pytest.mark.parametrize(
    "cell",
    ["2025-01-12 08:12:01+02:00", "12/08/2025 08:12", "12/08/2025", "08:12:01", "1,12", "-12.08", "1.112.508,12"],
)
def test_times_and_amounts_stay_readable(protection: Protection, cell: str) -> None:
    assert protection.veiled([cell]) == [cell]


@pytest.mark.parametrize("flag", ["0", "1", "12"])
def test_a_flag_does_not_tell_whose_a_pseudonym_is(protection: Protection, flag: str) -> None:
    assert protection.veiled([flag]) == ["#"]


def test_other_codes_are_replaced_as_before(protection: Protection) -> None:
    texts = ["4711", "KA7", "handed over by 12 to KA7", "4711,50", "4711 08:12"]
    assert protection.veiled(texts) == [
        "P-1174-token",
        "P-7AK-token",
        "handed over by P-21-token to P-7AK-token",
        "P-1174-token,50",
        "P-1174-token P-80-token:P-21-token",
    ]


def test_files_named_otherwise_are_told_the_line_that_claims_them(tmp_path: Path) -> None:
    (tmp_path / "aw_sad_item_2025.csv").write_text("instanceid;key_itm_nbr\n")
    (tmp_path / "leave.csv").write_text("a;b\n")
    with pytest.raises(RecordsError) as told:
        find_files(tmp_path, {"SAD_General_Segment": ["SAD_General_Segment"], "SAD_Item": ["SAD_Item"]})
    assert 'sources: {SAD_Item: {files: ["aw_sad_item_2025"]}}' in str(told.value)
    assert "--override" in str(told.value)
