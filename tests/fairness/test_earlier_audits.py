"""Two audits of a workspace: what the second tells is held against all that was told before."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "charter"))
from world import QUESTION, World, make_world

from arusha.fairness.audit import as_dict, audit
from arusha.fairness.job import keep, kept
from arusha.fairness.people import Person
from arusha.fairness.sealed import head

YEAR = (date(2024, 1, 1), date(2025, 1, 1))
NEXT = (date(2025, 1, 1), date(2026, 1, 1))


@pytest.fixture
def office(tmp_path: Path) -> World:
    made = make_world(tmp_path / "w.arusha")
    made.draft()
    return made


def made(
    office: World, women: int, men: int, *, of: str = QUESTION, year=YEAR, definition: str = "ab" * 32
) -> dict[str, Any]:
    """An audit of so many people, half of each group signalled."""
    known = {f"{g}{k}": Person(50, k % 2 == 0, False) for g, n in (("w", women), ("m", men)) for k in range(n)}
    groups = {who: {"gender": "women" if who[0] == "w" else "men"} for who in known}
    return head(of, 1, definition, office.charter.path.parent, year, 0.1) | as_dict(audit(known, groups, rate=0.1))


def told(office: World, audit: dict[str, Any]) -> dict[str, Any]:
    """What is kept of it, by question."""
    names = keep(office.charter, {audit["question"]: audit})
    found = kept(office.charter.path.parent, names[audit["question"]])
    assert found is not None
    return found


def numbers(audit: dict[str, Any]) -> bool:
    return any(c[n] is not None for c in audit["compared"] for n in ("people", "signalled", "p", "sees", "adjusted"))


@pytest.mark.control("AC-23", never=True)
def test_two_audits_of_one_question_and_period_are_subtracted(office: World) -> None:
    """One person more, one less, another threshold, a list that was corrected: the second is told in words."""
    first = told(office, made(office, 40, 60))
    assert numbers(first)
    assert first["held"] == {"overlap": False, "near": []}
    for again in (
        made(office, 41, 60),
        made(office, 40, 59),
        made(office, 39, 61),
        made(office, 40, 60, definition="cd" * 32),
        made(office, 90, 90),
        made(office, 40, 60, year=(date(2024, 12, 31), date(2026, 1, 1))),
    ):
        second = told(office, again)
        assert second["held"]["overlap"]
        assert not numbers(second)
        assert (second["signalled"], second["unknown"], second["stability"]["first"]) == (None, None, None)
        assert [c["word"] for c in second["compared"]] == [c["word"] for c in again["compared"]]
    assert told(office, made(office, 40, 60)) == first, "the same audit is the same file, and tells nothing new"


def test_a_first_audit_in_words_is_no_way_to_numbers(office: World) -> None:
    told(office, made(office, 40, 60))
    silent = told(office, made(office, 41, 60))
    assert told(office, made(office, 41, 60)) == silent
    assert [e.entry.kind for e in office.charter.ledger.entries()].count("charter.fairness") == 2


@pytest.mark.parametrize(
    ("women", "men", "tells"),
    [(41, 60, False), (40, 69, False), (31, 69, False), (50, 70, True), (40, 60, True), (50, 50, True)],
)
def test_sizes_of_another_year_or_question_are_subtracted(office: World, women: int, men: int, tells: bool) -> None:
    told(office, made(office, 40, 60))
    for other in (made(office, women, men, year=NEXT), made(office, women, men, of="lane-change-without-act")):
        found = told(office, other)
        assert numbers(found) is tells
        assert found["held"] == {"overlap": False, "near": [] if tells else ["gender"]}


def test_an_earlier_audit_whose_file_is_lost_counts_with_all_it_may_have_told(office: World) -> None:
    first = told(office, made(office, 40, 60))
    for path in (office.charter.path / "audits").iterdir():
        path.unlink()
    assert not numbers(told(office, made(office, 41, 60)))
    assert not numbers(told(office, made(office, 80, 120, of="lane-change-without-act")))
    assert told(office, made(office, 40, 60)) == first, "made again it is what it was"


def test_audits_of_one_job_are_held_against_those_before_and_not_against_each_other(office: World) -> None:
    workspace = office.charter.path.parent
    both = {q: made(office, 40 + k, 60, of=q) for k, q in enumerate((QUESTION, "assignment-steering"))}
    names = keep(office.charter, both)
    assert all(numbers(kept(workspace, name) or {}) for name in names.values())
    assert not numbers(told(office, made(office, 42, 60, of="lane-change-without-act")))
