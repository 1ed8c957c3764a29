"""What the answer key says of the reforms is read as it was planted, and judged as it was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arusha.demo.reform_files import key
from arusha.demo.reform_key import SHOULD, read_planted
from arusha.demo.reforms import ELSEWHERE, Elsewhere, reform, reforms
from arusha.errors import ArushaError


def keep(folder: Path, told: object) -> Path:
    (folder / "answer_key.json").write_text(json.dumps({"reforms": told}), encoding="utf-8")
    return folder


@pytest.mark.parametrize("to", ELSEWHERE)
def test_where_a_reform_displaces_to_is_where_it_grows(to: Elsewhere, tmp_path: Path) -> None:
    made = reform(5, "displaces", elsewhere=to)
    (found,) = read_planted(keep(tmp_path, key([made])))
    assert (found.elsewhere, found.should) == (to, "displacement")
    assert found.change < 0
    assert found.there is not None
    assert found.there > 0
    posts = {p: s for s, ps in found.starts.items() for p in ps}
    assert posts == {p: s for p, s in zip(made.posts, made.starts, strict=True) if s}


def test_the_three_are_judged_by_what_they_do(tmp_path: Path) -> None:
    found = read_planted(keep(tmp_path, key(reforms(7))))
    assert {r.does for r in found} == set(SHOULD)
    for one in found:
        assert one.judged(None) == "not-run"
        assert one.judged("cannot-tell") == "allowed"
        assert one.judged(one.should) == "right"
        assert one.judged("worse") == "wrong"
        assert (one.change == 0) == (one.does == "nothing")


def test_a_demo_without_reforms_has_none_and_a_broken_key_says_so(tmp_path: Path) -> None:
    assert read_planted(tmp_path) == ()
    (tmp_path / "answer_key.json").write_text("{}", encoding="utf-8")
    assert read_planted(tmp_path) == ()
    with pytest.raises(ArushaError, match="what was planted"):
        read_planted(keep(tmp_path, [{"does": "works"}]))
