"""Two extracts that overlap: which files, how many lines, and what to do."""

from __future__ import annotations

import pytest
from extract_files import small, write

from arusha.language import Catalogue, languages
from arusha.records.checks import RecordsBlockedError
from arusha.records.inspect import inspect
from arusha.records.load import load

HEAD = "declaration_id,office,registered_at,lane_final,officer_id\n"
ITEMS = "declaration_id,item_no,hs_code\n"


def days(first: int, last: int, lane: str = "red") -> str:
    return "".join(f"D{n},EX01,2024-01-{n:02}T10:00:00,{lane},O{n % 3}\n" for n in range(first, last + 1))


def months(tmp_path, january: str, february: str, **more: str):
    source = small(tmp_path / "in", declarations=HEAD, **more)
    (source / "declarations.csv").unlink()
    write(source / "declarations", **{"2024-01": HEAD + january, "2024-02": HEAD + february})
    return source


@pytest.mark.parametrize("pseudonyms", ["on", "off"])
def test_the_same_lines_in_two_extracts_name_both_files_and_no_join(tmp_path, pseudonyms):
    source = months(tmp_path, days(1, 20), days(9, 31))
    with pytest.raises(RecordsBlockedError) as told:
        load(source, out=tmp_path / "w.arusha", pseudonyms=pseudonyms, key_file=tmp_path / "k.key")
    (finding,) = told.value.findings
    assert finding.where == "declarations/2024-02.csv (declarations)"
    assert finding.problem == (
        "12 of 23 rows stand in declarations/2024-01.csv already, word for word, such as line 2: the two files overlap"
    )
    assert "one begins where the other ends" in finding.remedy
    for lang in languages():
        words = Catalogue(lang, isolate=False)
        assert "declarations/2024-01.csv" in finding.told.problem(words)
        assert finding.told.remedy(words)
    assert not (tmp_path / "w.arusha").exists()


def test_a_file_that_lies_there_twice_overlaps_itself_whole(tmp_path):
    with pytest.raises(RecordsBlockedError, match=r"12 of 12 rows stand in declarations/2024-01\.csv already"):
        load(months(tmp_path, days(1, 12), days(1, 12)), out=tmp_path / "w.arusha", pseudonyms="off")


def test_rows_that_one_file_repeats_are_still_a_join(tmp_path):
    """The second file holds ten declarations of its own twice, and one of the first."""
    own = days(12, 21)
    source = months(tmp_path, days(1, 11), days(11, 11) + own + own)
    with pytest.raises(RecordsBlockedError, match="10 of 21 rows repeat a declaration word for word") as told:
        load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    assert len(told.value.findings) == 1


def test_a_stray_line_counts_once_and_blocks_nothing(tmp_path):
    made = load(months(tmp_path, days(1, 20), days(20, 31)), out=tmp_path / "w.arusha", pseudonyms="off")
    assert made.manifest["tables"]["declarations"]["rows"] == 31
    with made.connect() as connection:
        aside = connection.execute("SELECT source_line, reason FROM set_aside").fetchall()
    assert aside == [(2, "repeated-row")]


def test_items_in_two_files_count_once_and_are_told(tmp_path):
    source = months(tmp_path, days(1, 20), days(21, 31), items=ITEMS)
    (source / "items.csv").unlink()
    items = "".join(f"D{n},1,080300\n" for n in range(1, 21))
    write(source / "items", one=ITEMS + items, two=ITEMS + items + "D31,1,080300\n")
    made = load(source, out=tmp_path / "w.arusha", pseudonyms="off")
    (told,) = [n for n in made.manifest["warnings"] if "overlap" in n]
    assert told == (
        "items/two.csv and items/one.csv overlap: 20 rows of items stand in both, word for word, such as line 2. "
        "They count once."
    )
    assert made.manifest["tables"]["items"]["rows"] == 21


def test_a_later_state_of_the_same_declarations_is_told(tmp_path):
    report = inspect(months(tmp_path, days(1, 20), days(9, 31, "green")))
    notes = [w.problem(Catalogue("en", isolate=False)) for w in report.warnings]
    (told,) = [n for n in notes if "the key of a row" in n]
    assert told.startswith(
        "12 rows of declarations in declarations/2024-02.csv have the key of a row in declarations/2024-01.csv and say "
        "something else, such as line 2."
    )
    for lang in languages():
        words = Catalogue(lang, isolate=False)
        assert any("declarations/2024-01.csv" in w.problem(words) and "12" in w.problem(words) for w in report.warnings)
