"""The site in a browser: no complaint of axe on any page, in English and in Arabic; a signal opened by keyboard."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.test.utils import override_settings
from workbench_office import ENTRY, HERE, Office

sys.path.append(str(HERE.parent / "records"))
from extract_files import small
from world import WHO

from arusha.ledger.turns import taking_turns
from arusha.records.inspect import inspect
from arusha.records.load import load
from arusha.workbench import models
from arusha.workbench.jobs import LOCK
from arusha.workbench.site import site_at

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]
SHOTS = os.environ.get("ARUSHA_SCREENSHOTS")
"""A folder for a picture of every page; none are kept where it is not set."""


@pytest.fixture
def address(demo: Office) -> Iterator[str]:
    yield from listening()


@pytest.fixture
def shared_address(office: Office) -> Iterator[str]:
    office.make_charter()
    yield from listening()


def listening() -> Iterator[str]:
    """The site on a port of this computer."""
    from arusha.workbench.serve import _Handler, _Server
    from arusha.workbench.wsgi import application

    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def axe(page: Any) -> list[str]:
    """What axe complains of, by its rules for WCAG 2.2 AA."""
    import axe_playwright_python

    (source,) = Path(axe_playwright_python.__file__).parent.glob("axe.min.js")
    page.evaluate(source.read_text("utf-8"))
    wanted = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
    found = page.evaluate(f"async () => (await axe.run(document, {wanted})).violations")
    return [f"{v['id']}: {n['target']} {n.get('failureSummary', '')}" for v in found for n in v["nodes"]]


def follow(page: Any, link: Any) -> None:
    """Click what leads to another page, and wait until it is there: a click alone returns before."""
    with page.expect_navigation():
        (page.locator(link) if isinstance(link, str) else link).click()


def tab_to(page: Any, selector: str, within: int = 90) -> None:
    """Go on with Tab until it is there, and seen to be; after so many the way is too long."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", "where the focus is must be seen"
            return
    raise AssertionError(f"Tab never reaches {selector}")


def press_enter(page: Any) -> None:
    """Press Enter on what leads to another page, and wait until it is there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


MOST_BYTES = 200_000
"""Of a page without its charts: what a slow line carries."""
REACHED = """() => {
  const all = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const groups = new Set(), wanted = [];
  for (const e of all.filter(e => !e.disabled && e.checkVisibility())) {
    if (e.type === 'radio') {  // a group is one stop
      const group = e.form + e.name, chosen = document.querySelector(`input[name="${e.name}"]:checked`);
      if (groups.has(group) || (chosen && chosen !== e)) continue;
      groups.add(group);
    }
    e.dataset.walk = wanted.length;
    wanted.push(e.outerHTML.slice(0, 120));
  }
  window.walked = [];
  document.addEventListener('focusin', ({target}) => {
    const box = target.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    walked.push([Number(target.dataset.walk ?? -1), getComputedStyle(target).outlineStyle !== 'none', seen]);
  });
  return wanted;
}"""


def walk(page: Any, at: str) -> None:
    """Go through the page with Tab: everything that can be worked is reached, in the page's order, and seen to be."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }")
    wanted = page.evaluate(REACHED)
    parts = 4 * page.locator("input[type=date]:visible").count()  # day, month, year and the calendar of each
    for _ in range(len(wanted) + 3 + parts):
        page.keyboard.press("Tab")
    steps = [step for step in page.evaluate("walked") if step[0] >= 0]
    reached = list(dict.fromkeys(step[0] for step in steps))
    missed = [wanted[k] for k in range(len(wanted)) if k not in reached]
    assert missed == [], f"{at}: Tab never reaches them"
    assert reached == sorted(reached) or reached[reached.index(0) :] + reached[: reached.index(0)] == sorted(reached), (
        at
    )
    assert [wanted[k] for k, outline, seen in steps if not (outline and seen)] == [], f"{at}: the focus is not seen"


