"""The rooms of the demo in a browser, in English and in Arabic: no complaint of axe, a picture of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from draw_salts import salted
from evaluations_at_work import work
from examplia import Examplia
from test_browser import CHROMIUM, follow, listening, look_over
from test_browser import browser as browser
from workbench_office import ENTRY

from arusha.demo.sandbox import DECLARATIONS
from arusha.workbench import sandbox
from arusha.workbench.demo_office import CONSULTED, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
QUESTION = "assignment-override"
YEAR = {
    "tested": {"honest": 217, "look-alike": 100, "planted": 7},
    "flagged": {"planted": 1, "honest": 1},
    "cannot_tell": {"honest": 121, "look-alike": 20},
    "schemes": [["steering-reassignment", "strong", "found", 66], ["ring", "strong", "missed", 24]],
    "units": [
        {"is": "planted", "of": ["steering-reassignment", "leniency"], "n": 224, "observed": 64.0, "expected": 11.3},
        {"is": "honest", "of": [], "n": 90, "observed": 12.0, "expected": 3.1},
    ],
}


@pytest.fixture
def address(examplia: Examplia) -> Iterator[str]:
    yield from listening()


def keep_year(demo: Examplia, strength: str) -> None:
    """An invented year as the process would have left it."""
    request = {"question": QUESTION, "strength": strength, "seed": 1, "rate": 0.05, "declarations": DECLARATIONS}
    path = demo.home / sandbox.FOLDER / f"{sandbox.name_of({**request, 'floors': {}, 'options': {}})}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(YEAR), "utf-8")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_the_rooms_of_the_demo(lang: str, address: str, browser: Any, examplia: Examplia) -> None:
    keep_year(examplia, "strong")
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    page.goto(f"{address}/enter/{ENTRY}")
    follow(page, f'button[value="{lang}"]')
    look_over(page, "tasks", lang, 768)
    page.goto(f"{address}/tasks/key")
    look_over(page, "key-shut-nobody", lang, 768)
    page.goto(address)
    follow(page, f'button[value="{person("union-reviewer")}"]')
    for at, name in (
        ("/tasks/key", "key-shut"),
        (f"/desk/{QUESTION}/sandbox?strength=strong&seed=1&cases=40&rate=2", "sandbox"),
        (f"/desk/{QUESTION}/sandbox?strength=none&seed=2", "sandbox-not-made"),
        (f"/desk/{CONSULTED}/fairness", "fairness"),
        (f"/desk/{QUESTION}/fairness", "fairness-no-file"),
        (f"/desk/{QUESTION}/quarter", "quarter"),
        (f"/charter/{CONSULTED}", "dossier-of-the-union"),
        ("/controls", "controls"),
    ):
        page.goto(address + at)
        look_over(page, name, lang, 768)
    page.goto(f"{address}/tasks/key")
    follow(page, "form[action='/tasks/key/open'] button")
    look_over(page, "key", lang, 768)
    page.goto(address)
    follow(page, f'button[value="{person("programme-manager")}"]')
    page.goto(f"{address}/evaluations/new")
    look_over(page, "panel-begin", lang, 768)
    page.select_option("#question", "lane-rates")
    page.fill("#starts", "SMA=2025-09")
    follow(page, "#count")
    work(examplia.home)
    page.goto(page.url)
    look_over(page, "panel-counted", lang, 768)
    follow(page, "#open-plan")
    look_over(page, "panel-plan", lang, 768)
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_where_alerts_turned_out(lang: str, address: str, browser: Any, examplia: Examplia) -> None:
    from datetime import date

    from arusha.workbench import alerts, rereview
    from arusha.workbench.gate import open_assessment
    from arusha.workbench.quarter import Quarter

    found = open_assessment(examplia.site, "assessment", examplia.charter().state())
    assert found is not None
    signals = [r["signal_id"] for r in found.stand_out[QUESTION].to_pylist() if r["flagged"]]
    alerts.raise_alerts(examplia.record, person("analyst"), QUESTION, "assessment", signals)
    # Made-up ones beside them, so that ten and more are closed.
    made_up = [f"{k:016x}" for k in range(45)]
    alerts.raise_alerts(examplia.record, person("analyst"), QUESTION, "assessment", made_up)
    for k, signal in enumerate([*signals, *made_up]):
        way = "explained" if k % 3 else "support"
        words = {"reason": "a desk of two people", "explanation": "other"}
        alerts.decide(examplia.record, signal, person("investigator"), way, words)
    salted(examplia.record, Quarter.of(date.today()).end)
    draw = rereview.draw(examplia.record, person("internal-auditor"), Quarter.of(date.today()).end)
    for k, signal in enumerate(s for s in draw.signals if s in made_up):
        alert = alerts.alerts(examplia.record)[signal]
        rereview.give(examplia.record, alert, person("investigator", 2), ("explained", "support")[k % 2], "looked")
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    page.goto(f"{address}/enter/{ENTRY}")
    follow(page, f'button[value="{lang}"]')
    for who, at, name in (
        (person("internal-auditor"), "/alerts/performance", "performance"),
        (person("internal-auditor"), "/alerts/again", "rereview"),
        (person("internal-auditor"), "/alerts/salt", "salt"),
        (person("investigator", 2), "/alerts", "alerts-again"),
    ):
        page.goto(address)
        follow(page, f'button[value="{who}"]')
        page.goto(address + at)
        look_over(page, name, lang, 768)
    page.close()
