"""Collects the marks of the tests into the workbench's table of controls. Run by script/docs."""

from __future__ import annotations

from pathlib import Path

from arusha.workbench.controls import FILE, text

HERE = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    (HERE / "src" / "arusha" / "workbench" / FILE).write_text(text(HERE / "tests"), encoding="utf-8")
