"""The room of rights that clash in a browser, in English and Arabic: no complaint of axe, and the way by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from test_access_browser import as_role
from test_browser import CHROMIUM, listening, look_over, press_enter, tab_to
from test_browser import browser as browser
from test_rights import counted, declared, excepted, known
from workbench_office import Office

from arusha.workbench.rights import agreements

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_rights_and_an_exception_is_asked_for_by_keyboard(
    lang: str, browser: Any, office: Office
) -> None:
    office.make_charter()
    declared(office)
    excepted(office, counted(office), 2)
    job = counted(office)
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()

    for address in listening():
        as_role(context, "data-steward", address, lang)
        for at in ("/rights", "/rights/acts"):
            page.goto(address + at)
            look_over(page, "steward" + at, lang, 768)
        page.goto(f"{address}/rights")
        tab_to(page, f"main a[href='/rights/held/{job.key}/1']")
        press_enter(page)
        look_over(page, "rights-purpose", lang, 768)
        tab_to(page, "#r-rights-check")
        page.keyboard.press("Space")
        tab_to(page, "#reference")
        page.keyboard.type("minutes 9")
        tab_to(page, "main button.act")
        press_enter(page)
        look_over(page, "rights-opened", lang, 768)
        page.fill("#until", page.input_value("#from"))
        tab_to(page, "#control")
        page.keyboard.type("Another chief reads each file.")
        tab_to(page, "#reason")
        page.keyboard.type("One officer at this post.")
        tab_to(page, "main button.act")
        press_enter(page)
        as_role(context, "union-reviewer", address, lang)
        page.goto(f"{address}/rights")
        look_over(page, "union-rights", lang, 768)
    states = [one.state(agreements.today()) for one in known(office).values() if one.exemption is not None]
    assert states == ["waiting", "waiting"]
    context.close()
