"""The room of data governance in a browser, in English and in Arabic: no complaint of axe, a picture of each page."""

from __future__ import annotations

from typing import Any

import pytest
from test_browser import CHROMIUM, listening, look_over
from test_browser import browser as browser
from test_loads_over_time import built as built
from test_loads_over_time import loaded as loaded
from workbench_office import ENTRY, Office

from arusha.records.history import loads

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
        page.locator(f'button[value="{lang}"]').click()
        for at in (
            "/governance",
            "/governance/loads",
            "/governance/tables/declarations",
            f"/governance/loads/{last.digest[:16]}",
        ):
            page.goto(address + at)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look_over(page, at.replace(last.digest[:16], "one"), lang, 768)
    page.close()
