"""The room of access in a browser, in English and Arabic: no complaint of axe, and a reason agreed to by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from access_office import ASSIGNED, counted
from test_access import PURPOSE, checked, in_force, proposed
from test_browser import CHROMIUM, listening, look_over
from test_browser import browser as browser
from test_explaining import good, made
from workbench_office import Office, signed_in
from world import WHO

from arusha.workbench.access import reasons

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
FORMS = ("/access/new/assigned", "/access/new/order")


def as_role(context: Any, role: str, address: str, lang: str) -> None:
    """Sign somebody in, in a language."""
    session = signed_in(role).cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": session, "url": address}, {"name": "language", "value": lang, "url": address}]
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_access(lang: str, browser: Any, office: Office) -> None:
    office.make_charter()
    state = office.site.state()
    for kind, given in (("posted", {"role": "chief"}), ("answer", {"action": "query", "hours": "48"})):
        key = str(len(reasons.reasons(office.record, state)) + 1)
        reasons.propose(office.record, state, WHO["integrity-lead"], made(kind, "looks", **given))
        reasons.agree(office.record, state, WHO["data-steward"], key, "steward", drawn=0, load="0" * 16)
        reasons.agree(office.record, state, WHO["union-reviewer"], key, "union", drawn=0, load="0" * 16)
    reasons.propose(office.record, state, WHO["analyst"], ASSIGNED)
    counted(office, ASSIGNED)
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    for address in listening():
        as_role(context, "data-steward", address, lang)
        for at in ("/access", "/access/reasons/3", *FORMS, "/access/reasons/3/sample"):
            page.goto(address + at)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look_over(page, "steward" + at, lang, 768)
        page.locator("#r-reason-check").check()
        page.fill("#reference", "minutes 7")
        with page.expect_navigation():
            page.locator("main button.act").click()
        look_over(page, "sample-opened", lang, 768)
        rows = good()
        for e in rows["events"][::10]:
            e["user_id"] = None
        counted(office, None, rows)
        page.goto(f"{address}/access")
        look_over(page, "access-stopped", lang, 768)
    context.close()


def test_a_reason_is_checked_and_agreed_to_by_keyboard_alone(browser: Any, office: Office) -> None:
    office.make_charter()
    proposed(office)
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()

    def tab_to(selector: str) -> None:
        for _ in range(90):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def press_enter() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")

    for address in listening():
        as_role(context, "data-steward", address, "en")
        page.goto(f"{address}/access")
        tab_to("main th a[href='/access/reasons/1']")
        press_enter()
        tab_to("#open-sample")
        press_enter()
        tab_to("#r-reason-check")
        page.keyboard.press("Space")
        tab_to("#reference")
        page.keyboard.type("minutes 7")
        tab_to("main button.act")
        press_enter()
        tab_to("#c-holds")
        page.keyboard.press("Control+A")
        page.keyboard.type("20")
        tab_to("main button.act")
        press_enter()
        tab_to("#approve")
        press_enter()
        as_role(context, "union-reviewer", address, "en")
        page.goto(f"{address}/access/reasons/1")
        tab_to("#agree")
        press_enter()
        assert in_force(office) == {"1": ASSIGNED}
    context.close()


def test_paper_has_the_page_without_its_menu(browser: Any, office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    context = browser.new_context(viewport={"width": 680, "height": 990})
    page = context.new_page()
    for address in listening():
        as_role(context, "union-reviewer", address, "en")
        for at in ("/access", "/access/reasons/1"):
            page.goto(address + at)
            page.emulate_media(media="print")
            assert page.evaluate("document.documentElement.scrollWidth") <= 680, at
            assert page.evaluate("document.querySelector('nav').getClientRects().length") == 0
    context.close()
    assert PURPOSE["reference"] in {look.reference for look in office.record.looks()}
