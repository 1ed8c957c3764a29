import numpy as np
import pyarrow as pa

from arusha.indicators.coded_columns import coded, joint, numbers, sums


def test_codes_follow_the_text_and_not_the_rows() -> None:
    ours, theirs = coded(pa.array(["b", None, "a", "b"])), coded(pa.chunked_array([["b"], ["b", "a", None]]))
    assert ours.names == theirs.names == ["a", "b"]
    assert ours.code.tolist() == [1, -1, 0, 1]
    assert theirs.code.tolist() == [1, 1, 0, -1]
    assert (ours.name(1), ours.name(-1)) == ("b", None)


def test_codes_of_a_dictionary_are_those_of_its_text() -> None:
    """An enum's dictionary holds values that do not occur, and parts of a column may have dictionaries of their own."""
    one = pa.DictionaryArray.from_arrays(pa.array([2, None, 0], pa.int8()), pa.array(["b", "never", "a"]))
    two = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array(["c", "b"]))
    ours, theirs = coded(pa.chunked_array([one, two])), coded(pa.array(["a", None, "b", "c", "b"]))
    assert ours.names == theirs.names == ["a", "b", "c"]
    assert ours.code.tolist() == theirs.code.tolist() == [0, -1, 1, 2, 1]


def test_joint_codes_tell_all_combinations_apart() -> None:
    a, b = np.array([0, 1, 0, -1, 0]), np.array([2, 0, 2, 0, -1])
    code, first = joint(a, b)
    assert code.tolist() == [2, 3, 2, 0, 1]
    assert [(int(a[i]), int(b[i])) for i in first] == [(-1, 0), (0, -1), (0, 2), (1, 0)]


def test_joint_codes_survive_more_combinations_than_an_integer_holds() -> None:
    rng = np.random.default_rng(1)
    parts = [rng.integers(0, 2**31, 500) for _ in range(5)]
    code, first = joint(*parts)
    assert code.max() == 499
    assert first.size == 500


def test_sums_and_numbers() -> None:
    table = pa.table({"n": pa.array([1, None, 3], pa.int64())})
    assert numbers(table, "n").tolist() == [1, 0, 3]
    assert sums(numbers(table, "n"), np.array([1, 1, 0]), 3).tolist() == [3.0, 1.0, 0.0]
