"""What a question says it was measured at is what the committed scorecard counted, in every language."""

import json
import re
import runpy
from pathlib import Path

import pytest

from arusha.indicators.registry import indicators
from arusha.language import Catalogue, languages

ROOT = Path(__file__).parents[2]
SCORECARD = json.loads((ROOT / "benchmarks/results/scorecard.json").read_text(encoding="utf-8"))
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


def test_what_the_report_tells_of_the_scorecard_is_made_from_it() -> None:
    made = runpy.run_path(str(ROOT / "docs/measured.py"))["text"](SCORECARD)
    assert made == (ROOT / "src/arusha/assessment/measured.json").read_text(encoding="utf-8"), "run script/docs"


def test_the_page_that_opens_the_project_quotes_the_scorecard() -> None:
    page = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    clean = SCORECARD["clean"]["any question"]
    assert f"in {clean['with_flag']} of {clean['worlds']} without any scheme ({clean['share']:.1%}) one of" in page
    cells = {name: cell for name, cell in SCORECARD["found"].items() if "found" in cell}
    planted, own, anything = (
        sum(c[by][n] for c in cells.values())
        for by, n in (("found", "of"), ("found", "count"), ("found_by_any_question", "count"))
    )
    strong = [c["found"] for name, c in cells.items() if name.endswith("/strong")]
    all_strong, found_strong = (sum(c[n] for c in strong) for n in ("of", "count"))
    assert f"of {planted:,} schemes planted, a scheme's own question found {own} ({own / planted:.0%})" in page
    assert f"any question {anything} ({anything / planted:.0%})" in page
    assert f"of the {all_strong} strong ones {found_strong} ({found_strong / all_strong:.0%})" in page
