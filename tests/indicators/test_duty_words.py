"""What a duty's words name: a code is read as what the word before it, or the records, say it is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from arusha.indicators.assignment_draws import Draws
from arusha.indicators.assignment_explanations import covered
from arusha.indicators.duty_words import by_kind, read
from arusha.indicators.explanations import Scope

HELD = {
    "exemption": ("087", "097", "098", "C07", "C26", "E01", "87"),
    "procedure": ("40", "IM4"),
    "origin": ("CN", "DE", "IN", "LA"),
    "party": ("B-1", "8703123456", "ACME"),
}


def kinds(detail: str) -> dict[str, set[str]]:
    return {kind: set(values) for kind, values in by_kind(read(detail), HELD).items()}


@pytest.mark.parametrize(
    ("detail", "prefixes"),
    [
        ("HS 87", ("87",)),
        ("chapters 61-63", ("61", "62", "63")),
        ("8703, 8704", ("8703", "8704")),
        ("vehicles", ()),
        ("61 to 63, 6109.10, HS-8703, HS8704", ("61", "62", "63", "610910", "8703", "8704")),
        # A trader's number or pseudonym, a date, a procedure of three digits: none of them names goods.
        ("authorised operators: B-8703-61AB-0042, M-0011, B-03-12", ()),
        ("by letter of 2025-03-12, until 31.12.2025 or 1/6/26", ()),
        ("exemption 020", ()),
        ("84 for B-8703-61AB-0042", ("84",)),
        (None, ()),
        # Nor do codes of exemptions and importers, whatever their digits.
        ("exemptions C01, C26", ()),
        ("Relief C26", ()),
        ("exemption code 87", ()),
        ("exemption 2203", ()),
        ("exonération n° 87", ()),
        ("biens d'exonération 8703", ()),
        ("exención 87 y 84", ()),
        ("إعفاء رقم 87", ()),
        ("importer TIN 8703123456", ()),
        ("importateur 87031234", ()),
        ("relief 098, vehicles 8703", ("8703",)),
        ("franchise 2203, chapitre 87", ("87",)),
        ("exempt. 12", ()),
        ("الفصل 87", ("87",)),
    ],
)
def test_goods_that_a_duty_names(detail: str | None, prefixes: tuple[str, ...]) -> None:
    assert read(detail).goods == prefixes


@pytest.mark.parametrize(
    ("detail", "found"),
    [
        ("097/098.", {"exemption": {"097", "098"}}),
        ("exemptions 097 and 098.", {"exemption": {"097", "098"}}),
        ("'097' | «098»", {"exemption": {"097", "098"}}),
        ("goods (097+098)!", {"exemption": {"097", "098"}}),
        ("c26", {"exemption": {"C26"}}),
        ("C07/C26", {"exemption": {"C07", "C26"}}),
        ("importer «Acme»", {"party": {"ACME"}}),
        ("exemption 87", {"exemption": {"87"}}),
        # Alone, 87 and 40 are what the records hold; a word before them says otherwise.
        ("87", {"exemption": {"87"}}),
        ("procedures 40", {"procedure": {"40"}}),
        ("rubber, chapter 40", {"goods": {"40"}}),
        ("HS 87", {"goods": {"87"}}),
        ("8703123456", {"party": {"8703123456"}}),
        # A party or an exemption that the records do not hold is there, and covers nothing.
        ("importer M-3, chapter 84", {"party": set(), "goods": {"84"}}),
        ("exemption 099, chapter 84", {"exemption": set(), "goods": {"84"}}),
        # Words of two letters.
        ("EXEMPTIONS 098 IN SECTION B", {"exemption": {"098"}, "section": set()}),
        ("POUR LES VEHICULES DE LA SECTION B", {"section": set()}),
        ("goods of DE", {"origin": {"DE"}}),
        ("goods from CN, LA", {"origin": {"CN", "LA"}}),
        ("CN", {"origin": {"CN"}}),
        ("chapter 87, origin IN and DE", {"goods": {"87"}, "origin": {"IN", "DE"}}),
        ("98 de la section", {"goods": {"98"}}),
        ("CHAPITRE 87, ORIGINE CN", {"goods": {"87"}, "origin": {"CN"}}),
        ("منشأ IN", {"origin": {"IN"}}),
        ("vehicles", {}),
    ],
)
def test_what_a_duty_names_by_kind(detail: str, found: dict[str, set[str]]) -> None:
    assert kinds(detail) == found


FILES = ("27 C26 IN", "87 - DE", "26 - CN", "26 C07 LA", "30 098 IN", "01 E01 US", "84 - US", "84 - CN")
IMPORTERS = ("M-2",) * 6 + ("M-1", "M-2")


def files() -> Draws:
    columns = {"main chapter": 0, "exemption": 1, "origin": 2}
    values = {name: [line.split()[k] for line in FILES] for name, k in columns.items()}
    names = {name: tuple(sorted({v for v in of if v != "-"})) for name, of in values.items()}
    n = len(FILES)
    nothing = np.zeros(n, dtype=np.int64)
    return Draws(
        office="X",
        frame=nothing,
        day=np.full(n, 20_100),
        hour=nothing,
        minute=nothing,
        interval=nothing,
        group=nothing,
        declarant=nothing,
        outcome=nothing,
        levels={k: np.array([names[k].index(v) if v != "-" else -1 for v in of]) for k, of in values.items()},
        declarants=("B-1",),
        outcomes=("P-1",),
        level_names=names,
    )


@pytest.mark.parametrize(
    ("detail", "theirs"),
    [
        ("Relief C26", [0]),
        ("exemptions 097 and 098.", [4]),
        ("C07/C26", [0, 3]),
        ("EXEMPTIONS 098 IN SECTION B", [4]),
        ("importer TIN 8703123456", []),
        ("chapters 26, 27", [0, 2, 3]),
        # Goods and a party, or goods and an exemption: both must hold; of one kind, any.
        ("power station, importer M-1, chapter 84", [6]),
        ("importers M-1 and M-2, chapter 84", [6, 7]),
        ("importer M-3, chapter 84", []),
        ("exemption C07, chapter 26", [3]),
        ("chapter 84, origin CN", [7]),
        ("declarant B-1, chapter 26", [2, 3]),
        ("section B", []),
    ],
)
def test_files_that_a_duty_covers(detail: str, theirs: list[int]) -> None:
    scope = Scope(date(2025, 1, 1), date(2026, 1, 1), read(detail))
    assert np.flatnonzero(covered(files(), [scope], IMPORTERS)).tolist() == theirs
    outside = Scope(date(2025, 1, 13), date(2026, 1, 1), read(detail))  # day 20 100 is 12 January 2025
    assert not covered(files(), [outside], IMPORTERS).any()
