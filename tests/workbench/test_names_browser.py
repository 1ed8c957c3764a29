"""The room of requests for a name, and the pictures of one's own place, in a browser: axe, keyboard, paper, 768 px."""

from __future__ import annotations

from typing import Any

import pytest
from sealed_names import SECOND_HOLDER, grant_two, inquire
from test_browser import CHROMIUM, follow, look_over
from test_browser import address as address
from test_browser import browser as browser
from test_earlier import NEXT, another
from workbench_office import ENTRY, QUESTION, Office
from world import WHO

from arusha.workbench import alerts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
ASKED = {"purpose": "to hear the person", "basis": "section 9", "tried": "rosters", "reference": "2026/117"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_where_a_name_is_asked_for(lang: str, address: str, browser: Any, demo: Office) -> None:
    demo.make_charter()
    grant_two(demo)
    demo.to_live()
    inquire(demo)
    row = demo.signals()[0]
    later = another(demo, "later", NEXT)
    alerts.raise_alerts(
        demo.record, WHO["analyst"], QUESTION, "later", [r["signal_id"] for r in later.signals() if r["flagged"]]
    )
    for granter in ("integrity-lead", "internal-auditor"):
        demo.charter().grant(WHO[granter], str(row["unit_id"]), "subject")
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    page.goto(f"{address}/enter/{ENTRY}")
    follow(page, f'button[value="{lang}"]')

    def act_as(who: str, at: str) -> None:
        page.goto(address)
        follow(page, f'button[value="{who}"]')
        page.goto(address + at)

    act_as(WHO["key-holder"], "/names")
    look_over(page, "names-none", lang, 768)
    act_as(WHO["investigator"], "/alerts")
    look_over(page, "alerts-with-words", lang, 768)
    page.goto(f"{address}/assessments/assessment/signals/{row['signal_id']}")
    page.locator("#r-triage").check()
    page.fill("#reference", "plan 1")
    follow(page, "button.act")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    look_over(page, "signal-of-an-inquiry", lang, 768)
    page.locator("#name-1").check()
    for name, text in ASKED.items():
        page.fill(f"#name-{name}", text)
    page.fill("#name-tell-by", "2020-01-01")
    follow(page, page.locator("form:has(#name-1) button.act"))
    look_over(page, "name-refused", lang, 768)
    page.go_back()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.locator("#name-1").check()
    for name, text in ASKED.items():
        page.fill(f"#name-{name}", text)
    page.fill("#name-tell-by", alerts.now().date().isoformat())
    follow(page, page.locator("form:has(#name-1) button.act"))
    asked = page.url.removeprefix(address)
    for n, holder in enumerate((WHO["key-holder"], SECOND_HOLDER)):
        act_as(holder, "/")
        look_over(page, f"welcome-of-holder-{n}", lang, 768)
        page.goto(address + asked)
        look_over(page, f"name-{n}", lang, 768)
        follow(page, page.locator("button[value=agree]"))
    look_over(page, "name-agreed", lang, 768)
    act_as(WHO["internal-auditor"], "/names")
    look_over(page, "names", lang, 768)
    act_as(WHO["investigator"], f"/assessments/later/signals/{later.signals()[0]['signal_id']}")
    page.locator("#r-triage").check()
    page.fill("#reference", "plan 1")
    follow(page, "button.act")
    look_over(page, "signal-flagged-before", lang, 768)
    act_as(str(row["unit_id"]), "/own")
    look_over(page, "own-place", lang, 768)
    page.close()
