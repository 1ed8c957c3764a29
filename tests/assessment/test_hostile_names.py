"""Names are written by whoever made the records. In a report they are text, whatever they say."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from synthetic_folder import OFFICES, write_folder

from arusha.assessment import plan as plans
from arusha.assessment.report import write_report
from arusha.assessment.run import Assessment, assess
from arusha.language import languages
from arusha.records.load import load

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    '"><svg onload=alert(2)>',
    "'><img src=x onerror=alert(3)>",
    "</style></svg><b onclick=alert(4)>",
    "{{7*7}}",
)
"""One for each place where a page could be broken into: text, both kinds of attributes, style, template."""
ACTIVE = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "link",
    "base",
    "form",
    "foreignobject",
    "animate",
    "set",
    "use",
}


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {k: v or "" for k, v in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def inert(page: str) -> str:
    """The text that a reader sees, once it is clear that nothing on the page can act."""
    assert SCRIPT not in page
    parsed = Elements()
    parsed.feed(page)
    parsed.close()
    assert {tag for tag, _ in parsed.found} & ACTIVE == set()
    for tag, attributes in parsed.found:
        assert not [a for a in attributes if a.startswith("on")], tag
        assert not [v for v in attributes.values() if re.match(r"\s*(javascript|data|vbscript):", v, re.IGNORECASE)], (
            tag
        )
    return "".join(parsed.text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """A port in which a declarant with such a name nearly always meets one officer; loaded without pseudonyms."""
    home = tmp_path_factory.mktemp("hostile")
    source = home / "in"
    office = HOSTILE[1]
    (source / "assignments").mkdir(parents=True)

    def write(name: str, header: str, rows: list[list[str]]) -> None:
        quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
        (source / name).write_text("\n".join([header, *quoted]) + "\n", encoding="utf-8")

    declarations, picks = [], []
    draw = np.random.default_rng(5)
    for k in range(900):
        broker = (HOSTILE[0], "B1", "B2", "B3", "B4")[int(draw.integers(5))]
        steered = broker == HOSTILE[0] and draw.random() < 0.9
        officer = (HOSTILE[2], "O1", "O2", "O3")[0 if steered else int(draw.integers(4))]
        moment = (datetime(2025, 1, 6, 9) + timedelta(days=k // 4, minutes=k % 400)).isoformat()
        declarations.append([f"D{k}", office, "IM4", moment, broker, "red", "green", officer, "x"])
        picks.append([f"A{k}", f"D{k}", "1", officer, moment, "system"])
    declarations.append(["D999", office, "IM4", HOSTILE[3], HOSTILE[0], "red", "green", "O1", "x"])
    write(
        "declarations.csv",
        "declaration_id,office,procedure,registered_at,declarant_id,lane_assigned,lane_final,officer_id,"
        "<b onclick=alert(5)>",
        declarations,
    )
    write(
        "assignments/assignments-<script>alert(1)<.csv",
        "assignment_id,declaration_id,sequence,officer_id,assigned_at,assigned_by",
        picks,
    )
    write("offices.csv", "office,name,zone", [[office, HOSTILE[3], "UTC"]])
    write(
        "duties.csv",
        "officer_id,kind,from_date,to_date,detail,recorded_at,recorded_by",
        [[HOSTILE[2], HOSTILE[4], "2024-01-01", "", HOSTILE[0], "2024-01-02", "O1"]],
    )
    workspace = load(source, out=home / "x<script>alert(1)<.arusha", pseudonyms="off")
    plan = plans.Plan(("assignment-steering",), date(2025, 1, 1), date(2026, 1, 1))
    return assess(workspace, home / "a", plan=plan, languages=languages())


@pytest.mark.parametrize("lang", languages())
def test_a_declarant_named_as_a_script_is_shown_and_does_nothing(hostile: Assessment, lang: str) -> None:
    assert SCRIPT in [r["other_id"] for r in hostile.signals.to_pylist() if r["signal"]], "there is a page to attack"
    seen = inert((hostile.path / f"report.{lang}.html").read_text(encoding="utf-8"))
    assert SCRIPT in seen, "the reader sees the name as it is"
    assert HOSTILE[1] in seen


@pytest.mark.parametrize("lang", languages())
def test_every_chart_and_table_shows_such_names_as_text(tmp_path: Path, lang: str) -> None:
    folder = write_folder(tmp_path / "a")
    renamed = 0
    for number, path in enumerate(sorted(folder.rglob("*.parquet"))):
        table = pq.read_table(path)
        for place, field in enumerate(table.schema):
            if not pa.types.is_string(field.type):
                continue
            values = table.column(place).to_pylist()
            told = [
                HOSTILE[(number + i) % 4] + v if v and (v in OFFICES or re.match(r"[PTR]-\w{4}-", v)) else v
                for i, v in enumerate(values)
            ]
            renamed += told != values
            table = table.set_column(place, field.name, pa.array(told, pa.string()))
        pq.write_table(table, path)
    assert renamed > 3
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["workspace"]["name"] = HOSTILE[0]
    for source in manifest["workspace"]["sources"]:
        source["path"] = HOSTILE[2]
    for question in manifest["questions"]:
        for note in question["notes"]:
            note.update({k: HOSTILE[3] + v for k, v in note.items() if k == "text" and isinstance(v, str)})
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    seen = inert(write_report(folder, lang).read_text(encoding="utf-8"))
    assert SCRIPT in seen
