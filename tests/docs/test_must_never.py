"""The page's list of what must never happen is that of the tests: each sentence is the name of one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = 25
"""Of journeys 1, 2, 3 and 5 of the design."""


def listed() -> list[tuple[str, str]]:
    """Sentence and file of each row; no file where there is no test."""
    text = (ROOT / "docs" / "workbench.md").read_text("utf-8")
    section = text.partition("## What must never happen\n")[2].partition("\n## ")[0]
    found = []
    for row in re.findall(r"^\|[^|]*\| ([^|]+) \| ([^|]+) \|$", section, flags=re.MULTILINE)[2:]:
        file = re.search(r"`(tests/[^`]+)`", row[1])
        found.append((row[0], file.group(1) if file else ""))
    return found


def test_each_sentence_is_the_name_of_a_test() -> None:
    found = listed()
    assert len(found) == SENTENCES
    for sentence, file in found:
        name = "test_" + re.sub(r"[^a-z0-9]+", "_", sentence.lower().replace("'", ""))
        if file:
            assert f"def {name}" in (ROOT / file).read_text("utf-8"), (sentence, file)
        else:
            assert not [p for p in (ROOT / "tests").rglob("test_*.py") if f"def {name}(" in p.read_text("utf-8")], (
                sentence
            )


def test_only_what_is_not_built_has_no_test() -> None:
    assert [sentence for sentence, file in listed() if not file] == ["automatic edges"]
    assert not (ROOT / "src" / "arusha" / "links").exists(), "links are built: no edge may be made by itself, test it"
