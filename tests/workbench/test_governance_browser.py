"""The room of data governance in a browser, in English and in Arabic: no complaint of axe, a picture of each page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from test_browser import CHROMIUM, follow, listening, look_over, press_enter, tab_to
from test_browser import browser as browser
from test_loads_over_time import built as built
from test_loads_over_time import loaded as loaded
from workbench_office import ENTRY, QUESTION, Office, signed_in
from world import WHO

from arusha.records.history import loads
from arusha.workbench import alerts, models
from arusha.workbench.governance import holds, letters, retention, runs, sources
from arusha.workbench.governance.sources import Terms

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_loads_over_time(lang: str, browser: Any, loaded: Office) -> None:
    last = loads(loaded.workspace)[-1]
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    for address in listening():
        page.goto(f"{address}/enter/{ENTRY}")
        follow(page, f'button[value="{lang}"]')
        for at in (
            "/governance",
            "/governance/loads",
            "/governance/tables/declarations",
            f"/governance/loads/{last.digest[:16]}",
            "/governance/questions",
        ):
            page.goto(address + at)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look_over(page, at.replace(last.digest[:16], "one"), lang, 768)
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_sources_and_letters(lang: str, browser: Any, loaded: Office) -> None:
    columns = ("declarations.office", "declarations.lane_final", "declarations.lane_reason")
    terms = Terms("system", "month", 30, ("declarations", "items"), columns, 0.001)
    sources.propose(loaded.record, None, "P-7Q3K-M2XA-9TBC", terms, "The clearance system")
    made = letters.draft(loaded.record, loads(loaded.workspace), date(2026, 11, 30))
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    for address in listening():
        page.goto(f"{address}/enter/{ENTRY}")
        follow(page, f'button[value="{lang}"]')
        for at in (
            "/governance/sources",
            "/governance/sources/1",
            "/governance/letters",
            f"/governance/letters/{made[0]}",
        ):
            page.goto(address + at)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look_over(page, at.replace(made[0], "one"), lang, 768)
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_retention_and_lineage(lang: str, browser: Any, office: Office) -> None:
    office.make_charter(demo=False)
    office.to_live()
    signals = [f"{k:016x}" for k in range(3)]
    alerts.raise_alerts(office.record, WHO["analyst"], QUESTION, "assessment", signals)
    for signal in signals[:2]:
        alerts.decide(office.record, signal, WHO["investigator"], "explained", {"reason": "r", "explanation": "e"})
    holds.place(office.record, WHO["internal-auditor"], f"signal:{signals[0]}", "order 7 of the court")
    key = "a" * 16
    items = retention.plan(office.site, datetime.now(UTC) + timedelta(days=4000))
    told = {"kept": 2, "alert-words": 1}
    models.Job.objects.create(
        key=key, kind="retain", state="done", asked_by=WHO["data-steward"], ended_at=datetime.now(UTC), told=told
    )
    retention.write_list(office.home, key, items)
    runs.ask(office.site, office.charter().state(), WHO["data-steward"], key, datetime.now(UTC))
    client = signed_in("integrity-lead")
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    for address in listening():
        context.add_cookies(
            [
                {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address},
                {"name": "language", "value": lang, "url": address},
            ]
        )
        for at in (
            "/governance",
            "/governance/retention",
            f"/governance/retention/{key}",
            "/governance/lineage",
            "/governance/lineage/assessment",
        ):
            page.goto(address + at)
            look_over(page, "steward" + at.replace(key, "one"), lang, 768)
    context.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_separation_of_duties(lang: str, browser: Any, office: Office) -> None:
    office.make_charter(demo=False)
    charter = office.charter()
    charter.withdraw(WHO["board-secretary"], WHO["board-secretary"], "board-secretary")
    client = signed_in("internal-auditor")
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    for address in listening():
        context.add_cookies(
            [
                {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address},
                {"name": "language", "value": lang, "url": address},
            ]
        )
        page.goto(address + "/governance/duties")
        look_over(page, "auditor/governance/duties", lang, 768)
    context.close()


def test_a_question_is_taken_through_its_steps_by_keyboard_alone(browser: Any, loaded: Office) -> None:
    terms = Terms("system", "month", 30, ("declarations", "items"), (), None)
    sources.propose(loaded.record, None, "P-7Q3K-M2XA-9TBC", terms, "The clearance system")
    page = browser.new_page(viewport={"width": 1024, "height": 768})

    for address in listening():
        page.goto(f"{address}/enter/{ENTRY}")
        page.goto(f"{address}/governance")
        tab_to(page, "main a[href='/governance/letters']")
        press_enter(page)
        tab_to(page, "main form button.act")
        press_enter(page)
        tab_to(page, "main th a")
        press_enter(page)
        tab_to(page, "#means")
        page.keyboard.press("ArrowDown")
        tab_to(page, "main form button.act")
        press_enter(page)
        assert [one.state for one in letters.letters(loaded.record).values()].count("sent") == 1
    page.close()


def test_paper_has_a_page_of_the_room_without_its_menu(browser: Any, loaded: Office) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 990})
    for address in listening():
        page.goto(f"{address}/enter/{ENTRY}")
        page.goto(f"{address}/governance/tables/declarations")
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
        shown = "s => document.querySelector(s).getClientRects().length"
        assert page.evaluate(shown, "nav") == 0
        assert page.evaluate(shown, "figure") == 1
    page.close()
