"""Catalogues of sentences (Mozilla Fluent), one folder a language, with the language's own numbers and dates.

Every ``*.ftl`` file under ``catalogue/<language>/`` is read, so that a part of the program keeps its sentences in a
file of its own. Variables are wrapped in Unicode isolation marks: a left-to-right code in a right-to-left sentence
does not move the words around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentDecimal, FluentFloat, FluentInt, fluent_number
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Transformer

from arusha.errors import ArushaError
from arusha.language.plain_text import settled

NO_VALUE = "—"
"""What stands for a number that does not exist."""


@dataclass(frozen=True)
class _Language:
    name: str
    direction: str
    reviewed: bool


# ``reviewed`` turns true when a native speaker who works in customs has read every catalogue of the language.
_LANGUAGES = {
    "en": _Language("English", "ltr", False),
    "fr": _Language("Français", "ltr", False),
    "es": _Language("Español", "ltr", False),
    "ar": _Language("العربية", "rtl", False),
}

_EASTERN = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_EASTERN_DATE = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    return tuple(_LANGUAGES)


class _EasternInt(FluentInt):  # type: ignore[misc]
    def format(self, locale: Locale) -> str:
        return str(super().format(locale)).translate(_EASTERN)


class _EasternFloat(FluentFloat):  # type: ignore[misc]
    def format(self, locale: Locale) -> str:
        return str(super().format(locale)).translate(_EASTERN)


class _EasternDecimal(FluentDecimal):  # type: ignore[misc]
    def format(self, locale: Locale) -> str:
        return str(super().format(locale)).translate(_EASTERN)


def _eastern(number: Any, **options: Any) -> Any:
    """The NUMBER function of a catalogue that writes Arabic-Indic digits; text passes as it is."""
    if isinstance(number, str):
        return number
    number = fluent_number(number, **options)
    for plain, eastern in ((FluentInt, _EasternInt), (FluentFloat, _EasternFloat), (FluentDecimal, _EasternDecimal)):
        if isinstance(number, plain):
            return eastern(number)
    return number


class _EasternVariables(Transformer):  # type: ignore[misc]
    """Every ``{ $x }`` becomes ``{ NUMBER($x) }``: Fluent has no other door for a numbering system."""

    def visit_Placeable(self, node: ast.Placeable) -> ast.Placeable:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        if isinstance(node.expression, ast.VariableReference):
            arguments = ast.CallArguments([node.expression])
            node.expression = ast.FunctionReference(ast.Identifier("NUMBER"), arguments)
        return node


@cache
def resources_of(lang: str) -> Mapping[str, ast.Resource]:
    """The parsed files of one language, by file name. A file that does not parse, or a key given twice, is an error."""
    folder = resources.files("arusha.language").joinpath("catalogue", lang)
    found: dict[str, ast.Resource] = {}
    seen: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".ftl"):
            continue
        parsed = FluentParser().parse(file.read_text(encoding="utf-8"))
        for entry in parsed.body:
            if isinstance(entry, ast.Junk):
                raise ArushaError(
                    f"not a Fluent message: {entry.content.strip().splitlines()[0]!r}",
                    where=f"{lang}/{file.name}",
                    remedy="correct the catalogue file",
                )
            if isinstance(entry, ast.Message | ast.Term):
                name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
                if name in seen:
                    raise ArushaError(
                        f"the key {name} is already in {seen[name]}",
                        where=f"{lang}/{file.name}",
                        remedy="keep one of the two",
                    )
                seen[name] = file.name
        found[file.name] = parsed
    return found


def _unsigned_zero(x: float, digits: int) -> float:
    """``x``, or plain 0 where nothing but a sign would be left of it after rounding: -0.0% tells nobody anything."""
    return 0.0 if abs(x) <= 0.5 * 10.0**-digits else x


class Catalogue:
    """The sentences, numbers and dates of one language.

    Parameters
    ----------
    lang
        One of ``languages()``.
    digits
        ``latn`` (0-9) or ``arab`` (Arabic-Indic digits). Western digits are the default in Arabic too, because codes
        and tariff numbers are written in them.
    isolate
        Wrap variables in Unicode isolation marks. Off only for places that cannot show them, such as a plain terminal.

    Raises
    ------
    ArushaError
        For a language without a catalogue.
    """

    def __init__(self, lang: str, *, digits: str = "latn", isolate: bool = True) -> None:
        if lang not in _LANGUAGES:
            raise ArushaError(
                f"there is no catalogue for the language {lang!r}", remedy=f"choose one of {', '.join(_LANGUAGES)}"
            )
        if digits not in ("latn", "arab"):
            raise ArushaError(f"unknown digits {digits!r}", remedy="choose latn or arab")
        self.lang = lang
        self.digits = digits
        self._language = _LANGUAGES[lang]
        self._locale = Locale(lang)
        self._plain: dict[str, str] = {}
        functions = {"NUMBER": _eastern} if digits == "arab" else None
        self._bundle = FluentBundle([lang], functions=functions, use_isolating=isolate)
        for parsed in resources_of(lang).values():
            self._bundle.add_resource(_EasternVariables().visit(parsed.clone()) if functions else parsed)

    @property
    def name(self) -> str:
        """The language's own name for itself."""
        return self._language.name

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self._language.direction

    @property
    def reviewed_by_native_speaker(self) -> bool:
        """Whether a native speaker has read the catalogue; every output says so."""
        return self._language.reviewed

    def has(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def text(self, key: str, /, **values: Any) -> str:
        """The sentence ``key`` with its variables filled in.

        Numbers are written in the language's way and choose its plural; dates become long dates.

        Raises
        ------
        KeyError
            If the catalogue lacks the key.
        ValueError
            If a variable of the sentence is missing.
        """
        known = self._plain.get(key) if not values else None
        if known is not None:
            return known
        if not self._bundle.has_message(key):
            raise KeyError(f"no sentence {key!r} in the catalogue {self.lang!r}")
        message = self._bundle.get_message(key)
        text, errors = self._bundle.format_pattern(message.value, {k: self._value(v) for k, v in values.items()})
        if errors:
            raise ValueError(f"sentence {key!r} in the catalogue {self.lang!r}: {errors[0]}")
        if not values:
            self._plain[key] = str(text)
        return str(text)

    def _value(self, value: Any) -> Any:
        if isinstance(value, date):
            return self.date(value)
        if hasattr(value, "item"):  # a numpy scalar
            return value.item()
        return settled(value) if isinstance(value, str) else value

    def number(self, x: float | None, digits: int | None = None) -> str:
        """``x`` in the language's notation, with ``digits`` decimals (at most three where none are asked for)."""
        if x is None or not math.isfinite(x):
            return NO_VALUE
        pattern = "#,##0.###" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        x = _unsigned_zero(x, 3 if digits is None else digits)
        return self._digits(format_decimal(x, format=pattern, locale=self._locale))

    def percent(self, x: float | None, digits: int = 1) -> str:
        """The fraction ``x`` as a percentage: 0.0613 is 6.1%."""
        if x is None or not math.isfinite(x):
            return NO_VALUE
        pattern = self._locale.percent_formats[None].pattern.replace("0", "0." + "0" * digits if digits else "0")
        x = _unsigned_zero(x, digits + 2)
        return self._digits(format_percent(x, format=pattern, locale=self._locale))

    def p_value(self, p: float | None) -> str:
        """A p-value to three decimals; a smaller one is ``below 0.001``, for none is zero."""
        if p is not None and 0 <= p < 0.001:
            return self.text("p-below", value=self.number(0.001, 3))
        return self.number(p, 3)

    def _digits(self, number: str) -> str:
        return number.translate(_EASTERN) if self.digits == "arab" else number

    def money(self, x: float | None, currency: str = "", digits: int = 0) -> str:
        """An amount, with the currency's code where it is given."""
        amount = self.number(x, digits)
        return amount if not currency or amount == NO_VALUE else f"{amount}\u00a0{currency}"

    def date(self, d: date | None) -> str:
        """A day, or a moment with hours and minutes, written out."""
        if d is None:
            return NO_VALUE
        # English day before month: readers on both sides of an ocean read 2 January 2026 alike.
        text = format_date(d, "d MMMM y" if self.lang == "en" else "long", locale=self._locale)
        if self.lang == "fr" and d.day == 1:
            text = text.replace("1 ", "1er ", 1)  # the first of a month is an ordinal, the other days are not
        if isinstance(d, datetime):
            text += f"\u00a0{d:%H:%M}"
        return text.translate(_EASTERN_DATE) if self.digits == "arab" else text

    def list(self, items: Iterable[str]) -> str:
        """``a, b and c``."""
        parts: Sequence[str] = tuple(items)
        return format_list(parts, locale=self._locale) if parts else NO_VALUE
