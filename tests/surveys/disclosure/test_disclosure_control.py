"""What may be released, and an attack that tries to get the rest back by subtraction."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from arusha.errors import SurveyError
from arusha.surveys import Cell, Ledger, dominated, suppress
from arusha.surveys.disclosure.subtraction import follows


def table(counts, yes=None, margins=True):
    """Cells of a two-way table with its margins, people numbered through."""
    cells, number = [], 0
    grid = np.asarray(counts)
    people = {}
    for i, j in np.ndindex(grid.shape):
        people[i, j] = frozenset(range(number, number + int(grid[i, j])))
        number += int(grid[i, j])
        said = None if yes is None else int(yes[i][j])
        cells.append(Cell(f"cell {i},{j}", people[i, j], said))
    if margins:
        high, wide = grid.shape
        cells += [Cell(f"row {i}", frozenset().union(*(people[i, j] for j in range(wide)))) for i in range(high)]
        cells += [Cell(f"column {j}", frozenset().union(*(people[i, j] for i in range(high)))) for j in range(wide)]
        cells.append(Cell("all", frozenset(range(number))))
    return cells


def attacked(groups, smallest):
    """Every group below the smallest that adding and subtracting up to four released groups gives: brute force."""
    people = sorted({p for g in groups for p in g})
    atoms, code = np.unique(np.array([[p in g for p in people] for g in groups], int), axis=1, return_inverse=True)
    code = np.ravel(code)
    sizes, found = np.bincount(code), set()
    for many in range(1, 5):
        for chosen in combinations(range(len(groups)), many):
            for signs in np.ndindex(*(2,) * many):
                total = (2 * np.array(signs) - 1) @ atoms[list(chosen)]
                if total.min() >= 0 and total.max() == 1 and total @ sizes < smallest:
                    found.add(frozenset(p for p, c in zip(people, code, strict=True) if total[c]))
    return found


def test_withheld_cells_cannot_be_recovered_by_subtraction():
    """12 random tables with margins: neither brute force nor least squares gets a small group back."""
    for seed in range(12):
        draw = np.random.default_rng(seed)
        cells = table(draw.choice([3, 7, 12, 15, 22, 40], size=(3, 3)))
        result = suppress(cells, Ledger())
        shown = [c.people for c in result.published]
        assert attacked(shown, 10) == set()
        for cell in cells:
            if result.withheld.get(cell.label) == "small":
                assert not follows(shown, cell.people)


def test_a_table_without_small_cells_is_published_whole():
    result = suppress(table([[12, 20], [15, 30]]), Ledger())
    assert result.withheld == {}
    assert len(result.published) == 9


def test_total_and_all_but_one_shown_together():
    """Journey 6: total and all-but-one shown together must never happen, in one release or in two."""
    everyone, team = frozenset(range(50)), frozenset(range(8))
    with pytest.raises(SurveyError, match="follow by subtraction"):
        Ledger().release([everyone, everyone - team])
    before = Ledger().release([everyone])
    with pytest.raises(SurveyError, match="the smallest of 8") as told:
        before.release([everyone - team])
    assert told.value.remedy
    assert before.released == (everyone,)  # nothing was lost, nothing let out


def test_last_year_minus_leavers_is_refused():
    first = Ledger().release([frozenset(range(60))])
    stayed = frozenset(range(3, 60))
    with pytest.raises(SurveyError, match="follow by subtraction"):
        first.release([stayed])
    first.release(
        [frozenset(range(3, 60)) | frozenset(range(100, 140))]
    )  # with forty newcomers none of the three stands out


def test_three_releases_that_are_harmless_by_twos():
    """A + B - C: no pair of the three gives a small group, all together do."""
    a, b = frozenset(range(30)), frozenset(range(30, 60))
    c = frozenset(range(5, 60))
    ledger = Ledger().release([a, b])
    with pytest.raises(SurveyError, match="follow by subtraction"):
        ledger.release([c])
    assert attacked([a, b, c], 10) == {frozenset(range(5))}


def test_lowering_the_threshold_after_launch():
    """Journey 6: lowering the threshold after launch must never happen."""
    with pytest.raises(SurveyError, match="below 10"):
        Ledger(9)
    raised = Ledger().raised(15)
    with pytest.raises(SurveyError, match="from 15 to 12"):
        raised.raised(12)
    assert suppress(table([[12, 20], [15, 30]]), raised).withheld["cell 0,0"] == "small"


def test_shares_of_nought_and_one_count_as_small():
    result = suppress(table([[20, 30], [25, 40]], yes=[[0, 10], [25, 3]]), Ledger())
    assert result.withheld["cell 0,0"] == "all-alike"
    assert result.withheld["cell 1,0"] == "all-alike"
    shown = [c.people for c in result.published]
    for cell in table([[20, 30], [25, 40]]):
        if result.withheld.get(cell.label) == "all-alike":
            assert not follows(shown, cell.people)


def test_one_hidden_cell_takes_another_with_it():
    """A directorate's mean and its one visible team would give the hidden person: the visible team is hidden too."""
    directorate, team = frozenset(range(18)), frozenset(range(17))
    cells = [Cell("directorate", directorate), Cell("team", team), Cell("rest", directorate - team)]
    result = suppress(cells, Ledger())
    assert result.withheld["rest"] == "small"
    assert result.withheld["team"] == "secondary"
    assert [c.label for c in result.published] == ["directorate"]


def test_a_sum_of_money_that_one_importer_dominates():
    assert dominated([90, 5, 5])
    assert dominated([50, 45, 1, 1, 1, 1, 1])
    assert not dominated([20] * 10)
    assert dominated([100, 30, 4, 3, 2])  # the second knows the first to within a tenth
    assert not dominated([0, 0, 0])
    people = frozenset(range(30))
    result = suppress(
        [Cell("tariff line", people, dominated=True), Cell("chapter", people | frozenset(range(30, 90)))], Ledger()
    )
    assert result.withheld == {"tariff line": "dominated"}


def test_arabic_labels_with_a_full_stop_stay_as_they_are():
    cells = [Cell("نعم.", frozenset(range(20))), Cell("نعم", frozenset(range(20, 24)))]
    result = suppress(cells, Ledger())
    assert [c.label for c in result.published] == ["نعم."]
    assert result.withheld == {"نعم": "small"}
