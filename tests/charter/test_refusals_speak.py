"""What the charter refuses is said in four languages: every sentence of every rule, and no English in the others."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from world import FACTS, QUESTION, WHO, World

import arusha.charter
from arusha.charter import ACTS, ROLES, STAGES, RefusedError
from arusha.charter.guards import to_live
from arusha.charter.problems import Missing, lacks
from arusha.language import Catalogue, languages

OTHERS = [lang for lang in languages() if lang != "en"]
FOLDER = Path(arusha.charter.__file__).parent


def calls(name: str) -> list[ast.Call]:
    found = []
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        found += [c for c in ast.walk(tree) if isinstance(c, ast.Call) and getattr(c.func, "id", "") == name]
    return found


def sentences() -> dict[str, set[str]]:
    """Key of a sentence -> the values that a rule gives it."""
    found: dict[str, set[str]] = {}
    for call in calls("lacks"):
        key = call.args[2]
        assert isinstance(key, ast.Constant), "a sentence is named where it is said"
        found.setdefault(f"lack-{key.value}", set()).update(k.arg or "" for k in call.keywords)
    for call in calls("Missing"):
        if len(call.args) == 2:
            code = call.args[0]
            assert isinstance(code, ast.Constant)
            found.setdefault(f"wb-lack-{code.value}", set())
    return found


@pytest.mark.parametrize("lang", languages())
def test_every_rule_has_its_sentence(lang: str) -> None:
    words, english = Catalogue(lang), Catalogue("en")
    told = sentences()
    assert len(told) > 60
    for key, values in told.items():
        given = dict.fromkeys(values, "x")
        assert words.text(key, **given), key
        if lang != "en":
            assert words.text(key, **given) != english.text(key, **given), key


@pytest.mark.parametrize("lang", OTHERS)
def test_every_act_role_and_stage_has_its_name(lang: str) -> None:
    words, english = Catalogue(lang), Catalogue("en")
    for key in (*(f"act-{a}" for a in ACTS), *(f"wb-role-{r}" for r in (*ROLES, "system"))):
        assert words.text(key), key
    for stage in STAGES:
        assert words.text(f"lack-stage-{stage}"), stage
    same = [a for a in ACTS if words.text(f"act-{a}") == english.text(f"act-{a}")]
    assert same == []


@pytest.mark.parametrize("lang", OTHERS)
def test_no_refusal_falls_back_to_english(lang: str, world: World) -> None:
    words, charter = Catalogue(lang), world.charter
    refused: list[Missing] = []
    actors = [WHO[r] for r in ("publisher", "integrity-lead", "union-reviewer", "internal-auditor", "board-secretary")]

    def try_everything() -> None:
        for act, rule in ACTS.items():
            for actor in actors:
                for person, role in ((None, None), (actor, "analyst"), (WHO["publisher"], "publisher")):
                    if rule.stages and person:
                        continue
                    with suppress(RefusedError):
                        charter.act(act, actor, QUESTION if rule.stages else None, tokens={"role": role}, person=person)
                        continue
                    with pytest.raises(RefusedError) as raised:
                        charter.act(act, actor, QUESTION if rule.stages else None, tokens={"role": role}, person=person)
                    said = raised.value.said(words)
                    assert "is refused" not in said
                    assert all(one.text not in said for one in raised.value.missing), said
                    refused.extend(raised.value.missing)

    try_everything()
    charter.draft(WHO["analyst"], FACTS, 24)
    charter.consult(WHO["integrity-lead"], QUESTION, ceiling=0.2)
    try_everything()
    state = charter.state()
    for question in state.questions.values():
        refused += to_live(state, question, charter.clock())
    assert len({one.key or one.code for one in refused}) > 12
    for one in refused:
        assert one.said(words) != one.text


def test_names_are_in_the_readers_language_and_what_people_typed_is_as_it_is() -> None:
    one = lacks("role", "go-live is for integrity-lead", "role-for", act="act:go-live", roles=("role:integrity-lead",))
    french = one.said(Catalogue("fr", isolate=False))
    assert "mettre en service" in french
    assert "integrity-lead" not in french
    odd = lacks("committee", "x", "committee-said", outcome="odd:token").said(Catalogue("fr", isolate=False))
    assert "odd:token" in odd
    turned = lacks("committee", "x", "committee-said", outcome="\u202eturned\n").said(Catalogue("fr", isolate=False))
    assert "turned" in turned
    assert turned.isprintable()


@pytest.mark.parametrize(
    ("lang", "says"), [("fr", "Refusé"), ("es", "Rechazado"), ("ar", "مرفوض"), ("en", "is refused")]
)
def test_the_command_line_refuses_in_the_language_that_was_chosen(lang: str, says: str, world: World) -> None:
    workspace = world.charter.path.parent
    command = [
        sys.executable,
        "-m",
        "arusha.cli",
        "charter",
        "--lang",
        lang,
        "move",
        str(workspace),
        QUESTION,
        "go-live",
    ]
    done = subprocess.run(
        [*command, "--as", WHO["publisher"]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1
    assert says in done.stderr
    if lang != "en":
        assert "refused" not in done.stderr
        assert "What to do" not in done.stderr
