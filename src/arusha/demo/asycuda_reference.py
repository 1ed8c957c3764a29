"""Reference tables of the extract, with rows that are no longer or not yet in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from arusha.demo import written as w
from arusha.demo.clock import HORIZON, date_of
from arusha.demo.country import Country
from arusha.demo.offices import MAINLAND
from arusha.demo.staff import CHIEF, EXAMINER

_COLOUR = {"green": "GRE", "blue": "BLU", "yellow": "YEL", "red": "RED"}
_RATES = (*(f"RAT_EXP_{c}" for c in _COLOUR.values()), "RAT_RDM_RED", "RAT_RDM_YEL", "RAT_RDM_BLU")


def _day(number: int | None) -> str | None:
    return None if number is None else f"{date_of(number):%d/%m/%Y}"


def _columns(rows: list[dict[str, object]]) -> dict[str, pa.Array]:
    return {k: pa.array([None if r[k] is None else str(r[k]) for r in rows], pa.string()) for k in rows[0]}


def _percent(rate: float) -> str:
    return f"{rate * 100:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def _officers(country: Country) -> list[dict[str, object]]:
    """COFTAB: each officer once, and for some an older row under an earlier office."""
    s = country.staff
    rows: list[dict[str, object]] = []
    for o in range(s.count):
        since = int(s.posted[o])
        if o % 9 == 0:
            rows.append(
                {"COF_COD": s.code[o], "CUO_COD": "HQT", "VALID_FROM": _day(since - 700), "VALID_TO": _day(since)}
            )
        rows.append(
            {
                "COF_COD": s.code[o],
                "CUO_COD": country.offices[s.home[o]].code,
                "VALID_FROM": _day(since),
                "VALID_TO": None,
            }
        )
    return rows


def _examiners(country: Country) -> list[dict[str, object]]:
    s = country.staff
    return [
        {
            "CUO_COD": country.offices[s.home[o]].code,
            "SEC": country.desks[s.desk[o]].label,
            "COD": s.code[o],
            "NAM": f"Officer {s.code[o]}",
            "STA": "A",
            "DCL": int(s.rank[o]) % 7,
            "WLD": 10 * (int(s.rank[o]) % 7),
            "CHF": int(s.role[o] == CHIEF),
        }
        for o in range(s.count)
        if s.role[o] in (EXAMINER, CHIEF)
    ]


def _holidays(country: Country) -> list[dict[str, object]]:
    """HOLTAB: closed days by office, and for each a holiday that was announced and taken back."""
    rows: list[dict[str, object]] = []
    for k, office in enumerate(country.offices):
        closed = [(d, None) for d in range(HORIZON) if not country.open_day[k, d]]
        rows += [
            {"CUO_COD": office.code, "HOL_DAT": _day(d), "VALID_FROM": _day(-30), "VALID_TO": _day(end)}
            for d, end in [*closed, (70, 20)]
        ]
    return rows


def _parameters(tables: Mapping[str, pa.Table]) -> dict[str, pa.Array]:
    """SEL_PARAM_TAB: a row for each office, procedure and window; VALID_TO is the last day that counts."""
    t = tables["selectivity_rules"].to_pylist()
    rows: dict[tuple[str, str, date], dict[str, object]] = {}
    for r in t:
        row = rows.setdefault(
            (r["office"], r["procedure"], r["from_date"]),
            {"CUO_COD": r["office"], "TYP_PRC": r["procedure"], **dict.fromkeys(_RATES), "WGT_DCL": 10, "WGT_ITM": 5},
        )
        row[f"RAT_EXP_{_COLOUR[r['lane']]}"] = _percent(r["expected_rate"])
        if r["minimum_random_rate"] is not None:
            row[f"RAT_RDM_{_COLOUR[r['lane']]}"] = _percent(r["minimum_random_rate"])
        row["VALID_FROM"] = f"{r['from_date']:%d/%m/%Y}"
        row["VALID_TO"] = f"{r['to_date'] - timedelta(days=1):%d/%m/%Y}" if r["to_date"] else "31/12/9999"
    return _columns(list(rows.values()))


def _log(tables: Mapping[str, pa.Table]) -> dict[str, pa.Array]:
    """LogTable: changes of reference tables, on the clock of the central server."""
    t = tables["reference_changes"]
    return {
        "TAB_NAM": w.words(t["table"]),
        "UPD_DAT": w.local(t["changed_at"], (MAINLAND,), np.zeros(t.num_rows, dtype=np.int64)),
        "USR_NAM": w.words(t["user_id"]),
        "LOG_TXT": w.words(t["key"]),
    }


def reference(country: Country, tables: Mapping[str, pa.Table]) -> dict[str, dict[str, pa.Array]]:
    """Reference tables by name, their columns as text."""
    return {
        "COFTAB": _columns(_officers(country)),
        "Examiners_General_Segment": _columns(_examiners(country)),
        "HOLTAB": _columns(_holidays(country)),
        "SEL_PARAM_TAB": _parameters(tables),
        "LogTable": _log(tables),
    }
