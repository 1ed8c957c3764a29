"""Every language says the same things, with the same variables, in its own words, and never labels a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
import pytest
from fluent.syntax import ast
from fluent.syntax.serializer import FluentSerializer
from fluent.syntax.visitor import Visitor

from arusha.errors import ArushaError
from arusha.language import Catalogue, banned_words, languages
from arusha.language.catalogues import resources_of
from arusha.records.contract import CONTRACT

OTHERS = [lang for lang in languages() if lang != "en"]

AWAITING_TRANSLATION = {
    "fr": ("indicators.ftl",),
    "es": ("indicators.ftl",),
}
"""Files that a language may still lack as a whole; a file that is there must be complete."""

SAME_IN_BOTH = {("wb-mb", "es"), ("wb-salt-auditor", "es"), ("evidence-said-false", "es")}
"""Sentences that are rightly the same as in English: (key, language)."""


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's own naming
        self.names.add(node.id.name)


class Words(Visitor):
    def __init__(self) -> None:
        self.parts: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802 - the visitor's own naming
        self.parts.append(node.value)


def messages(lang: str, file: str = "") -> Iterator[ast.Message | ast.Term]:
    for name, parsed in resources_of(lang).items():
        if file in ("", name):
            yield from (entry for entry in parsed.body if isinstance(entry, ast.Message | ast.Term))


def variables(lang: str, file: str = "") -> dict[str, set[str]]:
    found = {}
    for message in messages(lang, file):
        visitor = Variables()
        visitor.visit(message)
        found[message.id.name] = visitor.names
    return found


def words(lang: str) -> dict[str, str]:
    found = {}
    for message in messages(lang):
        visitor = Words()
        visitor.visit(message)
        found[message.id.name] = " ".join(visitor.parts)
    return found


def has_words(text: str) -> bool:
    """Whether there is more in it than a symbol such as q or p, which is written alike everywhere."""
    return sum(c.isalpha() for c in text) > 1


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("file", resources_of("en"))
def test_every_language_has_the_keys_and_variables_of_english(lang: str, file: str) -> None:
    if file in AWAITING_TRANSLATION.get(lang, ()) and file not in resources_of(lang):
        pytest.skip(f"{file} is not translated yet")
    assert variables(lang, file) == variables("en", file)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_language_has_a_file_that_english_lacks(lang: str) -> None:
    assert set(resources_of(lang)) <= set(resources_of("en"))


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_is_left_untranslated(lang: str) -> None:
    english = words("en")
    copies = {
        key
        for key, text in words(lang).items()
        if text == english[key] and has_words(text) and (key, lang) not in SAME_IN_BOTH
    }
    assert copies == set()


@pytest.mark.parametrize("lang", languages())
def test_no_sentence_uses_a_banned_word(lang: str) -> None:
    found = {key: banned_words(text, lang) for key, text in words(lang).items()}
    assert {key: banned for key, banned in found.items() if banned} == {}


@pytest.mark.parametrize("lang", languages())
def test_every_sentence_can_be_said(lang: str) -> None:
    catalogue = Catalogue(lang)
    for key, names in variables(lang).items():
        assert catalogue.text(key, **dict.fromkeys(names, 3)).strip()


def test_arabic_sentences_are_in_arabic_script() -> None:
    for key, text in words("ar").items():
        letters = [c for c in text if c.isalpha()]
        arabic = [c for c in letters if unicodedata.name(c).startswith("ARABIC")]
        assert not has_words(text) or len(arabic) >= len(letters) / 2, key


@pytest.mark.parametrize("lang", languages())
def test_plural_variants_cover_the_languages_own_plurals(lang: str) -> None:
    plurals = {"en": {1, 2}, "fr": {1, 2}, "es": {1, 2}, "ar": {1, 2, 3, 11}}[lang]
    said = {Catalogue(lang).text("term-declaration", count=n) for n in plurals}
    assert len(said) == len(plurals)


def test_the_fixed_vocabulary_is_there() -> None:
    catalogue = Catalogue("en")
    keys = ("cannot-tell", "within-expected-scatter", "unusual", "unusual-and-persistent", "confirmed")
    assert [catalogue.text(f"verdict-{key}") for key in keys] == [key.replace("-", " ") for key in keys]


def test_numbers_follow_the_language() -> None:
    assert Catalogue("en").number(1234567.891, 2) == "1,234,567.89"
    assert Catalogue("fr").number(1234567.891, 2) == "1\u202f234\u202f567,89"
    assert Catalogue("es").number(1234567.891, 2) == "1.234.567,89"
    assert Catalogue("ar").number(1234567.891, 2) == "1,234,567.89"
    assert Catalogue("ar", digits="arab").number(1234567.891, 2) == "١٬٢٣٤٬٥٦٧٫٨٩"
    assert Catalogue("en").number(np.int64(1200)) == "1,200"


def test_percent_money_and_dates() -> None:
    english, french = Catalogue("en"), Catalogue("fr")
    assert english.percent(0.0613) == "6.1%"
    assert english.percent(0.0613, 0) == "6%"
    assert french.percent(0.0613) == "6,1\u00a0%"
    assert english.money(1234567, "XAF") == "1,234,567\u00a0XAF"
    assert english.money(12.3456, digits=3) == "12.346"
    assert english.date(date(2026, 1, 2)) == "2 January 2026"
    assert Catalogue("es").date(date(2026, 1, 2)) == "2 de enero de 2026"
    assert french.date(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == "2 janvier 2026\u00a003:04"
    assert Catalogue("ar", digits="arab").date(date(2026, 1, 2)) == "٢ يناير ٢٠٢٦"


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf")])
def test_a_number_that_does_not_exist_is_a_dash(nothing: float | None) -> None:
    catalogue = Catalogue("en")
    assert {catalogue.number(nothing), catalogue.percent(nothing), catalogue.money(nothing, "XAF")} == {"—"}


def test_variables_are_isolated_so_that_direction_cannot_spill() -> None:
    assert "\u2068P-7Q3K\u2069" in Catalogue("ar").text("demo-line", seed="P-7Q3K")
    assert "\u2068" not in Catalogue("ar", isolate=False).text("demo-line", seed="P-7Q3K")


def test_arabic_indic_digits_reach_numbers_but_not_codes() -> None:
    catalogue = Catalogue("ar", digits="arab", isolate=False)
    assert "٧" in catalogue.text("standing-line-explained", count=np.int64(7), of=10)
    assert "P-7Q3K" in catalogue.text("demo-line", seed="P-7Q3K")
    assert catalogue.text("term-declaration", count=2) == Catalogue("ar").text("term-declaration", count=2)


def test_direction_names_and_review() -> None:
    assert [Catalogue(lang).direction for lang in languages()] == ["ltr", "ltr", "ltr", "rtl"]
    assert Catalogue("ar").name == "العربية"
    assert not any(Catalogue(lang).reviewed_by_native_speaker for lang in languages())


def test_a_variable_may_be_called_key() -> None:
    assert Catalogue("en", isolate=False).text("records-key", key="office") == "Key: office"


def test_mistakes_are_named() -> None:
    with pytest.raises(ArushaError, match="choose one of en, fr, es, ar"):
        Catalogue("xx")
    with pytest.raises(KeyError, match="no-such-key"):
        Catalogue("en").text("no-such-key")
    with pytest.raises(ValueError, match="seed"):
        Catalogue("en").text("demo-line")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "a risky officer"),
        ("en", "The Suspects of the week"),
        ("en", "her score"),
        ("fr", "trois agents à risque"),
        ("fr", "le suspect"),
        ("es", "un funcionario sospechoso"),
        ("es", "el ranking de aduanas"),
        ("ar", "هذا الموظف فاسد"),
        ("ar", "والمشتبه به"),
        ("ar", "ترتيب الموظفين"),
    ],
)
def test_banned_words_are_found(lang: str, text: str) -> None:
    assert banned_words(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "corruption, scoreboardless, unsuspecting"),
        ("fr", "le classement tarifaire des marchandises"),
        ("es", "la clasificación arancelaria de mercancías"),
        ("ar", "تصنيف البضائع ومكافحة الفساد"),
    ],
)
def test_terms_of_the_field_are_not_banned(lang: str, text: str) -> None:
    assert banned_words(text, lang) == ()


@pytest.mark.parametrize("lang", languages())
def test_an_account_that_no_pair_needs_is_not_told(lang: str) -> None:
    words = Catalogue(lang)
    key = "note-assignment-accounts"
    every, *alone = (
        words.text(key, n=a + d + i + b + s, avoidance=a, desk=d, importer=i, bundle=b, scatter=s)
        for a, d, i, b, s in (
            (3, 4, 5, 7, 6),
            (3, 0, 0, 0, 0),
            (0, 4, 0, 0, 0),
            (0, 0, 5, 0, 0),
            (0, 0, 0, 7, 0),
            (0, 0, 0, 0, 6),
        )
    )
    zero = words.text("note-value-few", pairs=0, items=0).count("0")
    assert zero >= 2, "the digits of this language are not the ones looked for"
    assert not any("0" in text for text in (every, *alone))
    assert max(len(text) for text in alone) < len(every)
    assert not any("  " in text for text in (every, *alone))


@pytest.mark.parametrize("lang", languages())
def test_one_unusual_thing_is_spoken_of_as_one(lang: str) -> None:
    words = Catalogue(lang)
    one, two = (words.text("answer-where", unusual=u, n=1, offices="EX01") for u in (1, 2))
    assert "EX01" in one
    assert one != two


@pytest.mark.parametrize("lang", languages())
def test_no_sentence_of_a_question_names_a_table_as_files_do(lang: str) -> None:
    tables = [name for name in CONTRACT.tables if "_" in name]
    files = ("indicators.ftl", "explanations.ftl", "report.ftl")
    said = words(lang)
    ours = [message.id.name for file in files for message in messages(lang, file)]
    raw = {(key, table) for key in ours for table in tables if table in said[key]}
    assert raw == set()


@pytest.mark.parametrize("lang", languages())
def test_a_small_p_value_is_below_a_number_and_never_zero(lang: str) -> None:
    catalogue = Catalogue(lang, isolate=False)
    below = catalogue.text("p-below", value=catalogue.number(0.001, 3))
    assert catalogue.p_value(0.0004) == catalogue.p_value(0.0) == below
    assert catalogue.p_value(0.001) == catalogue.number(0.001, 3)
    assert catalogue.p_value(None) == "—"


@pytest.mark.parametrize("lang", languages())
def test_what_rounds_to_nothing_has_no_sign(lang: str) -> None:
    catalogue = Catalogue(lang)
    assert catalogue.percent(-0.0004) == catalogue.percent(0.0)
    assert catalogue.number(-0.004, 2) == catalogue.number(0, 2)
    assert catalogue.percent(-0.0006) != catalogue.percent(0.0)
    assert catalogue.number(-0.006, 2) != catalogue.number(0, 2)


def test_a_factor_below_one_is_not_said_to_be_more() -> None:
    assert "مرة أكثر" not in words("ar")["effects-breakdown"]


def test_arabic_has_no_form_of_a_noun_after_a_number_that_only_some_numbers_take() -> None:
    # 3 to 10 take the plural, 11 to 99 the accusative singular, hundreds the genitive: a sentence with one form for all
    # of them is wrong for most. Counts that vary stand after "their number is", or choose their form.
    accusative = re.compile(r"[\u064b]|(?:ون|ات)\b")
    for file in ("indicators.ftl", "effects.ftl", "desk.ftl", "alerts.ftl"):
        for message in messages("ar", file):
            text = FluentSerializer().serialize_entry(message)
            if "->" not in text:
                for noun in re.findall(r"\$(?:n|units|total|of) \} (\w+)", text):
                    assert not accusative.search(noun), (message.id.name, noun)


def test_the_first_of_a_month_is_an_ordinal_in_french_and_no_other_day() -> None:
    french = Catalogue("fr", isolate=False)
    assert [french.date(date(2025, 1, day)) for day in (1, 11, 21)] == [
        "1er janvier 2025",
        "11 janvier 2025",
        "21 janvier 2025",
    ]
