"""YAML from elsewhere: plain data, bounded, and an error that says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from arusha.records.plain_yaml import YamlError, read_yaml

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LAUGHS, r"stands for \d{11,} entries"),
        ("a: &a [*a]", "holds itself"),
        ("a: &a {b: *a}", "holds itself"),
        ("[" * 3000, "too deep"),
        ("x" * 1_000_001, "characters"),
        ("day: 2025-02-30", "cannot be"),
        ("a: \x00", "not allowed"),
        ("{", "expected"),
        ("a: 1\n---\nb: 2", "another document"),
        ("? [1]\n: 2", "unhashable key"),
    ],
)
def test_what_is_not_plain_is_refused(text: str, told: str) -> None:
    with pytest.raises(YamlError, match=told):
        read_yaml(text)


def test_no_object_of_a_program_is_made(tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    for tag in ("object/apply:os.system", "object/new:os.system", "name:os.system", "module:os"):
        with pytest.raises(YamlError):
            read_yaml(f"a: !!python/{tag} ['touch {proof}']")
    assert not proof.exists()


def test_aliases_within_measure_are_read() -> None:
    assert read_yaml("a: &a [1, 2]\nb: *a\nc: {<<: {d: 3}}") == {"a": [1, 2], "b": [1, 2], "c": {"d": 3}}
    assert read_yaml("") is None


def test_the_line_is_told() -> None:
    with pytest.raises(YamlError) as told:
        read_yaml("a: 1\nb: 2\nc: ]")
    assert told.value.line == 3