def on_paper(page: Any, at: str, width: int) -> None:
    """The page as it is printed: nothing cut off at the side, no menu, and nothing left folded away."""
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, at
    assert page.evaluate("document.querySelector('nav').getClientRects().length") == 0, at
    assert page.evaluate("document.querySelector('main').getClientRects().length") > 0, at
    folded = (
        "[...document.querySelectorAll('details > :not(summary, form)')]"
        ".filter(e => !e.closest('form') && !e.checkVisibility()).length"
    )
    assert page.evaluate(folded) == 0, f"{at}: folded away on paper"
    page.emulate_media(media="screen")


def look_over(page: Any, at: str, lang: str, width: int) -> None:
    """One page: no sideways scrolling, mirrored, light, whole on paper, worked by keyboard, no complaint of axe."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, at
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == "ar" else "ltr")
    light = len(re.sub(r"(?s)<svg.*?</svg>", "", page.content()).encode())
    assert light < MOST_BYTES, f"{at}: {light} bytes without charts"
    on_paper(page, at, width)
    assert axe(page) == [], at
    if SHOTS:
        name = re.sub(r"[^a-z0-9-]+", "_", at.lower()).strip("_") or "welcome"
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.{lang}.png", full_page=True)
    if lang == "en":  # the order is that of the page in every language
        walk(page, at)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_on_any_page(lang: str, address: str, browser: Any, demo: Office) -> None:
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    page = context.new_page()
    complaints: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda r: None if r.url.startswith(address) else elsewhere.append(r.url))
    page.goto(f"{address}/enter/{ENTRY}")
    follow(page, f'button[value="{lang}"]')
    seen: set[str] = set()
    ahead = ["/"]
    signal = f"/assessments/assessment/signals/{demo.signals()[0]['signal_id']}"
    while ahead:
        at = ahead.pop(0)
        if at in seen:
            continue
        seen.add(at)
        page.goto(address + at)
        look_over(page, at, lang, 768)
        links = page.eval_on_selector_all("a[href^='/']", "found => found.map(a => a.getAttribute('href'))")
        # One dossier and one signal stand for all: they are one template each.
        ahead += [x for x in links if not re.search(r"/charter/(?!finding-rate)|/signals/.", x)]
    page.goto(address + signal)
    look_over(page, "purpose", lang, 768)
    page.locator("#r-learning").check()
    page.fill("#reference", "learning 1")
    follow(page, "button.act")
    look_over(page, "signal", lang, 768)
    page.goto(address + "/accounts", wait_until="load")
    look_over(page, "refused", lang, 768)
    context.close()
    assert len(seen) > 12
    assert [c for c in complaints if "403" not in c] == []
    assert elsewhere == []


def test_a_signal_is_opened_by_keyboard_alone(address: str, browser: Any, demo: Office) -> None:
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    page.goto(f"{address}/enter/{ENTRY}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "main a[href='/assessments']")
    press_enter(page)
    tab_to(page, "main a[href='/assessments/assessment']")
    press_enter(page)
    tab_to(page, "main a[href$='/signals']")
    press_enter(page)
    tab_to(page, "main td a, main th a")
    press_enter(page)
    tab_to(page, "input[name=reason]")
    page.keyboard.press("Space")
    tab_to(page, "#reference")
    page.keyboard.type("learning 1")
    press_enter(page)
    page.wait_for_selector("dl.pairs")
    headings = page.locator("h2").all_text_contents()
    assert headings[0] == "Ordinary reasons, looked for first"
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_in_the_rooms_of_roles(lang: str, address: str, browser: Any, demo: Office) -> None:
    demo.make_charter()
    demo.to_live()
    demo.draft("lane-change-without-act")
    officer = str(demo.signals()[0]["unit_id"])
    for granter in ("integrity-lead", "internal-auditor"):
        demo.charter().grant(WHO[granter], officer, "subject")
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    page.goto(f"{address}/enter/{ENTRY}")
    follow(page, f'button[value="{lang}"]')

    def look(who: str, at: str, name: str) -> None:
        page.goto(address)
        follow(page, f'button[value="{who}"]')
        page.goto(address + at)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        look_over(page, name, lang, 768)

    look(WHO["analyst"], "/assessments/assessment/signals", "signals-to-send")
    follow(page, "main form button.act")
    look(WHO["investigator"], "/alerts", "alerts")
    follow(page, page.locator("main th a").first)
    page.locator("#r-triage").check()
    page.fill("#reference", "plan 1")
    follow(page, "button.act")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    look_over(page, "alert", lang, 768)
    for who, at, name in (
        ("union-reviewer", "/desk", "desk"),
        ("integrity-lead", "/charter/lane-change-without-act", "acts"),
        ("integrity-lead", "/charter/finding-rate", "acts-live"),
        ("integrity-lead", "/people", "people-of-roles"),
        ("internal-auditor", "/alerts/overdue", "overdue"),
        ("internal-auditor", "/ledgers/charter", "ledger-of-charter"),
        ("administrator", "/accounts", "accounts"),
        ("internal-auditor", "/looks", "looks-of-roles"),
    ):
        look(WHO[who], at, name)
    look(officer, "/own", "own")
    page.goto(f"{address}/own/assessment/{demo.signals()[0]['signal_id']}")
    look_over(page, "own-signal", lang, 768)
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_on_the_pages_of_loading_and_jobs(lang: str, tmp_path: Path, browser: Any) -> None:
    workspace = tmp_path / "office.arusha"
    small(tmp_path / "quarter-1", override__yaml="name: here\n")
    load(tmp_path / "quarter-1", "canonical", workspace)
    text = (tmp_path / "quarter-1" / "declarations.csv").read_text()
    (tmp_path / "quarter-1" / "declarations.csv").write_text(text.replace("200.25", "no number"))
    told = json.loads(json.dumps(asdict(inspect(tmp_path / "quarter-1", "canonical")), default=str))
    home = workspace / "workbench"
    home.mkdir()
    site_at.cache_clear()
    served = {"ARUSHA_WORKSPACE": str(workspace), "ARUSHA_HOME": str(home), "ARUSHA_EXTRACTS": str(tmp_path)}
    given = {"where": "server", "extract": "quarter-1", "out": str(tmp_path / "second")}
    rows = [
        models.Job.objects.create(key=f"{n:016x}", asked_by="P-1234-5678-9ABC", given=given, **about)
        for n, about in enumerate(
            [
                {"kind": "inspect", "state": "done", "told": told},
                {"kind": "load", "state": "running", "step": "looking at declarations.csv", "progress": 3, "total": 7},
                {"kind": "assess", "state": "waiting"},
                {"kind": "load", "state": "interrupted", "problem": "the worker ended", "remedy": "start it again"},
            ]
        )
    ]
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    with override_settings(**served), taking_turns(home / LOCK):
        for address in listening():
            page.goto(f"{address}/enter/{ENTRY}")
            follow(page, f'button[value="{lang}"]')
            for at in ("/records", "/records/server/quarter-1", "/plan", "/jobs"):
                page.goto(address + at)
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                look_over(page, "l" + at, lang, 768)
            for job in rows:
                page.goto(f"{address}/jobs/{job.key}?still=yes")
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                look_over(page, f"job-{job.kind}-{job.state}", lang, 768)
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_where_people_sign_in(lang: str, shared_address: str, browser: Any) -> None:
    models.Account.objects.make("analyst 1", WHO["analyst"], "a long first password")
    page = browser.new_page(viewport={"width": 768, "height": 1024})
    page.goto(shared_address)
    follow(page, f'button[value="{lang}"]')
    look_over(page, "welcome-shared", lang, 768)
    follow(page, "main a.act")
    page.fill("#name", "analyst 1")
    page.fill("#password", "wrong")
    follow(page, "button.act")
    look_over(page, "sign-in", lang, 768)
    page.fill("#name", "analyst 1")
    page.fill("#password", "a long first password")
    follow(page, "button.act")
    page.fill("#code", "000000")
    page.fill("#new", "another long password")
    follow(page, "button.act")
    look_over(page, "second-factor", lang, 768)
    page.close()


def test_paper_has_the_page_without_its_menu(address: str, browser: Any, demo: Office) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 990})
    page.goto(f"{address}/enter/{ENTRY}")
    page.goto(f"{address}/assessments/assessment/questions/finding-rate")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    shown = "s => document.querySelector(s).getClientRects().length"
    assert page.evaluate(shown, "nav") == 0
    assert page.evaluate(shown, ".demo") == 1
    assert page.evaluate(shown, "figure") == 1
    page.close()
