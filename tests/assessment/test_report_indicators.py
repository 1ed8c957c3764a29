"""The catalogues say what the definitions say: a changed definition must be translated anew."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from arusha.assessment.report_charts import BUILDERS
from arusha.assessment.report_words import EFFECTS, slug
from arusha.indicators.definition import Definition
from arusha.indicators.registry import BUILT_IN, indicators
from arusha.language import Catalogue, languages

FIELDS = (
    "title",
    "question",
    "unit",
    "null_hypothesis",
    "statistic",
    "gaming",
    "counter_indicator",
    "false_flags_per_thousand",
    "source",
)
DEFINITIONS = [i.definition for i in indicators() if i.definition.id in BUILT_IN]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_the_english_catalogue_is_the_definition_word_for_word(definition: Definition) -> None:
    words = Catalogue("en")
    texts = asdict(definition)
    changed = [f for f in FIELDS if words.text(f"indicator-{definition.id}-{f.replace('_', '-')}") != texts[f]]
    assert changed == [], "change catalogue/en/indicators.ftl and translate it anew in the other languages"


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_reasons_and_peers_of_a_question_have_words(definition: Definition, lang: str) -> None:
    words = Catalogue(lang)
    keys = [f"explanation-name-{slug(e)}" for e in definition.explanations]
    keys += [f"peer-{slug(c)}" for c in definition.conditions_on]
    assert [key for key in keys if not words.has(key)] == []


def test_every_question_has_its_charts_and_its_effect() -> None:
    assert set(BUILDERS) == set(EFFECTS) == set(BUILT_IN)
