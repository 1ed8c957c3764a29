"""The room of access in a browser, in English and Arabic: no complaint of axe, and a reason agreed to by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from access_office import ASSIGNED, counted
from test_access import PURPOSE, agreed, checked, in_force, proposed
from test_browser import CHROMIUM, follow, listening, look_over, press_enter, tab_to
from test_browser import browser as browser
from test_explaining import good, made
from workbench_office import Office, signed_in
from world import WHO

from arusha.access.templates import KINDS
from arusha.ledger.turns import taking_turns
from arusha.workbench import models
from arusha.workbench.access import reasons
from arusha.workbench.jobs import LOCK

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

    for address in listening():
        as_role(context, "data-steward", address, "en")
        page.goto(f"{address}/access")
        tab_to(page, "main th a[href='/access/reasons/1']")
        press_enter(page)
        tab_to(page, "#open-sample")
        press_enter(page)
        tab_to(page, "#r-reason-check")
        page.keyboard.press("Space")
        tab_to(page, "#reference")
        page.keyboard.type("minutes 7")
        tab_to(page, "main button.act")
        press_enter(page)
        tab_to(page, "#c-holds")
        page.keyboard.press("Control+A")
        page.keyboard.type("20")
        tab_to(page, "main button.act")
        press_enter(page)
        tab_to(page, "#approve")
        press_enter(page)
        as_role(context, "union-reviewer", address, "en")
        page.goto(f"{address}/access/reasons/1")
        tab_to(page, "#agree")
        press_enter(page)
        assert in_force(office) == {"1": ASSIGNED}
    context.close()


FORMS_OF_EACH_KIND = ("answer", "examiner", "posted", "duty", "order")
STATES = ("waiting", "running", "failed", "stopped", "interrupted")


def opened_details(page: Any, name: str, lang: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    look_over(page, name, lang, 768)


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.slow), "ar"])
def test_axe_finds_nothing_in_any_form_or_state_of_access(lang: str, browser: Any, office: Office) -> None:
    office.make_charter()
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    all_of_it = lang == "en"  # in the mirrored language one form and one state of each make stands for its neighbours
    assert {about.fields[f] for about in KINDS.values() for f in about.fields} == {
        KINDS[kind].fields[f] for kind in FORMS_OF_EACH_KIND for f in KINDS[kind].fields
    }, "each kind of field is in one of the forms"
    for address in listening():
        as_role(context, "union-reviewer", address, lang)
        page.goto(f"{address}/access")
        opened_details(page, "access-empty-union", lang)
        as_role(context, "data-steward", address, lang)
        page.goto(f"{address}/access")
        opened_details(page, "access-empty", lang)
        for kind in FORMS_OF_EACH_KIND[1:] if all_of_it else ("answer",):
            page.goto(f"{address}/access/new/{kind}")
            opened_details(page, f"access-form-{kind}", lang)
        page.goto(f"{address}/access/new/answer")
        for name in ("action", "hours"):
            page.fill(f"#f-{name}", "no number & <b>")
        follow(page, "main button.act")
        assert page.locator(".summary a").count() >= 1
        opened_details(page, "access-form-wrong", lang)
        as_role(context, "analyst", address, lang)
        page.goto(f"{address}/access/new/assigned")
        page.fill("#f-days", "30")
        follow(page, "main button.act")
        opened_details(page, "access-proposed", lang)
        for state in STATES if all_of_it else STATES[1:3]:
            # A worker that is there holds its lock; the last state is told with none.
            with taking_turns(office.home / LOCK):
                models.Job.objects.filter(kind="explain").update(state=state)
                page.goto(f"{address}/access")
                opened_details(page, f"access-{state}", lang)
        page.goto(f"{address}/access/reasons/1")
        opened_details(page, "access-reason-not-counted", lang)
        counted(office, ASSIGNED)
        page.goto(f"{address}/access/reasons/1/sample")
        page.locator("#r-learning").check()
        page.fill("#reference", " ")
        follow(page, "main button.act")
        opened_details(page, "access-purpose-wrong", lang)
        checked(office)
        agreed(office, "data-steward", "approve")
        as_role(context, "union-reviewer", address, lang)
        page.goto(f"{address}/access/reasons/1")
        opened_details(page, "access-to-agree", lang)
        follow(page, "#agree")
        assert in_force(office)
        opened_details(page, "access-agreed", lang)
        counted(office)
        page.goto(f"{address}/access")
        opened_details(page, "access-counted-union", lang)
        page.goto(f"{address}/access/reasons/1")
        page.fill("#why", "the register of orders is kept otherwise now")
        follow(page, "main button.act")
        opened_details(page, "access-withdrawn", lang)
    context.close()


def test_a_reason_is_proposed_counted_and_withdrawn_by_keyboard_alone(browser: Any, office: Office) -> None:
    office.make_charter()
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    for address in listening():
        as_role(context, "data-steward", address, "en")
        page.goto(f"{address}/access")
        tab_to(page, "main a[href='/access/new/answer']")
        press_enter(page)
        tab_to(page, "#f-action")
        page.keyboard.type("query")
        tab_to(page, "#f-hours")
        page.keyboard.type("no number")
        tab_to(page, "#w-looks")
        page.keyboard.press("ArrowDown")
        tab_to(page, "main button.act")
        press_enter(page)
        tab_to(page, ".summary a")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "f-hours", "the summary leads into the field"
        page.keyboard.press("Control+A")
        page.keyboard.type("48")
        tab_to(page, "main button.act")
        press_enter(page)
        (job,) = models.Job.objects.filter(kind="explain")
        models.Job.objects.update(state="interrupted")
        page.goto(f"{address}/access/reasons/1")
        tab_to(page, "main form[action='/access/count'] button")
        press_enter(page)
        assert models.Job.objects.filter(kind="explain").count() == 2
        page.goto(f"{address}/access/reasons/1")
        tab_to(page, f"main a[href^='/jobs/']:not([href='/jobs/{job.key}'])")
        page.goto(f"{address}/access/reasons/1")
        tab_to(page, "#why")
        page.keyboard.type("not needed")
        press_enter(page)
        assert "reason.declined" in office.kinds()
    context.close()


def test_paper_has_the_page_without_its_menu(browser: Any, office: Office) -> None:
    office.make_charter()
    proposed(office)
    checked(office)
    context = browser.new_context(viewport={"width": 680, "height": 990})
    page = context.new_page()
    for address in listening():
        as_role(context, "data-steward", address, "en")
        for at in ("/access", "/access/reasons/1", "/access/new/order", "/access/reasons/1/sample"):
            page.goto(address + at)
            page.emulate_media(media="print")
            assert page.evaluate("document.documentElement.scrollWidth") <= 680, at
            assert page.evaluate("document.querySelector('nav').getClientRects().length") == 0
    context.close()
    assert PURPOSE["reference"] in {look.reference for look in office.record.looks()}
