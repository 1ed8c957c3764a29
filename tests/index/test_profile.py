"""The profile of one administration: what it says, what it leaves open, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from arusha.cli import app
from arusha.errors import ArushaError
from arusha.index import profile_file, profile_text
from arusha.index.factors import FACTORS
from arusha.index.profile import Indicator, Profile, Wave, profile
from arusha.index.uncertainty import Doubts
from arusha.language import Catalogue, languages
from arusha.language.banned import banned_words

INDICATORS = [
    Indicator("speak", "morale", "officials who would report", "survey", 0.0, 1.0),
    Indicator("proud", "morale", "officials who are proud of the service", "survey", 0.0, 1.0, 2.0),
    Indicator("acts", "audit", "controls with an act", "records", 0.8, 1.0),
    Indicator("manual", "automation", "taxes entered by hand", "records", 0.2, 0.0),
    Indicator("rules", "regulation", "traders who find rules clear", "survey", 0.0, 1.0),
]
BEFORE = Wave(
    "2024",
    {"speak": 0.40, "proud": 0.60, "acts": 0.90, "manual": 0.10},
    {"speak": 0.02, "proud": 0.02, "acts": 0.004, "manual": 0.002},
)
AFTER = Wave(
    "2026",
    {"speak": 0.41, "proud": 0.60, "acts": 0.96, "manual": 0.14, "rules": 0.5},
    {"speak": 0.02, "proud": 0.02, "acts": 0.004, "manual": 0.002, "rules": 0.03},
)


def made(**how: Any) -> Profile:
    return profile(INDICATORS, [BEFORE, AFTER], draws=800, **how)


def test_what_rose_fell_and_cannot_be_told() -> None:
    found = {f.id: f for f in made().factors}
    assert tuple(found) == FACTORS
    verdicts = {k: profile_text.verdict(f.result) for k, f in found.items() if f.result is not None}
    assert verdicts == {"automation": "fell", "audit": "rose", "morale": "cannot tell"}
    audit, automation = found["audit"].result, found["automation"].result
    assert audit is not None
    assert automation is not None
    # Acts: from half of the way between posts to eight tenths; taxes by hand: from half to three tenths.
    assert (audit.level, audit.change) == pytest.approx((80.0, 30.0))
    assert (automation.level, automation.change) == pytest.approx((30.0, -20.0))
    assert found["morale"].worse_without == pytest.approx(41.0)
    assert audit.change_low is not None
    assert audit.change_high is not None
    assert audit.change_low < 30.0 < audit.change_high


def test_what_was_not_asked_or_not_measured_is_said_and_makes_no_number() -> None:
    found = {f.id: f for f in made().factors}
    assert found["leadership"].result is None
    assert found["leadership"].components == ()
    assert found["regulation"].result is None
    assert found["regulation"].missing == ("rules",)
    assert found["morale"].only_survey
    assert not found["audit"].only_survey
    with pytest.raises(ArushaError, match="no indicator was measured in every wave"):
        profile(INDICATORS, [Wave("1", {"rules": 0.5}, {"rules": 0.1}), BEFORE])


def test_one_wave_has_a_level_and_no_change() -> None:
    found = profile(INDICATORS, [AFTER], draws=400)
    assert found.whole.change is None
    assert found.whole.low < found.whole.level < found.whole.high
    assert {f.id for f in found.factors if f.result} == {"automation", "audit", "morale", "regulation"}


def test_the_same_seed_gives_the_same_profile_and_another_nearly_the_same() -> None:
    assert made() == made()
    one, two = made(seed=1).whole, made(seed=2).whole
    assert one.change_low is not None
    assert two.change_low is not None
    assert one != two
    assert one.change_low == pytest.approx(two.change_low, abs=1.0)


def test_what_the_uncertainty_comes_from_is_only_what_was_varied() -> None:
    assert set(made().assumptions) == {"sampling", "weights", "aggregation"}
    plain = Doubts(0.0, aggregation=("arithmetic",))
    assert made(doubts=plain).assumptions["sampling"][0] == pytest.approx(1.0, abs=0.15)
    assert "weights" not in made(doubts=plain).assumptions


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        (Indicator("x", "honesty", "t", "survey", 0, 1), "none of the ten factors"),
        (Indicator("x", "audit", "t", "rumour", 0, 1), "the source is 'rumour'"),
        (Indicator("x", "audit", "t", "survey", 1, 1), "do not differ"),
        (Indicator("acts", "audit", "t", "survey", 0, 1), "there twice"),
    ],
)
def test_an_indicator_that_cannot_be_used_is_refused(indicator: Indicator, told: str) -> None:
    with pytest.raises(ArushaError, match=told):
        profile([*INDICATORS, indicator], [BEFORE, AFTER])


@pytest.mark.parametrize(
    ("wave", "told"),
    [
        (Wave("w", {"other": 0.1}, {"other": 0.1}), "no such indicator"),
        (Wave("w", {"acts": 0.9}, {}), "no number"),
        (Wave("w", {"acts": 0.9}, {"acts": -0.1}), "no number"),
        (Wave("w", {"acts": float("nan")}, {"acts": 0.1}), "no number"),
    ],
)
def test_a_value_without_its_error_is_refused(wave: Wave, told: str) -> None:
    with pytest.raises(ArushaError, match=told):
        profile(INDICATORS, [wave])


def test_a_percentage_among_shares_is_refused_and_not_counted_as_all() -> None:
    slip = Wave("2024", {**BEFORE.values, "speak": 40.0}, {**BEFORE.errors, "speak": 2.0})
    with pytest.raises(ArushaError, match="40 is no share"):
        profile(INDICATORS, [slip, AFTER])
    with pytest.raises(ArushaError, match="one name"):
        profile(INDICATORS, [BEFORE, BEFORE])


def test_a_value_beyond_its_posts_is_said_to_count_as_the_end() -> None:
    low = Wave("2024", {**BEFORE.values, "acts": 0.7}, BEFORE.errors)
    found = profile(INDICATORS, [low, AFTER], draws=400)
    assert {f.id: f.beyond for f in found.factors if f.beyond} == {"audit": ("acts",)}
    (said,) = [line for line in profile_text.lines(found, Catalogue("en")) if "counted as 0 or 100 there" in line]
    assert "controls with an act" in said
    assert not any(f.beyond for f in made().factors)


def test_a_profile_has_no_others_to_be_compared_with() -> None:
    with pytest.raises(ArushaError, match="no others"):
        made(doubts=Doubts(normalisation=("min-max",)))
    with pytest.raises(ArushaError, match="3 waves"):
        profile(INDICATORS, [BEFORE, AFTER, AFTER])


@pytest.mark.parametrize("lang", languages())
def test_it_speaks_each_language_whole_and_never_uses_a_banned_word(lang: str) -> None:
    text = "\n".join(profile_text.lines(made(), Catalogue(lang)))
    assert not banned_words(text, lang)
    for factor in FACTORS:
        assert Catalogue(lang).text(f"factor-{factor}") in text
    order = [text.index(Catalogue(lang).text(f"factor-{factor}")) for factor in FACTORS]
    assert order == sorted(order), "factors stand in the order of the Declaration, never by their level"


FILE = """
version: 1
indicators:
  - {code: acts, factor: audit, title: controls with an act, source: records, worst: 0.8, best: 1.0}
