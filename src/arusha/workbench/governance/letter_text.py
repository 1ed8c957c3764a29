"""The text of a question to a producer, in four languages. It is made of the contract's words and of counts alone.

No cell, file name, office, person or typed word can come into it: a table, column or reason that the contract does not
have is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arusha.language import Catalogue
from arusha.records.contract import CONTRACT
from arusha.records.page import Block, Grid, Heading, Lines, Points, code, markdown, plain, web
from arusha.workbench.governance.breaches import Breach
from arusha.workbench.governance.letters import Letter
from arusha.workbench.governance.sources import Source

FORMS = ("md", "txt", "html")


def write(letter: Letter, source: Source, found: Sequence[Breach], lang: str, form: str) -> str:
    """The letter as Markdown, as text for mail, or as one HTML file that prints well."""
    left_to_right = Catalogue(lang, isolate=False)
    words = left_to_right if left_to_right.direction == "ltr" else Catalogue(lang)
    blocks = _blocks(words, letter, source, found)
    if form == "md":
        return markdown(blocks, words.direction, lang)
    if form == "txt":
        return plain(blocks, words.direction)
    return web(blocks, words.text("ask-title"), words.direction, lang)


def _blocks(words: Catalogue, letter: Letter, source: Source, found: Sequence[Breach]) -> list[Block]:
    holder = source.terms.holder if source.terms is not None else "system"
    blocks: list[Block] = [
        Heading(words.text("ask-title")),
        Lines(
            (
                words.text(f"ask-to-{holder}"),
                words.text("letter-from"),
                words.text("letter-date"),
                words.text("ask-reference", key=code(letter.key)),
            )
        ),
        Lines((words.text("ask-intro", day=letter.drafted.at.date(), load=code(letter.load)),)),
    ]
    if letter.sent_on:
        days = words.list([words.date(day) for day in letter.sent_on])
        blocks.append(Lines((words.text("ask-before", days=days),)))
    blocks += [Heading(words.text("ask-what"), 2), Points(tuple(s for b in found if (s := sentence(words, b))))]
    for breach in found:
        reasons = [(r, n) for r, n in breach.reasons if _known(r, breach.table)]
        if reasons and breach.table in CONTRACT.tables:
            blocks.append(Heading(words.text("ask-reasons", table=code(breach.table)), 3))
            rows = tuple((CONTRACT.sentence(r, breach.table, words.lang), words.number(n, 0)) for r, n in reasons)
            blocks.append(Grid((words.text("gov-reason"), words.text("column-rows")), rows))
    asks = [words.text(f"ask-please-{k}") for k in ("why", "again", "when")]
    blocks += [
        Heading(words.text("ask-please"), 2),
        Points(tuple(asks)),
        Lines((words.text("ask-nobody"),)),
        Lines((words.text(f"review-native-speaker-{'yes' if words.reviewed_by_native_speaker else 'no'}"),)),
    ]
    return blocks


def sentence(words: Catalogue, breach: Breach) -> str:
    """One breach in a sentence; empty for what the contract does not know."""
    if breach.kind == "late":
        due = breach.due or date.min
        return words.text("ask-late", due=due, month=_months(words, breach.months))
    if breach.table not in CONTRACT.tables:
        return ""
    table = CONTRACT.tables[breach.table]
    if breach.kind == "table-missing":
        without = table.without[words.lang]
        return words.text("ask-table-missing", table=code(breach.table), without=without)
    if breach.kind == "column-missing":
        if breach.column not in table.columns:
            return ""
        meaning = table.columns[breach.column].meaning[words.lang]
        return words.text("ask-column-missing", table=code(breach.table), column=code(breach.column), meaning=meaning)
    if breach.kind == "months-missing":
        return words.text("ask-months-missing", table=code(breach.table), months=_months(words, breach.months))
    return words.text(
        f"ask-{breach.kind}",
        table=code(breach.table),
        count=words.number(breach.count, 0),
        of=words.number(breach.of, 0),
        share=words.percent(breach.count / breach.of, 2),
        limit=words.percent(breach.limit, 2),
    )


def _months(words: Catalogue, months: Sequence[str]) -> str:
    return words.list([code(m) for m in months if len(m) == 7])


def _known(reason: str, table: str) -> bool:
    return any(rule.code == reason and rule.table in ("*", table) for rule in CONTRACT.rules)
