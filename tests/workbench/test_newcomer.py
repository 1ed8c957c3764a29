"""A newcomer finishes the six tasks of the demo in a real browser, by keyboard only, in English and in Arabic."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from evaluations_at_work import work
from examplia import Examplia
from test_browser import CHROMIUM, axe, listening
from test_browser import browser as browser
from workbench_office import ENTRY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
    pytest.mark.xdist_group("workbench-browser"),
]


@pytest.fixture
def address(examplia: Examplia) -> Iterator[str]:
    yield from listening()


class Keyboard:
    """Somebody with a keyboard and no mouse. Every page is checked and pictured where they arrive."""

    def __init__(self, page: Any, lang: str, shots: Path) -> None:
        self.page, self.lang, self.shots, self.pressed = page, lang, shots, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Tab until the focus is there; it must be seen on the way."""
        for _ in range(250):
            self.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                shown = self.page.evaluate(
                    "() => { const e = document.activeElement, b = e.getBoundingClientRect();"
                    " return getComputedStyle(e).outlineStyle !== 'none' && b.bottom > 0 && b.top < innerHeight }"
                )
                assert shown, f"where the focus is must be seen: {selector}"
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def follow(self, selector: str) -> None:
        """Tab to a link or a button, and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")
        assert self.page.evaluate("document.documentElement.dir") == ("rtl" if self.lang == "ar" else "ltr")

    def write(self, selector: str, text: str) -> None:
        self.tab_to(selector)
        self.pressed += len(text)
        self.page.keyboard.type(text)

    def choose(self, selector: str) -> None:
        """Tab to a group of choices, and take the one that has the focus."""
        self.tab_to(selector)
        self.press("Space")

    def keep(self, name: str) -> None:
        assert axe(self.page) == [], name
        self.page.screenshot(path=self.shots / f"newcomer-{name}.{self.lang}.png", full_page=True)


TEXT = {"en": "The records show a desk of two that night", "ar": "تُظهر السجلات مكتبًا فيه موظفان تلك الليلة"}
REFERENCE = {"en": "learning 1", "ar": "تعلّم 1"}


def work_beside(home: Path) -> None:
    """Do what waits, as the worker does that the terminal started, in a thread beside the browser."""
    worker = threading.Thread(target=work, args=(home,))
    worker.start()
    worker.join()


def finish_six_tasks(keys: Keyboard, home: Callable[[bytes], None], examplia_home: Path) -> None:
    """Everything that the newcomer does, from the page that the terminal's address opens."""
    text, reference = TEXT[keys.lang], REFERENCE[keys.lang]

    def purpose() -> None:
        keys.choose("input[name=reason]")
        keys.write("#reference", reference)
        with keys.page.expect_navigation():
            keys.press("Enter")

    def tasks() -> None:
        keys.follow("nav a[href='/tasks']")

    keys.follow("main a[href='/tasks']")
    keys.keep("tasks-new")
    keys.follow("#begin-test")
    keys.keep("1-test")
    tasks()
    keys.follow("#begin-signal")
    keys.follow("main th a")
    keys.keep("2-purpose")
    purpose()
    keys.keep("2-signal")
    keys.follow(".back a")
    keys.follow("main form button.act")
    keys.keep("2-sent")
    tasks()
    keys.follow("#begin-triage")
    keys.keep("3-alerts")
    keys.follow("main th a")
    purpose()
    keys.tab_to("details:has(input[value=explained]) summary")
    keys.press("Enter")
    keys.choose("input[name=explanation]")
    keys.write("#r-explained", text)
    keys.follow("details[open] button.act")
    tasks()
    keys.follow("#begin-measure")
    keys.follow("#reform-rotation")
    keys.keep("4-plan")
    keys.follow("#see-power")
    keys.keep("4-power")
    keys.follow("#register")
    keys.keep("4-registered")
    keys.follow("#run")
    work_beside(examplia_home)
    keys.page.goto(keys.page.url + "?still=yes")
    keys.follow("#open-evaluation")
    keys.keep("4-result")
    tasks()
    keys.follow("#begin-own")
    keys.keep("5-own")
    keys.write("textarea[name=text]", text)
    keys.follow("form:has(textarea[name=text]) button.act")
    tasks()
    keys.follow("#begin-home")
    keys.tab_to("#take-report")
    with keys.page.expect_download() as taken:
        keys.press("Enter")
    home(Path(taken.value.path()).read_bytes())
    tasks()
    keys.keep("tasks-done")
    keys.follow("main a[href='/tasks/key']")
    keys.keep("key")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_newcomer_finishes_the_six_tasks_by_keyboard_only(
    lang: str, address: str, browser: Any, examplia: Examplia, tmp_path: Path
) -> None:
    shots = Path(os.environ.get("ARUSHA_SCREENSHOTS") or tmp_path)
    shots.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport={"width": 1024, "height": 768}, accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/enter/{ENTRY}")
    keys = Keyboard(page, lang, shots)
    keys.follow(f"button[value={lang}]")
    reports: list[bytes] = []
    finish_six_tasks(keys, reports.append, examplia.home)
    page.goto(f"{address}/tasks")
    assert page.locator(".tag.completed").count() == 6
    (report,) = reports
    assert f'<html lang="{lang}"'.encode() in report
    assert b'class="demo' in report, "a demo export bears its mark"
    kinds = examplia.kinds()
    for kind in ("look.seen", "look.opened", "alert.raised", "alert.explained", "own.contested", "look.exported"):
        assert kind in kinds
    assert "demo.key-opened" not in kinds, "one's own answer opens the key"
    assert complaints == []
    context.close()
