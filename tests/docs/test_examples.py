"""The docs are executed: every Python example of every page runs, top to bottom, in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
PAGES = sorted(p for p in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")] if BLOCK.search(p.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text("utf-8")
    if "<!-- needs ../shared -->" in text and not (ROOT.parent / "shared").is_dir():
        pytest.skip("this page uses a data set that is not in the repository (../shared is absent)")
    monkeypatch.setenv("ARUSHA_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__docs__"}
    for match in BLOCK.finditer(text):
        line = text[: match.start()].count("\n") + 1
        # Line numbers of a failing example are those of the page.
        code = compile("\n" * line + match.group(1), str(page), "exec")
        exec(code, names)
