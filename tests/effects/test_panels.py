"""Panels: read as they are written, and bad ones refused with the place and a remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from arusha.effects import NEVER, Panel, panel, read_panel
from arusha.effects.panel_error import PanelError
from arusha.language import Catalogue

MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")
Row = tuple[str, str, int, int, str]


def rows() -> list[Row]:
    return [
        (office, month, 10 + i + t, 100, "2026-01" if office in ("004", "005") else "")
        for i, office in enumerate(("001", "002", "004", "005"))
        for t, month in enumerate(MONTHS)
    ]


def made(table: list[Row], **options: object) -> Panel:
    unit, period, count, exposure, first = zip(*table, strict=True)
    return panel(unit, period, count, exposure=exposure, first_treated=first, **options)  # type: ignore[arg-type]


def written(folder: Path, table: list[Row]) -> Path:
    path = folder / "panel.csv"
    head = "office,month,cases,declarations,start\n"
    path.write_text(head + "".join(",".join(map(str, row)) + "\n" for row in table), encoding="utf-8")
    return path


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = written(tmp_path, rows())
    names = {"unit": "office", "period": "month", "outcome": "cases", "exposure": "declarations"}
    found = read_panel(path, **names, first_treated="start")
    assert found.units == ("001", "002", "004", "005")
    assert found.periods == MONTHS
    assert np.diff(found.time).tolist() == [1, 1, 1]
    assert found.first.tolist() == [NEVER, NEVER, found.time[2], found.time[2]]
    assert found.treated.tolist() == [False, False, True, True]
    np.testing.assert_allclose(found.outcome("rate")[1], [0.11, 0.12, 0.13, 0.14])
    columns = list(zip(*rows(), strict=True))
    names_of = ("office", "month", "cases", "declarations", "start")
    parquet.write_table(pa.table(dict(zip(names_of, columns, strict=True))), tmp_path / "panel.parquet")
    again = read_panel(tmp_path / "panel.parquet", **names, first_treated="start")
    np.testing.assert_array_equal(again.count, found.count)
    assert again.units == found.units


def test_a_treatment_column_gives_the_same_start() -> None:
    unit, period, count, exposure, first = zip(*rows(), strict=True)
    on = [int(bool(f) and p >= f) for p, f in zip(period, first, strict=True)]
    found = panel(unit, period, count, exposure=exposure, treated=on)
    assert found.first.tolist() == made(rows()).first.tolist()


def test_an_office_that_appears_late() -> None:
    table = [r for r in rows() if not (r[0] == "002" and r[1] < "2026-01")]
    with pytest.raises(PanelError, match=r"unit 002: the unit appears late, in 2026-01") as told:
        made(table)
    assert "exclude" in told.value.remedy
    assert made(table, exclude=("002",)).units == ("001", "004", "005")
    assert made(table, periods=("2026-01", "2026-02")).periods == MONTHS[2:]


def test_an_office_that_ends_early() -> None:
    with pytest.raises(PanelError, match=r"unit 002: the unit ends early, in 2026-01"):
        made([r for r in rows() if r[:2] != ("002", "2026-02")])


def test_a_missing_month_of_one_office() -> None:
    with pytest.raises(PanelError, match=r"unit 001: the period 2025-12 is missing"):
        made([r for r in rows() if r[:2] != ("001", "2025-12")])


def test_a_missing_month_of_every_office() -> None:
    with pytest.raises(PanelError, match="the month 2026-01 is missing for every unit"):
        made([r for r in rows() if r[1] != "2026-01"])


def test_a_treatment_that_switches_off() -> None:
    unit, period, count, exposure, _ = zip(*rows(), strict=True)
    on = [int(u == "004" and p in ("2025-12", "2026-01")) for u, p in zip(unit, period, strict=True)]
    with pytest.raises(PanelError, match=r"unit 004: the treatment switches off in 2026-02") as told:
        panel(unit, period, count, exposure=exposure, treated=on)
    assert told.value.remedy


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((1, 2, ""), "outcome has no value"),
        ((1, 2, "many"), "outcome holds 'many', which is not a number"),
        ((1, 3, 0), "exposure is not positive"),
        ((1, 2, -3), "unit 001, period 2025-12: the count is below 0"),
        ((1, 1, "winter"), "'winter' is not a period"),
        ((1, 1, "2025-11"), "are there twice"),
        ((9, 4, "2026-02"), "two first treated periods"),
        ((9, 4, "2026"), "two first treated periods"),
    ],
)
def test_other_mistakes_are_told(change: tuple[int, int, object], problem: str) -> None:
    table = [list(row) for row in rows()]
    table[change[0]][change[1]] = change[2]
    with pytest.raises(PanelError, match=problem) as told:
        made([tuple(row) for row in table])  # type: ignore[misc]
    assert told.value.remedy


def test_an_amount_without_exposure_may_fall_below_0() -> None:
    unit, period, _, _, first = zip(*rows(), strict=True)
    assert panel(unit, period, np.full(len(unit), -2.0), first_treated=first).count.min() == -2.0


def test_zero_has_no_logarithm() -> None:
    table = [list(row) for row in rows()]
    table[3][2] = 0
    with pytest.raises(PanelError, match=r"unit 001, period 2026-02: an outcome of 0 has no logarithm"):
        made([tuple(row) for row in table]).outcome("log")  # type: ignore[misc]


def test_a_file_that_is_not_there_or_lacks_a_column(tmp_path: Path) -> None:
    names = {"unit": "office", "period": "month", "outcome": "tax", "first_treated": "start"}
    with pytest.raises(PanelError, match="no such file"):
        read_panel(tmp_path / "x.csv", **names)  # type: ignore[arg-type]
    with pytest.raises(PanelError, match="no column 'tax'"):
        read_panel(written(tmp_path, rows()), **names)  # type: ignore[arg-type]


def test_quarters_and_years_are_periods() -> None:
    for labels in (("2025Q3", "2025Q4", "2026Q1", "2026Q2"), ("2003", "2004", "2005", "2006")):
        table = [(u, labels[MONTHS.index(p)], c, e, labels[2] if f else "") for u, p, c, e, f in rows()]
        assert np.diff(made(table).time).tolist() == [1, 1, 1]


AR = ["المنفذ,الشهر.,عدد,مجموع,بدء"]
"""Arabic column names, one with a full stop."""


def in_arabic(units: int = 3) -> list[str]:
    made = list(AR)
    for u in range(units):
        start = "2026-01" if u == 0 else ""
        made += [f"مركز الشمال. {u},{m},{10 + u},100,{start}" for m in ("٢٠٢٥-١١", "2025-12", "2026-01")]
    return made


def read_arabic(path: Path, **more: Any) -> Panel:
    names = {"unit": "المنفذ", "period": "الشهر.", "outcome": "عدد", "exposure": "مجموع", "first_treated": "بدء"}
    return read_panel(path, **{**names, **more})


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_arabic_labels_with_a_full_stop_lose_nothing(tmp_path: Path, separator: str, mark: str) -> None:
    text = "\n".join(in_arabic()).replace(",", separator)
    (tmp_path / "p.csv").write_text(mark + text, encoding="utf-8")
    panel = read_arabic(tmp_path / "p.csv")
    assert panel.units == ("مركز الشمال. 0", "مركز الشمال. 1", "مركز الشمال. 2")
    assert panel.count.tolist() == [[10] * 3, [11] * 3, [12] * 3]
    assert panel.first[0] == panel.time[2]


@pytest.mark.parametrize(
    ("line", "instead", "where"),
    [
        (6, "مركز الشمال. 1,2025-12,many,100,", "p.csv, line 6, column عدد, unit مركز الشمال. 1"),
        (6, "مركز الشمال. 1,2025-12,,100,", "p.csv, line 6, column عدد"),
        (6, "مركز الشمال. 1,2025-12,1,0,", "p.csv, line 6, column مجموع"),
        (6, "مركز الشمال. 1,2025.12.x,1,100,", "p.csv, line 6, column الشهر."),
        (6, "مركز الشمال. 1,2026-01,1,100,", "p.csv, line 7, column المنفذ"),
        (5, "مركز الشمال. 9,2025-11,1,100,", "column الشهر., unit مركز الشمال."),
        (3, "مركز الشمال. 0,2025-12,1,100,2025-12", "p.csv, line 3, column بدء"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_column(tmp_path: Path, line: int, instead: str, where: str) -> None:
    lines = in_arabic()
    lines[line - 1] = instead
    (tmp_path / "p.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PanelError) as told:
        read_arabic(tmp_path / "p.csv")
    assert where in told.value.where
    assert told.value.remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "p.csv: the file is empty"),
        ("\n".join(in_arabic()).encode("utf-16"), "p.csv: the file is written in UTF-16"),
        (b"PK\x03\x04 a workbook", "p.csv: the file is a workbook or an archive"),
        ("\n".join(in_arabic()).encode("utf-8")[:-9] + b"\xc7,x", "p.csv, line 10: there are letters"),
        ("\n".join([*in_arabic()[:4], "a,b", *in_arabic()[4:]]).encode(), "p.csv, line 5: the line has 2 columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_on_which_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "p.csv").write_bytes(content)
    with pytest.raises(PanelError) as told:
        read_arabic(tmp_path / "p.csv")
    assert said in str(told.value)
    assert told.value.remedy


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        (6, ",2025-12,1,100,", "p.csv, line 6, column المنفذ, period 2025-12: the row names no unit"),
        (6, "مركز الشمال. 1,2025Q4,1,100,", "periods are written in two ways: 2025Q4 here, ٢٠٢٥-١١ elsewhere"),
        (3, "مركز الشمال. 0,2025-12,1,100,", "two first treated periods: none and 2026-01"),
    ],
)
def test_a_slip_is_told_as_what_it_is(tmp_path: Path, line: int, instead: str, said: str) -> None:
    lines = in_arabic()
    lines[line - 1] = instead
    (tmp_path / "p.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PanelError) as told:
        read_arabic(tmp_path / "p.csv")
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("lang", "place"),
    [
        ("en", "p.csv, line 6, column عدد, unit مركز الشمال. 1, period 2025-12"),
        ("fr", "p.csv, ligne 6, colonne عدد, unité مركز الشمال. 1, période 2025-12"),
        ("es", "p.csv, línea 6, columna عدد, unidad مركز الشمال. 1, período 2025-12"),
        ("ar", "p.csv، السطر 6، العمود عدد، الوحدة مركز الشمال. 1، الفترة 2025-12"),
    ],
)
def test_a_place_is_told_in_the_language_and_without_the_unit_to_others(tmp_path: Path, lang: str, place: str) -> None:
    lines = in_arabic()
    lines[5] = "مركز الشمال. 1,2025-12,-3,100,"
    (tmp_path / "p.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PanelError) as told:
        read_arabic(tmp_path / "p.csv")
    assert told.value.told is not None
    words = Catalogue(lang, isolate=False)
    assert told.value.told.place(words) == place
    assert "الشمال" not in told.value.told.masked().place(words)
    assert "الشمال" not in told.value.place


def test_periods_that_end_before_they_begin_are_told(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("\n".join(in_arabic()), encoding="utf-8")
    with pytest.raises(PanelError, match="the periods end before they begin: 2026-01, 2025-11"):
        read_arabic(tmp_path / "p.csv", periods=("2026-01", "2025-11"))


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes("المنفذ,الشهر\n".encode("cp1256") + b"\xc7,1\n")
    with pytest.raises(PanelError) as told:
        read_arabic(tmp_path / "p.csv")
    assert "UTF-8" in told.value.remedy or "columns are" in told.value.remedy
