"""A file of answers that cannot be used is refused with its file, row, column and remedy; nothing is dropped."""

from __future__ import annotations

import numpy as np
import pytest

from arusha.errors import SurveyError
from arusha.surveys import read_answers

GOOD = """id,region,weight,list,paid
R1,شمال.,1.5,3,نعم.

R2,شمال,2,5,لا
R3,"جنوب, ساحل",1,0,
"""


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "answers.csv").write_text(text, "utf-8")
        return read_answers(tmp_path / "answers.csv")

    return write


def refused(call, *told):
    with pytest.raises(SurveyError) as found:
        call()
    assert found.value.remedy
    for part in told:
        assert part in str(found.value)


def test_labels_stay_as_they_are_written(file):
    answers = file(GOOD)
    assert answers.size == 3
    assert answers.labels("region") == ("شمال.", "شمال", "جنوب, ساحل")
    said = answers.coded("paid", {"نعم.": 1, "لا": 0})
    assert said.values[:2].tolist() == [1, 0]
    assert said.answered.tolist() == [True, True, False]
    assert answers.counts("list", [4, 5, 4]).tolist() == [3, 5, 0]
    assert np.array_equal(answers.weights("weight"), [1.5, 2, 1])


def test_an_arabic_label_with_a_full_stop_is_another_code(file):
    answers = file(GOOD)
    refused(lambda: answers.coded("paid", {"نعم": 1, "لا": 0}), "answers.csv, column paid, row 2", "'نعم.'", "'نعم'")


def test_a_code_that_is_not_in_the_questionnaire(file):
    answers = file(GOOD.replace("R2,شمال,2,5,لا", "R2,شمال,2,5,9"))
    refused(lambda: answers.coded("paid", {"نعم.": 1, "لا": 0}), "row 4", "not in the questionnaire", "'9'")


def test_a_weight_of_zero(file):
    refused(lambda: file(GOOD.replace("شمال,2,", "شمال,0,")).weights("weight"), "column weight, row 4", "zero or below")
    refused(lambda: file(GOOD.replace("شمال,2,", "شمال,two,")).weights("weight"), "row 4", "not numbers", "'two'")
    refused(lambda: file(GOOD.replace("شمال,2,", "شمال,inf,")).weights("weight"), "row 4", "not numbers")


def test_a_list_answer_above_its_length(file):
    refused(lambda: file(GOOD).counts("list", [4, 4, 4]), "column list, row 4", "'5'", "don't-know codes")
    refused(lambda: file(GOOD.replace(",3,", ",2.5,")).counts("list", 5), "row 2", "'2.5'")


def test_a_respondent_who_stands_twice(file):
    refused(lambda: file(GOOD.replace("R3", "R1")).identifiers("id"), "column id, row 5", "second time")


def test_an_empty_stratum_label_and_a_column_that_is_not_there(file):
    refused(lambda: file(GOOD.replace("شمال,2", ",2")).labels("region"), "column region, row 4", "are empty")
    refused(lambda: file(GOOD).labels("regoin"), "column regoin", "Did you mean 'region'?")
    refused(lambda: file(GOOD).coded("pain", {}), "column pain", "Did you mean 'paid'?")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "needs a first row"),
        ("id,paid\n", "one row a respondent"),
        ("id,id\n1,2\n", "names each column once"),
        ("id,paid\n1,2\n3\n", "answers.csv, row 3: it has 1 cells for 2 columns"),
    ],
)
def test_a_file_that_is_no_table(file, text, told):
    refused(lambda: file(text), told)


def test_a_file_that_cannot_be_read(tmp_path):
    refused(lambda: read_answers(tmp_path / "none.csv"), "cannot be read", "CSV in UTF-8")
    (tmp_path / "latin.csv").write_bytes("id,région\n1,é\n".encode("latin-1"))
    refused(lambda: read_answers(tmp_path / "latin.csv"), "cannot be read")


def test_a_weight_that_is_not_there_is_no_number(file):
    with pytest.raises(SurveyError, match=r"row 3: 1 of 2 cells are not numbers") as told:
        file("respondent,weight\na,1\nb,\n").weights("weight")
    assert "12.5" in told.value.remedy
