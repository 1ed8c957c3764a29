"""The registry lists the questions in their order and takes further ones from installed packages."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from arusha.errors import ArushaError
from arusha.indicators import registry
from arusha.indicators.definition import Definition, Indicator
from arusha.records.contract import CONTRACT

OTHER = Indicator(
    Definition(
        id="queue-jumping",
        title="Queue jumping",
        question="Is it?",
        unit="declaration",
        needs={},
        null_hypothesis="",
        statistic="",
        min_exposure=1,
        min_effect=0,
        conditions_on=(),
        explanations=(),
        gaming="",
        counter_indicator="",
        false_flags_per_thousand="",
        source="",
    ),
    *[None] * 4,  # type: ignore[arg-type]
)


@pytest.fixture
def offering(monkeypatch: pytest.MonkeyPatch):
    def offer(name: str) -> None:
        entry = EntryPoint(name, f"{__name__}:{name}", registry.GROUP)
        monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
        registry.indicators.cache_clear()

    yield offer
    registry.indicators.cache_clear()


def test_built_in_questions_keep_their_order() -> None:
    ids = [i.definition.id for i in registry.indicators()]
    assert [i for i in registry.BUILT_IN if i in ids] == ids[: len([i for i in registry.BUILT_IN if i in ids])]


def test_a_package_can_add_a_question(offering) -> None:
    offering("OTHER")
    assert registry.indicators()[-1].definition.id == "queue-jumping"


def test_what_is_not_a_question_is_refused(offering) -> None:
    offering("ArushaError")
    with pytest.raises(ArushaError, match="not an Indicator"):
        registry.indicators()


BY_DUTIES = {"specialist-desk", "acting-cover", "trainee", "leave-of-others", "absence"}
"""Explanations that are read off the table of duties."""


@pytest.mark.parametrize("definition", [i.definition for i in registry.indicators()], ids=lambda d: d.id)
def test_a_question_whose_explanations_read_duties_says_so(definition: Definition) -> None:
    if BY_DUTIES & set(definition.explanations):
        assert "duties" in definition.helped_by
        assert definition.id in CONTRACT.tables["duties"].read_by
