"""A page of headings, sentences, lists and tables, written as Markdown, plain text or one HTML file.

Codes stand between backticks in every text; the writers show them left to right, also inside Arabic.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

_CODE = re.compile(r"`([^`]*)`")
_WIDTH = 100


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Lines:
    """Sentences, each on a line of its own."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Points:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table; its first column names the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Lines | Points | Grid


def code(text: str) -> str:
    """``text`` marked as a code."""
    return f"`{text}`"


def markdown(blocks: Sequence[Block], direction: str = "ltr", lang: str = "en") -> str:
    """The page as Markdown. A right-to-left page is wrapped in an element that says so."""
    parts = [_markdown(block) for block in blocks]
    if direction == "rtl":
        parts = [f'<div dir="rtl" lang="{lang}">', *parts, "</div>"]
    return "\n\n".join(parts) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Lines):
        return "  \n".join(block.texts)
    if isinstance(block, Points):
        return "\n".join(f"- {text}" for text in block.texts)
    rows = [block.header, ("---",) * len(block.header), *block.rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)


def plain(blocks: Sequence[Block], direction: str = "ltr") -> str:
    """The page as text for mail and paper, 100 columns wide; a table becomes a list of its rows."""
    text = "\n\n".join(_plain(block) for block in blocks) + "\n"
    # Isolation marks keep a code's letters in order inside a right-to-left line.
    return _CODE.sub("\u2066\\1\u2069" if direction == "rtl" else "\\1", text)


def _plain(block: Block) -> str:
    if isinstance(block, Heading):
        text = _CODE.sub(r"\1", block.text)
        return f"{text}\n{('=' if block.level == 1 else '-') * len(text)}"
    if isinstance(block, Lines):
        return "\n".join(textwrap.fill(text, _WIDTH) for text in block.texts)
    if isinstance(block, Points):
        return "\n".join(
            textwrap.fill(text, _WIDTH, initial_indent="- ", subsequent_indent="  ") for text in block.texts
        )
    rows = []
    for first, *rest in block.rows:
        said = " | ".join(cell for cell in rest if cell)
        rows.append(textwrap.fill(f"{first}  {said}", _WIDTH, initial_indent="  ", subsequent_indent="      "))
    return "\n".join(rows)


_STYLE = """
body { font: 11pt/1.45 Georgia, 'Noto Naskh Arabic', 'Times New Roman', serif; max-width: 46em; margin: 2em auto;
       padding: 0 1em; color: #111; background: #fff; }
h1 { font-size: 1.6em } h2 { font-size: 1.25em; margin-top: 1.6em } h3 { font-size: 1.05em; margin-top: 1.4em }
table { border-collapse: collapse; width: 100%; font-size: .9em }
th, td { text-align: start; vertical-align: top; padding: .25em .5em; border-bottom: 1px solid #999 }
code { font-family: 'DejaVu Sans Mono', monospace; font-size: .92em; unicode-bidi: isolate; overflow-wrap: anywhere }
@media print { body { margin: 0; max-width: none } h2, h3 { break-after: avoid } tr { break-inside: avoid } }
""".strip()


def web(blocks: Sequence[Block], title: str, direction: str = "ltr", lang: str = "en") -> str:
    """The page as one HTML file that needs no network and prints well."""
    body = "\n".join(_web(block) for block in blocks)
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _inline(text: str) -> str:
    return _CODE.sub(r'<code dir="ltr">\1</code>', html.escape(text, quote=False))


def _web(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_inline(block.text)}</h{block.level}>"
    if isinstance(block, Lines):
        return f"<p>{'<br>'.join(_inline(text) for text in block.texts)}</p>"
    if isinstance(block, Points):
        return "<ul>" + "".join(f"<li>{_inline(text)}</li>" for text in block.texts) + "</ul>"
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in block.header)
    rows = "".join(
        f'<tr><th scope="row">{_inline(row[0])}</th>{"".join(f"<td>{_inline(cell)}</td>" for cell in row[1:])}</tr>\n'
        for row in block.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"
