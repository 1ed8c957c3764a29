"""The desk with an observer, the union's expert, and monthly samples in a browser: axe, and by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from test_access_browser import as_role
from test_browser import CHROMIUM, listening, look_over, press_enter, tab_to
from test_browser import browser as browser
from test_monthly_samples import AT, MONTH, OFFICER, OTHER, announced, month, row
from workbench_office import QUESTION, Office
from world import WHO

from arusha.workbench import cuts
from arusha.workbench.access import monthly

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
UNION = WHO["union-reviewer"]


def office_with_all(office: Office) -> None:
    """A question under objection with an observer, and a sample of two entries of which one was asked about."""
    office.make_charter()
    office.to_pilot()
    office.bring_expert()
    charter = office.charter()
    charter.position(UNION, QUESTION, "object", "Nobody can contest it.")
    charter.observer(UNION, QUESTION, WHO["union-expert"])
    charter.observation(WHO["union-expert"], QUESTION, "Ten minutes for the union's side.")
    charter.grant(UNION, "P-0098-TEST-0000", "union-expert", charter.state().until.popitem()[1].isoformat())
    seed = announced(office).seed
    monthly.keep(office.home, MONTH, seed, [row(OFFICER), row(OTHER, "RIV")])
    monthly.ask(office.record, WHO["data-steward"], MONTH, 1)
    cuts.ask(office.record, UNION, QUESTION, ["grade", "office"], "Do chiefs of small offices stand out?")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_the_rooms_of_expert_observer_and_months(lang: str, browser: Any, office: Office) -> None:
    office_with_all(office)
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    for address in listening():
        for role, at in (
            ("union-reviewer", "/desk"),
            ("union-expert", f"/charter/{QUESTION}"),
            ("union-reviewer", "/people"),
            ("data-steward", "/access/months"),
            ("union-reviewer", "/desk/cuts"),
            ("data-steward", f"/desk/cuts/{next(iter(cuts.cuts(office.record)))}"),
            ("subject", "/own/asked"),
            ("data-steward", AT),
        ):
            as_role(context, role, address, lang)
            page.goto(address + at)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look_over(page, f"{role}{at}", lang, 768)
        page.locator("#r-reason-check").check()
        page.fill("#reference", "minutes 7")
        with page.expect_navigation():
            page.locator("main button.act").click()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        look_over(page, "data-steward-month-opened", lang, 768)
    context.close()


def test_a_question_about_an_entry_is_answered_by_keyboard_alone(browser: Any, office: Office) -> None:
    office_with_all(office)
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    for address in listening():
        as_role(context, "subject", address, "en")
        page.goto(f"{address}/own")
        tab_to(page, "main a[href='/own/asked']")
        press_enter(page)
        tab_to(page, f"#a-{MONTH}-1-assigned")
        page.keyboard.press("ArrowDown")
        tab_to(page, f"#t-{MONTH}-1")
        page.keyboard.type("My chief asked.")
        tab_to(page, "main button.act")
        press_enter(page)
        assert month(office).rows[0].answer == "asked"
    context.close()
