"""A share that one respondent carries by his weight is withheld; a code means one thing; semicolons are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from arusha.cli import app
from arusha.errors import SurveyError
from arusha.surveys import Releases, coded, read_answers
from arusha.surveys.disclosure.tables import few_by_weight

BASE = ["--respondent", "id", "--answer", "paid", "--yes", "1", "--no", "0", "--by", "region", "--weight", "w"]


def table_of(folder: Path, sep: str = ",", heavy: float = 1.0) -> list[str]:
    lines = [sep.join(("id", "paid", "region", "w"))]
    for i in range(40):
        weight = heavy if i == 3 else 2.0
        lines.append(sep.join((f"R{i:02d}", str(int(i % 5 == 3)), ("north", "south")[i % 2], str(weight))))
    (folder / "a.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Releases.create(folder / "ledger")
    done = CliRunner().invoke(
        app,
        [
            "survey",
            "release",
            str(folder / "a.csv"),
            "--ledger",
            str(folder / "ledger"),
            "--out",
            str(folder / "t.csv"),
            *BASE,
        ],
    )
    assert done.exit_code == 0, done.output
    return (folder / "t.csv").read_text(encoding="utf-8").splitlines()


def test_weights_that_leave_fewer_than_ten_answers_are_few():
    assert not few_by_weight(np.full(10, 3.7), 10)
    assert not few_by_weight(np.full(30, 1e-9), 10)
    weights = np.ones(20)
    weights[0] = 19.0  # half of all by one answer
    assert (weights.sum() ** 2 / (weights**2).sum()) < 10
    assert few_by_weight(weights, 10)
    # By hand: 11 answers, one of weight x: (10 + x)^2 / (10 + x^2) falls to 10 where 9 x^2 - 20 x = 0.
    for x, few in ((20 / 9 - 1e-6, False), (20 / 9 + 1e-6, True)):
        assert few_by_weight([x, *[1.0] * 10], 10) is few
    assert not few_by_weight([], 10)


def test_a_share_that_one_weight_carries_is_withheld_with_what_would_give_it_away(tmp_path):
    (tmp_path / "even").mkdir()
    assert [line.rsplit(",", 1)[1] for line in table_of(tmp_path / "even")[1:]] == ["", "", ""]
    shown = {line.split(",")[0]: line.rsplit(",", 1)[1] for line in table_of(tmp_path, heavy=1e6)[1:]}
    assert shown["south"] == "dominated"
    assert shown["all"] == "dominated"
    assert shown["north"] == ""


def test_columns_may_be_separated_by_semicolons(tmp_path):
    (tmp_path / "comma").mkdir()
    assert table_of(tmp_path, sep=";") == table_of(tmp_path / "comma")


def test_a_code_means_one_thing(tmp_path):
    table_of(tmp_path)
    for more, told in ((["--no", "1"], "for yes and for no: 1"), (["--missing", "1"], "for an answer and for none: 1")):
        again = ["survey", "release", str(tmp_path / "a.csv"), "--ledger", str(tmp_path / "ledger")]
        done = CliRunner().invoke(app, [*again, "--out", str(tmp_path / "u.csv"), *BASE, *more])
        assert told in str(done.exception)
        assert not (tmp_path / "u.csv").exists()
    with pytest.raises(SurveyError, match="for an answer and for none: 9"):
        coded([1, 0, 9], {1: 1.0, 0: 0.0, 9: 2.0}, missing=[9])
    with pytest.raises(SurveyError, match="for an answer and for none"):
        read_answers(tmp_path / "a.csv").coded("paid", {"1": 1.0, "": 0.0})
