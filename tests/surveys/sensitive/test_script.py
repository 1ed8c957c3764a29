"""What respondents read, in every language."""

from __future__ import annotations

import pytest

from arusha.errors import SurveyError
from arusha.language import languages
from arusha.surveys import respondent_script


@pytest.mark.parametrize("language", languages())
def test_every_design_has_its_words_and_numbers(language):
    listed = respondent_script("list", language, items=5)
    assert "5" in listed[0]
    assert "10" in listed[2]
    assert "1-4" in respondent_script("forced", language, die=("1-4", "5", "6"))[0]
    assert len(set(listed + respondent_script("crosswise", language))) == 5  # the promise is the same


def test_a_script_without_its_numbers_or_with_a_lower_promise_is_refused():
    for call in ({"kind": "list"}, {"kind": "forced"}, {"kind": "crosswise", "smallest": 5}, {"kind": "oracle"}):
        with pytest.raises(SurveyError):
            respondent_script(language="en", **call)
