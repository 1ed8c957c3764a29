"""The request to an IT department: which records, why each, where ASYCUDA keeps them, how to deliver them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from arusha.errors import ArushaError, RecordsError
from arusha.language import Catalogue
from arusha.language.told import error as of
from arusha.records.contract import CONTRACT, HOLDERS, Column, Table
from arusha.records.page import Block, Grid, Heading, Lines, Points, code, markdown, plain, web

_SUFFIXES = (".md", ".txt", ".html")


def letter(lang: str = "en", questions: Sequence[str] | None = None) -> str:
    """The letter as Markdown.

    Parameters
    ----------
    lang
        Language of the letter.
    questions
        Ids of the questions to be answered: only what they read is asked for. All of them if not given.

    Raises
    ------
    ArushaError
        For a language without a catalogue or a question that the contract does not know.
    """
    words = _words(lang)
    return markdown(_blocks(words, questions), words.direction, lang)


def write_letter(
    path: Path | str, lang: str = "en", questions: Sequence[str] | None = None, force: bool = False
) -> Path:
    """Write the letter as Markdown (``.md``), text for mail (``.txt``) or one HTML file that prints well (``.html``).

    Raises
    ------
    RecordsError
        If the file exists and ``force`` is not given, or its name ends otherwise.
    """
    path = Path(path)
    if path.suffix not in _SUFFIXES:
        key = "letter-form" if path.suffix else "letter-no-ending"
        raise of(RecordsError, key, "letter-end", where=str(path), ending=path.suffix, known=", ".join(_SUFFIXES))
    if path.exists() and not force:
        raise of(RecordsError, "file-there", "other-or-force-it", where=str(path))
    words = _words(lang)
    blocks = _blocks(words, questions)
    if path.suffix == ".md":
        text = markdown(blocks, words.direction, lang)
    elif path.suffix == ".txt":
        text = plain(blocks, words.direction)
    else:
        text = web(blocks, words.text("letter-title"), words.direction, lang)
    path.write_text(text, encoding="utf-8")
    return path


def _words(lang: str) -> Catalogue:
    # Isolation marks are of use only where letters of both directions meet.
    left_to_right = Catalogue(lang, isolate=False)
    return left_to_right if left_to_right.direction == "ltr" else Catalogue(lang)


def _asked(questions: Sequence[str] | None) -> tuple[str, ...]:
    known = tuple(dict.fromkeys(q for table in CONTRACT.tables.values() for q in table.read_by))
    unknown = [q for q in questions or () if q not in known]
    if unknown:
        raise of(ArushaError, "letter-no-question", "choose-from", name=", ".join(unknown), known=", ".join(known))
    return tuple(q for q in known if questions is None or q in questions)


def _columns(table: Table, asked: Sequence[str]) -> list[Column]:
    return [c for c in table.columns.values() if c.required or set(c.read_by) & set(asked)]


def _blocks(words: Catalogue, questions: Sequence[str] | None) -> list[Block]:
    asked = _asked(questions)
    tables = [table for table in CONTRACT.tables.values() if set(table.read_by) & set(asked)]
    named = {t.name: _columns(t, asked) for t in tables}
    sources = dict.fromkeys(
        part.partition(":")[0].strip()
        for columns in named.values()
        for column in columns
        for part in column.asycuda.split(";")
        if part
    )

    def say(*keys: str) -> tuple[str, ...]:
        return tuple(words.text(f"letter-{key}") for key in keys)

    blocks: list[Block] = [
        Heading(words.text("letter-title")),
        Lines(say("to", "from", "date", "basis")),
        Heading(words.text("letter-short"), 2),
        Points(
            (
                words.text("letter-short-what", tables=sum(t.held_by == "system" for t in tables)),
                words.text("letter-short-why"),
                words.text("letter-short-asycuda", tables=", ".join(code(s) for s in sources)),
                words.text("letter-short-first", table=code("declarations")),
                words.text("letter-short-persons"),
                words.text("letter-short-reply"),
            )
        ),
        Heading(words.text("letter-serves"), 2),
        Lines(say("serves-intro")),
        Points(say(*(f"question-{question}" for question in asked))),
        Heading(words.text("letter-deliver"), 2),
        Points(
            say(*(f"deliver-{p}" for p in ("files", "everything", "times", "codes", "untouched", "totals", "medium")))
        ),
        Heading(words.text("letter-persons"), 2),
        Points(say("persons-codes", "persons-pseudonyms", "persons-not")),
        Heading(words.text("letter-tables"), 2),
        Lines(say("tables-names", "tables-mark")),
    ]
    for holder in HOLDERS:
        held = [table for table in tables if table.held_by == holder]
        if held:
            blocks.append(Heading(words.text(f"letter-held-by-{holder}"), 3))
            if holder != "system":
                blocks.append(Lines(say("held-elsewhere")))
        for table in held:
            blocks += _table(words, table, named[table.name])
    reviewed = "yes" if words.reviewed_by_native_speaker else "no"
    return [*blocks, Lines(say("thanks")), Lines((words.text(f"review-native-speaker-{reviewed}"),))]


def _table(words: Catalogue, table: Table, columns: Sequence[Column]) -> list[Block]:
    lang = words.lang
    rows = tuple((code(c.name) + ("*" if c.required else ""), c.meaning[lang], where_kept(c, lang)) for c in columns)
    return [
        Heading(code(table.name), 4),
        Lines(
            (
                table.meaning[lang],
                words.text("letter-why", text=table.purpose[lang]),
                words.text("letter-without", text=table.without[lang]),
            )
        ),
        Grid(tuple(words.text(f"letter-{h}") for h in ("column", "meaning", "asycuda")), rows),
    ]


def where_kept(column: Column, lang: str) -> str:
    """Where ASYCUDA World keeps a column, its names as codes, and in words where the names say too little."""
    parts = []
    for source in filter(None, column.asycuda.split(";")):
        table, _, names = source.partition(":")
        listed = ", ".join(code(name.strip()) for name in names.split(",") if name.strip())
        parts.append(f"{code(table.strip())}: {listed}" if listed else code(table.strip()))
    kept = "; ".join(parts)
    place = column.place.get(lang, "")
    return f"{kept} ({place})" if kept and place else kept or place
