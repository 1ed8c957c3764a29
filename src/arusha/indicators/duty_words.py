"""What the words of a recorded duty name: goods, exemptions, parties, procedures, origins, sections.

A duty's text is free. The word before a code says what it names (``exemption 87`` is no chapter, ``chapter 87`` no
exemption); of codes that stand alone the office's own records say it, where they hold them as something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from arusha.records.readable import PSEUDONYM

_T = TypeVar("_T")

GOODS = "goods"
ORIGIN = "origin"
PARTY = "party"
"""An importer or a declarant."""


def _folded(word: str) -> str:
    """Without case and marks, so that ``Exonération`` and ``EXONERATION`` are one word."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


_WORDS = {
    GOODS: "hs sh sa cn ch chap chapter chapters chapitre chapitres capítulo capítulos heading headings position "
    "positions partida partidas فصل الفصل فصول الفصول بند البند بنود البنود",
    "exemption": "exempt exemption exemptions relief reliefs exonération exonérations franchise franchises exención "
    "exenciones franquicia franquicias إعفاء الإعفاء إعفاءات الإعفاءات",
    PARTY: "importer importers importateur importateurs importador importadores declarant declarants déclarant "
    "déclarants declarante declarantes operator operators opérateur opérateurs operador operadores broker brokers "
    "trader traders tin nif nit rut rif مستورد المستورد مستوردين "
    "المستوردين مصرح المصرح",
    "procedure": "procedure procedures procédure procédures régime régimes regimen régimen regímenes procedimiento "
    "procedimientos إجراء الإجراء نظام النظام",
    ORIGIN: "origin origins origine origines origen orígenes منشأ المنشأ",
    "section": "section sections sección secciones قسم القسم",
}
LABELS = {_folded(word): kind for kind, words in _WORDS.items() for word in words.split()}
"""A word that says what the codes after it name, and that kind; in the four languages."""
_JOINTS = "and or et ou y o و أو no n° nº number numbers code codes código códigos رمز رقم"
_BETWEEN = {_folded(word) for word in _JOINTS.split()}
"""Words that may stand between such a word and its codes, or between two of them."""

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_SPLIT = re.compile(r"(?:[\s,;:()/|+\"«»“”„،؛]|(?<!\w)['‘’]|['‘’](?!\w)|\b[dlDL]['’])+")
_ENDS = ".!?؟-–"
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_DOTS = re.compile(r"(?<=\d)\.(?=\d)")
_SPAN = re.compile(r"(?<![\w-])(\d{2})\s*(?:-|–|\bto\b|\bthrough\b)\s*(\d{2})(?![\w-])")
_GLUED = re.compile(r"(?:HS|SH|SA|CN|CH|CHAP)[-.]?(\d+(?:-\d+)?)", re.IGNORECASE)
_CODE = re.compile(r"(?!00)(?:\d\d){1,6}")
_RANGE = re.compile(r"(\d+)[-–](\d+)")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Named:
    """What a text names."""

    goods: tuple[str, ...] = ()
    """Beginnings of commodity codes."""
    bare: tuple[str, ...] = ()
    """Those of them that no word says to be goods: where the records know them as something else, they are none."""
    labelled: tuple[tuple[str, str], ...] = ()
    """Kind and word, where the word before says the kind."""
    words: tuple[str, ...] = ()
    """All other words."""


def read(detail: str | None) -> Named:
    """Read a duty's text, word by word; goods are told as ``chapters 61-63``, ``HS 8703``, ``84, 85``, ``6109.10``."""
    text = _DATE.sub(" ", (detail or "").translate(_DIGITS))
    text = _DOTS.sub("", _SPAN.sub(r"\1-\2", text))
    goods: list[str] = []
    bare: list[str] = []
    labelled: list[tuple[str, str]] = []
    words: list[str] = []
    kind, first = "", ""
    for word in (w.strip(_ENDS) for w in _SPLIT.split(text)):
        if not word:
            continue
        # Before a country's or a section's code is taken for a word of the same letters: SA, DE, E.
        sure = bool(_COUNTRY.fullmatch(word)) if kind == ORIGIN else kind == "section" and len(word) == 1
        if not sure and _folded(word) in LABELS:
            kind, first = LABELS[_folded(word)], ""
            words += [word] if _COUNTRY.fullmatch(word) else []
            continue
        if not sure and _folded(word) in _BETWEEN:
            continue
        glued = _GLUED.fullmatch(word)
        if kind and kind != GOODS and (sure or _is_code(kind, word, first)):
            labelled.append((kind, word))
            first = first or word
            continue
        if kind == GOODS and word[0].isdigit():
            goods += _codes(word)
            continue
        kind, first = "", ""
        if word.startswith("T-") and PSEUDONYM.fullmatch(word):
            labelled.append((PARTY, word))
            continue
        if glued:
            goods += _codes(glued[1])
            continue
        goods += _codes(word)
        bare += _codes(word) if word.isdigit() else ()
        words.append(word)
    shouted = text == text.upper() and any(len(w) > 2 and w.isalpha() for w in _SPLIT.split(text))
    kept = (w for w in words if not (shouted and _COUNTRY.fullmatch(w)))
    return Named(_once(goods), _once(bare), _once(labelled), _once(kept))


def _once(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(found))


def _is_code(kind: str, word: str, first: str) -> bool:
    """Whether a word after one that says a kind is of that kind: like ``first``, the first of them."""
    if first and word.isdigit():
        return first.isdigit() and len(first) == len(word)
    if any(c.isdigit() for c in word):
        return not _GLUED.fullmatch(word)
    return kind in (PARTY, "section") and word.isupper() and not (kind == "section" and len(word) > 3)


def _codes(word: str) -> tuple[str, ...]:
    """Beginnings of commodity codes that a word is: one, or from one to another."""
    if _CODE.fullmatch(word):
        return (word,)
    ends = _RANGE.fullmatch(word)
    if not ends or len(ends[1]) != len(ends[2]) or not (_CODE.fullmatch(ends[1]) and _CODE.fullmatch(ends[2])):
        return ()
    if len(ends[1]) == 2:
        return tuple(f"{k:02d}" for k in range(int(ends[1]), int(ends[2]) + 1))
    return ends[1], ends[2]


def by_kind(named: Named, known: Mapping[str, Collection[str]]) -> dict[str, frozenset[str]]:
    """What a text names, by kind: values as the records write them, and for goods the beginnings of their codes.

    A kind that the text says is there though the records hold no such value: then it covers nothing.

    Parameters
    ----------
    known
        The values of each kind that the records hold.
    """
    found: dict[str, set[str]] = {}
    taken: set[str] = set()
    folded: dict[str, dict[str, list[str]]] = {}
    for kind, values in known.items():
        if kind != ORIGIN:
            for value in values:
                folded.setdefault(kind, {}).setdefault(value.casefold(), []).append(value)
    for kind, word in named.labelled:
        same = [word] if kind == ORIGIN else folded.get(kind, {}).get(word.casefold(), [])
        found.setdefault(kind, set()).update(same)
    for word in named.words:
        for kind, values_of in folded.items():
            # Words of one letter or two are prepositions and articles too.
            if word.casefold() in values_of and not (word.isalpha() and len(word) < 3):
                found.setdefault(kind, set()).update(values_of[word.casefold()])
                taken.add(word)
    goods = set(named.goods) - (set(named.bare) & taken)
    if goods:
        found[GOODS] = goods
    countries = {w for w in named.words if w in known.get(ORIGIN, ()) and w not in taken}
    if countries and not found:
        found[ORIGIN] = countries
    return {kind: frozenset(values) for kind, values in found.items()}
