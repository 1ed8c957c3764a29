"""A plan at a threshold of which every text turns its line round, breaks out of its isolation or is markup."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from evaluations_at_work import fields, work
from workbench_office import Office, page, solo

TURNS = "\u202e\u2067\u2069\u202c\u200f\x1b"
"""Right-to-left override and isolate, what ends each and so the page's own isolation, a mark, an escape."""
HOSTILE = f"<script>alert(1)</script>{TURNS}gpj.exe & \"quoted\" 'twice'"
COLUMN = f"<b>{TURNS}eulav"
RAW = re.compile("[\u202a-\u202e\u2067\x1b]")
"""Overrides, embeddings and right-to-left isolates; the pages themselves write the other isolates (U+2066, U+2068)."""


def sent(client: Client) -> str:
    random = np.random.default_rng(1)
    value = np.exp(random.normal(np.log(900), 0.8, 4_000))
    lines = [f"{COLUMN},{COLUMN} 2,{COLUMN} who", *(f"{v:.2f},{k % 3},{TURNS}T{k % 900}" for k, v in enumerate(value))]
    file = SimpleUploadedFile(f"{TURNS[0]}values.csv", "\n".join(lines).encode())
    answer = client.post("/evaluations/panels", {"files": file, "holds": "values"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def turned(html: str) -> list[str]:
    """Signs that turn text, outside the fields in which somebody goes on typing what they typed."""
    html = re.sub(r"(?s)<textarea.*?</textarea>", "", html)
    html = re.sub(r'\bvalue="[^"]*"', "", html)
    return [html[max(0, m.start() - 60) : m.end() + 20] for m in RAW.finditer(html)]


def closed_too_often(html: str) -> list[str]:
    """Ends of isolates that nothing of the page began: behind them the page's own text is turned."""
    text = re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<textarea.*?</textarea>", "", html))
    return [line for line in text.splitlines() if line.count("\u2069") > line.count("\u2068") + line.count("\u2066")]


@pytest.mark.control("AC-4")
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_hostile_text_in_every_field_of_a_threshold_turns_and_runs_nothing(lang: str, office: Office) -> None:
    client = solo()
    client.cookies["language"] = lang
    at = sent(client)
    given = {k: v for k, v in fields(page(client, at)).items() if not k.startswith("outcome-")}
    given |= {"measure": HOSTILE, "theory": HOSTILE, "threshold": "1000", "running": COLUMN, "smallest_effect": "0.5"}
    given |= {"cluster": f"{COLUMN} who", "outcome-1": "yes"}
    seen: dict[str, str] = {"form": page(client, at)}
    for field in given:
        answer = client.post(f"{at}/power", given | {field: HOSTILE})
        assert answer.status_code in (200, 400), field
        seen[field] = answer.content.decode()
    power = client.post(f"{at}/power", given)
    assert power.status_code == 200, power.content.decode()[-3000:]
    seen["power"] = power.content.decode()
    (word,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', seen["power"])
    done = client.post(f"{at}/register", given | {"seen": word})
    assert done.status_code == 302, done.content.decode()[-3000:]
    evaluation = str(done["Location"])
    seen["before"] = page(client, evaluation)
    client.post(f"{evaluation}/run")
    work(office.home)
    for place in (evaluation, "/evaluations", "/evaluations/new", "/jobs", "/ledgers/evaluations"):
        seen[place] = page(client, place)
    (job,) = re.findall(r'href="(/jobs/[0-9a-f]+)"', seen["/jobs"])[:1]
    seen["job"] = page(client, job)
    assert 'class="answer"' in seen[evaluation], "it ran, and its page is whole"
    for name, html in seen.items():
        assert "<script>alert" not in html, name
        assert "<b>\u202e" not in html, name
        assert "alert(1)</script>" not in html, name
        assert not turned(html), (name, turned(html)[:3])
        assert not closed_too_often(html), (name, closed_too_often(html)[:3])
