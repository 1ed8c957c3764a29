"""The page of controls says what the tests say, all of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbench_office import Office, page, signed_in, solo

import arusha.workbench.controls as module
from arusha.workbench.controls import FILE, TITLES, collect, controls, sentence, text

TESTS = Path(__file__).resolve().parents[1]


def test_the_committed_file_is_what_the_tests_are_marked_with() -> None:
    committed = (Path(module.__file__).parent / FILE).read_text("utf-8")
    assert committed == text(TESTS), "run script/docs"


def test_every_control_has_a_test_and_every_test_is_there() -> None:
    for standard, found in controls().items():
        assert [c.id for c in found if not c.shown] == [], standard
        for one in (shown for control in found for shown in control.shown):
            path, _, name = one.test.partition("::")
            assert f"def {name}(" in (TESTS.parent / path).read_text("utf-8"), one.test


def write(folder: Path, body: str) -> Path:
    tests = folder / "tests"
    tests.mkdir()
    (tests / "test_some.py").write_text("import pytest\n" + body, "utf-8")
    return tests


def test_marks_are_read_from_the_text_with_what_must_never_happen(tmp_path: Path) -> None:
    tests = write(
        tmp_path,
        "@pytest.mark.slow\n@pytest.mark.control('AU-9', '9.2', never=True)\ndef test_a_log_is_lost(): ...\n"
        "@pytest.mark.control('AC-3')\ndef test_doors_are_shut(): ...\n"
        "def test_unmarked(): ...\n@pytest.mark.control('AC-3')\ndef helper(): ...\n",
    )
    assert collect(tests) == {
        "AC-3": [{"never": False, "test": "tests/test_some.py::test_doors_are_shut"}],
        "AU-9": [{"never": True, "test": "tests/test_some.py::test_a_log_is_lost"}],
        "9.2": [{"never": True, "test": "tests/test_some.py::test_a_log_is_lost"}],
    }
    assert sentence("tests/test_some.py::test_a_log_is_lost") == "a log is lost"


def test_a_mark_of_no_known_control_is_refused(tmp_path: Path) -> None:
    tests = write(tmp_path, "@pytest.mark.control('XX-1')\ndef test_it(): ...\n")
    with pytest.raises(ValueError, match="XX-1"):
        collect(tests)


def test_no_id_stands_in_two_standards() -> None:
    ids = [id_ for titles in TITLES.values() for id_ in titles]
    assert len(ids) == len(set(ids))


def test_the_page_lists_every_control_and_says_what_a_test_cannot_say(office: Office) -> None:
    office.make_charter()
    for client in (signed_in("union-reviewer"), signed_in("internal-auditor")):
        html = page(client, "/controls")
        for titles in TITLES.values():
            for title in titles.values():
                assert title in html
        assert "its auditors say" in html
        assert "<strong>Never:</strong>" in html
    assert signed_in("administrator").get("/controls").status_code == 403


def test_the_one_person_of_solo_mode_reads_it_too(office: Office) -> None:
    assert page(solo(), "/controls")
