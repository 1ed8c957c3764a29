"""What can go wrong with a charter: a mistake in what was given, and an act that the rules refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arusha.errors import ArushaError

if TYPE_CHECKING:
    from arusha.language import Catalogue


class CharterError(ArushaError):
    """The charter cannot be used as it is; nothing was recorded."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or not allowed. ``code`` is for programs, ``text`` for people who read English.

    ``key`` and ``values`` are the sentence in the catalogues: ``lack-KEY``, or ``wb-lack-CODE`` where it is empty. A
    value ``role:ROLE``, ``stage:STAGE`` or ``act:ACT`` stands for the name of one, several for a list.
    """

    code: str
    text: str
    key: str = ""
    values: tuple[tuple[str, str | tuple[str, ...]], ...] = ()

    def said(self, words: Catalogue) -> str:
        """The same for a reader of another language."""
        values = {
            name: words.list(_named(words, v) for v in value) if isinstance(value, tuple) else _named(words, value)
            for name, value in self.values
        }
        return words.text(f"lack-{self.key}" if self.key else f"wb-lack-{self.code}", **values)


_NAMES = {"role": "wb-role", "stage": "lack-stage", "act": "act"}


def _named(words: Catalogue, value: str) -> str:
    kind, colon, name = value.partition(":")
    key = f"{_NAMES.get(kind, '')}-{name}"
    if colon and words.has(key):
        return words.text(key)
    return "".join(c for c in value if c.isprintable())  # somebody may have sent it: nothing in it turns the line round


def lacks(code: str, text: str, key: str, **values: str | tuple[str, ...]) -> Missing:
    """A thing that is missing, with its sentence in the catalogues."""
    return Missing(code, text, key, tuple(values.items()))


class RefusedError(CharterError):
    """The rules refuse an act. ``missing`` names each thing that stands in the way; the refusal is recorded."""

    def __init__(self, act: str, missing: tuple[Missing, ...], *, where: str = "") -> None:
        self.act = act
        self.missing = missing
        listed = "; ".join(f"{m.code}: {m.text}" for m in missing)
        super().__init__(
            f"{act} is refused ({listed})", where=where, remedy="see to each of these, then do it again; it was logged"
        )

    def said(self, words: Catalogue) -> str:
        """The refusal with everything that is missing, for a reader of a language."""
        act = words.text(f"act-{self.act}") if words.has(f"act-{self.act}") else self.act
        lines = [words.text("refused-act", act=act), *(f"- {m.said(words)}" for m in self.missing)]
        return "\n".join([*lines, words.text("refused-remedy")])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what is missing."""
        return tuple(m.code for m in self.missing)
