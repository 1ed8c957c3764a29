"""Units that run side by side: each once, in their order, with the threads that they have for themselves."""

import pytest

from arusha.inference.segments import side_by_side


@pytest.mark.parametrize(("threads", "within"), [(1, 1), (2, 1), (8, 4)])
def test_what_units_give_stands_in_their_order(threads, within):
    sizes = [3, 9, 1, 9, 0]
    assert side_by_side(lambda i, own: (i, own), sizes, threads) == [(i, within) for i in range(5)]


@pytest.mark.parametrize(("sizes", "expected"), [([], []), ([7], [(0, 8)])])
def test_the_only_unit_has_all_threads(sizes, expected):
    assert side_by_side(lambda i, own: (i, own), sizes, 8) == expected


def test_what_a_unit_raises_is_raised():
    def run(i, own):
        if i == 1:
            raise ValueError("the second one")
        return i

    with pytest.raises(ValueError, match="the second one"):
        side_by_side(run, [1, 2, 3], 2)
