"""Bad input that a user can give, part by part of the program: in Arabic and French, with its place and remedy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arusha import cli
from arusha.language import Catalogue
from arusha.language.terminal import chosen

ANSWERS = "id,region,paid,weight\np1,north,1,1\np2,north,maybe,1\np3,,0,many\n"
PROFILE = (
    "version: 1\n"
    "indicators:\n"
    "  - {code: I1, factor: conduct, title: A code, source: survey, worst: 0, best: low}\n"
    "waves:\n"
    "  - {name: w1, values: {I1: [1, 0.1]}}\n"
)


def folder(path: Path, **files: str) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return path


def survey(tmp_path: Path, *column: str) -> list[str]:
    from arusha.surveys.disclosure.releases import Releases

    Releases.create(tmp_path / "releases", 10)
    answers = tmp_path / "answers.csv"
    answers.write_text(ANSWERS, encoding="utf-8")
    words = ["--respondent", "id", "--answer", "paid", "--yes", "1", "--no", "0"]
    out = ["--out", str(tmp_path / "table.csv"), "--ledger", str(tmp_path / "releases")]
    return ["survey", "release", str(answers), *words, *out, *column]


def profile(tmp_path: Path) -> list[str]:
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return ["profile", str(tmp_path / "profile.yaml")]


def edited(tmp_path: Path) -> list[str]:
    return ["verify", str(folder(tmp_path / "assessment", manifest__json="{"))]


def acts(tmp_path: Path) -> list[str]:
    from arusha.records.workspace import MANIFEST

    workspace = folder(tmp_path / "w.arusha")
    (workspace / MANIFEST).write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "acts.csv").write_text("role,act\nCASHIER,log:pay\nCASHIER\n", encoding="utf-8")
    return ["data", "clashes", str(workspace), "--acts", str(tmp_path / "acts.csv")]


def share(tmp_path: Path) -> list[str]:
    return ["keys", str(tmp_path / "keys"), "--holder", "audit"]


CASES: dict[str, tuple[Callable[[Path], list[str]], str, str, tuple[str, ...]]] = {
    "surveys, a code": (survey, "cells-code", "cells-code", ("answers.csv", "paid", "3", "'maybe'")),
    "surveys, an empty cell": (
        lambda p: survey(p, "--yes", "maybe", "--by", "region"),
        "cells-empty",
        "cells-empty",
        ("answers.csv", "region", "4"),
    ),
    "surveys, no number": (
        lambda p: survey(p, "--yes", "maybe", "--weight", "weight"),
        "cells-not-numbers",
        "cells-not-numbers",
        ("answers.csv", "weight", "4", "'many'"),
    ),
    "surveys, no ledger": (
        lambda p: ["survey", "releases", str(p / "nothing")],
        "releases-none",
        "releases-begin",
        ("nothing", "arusha survey begin"),
    ),
    "index": (profile, "profile-is", "profile-number", ("profile.yaml", "I1", "best", "'low'")),
    "assessment": (edited, "manifest-unread", "assess-again-same", ("manifest.json",)),
    "records": (share, "holders-three", "holders-apart", ("audit",)),
    "records, a workspace": (
        lambda p: ["plan", str(p / "none.arusha")],
        "no-such-workspace",
        "load-makes",
        ("none.arusha", "arusha load SOURCE"),
    ),
    "charter": (
        lambda p: ["charter", "--lang", "LANG", "show", str(folder(p / "w.arusha"))],
        "charter-study",
        "make-charter",
        ("w.arusha", "arusha charter new"),
    ),
    "ledger": (lambda p: ["ledger", "verify", str(p / "none")], "led-none", "led-name-it", ("none", "SQLite")),
    "access": (acts, "acts-two", "acts-write", ("2", "role,act")),
    "workbench": (
        lambda p: ["restore", str(folder(p / "d", x__backup="no") / "x.backup"), str(p / "w.arusha")],
        "backup-cut",
        "take-another",
        ("x.backup",),
    ),
    "command line": (
        lambda p: ["plan", "w.arusha", "--out", str(folder(p / "d", plan__yaml="") / "plan.yaml")],
        "file-there",
        "other-out",
        ("plan.yaml", "--out"),
    ),
    "demo": (
        lambda p: ["demo", str(p / "demo"), "--declarations", "7"],
        "demo-few",
        "demo-more",
        ("7", "500"),
    ),
}


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told_with_its_place_and_remedy(
    case: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, problem, remedy, shown = CASES[case]
    arguments = [lang if one == "LANG" else one for one in given(tmp_path)]
    if "--lang" not in arguments:
        arguments += ["--lang", lang]
    if case == "workbench":  # one site a process: that of another test would answer
        alone = [sys.executable, "-c", "from arusha.cli import main; main()", *arguments]
        beside = {k: v for k, v in os.environ.items() if not k.startswith(("ARUSHA_", "DJANGO_"))}
        done = subprocess.run(alone, env=beside, capture_output=True, text=True, encoding="utf-8", check=False)
        code, said = done.returncode, done.stderr
    else:
        chosen.set("en")
        monkeypatch.setattr(sys, "argv", ["arusha", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        code, said = ended.value.code, capsys.readouterr().err
    assert code in (1, 3)
    words = Catalogue(lang, isolate=False)
    for key in (f"told-{problem}", f"told-do-{remedy}"):
        assert pieces(words, key), key
        assert all(piece in said for piece in pieces(words, key)), (key, said)
    assert words.text("what-to-do", remedy="").strip() in said
    for one in shown:
        assert one in said, (one, said)
    if lang == "ar":
        assert "What to do" not in said


def pieces(words: Catalogue, key: str) -> list[str]:
    """What a sentence says around its variables."""
    from test_catalogues import variables

    mark = "\u0001"
    text = words.text(key, **dict.fromkeys(variables(words.lang)[key], mark))
    return [piece for piece in (p.strip() for p in text.replace("[U+0001]", mark).split(mark)) if piece]
