"""The report in a real browser: no script, no network, no sideways scrolling of the page, mirrored, whole on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from synthetic_folder import write_folder

from arusha.assessment.report import write_report
from arusha.language import Catalogue, languages

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_folder(tmp_path_factory.mktemp("assessment"))
    for lang in languages():
        write_report(path, lang)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("lang", languages())
def test_the_page_fits_asks_for_nothing_and_runs_nothing(folder: Path, browser: Any, lang: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 1000}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((folder / f"report.{lang}.html").as_uri())
    assert len(asked) == 1, "the file itself and nothing else"
    assert complaints == [], "a refused style or script would be told here"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "wide tables scroll in their own frame"
    heading = page.evaluate("document.querySelector('h1').getBoundingClientRect().toJSON()")
    text = page.evaluate(
        "() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
        " return r.getBoundingClientRect().toJSON(); }"
    )
    from_left, from_right = text["left"] - heading["left"], heading["right"] - text["right"]
    assert (from_right < from_left) == (Catalogue(lang).direction == "rtl"), "text begins where the language begins"
    context.close()


@pytest.mark.parametrize("lang", languages())
def test_paper_has_all_that_the_screen_says(folder: Path, browser: Any, lang: str, tmp_path: Path) -> None:
    """A sheet shows every section whole: nothing cut at the edge, and no chart beyond its own sheet."""
    page = browser.new_page(viewport={"width": 680, "height": 990})  # A4 less its margins, at 96 dots an inch
    page.goto((folder / f"report.{lang}.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    # A figure whose numbers are printed may break before them; neither picture nor numbers may.
    whole = "figure:not(:has(.short)), figure .chart svg, figure .short"
    tall = page.evaluate(f"[...document.querySelectorAll('{whole}')].map(f => f.getBoundingClientRect().height)")
    assert tall
    assert max(tall) < 990
    hidden = "[...document.querySelectorAll('main section')].filter(s => !s.getClientRects().length).length"
    assert page.evaluate(hidden) == 0
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert (tmp_path / "report.pdf").stat().st_size > 20_000
    page.close()