waves:
  - name: "2024"
    values: {acts: [0.90, 0.004]}
  - name: "2026"
    values: {acts: [0.96, 0.004]}
draws: 400
"""


def test_the_command_prints_it_and_keeps_the_numbers(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(FILE, encoding="utf-8")
    out = tmp_path / "p.json"
    done = CliRunner().invoke(app, ["profile", str(tmp_path / "p.yaml"), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Audit and investigation rose by 30.0" in done.output
    assert "nothing was asked of it" in done.output
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["whole"]["change"] == pytest.approx(30.0)
    assert data["verdict"] == "rose"
    again = CliRunner().invoke(app, ["profile", str(tmp_path / "p.yaml"), "--out", str(out)])
    assert again.exit_code != 0
    assert list(tmp_path.glob("*.partial")) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("version: 1", "version: 2"), "version 2"),
        (("draws: 400", "draws: 10"), "draws is 10"),
        (("draws: 400", "level: 1.0"), "level is 1.0"),
        (("[0.90, 0.004]", "0.90"), "value, standard error"),
        (("[0.90, 0.004]", '["0,90", 0.004]'), "with a decimal point"),
        (("worst: 0.8, ", ""), "indicator acts has no worst"),
        (("source: records", "sauce: records"), "an entry 'sauce'"),
        (("indicators:", "indicator:"), "an entry 'indicator'"),
        (("draws: 400", "doubts: {aggregation: [best]}"), "no aggregation"),
        (("draws: 400", "draws: &a [*a]"), "itself"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_remedy(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    path = tmp_path / "p.yaml"
    assert change[0] in FILE
    path.write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(ArushaError, match=told) as refused:
        profile_file.read(path)
    assert refused.value.remedy


def test_a_change_by_chance_alone_is_seldom_told_as_one() -> None:
    """The whole procedure, defaults and all: any factor in at most 5% of pairs, less where weights add doubt."""
    rng = np.random.default_rng(6)
    moved = 0
    for k in range(150):
        waves = [
            Wave(
                name, {c: v + BEFORE.errors[c] * rng.standard_normal() for c, v in BEFORE.values.items()}, BEFORE.errors
            )
            for name in ("2024", "2026")
        ]
        found = profile(INDICATORS, waves, draws=300, seed=k)
        moved += any(profile_text.verdict(f.result) != "cannot tell" for f in found.factors if f.result)
    # Binomial with p 0.05 and 150 tries: 7.5 and four standard deviations. Over 2,000 pairs: benchmarks/results.
    assert moved <= 18
