"""What may mean something else than it says is told at a look and at a load, and stays."""

from __future__ import annotations

import pytest
from extract_files import small, write

from arusha.language import Catalogue, languages
from arusha.records.inspect import inspect
from arusha.records.load import load

HEAD = "declaration_id,office,registered_at,lane_final,officer_id\n"


def days(first: int, count: int, clock: str = "T10:00:00") -> str:
    return "".join(f"D{n},EX01,2024-01-{n:02}{clock},red,O{n % 3}\n" for n in range(first, first + count))


def notes(report, lang="en"):
    return [w.problem(Catalogue(lang, isolate=False)) for w in report.warnings]


def test_a_month_without_the_column_of_officers_is_told(tmp_path):
    source = small(tmp_path / "in", declarations=HEAD)
    (source / "declarations.csv").unlink()
    february = "lane_final,declaration_id,office,registered_at\n" + "green,D20,EX01,2024-02-01T10:00:00\n" * 1
    write(source / "declarations", **{"2024-01": HEAD + days(1, 12), "2024-02": february, "2024-03": HEAD})
    report = inspect(source)
    (told,) = [n for n in notes(report) if "lacks" in n]
    assert told.startswith("declarations/2024-02.csv (1 rows) lacks officer_id, which other files of declarations have")
    for lang in languages():
        assert any("declarations/2024-02.csv" in n and "officer_id" in n for n in notes(report, lang))


@pytest.mark.parametrize(("zone", "clock"), [("UTC", "T00:00:00Z"), ("office", "T00:00:00")])
def test_times_that_are_all_midnight_are_told(tmp_path, zone, clock):
    offices = f"office,zone\nEX01,{'UTC' if zone == 'UTC' else 'Asia/Seoul'}\n"
    source = small(tmp_path / "in", offices=offices, declarations=HEAD + days(1, 12, clock))
    override = tmp_path / "o.yaml"
    override.write_text(f"reading: {{zone: {zone}}}\n")
    (told,) = [n for n in notes(inspect(source, override=override)) if "midnight" in n]
    assert told.startswith("declarations.csv: the 12 times in registered_at (declarations.registered_at) are midnight")


def test_declared_as_days_they_are_days_and_nothing_is_told(tmp_path):
    source = small(tmp_path / "in", declarations=HEAD + days(1, 12, " 00:00:00"))
    override = tmp_path / "o.yaml"
    override.write_text('sources: {declarations: {time_format: "YYYY-MM-DD 00:00:00"}}\n')
    made = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)
    assert made.manifest["tables"]["declarations"]["day_only"] == {"registered_at": 12}
    assert not any("midnight" in w for w in made.manifest["warnings"])


def test_one_time_that_is_not_midnight_shows_that_hours_are_recorded(tmp_path):
    source = small(tmp_path / "in", declarations=HEAD + days(1, 10, "T00:00:00Z") + days(11, 2))
    assert not any("midnight" in n for n in notes(inspect(source)))


def test_a_table_of_which_nothing_joins_is_told_with_its_reason_and_an_example(tmp_path):
    # The declarations came through a spreadsheet, the items straight from the database.
    items = "declaration_id,item_no,hs_code\n" + "".join(f"D{n},1,080300\n" for n in range(1, 13))
    source = small(tmp_path / "in", declarations=HEAD + days(1, 12).replace("D", "'D"), items=items)
    report = inspect(source)
    (told,) = [n for n in notes(report) if "set aside" in n]
    assert told.startswith("12 of 12 rows of items are set aside, most of them for one reason: The declaration of this")
    assert "items.csv, line 2 (D1)" in told
    for lang in languages():
        assert any("items.csv" in n and "(D1)" in n for n in notes(report, lang))


def test_versions_that_a_system_keeps_are_no_fault(tmp_path):
    source = small(tmp_path / "in", declarations=HEAD + days(1, 12))
    assert not any("set aside" in n for n in notes(inspect(source)))


def test_six_digits_read_as_eight_are_no_commodity_code(tmp_path):
    items = "declaration_id,item_no,hs_code\nD1,1,00610910\nD2,1,080300\nD3,1,98010000\n"
    made = load(small(tmp_path / "in", items=items), out=tmp_path / "w.arusha", pseudonyms="off")
    with made.connect() as connection:
        assert connection.execute("SELECT source_line, reason FROM set_aside").fetchall() == [(2, "bad-hs-code")]


def amounts(tmp_path, factor: float, digits: int = 2):
    """Thirty declarations of two items each; the declarations' values are divided by a factor and rounded."""
    values = [round(37.5 * 1.3**n, 2) for n in range(30)]
    head = "declaration_id,office,registered_at,declared_value\n"
    rows = "".join(f"D{n},EX01,2024-01-{n + 1:02}T10:00:00,{3 * v / factor:.{digits}f}\n" for n, v in enumerate(values))
    items = "declaration_id,item_no,hs_code,declared_value\n"
    items += "".join(f"D{n},1,080300,{v:.2f}\nD{n},2,080300,{2 * v:.2f}\n" for n, v in enumerate(values))
    return small(tmp_path / "in", declarations=head + rows, items=items)


@pytest.mark.parametrize(("factor", "said"), [(1000, "1000"), (0.001, "0.001"), (100, "100"), (0.01, "0.01")])
def test_amounts_of_one_table_in_another_unit_are_told(tmp_path, factor, said):
    report = inspect(amounts(tmp_path, factor))
    (told,) = [n for n in notes(report) if "another unit" in n]
    assert told.startswith(
        f"declarations.csv: the declared_value of the items is {said} times that of their declaration"
    )
    for lang in languages():
        assert any("`scale`" in n and "declared_value" in n for n in notes(report, lang))


def test_amounts_in_whole_thousands_are_told_where_most_are_large(tmp_path):
    """Of thirty the smallest are rounded to none or one thousand."""
    assert any("another unit" in n for n in notes(inspect(amounts(tmp_path, 1000, digits=1))))


@pytest.mark.parametrize("factor", [1, 1.2, 0.7, 30])
def test_amounts_that_differ_by_freight_or_a_currency_are_not(tmp_path, factor):
    assert not any("another unit" in n for n in notes(inspect(amounts(tmp_path, factor))))


def test_declared_with_a_scale_amounts_agree(tmp_path):
    source, override = amounts(tmp_path, 1000, digits=5), tmp_path / "o.yaml"
    override.write_text(
        "tables: {declarations: {columns: {declared_value: {scale: 1000, of: declared_value}}}}\n"
        "reading: {round_money: true}\n"
    )
    made = load(source, out=tmp_path / "w.arusha", pseudonyms="off", override=override)
    assert not any("another unit" in w for w in made.manifest["warnings"])
    with made.connect() as connection:
        first = connection.execute("SELECT declared_value FROM declarations WHERE declaration_id = 'D0'").fetchall()
    assert float(first[0][0]) == pytest.approx(112.5, abs=0.011)
