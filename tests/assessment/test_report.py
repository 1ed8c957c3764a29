"""The report is one offline file that can be read without a script, on paper, in either direction."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from synthetic_folder import write_folder

from arusha.assessment.quality import noted
from arusha.assessment.report import write_report
from arusha.errors import ArushaError, Cell
from arusha.language import Catalogue, banned_words, languages
from arusha.language.told import sentence

VOID = {"meta", "br", "link", "img", "hr", "input", "path", "line", "circle", "rect", "polygon", "polyline"}


class Outline(HTMLParser):
    """Elements as they open and close; fails on one that closes what is not open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("assessment"))


def outline(folder: Path, lang: str) -> tuple[str, Outline]:
    text = write_report(folder, lang).read_text(encoding="utf-8")
    parsed = Outline()
    parsed.feed(text)
    parsed.close()
    assert parsed.open == []
    return text, parsed


LANGUAGES = [lang for lang in languages() if Catalogue(lang).has("report-title")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_loaded_and_nothing_runs(folder: Path, lang: str) -> None:
    text, parsed = outline(folder, lang)
    assert not {"script", "img", "link", "iframe", "object", "embed", "base", "form"} & {t for t, _ in parsed.elements}
    for tag, attributes in parsed.elements:
        assert not any(name.startswith("on") or name in ("src", "srcset", "style", "ping") for name in attributes), tag
        target = attributes.get("href", "#")
        assert target.startswith("#") or (folder / target).is_file(), target
    assert "url(" not in text
    assert "@import" not in text
    policy = next(a["content"] for a in parsed.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_direction_headings_and_landmarks(folder: Path, lang: str) -> None:
    _, parsed = outline(folder, lang)
    root = parsed.all("html")[0]
    assert (root["lang"], root["dir"]) == (lang, Catalogue(lang).direction)
    levels = [int(tag[1]) for tag, _ in parsed.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [len(parsed.all(tag)) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    ids = [a["id"] for _, a in parsed.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in parsed.elements:
        named = attributes.get("aria-labelledby")
        assert named is None or named in ids
        target = attributes.get("href", "")
        assert not target.startswith("#") or target[1:] in ids
    assert all(a.get("scope") in ("col", "row") for a in parsed.all("th"))
    assert all(a.get("role") == "img" and a.get("aria-label") for a in parsed.all("svg"))
    for tag, attributes in parsed.elements:
        if "wide" in attributes.get("class", ""):
            assert attributes["tabindex"] == "0", tag
            assert attributes["role"] == "region"
            assert attributes.get("aria-label") or attributes.get("aria-labelledby")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_banned_word_and_no_unfilled_sentence(folder: Path, lang: str) -> None:
    _, parsed = outline(folder, lang)
    said = " ".join(parsed.text)
    assert banned_words(said, lang) == ()
    assert "{" not in said
    assert "None" not in said
    assert "nan" not in said.split()


def test_the_first_page_says_what_was_found_in_counts(folder: Path) -> None:
    _, parsed = outline(folder, "en")
    said = re.sub("[\u2066-\u2069]", "", " ".join(parsed.text))
    manifest = json.loads((folder / "manifest.json").read_text())
    steering = manifest["questions"][0]
    assert "They concern 2 offices: EX01 and EX03." in said
    assert "We asked 6 questions of 40,000 declarations from 4 offices" in said
    assert "3 questions could not be assessed" in said
    assert f"Of {steering['tested']} pairs of officer and declarant examined" in said
    assert "at most 15 in 100 assessments" in said
    assert "Not assessed: needs inspection acts." in said
    assert "A signal is a reason to look, not a finding." in said
    assert "Study: nobody agreed to these questions. Not to be used about any person." in said
    assert Catalogue("en").text("review-native-speaker-no") in said


def test_what_stood_out_is_listed_in_neutral_order(folder: Path) -> None:
    text, _ = outline(folder, "en")
    section = text.split('<section id="assignment-steering"')[1].split("</section>")[0]
    table = section.split('class="small signals"')[1].split("</table>")[0]
    units = re.findall(r"<th scope=\"row\" class=\"unit\">\u2068(P-[-0-9A-Z]+)\u2069", table)
    assert len(units) >= 2
    offices = re.findall(r"<td>\u2068(EX\d+)\u2069</td>", table)
    assert list(zip(offices, units, strict=True)) == sorted(zip(offices, units, strict=True))


def test_demo_mark_is_on_every_section_and_absent_from_real_assessments(folder: Path, tmp_path: Path) -> None:
    _, parsed = outline(folder, "en")
    sections = len(parsed.all("section"))
    assert sum("demo" in a.get("class", "") for a in parsed.all("p")) == sections
    _, real = outline(write_folder(tmp_path / "real", demo=False), "en")
    assert not any("demo" in a.get("class", "") for a in real.all("p"))


def test_text_in_english_alone_is_marked_in_other_languages(folder: Path) -> None:
    text, _ = outline(folder, "ar")
    assert '<bdi lang="en" dir="ltr">duty recorded 2024-11-02: specialist desk, chapter 87</bdi>' in text


def test_the_page_is_small_before_charts_and_bounded_with_many_units(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "large", officers=40, declarants=120)
    text, _ = outline(folder, "en")
    assert len(text.encode()) < 2_000_000
    without_charts = re.sub(r"<figure>.*?</figure>", "", text, flags=re.DOTALL)
    assert len(without_charts.encode()) < 200_000


def test_a_folder_that_is_not_an_assessment_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArushaError, match="manifest") as missing:
        write_report(tmp_path, "en")
    assert str(tmp_path) in str(missing.value)
    folder = write_folder(tmp_path / "cut")
    (folder / "signals.parquet").write_bytes(b"PAR1")
    with pytest.raises(ArushaError, match="cannot be read"):
        write_report(folder, "en")
    with pytest.raises(ArushaError, match="no catalogue"):
        write_report(folder, "xx")


def test_an_amended_plan_is_marked_with_the_earlier_ones(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "amended")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"amended": True, "earlier_plans": ["12" * 32]}))
    _, parsed = outline(folder, "en")
    said = " ".join(parsed.text)
    assert said.index("Amended: this plan was registered after") < said.index("12" * 32) < said.index("The answer")


def test_english_is_the_definition_of_the_assessment_and_others_the_catalogue(folder: Path, tmp_path: Path) -> None:
    changed = write_folder(tmp_path / "changed")
    path = changed / "manifest.json"
    path.write_text(path.read_text().replace("What do the records say about lane rates?", "Frozen words?"))
    _, english = outline(changed, "en")
    assert "Frozen words?" in " ".join(english.text)
    _, french = outline(changed, "fr")
    assert Catalogue("fr").text("indicator-lane-rates-question") in " ".join(french.text)


def test_empty_answers_and_questions_of_other_packages_are_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "sparse")
    signals = pq.read_table(folder / "signals.parquet")
    kept = signals.filter(pc.is_in(signals["indicator"], pa.array(["finding-rate"]))).slice(0, 1)
    renamed = kept.set_column(1, "indicator", pa.array(["another-question"]))
    pq.write_table(renamed, folder / "signals.parquet")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for question in manifest["questions"]:
        if question["status"] == "assessed":
            question |= {"tested": 0, "cannot_tell": 0, "signals": 0, "explained": 0, "flagged": 0}
    other = manifest["questions"][0] | {"id": "another-question", "tested": 1}
    other["definition"] = other["definition"] | {"id": "another-question", "title": "Another question"}
    manifest["questions"].append(other)
    path.write_text(json.dumps(manifest))
    for lang in LANGUAGES:
        _, parsed = outline(folder, lang)
        said = re.sub("[\u2066-\u2069]", "", " ".join(parsed.text))
        assert Catalogue(lang, isolate=False).text("question-none-examined", cannot=0) in said
        assert "Another question" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_load_noted_is_in_the_report_without_a_cell_of_the_records(tmp_path: Path, lang: str) -> None:
    folder = write_folder(tmp_path)
    told = [
        sentence("note-written-twice-officer", n=24, columns="SAD_General_Segment.EXA_EXA"),
        sentence("note-offices", n=1, all=3, cell=Cell("KA0417")),
        sentence("note-new-key", file="/home/somebody/port.key"),
    ]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["workspace"]["notes"] = noted({"notes": [note.as_json() for note in told]})
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    _, parsed = outline(folder, lang)
    text = " ".join(parsed.text)
    assert Catalogue(lang).text("noted-heading") in text
    assert "SAD_General_Segment.EXA_EXA" in text
    assert "xx9999" in text
    assert "KA0417" not in text
    assert "port.key" not in text


def test_where_the_load_noted_nothing_the_report_has_no_such_heading(folder: Path) -> None:
    assert Catalogue("en").text("noted-heading") not in " ".join(outline(folder, "en")[1].text)
