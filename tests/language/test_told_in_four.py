"""What is wrong with a mapping, a plan, an upload or an evaluation is said in every language, its remedy too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax.serializer import FluentSerializer

from arusha.assessment import plan as plans
from arusha.assessment.commands import started
from arusha.effects.evaluation_plan import plan_from
from arusha.effects.interrupted_series import interrupted
from arusha.effects.threshold_plan import threshold_plan_from
from arusha.engine import session_from_tables
from arusha.engine.spark import java_memory
from arusha.errors import ArushaError
from arusha.indicators.registry import indicators
from arusha.language import Catalogue, languages
from arusha.language.catalogues import resources_of
from arusha.language.terminal import shown
from arusha.records.mapping_file import build, load_mapping

KNOWN = {i.definition.id: i.definition for i in indicators()}
PROPOSED = plans.propose(date(2025, 1, 1), date(2025, 12, 31), list(KNOWN))
EVALUATION = {
    "measure": "m",
    "theory": "t",
    "data": "d.csv",
    "unit": "u",
    "period": "p",
    "outcome": {"column": "c", "better": "lower"},
    "smallest_effect": 0.1,
    "treated": "x",
}


def mapping(**entries: object) -> Callable[[], object]:
    return lambda: build({"name": "m", **entries}, "m.yaml", digest="")


def plan(data: object) -> Callable[[], object]:
    return lambda: plans.checked(data, "plan.yaml", PROPOSED, KNOWN)


def evaluation(**entries: object) -> Callable[[], object]:
    return lambda: plan_from({**EVALUATION, **entries}, "plan.yaml")


def threshold(**entries: object) -> Callable[[], object]:
    given = {"measure": "m", "theory": "t", "threshold": 1, "smallest_effect": 0.1, **entries}
    return lambda: threshold_plan_from(given, "plan.yaml")


WRONG = {
    "no mapping": lambda: load_mapping("nowhere"),
    "no mapping file": lambda: load_mapping(Path("nowhere.yaml")),
    "a zone": mapping(zone="Nowhere/There"),
    "an encoding": mapping(reading={"encoding": "morse"}),
    "a source's entry": mapping(sources={"S": {"colums": {}}}),
    "two columns of one name": mapping(sources={"S": {"columns": {"A": {}, "a": {}}}}),
    "a person": mapping(sources={"S": {"columns": {"A": {"person": "king"}}}}),
    "a table": mapping(sources={"S": {"columns": {"A": {}}}}, tables={"ships": {"from": "S"}}),
    "no source table": mapping(tables={"items": {"from": "S"}}),
    "a time format": mapping(reading={"time_format": "HH:MM"}),
    "an empty plan": plan(None),
    "a list for a plan": plan([1]),
    "an entry": plan({"perod": {}}),
    "a question": plan({"questions": ["queue-jumping"]}),
    "a question twice": plan({"questions": ["lane-rates", "lane-rates"]}),
    "a rate": plan({"rate": 2}),
    "a seed": plan({"seed": "x"}),
    "a day": plan({"period": {"start": "yesterday"}}),
    "an end before the start": plan({"period": {"start": "2025-03-01", "end": "2025-02-01"}}),
    "a lower floor": plan({"floors": {"lane-rates": {"exposure": 1}}}),
    "an outcome": evaluation(outcome="c"),
    "an unknown entry": evaluation(colour="red"),
    "no start": evaluation(first_treated="y"),
    "no theory": evaluation(theory=""),
    "no number": evaluation(smallest_effect="some"),
    "no list": evaluation(watch="c"),
    "no values": threshold(),
    "no column": threshold(data="d.csv"),
    "a side": threshold(data="d.csv", running="v", pays="beside"),
    "a start": lambda: started(["OFFICE"]),
    "a series too short": lambda: interrupted([1.0, 2.0, 3.0], 1),
    "an engine": lambda: session_from_tables({}, "abacus"),
    "a limit of memory": lambda: java_memory("much"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_and_its_remedy_are_said_in_every_language(what: str) -> None:
    with pytest.raises(ArushaError) as raised:
        WRONG[what]()
    told = raised.value.told
    assert told is not None
    english = Catalogue("en", isolate=False)
    assert (told.problem(english), told.remedy(english)) == (raised.value.problem, raised.value.remedy)
    for lang in languages():
        words = Catalogue(lang, isolate=False)
        assert told.problem(words).strip()
        assert bool(told.remedy(words)) == bool(raised.value.remedy)
        if lang != "en":
            assert told.problem(words) != raised.value.problem


@pytest.mark.parametrize("lang", languages())
def test_no_sentence_of_a_mistake_has_a_sign_that_a_terminal_would_write_out(lang: str) -> None:
    for file, parsed in resources_of(lang).items():
        if file.startswith(("told", "loads")):
            said = "".join(FluentSerializer().serialize_entry(e) for e in parsed.body)
            assert shown(said) == said
