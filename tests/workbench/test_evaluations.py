"""The wizard: power before anything, plans in the ledger before results, nulls that stay, and bad panels told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from evaluations_at_work import fields, register, work
from examplia import Examplia
from workbench_office import Office, page, signed_in, solo

from arusha.effects import Evaluations
from arusha.language import banned_words, languages
from arusha.ledger import verify
from arusha.workbench.demo_office import person
from arusha.workbench.models import Job

PANEL = ["post,month,closed,other,controls,first"]


def panel(*, treated: int = 6, units: int = 14, months: int = 24, skip: tuple[int, int] | None = None) -> list[str]:
    """A plain panel of offices with Arabic names that end with a full stop."""
    lines = list(PANEL)
    for u in range(units):
        for m in range(months):
            if (u, m) == skip:
                continue
            label = f"{2024 + m // 12}-{m % 12 + 1:02d}"
            noise = (u * 7 + m * 13) % 11
            start = "2025-01" if u < treated else ""
            lines.append(f"مركز {u}.,{label},{40 + noise},{20 + noise},400,{start}")
    return lines


def send(client: Client, lines: list[str]) -> str:
    """Send a panel; its key in addresses."""
    file = SimpleUploadedFile("لوحة.csv", "\n".join(lines).encode())
    answer = client.post("/evaluations/panels", {"files": file})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"]).rsplit("/", 1)[-1]


FILLED = {
    "measure": "Officers rotate",
    "theory": "No ties last",
    "unit": "post",
    "period": "month",
    "exposure": "controls",
    "begins": "first",
    "outcome": "closed",
    "better": "lower",
    "smallest_effect": "0.05",
    "role-3": "counter-lower",
}


def test_from_the_records_to_the_answer(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    key = register(manager, "rotation", also_happened="A new director", kept_by="Internal audit")
    kept = Evaluations(examplia.workspace)
    (entered,) = kept.entered()
    assert (entered.key, entered.actor, entered.runs) == (key, person("programme-manager"), ())
    before = page(manager, f"/evaluations/{key}")
    assert "Never run" in before
    assert "you would see changes" in before
    assert "Raw means" not in before, "no result before it is run"
    assert "Never run" in page(manager, "/evaluations")
    assert manager.post(f"/evaluations/{key}/run").status_code == 302
    work(examplia.home)
    assert Job.objects.get(kind="evaluate").state == Job.DONE
    after = page(manager, f"/evaluations/{key}")
    for part in ("Raw means", "Effects by time", "Placebo units", "Placebo dates", "All outcomes together", "Watch"):
        assert part in after
    assert after.index("Raw means") < after.index("Effects by time") < after.index("Placebo units")
    assert "Strength of evidence" in after
    size = re.search(r'id="size">(.*?)</p>', after)
    assert size is not None, "how large it is, and how sure, stands beside the answer"
    first = re.search(r"<tbody>\s*<tr>.*?</tr>", after[after.index("All outcomes together") :], re.DOTALL)
    assert first is not None
    assert len(shown := re.findall(r"-?\d+\.\d{4}", re.sub(r"<[^>]*>", "", size[1]))) == 4
    assert all(number in first[0] for number in shown[:3])
    assert "Internal audit" in after
    taken = manager.post(f"/evaluations/{key}/result.json")
    assert json.loads(taken.content)["plan_hash"] == entered.hash
    ledger = kept.ledger()
    assert ledger is not None
    assert [r.entry.kind for r in ledger.entries()] == [
        "evaluation.registered",
        "evaluation.run",
        "evaluation.answered",
    ]
    assert verify(ledger).ok
    auditor = examplia.acting_as(person("internal-auditor"))
    assert "Ledger of evaluations" in page(auditor, "/ledgers")
    assert page(auditor, "/ledgers/evaluations")


def test_a_plan_whose_power_was_not_shown_is_not_registered(examplia: Examplia) -> None:
    """Must never happen: a plan registered without having seen what it could show."""
    manager = examplia.acting_as(person("programme-manager"))
    given = fields(page(manager, "/evaluations/panels/rotation"))
    shown = manager.post("/evaluations/panels/rotation/power", given).content.decode()
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown)
    for told in ({}, {"seen": "0" * 64}, {"seen": seen, "smallest_effect": "0.05"}):
        answer = manager.post("/evaluations/panels/rotation/register", given | told)
        assert answer.status_code == 200
        assert 'name="seen"' in answer.content.decode(), "its own power is shown instead"
    assert Evaluations(examplia.workspace).entered() == ()


def test_a_later_plan_is_marked_and_a_null_stays(examplia: Examplia) -> None:
    """Must never happen: a null that is left out, or a plan changed after results without a mark."""
    manager = examplia.acting_as(person("programme-manager"))
    for number, smallest in enumerate(("0.02", "0.03")):
        key = register(manager, "code-of-conduct", smallest_effect=smallest)
        assert ("existed before this plan" in page(manager, f"/evaluations/{key}")) == bool(number)
        manager.post(f"/evaluations/{key}/run")
        work(examplia.home)
    register(manager, "rotation")
    listing = page(manager, "/evaluations")
    assert re.search(r"Registered: \D*3\D", listing)
    assert re.search(r"Never run: \D*1\D", listing)
    assert listing.count("Amended") == 1


def test_a_second_plan_is_marked_on_its_page_though_the_first_never_ran(examplia: Examplia) -> None:
    """Must never happen: two plans of one evaluation stand in the list, and nobody sees which came first."""
    manager = examplia.acting_as(person("programme-manager"))
    first = register(manager, "code-of-conduct")
    second = register(manager, "code-of-conduct", measure="Integrity week", theory="x")
    assert "Amended" not in page(manager, f"/evaluations/{first}")
    shown = page(manager, f"/evaluations/{second}")
    assert "It had no results by then" in shown
    assert f'href="/evaluations/{first}"' in shown
    assert page(manager, "/evaluations").count("Amended") == 1


def test_the_same_evaluation_is_not_run_twice_at_once(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    key = register(manager, "rotation")
    assert manager.post(f"/evaluations/{key}/run").status_code == 302
    assert manager.post(f"/evaluations/{key}/run").status_code == 400


@pytest.mark.parametrize("state", [Job.WAITING, Job.RUNNING])
def test_an_evaluation_that_is_being_worked_out_does_not_say_that_it_failed(state: str, examplia: Examplia) -> None:
    """The entry of the run is there before the answer: its page told people to run it again meanwhile."""
    manager = examplia.acting_as(person("programme-manager"))
    key, other = register(manager, "rotation"), register(manager, "code-of-conduct")
    manager.post(f"/evaluations/{key}/run")
    (job,) = Job.objects.filter(kind="evaluate")
    Job.objects.filter(pk=job.pk).update(state=state)
    kept = Evaluations(examplia.workspace)
    entered = kept.find(key)
    assert entered is not None
    assert entered.plan is not None
    kept.results(entered.plan, person("programme-manager"))
    shown = page(manager, f"/evaluations/{key}")
    assert "It is being worked out now" in shown
    assert f'href="/jobs/{job.key}"' in shown
    assert "no answer was recorded" not in shown
    assert 'id="run"' not in shown
    assert 'id="run"' in page(manager, f"/evaluations/{other}")
    assert "It is being worked out now" in page(manager, "/evaluations")
    Job.objects.filter(pk=job.pk).update(state=Job.FAILED)
    shown = page(manager, f"/evaluations/{key}")
    assert "no answer was recorded" in shown
    assert 'id="run"' in shown


@pytest.mark.parametrize("lang", languages())
def test_every_page_speaks_the_language(lang: str, examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    key = register(manager, "second-signature")
    manager.post(f"/evaluations/{key}/run")
    work(examplia.home)
    manager.cookies["language"] = lang
    for at in ("", "/new", "/panels/rotation", f"/{key}"):
        html = page(manager, f"/evaluations{at}")
        assert f'<html lang="{lang}"' in html
        assert not banned_words(re.sub(r"(?s)<footer>.*|<[^>]+>", " ", html), lang)


def test_a_panel_that_was_sent(office: Office) -> None:
    client = solo()
    key = send(client, panel())
    shown = page(client, f"/evaluations/panels/{key}")
    assert "مركز" not in shown, "no row is shown, only columns"
    plan = register(client, key, **FILLED)
    html = page(client, f"/evaluations/{plan}")
    assert "Officers rotate" in html
    client.post(f"/evaluations/{plan}/run")
    work(office.home)
    assert "Strength of evidence" in page(client, f"/evaluations/{plan}")


def unmarked(html: str) -> str:
    """Without the marks that keep the direction of what is named in a sentence."""
    return re.sub("[\u2066-\u2069]", "", html)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (panel(skip=(3, 0)), "the unit appears late"),
        (panel(skip=(3, 7)), "the period 2024-08 is missing"),
        ([line for line in panel() if ",2024-06," not in line], "the month 2024-06 is missing for every unit"),
        ([*panel()[:-1], panel()[-1].replace(",400,", ",four,")], "which is not a number"),
    ],
)
def test_what_is_wrong_with_a_panel_is_told_with_its_place(lines: list[str], said: str, office: Office) -> None:
    client = solo()
    key = send(client, lines)
    answer = client.post(f"/evaluations/panels/{key}/power", FILLED)
    assert answer.status_code == 400
    html = unmarked(answer.content.decode())
    assert said in html
    assert "لوحة.csv" in html
    assert "column" in html
    assert "Officers rotate" in html, "what was filled in stays"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        ("\n".join(panel()).encode("cp1256"), "there are letters that are not in UTF-8"),
        ("\n".join([*panel()[:5], "a,b", *panel()[5:]]).encode(), "the line has 2 columns, the header 6"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_where_another_can_be_sent(
    content: bytes, said: str, office: Office
) -> None:
    client = solo()
    sent = client.post("/evaluations/panels", {"files": SimpleUploadedFile("panel.csv", content)})
    answer = client.get(str(sent["Location"]))
    assert answer.status_code == 400
    html = unmarked(answer.content.decode())
    assert said in html
    assert "not open to you" not in html
    assert 'type="file"' in html


@pytest.mark.parametrize("lang", languages())
def test_a_place_in_the_records_is_told_in_the_language(lang: str, office: Office) -> None:
    client = solo()
    key = send(client, [*panel()[:-1], panel()[-1].replace(",400,", ",four,")])
    client.post("/language", {"language": lang, "back": "/"})
    html = unmarked(client.post(f"/evaluations/panels/{key}/power", FILLED).content.decode())
    words = {"en": "line 337", "fr": "ligne 337", "es": "línea 337", "ar": "السطر 337"}
    assert words[lang] in html
    assert lang == "en" or "line 337" not in html


def test_a_slip_in_a_cell_hides_no_column_and_is_told_before_the_plan_is_registered(office: Office) -> None:
    client = solo()
    lines = panel()
    cells = lines[1].split(",")
    key = send(client, [lines[0], ",".join([*cells[:3], "<5", *cells[4:]]), *lines[2:]])
    assert 'name="role-3"' in page(client, f"/evaluations/panels/{key}")
    answer = client.post(f"/evaluations/panels/{key}/power", FILLED)
    assert answer.status_code == 400
    assert "line 2, column other" in unmarked(answer.content.decode())


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"near": "O99"}, "the unit O99 is not in the column post"),
        ({"smallest_effect": "2%"}, "smallest_effect is no number"),
        ({"anticipation": "x"}, "anticipation is no whole number"),
        ({"first": "2024-03"}, "only one is given"),
    ],
)
def test_a_slip_in_the_form_is_told_with_its_field_and_stays(slip: dict[str, str], said: str, office: Office) -> None:
    client = solo()
    key = send(client, panel())
    answer = client.post(f"/evaluations/panels/{key}/power", FILLED | slip)
    assert answer.status_code == 400
    html = unmarked(answer.content.decode())
    assert said in html
    ((name, typed),) = slip.items()
    assert f'<a href="#{name}">' in html
    assert typed in html


def test_where_nobody_is_treated_the_page_says_so(office: Office) -> None:
    client = solo()
    key = send(client, panel(treated=0))
    plan = register(client, key, **FILLED)
    client.post(f"/evaluations/{plan}/run")
    work(office.home)
    assert "No unit is treated within the panel" in page(client, f"/evaluations/{plan}")


def test_a_treatment_that_switches_off_is_told(office: Office) -> None:
    client = solo()
    lines = panel()
    rows = [line.rsplit(",", 1) for line in lines[1:]]
    on = [f"{a},{1 if b and '2025-0' in a and ',2025-09' not in a else 0}" for a, b in rows]
    key = send(client, [lines[0], *on])
    answer = client.post(f"/evaluations/panels/{key}/power", FILLED | {"begins-as": "switch"})
    assert "the treatment switches off in 2025-09" in unmarked(answer.content.decode())


@pytest.mark.parametrize(("treated", "units"), [(1, 8), (14, 14)])
def test_where_the_design_cannot_tell_it_says_so_before(treated: int, units: int, office: Office) -> None:
    client = solo()
    key = send(client, panel(treated=treated, units=units))
    plan = register(client, key, **FILLED)
    assert "No method is sound for this design" in page(client, f"/evaluations/{plan}")
    client.post(f"/evaluations/{plan}/run")
    work(office.home)
    assert "Cannot tell" in page(client, f"/evaluations/{plan}")


def of_persons(lines: list[str]) -> list[str]:
    """A panel whose units are officers by their pseudonyms."""
    rows = [line.split(",", 1) for line in lines[1:]]
    return [lines[0], *(f"P-ABCD-EFGH-{int(''.join(c for c in u if c.isdigit())):04d},{rest}" for u, rest in rows)]


@pytest.mark.parametrize(("treated", "units"), [(1, 20), (9, 30), (12, 15)])
def test_means_by_time_of_fewer_than_ten_persons_are_told_to_nobody(treated: int, units: int, office: Office) -> None:
    client = solo()
    key = send(client, of_persons(panel(treated=treated, units=units)))
    for step in ("power", "register"):
        answer = client.post(f"/evaluations/panels/{key}/{step}", FILLED)
        assert answer.status_code == 400
        assert "the panel is of persons" in unmarked(answer.content.decode())
    assert not Evaluations(office.workspace).entered()


def test_neither_the_page_nor_the_file_of_an_evaluation_of_persons_names_one(office: Office) -> None:
    client = solo()
    key = send(client, of_persons(panel(treated=12, units=26)))
    named = {"near": "P-ABCD-EFGH-0020", "exclude": "P-ABCD-EFGH-0021"}
    plan = register(client, key, **(FILLED | named))
    client.post(f"/evaluations/{plan}/run")
    work(office.home)
    html = page(client, f"/evaluations/{plan}")
    told = client.post(f"/evaluations/{plan}/take").content.decode()
    assert "Raw means" in html
    assert "P-ABCD-EFGH" not in html + told


def test_a_file_that_is_no_panel_is_refused(office: Office) -> None:
    client = solo()
    key = send(client, ["just one column", "1"])
    answer = client.get(f"/evaluations/panels/{key}")
    assert answer.status_code == 400
    assert "a panel has at least a unit, a period and a count" in answer.content.decode()


def test_there_are_no_demo_records_where_records_are_real(office: Office) -> None:
    client = solo()
    assert client.get("/evaluations/panels/rotation").status_code == 404
    assert "reform-rotation" not in page(client, "/evaluations/new")
    assert client.get("/evaluations/..%2Fx").status_code == 404


def test_the_union_and_the_auditor_see_nulls_and_plan_nothing(office: Office, tmp_path: Path) -> None:
    office.make_charter()
    for role in ("union-reviewer", "internal-auditor"):
        client = signed_in(role)
        assert client.get("/evaluations").status_code == 200
        assert client.get("/evaluations/new").status_code == 403


COUNTED = {
    "question": "lane-rates",
    "counted-by": "month",
    "until": "2025-06-30",
    "starts": "SMA=2025-09\n\nAPH = 2025-10",
}


def counted(examplia: Examplia, client: Client, **changes: str) -> tuple[Job, str]:
    """Ask for a panel, have it counted; the job and its page."""
    asked = client.post("/evaluations/counted", COUNTED | changes)
    assert asked.status_code == 302, asked.content.decode()[-2000:]
    work(examplia.home)
    return Job.objects.get(key=str(asked["Location"]).rsplit("/", 1)[-1]), page(client, asked["Location"])


def test_a_panel_is_counted_from_the_records_and_its_plan_proposed(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    assert 'name="question"' in page(manager, "/evaluations/new")
    job, told = counted(examplia, manager)
    assert (job.state, job.given["starts"]) == (Job.DONE, {"SMA": "2025-09", "APH": "2025-10"})
    assert "They are missing, not zero" in told
    assert re.search(r"WCR: 2025-01", told)
    assert "Left out" not in told, "lanes are nobody's act"
    key = job.given["panel"]
    assert f'href="/evaluations/panels/{key}"' in told
    form = page(manager, f"/evaluations/panels/{key}")
    given = fields(form)
    assert (given["unit"], given["period"], given["exposure"], given["begins"], given["outcome"]) == (
        *("office", "month", "exposure", "first_treated", "green"),
    )
    for none in ("share_", "se_", "expected_"):
        assert none not in form, "a plan takes raw counts"
    filled = given | {"measure": "A rule changed", "theory": "It says so", "smallest_effect": "0.05"}
    assert given["exclude"] == "WCR", "what lacks months is proposed to be left out"
    late = manager.post(f"/evaluations/panels/{key}/power", filled | {"exclude": ""})
    assert late.status_code == 400
    assert "appears late" in late.content.decode()
    cut = {"exclude": "", "first": "2025-07", "last": "2025-12"}
    assert manager.post(f"/evaluations/panels/{key}/power", filled | cut).status_code == 200
    plan = register(manager, key, **filled)
    manager.post(f"/evaluations/{plan}/run")
    work(examplia.home)
    assert "Cannot tell" in page(manager, f"/evaluations/{plan}"), "two offices of seven in a year tell nothing"
    asked = [r.entry for r in examplia.record.ledger.entries() if "errand:count" in r.entry.subjects]
    assert {"question:lane-rates", f"panel:{key}"} <= set(asked[0].subjects)


def test_a_counted_panel_of_few_officers_is_held_back_though_the_question_is_live(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    job, told = counted(examplia, manager, question="finding-rate", starts="", until="2025-06-30")
    if job.state == Job.FAILED:
        assert "nothing is left of the panel" in told
    else:
        assert "fewer than ten officers stand behind a row" in told
        text = (Path(job.given["folder"]) / "panel.csv").read_text("utf-8")
        assert not any(f'"{office}"' in text for office in job.told["withheld"].split(", "))


def test_what_cannot_be_counted_is_said_and_leaves_nothing(examplia: Examplia) -> None:
    manager = examplia.acting_as(person("programme-manager"))
    for wrong in ({"question": "value-shortfall"}, {"until": "June"}, {"starts": "SMA"}, {"counted-by": "week"}):
        assert manager.post("/evaluations/counted", COUNTED | wrong).status_code == 400
    assert not Job.objects.exists()
    job, told = counted(examplia, manager, starts="SMX=2025-09")
    assert job.state == Job.FAILED
    assert "Did you mean SMA" in unmarked(told)
    assert not Path(job.given["folder"]).exists()
    assert not list(Path(job.given["folder"]).parent.glob(".part-*"))
    assert page(manager, "/evaluations/new").count("/evaluations/panels/") == 3  # the demo's three measures
    reader = examplia.acting_as(person("investigator"))
    assert reader.post("/evaluations/counted", COUNTED).status_code == 403
