"""The letter asks for what the questions read and for nothing else, in the language of its reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arusha.errors import ArushaError, RecordsError
from arusha.language import banned_words, languages
from arusha.records.contract import CONTRACT
from arusha.records.letter import letter, where_kept, write_letter

READ_TODAY = {name: table for name, table in CONTRACT.tables.items() if table.read_by}


def sections(text: str) -> dict[str, str]:
    """Table -> the part of the letter about it."""
    return {part.split("`", 1)[0]: part for part in text.split("\n#### `")[1:]}


@pytest.mark.parametrize("lang", languages())
def test_every_table_that_a_question_reads_is_asked_for_with_its_reason(lang: str) -> None:
    asked = sections(letter(lang))
    assert set(asked) == set(READ_TODAY)
    for name, part in asked.items():
        table = CONTRACT.tables[name]
        assert table.purpose[lang] in part
        assert table.without[lang] in part
        for column in table.columns.values():
            wanted = column.required or bool(column.read_by)
            assert (f"| `{column.name}`" in part) == wanted, f"{name}.{column.name}"


@pytest.mark.parametrize("lang", languages())
def test_the_letter_says_whether_a_native_speaker_has_read_it(lang: str) -> None:
    last = {
        "en": "No native speaker of English",
        "fr": "langue maternelle française",
        "es": "lengua materna española",
        "ar": "لغته الأم",
    }[lang]
    assert last in letter(lang).split("\n\n")[-2 if lang == "ar" else -1]


@pytest.mark.parametrize("lang", languages())
def test_the_letter_uses_no_banned_word_and_leaves_no_hole(lang: str) -> None:
    text = letter(lang)
    assert banned_words(text, lang) == ()
    assert not re.search(r"\{|\}|\?\?\?|letter-", text)


def test_only_what_the_chosen_questions_read_is_asked_for() -> None:
    text = letter("en", ["lane-rates"])
    assert set(sections(text)) == {"declarations", "selectivity_rules", "offices"}
    assert "`lane_assigned`" in text
    assert "`officer_id`" not in text
    assert "whether declarations went to each control channel" in text
    assert "whether declared values" not in text


def test_an_unknown_question_or_language_is_named() -> None:
    with pytest.raises(ArushaError, match=r"no-such.*\n.*lane-rates"):
        letter("en", ["no-such"])
    with pytest.raises(ArushaError, match="en, fr, es, ar"):
        letter("tlh")


def test_the_names_of_asycuda_stand_beside_each_column() -> None:
    part = sections(letter("en"))["declarations"]
    assert "| `declarant_id` | " in part
    assert "`SAD_General_Segment`: `DEC_COD` |" in part
    column = CONTRACT.tables["items"].columns["exemption"]
    assert where_kept(column, "en") == "`SAD_Item`: `TAR_PRC_NAT`; `SAD_Relief`: `REL_CODE`"


def test_the_tables_to_export_whole_are_those_of_the_columns() -> None:
    short = next(line for line in letter("en").splitlines() if "export these tables whole" in line)
    named = set(re.findall(r"`([A-Za-z_]+)`", short))
    assert {"SAD_General_Segment", "SAD_Item", "SAD_Tax", "INSP_ACT_TAB", "SEL_PARAM_TAB"} <= named
    assert named <= {
        source.partition(":")[0].strip()
        for table in READ_TODAY.values()
        for column in table.columns.values()
        for source in column.asycuda.split(";")
    }


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html"])
@pytest.mark.parametrize("lang", languages())
def test_a_letter_can_be_written_for_mail_and_paper(tmp_path: Path, lang: str, suffix: str) -> None:
    path = write_letter(tmp_path / f"letter{suffix}", lang)
    text = path.read_text(encoding="utf-8")
    assert "SAD_General_Segment" in text
    assert (f'dir="{"rtl" if lang == "ar" else "ltr"}"' in text) == (
        suffix == ".html" or (suffix, lang) == (".md", "ar")
    )


def test_a_written_letter_is_not_replaced_by_chance(tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(RecordsError, match="exists already"):
        write_letter(path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_letter(path, force=True)
    assert path.read_text(encoding="utf-8") == letter("en")
    with pytest.raises(RecordsError, match=r"\.md, \.txt, \.html"):
        write_letter(tmp_path / "letter.docx")
