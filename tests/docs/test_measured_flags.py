"""What a question says it was measured at is what the committed scorecard counted, in every language."""

import json
import re
from pathlib import Path

import pytest

from arusha.indicators.registry import indicators
from arusha.language import Catalogue, languages

SCORECARD = json.loads((Path(__file__).parents[2] / "benchmarks/results/scorecard.json").read_text(encoding="utf-8"))
DEFINITIONS = [i.definition for i in indicators()]


def numbers(text: str) -> list[int]:
    """Whole numbers of a sentence, however its language groups thousands."""
    return [int(re.sub(r"\D", "", n)) for n in re.findall(r"\d{1,3}(?:[,.\u00a0\u202f]\d{3})+|\d+", text)]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
@pytest.mark.parametrize("lang", ["definition", *languages()])
def test_the_false_flags_that_a_question_tells_are_those_of_the_scorecard(definition, lang) -> None:
    text = definition.false_flags_per_thousand
    if lang != "definition":
        text = Catalogue(lang).text(f"indicator-{definition.id}-false-flags-per-thousand")
    counted = SCORECARD["clean"][definition.id]
    told = numbers(text.split("(")[0])
    assert told[0] == counted["worlds"]
    assert told[1] >= counted["with_flag"], "no fewer units than administrations in which one was flagged"
    assert told[2:] == [counted["tested_units"], counted["with_flag"]]
