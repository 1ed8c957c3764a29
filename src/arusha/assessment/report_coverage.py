"""What the records cover, in the reader's language: sentences, the calendar strip and a table of offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from arusha.charts import CalendarTitles, Chart, ChartTable, calendar_strip
from arusha.charts.drawing import isolate, left_to_right
from arusha.charts.words import number, percent
from arusha.language import Catalogue


@dataclass(frozen=True)
class Covered:
    """The part of the page on data that says what can be seen at all."""

    sentences: tuple[str, ...]
    calendar: Chart
    offices: ChartTable


def covered(tables: Mapping[str, pa.Table], words: Catalogue) -> Covered | None:
    """None where the assessment holds no such tables, or no declaration."""
    offices, months = tables.get("offices"), tables.get("months")
    if offices is None or months is None or not offices.num_rows:
        return None
    total = {name: pc.sum(offices[name]).as_py() for name in offices.column_names[1:7]}
    gone = _gaps(months)
    sparse = frozenset(_sparse(months) & set(gone))
    gaps = {office: own for office, own in gone.items() if office not in sparse}
    return Covered(
        _sentences(total, gaps, sparse, words), _calendar(months, gaps, sparse, words), _table(offices, words)
    )


FEWEST_A_MONTH = 5
"""With so many declarations a month on average an empty month is unlikely by chance (exp(-5): 0.7%): with fewer it says
nothing of the extract."""


def _gaps(months: pa.Table) -> dict[str, list[date]]:
    """By office the months without a declaration between its first and its last."""
    held: dict[str, set[date]] = {}
    for office, month in zip(months["office"].to_pylist(), months["month"].to_pylist(), strict=True):
        held.setdefault(office, set()).add(month)
    return {o: gone for o, own in held.items() if (gone := [m for m in _every(min(own), max(own)) if m not in own])}


def _sparse(months: pa.Table) -> set[str]:
    """Offices with too few declarations a month, from their first month to their last, to miss one."""
    counted: dict[str, tuple[date, date, int]] = {}
    for row in months.to_pylist():
        first, last, n = counted.get(row["office"], (row["month"], row["month"], 0))
        counted[row["office"]] = (min(first, row["month"]), max(last, row["month"]), n + row["declarations"])
    return {o for o, (first, last, n) in counted.items() if n < FEWEST_A_MONTH * len(_every(first, last))}


def _every(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(m // 12, m % 12 + 1, 1) for m in months]


def _name(month: date) -> str:
    return left_to_right(f"{month:%Y-%m}")


def _sentences(
    total: Mapping[str, int | None], gaps: Mapping[str, list[date]], sparse: frozenset[str], words: Catalogue
) -> tuple[str, ...]:
    said = []
    if gaps:
        where = words.list(left_to_right(office) for office in sorted(gaps))
        said.append(words.text("covered-gaps", n=sum(map(len, gaps.values())), offices=where))
    elif not sparse:
        said.append(words.text("covered-no-gap"))
    if sparse:
        said.append(words.text("covered-sparse", n=len(sparse), least=FEWEST_A_MONTH))
    declarations = total["declarations"] or 0
    if total["with_officer"] is None:
        said.append(words.text("covered-no-officer"))
    else:
        share = percent(words, total["with_officer"] / declarations)
        said.append(words.text("covered-officer", share=share, n=declarations))
    controls, acted = total["controls"], total["controls_with_act"]
    if controls and acted is not None:
        said.append(words.text("covered-acts", share=percent(words, acted / controls), n=controls))
    elif acted is None:
        said.append(words.text("covered-no-acts"))
    said.append(words.text("covered-outcomes"))
    random = total["at_random"]
    if random is None:
        said.append(words.text("covered-random-unknown"))
    elif not random:
        said.append(words.text("covered-random-none"))
    elif (examined := total["at_random_with_act"]) is None:
        said.append(words.text("covered-random", n=random))
    else:
        said.append(words.text("covered-random-acts", n=random, share=percent(words, examined / random)))
    return tuple(said)


def _calendar(months: pa.Table, gaps: Mapping[str, list[date]], sparse: frozenset[str], words: Catalogue) -> Chart:
    missing = sum(map(len, gaps.values()))
    rows = months.to_pylist()
    every = _every(min(r["month"] for r in rows), max(r["month"] for r in rows))
    counts = {(r["office"], _name(r["month"])): int(r["declarations"]) for r in rows}
    held: dict[str, list[date]] = {}
    for row in rows:
        held.setdefault(row["office"], []).append(row["month"])
    titles = CalendarTitles(
        headline=words.text("covered-calendar-gaps", n=missing)
        if missing
        else words.text("covered-calendar-sparse" if sparse else "covered-calendar"),
        subtitle=words.text("covered-calendar-what"),
        row_title=words.text("column-office"),
        column_title=words.text("covered-month"),
        value_title=words.text("covered-calendar-value"),
    )
    return calendar_strip(
        sorted(held),
        [_name(m) for m in every],
        counts,
        {office: (_name(min(own)), _name(max(own))) for office, own in held.items()},
        titles,
        words,
        sparse,
    )


def _table(offices: pa.Table, words: Catalogue) -> ChartTable:
    names = ("declarations", "with-officer", "controls", "controls-with-act", "at-random", "at-random-with-act")
    heads = (
        words.text("column-office"),
        *(words.text(f"covered-{name}") for name in names),
        words.text("covered-first-day"),
        words.text("covered-last-day"),
    )
    return ChartTable(heads, tuple(_row(row, words) for row in offices.to_pylist()), frozenset(range(1, 7)))


def _row(row: Mapping[str, Any], words: Catalogue) -> tuple[str, ...]:
    def share(part: str, whole: str) -> str:
        if row[part] is None or not row[whole]:
            return words.text("chart-no-value")
        return percent(words, row[part] / row[whole])

    return (
        isolate(row["office"]),
        number(words, row["declarations"], 0),
        share("with_officer", "declarations"),
        number(words, row["controls"], 0),
        share("controls_with_act", "controls"),
        number(words, row["at_random"], 0),
        share("at_random_with_act", "at_random"),
        left_to_right(row["first_day"].isoformat()),
        left_to_right(row["last_day"].isoformat()),
    )
