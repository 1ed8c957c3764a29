"""The room of evaluations at a threshold: power before the plan is registered, counts as they are, four languages."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from evaluations_at_work import fields, work
from examplia import Examplia
from workbench_office import Office, page, signed_in, solo

from arusha.effects import Evaluations, ThresholdPlan
from arusha.language import banned_words, languages
from arusha.ledger import verify
from arusha.workbench.demo_office import person

TOLD = {
    "measure": "Simplified declaration up to 1,000",
    "theory": "Below it nobody looks inside",
    "smallest_effect": "0,5",
    "outcome-0": "yes",
}
OF_RECORDS, OF_FILE = "/evaluations/thresholds", "/evaluations/panels/{}/threshold"


def filled(client: Client, at: str) -> dict[str, str]:
    """The form as it is shown, told what it must be; only the first of the outcomes is compared."""
    return {k: v for k, v in fields(page(client, at)).items() if not k.startswith("outcome-")} | TOLD


def register(client: Client, at: str, **changes: str) -> str:
    """Look at the power of the form, then register; the key of the plan."""
    given = filled(client, at) | changes
    shown = client.post(f"{at}/power", given)
    assert shown.status_code == 200, shown.content.decode()[-3000:]
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    done = client.post(f"{at}/register", given | {"seen": seen})
    assert done.status_code == 302, done.content.decode()[-3000:]
    return str(done["Location"]).rsplit("/", 1)[-1]


def send(client: Client, moved: float) -> str:
    """Send declared values, of which a share moves from just beyond 1,000 to just within; the file's key."""
    random = np.random.default_rng(1)
    value = np.exp(random.normal(np.log(900), 0.8, 6_000))
    goes = (value > 1_000) & (value < 1_150) & (random.random(6_000) < moved)
    value = np.where(goes, 1_000 - random.integers(0, 60, 6_000), value)
    lines = ["قيمة,trader", *(f"{v:.2f},T{k % 2_000}" for k, v in enumerate(value))]
    file = SimpleUploadedFile("قيم.csv", "\n".join(lines).encode())
    answer = client.post("/evaluations/panels", {"files": file, "holds": "values"})
    assert answer.status_code == 302
    return str(answer["Location"]).split("/")[-2]


def test_a_limit_of_the_records_from_power_to_the_answer(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    assert "simplified declaration" in page(manager, "/evaluations/new")
    key = register(manager, OF_RECORDS, threshold="simplified declaration")
    kept = Evaluations(examplia.workspace)
    (entered,) = kept.entered()
    assert isinstance(entered.plan, ThresholdPlan)
    assert (entered.key, entered.runs, entered.plan.outcomes) == (key, (), ("physical_control",))
    before = page(manager, f"/evaluations/{key}")
    assert "Never run" in before
    assert "Values where it pays to be" in before
    assert "as they are" not in before, "no result before it is run"
    assert manager.post(f"/evaluations/{key}/run").status_code == 302
    work(examplia.home)
    after = page(manager, f"/evaluations/{key}")
    for part in ("as they are", "Strength of evidence", "Cannot tell"):
        assert part in after, "so small a demo has too few values near the limit"
    assert "The declarations were there when this plan was registered" in after
    taken = manager.post(f"/evaluations/{key}/result.json")
    content = json.loads(taken.content)
    assert content["plan_hash"] == entered.hash
    assert "around" not in content
    answer = kept.entered()[0].answer
    assert answer is not None
    assert answer["conclusion"] == content["verdict"]
    ledger = kept.ledger()
    assert ledger is not None
    assert verify(ledger).ok


def test_values_that_were_sent_pile_up(office: Office) -> None:
    client = solo()
    at = OF_FILE.format(send(client, moved=0.4))
    assert at in page(client, "/evaluations/new")
    key = register(client, at, threshold="1000", running="قيمة", cluster="trader", **{"outcome-0": ""})
    client.post(f"/evaluations/{key}/run")
    work(office.home)
    html = page(client, f"/evaluations/{key}")
    assert "Values pile up at the threshold" in html
    assert "not who chose them" in html
    assert "Other thresholds, at which no rule begins" in html
    assert html.index("as they are") < html.index("How dense values lie"), "counts come before estimates"
    assert "Values pile up at the threshold" in page(client, "/evaluations")


def test_a_plan_whose_power_was_not_shown_is_not_registered(office: Office) -> None:
    """Must never happen: a plan registered without having seen what it could show."""
    client = solo()
    at = OF_FILE.format(send(client, moved=0.0))
    given = filled(client, at) | {"threshold": "1000"}
    shown = client.post(f"{at}/power", given).content.decode()
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown)
    for told in ({}, {"seen": "0" * 64}, {"seen": seen, "threshold": "900"}):
        assert client.post(f"{at}/register", given | told).status_code == 200
    kept = Evaluations(office.home.parent)
    assert kept.entered() == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"threshold": "many"}, "threshold is no number"),
        ({"smallest_effect": "0"}, "smallest_effect and bin are above 0"),
        ({"round_numbers": "100", "bin": ""}, "bins must end at the round numbers"),
        ({"measure": ""}, "measure is empty"),
        ({"placebos": "500 x"}, "placebos is no number"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_and_what_was_filled_in_stays(
    changes: dict[str, str], said: str, office: Office
) -> None:
    client = solo()
    at = OF_FILE.format(send(client, moved=0.0))
    given = filled(client, at) | {"threshold": "1000"} | changes
    answer = client.post(f"{at}/power", given)
    assert answer.status_code == 400
    # Names stand between marks that keep their direction, as on every page.
    assert said in answer.content.decode().replace("\u2068", "").replace("\u2069", "")
    assert "Below it nobody looks inside" in answer.content.decode()


def test_records_without_a_threshold_say_what_is_missing(office: Office) -> None:
    assert "The records state no threshold" in page(solo(), OF_RECORDS)


def test_the_union_and_the_auditor_plan_none(office: Office) -> None:
    office.make_charter()
    for role in ("union-reviewer", "internal-auditor"):
        assert signed_in(role).get(OF_RECORDS).status_code == 403


@pytest.mark.parametrize("lang", languages())
def test_every_page_at_a_threshold_speaks_the_language(lang: str, examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    key = register(manager, OF_RECORDS, threshold="simplified declaration")
    manager.post(f"/evaluations/{key}/run")
    work(examplia.home)
    manager.cookies["language"] = lang
    for at in (OF_RECORDS, f"/evaluations/{key}", "/evaluations"):
        html = page(manager, at)
        assert f'<html lang="{lang}"' in html
        assert not banned_words(re.sub(r"(?s)<footer>.*|<[^>]+>", " ", html), lang)
