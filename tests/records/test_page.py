"""One page in three forms, its codes left to right in all of them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from arusha.records.page import Grid, Heading, Lines, Points, markdown, plain, web

PAGE = (
    Heading("Title"),
    Lines(("first `a_b`", "second & <third>")),
    Points(("one", "two " * 60)),
    Grid(("Column", "Meaning", "Kept"), (("`x`", "an | x", ""), ("`y`", "a y", "`T`: `Y`"))),
)


def test_markdown() -> None:
    text = markdown(PAGE)
    assert text.startswith("# Title\n\nfirst `a_b`  \nsecond")
    assert "| `x` | an \\| x |  |\n| `y` | a y | `T`: `Y` |\n" in text
    assert markdown(PAGE, "rtl", "ar").startswith('<div dir="rtl" lang="ar">\n\n# Title')


def test_plain_text_fits_a_mail_and_keeps_every_word() -> None:
    text = plain(PAGE)
    assert max(map(len, text.splitlines())) <= 100
    assert "`" not in text
    assert text.count("two") == 60
    assert "y  a y | T: Y" in text
    assert "\u2066a_b\u2069" in plain(PAGE, "rtl")


@pytest.mark.parametrize(("direction", "lang"), [("ltr", "en"), ("rtl", "ar")])
def test_html_is_one_closed_page_with_its_direction(direction: str, lang: str) -> None:
    text = web(PAGE, "Title & more", direction, lang)
    opened: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "br"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Balance().feed(text)
    assert opened == []
    assert f'<html lang="{lang}" dir="{direction}">' in text
    assert '<code dir="ltr">a_b</code>' in text
    assert "second &amp; &lt;third&gt;" in text
    assert "http" not in text
