"""Wrong calls of the public Python interface: what is wrong and what to do, in place of Python's own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import arusha
from arusha.errors import WrongCallError
from arusha.language import Catalogue, languages
from arusha.records.workspace import Workspace

CALLS: dict[str, Callable[[], object]] = {
    "open_session": lambda: arusha.open_session(3),  # type: ignore[arg-type]
    "a workspace that is none": lambda: arusha.open_session(None),  # type: ignore[arg-type]
    "Workspace.open": lambda: arusha.Workspace.open(None),  # type: ignore[arg-type]
    "load: source": lambda: arusha.load(["a", "b"]),  # type: ignore[arg-type]
    "load: mapping": lambda: arusha.load(".", mapping=3),  # type: ignore[arg-type]
    "load: out": lambda: arusha.load(".", out=None),  # type: ignore[arg-type]
    "load: override": lambda: arusha.load(".", override={"zone": "UTC"}),  # type: ignore[arg-type]
    "inspect": lambda: arusha.inspect({"declarations": []}),  # type: ignore[arg-type]
    "assess: workspace": lambda: arusha.assess(None, "a"),  # type: ignore[arg-type]
    "assess: out": lambda: arusha.assess("x.arusha", None),  # type: ignore[arg-type]
    "assess: languages": lambda: arusha.assess("x.arusha", "a", languages="en"),  # type: ignore[arg-type]
    "evidence": lambda: arusha.evidence(object(), "S1", "x.arusha"),  # type: ignore[arg-type]
    "verify": lambda: arusha.verify(b"a"),  # type: ignore[arg-type]
    "write_template": lambda: arusha.write_template(None),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_call_says_what_is_needed_in_every_language(call: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongCallError) as error:
        CALLS[call]()
    assert isinstance(error.value, TypeError)  # as Python's own would be
    assert error.value.exit_code == 2
    assert error.value.told is not None
    said = {error.value.told.problem(Catalogue(lang, isolate=False)) for lang in languages()}
    done = {error.value.told.remedy(Catalogue(lang, isolate=False)) for lang in languages()}
    assert len(said) == len(done) == len(languages())
    assert list(tmp_path.iterdir()) == []  # nothing was begun


def test_a_session_takes_the_path_of_a_workspace(tmp_path: Path) -> None:
    declarations = "declaration_id,office,registered_at\nD1,EX01,2024-01-01T20:00:00Z\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "declarations.csv").write_text(declarations)
    made = arusha.load(tmp_path / "in", out=tmp_path / "w.arusha", pseudonyms="off")
    for given in (made, made.path, str(made.path)):
        with arusha.open_session(given) as session:
            assert session.has("declarations", "office")
    assert Workspace.given(made) is made


def test_a_session_of_a_text_that_is_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(arusha.ArushaError, match="there is no such workspace") as error:
        arusha.open_session(str(tmp_path / "nowhere.arusha"))
    assert "arusha load" in error.value.remedy
